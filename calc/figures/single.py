"""One amount: a number with the currency before or after it, and the figure that it makes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import SPACES

from . import currencies, qualifiers, refusals
from .currencies import Meaning
from .figure import Figure
from .lexicon import ADJECTIVE, BREAK, GAP, HYPHEN, SCALE, SPACE, Cue, scale_in_word
from .numerals import ELEMENT, LAST_WORDS, NOT_INSIDE, WORDS, Number, number_in_words, number_of

# No amount in print is longer than this on one side of its currency.
WINDOW = 60
# What may not follow a number directly: it would be part of a word, a percentage, a fraction.
NOT_GLUED = rf"(?![\w%‰½¼¾°²³])(?!{SPACE}?(?:%|percent|per cent))"
AFTER = re.compile(rf"\.?{SPACE}{{0,2}}{ELEMENT}")
# between a number and the currency word after it: "million of US ", "-", " "
_JOINER = (
    rf"({HYPHEN}|{GAP}(?:(?:of|de|di|de los|in)(?={BREAK}){BREAK}|d['’])?+"
    rf"(?:({ADJECTIVE})(?:{BREAK}|{HYPHEN}))?)"
)
_BEFORE = re.compile(rf"{NOT_INSIDE}{ELEMENT}{_JOINER}\Z")
_WORDS_BEFORE = re.compile(rf"({WORDS.pattern}){_JOINER}\Z")
_LAST_WORD = re.compile(rf"([A-Za-z]+)(?:{GAP}|{HYPHEN})(?:{ADJECTIVE}{GAP})?\Z")
UNGLUED = re.compile(NOT_GLUED)
_SCALE_AHEAD = re.compile(rf"{SPACE}{SCALE}")
SUFFIX_JOINER = re.compile(_JOINER)
# characters that may stand between a number and its currency word
_JOINING = f"{SPACES}\t\r\n-\u2010\u2011'\u2019"


class Amount(NamedTuple):
    """A number with its currency: the span of the figure and what it says."""

    number: Number
    meaning: Meaning
    start: int
    end: int


def amount_ahead(text: str, start: int, end: int, cue: Cue) -> Amount | None:
    """The amount of a sign, code or word before its number: "€10 million", "SEK 16bn", "kr 500".

    >>> from calc.figures.lexicon import CUES
    >>> amount_ahead("€10 million", 0, 1, CUES["€"]).meaning.candidates
    ('EUR',)
    """
    match = AFTER.match(text, end)
    if match is None or (cue.word == "R" and match.start(1) != end):
        return None
    if text[end] == "." and cue.kind != "short":
        return None  # "€.5bn": the point belongs to the number
    number = _with_power(number_of(match), text[start:end])
    if number is None or not _fits_ahead(text, start, end, cue, number):
        return None
    meaning = currencies.of_prefixed(text, start, end, cue)
    if meaning is None or (meaning.start != start and refusals.minus(text, meaning.start)):
        return None
    meaning = currencies.decided_after(text, number.end, meaning)
    stop = max(number.end, meaning.end)
    if refusals.rate(text, meaning.start, stop, number):
        return None
    return Amount(number, meaning, meaning.start, stop)


def _with_power(number: Number | None, word: str) -> Number | None:
    """``number`` with the scale that the currency word carries (MEUR); two scales are refused."""
    power = scale_in_word(word)
    if number is None or not power:
        return number
    return number._replace(scale=Decimal(10) ** power) if number.scale == 1 else None


def _fits_ahead(text: str, start: int, end: int, cue: Cue, number: Number) -> bool:
    """Whether a currency cue and the number after it make an amount and nothing else."""
    if not UNGLUED.match(text, number.end) or refusals.minus(text, start):
        return False
    if number.scale == 1:
        if cue.kind == "noun" or (cue.kind == "code" and number.yearlike):
            return False
        if refusals.row_of_digits(text, number) or refusals.placeholder(text, start, number):
            return False
    if cue.kind == "code" and refusals.slashed(text, start, end):
        return False
    return refusals.big(cue, number)


def amount_behind(text: str, start: int, end: int, cue: Cue, last: int) -> Amount | None:
    """A sign, code or word after its number: "10 million euros", "120 MEUR", "half a billion $"."""
    low = max(last, start - WINDOW)
    before = text[max(0, start - 8) : start].rstrip(_JOINING)[-1:]
    if not before.isalnum() and before != ".":
        return None  # nothing that ends a number: cheap, because most signs have theirs after
    match = _BEFORE.search(text, low, start)
    if match is not None:
        number = number_of(match, continental=not text[start].isascii() and cue.kind == "noun")
        joiner, adjective = match.group(3), match.group(4)
    else:
        ending = _LAST_WORD.search(text, max(low, start - 40), start)
        if ending is None or ending.group(1).lower() not in LAST_WORDS:
            return None
        match = _WORDS_BEFORE.search(text, low, start)
        if match is None:
            return None
        joiner, adjective = match.group(2), match.group(3)
        hyphen = joiner[:1] in "-\u2010\u2011" and joiner != ""
        number = number_in_words(text, *match.span(1), hyphen=hyphen)
    if number is None or not _fits_behind(text, start, end, cue, number, joiner, adjective):
        return None
    number = _with_power(number, text[start:end])
    if number is None:
        return None
    meaning = currencies.of_suffixed(text, start, end, cue, adjective)
    if refusals.rate(text, number.start, meaning.end, number) or refusals.minus(text, number.start):
        return None
    return Amount(number, meaning, number.start, meaning.end)


def _fits_behind(
    text: str, start: int, end: int, cue: Cue, number: Number, joiner: str, adjective: str | None
) -> bool:
    """Whether number, joiner and currency word make an amount and nothing else."""
    scaled = number.scale != 1 or number.low is not None
    if cue.kind != "noun" and not scaled and "\n" in joiner:
        return False  # a code on the next line begins something else
    if re.search(r"\b(?:of|in|de)\b", joiner) and not scaled:
        return False
    hyphen = joiner[:1] in ("-", "\u2010", "\u2011")
    if cue.kind == "sign" and (hyphen or text[end : end + 1] in ("{", "(", "1")):
        return False
    if hyphen and cue.kind == "code":
        return False
    if not scaled and _SCALE_AHEAD.match(text, end):
        return False  # "100 USD million": the scale stands where it should not
    if cue.kind == "code" and (
        refusals.slashed(text, start, end) or (number.yearlike and number.value > 1989)
    ):
        return False
    if refusals.number(text, number) or not refusals.big(cue, number):
        return False
    return not refusals.unit(text, cue, end, number, adjective=adjective is not None, joined=hyphen)


def figure_of(text: str, amount: Amount) -> Figure:
    """The figure of one amount, with its qualifier and bounds."""
    number, meaning, start, end = amount
    qualifier = qualifiers.before(text, start) or qualifiers.after(text, end)
    word = qualifier.word if qualifier else None
    low: Decimal | None
    high: Decimal | None
    value: Decimal | None = units(number.value * number.scale)
    low = high = value
    if number.low is not None:
        value, low, high, word = None, number.low, number.high, "vague"
    if qualifier is not None and qualifier.bound == "low":
        high = None
    elif qualifier is not None and qualifier.bound == "high":
        low = None
    return Figure(
        text[start:end],
        start,
        end,
        low,
        high,
        value,
        meaning.candidates[0],
        meaning.candidates,
        meaning.basis,
        word,
        number.scale,
        number.digits,
        (qualifier.start, qualifier.end) if qualifier else None,
        None if number.other is None else units(number.other * number.scale),
    )


def units(value: Decimal) -> Decimal:
    """The same value without decimals that are zero: 1.5 billion is 1500000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value
