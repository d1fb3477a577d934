"""Lists: numbers that share a scale and a currency, and where ranges and lists begin."""

from __future__ import annotations

import re

from rates.amounts import SPACES

from . import refusals
from .amount import Amount, figure_of
from .connectors import (
    BETWEEN,
    CLOSED,
    COUNTED,
    DUTCH,
    IN_ROW,
    JOINING_WORDS,
    LAST_TOKEN,
    LEFT,
    OR,
    RESPECTIVELY,
    RIGHT,
    RIGHT_LIST,
    ROW,
    SEVERAL,
    SHARED_GIFT,
    SPREAD,
)
from .figure import Figure
from .lexicon import Cue
from .numerals import Number, number_of
from .ranges import range_of, second_ahead, second_behind, spelled_range
from .single import WINDOW

# what follows an amount that may be the beginning of a range or a list
_GOES_ON = frozenset(f"{SPACES}\t\r\n,-\u2010\u2011\u2012\u2013\u2014~\uff5e~\uff5e")
_GIVES = (" for ", " to ")


def with_right(text: str, first: Amount, cue: Cue) -> list[Figure]:
    """A prefixed amount with what may follow: "€5-6 billion", "$5m to $7m", "€10, 20 and 30m"."""
    number = first.number
    if text[first.end : first.end + 1] not in _GOES_ON:
        return [figure_of(text, first)]
    connector = RIGHT.match(text, first.end)
    if connector is not None:
        second = second_ahead(text, first, connector, cue)
        if second is not None:
            return range_of(
                text,
                first,
                second,
                to=connector.group(2) is not None,
                own=second.start != second.number.start,
            )
    row = _right_row(text, first)
    if row:
        return row
    if number.scale == 1 and number.value < 1000 and SPREAD.match(text, first.end):
        return []  # "$5, $10 and $20 million": are the first two millions as well?
    return [figure_of(text, first)]


def with_gift(text: str, read: list[Figure], first: Amount) -> list[Figure]:
    """A lone amount with a second one for another use that leaves the currency out."""
    if len(read) != 1 or first.number.scale == 1 or not text.startswith(_GIVES, read[0].end):
        return read
    match = SHARED_GIFT.match(text, read[0].end)
    number = number_of(match, 2) if match is not None else None
    if number is None or number.scale == 1:
        return read
    return [*read, figure_of(text, Amount(number, first.meaning, number.start, number.end))]


def _right_row(text: str, first: Amount) -> list[Figure]:
    """Later members of a list that share the first one's sign: "€10, 20 and 30 million"."""
    members = [first]
    at = first.end
    if text[at : at + 1] not in (",", " "):
        return []
    own = first.number.scale != 1
    for _ in range(ROW):
        match = RIGHT_LIST.match(text, at)
        number = number_of(match, 3) if match is not None else None
        if match is None or number is None or number.yearlike:
            return []
        members.append(Amount(number, first.meaning, number.start, number.end))
        at = number.end
        if match.group(2):
            break
        if (number.scale != 1) != own:
            return []
    else:
        return []
    if own:  # "$5m, 10m and 20m": each with its scale, the sign shared
        fits = len(members) > 2 and members[-1].number.scale != 1 and CLOSED.match(text, at)
        return [figure_of(text, member) for member in members] if fits else []
    scale = members[-1].number.scale
    if scale == 1 or len(members) < 3 or COUNTED.match(text, at):
        return []
    shared = [m._replace(number=m.number._replace(scale=scale)) for m in members]
    return [figure_of(text, member) for member in shared]


