"""What a batch hands from one step to the next, in files: plain values, which pickle fast.

A record of ours costs pickle several times what the tuple of its cells does, and a batch has many
thousands. Claims are written once, groups and clusters as places among them.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..links.group import Group
from ..links.rows import Band, Claim

_BAND = Claim._fields.index("band")
_OF_CLAIMS = tuple(Group._fields.index(name) for name in ("claims", "amounts"))


def keep(found: object, path: Path) -> None:
    """Write anything at ``path``."""
    path.write_bytes(pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))


def kept(path: Path) -> Any:
    """What was written at ``path``."""
    gc.disable()  # millions of records without one cycle: walking them takes a third of the time
    return pickle.loads(path.read_bytes())


def keep_claims(claims: Sequence[Claim], groups: Sequence[Sequence[Group]], path: Path) -> None:
    """Write claims, and groups of them by block."""
    place = {claim.id: number for number, claim in enumerate(claims)}
    plain = [[_plain(one, place) for one in block] for block in groups]
    columns: list[Any] = list(map(list, zip(*claims, strict=True))) or [[] for _ in Claim._fields]
    columns[_BAND] = [band and tuple(band) for band in columns[_BAND]]
    keep((columns, plain), path)


def kept_claims(path: Path) -> tuple[list[Claim], list[list[Group]]]:
    """The claims and groups written at ``path``."""
    columns, plain = kept(path)
    columns[_BAND] = [band and Band._make(band) for band in columns[_BAND]]
    claims = list(map(Claim._make, zip(*columns, strict=True)))
    return claims, [[_group(one, claims) for one in block] for block in plain]


def _plain(one: Group, place: dict[str, int]) -> list[Any]:
    cells: list[Any] = list(one)
    for field in _OF_CLAIMS:
        cells[field] = [place[claim.id] for claim in cells[field]]
    return cells


def _group(cells: list[Any], claims: list[Claim]) -> Group:
    for field in _OF_CLAIMS:
        cells[field] = tuple([claims[number] for number in cells[field]])
    return Group._make(cells)


def keep_clusters(
    clusters: Sequence[Sequence[Group]], groups: Sequence[Sequence[Group]], path: Path
) -> None:
    """Write clusters as the places of their groups in all blocks."""
    place = {one.id: number for number, one in enumerate(one for block in groups for one in block)}
    keep([[place[one.id] for one in cluster] for cluster in clusters], path)


def kept_clusters(path: Path, groups: Sequence[Sequence[Group]]) -> tuple[tuple[Group, ...], ...]:
    """The clusters written at ``path``."""
    every = [one for block in groups for one in block]
    return tuple(tuple([every[number] for number in cluster]) for cluster in kept(path))
