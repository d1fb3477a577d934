"""The exchange rates of HM Revenue & Customs (United Kingdom): monthly, yearly, and of two days.

What customs declarations, VAT returns and many British tables use. Units per 1 GBP, embedded in
``data/hmrc.bin`` (Open Government Licence v3.0). The rates of a month hold for all of it and are
made before it begins; those of a year are its average, to 31 March or 31 December.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from .errors import NoRateError, PledgecalcError
from .fixings import ARITHMETIC, MAX_DAYS_BACK, Fixing, Fixings
from .seals import DATA, checked

NAME = "HMRC"
TITLE = "exchange rates of HM Revenue & Customs"
POLICIES = {"hmrc-month": "month", "hmrc-year": "year", "hmrc-spot": "spot"}
_HALF_A_YEAR_AND_MORE = 276  # days from one of the two to the day before the next


class Published(Fixings):
    """One series of HMRC, against the euro by way of its own rate of the euro.

    >>> monthly().on("USD", date(2024, 6, 1)).stated
    '1 GBP = 1.2709 USD, 1 GBP = 1.1739 EUR (HMRC 2024-06)'
    """

    def __init__(
        self, name: str, version: str, days: Sequence[str], columns: dict[str, str]
    ) -> None:
        self._name = name
        self._euro = columns["EUR"].split(",")
        codes = {code: text for code, text in columns.items() if code != "EUR"}
        super().__init__(NAME, version, days, codes | {"GBP": ",".join(["1"] * len(days))})

    def _fixing(self, currency: str, place: int) -> Fixing:
        iso, text, euro = self._iso[place], self._cells(currency)[place], self._euro[place]
        value = ARITHMETIC.divide(Decimal(text), Decimal(euro))
        when = iso[:7] if self._name == "month" else f"to {iso}" if self._name == "year" else iso
        own = "" if currency == "GBP" else f"1 GBP = {text} {currency}, "
        return Fixing(
            currency,
            date.fromisoformat(iso),
            value,
            format(value, "f"),
            stated=f"{own}1 GBP = {euro} EUR ({NAME} {when})",
            units=Decimal(text),
        )

    def as_of(self, currency: str, day: date, max_days_back: int = MAX_DAYS_BACK) -> Fixing:  # noqa: ARG002
        """The rate of the day, of its month, of its year; of single days the last one before."""
        if self._name == "spot":
            return super().as_of(currency, day, _HALF_A_YEAR_AND_MORE)
        first = day.replace(day=1) if self._name == "month" else date(day.year, 12, 31)
        found = self.on(currency, first)
        if found is None:
            raise NoRateError(self.absence(currency, first, self._named(day)))
        return found

    def _named(self, day: date) -> str:
        return day.isoformat()[:7] if self._name == "month" else str(day.year)

    def by_day(self, currency: str) -> dict[date, Decimal]:
        """Units per 1 EUR on the day of each rate."""
        return {one.date: one.value for one in self.between(currency, self.first, self.last)}

    def floats(self, currency: str) -> list[float]:
        """Units per 1 EUR on each day, NaN where nothing was published."""
        cells = zip(self._cells(currency), self._euro, strict=True)
        return [float(cell) / float(euro) if cell else float("nan") for cell, euro in cells]

    def cross_series(self, base: str, quote: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """Days on which both have a rate, ascending, and ``quote`` per 1 ``base`` on each."""
        key = (base, quote)
        if key not in self._series:
            below, above = self._units(base), self._units(quote)
            both = [place for place in range(len(self.days)) if below[place] and above[place]]
            divide, days = ARITHMETIC.divide, self.days
            self._series[key] = (
                tuple(days[place] for place in both),
                tuple(divide(Decimal(above[place]), Decimal(below[place])) for place in both),
            )
        return self._series[key]

    def _units(self, currency: str) -> Sequence[str]:
        return self._euro if currency == "EUR" else self._cells(currency)

    def no_column(self, currency: str) -> str:
        """The words for a currency that HMRC does not publish."""
        return f"{NAME} publishes no rate for {currency}"


def monthly() -> Published:
    """The rates of each month since 2014-02, at its first day."""
    return _series("month")


def yearly() -> Published:
    """The averages of the years to 31 March and to 31 December, at their last day."""
    return _series("year")


def spot() -> Published:
    """The rates of 31 March and 31 December."""
    return _series("spot")


def of_policy(name: str) -> Published | None:
    """The series of a policy of HMRC's own, None for the others."""
    return _series(POLICIES[name]) if name in POLICIES else None


def path() -> str:
    """The embedded file."""
    return os.path.join(DATA, "hmrc.bin")  # noqa: PTH118


@cache
def _series(name: str) -> Published:
    with open(path(), "rb", buffering=0) as file:  # noqa: PTH123
        content = checked(path(), file.read())
    first, index, rest = content.split(b"\n", 2)
    for entry in index.decode("ascii").split(","):
        own, place, length, digest = entry.split(" ")
        if own != name:
            continue
        block = rest[int(place) : int(place) + int(length)]
        if zlib.crc32(block) != int(digest, 16):
            raise PledgecalcError(
                f"{path()} was changed since it was released; install pledgecalc anew"
            )
        days, *lines = zlib.decompress(block).decode("ascii").splitlines()
        version = first.decode("ascii").rpartition(", ")[2]
        columns = {line[:3]: line[4:] for line in lines}
        return Published(name, version, days.split(","), columns)
    raise PledgecalcError(f"{path()} has no series {name}")
