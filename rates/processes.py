"""What a process is given from outside, which may be missing: its three streams, and its stop."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import NoReturn

from .errors import UsageError


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


def leave_quietly() -> None:
    """Let a worker end without a word when a person stops the command: the command says it.

    It also ends with the command, however that ends: a command that was killed cannot tell its
    workers, which would wait for work for ever.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    import multiprocessing  # 20 ms that single conversions do not need
    import threading

    if command := multiprocessing.parent_process():
        threading.Thread(target=_leave_with, args=(command.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    from multiprocessing import connection

    connection.wait([sentinel])
    os._exit(1)
