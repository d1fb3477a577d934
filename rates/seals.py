"""Whether the data files are as they were released: a crc32 of each, checked when it is read.

One changed byte of a table of rates would be a wrong amount without a sound. ``data/SEALS`` has a
line for every file: its crc32 (of a ``.bin`` file that of its first two lines, which hold those of
its blocks) and its name. ``scripts/seal_rates.py`` writes it. The sha256 of ``SOURCE.toml`` are for
``rates info``: a conversion has no time for them.
"""

from __future__ import annotations

import os
import zlib
from functools import cache

from .errors import PledgecalcError

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")  # noqa: PTH118,PTH120,PTH100
NAME = "SEALS"
_REMEDY = (
    "install pledgecalc anew (pip install --force-reinstall pledgecalc); "
    "after a change of your own: python scripts/seal_rates.py"
)


@cache
def _seals() -> dict[str, str]:
    with open(f"{DATA}/{NAME}", encoding="ascii", errors="replace") as file:  # noqa: PTH123
        lines = file.read().split("\n")
    return {name: crc for line in lines for crc, _, name in [line.partition(" ")]}


def seal(content: bytes) -> str:
    """The crc32 of some bytes, as it stands in the list.

    >>> seal(b"1.0904")
    '25760036'
    """
    return f"{zlib.crc32(content):08x}"


def sealed_part(name: str, content: bytes) -> bytes:
    """What of a file is sealed: all of it, or the first two lines, which seal the rest."""
    return content if not name.endswith(".bin") else b"\n".join(content.split(b"\n", 2)[:2])


def checked(path: str, content: bytes) -> bytes:
    """The content of a file of ``rates/data``, which is as it was released; else PledgecalcError.

    Files elsewhere are not ours to judge.
    """
    folder, name = os.path.split(path)
    if folder == DATA and _seals().get(name) != seal(sealed_part(name, content)):
        raise PledgecalcError(f"{path} was changed since it was released; {_REMEDY}")
    return content
