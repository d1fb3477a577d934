"""Documents in Spark: the same rows as on one machine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc import schema
from calc.claims import read
from calc.spark import describe_documents, read_documents
from rates.errors import UsageError
from rates.frames import local_spark

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
pytest.importorskip("pyspark", reason="needs the extra spark")
if shutil.which("java") is None:
    pytest.skip("Java is not installed", allow_module_level=True)

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        # The workers are processes of their own: this Python, and this folder's modules.
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(PAGES.parents[1]))
        settings = {"spark.sql.session.timeZone": "America/New_York"}
        session = local_spark(2, **settings)
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def ordered(claims: pd.DataFrame) -> pd.DataFrame:
    table = claims.sort_values(["source", "start", "end"]).reset_index(drop=True)
    table.attrs = {}
    return table


def assert_same(found: Any, expected: pd.DataFrame) -> None:
    table = found.toPandas()
    expected = expected[list(schema.CLAIMS)]  # a table's own columns stay on one machine
    assert list(table.columns) == list(expected.columns)
    assert len(table) > 10
    pd.testing.assert_frame_equal(
        ordered(table.astype(expected.dtypes.to_dict())), ordered(expected)
    )


def texts(spark: Any, partitions: int = 3) -> Any:
    rows = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(PAGES.iterdir())]
    return spark.createDataFrame(rows, "path string, text string").repartition(partitions)


@pytest.mark.parametrize("partitions", [1, 5])
def test_texts_give_the_rows_of_one_machine(spark: Any, partitions: int) -> None:
    assert_same(read_documents(texts(spark, partitions)), read(PAGES))


def test_files_give_the_rows_of_one_machine(spark: Any) -> None:
    files = spark.read.format("binaryFile").load(str(PAGES))
    found = read_documents(files, text="content", root=str(PAGES), published="2024-11-04")
    assert_same(found, read(PAGES, published="2024-11-04"))


def test_what_the_documents_are(spark: Any) -> None:
    rows = [
        ("a.txt", "Lithuania gave Ukraine 5 million euros for the drones that it is to buy.\n"),
        ("b.txt", " "),
        ("c.pdf", "x"),
        ("d.txt", None),
    ]
    frame = spark.createDataFrame(rows, "path string, text string")
    rows_found = {row["source"]: row.asDict() for row in describe_documents(frame).collect()}
    assert rows_found["a.txt"]["figures"] == 1
    assert rows_found["a.txt"]["language"] == "en"
    assert rows_found["a.txt"]["problem"] is None
    assert "empty" in rows_found["b.txt"]["problem"]
    assert "neither a PDF nor" in rows_found["c.pdf"]["problem"]
    assert "no text" in rows_found["d.txt"]["problem"]
    assert read_documents(frame).toPandas()["source"].tolist() == ["a.txt"]


def test_web_pages(spark: Any, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="web pages need the extra html")
    prose = "<p>Lithuania gave Ukraine 5 million euros for drones, the ministry said.</p>"
    markup = (
        f'<html><head><meta name="date" content="2025-03-04"></head><body>{prose}</body></html>'
    )
    (tmp_path / "a.html").write_text(markup)
    frame = spark.createDataFrame([("a.html", markup)], "path string, page string")
    found = read_documents(frame, html="page").toPandas()
    expected = read(tmp_path)
    assert found["claim_id"].tolist() == expected["claim_id"].tolist() != []
    assert str(found["published"][0])[:10] == "2025-03-04"


def test_no_document_gives_no_row(spark: Any) -> None:
    frame = spark.createDataFrame([], "path string, text string")
    assert read_documents(frame).count() == 0


def test_a_missing_column_is_named(spark: Any) -> None:
    with pytest.raises(UsageError, match="no column 'body'; it has path, text"):
        read_documents(texts(spark), text="body")
