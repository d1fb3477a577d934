"""Rates of an online source, asked for one day at a time: forex-python behind our interface.

forex-python's ``CurrencyRates`` has no timeout, throws away the date that the server really
answered for, reads binary floats and has one error for everything. Here its ``get_rates`` asks
through a session of ours: within bounds of time and size, repeated, the answer kept whole and read
as decimals; then every answer is checked. Servers speak as Frankfurter does, its first version
(``…/v1/2024-11-04?base=EUR``: the ECB's rates) or its second (``…/v2/rates?date=2024-11-04``: many
central banks, or those named, ``…/v2/?providers=nbu``). Nothing here runs unless it is asked for
(``rates="online"``, ``--online``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from . import whole_file
from .currencies import known
from .errors import (
    NoRateError,
    PledgecalcError,
    SourceUnavailableError,
    UnknownCurrencyError,
    UsageError,
)
from .fixings import MAX_DAYS_BACK, Fixing, Fixings
from .folders import cache_folder

DEFAULT_URL = "https://api.frankfurter.dev/v1/"
TIMEOUT = 10.0  # seconds for one answer, from asking to its last byte
ATTEMPTS = 3
BACK_OFF = (0.5, 2.0)  # seconds before the second and the third attempt
MAX_BYTES = 1_000_000  # an answer has about a thousand
BEGAN = date(1999, 1, 4)
_BUSY = (408, 425, 429, 500, 502, 503, 504)


class Answer(NamedTuple):
    """What the server said for a day: the day it really has, and units per 1 EUR by currency."""

    day: date
    rates: dict[str, Decimal]
    days: dict[str, date] = {}  # noqa: RUF012  (of single rates, where they are of other days)


class _NotFoundError(Exception):
    """The server has no such page."""


def rates(url: str | None = None) -> Online:
    """The online source at ``url``, else at PLEDGECALC_RATES_URL, else at the public server."""
    return Online(url or os.environ.get("PLEDGECALC_RATES_URL") or DEFAULT_URL)


class Online(Fixings):
    """A source that is asked for single days; answers of days gone by are kept on disk.

    It has no list of days: averages, windows and checks need a table, and say so (UsageError).
    ``as_of`` raises SourceUnavailableError for an outage, UnknownCurrencyError for a currency
    that the server does not have, NoRateError for a day without a rate.
    """

    whole = False

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        pause: Callable[[float], object] = time.sleep,
        today: Callable[[], date] = date.today,
        cache: str | None = None,
    ) -> None:
        from urllib.parse import (  # 5 ms that other conversions do not need
            parse_qsl,
            quote,
            urlsplit,
        )

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise UsageError(f"{url!r} is not the address of a server; write it as {DEFAULT_URL}")
        path = parts.path.rstrip("/")
        self.url = f"{parts.scheme}://{parts.netloc}{path}/"
        self.second = path.endswith("/v2")  # the second version of Frankfurter
        self.providers = dict(parse_qsl(parts.query)).get("providers", "")
        host = parts.netloc.rpartition("@")[2]
        named = f" ({self.providers})" if self.providers else ""
        shown = f"{parts.scheme}://{host}{path}/"
        super().__init__(f"online {host}{named}", shown, (), {})
        self.quality = "online"
        self._timeout = timeout
        self._pause = pause
        self._today = today
        server = quote(self.url + self.providers, safe="")
        self._cache = os.path.join(cache or cache_folder(), "online", server)  # noqa: PTH118
        self._answers: dict[str, Answer] = {}
        self._service: Any = None

    @property
    def first(self) -> date:
        """The first day of the ECB's rates, which such servers have."""
        return BEGAN

    @property
    def last(self) -> date:
        """The newest day that the server has."""
        return self._answer(None).day

    @property
    def days(self) -> tuple[date, ...]:
        """Not to be had: UsageError."""
        raise self._single_days()

    def has(self, currency: str) -> bool:
        """Whether it is worth asking: any currency of ISO 4217."""
        return known(currency)

    def currencies(self) -> tuple[str, ...]:
        """The codes in the newest answer of the server."""
        return tuple(sorted(self._answer(None).rates))

    def span(self, currency: str) -> tuple[date, date]:  # noqa: ARG002
        """The first and the newest day of the server; ``currency`` may have fewer."""
        return self.first, self.last

    def ended(self, currency: str) -> bool:
        """Whether the newest answer lacks ``currency``."""
        return currency != "EUR" and currency not in self._answer(None).rates

    def count(self, start: date, end: date) -> int:  # noqa: ARG002
        """Not known: 0."""
        return 0

    def on(self, currency: str, day: date) -> Fixing | None:
        """The rate of exactly ``day``, or None."""
        try:
            found = self.as_of(currency, day)
        except NoRateError:
            return None
        return found if found.date == day else None

    def as_of(self, currency: str, day: date, max_days_back: int = MAX_DAYS_BACK) -> Fixing:
        """The rate that the server answers for ``day``, when it is of that day or shortly before.

        A later day, or one more than ``max_days_back`` days before, is no answer.
        """
        if currency == "EUR":
            return Fixing("EUR", day, Decimal(1), "1")
        if day < self.first:
            raise NoRateError(f"no {self.source} rate for {day}: its first day is {self.first}")
        answer = self._answer(day)
        own = answer.days.get(currency, answer.day)
        if not timedelta(0) <= day - own <= timedelta(days=max_days_back):
            raise NoRateError(
                f"no {self.source} rate for {day}: it answered with the rate of {own}, "
                f"which is not within {max_days_back} days before"
            )
        if currency not in answer.rates:
            raise self._lacking(currency, answer)
        value = answer.rates[currency]
        return Fixing(currency, own, value, format(value, "f"))

    def between(self, currency: str, start: date, end: date) -> list[Fixing]:  # noqa: ARG002
        """Not to be had: UsageError."""
        raise self._single_days()

    def published(self, currency: str, start: date, end: date) -> tuple[int, date | None]:  # noqa: ARG002
        """Not to be had: UsageError."""
        raise self._single_days()

    def days_between(self, start: date, end: date) -> tuple[date, ...]:  # noqa: ARG002
        """Not to be had: UsageError."""
        raise self._single_days()

    def cross_series(
        self,
        base: str,  # noqa: ARG002
        quote: str,  # noqa: ARG002
    ) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """Not to be had: UsageError."""
        raise self._single_days()

    def no_column(self, currency: str) -> str:
        """The words for a currency that the server does not have."""
        return f"the server {self.source.partition(' ')[2]} has no rate for {currency}"

    def absence(self, currency: str, day: date, asked: str | None = None) -> str:
        """The words for a rate that is not there."""
        return f"no {self.source} rate of {currency} for {asked or day}"

    def _single_days(self) -> UsageError:
        return UsageError(
            f"{self.source} answers for single days only; for averages, windows and checks "
            "leave it out, or bring a table (--rates FILE)"
        )

    def _lacking(self, currency: str, answer: Answer) -> NoRateError | UnknownCurrencyError:
        try:
            listed = codes_in(self._text(f"{self.url}currencies", {}))
        except (SourceUnavailableError, _NotFoundError):
            listed = ()
        if listed and currency not in listed:
            codes = sorted(code for code in listed if known(code))
            return UnknownCurrencyError(
                f"{self.no_column(currency)}; it has {', '.join(codes)}", currency
            )
        return NoRateError(
            f"no {self.source} rate of {currency} for {answer.day}; "
            f"that day has {', '.join(sorted(answer.rates))}"
        )

    def _answer(self, day: date | None) -> Answer:
        """The answer for ``day`` (None: the newest), asked for once."""
        key = day.isoformat() if day else "latest"
        if key not in self._answers:
            self._answers[key] = self._cached(key) or self._asked(key, day)
        return self._answers[key]

    def _asked(self, key: str, day: date | None) -> Answer:
        try:
            found = self._found(day)
        except _NotFoundError:
            raise NoRateError(
                f"no {self.source} rate for {key}: the server has no such day (404)"
            ) from None
        answer = self._read(found)
        # The rate of today, or of yesterday while today's is awaited, may still change.
        if day and (answer.day == day or self._today() - day > timedelta(days=1)):
            import contextlib  # as above
            import json

            content = json.dumps(found, default=str, sort_keys=True).encode()
            # A cache that cannot be written is no reason to withhold an answer.
            with contextlib.suppress(OSError):
                whole_file.replace(self._cache_file(key), content)
        return answer

    def _cached(self, key: str) -> Answer | None:
        if key == "latest":
            return None
        try:
            with open(self._cache_file(key), "rb") as file:  # noqa: PTH123
                return self._read(decoded(file.read(MAX_BYTES).decode()))
        except (OSError, ValueError):  # none there, or one that was damaged: ask again
            return None

    def _cache_file(self, key: str) -> str:
        return os.path.join(self._cache, f"{key}.json")  # noqa: PTH118

    def _read(self, found: dict[str, Any]) -> Answer:
        """Judge an answer: its base, its day, and that every rate is a positive number."""
        try:
            day = date.fromisoformat(found["date"])
            values = {code: Decimal(value) for code, value in found["rates"].items()}
            days = {code: date.fromisoformat(one) for code, one in found.get("days", {}).items()}
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            values = {}
        positive = all(value.is_finite() and value > 0 for value in values.values())
        if not values or not positive or found.get("base", "EUR") != "EUR":
            raise SourceUnavailableError(
                f"{self.source} answered with something other than rates against the euro"
            )
        return Answer(day, values, days)

    def _forex(self) -> Any:
        """forex-python's class with our way of asking and of decoding."""
        if self._service is None:
            self._service = _service(self._page, self.url, lambda text: decoded(text, self.source))
        return self._service

    def _found(self, day: date | None) -> dict[str, Any]:
        """The whole answer for a day, by way of forex-python; without it where it is another."""
        try:
            found = self._forex().get_rates("EUR", day)
        except (_NotFoundError, PledgecalcError):
            raise
        except Exception:  # a forex-python whose private parts do something else
            found = None
        if isinstance(found, dict) and isinstance(found.get("rates"), dict):
            return found
        plain = _Plain(self._page, self.url, lambda text: decoded(text, self.source))
        self._service = plain
        return plain.get_rates("EUR", day)

    def _page(self, url: str, parameters: dict[str, str]) -> str:
        """The page that forex-python asks for, as a server of the first version would answer."""
        if not url.startswith(self.url):
            raise ValueError(url)  # another server than the one that was asked for
        base = parameters.get("base", "EUR")
        if not self.second:
            return self._text(url, {"base": base})
        wanted = {"base": base}
        if (day := url.removeprefix(self.url)) != "latest":
            wanted = {"date": day, **wanted}
        if self.providers:
            wanted["providers"] = self.providers
        return as_first_version(self._text(f"{self.url}rates", wanted), self.source)

    def _text(self, url: str, parameters: dict[str, str]) -> str:
        """The page at ``url``, within the bounds of time, size and number of attempts."""
        reason = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(BACK_OFF[attempt - 1])
            try:
                return self._once(url, parameters)
            except SourceUnavailableError as error:
                reason = str(error)
        raise SourceUnavailableError(
            f"{self.source} is not available: {reason}, {ATTEMPTS} times; "
            "try again later, or leave it out to use the built-in rates"
        )

    def _once(self, url: str, parameters: dict[str, str]) -> str:
        try:
            import requests  # as above
        except ImportError:
            raise UsageError(
                "rates of a server need requests, which forex-python brings: "
                "pip install forex-python"
            ) from None
        until = time.monotonic() + self._timeout
        try:
            with requests.get(url, params=parameters, timeout=self._timeout, stream=True) as page:
                if page.status_code == 404:
                    raise _NotFoundError
                if page.status_code != 200:
                    busy = "is busy or down" if page.status_code in _BUSY else "refuses"
                    raise SourceUnavailableError(f"it {busy} ({page.status_code})")
                content = b""
                for part in page.iter_content(8192):
                    content += part
                    if time.monotonic() > until:
                        raise SourceUnavailableError(f"no whole answer in {self._timeout:g} s")
                    if len(content) > MAX_BYTES:
                        raise SourceUnavailableError("its answer has no end")
        except requests.Timeout:
            raise SourceUnavailableError(f"no answer in {self._timeout:g} s") from None
        except requests.RequestException as error:
            raise SourceUnavailableError(
                f"no connection, or one cut off ({_kind(error)})"
            ) from None
        text = content.decode("utf-8", "replace")
        _json(text, self.source)
        return text


