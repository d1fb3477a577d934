"""Daily legs of the built-in tables on disk, so that a new process need not find them again.

One small file per policy and currency in the user's cache folder, named by the sha256 of the rules
(this room's source) and of the data, so that neither an update nor a new version meets old
numbers. A file is written whole under another name and then renamed; one that is missing, cut
short or altered is as good as none. Where the folder cannot be written nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import ecb, folders, sources, whole_file
from ..fixings import Fixings

_ROOM = Path(__file__).resolve().parents[1]
_POLICIES = ("spot", "month-avg", "year-avg", "month-end", "inforeuro")
_KEPT_SECONDS = 30 * 86_400  # two versions side by side must not undo each other's work
_DIGEST = 32  # bytes at the head of a file: the sha256 of the rest

Stored = tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], tuple[str, ...]]


def load(table: Fixings, policy: str, code: str) -> Stored | None:
    """Values, days of publication, notes and their texts, if they were kept and are whole."""
    path = _path(table, policy, code)
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, body = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return None
    head, _, numbers = body.partition(b"\n")
    shape = json.loads(head)
    days = shape["days"]
    return (
        np.frombuffer(numbers, "<f8", days),
        np.frombuffer(numbers, "<i4", days, 8 * days),
        np.frombuffer(numbers, "<i4", days, 12 * days),
        tuple(shape["texts"]),
    )


def save(table: Fixings, policy: str, code: str, leg: Any) -> None:
    """Keep a leg; another process may do the same at the same time, the bytes are equal."""
    path = _path(table, policy, code)
    if path is None:
        return
    head = json.dumps({"days": len(leg.values), "texts": list(leg.texts)}) + "\n"
    numbers = [leg.values.astype("<f8"), leg.observed.astype("<i4"), leg.notes.astype("<i4")]
    body = head.encode() + b"".join(one.tobytes() for one in numbers)
    with suppress(OSError):
        if not path.parent.exists():
            _forget_old(path.parent.parent)
        _put(path, hashlib.sha256(body).digest() + body)


def _put(path: Path, content: bytes) -> None:
    """In one step, and not waiting for the disk: a file that was cut short is as good as none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.sweep_dead(str(path.parent), path.name)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _forget_old(folder: Path) -> None:
    """Remove what other data or rules left here, unless it was written to of late."""
    for other in folder.glob("legs-*"):
        if time.time() - other.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


def _path(table: Fixings, policy: str, code: str) -> Path | None:
    """Where a leg is kept; None for tables of the user's own and for open-ended policies."""
    whole = sources.tables()
    built_in = table is ecb.fixings() or table is whole or table is whole.beyond
    if not built_in or policy not in _POLICIES or not code.isalnum():
        return None
    beyond = "-beyond" if table is whole.beyond else ""
    key = _key(table.digest)
    return Path(folders.cache_folder(), f"legs-{key}", f"{policy}-{code}{beyond}")


@cache
def _key(content: str) -> str:
    """The sha256 of the rules (the modules and their small tables) and of the data that were read.

    A version line is no key: a file that was damaged below it and mended would find again what its
    damaged rates had left here.
    """
    digest = hashlib.sha256(content.encode())
    files = [*_ROOM.glob("*.py"), *_ROOM.glob("data/*.tsv"), Path(__file__).with_name("daily.py")]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
