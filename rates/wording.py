"""Amounts and rates as text: plain for machines, grouped and rounded for people."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from .currencies import minor_units

_RATE_DIGITS = 6  # significant digits of a computed rate, as published rates have
_LEAST_DIGITS = 3  # of a small amount, so that it never shows as 0


def plain(value: Decimal) -> str:
    """A decimal without exponent, grouping or idle zeros.

    >>> plain(Decimal("744743200.0000")), plain(Decimal("1E+3")), plain(Decimal("-0.0"))
    ('744743200', '1000', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def grouped(value: Decimal, code: str, *, exact: bool = False) -> str:
    """An amount for people: thousands grouped, rounded to the minor units of ``code``.

    ``.00`` is dropped. Half a unit rounds up (Council Regulation (EC) 1103/97, article 5). A
    small amount keeps three significant digits; ``exact`` keeps all there are.

    >>> grouped(Decimal("744743200.0000"), "USD"), grouped(Decimal("0.001234"), "USD")
    ('744,743,200', '0.00123')
    >>> grouped(Decimal("1234.5"), "EUR"), grouped(Decimal("1234.5"), "JPY")
    ('1,234.50', '1,235')
    """
    text = plain(value)
    if "." not in text:
        return _thousands(text)
    places = minor_units(code)
    least = 2 if places is None else places  # metals and funds have no minor unit
    shown = max(least, _LEAST_DIGITS - 1 - value.adjusted())
    if not exact:
        context = Context(prec=len(text) + shown + 1, rounding=ROUND_HALF_UP)
        text = plain(value.quantize(Decimal(1).scaleb(-shown), context=context))
    whole, _, decimals = text.partition(".")
    grouped_whole = _thousands(whole)
    return f"{grouped_whole}.{decimals.ljust(least, '0')}" if decimals else grouped_whole


def known_to(value: Decimal, share: Decimal) -> Decimal:
    """A value that may be off by ``share`` to either side, without the digits that say nothing.

    The last digit kept is worth no more than the whole width of what is possible.

    >>> plain(known_to(Decimal("246829.19"), Decimal("0.00053")))
    '246800'
    """
    width = 2 * abs(value) * share
    if not width:
        return value
    context = Context(prec=60, rounding=ROUND_HALF_UP)
    return value.quantize(Decimal(1).scaleb(width.adjusted()), context=context)


def _thousands(whole: str) -> str:
    return f"{Decimal(whole):,}" if whole != "-0" else "-0"


def short(value: Decimal) -> str:
    """A computed rate to six significant digits.

    >>> short(1 / Decimal("1.0904"))
    '0.917095'
    """
    return plain(Context(prec=_RATE_DIGITS, rounding=ROUND_HALF_UP).plus(value))
