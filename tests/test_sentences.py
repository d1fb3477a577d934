"""What the program says: short sentences, dates as people say them, no private dialect."""

import contextlib
import importlib.util
import io
import re
from pathlib import Path
from typing import Any

import pytest

import cli

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
MOST_WORDS = 30
# Words of ours that a newcomer does not know, with what to write instead.
DIALECT = {
    r"\bis told (?!apart)|\btold (?:before|again|as|beside|twice|of)\b": "reported, given",
    r"\btells? of\b|\btells it\b": "reports, mentions",
    r"\bspeaks? of\b": "mentions",
    r"\bmoney of its own\b": "a separate pledge",
    r"\bwhose money\b": "which currency",
    r"\bvoices?\b": "sources",
    r"\bno (?:sum|total) holds\b": "no sum uses",
    r"\bas their ends\b": "sums run from … to …",
    r"\bby ambiguous\b": "not certain",
    r"\b1 (?:claims|pledges|documents|sources|rows|figures|findings|conversions)\b": "singular",
    r"\bdo not agree\b": "disagree",
}
ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")
_spec = importlib.util.spec_from_file_location("list_sentences", ROOT / "scripts/list_sentences.py")
assert _spec is not None
assert _spec.loader is not None
listing: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(listing)
SENTENCES = listing.sentences()


def output(*words: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(io.StringIO()):
        cli.main(list(words))
    return shown.getvalue()


def test_the_script_finds_what_the_program_says() -> None:
    said = {(one.path, one.text) for one in SENTENCES}
    assert ("calc/checks/sentences.py", "No published rate gives it exactly.") in said
    assert any("is neither a verb nor a file" in text for _, text in said)
    assert ("calc/data/cause_bits.tsv", "digits were rounded away") in said


@pytest.mark.parametrize("wrong", DIALECT)
def test_no_sentence_is_in_a_private_dialect(wrong: str) -> None:
    found = [one for one in SENTENCES if re.search(wrong, one.text)]
    assert found == [], f"write instead: {DIALECT[wrong]}"


def test_no_sentence_is_long() -> None:
    assert [one for one in SENTENCES if one.words > MOST_WORDS] == []


def test_a_long_sentence_and_a_wrong_word_would_be_found(tmp_path: Path) -> None:
    code = tmp_path / "made.py"
    many = "word " * 40
    code.write_text(f'def f(x: str) -> str:\n    """Doc."""\n    return f"{many}{{x}}"\n', "utf-8")
    (one,) = listing.sentences([code])
    assert (one.line, one.words > MOST_WORDS) == (3, True)


def folders() -> list[Path]:
    return [ROOT / "examples" / "lithuania", *([SEEDS] if SEEDS.is_dir() else [])]


def paragraphs(text: str) -> list[str]:
    """The running text of a page: what stands below rows, and the sentences before them."""
    found: list[str] = []
    for line in text.splitlines():
        below = line.startswith("    ") and not re.search(r"\S {2,}\S", line.strip())
        if found and (below or (line.startswith("  ") and found[-1].startswith("- "))):
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.name)
@pytest.mark.parametrize("verb", ["brief", "check", "reconcile", "total"])
def test_what_is_printed_is_short_and_plain(
    monkeypatch: pytest.MonkeyPatch, folder: Path, verb: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = output(verb, str(folder))
    said = " ".join(text.split())
    for wrong, better in DIALECT.items():
        assert not re.search(wrong, said), f"write instead: {better}"
    for paragraph in paragraphs(text):
        # names of files, quotes and brackets are the sources' words, not ours
        own = re.sub(r"\([^()]*\)|'[^']*'|\S+\.txt\S*", "", paragraph)
        for sentence in re.split(r"(?<=[.?!;:])\s", own):
            words = re.findall(r"[A-Za-z][\w’'-]*|\d\S*", sentence)
            assert len(words) <= MOST_WORDS, sentence


@pytest.mark.parametrize("verb", ["check", "brief"])
def test_days_in_sentences_are_as_people_say_them(verb: str) -> None:
    text = output(verb, str(ROOT / "examples" / "lithuania"), "--format", "markdown")
    said = [line for line in text.splitlines() if "rate of" in line or line.startswith("- ")]
    assert said
    assert [line for line in said if ISO.search(line)] == []


def test_equal_reasons_are_told_once() -> None:
    text = output("total", str(ROOT / "examples" / "lithuania"))
    assert text.count("a running total: never added") == 1
    assert text.count("no pledge: teaser") == 1