def decoded(text: str, source: str = "the cache") -> dict[str, Any]:
    """An answer as a dict, its numbers as Decimals of the very digits.

    >>> decoded('{"rates": {"USD": 1.10}}')["rates"]["USD"]
    Decimal('1.10')
    """
    found = _json(text, source)
    if not isinstance(found, dict):
        raise SourceUnavailableError(f"{source} answered with a page that is no JSON")
    return found


def as_first_version(text: str, source: str) -> str:
    """The rows of the second version of Frankfurter as the one answer of its first.

    >>> rows = '[{"date": "2024-11-04", "base": "EUR", "quote": "UAH", "rate": 44.91}]'
    >>> as_first_version(rows, "x")
    '{"base": "EUR", "date": "2024-11-04", "rates": {"UAH": 44.91}, "days": {"UAH": "2024-11-04"}}'
    """
    import json  # as above

    rows = _json(text, source)
    try:
        days = {str(row["quote"]): str(row["date"]) for row in rows}
        bases = {str(row["base"]) for row in rows}
        cells = {str(row["quote"]): Decimal(row["rate"]) for row in rows}
        rates = ", ".join(f"{json.dumps(code)}: {rate}" for code, rate in cells.items())
        (base,) = bases
    except (TypeError, KeyError, ValueError, ArithmeticError):
        raise SourceUnavailableError(
            f"{source} answered with something other than rates against the euro"
        ) from None
    head = f'{{"base": {json.dumps(base)}, "date": {json.dumps(max(days.values()))}'
    return f'{head}, "rates": {{{rates}}}, "days": {json.dumps(days)}}}'


