"""Cells of a table as people write them: decimal marks, negatives, blanks, days, parties."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from calc.tables import read_table
from calc.tables.numbers import decimal_mark, plain, unsigned
from rates.errors import UsageError


def read(cells: list[str], column: str = "amount", **options: object) -> pd.DataFrame:
    text = f"{column},x\n" + "".join(f'"{cell}",1\n' for cell in cells)
    return read_table(io.BytesIO(text.encode()), "a.csv", **options)  # type: ignore[arg-type]


def amounts(cells: list[str], decimal: str | None = None) -> list[float | None]:
    return [None if pd.isna(a) else a for a in read(cells, decimal=decimal)["amount"]]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["1.250", "7.350.000"], [1250, 7350000]),
        (["1,250", "12.75"], [1250, 12.75]),
        (["107.097", "1.238.920"], [107097, 1238920]),
        (["€4,922,133", "€544,310", "1,134"], [4922133, 544310, 1134]),
        (["$1,234", "$12,500", "$700"], [None, None, 700]),
        (["1,234", "12,500", "7,001"], [1234, 12500, 7001]),
        (["12,5", "1.250"], [12.5, 1250]),
        (["0,750", "1.250"], [0.75, 1250]),
        (["1 250,50", "3.000"], [1250.5, 3000]),
        (["1'250.50", "3,000"], [1250.5, 3000]),
        (["1.250", "12.5"], [1.25, 12.5]),
        (["107.097", "12.500"], [107.097, 12.5]),
        (["12.5", "12,5"], [12.5, 12.5]),
        (["5-6 million", "1.500.000"], [None, 1500000]),
    ],
)
def test_the_decimal_mark_is_settled_by_the_column(
    cells: list[str], found: list[float | None]
) -> None:
    assert amounts(cells) == found


def test_the_mark_that_a_cell_shows_is_said() -> None:
    claims = read(["1.250", "7.350.000"])
    assert any("7.350.000 show that a comma begins" in note for note in claims.attrs["notes"])
    assert claims["text"].tolist() == ["1,250", "7,350,000"]
    assert not any("decimals" in note for note in read(["1250", "12.5"]).attrs["notes"])


def test_the_decimal_mark_that_is_said_wins() -> None:
    assert amounts(["1.250"], decimal=",") == [1250]
    assert amounts(["1,250"], decimal="comma") == [1.25]
    assert amounts(["12.75"], decimal=",") == [None]
    assert amounts(["5,5"], decimal=".") == [None]
    with pytest.raises(UsageError, match="no decimal mark"):
        amounts(["5"], decimal=";")


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_column_settles_it_in_every_kind_of_file(form: str) -> None:
    frame = pd.DataFrame({"donor": ["Norway", "Sweden"], "amount": ["1.250", "7.350.000"]})
    buffer = io.BytesIO()
    if form == "json":
        buffer.write(frame.to_json(orient="records").encode())
    else:
        pytest.importorskip("openpyxl")
        frame.to_excel(buffer, index=False)
    claims = read_table(io.BytesIO(buffer.getvalue()), f"a.{form}")
    assert claims["amount"].tolist() == [1250, 7350000]


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("(€100)", -100, "EUR"),
        ("100-", -100, None),
        ("€100-", -100, "EUR"),
        ("-5", -5, None),
        ("\u22125", -5, None),
        ("-€1,250.50", -1250.5, "EUR"),
        ("€-5", -5, "EUR"),
        ("(1,250,000.00)", -1250000, None),
        ("(2.5m)", -2500000, None),
        ("100,-", 100, None),
        ("EUR 100.-", 100, "EUR"),
        ("5-6 million euros", None, "EUR"),
        ("0", 0, None),
        ("€0", 0, "EUR"),
    ],
)
def test_negatives_and_nought(cell: str, amount: float | None, currency: str | None) -> None:
    row = read([cell]).iloc[0]
    assert [None if pd.isna(row[c]) else row[c] for c in ("amount", "currency")] == [
        amount,
        currency,
    ]
    if amount is not None and amount < 0:
        assert row["amount_low"] == row["amount_high"] == amount


@pytest.mark.parametrize("cell", ["NULL", "#N/A", " ", "null", "#REF!", "n/a", "(blank)"])
def test_a_cell_that_holds_nothing_is_blank_in_every_column(cell: str) -> None:
    text = f'donor,recipient,amount,currency,date\n"{cell}","{cell}",5,"{cell}","{cell}"\n'
    claims = read_table(io.BytesIO(text.encode()), "a.csv")
    assert claims.attrs["problems"] == []
    assert claims[["donor", "recipient", "currency", "value_date"]].isna().all().all()


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("31-Dec-24", "2024-12-31", "day"),
        ("1-Jan-2020", "2020-01-01", "day"),
        ("4 Nov 1998", "1998-11-04", "day"),
        ("20240502", "2024-05-02", "day"),
        ("45292", "2024-01-01", "day"),
        ("45292.0", "2024-01-01", "day"),
        ("2024-05-02T10:00:00Z", "2024-05-02", "day"),
        ("06/14/1961", "1961-06-14", "day"),
        ("Q2 2024", "2024-04-01", "month"),
        ("2024-Q3", "2024-07-01", "month"),
        ("Mar-2022", "2022-03-01", "month"),
        ("11/2022", "2022-11-01", "month"),
        ("2022 März", "2022-03-01", "month"),
        ("FY2023", "2023-01-01", "year"),
        ("FY 2022/23", "2022-01-01", "year"),
        ("2022/23", "2022-01-01", "year"),
        ("2022", "2022-01-01", "year"),
    ],
)
def test_days_months_quarters_and_years(cell: str, day: str, precision: str) -> None:
    row = _dated(cell).iloc[0]
    assert [str(row["value_date"])[:10], row["value_date_precision"]] == [day, precision]


def _dated(cell: str) -> pd.DataFrame:
    return read_table(io.BytesIO(f'amount,date\n5,"{cell}"\n'.encode()), "a.csv")


@pytest.mark.parametrize(
    "cell", ["31-Feb-24", "20241301", "99999", "Q5 2024", "13/13/2024", "soon"]
)
def test_what_is_no_day_is_a_problem(cell: str) -> None:
    claims = _dated(cell)
    assert claims["value_date"].isna().all()
    assert "is not a date" in claims.attrs["problems"][0]["message"]


def test_a_year_and_the_next_may_be_a_month() -> None:
    assert "a month and a fiscal year" in _dated("2011/12").attrs["problems"][0]["message"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [("45292", "days of a spreadsheet"), ("FY2023", "fiscal years"), ("Q2 2024", "first month")],
)
def test_odd_forms_of_days_are_said(cell: str, words: str) -> None:
    assert any(words in note for note in _dated(cell).attrs["notes"])


@pytest.mark.parametrize(
    ("cell", "donor"),
    [
        ("DEU", "Germany"),
        ("DE", "Germany"),
        ("XKX", "Kosovo"),
        ("Germany, Government of", "Germany"),
        ("Government of the Netherlands", "Netherlands"),
        ("United States of America, Government of", "United States"),
        ("EU Institutions", "European Union"),
        ("Korea, Republic of", "South Korea"),
        ("Korea, Democratic People's Republic of", "North Korea"),
        ("Congo, The Democratic Republic of the", "Congo - Kinshasa"),
        ("Iran (Islamic Republic of)", "Iran"),
        ("Republic of Malawi", "Malawi"),
        ("Hong Kong (China)", "Hong Kong"),
        ("State of Qatar", "Qatar"),
        ("Republic of Acme", "Republic of Acme"),
        ("Acme, Government of", "Acme, Government of"),
        ("WFP", "World Food Programme"),
        ("QQQ", "QQQ"),
    ],
)
def test_parties_as_registers_write_them(cell: str, donor: str) -> None:
    claims = read_table(io.BytesIO(f'donor,amount\n"{cell}",5\n'.encode()), "a.csv")
    assert claims["donor"].tolist() == [donor]


@pytest.mark.parametrize(
    ("donors", "roles"),
    [
        (["Norway", "DAC countries"], ["pledge", "noise"]),
        (["Norway", "All Donors, Total"], ["pledge", "noise"]),
        (["DAC countries", "Non-DAC countries"], ["pledge", "pledge"]),
        (["Norway", "EU Institutions"], ["pledge", "pledge"]),
        (["Norway", "Total Produce Ireland Ltd"], ["pledge", "pledge"]),
        (["Norway", "Total Insight Theatre"], ["pledge", "pledge"]),
        (["Norway", "TotalEnergies"], ["pledge", "pledge"]),
        (["Norway", "Total"], ["pledge", "noise"]),
        (["Norway", "Total military aid, 2022 (EUR m)"], ["pledge", "noise"]),
        (["Norway", "TOTAL DAC"], ["pledge", "noise"]),
    ],
)
def test_sums_over_parties_never_stand_beside_their_members(
    donors: list[str], roles: list[str]
) -> None:
    text = "donor,amount\n" + "".join(f'"{donor}",5\n' for donor in donors)
    assert read_table(io.BytesIO(text.encode()), "a.csv")["role"].tolist() == roles


def test_a_file_with_semicolons_has_decimal_commas_unless_it_shows_others() -> None:
    def semicolons(*cells: str) -> list[float]:
        text = "amount;x\n" + "".join(f"{cell};1\n" for cell in cells)
        return read_table(io.BytesIO(text.encode()), "a.csv")["amount"].tolist()

    assert semicolons("1.250", "12,5") == [1250, 12.5]
    assert semicolons("1.250", "2.500") == [1250, 2500]
    assert semicolons("1,250", "2,500", "3,750") == [1.25, 2.5, 3.75]
    assert semicolons("1,250", "12.5") == [1250, 12.5]


def test_signs_and_marks_by_themselves() -> None:
    assert unsigned("5 - 6") == ("5 - 6", False)
    assert unsigned("(see note 5)") == ("(see note 5)", False)
    assert plain("€1.238.920,50", ",") == "€1238920.50"
    assert decimal_mark(["1,250", "2,500"]).decimal is None
    assert decimal_mark(["DK-2024-1,5"]).decimal == ","


@pytest.mark.parametrize(
    ("cell", "donor"),
    [
        ("Deutschland", "Germany"),
        ("Литва", "Lithuania"),
        ("Pays-Bas", "Netherlands"),
        ("Stany Zjednoczone", "United States"),
        ("Union européenne", "European Union"),
        ("Norwegen", "Norway"),
        ("Musterland", "Musterland"),
    ],
)
def test_countries_in_other_languages(cell: str, donor: str) -> None:
    claims = read_table(io.BytesIO(f"donor,amount\n{cell},5\n".encode()), "a.csv")
    assert claims["donor"].tolist() == [donor]


def test_special_drawing_rights_in_a_header() -> None:
    claims = read_table(io.BytesIO(b"Donor,Pledge (SDR million)\nJapan,5\n"), "a.csv")
    assert claims[["amount", "currency"]].values.tolist() == [[5e6, "XDR"]]
