"""Five documents about Lithuania's aid for Ukraine, with all that a page has around an article.

The stand-ins are our own: the same facts, traps and layouts in other words. Where the five real
pages lie beside the clone, in ../shared, the same is asserted of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

STAND_INS = Path(__file__).parent / "stand_ins"
SHARED = Path(__file__).resolve().parents[2] / "shared"
ABSENT = "the five real pages are not in ../shared; the stand-ins were tested instead"

# of each real page: its day, its publisher, and words of it (two at most) with whether they are the
# article's
REAL: dict[str, tuple[str | None, str | None, list[tuple[str, bool]]]] = {
    "000": (
        "2024-11-23",
        "The Kyiv Independent",
        [("Power Within", False), ("10 million", True), ("$2 billion", False)],
    ),
    "001": (
        "2024-11-04",
        "The Kyiv Independent",
        [("683 million", True), ("$11 million", True), ("2.8 million", False)],
    ),
    "002": (
        None,
        "Militarnyi",
        [("5169", False), ("0x6db6", False), ("It is worth", True), ("RFE", True)],
    ),
    "003": (
        "2025-08-25",
        "UNN",
        [("$41", False), ("0.25%", True), ("$1 billion", True), ("Additional funding", True)],
    ),
    "004": (
        "2025-03-02",
        None,
        [("910 million", True), ("$2.8 billion", False), ("$350 billion", False)],
    ),
}


class Page(NamedTuple):
    """One document and what is known of it."""

    path: Path
    published: str | None
    publisher: str | None
    places: list[tuple[str, bool]]  # words, and whether they are the article's
    figures: list[dict[str, Any]]  # what is printed, and what it is

    @property
    def text(self) -> str:
        with self.path.open(encoding="utf-8", newline="") as stream:
            return stream.read()


class Five(NamedTuple):
    """The five, in order."""

    name: str
    folder: Path
    pages: list[Page]

    def __str__(self) -> str:
        return self.name


def stand_ins() -> Five:
    """Our own five."""
    gold = json.loads((STAND_INS / "gold.json").read_text(encoding="utf-8"))
    empty = dict.fromkeys(("amount", "currency", "qualifier", "donor", "pair_part"))
    pages = []
    for one in gold["documents"]:
        path = STAND_INS / one["file"]
        text = path.read_text(encoding="utf-8")
        figures = [
            {**empty, **figure, **_place(text, figure["text"], figure.get("nth", 1))}
            for figure in gold["figures"]
            if figure["file"] == one["file"]
        ]
        places = [(words, bool(inside)) for words, inside in one["places"]]
        pages.append(Page(path, one["published"], one["publisher"], places, figures))
    return Five("stand-ins", STAND_INS, pages)


def _place(text: str, words: str, nth: int) -> dict[str, int]:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def real() -> Five:
    """The five real pages, as far as they are there."""
    gold_file = SHARED / "corpus" / "seeds_gold.json"
    gold = json.loads(gold_file.read_text(encoding="utf-8")) if gold_file.exists() else []
    pages = [
        Page(path, *REAL[path.name[:3]], [one for one in gold if one["file"] == path.name])
        for path in sorted((SHARED / "seeds").glob("*.txt"))
    ]
    return Five("real", SHARED / "seeds", pages)


FIVES = [five for five in (stand_ins(), real()) if five.pages]
each_five = pytest.mark.parametrize("five", FIVES, ids=str)
