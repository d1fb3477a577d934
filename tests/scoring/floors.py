"""The floors of tests/scores.toml: how often each facet of each corpus is read right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import NamedTuple, Self

from scoring import TESTS

FILE = TESTS / "scores.toml"
COMMAND = "PYTHONPATH=. python tests/test_scores.py"
HEAD = f"""\
# How many labels of each facet are read right in the corpora of tests/corpus.
# These floors only rise: `make test` fails below them, and above them until the gain is claimed.
# Written by `{COMMAND}`, which raises them and refuses to lower one.
# After a merge take either side and run it again.
"""

Floors = dict[str, dict[str, int]]


class Count(NamedTuple):
    """How many of a facet's labels are read right, of how many, and what is not."""

    right: int
    all: int
    missed: list[str]

    @classmethod
    def of(cls, judged: Iterable[tuple[object, object]]) -> Self:
        """The count of what was judged right, from pairs of a name and a verdict.

        >>> Count.of([("Riga", True), ("Oslo", False)])
        Count(right=1, all=2, missed=['Oslo'])
        """
        known = [(str(name), bool(right)) for name, right in judged]
        missed = [name for name, right in known if not right]
        return cls(len(known) - len(missed), len(known), missed)


def floors() -> Floors:
    """The floors as they are kept."""
    found: Floors = tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found


def write(new: Floors) -> None:
    """Keep these floors."""
    sections = [
        f"\n[{corpus}]\n" + "".join(f"{facet} = {floor}\n" for facet, floor in facets.items())
        for corpus, facets in new.items()
    ]
    FILE.write_text(HEAD + "".join(sections), encoding="utf-8")
