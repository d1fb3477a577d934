"""One amount: a number with the currency before or after it, and the figure that it makes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import SPACES

from . import currencies, exchange, qualifiers, refusals
from .currencies import Meaning
from .figure import Figure
from .lexicon import (
    ADJECTIVE,
    ADJECTIVES,
    BREAK,
    GAP,
    HYPHEN,
    SCALE,
    SCALES,
    SPACE,
    Cue,
    scale_in_word,
)
from .numerals import ELEMENT, NOT_INSIDE, Number, number_of
from .spelled import LAST_WORDS, ONE, ONE_WORDS, WORDS, number_in_words, one_of_scale

# No amount in print is longer than this on one side of its currency.
WINDOW = 60
# What may not follow a number directly: it would be part of a word, a percentage, a fraction.
NOT_GLUED = rf"(?![^\W_]|[%‰°²³])(?!{SPACE}?(?:%|percent|per cent))"
AFTER = re.compile(rf"[.:]?{SPACE}{{0,2}}{ELEMENT}")
# "$.75": no digit before the point
_BARE_POINT = re.compile(rf"{SPACE}?(\.\d{{1,2}})(?!\d)(?:{GAP}({SCALE}))?+")
# "12,- zł", "5.000,-- EUR", "1 299:-": a dash in the place of the decimals
_ROUND = r"(?:[,.:][-–—]{1,2})?"
# between a number and the currency word after it: "million of US ", "-", " "
_JOINER = (
    rf"({HYPHEN}|{GAP}(?:(?:of|de|di|de los|in)(?={BREAK}){BREAK}|d['’])?+"
    rf"(?:({ADJECTIVE})(?:{BREAK}|{HYPHEN}))?)"
)
_BEFORE = re.compile(rf"{NOT_INSIDE}{ELEMENT}{_ROUND}{_JOINER}\Z")
_WORDS_BEFORE = re.compile(rf"({WORDS.pattern}){_JOINER}\Z")
_ONE_BEFORE = re.compile(rf"{ONE.pattern}{_JOINER}\Z")
_LAST_DIGIT = re.compile(r"[\d½¼¾][^\d½¼¾]*\Z")
_DIGITS = "0123456789½¼¾/.,'\u2019" + SPACES
_LAST_WORD = re.compile(r"[^\W_]+\Z")
# what may end the text before a currency word, in lower case: a scale, a numeral, an adjective
_LAST_WORDS = frozenset(
    [
        *(re.split(r"[\W_]+", word.rstrip("."))[-1].lower() for word in (*SCALES, *ADJECTIVES)),
        *(word.lower() for word in (*LAST_WORDS, *ONE_WORDS)),
        *("of", "de", "di", "los", "d", "in"),
    ]
)
_TOKENS = re.compile(r"[^\W\d_]+")
_NUMERALS = frozenset(word.lower() for word in (*LAST_WORDS, *ONE_WORDS)) - {"of"}
UNGLUED = re.compile(NOT_GLUED)
# "EUR 10 (ten) million", "$5-plus million": the scale does not follow the number
_SCALE_APART = re.compile(rf"(?:{SPACE}?\([^\W\d_][^()\d]{{1,40}}\)|-plus|-odd|\+){SPACE}{SCALE}")
_SCALE_AHEAD = re.compile(rf"{SPACE}{SCALE}")
SUFFIX_JOINER = re.compile(_JOINER)
# characters that may stand between a number and its currency word
_JOINING = f"{SPACES}\t\r\n-\u2010\u2011'\u2019,.:–—"
# "20 dollars and 5 cents", "five pounds fifty pence": the rest of an amount in its minor unit
_MINOR = re.compile(
    rf",?{BREAK}(?:and{BREAK})?(?:(\d{{1,2}})|({WORDS.pattern})){BREAK}"
    r"(?:cents?|pence|paise|kopecks|kopiykas|копійок|копеек|Cent)(?![\w-])"
)


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
    if match is None:
        return None
    if text[end] == "." and cue.kind != "short":
        return None  # "€.5.2": the point belongs to the number
    number = _with_power(number_of(match), text[start:end])
    if number is None:
        return None
    return _ahead(text, start, end, cue, number)


def amount_after_point(text: str, start: int, end: int, cue: Cue) -> Amount | None:
    """The amount of a sign before a number without whole digits: "$.75", "$.5 billion"."""
    match = _BARE_POINT.match(text, end)
    if match is None:
        return None
    scale = Decimal(1) if match.group(2) is None else SCALES[match.group(2)]
    if not scale or (scale == 1 and len(match.group(1)) != 3):
        return None
    stop = match.end(1) if match.group(2) is None else match.end(2)
    digits = match.group(1)
    number = Number(match.start(1), stop, digits, Decimal("0" + digits), scale)
    return _ahead(text, start, end, cue, number)


def _ahead(text: str, start: int, end: int, cue: Cue, number: Number) -> Amount | None:
    """The amount of a cue and the number after it, unless something refuses it."""
    if not _fits_ahead(text, start, end, cue, number):
        return None
    meaning = currencies.of_prefixed(text, start, end, cue)
    if meaning is None or (meaning.start != start and refusals.minus(text, meaning.start)):
        return None
    meaning = currencies.decided_after(text, number.end, meaning)
    stop = max(number.end, meaning.end)
    if exchange.rate(text, meaning.start, stop, number):
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
        if _SCALE_APART.match(text, number.end):
            return False
    if cue.kind == "code" and refusals.slashed(text, start, end):
        return False
    if cue.word == "R" and end != number.start and number.scale == 1 and not number.priced:
        return False
    return refusals.big(cue, number)


def amount_behind(text: str, start: int, end: int, cue: Cue, last: int) -> Amount | None:
    """A sign, code or word after its number: "10 million euros", "120 MEUR", "half a billion $"."""
    found = _number_behind(text, max(last, start - WINDOW), start, cue)
    if found is None:
        return None
    number, joiner, adjective = found
    if not _fits_behind(text, start, end, cue, number, joiner, adjective):
        return None
    powered = _with_power(number, text[start:end])
    if powered is None:
        return None
    number = powered
    meaning = currencies.of_suffixed(text, start, end, cue, adjective)
    if number.scale == 1 and number.low is None:
        whole = _with_minor(text, number, meaning)
        if whole is not None:
            return whole
    if exchange.rate(text, number.start, meaning.end, number) or refusals.minus(text, number.start):
        return None
    return Amount(number, meaning, number.start, meaning.end)


def _number_behind(
    text: str, low: int, start: int, cue: Cue
) -> tuple[Number, str, str | None] | None:
    """The number that ends before ``start``, what joins it to the cue, and an adjective there."""
    before = text[max(low, start - 24) : start].rstrip(_JOINING)
    if not before:
        return None
    if not before[-1].isnumeric():
        # cheap, because most signs and words have no number before them
        word = _LAST_WORD.search(before)
        if word is None:
            return None
        ending = word.group()
        if ending.lower() not in _LAST_WORDS and not ending[0].isdecimal():
            return None
    chunk = text[low:start]
    digit = _LAST_DIGIT.search(chunk)
    if digit is not None:
        first = low + len(chunk[: digit.start() + 1].rstrip(_DIGITS))
        match = _BEFORE.search(text, first, start)
        if match is not None:
            continental = not text[start].isascii() and cue.kind == "noun"
            number = number_of(match, continental=continental)
            return None if number is None else (number, match.group(3), match.group(4))
    return _words_behind(text, low, start)


def _words_behind(text: str, low: int, start: int) -> tuple[Number, str, str | None] | None:
    """A number in words that ends before ``start``: "half a billion", "eine Million"."""
    tokens = _TOKENS.findall(text[low:start].lower())
    if not _NUMERALS.intersection(tokens[-6:]):
        return None
    match = _WORDS_BEFORE.search(text, low, start)
    number: Number | None
    if match is not None:
        joiner = match.group(2)
        hyphen = joiner[:1] in ("-", "\u2010", "\u2011")
        begin, end = match.span(1)
        number = number_in_words(text, begin, end, hyphen=hyphen)
        at = text.rfind(" and ", begin, end)
        if number is None and at > 0 and number_in_words(text, begin, at, hyphen=False):
            # "between five and six billion euros": two numbers in one run of words
            number = number_in_words(text, at + 5, end, hyphen=hyphen)
        if number is not None:
            return number, joiner, match.group(3)
    match = _ONE_BEFORE.search(text, low, start)
    if match is None or text[max(0, match.start() - 2) : match.start()].strip().isdecimal():
        return None
    number = one_of_scale(match)
    return None if number is None else (number, match.group(3), match.group(4))


def _with_minor(text: str, number: Number, meaning: Meaning) -> Amount | None:
    """The amount with its cents: "20 dollars and 5 cents", "five pounds fifty pence"."""
    match = _MINOR.match(text, meaning.end)
    if match is None or number.value != number.value.to_integral_value():
        return None
    if match.group(1) is not None:
        cents = Decimal(match.group(1))
    else:
        spelled = number_in_words(text, *match.span(2), hyphen=False)
        if spelled is None or spelled.low is not None or spelled.value * spelled.scale >= 100:
            return None
        cents = spelled.value * spelled.scale
    value = number.value + cents / 100
    whole = number._replace(value=value, digits=f"{value:.2f}", other=None)
    return Amount(whole, meaning, number.start, match.end())


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
    if cue.needs == "money" and _MINOR.match(text, end):
        return True
    return not refusals.unit(
        text, cue, start, end, number, adjective=adjective is not None, joined=hyphen
    )


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
