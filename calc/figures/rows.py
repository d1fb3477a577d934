"""Ranges and lists: numbers that share a scale and a currency, and changes that are neither."""

from __future__ import annotations

import re
from decimal import Decimal

from . import currencies, qualifiers, refusals
from .figure import Figure
from .lexicon import ANCHOR, BREAK, CUES, DASH, SPACE, Cue
from .numerals import ELEMENT, NOT_INSIDE, Number, number_of
from .single import AFTER, NOT_GLUED, SUFFIX_JOINER, UNGLUED, WINDOW, Amount, figure_of, units

# connectors between two numbers of one range or list
_DASHED = rf"{SPACE}?{DASH}{SPACE}?"
_TO = rf"{BREAK}(?:to|до|bis|à|till|do|iki)(?={SPACE}|\n){BREAK}"
_AND = rf",?{BREAK}(?:and|or|та|и|і|und|et)(?={SPACE}|\n){BREAK}"
_LEFT = re.compile(rf"{NOT_INSIDE}{ELEMENT}(?:({_DASHED})|({_TO})|({_AND})|(,{BREAK}))\Z")
_RIGHT = re.compile(rf"(?:({_DASHED})|({_TO})|({_AND}))")
_AND_OR_COMMA = re.compile(rf"(?:(,{BREAK})|({_AND}))")
_RIGHT_LIST = re.compile(rf"(?:(,{BREAK})|({_AND})){ELEMENT}{NOT_GLUED}")
_ELEMENT = re.compile(ELEMENT)
_PREFIXED = re.compile(r"[A-Z]{1,3}(?=\$)")
_BETWEEN = re.compile(rf"(?i:between|від|между|zwischen|entre){BREAK}\Z")
_FROM = re.compile(rf"(?i:from|з|від|от|с|von){BREAK}\Z")
# "rose from €5 million to €7 million" is two amounts, not a range
_CHANGE = re.compile(
    r"(?i:\b(?:ris|rose|rais|increas|grew|grow|jump|climb|soar|up\b(?! to)|boost|doubl|trip|expand|"
    r"lift|by\b|add|fell|fall|drop|declin|decreas|cut|reduc|lower|slash|shrank|shrink|down\b|went|"
    r"go(?:es|ing)\b|chang|revis|upgrad|downgrad|widen|narrow|surg|bump|hik|top))"
)
# things that are counted: "gave €5 to 6 million people" is no range
_COUNTED = re.compile(
    rf"{BREAK}(?:people|persons|households|families|refugees|children|women|men|Ukrainians|"
    r"soldiers|patients|students|pupils|users|homes|residents|recipients|pensioners|citizens|"
    r"tons|tonnes|shells|rounds|drones|vehicles|countries|years|months|days)\b"
)
_ROW = 6  # a list of amounts longer than this is a table


def with_right(text: str, first: Amount, cue: Cue) -> list[Figure]:
    """A prefixed amount with what may follow: "€5-6 billion", "$5m to $7m", "€10, 20 and 30m"."""
    number = first.number
    connector = _RIGHT.match(text, first.end)
    if connector is not None:
        second = _second(text, first, connector, cue)
        if second is not None:
            return _range(
                text,
                first,
                second,
                to=connector.group(2) is not None,
                own=second.start != second.number.start,
            )
    if number.scale == 1:
        row = _right_row(text, first)
        if row:
            return row
        if number.value < 1000 and _scale_may_spread(text, first, cue):
            return []
    return [figure_of(text, first)]


def _scale_may_spread(text: str, first: Amount, cue: Cue) -> bool:
    """Whether "$5, $10 and $20 million" leaves open if the first amounts are millions too."""
    at = first.end
    for _ in range(_ROW):
        connector = _AND_OR_COMMA.match(text, at)
        anchor = ANCHOR.match(text, connector.end()) if connector is not None else None
        if connector is None or anchor is None or CUES[anchor.group()] is not cue:
            return False
        match = AFTER.match(text, anchor.end())
        number = number_of(match) if match is not None else None
        if number is None:
            return False
        if number.scale != 1:
            return connector.group(2) is not None
        at = number.end
    return False


def _second(text: str, first: Amount, connector: re.Match[str], cue: Cue) -> Amount | None:
    """The upper end of a range whose lower end is ``first``, when there is one."""
    dashed, to, _ = connector.groups()
    at = connector.end()
    between = _BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    own = False
    begin = None
    anchor = ANCHOR.match(text, at)
    if anchor is None and (skip := _PREFIXED.match(text, at)):
        anchor = ANCHOR.match(text, skip.end())
    if anchor is not None:
        other = CUES[anchor.group()]
        if other is not cue or not other.before:
            return None
        own, begin, at = True, at, anchor.end()
    match = (AFTER if own else _ELEMENT).match(text, at)
    number = number_of(match) if match is not None else None
    if number is None or not UNGLUED.match(text, number.end):
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
    return Amount(number, meaning, number.start if begin is None else begin, stop)


