"""Ranges: two numbers that bound one amount, and changes from one amount to another."""

from __future__ import annotations

import re
from decimal import Decimal

from . import currencies, qualifiers
from .amount import Amount, figure_of, units
from .behind import SUFFIX_JOINER
from .connectors import (
    BARE,
    BETWEEN,
    CHANGE,
    CHANGED_BY,
    CLOSED,
    COUNTED,
    FROM,
    LEFT_WORDS,
    OR,
    PREFIXED,
    RUN,
)
from .figure import Figure
from .lexicon import ANCHOR, CUES, Cue
from .numerals import Number, number_of
from .single import AFTER, UNGLUED, WINDOW, with_power
from .spelled import number_in_words

# the last words of qualifiers that also begin a range
# "From US$88 million to US$170 million: donors gave …": a sentence that begins so tells a change
_HEADED = re.compile(r"(?:\A|\n|[.!?]\s)From\s\Z")
_LOWER_END = ("from", "ab", "partir de", "dès", "desde", "vanaf")


def second_ahead(text: str, first: Amount, connector: re.Match[str], cue: Cue) -> Amount | None:
    """The upper end of a range whose lower end is ``first``, when there is one."""
    dashed, to, _ = connector.groups()
    at = connector.end()
    between = BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    own = False
    begin = None
    anchor = ANCHOR.match(text, at)
    if anchor is None and (skip := PREFIXED.match(text, at)):
        anchor = ANCHOR.match(text, skip.end())
    if anchor is not None:
        other = CUES[anchor.group()]
        if other is not cue or not other.before:
            return None
        own, begin, at = True, at, anchor.end()
    match = (AFTER if own else BARE).match(text, at)
    number = number_of(match) if match is not None else None
    if number is None or not UNGLUED.match(text, number.end):
        return None
    if not own and not _shares(text, first, number, to=bool(to), between=between):
        return None
    stop = number.end
    meaning = currencies.decided_after(text, stop, first.meaning)
    stop = max(stop, meaning.end)
    if meaning.candidates != first.meaning.candidates:
        meaning = meaning._replace(start=first.meaning.start)
    return Amount(number, meaning, number.start if begin is None else begin, stop)


def _shares(text: str, first: Amount, number: Number, *, to: bool, between: bool) -> bool:
    """Whether a number without a sign shares that of ``first``: "€5-6 billion", "£1bn to 2bn"."""
    if number.yearlike or COUNTED.match(text, number.end):
        return False
    left = first.number
    if number.scale == 1 and left.scale != 1:
        return False
    grows = number.value * number.scale > left.value * left.scale
    closed = grows and CLOSED.match(text, number.end) is not None
    if to and number.scale == 1:
        return closed
    if to and left.scale != 1:
        return closed or between or _from(text, first)
    return True


def second_behind(text: str, first: Amount, connector: re.Match[str], cue: Cue) -> Amount | None:
    """The upper end of "500 million euros to 1 billion euros": a number with the same word."""
    dashed, to, _ = connector.groups()
    between = BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    match = BARE.match(text, connector.end())
    number = number_of(match) if match is not None else None
    if number is None:
        return None
    joiner = SUFFIX_JOINER.match(text, number.end)
    anchor = ANCHOR.match(text, joiner.end()) if joiner is not None else None
    if anchor is None or CUES[anchor.group()].candidates != cue.candidates:
        return None
    powered = with_power(number, anchor.group())
    if powered is None:
        return None
    meaning = first.meaning._replace(end=anchor.end())
    return Amount(powered, meaning, number.start, anchor.end())


def spelled_range(text: str, main: Amount, last: int) -> list[Figure] | None:
    """Two numbers in words: "five to six billion euros", "between ten and twenty dollars"."""
    low = max(last, main.start - WINDOW)
    match = LEFT_WORDS.search(text, low, main.start)
    before = text[low : main.start].rstrip()
    if match is None and before.endswith(" and"):  # a run of words holds its "and" itself
        match = RUN.search(text, low, low + len(before) - 4)
    if match is None:
        return None
    left = number_in_words(text, *match.span(1), hyphen=False)
    if left is None or left.low is not None or main.number.low is not None:
        return None
    if left.scale == 1 and left.value < 100 <= main.number.value:
        if left.value > 9 or main.number.value % 100:
            return []
        left = left._replace(value=left.value * 100)  # "three or four hundred million dollars"
    between = BETWEEN.search(text, max(0, left.start - 12), left.start) is not None
    joiner = text[left.end : main.start]
    word = joiner.strip(", \u00a0\n")
    if word == "and" and not between:
        return None
    first = Amount(left, main.meaning, left.start, left.end)
    read = range_of(text, first, main, to=word not in OR and word != "and", own=False)
    return read if read and (len(read) == 2 or read[0].amount is None) else [figure_of(text, main)]


def range_of(text: str, first: Amount, second: Amount, *, to: bool, own: bool) -> list[Figure]:
    """One figure from ``first`` to ``second``, two when it is a change, one when it is neither."""
    left, right = first.number, second.number
    changes = _is_change(text, first, to=to, own=own)
    scale = left.scale
    if scale == 1 and right.scale != 1:
        if left.value < right.value or (changes and not own):
            scale = right.scale
        elif not own:
            return []  # "500-1 million" may be thousands: nothing is certain
    low, high = units(left.value * scale), units(right.value * right.scale)
    if changes:
        pair = [first._replace(number=left._replace(scale=scale)), second]
        return [figure_of(text, amount) for amount in pair]
    if low >= high:
        return [figure_of(text, first)] if left.scale != 1 else []
    return [_range(text, first, second, low, high)]


def _range(text: str, first: Amount, second: Amount, low: Decimal, high: Decimal) -> Figure:
    """The figure from ``low`` to ``high``, with the qualifier of the whole."""
    meaning = second.meaning
    qualifier = _of_whole(text, first.start, second.end)
    bound = qualifier.bound if qualifier else None
    return Figure(
        text[first.start : second.end],
        first.start,
        second.end,
        None if bound == "high" else low,
        None if bound == "low" else high,
        None,
        meaning.candidates[0],
        meaning.candidates,
        meaning.basis,
        qualifier.word if qualifier else None,
        second.number.scale,
        text[first.number.start : second.number.start] + second.number.digits,
        (qualifier.start, qualifier.end) if qualifier else None,
    )


def _of_whole(text: str, start: int, end: int) -> qualifiers.Qualifier | None:
    """The qualifier of a range, but not of its lower end: "starting from €5 to €7"."""
    found = qualifiers.before(text, start) or qualifiers.after(text, end)
    if found is not None and text[max(0, found.end - 12) : found.end].lower().endswith(_LOWER_END):
        return None
    return found


def _is_change(text: str, first: Amount, *, to: bool, own: bool) -> bool:
    """Whether the second amount is what the first one became, or the first one a step to it."""
    if to and own and _HEADED.search(text, max(0, first.start - 8), first.start):
        return True
    if to and own and CHANGED_BY.search(text, max(0, first.start - 20), first.start):
        return True
    begins = _from(text, first) or (to and first.number.scale != 1)
    return begins and _changes(text, first.start)


def _from(text: str, first: Amount) -> bool:
    return FROM.search(text, max(0, first.start - 8), first.start) is not None


def _changes(text: str, start: int) -> bool:
    """Whether a verb of change stands before "from" in the same sentence."""
    low = max(0, start - 90)
    window = text[low:start]
    return CHANGE.search(window[max(window.rfind(". "), window.rfind("\n\n"), 0) :]) is not None
