"""The online source against a server that misbehaves in every way, on the loopback interface."""

import json
import sys
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

import cli
from rates.conversion import convert, rate
from rates.errors import (
    NoRateError,
    SourceUnavailableError,
    UnknownCurrencyError,
    UsageError,
)
from rates.online import ATTEMPTS, DEFAULT_URL, Online, rates

RATES = '{"USD": 1.0904, "SEK": 11.6445, "JPY": 165.10}'
LISTED = '{"USD": "US Dollar", "SEK": "Swedish Krona", "JPY": "Yen", "AUD": "Dollar"}'


class Server:
    """A server whose next answers are set by the test; it counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.statuses: list[int] = []  # for the first requests, then ``status``
        self.body: str | None = None
        self.day: str | None = None
        self.declared: int | None = None
        self.silent = False
        self.late = 0.0
        self.released = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                if server.silent:
                    server.released.wait(5)
                    return
                server.released.wait(server.late)
                status = server.statuses.pop(0) if server.statuses else server.status
                body = server.answer(self.path).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(server.declared or len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1/"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path: str) -> str:
        if path.startswith("/v1/currencies"):
            return LISTED
        if self.body is not None:
            return self.body
        day = path.removeprefix("/v1/").partition("?")[0]
        shown = self.day or ("2026-10-30" if day == "latest" else day)
        return f'{{"amount": 1.0, "base": "EUR", "date": "{shown}", "rates": {RATES}}}'

    def close(self) -> None:
        self.released.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def source(server: Server, tmp_path: Path) -> Online:
    return make(server, tmp_path)


def make(server: Server, folder: Path, pauses: list[float] | None = None) -> Online:
    waited = [] if pauses is None else pauses
    return Online(
        server.url,
        timeout=0.3,
        pause=waited.append,
        today=lambda: date(2026, 10, 30),
        cache=str(folder),
    )


def test_the_rate_has_the_digits_of_the_answer(server: Server, source: Online) -> None:
    found = convert("683m", "EUR", "USD", "2024-11-04", rates=source)
    assert found.amount == Decimal("744743200")
    assert (found.quality, found.policy, found.warnings) == ("online", "spot", ())
    assert found.source.startswith("online 127.0.0.1:")
    assert found.source_version == server.url
    assert server.asked == ["/v1/2024-11-04?base=EUR"]


def test_both_legs_come_from_one_answer(server: Server, source: Online) -> None:
    found = rate("SEK", "JPY", "2024-11-04", rates=source)
    assert [leg.text for leg in found.legs] == ["11.6445", "165.10"]  # type: ignore[union-attr]
    assert len(server.asked) == 1


def test_an_earlier_day_in_the_answer_is_the_day_of_the_rate(
    server: Server, source: Online
) -> None:
    server.day = "2024-11-01"
    found = rate("EUR", "USD", "2024-11-03", rates=source)
    assert (found.rate_date, found.days_back) == (date(2024, 11, 1), 2)


@pytest.mark.parametrize("day", ["2024-11-05", "2024-10-20", "2026-10-30"])
def test_a_later_day_or_a_much_earlier_one_is_no_answer(
    server: Server, source: Online, day: str
) -> None:
    server.day = day
    with pytest.raises(NoRateError, match=f"answered with the rate of {day}"):
        rate("EUR", "USD", "2024-11-04", rates=source)


def test_a_day_that_the_server_lacks_is_told_from_an_outage(server: Server, source: Online) -> None:
    server.status = 404
    with pytest.raises(NoRateError, match="404"):
        rate("EUR", "USD", "2024-11-04", rates=source)
    assert len(server.asked) == 1  # asking again would not help


def test_a_currency_that_the_server_lacks_is_told_from_both(server: Server, source: Online) -> None:
    with pytest.raises(UnknownCurrencyError, match="UAH; it has AUD, JPY, SEK, USD"):
        rate("EUR", "UAH", "2024-11-04", rates=source)
    with pytest.raises(NoRateError, match="AUD for 2024-11-04; that day has JPY, SEK, USD"):
        rate("EUR", "AUD", "2024-11-04", rates=source)
    with pytest.raises(NoRateError, match="first day is 1999-01-04"):
        rate("EUR", "USD", "1998-11-04", rates=source)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again_within_a_bound(
    server: Server, tmp_path: Path, status: int
) -> None:
    pauses: list[float] = []
    server.status = status
    with pytest.raises(SourceUnavailableError, match=str(status)):
        rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path, pauses))
    assert len(server.asked) == ATTEMPTS
    assert len(pauses) == ATTEMPTS - 1
    assert pauses == sorted(pauses)


def test_a_server_that_recovers_is_used(server: Server, source: Online) -> None:
    server.statuses = [502, 429]
    assert rate("EUR", "USD", "2024-11-04", rates=source).rate == Decimal("1.0904")


@pytest.mark.parametrize(
    "body",
    [
        "<html>maintenance</html>",
        "",
        "[]",
        "{}",
        '{"date": "2024-11-04", "rates": {}}',
        '{"date": "soon", "rates": {"USD": 1.1}}',
        '{"date": "2024-11-04", "rates": {"USD": -1.1}}',
        '{"date": "2024-11-04", "rates": {"USD": NaN}}',
        '{"date": "2024-11-04", "rates": {"USD": "much"}}',
        '{"date": "2024-11-04", "rates": [1.1]}',
        '{"date": "2024-11-04", "base": "USD", "rates": {"USD": 1.1}}',
        "[" * 100_000,
    ],
)
def test_an_answer_that_is_none_is_an_outage(server: Server, source: Online, body: str) -> None:
    server.body = body
    with pytest.raises(SourceUnavailableError):
        rate("EUR", "USD", "2024-11-04", rates=source)


def test_half_a_body_is_an_outage(server: Server, source: Online) -> None:
    server.declared = 4000
    with pytest.raises(SourceUnavailableError, match="3 times"):
        rate("EUR", "USD", "2024-11-04", rates=source)


def test_a_server_that_never_answers_is_given_up(server: Server, source: Online) -> None:
    server.silent = True
    with pytest.raises(SourceUnavailableError, match=r"no answer in 0\.3 s, 3 times"):
        rate("EUR", "USD", "2024-11-04", rates=source)


def test_a_late_answer_within_the_bound_is_taken(server: Server, source: Online) -> None:
    server.late = 0.05
    assert rate("EUR", "USD", "2024-11-04", rates=source).rate == Decimal("1.0904")


def test_nobody_there_is_an_outage(server: Server, tmp_path: Path) -> None:
    server.close()
    with pytest.raises(SourceUnavailableError, match="no connection"):
        rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path))


def test_an_answer_is_kept_on_disk(server: Server, tmp_path: Path) -> None:
    first = rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path))
    server.status = 502
    assert rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path)) == first
    (kept,) = tmp_path.rglob("*.json")
    assert json.loads(kept.read_text())["date"] == "2024-11-04"
    assert not list(tmp_path.rglob("*.part"))


def test_a_damaged_cache_is_asked_for_anew(server: Server, tmp_path: Path) -> None:
    rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path))
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text('{"date": "2024-11-0')
    found = rate("EUR", "USD", "2024-11-04", rates=make(server, tmp_path))
    assert found.rate == Decimal("1.0904")
    assert len(server.asked) == 2


def test_what_may_still_change_is_not_kept(server: Server, tmp_path: Path) -> None:
    server.day = "2026-10-29"
    rate("EUR", "USD", "2026-10-30", rates=make(server, tmp_path))
    assert not list(tmp_path.rglob("*.json"))


def test_an_unwritable_cache_withholds_no_answer(server: Server, tmp_path: Path) -> None:
    (tmp_path / "online").write_text("a file where the folder would be")
    source = make(server, tmp_path)
    assert rate("EUR", "USD", "2024-11-04", rates=source).rate == Decimal("1.0904")


def test_no_date_asks_for_the_newest(server: Server, source: Online) -> None:
    found = rate("EUR", "USD", rates=source)
    assert (found.policy, found.rate_date) == ("closing", date(2026, 10, 30))
    assert "/v1/latest?base=EUR" in server.asked


def test_irrevocable_rates_need_no_server(server: Server, source: Online) -> None:
    found = rate("EUR", "LTL", "2024-11-04", rates=source)
    assert (found.quality, found.rate) == ("irrevocable", Decimal("3.45280"))
    assert server.asked == []


@pytest.mark.parametrize("policy", ["month-avg", "year-avg", "inforeuro", "window-avg:2022..2023"])
def test_averages_need_a_table(source: Online, policy: str) -> None:
    with pytest.raises(UsageError, match="single days only"):
        rate("EUR", "USD", "2024-11-04", policy, source)


@pytest.mark.parametrize("url", ["", "frankfurter", "ftp://example.org/", "file:///etc/passwd"])
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server"):
        Online(url)


def test_the_address_comes_from_the_argument_then_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert rates().url == DEFAULT_URL
    monkeypatch.setenv("PLEDGECALC_RATES_URL", "http://127.0.0.1:9/v1")
    assert rates().url == "http://127.0.0.1:9/v1/"
    assert rates("http://127.0.0.1:8/").url == "http://127.0.0.1:8/"


def test_the_command_asks_only_when_told_to(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PLEDGECALC_RATES_URL", server.url)
    monkeypatch.setenv("PLEDGECALC_CACHE", str(tmp_path))
    monkeypatch.setattr("rates.online.BACK_OFF", (0.0, 0.0))
    words = ["convert", "1", "EUR", "USD", "--on", "2024-11-04"]
    assert cli.main(words) == 0
    assert server.asked == []
    assert cli.main([*words, "--online", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["quality"] == "online"
    server.status = 502
    assert cli.main([*words[:-1], "2024-11-05", "--online"]) == 4
    assert "is not available" in capsys.readouterr().err
    server.status = 404
    assert cli.main([*words[:-1], "2024-11-06", "--online"]) == 3
    server.status = 200
    assert cli.main(["convert", "1", "EUR", "UAH", "--on", "2024-11-04", "--online"]) == 2


SECOND = (
    '[{"date": "2024-11-04", "base": "EUR", "quote": "USD", "rate": 1.0904},'
    ' {"date": "2024-11-01", "base": "EUR", "quote": "UAH", "rate": 44.9119}]'
)


def second(server: Server, folder: Path, query: str = "") -> Online:
    """The source at a server that speaks the second version of Frankfurter."""
    return Online(
        f"{server.url.replace('/v1/', '/v2/')}{query}",
        timeout=0.3,
        pause=lambda _: None,
        today=lambda: date(2026, 10, 30),
        cache=str(folder),
    )


def test_the_second_version_is_asked_in_its_own_words(server: Server, tmp_path: Path) -> None:
    server.body = SECOND
    source = second(server, tmp_path, "?providers=nbu")
    found = rate("EUR", "UAH", "2024-11-04", rates=source)
    assert (found.rate, found.rate_date) == (Decimal("44.9119"), date(2024, 11, 1))
    assert found.source.endswith("(nbu)")
    assert rate("EUR", "USD", "2024-11-04", rates=source).rate_date == date(2024, 11, 4)
    assert server.asked == ["/v2/rates?date=2024-11-04&base=EUR&providers=nbu"]
    again = second(server, tmp_path, "?providers=nbu")  # from the cache, with the day of each rate
    assert rate("EUR", "UAH", "2024-11-04", rates=again).rate_date == date(2024, 11, 1)
    assert len(server.asked) == 1
    other = second(server, tmp_path)
    assert rate("EUR", "USD", "2024-11-04", rates=other).rate == Decimal("1.0904")
    assert server.asked[-1] == "/v2/rates?date=2024-11-04&base=EUR"


@pytest.mark.parametrize(
    "body", ["[]", '[{"date": "2024-11-04"}]', '{"message": "invalid"}', "[1, 2]", "null"]
)
def test_rows_that_are_no_rates_are_no_answer(server: Server, tmp_path: Path, body: str) -> None:
    server.body = body
    with pytest.raises(SourceUnavailableError):
        rate("EUR", "USD", "2024-11-04", rates=second(server, tmp_path))


def test_forex_python_does_the_asking(server: Server, source: Online) -> None:
    from forex_python.converter import CurrencyRates  # type: ignore[import-untyped, unused-ignore]

    asked = source._forex()
    assert isinstance(asked, CurrencyRates)
    assert type(asked).get_rates.__code__ is CurrencyRates.get_rates.__code__
    assert asked.get_rates("EUR", date(2024, 11, 4))["date"] == "2024-11-04"
    assert server.asked == ["/v1/2024-11-04?base=EUR"]
    assert CurrencyRates.get_rates.__globals__["requests"].__name__ == "requests"


# forex-python does not promise the private parts that we put ours in place of.


def _no_parts(monkeypatch: pytest.MonkeyPatch, converter: Any) -> None:
    names = ("_source_url", "_get_date_string", "_decode_rates")
    monkeypatch.setattr(converter, "CurrencyRates", type("CurrencyRates", (), dict.fromkeys(names)))


def _no_module(monkeypatch: pytest.MonkeyPatch, _: Any) -> None:
    monkeypatch.setitem(sys.modules, "forex_python", None)
    monkeypatch.setitem(sys.modules, "forex_python.converter", None)


def _no_class(monkeypatch: pytest.MonkeyPatch, converter: Any) -> None:
    monkeypatch.delattr(converter, "CurrencyRates")


def _another_server(monkeypatch: pytest.MonkeyPatch, converter: Any) -> None:
    def get_rates(self: Any, base_cur: str, date_obj: Any = None) -> Any:
        self._source_url(), self._get_date_string(date_obj)
        page = requests.get("http://192.0.2.1/", params={"base": base_cur})
        return self._decode_rates(page)

    monkeypatch.setattr(converter.CurrencyRates, "get_rates", get_rates)


def _other_parts(monkeypatch: pytest.MonkeyPatch, converter: Any) -> None:
    def get_rates(*_: Any) -> Any:
        return requests.get("http://192.0.2.1/").json()

    monkeypatch.setattr(converter.CurrencyRates, "get_rates", get_rates)


def _another_answer(monkeypatch: pytest.MonkeyPatch, converter: Any) -> None:
    def get_rates(self: Any, base_cur: str, date_obj: Any = None) -> Any:
        page = requests.get(self._source_url() + self._get_date_string(date_obj), params={})
        return [*self._decode_rates(page), base_cur]

    monkeypatch.setattr(converter.CurrencyRates, "get_rates", get_rates)


@pytest.mark.parametrize(
    "change",
    [
        _no_parts,
        _no_module,
        _no_class,
        _another_server,
        _other_parts,
        _another_answer,
    ],
)
def test_a_forex_python_of_other_private_parts_is_done_without(
    server: Server, source: Online, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    converter = pytest.importorskip("forex_python.converter")
    change(monkeypatch, converter)
    server.statuses = []
    found = convert("683m", "EUR", "USD", "2024-11-04", rates=source)
    assert found.amount == Decimal("744743200")
    assert set(server.asked) == {"/v1/2024-11-04?base=EUR"}
    server.status = 404
    with pytest.raises(NoRateError):
        convert("683m", "EUR", "USD", "2024-11-05", rates=source)


def test_without_requests_the_package_that_brings_it_is_named(
    source: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(UsageError, match="pip install forex-python"):
        convert("683m", "EUR", "USD", "2024-11-04", rates=source)
