"""Did the amount change, or only the exchange rate? A change taken apart, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from typing import Any, NamedTuple

from rates.amounts import parse_amount
from rates.conversion import convert
from rates.currencies import currency as known_currency
from rates.errors import UsageError
from rates.sources import Rates

from ..text.amount_words import amount_words

_EXACT = Context(prec=60)
_HALF = Decimal("0.5")
CONVENTIONS = {
    "earlier-rate": "the amount effect at the earlier rate, the rate effect on the later amount",
    "later-rate": "the amount effect at the later rate, the rate effect on the earlier amount",
    "midpoint": "each effect at the mean of the other: half of what both do together goes to each",
}


class Effects(NamedTuple):
    """A change between two sums, seen in another currency, as two parts that add up to it.

    ``before`` and ``after`` are the sums in ``base``, ``value_before`` and ``value_after`` what
    they were in ``currency``: at the rates of ``days``, or as ``stated``. ``amount_effect`` plus
    ``rate_effect`` is ``change`` exactly; ``convention`` is the rule that parts them. All Decimal;
    ``str`` is the answer in words.
    """

    base: str
    currency: str
    before: Decimal
    after: Decimal
    value_before: Decimal
    value_after: Decimal
    change: Decimal
    amount_effect: Decimal
    rate_effect: Decimal
    convention: str
    days: tuple[date | None, date | None]
    basis: tuple[str, str]

    def lines(self) -> list[tuple[str, str]]:
        """What was compared and what it comes to, as pairs of a word and its line."""
        grown = _EXACT.subtract(self.after, self.before)
        moved = f"it changed by {_signed(grown)} {self.base}" if grown else "it did not change"
        return [
            ("before", self.basis[0]),
            ("after", self.basis[1]),
            ("change", f"{_signed(self.change)} {self.currency}"),
            ("amount", f"{_signed(self.amount_effect)} {self.currency}: {moved}"),
            ("rate", f"{_signed(self.rate_effect)} {self.currency}: {self._rates()}"),
            ("split", f"{self.convention}: {CONVENTIONS[self.convention]}"),
        ]

    def _rates(self) -> str:
        first, second = (
            _rate(value, amount)
            for value, amount in ((self.value_before, self.before), (self.value_after, self.after))
        )
        if first == second:
            return f"1 {self.base} = {first} {self.currency} both times"
        return f"1 {self.base} = {first}, then {second} {self.currency}"

    def verdict(self) -> str:
        """The answer in one sentence.

        >>> effects("10m", "10m", "EUR", "USD", on=("2024-11-04", "2025-03-03")).verdict()
        'Only the exchange rate changed: the amount is 10 million EUR both times.'
        """
        told = f"{amount_words(self.before)} {self.base}"
        if self.before == self.after:
            if not self.change:
                return f"Nothing changed: {told} both times, at the same rate."
            return f"Only the exchange rate changed: the amount is {told} both times."
        then = f"from {told} to {amount_words(self.after)} {self.base}"
        if not self.rate_effect:
            return f"Only the amount changed, {then}; the rate did not."
        amount, rate = (
            f"{_signed(part, words=True)} {self.currency}"
            for part in (self.amount_effect, self.rate_effect)
        )
        return f"Both changed: the amount, {then}, made {amount}, and the exchange rate {rate}."

    def to_dict(self) -> dict[str, Any]:
        """The fields, ready for JSON: amounts as plain decimal strings, ISO days."""
        told = {
            name: f"{value:f}" if isinstance(value, Decimal) else value
            for name, value in zip(self._fields, self, strict=True)
        }
        days = [day.isoformat() if day else None for day in self.days]
        return told | {"days": days, "basis": list(self.basis)}

    def __str__(self) -> str:
        rows = self.lines()
        return "\n".join([self.verdict(), "", *(f"{word:<8}{text}" for word, text in rows)])


def effects(
    before: int | float | Decimal | str,
    after: int | float | Decimal | str,
    base: str,
    quote: str,
    *,
    on: tuple[object, object] | None = None,
    stated: tuple[int | float | Decimal | str, int | float | Decimal | str] | None = None,
    convention: str = "earlier-rate",
    policy: str = "spot",
    rates: Rates = None,
) -> Effects:
    """Split the change from ``before`` to ``after``, in ``quote``, into amount and exchange rate.

    ``on`` has the two days whose rates are taken, by ``policy``; ``stated`` has what sources gave
    as the two equivalents, whose own rates are then used. ``convention`` is "earlier-rate" (the
    change at constant rates, as accounts show it), "later-rate" or "midpoint". Both parts add up to
    the change, to the last digit.

    Raises UsageError for an unknown convention, a sum of nought or without days or equivalents,
    NoRateError where no rate may be used.

    >>> found = effects("683m", "910m", "EUR", "USD", on=("2024-11-04", "2025-02-28"))
    >>> found.change, found.amount_effect + found.rate_effect == found.change
    (Decimal('202657800.0000'), True)
    >>> effects("683m", "910m", "EUR", "USD", stated=("763m", "940m")).change
    Decimal('177000000')
    """
    if convention not in CONVENTIONS:
        known = ", ".join(CONVENTIONS)
        raise UsageError(f"{convention!r} is no convention; choose one of {known}")
    if (on is None) == (stated is None):
        raise UsageError(
            "say on which two days (on=), or what the sources state as equivalents (stated=)"
        )
    codes = known_currency(base).code, known_currency(quote).code
    if on is not None:
        first, second = (
            convert(amount, *codes, day, policy, rates)
            for amount, day in zip((before, after), on, strict=True)
        )
        sums, values = (first.base_amount, second.base_amount), (first.amount, second.amount)
        days = (first.rate_date, second.rate_date)
        basis = str(first), str(second)
    else:
        assert stated is not None
        days = (None, None)
        sums, values = (_number(before), _number(after)), (_number(stated[0]), _number(stated[1]))
        first_line, second_line = (
            f"{_plain(amount)} {codes[0]} = {_plain(value)} {codes[1]} (as stated)"
            for amount, value in zip(sums, values, strict=True)
        )
        basis = first_line, second_line
    if not all(sums):
        raise UsageError("a sum of nought has no rate of its own; give two sums above it")
    amount_effect = _amount_effect(sums, values, convention)
    change = _EXACT.subtract(values[1], values[0])
    return Effects(
        *codes, *sums, *values, change, amount_effect, _EXACT.subtract(change, amount_effect),
        convention, days, basis,
    )  # fmt: skip


def _amount_effect(
    sums: tuple[Decimal, Decimal], values: tuple[Decimal, Decimal], convention: str
) -> Decimal:
    """What the change of the amount comes to at the earlier rate, the later one, or their mean."""
    grown = _EXACT.subtract(sums[1], sums[0])
    at = [
        _EXACT.divide(_EXACT.multiply(grown, value), amount)
        for amount, value in zip(sums, values, strict=True)
    ]
    if convention == "midpoint":
        return _short(_EXACT.multiply(_EXACT.add(*at), _HALF))
    return _short(at[0] if convention == "earlier-rate" else at[1])


def _short(value: Decimal) -> Decimal:
    """Without digits beyond a millionth of a unit, which no rate carries; the rest is the rate's.

    >>> _short(Decimal("247520800.0000"))
    Decimal('247520800')
    """
    return _plain_decimal(value.quantize(Decimal("1e-6"), context=_EXACT))


def _plain_decimal(value: Decimal) -> Decimal:
    kept = value.normalize(_EXACT)
    return kept.quantize(Decimal(1)) if kept == kept.to_integral_value() else kept


def _number(amount: int | float | Decimal | str) -> Decimal:
    if isinstance(amount, str):
        return parse_amount(amount).amount
    return Decimal(repr(amount)) if isinstance(amount, float) else Decimal(amount)


def _plain(value: Decimal) -> str:
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _signed(value: Decimal, *, words: bool = False) -> str:
    """With its sign, to hundredths or in words.

    >>> _signed(Decimal("-1234.567")), _signed(Decimal(20000000), words=True)
    ('−1,234.57', '+20 million')
    """
    sign = "+" if value >= 0 else "−"
    if words:
        return f"{sign}{amount_words(abs(value))}"
    return f"{sign}{_plain(abs(value).quantize(Decimal('0.01'), context=_EXACT))}"


def _rate(value: Decimal, amount: Decimal) -> str:
    return _plain(round(_EXACT.divide(value, amount), 4))
