"""Findings of a reconciliation: of its checks, pledges, overlaps, totals and targets."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from . import checks as checking
from .conversions_compared import by_way_of, compared, converters, outlets
from .finding import Finding, finding
from .ledger import Ledger
from .links.bits import CAUSES
from .links.evidence import is_power, truncates
from .links.overlaps import Overlap
from .links.rows import STAGES, Claim, cue, kinds_of
from .pledges import Pledge, readings, worth
from .slips import misattributed, one_digit_apart, slips, told_sums
from .totals import Series, falls, reprints
from .wording import amount_words

_REPEAT_DAYS = 30  # money told again after this time is told as news again
_ORDER = {"error": 0, "warning": 1, "info": 2}
# Cause of each verdict on a stated conversion, its severity, and the causes that compete.
_VERDICTS = {
    "other-date": ("stale-rate", "warning", ("stale-figure", "rate-source", "unresolved")),
    "consistent-if-rounded": ("rounding", "info", ("stale-rate", "truncation")),
    "consistent-if-truncated": ("truncation", "info", ("stale-rate", "rounding")),
    "other-currency": ("currency-mix-up", "error", ("target-currency", "typo", "unresolved")),
    "scale": ("scale-slip", "error", ("typo", "unresolved")),
    "copied": ("currency-mix-up", "error", ("typo", "unresolved")),
    "inverted": ("unresolved", "error", ("currency-mix-up", "typo")),
    "compound": ("unresolved", "error", ("scale-slip", "stale-rate", "currency-mix-up")),
    "inconsistent": ("unresolved", "error", ("typo", "rate-source", "stale-rate")),
}


def findings(ledger: Ledger, checks: list[Mapping[str, Any]]) -> list[Finding]:
    """All findings, the worst first; one for each cause and set of claims."""
    return and_across(findings_within(ledger, checks), ledger, checks)


def and_across(
    within: Iterable[Finding], ledger: Ledger, checks: list[Mapping[str, Any]]
) -> list[Finding]:
    """The findings of ``findings_within`` and those that compare donors and outlets."""
    across = [*outlets(converters(ledger.claims), checks), *misattributed(told_sums(ledger))]
    unique = {one.id: one for one in reversed([*within, *across])}
    return in_order(unique.values())


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings, the worst first."""
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.cause, one.id))


def findings_within(ledger: Ledger, checks: list[Mapping[str, Any]]) -> list[Finding]:
    """The findings of single pledges, totals and pairs of a donor and a recipient."""
    via = list(by_way_of(ledger, checks))
    explained = {one.claim_ids[-1] for one in via}
    found = [
        *_of_checks(ledger, [row for row in checks if row["claim_id"] not in explained]),
        *via,
        *compared(ledger, checks),
        *slips(ledger),
        *(one for pledge in ledger.pledges for one in _of_pledge(pledge, ledger)),
        *(_of_overlap(one, ledger) for one in ledger.overlaps),
        *(one for series in ledger.series for one in _of_series(series)),
        *(one for series in ledger.series for one in _ambiguous_totals(series, ledger)),
        *_of_series_against_pledges(ledger),
        *_targets(ledger),
    ]
    unique = {one.id: one for one in reversed(found)}
    return in_order(unique.values())


def _of_checks(ledger: Ledger, checks: list[Mapping[str, Any]]) -> Iterable[Finding]:
    by_id = {claim.id: claim for claim in ledger.claims}
    for row in checks:
        entry = _VERDICTS.get(row["verdict"])
        stated, base = by_id.get(row["claim_id"]), by_id.get(row["base_id"])
        if entry is None or stated is None or base is None or "noise" in (stated.role, base.role):
            continue
        cause, severity, alternatives = entry
        power = row["power"] or 0.0
        # A weak test is never a flag: what it says is worth a note at most.
        if severity != "info" and not checking.flagged(row["verdict"], power):
            continue
        yield finding(
            cause,
            (base, stated),
            str(row["explanation"]),
            severity=severity,
            alternatives=alternatives,
        )


def _of_pledge(pledge: Pledge, ledger: Ledger) -> Iterable[Finding]:
    yield from _ambiguous(pledge, ledger)
    voices = [claim for claim in pledge.claims if claim.base is None and claim.amount is not None]
    yield from _differences(voices)
    yield from _other_currency(pledge, ledger)
    yield from _stages(pledge)
    yield from _told_again(pledge)


def _ambiguous(pledge: Pledge, ledger: Ledger) -> Iterable[Finding]:
    found = pledge.figure
    claims = [
        claim
        for claim in pledge.claims
        if claim.currency == found.currency and claim.currency_basis == "ambiguous"
    ]
    if len(pledge.readings) < 2 or not claims or found.counted is None:
        return
    amount = found.amount if found.amount is not None else found.counted[0]
    dates = (pledge.value_date, pledge.precision)
    yield _whose_money(claims, _values(pledge.readings, amount, *dates, ledger))


