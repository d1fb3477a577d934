"""Nothing that a source wrote reaches a terminal as it obeys it: all verbs, formats and names."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from terminals import on_terminal

import cli
from calc.text.characters import visible
from calc.verbs.catalogue import VERBS

SPELL = (
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J\u202eevil\u2066x\u2069\x9b31m\x00\x08\x7f\r\u200fz\u0085"
)
IN_NAMES = "\x1b[31mred\u202e\x9b\x07\u2066"  # what a file may be called
OURS = re.compile(r"\x1b\[[0-9;]*m")
_RANGES = (
    *(range(9), range(11, 32), range(127, 160), range(0x200E, 0x2010), range(0x2028, 0x202F)),
    *(range(0x2066, 0x206A), range(0xD800, 0xE000), range(0xE0000, 0xE0080)),
)
OBEYED = {chr(code) for codes in _RANGES for code in codes} | {"\u061c", "\ufeff"}
COLOURS = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[31m", "\x1b[32m", "\x1b[33m"}
FORMATS = ("table", "json", "csv", "markdown")
HEAD = "donor,recipient,amount,currency,published,purpose,publisher,claim_id,conversion_of"


def obeyed(told: str) -> set[str]:
    """What is left of it that a terminal would obey, without the colours that are ours."""
    assert {*OURS.findall(told)} <= COLOURS
    return OBEYED & {*OURS.sub("", told)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("spells")
    cell = '"' + SPELL.translate({0: None, 13: None}) + '"'  # NULs stand in no CSV
    rows = [
        f"{HEAD},note{cell[1:-1]}",
        f"Norway,Ukraine,5000000,EUR,2024-11-04,{cell},{cell},a1,,{cell}",
        f"Norway,Ukraine,5500000,USD,2024-11-04,{cell},{cell},a2,a1,{cell}",
        f"{cell},{cell},{cell},{cell},{cell},{cell},{cell},a3,,{cell}",
    ]
    name = f"t{IN_NAMES}.csv"
    (made / name).write_text("\n".join(rows) + "\n", encoding="utf-8", newline="")
    record = {"donor": f"Sweden {SPELL}", "recipient": SPELL, "amount": "8", "currency": "EUR"}
    more = {"published": "2024-11-05", "purpose": SPELL, f"note {SPELL}": SPELL}
    (made / f"j{IN_NAMES}.json").write_text(json.dumps([record | more]), encoding="utf-8")
    told = f"Norway {SPELL} gave Ukraine 5 million euros ($9 million) for {SPELL} in 2024 and 2025."
    (made / f"p{IN_NAMES}.txt").write_text(
        f"{SPELL}\n\n{told}\n".replace("\x00", ""), encoding="utf-8", newline=""
    )
    (made / f"q{IN_NAMES}.txt").write_text(
        f"Norway's total aid to Ukraine is 7 million euros. It gave {SPELL[:30]} $3 million.",
        encoding="utf-8",
    )
    (made / f"broken{IN_NAMES}.json").write_text(f"{{{SPELL}", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def table(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.suffix == ".csv")


def commands(folder: Path, table: Path) -> Iterator[tuple[str, list[str]]]:
    """Every verb of the catalogue at the files of the folder."""
    pages = sorted(str(path) for path in folder.iterdir() if path.suffix == ".txt")
    gdp = str(folder / f"gdp{IN_NAMES}.csv")
    Path(gdp).write_text(f"country,year,gdp\nNorway{SPELL},2024,x{SPELL}\n", encoding="utf-8")
    words: dict[str, list[list[str]]] = {
        verb: [[str(folder), "--published", "2024-11-04"]]
        for verb in ("brief", "read", "check", "reconcile", "total", "review", "stages", "timeline")
    }
    words |= {verb: [[str(folder)]] for verb in ("parts", "headlines", "yearly", "constant")}
    words |= {
        "explain": [["a1", str(table)], ["a2", str(folder)], [f"p-{SPELL}", str(folder)]],
        "decide": [["same", "a1", f"{SPELL}", str(folder), "--why", SPELL]],
        "same": [pages],
        "share": [[str(folder), "--gdp", gdp, "--year", "2024"]],
        "audit": [[str(table), "--to", "EUR"], [f"gone{SPELL.replace(chr(0), '')}.csv"]],
        "convert": [
            [str(table), "--to", "USD"],
            [str(table), "--to", "USD", "--columns", f"amount={SPELL}"],
            [f"5{SPELL}", "EUR", "USD"],
            ["5", f"EUR{SPELL}", "USD"],
            ["5", "EUR", "USD", "--on", SPELL],
            ["5", "EUR", "USD", "--rates", str(table)],
        ],
        "rate": [["EUR", f"USD{SPELL}"], ["EUR", "USD", "--policy", SPELL]],
        "when": [["5", f"EUR{SPELL}", "6", "USD"]],
        "effects": [[f"5{SPELL}", "EUR", "2024-11-04", "6", "EUR", "2025-03-03", "--in", "USD"]],
        "rates": [["info"], ["list"], [SPELL], ["update", "--from", str(table)]],
        "completion": [["bash"], [SPELL]],
    }
    assert {*words} == {verb.name for verb in VERBS}
    yield from ((verb, one) for verb, several in words.items() for one in several)
    yield "", [SPELL]
    yield "", ["read", f"--{SPELL}"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_verb_prints_raw_what_a_terminal_obeys(
    folder: Path, table: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    answered = 0
    for verb, words in commands(folder, table):
        asked = [verb, *words] if verb else list(words)
        if verb and verb != "completion":
            asked += ["--format", form]
        code, told = on_terminal(monkeypatch, asked)
        assert code != 70, (asked, told)
        assert told, asked
        assert not obeyed(told), (asked, told)
        answered += "red" in told
    assert answered > 20


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx", "a.parquet"])
def test_a_converted_table_is_shown_without_them_and_written_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    cell = "a\x1b[31mb\u202ec"
    frame = pd.DataFrame(
        {"amount": ["5"], "currency": ["EUR"], "date": ["2024-11-04"], "note": [cell]}
    )
    path = tmp_path / name
    if name == "a.xlsx":
        pytest.importorskip("openpyxl")
        frame.replace("\x1b", "", regex=True).to_excel(path, index=False)
    elif name == "a.parquet":
        pytest.importorskip("pyarrow")
        frame.to_parquet(path)
    elif name.startswith("a.json"):
        line = json.dumps(frame.to_dict("records")[0], ensure_ascii=False)
        path.write_text(f"[{line}]\n" if name == "a.json" else f"{line}\n", encoding="utf-8")
    else:
        frame.to_csv(path, index=False, sep="\t" if name == "a.tsv" else ",")
    words = ["convert", str(path), "--to", "USD"]
    code, told = on_terminal(monkeypatch, words)
    assert code == 0
    assert "5.452" in told
    assert ("\\u202e" in told) == (path.suffix in (".csv", ".tsv", ".json", ".jsonl"))
    assert not obeyed(told)
    if name not in ("a.xlsx", "a.parquet"):
        out = tmp_path / f"out{path.suffix}"
        assert cli.main([*words, "-o", str(out)]) == 0
        read = out.read_text(encoding="utf-8")
        assert cell in read or json.dumps(cell, ensure_ascii=False)[1:-1] in read
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        monkeypatch.setattr(sys, "stdout", stream)
        assert cli.main(words) == 0
        assert stream.buffer.getvalue() == out.read_bytes()


def test_a_file_that_is_a_terminal_is_one(
    table: Path,
) -> None:
    """``-o /dev/tty`` and ``-o /dev/pts/3`` print on a screen as stdout does."""
    pty = pytest.importorskip("pty")
    for words in (["convert", str(table), "--to", "USD"], ["read", str(table), "--format", "csv"]):
        leader, follower = pty.openpty()
        try:
            name = os.ttyname(follower)
            if not name.startswith("/dev/"):
                pytest.skip("terminals stand elsewhere here")
            assert cli.main([*words, "-o", name]) in (0, 2)
            os.set_blocking(leader, False)
            told = os.read(leader, 1 << 16).decode().replace("\r\n", "\n")
        finally:
            os.close(follower)
            os.close(leader)
        assert "red" in told
        assert not obeyed(told)


def test_the_screen_keeps_our_colours_and_no_others() -> None:
    assert visible("\x1b[1ma\x1b[0m", ours=True) == "\x1b[1ma\x1b[0m"
    assert visible("\x1b[1ma\x1b[0m") == r"\x1b[1ma\x1b[0m"
    assert visible("\x1b[2Ja", ours=True) == r"\x1b[2Ja"
