"""Tables whose few bytes mean millions of rows, or gigabytes: refused before they are unpacked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hostile_inputs import HOSTILE

from calc.claims import read
from calc.tables import arrow_bounds, columnar, raw
from rates.errors import UnreadableInputError


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_more_rows_than_a_table_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(raw, "MOST_ROWS", 1_000)
    rows = {"a.csv": b"donor,amount\n" + b"a,5\n" * 1_001, "a.jsonl": b'{"amount": 5}\n' * 1_001}
    path = tmp_path / name
    if name == "a.parquet":
        pyarrow = pytest.importorskip("pyarrow")
        table = pyarrow.table({"amount": list(range(1_001))})
        pytest.importorskip("pyarrow.parquet").write_table(table, path)
    else:
        path.write_bytes(rows[name])
    with pytest.raises(UnreadableInputError, match=r"1,00\d rows, more than the 1,000"):
        read(path)


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("a Parquet file of rows", 50_000_000, "50,000,000 rows, more than the 5,000,000"),
        ("a Parquet file of rows", 3_000_000, "more than one for each byte"),
        ("a Parquet file of long cells", 100_000, "unpacks to more than"),
        ("a Parquet file of shared beginnings", 100_000, "texts unpack to more than 50 MB"),
        ("a Parquet file of lists", 100_000, "unpacks to more than 250 times"),
    ],
)
def test_a_parquet_file_that_unpacks_without_measure_is_refused_before_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int, told: str
) -> None:
    pytest.importorskip("pyarrow")

    def unpacked(*_: object) -> None:
        raise AssertionError("its cells were made")

    monkeypatch.setattr(columnar, "frame_of", unpacked)
    path = tmp_path / "a.parquet"
    path.write_bytes(HOSTILE[name].made(size))
    assert path.stat().st_size < 400_000
    with pytest.raises(UnreadableInputError, match=told):
        read(path)


def test_a_long_table_of_one_word_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    path.write_bytes(HOSTILE["a Parquet file of rows"].made(50_000))
    assert len(read(path)) == 50_000


def test_rows_that_unpack_are_converted_a_few_at_a_time() -> None:
    pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("a Parquet file of long cells", "a Parquet file of lists"):
        content = HOSTILE[name].made(100_000)
        assert arrow_bounds.rows_of_batch(parquet, io.BytesIO(content), 1 << 18) == 1_000
    content = HOSTILE["a Parquet file of rows"].made(100_000)
    assert arrow_bounds.rows_of_batch(parquet, io.BytesIO(content), 1 << 18) == 1 << 18


@pytest.mark.parametrize("name", ["a.arrow", "stream.arrow"])
def test_a_packed_arrow_file_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"donor": pa.array(["x" * 60_000_000]), "amount": pa.array([5])})
    path = tmp_path / name
    kind = pa.ipc.new_stream if name == "stream.arrow" else pa.ipc.new_file
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with kind(str(path), table.schema, options=options) as file:
        file.write_table(table)
    assert path.stat().st_size < 10_000
    for module in ("pyarrow.feather", "pyarrow.ipc"):
        monkeypatch.setattr(f"{module}.read_table", None, raising=False)
        monkeypatch.setattr(f"{module}.open_stream", None, raising=False)
    with pytest.raises(UnreadableInputError, match="more than 250 times its size"):
        read(path)


def test_an_arrow_file_of_whoever_wrote_it_is_read(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"donor": ["Norway", "Sweden"], "amount": [5, 6]})
    frame = frame.with_columns(pl.lit("EUR").cast(pl.Categorical).alias("currency"))
    for packing in ("uncompressed", "lz4", "zstd"):
        frame.write_ipc(tmp_path / "a.arrow", compression=packing)
        frame.write_ipc_stream(tmp_path / "b.arrow", compression=packing)
        for name in ("a.arrow", "b.arrow"):
            assert read(tmp_path / name)["currency"].tolist() == ["EUR", "EUR"]
