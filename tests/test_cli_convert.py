"""The command line of conversions: what is typed, what is printed, how it ends."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from calc.verbs.parsing import Verb
from rates import conversion, ecb, inventories, official
from rates.conversion import Conversion

ROOT = Path(__file__).resolve().parents[1]
MONDAY = ("--on", "2024-11-04")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    found = capsys.readouterr()
    return code, found.out, found.err


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
    code, out, _ = run(capsys, *words, "--json")
    assert code == 0
    assert out.count("\n") == 1
    found: dict[str, str] = json.loads(out)
    return found


def test_first_line_is_the_result_then_rate_day_and_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "convert", "683m", "EUR", "USD", *MONDAY)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "683,000,000 EUR = 744,743,200 USD"
    assert [line.split()[0] for line in lines[2:]] == [
        "about",
        "rate",
        "day",
        "policy",
        "source",
        "data",
    ]
    assert lines[2].split(maxsplit=1)[1] == "745 million USD, with the 3 digits given"
    assert "1 EUR = 1.0904 USD" in out
    assert "Mon 2024-11-04" in out
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "typed",
    [
        "683m EUR USD",
        "683M eur usd",
        "683,000,000 EUR USD",
        "683000000 EUR USD",
        "683 million EUR USD",
        "0.683bn EUR USD",
        "€683m USD",
        "€683m EUR USD",
        "€ 683m USD",
        "683m euros USD",
        "683 million euros to USD",
        "683m EUR in USD",
        "683m EUR --in USD",
        "€683m --in usd",
        "EUR 683m USD",
    ],
)
def test_amounts_as_people_type_them(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    found = as_json(capsys, "convert", *typed.split(), *MONDAY)
    assert (found["base"], found["currency"]) == ("EUR", "USD")
    assert (found["base_amount"], found["amount"]) == ("683000000", "744743200")


@pytest.mark.parametrize(
    ("typed", "amount"), [("-10", "-10.904"), ("-10m", "-10904000"), ("-€10m", "-10904000")]
)
def test_negative_amounts_are_no_options(
    capsys: pytest.CaptureFixture[str], typed: str, amount: str
) -> None:
    assert as_json(capsys, "convert", typed, "EUR", "USD", *MONDAY)["amount"] == amount


def test_options_may_stand_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    one = as_json(capsys, "convert", *MONDAY, "5", "EUR", "USD")
    other = as_json(capsys, "convert", "5", "EUR", "--date", "2024-11-04", "USD")
    third = as_json(capsys, "convert", "5", "-d", "2024-11-04", "EUR", "USD")
    assert one == other == third


def test_sunday_uses_friday_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "convert", "683m", "EUR", "USD", "--on", "2024-11-03")
    assert "743,445,500 USD" in out
    assert "Fri 2024-11-01, 2 days before Sun 2024-11-03" in out


def test_json_has_exactly_the_fields_of_a_conversion(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "convert", "10", "million", "SEK", "USD", "--on", "2024-11")
    assert tuple(found) == Conversion._fields
    expected = conversion.convert("10 million", "SEK", "USD", "2024-11").to_dict()
    assert found == json.loads(json.dumps(expected))


def test_csv_and_markdown_have_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("convert", "5", "SEK", "USD", *MONDAY, "--format")
    (row,) = csv.DictReader(io.StringIO(run(capsys, *words, "csv")[1]))
    assert tuple(row) == Conversion._fields
    assert row["legs"] == "SEK 2024-11-04 11.6445|USD 2024-11-04 1.0904"
    lines = run(capsys, *words, "markdown")[1].splitlines()
    assert lines[0].split(" | ")[1] == "base"
    assert len(lines) == 3


def test_quiet_prints_the_line_to_quote(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "convert", "1", "EUR", "USD", "--quiet")
    assert (code, err) == (0, "")
    assert out == f"{conversion.convert(1, 'EUR', 'USD')}\n"


def test_warnings_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, "convert", "1", "EUR", "USD", "--on", "2024-11")
    assert err.startswith("note: the date is known only to the month")
    assert "note" not in out


def test_a_bare_dollar_sign_is_remarked(capsys: pytest.CaptureFixture[str]) -> None:
    assert "bare $ was read as USD" in run(capsys, "convert", "$5", "EUR", *MONDAY)[2]
    assert "bare" not in run(capsys, "convert", "$5", "CAD", "EUR", *MONDAY)[2]
    assert "bare" not in run(capsys, "convert", "US$5", "EUR", *MONDAY)[2]
    assert as_json(capsys, "convert", "$5", "CAD", "EUR", *MONDAY)["base"] == "CAD"


def test_rate_is_the_conversion_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "rate", "sek/usd", *MONDAY)
    assert found == as_json(capsys, "convert", "1", "SEK", "USD", *MONDAY)
    assert found == as_json(capsys, "rate", "SEK", "--in", "USD", *MONDAY)


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("convert 5 XXL USD", 2, "XXL is not a currency; did you mean XXX?"),
        ("convert 5 EUR XXL", 2, "XXL is not a currency"),
        ("convert 5 EURR USD", 2, "EUR"),
        ("convert 5 EUR USD --on 2045-01-01", 3, str(ecb.fixings().last)),
        ("convert 5 EUR USD --on 1983-05-04", 3, "1999-01-04"),
        ("convert 5 PLN USD --on 1994-05-04", 3, "PLZ"),
        ("convert 5 KPW USD --on 2024-05-01", 3, "fixed:KPW="),
        ("convert €5 XXL USD", 2, "XXL is not a currency"),
        ("convert lots EUR USD", 2, "'lots' is not an amount"),
        ("convert 5 USD", 2, "convert 683m EUR USD"),
        ("convert 5", 2, "convert 683m EUR USD"),
        ("convert", 2, "--help"),
        ("convert 5 EUR USD --on yesterday", 2, "2024-11-04, 2024-11 or 2024"),
        ("convert 5 EUR USD --policy average", 2, "month-avg"),
        ("convert 5 EUR USD --polic spot", 2, "--polic"),
        ("convert 5 EUR USD --format xml", 2, "markdown"),
        ("rate EUR", 2, "rate EUR USD"),
        ("rates", 2, "rates --help"),
        ("convrt 5 EUR USD", 2, "did you mean convert?"),
        ("--json convert 5 EUR USD", 2, "verb comes first"),
    ],
)
def test_errors_are_one_line_that_names_the_next_step(
    capsys: pytest.CaptureFixture[str], line: str, code: int, named: str
) -> None:
    found, out, err = run(capsys, *line.split())
    assert (found, out) == (code, "")
    assert err.startswith("pledgecalc: ")
    assert err.count("\n") == 1
    assert named in err


def test_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "convert", "5\x1b[31m\n5", "EUR", "USD")
    assert "\x1b" not in err
    assert err.count("\n") == 1


def test_output_file_is_written_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    code, out, _ = run(capsys, "rate", "EUR", "USD", *MONDAY, "--json", "-o", str(target))
    assert (code, out) == (0, "")
    assert json.loads(target.read_text())["rate"] == "1.0904"
    assert list(tmp_path.iterdir()) == [target]


def test_output_into_a_folder_that_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "none" / "out.txt"
    code, _, err = run(capsys, "rate", "EUR", "USD", *MONDAY, "-o", str(target))
    assert code == 2
    assert "cannot write" in err
    assert run(capsys, "rate", "EUR", "USD", *MONDAY, "-o", str(tmp_path))[0] == 2


def test_an_error_leaves_the_output_file_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    assert run(capsys, "rate", "EUR", "USD", "--on", "2045-01-01", "-o", str(target))[0] == 3
    assert target.read_text() == "old"


def test_help_leads_with_examples_and_lists_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["convert", "--help"], ["help", "rate"], ["rate", "-h"], ["rates", "-h"]):
        code, out, err = run(capsys, *words)
        assert (code, err) == (0, "")
        assert "examples\n  pledgecalc " in out[:100]
        assert "exit codes" in out
        prose = [line for line in out.splitlines() if not line.startswith("  pledgecalc ")]
        assert max(map(len, prose)) <= 80  # an example stays on one line, to be copied


@pytest.mark.parametrize("verb", cli.VERBS, ids=lambda verb: verb.name)
def test_every_verb_is_in_the_overview(capsys: pytest.CaptureFixture[str], verb: Verb) -> None:
    out = run(capsys, "--help")[1]
    assert verb.summary in out
    assert all(example.startswith(f"{verb.name} ") for example in verb.examples)


@pytest.mark.parametrize(
    "example", [e for v in cli.VERBS if v.name in ("convert", "rate", "rates") for e in v.examples]
)
def test_the_examples_work(capsys: pytest.CaptureFixture[str], example: str) -> None:
    assert run(capsys, *example.split())[0] == 0


def test_rates_info_verifies_the_files_now(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rates", "info")
    assert code == 0
    assert "verified now" in out
    assert str(ecb.fixings().last) in out
    assert "days before today" in out
    assert max(map(len, out.splitlines())) <= 80
    found = json.loads(run(capsys, "rates", "info", "--json")[1])
    assert (found["damaged"], found["age_days"] >= 0) == ([], True)


def test_rates_info_reports_a_changed_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ROOT / "rates" / "data"
    for name in ("eurofxref-hist.zip", "SOURCE.toml"):
        (tmp_path / name).write_bytes((data / name).read_bytes())
    (tmp_path / "ecb.txt").write_bytes((data / "ecb.txt").read_bytes() + b"\n")
    monkeypatch.setattr(ecb, "DATA", str(tmp_path))
    code, out, err = run(capsys, "rates", "info")
    assert code == 2
    assert "NOT as embedded" in out
    assert "ecb.txt" in err


def test_rates_list_has_every_currency(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "rates", "list")[1]
    pegs = [row["code"] for row in official.inventory()]
    assert pegs.count("UAH") == 2  # two stretches of a fixed rate
    codes = [row["code"] for row in inventories.currencies()]
    assert codes[: len(pegs) + 41] == [*ecb.fixings().currencies(), *pegs]
    starts = [line.split()[0] for line in out.splitlines()[1:]]
    assert [start for start in starts if start in codes] == codes
    assert max(map(len, out.splitlines())) <= 80
    lines = run(capsys, "rates", "list", "--json")[1].splitlines()
    assert [json.loads(line)["code"] for line in lines] == codes


def test_a_bug_is_not_shown_as_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLEDGECALC_DEBUG", raising=False)
    monkeypatch.setattr(conversion, "rate", lambda *_: 1 / 0)
    code, _, err = run(capsys, "rate", "EUR", "USD")
    assert code == cli.BUG
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err


def test_an_interrupt_ends_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(conversion, "rate", interrupted)
    assert run(capsys, "rate", "EUR", "USD")[::2] == (130, "pledgecalc: stopped\n")


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "cli.py", *words],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_closed_pipe_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "cli.py", "rates", "list"],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (cli.BROKEN_PIPE, b"")


def test_it_runs_from_the_folder_and_in_a_narrow_encoding() -> None:
    result = process("convert", "€5", "USD", *MONDAY, PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stdout.startswith(b"5 EUR = 5.45 USD")
    narrow = process("convert", "€x", "SEK", "USD", PYTHONIOENCODING="ascii")
    assert (narrow.returncode, narrow.stderr[:27]) == (2, b"pledgecalc: '\\u20acx' is no")
    assert process("--version").stdout.startswith(b"pledgecalc 0.")


def test_colour_needs_a_terminal_and_no_objection(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run(capsys, "rate", "EUR", "USD", *MONDAY)[1].startswith("\x1b[1m1 EUR = ")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "rate", "EUR", "USD", *MONDAY)[1]