def codes_in(text: str) -> tuple[str, ...]:
    """The codes in a list of currencies, of either version."""
    found = _json(text, "the list of currencies")
    if isinstance(found, dict):
        return tuple(found)
    rows = [row for row in found if isinstance(row, dict)]
    return tuple(str(row.get("iso_code") or row.get("code")) for row in rows)


def _json(text: str, source: str) -> Any:
    import json  # as above

    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict | list):
        raise SourceUnavailableError(f"{source} answered with a page that is no JSON")
    return found


def _kind(error: Exception) -> str:
    return type(error).__name__


class _Page(NamedTuple):
    text: str
    status_code: int = 200


class _Session:
    """The ``get`` of requests, by ``page``, which raises where there is no good answer."""

    def __init__(self, page: Callable[[str, dict[str, str]], str]) -> None:
        self._page = page

    def get(self, url: str, params: dict[str, str]) -> _Page:
        return _Page(self._page(url, params))


class _Plain:
    """What we need of ``CurrencyRates``, for a forex-python that has become another."""

    def __init__(
        self,
        page: Callable[[str, dict[str, str]], str],
        url: str,
        decode: Callable[[str], dict[str, Any]],
    ) -> None:
        self._page, self._url, self._decode = page, url, decode

    def get_rates(self, base: str, day: date | None) -> dict[str, Any]:
        """The whole answer for a day, None for the newest."""
        when = "latest" if day is None else day.isoformat()
        return self._decode(self._page(f"{self._url}{when}", {"base": base}))


