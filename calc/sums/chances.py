"""How likely each pledge of a sum is money of its own, and what that leaves of the sum.

Links keep claims apart when in doubt. Of two pledges the evidence for an overlap can be shown to
a reader; of thirty, some are others' money told again though nothing shows which. Each is given
a chance (``calc/data/own_money_bits.tsv``), which ``plausible`` makes the likely sum of.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from ..links.group import later_told
from ..links.relations import Relation
from ..pledges.pledge import Pledge
from ..text import data_tables

BITS = {row["evidence"]: float(row["bits"]) for row in data_tables.table("own_money_bits")}
EVEN = 0.5  # chance below which a pledge is rather another one's money
_MOST_CLAIMS = 6.0  # of a pledge on average, up to which the fit reaches
_DOUBLINGS = 4  # beyond sixteen other pledges no more of them come into question


def chances(
    counted: Sequence[Pledge],
    inner: Mapping[str, Relation],
    inside: set[str],
    claims_a_pledge: float,
) -> dict[str, float]:
    """The chance, by pledge id, that a pledge is money that no other one of ``counted`` tells of.

    ``inner`` are the possible overlaps by the id of the pledge that would be counted twice,
    ``inside`` those of them that the words make certain. ``claims_a_pledge`` is the average over
    all pledges, of other donors too.
    """
    pairs = Counter((one.donor, one.recipient) for one in counted)
    told = BITS["claims-a-pledge"] * math.log2(min(max(claims_a_pledge, 1.0), _MOST_CLAIMS))
    found = {}
    for one in counted:
        others = pairs[one.donor, one.recipient] - 1
        overlap = inner.get(one.id)
        if not others and overlap is None:
            found[one.id] = 1.0  # whose money should it be?
            continue
        bits = BITS["prior"] + told + _told_bits(one)
        bits += BITS["other-pledge"] * min(math.log2(1 + others), _DOUBLINGS)
        if one.id in inside:
            bits += BITS["certain-part"]
        elif overlap is not None:
            bits += BITS["part" if overlap.cause == "part-of" else "nearly-one"]
        found[one.id] = 1 / (1 + 2**bits)
    return found


def _told_bits(one: Pledge) -> float:
    """What the voices that tell a pledge say for its being another one's money."""
    voices = min(one.figure.independent, 3)
    bits = BITS[f"voices-{voices}"] if voices > 1 else 0.0
    if all(map(later_told, one.cluster)):
        bits += BITS["retold-1" if voices == 1 else "retold-2"]
    return bits


def doubt(one: Pledge) -> str:
    """What makes it doubtful that a pledge is money of its own, in words."""
    voices = one.figure.independent
    told = {1: "one source only"}.get(voices, f"{voices} sources")
    return f"{told}, recalling an old promise" if all(map(later_told, one.cluster)) else told
