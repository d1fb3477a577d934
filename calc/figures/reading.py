"""Text to figures: a currency anchor, then a small strict parser in a window around it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from calc.intervals import Printed, printed, printed_number
from rates.errors import UsageError

from . import currencies, qualifiers, refusals
from .currencies import Meaning
from .figure import Figure
from .lexicon import (
    ADJECTIVE,
    ANCHOR,
    BREAK,
    CUES,
    DASH,
    GAP,
    HYPHEN,
    LETTER,
    SPACE,
    Cue,
    scale_in_word,
)
from .numerals import ELEMENT, LAST_WORDS, NOT_INSIDE, WORDS, Number, number_in_words, number_of

# No amount in print is longer than this on one side of its currency.
WINDOW = 60
# What may not follow a number directly: it would be part of a word, a percentage, a fraction.
NOT_GLUED = rf"(?![\w%‰½¼¾°²³])(?!{SPACE}?(?:%|percent|per cent))"
_AFTER = re.compile(rf"\.?{SPACE}{{0,2}}{ELEMENT}")
# between a number and the currency word after it: "million of US ", "-", " "
_JOINER = (
    rf"({HYPHEN}|{GAP}(?:(?:of|de|di|de los|in)(?={BREAK}){BREAK}|d['’])?+"
    rf"(?:({ADJECTIVE})(?:{BREAK}|{HYPHEN}))?)"
)
_BEFORE = re.compile(rf"{NOT_INSIDE}{ELEMENT}{_JOINER}\Z")
_WORDS_BEFORE = re.compile(rf"({WORDS.pattern}){_JOINER}\Z")
_LAST_WORD = re.compile(rf"([A-Za-z]+)(?:{GAP}|{HYPHEN})(?:{ADJECTIVE}{GAP})?\Z")
# connectors between two numbers of one range or list
_DASHED = rf"{SPACE}?{DASH}{SPACE}?"
_TO = rf"{BREAK}(?:to|до|bis|à|till|do|iki)(?={SPACE}|\n){BREAK}"
_AND = rf",?{BREAK}(?:and|or|та|и|і|und|et)(?={SPACE}|\n){BREAK}"
_LEFT = re.compile(rf"{NOT_INSIDE}{ELEMENT}(?:({_DASHED})|({_TO})|({_AND})|(,{BREAK}))\Z")
_RIGHT = re.compile(rf"(?:({_DASHED})|({_TO})|({_AND}))")
_RIGHT_LIST = re.compile(rf"(?:(,{BREAK})|({_AND})){ELEMENT}{NOT_GLUED}")
_ELEMENT = re.compile(ELEMENT)
_UNGLUED = re.compile(NOT_GLUED)
_SUFFIX_JOINER = re.compile(_JOINER)
_BETWEEN = re.compile(rf"(?i:between|від|между|zwischen|entre){BREAK}\Z")
_FROM = re.compile(rf"(?i:from|з|від|от|с|von){BREAK}\Z")
# "rose from €5 million to €7 million" is two amounts, not a range
_CHANGE = re.compile(
    r"(?i:\b(?:ris|rose|rais|increas|grew|grow|jump|climb|soar|up\b|boost|doubl|trip|expand|lift|"
    r"fell|fall|drop|declin|decreas|cut|reduc|lower|slash|shrank|shrink|down\b|went|go(?:es|ing)\b|"
    r"chang|revis|upgrad|downgrad|widen|narrow|surg|bump|hik|top))"
)
# things that are counted: "gave €5 to 6 million people" is no range
_COUNTED = re.compile(
    rf"{BREAK}(?:people|persons|households|families|refugees|children|women|men|Ukrainians|"
    r"soldiers|patients|students|pupils|users|homes|residents|recipients|pensioners|citizens|"
    r"tons|tonnes|shells|rounds|drones|vehicles|countries|years|months|days)\b"
)
_ROW = 6  # a list of amounts longer than this is a table


class _Amount(NamedTuple):
    """A number with its currency: the span of the figure and what it says."""

    number: Number
    meaning: Meaning
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """The amounts of money printed in ``text``, in order, without overlap.

    Positions are indices into ``text``. Never raises for any text; what is malformed or may be
    something else (a ticker, an account number, an exchange rate, a weight) gives no figure.

    >>> [(f.text, f.qualifier, str(f.low)) for f in figures("worth over 683 million euros ($763m)")]
    [('683 million euros', 'over', '683000000'), ('$763m', None, '763000000')]
    """
    found: list[Figure] = []
    last = 0
    for match in ANCHOR.finditer(text):
        if match.start() < last:
            continue
        read = _at_cue(text, match.start(), match.end(), CUES[match.group()], last)
        if read:
            found.extend(read)
            last = found[-1].end
    return found


def printed_of(text: str) -> Printed | None:
    """The printed number of a claim's text cell: its first figure or a plain number, else None.

    A range or a vague amount ("tens of millions") has no printed number.

    >>> printed_of("683 million euros")
    Printed(amount=Decimal('683000000'), ulp=Decimal('1000000'))
    """
    read = figures(text)
    if read:
        first = read[0]
        if first.amount is None:
            return None
        return printed(_plain(first.amount / first.scale, first.digits), first.scale)
    try:
        number = printed_number(text)
    except UsageError:
        return None
    return number


def _plain(value: Decimal, digits: str) -> str:
    """``value`` with as many decimals as were printed: "1.50" keeps its zero."""
    tail = re.search(r"[.,](\d+)\Z", digits)
    places = len(tail.group(1)) if tail is not None else 0
    if places and value == value.quantize(Decimal(1).scaleb(-places)):
        exact = f"{value:.{places}f}"
        # a comma before three digits may have divided groups: then there are no decimals
        if exact.replace(".", "").lstrip("0") == re.sub(r"\D", "", digits).lstrip("0"):
            return exact
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _at_cue(text: str, start: int, end: int, cue: Cue, last: int) -> list[Figure]:
    """The figures that belong to the currency cue at ``text[start:end]``."""
    following = text[end : end + 3].lstrip(". \t\u00a0\u202f\u2009\u2007")[:1] if cue.before else ""
    ahead = following.isdigit()
    # "25 $41": a sign or code glued to the next number alone belongs to that one
    mine = ahead and text[end].isdigit() and not text[max(0, start - 1) : start].isalnum()
    behind = _behind(text, start, end, cue, last) if cue.after and not mine else None
    if ahead:
        before = _ahead(text, start, end, cue)
        if behind is None or (
            before is not None and _prefers_ahead(text, start, end, behind, before)
        ):
            return _with_right(text, before, cue, last) if before is not None else []
    return _with_left(text, behind, cue, last) if behind is not None else []


def _prefers_ahead(text: str, start: int, end: int, behind: _Amount, before: _Amount) -> bool:
    """Which of the numbers on both sides of a cue is the amount, as in "In 2025 EUR 10 million"."""
    glued_ahead = before.number.start == end
    glued_behind = behind.number.end == start
    if glued_ahead != glued_behind:
        return glued_ahead
    if (behind.number.scale == 1) != (before.number.scale == 1):
        return behind.number.scale == 1
    if behind.number.yearlike:
        return True
    follower = ANCHOR.match(text, before.number.end + 1)
    return behind.number.scale == 1 and follower is None


def _ahead(text: str, start: int, end: int, cue: Cue) -> _Amount | None:
    """A sign, code or word before its number: "€10 million", "SEK 16bn", "kr 500"."""
    match = _AFTER.match(text, end)
    if match is None or (cue.word == "R" and match.start(1) != end):
        return None
    number = number_of(match)
    if number is None or not _UNGLUED.match(text, number.end) or refusals.minus(text, start):
        return None
    worded = cue.kind in ("noun", "code", "short")
    if worded and number.scale == 1 and number.yearlike and cue.kind != "short":
        return None
    if (cue.kind == "noun" and number.scale == 1) or not refusals.big(cue, number):
        return None
    if cue.kind == "code" and refusals.slashed(text, start, end):
        return None
    if refusals.row_of_digits(text, number) or refusals.placeholder(text, start, number):
        return None
    meaning = currencies.of_prefixed(text, start, end, cue)
    if meaning is None:
        return None
    if meaning.start != start and refusals.minus(text, meaning.start):
        return None
    meaning = currencies.decided_after(text, number.end, meaning)
    stop = max(number.end, meaning.end)
    if refusals.rate(text, meaning.start, stop):
        return None
    return _Amount(number, meaning, meaning.start, stop)


def _behind(text: str, start: int, end: int, cue: Cue, last: int) -> _Amount | None:
    """A sign, code or word after its number: "10 million euros", "120 MEUR", "half a billion $"."""
    low = max(last, start - WINDOW)
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
    power = scale_in_word(text[start:end])
    if power:
        if number.scale != 1:
            return None
        number = number._replace(scale=Decimal(10) ** power)
    meaning = currencies.of_suffixed(text, start, end, cue, adjective)
    if refusals.rate(text, number.start, meaning.end) or refusals.minus(text, number.start):
        return None
    return _Amount(number, meaning, number.start, meaning.end)


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
    if hyphen and cue.kind in ("sign", "code"):
        return False
    if cue.kind == "code" and (
        refusals.slashed(text, start, end) or (number.yearlike and number.value > 1989)
    ):
        return False
    if refusals.number(text, number) or not refusals.big(cue, number):
        return False
    return not refusals.unit(text, cue, end, number, adjective=adjective is not None, joined=hyphen)


def _with_right(text: str, first: _Amount, cue: Cue, last: int) -> list[Figure]:
    """A prefixed amount with what may follow it: "€5-6 billion", "$5m to $7m", "€10, 20 and 30m"."""
    number = first.number
    connector = _RIGHT.match(text, first.end)
    if connector is not None:
        second = _second(text, first, connector, cue)
        if second is not None:
            return _range(text, first, second)
    if number.scale == 1:
        row = _right_row(text, first)
        if row:
            return row
    return [_figure(text, first)]


def _second(text: str, first: _Amount, connector: re.Match[str], cue: Cue) -> _Amount | None:
    """The upper end of a range whose lower end is ``first``, when there is one."""
    dashed, to, _ = connector.groups()
    at = connector.end()
    between = _BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    own = False
    anchor = ANCHOR.match(text, at)
    if anchor is None and (skip := re.compile(r"[A-Z]{1,3}(?=\$)").match(text, at)):
        anchor = ANCHOR.match(text, skip.end())
    if anchor is not None:
        other = CUES[anchor.group()]
        if other is not cue or not other.before:
            return None
        own, at = True, anchor.end()
    match = (_AFTER if own else _ELEMENT).match(text, at)
    number = number_of(match) if match is not None else None
    if number is None or not _UNGLUED.match(text, number.end):
        return None
    if not own and (number.yearlike or _COUNTED.match(text, number.end)):
        return None
    stop = number.end
    if not own:
        # "€5-6 billion": no sign of its own, so it must share the first one's sign and scale
        left = first.number.scale
        if to and number.scale == 1:
            return None
        if left != 1 and (number.scale == 1 or (to and not between and not _from(text, first))):
            return None
    meaning = currencies.decided_after(text, stop, first.meaning)
    stop = max(stop, meaning.end)
    if meaning.candidates != first.meaning.candidates:
        meaning = meaning._replace(start=first.meaning.start)
    return _Amount(number, meaning, number.start, stop)


def _from(text: str, first: _Amount) -> bool:
    return _FROM.search(text, max(0, first.start - 8), first.start) is not None


def _range(text: str, first: _Amount, second: _Amount) -> list[Figure]:
    """One figure from ``first`` to ``second``, two when it is a change, one when it is neither."""
    left, right = first.number, second.number
    scale = left.scale
    if scale == 1 and right.scale != 1 and left.value < right.value:
        scale = right.scale
    low, high = _units(left.value * scale), _units(right.value * right.scale)
    if low >= high:
        # "$500-1 million" may be thousands: nothing is certain but a first part with its own scale
        return [_figure(text, first)] if left.scale != 1 else []
    if _from(text, first) and _changes(text, first.start):
        pair = [first._replace(number=left._replace(scale=scale)), second]
        return [_figure(text, amount) for amount in pair if amount.start >= first.start]
    whole = text[first.start : second.end]
    meaning = second.meaning
    qualifier = qualifiers.before(text, first.start) or qualifiers.after(text, second.end)
    bounds: tuple[Decimal | None, Decimal | None] = (low, high)
    if qualifier is not None and qualifier.bound == "low":
        bounds = (low, None)
    elif qualifier is not None and qualifier.bound == "high":
        bounds = (None, high)
    return [
        Figure(
            whole,
            first.start,
            second.end,
            *bounds,
            None,
            meaning.candidates[0],
            meaning.candidates,
            meaning.basis,
            qualifier.word if qualifier else None,
            right.scale,
            text[left.start : right.start] + right.digits,
            (qualifier.start, qualifier.end) if qualifier else None,
        )
    ]


def _changes(text: str, start: int) -> bool:
    """Whether a verb of change stands before "from" in the same sentence."""
    low = max(0, start - 90)
    window = text[low:start]
    return _CHANGE.search(window[max(window.rfind(". "), window.rfind("\n\n"), 0) :]) is not None


def _right_row(text: str, first: _Amount) -> list[Figure]:
    """Later members of a list that share the first one's sign: "€10, 20 and 30 million"."""
    members = [first]
    at = first.end
    for _ in range(_ROW):
        match = _RIGHT_LIST.match(text, at)
        number = number_of(match, 3) if match is not None else None
        if match is None or number is None or number.yearlike:
            return []
        members.append(_Amount(number, first.meaning, number.start, number.end))
        at = number.end
        if match.group(2):
            break
        if number.scale != 1:
            return []
    else:
        return []
    scale = members[-1].number.scale
    if scale == 1 or len(members) < 3 or _COUNTED.match(text, at):
        return []
    shared = [m._replace(number=m.number._replace(scale=scale)) for m in members]
    return [_figure(text, member) for member in shared]


