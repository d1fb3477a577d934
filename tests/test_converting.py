"""A table's own bytes untouched, our columns behind: every format, every oddity of a line."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pledgecalc as pc
from calc.converting import delimited, texts
from calc.converting.added import Count
from calc.converting.wishes import Wishes, wishes
from calc.tables.told import told
from rates.errors import UnreadableInputError, UsageError

HEADER = "Donor,Date,Amount,Currency,Note"
ROWS = (
    'USA,2024-11-04,"50,000,000",USD,"a, b"',
    "Norway,4 Nov 2024,1.5 bn,NOK,=1+1",
    "Sweden,2024-11,$20m,,x",
    "Japan,2024-11-04,,JPY,",
    "Denmark,soon,5,DKK,",
    "Kenya,2024-11-04,7,XQX,",
    "France,2024-11-04,€7,USD,mm",
    'Latvia,2024-11-04,12.5,EUR,"two\nlines and ""quotes"""',
)
EXPECTED = (
    ("45854732.2084", "0.917094644167", "2024-11-04", ""),
    ("125559787.385", "0.0837065249236", "2024-11-04", ""),
)


def copied(
    text: str | bytes, asked: Wishes | None = None, **options: Any
) -> tuple[bytes, Count, tuple[str, ...]]:
    data = text.encode() if isinstance(text, str) else text
    out = io.BytesIO()
    found = delimited.convert(
        io.BytesIO(data), out.write, asked or wishes("EUR", **options), "aid.csv"
    )
    return out.getvalue(), *found


def rows_of(data: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode()), delimiter=separator))


def table(end: str = "\n", last: str = "\n") -> str:
    return end.join([HEADER, *ROWS]) + last


