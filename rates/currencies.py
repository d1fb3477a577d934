"""ISO 4217: the codes of currencies, their life spans, successors and irrevocable euro rates.

The table is ``data/currencies.tsv``, written by ``scripts/make_currencies.py``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .errors import UnknownCurrencyError
from .tsv import table

# Suggestions come in this order, then by the alphabet: the currencies that most pledges are
# printed in, so that "dollars" offers USD before BBD.
_LIKELY = (
    *("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN"),
    *("CZK", "CNY", "INR", "KRW", "TRY", "UAH", "RUB", "ZAR", "BRL"),
)

# Accounting units that ISO 4217 lists beside money; nobody pledges in them.
_FUNDS = ("BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW")

_MOST_SUGGESTIONS = 3
_MOST_SHOWN = 40  # characters of a wrong value repeated in a message


class Currency(NamedTuple):
    """A currency of ISO 4217, live or ended.

    ``minor_units``: digits after the point, None for metals, funds and testing codes.
    ``first``, ``last``: life span, None when unknown or still alive. ``successor``: the code that
    replaced it. ``euro_rate``: units per 1 EUR, irrevocable from the day after ``last``.
    """

    code: str
    name: str
    minor_units: int | None
    first: date | None
    last: date | None
    successor: str | None
    euro_rate: Decimal | None


def currency(code: str) -> Currency:
    """Return the currency that ``code`` names, in upper or lower case.

    Raises UnknownCurrencyError, with the codes that come close, for everything else.

    >>> currency("ltl").successor, currency("LTL").euro_rate
    ('EUR', Decimal('3.45280'))
    >>> currency("XXL")
    Traceback (most recent call last):
    rates.errors.UnknownCurrencyError: XXL is not a currency; did you mean XXX?
    """
    found = _table().get(_normal(code))
    if found is None or code.strip() in _HUNDREDTHS:
        raise _unknown(code)
    return _currency(found["code"])


def known(code: str) -> bool:
    """Say whether ``code`` is a currency of ISO 4217, live or ended, in upper or lower case.

    >>> known("eur"), known("EURO")
    (True, False)
    """
    return _normal(code) in _table() and code.strip() not in _HUNDREDTHS


def minor_units(code: str) -> int | None:
    """Return the number of digits after the point that amounts in ``code`` have.

    None for metals, funds and testing codes, which have none. Raises UnknownCurrencyError.

    >>> minor_units("EUR"), minor_units("JPY"), minor_units("KWD"), minor_units("XAU")
    (2, 0, 3, None)
    """
    return currency(code).minor_units


def currencies() -> tuple[Currency, ...]:
    """Return every currency of the table, by the alphabet.

    >>> [c.code for c in currencies() if c.name.endswith("Guilder")]
    ['ANG', 'NLG', 'SRG']
    """
    return tuple(_currency(code) for code in _table())


def suggestions(text: str) -> tuple[str, ...]:
    """Return the codes that someone who typed ``text`` may have meant, likeliest first.

    A sign or a name comes first ("euro", "dollars", "swiss francs"), then codes one slip away:
    letters swapped, one wrong, one too many, one too few. Money before metals and testing codes,
    live codes before ended ones.

    >>> suggestions("dollars"), suggestions("EUT"), suggestions("ERU"), suggestions("qqqq")
    (('USD', 'CAD', 'AUD'), ('EUR',), ('EUR',), ())
    """
    typed = " ".join(_normal(text)[: _MOST_SHOWN + 1].split())
    named = _by_slip(typed) or _by_name(typed)
    return (named or _by_letters(typed))[:_MOST_SUGGESTIONS]


def abbreviated(text: str) -> str | None:
    """The one code that a word of ``data/currency_typed.tsv`` means in place of a code.

    >>> abbreviated("SDR"), abbreviated("FCFA")
    ('XDR', None)
    """
    codes = _typed().get(" ".join(text.lower().split()), ())
    return codes[0] if len(codes) == 1 else None


def meant(text: str) -> tuple[str, ...]:
    """The live codes that a word or name means in an amount, likeliest first; mostly none.

    What ``data/currency_typed.tsv`` has, and English names with one candidate. Signs and the
    euro, the dollar and their like are not among them: a caller reads those itself.

    >>> meant("SDR"), meant("dirhams"), meant("Qatari riyals"), meant("EUR")
    (('XDR',), ('AED', 'MAD'), ('QAR',), ())
    """
    words = " ".join(text.lower().split())
    if len(words) < 2 or len(words) > _MOST_SHOWN or not words.replace(" ", "").isalpha():
        return _typed().get(words, ())
    if words in _typed() or f"{words}s" in _typed():
        return _typed().get(words) or _typed()[f"{words}s"]
    named = _by_name(words.upper()) if " " in words or len(words) > 3 else ()
    live = tuple(code for code in named if not _table()[code]["last"])
    return live if len(live) == 1 else ()


@cache
def _typed() -> dict[str, tuple[str, ...]]:
    return {row["typed"]: tuple(row["codes"].split("|")) for row in table("currency_typed")}


def _normal(code: object) -> str:
    return code.strip().upper() if isinstance(code, str) else ""


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table("currencies")}


@cache
def _currency(code: str) -> Currency:
    row = _table()[code]
    return Currency(
        code=code,
        name=row["name"],
        minor_units=int(row["minor_units"]) if row["minor_units"] else None,
        first=date.fromisoformat(row["first"]) if row["first"] else None,
        last=date.fromisoformat(row["last"]) if row["last"] else None,
        successor=row["successor"] or None,
        euro_rate=Decimal(row["euro_rate"]) if row["euro_rate"] else None,
    )


# Exchanges quote in hundredths: GBp is no other spelling of GBP. The code, its unit, the word.
_HUNDREDTHS = {
    "GBp": ("GBP", "pence"),
    "GBX": ("GBP", "pence"),
    "ILA": ("ILS", "agorot"),
    "ZAc": ("ZAR", "cents"),
    "ZAC": ("ZAR", "cents"),
    "USX": ("USD", "cents"),
}


def _unknown(code: object) -> UnknownCurrencyError:
    shown = code.strip() if isinstance(code, str) else repr(code)
    if shown in _HUNDREDTHS:
        unit, word = _HUNDREDTHS[shown]
        return UnknownCurrencyError(
            f"{shown} is {word}, a hundredth of {unit}: divide by 100 and use {unit}",
            shown,
            (unit,),
        )
    shown = "".join(char if char.isprintable() else "?" for char in shown[: _MOST_SHOWN + 1])
    if len(shown) > _MOST_SHOWN:
        shown = shown[:_MOST_SHOWN] + "…"
    offers = suggestions(code) if isinstance(code, str) else ()
    if len(offers) > 1:
        advice = f"did you mean {', '.join(offers[:-1])} or {offers[-1]}?"
    elif offers:
        advice = f"did you mean {offers[0]}?"
    else:
        advice = "use an ISO 4217 code such as EUR, USD or GBP"
    return UnknownCurrencyError(
        f"{shown or 'an empty text'} is not a currency; {advice}", shown, offers
    )


def _rank(code: str) -> tuple[bool, bool, int, str]:
    row = _table()[code]
    likely = _LIKELY.index(code) if code in _LIKELY else len(_LIKELY)
    return (not _money(code), bool(row["last"]), likely, code)


def _money(code: str) -> bool:
    return bool(_table()[code]["minor_units"]) and code not in _FUNDS


def _by_slip(typed: str) -> tuple[str, ...]:
    slips = {row["typed"].upper(): row["codes"] for row in table("currency_slips")}
    codes = slips.get(typed) or slips.get(typed.removesuffix("S"))
    return tuple(codes.split("|")) if codes else ()


def _by_name(typed: str) -> tuple[str, ...]:
    """Codes whose English name has every word that was typed: "swiss francs", "krone"."""
    wanted = [_singular(word) for word in typed.split()]
    if not wanted or len(typed) < 3:
        return ()
    found = []
    for code, row in _table().items():
        words = {_singular(word) for word in row["name"].upper().split()}
        if words.issuperset(wanted) and _money(code):
            found.append(code)
    return tuple(sorted(found, key=_rank))


def _singular(word: str) -> str:
    plain = word.translate(str.maketrans("ÁÃÉÍÓÖÚ", "AAEIOOU"))
    return plain[:-1] if len(plain) > 3 and plain.endswith("S") else plain


def _by_letters(typed: str) -> tuple[str, ...]:
    """Codes at edit distance one, a swap of neighbours counting as one and coming first."""
    swaps = {
        typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(min(len(typed), 3) - 1)
    }
    swapped = sorted((code for code in swaps if code in _table()), key=_rank)
    if swapped:
        return tuple(swapped)
    return tuple(sorted((code for code in _table() if _one_edit(typed, code)), key=_rank))


def _one_edit(typed: str, code: str) -> bool:
    if len(typed) == len(code):
        return sum(a != b for a, b in zip(typed, code, strict=True)) == 1
    short, long = sorted((typed, code), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )
