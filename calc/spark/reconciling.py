"""Claims in Spark, reconciled by blocks: pledges and totals, row for row as on one machine.

A block holds what may ever be one pledge: a donor and a recipient, the blocks of joint ones
together, and what names no donor or recipient with all that it may belong to. How rare words and
amounts are is counted over all blocks first, so that every link has the bits of one machine.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from rates import sources
from rates.currencies import currency as known_currency
from rates.errors import UsageError
from rates.policies import parse_policy
from rates.sources import Rates

from .. import schema
from ..blocks.grounds import Whole
from ..blocks.phases import Terms, together
from ..checks import check
from ..claims.completed import prepared_and_read
from ..claims.wording import shingles
from ..entries import Entries
from ..entries.as_tables import claims_table, pledges_table
from ..ledger.ledger import Ledger, of_role, opened
from ..links.contraction import WINDOW, groups_of, keys_of, link, voices_of
from ..links.group import Group
from ..links.rarity import Rarity
from ..links.roots import Roots
from ..links.rows import read_rows
from ..tables.prepared import prepare
from ..values.valuation import Valuation
from .reading import TYPES

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

_GROUPS = (
    "node string, nodes array<string>, open boolean, keys array<string>, "
    "donor array<string>, recipient array<string>, claim_ids array<string>"
)
_KINDS = {"count": "bigint", "flag": "boolean", **TYPES}


class Reconciled(NamedTuple):
    """Spark DataFrames: claims with their pledge or series, pledges, totals, as of ``reconcile``.

    Rows come in no order of their own.
    """

    claims: DataFrame
    pledges: DataFrame
    totals: DataFrame


def reconcile(
    frame: DataFrame, currency: str = "EUR", policy: str = "spot", rates: Rates = None
) -> Reconciled:
    """Reconcile a Spark DataFrame of claims, such as ``read_documents`` gives.

    It needs ``claim_id``, unique to each claim; other missing columns are filled as on one
    machine, columns that are not of ``schema.CLAIMS`` are left out. One block is held in the
    memory of one worker. Entries of registers are pledges of their own; what reports beside them
    tell is not looked for among them, as it is on one machine. Raises UsageError for a missing
    claim_id, an unknown currency or policy.
    """
    code = known_currency(currency).code
    parse_policy(policy)
    if "claim_id" not in frame.columns:
        raise UsageError("the frame has no column 'claim_id'; each claim needs an id of its own")
    # What is built in every worker has itself: a copy would be another table to those who ask.
    table = None if rates is None else sources.tables(rates)
    claims = _claims(frame).persist()
    blocked = _blocked(claims.where("entry != 'ledger'"), policy, table).persist()
    rarity = _rarity(blocked)
    told = _results(blocked, rarity, code, policy, table)
    entries = _entries(claims.where("entry = 'ledger'"), code, policy, table)
    results = told.unionByName(entries).persist()
    columns = {
        **schema.CLAIMS,
        "pledge_id": "text",
        "series_id": "text",
        f"amount_{code.lower()}": "number",
        "rate": "number",
        "rate_note": "text",
    }
    return Reconciled(
        _of_kind(results, "claims", columns),
        _of_kind(results, "pledges", schema.pledges(code)),
        _of_kind(results, "totals", schema.TOTALS),
    )


def _functions() -> Any:
    return importlib.import_module("pyspark.sql.functions")


def _claims(frame: DataFrame) -> DataFrame:
    """The columns of a claims table, and the document that each claim belongs to."""
    spark = _functions()
    cells = [
        (spark.col(name) if name in frame.columns else spark.lit(None))
        .cast(TYPES[kind])
        .alias(name)
        for name, kind in schema.CLAIMS.items()
    ]
    claims = frame.select(*cells)
    claims = claims.withColumn("source", spark.coalesce("source", spark.lit("table")))
    claims = _with_entries(claims)
    if "sentence" in frame.columns:
        claims = _read_blanks(claims)
    return claims.withColumn("document", spark.col("source"))


def _with_entries(claims: DataFrame) -> DataFrame:
    """Whether the rows are entries of a register, as ``prepare`` says of a whole source."""
    spark = _functions()
    shown = spark.expr("activity IS NOT NULL OR transaction IS NOT NULL OR amount < 0")
    of_source = spark.max(shown).over(_window().partitionBy("source"))
    found = spark.when(spark.coalesce(of_source, spark.lit(False)), "ledger").otherwise("report")
    known = spark.when(spark.col("entry").isin(*schema.ENTRIES), spark.col("entry"))
    return claims.withColumn("entry", spark.coalesce(known, found))


def _window() -> Any:
    return importlib.import_module("pyspark.sql.window").Window


def _read_blanks(claims: DataFrame) -> DataFrame:
    """The claims with what their own words say where their table left a cell blank."""

    def read(table: pyarrow.Table) -> pyarrow.Table:
        rows: list[dict[str, Any]] = table.select(list(schema.CLAIMS)).to_pylist()
        whole = prepared_and_read(schema.frame(rows, schema.CLAIMS))[list(schema.CLAIMS)]
        cells = whole.astype(object).where(whole.notna(), None)  # days stay moments, as in Spark
        return _table([dict(zip(kinds, row, strict=True)) for row in cells.values.tolist()], kinds)

    kinds = {name: TYPES[kind] for name, kind in schema.CLAIMS.items()}
    shape = ", ".join(f"`{name}` {kind}" for name, kind in kinds.items())
    return claims.groupBy("source").applyInArrow(read, shape)


def _tied(claims: DataFrame) -> dict[str, str]:
    """Sources whose claims convert or repeat one another's, by the name of the first of them."""
    spark = _functions()
    roots = Roots()
    names = claims.select(spark.col("claim_id").alias("tie"), spark.col("source").alias("other"))
    for column in ("conversion_of", "repeats"):
        ties = claims.select("source", spark.col(column).alias("tie")).dropna()
        far = ties.join(names, "tie").where("source != other").select("source", "other")
        for row in far.distinct().collect():
            roots.join(row["source"], row["other"])
    return roots.found()


