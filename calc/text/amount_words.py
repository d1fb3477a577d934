"""How amounts are written in sentences: with a scale word, and no more digits than they carry."""

from __future__ import annotations

from decimal import Decimal

_UNITS = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)


def significant(amount: Decimal, digits: int) -> Decimal:
    """Round to ``digits`` significant digits, half to even.

    >>> significant(Decimal("744743200"), 4)
    Decimal('7.447E+8')
    """
    return round(amount, digits - 1 - amount.adjusted()) if amount else amount


def grouped(amount: Decimal) -> str:
    """A plain number with grouped thousands and no trailing zeros behind the point.

    >>> grouped(Decimal("12300.50")), grouped(Decimal("7.447E+8"))
    ('12,300.5', '744,700,000')
    """
    shown = f"{amount:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def amount_words(amount: Decimal | float, digits: int = 4) -> str:
    """Write an amount with at most ``digits`` significant digits and a scale word.

    >>> amount_words(Decimal("744743200")), amount_words(12345, 3), amount_words(20e6)
    ('744.7 million', '12,300', '20 million')
    """
    rounded = significant(Decimal(str(amount)), digits)
    for size, name in _UNITS:
        if abs(rounded) >= size:
            return f"{grouped(significant(rounded / size, digits))} {name}"
    return grouped(rounded)


def range_words(low: Decimal | float, high: Decimal | float, digits: int = 4) -> str:
    """Write two ends of a range, the scale word once where both have the same.

    >>> range_words(20e6, 30e6), range_words(900e6, 1.1e9), range_words(5e6, 5e6)
    ('20 to 30 million', '900 million to 1.1 billion', '5 million')
    """
    first, second = amount_words(low, digits), amount_words(high, digits)
    if first == second:
        return first
    number, space, unit = first.partition(" ")
    if space and second.endswith(f" {unit}"):
        return f"{number} to {second}"
    return f"{first} to {second}"
