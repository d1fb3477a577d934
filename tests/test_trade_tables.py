"""Tables in the shapes of the trade: what is found in them unaided, row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from calc.claims import read

TABLES = Path(__file__).parent / "tables" / "publishers"
COLUMNS = ("amount", "currency", "donor", "recipient", "value_date", "precision", "status", "role")


def expected() -> dict[str, list[tuple[str, ...]]]:
    with (TABLES / "found.tsv").open(encoding="utf-8", newline="") as handle:
        lines = [line for line in handle if not line.startswith("#")]
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        found.setdefault(row["file"], []).append(tuple(row[column] for column in COLUMNS))
    return found


FOUND = expected()


def table(name: str, **options: object) -> pd.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        return read(TABLES / name, **options)  # type: ignore[arg-type]


def notes(claims: pd.DataFrame) -> str:
    return "\n".join(claims.attrs["documents"][0]["notes"])


def shown(claims: pd.DataFrame) -> list[tuple[str, ...]]:
    rows = []
    for row in claims[claims["role"] != "noise"].to_dict("records"):
        row["precision"] = row["value_date_precision"]
        row["value_date"] = str(row["value_date"])[:10]
        cells = {k: "" if pd.isna(row[k]) or row[k] == "NaT" else row[k] for k in COLUMNS}
        rows.append(tuple(str(cells[k]) for k in COLUMNS))
    return rows


def test_every_table_is_expected_and_every_expected_one_is_there() -> None:
    assert sorted(FOUND) == sorted(path.name for path in TABLES.glob("*.csv"))


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_table_of_the_trade_is_read_unaided(name: str) -> None:
    found = shown(table(name))
    assert [row[1:] for row in found] == [row[1:] for row in FOUND[name]]
    assert [float(row[0]) for row in found] == [float(row[0]) for row in FOUND[name]]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_no_cell_of_a_table_of_the_trade_is_a_problem(name: str) -> None:
    assert table(name).attrs["problems"] == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("oecd_crs.csv", "--set unit=million"),
        ("world_bank_projects.csv", "--set currency=USD"),
        ("cerf_allocations.csv", "--set currency=USD"),
        ("kiel_site.csv", "--set currency=EUR,unit=billion"),
    ],
)
def test_what_a_publisher_says_in_its_guides_is_a_hint(name: str, hint: str) -> None:
    assert hint in notes(table(name))
    pairs = dict(pair.split("=") for pair in hint.removeprefix("--set ").split(","))
    said = table(name, set=pairs)
    assert hint not in notes(said)
    assert set(said["currency"]) == {pairs.get("currency", "USD")}
    scale = {"million": 1e6, "billion": 1e9}.get(pairs.get("unit", ""), 1)
    assert said["amount"].tolist() == [one * scale for one in table(name)["amount"]]


@pytest.mark.parametrize("name", ["gha.csv", "aiddata_core.csv"])
def test_prices_of_another_year_are_taken_where_there_are_no_others_and_said(name: str) -> None:
    assert "in the prices of another year" in notes(table(name))


def test_the_same_file_with_amounts_in_own_currency_on_every_row_is_read_in_it() -> None:
    assert "amount=amountUSD" in notes(table("fts_old.csv"))  # half of its rows have no other
    assert "amount=originalAmount" in notes(table("fts_new.csv"))


def test_a_named_column_keeps_the_unit_of_its_name() -> None:
    claims = table("fts_new.csv", columns={"amount": "amountUSD"})
    assert set(claims["currency"]) == {"USD"}
    assert claims["amount"].tolist() == [1086000, 94000]


def test_default_currency_and_transaction_date_fill_blanks_only() -> None:
    claims = table("iati_datastore.csv")
    assert claims["currency"].tolist() == ["NOK", "USD", "NOK", "NOK"]
    assert claims["value_date"].dt.strftime("%m-%d").tolist() == [
        "02-20",
        "06-01",
        "09-02",
        "09-02",
    ]
    assert claims["activity"].tolist()[0] == "XX-1-100"


def test_ids_of_items_and_of_packages_are_told_apart() -> None:
    claims = table("kiel_new.csv")
    assert claims["claim_id"].tolist() == ["DEM1_1", "DEM1_2", "USM4_1", "USM4_2"]
    assert claims["activity"].tolist() == ["DEM1", "DEM1", "USM4", "USM4"]
