"""Inputs that nobody wrote: known ones, damaged and joined by chance that a seed repeats."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

# What has broken readers of text, tables and numbers before, and what ours looks for.
ODD = (
    "\x00", "\x1b[31m", "\u202e", "\ufeff", "\u200b", "\u0301" * 40, "\ud800", "\U0001f600", "\r",
    "\n\n", "\t", "  ", "\u00a0", "\u202f", "\u2212", "-", "(", ")", "[", "]]", "{", "}", "<", ">",
    "&amp;", "&#0;", "<p>", "</table>", "<!--", "]]>", "<![CDATA[", '"', "'", '""', ",", ";", "|",
    ",,,,", "=1+1", "@x", "0", "00", "1e400", "1e-400", "9" * 29, "9" * 400, "NaN", "inf",
    "-Infinity", "1.250", "1,250", "1.2.3,4", "0,0", "½", "٣", "²", "½ million", "$", "US$", "€",
    "£", "kr", "¥", "EUR", "usd", "XXX", "UAH", "million", "bn", "k", "m", "trillion", "lakh",
    "hundreds of", "%", "per cent", "about", "over", "up to", "between", "and", "to", "–", "2024",
    "2024-02-30", "0001-01-01", "9999-12-31", "31.12.2024", "12/13/24", "1970-01-01T00:00:00Z",
    "4 November", "since", "Norway", "Ukraine", "the European Union", "Congo", "Georgia", "pledged",
    "another", "each", "of which", "in total", "loan", "grant", "null", "true", "[]", "{}", "\\",
    "\\u0000", "%s", "{0}", "../../etc", "https://x", "\x85", "\u2028", "ﬁ", "ı", "İ", "ß",
)  # fmt: skip


def cut(text: str, chance: random.Random) -> tuple[int, int]:
    """Two places in ``text``, near each other more often than not."""
    start = chance.randrange(len(text) + 1)
    mean = min(12, len(text) / 6 + 0.5)
    return start, min(len(text), start + int(chance.expovariate(1 / mean)))


def changed(text: str, others: Sequence[str], chance: random.Random, most: int = 4000) -> str:
    """``text`` after one to six changes: cut, doubled, moved, mixed with others, made odd."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 6))):
        start, end = cut(text, chance)
        piece = text[start:end]
        match chance.randrange(8):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + piece * chance.choice((1, 1, 2, 20)) + text[end:]
            case 2 | 3 | 4:
                text = (
                    text[:start]
                    + chance.choice(ODD)
                    + text[end if chance.random() < 0.5 else start :]
                )
            case 5:
                other = chance.choice(others)
                at, to = cut(other, chance)
                text = text[:start] + other[at : to + chance.randrange(80)] + text[end:]
            case 6:
                place = chance.randrange(len(text) + 1)
                text = text[:place] + piece + text[place:]
            case 7:
                text = (
                    text[:start]
                    + chr(chance.choice((chance.randrange(128), chance.randrange(0x2100))))
                    + text[end:]
                )
    return text[:most]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """``content`` with some bytes changed, cut or doubled."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        if not found:
            break
        place = chance.randrange(len(found))
        match chance.randrange(5):
            case 0:
                found[place] ^= 1 << chance.randrange(8)
            case 1:
                found[place] = chance.choice((0, 255, 10, 34, 44, 60, 127, 128))
            case 2:
                del found[place : place + chance.choice((1, 2, 16, 400))]
            case 3:
                found[place:place] = found[place : place + chance.choice((1, 4, 64))]
            case 4:
                del found[len(found) - chance.randrange(len(found)) :]
    return bytes(found)


def encoded(text: str, chance: random.Random) -> bytes:
    """``text`` as a file might hold it: UTF-8 mostly, what cannot be encoded kept as it is."""
    if chance.random() < 0.9:
        return text.encode("utf-8", "surrogatepass")
    name = chance.choice(("cp1252", "latin-1", "utf-16", "utf-8-sig", "cp1251"))
    return text.encode(name, "replace")


Make = Callable[[random.Random], bytes]


def texts(known: Sequence[str], most: int = 4000) -> Callable[[random.Random], str]:
    """A maker of changed texts from known ones."""

    def make(chance: random.Random) -> str:
        return changed(chance.choice(known)[:most], known, chance, most)

    return make


def written(make: Callable[[random.Random], str]) -> Make:
    """A maker of texts as bytes."""
    return lambda chance: make(chance).encode("utf-8", "surrogatepass")


def mostly(one: Make, other: Make, share: float) -> Make:
    """A maker that asks ``one`` for a ``share`` of the inputs, and ``other`` for the rest."""
    return lambda chance: (one if chance.random() < share else other)(chance)


def nearly(
    valid: Callable[[random.Random], str], others: Sequence[str], share: float, most: int = 4000
) -> Make:
    """A maker of inputs by a grammar, a ``share`` of them as it has them, the rest changed."""

    def make(chance: random.Random) -> bytes:
        text = valid(chance)
        if chance.random() >= share:
            text = changed(text, others, chance, most)
        return text.encode("utf-8", "surrogatepass")

    return make
