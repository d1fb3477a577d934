"""Which column is which: by names in the trade's words, by units, and by what the cells hold."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from calc.claims import read as read_all
from calc.tables import read_table
from rates.errors import UnreadableInputError, UsageError


def read(text: str, name: str = "a.csv", **options: object) -> pd.DataFrame:
    return read_table(io.BytesIO(text.encode()), name, **options)  # type: ignore[arg-type]


def told(claims: pd.DataFrame) -> str:
    return "\n".join([*claims.attrs["notes"], *(p["message"] for p in claims.attrs["problems"])])


def first(claims: pd.DataFrame, *columns: str) -> list[object]:
    row = claims.iloc[0]
    return [None if pd.isna(row[c]) else row[c] for c in columns]


@pytest.mark.parametrize(
    ("header", "cells", "own"),
    [
        ("USD_Commitment,USD_Disbursement", "5,4", "USD_Commitment"),
        ("Disbursed amount,Committed amount", "5,4", "Committed amount"),
        ("Amount Applied For,Amount Awarded", "5,4", "Amount Awarded"),
        ("Total project cost,EU contribution", "5,4", "EU contribution"),
        ("Amount (constant USD 2020),Amount (nominal USD)", "5,4", "Amount (nominal USD)"),
        ("Pledge code,Pledge (EUR m)", "5,4", "Pledge (EUR m)"),
        ("AmountInEUR,Exchange rate", "5,4", "AmountInEUR"),
        ("Nazwa,Kwota [PLN]", "x,4", "Kwota [PLN]"),
        ("Bénéficiaire,Montant (M€)", "x,4", "Montant (M€)"),
        ("Empfänger,Bewilligter Betrag in EUR", "x,4", "Bewilligter Betrag in EUR"),
        ("Mottagare,Belopp (SEK)", "x,4", "Belopp (SEK)"),
    ],
)
def test_the_amount_is_what_was_given(header: str, cells: str, own: str) -> None:
    assert read(f"{header}\n{cells}\n").attrs["columns"]["amount"] == own


@pytest.mark.parametrize(
    ("name", "currency", "amount"),
    [
        ("USD_Commitment", "USD", 12.5),
        ("usd_mn_pledge", "USD", 12.5e6),
        ("valueUSDm", "USD", 12.5e6),
        ("EUR m committed", "EUR", 12.5e6),
        ("Montant (en millions d'euros)", None, None),
        ("Kwota (mln zł)", "PLN", 12.5e6),
        ("Betrag in Mio EUR", "EUR", 12.5e6),
        ("aidUSDMillion", "USD", 12.5e6),
        ("Pledge (£m) announced", "GBP", 12.5e6),
    ],
)
def test_units_stand_before_behind_and_within_names(
    name: str, currency: str | None, amount: float | None
) -> None:
    claims = read(f'Donor,"{name}"\nNorway,12.5\n')
    if amount is not None:
        assert first(claims, "currency", "amount") == [currency, amount]


def test_the_fuller_column_goes_before_the_emptier() -> None:
    half = "donor,amountUSD,originalAmount,originalCurrency\nNorway,5,50,NOK\nSweden,6,,\n"
    assert read(half)["amount"].tolist() == [5, 6]
    full = half.replace("6,,", "6,60,SEK")
    claims = read(full)
    assert claims["amount"].tolist() == [50, 60]
    assert claims["currency"].tolist() == ["NOK", "SEK"]


def test_a_column_of_noughts_is_an_empty_one() -> None:
    claims = read("Donor,Commitment (EUR),Disbursement (EUR)\nNorway,0,5\nSweden,0,6\n")
    assert claims["amount"].tolist() == [5, 6]
    assert claims["status"].tolist() == ["disbursed", "disbursed"]


def test_a_label_column_without_cells_is_no_amount() -> None:
    claims = read("Donor,Observation value,OBS_VALUE,UNIT_MEASURE\nNorway,,5,USD\nSweden,,6,USD\n")
    assert claims["amount"].tolist() == [5, 6]


PACKAGES = (
    "package id,value of item (EUR),value of package (EUR)\nA,2,5\nA,3,5\nB,1,8\nB,7,8\nC,4,4\n"
)


def test_an_item_goes_before_the_package_that_stands_on_each_of_its_rows() -> None:
    assert read(PACKAGES)["amount"].tolist() == [2, 3, 1, 7, 4]


def test_equal_instalments_are_no_packages() -> None:
    text = PACKAGES.replace("value of package", "arms").replace("value of item", "food")
    text = text.replace("A,2,5\nA,3,5\nB,1,8\nB,7,8", "A,2,5\nA,2,5\nB,8,8\nB,8,8")
    with pytest.raises(UnreadableInputError, match="could be the amount"):
        read(text)


def test_two_of_equal_right_are_named_and_none_is_taken() -> None:
    with pytest.raises(UnreadableInputError, match=r"any of Value \(USD\), Value \(EUR\) could"):
        read("Donor,Value (USD),Value (EUR)\nNorway,5,4\n")
    with pytest.raises(UnreadableInputError, match=r"any of Amount, Amount\.1 could"):
        read("Donor,Amount,Amount\nNorway,5,4\n")


def test_two_columns_of_one_name_are_read_and_kept() -> None:
    claims = read("Note,Amount,Note\nx,5,y\n")
    assert claims["amount"].tolist() == [5]
    odd = read("Note,Amount,Note\nx,5,y\nz,6\n1,2,3,4\n")  # read row by row
    assert [c for c in odd.columns if c.startswith("Note")] == ["Note", "Note (2)"]


@pytest.mark.parametrize(
    ("header", "cells", "target"),
    [
        ("Plan,Country,Requirements (US$)", "Relief,Sudan,5", True),
        ("Country,Needs (USD),Pledged (USD)", "Sudan,5,4", False),
        ("Project,Amount requested", "Wells,5", True),
    ],
)
def test_a_need_is_a_target_and_no_pledge(header: str, cells: str, target: bool) -> None:
    claims = read(f"{header}\n{cells}\n")
    assert claims["role"].tolist() == ["target" if target else "pledge"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Amount pledged", "pledged"),
        ("Commitments", "committed"),
        ("Amount Disbursed", "disbursed"),
        ("Allocation", "allocated"),
        ("Amount", "unknown"),
    ],
)
def test_the_name_of_the_amount_says_the_stage(name: str, status: str) -> None:
    claims = read(f"Donor,{name}\nNorway,5\n")
    assert claims["status"].tolist() == [status]
    assert read(f"Donor,{name},Status\nNorway,5,paid\n")["status"].tolist() == ["disbursed"]


# --- currencies


def test_a_column_of_country_codes_is_no_currency() -> None:
    claims = read("country,iso,amount\nSpain,ESP,5\nSwitzerland,CHE,6\nCyprus,CYP,7\n")
    assert claims["currency"].isna().all()
    assert claims["donor"].tolist() == ["Spain", "Switzerland", "Cyprus"]
    coded = read("iso,amount\nESP,5\nCHE,6\nCYP,7\n")
    assert coded["donor"].tolist() == ["Spain", "Switzerland", "Cyprus"]
    money = read("iso,amount,donor\nEUR,5,Spain\nCHF,6,Switzerland\n")
    assert money["currency"].tolist() == ["EUR", "CHF"]


def test_a_column_of_numbers_is_no_currency() -> None:
    claims = read("Donor,Amount,CurrencyCode\nNorway,5,578\nSweden,6,752\n")
    assert claims["currency"].isna().all()
    assert claims.attrs["problems"] == []


def test_a_unit_in_every_cell_of_a_column_counts() -> None:
    text = "Donor,Amount type,Value\nNorway,Current prices (USD millions),5\nSweden,{},6\n"
    claims = read(text.format("Current prices (USD millions)"))
    assert claims["amount"].tolist() == [5e6, 6e6]
    assert set(claims["currency"]) == {"USD"}
    assert claims.attrs["columns"]["unit"] == "Amount type"
    assert read(text.format("Grants"))["currency"].isna().all()


@pytest.mark.parametrize(("code", "money"), [("GBp", "GBP"), ("GBX", "GBP"), ("ZAc", "ZAR")])
def test_hundredths_of_a_unit(code: str, money: str) -> None:
    assert first(read(f"amount,currency\n1250,{code}\n"), "amount", "currency") == [12.5, money]


def test_crore_belongs_to_rupees() -> None:
    assert first(read("amount,currency\n100 CR,INR\n"), "amount") == [1e9]
    claims = read("amount,currency\n100 CR,EUR\n")
    assert first(claims, "amount") == [None]
    assert "counts in crore or lakh" in told(claims)


# --- givers and receivers


@pytest.mark.parametrize(
    ("header", "cells", "donor", "recipient"),
    [
        ("Country,Amount", ["Norway,5", "Japan,6"], "Norway", None),
        ("Country,Amount", ["Kenya,5", "Nepal,6"], None, "Kenya"),
        ("Project,Countries,Amount", ["a,Kenya,5", "b,Nepal,6"], None, "Kenya"),
        ("Country,Recipient,Amount", ["Kenya,Nepal,5"], "Kenya", "Nepal"),
        ("Donor,Country,Amount", ["Norway,Japan,5"], "Norway", "Japan"),
        ("Country,Amount", ["Norway,5", "Kenya,6"], None, None),
        ("iso3,Amount", ["KEN,5", "NPL,6"], None, "Kenya"),
        ("Country,Amount,Borrower", ["Türkiye,5,Treasury"], None, "Türkiye"),
    ],
)
def test_a_country_gives_or_receives_as_columns_and_cells_say(
    header: str, cells: list[str], donor: str | None, recipient: str | None
) -> None:
    claims = read("\n".join([header, *cells, ""]))
    assert first(claims, "donor", "recipient") == [donor, recipient]


def test_what_is_left_open_is_named_with_what_was_guessed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.csv").write_text("Country,Value,Cur\nNorway,5,NOK\nKenya,6,KES\n")
    claims = read_all(tmp_path / "a.csv")
    note = claims.attrs["documents"][0]["notes"][0]
    assert "columns read as amount=Value, currency=Cur" in note
    assert "left open: 'Country' may be who gives or who receives" in note
    assert "--columns" in note
    assert "none=NAME" in note


def test_a_channel_receives_only_where_no_one_else_does() -> None:
    text = "Amount,Implementing partner{}\n5,UNICEF{}\n"
    assert first(read(text.format(",Country", ",Kenya")), "recipient") == ["Kenya"]
    assert first(read(text.format("", "")), "recipient") == ["UNICEF"]


# --- dates


def test_a_year_and_a_month_are_a_date() -> None:
    claims = read("donor,year,month,amount\nNorway,2024,3,5\nNorway,2024,0,6\nNorway,2023,May,7\n")
    assert claims["value_date"].dt.strftime("%Y-%m").tolist() == ["2024-03", "2024-01", "2023-05"]
    assert claims["value_date_precision"].tolist() == ["month", "year", "month"]
    assert claims.attrs["columns"]["month"] == "month"
    days = read("donor,date,month,amount\nNorway,2024-03-09,3,5\n")
    assert first(days, "value_date_precision") == ["day"]


def test_the_day_of_a_promise_is_not_that_of_a_payment() -> None:
    text = "donor,{},Commitment date,Payment date\nNorway,5,2024-01-02,2024-05-06\n"
    assert str(first(read(text.format("Commitment")), "value_date")[0])[:10] == "2024-01-02"
    assert str(first(read(text.format("Amount paid")), "value_date")[0])[:10] == "2024-05-06"


def test_a_column_that_is_named_like_a_day_and_holds_none_is_left_alone() -> None:
    claims = read("donor,amount,Period,Year\nNorway,5,multi-annual,2024\n")
    assert first(claims, "value_date_precision", "period") == ["year", "multi-annual"]
    assert claims.attrs["problems"] == []


# --- ids and stages


def test_an_id_of_rows_is_one_where_no_two_are_equal() -> None:
    assert read("id,amount\na,5\nb,6\n")["claim_id"].tolist() == ["a", "b"]
    repeated = read("id,amount\na,5\na,6\n")
    assert repeated["claim_id"].is_unique
    assert repeated["activity"].tolist() == ["a", "a"]


def test_the_state_of_works_is_no_stage_of_money() -> None:
    claims = read("Donor,Amount,Status\nNorway,5,Completion\nSweden,6,Implementation\n")
    assert claims["status"].tolist() == ["unknown", "unknown"]
    assert claims.attrs["problems"] == []
    assert claims["Status"].tolist() == ["Completion", "Implementation"]


# --- what a person says


def test_constants_fill_what_the_file_does_not_say() -> None:
    said = {"currency": "usd", "unit": "million", "recipient": "Ukraine", "date": "2024"}
    claims = read("Donor,Amount\nNorway,5\n", fixed=said)
    assert first(claims, "amount", "currency", "recipient") == [5e6, "USD", "Ukraine"]
    assert first(claims, "currency_basis", "value_date_precision", "value_date_basis") == [
        "given",
        "year",
        "given",
    ]
    assert "set for what the file does not say: currency=USD, recipient=Ukraine" in told(claims)


def test_constants_never_overrule_a_cell_or_a_header() -> None:
    said = {"currency": "USD", "recipient": "Ukraine", "unit": "million", "date": "2020"}
    text = "Donor,Amount (EUR thousand),Recipient,Date\nNorway,5,Moldova,2024-02-03\nSweden,6,,\n"
    claims = read(text, fixed=said)
    assert claims["currency"].tolist() == ["EUR", "EUR"]
    assert claims["amount"].tolist() == [5e3, 6e3]
    assert claims["recipient"].tolist() == ["Moldova", "Ukraine"]
    assert [d.year for d in claims["value_date"]] == [2024, 2020]


def test_a_constant_settles_a_sign_that_it_may_be() -> None:
    assert first(read("Amount\n$5\n", fixed={"currency": "CAD"}), "currency") == ["CAD"]
    assert first(read("Amount\n€5\n", fixed={"currency": "CAD"}), "currency") == ["EUR"]


@pytest.mark.parametrize(
    "wrong", [{"amount": "5"}, {"currency": "XXQ"}, {"unit": "dozen"}, {"date": "soon"}]
)
def test_constants_that_mean_nothing_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read("Amount\n5\n", fixed=wrong)


def test_a_column_is_left_alone() -> None:
    text = "ID,Amount,Total\na,5,9\nb,6,9\n"
    assert read(text, columns={"none": ["ID"]})["claim_id"].tolist() != ["a", "b"]
    assert read(text, columns={"none": "Amount"})["amount"].tolist() == [9, 9]
    with pytest.raises(UnreadableInputError, match="no column 'Nope'"):
        read(text, columns={"none": "Nope"})


# --- where no name says it, the cells do


def test_the_only_column_of_codes_is_the_currency() -> None:
    claims = read("Giver,Value,Denomination\nNorway,5,NOK\nSweden,6,SEK\n")
    assert claims["currency"].tolist() == ["NOK", "SEK"]
    assert claims.attrs["columns"]["currency"] == "Denomination"
    two = read("Giver,Value,A,B\nNorway,5,NOK,EUR\nSweden,6,SEK,EUR\n")
    assert two["currency"].isna().all()
    assert two.attrs["open"] == ["currency: any of A, B could be it"]
    header = read("Giver,Value (EUR),Denomination\nNorway,5,NOK\n")
    assert header["currency"].tolist() == ["EUR"]


def test_the_only_column_of_days_is_the_date() -> None:
    claims = read("Donor,Amount,Contract date,Closing date\nNorway,5,2024-01-02,2026-01-01\n")
    assert str(first(claims, "value_date")[0])[:10] == "2024-01-02"
    open_ = read("Donor,Amount,Contract date,Letter date\nNorway,5,2024-01-02,2024-03-01\n")
    assert first(open_, "value_date") == [None]
    assert open_.attrs["open"] == ["value_date: any of Contract date, Letter date could be it"]


def test_the_only_column_of_countries_gives_or_receives() -> None:
    claims = read("Member,Value\nNorway,5\nJapan,6\n")
    assert claims["donor"].tolist() == ["Norway", "Japan"]
    assert first(read("Where,Value\nKenya,5\nNepal,6\n"), "recipient") == ["Kenya"]
    assert first(read("Note,Value\nyes,5\nno,6\n"), "donor", "recipient") == [None, None]
