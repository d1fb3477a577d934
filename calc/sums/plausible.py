"""Amounts that dwarf everything known: a question, in the high end of a sum alone.

A slip of scale ("billion" for "million") outweighs all else in a sum, so it takes a second voice
before such an amount counts in the low end.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ..ledger.ledger import Ledger
from ..pledges.pledge import Pledge, Worth, worth
from ..text import data_tables
from ..text.amount_words import amount_words

BOUNDS = {row["bound"]: float(row["value"]) for row in data_tables.table("plausible_bounds")}

_USUAL = 8  # pledges of a donor from which on it is known what is usual


def outsized(counted: list[Pledge], values: Mapping[str, Worth], ledger: Ledger) -> dict[str, str]:
    """Pledges that are larger than is plausible, by id, each with the reason."""
    found = _above_the_world(counted, ledger) | _above_others(counted, values)
    sure = {one.id for one in counted if accepted(one, ledger)}
    return {name: why for name, why in found.items() if name not in sure}


def accepted(one: Pledge, ledger: Ledger) -> bool:
    """Whether a person accepted the figure of a pledge."""
    return any(
        said.kind == "accept" for claim in one.claims for said in ledger.told.get(claim.id, ())
    )


def _above_the_world(counted: list[Pledge], ledger: Ledger) -> dict[str, str]:
    bound = BOUNDS["world-year"]
    found = {}
    for one in counted:
        size = (worth(one, "EUR", ledger.valuation).counted or (0.0, None))[0]
        if size > bound:
            found[one.id] = (
                f"more than the aid of the whole world in a year ({amount_words(bound)} EUR): "
                "perhaps a slip of scale"
            )
    return found


def _above_others(counted: list[Pledge], values: Mapping[str, Worth]) -> dict[str, str]:
    of_donor: dict[tuple[str, ...], list[tuple[float, Pledge]]] = {}
    for one in counted:
        if one.donor:
            size = (values[one.id].counted or (0.0,))[0]
            of_donor.setdefault(one.donor, []).append((size, one))
    found = {}
    for pledges in of_donor.values():
        ranked = sorted(pledges, key=lambda pair: (-pair[0], pair[1].id))
        if len(ranked) > 1 and ranked[0][0] > BOUNDS["other-claims"] * ranked[1][0] > 0:
            found[ranked[0][1].id] = (
                "a thousand times as large as any other of this donor: perhaps a slip of scale"
            )
        found |= _outsize(ranked)
    return found


def _outsize(ranked: list[tuple[float, Pledge]]) -> dict[str, str]:
    """Of many pledges, those told by few voices that leap far above all others."""
    found = {}
    middle = ranked[len(ranked) // 2][0]
    far = BOUNDS["middle-one"]
    for (size, one), (following, _) in pairwise(ranked[: max(len(ranked) - _USUAL + 1, 0)]):
        if size < BOUNDS["next-one"] * following and size < far * middle:
            break
        if one.figure.independent > (2 if size >= far * middle else 1):
            continue
        found[one.id] = (
            "in few sources and far larger than any other of this donor: perhaps a slip of scale"
        )
    return found