def _values(
    codes: tuple[str, ...], amount: float, on: dt.date | None, precision: str | None, ledger: Ledger
) -> list[str]:
    values = []
    for code in codes:
        unit = ledger.valuation.unit(code, ledger.currency, on, precision)
        printed = f"{amount_words(amount)} {code}"
        if unit.rate:
            values.append(f"{printed} = {amount_words(amount * unit.rate)} {ledger.currency}")
        else:
            values.append(f"{printed} ({unit.note})")
    return values


def _whose_money(claims: list[Claim], values: list[str]) -> Finding:
    return finding(
        "ambiguous-currency",
        claims,
        f"{claims[0].text!r} ({claims[0].source}) does not say whose money it is: "
        + " or ".join(values)
        + ". Nothing in the text decides, so sums take the whole range",
        alternatives=values,
    )


def _differences(claims: list[Claim]) -> Iterable[Finding]:
    """Why the numbers of one pledge differ, in one currency; one finding for each cause."""
    by_cause: dict[str, list[tuple[Claim, Claim]]] = {}
    for number, a in enumerate(claims):
        for b in claims[number + 1 : number + 25]:
            if a.currency == b.currency:
                cause = difference(a, b)
                if cause:
                    by_cause.setdefault(cause, []).append((a, b))
    for cause, pairs in by_cause.items():
        a, b = pairs[0]
        involved = [claim for pair in pairs for claim in pair]
        yield finding(
            cause,
            involved,
            f"One pledge, told as {a.text!r} ({a.source}) and {b.text!r} ({b.source}): "
            f"{CAUSES[cause].meaning}",
            alternatives=[] if cause != "unresolved" else ["revision", "typo", "scope", "part-of"],
        )


def difference(a: Claim, b: Claim) -> str | None:
    """The cause why two claims of one pledge and currency print different numbers."""
    assert a.amount is not None
    assert b.amount is not None
    if a.amount == b.amount:
        bounds = {(c.low is None, c.high is None) for c in (a, b)}
        return "qualifier-dropped" if len(bounds) > 1 else None
    if a.usual and b.usual and max(a.usual[0], b.usual[0]) <= min(a.usual[1], b.usual[1]):
        return "rounding"
    if truncates(a, b) or truncates(b, a):
        return "truncation"
    if a.digits == b.digits and is_power(max(a.amount / b.amount, b.amount / a.amount)):
        return "scale-slip"
    if cue("revised", a.sentence) or cue("revised", b.sentence):
        return "revision"
    return "typo" if one_digit_apart(a, b) else "unresolved"


def _other_currency(pledge: Pledge, ledger: Ledger) -> Iterable[Finding]:
    """Figures that outlets give in another currency only, against the figure at home."""
    home = pledge.figure
    if home.counted is None or home.currency is None:
        return
    dissent = {claim.id for claim in home.dissenters}
    for claim in pledge.claims:
        if claim.currency in (None, home.currency) or claim.base or claim.amount is None:
            continue
        if claim.id in dissent and claim.amount == home.amount:
            yield finding(
                "currency-mix-up",
                (*home.supporters[:1], claim),
                f"{home.supporters[0].text!r} ({home.supporters[0].source}) and {claim.text!r} "
                f"({claim.source}) have the same digits in two currencies: one sign is wrong, "
                "or they are two pledges",
                severity="warning",
                alternatives=("equal-amount-coincidence", "unresolved"),
            )
        elif claim.id in dissent:
            own = ledger.valuation.unit(claim.currency, home.currency, claim.published)
            value = (
                f" ({amount_words(claim.amount * own.rate)} {home.currency})" if own.rate else ""
            )
            yield finding(
                "rate-date",
                (*home.supporters[:1], claim),
                f"{claim.text!r} ({claim.source}){value} meets "
                f"{home.supporters[0].text!r} ({home.supporters[0].source}) only at the rate of "
                "another day",
                alternatives=("stale-rate", "rate-source", "unresolved"),
            )


def _stages(pledge: Pledge) -> Iterable[Finding]:
    told: dict[str, Claim] = {}
    for claim in pledge.claims:
        if claim.status != "unknown" and claim.base is None:
            told.setdefault(claim.status, claim)
    if len(told) > 1:
        words = ", ".join(
            f"{status} ({claim.published or 'no date'}, {claim.source})"
            for status, claim in sorted(told.items(), key=lambda item: STAGES.index(item[0]))
        )
        yield finding(
            "stage-wording",
            told.values(),
            f"One pledge at several stages: {words}. The money is counted once, as {pledge.status}",
        )


