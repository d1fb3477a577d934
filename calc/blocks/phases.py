"""What is done to a batch of blocks: counting, linking, and the tables; each step on its own.

Steps are apart because how rare words and amounts are is counted over all claims before any link
is weighed, and over all pledges before any overlap is.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..checks import Slips, check_part
from ..claims.aims import aims_of
from ..claims.said import forget_sentences
from ..claims.wording import shingles, tokens
from ..findings.all_of import findings_within, stale_claims
from ..ledger.as_tables import claims_table, pledges_table, totals_table
from ..ledger.ledger import Ledger, of_role, opened
from ..links.contraction import Link, Linked, groups_of, link, voices_of
from ..links.group import Cluster, Group
from ..links.overlaps import near
from ..links.rarity import Rarity
from ..links.relations import Relation
from ..links.rows import Claim, place, read_rows
from ..schema import FINDINGS, records
from ..schema import frame as table_of
from ..values.valuation import Valuation
from .checked import checked
from .kept import keep, keep_claims, keep_clusters, kept, kept_claims, kept_clusters

TELLERS = {"pledge_id": "text", "claim_id": "text"}


class Terms(NamedTuple):
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

    ``tellers`` has the claim that stands for each pledge, ``slips`` what is known of each slip of
    scale before all claims are asked about it.
    """

    homes: pd.DataFrame
    checks: pd.DataFrame
    pledges: pd.DataFrame
    totals: pd.DataFrame
    findings: pd.DataFrame
    tellers: pd.DataFrame
    slips: Slips


class _Batch(NamedTuple):
    """Claims of some blocks with their sums (``groups``), by block."""

    claims: list[Claim]
    groups: list[list[Group]]


class Paths(NamedTuple):
    """Where a batch is kept: its rows, its claims with their groups, what was linked of them."""

    rows: Path
    claims: Path
    clusters: Path
    near: Path

    @classmethod
    def of(cls, folder: Path, number: int) -> Paths:
        """The files of a batch."""
        return cls(*(folder / f"{number}.{name}" for name in cls._fields))


def count(prepared: pd.DataFrame, blocks: list[int], paths: Paths) -> Rarity:
    """Count the words and amounts of a batch, and keep what was read."""
    gc.disable()
    batch = _read(prepared, blocks)
    keep(prepared, paths.rows)
    keep_claims(batch.claims, batch.groups, paths.claims)
    found = Rarity.of([voice[0] for groups in batch.groups for voice in voices_of(groups)])
    _forget()
    return found


def join(paths: Paths, counts: Path) -> Rarity:
    """Link a batch; count the words and amounts of its pledges."""
    batch = _Batch(*kept_claims(paths.claims))
    linked = _linked(batch, _once(counts), _running[0].valuation, brief=True)
    keep_clusters(linked.clusters, batch.groups, paths.clusters)
    keep(near(linked.clusters, linked.links), paths.near)
    _forget()
    return Rarity.of([cluster[0] for cluster in linked.clusters])


def finish(paths: Paths, counts: Path) -> Tables:
    """The tables of a batch."""
    batch = _Batch(*kept_claims(paths.claims))
    clusters = kept_clusters(paths.clusters, batch.groups)
    prepared: pd.DataFrame = kept(paths.rows)
    close: tuple[Relation, ...] = kept(paths.near)
    for path in paths:
        path.unlink()
    terms, valuation, _ = _running[0]
    linked, rarity = Linked(clusters, ()), _once(counts)
    ledger = opened(batch.claims, linked, terms.currency, valuation, rarity=rarity, close=close)
    unique = prepared.drop_duplicates("claim_id")
    return _tables(prepared, ledger, *check_part(unique, terms.policy, terms.rates))


def with_counts(prepared: pd.DataFrame, blocks: list[int], known: pd.DataFrame) -> Tables:
    """The tables of a batch in one go: what is rare was counted before, ``known`` are checks."""
    gc.disable()
    terms, valuation, counts = _running[0]
    assert counts is not None
    batch = _read(prepared, blocks)
    linked = _linked(batch, counts.voices, valuation, brief=True)
    ledger = opened(batch.claims, linked, terms.currency, valuation, rarity=counts.pledges)
    unique = prepared.drop_duplicates("claim_id")
    return _tables(prepared, ledger, *checked(unique, known, terms.policy, terms.rates))


def _tables(prepared: pd.DataFrame, ledger: Ledger, checks: pd.DataFrame, slips: Slips) -> Tables:
    found = findings_within(ledger, records(checks))
    claims = claims_table(prepared, ledger)
    _forget()
    return Tables(
        claims[[name for name in claims.columns if name not in prepared.columns]],
        checks,
        pledges_table(ledger),
        totals_table(ledger, stale_claims(found)),
        table_of([one.record() for one in found], FINDINGS),
        table_of(
            [{"pledge_id": one.id, "claim_id": one.teller.id} for one in ledger.pledges],
            TELLERS,
        ),
        slips,
    )


def ledger_of(prepared: pd.DataFrame, blocks: list[int], counts: Counts, terms: Terms) -> Ledger:
    """Everything behind the rows of some blocks, links included."""
    valuation = Valuation(terms.policy, terms.rates)
    batch = _read(prepared, blocks)
    linked = _linked(batch, counts.voices, valuation, brief=False)
    return opened(batch.claims, linked, terms.currency, valuation, rarity=counts.pledges)


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
    home = dict(zip(prepared["claim_id"].tolist(), blocks, strict=True))
    by_block: dict[int, list[Claim]] = defaultdict(list)
    for claim in of_role(claims, "pledge"):
        by_block[home[claim.id]].append(claim)
    groups = [groups_of(by_block[number]) for number in sorted(by_block)]
    return _Batch(claims, groups)


def _linked(batch: _Batch, rarity: Rarity, valuation: Valuation, brief: bool) -> Linked:
    clusters: list[Cluster] = []
    links: list[Link] = []
    for groups in batch.groups:
        found = link(groups, valuation, rarity, brief, one_block=True)
        clusters += found.clusters
        links += found.links
    clusters.sort(key=lambda cluster: place(cluster[0].first))
    return Linked(tuple(clusters), tuple(sorted(links, key=lambda one: (one.a, one.b))))


class _Running(NamedTuple):
    terms: Terms
    valuation: Valuation
    counts: Counts | None


# A process is told once and works on batch after batch. A task cannot bring it along: sent with
# each, the rates and counts would be copied for every batch, and a fork would not share them.
_running: list[_Running] = []


def start(terms: Terms, counts: Counts | None = None) -> None:
    """Tell this process what was asked for: rates are looked up once, not once per batch.

    ``counts`` that are known before are handed on as they are: a process that is a fork of the
    one that has them takes no memory for them.
    """
    _running[:] = [_Running(terms, Valuation(terms.policy, terms.rates), counts)]


def _forget() -> None:
    """Let go of what was remembered of sentences: those of another batch are others."""
    forget_sentences()
    for remembered in (shingles, tokens, aims_of):
        remembered.cache_clear()


@lru_cache(maxsize=1)
def _once(path: Path) -> Rarity:
    found: Rarity = kept(path)
    return found


def keep_counts(rarity: Rarity, path: Path) -> Path:
    """Write counts where every process finds them."""
    keep(rarity, path)
    return path
