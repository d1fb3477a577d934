"""Printed and typed numbers: a strict reader of separators, and amounts as people type them.

Nothing here repairs: a number whose separators do not make sense is an error, and one that has
two readings ("1.250") keeps both. Plain ``NamedTuple`` and small regular expressions only: this
module is loaded by every cold ``pledgecalc convert``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from . import tsv
from .currencies import meant
from .errors import UsageError

# A longer number is no amount of money; the bound keeps Decimal arithmetic exact (28 digits).
LONGEST = 28
MOST_PLACES = 60  # before or behind the decimal mark of a number that a script gives
# No-break, narrow no-break, thin and figure spaces are printed between groups of digits.
SPACES = " \u00a0\u202f\u2009\u2007"
APOSTROPHES = "'\u2019"
_SEPARATORS = ",." + SPACES + APOSTROPHES
_ONE_KIND = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(APOSTROPHES, "'"))
# Signs and words that people put around a typed amount, where they mean one currency only.
_TYPED_SIGNS = {
    "€": "EUR",
    "$": "USD",  # typed without a prefix it is the US dollar; the caller names the currency anyway
    "US$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "NT$": "TWD",
    "R$": "BRL",
    "EURO": "EUR",
    "EUROS": "EUR",
    "DOLLAR": "USD",
    "DOLLARS": "USD",
    "SDR": "XDR",  # as data/currency_typed.tsv has them, of three letters as a code has
    "ECU": "XEU",
    "CFA": "XOF",
    "CFP": "XPF",
}
# Prices on three exchanges are in hundredths: as typed, for GBp is no other spelling of GBP.
_HUNDREDTHS = {
    **dict.fromkeys(("p", "GBp", "GBX", "gbx", "pence"), "GBP"),
    **dict.fromkeys(("ILA", "ila", "ILa"), "ILS"),
    **dict.fromkeys(("ZAc", "ZAC"), "ZAR"),
    "USX": "USD",
}
_HUNDREDTH = Decimal("0.01")
_GLUED = re.compile(r"(k|K|m|M|mn|Mn|MN|mln|Mln|Mio|bn|Bn|BN|B)([A-Z]{3})")  # 50 MUSD, kEUR
_CODE_FIRST = re.compile(r"([A-Za-z]{3})(k|K|m|M|mn|mln|bn|B)")  # 50 USDm
_PARTED = re.compile(r"^([A-Za-z]{1,3}) +(?=[$€£¥])")  # "A $ 30": a dollar of its own
_ACCEPTED = 'write it like 683m, 1.5bn, "10 million", 683,000,000 or €683m'


class NumberReading(NamedTuple):
    """What a printed number says: ``value`` with ``decimals`` digits after the decimal mark.

    ``other`` and ``other_decimals`` hold the second reading of "1.250" and its kind, else None.
    """

    value: Decimal
    decimals: int
    other: Decimal | None = None
    other_decimals: int | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether the separators leave two readings open."""
        return self.other is not None


class TypedAmount(NamedTuple):
    """An amount that a person typed: ``amount`` is ``digits`` times ``scale``, signed.

    ``digits`` is the typed number without groups, its decimals kept: "1,500.50" is "1500.50".
    """

    amount: Decimal
    currency: str | None
    digits: str
    scale: Decimal


@cache
def scales() -> dict[str, Decimal]:
    """Scale word → multiplier, as printed plus the capitalised and upper-case forms of words.

    A word that cannot be decided (Spanish thousand or loose English million) maps to zero.

    >>> scales()["million"], scales()["млрд"], "t" in scales()
    (Decimal('1000000'), Decimal('1000000000'), False)
    """
    table = {
        row["word"]: Decimal(10) ** int(row["power"]) if row["power"] != "0" else Decimal(0)
        for row in tsv.table("scales")
    }
    forms = dict(table)
    for word, scale in table.items():
        if len(word) > 2 and word == word.lower():
            forms.setdefault(word.capitalize(), scale)
            forms.setdefault(word.upper(), scale)
    return forms


def _grouped(groups: list[str]) -> bool:
    """Whether ``groups`` are thousands (1 234 567) or the Indian kind (12 34 567)."""
    if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    middle = {len(group) for group in groups[1:-1]}
    return middle <= {3} or (middle == {2} and len(groups[0]) <= 2)


def _malformed(text: str) -> UsageError:
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return UsageError(f"{shown!r} is not a well-formed number; {_ACCEPTED}")


