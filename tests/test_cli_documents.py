"""The verbs about documents from end to end, on the example folder and on bad input."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

import cli

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "lithuania"
GOOD = "Kyiv, Nov. 4, 2024\n\nNorway pledged 135 million kroner to Ukraine on Nov. 4, 2024.\n"
Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command."""
    code = cli.main([str(one) for one in arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    assert "a bug in pledgecalc" not in captured.err
    return code, captured.out, captured.err


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_read_lists_figures_by_document_and_names_the_empty_one(capsys: Output) -> None:
    code, out, err = run(capsys, "read", EXAMPLES)
    assert code == 0
    assert err == ""
    assert "total over 683 million euros Lithuania → Ukraine 2024-11-04" in one_line(out)
    assert "noise $2.8 billion teaser" in one_line(out)
    assert "review-joint-production.txt" in out
    assert "no money claim" in out
    assert max(map(len, out.splitlines())) <= 80


def test_read_as_json_keeps_the_words_and_their_place(capsys: Output) -> None:
    code, out, _ = run(capsys, "read", EXAMPLES, "--json")
    assert code == 0
    for row in rows(out):
        text = (EXAMPLES / str(row["source"])).read_text(encoding="utf-8")
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == row["text"]
        assert row["amount"] is None or "e" not in str(row["amount"]).lower()


def test_check_prints_a_sentence_for_each_stated_conversion(capsys: Output) -> None:
    code, out, _ = run(capsys, "check", EXAMPLES)
    assert code == 1
    assert "683 million euros = $763 million  other-date" in out
    assert "+2.45 %" in out
    assert "−0.78 %" in out
    assert "744.7 million USD" in one_line(out)
    assert "implied rate" not in out


def test_check_shows_its_arithmetic_on_request(capsys: Output) -> None:
    code, out, _ = run(capsys, "check", EXAMPLES, "--arithmetic", "--fail-on", "never")
    assert code == 0
    assert "1.0904" in out
    assert "744,743,200 USD" in one_line(out)


def test_fail_on_decides_the_exit_code(capsys: Output) -> None:
    assert run(capsys, "check", EXAMPLES)[0] == 1
    assert run(capsys, "check", EXAMPLES, "--fail-on", "error")[0] == 0
    assert run(capsys, "reconcile", EXAMPLES)[0] == 1
    assert run(capsys, "reconcile", EXAMPLES, "--fail-on", "never")[0] == 0


def test_reconcile_tells_the_ten_points(capsys: Output) -> None:
    _, out, _ = run(capsys, "reconcile", EXAMPLES, "--in", "usd", "--fail-on", "never")
    text = one_line(out)
    assert "10 M EUR" in out
    assert "Palianytsia" in out
    assert "3 claims in 2 sources" in out
    assert "20 M EUR" in out
    assert "4 claims in 1 source" in out
    assert "part-of" in out
    assert "over 683 M EUR" in out
    assert "910 M EUR" in out
    assert "221.5–232.5 M EUR" in out
    assert "stale-rate" in out
    assert "only if 910 million euros and $940 million are rounded" in text
    assert "0.25% of its GDP" in text
    assert "call-not-pledge" in out
    assert "ambiguous-currency" in out
    assert "723.3 million USD" in text
    assert "teaser" in out
    assert "No money claim in review-joint-production.txt" in text
    assert max(map(len, out.splitlines())) <= 80


def test_reconcile_as_json_is_one_object_per_line(capsys: Output) -> None:
    _, out, _ = run(capsys, "reconcile", EXAMPLES, "--in", "USD", "--json")
    found = rows(out)
    pledges = [row for row in found if row["table"] == "pledge"]
    assert [row["amount"] for row in pledges if row["donor"] == "Lithuania"] == [
        "10000000",
        "20000000",
    ]
    assert {row["table"] for row in found} == {"pledge", "total", "finding"}


def test_reconcile_writes_a_page_that_loads_nothing(capsys: Output, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    run(capsys, "reconcile", EXAMPLES, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert re.search(r'<mark class="m-total" id="c-5c8875e7578e">.*683 million euros', text)
    assert "https://" not in text
    assert text.count("<script") == 1
    run(capsys, "reconcile", EXAMPLES, "--report", tmp_path / "other.html")
    run(capsys, "reconcile", EXAMPLES, f"--report={tmp_path / 'third.html'}")
    assert (tmp_path / "third.html").read_text() == (tmp_path / "other.html").read_text()
    assert (tmp_path / "other.html").read_bytes() == page.read_bytes()


def test_total_says_the_safe_sum_and_what_was_left_out(capsys: Output) -> None:
    parties = ("--donor", "Lithuania", "--recipient", "Ukraine")
    code, out, _ = run(capsys, "total", EXAMPLES, *parties, "--in", "EUR")
    assert code == 0
    assert out.startswith("Safe sum: 20–30 M EUR\n")
    assert "a running total: never added" in one_line(out)
    assert "repeats a figure of its document" in one_line(out)
    _, out, _ = run(capsys, "total", EXAMPLES, *parties, "--in", "EUR", "--json")
    first = rows(out)[0]
    assert (first["low"], first["high"], first["currency"]) == ("20000000", "30000000", "EUR")


def test_total_of_an_unknown_donor_says_which_there_are(capsys: Output) -> None:
    code, _, err = run(capsys, "total", EXAMPLES, "--donor", "Atlantis")
    assert code == 0
    assert "no claim names 'Atlantis' as donor; there are Canada, Lithuania" in err


def test_explain_takes_the_start_of_an_id(capsys: Output) -> None:
    _, out, _ = run(capsys, "reconcile", EXAMPLES, "--json")
    whole = next(str(row["pledge_id"]) for row in rows(out) if row["table"] == "pledge")
    code, out, _ = run(capsys, "explain", whole[:8], EXAMPLES)
    assert code == 0
    assert whole in out
    assert "bits" in out
    assert max(map(len, out.splitlines())) <= 80


def test_explain_of_an_unknown_id_is_an_error_with_a_next_step(capsys: Output) -> None:
    code, out, err = run(capsys, "explain", "p-nothing", EXAMPLES)
    assert code == 2
    assert out == ""
    assert "p-nothing" in err


def test_when_shows_the_newest_three_windows_and_a_count(capsys: Output) -> None:
    command = ("when", "683m", "EUR", "763m", "USD", "--before", "2024-11-04")
    code, out, _ = run(capsys, *command)
    assert code == 0
    assert out.startswith("2024-09-27; 2024-09-19..2024-09-20; 2024-08-26..2024-08-27; and ")
    assert len(out.strip()) <= 80
    _, every, _ = run(capsys, *command, "--all")
    assert "more" not in every
    assert every.count(";") > 10
    _, lines, _ = run(capsys, *command, "--json")
    assert rows(lines)[1] == {"start": "2024-09-19", "end": "2024-09-20", "days": 2}


def test_when_without_currencies_says_how_to_write_it(capsys: Output) -> None:
    code, _, err = run(capsys, "when", "683m", "763m")
    assert code == 2
    assert "pledgecalc when 683m EUR 763m USD" in err


@pytest.mark.parametrize("verb", ["read", "check", "reconcile", "total"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_every_verb_prints_every_format(capsys: Output, verb: str, form: str) -> None:
    code, out, _ = run(capsys, verb, EXAMPLES, "--format", form)
    assert code in (0, 1)
    assert out.endswith("\n")
    if form == "csv":
        table = list(csv.reader(io.StringIO(out)))
        assert len({len(row) for row in table}) == 1
    if form == "json":
        assert rows(out)


def test_a_result_goes_to_a_file_and_not_to_the_terminal(capsys: Output, tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    code, out, _ = run(capsys, "read", EXAMPLES, "--format", "csv", "-o", target)
    assert code == 0
    assert out == ""
    assert target.read_text(encoding="utf-8").startswith("claim_id,source,")


def test_two_runs_print_the_same_bytes(capsys: Output) -> None:
    first = run(capsys, "reconcile", EXAMPLES, "--in", "USD")
    files = sorted(EXAMPLES.glob("*.txt"), reverse=True)
    assert run(capsys, "reconcile", *files, "--in", "USD")[1] == first[1]


def bad_inputs(folder: Path) -> dict[str, Path]:
    """One of each kind of input that cannot be read, by what the message says."""
    made = {
        "missing": folder / "missing.txt",
        "empty": folder / "empty.txt",
        "binary": folder / "binary.txt",
        "encoding": folder / "encoding.txt",
        "folder": folder / "nothing",
        "table": folder / "table.csv",
    }
    made["empty"].write_bytes(b"")
    made["binary"].write_bytes(bytes(range(256)) * 8)
    made["encoding"].write_bytes("Malmö gav 5 miljoner kronor åt Ukraina.\n".encode("latin-1"))
    made["folder"].mkdir()
    made["table"].write_text("donor,recipient\nNorway,Ukraine\n", encoding="utf-8")
    return made


@pytest.mark.parametrize("kind", ["missing", "empty", "binary", "encoding", "folder", "table"])
@pytest.mark.parametrize("verb", ["read", "reconcile"])
def test_an_unreadable_input_is_named_and_the_others_are_still_read(
    capsys: Output, tmp_path: Path, verb: str, kind: str
) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    bad = bad_inputs(tmp_path)[kind]
    code, out, err = run(capsys, verb, bad, good, "--json")
    assert code == 2
    assert bad.name in err
    assert any("135000000" in str(row.get("amount")) for row in rows(out))
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("verb", ["read", "check", "reconcile", "total"])
def test_only_unreadable_input_gives_no_result(capsys: Output, tmp_path: Path, verb: str) -> None:
    code, _, err = run(capsys, verb, tmp_path / "missing.txt")
    assert code == 2
    assert "missing.txt" in err


def test_an_unknown_currency_is_refused_with_a_suggestion(capsys: Output) -> None:
    code, out, err = run(capsys, "reconcile", EXAMPLES, "--in", "EUO")
    assert code == 2
    assert out == ""
    assert "EUO" in err
    assert "EUR" in err


def test_text_without_a_date_stays_unconverted_until_one_is_given(
    capsys: Output, tmp_path: Path
) -> None:
    page = tmp_path / "undated.txt"
    page.write_text("Norway pledged 135 million euros to Ukraine.\n", encoding="utf-8")
    _, out, err = run(capsys, "reconcile", page, "--in", "USD", "--json")
    (pledge,) = (row for row in rows(out) if row["table"] == "pledge")
    assert pledge["amount"] == "135000000"
    assert pledge["amount_usd"] is None
    assert "--published" in err
    dated = ("--published", "2024-11-04")
    _, out, err = run(capsys, "reconcile", page, "--in", "USD", "--json", *dated)
    (pledge,) = (row for row in rows(out) if row["table"] == "pledge")
    assert pledge["amount_usd"] == "147204000"
    assert err == ""


def test_a_table_stands_for_the_sources_that_its_rows_name(capsys: Output, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "source,published,donor,recipient,amount,currency\n"
        "=SUM(A1),2024-11-04,Norway,Ukraine,135000000,NOK\n",
        encoding="utf-8",
    )
    code, out, err = run(capsys, "read", table)
    assert (code, err) == (0, "")
    assert out.startswith("=SUM(A1)\n")
    assert "mine.csv" not in out
    _, out, _ = run(capsys, "read", table, "--format", "csv")
    assert "'=SUM(A1)" in out


def test_standard_input_is_a_source(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(GOOD, encoding="utf-8")
    with page.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        code, out, _ = run(capsys, "read", "-", "--json")
    assert code == 0
    assert rows(out)[0]["source"] == "stdin"


@pytest.mark.parametrize("verb", [verb.name for verb in cli.VERBS])
def test_every_verb_explains_itself_with_examples_first(capsys: Output, verb: str) -> None:
    code, out, _ = run(capsys, verb, "--help")
    assert code == 0
    assert out.startswith("examples\n  pledgecalc " + verb)
    assert max(map(len, out.splitlines())) <= 80


def test_a_sum_without_any_rate_exits_3(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway gave Ukraine 5 million euros.", encoding="utf-8")
    code, out, _ = run(capsys, "total", tmp_path, "--in", "KPW", "--published", "2024-11-04")
    assert code == 3
    assert "unknown, in KPW" in out