def _told_again(pledge: Pledge) -> Iterable[Finding]:
    if pledge.value_date is None:
        return
    again = [
        claim
        for claim in pledge.claims
        if claim.published
        and claim.base is None
        and claim.role == "pledge"
        and (claim.published - pledge.value_date).days > _REPEAT_DAYS
        and (claim.value_date is None or (claim.value_date - pledge.value_date).days > _REPEAT_DAYS)
    ]
    if again:
        yield finding(
            "re-announcement",
            again,
            f"{again[0].text!r} ({again[0].source}) was told before: first on "
            f"{pledge.value_date if pledge.precision != 'month' else str(pledge.value_date)[:7]}. "
            "It is no new money",
        )


def _of_overlap(one: Overlap, ledger: Ledger) -> Finding:
    inner, outer = ledger.pledges[one.inner], ledger.pledges[one.outer]
    small, large = _teller(inner), _teller(outer)
    evidence = ", ".join(piece.words for piece in one.pieces if piece.bits > 0)
    if one.cause == "part-of":
        message = (
            f"{large.text!r} ({large.source}) may contain {small.text!r} ({small.source}): "
            f"{evidence}. Sums take both and the larger alone as their ends"
        )
        return finding(
            "part-of",
            (small, large),
            message,
            bits=one.bits,
            alternatives=("revision", "equal-amount-coincidence"),
        )
    if one.cause == "revision":
        message = (
            f"{large.text!r} and {small.text!r} ({large.source}) are told as one amount that was "
            "changed. Sums take both and the larger alone as their ends"
        )
        return finding(
            "revision", (small, large), message, bits=one.bits, alternatives=("part-of",)
        )
    kinds = [kinds_of(tuple(p.purpose)) for p in (inner, outer)]
    cause = "double-count"
    retold = any(piece.evidence == "again" for piece in one.pieces)
    when = "and the later one tells of money told before" if retold else "within a month"
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        cause = "equal-amount-coincidence"
    message = (
        f"{large.text!r} ({large.source}) and {small.text!r} ({small.source}) are the same amount "
        f"of one donor for one recipient {when}, without enough evidence that they are one "
        "pledge. Sums take one and both as their ends"
    )
    other = "equal-amount-coincidence" if cause == "double-count" else "double-count"
    return finding(cause, (small, large), message, bits=one.bits, alternatives=(other,))


def _teller(pledge: Pledge) -> Claim:
    return pledge.figure.supporters[0] if pledge.figure.supporters else pledge.claims[0]


def _ambiguous_totals(series: Series, ledger: Ledger) -> Iterable[Finding]:
    for point in series.points:
        currency = point.figure.currency
        codes = readings(list(point.claims), currency, series.donor, series.recipient)
        amount = point.figure.amount or point.figure.low
        undecided = [c for c in point.claims if c.currency_basis == "ambiguous"]
        if len(codes) > 1 and amount and undecided:
            values = _values(codes, amount, point.as_of, None, ledger)
            yield _whose_money(undecided, values)


def _of_series(series: Series) -> Iterable[Finding]:
    for number, later in enumerate(series.points):
        before = series.points[:number]
        old = next((point for point in before if reprints(point, later)), None)
        highest = next((point for point in reversed(before) if falls(point, later)), None)
        claim = later.groups[0].first
        if old is not None and later.as_of is not None:
            grown = highest is not None
            yield finding(
                "stale-figure",
                (old.groups[0].first, claim),
                f"{claim.text!r} ({claim.source}, {later.as_of}) is the total of {old.as_of} again"
                + (
                    f", though {highest.groups[0].first.text!r} was printed on {highest.as_of}"
                    if highest is not None
                    else ""
                ),
                severity="warning" if grown else "info",
                alternatives=("as-of-date", "rounding"),
            )
        elif highest is not None:
            told = highest.groups[0].first
            counted = cue("basis", claim.sentence) or cue("basis", told.sentence)
            yield finding(
                "basis-change" if counted else "revision",
                (told, claim),
                f"The total falls: {highest.groups[0].first.text!r} on {highest.as_of} "
                f"({highest.groups[0].first.source}), {claim.text!r} on {later.as_of} "
                f"({claim.source}). "
                + (
                    f"{counted!r} says that the way of counting changed"
                    if counted
                    else "A running total should not"
                ),
                alternatives=(
                    "scope",
                    "revision" if counted else "basis-change",
                    "stale-figure",
                    "typo",
                ),
            )
        elif number and before[-1].as_of and later.as_of and before[-1].as_of < later.as_of:
            told = before[-1].groups[0].first
            yield finding(
                "as-of-date",
                (told, claim),
                f"{told.text!r} is the total of {before[-1].as_of} ({told.source}), "
                f"{claim.text!r} that of {later.as_of} ({claim.source}): a running total grows",
                alternatives=("scope", "stale-figure"),
            )
        same_day = next((p for p in before if p.as_of == later.as_of is not None), None)
        if same_day is not None:
            other = same_day.groups[0].first
            yield finding(
                "scope",
                (other, claim),
                f"Two totals of {later.as_of}, {other.text!r} ({other.source}) and {claim.text!r} "
                f"({claim.source}): they count different things",
                alternatives=("as-of-date", "basis-change", "unresolved"),
            )
        yield from _differences_of_point(later.claims)


