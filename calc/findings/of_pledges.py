"""What the claims of one pledge find: other numbers, currencies, stages, old money as new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ..ledger.ledger import Ledger
from ..links.amounts import is_power, truncates
from ..links.bits import CAUSES
from ..links.rows import Claim
from ..pledges.pledge import Pledge
from ..schema import STAGES
from ..text.amount_words import amount_words
from ..text.days import day_words, on_day
from .finding import Finding, finding
from .of_overlaps import differ_by
from .slips import one_digit_apart

_REPEAT_DAYS = 30  # money told again after this time is reported as news again


def of_pledge(pledge: Pledge, ledger: Ledger) -> Iterable[Finding]:
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
    yield whose_money(claims, values_of(pledge.readings, amount, *dates, ledger))


def values_of(
    codes: tuple[str, ...], amount: float, on: dt.date | None, precision: str | None, ledger: Ledger
) -> list[str]:
    values = []
    for code in codes:
        unit = ledger.valuation.unit(code, ledger.currency, on, precision)
        printed = f"{amount_words(amount)} {code}"
        if code == ledger.currency:
            values.append(printed)
        elif unit.rate:
            values.append(f"{printed} = {amount_words(amount * unit.rate)} {ledger.currency}")
        else:
            values.append(f"{printed} ({unit.note})")
    return values


def whose_money(claims: list[Claim], values: list[str]) -> Finding:
    return finding(
        "ambiguous-currency",
        claims,
        f"{claims[0].text!r} ({claims[0].source}) may be {', or '.join(values)}. The text does not "
        "say which; sums use both ends",
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
            f"The same pledge is given as {a.text!r} ({a.source}) and as {b.text!r} ({b.source})"
            f"{_apart(a, b) if cause == 'unresolved' else ''}: "
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
    if "changed" in a.said.values or "changed" in b.said.values:
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
            f"{status} ({day_words(claim.published) if claim.published else 'no date'}, "
            f"{claim.source})"
            for status, claim in sorted(told.items(), key=lambda item: STAGES.index(item[0]))
        )
        yield finding(
            "stage-wording",
            told.values(),
            f"The same pledge is reported as {words}. It is counted once, as {pledge.status}",
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
            f"{again[0].text!r} ({again[0].source}) was already reported {_when(pledge)}. It may "
            "be the same money, and is counted once",
        )


def _when(pledge: Pledge) -> str:
    return on_day(pledge.value_date, pledge.precision)


def of_targets(ledger: Ledger) -> Iterable[Finding]:
    by_id = {claim.id: claim for claim in ledger.claims}
    for claim in ledger.claims:
        if claim.role == "target" and claim.base not in by_id and claim.echo not in by_id:
            donor = f" of {', '.join(claim.donor)}" if claim.donor else " and names no donor"
            words = f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text
            yield finding(
                "call-not-pledge",
                (claim,),
                f"{words!r} ({claim.source}) is a target or an appeal{donor}; it is not a pledge",
            )


def _apart(a: Claim, b: Claim) -> str:
    apart = differ_by(a, b)
    return "" if apart is None else f", which differ by {apart}"
