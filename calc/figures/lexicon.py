"""The words that figures are made of, and the one anchor that finds money in a text.

Every amount of money has a currency beside it, so the anchor looks for signs, codes and words of
currencies; all else is read in a small window around it. Words come from ``calc/data``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from rates.amounts import SPACES, scales

from ..text import data_tables

# Characters: spaces that may stand inside an amount, hyphens that join, dashes that span a range.
SPACE = f"[\t{SPACES}]"
GAP = rf"(?:{SPACE}{{0,2}}\r?\n{SPACE}{{0,4}}|{SPACE}{{0,3}})"
BREAK = rf"(?:{SPACE}{{0,2}}\r?\n{SPACE}{{0,4}}|{SPACE}{{1,3}})"
HYPHEN = "[-\u2010\u2011]"
DASH = "[-\u2010\u2011\u2012\u2013\u2014]"
LETTER = r"[^\W\d_]"


# the country of a dollar, printed behind the sign or the number: "12,95 $US", "$40US"
COUNTRY = "(?:US|CAN|CA|AU|NZ|HK)"


class Cue(NamedTuple):
    """How one sign, code or word of a currency behaves (columns of ``currency_words.tsv``)."""

    word: str
    kind: str
    candidates: tuple[str, ...]
    before: bool
    after: bool
    needs: str
    named: bool


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first, common beginnings shared.

    >>> re.fullmatch(one_of(["million", "millions", "m"]), "millions") is not None
    True
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    by_rest: dict[str, list[str]] = {}
    for char in sorted(node):
        if char:
            by_rest.setdefault(_branches(node[char]), []).append(char)
    parts = []
    for rest, chars in by_rest.items():
        head = re.escape(chars[0]) if len(chars) == 1 else f"[{''.join(map(re.escape, chars))}]"
        parts.append(head + rest)
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return body + "?" if ends else body


def _forms(word: str) -> list[str]:
    """A word as printed, at the start of a sentence, and in a headline of capitals."""
    if len(word) < 3 or word != word.lower():
        return [word]
    return [word, word.capitalize(), word.upper()]


def _plain(word: str) -> str:
    """A word without its accents: "guaraníes" is also printed "guaranies"."""
    if word.isascii() or len(word) < 5 or word[-1] > "\u024f":  # other scripts have no such habit
        return word
    return "".join(char for char in normalize("NFD", word) if not combining(char))


def _names() -> dict[str, Cue]:
    """The full names of ``currency_names.tsv``, the English ones also in capitals."""
    names: dict[str, Cue] = {}
    for row in data_tables.table("currency_names"):
        word = row["word"]
        cue = Cue(word, "noun", (row["code"],), False, True, "", False)
        names[word] = cue
        if "en" in row["languages"].split("|"):
            names.setdefault(word.upper(), cue)
            names.setdefault(word.title(), cue)
            names.setdefault(_plain(word), cue)
    return names


def _cues() -> tuple[dict[str, Cue], dict[str, str], dict[str, tuple[str, ...]]]:
    """Read ``currency_words.tsv``: cues by printed form, prefixes, adjectives."""
    cues = _names()
    prefixes: dict[str, str] = {}
    adjectives: dict[str, tuple[str, ...]] = {}
    for row in data_tables.table("currency_words"):
        word, kind = row["word"], row["kind"]
        candidates = tuple(row["candidates"].split("|"))
        if kind == "prefix":
            prefixes[word] = candidates[0]
            continue
        if kind == "adjective":
            adjectives[word] = candidates
            if word.isascii():  # feeds print everything in one case
                adjectives.setdefault(word.lower(), candidates)
                adjectives.setdefault(word.upper(), candidates)
            continue
        cue = Cue(
            word,
            kind,
            candidates,
            row["where"] in ("before", "both"),
            row["where"] in ("after", "both"),
            row["needs"],
            row["order"] == "named",
        )
        if kind == "noun" and row["needs"] != "lower":
            for form in (*_forms(word), _plain(word)):
                cues.setdefault(form, cue)
        else:
            cues[word] = cue
    return cues, prefixes, adjectives


CUES, PREFIXES, ADJECTIVES = _cues()
SIGNS = "".join(sorted(word for word, cue in CUES.items() if cue.kind == "sign"))
SCALES = scales()
# One-letter scales count only glued to the number: "$5 T" may begin the next word.
GLUED_SCALES = frozenset({"T", "b"})
# Currency words whose scale is part of them (mkr, MEUR): the letters before the code.
_IN_WORD = {
    "mkr": 6,
    "Mkr": 6,
    "mdkr": 9,
    "k": 3,
    "K": 3,
    "T": 3,
    "m": 6,
    "M": 6,
    "Mio": 6,
    "bn": 9,
}


# the powers of ten of minor units
_MINOR = {"minor": -2, "pence": -2, "tenth": -1, "thousandth": -3}


def scale_in_word(word: str) -> int:
    """The power of ten that a currency word carries itself ("MEUR" is 6, "cents" -2), else 0.

    >>> scale_in_word("MEUR"), scale_in_word("EUR"), scale_in_word("cents")
    (6, 0, -2)
    """
    if word in ("mkr", "Mkr", "mdkr"):
        return _IN_WORD[word]
    if (minor := _MINOR.get(CUES[word].needs)) is not None:
        return minor
    if CUES[word].kind == "long sign":  # "€m 120"
        return _IN_WORD.get(word[1:], 0)
    if CUES[word].kind != "code" or len(word) < 4:
        return 0
    return _IN_WORD.get(word[3:] if word[3].islower() else word[:-3], 0)  # "EURm 120", "120 MEUR"


def _anchors() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One sign, code or word at a place, and the same where a word is known to begin there.

    Words are tried by the script of their first letter: most fail at one look.
    """
    long_signs = [word for word, cue in CUES.items() if cue.kind == "long sign"]
    words = [word for word, cue in CUES.items() if not cue.kind.endswith("sign")]
    scripts = ("[a-z]", "[A-Z]", "[^\x00-\x7f]")
    starts = "|".join(
        f"(?={script}){one_of(word for word in words if re.match(script, word))}"
        for script in scripts
    )
    sign = rf"(?:{one_of(long_signs)})(?={SPACE}?\d)|[{re.escape(SIGNS)}]"
    word = rf"(?:{starts})(?!{LETTER})"
    return re.compile(rf"{sign}|(?<!{LETTER}){word}"), re.compile(rf"{sign}|{word}")


ANCHOR, ANCHOR_AT_START = _anchors()
LONGEST_PREFIX = max(map(len, PREFIXES))
# "$5MUS$6M", "A$5A$6": a sign and its prefix right behind a figure are no letters of its own
PREFIXED_SIGN = rf"(?:{one_of(PREFIXES)})[{re.escape(SIGNS)}]\d"
SCALE = rf"(?:{one_of(SCALES)})(?!(?!{PREFIXED_SIGN}){LETTER})"
ADJECTIVE = rf"(?:{one_of(ADJECTIVES)})"
PREFIX = re.compile(rf"(?<!{LETTER})(?:{one_of(PREFIXES)})\Z")


def places() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words of ``currency_places.tsv`` and codes, and word → currency."""
    codes = {row["word"]: row["currency"] for row in data_tables.table("currency_places")}
    codes |= {code: code for code in codes.values()}
    # every word begins with a capital: a cheap look first
    starts = re.escape("".join(sorted({word[0] for word in codes})))
    return re.compile(rf"(?=[{starts}])(?<!{LETTER})(?:{one_of(codes)})(?!{LETTER})"), codes