@pytest.fixture(params=[True, False], ids=["arrow", "plain"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(delimited, "_has_arrow", lambda: False)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n", "\r\n", "\n\n\n"])
@pytest.mark.parametrize("block", [40, 1 << 20])
def test_every_line_goes_out_as_it_came_in(
    monkeypatch: pytest.MonkeyPatch, end: str, last: str, block: int
) -> None:
    monkeypatch.setattr(delimited, "BLOCK", block)
    monkeypatch.setattr(delimited, "HEAD", max(block, 200))
    data, count, _ = copied(table(end, last))
    records = data.decode().removesuffix(last).replace("two\nlines", "two lines").split(end)
    assert [line.split(",amount_eur")[0] for line in records[:1]] == [HEADER]
    for own, line in zip(ROWS, records[1:], strict=True):
        assert line.startswith(own.replace("two\nlines", "two lines") + ",")
    found = [tuple(row.values())[5:] for row in rows_of(data) if row["Donor"]]
    assert tuple(found[:2]) == EXPECTED
    assert (count.rows, count.blank, count.missing) == (8, 1, 3)


@pytest.mark.usefixtures("reader")
def test_a_row_without_a_rate_stays_and_says_why() -> None:
    data, count, _ = copied(table())
    notes = {row["Donor"]: row["rate_note"] for row in rows_of(data)}
    assert notes["Japan"] == "the amount is missing"
    assert notes["Denmark"].startswith("'soon' is not a date")
    assert notes["Kenya"].startswith("XQX is not a currency")
    assert notes["France"] == "the amount says EUR, the currency of its row is USD"
    assert notes["Sweden"].startswith("the date is known only to the month")
    assert sum(number for _, number in count.reasons) == 3


@pytest.mark.usefixtures("reader")
def test_rows_that_do_not_fit_the_header_keep_their_cells() -> None:
    text = "Date,Amount,Currency\n2024-11-04,5,USD\n2024-11-04,5\n\n2024-11-04,1,000,USD\n"
    data, count, _ = copied(text, currency="USD")
    lines = data.decode().split("\n")
    assert lines[1] == "2024-11-04,5,USD,4.58547322084,0.917094644167,2024-11-04,"
    assert lines[2] == "2024-11-04,5,,4.58547322084,0.917094644167,2024-11-04,"
    assert lines[3] == ""
    assert lines[4] == "2024-11-04,1,000,USD,,,,4 cells where the header has 3"
    assert (count.rows, count.missing) == (3, 1)


@pytest.mark.usefixtures("reader")
def test_a_stray_quote_is_a_letter_of_its_cell() -> None:
    text = 'Date,Amount,Currency,Note\n2024-11-04,5,USD,5" pipe\n2024-11-04,6,USD,none\n'
    data, count, _ = copied(text)
    assert count == Count(2)
    assert data.decode().split("\n")[1].startswith('2024-11-04,5,USD,5" pipe,4.585')


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_kept(separator: str) -> None:
    text = f"Date{separator}Amount{separator}Currency\n2024-11-04{separator}5{separator}USD\n"
    data, _, _ = copied(text)
    assert rows_of(data, separator)[0]["amount_eur"] == "4.58547322084"


def test_a_title_above_the_header_and_a_mark_stay() -> None:
    text = b"\xef\xbb\xbfAid to Ukraine\n\nDate,Amount,Currency\n2024-11-04,5,USD\n"
    data, count, _ = copied(text)
    assert data.startswith(b"\xef\xbb\xbfAid to Ukraine\n\nDate,Amount,Currency,amount_eur,")
    assert count.rows == 1


def test_bytes_of_another_encoding_pass_through() -> None:
    text = "Donor,Date,Amount,Currency\nÎle,2024-11-04,5,USD\n".encode("windows-1252")
    assert copied(text)[0].split(b"\n")[1].startswith("Île,2024-11-04,5,USD,4.58".encode("cp1252"))


def test_results_are_those_of_convert() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (3, 7, 11) for day in (1, 2, 15, 28)]
    codes = ("USD", "SEK", "JPY", "HRK", "EUR")
    rows = [(day, 10.0 ** (at % 13), codes[at % 5]) for at, day in enumerate(days * 5)]
    text = "Date,Amount,Currency\n" + "".join(f"{d},{a},{c}\n" for d, a, c in rows)
    data, _, _ = copied(text, wishes("GBP"))
    for (day, amount, code), row in zip(rows, rows_of(data), strict=True):
        exact = pc.convert(Decimal(str(amount)), code, "GBP", on=day)
        assert abs(Decimal(row["amount_gbp"]) / exact.amount - 1) < Decimal("6e-12")
        assert row["rate_date"] == str(exact.rate_date)


def test_the_cells_of_a_column_decide_its_decimal_mark() -> None:
    text = 'Date;Amount;Currency\n2024-11-04;"1.250,00";USD\n2024-11-04;1.250;USD\n'
    amounts = [float(row["amount_eur"]) for row in rows_of(copied(text)[0], ";")]
    assert amounts[0] == amounts[1] == pytest.approx(1250 / 1.0904)
    english = 'Date,Amount,Currency\n2024-11-04,12.75,USD\n2024-11-04,"1,250",USD\n'
    assert float(rows_of(copied(english)[0])[1]["amount_eur"]) == pytest.approx(1250 / 1.0904)
    given = "Date,Amount,Currency\n2024-11-04,1.250,USD\n"
    found = rows_of(copied(given, told=told(decimal=","))[0])
    assert float(found[0]["amount_eur"]) == pytest.approx(1250 / 1.0904)


def test_a_header_gives_currency_and_scale() -> None:
    text = "Date,Value (million USD)\n2024-11-04,1.5\n"
    data, _, notes = copied(text)
    assert float(rows_of(data)[0]["amount_eur"]) == pytest.approx(1_500_000 / 1.0904)
    assert any("million" in note for note in notes)


def test_one_currency_and_one_day_for_all_rows() -> None:
    text = "Donor,Amount\nA,5\n"
    data, _, _ = copied(text, currency="USD", date="4 November 2024")
    assert rows_of(data)[0]["rate_date"] == "2024-11-04"
    assert copied(text, currency="USD", policy="fixed:2024-11-04")[1] == Count(1)
    with pytest.raises(UsageError, match="no column of dates among Donor, Amount"):
        copied(text, currency="USD")
    with pytest.raises(UsageError, match="neither a column nor a currency"):
        copied(text, currency="Curr", date="2024")


def test_several_currencies_have_columns_of_their_own() -> None:
    data, _, _ = copied(table(), wishes("usd, EUR"))
    header = data.decode().split("\n")[0]
    assert header == HEADER + "".join(
        f",amount_{one},rate_{one},rate_date_{one},rate_note_{one}" for one in ("usd", "eur")
    )


def test_a_table_may_be_converted_twice() -> None:
    once = copied("Date,Amount,Currency\n2024-11-04,5,USD\n")[0]
    twice = copied(once, wishes("SEK"))[0].decode().split("\n")
    assert twice[0].endswith("rate_note,amount_sek,rate_sek,rate_date_sek,rate_note_sek")
    assert twice[1].startswith(once.decode().split("\n")[1])
    again = copied(once)[0].decode().split("\n")[0]
    assert again.endswith(",amount_eur_2,rate_eur,rate_date_eur,rate_note_eur")


def test_a_note_is_no_formula() -> None:
    text = 'Date,Amount,Currency\n2024-11-04,5,"=cmd|x"\n2024-11-04,5,@SUM\n'
    for row in rows_of(copied(text)[0]):
        assert row["rate_note"][0] not in "=+-@"
    assert '"=cmd|x"' in copied(text)[0].decode()  # the table's own cell is its owner's


def test_numbers_are_plain_digits() -> None:
    values = [1.5e22, 12345678901.239, 1e-7, -3.0, 2e9, float("nan"), 1 / 3]
    plain = ["15000000000000000000000", "12345678901.24", "0.0000001", "-3", "2000000000", "", ""]
    plain[-1] = "0.333333333333"
    array = np.array(values)
    assert texts.numbers(array) == plain
    assert texts.arrow_numbers(array).to_pylist() == [one or None for one in plain]
    large = np.array([-12345678901.5, 1e10, 98765432109.01])
    assert texts.arrow_numbers(large).to_pylist() == texts.numbers(large)


def test_parquet_keeps_its_columns_and_gets_typed_ones(tmp_path: Path) -> None:
    frame = pa.table(
        {
            "when": pa.array([19_000, None], pa.date32()),
            "sum": pa.array([Decimal("5.00"), Decimal("7.50")]),
            "currency": pa.array(["USD", "SEK"]).dictionary_encode(),
            "tags": pa.array([["a"], []]),
        }
    )
    path, output = tmp_path / "aid.parquet", tmp_path / "out.parquet"
    pq.write_table(frame, path)
    assert pc.convert_table(path, "EUR", output=output, amount="sum", date="when") is None
    found = pq.read_table(output)
    assert found.select(frame.column_names).equals(frame)
    assert [str(kind) for kind in found.schema.types[4:]] == [
        "double",
        "double",
        "date32[day]",
        "string",
    ]
    assert found.column("amount_eur").to_pylist()[1] is None
    assert found.column("rate_note").to_pylist() == [None, "the date is missing"]


def test_a_workbook_keeps_formats_formulas_and_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Aid"
    for row in (
        ["Our aid"],
        [],
        ["Date", "Amount", "Currency", "Twice"],
        ["2024-11-04", 5, "USD", "=B4*2"],
    ):
        sheet.append(row)
    sheet["B4"].number_format = "#,##0"
    book.create_sheet("Remarks")["A1"] = "kept"
    path, output = tmp_path / "aid.xlsx", tmp_path / "out.xlsx"
    book.save(path)
    pc.convert_table(path, "EUR", output=output)
    found = openpyxl.load_workbook(output)
    assert found.sheetnames == ["Aid", "Remarks"]
    cells = [[cell.value for cell in row] for row in found["Aid"].iter_rows(min_row=3)]
    assert cells[0] == [
        "Date",
        "Amount",
        "Currency",
        "Twice",
        "amount_eur",
        "rate",
        "rate_date",
        "rate_note",
    ]
    assert cells[1][3] == "=B4*2"
    assert found["Aid"]["B4"].number_format == "#,##0"
    assert cells[1][4] == pytest.approx(5 / 1.0904)


@pytest.mark.parametrize("shape", ["lines", "list"])
def test_json_objects_keep_their_text(tmp_path: Path, shape: str) -> None:
    objects = ('{"Date": "2024-11-04",  "Amount": 5.10, "Currency": "USD"}', '{"Amount":"x" }')
    text = (
        "\n".join(objects) + "\n" if shape == "lines" else f"[\n {objects[0]} ,\n {objects[1]}]\n"
    )
    path, output = tmp_path / f"a.json{'l' if shape == 'lines' else ''}", tmp_path / "b.json"
    path.write_text(text)
    pc.convert_table(path, "EUR", output=output)
    written = output.read_text()
    assert (
        '{"Date": "2024-11-04",  "Amount": 5.10, "Currency": "USD", "amount_eur": "4.677' in written
    )
    found = json.loads(written) if shape == "list" else list(map(json.loads, written.splitlines()))
    assert [row["rate_date"] for row in found] == ["2024-11-04", None]
    assert found[1]["rate_note"] == "'x' is not an amount"


def test_a_line_that_is_no_object_is_kept_and_counted(tmp_path: Path) -> None:
    path, output = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text('{"Date": "2024", "Amount": 5, "Currency": "USD"}\n{"Date": "20\n')
    pc.convert_table(path, "EUR", output=output)
    assert output.read_text().endswith('\n{"Date": "20\n')


@pytest.mark.parametrize("ending", ["parquet", "xlsx", "jsonl", "tsv"])
def test_one_format_becomes_another(tmp_path: Path, ending: str) -> None:
    path, output = tmp_path / "aid.csv", tmp_path / f"out.{ending}"
    path.write_text('Code,Date,Amount,Currency\n007,2024-11-04,5,USD\n008,2024-11-04,"1,5",USD\n')
    pc.convert_table(path, "EUR", output=output, decimal=",")
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        "parquet": pd.read_parquet,
        "xlsx": lambda one: pd.read_excel(one, dtype={"Code": str}, engine="openpyxl"),
        "jsonl": lambda one: pd.read_json(one, lines=True, dtype=False),
        "tsv": lambda one: pd.read_csv(one, sep="\t", dtype={"Code": str}),
    }
    found = readers[ending](output)
    assert found["Code"].tolist() == ["007", "008"]
    assert found["amount_eur"].astype(float).round(4).tolist() == [4.5855, 1.3756]


