"""How far long work has come, in a notebook: a bar below the cell that goes when all is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal

from . import notebook

Progress = Callable[[int, int], None]  # called with how much is done, and of how much
Wish = Progress | Literal[False] | None  # what a caller says: their own, none, or as it is usual
PATIENCE = 2.0  # seconds of work before a bar is worth its place
REDRAWN = 0.2  # seconds between two pictures of it


def wished(progress: Wish, what: str) -> Progress | None:
    """What to call as work goes on: the caller's, in a notebook a bar, else nothing.

    >>> wished(False, "documents") is None
    True
    """
    if progress is False:
        return None
    return progress or bar(what)


def bar(what: str, clock: Callable[[], float] = time.monotonic) -> Progress | None:
    """A bar in Jupyter or marimo; None anywhere else. Nothing is drawn in the first two seconds.

    >>> bar("documents") is None
    True
    """
    open_bar = _opener()
    if open_bar is None:
        return None
    start = clock()
    drawn = start + PATIENCE - REDRAWN
    shown: Any = None

    def show(done: int, of: int) -> None:
        nonlocal drawn, shown
        now = clock()
        if done >= of:
            if shown is not None:
                shown.close()
                shown = None
        elif now - drawn >= REDRAWN:
            drawn = now
            left = (now - start) / max(done, 1) * (of - done) if done else None
            shown = shown or open_bar(what, of)
            shown.draw(done, left)

    return show


def _opener() -> Callable[[str, int], Any] | None:
    """What opens a bar in the notebook that this runs in."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is not None:
        return _OfJupyter
    marimo = sys.modules.get("marimo")
    if marimo is not None and marimo.running_in_notebook():
        return _OfMarimo
    return None


class _OfJupyter:
    """An output that is drawn again, and empty at the end."""

    def __init__(self, what: str, of: int) -> None:
        self._what, self._of = what, of
        self._handle: Any = None

    def draw(self, done: int, left: float | None) -> None:
        told = f"{done:,} of {self._of:,} {self._what}" + (f", {left:.0f} s" if left else "")
        drawn = f'<progress value="{done}" max="{self._of}"></progress> {notebook.escaped(told)}'
        self._update({"text/html": notebook.shown(f"<p>{drawn}</p>\n"), "text/plain": told})

    def close(self) -> None:
        self._update({"text/html": "", "text/plain": ""})

    def _update(self, data: dict[str, str]) -> None:
        if self._handle is None:
            self._handle = import_module("IPython.display").display(data, raw=True, display_id=True)
        else:
            self._handle.update(data, raw=True)


class _OfMarimo:
    """marimo's own bar."""

    def __init__(self, what: str, of: int) -> None:
        status = import_module("marimo").status
        self._context = status.progress_bar(total=of, title=what, remove_on_exit=True)
        self._bar = self._context.__enter__()
        self._done = 0

    def draw(self, done: int, _left: float | None) -> None:
        self._bar.update(increment=done - self._done)
        self._done = done

    def close(self) -> None:
        self._context.__exit__(None, None, None)