def _with_left(text: str, main: _Amount, cue: Cue, last: int) -> list[Figure]:
    """A suffixed amount with what may stand before it: "5-6 billion euros", "10, 20 and 30m"."""
    members: list[tuple[Number, str]] = []
    at = main.start
    for _ in range(_ROW):
        match = _LEFT.search(text, max(last, at - WINDOW), at)
        number = number_of(match) if match is not None else None
        if match is None or number is None or number.yearlike or refusals.number(text, number):
            break
        dashed, to, conjunction, _ = match.groups()[2:]
        kind = "range" if dashed or to else "and" if conjunction else "comma"
        if kind == "comma" and not members:
            break
        if kind != "comma" and members:
            break
        members.append((number, kind))
        at = number.start
        if kind == "range":
            break
    if members and main.number.low is None:
        read = _shared(text, main, members)
        if read:
            return read
    connector = _RIGHT.match(text, main.end)
    if connector is not None and main.number.low is None:
        second = _suffixed_second(text, main, connector, cue)
        if second is not None:
            return _range(text, main, second)
    return [_figure(text, main)]


def _shared(text: str, main: _Amount, members: list[tuple[Number, str]]) -> list[Figure]:
    """Numbers to the left of ``main`` that share its scale and currency."""
    number, kind = members[0]
    left = _Amount(number, main.meaning, number.start, number.end)
    between = _BETWEEN.search(text, max(0, number.start - 12), number.start) is not None
    if kind == "range" or (kind == "and" and between and len(members) == 1):
        read = _range(text, left, main)
        # numbers that make no range: the left one is no amount, or the right one is unclear
        return (
            [] if len(read) == 1 and read[0].amount is not None else read or [_figure(text, main)]
        )
    scale = main.number.scale
    plain = [n for n, _ in members if n.scale == 1]
    if len(plain) == len(members) and scale != 1:
        numbers = [n._replace(scale=scale) for n, _ in members]
    elif len(members) >= 2 and all(n.scale != 1 for n, _ in members):
        numbers = [n for n, _ in members]
    else:
        return []
    row = [main._replace(number=n, start=n.start, end=n.end) for n in reversed(numbers)]
    return [_figure(text, member) for member in [*row, main]]