def test_frames_come_back_as_they_are() -> None:
    frame = pd.DataFrame({"Amount": ["$1.5m", "€2m"], "Day": ["4 Nov 2024", "2024-11-04"]}, [7, 3])
    found = pc.convert_table(frame, "USD", date="Day")
    assert found.index.tolist() == [7, 3]
    assert found["amount_usd"].round(2).tolist() == [1_500_000, 2_180_800]
    named = {"Amount": [5.0], "Currency": ["USD"], "Date": ["2024-11-04"]}
    pl = pytest.importorskip("polars")
    assert isinstance(pc.convert_table(pl.DataFrame(named), "EUR"), pl.DataFrame)
    assert isinstance(pc.convert_table(pa.table(named), "EUR"), pa.Table)
    with pytest.raises(UsageError, match="no table known here"):
        pc.convert_table([1], "EUR")


def test_a_path_becomes_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "aid.csv"
    path.write_text("Id,Date,Amount,Currency\n1,2024-11-04,5,USD\n")
    found = pc.convert_table(str(path), to="EUR")
    assert found["Id"].tolist() == [1]
    assert str(found["rate_date"].dtype).startswith("datetime64")


def test_an_error_leaves_the_old_file(tmp_path: Path) -> None:
    path, output = tmp_path / "aid.jsonl", tmp_path / "out.jsonl"
    output.write_text("old")
    path.write_text('{"note": 1}\n')
    with pytest.raises(UnreadableInputError, match="no amount column"):
        pc.convert_table(path, "EUR", output=output)
    assert output.read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["aid.jsonl", "out.jsonl"]


