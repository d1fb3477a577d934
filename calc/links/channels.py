"""One payment told by the organisation that it goes through and by the country that it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations

from ..parties.gazetteer import country
from .bits import piece
from .days import TWICE_TOLD_DAYS
from .group import Cluster, Parties
from .relations import SAME, Relation
from .seen import Seen

_MOST = 40  # pledges of one donor and one amount that are compared with each other


def through_channels(
    parties: Sequence[Parties],
    seen: Sequence[Seen],
    clusters: Sequence[Cluster],
    differ: Callable[[Cluster, Cluster], bool] | None,
) -> list[Relation]:
    """Equal amounts of one donor for an organisation and for a country: perhaps one payment.

    "Japan gave 10 million dollars to UNRWA … Tokyo's 10 million dollars for Gaza".
    """
    alike: dict[tuple[tuple[str, ...], str, float], list[int]] = defaultdict(list)
    for number, (donor, recipient) in enumerate(parties):
        if donor and recipient:
            for code, amount in sorted(seen[number].amounts):
                alike[donor, code, amount].append(number)
    found: dict[tuple[int, int], Relation] = {}
    for numbers in alike.values():
        for a, b in combinations(numbers[:_MOST], 2):
            mine, other = parties[a][1], parties[b][1]
            if set(mine) & set(other) or _is_place(mine) == _is_place(other):
                continue
            gap = max(seen[a].first - seen[b].last, seen[b].first - seen[a].last)
            if gap > TWICE_TOLD_DAYS or (differ is not None and differ(clusters[a], clusters[b])):
                continue
            inner, outer = (b, a) if _is_place(mine) else (a, b)
            words = f"the same amount through {', '.join(parties[inner][1])}, perhaps for "
            why = piece("channel-place", words + ", ".join(parties[outer][1]))
            found[inner, outer] = Relation.by(SAME, inner, outer, why)
    return [found[pair] for pair in sorted(found)]


def _is_place(names: tuple[str, ...]) -> bool:
    return any(country(name) for name in names)
