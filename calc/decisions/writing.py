"""Appending one decision to the file: whole or not at all, also when two people decide at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from rates import whole_file
from rates.errors import UsageError

from . import locks
from .blocks import LINKS, Accepted, Decision, content_of, parse
from .ruling import refuse_contradictions


def block(one: Decision) -> str:
    """The block of one decision, as it stands in the file.

    >>> print(block(Decision("currency", ("a1",), "CAD", ("$1 billion",), why="a C$ before it")))
    [[decision]]
    kind = "currency"
    claims = ["a1"]
    text = ["$1 billion"]
    is = "CAD"
    why = "a C$ before it"
    <BLANKLINE>
    """
    keys: dict[str, Any] = {"kind": one.kind, "claims": list(one.claims)}
    if any(one.texts):
        keys["text"] = [text or "" for text in one.texts]
    if isinstance(one.value, Accepted):
        accepted = one.value
        code = f" {accepted.currency}" if accepted.currency else ""
        keys["is"] = f"{accepted.amount:f}{code}"
        if (accepted.low, accepted.high) != (accepted.amount, accepted.amount):
            keys |= {"low": f"{accepted.low:f}", "high": f"{accepted.high:f}"}
    elif one.value is not None:
        keys["is"] = one.value
    keys |= {key: value for key in ("who", "when", "why") if (value := getattr(one, key))}
    lines = [f"{key} = {_toml(value)}" for key, value in keys.items()]
    return "\n".join(["[[decision]]", *lines]) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = f"{value:f}"
    # JSON's escapes are TOML's, but for one character that JSON leaves as it is.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def append(
    path: str | os.PathLike[str], one: Decision, say: Callable[[str], object] = warnings.warn
) -> bool:
    """Add a decision at the end of the file, which is made when it is missing.

    Returns False, and changes nothing, when the file holds the same decision already. ``say`` is
    told when we wait for another process that decides in the same folder (``locks.PATIENCE``).
    Raises UsageError, naming both blocks, for one that contradicts another, when it cannot be
    written, and when the other process does not come to an end.
    """
    file = Path(path).resolve()
    with locks.held(file.parent, say):
        text = _text(file, path)
        known = parse(text, str(path))
        if any(_equal(one, other) for other in known):
            return False
        refuse_contradictions([*known, one._replace(path="this decision", line=0)])
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        made = text + gap + block(one)
        parse(made, str(path))  # what is written can be read
        whole_file.write(file, made)
    return True


def _text(file: Path, shown: str | os.PathLike[str]) -> str:
    try:
        return content_of(file, str(shown)).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {shown}: {error}; choose another with --file") from error


def _equal(a: Decision, b: Decision) -> bool:
    claims = frozenset if a.kind in (*LINKS, "reject") else tuple
    return (a.kind, claims(a.claims), a.value) == (b.kind, claims(b.claims), b.value)
