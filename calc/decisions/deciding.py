"""One decision from the command line: checked against the claims it is about, then appended."""

from __future__ import annotations

import datetime as dt
import difflib
import getpass
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UsageError

from ..tables.prepared import prepare
from .blocks import LINKS, decision
from .decided import Decisions, read_decisions
from .ruling import full_id
from .writing import append, block

_HERE = "this decision"


class Decided(NamedTuple):
    """What was appended: the block as written, whether it is new, and notes."""

    block: str
    added: bool
    notes: tuple[str, ...]


def split_ids(kind: str, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The ids at the front of ``words``, and the inputs behind them: what there is, or ``-``.

    >>> split_ids("reject", ["3f2a", "-"])
    (['3f2a'], ['-'])
    """
    least = 2 if kind in LINKS else 1
    last = next(
        (n for n, word in enumerate(words) if n >= least and (word == "-" or Path(word).exists())),
        len(words),
    )
    ids, files = list(words[:last]), list(words[last:])
    if len(ids) < least or not files:
        needed = "two or more ids" if least == 2 else "an id"
        raise UsageError(
            f"{kind} takes {needed} and then the files to read, as in: "
            f"pledgecalc decide {kind} {'ID ' * least}pages/ --why TEXT"
        )
    return ids, files


def decide(
    wanted: Mapping[str, Any],
    claims: pd.DataFrame,
    path: str,
    say: Callable[[str], object] = warnings.warn,
) -> Decided:
    """Check the decision of the keys ``wanted`` against ``claims`` and append it to ``path``.

    ``who`` is the login name and ``when`` today unless given; ``say`` as of ``append``. Raises
    UsageError for ids that ``claims`` lack, for a value that cannot be, and for what contradicts
    an earlier decision.
    """
    prepared = prepare(claims)
    made = decision({"when": dt.date.today(), "who": _login(), **wanted}, _HERE)
    if not made.why:
        raise UsageError("say why, for those who read the decision later: --why TEXT")
    text = dict(zip(prepared["claim_id"], prepared["text"], strict=True))
    ids = sorted(text)
    full = tuple(dict.fromkeys(_known(name, ids) for name in made.claims))
    if made.kind in LINKS and len(full) < 2:
        raise UsageError(f"{', '.join(made.claims)} are one claim, {full[0]}; give two")
    made = made._replace(claims=full, texts=tuple(str(text[name]) for name in full))
    alone = Decisions([made]).rule(prepared)
    refused = [note for note in alone.notes if "is not applied" in note]
    if refused:
        raise UsageError(refused[0])
    known = read_decisions(path).blocks if Path(path).exists() else ()
    Decisions([*known, made]).rule(prepared)
    added = append(path, made, say)
    notes = [] if added else [f"{path} holds this decision already; nothing was added"]
    notes += alone.notes
    notes.append(f"saved; add --decisions {path} to apply it, as in: pledgecalc reconcile")
    return Decided(block(made), added, tuple(notes))


def _known(name: str, ids: list[str]) -> str:
    found = full_id(name, ids)
    if found in ids:
        return found
    fits = [one for one in ids if one.startswith(name)]
    if fits:
        raise UsageError(f"{name!r} begins {len(fits)} ids: {', '.join(fits[:5])}; give more of it")
    near = difflib.get_close_matches(name, ids, n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else "pledgecalc read FILES --json shows ids"
    raise UsageError(f"no claim of these files has the id {name!r}; {hint}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a user
        return "unknown"
