"""What a process is given from outside, which may be missing: its three streams, and its stop."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import NoReturn

from .errors import UsageError

DATA = ("json", "csv", "iati-csv")  # forms that programs read: UTF-8 wherever they go


class _Closed(io.TextIOBase):
    """A standard output that was closed before we began, as by cron: nothing is lost silently."""

    def write(self, _: str) -> NoReturn:
        raise UsageError("the standard output is closed; -o FILE writes to a file")


def settle_streams() -> None:
    """Give closed standard streams a place, so that no file of ours is opened as one of them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 (for as long as we run)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a narrow encoding shows \u20ac, it does not fail
            stream.reconfigure(errors="backslashreplace")


def say(text: str, form: str) -> None:
    """Write a result to the standard output; data as UTF-8, whatever the terminal speaks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if form in DATA and hasattr(sys.stdout, "reconfigure") and encoding.lower() != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(text)


def leave_quietly() -> None:
    """Let a worker end without a word when a person stops the command: the command says it."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