def _blocked(claims: DataFrame, policy: str, rates: Any) -> DataFrame:
    """The claims with their block."""
    spark = _functions()
    tied = _tied(claims)
    if tied:
        session = claims.sparkSession
        named = session.createDataFrame(sorted(tied.items()), "source string, first string")
        claims = claims.join(named, "source", "left").withColumn(
            "document", spark.coalesce("first", "source")
        )
        claims = claims.drop("first")

    def grouped(table: pyarrow.Table) -> pyarrow.Table:
        return _table(_groups(_rows(table), Valuation(policy, rates)), _GROUPS_SHAPE)

    groups = claims.groupBy("document").applyInArrow(grouped, _GROUPS).persist()
    blocks = claims.sparkSession.createDataFrame(_blocks(groups), "node string, block string")
    homes = groups.join(blocks, "node").select(
        spark.explode("claim_ids").alias("claim_id"), "block", "node"
    )
    return claims.join(homes.distinct(), "claim_id").drop("document", "node")


_GROUPS_SHAPE = {
    "node": "string",
    "nodes": "strings",
    "open": "bool",
    "keys": "strings",
    "donor": "strings",
    "recipient": "strings",
    "claim_ids": "strings",
}


def _rows(table: pyarrow.Table) -> pd.DataFrame:
    rows: list[dict[str, Any]] = table.select(list(schema.CLAIMS)).to_pylist()
    return prepare(schema.frame(rows, schema.CLAIMS))


def _groups(frame: pd.DataFrame, valuation: Valuation) -> list[dict[str, Any]]:
    """What one document says: a row for each of its sums, and one for all its other claims."""
    claims = read_rows(frame)
    found = [
        _group(one, role, valuation)
        for role in ("pledge", "total")
        for one in groups_of(of_role(claims, role))
    ]
    placed = {name for row in found for name in row["claim_ids"]}
    rest = [claim.id for claim in claims if claim.id not in placed]
    if rest:
        node = json.dumps(["rest", claims[0].source])
        found.append({"node": node, "nodes": [node], "open": False, "claim_ids": rest})
    return found


def _group(one: Group, role: str, valuation: Valuation) -> dict[str, Any]:
    known = bool(one.donor and one.recipient)
    nodes = [
        json.dumps([donor, recipient])
        for donor in one.donor or ("",)
        for recipient in one.recipient or ("",)
    ]
    is_open = role == "pledge" and not known
    if is_open:
        nodes = [json.dumps(["open", one.id])]
    keys = []
    if role == "pledge":
        keys = [json.dumps(key) for key in sorted(keys_of(one, valuation))]
        said = shingles(one.first.sentence)
        if said and is_open:
            digest = hashlib.sha256(repr((sorted(said), one.first.text)).encode()).hexdigest()
            keys.append(json.dumps(["said", digest]))
    return {
        "node": nodes[0],
        "nodes": nodes,
        "open": is_open,
        "keys": keys,
        "donor": list(one.donor),
        "recipient": list(one.recipient),
        "claim_ids": [claim.id for claim in one.claims],
    }


def _blocks(groups: DataFrame) -> list[tuple[str, str]]:
    """The block of every node: joint parties together, open ones with what they may belong to."""
    spark = _functions()
    roots = Roots()
    for row in groups.select("nodes").distinct().collect():
        for node in row["nodes"]:
            roots.join(row["nodes"][0], node)
    keyed = groups.select(
        spark.explode("keys").alias("key"), "node", "nodes", "open", "donor", "recipient"
    )
    wanted = keyed.where("open").select("key").distinct()
    shared = keyed.join(wanted, "key").groupBy("key")
    told = spark.struct("node", "open", "donor", "recipient")
    counted = shared.agg(spark.count("*").alias("n"), spark.collect_set(told).alias("told"))
    for row in counted.collect():
        crowded = row["n"] > WINDOW // 2  # then each meets only the nearest of all of them
        for one in row["told"]:
            for other in row["told"]:
                if crowded or (one["open"] and _may_meet(one, other)):
                    roots.join(one["node"], other["node"])
    return sorted(roots.found().items())