def read_number(text: str, *, continental: bool | None = None) -> NumberReading:
    """Read a printed number strictly, without sign, scale or currency.

    Groups may be divided by comma, point, space (also the no-break and thin ones) or apostrophe,
    always the same one, in threes or as in India; decimals follow a point or a comma. One point
    or comma before exactly three digits has two readings; English goes first ("1,250" is 1250,
    "1.250" is 1.25), with ``continental=True`` the other way round. Both are always kept. Raises
    ``UsageError`` for anything else.

    >>> read_number("1.250.000").value, read_number("12,34,567.5").value
    (Decimal('1250000'), Decimal('1234567.5'))
    >>> read_number("1,250").value, read_number("1,250").other
    (Decimal('1250'), Decimal('1.250'))
    """
    if text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return NumberReading(Decimal(text), 0)
    if len(text) > LONGEST or not text:
        raise _malformed(text)
    text = text.translate(_ONE_KIND)
    digits = [""]
    marks = ""
    for char in text:
        if "0" <= char <= "9":
            digits[-1] += char
        elif char in _SEPARATORS:
            marks += char
            digits.append("")
        else:
            raise _malformed(text)
    if not all(digits):
        raise _malformed(text)
    return _weigh(text, digits, marks, bool(continental))


def _weigh(text: str, digits: list[str], marks: str, continental: bool) -> NumberReading:
    """Decide which marks divide groups and which one begins the decimals."""
    last = marks[-1]
    whole, tail = "".join(digits[:-1]), digits[-1]
    as_decimal = Decimal(f"{whole}.{tail}")
    if len(set(marks)) == 1:
        groups = _grouped(digits) and (len(marks) > 1 or digits[0] != "0")
        if last in " '" or len(marks) > 1:
            if not groups:
                raise _malformed(text)
            return NumberReading(Decimal(whole + tail), 0)
        if not groups or digits[0][0] == "0":
            return NumberReading(as_decimal, len(tail))
        as_group = Decimal(whole + tail)
        if (last == ",") != continental:
            return NumberReading(as_group, 0, as_decimal, len(tail))
        return NumberReading(as_decimal, len(tail), as_group, 0)
    # Two kinds: groups of one kind first, then one decimal mark that is a point or a comma.
    if last not in ".," or len(set(marks[:-1])) != 1 or marks[0] == last:
        raise _malformed(text)
    if not _grouped(digits[:-1]):
        raise _malformed(text)
    return NumberReading(as_decimal, len(tail))


# sign, what stands before the number (sign or code), the number, what stands after it
_TYPED = re.compile(
    r"([+\-\u2212]?)\s*([^\d\s.,+\-\u2212]{0,4})\s*([+\-\u2212]?)"
    rf"(\d[\d{re.escape(_SEPARATORS)}]*\d|[.,]?\d+)[ \t\u00a0-]*([^\d]{{0,40}})\Z"
)
_HALVES = {"half a ": "0.5", "a half ": "0.5", "half ": "0.5", "a quarter of a ": "0.25", "a ": "1"}


def parse_amount(text: str) -> TypedAmount:
    """Read an amount as a person types it: "683m", "1.5bn", "10 million", "€683m", "-10".

    A typed "1,250" is 1250 and "1.250" is 1.25. ``currency`` is the code when the text has a
    sign, code or word for one, else None. Raises ``UsageError`` that names the value.

    >>> parse_amount("€683m")
    TypedAmount(amount=Decimal('683000000'), currency='EUR', digits='683', scale=Decimal('1000000'))
    >>> parse_amount("half a billion").amount
    Decimal('500000000.0')
    """
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    error = UsageError(f"{shown!r} is not an amount; {_ACCEPTED}")
    typed = _PARTED.sub(r"\1", text.strip())
    if not typed or len(typed) > 2 * LONGEST:
        raise error
    for words, digits in _HALVES.items():
        if typed.lower().startswith(words):
            typed = f"{digits} {typed[len(words) :]}"
            break
    match = _TYPED.match(typed)
    if match is None:
        raise error
    minus, before, inner, digits, after = match.groups()
    if minus and inner:
        raise error
    try:
        value = read_number(digits if digits[0] not in ".," else "0." + digits[1:]).value
    except UsageError:
        raise error from None
    scale, code = _tail(after, error)
    currency, times = _head(before, error)
    scale *= times
    if code and currency and code != currency:
        raise UsageError(f"{shown!r} names two currencies, {currency} and {code}; give one")
    amount = value * scale
    if "-" in minus + inner or "\u2212" in minus + inner:
        amount = -amount
    return TypedAmount(amount, currency or code, format(value, "f"), scale)


