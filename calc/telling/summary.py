"""What a reconciliation says, in plain sentences: for the terminal, the notebook and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

from ..findings.finding import Finding
from ..findings.of_totals import within
from ..ledger.ledger import Ledger
from ..links.rows import Claim
from ..pledges.pledge import Pledge, worth
from ..pledges.totals import Point, Series, open_ended
from ..sums.safe_sum import safe_sum
from ..sums.selection import Selection
from ..text.amount_words import amount_words, range_words
from ..text.days import day_words

_MOST = 12  # of one kind; the tables hold them all


class ForSummary(Protocol):
    """What the sentences are made from."""

    currency: str
    documents: list[dict[str, Any]]

    @property
    def ledger(self) -> Ledger:
        """Claims, pledges, series and overlaps."""

    @property
    def found(self) -> list[Finding]:
        """The findings, the worst first."""


def sentences(result: ForSummary) -> list[str]:
    """The summary: pledges, sums that must not be added, totals, conversions, and the rest.

    Claims of role ``relative`` and ``target``, figures ignored with their reasons, and documents
    without money claims are named too, so that nothing that was read is passed over.
    """
    ledger = result.ledger
    told = [
        *_cut([_pledge(one, result) for one in ledger.pledges], "pledges"),
        *_cut(_overlaps(result), "possible overlaps"),
        *_cut([_series(one, result) for one in ledger.series], "series of totals"),
        *(["Totals are never added to pledges."] if ledger.series else []),
        *_cut(_of_causes(result, ("stale-rate", "rounding", "truncation")), "conversions"),
        *_cut(_of_causes(result, ("ambiguous-currency",)), "ambiguous currencies"),
        *_cut(_others(result), "other findings"),
        *_cut(_relative(result), "relative claims"),
        *_cut(_of_causes(result, ("call-not-pledge",)), "targets"),
        *_ignored(result),
        *_documents(result),
    ]
    return told or ["No money claim was found."]


def _cut(lines: list[str], what: str) -> list[str]:
    if len(lines) <= _MOST:
        return lines
    return [*lines[:_MOST], f"… and {len(lines) - _MOST} more {what}: see the tables."]


def _who(donor: tuple[str, ...], recipient: tuple[str, ...]) -> str:
    return f"{' and '.join(donor) or 'An unnamed donor'} → {' and '.join(recipient) or 'not said'}"


def _pledge(one: Pledge, result: ForSummary) -> str:
    figure = one.figure
    if figure.amount is not None:
        bound = "at least " if figure.high is None else ""
        amount = f"{bound}{amount_words(figure.amount)} {figure.currency}"
    elif figure.low is not None and figure.high is not None:
        amount = f"{range_words(figure.low, figure.high)} {figure.currency}"
    else:
        amount = f"an amount that cannot be read ({one.claims[0].text})"
    purpose = f" ({', '.join(one.purpose)})" if one.purpose else ""
    sources = len({claim.source for claim in one.claims})
    count = len(one.claims)
    told = (
        f"{count} {'figure' if count == 1 else 'figures'} in "
        f"{sources} {'document' if sources == 1 else 'documents'}"
    )
    status = "" if one.status == "unknown" else f", {one.status}"
    when = ""
    if one.value_date:
        when = f", since {day_words(one.value_date, one.precision)}"
    value = worth(one, result.currency, result.ledger.valuation)
    converted = ""
    if one.figure.currency != result.currency:
        if value.amount is not None and len(one.readings) == 1:
            converted = f"; {amount_words(value.amount)} {result.currency}"
        elif value.amount is None:
            converted = f"; {value.note}"
    if one.figure.contested:
        converted += "; the sources disagree"
    if len(one.readings) > 1:
        converted += f"; the sign may mean {' or '.join(one.readings)}"
    return f"{_who(one.donor, one.recipient)}: {amount}{purpose}: {told}{status}{when}{converted}."


def _overlaps(result: ForSummary) -> list[str]:
    ledger = result.ledger
    causes = ("part-of", "double-count", "equal-amount-coincidence")
    lines = [_words(one) for one in result.found if one.cause in causes]
    pairs = set()
    for overlap in ledger.overlaps:
        outer = ledger.pledges[overlap.outer]
        pairs.add((outer.donor, outer.recipient))
    for donor, recipient in sorted(pairs):
        total = safe_sum(ledger, Selection(donor, recipient, None), result.currency)
        lines.append(f"{_who(donor, recipient)}: the pledges add up to {total.likely_text}.")
    return lines


def _series(one: Series, result: ForSummary) -> str:
    scope = "" if one.scope == "unknown" else f" ({one.scope.replace('|', ', ')})"
    points = ", ".join(map(_point, one.points[-4:]))
    said = f"{_who(one.donor, one.recipient)}: total{scope}: {points}"
    if one.flows and one.flows[-1] is not None:
        flow, number = one.flows[-1], len(one.points) - 1
        assert flow is not None
        said += f". That is {flow.words}"
        inside = within(one, number, result.ledger)
        if inside:
            known = ", ".join(pledge.teller.text for pledge in inside)
            said += f" (pledges found in that time: {known})"
    stale = _stale(one, result)
    if stale:
        said += f". The conversion of {stale} uses an older rate; that sentence is probably older"
    return f"{said}."


def _point(point: Point) -> str:
    figure = point.figure
    over = "over " if open_ended(point) else ""
    amount = figure.amount if figure.amount is not None else (figure.low or figure.high)
    text = "no amount" if amount is None else f"{over}{amount_words(amount)} {figure.currency}"
    return f"{text} ({day_words(point.as_of) if point.as_of else 'no date'})"


def _stale(one: Series, result: ForSummary) -> str | None:
    ids = {
        name
        for finding in result.found
        if finding.cause == "stale-rate"
        for name in finding.claim_ids
    }
    for point in one.points:
        if any(claim.id in ids for claim in point.claims):
            return repr(point.groups[0].first.text)
    return None


def _of_causes(result: ForSummary, causes: Iterable[str]) -> list[str]:
    order = list(causes)
    found = [one for one in result.found if one.cause in order]
    return [_words(one) for one in sorted(found, key=lambda one: order.index(one.cause))]


def _others(result: ForSummary) -> list[str]:
    named = {
        "stale-rate", "rounding", "truncation", "ambiguous-currency", "call-not-pledge",
        "part-of", "double-count", "equal-amount-coincidence",
        "as-of-date",  # the sentence of the series says that
    }  # fmt: skip
    return [_words(one) for one in result.found if one.cause not in named]


def _words(one: Finding) -> str:
    return f"{one.cause} ({one.severity}): {one.message.rstrip('.')}."


def _relative(result: ForSummary) -> list[str]:
    lines: dict[str, list[Claim]] = {}
    for claim in result.ledger.claims:
        if claim.role == "relative":
            period = f", {claim.period.replace('|', ', ')}" if claim.period else ""
            key = f"{_who(claim.donor, claim.recipient)}: {' '.join(claim.text.split())}{period}"
            lines.setdefault(key, []).append(claim)
    return [
        f"{key} ({', '.join(dict.fromkeys(claim.source for claim in claims))}): "
        "a share, not an amount."
        for key, claims in lines.items()
    ]


def _ignored(result: ForSummary) -> list[str]:
    noise = [claim for claim in result.ledger.claims if claim.role == "noise"]
    if not noise:
        return []
    counts = Counter(claim.noise_reason or "no reason given" for claim in noise)
    reasons = []
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        texts = [
            repr(" ".join(c.text.split()))
            for c in noise
            if (c.noise_reason or "no reason given") == reason
        ]
        shown = ", ".join(texts[:3]) + (", …" if len(texts) > 3 else "")
        reasons.append(f"{count} as {reason} ({shown})")
    figures = "figure was" if len(noise) == 1 else "figures were"
    return [f"{len(noise)} {figures} ignored: {'; '.join(reasons)}."]


def _documents(result: ForSummary) -> list[str]:
    told = {claim.source for claim in result.ledger.claims if claim.role != "noise"}
    read = [(str(item.get("source")), item.get("figures")) for item in result.documents]
    read = read or [(source, None) for source in sorted({c.source for c in result.ledger.claims})]
    # a table's rows may name other sources than the table: where it is counted, the count tells
    silent = [source for source, count in read if not (source in told if count is None else count)]
    if not silent:
        return []
    return [f"No money claim in {', '.join(silent)}."]
