"""The words that patterns need, and what comes of asking for them first."""

import importlib
import json
import pkgutil
import re
from pathlib import Path

import pytest

import calc.claims
from calc.claims.phrases import Topics
from calc.text.guarded import Guarded, lacks, needed
from calc.text.words import lowered, words_of
from rates import tsv

ROOT = Path(__file__).parents[1]
DATA = ROOT / "calc" / "data"
SENTENCES = [
    json.loads(line)["text"]
    for line in (ROOT / "tests" / "corpus" / "claims.jsonl").read_text("utf-8").splitlines()
][::3]


def guarded_patterns() -> dict[str, Guarded]:
    """Every guarded pattern of the reading of claims, by its name; those of the tables too."""
    found = {}
    for info in pkgutil.iter_modules(calc.claims.__path__, "calc.claims."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, Guarded):
                found[f"{info.name}.{name}"] = value
    for table in ("role_signs.tsv", "status_signs.tsv", "topics.tsv"):
        for at, row in enumerate(tsv.rows(DATA / table)):
            if row["pattern"]:  # a rule of the code has none
                found[f"{table} {at}"] = Guarded(row["pattern"])
    return found


PATTERNS = guarded_patterns()


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 100
    assert sum(bool(pattern.needs) for pattern in PATTERNS.values()) > 0.9 * len(PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_guarded_pattern_finds_what_the_pattern_finds(name: str) -> None:
    guarded = PATTERNS[name]
    plain = guarded.compiled
    for sentence in SENTENCES:
        for text in (sentence, lowered(sentence)):
            ours, theirs = guarded.search(text), plain.search(text)
            assert (ours and ours.span()) == (theirs and theirs.span()), text
            # up to each word, as patterns that end in "$" are asked
            for stop in (place.start() for place in re.finditer(r"\b[A-Z0-9]", sentence)):
                ours, theirs = guarded.search(text, 0, stop), plain.search(text, 0, stop)
                assert (ours and ours.span()) == (theirs and theirs.span()), text[:stop]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"\bgave\b", [["<gave>"]]),
        (r"\bprovid\w+ to", [["<provid"], ["<to"]]),
        (r"(?:pre)?paid", [["paid"]]),
        (r"\bemphasi[sz]ed\b", [["<emphasised>", "<emphasized>"]]),
        (r"\b(?:loan|grant) of \w+ from\b", [["<grant>", "<loan>"], ["<from>"]]),
        (r"(?!not)given", [["given"]]),
        (r"(?:gift\s)+", [["gift>"]]),
        (r"(?:gift\s)*", []),
        (r"[a-z]+", []),
        (r"a gift|\d+", []),
        (r"[Gg]ift", [["gift"]]),
        (r"n['’]t", [["n>"]]),
    ],
)
def test_needed_parts(pattern: str, parts: list[list[str]]) -> None:
    assert sorted(sorted(clause) for clause in needed(pattern)) == sorted(parts)


def test_a_pattern_that_came_later_is_tried_in_a_text_asked_before() -> None:
    text = "the quetzalcoatlus gave nothing"
    lacks(text)
    assert Guarded(r"\bquetzalcoatlus\b").search(text) is not None
    assert Guarded(r"\bquetzalcoatli\b").search("the quetzalcoatlus") is None


def test_words_are_cut_at_all_that_is_no_letter_from_a_to_z() -> None:
    assert words_of("Don’t give €5m, Zoë!") == {"don", "t", "give", "m", "zo"}


def test_topics_keep_the_order_of_the_table() -> None:
    topics = Topics([("second", "grids?"), ("first", r"power plants?")])
    assert topics.find("POWER PLANTS and a grid") == ["second", "first"]
    assert topics.find("a gridlock") == []