def _head(before: str, error: UsageError) -> tuple[str | None, Decimal]:
    """Read what precedes a typed number: a currency, with a scale before it in "MNZD 60"."""
    if not before:
        return None, Decimal(1)
    glued = _GLUED.fullmatch(before)
    if glued is not None:
        return glued[2], scales().get(glued[1], Decimal(10**9))
    currency = next(iter(meant(before)), None) or _typed_currency(before)
    if currency is None:
        raise error
    return currency, Decimal(1)


def _tail(after: str, error: UsageError) -> tuple[Decimal, str | None]:
    """Read what follows a typed number: a scale and a currency, in either order, or glued."""
    words = [word for word in after.replace("-", " ").split() if word != "of"]
    scale, used = _scale(words)
    if used and not scale:
        raise error
    words = words[used:]
    if not words:
        return scale, None
    if (code := _in_words(words)) is not None:
        return scale, code
    unit, code = _unit(words[0])
    if code is None:
        raise error
    more, used = _scale(words[1:])  # 12 USD mn
    if len(words) > 1 + used or (used and (not more or scale != 1)):
        raise error
    return scale * unit * more, code


def _in_words(words: list[str]) -> str | None:
    """The code of a currency that is named in words: "CFA francs", "birr", "Saudi riyals"."""
    text = " ".join(words)
    if text.upper() in _TYPED_SIGNS or (len(text) == 3 and not text.islower()):
        return None  # a code, or a sign that needs no table
    return next(iter(meant(text)), None)


def currency_words(text: str) -> str:
    """What is left of a typed amount without its number and scale: the words of a currency.

    >>> currency_words("5 billion CFA francs"), currency_words("Dhs 100m")
    ('CFA francs', 'Dhs')
    """
    words = re.sub(r"[\d.,]+(?=[a-zA-Z])|[\d.,+\-\u2212]+", " ", text).split()
    return " ".join(word for word in words if not scales().get(word.lower()) and word != "of")


def _scale(words: list[str]) -> tuple[Decimal, int]:
    """The scale that the first words are, and how many they are; zero for one not decided."""
    pair = " ".join(words[:2]).lower()
    if len(words) > 1 and pair in scales():
        return scales()[pair], 2
    if not words:
        return Decimal(1), 0
    word = words[0].rstrip(".") or words[0]  # "5." has a lone point behind it
    known = scales().get(word)
    if known is None and len(word) > 1:
        known = scales().get(word.lower())
    return (Decimal(1), 0) if known is None else (known, 1)


def _unit(word: str) -> tuple[Decimal, str | None]:
    """A currency, or one with a scale in the same word: 10M€, 50 MUSD, 450p."""
    if word in _HUNDREDTHS:
        return _HUNDREDTH, _HUNDREDTHS[word]
    if word[-1] in _TYPED_SIGNS and scales().get(word[:-1]):
        return scales()[word[:-1]], _TYPED_SIGNS[word[-1]]
    if word[0] in _TYPED_SIGNS and scales().get(word[1:]):
        return scales()[word[1:]], _TYPED_SIGNS[word[0]]  # 12 €m
    code = _typed_currency(word)
    if code is not None:
        return Decimal(1), code
    glued = _GLUED.fullmatch(word)
    if glued is not None:
        return scales().get(glued[1], Decimal(10**9)), glued[2]
    first = _CODE_FIRST.fullmatch(word)
    if first is not None:
        return scales().get(first[2], Decimal(10**9)), first[1].upper()
    return Decimal(1), None


def _typed_currency(word: str) -> str | None:
    """The code that a typed sign, code or word stands for; a code is checked by the caller."""
    typed = word.rstrip(".")
    word = typed.upper()
    if word in _TYPED_SIGNS:
        return _TYPED_SIGNS[word]
    if len(word) == 4 and word[-1] in "$€£¥" and word[:3].isascii() and word[:3].isalpha():
        word = word[:3]  # sgd$
    if typed[:2].isupper() and typed[2:].islower():
        word = typed  # GBp is no GBP
    return word if len(word) == 3 and word.isascii() and word.isalpha() else None
