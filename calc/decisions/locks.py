"""A folder held against other processes: who comes second waits, says for whom, and gives up."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rates.errors import UsageError

PATIENCE = 30.0  # seconds; a decision is appended in some milliseconds
_UNSAID = 0.2  # seconds that are no wait to a person: many may decide at once
_STEP = 0.02  # seconds between two attempts
_LOCKS = Path("/proc/locks")  # of Linux: "1: FLOCK  ADVISORY  WRITE 4711 08:02:131 0 EOF"


@contextmanager
def held(folder: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Hold ``folder`` alone, where the system can lock one; it lets go when a process dies.

    While another process holds it we wait up to PATIENCE seconds: ``say`` is told at once for
    whom. Raises UsageError when the time is up, or for a folder that cannot be opened.
    """
    try:
        locks = importlib.import_module("fcntl")
    except ImportError:
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise UsageError(f"cannot open the folder {folder}: {error.strerror}") from error
    try:
        _wait(lambda: locks.flock(handle, locks.LOCK_EX | locks.LOCK_NB), folder, say)
        yield
    finally:
        os.close(handle)


def _wait(lock: Callable[[], object], folder: Path, say: Callable[[str], object]) -> None:
    begun, told = time.monotonic(), False
    while True:
        try:
            lock()
        except BlockingIOError:
            pass
        except OSError as error:  # some network disks
            say(
                f"{folder} cannot be locked ({error.strerror}): what others decide there at the "
                "same time may be lost"
            )
            return
        else:
            return
        waited = time.monotonic() - begun
        if waited >= PATIENCE:
            raise UsageError(
                f"{holder(folder)} has held {folder} for {PATIENCE:g} s; nothing was written: try "
                "again when it is done, or end it"
            )
        if waited >= _UNSAID and not told:
            say(f"waiting up to {PATIENCE:g} s for {holder(folder)}, which holds {folder}")
            told = True
        time.sleep(_STEP)


def holder(folder: Path) -> str:
    """Who holds a folder, in words: the process and its command, where the system tells them."""
    try:
        found = folder.stat()
        device = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
        rows = [line.split() for line in _LOCKS.read_text(encoding="ascii").splitlines()]
        held_by = [row[4] for row in rows if row[1:2] == ["FLOCK"] and row[5] == device]
        command = Path("/proc", held_by[0], "cmdline").read_text("utf-8", "replace")
    except (OSError, ValueError, IndexError):
        return "another process"
    words = " ".join(command.replace("\0", " ").split())
    return f"process {held_by[0]} ({words if len(words) <= 80 else words[:79] + '…'})"
