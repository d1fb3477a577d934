"""One amount: a number with the currency before or after it, unless something refuses it."""

from __future__ import annotations

import re
from decimal import Decimal

from rates.amounts import SPACES

from . import currencies, exchange, refusals
from .amount import Amount
from .behind import number_behind
from .compound import with_greater, with_scale_after_words, with_smaller
from .currencies import Meaning
from .lexicon import (
    BREAK,
    GAP,
    SCALE,
    SCALES,
    SPACE,
    Cue,
    scale_in_word,
)
from .numerals import ELEMENT, NOT_GLUED, NOT_INSIDE, Number, number_of
from .spelled import WORDS, number_in_words

# No amount in print is longer than this on one side of its currency.
WINDOW = 60
AFTER = re.compile(rf"[.:]?{SPACE}{{0,2}}{ELEMENT}")
# "$.75": no digit before the point
_BARE_POINT = re.compile(rf"{SPACE}?(\.\d{{1,2}})(?!\d|\.\d)(?:{GAP}({SCALE}))?+")
_WORDS_AFTER = re.compile(rf"{SPACE}({WORDS.pattern})")
UNGLUED = re.compile(NOT_GLUED)
# "EUR 10 (ten) million", "$5-plus million": the scale does not follow the number
_SCALE_APART = re.compile(rf"(?:{SPACE}?\([^\W\d_][^()\d]{{1,40}}\)|-plus|-odd|\+){SPACE}{SCALE}")
_SIZE = re.compile(r"(?i:\bsize:? ?)\Z")
_PART_OF = re.compile(r"\b(?:of|in|de)\b")
_SCALE_AHEAD = re.compile(rf"{SPACE}{SCALE}")
# "12 USD mn", "1.2 $bn", "12 €m": the scale stands behind the currency
_SCALE_BEHIND = re.compile(rf"{SPACE}?({SCALE})(?!{SPACE}of\b)")
# "5 billion 2021 dollars", "12 million in constant 2010 US$": the year of the prices in between
_IN_PRICES_OF = re.compile(
    rf"{NOT_INSIDE}{ELEMENT}{BREAK}(?:in{BREAK})?"
    rf"(?:(?:constant|real|fixed|current|chained|inflation-adjusted){BREAK})?\Z"
)
# "20 dollars and 5 cents", "five pounds fifty pence": the rest of an amount in its minor unit
_CENTS = (
    r"cents?|pence|p|paise|kopecks|kopiykas|копійок|копеек|копейки|копійки|groszy|grosze|öre|øre",
    r"centavos|centimes|céntimos|centesimi|rappen|bani|agorot|piastres|stotinki",
)
_MINOR = re.compile(
    rf",?{BREAK}(?:(?:and|und|et|y|con|e|och|og|i|и|та|і){BREAK})?"
    rf"(?:(\d{{1,2}})(?:{BREAK}|(?=p\b))|({WORDS.pattern}){BREAK})"
    rf"(?i:{'|'.join(_CENTS)})(?![\w-])"
)


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
    number = with_power(number_of(match), text[start:end])
    if number is None:
        return None
    after = text[number.end : number.end + 2]
    if after[:1] == " " and (after[1:].isdigit() or after[1:] == "("):
        number = with_scale_after_words(text, with_smaller(text, number))
    return _ahead(text, start, end, cue, number)


def amount_after_point(text: str, start: int, end: int, cue: Cue) -> Amount | None:
    """The amount of a sign before a number without whole digits: "$.75", "$.5 billion"."""
    match = _BARE_POINT.match(text, end)
    if match is None:
        return None
    scale = Decimal(1) if match.group(2) is None else SCALES[match.group(2)]
    if not scale:
        return None
    stop = match.end(1) if match.group(2) is None else match.end(2)
    digits = match.group(1)
    number = Number(match.start(1), stop, digits, Decimal("0" + digits), scale)
    return _ahead(text, start, end, cue, number)


def amount_of_words_ahead(text: str, start: int, end: int, cue: Cue) -> Amount | None:
    """The amount of a code or sign before a number in words: "USD three billion"."""
    match = _WORDS_AFTER.match(text, end) if cue.kind in ("code", "sign") else None
    if match is None:
        return None
    number = number_in_words(text, *match.span(1), hyphen=False)
    if number is None or number.low is not None or number.scale < 1000:
        return None  # "USD a", "EUR one of": no sum is written so
    return _ahead(text, start, end, cue, number)


def amount_after_bracket(text: str, start: int, end: int, cue: Cue) -> Amount | None:
    """The amount of a currency that is named and then abbreviated: "rufiyaa (MVR) 2.25 billion"."""
    if cue.kind != "code" or text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return None
    match = AFTER.match(text, end + 1)
    number = number_of(match) if match is not None else None
    if number is None or (number.scale == 1 and (number.value < 1000 or number.yearlike)):
        return None  # "the euro (EUR) 1.08": a rate
    ahead = _ahead(text, start, end, cue, number)
    return None if ahead is None else ahead._replace(start=start - 1)


