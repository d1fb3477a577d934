"""The embedded history of the ECB's euro foreign exchange reference rates, 1999-01-04 onward.

Source: European Central Bank. ``data/eurofxref-hist.zip`` is the ECB's own file, unchanged;
``data/ecb.txt`` holds the same cells by column and is what conversions read. Checksums stand in
``data/SOURCE.toml`` and are verified by ``checksums`` (tests, ``rates info``), not at every start.
A newer history that ``rates update`` put into the user's data folder takes the place of both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from .currencies import currency
from .errors import PledgecalcError
from .fixings import Fixings
from .folders import data_folder
from .seals import DATA, checked, seal

NAME = "ECB"
TITLE = "ECB euro foreign exchange reference rates"

_loaded: list[Fixings] = []


class Checksum(NamedTuple):
    """One verified file: the sha256 that ``SOURCE.toml`` states and the one found now."""

    name: str
    stated: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether the file is the one that was embedded."""
        return self.stated == self.found


def fixings() -> Fixings:
    """The history, read once: the embedded one, unless ``rates update`` brought one as new.

    >>> from datetime import date
    >>> fixings().as_of("USD", date(2024, 11, 3)).text
    '1.0885'
    """
    if not _loaded:
        table = embedded()
        newer = updated()
        _loaded.append(newer if newer and newer.last >= table.last else table)
    return _loaded[0]


def embedded() -> Fixings:
    """The history that came with this version of pledgecalc."""
    path = os.path.join(DATA, "ecb.txt")  # noqa: PTH118
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return parse(checked(path, file.read()))


def updated_path() -> str:
    """Where ``rates update`` keeps its history."""
    return os.path.join(data_folder(), "ecb.txt")  # noqa: PTH118


def updated() -> Fixings | None:
    """The history that ``rates update`` brought, None without one.

    Raises PledgecalcError for a file there that is none: a damaged one is not passed over.
    """
    path = updated_path()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            content = file.read()
    except OSError:
        return None
    return parse(_unsealed(content, path), path)


def _unsealed(content: bytes, path: str) -> bytes:
    """An updated history, which is as it was written: its first line has the seal of the rest."""
    first = content[: content.find(b"\n")]
    stated = first.partition(b" crc32:")[2][:8].decode("ascii", "replace")
    version = first.rpartition(b", ")[2]
    if stated and seal(version + content[len(first) :]) != stated:
        raise PledgecalcError(
            f"{path} was changed since it was written; pledgecalc rates update writes it anew"
        )
    if not stated and b"sealed sha256:" in first:  # as earlier versions wrote it
        import hashlib  # 2 ms that few conversions need

        digest = hashlib.sha256(content[len(first) + 1 :]).hexdigest().encode()
        if digest not in first:
            raise PledgecalcError(
                f"{path} was changed since it was written; pledgecalc rates update writes it anew"
            )
    return content


def forget() -> None:
    """Read the history anew when it is next asked for."""
    _loaded.clear()


def parse(content: bytes, path: str = "rates/data/ecb.txt") -> Fixings:
    """Build the table from the compact text; its first line carries the version."""
    first = content.find(b"\n")
    second = content.find(b"\n", first + 1)
    if not content.startswith(b"# ECB") or second < 0:
        raise PledgecalcError(
            f"{path} does not begin with its '# ECB …' line; pledgecalc rates update writes it anew"
        )
    version = content[:first].decode("ascii").rpartition(", ")[2]
    days = content[first + 1 : second].decode("ascii").split(",")
    return Fixings(NAME, version, days, _Columns(content, second + 1))


class _Columns(Mapping[str, str]):
    """The lines of the table by code, decoded when asked for: most never are."""

    def __init__(self, content: bytes, start: int) -> None:
        self._content = content
        self._places: dict[str, tuple[int, int]] = {}
        while (end := content.find(b"\n", start)) >= 0:
            self._places[content[start : start + 3].decode("ascii")] = (start + 4, end)
            start = end + 1

    def __getitem__(self, code: str) -> str:
        start, end = self._places[code]
        return self._content[start:end].decode("ascii")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, code: object) -> bool:
        return code in self._places


def source() -> dict[str, dict[str, str]]:
    """The entries of ``SOURCE.toml`` for the ECB's files: origin, as_of, sha256, terms."""
    entries = origins()
    return {name: entries[name] for name in ("eurofxref-hist.zip", "ecb.txt")}


def origins() -> dict[str, dict[str, str]]:
    """All of ``SOURCE.toml``: where each file comes from, by its name."""
    import tomllib  # 13 ms that a conversion does not need

    path = os.path.join(DATA, "SOURCE.toml")  # noqa: PTH118
    with open(path, "rb") as file:  # noqa: PTH123
        return tomllib.loads(checked(path, file.read()).decode("utf-8"))


def checksums() -> list[Checksum]:
    """Verify the files now: the zip, the CSV in it, the derived table, and an updated one.

    >>> all(checksum.ok for checksum in checksums())
    True
    """
    import hashlib  # as above
    import zipfile

    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    entries = source()
    published = os.path.join(DATA, "eurofxref-hist.zip")  # noqa: PTH118
    found = []
    for name in entries:
        with open(os.path.join(DATA, name), "rb") as file:  # noqa: PTH118,PTH123
            found.append(Checksum(name, entries[name]["sha256"], digest(file.read())))
    stated = entries["eurofxref-hist.zip"]["csv_sha256"]
    try:
        with zipfile.ZipFile(published) as archive:
            (inside,) = archive.namelist()
            found.append(Checksum(inside, stated, digest(archive.read(inside))))
    except Exception as error:  # of a damaged zip: whatever its place, packing or lock raises
        found.append(Checksum("eurofxref-hist.csv", stated, f"not to be unpacked ({error})"))
    if os.path.exists(updated_path()):  # noqa: PTH110
        with open(updated_path(), "rb") as file:  # noqa: PTH123
            first, _, rest = file.read().partition(b"\n")
        stated = first.partition(b"sealed sha256:")[2][:64].decode("ascii", "replace")
        found.append(Checksum(updated_path(), stated, digest(rest)))
    return found


def info(today: date) -> dict[str, Any]:
    """Which history is used, how old it is on ``today``, and whether the files are intact."""
    table, origin, checks = fixings(), source()["eurofxref-hist.zip"], checksums()
    own = table.version == embedded().version
    return {
        "source": TITLE,
        "used": "embedded" if own else "updated",
        "path": "rates/data/ecb.txt" if own else updated_path(),
        "first_day": table.first.isoformat(),
        "last_day": table.last.isoformat(),
        "age_days": (today - table.last).days,
        "days": len(table.days),
        "currencies": len(table.currencies()),
        "version": table.version,
        "origin": origin["origin"],
        "through": origin["through"] if own else "pledgecalc rates update",
        "terms": origin["terms"],
        "damaged": [check.name for check in checks if not check.ok],
        "sha256": {check.name: check.found for check in checks},
    }


def inventory() -> list[dict[str, str]]:
    """Each currency with the days of its first and last rate, and what became of it.

    >>> inventory()[1]["last"], inventory()[1]["state"]
    ('2025-12-31', 'now EUR at 1.95583')
    """
    table = fixings()
    records = []
    for code in table.currencies():
        first, last = table.span(code)
        known = currency(code)
        if last == table.last:
            state = "live"
        elif known.euro_rate is not None:
            state = f"now EUR at {known.euro_rate}"
        else:
            state = f"now {known.successor}" if known.successor else "ended"
        days = {"first": first.isoformat(), "last": last.isoformat(), "source": NAME}
        records.append({"code": code, "name": known.name, **days, "state": state})
    return records
