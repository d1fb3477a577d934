"""Amounts without money of their own: "0.25 % of its GDP", "twice as much", "€2 per inhabitant".

They need other data (an income, an earlier amount, a population), never a rate.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FROM_TWO = r"two|three|four|five|six|seven|eight|nine|ten"
_PART = r"half|a\squarter|a\sthird|three\squarters|a\stenth|a\sfifth"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,4})?\s?"
# what ends right before a percent sign or word: "0.25", "0.1 to 0.2", "a quarter of a", "half a"
_SHARE = re.compile(
    rf"(?:(?<![\w.,])(?:{_NUMBER}(?:[-–]|to|and)\s?)?{_NUMBER}"
    rf"|\b(?:(?:one|{_FROM_TWO}|{_PART})\s(?:(?:of\s)?(?:a|one)\s)?|(?:a|one)\s))\Z",
    re.IGNORECASE,
)
_WHOSE = r"its|their|the|our|his|her|each|every|annual|national|total|combined|whole|\w+['’]s|a"
_INCOME = r"GDP|GNI|GNP|gross\s(?:domestic|national)\s(?:product|income)|national\sincome"
# "cut from 0.5% of national income to 0.3%": a second share of the same income
_SAME_INCOME = re.compile(rf"\b(?:{_INCOME}|national\sbudget)\b", re.IGNORECASE)
_BEFORE_SHARE = r"from|to|with|at|against|than|only|just|of\s(?:this|that|it),|present|about|is|was"
_SECOND = re.compile(
    rf"\b(?:{_BEFORE_SHARE})\s(?P<share>[0-5](?:[.,]\d{{1,2}})?\s?(?:%|per\s?cent\b))"
    r"(?!\sof\b|\w)"
)
_LONGEST_BETWEEN = 160  # characters between two shares of one income
_OF_INCOME = re.compile(
    rf"\sof\s(?:(?:{_WHOSE}|(?-i:[A-Z][\w-]*)(?:['’]s)?)\s){{0,4}}?"
    rf"(?:{_INCOME}|economic\soutput)\b",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(rf"\b(?:{_FROM_TWO}|\d{{1,2}})\s\Z", re.IGNORECASE)
# after "twice", "three times": "as much", "that amount", "last year's aid"
_MONEY = r"as|than|aid|money|support|funding|assistance|help"
_NO_GOODS = r"in|on|to|for|this|next|last|from|if|when|while|and|but|or|over|by|a|per|each"
_THAT = r"that|the|this|its|their|last\syear['’]s|the\sprevious|the\soriginal"
_AS_MUCH = re.compile(
    # "twice as much gas" is no money
    rf"\s(?:(?P<much>as\smuch|more)\b"
    rf"(?=\s?(?:[.,;:!?)–—]|\Z)|\s(?:{_MONEY}|{_NO_GOODS}|every|again|now)\b)"
    rf"|(?:(?:{_THAT})\s){{1,2}}"
    rf"(?:amount|sum|figure|total|aid|contribution|pledge)\b)",
    re.IGNORECASE,
)
# Few words begin like these, and all else is read around them.
_PERCENT = r"(?<=%)|(?<=[pP])(?:er\s?cent|ct|ercentage\spoints?)\b"
_TIMES = r"(?<=[Tt])(?:wice|hrice|riple)\b|(?<=t)imes\b|(?<=[dD])ouble\b"
# one class of characters first: a fast scan
_ANCHOR = re.compile(rf"[%pPtTdD](?:{_PERCENT}|{_TIMES})")
# What every anchor holds: looked for much faster than the anchors themselves.
_MARKS = ("%", "ercent", "pct", "Pct", "wice", "hrice", "riple", "times", "Times", "ouble")
_TWO_WORDS = re.compile(r"er\scent")
_NEAR = 28  # characters in which the number before an anchor stands
_PER_HEAD = re.compile(
    r"\s?(?:per|for (?:each|every)|a|/)\s?"
    r"(?:inhabitant|capita|head|person|citizen|resident|taxpayer)\b",
    re.IGNORECASE,
)


class Relative(NamedTuple):
    """A share or a multiple in a text: its span and its words."""

    start: int
    end: int
    text: str


def relative_amounts(text: str) -> list[Relative]:
    """The shares of an income and the multiples of another amount, in order.

    >>> relative_amounts("It will give 0.25% of its GDP each year.")[0].text
    '0.25% of its GDP'
    >>> [r.text for r in relative_amounts("A quarter of a percent of GDP is twice as much.")]
    ['A quarter of a percent of GDP', 'twice as much']
    """
    if not any(mark in text for mark in _MARKS) and not (
        "cent" in text and _TWO_WORDS.search(text)
    ):
        return []
    found = [one for match in _ANCHOR.finditer(text) if (one := _around(text, match))]
    return _with_second_shares(text, found)


def _with_second_shares(text: str, found: list[Relative]) -> list[Relative]:
    """The shares and those that follow or go before in the same sentence, of the same income.

    >>> [r.text for r in relative_amounts("Aid fell from 0.5% of GDP to 0.3% this year.")]
    ['0.5% of GDP', '0.3%']
    """
    more: list[Relative] = []
    for income in _SAME_INCOME.finditer(text):
        low = max(text.rfind(". ", 0, income.start()) + 1, income.start() - _LONGEST_BETWEEN, 0)
        stop = text.find(". ", income.end(), income.end() + _LONGEST_BETWEEN)
        high = stop if stop >= 0 else income.end() + _LONGEST_BETWEEN
        for second in _SECOND.finditer(text, low, high):
            start, end = second.span("share")
            if all(end <= one.start or one.end <= start for one in (*found, *more)):
                more.append(Relative(start, end, text[start:end]))
    return sorted((*found, *more))


def _around(text: str, anchor: re.Match[str]) -> Relative | None:
    """The share or multiple whose percent sign or "times" is ``anchor``."""
    start = anchor.start()
    low = max(0, start - _NEAR)
    word = anchor.group().lower()
    if word[0] in "%p":
        after = _OF_INCOME.match(text, anchor.end())
        before = _SHARE.search(text, low, start) if after is not None else None
        if after is None or before is None:
            return None
        start = before.start()
    else:
        after = _AS_MUCH.match(text, anchor.end())
        if after is None:
            return None
        if word == "times":
            count = _COUNT_BEFORE.search(text, low, start)
            if count is None:
                return None
            start = count.start()
        elif (after.group("much") or "").lower() == "more":
            return None  # "twice more" may be twice or thrice
    return Relative(start, after.end(), text[start : after.end()])


def per_head(text: str, end: int) -> bool:
    """Whether the amount that ends at ``end`` is for each inhabitant, so no sum that is given.

    >>> per_head("It gave €2 per inhabitant.", 10)
    True
    """
    return _PER_HEAD.match(text, end) is not None
