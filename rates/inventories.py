"""Every source of rates that is built in: its days, its currencies, its digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

from . import ecb, hmrc, official, world
from .currencies import currency
from .fixings import Fixings
from .tsv import DATA

_WIDTH = 60  # of a line beside a source's name


def currencies() -> list[dict[str, str]]:
    """Each currency of each source with the days of its first and last rate.

    >>> {row["source"] for row in currencies()} == {"ECB", "official", "NBP", "HMRC"}
    True
    """
    return [*ecb.inventory(), *official.inventory(), *_of_nbp(), *_of(hmrc.monthly(), "monthly")]


def _of(table: Fixings, state: str) -> Iterator[dict[str, str]]:
    for code in table.currencies():
        first, last = table.span(code)
        yield {
            "code": code,
            "name": currency(code).name,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "source": table.source,
            "state": state,
        }


def _of_nbp() -> Iterator[dict[str, str]]:
    table = world.fixings()
    for row in _of(table, ""):
        name, since = table.tables_of(row["code"])[-1]
        moved = f"{name} since {since}" if since != row["first"] else f"table {name}"
        yield row | {"state": moved}


def other_sources(today: date) -> list[dict[str, Any]]:
    """The sources beside the ECB, each with its file verified now."""
    entries = ecb.origins()
    pegs = [row["code"] for row in official.inventory()]
    nbp, month = world.fixings(), hmrc.monthly()
    own = nbp.path != world.embedded_path()
    found: list[dict[str, Any]] = [
        {
            "source": "official",
            "title": official.NAME,
            "file": "official.tsv",
            "currencies": len(set(pegs)),
            "version": official.tables(ecb.fixings())[0].version,
        }
    ]
    for table, title, name in ((nbp, world.TITLE, "nbp.bin"), (month, hmrc.TITLE, "hmrc.bin")):
        found.append(
            {
                "source": table.source,
                "title": title,
                "file": name,
                "currencies": len(table.currencies()),
                "days": len(table.days),
                "first_day": table.first.isoformat(),
                "last_day": table.last.isoformat(),
                "age_days": (today - table.last).days,
                "version": table.version,
            }
        )
    for one in found:
        entry = entries[one["file"]]
        updated = own and one["file"] == "nbp.bin"
        path = nbp.path if updated else os.path.join(DATA, one["file"])  # noqa: PTH118
        with open(path, "rb") as stream:  # noqa: PTH123
            digest = hashlib.sha256(stream.read()).hexdigest()
        one |= {
            "used": "updated" if updated else "embedded",
            "origin": entry["origin"],
            "terms": entry["terms"],
            "sha256": digest,
            "damaged": not updated and digest != entry["sha256"],
        }
    return found


def lines(one: dict[str, Any]) -> list[str]:
    """What ``rates info`` says of a source, in lines that fit a terminal."""
    days = ""
    if "days" in one:
        days = f"{one['days']:,} days, {one['first_day']} to {one['last_day']}; "
    state = "NOT as embedded" if one["damaged"] else "verified now"
    return [
        f"{days}{one['currencies']} currencies",
        f"{one['used']}; {state}: {one['sha256'][:16]}…  {one['file']}",
    ]
