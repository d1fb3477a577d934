"""Why: the words, rates and evidence behind a claim, a pledge, a series, a check or a finding."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from rates import notebook
from rates.errors import UsageError

from .. import checks as checking
from .. import schema
from ..findings.finding import Finding
from ..ledger.ledger import Ledger
from ..links.bits import CAUSES, REASON, Piece
from ..links.contraction import Joint, Link
from ..links.rows import Claim
from ..pledges.agreed import Agreed
from ..pledges.pledge import Pledge, worth
from ..pledges.totals import Series
from ..text.days import day_words
from .margins import sign_lines
from .printed import of_digits

_CLOSE = 3.0  # bits by which another partition may be behind and still be worth a look
_MOST_LINKS = 12  # the strongest for and against; a crowded pledge has hundreds


class Explanation(NamedTuple):
    """What was explained, and the lines that explain it; ``str()`` is the text."""

    id: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return notebook.shown(notebook.lines(self.lines))


class Subject(NamedTuple):
    """All that can be explained."""

    ledger: Ledger
    claims: pd.DataFrame
    checks: list[Mapping[str, Any]]
    findings: list[Finding]
    policy: str
    rates: Any


def explain(subject: Subject, wanted: str) -> Explanation:
    """Explain what ``wanted`` names: a whole id, or the beginning of just one.

    An unknown or ambiguous id is a ``UsageError`` that names ids that come close.
    """
    ledger = subject.ledger
    claims = {claim.id: claim for claim in ledger.claims}
    pledges = {one.id: one for one in ledger.pledges}
    series = {one.id: one for one in ledger.series}
    found = {one.id: one for one in subject.findings}
    name = one_id(wanted, [*claims, *pledges, *series, *found])
    if name in claims:
        lines = _claim(claims[name], subject)
    elif name in pledges:
        lines = _pledge(pledges[name], subject)
    elif name in series:
        lines = _series(series[name], subject)
    else:
        lines = _finding(found[name], subject)
    return Explanation(name, tuple(lines))


def one_id(wanted: str, known: list[str]) -> str:
    """The id that ``wanted`` is, or is the beginning of; an error names what comes close."""
    wanted = wanted.strip()
    if wanted in known:
        return wanted
    fits = [name for name in known if wanted and name.startswith(wanted)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        listed = ", ".join(fits[:5]) + (", …" if len(fits) > 5 else "")
        raise UsageError(f"{wanted!r} begins {len(fits)} ids: {listed}; give more of it")
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "see the id columns of the tables"
    raise UsageError(f"{wanted!r} is no claim, pledge, series or finding here; {hint}")


def _who(donor: tuple[str, ...], recipient: tuple[str, ...]) -> str:
    return f"{', '.join(donor) or 'donor unknown'} → {', '.join(recipient) or 'recipient unknown'}"


def _said(claim: Claim) -> list[str]:
    printed = f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text
    where = ", ".join(
        part
        for part in (
            claim.source,
            claim.publisher,
            claim.published and day_words(claim.published),
        )
        if part
    )
    at = f", at character {claim.start:.0f}" if claim.start >= 0 else ""
    lines = [f"{claim.id}: {printed!r} ({where}{at})"]
    if claim.sentence:
        lines.append(f"  in: {' '.join(claim.sentence.split())}")
    return lines


def _claim(claim: Claim, subject: Subject) -> list[str]:
    ledger = subject.ledger
    lines = ["Claim " + _said(claim)[0], *_said(claim)[1:]]
    who = _who(claim.donor, claim.recipient)
    verb = f" (the source says {claim.status_text!r})" if claim.status_text else ""
    reason = f": {claim.noise_reason}" if claim.noise_reason else ""
    lines.append(f"  role {claim.role}{reason}; {who}; status {claim.status}{verb}")
    if claim.currency_basis:
        lines.append(f"  currency: {_currency_told(claim)}")
    if claim.value_date:
        basis = f", {claim.date_basis}" if claim.date_basis else ""
        day = day_words(claim.value_date, claim.precision)
        lines.append(f"  value date {day} ({claim.precision or 'day'}{basis})")
    elif not claim.published:
        lines.append("  no date is known, so it is not converted")
    if claim.amount is not None and claim.currency:
        unit = ledger.valuation.unit(
            claim.currency, ledger.currency, claim.value_date or claim.published, claim.precision
        )
        lines.append(f"  rate: {unit.note}")
    if claim.base:
        lines.append(f"  rule: a stated conversion of {claim.base}: the same sum, never added")
    if claim.echo:
        lines.append(f"  rule: repeats {claim.echo}: the same sum, never added")
    lines += _decided([claim], subject)
    lines += sign_lines(claim, _signs(claim.id, subject.claims))
    home = ledger.home().get(claim.id)
    lines.append(f"  belongs to {home}" if home else "  belongs to no pledge or series")
    lines += _check(claim.id, subject)
    lines += _links([one for one in ledger.links if claim.id in (one.a, one.b)], subject)
    lines += _named_in(claim.id, subject)
    return lines


def _signs(claim_id: str, claims: pd.DataFrame) -> str | None:
    """The cell of signs of a claim, where its table has one."""
    if "signs" not in claims:
        return None
    found = schema.cells(claims.loc[claims["claim_id"] == claim_id, "signs"])
    return found[0] if found else None


def _decided(claims: Iterable[Claim], subject: Subject) -> list[str]:
    return [f"  decided: {line}" for line in subject.ledger.decided(claims)]


def _check(claim_id: str, subject: Subject) -> list[str]:
    lines = []
    for row in subject.checks:
        if claim_id in (row["claim_id"], row["base_id"]):
            lines.append(f"  check: {row['verdict']}. {row['explanation']}")
            text = checking.arithmetic(
                str(row["claim_id"]), subject.claims, subject.policy, subject.rates
            )
            lines += [f"    {line}" for line in text.split("\n")]
    return lines


def _named_in(claim_id: str, subject: Subject) -> list[str]:
    return [
        f"  finding {one.id}: {one.cause} ({one.severity})"
        for one in subject.findings
        if claim_id in one.claim_ids
    ]


def _pledge(one: Pledge, subject: Subject) -> list[str]:
    ledger = subject.ledger
    ids = {claim.id for claim in one.claims}
    position = ledger.pledges.index(one)
    lines = _pledge_itself(one, subject)
    lines.append("Claims")
    for claim in one.claims:
        lines += [f"  {line}" for line in _said(claim)]
        if claim.base or claim.echo:
            rule = "a stated conversion of" if claim.base else "repeats"
            lines.append(f"    joined by rule: {rule} {claim.base or claim.echo}")
    lines += _second_best(one, position, ledger)
    lines += _links([link for link in ledger.links if link.a in ids or link.b in ids], subject)
    lines += _overlaps(position, ledger)
    for row in subject.checks:
        if row["claim_id"] in ids:
            lines.append(f"Check of {row['claim_id']}: {row['verdict']}. {row['explanation']}")
    for finding in subject.findings:
        if ids & set(finding.claim_ids):
            lines.append(f"Finding {finding.id}: {finding.cause}. {finding.message}")
    return lines


def _range_told(found: Agreed) -> str:
    """The range of the printed digits; where it is another, the one that sums and links use."""
    high = "open" if found.high is None else f"{found.high:,.0f}"
    low = "open" if found.low is None else f"{found.low:,.0f}"
    told = f"range {low} to {high}"
    if found.amount is None or found.contested or "open" in (low, high):
        return told
    ends = next(
        (
            ends
            for claim in found.supporters
            if claim.amount == found.amount
            and (ends := of_digits(claim.text, found.amount, claim.qualifier))
        ),
        None,
    )
    if ends is None or ends == (found.low, found.high):
        return told
    return f"printed digits {ends[0]:,.0f} to {ends[1]:,.0f}, calibrated {told}"


def _currency_told(claim: Claim) -> str:
    others = [code for code in claim.candidates if code != claim.currency]
    if claim.currency_basis == "ambiguous":
        return f"read as {claim.currency}, not certain ({', '.join(others)} are possible)"
    rivals = f", not {', '.join(others)}" if others else ""
    return f"{claim.currency}{rivals}, by the {claim.currency_basis}"


def _pledge_itself(one: Pledge, subject: Subject) -> list[str]:
    """The figure, who gives to whom, the sources and what was decided of them."""
    ledger = subject.ledger
    found = one.figure
    amount = "no single number" if found.amount is None else f"{found.amount:,.0f} {found.currency}"
    lines = [
        f"Pledge {one.id}: {amount}, {_range_told(found)}"
        + (", contested" if found.contested else ""),
        f"  {_who(one.donor, one.recipient)}; status {one.status}; "
        f"purpose {', '.join(one.purpose) or 'not said'}",
        f"  figure: {found.words}",
        f"  independent sources: {found.independent} of "
        f"{len({claim.source for claim in one.claims})}",
        f"  in {ledger.currency}: {worth(one, ledger.currency, ledger.valuation).note}",
    ]
    if one.value_date:
        lines.append(
            f"  value date {day_words(one.value_date, one.precision)}: "
            "the first known day of the act"
        )
    lines += [f"  supports: {claim.text!r} ({claim.source})" for claim in found.supporters]
    lines += [f"  dissents: {claim.text!r} ({claim.source})" for claim in found.dissenters]
    return lines + _decided(one.claims, subject)


def _overlaps(position: int, ledger: Ledger) -> list[str]:
    """The pledges that may hold the same money as the one at ``position``, with the evidence."""
    lines = []
    for overlap in ledger.overlaps:
        if position in (overlap.inner, overlap.outer):
            other = overlap.outer if overlap.inner == position else overlap.inner
            lines.append(
                f"Overlap with {ledger.pledges[other].id}: {overlap.cause}, "
                f"{overlap.bits:+.1f} bits"
            )
            lines += _pieces(overlap.pieces)
    for one in ledger.apart:
        if position in (one.inner, one.outer):
            other = one.outer if one.inner == position else one.inner
            words = "; ".join(piece.words for piece in one.pieces)
            lines.append(f"Different from {ledger.pledges[other].id}, which looks alike: {words}")
    return lines


def _findings(ids: set[str], subject: Subject) -> list[str]:
    """The findings about any of the claims."""
    return [
        f"Finding {finding.id}: {finding.cause}. {finding.message}"
        for finding in subject.findings
        if ids & set(finding.claim_ids)
    ]


def _second_best(one: Pledge, position: int, ledger: Ledger) -> list[str]:
    """The next best way to part or join this pledge, where it is close.

    Parting: the claim whose links to the others are weakest. Joining: a pledge that links nearly
    reach. Both by the mean of the links, nearer to the best, as in joining.
    """
    found: list[tuple[float, str]] = []
    own = {group.id: group for group in one.cluster}
    inside: dict[str, Joint] = {}
    for link in ledger.links:
        if link.a in own and link.b in own:
            for name in (link.a, link.b):
                joint = Joint(link.bits, 1, link.bits)
                inside[name] = inside[name].with_(joint) if name in inside else joint
    for name, joint in inside.items():
        claim = own[name].first
        found.append((joint.bits, f"{claim.text!r} ({claim.source}) as a pledge of its own"))
    for near in ledger.near:
        if position in (near.inner, near.outer):
            other = ledger.pledges[near.outer if near.inner == position else near.inner]
            found.append((-near.bits, f"one pledge with {other.id}"))
    close = sorted(item for item in found if item[0] < _CLOSE)[:1]
    return [f"Second best, {max(bits, 0.0):.1f} bits behind: {what}" for bits, what in close]


def _links(links: Iterable[Link], subject: Subject) -> list[str]:
    claims = {claim.id: claim for claim in subject.ledger.claims}
    ranked = sorted(links, key=lambda one: (not one.joined, -one.bits, one.a, one.b))
    lines = []
    for one in ranked[:_MOST_LINKS]:
        verdict = "one pledge" if one.joined else "apart"
        a, b = claims[one.a], claims[one.b]
        lines.append(
            f"Link {verdict}, {one.bits:+.1f} bits: {a.text!r} ({a.source}) and "
            f"{b.text!r} ({b.source})"
        )
        lines += _pieces(one.pieces)
        if one.refused:
            lines.append(f"    kept apart by rule, whatever the bits: {one.refused}")
    if len(ranked) > _MOST_LINKS:
        lines.append(f"… and {len(ranked) - _MOST_LINKS} more links")
    return lines


def _pieces(pieces: Iterable[Piece]) -> list[str]:
    return [
        f"    {one.bits:+5.1f}  {one.evidence}: {one.words} ({REASON[one.evidence]})"
        for one in sorted(pieces, key=lambda one: (-one.bits, one.evidence))
    ]


def _series(one: Series, subject: Subject) -> list[str]:
    lines = [
        f"Series {one.id}: totals, {_who(one.donor, one.recipient)}, scope {one.scope}",
        "  rule: totals are never added to pledges or to each other",
    ]
    for point, flow in zip(one.points, one.flows, strict=True):
        lines.append(f"Point {point.as_of or 'without a date'}: {point.figure.words}")
        for claim in point.claims:
            lines += [f"  {line}" for line in _said(claim)]
            if claim.base:
                lines += _check(claim.id, subject)
        if flow is not None:
            lines.append(f"  flow: {flow.words}")
        lines += _decided(point.claims, subject)
    return lines + _findings({c.id for point in one.points for c in point.claims}, subject)


def _finding(one: Finding, subject: Subject) -> list[str]:
    claims = {claim.id: claim for claim in subject.ledger.claims}
    cause = CAUSES[one.cause]
    lines = [
        f"Finding {one.id}: {one.cause} ({one.severity}), {one.bits:+.1f} bits",
        f"  {one.message}",
        f"  cause: {cause.meaning}",
    ]
    for name in one.alternatives:
        meaning = f": {CAUSES[name].meaning}" if name in CAUSES else ""
        lines.append(f"  or: {name}{meaning}")
    lines.append("Claims")
    for name in one.claim_ids:
        lines += [f"  {line}" for line in _said(claims[name])]
    ids = set(one.claim_ids)
    ledger = subject.ledger
    for overlap in ledger.overlaps:
        inner, outer = ledger.pledges[overlap.inner], ledger.pledges[overlap.outer]
        tellers = {p.teller.id for p in (inner, outer)}
        if tellers == ids:
            lines.append(f"Evidence, {overlap.bits:+.1f} bits")
            lines += _pieces(overlap.pieces)
    for row in subject.checks:
        if row["claim_id"] in ids and row["base_id"] in ids:
            lines += _check(str(row["claim_id"]), subject)
    return lines