def _may_meet(a: Any, b: Any) -> bool:
    return all(
        not a[side] or not b[side] or bool(set(a[side]) & set(b[side]))
        for side in ("donor", "recipient")
    )


def _rarity(blocked: DataFrame) -> Rarity:
    """How common words and amounts are among all voices of all blocks."""

    def counted(table: pyarrow.Table) -> pyarrow.Table:
        claims = read_rows(_rows(table))
        groups = groups_of(of_role(claims, "pledge"))
        rarity = Rarity.of([voice[0] for voice in voices_of(groups)])
        return _table([{"counts": pickle.dumps(rarity)}], {"counts": "bytes"})

    rows = blocked.groupBy("block").applyInArrow(counted, "counts binary").toLocalIterator()
    return together(pickle.loads(bytes(row["counts"])) for row in rows)


def _results(blocked: DataFrame, rarity: Rarity, code: str, policy: str, rates: Any) -> DataFrame:
    """Each block reconciled: rows of claims, pledges and totals, as JSON under their kind."""

    def reconciled(table: pyarrow.Table) -> pyarrow.Table:
        prepared = _rows(table)
        ledger = _ledger(prepared, rarity, code, Valuation(policy, rates))
        checks = check(prepared.drop_duplicates("claim_id"), policy=policy, rates=rates)
        found = Whole(prepared, ledger, checks, Terms(code, policy, rates)).shown
        rows = [
            {"kind": kind, "row": json.dumps(row)}
            for kind in ("claims", "pledges", "totals")
            for row in _plain(getattr(found, kind))
        ]
        return _table(rows, {"kind": "string", "row": "string"})

    return blocked.groupBy("block").applyInArrow(reconciled, "kind string, row string")


def _entries(claims: DataFrame, code: str, policy: str, rates: Any) -> DataFrame:
    """Rows of registers: each is a pledge of its own, whichever batch it comes in."""

    def valued(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        arrow = importlib.import_module("pyarrow")
        valuation = Valuation(policy, rates)
        for batch in batches:
            entries = Entries(_rows(arrow.Table.from_batches([batch])), code, valuation)
            rows = [
                {"kind": kind, "row": json.dumps(row)}
                for kind, made in (("claims", claims_table), ("pledges", pledges_table))
                for row in _plain(made(entries))
            ]
            yield from _table(rows, {"kind": "string", "row": "string"}).to_batches()

    return claims.mapInArrow(valued, "kind string, row string")


def _ledger(prepared: pd.DataFrame, rarity: Rarity, code: str, valuation: Valuation) -> Ledger:
    """The pledges and series of one block."""
    claims = read_rows(prepared)
    linked = link(groups_of(of_role(claims, "pledge")), valuation, rarity)
    return opened(claims, linked, code, valuation, with_overlaps=False)


def _plain(table: pd.DataFrame) -> list[list[Any]]:
    """Rows whose cells JSON can hold: dates as ISO text, missing cells as null."""
    columns = []
    for name in table.columns:
        cells = table[name].astype(object).where(table[name].notna(), None).tolist()
        columns.append([c.isoformat() if isinstance(c, pd.Timestamp) else c for c in cells])
    return [list(row) for row in zip(*columns, strict=True)]


def _of_kind(results: DataFrame, kind: str, columns: dict[str, str]) -> DataFrame:
    """The rows of one kind as a DataFrame of their own."""
    dates = [name for name, what in columns.items() if what == "date"]

    def typed(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        for batch in batches:
            rows = [
                dict(zip(columns, json.loads(one), strict=True))
                for one in batch.column(0).to_pylist()
            ]
            for row in rows:
                row.update({n: pd.Timestamp(row[n]).to_pydatetime() for n in dates if row[n]})
            kinds = {name: _KINDS[what] for name, what in columns.items()}
            yield from _table(rows, kinds).to_batches()

    shape = ", ".join(f"`{name}` {_KINDS[what]}" for name, what in columns.items())
    chosen = results.where(_functions().col("kind") == kind).select("row")
    return chosen.mapInArrow(typed, shape)


def _table(rows: Sequence[Mapping[str, Any]], columns: dict[str, str]) -> pyarrow.Table:
    arrow = importlib.import_module("pyarrow")
    types: dict[str, Callable[[], Any]] = {
        "string": arrow.string,
        "strings": lambda: arrow.list_(arrow.string()),
        "bool": arrow.bool_,
        "boolean": arrow.bool_,
        "bytes": arrow.binary,
        "double": arrow.float64,
        "bigint": arrow.int64,
        "timestamp_ntz": lambda: arrow.timestamp("us"),
    }
    shape = arrow.schema([(name, types[kind]()) for name, kind in columns.items()])
    cells = {name: [row.get(name) for row in rows] for name in columns}
    return arrow.Table.from_pydict(cells, schema=shape)
