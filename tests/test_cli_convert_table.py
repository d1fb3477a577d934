"""``pledgecalc convert TABLE``: what stands on stdout, what on stderr, and the exit codes."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

import cli

ROWS = "Date,Amount,Currency\n2024-11-04,5,USD\n2024-11-04,7,XQX\n"


@pytest.fixture
def aid(tmp_path: Path) -> Path:
    path = tmp_path / "aid.csv"
    path.write_text(ROWS)
    return path


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    found = capfd.readouterr()
    return code, found.out, found.err


def test_data_on_stdout_notes_on_stderr(aid: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "convert", str(aid), "--to", "EUR")
    assert code == 0
    assert out.split("\n")[1] == "2024-11-04,5,USD,4.58547322084,0.917094644167,2024-11-04,"
    assert "note: columns: amount = 'Amount', currency = 'Currency', date = 'Date'" in err
    assert "note: 1 of 2 rows converted to EUR" in err
    assert "note: 1 row without a rate: XQX is not a currency" in err
    assert run(capfd, "convert", str(aid), "eur", "--quiet")[1:] == (out, "")


def test_strict_exits_with_3_and_writes_all_rows(
    aid: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.csv"
    words = ("convert", str(aid), "--to", "EUR", "-o", str(output))
    assert run(capfd, *words)[0] == 0
    code, out, _ = run(capfd, *words, "--strict")
    assert (code, out) == (cli.NO_RATE, "")
    assert output.read_text().count("\n") == 3


def test_stdin_and_gzip(
    aid: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run(capfd, "convert", str(aid), "--to", "EUR")[1]
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(ROWS.encode())))
    )
    assert run(capfd, "convert", "-", "--to", "EUR")[1] == expected
    packed = aid.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(ROWS.encode()))
    assert run(capfd, "convert", str(packed), "EUR")[1] == expected


def test_json_has_amounts_as_strings(aid: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = run(capfd, "convert", str(aid), "--to", "EUR", "--to", "SEK", "--json")[1]
    first = json.loads(out.split("\n")[0])
    assert (first["Amount"], first["amount_eur"]) == ("5", "4.58547322084")
    assert first["rate_date_sek"] == "2024-11-04"


def test_columns_by_name(aid: Path, capfd: pytest.CaptureFixture[str]) -> None:
    aid.write_text("Day,Paid,Promised\n2024-11-04,5,6\n")
    named = ("--amount", "Promised", "--currency", "USD", "--date", "Day")
    out = run(capfd, "convert", str(aid), "--to", "EUR", *named)[1]
    assert out.split("\n")[1].startswith("2024-11-04,5,6,5.50256786")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["gone.csv", "--to", "USD"], "No such file"),
        (["aid.csv"], "convert aid.csv --to USD"),
        (["aid.csv", "--to", "XXL"], "XXL is not a currency"),
        (["aid.csv", "--to", "USD", "--amount", "Amont"], "did you mean 'Amount'?"),
        (["aid.csv", "--to", "USD", "--date", "Dat"], "neither a column nor a date"),
        (["aid.csv", "--to", "USD", "-o", "x.ods"], "use .xlsx or .csv"),
        (["aid.csv", "--to", "USD", "--format", "markdown"], "csv or json"),
        (["aid.csv", "--to", "USD", "--online"], "one day at a time"),
    ],
)
def test_errors_name_the_next_step(
    aid: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    named: str,
) -> None:
    monkeypatch.chdir(aid.parent)
    code, out, err = run(capfd, "convert", *words)
    assert (code, out) == (cli.USAGE, "")
    assert named in err
    assert err.count("\n") == 1


def test_a_table_may_replace_itself(aid: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "convert", str(aid), "--to", "EUR", "-o", str(aid))[0] == 0
    assert aid.read_text().startswith("Date,Amount,Currency,amount_eur,rate,rate_date,rate_note\n")


def test_single_amounts_take_several_currencies_and_written_dates(
    capfd: pytest.CaptureFixture[str],
) -> None:
    out = run(capfd, "convert", "16bn", "SEK", "EUR", "USD", "--on", "4 November 2024")[1]
    lines = out.splitlines()
    assert lines[:2] == [
        "16,000,000,000 SEK = 1,374,039,246 EUR",
        "16,000,000,000 SEK = 1,498,252,393.83 USD",
    ]
    assert "about   1.37 billion EUR, to 3 digits" in lines
    records = run(capfd, "convert", "16bn", "SEK", "EUR", "USD", "--on", "20241104", "--json")[1]
    assert [json.loads(line)["currency"] for line in records.splitlines()] == ["EUR", "USD"]


@pytest.mark.parametrize(
    ("typed", "amount", "base"),
    [
        ("50 MUSD", "50000000", "USD"),
        ("MNZD 60", "60000000", "NZD"),
        ("1.2 lakh crore INR", "1200000000000", "INR"),
        ("450p", "4.5", "GBP"),
        ("450 GBX", "4.5", "GBP"),
        ("450 ZAc", "4.5", "ZAR"),
        ("450 ILA", "4.5", "ILS"),
        ("sgd$ 15", "15", "SGD"),
        ("A $ 30 million", "30000000", "AUD"),
        ("12 USD mn", "12000000", "USD"),
        ("12 €m", "12000000", "EUR"),
        ("5 kEUR", "5000", "EUR"),
    ],
)
def test_amounts_with_scale_and_currency_in_one_word(
    capfd: pytest.CaptureFixture[str], typed: str, amount: str, base: str
) -> None:
    out = run(capfd, "convert", *typed.split(), "CHF", "--on", "2024-11-04", "--json")[1]
    found = json.loads(out)
    assert (found["base_amount"], found["base"]) == (amount, base)


@pytest.mark.parametrize(
    ("written", "asked", "precision"),
    [
        ("4 November 2024", "2024-11-04", "day"),
        ("Nov 4, 2024", "2024-11-04", "day"),
        ("20241104", "2024-11-04", "day"),
        ("04.11.2024", "2024-11-04", "day"),
        ("25/12/2024", "2024-12-25", "day"),
        ("Nov 2024", "2024-11-01", "month"),
        ("2024", "2024-01-01", "year"),
    ],
)
def test_dates_as_people_write_them(
    capfd: pytest.CaptureFixture[str], written: str, asked: str, precision: str
) -> None:
    found = json.loads(run(capfd, "rate", "EUR", "USD", "--on", written, "--json")[1])
    assert (found["requested_date"], found["requested_precision"]) == (asked, precision)


def test_a_date_that_leaves_day_and_month_open_is_asked_for(
    capfd: pytest.CaptureFixture[str],
) -> None:
    code, _, err = run(capfd, "rate", "EUR", "USD", "--on", "04/11/2024")
    assert code == cli.USAGE
    assert "write 2024-11-04 or 2024-04-11" in err


def test_a_series_has_a_row_for_each_day_of_publication(
    capfd: pytest.CaptureFixture[str],
) -> None:
    words = ("rate", "EUR", "USD", "--from", "2024-11-01", "--to", "2024-11-05", "--format", "csv")
    assert run(capfd, *words)[1].splitlines()[1:] == [
        "2024-11-01,EUR,USD,1.0885,spot,ECB",
        "2024-11-04,EUR,USD,1.0904,spot,ECB",
        "2024-11-05,EUR,USD,1.0897,spot,ECB",
    ]
    months = run(capfd, *words[:4], "2024-01", "--to", "2024-03", "--policy", "month-avg", "--json")
    assert [json.loads(line)["date"] for line in months[1].splitlines()] == [
        "2024-01", "2024-02", "2024-03",
    ]  # fmt: skip
    assert run(capfd, *words, "--on", "2024")[0] == cli.USAGE
    assert run(capfd, "rate", "EUR", "USD", "--from", "2045", "--to", "2046")[0] == cli.NO_RATE
