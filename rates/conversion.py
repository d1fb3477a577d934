"""Convert amounts at historical rates, and say for every number which rate of which day it is."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal
from typing import Any, NamedTuple

from . import ecb, hmrc, notebook, official, sources, world
from .amounts import MOST_PLACES, currency_words, parse_amount, read_number
from .currencies import abbreviated, currency, meant
from .errors import UsageError
from .fixings import ARITHMETIC, Average, Fixing, Fixings
from .legs import STATUTE, Irrevocable, Leg, Observed, observe, rounding_of
from .policies import Given, Policy, explain, parse_date, parse_policy
from .sources import Rates
from .wording import grouped, known_to, plain, short
from .written import iso

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TITLES = {ecb.NAME: ecb.TITLE, world.NAME: world.TITLE, hmrc.NAME: hmrc.TITLE}
# Signs that several currencies share, and the words in the names of those currencies.
SHARED_SIGNS = {"$": ("Dollar",), "£": ("Pound",), "¥": ("Yen", "Yuan")}


class Conversion(NamedTuple):
    """One converted amount with its provenance; ``str`` is the line to quote.

    ``amount`` is in ``currency``, ``rate`` in ``currency`` per 1 ``base``. ``rate_date`` is the
    day on which the rate was published (of an average, the last one), ``days_back`` how far before
    the day asked for. ``legs`` are the EUR rates as published, base first. ``quality`` is
    "official", "irrevocable", "fixed-official", "official-cross", "average", "online" or "user", of
    the weakest leg. ``source`` and ``source_version`` name every table that a leg is from.
    """

    base_amount: Decimal
    base: str
    amount: Decimal
    currency: str
    rate: Decimal
    requested_date: date | None
    requested_precision: str | None
    rate_date: date | None
    days_back: int | None
    policy: str
    source: str
    source_version: str
    legs: tuple[Leg, ...]
    quality: str
    warnings: tuple[str, ...]

    @property
    def leg_sources(self) -> tuple[str, ...]:
        """The source of each leg, in their order.

        >>> convert(1, "UAH", "USD", "2022-05-04").leg_sources
        ('National Bank of Ukraine', 'ECB')
        """
        names = self.source.split(" + ")
        found = []
        for leg in self.legs:
            if isinstance(leg, Irrevocable):
                found.append(STATUTE)
            else:
                found.append(names.pop(0) if len(names) > 1 else names[0])
        return tuple(found)

    @property
    def rounding(self) -> Decimal | None:
        """The share by which few printed digits leave the rate open; None where they do not."""
        share = rounding_of(self.legs)
        return Decimal(f"{share:.2g}") if share else None

    def __str__(self) -> str:
        """``683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904)``."""
        return f"{self.headline()} ({self.basis()}, {self.policy}, {self.rate_text()})"

    def __repr__(self) -> str:
        return f"<Conversion {self}>"

    def _repr_html_(self) -> str:
        parts = [notebook.head(self.headline()), notebook.facts(self.details())]
        return notebook.shown(*parts, *map(notebook.note, self.warnings))

    def headline(self) -> str:
        """``683,000,000 EUR = 744,743,200 USD``."""
        left = f"{grouped(self.base_amount, self.base, exact=True)} {self.base}"
        if self.rounding is None:
            return f"{left} = {grouped(self.amount, self.currency)} {self.currency}"
        shown = known_to(self.amount, self.rounding)
        return f"{left} ≈ {grouped(shown, self.currency)} {self.currency}"

    def basis(self) -> str:
        """Source and day of the rate: ``ECB 2024-11-01, 2 days before 2024-11-03``."""
        if self.base == self.currency:
            return "same currency"
        if self.source == "user":
            return "own rate"
        mean = next((leg for leg in self.legs if isinstance(leg, Average)), None)
        if mean is not None:
            text = f"{self.source} mean of {mean.days} days, {mean.start} to {mean.end}"
            return text + self._statutory()
        if self.source == STATUTE:
            return f"{self.source}, irrevocable since {self.rate_date}"
        return f"{self.source} {self.rate_date}{self._before(str)}{self._statutory()}"

    def _before(self, shown: Callable[[date], str]) -> str:
        if not self.days_back or not self.requested_date or self.policy != "spot":
            return ""
        days = "1 day" if self.days_back == 1 else f"{self.days_back} days"
        return f", {days} before {shown(self.requested_date)}"

    def _statutory(self) -> str:
        codes = [leg.currency for leg in self.legs if isinstance(leg, Irrevocable)]
        if self.source == STATUTE:
            return ""
        return f" with the irrevocable rate of {' and '.join(codes)}" if codes else ""

    def rate_text(self) -> str:
        """The rate as published where it is one, else to six significant digits."""
        stated = next((leg for leg in self.legs if isinstance(leg, Fixing) and leg.stated), None)
        if stated and {self.base, self.currency} == {stated.currency, stated.stated[2:5]}:
            return stated.stated.partition(",")[0]  # never its inverse
        leg = self.legs[0] if len(self.legs) == 1 else None
        if leg and self.base == "EUR" and not isinstance(leg, Average):
            return _per_euro(leg)
        if isinstance(leg, Irrevocable):
            # The law states units per euro and forbids quoting the inverse (1103/97, article 4).
            return f"1 EUR = {leg.text} {self.base}"
        return short(self.rate if self.rounding is None else known_to(self.rate, self.rounding))

    def details(self) -> list[tuple[str, str]]:
        """What stands behind the headline, as pairs of a word and a line of text.

        >>> convert(1, "EUR", "USD", "2024-11-03").details()[:2]
        [('rate', '1 EUR = 1.0885 USD'), ('day', 'Fri 2024-11-01, 2 days before Sun 2024-11-03')]
        """
        rate = self.rate_text()
        found = [("rate", rate if "=" in rate else f"1 {self.base} = {rate} {self.currency}")]
        found += [line for line in self._origins() if line[1] != found[0][1]]
        if self.rounding is not None:
            share = plain((self.rounding * 100).normalize())
            found.append(("known", f"to ± {share} %, half a unit of the last printed digits"))
        mean = next((leg for leg in self.legs if isinstance(leg, Average)), None)
        if mean is not None:
            found.append(("days", f"{mean.days} rates, {mean.start} to {mean.end}"))
        elif self.source == STATUTE:
            found.append(("since", f"{self.rate_date}, irrevocable"))
        elif self.rate_date is not None:
            found.append(("day", _weekday(self.rate_date) + self._before(_weekday)))
        found.append(("policy", explain(self.policy)))
        if self.legs and self.source != "user":
            found.append(("source", _TITLES.get(self.source, self.source) + self._table()))
            for leg, source in zip(self.legs, self.leg_sources, strict=False):
                if isinstance(leg, Fixing) and leg.stated:
                    on = leg.date.isoformat()
                    found += [("", law) for law in official.laws(source, leg.currency, on)]
            if self._statutory():
                found.append(("", self._statutory().strip()))
            if self.source != STATUTE:
                found.append(("data", self.source_version))
        return found

    def _origins(self) -> list[tuple[str, str]]:
        """The published rates that the rate was worked out from."""
        stated = [leg.stated for leg in self.legs if isinstance(leg, Fixing) and leg.stated]
        third = [leg for leg in self.legs if isinstance(leg, Fixing) and (leg.price or leg.units)]
        if len(third) > 1:  # both against a third currency: the euro is not in it
            own = (text.partition(", ")[0] for text in stated)
            return [("from", text) for text in own if "EUR" not in text]
        found = [("stated", text) for text in stated]
        if len(self.legs) > 1:
            legs = (f"{_per_euro(leg)} {leg.currency}" for leg in self.legs)
            found.insert(0, ("from", f"1 EUR = {' = '.join(legs)}"))
        return found

    def _table(self) -> str:
        """Which of the tables of NBP printed the rates, where a single one did."""
        if self.source != world.NAME:
            return ""
        days = [leg for leg in self.legs if isinstance(leg, Fixing)]
        named = [world.fixings().table_of(leg.currency, leg.date.isoformat()) for leg in days]
        if not named:
            return ""
        return ", table B (weekly)" if "B" in named else ", table A (daily)"

    def to_dict(self) -> dict[str, Any]:
        """The fields, ready for JSON: amounts and rates as plain decimal strings, ISO days.

        >>> convert("683m", "EUR", "USD", "2024-11-04").to_dict()["legs"]
        [{'currency': 'USD', 'date': '2024-11-04', 'value': '1.0904'}]
        """
        fields: dict[str, Any] = {}
        for name, value in zip(self._fields, self, strict=True):
            if isinstance(value, Decimal):
                fields[name] = plain(value)
            elif isinstance(value, date):
                fields[name] = value.isoformat()
            else:
                fields[name] = list(value) if isinstance(value, tuple) else value
        fields["legs"] = [_leg_dict(leg) for leg in self.legs]
        if self.source != ecb.NAME:
            for leg, source in zip(fields["legs"], self.leg_sources, strict=True):
                leg["source"] = source
        if self.rounding is not None:
            fields["rounding"] = plain(self.rounding)
        return fields


def convert(
    amount: int | float | Decimal | str,
    base: str,
    quote: str,
    on: object = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    *,
    precision: str | None = None,
) -> Conversion:
    """Convert ``amount`` of ``base`` into ``quote`` at the rate that ``policy`` picks for ``on``.

    ``amount`` is a number or text as people type it ("683m"); ``on`` a date of any kind or ISO
    text, "2024-11" and "2024" meaning the average of that month or year, None the newest rate.
    ``precision`` ("day", "month", "year") says how well ``on`` is known. ``rates`` is the ECB's
    history and fixed official rates, unless given: a file, a table, "online", or a list of these
    (``sources.tables``). Decimal throughout: ``amount`` × quote leg ÷ base leg.

    Raises UsageError for what cannot be understood (UnknownCurrencyError for a code) and
    NoRateError where no rate may be used.

    >>> print(convert("683m", "EUR", "USD", on="2024-11-03"))
    683,000,000 EUR = 743,445,500 USD (ECB 2024-11-01, 2 days before 2024-11-03, spot, 1.0885)
    """
    chain = sources.tables(rates)
    base, quote = _code(base, chain), _code(quote, chain)
    table = chain.serving(base, quote)
    number, notes = _number(amount, base)
    asked = parse_date(iso(on) if isinstance(on, str) else on, precision)
    rule = parse_policy(policy)
    if base == quote:
        used = Observed({}, None, None, str(rule), "official", (), ())
    else:
        codes = tuple(code for code in (base, quote) if code != "EUR")
        used = observe(rule, codes, asked, table)
    below, above = _sides(used, base, quote)
    exact = Context(prec=max(ARITHMETIC.prec, len(number.as_tuple().digits) + 16))
    source, version = _source(used, table)
    return Conversion(
        base_amount=number,
        base=base,
        amount=exact.divide(exact.multiply(number, above), below) if used.legs else number,
        currency=quote,
        rate=ARITHMETIC.divide(above, below),
        requested_date=asked.day if asked else None,
        requested_precision=asked.precision if asked else None,
        rate_date=used.rate_date,
        days_back=used.days_back,
        policy=used.policy,
        source=source,
        source_version=version,
        legs=tuple(used.legs.values()),
        quality=used.quality,
        warnings=notes + used.warnings,
    )


def rate(
    base: str,
    quote: str,
    on: object = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    *,
    precision: str | None = None,
) -> Conversion:
    """The conversion of 1 ``base`` into ``quote``; arguments and errors as in ``convert``.

    >>> rate("eur", "usd", "2024-11-04").rate
    Decimal('1.0904')
    """
    return convert(1, base, quote, on, policy, rates, precision=precision)


def _sides(used: Observed, base: str, quote: str) -> tuple[Decimal, Decimal]:
    """What an amount is divided by and multiplied with; of two printed prices these themselves."""
    one, two = used.legs.get(base), used.legs.get(quote)
    if isinstance(one, Fixing) and isinstance(two, Fixing) and one.date == two.date:
        prices = two.price, one.price
        if prices[0] is not None and prices[1] is not None:
            return prices[0], prices[1]
        if one.units is not None and two.units is not None:
            return one.units, two.units
    return one.value if one else Decimal(1), two.value if two else Decimal(1)


def _weekday(day: date) -> str:
    # not strftime: names of days would follow the machine's locale
    return f"{_WEEKDAYS[day.weekday()]} {day}"


def _per_euro(leg: Leg) -> str:
    """As published, or to six significant digits where it was worked out."""
    if isinstance(leg, Average) or (isinstance(leg, Fixing) and leg.stated):
        return short(leg.value)
    return leg.text


def _leg_dict(leg: Leg) -> dict[str, Any]:
    fields: dict[str, Any] = {"currency": leg.currency}
    if isinstance(leg, Average):
        fields |= {"start": leg.start.isoformat(), "end": leg.end.isoformat(), "days": leg.days}
    elif not isinstance(leg, Given):
        fields["date"] = leg.date.isoformat()
    fields["value"] = plain(leg.value) if isinstance(leg, Average) else leg.text
    return fields | ({"stated": leg.stated} if isinstance(leg, Fixing) and leg.stated else {})


def _source(used: Observed, table: Fixings) -> tuple[str, str]:
    kinds = {type(leg) for leg in used.legs.values()}
    if kinds and kinds <= {Irrevocable, Given}:
        if Given in kinds:
            return "user", used.policy
        return STATUTE, f"in force since {used.rate_date}"
    homes = used.tables or table.tables[:1]
    return " + ".join(home.source for home in homes), "; ".join(home.version for home in homes)


def _code(text: str, table: Fixings) -> str:
    """The ISO 4217 code; the list of all currencies is asked only when the table lacks it."""
    if not isinstance(text, str):
        raise UsageError(f"{text!r} is not a currency; use a code such as EUR")
    code = text.strip().upper()
    # "GBp" is no GBP but a hundredth of it
    plain = text.strip() in (code, code.lower())
    if plain and table.has(code):
        return code
    return abbreviated(text) or currency(text).code


def _number(amount: object, base: str) -> tuple[Decimal, tuple[str, ...]]:
    """The amount as Decimal, a float by its repr, and what to say about it."""
    if isinstance(amount, str):
        return _typed(amount, base)
    value = amount.item() if hasattr(amount, "item") else amount  # numpy scalars
    number = None
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, float):
        number = Decimal(float.__repr__(value))
    elif hasattr(value, "__index__") and not isinstance(value, bool):
        number = Decimal(operator.index(value))
    if number is None or not number.is_finite() or abs(number.adjusted()) > MOST_PLACES:
        raise UsageError(f"{_shown(amount)} is not an amount; give a number or text such as '683m'")
    return number, ()


def _shown(amount: object) -> str:
    """A value in a message; Python itself refuses to write out an integer of 5,000 digits."""
    if isinstance(amount, int) and not isinstance(amount, bool):
        return "a number of that size" if abs(amount) > 10**MOST_PLACES else str(amount)
    return repr(amount)


def _typed(text: str, base: str) -> tuple[Decimal, tuple[str, ...]]:
    typed = parse_amount(text)
    if typed.currency and typed.currency != base:
        names = next((names for sign, names in SHARED_SIGNS.items() if bare(text, sign)), ())
        if base not in meant(currency_words(text)) and not any(
            name in currency(base).name for name in names
        ):
            raise UsageError(
                f"{text!r} is in {typed.currency}, but the currency given is {base}; "
                "leave one of the two out"
            )
    if "." in typed.digits[1:] and read_number(typed.digits).ambiguous:
        return typed.amount, (
            f"{typed.digits} was read with a decimal point; write the thousands without one",
        )
    return typed.amount, ()


def bare(text: str, sign: str) -> bool:
    """Whether ``sign`` stands in ``text`` without letters before it that would narrow it."""
    before, found, _ = text.partition(sign)
    return bool(found) and not before.strip("+-\u2212 ").rpartition(" ")[2].isalpha()
