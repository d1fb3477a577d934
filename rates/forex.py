"""forex-python's ``CurrencyRates`` asking through a session of ours.

Its ``get_rates`` builds the address and the parameters and judges the status; what it calls
``requests`` is here an object with the same ``get``, bounded in time and size. That is done for
this one function, in names of its own: other users of forex-python in the process keep theirs.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from forex_python import converter  # type: ignore[import-untyped, unused-ignore]


class _Page(NamedTuple):
    text: str
    status_code: int = 200


class _Session:
    """The ``get`` of requests, by ``page``, which raises where there is no good answer."""

    def __init__(self, page: Callable[[str, dict[str, str]], str]) -> None:
        self._page = page

    def get(self, url: str, params: dict[str, str]) -> _Page:
        return _Page(self._page(url, params))


def service(
    page: Callable[[str, dict[str, str]], str],
    url: str,
    decode: Callable[[str], dict[str, Any]],
) -> Any:
    """A ``CurrencyRates`` that asks ``url`` by ``page``; its ``get_rates`` gives whole answers."""
    ours = {**vars(converter), "requests": _Session(page)}
    asking = types.FunctionType(converter.CurrencyRates.get_rates.__code__, ours)
    asking.__defaults__ = converter.CurrencyRates.get_rates.__defaults__

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
