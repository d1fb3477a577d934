"""Text to figures: a currency anchor, then a small strict parser in a window around it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from rates.amounts import SPACES
from rates.errors import UsageError

from ..values.intervals import Printed, printed, printed_number
from .amount import Amount, figure_of
from .anchors import anchors
from .figure import Figure
from .lexicon import ANCHOR, CUES, LONGEST_PREFIX, SCALE, SPACE, Cue
from .rows import with_gift, with_left, with_right
from .single import (
    WINDOW,
    amount_after_bracket,
    amount_after_point,
    amount_ahead,
    amount_behind,
    amount_of_words_ahead,
)

# what may stand between a sign and its number ("kr. 500")
_GAP_CHARACTERS = f".: \t{SPACES}"
# "35€99": the sign in the place of the decimal mark
_CENTS = re.compile(r"\d\d(?![\w%]|[.,]\d)")


def figures(text: str) -> list[Figure]:
    """The amounts of money printed in ``text``, in order, without overlap.

    Positions are indices into ``text``. Never raises for any text; what is malformed or may be
    something else (a ticker, an account number, an exchange rate, a weight) gives no figure.

    >>> [(f.text, f.qualifier, str(f.low)) for f in figures("worth over 683 million euros ($763m)")]
    [('683 million euros', 'over', '683000000'), ('$763m', None, '763000000')]
    """
    whole = _with_whole_lines(text)
    found = _figures(whole)
    if whole is text:
        return found
    return [figure._replace(text=text[figure.start : figure.end]) for figure in found]


# A line end within a sentence is a space: a line of prose goes on in the next one, thousands and
# the number of a code at the end of a line do wherever they are cut.
_LINE_END = re.compile(r"\n(?=[^\s•*|>#-])")  # behind it no item, cell or quotation begins
_PROSE = 30  # characters, at least four words
_CUT_GROUP = re.compile(r"000(?!\d)")
_CUT_CODE = re.compile(rf"\d[\d.,]*{SPACE}?{SCALE}")


def _with_whole_lines(text: str) -> str:
    """``text`` with spaces for the line ends that cut a sentence; as long as it was."""
    pieces: list[str] = []
    done = 0
    for found in _LINE_END.finditer(text):
        at = found.start()
        begin = text.rfind("\n", 0, at) + 1
        end = at - 1 if text[at - 1 : at] == "\r" else at
        if begin < end and _goes_on(text, text[begin:end].strip(), at + 1):
            pieces += (text[done:end], " " * (at + 1 - end))
            done = at + 1
    return "".join([*pieces, text[done:]]) if pieces else text


def _goes_on(text: str, line: str, after: int) -> bool:
    """Whether what stands behind ``line`` belongs to its sentence, its number or its code."""
    if len(line) >= _PROSE and not line.endswith((".", "|", ":")) and line.count(" ") >= 3:
        return True
    if line[-1:].isdigit():
        return _CUT_GROUP.match(text, after) is not None
    cut = ANCHOR.fullmatch(line, line.rfind(" ") + 1) is not None
    return cut and _CUT_CODE.match(text, after) is not None


def _figures(text: str) -> list[Figure]:
    found: list[Figure] = []
    last = 0
    for start, end in anchors(text):
        if start < last < end and text[last:end] in CUES:  # the T of "$3T$4T" is no prefix
            start = last
        elif start < last:  # inside the figure before
            continue
        cue = CUES[text[start:end]]
        between = text[last:start] if 0 < start - last <= LONGEST_PREFIX else ""
        if start and start == last and text[start - 1].isalnum():
            read = _glued(text, start, start, end, cue)
        elif last and between.isalpha() and text[last - 1].isalnum():
            read = _glued(text, last, start, end, cue)  # "$5MUS$6M"
        else:
            read = _at_cue(text, start, end, cue, last)
            if read and read[0].start < last:  # "99 AUD $5": the code is of the figure before
                read = _glued(text, start, start, end, cue)
        if read:
            found.extend(read)
            last = found[-1].end
    return found


def _glued(text: str, begin: int, start: int, end: int, cue: Cue) -> list[Figure]:
    """The figures of a sign right behind a figure, which ends at ``begin``.

    The scale of "$5M$6M" is no prefix of the second sign.
    """
    alone = text[begin : start + 2 * WINDOW]
    return [
        one._replace(start=one.start + begin, end=one.end + begin)
        for one in _at_cue(alone, start - begin, end - begin, cue, 0)
    ]


@lru_cache(maxsize=1 << 16)
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
    if _no_currency(text, start, end, cue):
        return []
    next_digit = cue.before and text[end : end + 3].lstrip(_GAP_CHARACTERS)[:1].isdigit()
    # "25 $41": a sign or code glued to the next number alone belongs to that one
    glued = next_digit and text[end].isdigit() and not text[max(0, start - 1) : start].isalnum()
    behind = amount_behind(text, start, end, cue, last) if cue.after and not glued else None
    if next_digit:
        cents = _cents_of(text, start, end, cue, behind)
        if cents is not None:
            return [cents]
        pointed = cue.kind == "sign" and text[end : end + 2].lstrip(" ")[:1] == "."
        ahead = (amount_after_point if pointed else amount_ahead)(text, start, end, cue)
        if ahead is not None and (
            behind is None or _prefers_ahead(text, start, end, behind, ahead)
        ):
            return with_gift(text, with_right(text, ahead, cue), ahead)
    elif behind is None and cue.before:
        apart = amount_after_bracket(text, start, end, cue) or amount_of_words_ahead(
            text, start, end, cue
        )
        if apart is not None:
            return with_gift(text, with_right(text, apart, cue), apart)
    return with_gift(text, with_left(text, behind, cue, last), behind) if behind is not None else []


def _no_currency(text: str, start: int, end: int, cue: Cue) -> bool:
    """Whether a sign is one of several, or a code stands in the letters of a hash."""
    if cue.kind == "sign":
        return start > 0 and text[start - 1 : start] == text[start:end]  # "$$ 5": a rating, a shell
    # "8aed9d66"
    return (
        cue.kind == "code" and text[end : end + 1].isdigit() and text[max(0, start - 1)].isdigit()
    )


def _cents_of(text: str, start: int, end: int, cue: Cue, behind: Amount | None) -> Figure | None:
    """The figure of "35€99", of which the amount before the sign is known."""
    if cue.kind != "sign" or behind is None or behind.number.end != start:
        return None
    cents = _CENTS.match(text, end)
    if cents is None or not behind.number.digits.isdecimal():
        return None
    return _with_cents(text, behind, cents)


def _with_cents(text: str, amount: Amount, cents: re.Match[str]) -> Figure:
    """The figure of "35€99"."""
    value = amount.number.value + Decimal(cents.group()) / 100
    number = amount.number._replace(value=value, digits=f"{value:.2f}")
    return figure_of(text, amount._replace(number=number, end=cents.end()))


def _prefers_ahead(text: str, start: int, end: int, behind: Amount, ahead: Amount) -> bool:
    """Which of the numbers on both sides of a cue is the amount, as in "In 2025 EUR 10 million"."""
    glued_ahead = ahead.number.start == end
    glued_behind = behind.number.end == start
    if glued_ahead != glued_behind:
        return glued_ahead
    if (behind.number.scale == 1) != (ahead.number.scale == 1):
        return behind.number.scale == 1
    if behind.number.yearlike:
        return True
    follower = ANCHOR.match(text, ahead.number.end + 1)
    return behind.number.scale == 1 and follower is None
