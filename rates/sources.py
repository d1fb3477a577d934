"""What ``rates=`` may be: nothing, a table, a file, a word, or several of these in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from . import ecb, hmrc, official, online, user, world
from .chain import Chain
from .errors import UsageError
from .fixings import Fixings

Rates = Fixings | str | os.PathLike[str] | Sequence["Fixings | str | os.PathLike[str]"] | None

_default: list[tuple[Fixings, Fixings]] = []


def tables(rates: Rates = None) -> Fixings:
    """The table, or the chain of tables, that ``rates`` names.

    None: the ECB's history, then parities and fixed official rates, and beyond them the world
    table of NBP. A path: that file first, then these. A word: that source and nothing else. A
    list: exactly its items, in that order, where the words "ecb", "official", "nbp", "hmrc" and
    "online" name what is built in; from "nbp" on, both legs of a pair come from there. Raises
    UsageError, and UnreadableInputError for a file.

    >>> tables(["ecb"]).source, tables("nbp").source
    ('ECB', 'NBP')
    >>> tables().has("ETB"), tables(["ecb", "official"]).has("ETB")
    (True, False)
    """
    if rates is None:
        return _built_in()
    if isinstance(rates, Fixings):
        return rates
    if isinstance(rates, str | os.PathLike):
        one = _named(rates)
        return one if rates in _WORDS else Chain(one, _built_in(), beyond=lambda: _beyond(one))
    if not isinstance(rates, Sequence) or not rates:
        raise UsageError(
            f"rates={rates!r} is no table of rates; give a file, a table, a list of these, "
            "or leave it out to use the ECB's"
        )
    parts = [item if isinstance(item, Fixings) else _named(item) for item in rates]
    if len(parts) == 1:
        return parts[0]
    place = next((at for at, part in enumerate(parts) if isinstance(part, world.World)), 0)
    if not place:
        return Chain(*parts)
    # its rates and those of the ECB are of another hour: a pair is never made of both
    own = [part for part in parts if part.source != ecb.NAME]
    return Chain(*parts[:place], beyond=lambda: Chain(*own))


def wanted(files: Sequence[str] | None, online: bool, source: str | None) -> Fixings | None:
    """What the options of the command line ask for; None for the built-in tables."""
    return asked(files or (), online, source) if files or online or source else None


def asked(files: Sequence[str], online: bool = False, source: str | None = None) -> Fixings:
    """The order of the command line: the user's files, then what is built in, or online.

    ``source`` is one of "ecb", "nbp", "hmrc" and "user": that and nothing else.

    >>> asked([]) is tables(), asked([], source="nbp").source
    (True, 'NBP')
    """
    if source is not None:
        if online or (files and source != "user"):
            raise UsageError(f"--source {source} is the only source: leave --rates, --online out")
        if source == "user" and not files:
            raise UsageError("--source user needs your table: --rates FILE")
        return tables([*files] or source)
    if not files and not online:
        return _built_in()
    return tables([*files, *(["online"] if online else ["ecb", "official", "nbp"])])


def _built_in() -> Fixings:
    table = ecb.fixings()
    if not _default or _default[0][0] is not table:
        _default[:] = [(table, Chain(table, *official.tables(table), beyond=_beyond))]
    return _default[0][1]


def _beyond(*first: Fixings) -> Fixings:
    """What is asked where the ECB's table and what is stated against it have no rate of a pair."""
    table = world.fixings()
    return Chain(*first, *official.tables(table), table)


def _official() -> Fixings:
    return Chain(*official.tables(ecb.fixings()))


_WORDS: dict[str, Callable[[], Fixings]] = {
    "ecb": ecb.fixings,
    "official": _official,
    "nbp": world.fixings,
    "hmrc": hmrc.monthly,
    "online": online.rates,
}


def _named(item: object) -> Fixings:
    if isinstance(item, str) and item in _WORDS:
        return _WORDS[item]()
    if isinstance(item, str | os.PathLike):
        return user.read_rates(item)
    raise UsageError(f"{item!r} is no table of rates; give a file, a table, or one of {_names()}")


def _names() -> str:
    return ", ".join(map(repr, _WORDS))
