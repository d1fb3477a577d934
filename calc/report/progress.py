"""A progress bar for a person at a terminal, on the stream of notes, for work that takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 2.0  # seconds of work before a bar is worth its line
REDRAWN = 0.1  # seconds between two pictures of it
WIDTH = 30


def progress_bar(
    stream: TextIO, what: str, clock: Callable[[], float] = time.monotonic
) -> Callable[[int, int], None] | None:
    """Return what to call with the number done and of all, or None where no one looks.

    Nothing is drawn in the first two seconds, and the line is cleared when all is done.

    >>> import io
    >>> progress_bar(io.StringIO(), "documents") is None
    True
    """
    if not stream.isatty():
        return None
    start = clock()
    drawn = start + PATIENCE - REDRAWN
    shown = 0

    def show(done: int, of: int) -> None:
        nonlocal drawn, shown
        now = clock()
        if done >= of:
            if shown:
                stream.write(f"\r{' ' * shown}\r")
                stream.flush()
                shown = 0
        elif now - drawn >= REDRAWN:
            drawn = now
            left = (now - start) / max(done, 1) * (of - done)
            filled = WIDTH * done // of
            line = (
                f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {of:,} {what}, {left:.0f} s"
            )
            stream.write(f"\r{line:<{shown}}")
            stream.flush()
            shown = max(shown, len(line))

    return show