def _from(text: str, first: Amount) -> bool:
    return _FROM.search(text, max(0, first.start - 8), first.start) is not None


def _range(text: str, first: Amount, second: Amount, *, to: bool, own: bool) -> list[Figure]:
    """One figure from ``first`` to ``second``, two when it is a change, one when it is neither."""
    left, right = first.number, second.number
    changes = (_from(text, first) or (to and left.scale != 1)) and _changes(text, first.start)
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


def _right_row(text: str, first: Amount) -> list[Figure]:
    """Later members of a list that share the first one's sign: "€10, 20 and 30 million"."""
    members = [first]
    at = first.end
    for _ in range(_ROW):
        match = _RIGHT_LIST.match(text, at)
        number = number_of(match, 3) if match is not None else None
        if match is None or number is None or number.yearlike:
            return []
        members.append(Amount(number, first.meaning, number.start, number.end))
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
    return [figure_of(text, member) for member in shared]


def with_left(text: str, main: Amount, cue: Cue, last: int) -> list[Figure]:
    """A suffixed amount with what may stand before it: "5-6 billion euros", "10, 20 and 30m"."""
    members: list[tuple[Number, str]] = []
    at = main.start
    for _ in range(_ROW):
        match = _LEFT.search(text, max(last, at - WINDOW), at)
        number = number_of(match) if match is not None else None
        if match is None or number is None or number.yearlike or refusals.number(text, number):
            break
        dashed, to, conjunction, _ = match.groups()[2:]
        kind = "dash" if dashed else "to" if to else "and" if conjunction else "comma"
        if kind == "comma" and not members:
            break
        if kind != "comma" and members:
            break
        members.append((number, kind))
        at = number.start
        if kind in ("dash", "to"):
            break
    if members and main.number.low is None:
        read = _shared(text, main, members)
        if read is not None:
            return read
    connector = _RIGHT.match(text, main.end)
    if connector is not None and main.number.low is None:
        second = _suffixed_second(text, main, connector, cue)
        if second is not None:
            return _range(text, main, second, to=connector.group(2) is not None, own=True)
    return [figure_of(text, main)]


def _shared(text: str, main: Amount, members: list[tuple[Number, str]]) -> list[Figure] | None:
    """Numbers to the left of ``main`` that share its scale and currency."""
    number, kind = members[0]
    left = Amount(number, main.meaning, number.start, number.end)
    between = _BETWEEN.search(text, max(0, number.start - 12), number.start) is not None
    if kind in ("dash", "to") or (kind == "and" and between and len(members) == 1):
        read = _range(text, left, main, to=kind == "to", own=False)
        if not read and kind == "dash" and main.start - number.end == 1:
            return []  # "500-1 million euros": nothing is certain
        # numbers that make no range: the left one is no amount of money
        return (
            read if read and (len(read) == 2 or read[0].amount is None) else [figure_of(text, main)]
        )
    scale = main.number.scale
    plain = [n for n, _ in members if n.scale == 1]
    if len(plain) == len(members) and scale != 1:
        numbers = [n._replace(scale=scale) for n, _ in members]
    elif len(members) >= 2 and all(n.scale != 1 for n, _ in members):
        numbers = [n for n, _ in members]
    else:
        return None
    row = [main._replace(number=n, start=n.start, end=n.end) for n in reversed(numbers)]
    return [figure_of(text, member) for member in [*row, main]]


def _suffixed_second(text: str, first: Amount, connector: re.Match[str], cue: Cue) -> Amount | None:
    """The upper end of "500 million euros to 1 billion euros": a number with the same word."""
    dashed, to, _ = connector.groups()
    between = _BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (dashed or to or between):
        return None
    match = _ELEMENT.match(text, connector.end())
    number = number_of(match) if match is not None else None
    if number is None:
        return None
    joiner = SUFFIX_JOINER.match(text, number.end)
    anchor = ANCHOR.match(text, joiner.end()) if joiner is not None else None
    if anchor is None or CUES[anchor.group()].candidates != cue.candidates:
        return None
    meaning = first.meaning._replace(end=anchor.end())
    return Amount(number, meaning, number.start, anchor.end())
