"""Write a result whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rates.errors import UsageError


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``: the old file stays until the new one is complete.

    A link is followed; a device or pipe is written to as it is. Raises UsageError, with the
    reason, when the place cannot be written.
    """
    target = Path(path).resolve()
    data = text.encode("utf-8", errors="replace")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}; choose another place with -o"
        ) from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
