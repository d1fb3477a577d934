"""What is done to a batch of blocks: counting, linking, and the tables; each step on its own.

Steps are apart because how rare words and amounts are is counted over all claims before any link
is weighed, and over all pledges before any overlap is.
"""

from __future__ import annotations

import gc
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..checks import check
from ..findings import findings_within
from ..ledger import Ledger, roles_of
from ..ledger_tables import claims_table, pledges_table, records_of, totals_table
from ..links.aims import aims_of
from ..links.contraction import Link, groups_of, link, voices_of
from ..links.evidence import Group, Rarity
from ..links.overlaps import Overlap, near, overlaps
from ..links.rows import Claim, cue, place, read_rows
from ..links.sentences import shingles, tokens
from ..pledges import pledge
from ..schema import FINDINGS
from ..schema import frame as table_of
from ..slips import teller_of
from ..totals import series_of
from ..valuation import Valuation

Cluster = tuple[Group, ...]
TELLERS = {"pledge_id": "text", "claim_id": "text"}


class Asked(NamedTuple):
    """What the user asked for."""

    currency: str
    policy: str
    rates: Any


class Counts(NamedTuple):
    """How common words and amounts are: among voices, for links, and among pledges."""

    voices: Rarity
    pledges: Rarity


class Tables(NamedTuple):
    """The tables of a batch; ``homes`` has the columns that the claims get, row for row.

    ``tellers`` has the claim that stands for each pledge.
    """

    homes: pd.DataFrame
    checks: pd.DataFrame
    pledges: pd.DataFrame
    totals: pd.DataFrame
    findings: pd.DataFrame
    tellers: pd.DataFrame


class _Batch(NamedTuple):
    """Claims of some blocks with their sums (``groups``), then with their ``clusters``."""

    prepared: pd.DataFrame
    claims: list[Claim]
    roles: dict[str, str]
    groups: list[list[Group]]
    clusters: tuple[Cluster, ...] = ()
    near: tuple[Overlap, ...] = ()


def count(prepared: pd.DataFrame, blocks: list[int], path: Path) -> Rarity:
    """Count the words and amounts of a batch, and keep what was read at ``path``."""
    gc.disable()
    batch = _read(prepared, blocks)
    _keep(batch, path)
    found = Rarity.of([voice[0] for groups in batch.groups for voice in voices_of(groups)])
    _forget()
    return found


def join(path: Path, counts: Path) -> Rarity:
    """Link the batch kept at ``path``; count the words and amounts of its pledges."""
    batch: _Batch = _kept(path)
    clusters, links = _linked(batch, _once(counts), _started()[1], brief=True)
    _keep(batch._replace(groups=[], clusters=clusters, near=near(clusters, links)), path)
    _forget()
    return Rarity.of([cluster[0] for cluster in clusters])


def finish(path: Path, counts: Path) -> Tables:
    """The tables of the batch kept at ``path``."""
    batch: _Batch = _kept(path)
    path.unlink()
    asked, valuation = _started()
    ledger = _ledger(batch, (), _once(counts), valuation, asked.currency)
    prepared = batch.prepared
    checks = check(prepared.drop_duplicates("claim_id"), policy=asked.policy, rates=asked.rates)
    found = findings_within(ledger, records_of(checks))
    claims = claims_table(prepared, ledger)
    _forget()
    return Tables(
        claims[[name for name in claims.columns if name not in prepared.columns]],
        checks,
        pledges_table(ledger),
        totals_table(ledger, found),
        table_of([one.record() for one in found], FINDINGS),
        table_of(
            [{"pledge_id": one.id, "claim_id": teller_of(one).id} for one in ledger.pledges],
            TELLERS,
        ),
    )


def ledger_of(prepared: pd.DataFrame, blocks: list[int], counts: Counts, asked: Asked) -> Ledger:
    """Everything behind the rows of some blocks, links included."""
    valuation = Valuation(asked.policy, asked.rates)
    batch = _read(prepared, blocks)
    clusters, links = _linked(batch, counts.voices, valuation, brief=False)
    batch = batch._replace(clusters=clusters, near=near(clusters, links))
    return _ledger(batch, links, counts.pledges, valuation, asked.currency)


def together(parts: Iterable[Rarity]) -> Rarity:
    """The counts of all parts.

    >>> together([Rarity.of([]), Rarity.of([])]).groups
    0
    """
    empty = Rarity.of([])
    counts: dict[str, Any] = {
        name: 0 if isinstance(value, int) else Counter() for name, value in empty._asdict().items()
    }
    for part in parts:
        for name, value in part._asdict().items():
            if isinstance(value, int):
                counts[name] += value
            else:
                counts[name].update(value)
    counts["weighed"] = {}  # what words are worth by the counts of a part
    fields: list[Any] = [dict(v) if isinstance(v, Counter) else v for v in counts.values()]
    return Rarity(*fields)


def _read(prepared: pd.DataFrame, blocks: list[int]) -> _Batch:
    claims = read_rows(prepared)
    roles = roles_of(claims)
    home = dict(zip(prepared["claim_id"].tolist(), blocks, strict=True))
    by_block: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if roles[claim.id] == "pledge":
            by_block[home[claim.id]].append(claim)
    groups = [groups_of(by_block[number]) for number in sorted(by_block)]
    return _Batch(prepared, claims, roles, groups)


def _linked(
    batch: _Batch, rarity: Rarity, valuation: Valuation, brief: bool
) -> tuple[tuple[Cluster, ...], tuple[Link, ...]]:
    clusters: list[Cluster] = []
    links: list[Link] = []
    for groups in batch.groups:
        found = link(groups, valuation, rarity, brief, one_block=True)
        clusters += found.clusters
        links += found.links
    clusters.sort(key=lambda cluster: place(cluster[0].first))
    return tuple(clusters), tuple(sorted(links, key=lambda one: (one.a, one.b)))


def _ledger(
    batch: _Batch, links: tuple[Link, ...], rarity: Rarity, valuation: Valuation, currency: str
) -> Ledger:
    totals = groups_of([claim for claim in batch.claims if batch.roles[claim.id] == "total"])
    return Ledger(
        claims=tuple(batch.claims),
        pledges=tuple(pledge(cluster, valuation) for cluster in batch.clusters),
        series=tuple(series_of(totals, valuation)),
        overlaps=tuple(overlaps(batch.clusters, valuation, rarity)),
        links=links,
        currency=currency,
        valuation=valuation,
        near=batch.near,
    )


_running: list[tuple[Asked, Valuation]] = []


def start(asked: Asked) -> None:
    """Tell this process what was asked for: rates are looked up once, not once per batch."""
    _running[:] = [(asked, Valuation(asked.policy, asked.rates))]


def _started() -> tuple[Asked, Valuation]:
    return _running[0]


def _forget() -> None:
    """Let go of what was remembered of sentences: those of another batch are others."""
    for remembered in (shingles, cue, tokens, aims_of):
        remembered.cache_clear()


def _keep(found: object, path: Path) -> None:
    path.write_bytes(pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))


def _kept(path: Path) -> Any:
    gc.disable()  # millions of records without one cycle: walking them takes a third of the time
    return pickle.loads(path.read_bytes())


@lru_cache(maxsize=1)
def _once(path: Path) -> Rarity:
    found: Rarity = _kept(path)
    return found


def keep_counts(rarity: Rarity, path: Path) -> Path:
    """Write counts where every process finds them."""
    _keep(rarity, path)
    return path