def test_an_open_quote_is_an_error_and_no_endless_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_RECORD", 1 << 16)
    monkeypatch.setattr(delimited, "BLOCK", 5000)
    text = 'Date,Amount,Currency\n2024-11-04,5,"USD\n' + "2024-11-04,5,USD\n" * 9000
    with pytest.raises(UnreadableInputError, match="never closed in the row '2024-11-04,5,\"USD'"):
        copied(text)


def test_wide_characters_go_out_in_their_own_encoding(tmp_path: Path) -> None:
    path, output = tmp_path / "aid.csv", tmp_path / "out.csv"
    path.write_bytes("Donor,Date,Amount,Currency\nÎle,2024-11-04,€5,\n".encode("utf-16"))
    pc.convert_table(path, "USD", output=output)
    assert "Île,2024-11-04,€5,,5.452,1.0904,2024-11-04," in output.read_bytes().decode("utf-16")


def notes_of(text: str, to: str = "USD", **options: Any) -> list[tuple[str, str]]:
    data = copied(text, wishes(to, **options))[0]
    return [(row[f"amount_{to.lower()}"], row["rate_note"]) for row in rows_of(data)]


@pytest.mark.parametrize(
    ("cell", "currency", "amount", "note"),
    [
        ("(€100)", "", "-109.04", ""),
        ("100-", "EUR", "-109.04", ""),
        ("1.5 bn", "EUR", "1635600000", ""),
        ("over €2m", "", "2180800", ""),
        ("$50", "", "50", "a bare dollar was read as USD"),
        ("$109.04", "EUR", "", "the amount says USD, the currency of its row is EUR"),
        ("5", "$", "5", "a bare dollar was read as USD"),
        ("C$5", "CAD", "3.597", ""),
        ("5", "kroner", "", "the currency may be NOK or DKK"),
        ("450", "GBX", "5.83705078", ""),
        ("100 CR", "EUR", "", "the amount counts in crore or lakh, which EUR does not"),
        ("1 CR", "INR", "118886.151", ""),
        ("5-6 million", "EUR", "", "'5-6 million' is not an amount"),
        ("n/a", "EUR", "", "the amount is missing"),
        ("5", "", "", "the currency is missing"),
    ],
)
def test_cells_as_people_write_them(cell: str, currency: str, amount: str, note: str) -> None:
    head = "Date,Amount,Currency\n2024-11-04,7,EUR\n2024-11-04,8,SEK\n2024-11-04,9,SEK\n"
    found = notes_of(f'{head}2024-11-04,"{cell}",{currency}\n')[-1]
    assert found[0].startswith(amount)
    assert bool(found[0]) == bool(amount)
    assert found[1] == note


