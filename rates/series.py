"""The rate of a pair from one day to another: a row for each day, month or year."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from . import sources
from .conversion import Conversion, rate
from .errors import NoRateError, UsageError
from .fixings import Fixings
from .policies import Asked, Policy, parse_date, parse_policy
from .sources import Rates
from .wording import plain, short
from .written import iso

_MOST_DAYS = 40_000  # a century and more: no table has rates of that long


def series(
    base: str,
    quote: str,
    start: object,
    end: object = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
) -> list[dict[str, Any]]:
    """The rates from ``start`` to ``end`` (both included, None: the newest), oldest first.

    ``spot`` has a row for each day of publication, a policy of months or years one for each of
    these. Raises UsageError, and NoRateError where there is none at all.

    >>> [row["rate"] for row in series("EUR", "USD", "2024-11-01", "2024-11-05")]
    ['1.0885', '1.0904', '1.0897']
    """
    rule = parse_policy(policy)
    table = sources.tables(rates)
    if not rule.dated:
        raise UsageError(f"the policy {rule} is one rate; leave --from and --to out")
    first, last = _asked(start), _asked(end)
    if first is None:
        raise UsageError("a series needs its first day: --from 2024-01-01")
    until = last.end if last is not None else table.last
    if until < first.day:
        raise UsageError(f"the series ends on {until}, before it begins on {first.day}")
    if (until - first.day).days > _MOST_DAYS:
        raise UsageError(f"{first.day} to {until} is too long for a series")
    found: list[dict[str, Any]] = []
    reason: NoRateError | None = None
    for when in _steps(rule, first.day, until):
        try:
            one = rate(base, quote, when, rule, table)
        except NoRateError as error:
            reason = error
            continue
        if rule.name == "spot" and not _published(one, bool(found)):
            continue
        found.append(_row(one, when))
    if not found:
        raise reason or NoRateError(f"no {base} rate in {quote} from {first.day} to {until}")
    return found


def _asked(when: object) -> Asked | None:
    return parse_date(iso(when) if isinstance(when, str) else when)


def _steps(rule: Policy, start: date, end: date) -> Iterator[str]:
    """The days, months or years that have a rate of their own."""
    if rule.name == "spot":
        for day in range((end - start).days + 1):
            yield (start + timedelta(days=day)).isoformat()
    elif rule.averages == "year":
        yield from map(str, range(start.year, end.year + 1))
    else:
        for month in range(12 * start.year + start.month - 1, 12 * end.year + end.month):
            yield f"{month // 12}-{month % 12 + 1:02}"


def _published(one: Conversion, begun: bool) -> bool:
    """Whether a rate is of its own day; one that is always the same stands once."""
    if one.rate_date == one.requested_date:
        return True
    return not begun and (one.rate_date is None or one.quality == "irrevocable")


def _row(one: Conversion, when: str) -> dict[str, Any]:
    text = one.rate_text()
    return {
        "date": when,
        "base": one.base,
        "currency": one.currency,
        "rate": short(one.rate) if "=" in text else text if _is_plain(text) else plain(one.rate),
        "policy": one.policy,
        "source": one.source,
    }


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def series_of(args: Namespace, into: Sequence[str], rates: Fixings | None) -> list[dict[str, Any]]:
    """The rates of a pair from ``args.start`` to ``args.end``."""
    if args.on is not None:
        raise UsageError("give one day with --on, or a series with --from and --to")
    pair = [word for one in args.words for word in one.split("/") if word] + list(into)
    if len(pair) != 2:
        raise UsageError("a series takes two currencies: pledgecalc rate EUR USD --from 2024-01-01")
    return series(pair[0], pair[1], args.start, args.end, args.policy, rates)
