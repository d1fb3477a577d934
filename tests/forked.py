"""Commands in processes of their own, from one process that has loaded all rooms already.

A fault is prepared in the child by Python code (``before``): a limit, a clock, an environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_PROGRAM = """
import json, os, sys
import pandas, pledgecalc as pc, cli, calc.verbs.answers, calc.converting.command
import calc.audit.command, rates.answers, rates.update
for line in sys.stdin:
    words, before, folder, out, err = json.loads(line)
    if not (pid := os.fork()):
        code = 70
        try:
            os.chdir(folder)
            for number, name, flags in ((0, os.devnull, os.O_RDONLY), (1, out, 577), (2, err, 577)):
                os.dup2(os.open(name, flags, 0o600), number)
            sys.stdin = open(0, closefd=False)
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
            sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)
            exec(before, {"__name__": "before"})
            code = cli.main(words)
        except BaseException as error:
            os.write(2, f"Traceback: {error!r}".encode())
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Done(NamedTuple):
    """The exit code of a command (negative for a signal), and what it said."""

    code: int
    out: str
    err: str


class Commands:
    """The process that makes a child for each command; ``prefix`` is what it is run under."""

    def __init__(self, folder: Path, prefix: Sequence[str] = ()) -> None:
        self._out, self._err = folder / "stdout", folder / "stderr"
        self._process = subprocess.Popen(
            [*prefix, sys.executable, "-c", _PROGRAM],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *words: str | Path, before: str = "", folder: Path = ROOT, out: str | None = None
    ) -> Done:
        """Run one command in ``folder``, its output to the file ``out`` if one is named."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        where = [str(folder), out or str(self._out), str(self._err)]
        asked = [[str(word) for word in words], before, *where]
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        told = self._err.read_text("utf-8")
        assert "Traceback" not in told, told
        assert "a bug in pledgecalc" not in told
        return Done(code, "" if out else self._out.read_text("utf-8"), told)

    def close(self) -> None:
        self._process.communicate()