# What of forex-python is put in place of its own: names that it does not promise to keep.
_PRIVATE = ("_source_url", "_get_date_string", "_decode_rates")


def _service(
    page: Callable[[str, dict[str, str]], str],
    url: str,
    decode: Callable[[str], dict[str, Any]],
) -> Any:
    """A ``CurrencyRates`` that asks ``url`` by ``page``; its ``get_rates`` gives whole answers."""
    import types  # as above

    # It loads requests: only when it is asked for.
    try:
        from forex_python import converter  # type: ignore[import-untyped, unused-ignore]

        own = converter.CurrencyRates.get_rates
        used = {*own.__code__.co_names}
    except (ImportError, AttributeError):
        return _Plain(page, url, decode)
    if not used.issuperset((*_PRIVATE, "requests")):  # it would ask a server of its own
        return _Plain(page, url, decode)
    # Its function in names of its own: other users of forex-python in the process keep theirs.
    ours = {**vars(converter), "requests": _Session(page)}
    asking = types.FunctionType(own.__code__, ours)
    asking.__defaults__ = own.__defaults__

    class Service(converter.CurrencyRates):  # type: ignore[misc, unused-ignore]
        def _source_url(self) -> str:
            return url

        def _get_date_string(self, date_obj: date | None) -> str:
            return "latest" if date_obj is None else date_obj.isoformat()

        def _decode_rates(
            self,
            response: _Page,
            use_decimal: bool = False,  # noqa: ARG002
            date_str: str | None = None,  # noqa: ARG002
        ) -> dict[str, Any]:
            return decode(response.text)  # with its day, which the library throws away

    Service.get_rates = asking
    return Service(force_decimal=True)
