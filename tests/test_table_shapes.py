"""Tables as people lay them out: titles above, two header rows, years as columns, sums below."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from calc.claims import read as read_all
from calc.tables import read_table
from rates.errors import UnreadableInputError


def read(text: str, name: str = "a.csv", **options: object) -> pd.DataFrame:
    return read_table(io.BytesIO(text.encode()), name, **options)  # type: ignore[arg-type]


def told(claims: pd.DataFrame) -> str:
    return "\n".join([*claims.attrs["notes"], *(p["message"] for p in claims.attrs["problems"])])


def money(claims: pd.DataFrame) -> list[tuple[object, ...]]:
    shown = claims[["donor", "amount", "currency", "role"]].astype("object")
    return list(shown.where(shown.notna(), None).itertuples(index=False, name=None))


def test_titles_above_the_header_are_passed_over_and_rows_keep_their_numbers() -> None:
    claims = read("Aid by donor\nTaken on 4 November\n\nDonor,Amount,Currency\nNorway,5x,NOK\n")
    assert "line 4 read as the header" in told(claims)
    assert "row 5: amount: '5x' is not an amount" in told(claims)


def test_a_title_gives_the_unit_of_amounts_without_one() -> None:
    claims = read('"Aid by donor, EUR million"\nDonor,Amount\nNorway,12.5\n')
    assert money(claims) == [("Norway", 12.5e6, "EUR", "pledge")]
    assert "amounts read in EUR million" in told(claims)


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Aid (€m)", 12.5e6, "EUR"),
        ("Military aid, EUR billion", 12.5e9, "EUR"),
        ("Support in millions of US dollars", 12.5e6, "USD"),
        ("Value ($ bn)", 12.5e9, "USD"),
        ("amountUSD", 12.5, "USD"),
        ("Aid [USD '000]", 12500, "USD"),
        ("Aid (EURm)", 12.5e6, "EUR"),
    ],
)
def test_a_unit_in_any_header_makes_an_amount(header: str, amount: float, currency: str) -> None:
    claims = read(f'Donor,"{header}",Share (%)\nNorway,12.5,3\n')
    assert money(claims) == [("Norway", amount, currency, "pledge")]


def test_a_bare_dollar_in_the_header_stays_ambiguous() -> None:
    assert read("Donor,Value ($m)\nCanada,5\n")["currency_basis"].tolist() == ["ambiguous"]


def test_several_amounts_with_units_are_not_chosen_between() -> None:
    with pytest.raises(UnreadableInputError, match=r"any of Arms \(EUR m\), Food \(EUR m\) could"):
        read("Donor,Arms (EUR m),Food (EUR m)\nNorway,5,6\n")
    given = read(
        "Donor,Arms (EUR m),Food (EUR m)\nNorway,5,6\n", columns={"amount": "Food (EUR m)"}
    )
    assert money(given) == [("Norway", 6e6, "EUR", "pledge")]


def test_the_currency_of_the_header_against_a_column() -> None:
    claims = read("Donor,Value (USD),Original currency\nNorway,5,NOK\n")
    assert money(claims) == [("Norway", 5, "USD", "pledge")]
    claims = read("Donor,Value (USD),Currency\nNorway,5,NOK\nUSA,6,USD\n")
    assert money(claims) == [
        ("Norway", 5, None, "pledge"),
        ("United States", 6, "USD", "pledge"),
    ]
    assert "row 2: currency: the header says USD, the column says NOK" in told(claims)


def test_a_second_header_row_of_units_joins_the_first() -> None:
    claims = read(
        "Donor,Commitment,,Disbursement,\n,EUR million,Date,EUR million,Date\n"
        "Germany,500,2024-01-05,200,2024-02-06\nNorway,90,,,\n"
    )
    assert money(claims) == [
        ("Germany", 500e6, "EUR", "pledge"),
        ("Germany", 200e6, "EUR", "pledge"),
        ("Norway", 90e6, "EUR", "pledge"),
    ]
    assert claims["status"].tolist() == ["committed", "disbursed", "committed"]
    assert claims["value_date"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2024-01-05", "2024-02-06"]
    assert "row 2 read as a second line of the header" in told(claims)


@pytest.mark.parametrize("row", ["Norway,,NOK", "Norway,(500),NOK", ",,NOK"])
def test_a_row_of_data_is_no_second_header(row: str) -> None:
    assert len(read(f"Donor,Amount,Currency\n{row}\nSweden,5,SEK\n")) == 2


def test_a_row_of_tags_is_no_data() -> None:
    claims = read("Donor,amountUSD\n#country+name,#value+usd\nNorway,5\nSweden,6\n")
    assert money(claims) == [("Norway", 5, "USD", "pledge"), ("Sweden", 6, "USD", "pledge")]
    assert "row 2 holds tags" in told(claims)


def test_years_as_columns_become_rows() -> None:
    claims = read("EUR million,2022,2023\nGermany,1.5,5.4\nNorway,,1.3\nTotal,1.5,6.7\n")
    assert money(claims) == [
        ("Germany", 1.5e6, "EUR", "pledge"),
        ("Germany", 5.4e6, "EUR", "pledge"),
        ("Norway", 1.3e6, "EUR", "pledge"),
        ("Total", 1.5e6, "EUR", "noise"),
        ("Total", 6.7e6, "EUR", "noise"),
    ]
    assert [d.year for d in claims["value_date"]] == [2022, 2023, 2023, 2022, 2023]
    assert set(claims["value_date_precision"]) == {"year"}
    assert claims["claim_id"].is_unique
    assert "columns 2022, 2023 read as amounts of those years" in told(claims)


def test_same_amount_in_two_years_has_two_ids() -> None:
    assert read("Donor,2022,2023\nNorway,5,5\n")["claim_id"].is_unique


def test_sums_and_notes_below_are_no_pledges() -> None:
    claims = read(
        "Country,Amount,Currency\nNorway,5,NOK\nSweden,6,NOK\nGrand total,11,NOK\n"
        "Source: the ministry,,\n"
    )
    assert claims["role"].tolist() == ["pledge", "pledge", "noise", "noise"]
    assert "sums" in claims["noise_reason"][2]
    assert claims.attrs["problems"] == []
    assert "row 4 read as sums" in told(claims)
    assert read("donor,amount,role\nTotal,5,pledge\n")["role"].tolist() == ["pledge"]


@pytest.mark.parametrize("cell", ["-", "n/a", "..", ".", "—", "not given"])
def test_a_sign_for_nothing_is_an_empty_cell(cell: str) -> None:
    claims = read(f"donor,amount,date\nNorway,{cell},{cell}\nSweden,5,2024\n")
    assert told(claims).count("row") == 1
    assert "row 2: amount: the cell is empty" in told(claims)


def test_powers_of_ten_in_a_column_of_their_own() -> None:
    claims = read(
        "Donor,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,TIME_PERIOD\n"
        "Norway,390.75,USD,6,2022\nSweden,5,USD,x,2022\n"
    )
    assert money(claims) == [
        ("Norway", 390.75e6, "USD", "pledge"),
        ("Sweden", None, "USD", "pledge"),
    ]
    assert "row 3: UNIT_MULT: 'x' is no power of ten" in told(claims)


def test_codes_give_way_to_names() -> None:
    claims = read("DONOR,Donor,Amount\n8,Norway,5\n")
    assert claims["donor"].tolist() == ["Norway"]


def test_transactions_of_an_aid_register() -> None:
    claims = read(
        "transaction-type,transaction-date,transaction-value,value-currency,provider-org\n"
        "2,2024-03-01,1500000.00,EUR,Norway\n3,2024-06-01,500000.00,EUR,Norway\n"
    )
    assert claims["status"].tolist() == ["committed", "disbursed"]
    assert claims["amount"].tolist() == [1.5e6, 5e5]
    assert claims["currency"].tolist() == ["EUR", "EUR"]


@pytest.mark.parametrize(
    ("known", "day"), [("25/04/2025", "2025-04-03"), ("04/25/2025", "2025-03-04")]
)
def test_one_date_settles_the_order_of_its_column(known: str, day: str) -> None:
    claims = read(f"amount,date\n5,03/04/2025\n6,{known}\n")
    assert str(claims["published"][0].date()) == day
    assert f"dates such as {known} show the order" in told(claims)


def test_dates_that_contradict_each_other_settle_nothing() -> None:
    claims = read("amount,date\n5,03/04/2025\n6,25/04/2025\n7,04/25/2025\n")
    assert claims["published"].isna().tolist() == [True, False, False]


def test_a_month_in_words() -> None:
    claims = read("amount,date\n5,March 2024\n6,Mar 2024\n7,Mar-24\n")
    assert claims["value_date_precision"].tolist()[:2] == ["month", "month"]
    assert "'Mar-24' is not a date" in told(claims)


def test_rows_within_an_answer_of_a_service() -> None:
    claims = read(
        '{"status":"ok","data":{"flows":[{"donor":"Norway","amount":'
        '{"value":500,"currency":"NOK"}}]}}',
        "a.json",
    )
    assert money(claims) == [("Norway", 500, "NOK", "pledge")]


def test_notes_of_a_table_reach_the_reader_and_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Country,Amount,Currency\nNorway,5,NOK\nTotal,5,NOK\n")
    claims = read_all(tmp_path / "a.csv")
    notes = claims.attrs["documents"][0]["notes"]
    assert any("sums" in note for note in notes)
    assert claims.attrs["problems"] == []


def excel(path: Path, *sheets: list[list[object]], merge: str | None = None) -> pd.DataFrame:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"Sheet {number + 1}")
        for row in rows:
            sheet.append(row)
        if merge and number == 0:
            sheet.merge_cells(merge)
    book.save(path)
    return read_table(path)


def test_the_sheet_with_amounts_is_read_and_the_others_named(tmp_path: Path) -> None:
    claims = excel(
        tmp_path / "a.xlsx",
        [["Tracker, release 20"], ["See the notes"]],
        [["Donor", "Amount", "Currency"], ["Norway", 5, "NOK"]],
        [["Donor", "Amount"], ["Sweden", 6]],
    )
    assert money(claims) == [("Norway", 5, "NOK", "pledge")]
    assert "only the sheet 'Sheet 2' was read" in told(claims)
    assert "Sheet 3 could be read too" in told(claims)


def test_merged_names_are_repeated_and_merged_numbers_are_not(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Donor", "Amount", "Item"], ["Norway", 5, "a"], [None, 6, "b"]]
    assert excel(tmp_path / "a.xlsx", rows, merge="A2:A3")["donor"].tolist() == ["Norway"] * 2
    rows = [["Donor", "Amount"], ["Norway", 5], ["Sweden", None]]
    amounts = excel(tmp_path / "b.xlsx", rows, merge="B2:B3")["amount"]
    assert amounts.isna().tolist() == [False, True]


def test_a_header_with_its_units_in_the_row_below(tmp_path: Path) -> None:
    claims = excel(
        tmp_path / "a.xlsx",
        [["Summary"], [], ["Country", "Total"], [None, "EUR billion"], ["Norway", 5.1]],
    )
    assert money(claims) == [("Norway", 5.1e9, "EUR", "pledge")]


def test_a_row_of_data_is_never_the_header() -> None:
    claims = read("Who,Figure,Stage\nNorway,5,commitment\n", columns={"amount": "Figure"})
    assert money(claims) == [("Norway", 5, None, "pledge")]
    assert claims["status"].tolist() == ["committed"]


def test_blank_lines_count_as_rows() -> None:
    claims = read("\ndonor,amount\n\nNorway,5\n\nSweden,x\n")
    assert len(claims) == 2
    assert "row 6: amount: 'x' is not an amount" in told(claims)


def test_a_part_of_the_row_above_is_not_counted_again() -> None:
    claims = read("Donor,Amount,Currency\nNorway,5,NOK\n  of which grants,2,NOK\n")
    assert claims["role"].tolist() == ["pledge", "noise"]


def test_the_total_of_several_kinds_is_the_amount() -> None:
    claims = read("Country,Arms ($ billion),Food ($ billion),Total aid ($ billion)\nUSA,1,2,3\n")
    assert claims["amount"].tolist() == [3e9]
    assert claims.attrs["columns"]["amount"] == "Total aid ($ billion)"


@pytest.mark.parametrize("name", ["Per capita ($)", "GDP, USD bn", "Exchange rate (USD)"])
def test_other_columns_in_money_are_no_amounts(name: str) -> None:
    with pytest.raises(UnreadableInputError, match="no amount column"):
        read(f'Donor,"{name}"\nNorway,5\n')


def test_years_below_kinds_of_aid_are_not_read_as_amounts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Donor", "Pledged", None, "Paid", None],
        [None, 2023, 2024, 2023, 2024],
        ["Norway", 5, 6, 3, 4],
    ]
    with pytest.raises(UnreadableInputError, match="no amount column"):
        excel(tmp_path / "a.xlsx", rows)
