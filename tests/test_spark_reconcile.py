"""Reconciling in Spark, by blocks: the pledges, totals and claims of one machine, row for row."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from calc import schema
from calc.claims import read
from calc.reconcile import reconcile
from calc.spark import read_documents
from calc.spark import reconcile as spark_reconcile
from rates.errors import UsageError
from rates.frames import local_spark

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
pytest.importorskip("pyspark", reason="needs the extra spark")
if shutil.which("java") is None:
    pytest.skip("Java is not installed", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "lithuania"
KINDS = {"text": "string", "number": "double", "date": "timestamp_ntz"}
COLUMNS = ", ".join(f"`{name}` {KINDS[kind]}" for name, kind in schema.CLAIMS.items())
THINGS = ("drones", "shells", "ambulances", "generators", "radars", "boats")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        # The workers are processes of their own: this Python, and this folder's modules.
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(ROOT))
        settings = {
            "spark.sql.session.timeZone": "America/New_York",
            "spark.sql.shuffle.partitions": "2",
        }
        session = local_spark(2, **settings)
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def news(count: int, seed: int) -> pd.DataFrame:
    """Claims of several donors: joint ones, some that name no party, conversions, totals."""
    rng = Random(seed)
    donors = ("Norway", "Sweden", "Denmark", "Norway|Sweden", "Canada", "Japan", "Spain", "Italy")
    sizes = {one: [round(rng.uniform(2, 90), 1) * 1e6 for _ in range(4)] for one in donors}
    rows: list[dict[str, Any]] = []
    for number in range(count):
        thing = rng.choice(THINGS)
        donor = rng.choice(donors)
        amount = rng.choice(sizes[donor])
        day = pd.Timestamp("2024-03-01") + pd.Timedelta(days=rng.randrange(120))
        role = rng.choices(("pledge", "total", "target", "noise"), (12, 2, 1, 1))[0]
        text = f"{amount / 1e6:g} million euros"
        row = {
            "claim_id": f"c{number:04}",
            "source": f"page-{number // 3}.txt",
            "publisher": rng.choice(("Courier", "Wire", None)),
            "published": day,
            "text": text,
            "sentence": f"It was said in the capital that {text} for {thing} will follow soon.",
            "start": float(number % 3 * 100),
            "amount": amount,
            "currency": "EUR",
            "role": role,
            "status": rng.choice(("pledged", "disbursed", "unknown")),
            "donor": donor if rng.random() < 0.97 else None,
            "recipient": rng.choice(("Ukraine", "Moldova")) if rng.random() < 0.97 else None,
            "purpose": thing,
        }
        rows.append(row)
        if rng.random() < 0.2:
            rows.append(
                row
                | {"claim_id": f"d{number:04}", "conversion_of": row["claim_id"], "start": 50.0}
                | {"amount": round(amount * 1.09, -5), "currency": "USD", "sentence": None}
                | {"text": f"${round(amount * 1.09, -5) / 1e6:g} million"}
            )
    return schema.frame(rows, schema.CLAIMS)


def in_spark(spark: Any, claims: pd.DataFrame, partitions: int) -> Any:
    cells = claims[list(schema.CLAIMS)].astype(object)
    rows = [
        tuple(c.to_pydatetime() if isinstance(c, pd.Timestamp) else c for c in row)
        for row in cells.where(cells.notna(), None).itertuples(index=False, name=None)
    ]
    return spark.createDataFrame(rows, COLUMNS).repartition(partitions)


def assert_same(found: Any, expected: Any) -> None:
    for name, keys in (
        ("claims", ["claim_id"]),
        ("pledges", ["pledge_id"]),
        ("totals", ["series_id", "as_of", "claim_ids"]),
    ):
        one, many = getattr(expected, name), getattr(found, name).toPandas()
        one = one[list(many.columns)].sort_values(keys).reset_index(drop=True)
        many = many.astype(one.dtypes.to_dict()).sort_values(keys).reset_index(drop=True)
        one.attrs = many.attrs = {}
        pd.testing.assert_frame_equal(many, one, check_exact=True)


@pytest.mark.parametrize(("seed", "partitions"), [(1, 1), (2, 5)])
def test_the_rows_are_those_of_one_machine(spark: Any, seed: int, partitions: int) -> None:
    claims = news(150, seed)
    expected = reconcile(claims, "USD")
    assert 20 < len(expected.pledges) < 150
    assert len(expected.totals) > 5
    assert_same(spark_reconcile(in_spark(spark, claims, partitions), "USD"), expected)


def test_documents_are_read_and_reconciled(spark: Any) -> None:
    rows = [(one.name, one.read_text(encoding="utf-8")) for one in sorted(EXAMPLES.iterdir())]
    claims = read_documents(spark.createDataFrame(rows, "path string, text string"))
    assert_same(spark_reconcile(claims), reconcile(read(EXAMPLES)))


def test_entries_of_registers_are_pledges_of_their_own(spark: Any) -> None:
    rows: list[dict[str, Any]] = [
        {
            "claim_id": f"e{number}",
            "source": "register.csv",
            "activity": f"X-{number % 7}",
            "status": ("committed", "disbursed")[number % 2],
            "donor": ("Norway", "Sweden")[number % 2],
            "recipient": "Kenya",
            "amount": (number - 3) * 1e5,
            "currency": ("USD", "NOK", "UAH")[number % 3],
            "value_date": f"2022-0{3 + number % 5}-14",
        }
        for number in range(30)
    ]
    table = pd.concat([news(40, 3), pd.DataFrame(rows)])
    table["value_date"] = pd.to_datetime(table["value_date"])
    claims = table.reset_index(drop=True)
    expected = reconcile(claims, "USD")
    assert expected.entries is not None
    assert len(expected.entries) == 30
    found = spark_reconcile(in_spark(spark, claims, 3), "USD")
    own = expected.pledges["pledge_id"].str.startswith("p-e")
    pledges = found.pledges.toPandas().set_index("pledge_id")
    for row in expected.pledges[own].to_dict("records"):
        assert pledges.loc[row["pledge_id"], "amount_usd"] == row["amount_usd"]
    assert len(pledges) == len(expected.pledges)
    assert found.claims.where("entry = 'ledger'").count() == 30


def test_ties_between_documents_hold(spark: Any) -> None:
    claims = news(40, 7)
    bases = claims[(claims["role"] == "pledge") & claims["conversion_of"].isna()]
    claims.loc[bases.index[-1], "repeats"] = bases["claim_id"].iloc[0]
    assert_same(spark_reconcile(in_spark(spark, claims, 3)), reconcile(claims))


def test_days_as_text_and_missing_columns_are_filled(spark: Any) -> None:
    rows = [
        ("a", "one.txt", "2024-11-04", "Norway", "Ukraine", 135e6, "NOK"),
        ("b", "two.txt", "2024-11-05", "Norway", "Ukraine", 135e6, "NOK"),
    ]
    names = ["claim_id", "source", "published", "donor", "recipient", "amount", "currency"]
    found = spark_reconcile(spark.createDataFrame(rows, names), "USD")
    assert_same(found, reconcile(pd.DataFrame(rows, columns=names), "USD"))
    assert found.pledges.count() == 1


def test_each_claim_needs_an_id(spark: Any) -> None:
    with pytest.raises(UsageError, match="no column 'claim_id'"):
        spark_reconcile(spark.createDataFrame([(1.0,)], "amount double"))