def with_left(text: str, main: Amount, cue: Cue, last: int) -> list[Figure]:
    """A suffixed amount with what may stand before it: "5-6 billion euros", "10, 20 and 30m"."""
    members: list[tuple[Number, str]] = []
    at = main.start
    if not _joined(text, at):
        return _with_second(text, main, cue)
    if main.number.digits[:1].isalpha():
        read = spelled_range(text, main, last)
        if read is not None:
            return read
    for _ in range(ROW):
        match = LEFT.search(text, max(last, at - WINDOW), at)
        number = number_of(match) if match is not None else None
        if match is None or number is None or number.yearlike or refusals.number(text, number):
            break
        kind = _joint(text, match, main.end)
        if kind == "none" or (kind == "comma" and not members):
            break
        if kind != "comma" and members:
            break
        members.append((number, kind))
        at = number.start
        if kind in ("dash", "to", "row"):
            break
    if members and main.number.low is None:
        read = _shared(text, main, members)
        if read is not None:
            return read
    return _with_second(text, main, cue)


def _joint(text: str, match: re.Match[str], end: int) -> str:
    """How a number on the left is joined: dash, row ("3-4-5"), to, and, or, comma, or none."""
    dashed, to, conjunction, _ = match.groups()[2:]
    if conjunction and conjunction.strip(", \u00a0\n") in OR:
        # "2 of 3 miljoen euro" is a choice, "2 of 3 million euros" a part
        part = " of " in conjunction and not DUTCH.search(text, match.start(), end)
        return "none" if part else "or"
    if dashed and IN_ROW.search(text, max(0, match.start() - 2), match.start()):
        return "row"
    return "dash" if dashed else "to" if to else "and" if conjunction else "comma"


def _joined(text: str, at: int) -> bool:
    """Whether a dash, comma, "to", "and" or "or" ends before ``at``."""
    before = text[max(0, at - 12) : at].rstrip()
    token = LAST_TOKEN.search(before)
    if token is None:
        return False
    word = token.group()
    return not word[0].isalpha() or word.lower() in JOINING_WORDS


def _with_second(text: str, main: Amount, cue: Cue) -> list[Figure]:
    """A suffixed amount alone, or with an upper end that has the same word."""
    connector = RIGHT.match(text, main.end)
    if connector is not None and main.number.low is None:
        second = second_behind(text, main, connector, cue)
        if second is not None:
            return range_of(text, main, second, to=connector.group(2) is not None, own=True)
    return [figure_of(text, main)]


def _shared(text: str, main: Amount, members: list[tuple[Number, str]]) -> list[Figure] | None:
    """Numbers to the left of ``main`` that share its scale and currency."""
    number, kind = members[0]
    alone = len(members) == 1
    if kind == "row":
        return []
    if kind == "or" and alone and number.scale == 1:
        kind = "dash"  # "2 or 3 million euros", "10 or 20 euros"
    between = BETWEEN.search(text, max(0, number.start - 12), number.start) is not None
    if kind in ("dash", "to") or (kind in ("and", "or") and between and alone):
        return _to_main(text, main, number, kind)
    numbers = _in_row(text, main, [number for number, _ in members])
    if numbers is None:
        return None
    row = [main._replace(number=n, start=n.start, end=n.end) for n in reversed(numbers)]
    return [figure_of(text, member) for member in [*row, main]]


def _to_main(text: str, main: Amount, number: Number, kind: str) -> list[Figure]:
    """The range from a number to ``main``, which is read alone where they make none."""
    left = Amount(number, main.meaning, number.start, number.end)
    read = range_of(text, left, main, to=kind == "to", own=False)
    if read and (len(read) == 2 or read[0].amount is None):
        return read
    if not read and kind == "dash" and main.start - number.end == 1:
        return []  # "500-1 million euros": nothing is certain
    return [figure_of(text, main)]  # the left one is no amount of money


def _in_row(text: str, main: Amount, numbers: list[Number]) -> list[Number] | None:
    """The numbers of a list that ends with ``main``, with their scale; None where it is no list."""
    scaled = [number for number in numbers if number.scale != 1]
    if not scaled and main.number.scale != 1:
        return [number._replace(scale=main.number.scale) for number in numbers]
    if len(scaled) != len(numbers):
        return None
    start = numbers[0].start
    several = (
        len(numbers) > 1
        or RESPECTIVELY.match(text, main.end)
        or SEVERAL.search(text, max(0, start - 20), start)
    )
    return numbers if several else None
