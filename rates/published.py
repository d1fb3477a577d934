"""The ECB's file as it is published (a zip with one CSV), and the compact table made from it.

    # ECB euro foreign exchange reference rates, 2026-10-30 sha256:0123abcd4567
    1999-01-04,1999-01-05,…            every day, ascending
    USD,1.1789,1.1790,…                one line per currency, as published, empty where N/A

The sha256 is that of the published CSV: it names the data wherever they are laid out anew.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .errors import PledgecalcError
from .fixings import Fixings
from .seals import seal

MAX_CSV_BYTES = 100_000_000  # the history has 2 MB
# A rate that is published anew may differ where the ECB corrected it: seldom, and by little.
MOST_CORRECTIONS = 10
GREATEST_CORRECTION = Decimal("0.10")
# From one day to the next. The greatest moves since 1999: TRL 2001-02-22 and ISK 2008, below 40 %.
GREATEST_MOVE = Decimal("0.60")
GREATEST_GAP = timedelta(days=10)  # between two days: the longest has 5


class Change(NamedTuple):
    """How a newer history differs from an older one."""

    days: int  # new ones
    corrections: tuple[str, ...]  # "USD of 2026-10-29: 1.1570, formerly 1.1571"
    currencies: tuple[str, ...]  # new ones


def csv_inside(zipped: bytes) -> bytes:
    """The one CSV file in the ECB's zip; PledgecalcError for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            (name,) = archive.namelist()
            with archive.open(name) as file:
                content = file.read(MAX_CSV_BYTES + 1)
    except Exception as error:  # of a damaged zip: whatever its place, packing or lock raises
        raise PledgecalcError(f"not the ECB's zip with one file in it: {error}") from None
    if len(content) > MAX_CSV_BYTES:
        raise PledgecalcError("not the ECB's history: the file in the zip is far too large")
    return content


def table(published: bytes) -> tuple[str, str]:
    r"""The last day, and the same cells by column: days ascending, ``N/A`` as the empty cell.

    >>> print(table(b"Date,USD,ISK,\n2024-01-03,1.0919,N/A,\n2024-01-02,1.0956,150.1,\n")[1])
    # ECB euro foreign exchange reference rates, 2024-01-03 sha256:5376cc16a815
    2024-01-02,2024-01-03
    USD,1.0956,1.0919
    ISK,150.1,
    <BLANKLINE>
    """
    header, *lines = csv.reader(io.StringIO(published.decode("ascii")))
    codes = [code for code in header[1:] if code]  # the file ends each line with a comma
    lines.sort()
    digest = hashlib.sha256(published).hexdigest()
    last = lines[-1][0]
    out = [f"# ECB euro foreign exchange reference rates, {last} sha256:{digest[:12]}"]
    out.append(",".join(line[0] for line in lines))
    for position, code in enumerate(codes, start=1):
        cells = ["" if line[position] == "N/A" else line[position] for line in lines]
        out.append(",".join([code, *cells]))
    return last, "\n".join(out) + "\n"


def sealed(compact: bytes) -> bytes:
    """The compact table with the sha256 of all that follows the first line, in that line.

    And a crc32 of its version and of the rest, which is checked at every use.
    """
    first, _, rest = compact.partition(b"\n")
    title, _, version = first.rpartition(b", ")
    digest = hashlib.sha256(rest).hexdigest().encode()
    quick = seal(version + b"\n" + rest).encode()
    return b"%s, sealed sha256:%s crc32:%s, %s\n%s" % (title, digest, quick, version, rest)


def check_shape(published: bytes) -> None:
    """Refuse what is not the ECB's history: columns, days that descend, numbers or ``N/A``."""
    try:
        header, *lines = csv.reader(io.StringIO(published.decode("ascii")))
    except (UnicodeDecodeError, ValueError, csv.Error):
        raise PledgecalcError("not the ECB's history: no CSV file in plain letters") from None
    codes = [code for code in header[1:] if code]
    well = all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)
    if header[:1] != ["Date"] or not codes or not well or len(set(codes)) < len(codes):
        raise PledgecalcError(f"not the ECB's history: its columns are {', '.join(header)[:60]}")
    before = date.max
    for number, line in enumerate(lines, start=2):
        before = _check_line(number, line, len(header), len(codes), before)
    if not lines:
        raise PledgecalcError("not the ECB's history: no day in it")


def _check_line(number: int, line: list[str], cells: int, codes: int, before: date) -> date:
    try:
        day = date.fromisoformat(line[0])
    except (ValueError, IndexError):
        raise PledgecalcError(f"line {number}: {line[:1]} is not a day") from None
    if day >= before:
        raise PledgecalcError(f"line {number}: {day} does not come before {before}")
    if before != date.max and before - day > GREATEST_GAP:
        raise PledgecalcError(f"line {number}: no day between {day} and {before}")
    if len(line) != cells:
        raise PledgecalcError(f"line {number}: {len(line)} cells where the header has {cells}")
    for cell in line[1 : codes + 1]:
        digits = cell.replace(".", "", 1)
        if cell != "N/A" and not (digits.isascii() and digits.isdigit() and Decimal(cell) > 0):
            raise PledgecalcError(f"line {number}: {cell!r} is neither a rate nor N/A")
    return day


def compare(old: Fixings, new: Fixings, today: date) -> Change:
    """What is new; raises PledgecalcError when something was lost or cannot be true."""
    lost = [code for code in old.currencies() if not new.has(code)]
    if lost:
        raise PledgecalcError(f"the new history has no column for {', '.join(lost)}")
    if new.last > today + timedelta(days=1):
        raise PledgecalcError(f"the new history runs to {new.last}, which is in the future")
    gone = sorted(set(old.days) - set(new.days))
    if gone:
        raise PledgecalcError(
            f"the new history lacks {len(gone)} of the days here, the last is {gone[-1]}"
        )
    corrections: list[str] = []
    for code in old.currencies():
        corrections += _corrections(code, old, new)
    if len(corrections) > MOST_CORRECTIONS:
        raise PledgecalcError(
            f"the new history changes {len(corrections)} rates, more than corrections would, "
            f"among them {corrections[0]}"
        )
    for code in new.currencies():
        _check_moves(code, new, old.last)
    return Change(
        days=len(new.days) - len(old.days),
        corrections=tuple(corrections),
        currencies=tuple(code for code in new.currencies() if not old.has(code)),
    )


def _corrections(code: str, old: Fixings, new: Fixings) -> list[str]:
    found = []
    texts = new.texts(code)
    for day, before in old.texts(code).items():
        after = texts[day]
        if after == before or not before:
            continue
        if not after:
            raise PledgecalcError(f"the new history has no rate of {code} for {day}")
        if abs(Decimal(after) / Decimal(before) - 1) > GREATEST_CORRECTION:
            raise PledgecalcError(
                f"the new history has {after} for {code} on {day} in place of {before}, "
                "more than a correction"
            )
        found.append(f"{code} of {day}: {after}, formerly {before}")
    return found


def _check_moves(code: str, new: Fixings, since: date) -> None:
    start = since - timedelta(days=30)
    for before, after in pairwise(new.between(code, start, new.last)):
        if abs(after.value / before.value - 1) > GREATEST_MOVE and after.date > since:
            raise PledgecalcError(
                f"the new history moves {code} from {before.text} on {before.date} to "
                f"{after.text} on {after.date}: more than a rate moves in a day"
            )
