"""A page as paragraphs: the spans of its lines, with hard-wrapped lines joined again.

Nothing is rewritten: a paragraph points into the original text, and its own ``text`` is only a
clean copy for looking at.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .dates import is_date_line

WIDEST_WRAP = 120  # no editor or mail program wraps at more columns than this
NARROWEST_WRAP = 40  # shorter lines are headings and names, not wrapped prose
# Narrower and wider ones (columns of a newspaper, a window of an editor) must show it throughout.
FEWEST_COLUMNS, MOST_COLUMNS = 20, 250
FEWEST_OF_WHOLE = 3  # breaks of a text in which every line looks like wrapping
FEWEST_BREAKS = 2  # so many breaks must look like wrapping before any line is joined

# Articles, and prepositions and conjunctions that stand behind no verb ("what it counts on" does):
# a line that ends in one of them goes on, for no heading and no sentence ends there.
_OPEN = frozenset(
    "a an the of to for from with and or at that between its their another "  # English
    "der die das den dem des und oder von für mit de la le les du et pour el los las y para con "
    "och av till för dla oraz для та и".split()
)
_LINE_ENDS = str.maketrans("\r\n", "  ")
_CELLS = re.compile(r"\||\t| {3}")  # what stands between the cells of a table in plain text
_LIST_MARK = re.compile(r"list (?:of )?\d")  # what screen readers are told of a list of links

FINAL = ".!?…:;。"
CLOSING = "\"'”’»“)]*_ "


class Paragraph(NamedTuple):
    """One paragraph: ``document[start:end]`` with its line breaks; ``text`` is stripped."""

    start: int
    end: int
    text: str


def is_final(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, closing quotes and brackets aside.

    >>> is_final('"We will help."'), is_final("Lithuania to fund drones")
    (True, False)
    """
    return text.rstrip(CLOSING)[-1:] in FINAL and bool(text)


@lru_cache(maxsize=1)  # a document's own reading asks, and then that of its claims
def paragraphs(text: str) -> list[Paragraph]:
    r"""Cut ``text`` into paragraphs: lines, or runs of lines that were wrapped at a width.

    Each keeps the line breaks that follow it, so that the spans cover the text from the first
    printed character to the end.

    >>> [p.text for p in paragraphs("Title\n\nFirst line.\nSecond line.\n")]
    ['Title', 'First line.', 'Second line.']
    """
    lines: list[tuple[int, int, str]] = []
    position = 0
    marked = "\ufeff" in text
    for raw in text.splitlines(keepends=True):
        line = raw.strip().strip("\ufeff") if marked else raw.strip()
        after = position + len(raw)
        lines.append((position, after, line))
        position = after
    width = _wrap_width(lines)
    found: list[Paragraph] = []
    pieces: list[str] = []
    start = end = 0
    for index, (line_start, line_end, line) in enumerate(lines):
        if not line:
            end = line_end
            continue
        if pieces and _continues(lines[index - 1][2], line, width):
            pieces.append(line)
        else:
            if pieces:
                found.append(Paragraph(start, line_start, " ".join(pieces)))
            pieces = [line]
            start = line_start
        end = line_end
    if pieces:
        found.append(Paragraph(start, max(end, position), " ".join(pieces)))
    return found


def unwrapped(text: str) -> str:
    r"""``text`` with a space for every line end inside a paragraph; as long as it was.

    >>> unwrapped("More than 5 million euros were given to\nUkraine.\nKenya has none.")
    'More than 5 million euros were given to Ukraine.\nKenya has none.'
    """
    pieces: list[str] = []
    done = 0
    for one in paragraphs(text):
        inside = text[one.start : one.end].rstrip()
        pieces += (text[done : one.start], inside.translate(_LINE_ENDS))
        done = one.start + len(inside)
    return "".join([*pieces, text[done:]])


def _wrap_width(lines: list[tuple[int, int, str]]) -> int:
    """Return the column at which the text was wrapped, or 0 when it was not.

    A wrapped text betrays itself: nothing is wider than the column, and again and again the next
    line starts with a small letter and a word that would not have fitted. Where names and numbers
    begin the lines, every line that another follows tells: none had room for its first word (two
    such breaks will do where a small letter follows one of them). Lists of short lines and pages
    of long ones are so by chance: there each line must end for want of room or as sentences do,
    and a small letter must begin a third of those that follow, or no long line has had room.
    """
    width = max([len(line) for _, _, line in lines], default=0)
    if not FEWEST_COLUMNS <= width <= MOST_COLUMNS:
        return 0
    shown = _shown(lines, width)
    usual = NARROWEST_WRAP <= width <= WIDEST_WRAP
    if usual and shown.within >= FEWEST_BREAKS:
        return width
    if shown.within >= FEWEST_BREAKS and 3 * shown.within >= shown.breaks and not shown.loose:
        return width
    if width < NARROWEST_WRAP or (not usual and any(_CELLS.search(line) for _, _, line in lines)):
        return 0
    whole = shown.breaks + shown.within >= FEWEST_OF_WHOLE and shown.fitting == 0
    return width if whole and any(not is_final(line) for _, _, line in lines if line) else 0


class _Shown(NamedTuple):
    """How the lines of a text end that another follows."""

    breaks: int  # no room for the first word of the next
    within: int  # the same, and the next begins with a small letter
    fitting: int  # with room for it
    loose: int  # the same, and no end of a sentence


def _shown(lines: list[tuple[int, int, str]], width: int) -> _Shown:
    breaks = within = fitting = loose = 0
    for (_, _, line), (_, _, after) in pairwise(lines):
        if not line or not after:
            continue
        if _did_not_fit(line, after, width):
            breaks += 1
            within += after[0].islower()
        else:
            fitting += 1
            loose += not is_final(line)
    return _Shown(breaks, within, fitting, loose)


def _did_not_fit(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(None, 1)[0]) > width - 2  # a column or two of slack


def _continues(line: str, after: str, width: int) -> bool:
    if not line:
        return False
    if width and _did_not_fit(line, after, width):
        return True
    if len(line) >= FEWEST_COLUMNS and line.rpartition(" ")[2] in _OPEN:
        return True
    return (
        len(line) >= NARROWEST_WRAP
        and after[0].islower()
        and not is_final(line)
        and not after.startswith(("by ", "http", "www.", "end of list"))
        and not _LIST_MARK.match(after)
        and (line[-1].isalnum() or line[-1] in (",-–)" if width else ",-–"))
        and not is_date_line(after)
    )
