"""What the command line prints, for the pages whose sessions are run."""

from __future__ import annotations

import contextlib
import io
import shlex
from pathlib import Path

import cli

ROOT = Path(__file__).resolve().parents[1]


def printed(command: str) -> str:
    """What a command prints on standard output in the folder of the project, without its notes."""
    stream = io.StringIO()
    beside = contextlib.redirect_stderr(io.StringIO())
    with contextlib.redirect_stdout(stream), beside, contextlib.chdir(ROOT):
        cli.main(shlex.split(command))
    return stream.getvalue()