def _differences_of_point(claims: tuple[Claim, ...]) -> Iterable[Finding]:
    voices = [claim for claim in claims if claim.base is None and claim.amount is not None]
    for number, a in enumerate(voices):
        for b in voices[number + 1 : number + 5]:
            cause = difference(a, b) if a.currency == b.currency else None
            if cause:
                yield finding(
                    cause,
                    (a, b),
                    f"One total, told as {a.text!r} ({a.source}) and {b.text!r} ({b.source}): "
                    f"{CAUSES[cause].meaning}",
                )


def _of_series_against_pledges(ledger: Ledger) -> Iterable[Finding]:
    """Pledges between two totals cannot exceed what the total grew by: a difference of scope."""
    dated = _Dated(ledger)
    inner = _inner_by_outer(ledger)
    for series in ledger.series:
        for number, flow in enumerate(series.flows):
            if flow is None or flow.high <= 0:
                continue
            earlier, later = series.points[number - 1], series.points[number]
            inside = dated.within(series, number)
            currency = later.figure.currency or ""
            least = _least_of(inside, currency, ledger, inner)
            if least > flow.high:
                yield finding(
                    "scope",
                    (earlier.groups[0].first, later.groups[0].first, *map(_teller, inside)),
                    f"Pledges of {earlier.as_of} to {later.as_of} come to at least "
                    f"{amount_words(least)} {currency}, more than the total grew by (at most "
                    f"{amount_words(flow.high)} {currency}): they count different things",
                    alternatives=("double-count", "stage-wording", "basis-change"),
                )


def within(series: Series, number: int, ledger: Ledger) -> list[Pledge]:
    """The pledges of a series' donor and recipient between its point ``number`` and the last."""
    return _Dated(ledger).within(series, number)


class _Dated:
    """Pledges by donor and recipient, each in the order of value dates."""

    def __init__(self, ledger: Ledger) -> None:
        places: dict[tuple[object, ...], list[tuple[dt.date, int]]] = {}
        for place, one in enumerate(ledger.pledges):
            if one.value_date is not None:
                places.setdefault((one.donor, one.recipient), []).append((one.value_date, place))
        self._places = {parties: sorted(found) for parties, found in places.items()}
        self._pledges = ledger.pledges

    def within(self, series: Series, number: int) -> list[Pledge]:
        first, last = series.points[number - 1].as_of, series.points[number].as_of
        if first is None or last is None or not series.donor:
            return []
        places = self._places.get((series.donor, series.recipient), [])
        chosen = places[
            bisect_left(places, (first, math.inf)) : bisect_left(places, (last, math.inf))
        ]
        pledges = (self._pledges[place] for place in sorted(place for _day, place in chosen))
        return [pledge for pledge in pledges if not _other_kind(series.scope, pledge)]


def _other_kind(scope: str, pledge: Pledge) -> bool:
    asked, own = kinds_of(tuple(scope.split(", ")[0].split("|"))), kinds_of(pledge.purpose)
    return bool(asked and own and not asked & own)


def _inner_by_outer(ledger: Ledger) -> dict[str, set[str]]:
    """The pledges that each pledge may hold, by id."""
    found: dict[str, set[str]] = {}
    for one in ledger.overlaps:
        outer, inner = ledger.pledges[one.outer], ledger.pledges[one.inner]
        found.setdefault(outer.id, set()).add(inner.id)
    return found


def _least_of(
    pledges: list[Pledge], currency: str, ledger: Ledger, inner_by_outer: Mapping[str, set[str]]
) -> float:
    """The least that pledges come to, each possible overlap counted once."""
    inner = {name for pledge in pledges for name in inner_by_outer.get(pledge.id, ())}
    amounts = [
        value.counted[0]
        for pledge in pledges
        if pledge.id not in inner
        and (value := worth(pledge, currency, ledger.valuation)).counted is not None
    ]
    return math.fsum(amounts)


def _targets(ledger: Ledger) -> Iterable[Finding]:
    by_id = {claim.id: claim for claim in ledger.claims}
    for claim in ledger.claims:
        if claim.role == "target" and claim.base not in by_id and claim.echo not in by_id:
            donor = f" of {', '.join(claim.donor)}" if claim.donor else ", and names no donor"
            words = f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text
            yield finding(
                "call-not-pledge",
                (claim,),
                f"{words!r} ({claim.source}) is a target or a call{donor}: nobody has pledged it",
            )