def _ahead(text: str, start: int, end: int, cue: Cue, number: Number) -> Amount | None:
    """The amount of a cue and the number after it, unless something refuses it."""
    if not _fits_ahead(text, start, end, cue, number):
        return None
    meaning = currencies.of_prefixed(text, start, end, cue)
    if meaning is None or (meaning.start != start and refusals.minus(text, meaning.start)):
        return None
    meaning = currencies.decided_after(text, number.end, meaning)
    stop = max(number.end, meaning.end)
    if number.scale == 1 and text[stop : stop + 1] in (" ", "\u00a0"):
        whole = _with_minor(text, number, meaning, stop)
        if whole is not None:
            return whole
    if exchange.rate(text, meaning.start, stop, number):
        return None
    return Amount(number, meaning, meaning.start, stop)


def with_power(number: Number | None, word: str) -> Number | None:
    """``number`` with the scale that the currency word carries (MEUR); two scales are refused."""
    power = scale_in_word(word)
    if number is None or not power:
        return number
    return number._replace(scale=Decimal(10) ** power) if number.scale == 1 else None


def _fits_ahead(text: str, start: int, end: int, cue: Cue, number: Number) -> bool:
    """Whether a currency cue and the number after it make an amount and nothing else."""
    if not UNGLUED.match(text, number.end) or refusals.minus(text, start):
        return False
    if refusals.compound(text, number) or refusals.fraction(text, number):
        return False
    if refusals.broken(text, number, ahead=True):
        return False
    if number.scale == 1 and _names_no_sum(text, start, cue, number):
        return False
    if cue.kind == "code" and refusals.slashed(text, start, end):
        return False
    if cue.kind == "long sign" and scale_in_word(cue.word) and end == number.start:
        return False  # "$m1" is a variable, "$m 120" an amount
    if cue.needs == "big" and number.yearlike and end != number.start:
        return False  # "RM 2020": a room, a model
    if cue.word == "R" and end != number.start and number.scale == 1:
        return _rand_apart(text, start, end, number)
    return refusals.big(text, cue, number)


def _names_no_sum(text: str, start: int, cue: Cue, number: Number) -> bool:
    """Whether a bare number after a cue is no amount: a year, a size, an account, a variable."""
    if cue.kind == "noun" or (cue.kind == "code" and number.yearlike):
        return True
    if refusals.row_of_digits(text, number) or refusals.placeholder(text, start, number):
        return True
    if _SCALE_APART.match(text, number.end):
        return True
    small_code = cue.kind == "code" and number.value < 100
    return small_code and _SIZE.search(text, max(0, start - 7), start) is not None  # of shoes


def _rand_apart(text: str, start: int, end: int, number: Number) -> bool:
    """Whether a bare number after "R " is rand: "R 12,99" and "R 1 500", but not "GOST R 34.11",
    "48 C.F.R. 2.101" or "R 1500".
    """
    if text[max(0, start - 3) : start].strip().isupper() or "." in text[start : end + 1]:
        return False
    grouped = number.value >= 1000 and not number.digits.isdecimal() and "." not in number.digits
    return number.priced or grouped


def _prefixed_behind(text: str, start: int, cue: Cue) -> tuple[int, str] | None:
    """Where the letters before a sign begin that stands behind its number, and what they mean."""
    if cue.kind != "sign" or start < 2 or not text[start - 1].isalpha():
        return None
    return currencies.prefix_before(text, start, cue)


def amount_behind(text: str, start: int, end: int, cue: Cue, last: int) -> Amount | None:
    """A sign, code or word after its number: "10 million euros", "120 MEUR", "half a billion $"."""
    sign = start
    prefix = _prefixed_behind(text, start, cue)
    if prefix is not None:
        start = prefix[0]
    found = number_behind(text, max(last, start - WINDOW), start, cue, last)
    if (
        found is None
        and text[max(last, start - 2) : start].lower() == "a "
        and _MINOR.match(text, end)
    ):
        article = Number(start - 2, start - 1, "a", Decimal(1), Decimal(1))
        found = article, " ", None  # "a dollar and twenty cents"
    if found is None:
        return None
    if found[0].yearlike:
        in_prices = _in_prices_of(text, start, end, cue, last, found)
        if in_prices is not None:
            return in_prices
    return _of_found(text, (start, sign, end), cue, last, found, prefix)


def _of_found(
    text: str,
    span: tuple[int, int, int],
    cue: Cue,
    last: int,
    found: tuple[Number, str, str | None],
    prefix: tuple[int, str] | None,
) -> Amount | None:
    """The amount of a number found before a cue, if it makes one.

    ``span`` is where the cue begins with its prefix, where without, and where it ends.
    """
    start, sign, end = span
    number, joiner, adjective = found
    number = _without_whole(text, number)
    if number.low is None and text[number.start - 1 : number.start] == " ":
        number = with_greater(text, last, number)
    if not _fits_behind(text, start, end, cue, number, joiner, adjective):
        return None
    powered = with_power(number, text[sign:end])
    if powered is None:
        return None
    meaning = currencies.of_suffixed(text, start, end, cue, adjective)
    if prefix is not None:
        meaning = Meaning((prefix[1],), "prefix", start, end)
    elif cue.kind == "sign":
        meaning = currencies.decided_after(text, end, meaning)
    number, meaning = _with_scale_behind(text, cue, powered, meaning)
    if number.low is None and (number.scale == 1 or number.digits[:1].isalpha()):
        whole = _with_minor(text, number, meaning, meaning.end)
        if whole is not None:
            return whole
    if exchange.rate(text, number.start, meaning.end, number) or refusals.minus(text, number.start):
        return None
    return Amount(number, meaning, number.start, meaning.end)


