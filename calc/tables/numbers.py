"""The numbers of a column as people write them: which mark begins the decimals, what is negative.

One cell such as "1,250" has two readings; the other cells of its column mostly settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

MARKS = {",": ",", ".": ".", "comma": ",", "point": ".", "dot": "."}
_NUMBER = re.compile(r"\d[\d.,'’\s\u00a0\u202f\u2009]*\d|\d")
MOST_DIGITS = 24  # before the decimal mark: more is no amount of money
_LEAST = Decimal("1e-12")
_ONLY = re.compile(r"-?\d[\d.,'’\s\u00a0\u202f\u2009]*")
_DIGITS = re.compile(rf"-?\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,30}})?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_SOME = re.compile(r"[.,]")
FEWEST = 3  # cells that all have three digits behind their one comma are no decimals by chance
# "(€100)", "100-", "-5", "€-100", "100,-" is a price without cents
_IN_BRACKETS = re.compile(r"\((.{1,60})\)")
_BEHIND = re.compile(r"(.*[\d\w€$£¥%])\s?[-\u2212]")
_BEFORE = re.compile(r"([^\d\s(-]{0,4}\s?)[-\u2212]\s?([^\d\s-]{0,4}\s?\d.*)")
_NO_CENTS = re.compile(r"(.*\d)[,.](?:-|–|—|\u2212)")


class Marks(NamedTuple):
    """The decimal mark of a column ("." or ","), None when open, and the cell that shows it."""

    decimal: str | None = None
    example: str = ""
    contrary: str = ""  # a cell that shows the other mark


def is_money(amount: Decimal) -> bool:
    """Tell whether an amount is of a size that money has: 24 digits at most, 12 decimals.

    >>> is_money(Decimal("1e23")), is_money(Decimal("1e400")), is_money(Decimal(0))
    (True, False, True)
    """
    return not amount or (amount.adjusted() < MOST_DIGITS and abs(amount) >= _LEAST)


def decimal_mark(column: Iterable[str]) -> Marks:
    """Settle the decimal mark of a column by its cells.

    >>> decimal_mark(["107.097", "1.238.920"]), decimal_mark(["1,250", "12.75"]).decimal
    (Marks(decimal=',', example='1.238.920', contrary=''), '.')
    >>> decimal_mark(["1.250"]), decimal_mark(["1,134", "€544,310", "3,250"]).decimal
    (Marks(decimal=None, example='', contrary=''), '.')
    """
    shown: dict[str, str] = {}
    grouped: dict[str, None] = {}
    for cell in column:
        if "," not in cell:
            if "." not in cell or ("." in shown and cell.count(".") == 1):
                continue  # no mark, or one point, which shows nothing else than a point
        elif "," in shown and "." not in cell and cell.count(",") == 1:
            continue
        for match in _NUMBER.finditer(cell):
            mark = _shown(match[0])
            if mark in (".", ","):
                shown.setdefault(mark, cell.strip())
            elif mark == "?":
                grouped.setdefault(cell.strip())
    if len(shown) == 1:
        decimal, example = next(iter(shown.items()))
        return Marks(decimal, example)
    if shown:
        return Marks(None, shown["."], shown[","])
    if len(grouped) >= FEWEST:
        return Marks(".", next(iter(grouped)))
    return Marks()


def _shown(number: str) -> str:
    """The decimal mark that a number shows; "?" for one comma before three digits, else ""."""
    digits = _SPACES.sub("", number)
    marks = _SOME.findall(digits)
    if not marks:
        return ""
    last, tail = str(marks[-1]), re.split(r"[.,]", digits)[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:  # 1.238.920: a mark that comes twice divides groups
        return "." if last == "," else ","
    if len(tail) == 3 and digits[0] != "0" and len(digits) <= 7:
        return "?" if last == "," else ""
    return last


def plain(cell: str, decimal: str) -> str:
    """The cell with its one number without groups and with a decimal point.

    Cells with several numbers, or with one that the mark does not fit, stay as they are.

    >>> plain("€1.238.920,50", ","), plain("1,250", "."), plain("5-6 million", ".")
    ('€1238920.50', '1250', '5-6 million')
    """
    found = _NUMBER.findall(cell)
    if len(found) != 1:
        return cell
    number = str(found[0])
    group = "," if decimal == "." else "."
    digits = _SPACES.sub(group, number)
    whole, _, tail = digits.partition(decimal)
    groups = whole.split(group)
    if len(groups) > 1 and not _are_groups(groups):
        return cell
    if group in tail or decimal in tail:
        return cell
    return cell.replace(number, "".join(groups) + (f".{tail}" if tail else ""))


def contradicts(cell: str, decimal: str) -> bool:
    """Tell whether a cell that ``plain`` left as it is has the other mark within its number.

    >>> contradicts("12.75", ","), contradicts("12,5", "."), contradicts("5-6 million", ",")
    (True, True, False)
    """
    found = _NUMBER.findall(cell)
    other = "." if decimal == "," else ","
    return any(other in number for number in found) and (decimal == "," or len(found) == 1)


def _are_groups(groups: list[str]) -> bool:
    if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    middle = {len(group) for group in groups[1:-1]}
    return middle <= {3} or (middle == {2} and len(groups[0]) <= 2)


def unsigned(cell: str) -> tuple[str, bool]:
    """The cell without the sign of a negative amount, and whether it had one.

    >>> unsigned("(€100)"), unsigned("€100-"), unsigned("-5"), unsigned("100,-")
    (('€100', True), ('€100', True), ('5', True), ('100', False))
    >>> unsigned("5-6 million"), unsigned("(about 5 million)")[1]
    (('5-6 million', False), False)
    """
    text = cell.strip()
    whole = _NO_CENTS.fullmatch(text)
    if whole is not None:
        return whole[1], False
    inside = _IN_BRACKETS.fullmatch(text)
    if inside is not None and _is_bare(inside[1]):
        return inside[1].strip(), True
    before = _BEFORE.fullmatch(text)
    if before is not None:
        return f"{before[1]}{before[2]}", True
    behind = _BEHIND.fullmatch(text)
    if behind is not None and any(map(str.isdigit, behind[1])):
        return behind[1], True
    return text, False


def _is_bare(text: str) -> bool:
    """A number with at most a sign or code: words in brackets are a remark."""
    return re.fullmatch(r"[^\d\s]{0,4}\s?[\d.,'’\s]*\d\s?[^\d\s]{0,4}", text.strip()) is not None


def _without_groups(number: str, decimal: str | None) -> str | None:
    """A number whose marks the column settles, as programs write it."""
    if decimal is None or _ONLY.fullmatch(number) is None:
        return None
    found = plain(number, decimal)
    return None if found == number or _DIGITS.fullmatch(found) is None else found


def plain_numbers(column: Iterable[str], decimal: str | None = None) -> dict[str, str]:
    """The cells that are nothing but a number, and that number without groups.

    >>> plain_numbers(["1250.50", "-5", "€5", "1e6"])
    {'1250.50': '1250.50', '-5': '-5'}
    >>> plain_numbers(["1.238.920,5"], ",")
    {'1.238.920,5': '1238920.5'}
    """
    found: dict[str, str] = {}
    for cell in column:
        if cell.isdecimal() and cell.isascii() and len(cell) <= MOST_DIGITS:
            found[cell] = cell
            continue
        number = cell.strip()
        if decimal == "," or _DIGITS.fullmatch(number) is None:
            bare = _without_groups(number, decimal)
            if bare is None:
                continue
            number = bare
        found[cell] = number
    return found


def grouped(number: str) -> str:
    """A plain number as it is printed, in groups of three.

    >>> grouped("1250.50"), grouped("-0.5"), grouped("5.0")
    ('1,250.50', '-0.5', '5')
    """
    if number.isdecimal():
        return f"{int(number):,}"
    return f"{Decimal(number):,f}".removesuffix(".0")
