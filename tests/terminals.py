"""A terminal of this process: what our commands print when a person looks at it."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Sequence

import pytest

import cli


def on_terminal(monkeypatch: pytest.MonkeyPatch, words: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command whose streams are a terminal, and all that it printed there."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    pieces: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                piece = os.read(leader, 1 << 16)
            except OSError:  # the other end was closed
                return
            if not piece:
                return
            pieces.append(piece)

    listener = threading.Thread(target=listen)
    listener.start()
    with monkeypatch.context() as patch:
        for name in ("stdout", "stderr"):
            held = io.FileIO(os.dup(follower), "w")
            stream = io.TextIOWrapper(io.BufferedWriter(held), encoding="utf-8", newline=None)
            patch.setattr(sys, name, stream)
        code = cli.main([str(word) for word in words])
        for shown in (sys.stdout, sys.stderr):
            shown.flush()
            shown.close()
    os.close(follower)
    listener.join()
    os.close(leader)
    return code, b"".join(pieces).decode("utf-8").replace("\r\n", "\n")
