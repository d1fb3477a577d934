"""A private folder for what does not fit into memory; what killed processes left is removed."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rates.whole_file import is_dead

_NAME = re.compile(r"pledgecalc-(\d{1,9})-\w+")
_QUIET = 3600  # seconds; where containers share a folder, a process may live that we cannot see


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that only this user may look into, gone at the end of the ``with``."""
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"pledgecalc-{os.getpid()}-") as folder:
        yield Path(folder)


def _sweep(parent: Path) -> None:
    """Remove our folders that nobody wrote to for an hour, and whose process is gone."""
    for folder in parent.glob("pledgecalc-*"):
        made_by = _NAME.fullmatch(folder.name)
        if made_by is None or not is_dead(int(made_by[1])):
            continue
        with suppress(OSError):
            found = folder.lstat()
            ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
            if ours and time.time() - found.st_mtime > _QUIET:
                shutil.rmtree(folder, ignore_errors=True)