def _suffixed_second(
    text: str, first: _Amount, connector: re.Match[str], cue: Cue
) -> _Amount | None:
    """The upper end of "500 million euros to 1 billion euros": a number with the same word."""
    dashed, to, _ = connector.groups()
    between = _BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    match = _ELEMENT.match(text, connector.end())
    number = number_of(match) if match is not None else None
    if number is None:
        return None
    joiner = _SUFFIX_JOINER.match(text, number.end)
    anchor = ANCHOR.match(text, joiner.end()) if joiner is not None else None
    if anchor is None or CUES[anchor.group()].candidates != cue.candidates:
        return None
    meaning = first.meaning._replace(end=anchor.end())
    return _Amount(number, meaning, number.start, anchor.end())


def _units(value: Decimal) -> Decimal:
    """The same value without decimals that are zero: 1.5 billion is 1500000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _figure(text: str, amount: _Amount) -> Figure:
    """The figure of one amount, with its qualifier and bounds."""
    number, meaning, start, end = amount
    qualifier = qualifiers.before(text, start) or qualifiers.after(text, end)
    word = qualifier.word if qualifier else None
    low: Decimal | None
    high: Decimal | None
    value: Decimal | None = _units(number.value * number.scale)
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
        None if number.other is None else _units(number.other * number.scale),
    )


__all__ = ["figures", "printed_of"]
