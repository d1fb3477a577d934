"""What the signs of a claim come to: the points for each value, and where little decides.

The points say which of two values goes first and by how much; they are no measured chances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..claims.fact_phrases import phrase_of
from ..claims.rules import reasons
from ..claims.signs import BY_STRONGEST, FACETS, Sign, signs_in
from ..ledger.ledger import Ledger
from ..links.rows import Claim
from .call import Call, WayToDecide
from .review import worth_of

# One weak word more on the other side would turn a reading that is ahead by so few points: the
# weakest signs have two or three.
THIN = 2
_LEVEL, _AHEAD = 0.5, 0.25  # chances to be wrong, to order the calls: assumed, not measured
_SHOWN = 44  # characters of the words that a sign stands on


class Held(NamedTuple):
    """How a claim's value of one facet stands: its points, and the best other value with its own.

    Of several donors the one that stands worst counts.
    """

    facet: str
    value: str | None
    points: int
    rival: str | None
    behind: int
    signs: tuple[Sign, ...]

    @property
    def margin(self) -> int:
        """Points by which the value is ahead."""
        return self.points - self.behind


def _values(claim: Claim) -> dict[str, tuple[str, ...]]:
    """What the claim says of each facet."""
    return {
        "role": (claim.role,),
        "donor": claim.donor,
        "recipient": claim.recipient,
        "status": (claim.status,),
        "currency": (claim.currency,) if claim.currency else (),
    }


def held(claim: Claim, cell: str | None) -> list[Held]:
    """How the value of each facet stands by the signs in ``cell``; facets without signs left out.

    A cell that does not hold signs, as a table of one's own may have, says nothing.
    """
    try:
        signs = signs_in(cell)
    except ValueError:
        return []
    values = _values(claim)
    found = []
    for facet in FACETS:
        own = [sign for sign in signs if sign.facet == facet]
        if own:
            found.append(_of_facet(facet, values.get(facet, ()), own))
    return found


def _of_facet(facet: str, values: Sequence[str], signs: Sequence[Sign]) -> Held:
    points: dict[str, int] = {}
    for sign in signs:
        before = points.get(sign.value, 0)
        strongest = facet in BY_STRONGEST
        points[sign.value] = max(before, sign.points) if strongest else before + sign.points
    others = {value: count for value, count in points.items() if value not in values and count > 0}
    rival = max(others, key=lambda value: others[value], default=None)
    return Held(
        facet,
        "|".join(values) or None,
        min((points.get(value, 0) for value in values), default=0),
        rival,
        others[rival] if rival else 0,
        tuple(sorted(signs, key=lambda sign: -sign.points)),
    )


def sign_lines(claim: Claim, cell: str | None) -> list[str]:
    """The signs of a claim by facet: the value, how far it is ahead, and what speaks for it."""
    found = held(claim, cell)
    if not found:
        return ["  signs: none; it was read from the columns of a table"]
    lines = ["  signs, with their points and the words that they stand on"]
    for one in found:
        if one.facet not in _DECIDED:
            lines += ["    said of it", *_heard(one.signs, claim.sentence or "")]
            continue
        lines.append(f"    {one.facet}: {_headed(one)}")
        reason = True  # of the strongest sign only: a list of them would hide the signs
        for sign in one.signs:
            lines.append(f"      {_told(sign, one, claim.sentence or '', reason)}")
            reason = False
    return lines


def _heard(signs: Sequence[Sign], sentence: str) -> list[str]:
    """What the sentence says of the amount, with its words: nothing that is weighed."""
    return [
        f"      {sign.value.replace('-', ' ')}: {_quoted(sign.words(sentence) or '')}"
        f" ({sign.name.replace('-', ' ')})"
        for sign in signs
    ]


def _headed(one: Held) -> str:
    value = ", ".join((one.value or "open").split("|"))
    if one.rival is None:
        return value
    if one.margin > 0:
        return f"{value}, {_points(one.margin)} ahead of {one.rival}"
    if one.margin == 0:
        return f"{value}, level with {one.rival}"
    return f"{value}, though the signs are for {one.rival}"


_DECIDED = ("role", "donor", "recipient", "status", "currency")


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def _told(sign: Sign, one: Held, sentence: str, reason: bool) -> str:
    words = sign.words(sentence)
    name = phrase_of(sign.name) if one.facet in BY_STRONGEST else None
    name = name or sign.name.replace("-", " ").replace("&", ", ")
    shown = name + (f" {_quoted(words)}" if words else "")
    if sign.points == 0:
        return f" 0 no {sign.value}: {shown}"
    other = sign.value not in (one.value or "").split("|")
    why = f" ({reasons()[sign.name]})" if reason and sign.name in reasons() else ""
    return f"{sign.points:+d} {shown}{f' for {sign.value}' if other else ''}{why}"


def _quoted(words: str) -> str:
    """Words in quotes, the middle of long ones left out.

    >>> _quoted("since the start"), len(_quoted("a" * 100))
    ('"since the start"', 45)
    """
    flat = " ".join(words.split())
    if len(flat) > _SHOWN:
        half = _SHOWN // 2 - 1
        flat = f"{flat[:half].rstrip()}…{flat[-half:].lstrip()}"
    return f'"{flat}"'


def thin(ledger: Ledger, claims: pd.DataFrame) -> Iterator[Call]:
    """Readings that a weak word more would turn, as calls for a person's look.

    Only of claims that are counted or might be, and of facets that nobody has decided; a currency
    that nothing decides is asked for anyway.
    """
    cells = dict(zip(claims["claim_id"], schema.cells(claims["signs"]), strict=True))
    decided = ledger.ruling.of_claim if ledger.ruling else {}
    for claim in ledger.claims:
        cell = cells.get(claim.id)
        if cell is None or claim.id in decided or claim.amount is None:
            continue
        if claim.base or claim.echo or (claim.role == "noise" and not claim.donor):
            continue
        for one in held(claim, cell):
            if one.facet in _DECIDED and one.rival and 0 <= one.margin <= THIN:
                if one.facet == "currency" and claim.currency_basis == "ambiguous":
                    continue
                yield _call(claim, one, ledger)


def _call(claim: Claim, one: Held, ledger: Ledger) -> Call:
    value = ", ".join((one.value or "open").split("|"))
    question = f"is the {one.facet} {value} or {one.rival}? " + (
        f"{value} is {_points(one.margin)} ahead" if one.margin else "Neither is ahead"
    )
    return Call(
        f"thin-{one.facet}",
        question,
        (claim,),
        _AHEAD if one.margin else _LEVEL,
        worth_of(claim, ledger),
        None,
        (),
        tuple(_answers(claim, one)),
    )


def _answers(claim: Claim, one: Held) -> Iterator[WayToDecide]:
    """The commands that settle it; parties and stages are corrected in the table of claims."""
    for value in filter(None, (one.value, one.rival)):
        if one.facet == "role" and value == "noise":
            yield WayToDecide("reject", (claim.id,), None, "no pledge")
        elif one.facet == "role":
            yield WayToDecide("role", (claim.id,), value, f"a {value}, read again")
        elif one.facet == "currency":
            yield WayToDecide("currency", (claim.id,), value, f"meant as {value}")
