"""What the verb ``rates`` of the command line answers, as records and as lines for people."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from . import ecb, inventories, world
from .errors import UsageError
from .update import URL, is_wheel, update, update_world

WHAT = ("info", "list", "update")


class Answer(NamedTuple):
    """The records, and for a table at the terminal a title with pairs of a word and a line.

    ``fault`` is said on stderr and makes the command fail.
    """

    records: list[dict[str, Any]]
    title: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def answer(what: str, source: str | None = None, today: date | None = None) -> Answer:
    """Answer ``rates info``, ``rates list`` or ``rates update``; ``source`` is for the last alone.

    >>> answer("list").records[0]["code"]
    'AUD'
    """
    if source is not None and what != "update":
        raise UsageError(f"--from goes with: pledgecalc rates update, not with rates {what}")
    if what == "list":
        return Answer(inventories.currencies())
    now = today or date.today()
    return _update(source or URL, now) if what == "update" else _info(now)


def _info(today: date) -> Answer:
    found = ecb.info(today)
    found["sources"] = others = inventories.other_sources(today)
    damaged = ", ".join([*found["damaged"], *(one["file"] for one in others if one["damaged"])])
    lines = [
        ("days", f"{found['days']:,}, {found['first_day']} to {found['last_day']}"),
        ("age", f"{found['age_days']} days before today"),
        ("has", f"EUR and {found['currencies']} currencies: pledgecalc rates list"),
        ("used", _used(found)),
        ("origin", found["origin"]),
        ("terms", "free to use; reproduce accurately; cite the ECB; for information only"),
        ("sha256", "NOT as embedded" if found["damaged"] else "verified now"),
        *(("", f"{digest[:16]}…  {name}") for name, digest in found["sha256"].items()),
    ]
    for one in others:
        lines += [("", ""), (one["source"], f"{one['title']}")]
        lines += [("", text) for text in inventories.lines(one)]
    fault = f"{damaged}: changed since it was written" if damaged else ""
    return Answer([found], found["source"], tuple(lines), fault=fault)


def _used(found: dict[str, Any]) -> str:
    if found["used"] == "embedded":
        return "as embedded; newer ones: pledgecalc rates update"
    return f"as updated, {found['path']}"


def _update(source: str, today: date) -> Answer:
    wheel = is_wheel(source)
    done = update_world(source, today) if wheel else update(source, today)
    change = done.change
    record = {
        "before": done.before,
        "after": done.after,
        "path": done.path,
        "days": change.days,
        "corrections": list(change.corrections),
        "currencies": list(change.currencies),
    }
    if done.after == done.before:
        return Answer([record], "nothing new", (("last", done.after),))
    lines = [
        ("before", done.before),
        ("now", done.after),
        ("new", _count(change.days, "day")),
        ("kept", done.path),
    ]
    if change.currencies:
        lines.append(("also new", ", ".join(change.currencies)))
    notes = tuple(f"corrected: {text}" for text in change.corrections)
    return Answer([record], world.TITLE if wheel else ecb.TITLE, tuple(lines), notes)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
