"""Which rate a date asks for: the words of a policy, and dates known to the day, month or year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .errors import UsageError

PRECISIONS = ("day", "month", "year")

# What each policy does, for help texts and for the error about an unknown one.
POLICIES = {
    "spot": "the last rate on or before the date, at most 7 days back",
    "month-avg": "the mean of the rates of the date's month",
    "year-avg": "the mean of the rates of the date's year",
    "window-avg:2022-01-10..2022-02-08": "the mean of the days, months or years from A to B",
    "month-end": "the last rate of the date's month",
    "inforeuro": "the rate of the second-last fixing day of the month before (as the Commission)",
    "hmrc-month": "the rate of HM Revenue & Customs for the date's month",
    "hmrc-year": "its average rate of the calendar year of the date",
    "hmrc-spot": "its rate of the last 31 March or 31 December on or before the date",
    "fixed:2024-09-20": "the rate of one day for everything",
    "fixed:2023-05": "the mean of one month for everything",
    "fixed:USD=1.0868,SEK=11.37": "your own rates, units per 1 EUR",
    "closing": "the newest rate there is",
}

_PLAIN = (
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing"),
    *("hmrc-month", "hmrc-year", "hmrc-spot"),
)
_AVERAGE_OF = {"month": "month-avg", "year": "year-avg"}
_OF_A_MONTH = ("month-avg", "month-end", "inforeuro")
_PERIOD_OF = {average: period for period, average in _AVERAGE_OF.items()}


class Asked(NamedTuple):
    """A date as far as it is known; a month or a year stands at its first day."""

    day: date
    precision: str

    @property
    def end(self) -> date:
        """The last day that is meant."""
        if self.precision == "day":
            return self.day
        month = self.day.month if self.precision == "month" else 12
        return date(self.day.year, month, monthrange(self.day.year, month)[1])

    def known_to(self, precision: str) -> Asked:
        """The same date known no better than to ``precision``.

        >>> str(Asked(date(2024, 11, 4), "day").known_to("month"))
        '2024-11'
        """
        if precision == "day":
            return self
        month = self.day.month if precision == "month" else 1
        return Asked(date(self.day.year, month, 1), precision)

    def __str__(self) -> str:
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


class Given(NamedTuple):
    """A rate that the user gave: units of ``currency`` per 1 EUR."""

    currency: str
    value: Decimal
    text: str


class Policy(NamedTuple):
    """A policy that was understood: its name, and the date, the window or the rates given."""

    name: str  # "spot", "month-avg", "year-avg", "window-avg", "month-end", "inforeuro", "fixed", …
    asked: Asked | None = None  # of "fixed" and "window-avg"
    given: tuple[Given, ...] = ()  # of "fixed"
    until: Asked | None = None  # of "window-avg": the last day, month or year in it

    @property
    def averages(self) -> str | None:
        """The period, "month" or "year", that this policy takes the mean of."""
        return _PERIOD_OF.get(self.name)

    @property
    def dated(self) -> bool:
        """Whether the rate depends on the date that is asked for."""
        return self.name not in ("fixed", "window-avg", "closing")

    def __str__(self) -> str:
        if self.given:
            return "fixed:" + ",".join(f"{rate.currency}={rate.text}" for rate in self.given)
        if self.until:
            return f"{self.name}:{self.asked}..{self.until}"
        return f"{self.name}:{self.asked}" if self.asked else self.name


def parse_policy(text: str | Policy) -> Policy:
    """Understand a policy as people write it; raises UsageError listing those known.

    >>> parse_policy("fixed:2023-05").asked
    Asked(day=datetime.date(2023, 5, 1), precision='month')
    >>> str(parse_policy("fixed:usd=1.0868"))
    'fixed:USD=1.0868'
    >>> parse_policy("window-avg:2022-01..2022-03").until
    Asked(day=datetime.date(2022, 3, 1), precision='month')
    """
    if isinstance(text, Policy):
        return text
    words = text.strip() if isinstance(text, str) else ""
    name, colon, rest = words.partition(":")
    name = name.strip().lower()
    if not colon and name in _PLAIN:
        return Policy(name)
    if name == "window-avg" and ".." in rest:
        return _window(rest)
    if name == "fixed" and "=" in rest:
        return Policy("fixed", given=_given(rest))
    if name == "fixed" and rest.strip():
        return Policy("fixed", asked=parse_iso(rest))
    if text.strip().lower().startswith(("constant", "real")):
        raise UsageError(
            f"{text!r} is not a policy: constant prices need price indices, and these are exchange "
            "rates; pledgecalc constant FILE hands the amounts over"
        )
    raise UsageError(f"{text!r} is not a policy; known are {', '.join(POLICIES)}")


def explain(text: str) -> str:
    """A policy with what it does, for people.

    >>> explain("fixed:2023")
    'fixed:2023 (the mean of one year for everything)'
    """
    policy = parse_policy(text)
    if policy.asked and policy.until:
        return f"{text} (the mean from {policy.asked.day} to {policy.until.end} for everything)"
    if policy.given:
        return f"{text} (own rates, units per 1 EUR)"
    if policy.asked:
        what = "rate" if policy.asked.precision == "day" else "mean"
        return f"{text} (the {what} of one {policy.asked.precision} for everything)"
    return f"{text} ({POLICIES[policy.name]})"


def for_precision(policy: Policy, asked: Asked) -> Policy:
    """The policy that the precision of the date leaves: spot of a month is its average.

    What needs to know the month (its average, its end, the month before) becomes the average of
    the year when only that is known.

    >>> for_precision(Policy("spot"), parse_iso("2024")).name
    'year-avg'
    """
    if policy.name == "spot" and asked.precision != "day":
        return Policy(_AVERAGE_OF[asked.precision])
    if policy.name in _OF_A_MONTH and asked.precision == "year":
        return Policy("year-avg")
    if policy.name == "hmrc-month" and asked.precision == "year":
        return Policy("hmrc-year")
    return policy


def parse_date(on: object, precision: str | None = None) -> Asked | None:
    """Understand a date: date, datetime, pandas or numpy time, or ISO text; None stays None.

    ``precision`` says that it is known only to the "month" or "year". A missing time (NaT) is an
    error: rows without a date are the caller's to name, not to be converted at some other rate.

    >>> parse_date("2024-11")
    Asked(day=datetime.date(2024, 11, 1), precision='month')
    """
    if precision is not None and precision not in PRECISIONS:
        raise UsageError(f"{precision!r} is not a precision; use day, month or year")
    if on is None:
        return None
    if type(on).__name__ == "NAType" or on != on:  # NaT and NaN are not equal to themselves
        raise UsageError("the date is missing (NaT); give a date such as 2024-11-04")
    if isinstance(on, datetime):
        asked = Asked(date(on.year, on.month, on.day), "day")
    elif isinstance(on, date):
        asked = Asked(on, "day")
    elif isinstance(on, str) or type(on).__name__ == "datetime64":
        asked = parse_iso(str(on))
    else:
        raise UsageError(f"{on!r} is not a date; write 2024-11-04, 2024-11 or 2024")
    if precision is None:
        return asked
    if PRECISIONS.index(precision) < PRECISIONS.index(asked.precision):
        raise UsageError(f"{asked} is known to the {asked.precision}, not to the {precision}")
    return asked.known_to(precision)


def parse_iso(text: str) -> Asked:
    """Understand ``2024-11-04``, ``2024-11`` or ``2024``; a time of day after a T is left aside.

    >>> parse_iso("2024-13")
    Traceback (most recent call last):
    rates.errors.UsageError: '2024-13' is not a date; write 2024-11-04, 2024-11 or 2024
    """
    cleaned = text.strip()
    try:
        if cleaned[10:11] in ("T", " "):
            datetime.fromisoformat(cleaned[:26])
            cleaned = cleaned[:10]
        parts = cleaned.split("-")
        widths = [len(part) for part in parts]
        if cleaned.isascii() and all(map(str.isdigit, parts)) and widths in _SHAPES:
            year, month, day = [*map(int, parts), 1, 1][:3]
            return Asked(date(year, month, day), PRECISIONS[3 - len(parts)])
    except ValueError:
        pass
    raise UsageError(f"{text!r} is not a date; write 2024-11-04, 2024-11 or 2024") from None


def _window(text: str) -> Policy:
    start, _, end = text.partition("..")
    first, last = parse_iso(start), parse_iso(end)
    if first.day > last.end:
        raise UsageError(
            f"the window {text.strip()!r} ends before it begins; write A..B with A first"
        )
    return Policy("window-avg", asked=first, until=last)


_MOST_PLACES = 24  # before or behind the decimal mark of a rate: no currency came near
_LONGEST_SHOWN = 40
_SHAPES = ([4, 2, 2], [4, 2], [4])


def _given(text: str) -> tuple[Given, ...]:
    found: dict[str, Given] = {}
    for item in text.split(","):
        code, _, number = (part.strip() for part in item.partition("="))
        code = code.upper()
        try:
            value = Decimal(number)
        except InvalidOperation:
            value = Decimal("NaN")
        if (
            len(code) != 3
            or not (code.isascii() and code.isalpha())
            or not value.is_finite()
            or value <= 0
            or abs(value.adjusted()) > _MOST_PLACES
        ):
            shown = item.strip() if len(item) <= _LONGEST_SHOWN else f"{item[:_LONGEST_SHOWN]}…"
            raise UsageError(
                f"{shown!r} is not a fixed rate; write units per 1 EUR, "
                "as in fixed:USD=1.0868,SEK=11.37"
            )
        if code in found:
            raise UsageError(f"the policy gives {code} twice: {text.strip()!r}")
        if code == "EUR" and value != 1:
            raise UsageError("fixed rates are units per 1 EUR: leave EUR out")
        found[code] = Given(code, value, number)
    return tuple(found.values())
