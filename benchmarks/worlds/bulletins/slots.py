"""The place of an amount in a line, and what its words say of it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .history import Fact
from .money import Printed
from .totals import Point
from .words import dated

_TIDY = ((" ”", "”"), (", We ", ", we "), (", Our ", ", our "), ("donors puts", "donors put"),
         ("donors has", "donors have"), ("Total total", "Total"))  # fmt: skip


@dataclass
class Slot:
    """One printed amount in a line: what a table says of it, and the truth it tells."""

    printed: Printed
    truth: Fact | Point | str  # str: the id of a target
    true: float
    role: str
    told_as: str
    status: str
    donor: str | None
    recipient: str | None
    purpose: str | None
    day: int | None  # the stated day of value
    precision: str | None
    as_of: int | None
    moves: bool  # the date is said in words that a later copy shifts: "today"
    base: int | None = None  # the slot of the line that this one converts


@dataclass
class Line:
    r"""Words in which ``\x00k\x00`` stands for the amount of slot ``k``."""

    words: str
    slots: list[Slot] = field(default_factory=list)

    def tidy(self) -> Line:
        """The line with a capital at its head and no stray marks or spaces."""
        words = re.sub(r" +", " ", self.words).strip(" ,")
        words = re.sub(r" ([,.:;])", r"\1", words)
        words = re.sub(r",+(?=[.,:;)])", "", words)
        for odd, right in _TIDY:
            words = words.replace(odd, right)
        return Line(words[:1].upper() + words[1:], self.slots)


@dataclass(frozen=True)
class Scene:
    """What title, heading or publisher say already for every line below."""

    donor: bool = False
    recipient: bool = False
    we: bool = False
    dollars: bool = False  # all amounts in the outlet's money


@dataclass(frozen=True)
class About:
    """What the words around an amount say of it."""

    role: str
    told_as: str
    status: str
    donor: str | None
    recipient: str | None
    purpose: str | None = None
    day: int | None = None
    precision: str | None = None
    as_of: int | None = None
    moves: bool = False


class Spoken(NamedTuple):
    """A phrase for a date, the day a reader has from it, its precision, whether copies shift it."""

    words: str = ""
    day: int | None = None
    precision: str | None = None
    moves: bool = False


SILENT = Spoken()
NOTHING = Printed("", 0.0, 0.0, 0.0, "", "", None, None, "", 1, fair=math.nan)


def spoken(phrase: str, since: int) -> Spoken:
    """The phrase for a day, and what a reader has from it."""
    on = dt.date.fromordinal(since)
    words = dated(phrase, since)
    if "{day}" in phrase or "{iso}" in phrase:
        return Spoken(words, since, "day", False)
    if "{weekday}" in phrase or phrase == "today":
        return Spoken(words, since, "day", True)
    if "{month}" in phrase or "{mon}" in phrase:
        return Spoken(words, on.replace(day=1).toordinal(), "month", False)
    if "{y}" in phrase:
        return Spoken(words, on.replace(month=1, day=1).toordinal(), "year", False)
    return Spoken(words, None, None, False)
