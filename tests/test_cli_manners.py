"""The manners of the command line: overview, brief, files by their ending, widths, colour, help."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

import cli
from calc import schema
from calc.decisions import blocks
from calc.tables import numbers
from calc.verbs import arguments, destination, screen
from calc.verbs.catalogue import VERBS

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "lithuania"
Output = pytest.CaptureFixture[str]
OF_DOCUMENTS = ("brief", "read", "check", "reconcile", "total", "review")


def run(capsys: Output, *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(one) for one in arguments])
    captured = capsys.readouterr()
    assert "a bug in pledgecalc" not in captured.err
    return code, captured.out, captured.err


def bare(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, **environ},
    )


def test_the_choices_of_options_are_the_closed_lists() -> None:
    assert arguments.SEVERITIES == schema.SEVERITIES
    assert tuple(numbers.MARKS) == arguments.MARKS
    assert tuple(kind.replace("_", "-") for kind in blocks.KINDS) == arguments.KINDS


def test_alone_it_says_what_to_try_first(capsys: Output) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.index("try first") < out.index("\nverbs\n") < out.index("exit codes")
    assert max(map(len, out.splitlines())) <= 80


def test_what_it_says_to_try_first_works(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    block = run(capsys)[1].split("try first\n")[1].split("\n\n")[0]
    commands = [re.split(r"  +", line.strip())[0].split()[1:] for line in block.splitlines()]
    assert len(commands) == 4
    assert [run(capsys, *words)[0] for words in commands] == [1, 0, 0, 1]


def test_files_without_a_verb_are_checked_and_reconciled_in_brief(capsys: Output) -> None:
    code, out, _ = run(capsys, EXAMPLES)
    assert (code, out) == run(capsys, "brief", EXAMPLES)[:2]
    assert code == 1
    assert "Safe sum: " in out
    assert out.index("What needs a person") < out.index("Pledges, largest first")
    assert f"pledgecalc review {EXAMPLES}" in " ".join(out.split())
    assert run(capsys, EXAMPLES, "--fail-on", "never")[0] == 0
    assert run(capsys, "--in", "USD", EXAMPLES, "--fail-on", "error")[0] == 0
    rows = [json.loads(line) for line in run(capsys, EXAMPLES, "--json")[1].splitlines()]
    assert {row["table"] for row in rows} == {"check", "pledge", "total", "finding"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nosuch.txt"], "nosuch.txt: no such file or folder"),
        (["pages/none"], "pages/none: no such file or folder"),
        (["683m", "EUR", "USD"], "did you mean pledgecalc convert 683m EUR USD?"),
        (["recnocile"], "did you mean reconcile?"),
        (["--quiet"], "the verb comes first"),
    ],
)
def test_a_slip_without_a_verb_is_understood(capsys: Output, words: list[str], said: str) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_the_options_of_each_verb_stand_in_groups(capsys: Output, verb: str) -> None:
    out = run(capsys, verb, "--help")[1]
    assert out.index("usage: ") < out.index("\noutput:\n") < out.index("exit codes")
    assert ("at or above --fail-on" in out) == ("--fail-on" in out.split("exit codes")[0])
    assert run(capsys, "help", verb)[1] == out


@pytest.mark.parametrize("verb", OF_DOCUMENTS)
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_lines_are_as_wide_as_the_terminal_and_no_number_is_cut(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, verb: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = run(capsys, verb, EXAMPLES)[1]
    lines = [line for line in out.splitlines() if not line.startswith("     pledgecalc decide")]
    assert max(map(len, lines)) <= width
    monkeypatch.setenv("COLUMNS", "200")
    wide = set(re.findall(r"\d[\d.,]*\d", run(capsys, verb, EXAMPLES)[1]))
    assert set(re.findall(r"\d[\d.,]*\d", out)) == wide
    assert not re.search(r"\d\n\s*(?:M|bn|million|billion)\b", out)


def test_the_width_has_bounds_and_files_have_their_own() -> None:
    stream = io.StringIO()
    found = [screen.screen(stream, environ={"COLUMNS": told}).width for told in ("9", "100", "x")]
    assert found == [60, 100, 80]
    assert screen.screen(stream, "always", {"COLUMNS": "100"}, file=True) == screen.Screen()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


@pytest.mark.parametrize(
    ("stream", "when", "environ", "colour"),
    [
        (Terminal, "auto", {}, True),
        (Terminal, "auto", {"NO_COLOR": "1"}, False),
        (Terminal, "auto", {"TERM": "dumb"}, False),
        (Terminal, "never", {"FORCE_COLOR": "1"}, False),
        (Terminal, "auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (io.StringIO, "auto", {}, False),
        (io.StringIO, "auto", {"FORCE_COLOR": "1"}, True),
        (io.StringIO, "always", {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_those_who_want_it(
    stream: type[io.StringIO], when: str, environ: dict[str, str], colour: bool
) -> None:
    assert screen.screen(stream(), when, environ).colour is colour


@pytest.mark.parametrize("verb", ["check", "reconcile", "brief", "convert"])
def test_colour_changes_no_word(capsys: Output, verb: str) -> None:
    words = ["1", "EUR", "USD"] if verb == "convert" else [str(EXAMPLES)]
    plain = run(capsys, verb, *words)[1]
    coloured = run(capsys, verb, *words, "--color", "always")[1]
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_only_problems_and_the_first_rows(capsys: Output) -> None:
    def rows(*words: str) -> list[dict[str, str]]:
        _, out, _ = run(capsys, words[0], EXAMPLES, *words[1:], "--json")
        return [json.loads(line) for line in out.splitlines()]

    assert [row["verdict"] for row in rows("check", "--only", "problems")] == ["other-date"]
    assert len(rows("check", "--top", "2")) == 2
    found = rows("reconcile", "--only", "problems")
    severities = {row["severity"] for row in found if row["table"] == "finding"}
    assert severities == {"warning"}
    assert {row["currency_basis"] for row in rows("read", "--only", "problems")} == {"ambiguous"}
    between = [row for row in rows("total", "--only", "problems") if row["table"] == "included"]
    assert between
    assert all(row["low_eur"] != row["high_eur"] for row in between)
    first = rows("total", "--only", "problems")[0]
    assert first == rows("total")[0]
    assert run(capsys, "check", EXAMPLES, "--top", "1", "--only", "problems")[0] == 1


def test_problems_stand_first(capsys: Output) -> None:
    out = run(capsys, "check", EXAMPLES)[1]
    assert out.index("other-date") < out.index("consistent")
    assert "1 needs a person, 3 are in order" in out
    out = run(capsys, "reconcile", EXAMPLES)[1]
    assert out.index("stale-rate") < out.index("\nPledges\n") < out.index("stage-wording")


@pytest.mark.parametrize("verb", ["brief", "read", "check", "reconcile", "total", "review"])
def test_a_workbook_has_a_sheet_for_each_table(capsys: Output, tmp_path: Path, verb: str) -> None:
    file = tmp_path / "out.xlsx"
    assert run(capsys, verb, EXAMPLES, "-o", file)[1] == ""
    _, out, _ = run(capsys, verb, EXAMPLES, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    book = openpyxl.load_workbook(file)
    assert sum(sheet.max_row - 1 for sheet in book) == len(rows)
    assert {row.get("table", "rows") for row in rows} == set(book.sheetnames)
    before = file.read_bytes()
    run(capsys, verb, EXAMPLES, "-o", file)
    assert file.read_bytes() == before


def test_a_workbook_holds_numbers_days_and_no_formula(capsys: Output, tmp_path: Path) -> None:
    table, file = tmp_path / "mine.csv", tmp_path / "out.xlsx"
    table.write_text(
        "source,published,donor,recipient,amount,currency\n"
        "=1+1,2024-11-04,@Norway,Ukraine,135000000,NOK\n",
        encoding="utf-8",
    )
    assert run(capsys, "read", table, "-o", file, "--in", "EUR")[0] == 0
    sheet = openpyxl.load_workbook(file)["rows"]
    cells = {name.value: cell for name, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["source"].value, cells["source"].data_type) == ("=1+1", "s")
    assert cells["source"].quotePrefix
    assert (cells["amount"].value, cells["amount"].data_type) == (135000000, "n")
    assert cells["amount_eur"].data_type == "n"
    assert (cells["published"].is_date, cells["published"].number_format) == (True, "yyyy-mm-dd")


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.md", "a.txt", "a"])
def test_the_ending_says_what_is_written(capsys: Output, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert run(capsys, "rates", "list", "-o", file)[:2] == (0, "")
    form = destination.ENDINGS.get(Path(name).suffix, "table")
    printed = run(capsys, "rates", "list", "--format", form)[1]
    assert file.read_bytes().decode("utf-8") == printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "x.foo"], ".foo is not written here; choose .csv, .json, .xlsx, .md or .txt"),
        (["-o", "x.parquet"], ".parquet is not written here"),
        (["-o", "x.html"], "only reconcile makes a page"),
        (["-o", "x.csv", "--json"], "the ending says csv, but the format asked for is json"),
        (["--format", "xlsx"], "a workbook is written to a file: -o NAME.xlsx"),
        (["--bom"], "--bom is of csv"),
    ],
)
@pytest.mark.parametrize("verb", ["check", "rates", "convert", "audit"])
def test_what_cannot_be_written_is_refused(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verb: str, words: list[str],
    said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    given = {"rates": ["list"], "convert": ["1", "EUR", "USD"]}.get(verb, [str(EXAMPLES)])
    if verb == "audit":
        given = [str(ROOT / "examples" / "aid.csv"), "--converted", "Amount"]
    code, out, err = run(capsys, verb, *given, *words)
    assert (code, out) == (2, "")
    assert said in err or verb == "audit"
    assert list(tmp_path.iterdir()) == []


def test_csv_with_a_mark_opens_in_excel(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    run(capsys, "read", EXAMPLES, "-o", file, "--bom")
    data = file.read_bytes()
    assert data.startswith("\ufeffclaim_id,".encode())
    run(capsys, "read", EXAMPLES, "-o", file)
    assert data.removeprefix(b"\xef\xbb\xbf") == file.read_bytes()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_narrow_terminal_is_no_reason_to_crash(tmp_path: Path, encoding: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Nov. 4, 2024\n\nΝορβηγία → Norway pledged €135 million to Ukraine.\n", "utf-8")
    found = bare("read", page, "--json", PYTHONIOENCODING=encoding)
    assert found.returncode == 0, found.stderr
    row = json.loads(found.stdout.decode("utf-8"))
    assert "Νορβηγία →" in row["sentence"]
    found = bare("read", page, "--format", "csv", PYTHONIOENCODING=encoding)
    assert len(list(csv.reader(io.StringIO(found.stdout.decode("utf-8"))))) == 2
    found = bare("read", page, PYTHONIOENCODING=encoding)
    assert found.returncode == 0
    assert "Norway -> Ukraine" in found.stdout.decode(encoding)


def test_help_loads_no_room_that_reads() -> None:
    program = (
        "import sys, cli\nfor verb in cli.VERBS: cli.main([verb.name, '--help'])\ncli.main([])\n"
        "print([n for n in ('pandas', 'numpy', 'calc.schema', 'shtab', 'decimal') "
        "if n in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stderr.strip() == "[]"
