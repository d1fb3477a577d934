"""The number that stands before a currency: in digits or in words, and what joins the two."""

from __future__ import annotations

import re

from rates.amounts import SPACES

from .counted import COUNTED, COUNTED_WORDS, counted
from .lexicon import ADJECTIVE, ADJECTIVES, BREAK, GAP, HYPHEN, SCALES, Cue
from .numerals import ELEMENT, NOT_INSIDE, Number, number_of
from .spelled import LAST_WORDS, WORDS, number_in_words

# "12,- zł", "5.000,-- EUR", "1 299:-": a dash in the place of the decimals
_ROUND = r"(?:[,.:][-–—]{1,2})?"
# between a number and the currency word after it: "million of US ", "-", " "
_JOINER = (
    rf"((?:{HYPHEN}|{GAP}(?:(?:of|de|di|de los|in)(?={BREAK}){BREAK}|d['’])?+)"
    rf"(?:({ADJECTIVE})(?:{BREAK}|{HYPHEN}))?)"
)
_BEFORE = re.compile(rf"{NOT_INSIDE}{ELEMENT}(?:{_ROUND}|\+(?=\s)){_JOINER}\Z")
_WORDS_BEFORE = re.compile(rf"({WORDS.pattern}){_JOINER}\Z")
_COUNTED_BEFORE = re.compile(rf"{COUNTED.pattern}{_JOINER}\Z")
# a number in words is longer than one in digits: "twelve million four hundred and fifty-six …"
_WORDS_WINDOW = 140
_LAST_DIGIT = re.compile(r"[\d½¼¾][^\d½¼¾]*\Z")
_DIGITS = "0123456789½¼¾/.,'\u2019" + SPACES
_LAST_WORD = re.compile(r"[^\W_]+\Z")
# what may end the text before a currency word, in lower case: a scale, a numeral, an adjective
_LAST_WORDS = frozenset(
    [
        *(re.split(r"[\W_]+", word.rstrip("."))[-1].lower() for word in (*SCALES, *ADJECTIVES)),
        *(word.lower() for word in (*LAST_WORDS, *COUNTED_WORDS)),
        *("of", "de", "di", "los", "d", "in"),
    ]
)
_TOKENS = re.compile(r"[^\W\d_]+")
_NUMERALS = frozenset(word.lower() for word in (*LAST_WORDS, *COUNTED_WORDS)) - {"of"}
_ROMANCE = re.compile(rf"{BREAK}d(?:[ei]\b|['’])")
SUFFIX_JOINER = re.compile(_JOINER)
# characters that may stand between a number and its currency word
_JOINING = f"{SPACES}\t\r\n-\u2010\u2011'\u2019,.:–—+"


def number_behind(
    text: str, low: int, start: int, cue: Cue, last: int = 0
) -> tuple[Number, str, str | None] | None:
    """The number that ends before ``start``, what joins it to the cue, and an adjective there.

    It begins after ``low``; only a number in many words may begin earlier, after ``last``.

    >>> from calc.figures.lexicon import CUES
    >>> number, joiner, adjective = number_behind("5 million US dollars", 0, 13, CUES["dollars"])
    >>> str(number.value), joiner, adjective
    ('5', ' US ', 'US')
    """
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
            continental = "\x7f" < text[start] < "\u0530" and cue.kind == "noun"
            number = number_of(match, continental=continental)
            return None if number is None else (number, match.group(3), match.group(4))
    return _words_behind(text, low, start, last)


def _words_behind(
    text: str, low: int, start: int, last: int
) -> tuple[Number, str, str | None] | None:
    """A number in words that ends before ``start``: "half a billion", "eine Million"."""
    tokens = _TOKENS.findall(text[low:start].lower())
    if not _NUMERALS.intersection(tokens[-6:]):
        return None
    low = max(last, start - _WORDS_WINDOW)
    match = _COUNTED_BEFORE.search(text, low, start)
    number = None if match is None else counted(text, low, match)
    if match is not None and number is not None:
        return number, match.group(3), match.group(4)
    match = _WORDS_BEFORE.search(text, low, start)
    if match is None:
        return None
    joiner = match.group(2)
    hyphen = joiner[:1] in ("-", "\u2010", "\u2011")
    begin, end = match.span(1)
    number = number_in_words(text, begin, end, hyphen=hyphen)
    at = text.rfind(" and ", begin, end)
    begin = max(begin, text.rfind(", ", begin, end if at < 0 else at) + 1)
    if number is None and at < 0:
        number = number_in_words(text, begin, end, hyphen=hyphen)
    elif number is None and number_in_words(text, begin, at, hyphen=False):
        # "between five and six billion euros": two numbers in one run of words
        number = number_in_words(text, at + 5, end, hyphen=hyphen)
    if number is None or (number.low is not None and _ROMANCE.match(joiner)):
        return None  # "vingt millions d'euros": how many is said in another language
    return number, joiner, match.group(3)
