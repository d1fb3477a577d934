"""Tables that people bring, as claims."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import schema, tables
from calc.tables import read_table
from rates.errors import UnreadableInputError, UsageError


def read(text: str, name: str = "a.csv", **options: object) -> pd.DataFrame:
    return read_table(io.BytesIO(text.encode()), name, **options)  # type: ignore[arg-type]


def messages(claims: pd.DataFrame) -> str:
    return "\n".join(problem["message"] for problem in claims.attrs["problems"])


def test_a_short_table_is_filled_to_a_claims_table() -> None:
    claims = read(
        "donor,recipient,amount,currency,published\nLithuania,Ukraine,10000000,eur,2024-11-04\n"
    )
    row = claims.iloc[0]
    assert list(claims.columns) == list(schema.CLAIMS)
    assert dict(claims.dtypes) == dict(schema.frame([], schema.CLAIMS).dtypes)
    assert (row["amount"], row["amount_low"], row["amount_high"]) == (1e7, 1e7, 1e7)
    assert (row["text"], row["currency"], row["currency_basis"]) == (
        "10,000,000 EUR",
        "EUR",
        "code",
    )
    assert (row["role"], row["status"], row["source"]) == ("pledge", "unknown", "a.csv")
    assert str(row["value_date"].date()) == "2024-11-04"
    assert (row["value_date_basis"], row["value_date_precision"]) == ("published", "day")
    assert claims.attrs["problems"] == []


def test_other_column_names_are_guessed_and_the_guesses_recorded() -> None:
    claims = read("From;To;Value;Ccy;Date;Note\nNorge;Ukraine;1.250.000,50;NOK;04.11.2024;x\n")
    assert claims.attrs["columns"] == {
        "amount": "Value",
        "currency": "Ccy",
        "donor": "From",
        "recipient": "To",
        "published": "Date",
    }
    row = claims.iloc[0]
    assert (row["amount"], row["currency"], row["Note"]) == (1250000.5, "NOK", "x")
    assert str(row["published"].date()) == "2024-11-04"


def test_columns_that_are_given_win() -> None:
    claims = read("Value,Other\n1,2\n", columns={"amount": "Other"})
    assert claims["amount"].tolist() == [2]
    with pytest.raises(UsageError, match="no column of a claims table"):
        read("Value\n1\n", columns={"money": "Value"})
    with pytest.raises(UnreadableInputError, match="no column 'Sum'"):
        read("Value\n1\n", columns={"amount": "Sum"})


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Value (million EUR)", 12.5e6, "EUR"),
        ("amount_usd", 12.5, "USD"),
        ("Amount in EUR thousand", 12500, "EUR"),
        ("Amount (bn)", 12.5e9, None),
    ],
)
def test_unit_in_the_header_counts(header: str, amount: float, currency: str | None) -> None:
    row = read(f"{header}\n12.5\n").iloc[0]
    assert row["amount"] == amount
    assert (row["currency"] if pd.notna(row["currency"]) else None) == currency


@pytest.mark.parametrize(
    ("cell", "amount", "low", "high", "currency", "qualifier"),
    [
        ("683 million euros", 683e6, 683e6, 683e6, "EUR", None),
        ("€1.5bn", 1.5e9, 1.5e9, 1.5e9, "EUR", None),
        ("over 5 million zlotys", 5e6, 5e6, None, "PLN", "over"),
        ("683m", 683e6, 683e6, 683e6, None, None),
        ("5-6 billion euros", None, 5e9, 6e9, "EUR", None),
        ("1e6", 1e6, 1e6, 1e6, None, None),
    ],
)
def test_amounts_as_printed(
    cell: str,
    amount: float | None,
    low: float,
    high: float | None,
    currency: str | None,
    qualifier: str | None,
) -> None:
    row = read(f'amount\n"{cell}"\n').iloc[0]
    found = [row[c] for c in ("amount", "amount_low", "amount_high", "currency", "qualifier")]
    assert [None if pd.isna(v) else v for v in found] == [amount, low, high, currency, qualifier]


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [("More than", 5, None), ("up to", None, 5), ("about", 5, 5), (">=", 5, 5)],
)
def test_qualifier_words_are_normalised(word: str, low: float | None, high: float | None) -> None:
    claims = read(f"amount,currency,qualifier\n5,EUR,{word}\n")
    bounds = [claims.iloc[0][c] for c in ("amount_low", "amount_high")]
    assert [None if pd.isna(b) else b for b in bounds] == [low, high]
    assert ("not known" in messages(claims)) == (word == ">=")


def test_bad_cells_are_left_out_with_their_row() -> None:
    claims = read(
        "amount,currency,published\n"
        "5,EUR,2024-11-04\n"
        "41.220.00,EUR,2024-11-04\n"
        "7,XXQ,2024-11-04\n"
        "8,EUR,03/04/2025\n"
        ",EUR,2024-11-04\n"
    )
    assert claims["amount"].isna().tolist() == [False, True, False, False, True]
    assert claims["currency"].isna().tolist() == [False, False, True, False, False]
    assert claims["published"].isna().tolist() == [False, False, False, True, False]
    told = messages(claims)
    assert "row 3: amount: '41.220.00' is not an amount" in told
    assert "row 4: currency: XXQ is not a currency" in told
    assert "row 5: published: '03/04/2025' leaves day and month open" in told
    assert "row 6: amount: the cell is empty" in told
    assert {problem["source"] for problem in claims.attrs["problems"]} == {"a.csv"}


def test_a_number_with_two_readings_is_not_guessed() -> None:
    claims = read('amount,currency\n"1,250",EUR\n1.250,EUR\n')
    assert claims["amount"].isna().tolist() == [True, False]
    assert "can be read as" in messages(claims)


def test_a_row_with_too_many_cells_loses_its_amount_only() -> None:
    claims = read("donor,amount,currency\nNorway,1,250,NOK\nSweden,5,SEK\n")
    assert claims["amount"].isna().tolist() == [True, False]
    assert claims["donor"].tolist() == ["Norway", "Sweden"]
    assert "row 2: 4 cells where the header has 3" in messages(claims)


def test_currencies_that_contradict_stay_open() -> None:
    claims = read("amount,currency\n5 million euros,SEK\n$5 million,CAD\n$5 million,\n")
    assert claims["currency"].isna().tolist() == [True, False, False]
    assert claims["currency"].tolist()[1:] == ["CAD", "USD"]
    assert claims["currency_basis"].tolist()[1:] == ["code", "ambiguous"]
    assert "the amount says EUR, the column says SEK" in messages(claims)


def test_parties_and_stages_take_the_words_of_the_project() -> None:
    claims = read("amount,donor,status\n5,USA|the U.K.,Announced\n6,Some Fund of Ours,maybe\n")
    assert claims["donor"].tolist() == ["United States|United Kingdom", "Some Fund of Ours"]
    assert claims["status"].tolist() == ["pledged", "unknown"]
    assert claims["status_text"].tolist() == ["Announced", "maybe"]
    assert "'maybe' is not a known stage" in messages(claims)


def test_months_and_years_keep_their_precision() -> None:
    claims = read("amount,published,value_date\n5,2024-11-04,2024-09\n6,2024,\n")
    assert [str(d.date()) for d in claims["value_date"]] == ["2024-09-01", "2024-01-01"]
    assert claims["value_date_precision"].tolist() == ["month", "year"]
    assert claims["value_date_basis"].tolist() == ["stated", "published"]


def test_given_date_and_publisher_fill_what_a_row_lacks() -> None:
    claims = read("amount,published\n5,2024-11-04\n6,\n", published="2025-01-02", publisher="Us")
    assert [str(d.date()) for d in claims["published"]] == ["2024-11-04", "2025-01-02"]
    assert claims["value_date_basis"].tolist() == ["published", "given"]
    assert claims["publisher"].tolist() == ["Us", "Us"]


def test_ids_are_kept_or_made_and_duplicates_reported() -> None:
    text = "claim_id,amount\na,1\na,2\n,3\n,3\n"
    ids = read(text)["claim_id"].tolist()
    assert ids[:2] == ["a", "a"]
    assert len(set(ids)) == 3
    assert ids == read(text)["claim_id"].tolist()
    assert ids[2:] != read(text, "b.csv")["claim_id"].tolist()[2:]
    assert "row 3: claim_id: 'a' stands in row 2 already" in messages(read(text))


JSON_ROWS = '{"amount": 5.50, "currency": "EUR", "tags": ["a", "b"]}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", f"{JSON_ROWS}\n{JSON_ROWS}\n"),
        ("a.json", f"[{JSON_ROWS},\n {JSON_ROWS}]"),
        ("a.json", f'{{"claims":\n [{JSON_ROWS}, {JSON_ROWS}]}}'),
        ("stream", f"{JSON_ROWS}\n{JSON_ROWS}\n"),
    ],
)
def test_json_tables(name: str, text: str) -> None:
    claims = read(text, name)
    assert claims["amount"].tolist() == [5.5, 5.5]
    assert claims["text"].tolist() == ["5.50 EUR", "5.50 EUR"]
    assert claims["tags"].tolist() == ["a|b", "a|b"]


def test_a_broken_json_line_costs_that_line_only() -> None:
    claims = read(f"{JSON_ROWS}\n{{broken\n{JSON_ROWS}\n", "a.jsonl")
    assert len(claims) == 2
    assert "line 2" in messages(claims)


def test_excel_and_parquet(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame(
        {
            "Donor": ["Norway", "Sweden"],
            "Value": [5e6, None],
            "Ccy": ["NOK", "SEK"],
            "Date": pd.to_datetime(["2024-11-04", "2024-11-05"]),
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_excel(tmp_path / "a.xlsx", index=False, startrow=2)
    for name in ("a.parquet", "a.xlsx"):
        claims = read_table(tmp_path / name)
        assert claims["amount"].tolist()[0] == 5e6
        assert claims["amount"].isna().tolist() == [False, True]
        assert claims["text"].tolist()[0] == "5,000,000 NOK"
        assert [str(d.date()) for d in claims["published"]] == ["2024-11-04", "2024-11-05"]
    assert "row 5: amount" in messages(read_table(tmp_path / "a.xlsx"))


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("calc.tables.raw.importlib.import_module", refuse)
    with pytest.raises(UnreadableInputError, match=r'pip install "pledgecalc\[parquet\]"'):
        read_table(io.BytesIO(b"PAR1...."), "a.parquet")
    with pytest.raises(UnreadableInputError, match=r'pip install "pledgecalc\[excel\]"'):
        read_table(io.BytesIO(b"PK\x03\x04.."), "a.xlsx")


RECORDS: list[dict[str, object]] = [
    {
        "claim_id": "c1",
        "source": "x/a.txt",
        "sentence": "- It gave over 683 million euros, =1+1",
        "text": "683 million euros",
        "start": 14,
        "end": 31,
        "amount": 683e6,
        "amount_low": 683e6,
        "currency": "EUR",
        "currency_basis": "name",
        "currency_candidates": "EUR",
        "qualifier": "over",
        "role": "total",
        "status": "disbursed",
        "status_text": "gave",
        "donor": "Lithuania",
        "published": pd.Timestamp("2024-11-04"),
        "value_date": pd.Timestamp("2024-09-01"),
        "value_date_precision": "month",
        "value_date_basis": "stated",
        "zone": "body",
    },
    {"claim_id": "c2", "source": "b.txt", "text": "0.25% of its GDP", "role": "relative"},
    {
        "claim_id": "c3",
        "source": "b.txt",
        "text": "$1 billion",
        "amount": 1e9,
        "amount_low": 1e9,
        "amount_high": 1e9,
        "currency": "USD",
        "currency_basis": "ambiguous",
        "currency_candidates": "USD|CAD",
        "role": "noise",
        "noise_reason": "a teaser",
        "conversion_of": "c1",
        "status": "unknown",
    },
]


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_claims_table_round_trips(form: str) -> None:
    claims = schema.frame(RECORDS, schema.CLAIMS)
    claims["entry"] = pd.array(["report"] * len(claims), dtype=schema.TEXT)  # as reading says
    if form == "csv":
        data = claims.to_csv(index=False).encode()
    elif form == "json":
        data = claims.to_json(orient="records", lines=True, date_format="iso").encode()
    else:
        pytest.importorskip("pyarrow")
        data = claims.to_parquet()
    again = read_table(io.BytesIO(data), f"a.{form}")
    claims.loc[1, "status"] = "unknown"  # a missing status is filled
    pd.testing.assert_frame_equal(again, claims)
    assert again.attrs["problems"] == []


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_any_cells_give_a_claims_table(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["amount", "currency", "published"], dtype="str")
    claims = tables.read_table(
        io.BytesIO(frame.to_csv(index=False).encode("utf-8", "replace")), "a.csv"
    )
    assert list(claims.columns) == list(schema.CLAIMS)
    assert claims["role"].eq("pledge").all()


@pytest.mark.parametrize(
    ("cell", "donor"),
    [
        ("Denmark, Norway", "Denmark|Norway"),
        ("Denmark and Norway", "Denmark|Norway"),
        ("Denmark; Norway / USA", "Denmark|Norway|United States"),
        ("Denmark, Norway, and Sweden", "Denmark|Norway|Sweden"),
        ("Denmark|Acme", "Denmark|Acme"),
        ("Acme, Norway", "Acme, Norway"),
        ("Bosnia and Herzegovina", "Bosnia & Herzegovina"),
        ("Trinidad and Tobago, Norway", "Trinidad & Tobago|Norway"),
        ("Korea, South", "South Korea"),
        ("Norway, Norway", "Norway"),
        (" ", None),
    ],
)
def test_several_parties_in_one_cell(cell: str, donor: str | None) -> None:
    claims = read_table(io.StringIO(f'donor,amount\n"{cell}",5\n'), "a.csv")
    found = claims["donor"][0]
    assert (None if pd.isna(found) else found) == donor
