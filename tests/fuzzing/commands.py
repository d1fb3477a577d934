"""Command lines: every verb with options of its own parser, some of their words odd."""

from __future__ import annotations

import argparse
import random
import shlex
from functools import lru_cache

from calc.verbs.catalogue import VERBS
from calc.verbs.parsing import parser_of

from . import typed
from .mutations import changed

FILES = ("TEXT", "TABLE", "PAGE", "DECISIONS", "RATES", "GDP", "FOLDER", "ZIP", "no-such-file", "-")
WRITES = ("-o", "--output", "--html", "--report", "--file", "--fi", "--out", "--rep", "--ht")
_WORDS: dict[str, tuple[str, ...]] = {
    "convert": ("AMOUNT CUR CUR", "AMOUNT CUR", "TABLE --to USD", "AMOUNT CUR CUR CUR"),
    "rate": ("CUR CUR", "EUR/USD", "CUR"),
    "when": ("683m EUR 763m USD", "AMOUNT CUR AMOUNT CUR", "€910m $940m"),
    "explain": ("c TEXT", "p- TEXT", "f TABLE", "x TEXT"),
    "decide": ("role ID TEXT --is noise --why x", "same ID TEXT --why x", "reject x TEXT --why x"),
    "effects": ("AMOUNT EUR DAY AMOUNT EUR DAY --in USD", "683m EUR 910m EUR --in USD"),
    "share": ("0.25% Lithuania 2024 --gdp GDP", "TEXT --gdp GDP", "AMOUNT Norway 2024 --gdp GDP"),
    "same": ("TEXT PAGE", "TEXT TABLE", "TEXT"),
    "audit": ("TABLE --to USD", "TABLE --in USD --amount amount", "RATES"),
    "rates": ("info", "list", "update --from ZIP", "update --from HISTORY"),
    "completion": ("bash", "zsh", "fish", "csh"),
}  # fmt: skip
_DOCUMENTS = ("TEXT", "TABLE", "PAGE", "TEXT TABLE", "TEXT PAGE", "TEXT", "ZIP", "FOLDER", "-")
_VALUES: dict[str, tuple[str, ...]] = {
    "CUR": typed.CODES, "DATE": typed.DATES, "NAME": ("Norway", "Ukraine", "nbp", "0", "X"),
    "PAIRS": ("amount=amount,donor=donor", "unit=million", "date=2024", "none=id", "x"),
    "N": ("1", "2", "0", "x"), "YEAR": ("2024", "x"), "COLUMN": ("amount", "currency", "no", ""),
    "COLUMN|CUR": ("currency", "USD"), "MARK": (",", ".", "comma", "x"), "TEXT": ("because", ""),
    "STATUS": ("pledged", "disbursed", "x"), "VALUE": ("CAD", "noise", "12m", "Norway"),
    "AMOUNT": ("5m", "x"), "A,B": ("763m,940m", "5", ""), "KINDS": ("loan", "loan,in-kind", "x"),
    "URL": ("https://example.org/a", "x"), "URL|FILE": ("HISTORY", "ZIP"),
    "FILE": FILES, "SEVERITY": ("never", "error", "x"), "WHEN": ("always", "never"),
}  # fmt: skip
_WRITTEN = ("out.csv", "out.json", "out.xlsx", "out.html", "out.md", "out.x", "-", "no/out.csv")


@lru_cache(maxsize=64)
def _options(verb: str) -> tuple[argparse.Action, ...]:
    parser = parser_of(next(one for one in VERBS if one.name == verb))
    return tuple(one for one in parser._actions if one.option_strings)


def _option(verb: str, chance: random.Random) -> list[str]:
    """One option of the verb, with a value that it might have."""
    action = chance.choice(_options(verb))
    flag = chance.choice(action.option_strings)
    if action.nargs == 0:
        return [flag]
    if flag in WRITES:
        return [flag, chance.choice(_WRITTEN)]
    values = tuple(map(str, action.choices or ())) or _VALUES.get(str(action.metavar), ("x",))
    if action.dest == "policy":
        values = typed.POLICIES
    value = chance.choice(values)
    return chance.choice(([flag, value], [flag, value], [f"{flag}={value}"]))


def _filled(word: str, chance: random.Random) -> str:
    made = {"AMOUNT": typed.plain_amount, "CUR": lambda one: one.choice(typed.CODES),
            "DAY": typed.day}  # fmt: skip
    return made[word](chance) if word in made else word


def command(chance: random.Random) -> bytes:
    """A command line of any verb: half of them as they may be, half with words of it odd."""
    verb = chance.choice(VERBS).name
    words = [verb, *shlex.split(chance.choice(_WORDS.get(verb, _DOCUMENTS)))]
    words = [_filled(word, chance) for word in words]
    if verb == "brief" and chance.random() < 0.3:
        words = words[1:]
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        words += _option(verb, chance)
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        place = chance.randrange(len(words) + 1)
        match chance.randrange(4):
            case 0:
                words[place : place + 1] = []
            case 1:
                words[place:place] = _option(chance.choice(VERBS).name, chance)
            case 2:
                odd = changed(chance.choice((*words, "x")), typed.ALL, chance, 80)
                words[place : place + 1] = [odd]
            case _:
                words[place:place] = [chance.choice(FILES)]
    return typed.DIVIDER.join(words).encode("utf-8", "surrogatepass")
