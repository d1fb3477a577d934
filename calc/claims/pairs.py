"""Stated conversions: which figure is given as the equivalent of another one.

"10 million euros ($11 million)", "NOK 85bn (€7.3bn, $7.9bn)", "10 million euros, or about 11
million dollars". The words that may stand between are in ``calc/data/pair_cues.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from ..figures import Figure
from ..text import data_tables

_OPEN = "([{"
_COMPARED = re.compile(r"\s(?:less|more|higher|lower|fewer|short|extra|above|below)\b")
_GAP = 75  # characters between two figures of a pair, at most


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {}
    for row in data_tables.table("pair_cues"):
        words.setdefault(row["kind"], []).extend(row["words"].split("|"))
    either = {
        kind: "|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in sorted(found, key=_longest_first))
        for kind, found in words.items()
    }
    # quotation marks may close between the two figures
    quote = r"[\"”’»'\s]*"
    return {
        "bracket": re.compile(
            rf"{quote}\s*[(\[]\s*(?:(?:{either['filler']})\s*)*[\"“]?\s*", re.IGNORECASE
        ),
        "link": re.compile(
            rf"{quote},?\s*[–—-]?\s*(?:{either['link']})\s*(?:(?:{either['filler']})\s*)*",
            re.IGNORECASE,
        ),
        "next": re.compile(
            rf"\s*(?:,|;|/|or|and|,\s*or|,\s*and)\s*(?:(?:{either['filler']})\s*)*", re.IGNORECASE
        ),
        # words may stand between when the rate agrees: "C$39 million for the army, equivalent to"
        "far": re.compile(
            rf"[^.;:()\[\]\d]{{0,50}},\s(?:{either['link']})\s*(?:(?:{either['filler']})\s*)*"
            rf"|{quote},\s+(?:(?:{either['filler']})\s*)+"
            rf"|{quote}\s*[–—-]+\s*(?:(?:{either['filler']})\s*)*",
            re.IGNORECASE,
        ),
        "far bracket": re.compile(
            rf"['’]?\s[^.;:()\[\]\d]{{1,45}}\s[(\[]\s*(?:(?:{either['filler']})\s*)*", re.IGNORECASE
        ),
        # "at the central bank's official rate", "at the rate of 2 May"
        "closer": re.compile(
            rf"\s*(?:(?:{either['closer']}|,?\s*at [^()\[\];$€£]{{2,45}}?\brates?"
            r"(?: (?:of|on|for) [^()\[\];$€£]{2,20}?)?)\s*)*[)\]]",
            re.IGNORECASE,
        ),
    }


def _other_money(first: Figure, second: Figure) -> bool:
    """Whether the two can be different currencies: "$1 billion (US$730 million)" can."""
    if first.currency != second.currency:
        return True
    open_first = first.currency_basis == "ambiguous" and len(first.currency_candidates) > 1
    open_second = second.currency_basis == "ambiguous" and len(second.currency_candidates) > 1
    return open_first != open_second and first.digits != second.digits


def _bracketed(text: str, group: list[Figure], figure: Figure, nxt: Figure | None) -> bool:
    """Whether the bracket opened before ``figure`` holds conversions only, up to its end."""
    rest = text[figure.end : figure.end + _GAP]
    if _patterns()["closer"].match(rest):
        return True
    if nxt is None or nxt.start - figure.end > _GAP:
        return False
    between = text[figure.end : nxt.start]
    return _patterns()["next"].fullmatch(between) is not None and _other_money(group[0], nxt)


def _start(figure: Figure) -> int:
    return figure.qualifier_span[0] if figure.qualifier_span else figure.start


class Rates(Protocol):
    """What is known of two figures as one amount in two currencies."""

    def __call__(self, first: Figure, second: Figure, /) -> bool | None:
        """Whether the rate of the day agrees; ``None`` when no rate is known."""


def _unknown(_first: Figure, _second: Figure) -> bool | None:
    return None


def _joins(
    text: str,
    first: Figure,
    nxt: Figure,
    following: Figure | None,
    between: str,
    inside: bool,
    agree: Rates,
) -> str | None:
    """What makes ``nxt`` a conversion of ``first``: "bracket" or "words"; ``None``: nothing.

    ``inside``: the bracket of the figure before is still open.
    """
    patterns = _patterns()
    if inside or patterns["bracket"].fullmatch(between):
        opened = not inside or patterns["next"].fullmatch(between) is not None
        return "bracket" if opened and _bracketed(text, [first], nxt, following) else None
    if _COMPARED.match(text, nxt.end):
        return None  # "15 billion yen, about $300 million less than"
    if patterns["link"].fullmatch(between):
        return "words"
    if patterns["far"].fullmatch(between):
        known = agree(first, nxt)
        said = known is None and "equivalent" in between.lower()
        return "words" if known or said else None
    if patterns["far bracket"].fullmatch(between) and agree(first, nxt) is not False:
        return "bracket" if _bracketed(text, [first], nxt, following) else None
    return None


def conversion_groups(
    text: str, figures: Sequence[Figure], agree: Rates = _unknown
) -> list[list[int]]:
    """Groups of indices into ``figures``: the first is converted by the others, as printed.

    ``figures`` are in order of position and belong to one sentence. Where words stand between two
    figures the rate has to ``agree``.

    >>> from ..figures import figures as find
    >>> text = "It gave 85 billion kroner (€7.3 billion, $7.9 billion) and €5 million."
    >>> conversion_groups(text, find(text))
    [[0, 1, 2]]
    """
    groups: list[list[int]] = []
    index = 0
    while index < len(figures) - 1:
        first = figures[index]
        members = [index]
        inside = False
        while members[-1] + 1 < len(figures):
            last, nxt = figures[members[-1]], figures[members[-1] + 1]
            between = text[last.end : nxt.start]
            if len(between) > _GAP or not _other_money(first, nxt):
                break
            if any(figures[k].currency == nxt.currency for k in members[1:]):
                break
            following = figures[members[-1] + 2] if members[-1] + 2 < len(figures) else None
            joined = _joins(text, first, nxt, following, between, inside, agree)
            if joined is None:
                break
            inside = joined == "bracket"
            members.append(members[-1] + 1)
        if len(members) > 1:
            groups.append(members)
        index = members[-1] + 1
    return groups


def base_of(group: Sequence[Figure], home: Sequence[str]) -> int:
    """Which member of a group is the original: the first printed, but for one case.

    A group printed with the converted figure first ("$11 million (10 million euros)") is told by
    ``home``, the currencies of the donor: the other figure is in them, no word such as "about"
    stands before it, and it is printed to no more digits than the first.
    """
    if group[0].currency in home:
        return 0
    for index, figure in enumerate(group[1:], start=1):
        certain = figure.currency_basis != "ambiguous" and figure.qualifier is None
        if figure.currency in home and certain and _digits(figure) <= _digits(group[0]):
            return index
    return 0


def _digits(figure: Figure) -> int:
    """Significant digits, trailing zeros aside: what conversion makes more of."""
    return len(re.sub(r"\D", "", figure.digits).strip("0"))
