"""Which currency a sign, code or word means, and how that is known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rates.amounts import SPACES

from .lexicon import ADJECTIVES, COUNTRY, CUES, LETTER, PREFIX, PREFIXES, SPACE, Cue, one_of, places

_PLACES, _CODE_OF_PLACE = places()
# How far on either side a country word may stand to put a candidate first: about a sentence.
_SENTENCE = 160
_BLOCK = 256  # windows begin at multiples of this, so that neighbours share one
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÀ-ÞА-ЯІЇЄҐ])|\n\s*\n")
# "$5 million CAD", "$5 million Canadian": what follows an ambiguous sign may decide it.
_CODES = [word for word, cue in CUES.items() if cue.kind == "code" and len(word) == 3]
_FOLLOWS = re.compile(
    rf"(?:{SPACE}{{0,2}}(?:\((?P<bracketed>{one_of(_CODES)})\)|(?P<code>{one_of(_CODES)}))(?![\w$€£¥])"
    rf"|{SPACE}?(?P<country>{COUNTRY})(?![\w$€£¥]|{SPACE}?\d)"
    rf"|{SPACE}(?P<name>(?:US|U\.S\.|Canadian|Australian|American)(?:{SPACE}dollars?)?)(?=[,;:)]|\.(?:\s|\Z)|\Z))"
)


# prefixes that may stand apart from their sign: "US $5m"; the others are words of their own
_APART = frozenset("US U.S. USD CA Can CDN Cdn CAD AU Aus AUD NZ NZD HK HKD SG SGD NTD MXN".split())
# a capital A within a sentence is no article
_GOES_ON = re.compile(r"[\w,(][ \u00a0]\Z")
# a word that lost the space before the sign: "worth$5 million"
_GLUED_WORD = re.compile(rf"(?<!{LETTER})[a-z]{{2,}}\Z")


# currencies that print the sign $, which a code after the amount may name
_DOLLARS = frozenset(PREFIXES.values()) - {"GBP", "EGP", "LBP", "SYP", "JPY", "CNY", "GHS", "TOP"}


class Meaning(NamedTuple):
    """Candidates in order of likelihood and what they rest on; the span may reach further."""

    candidates: tuple[str, ...]
    basis: str
    start: int
    end: int


def of_prefixed(text: str, start: int, end: int, cue: Cue) -> Meaning | None:
    """The currency of a sign or code before a number; None when letters before it refuse it."""
    if cue.kind == "code":
        return Meaning(cue.candidates, "code", start, end)
    if cue.kind == "long sign":
        basis = "ambiguous" if len(cue.candidates) > 1 else "prefix"
        return Meaning(cue.candidates, basis, start, end)
    if cue.kind != "sign":
        return _named(text, start, end, cue, cue.candidates)
    return _of_sign(text, start, end, cue)


def _of_sign(text: str, start: int, end: int, cue: Cue) -> Meaning | None:
    """The currency of a sign before a number, with the letters before it: "$", "US$", "US $"."""
    before = text[start - 1] if start else " "
    if before.isalpha() or before == ".":
        match = PREFIX.search(text, max(0, start - 5), start)
        if match is not None and (code := PREFIXES[match.group()]) and _fits(code, cue):
            if text[max(0, match.start() - 1) : match.start()] == "$":
                return None  # "$A$1": a cell of a spreadsheet
            return Meaning((code,), "prefix", match.start(), end)
        if before.isalpha() and not _GLUED_WORD.search(text, max(0, start - 12), start):
            return None  # letters of an unknown kind: which currency is open
    elif before == " ":
        apart = _with_prefix_apart(text, start, end, cue)
        if apart is not None:
            return apart
    basis = "sign" if len(cue.candidates) == 1 else "ambiguous"
    return Meaning(cue.candidates, basis, start, end)


def _with_prefix_apart(text: str, start: int, end: int, cue: Cue) -> Meaning | None:
    """The currency of a sign with a prefix and a space before it: "US $5m"."""
    match = PREFIX.search(text, max(0, start - 5), start - 1)
    if match is None:
        return None
    prefix = match.group()
    # "C $ 4 million" in texts cut into tokens; "A $ 4 million gift" has an article
    token = text[end : end + 1] == " " and (
        prefix == "C"
        or (prefix == "A" and bool(_GOES_ON.search(text, max(0, match.start() - 2), match.start())))
    )
    if not token and (len(prefix) == 1 or prefix not in _APART):
        return None
    before = text[max(0, match.start() - 4) : match.start()].lower()
    if before == "the " and len(prefix) < 3:  # "the US $5m programme"
        return None
    code = PREFIXES[prefix]
    return Meaning((code,), "prefix", match.start(), end) if _fits(code, cue) else None


def prefix_before(text: str, start: int, cue: Cue) -> tuple[int, str] | None:
    """The prefix glued before a sign that follows its number ("100 US$"): start and currency.

    One letter alone is mostly a scale there ("12 B$", "8 M€").
    """
    match = PREFIX.search(text, max(0, start - 5), start)
    if match is None or (len(match.group()) == 1 and match.group() not in "AC"):
        return None
    code = PREFIXES[match.group()]
    return (match.start(), code) if _fits(code, cue) else None


def _fits(code: str, cue: Cue) -> bool:
    """A prefix belongs to its own sign: dollar-like ones to $, GB to £."""
    if cue.word in "£￡":
        return code in ("GBP", "EGP", "LBP", "SYP")
    if cue.word in "¥￥":
        return code in ("JPY", "CNY")
    if cue.word not in "$＄﹩":
        return code in cue.candidates
    return code not in ("GBP", "EGP", "LBP", "SYP", "JPY", "CNY", "GHS", "EUR")


def of_suffixed(text: str, start: int, end: int, cue: Cue, adjective: str | None) -> Meaning:
    """The currency of a sign, code or word after a number, with the adjective before the word."""
    if cue.kind == "code":
        return Meaning(cue.candidates, "code", start, end)
    if cue.kind == "long sign":
        return Meaning(cue.candidates, "prefix", start, end)
    if cue.kind == "sign":
        basis = "sign" if len(cue.candidates) == 1 else "ambiguous"
        return Meaning(cue.candidates, basis, start, end)
    if "GBP" in cue.candidates and text[end : end + 9].lower() == " sterling":
        return Meaning(("GBP",), "name", start, end + 9)
    if adjective is not None:
        chosen = tuple(code for code in ADJECTIVES[adjective] if code in cue.candidates)
        chosen = chosen or (ADJECTIVES[adjective] if cue.candidates == ("USD",) else ())
        if chosen:
            return Meaning(chosen, "name" if len(chosen) == 1 else "ambiguous", start, end)
    return _named(text, start, end, cue, cue.candidates)


def _named(text: str, start: int, end: int, cue: Cue, candidates: tuple[str, ...]) -> Meaning:
    if len(candidates) == 1:
        return Meaning(candidates, "name", start, end)
    if cue.named:
        present = _present(text, start, end)
        candidates = tuple(sorted(candidates, key=lambda code: code not in present))
    return Meaning(candidates, "ambiguous", start, end)


def _present(text: str, start: int, end: int) -> frozenset[str]:
    """Currencies of the places that the sentence around ``start`` and ``end`` names."""
    offset = max(0, start // _BLOCK * _BLOCK - _SENTENCE)
    places, stops = _evidence(text[offset : (end // _BLOCK + 1) * _BLOCK + _SENTENCE])
    if not places:
        return frozenset()
    low = max(0, start - _SENTENCE)
    high = end + _SENTENCE
    for begin, after in stops:
        if low <= begin + offset and after + offset <= start:
            low = after + offset
        elif begin + offset >= end:
            high = min(high, begin + offset)
            break
    return frozenset(
        code for first, last, code in places if low <= first + offset and last + offset <= high
    )


@lru_cache(maxsize=32)
def _evidence(
    window: str,
) -> tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, int], ...]]:
    """Places and ends of sentences in a window; amounts of one row share a window."""
    places = tuple(
        (*match.span(), _CODE_OF_PLACE[match.group()]) for match in _PLACES.finditer(window)
    )
    return places, tuple(match.span() for match in _SENTENCE_END.finditer(window))


def decided_after(text: str, end: int, meaning: Meaning) -> Meaning:
    """An ambiguous sign that a code or a nationality after the amount decides."""
    if meaning.basis != "ambiguous":
        return meaning
    match = _FOLLOWS.match(text, end)
    if match is None:
        return meaning
    if (country := match["country"]) is not None:
        code = PREFIXES.get(country, "CAD")
        glued = match.end() - end == len(country)
        # "49,95 $ CA par mois" is French; "5$ US officials" is not
        signed = text[end - 1] in "$＄﹩" and text[end - 2] in SPACES
        closed = (text[match.end() : match.end() + 1] or ".") in ".,;:)"
        if code in meaning.candidates and (glued or signed or closed):
            return Meaning((code,), "prefix", meaning.start, match.end())
        return meaning
    if (code := match["code"] or match["bracketed"]) is not None:
        dollars = "USD" in meaning.candidates and code in _DOLLARS
        if dollars or code in meaning.candidates:
            return Meaning((code,), "code", meaning.start, match.end())
        return meaning
    chosen = ADJECTIVES[re.split(r"\s", match["name"])[0]][0]
    if chosen in meaning.candidates:
        return Meaning((chosen,), "name", meaning.start, match.end("name"))
    return meaning