def _in_prices_of(
    text: str, start: int, end: int, cue: Cue, last: int, found: tuple[Number, str, str | None]
) -> Amount | None:
    """The amount before the year of its prices: 5 billion in "5 billion 2021 dollars".

    The year and the word stay outside the figure: they say what the amount is measured in.
    """
    year, _, adjective = found
    match = _IN_PRICES_OF.search(text, max(last, year.start - WINDOW), year.start)
    number = number_of(match) if match is not None else None
    if number is None or number.scale == 1:
        return None
    meaning = currencies.of_suffixed(text, start, end, cue, adjective)
    return Amount(number, meaning, number.start, number.end)


def _without_whole(text: str, number: Number) -> Number:
    """A comma with no digit before it begins the decimals: ",75 EUR" is 0.75."""
    before = text[max(0, number.start - 2) : number.start]
    if number.scale != 1 or len(number.digits) != 2 or not number.digits.isdecimal():
        return number
    if before[-1:] != "," or before[:-1].strip(SPACES + "(\n"):
        return number
    digits = "0." + number.digits
    return number._replace(start=number.start - 1, digits=digits, value=Decimal(digits))


def _with_scale_behind(
    text: str, cue: Cue, number: Number, meaning: Meaning
) -> tuple[Number, Meaning]:
    """Number and currency with the scale that stands behind both: "12 USD mn", "1.2 $bn"."""
    moved = _SCALE_BEHIND.match(text, meaning.end) if _signed(cue) else None
    scale = SCALES[moved.group(1)] if moved is not None and number.scale == 1 else None
    if moved is None or not scale:
        return number, meaning
    return number._replace(scale=scale), meaning._replace(end=moved.end())


def _with_minor(text: str, number: Number, meaning: Meaning, end: int) -> Amount | None:
    """The amount with its cents: "20 dollars and 5 cents", "five pounds fifty pence"."""
    match = _MINOR.match(text, end)
    major = number.value * number.scale
    if match is None or major != major.to_integral_value():
        return None
    if match.group(1) is not None:
        cents = Decimal(match.group(1))
    else:
        spelled = number_in_words(text, *match.span(2), hyphen=False)
        if spelled is None or spelled.low is not None or spelled.value * spelled.scale >= 100:
            return None
        cents = spelled.value * spelled.scale
    value = major + cents / 100
    whole = number._replace(value=value, digits=f"{value:.2f}", scale=Decimal(1), other=None)
    return Amount(whole, meaning, min(number.start, meaning.start), match.end())


def _fits_behind(
    text: str, start: int, end: int, cue: Cue, number: Number, joiner: str, adjective: str | None
) -> bool:
    """Whether number, joiner and currency word make an amount and nothing else."""
    hyphen = joiner[:1] in ("-", "\u2010", "\u2011")
    scaled = number.scale != 1 or number.low is not None
    if not scaled and _bare_apart(text, end, cue, number, joiner):
        return False
    if cue.kind == "sign" and (hyphen or text[end : end + 1] in ("{", "(", "1")):
        return False
    if cue.kind == "code" and (hyphen or refusals.slashed(text, start, end) or _recent(number)):
        return False
    if refusals.number(text, number) or not refusals.big(text, cue, number):
        return False
    if refusals.compound(text, number) or refusals.fraction(text, number):
        return False
    if refusals.broken(text, number, ahead=False):
        return False
    if cue.needs in ("money", "plural-or-hyphen") and _MINOR.match(text, end):
        return True
    return not refusals.unit(
        text, cue, start, end, number, adjective=adjective is not None, joined=hyphen
    )


def _bare_apart(text: str, end: int, cue: Cue, number: Number, joiner: str) -> bool:
    """Whether a number without a scale does not belong to the currency word after it."""
    if cue.kind != "noun" and "\n" in joiner:
        return True  # a code on the next line begins something else
    if _PART_OF.search(joiner):
        return True
    if cue.kind == "sign" and number.digits[:1].isalpha():
        return True  # "one of $names"
    # "20 EUR thousands of people", "100 dollars million"
    moved = _SCALE_AHEAD.match(text, end) is not None
    behind = _SCALE_BEHIND.match(text, end) if _signed(cue) else None
    return moved and (behind is None or not SCALES[behind.group(1)])


def _signed(cue: Cue) -> bool:
    """Whether a scale may stand behind the cue: a sign or a short form, no word."""
    return cue.kind in ("sign", "code", "short")


def _recent(number: Number) -> bool:
    """Whether a number before a code may be a year of the news: "in 2024 EUR"."""
    return number.yearlike and number.value > 1989
