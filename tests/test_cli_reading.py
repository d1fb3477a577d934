"""How inputs are read on the command line: columns, several processes, progress, notes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import cli
from calc.report.progress import progress_bar

PAGES = Path(__file__).parent / "pages"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "aid.csv"
    path.write_text('Who,"Money, as told",Cur,Day\n"Norway",5m,EUR,2024-11-04\n')
    return str(path)


def test_read_in_a_currency_shows_it_with_the_day_of_the_rate(
    capsys: pytest.CaptureFixture[str], table: str
) -> None:
    names = "donor=Who,amount=Money, as told,published=Day"
    asked = ("read", table, "--columns", names, "--in", "usd")
    assert "in USD" in run(capsys, *asked)[1]
    claim = json.loads(run(capsys, *asked, "--json")[1].splitlines()[0])
    assert claim["amount_usd"] == "5452000"
    assert claim["rate_date"] == "2024-11-04"
    assert "pledge_id" not in claim  # nothing is linked


@pytest.mark.parametrize("verb", ["read", "check", "reconcile", "total"])
def test_columns_are_named_on_every_verb(
    capsys: pytest.CaptureFixture[str], table: str, verb: str
) -> None:
    names = "donor=Who,amount=Money, as told,published=Day"
    code, out, err = run(capsys, verb, table, "--columns", names, "--format", "json")
    assert code == 0
    assert "no amount column" not in err
    if verb == "read":
        claim = json.loads(out.splitlines()[0])
        assert (claim["donor"], claim["amount"], claim["currency"]) == ("Norway", "5000000", "EUR")


def test_columns_may_be_given_one_by_one(capsys: pytest.CaptureFixture[str], table: str) -> None:
    one_by_one = ("--columns", "donor=Who", "--columns", "amount=Money, as told")
    assert '"donor":"Norway"' in run(capsys, "read", table, *one_by_one, "--json")[1].replace(
        ": ", ":"
    )


def test_guessed_columns_are_shown_beside_the_result(
    capsys: pytest.CaptureFixture[str], table: str
) -> None:
    given = ("--columns", "amount=Money, as told")
    _, out, err = run(capsys, "read", table, *given)
    assert "note: aid.csv: columns read as currency=Cur" in err
    assert "columns read as" not in out
    assert "amount=" not in err
    assert run(capsys, "read", table, *given, "--quiet")[2] == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--columns", "donr=Who"), "'donr' is no column of a claims table; it has claim_id"),
        (("--columns", "Who"), "write it as amount=Value,currency=Cur"),
        (("--columns", "amount=Value"), "no column 'Value' (for amount); it has Who, Money"),
        (("--jobs", "0"), "'0' is no whole number"),
        (("--jobs", "many"), "'many' is no whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    capsys: pytest.CaptureFixture[str], table: str, words: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "read", table, *words)
    assert (code, out) == (2, "")
    assert told in err


def test_several_processes_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    alone = run(capsys, "read", str(PAGES), "--json")
    assert run(capsys, "read", str(PAGES), "--json", "--jobs", "2") == alone
    assert alone[1].count("\n") > 50


def test_a_language_without_roles_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Norveç bu yıl Ukrayna için 5 milyon euro verdi ve bu ilk yardım değil, dedi.")
    code, out, err = run(capsys, "reconcile", str(page))
    assert code == 0
    assert "note: page.txt: no roles in Turkish yet: 1 figure read, none counted" in err
    assert "language: no roles in Turkish yet" in out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_after_two_seconds_and_cleared() -> None:
    stream = Terminal()
    seconds = iter([0.0, 1.0, 1.8, 2.05, 2.06, 3.0, 4.0])
    show = progress_bar(stream, "documents", lambda: next(seconds))
    assert show is not None
    show(1, 10)
    show(2, 10)
    assert stream.getvalue() == ""
    show(3, 10)
    assert "3 of 10 documents" in stream.getvalue()
    drawn = stream.getvalue()
    show(4, 10)
    assert stream.getvalue() == drawn
    show(5, 10)
    assert "5 of 10" in stream.getvalue()
    show(10, 10)
    assert stream.getvalue().endswith(" \r")


def test_short_work_and_files_see_no_progress() -> None:
    stream = Terminal()
    show = progress_bar(stream, "documents", iter([0.0, 0.5, 1.0]).__next__)
    assert show is not None
    show(1, 2)
    show(2, 2)
    assert stream.getvalue() == ""
    assert progress_bar(io.StringIO(), "documents") is None


def test_many_documents_without_a_date_are_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for number in range(12):
        (tmp_path / f"note {number:02}.txt").write_text("Norway gave Ukraine 5 million euros.\n")
    _, _, err = run(capsys, "read", str(tmp_path))
    assert "no date found in note 00.txt, " in err
    assert "note 09.txt and 2 more: amounts stay unconverted" in err
