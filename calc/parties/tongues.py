"""The parties that a text in another language than English names.

The nominatives of countries are CLDR's (``country_names.tsv``), their case forms come from the
endings of ``word_endings.tsv``, other names, capitals and adjectives from ``party_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..text import data_tables
from .gazetteer import Party, party, party_of_code, without_accents
from .mentions import Mention

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s\-–'’ʼ.]{1,3}")
_STEM_ENDS = re.compile(r"[^\W\d_]{0,4}")
_KEY = 3  # letters by which a name is looked up
_NO_NAME = re.compile(r"[(–/]| - ")


class _Name(NamedTuple):
    """A way to write a party's name: each word with its endings, None for any short one."""

    words: tuple[tuple[str, frozenset[str] | None], ...]
    who: Party
    form: str

    def end(self, text: str, start: int) -> int | None:
        """Where the name ends that stands at ``start``."""
        at = start
        for number, (stem, endings) in enumerate(self.words):
            if number:
                gap = _BETWEEN.match(text, at)
                if gap is None:
                    return None
                at = gap.end()
            if not text.startswith(stem, at):
                return None
            at += len(stem)
            tail = _STEM_ENDS.match(text, at)
            assert tail is not None
            if endings is not None and tail.group() not in endings:
                return None
            at = tail.end()
            if text[at : at + 1].isalnum():
                return None
        return at


def parties_abroad(text: str, language: str) -> list[Mention]:
    """The parties that ``text`` names in ``language``, in order, none overlapping another.

    >>> [(m.text, m.name, m.form) for m in parties_abroad("Данія дає Україні 5 млн", "uk")]
    [('Данія', 'Denmark', 'name'), ('Україні', 'Ukraine', 'name')]
    """
    names = _names(language)
    found: list[Mention] = []
    done = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        for name in names.get(word.group()[:_KEY], ()):
            end = name.end(text, start)
            if end is not None:
                who = name.who
                found.append(
                    Mention(start, end, text[start:end], who.name, who.kind, name.form, who.code)
                )
                done = end
                break
    return found


@cache
def nominatives(language: str) -> frozenset[str]:
    """The names of countries as a subject has them.

    >>> "Данія" in nominatives("uk"), "Данії" in nominatives("uk")
    (True, False)
    """
    return frozenset(row[language] for row in data_tables.table("country_names"))


def languages() -> frozenset[str]:
    """The languages whose names of parties are known."""
    return frozenset(_columns()[2:])


def _columns() -> list[str]:
    return list(data_tables.table("party_words")[0])


@cache
def _names(language: str) -> dict[str, tuple[_Name, ...]]:
    """The names of a language by their first letters, those of more words first."""
    by_key: dict[str, list[_Name]] = {}
    for name in (*_written_down(language), *_of_countries(language)):
        first, endings = name.words[0]
        keys = {(first + ending)[:_KEY] for ending in (endings or ("",))}
        if endings is None and len(first) < _KEY:
            continue  # a stem of two letters would be found everywhere
        for key in keys:
            by_key.setdefault(key, []).append(name)
    return {
        key: tuple(sorted(names, key=lambda one: -sum(len(stem) for stem, _ in one.words)))
        for key, names in by_key.items()
    }


def _written_down(language: str) -> Iterator[_Name]:
    for row in data_tables.table("party_words"):
        who = party(row["party"])
        assert who is not None, f"party_words.tsv: {row['party']!r} is no party"
        for word in filter(None, row[language].split("|")):
            words = []
            for piece in re.findall(r"[^\W_]+~?", word):
                stem = piece.removesuffix("~")
                words.append((stem, None if piece.endswith("~") else frozenset([""])))
            yield _Name(tuple(words), who, row["form"])
            first, endings = words[0]
            if row["form"] in ("adjective", "people") and first[0].islower():
                yield _Name(((first.capitalize(), endings), *words[1:]), who, row["form"])


def _of_countries(language: str) -> Iterator[_Name]:
    for row in data_tables.table("country_names"):
        who, name = party_of_code(row["code"]), row[language]
        if who is None or not name or _NO_NAME.search(name):
            continue
        for spelling in dict.fromkeys((name, without_accents(name) if language == "fr" else name)):
            words = _WORD.findall(spelling)
            yield _Name(tuple(_inflected(word, language) for word in words), who, "name")


@cache
def _endings(language: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rf"(?:{row['ending']})$"), tuple(row["forms"].split("|")))
        for row in data_tables.table("word_endings")
        if row["language"] == language
    )


def _inflected(word: str, language: str) -> tuple[str, frozenset[str]]:
    """A word in the nominative as its stem and all endings that it may have."""
    if len(word) < _KEY + 1 or not word[0].isupper():
        return word, frozenset([""])
    for ending, forms in _endings(language):
        cut = ending.search(word)
        if cut is None:
            continue
        stem = word[: cut.start()]
        if len(stem) < _KEY:
            break  # too short to tell from another word
        return stem, frozenset(form.replace("_", cut.group()) for form in forms)
    return word, frozenset([""])