def test_a_year_and_a_month_beside_it_are_one_date() -> None:
    text = "country,year,month,total\nNorway,2023,3,5\nNorway,2023,,5\n"
    notes = [note for _, note in notes_of(text, currency="NOK")]
    assert "month-avg of 2023-03" in notes[0]
    assert "year-avg of 2023" in notes[1]


def test_a_column_of_powers_of_ten_scales_its_rows() -> None:
    text = "TIME,Unit Mult,Currency,Value\n2022,6,USD,5\n2022,3,USD,5\n2022,x,USD,5\n"
    amounts = [amount for amount, _ in notes_of(text)]
    assert amounts == ["5000000", "5000", ""]


def test_what_a_table_says_only_in_its_notes_is_set() -> None:
    text = "Donor,Value,Year\nNorway,5,2023\n"
    said = told(None, {"currency": "USD", "unit": "million"})
    assert notes_of(text, told=said)[0][0] == "5000000"


def test_an_original_currency_is_not_that_of_named_dollars() -> None:
    text = "date,donor,amountUSD,originalAmount,originalCurrency\n2024-11-04,Norway,5,55,NOK\n"
    assert notes_of(text, amount="amountUSD")[0][0] == "5"
    named = {"amount": "originalAmount", "currency": "originalCurrency"}
    assert notes_of(text, **named)[0][0] == "5.02004771272"


def test_a_header_and_a_row_that_differ_are_no_rate() -> None:
    text = "Date,Amount (EUR million),Currency\n2024-11-04,5,USD\n2024-11-04,5,EUR\n"
    assert notes_of(text) == [
        ("", "the header says EUR, the currency of the row is USD"),
        ("5452000", ""),
    ]
