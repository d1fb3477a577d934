"""Scripts by which a shell completes our command: made by shtab from the parsers themselves."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import Any

from rates.errors import UsageError

from .catalogue import VERBS
from .parsing import HelpLayout

_OPTIONS_OF_FILES = ("FILE", "ID|FILE", "TABLE", "AMOUNT BASE QUOTE | TABLE", "URL|FILE")


def whole_parser(file: dict[str, str] | None = None) -> argparse.ArgumentParser:
    """One parser with each verb as a command of its own.

    ``file`` is how a shell completes names of files, by the shell; it is put to every argument that
    takes one.
    """
    whole = argparse.ArgumentParser(
        prog="pledgecalc",
        description="Converts, checks and reconciles the figures of aid pledges.",
        formatter_class=HelpLayout,
    )
    whole.add_argument("-V", "--version", action="store_true", help="the version")
    # Documents may stand where a verb may.
    verbs = whole.add_subparsers(dest="verb", metavar="VERB|FILE")
    for verb in VERBS:
        parser = verbs.add_parser(
            verb.name, help=verb.summary, add_help=False, formatter_class=HelpLayout
        )
        parser.set_defaults(verb=verb.name)
        verb.declare(parser)
        for action in parser._actions:
            if file and action.metavar in _OPTIONS_OF_FILES:
                action.complete = file  # type: ignore[attr-defined]
    return whole


def script(shell: str) -> str:
    """The script for ``shell``: bash, zsh or fish.

    Raises UsageError where shtab, which writes it, is not installed or too old for the shell.
    """
    shtab = _engine()
    if shell not in shtab.SUPPORTED_SHELLS:
        raise UsageError(
            f"this shtab writes nothing for {shell}; newer ones do: pip install -U shtab"
        )
    text: str = shtab.complete(whole_parser(shtab.FILE), shell)
    return _FILES_FIRST[shell](text)


def _bash(text: str) -> str:
    """Files too where a verb may stand: what readline offers when nothing else does."""
    return text.replace("complete -o bashdefault -F", "complete -o bashdefault -o default -F")


def _fish(text: str) -> str:
    return f"{text.rstrip()}\ncomplete -c pledgecalc -n _shtab_pledgecalc_using -F\n"


_FILES_FIRST: dict[str, Callable[[str], str]] = {"bash": _bash, "fish": _fish, "zsh": str}


def _engine() -> Any:
    try:
        return importlib.import_module("shtab")
    except ImportError as error:
        raise UsageError("the script is written by shtab: pip install shtab") from error
