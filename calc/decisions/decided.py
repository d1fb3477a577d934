"""A set of decisions: read from a file, and applied to claims."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from rates.errors import UnreadableInputError

from ..tables.prepared import prepare
from .blocks import Decision, content_of, parse
from .ruling import Ruling, refuse_contradictions, rule


class Decisions:
    """What people decided, block by block; apply it to any table of claims.

    >>> Decisions([Decision("role", ("a1",), "target", why="a call for money")])
    <Decisions: 1>
    """

    def __init__(self, decisions: Iterable[Decision] = (), path: str = "decisions") -> None:
        self.blocks = tuple(decisions)
        self.path = path

    def __len__(self) -> int:
        return len(self.blocks)

    def __repr__(self) -> str:
        return f"<Decisions: {len(self)}>"

    def apply(self, claims: pd.DataFrame) -> pd.DataFrame:
        """The claims with the cells that were decided: currency, amount, role, parties, dates ….

        ``attrs["decision_notes"]`` lists what was not applied or changed nothing, and why. Raises
        UsageError for decisions that contradict each other, naming both with their lines.
        """
        prepared = prepare(claims)
        prepared.attrs = dict(claims.attrs)
        found = self.rule(prepared)
        found.claims.attrs["decision_notes"] = list(found.notes)
        return found.claims

    def rule(self, prepared: pd.DataFrame) -> Ruling:
        """The same for a prepared table, with what the decisions say of links and figures."""
        return rule(self.blocks, prepared)


def read_decisions(path: str | os.PathLike[str]) -> Decisions:
    """Read a file of decisions, in TOML: one ``[[decision]]`` block for each.

    Raises UnreadableInputError for a file that is missing or no TOML, and UsageError for a block
    that cannot be understood or contradicts another; both name the line.
    """
    file = Path(path)
    try:
        text = content_of(file, str(path)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"{path}: not UTF-8 text; save it as UTF-8", str(path)
        ) from error
    except OSError as error:
        raise UnreadableInputError(
            f"{path}: {error.strerror or error}; pledgecalc decide starts such a file", str(path)
        ) from error
    blocks = parse(text.replace("\r\n", "\n"), str(path))
    refuse_contradictions(blocks)
    return Decisions(blocks, str(path))


def given(decisions: Decisions | str | os.PathLike[str] | None) -> Decisions | None:
    """Decisions as they are given to a function: a set, a file of them, or none."""
    if decisions is None or isinstance(decisions, Decisions):
        return decisions
    return read_decisions(decisions)
