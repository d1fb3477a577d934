"""How a command line is parsed: the parser, its help, and the options that verbs share.

Nothing here loads a room: a help page must cost little more than Python itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from rates import options as rate_options
from rates.errors import UsageError

FORMATS = ("table", "json", "csv", "markdown")
EXIT_CODES = """\
exit codes
  0  done
  1  something was found at or above --fail-on (check, reconcile, audit)
  2  the command, or an input that could not be read
  3  no rate for what was asked
  4  an online source that was asked for is unavailable
"""


class Verb(NamedTuple):
    """One verb: its usage, the line in the overview, its examples and its arguments."""

    usage: str
    summary: str
    examples: tuple[str, ...]
    declare: Callable[[argparse.ArgumentParser], None]

    @property
    def name(self) -> str:
        """The first word of its usage."""
        return self.usage.split()[0]


class Parser(argparse.ArgumentParser):
    """argparse with examples first, and with our errors instead of an exit of its own."""

    examples: tuple[str, ...] = ()

    def format_help(self) -> str:
        """The examples, then what argparse writes."""
        shown = "".join(f"  pledgecalc {example}\n" for example in self.examples)
        return f"examples\n{shown}\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the next step."""
        raise UsageError(f"{message}; see {self.prog} --help")


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Help at 80 columns: asking the terminal would load four modules into every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=79)


def parser_of(verb: Verb) -> Parser:
    """The parser of one verb, all of its arguments declared."""
    parser = Parser(
        prog=f"pledgecalc {verb.name}",
        usage=f"pledgecalc {verb.usage} [options]",
        description=verb.summary,
        epilog=EXIT_CODES,
        formatter_class=HelpLayout,
        allow_abbrev=False,
    )
    parser.examples = verb.examples
    parser.set_defaults(verb=verb.name)
    verb.declare(parser)
    return parser


def share(parser: argparse.ArgumentParser) -> None:
    """Declare the options that all verbs have in common."""
    parser.add_argument("--in", dest="into", metavar="CUR", help="give amounts in this currency")
    parser.add_argument(
        "--policy",
        default="spot",
        help="which rate a date gets: spot (default), month-avg, year-avg, month-end, inforeuro, "
        "window-avg:2022-01-10..2022-02-08, fixed:2024-09-20, fixed:2023-05, "
        "fixed:USD=1.0868,SEK=11.37, closing",
    )
    rate_options.declare_tables(parser)
    output(parser)


def output(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where results go and what they look like."""
    choices = (*FORMATS, "iati-csv") if parser.get_default("verb") == "read" else FORMATS
    parser.add_argument("--format", choices=choices, default="table", help="default: table")
    parser.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whole or not at all")
    parser.add_argument("-q", "--quiet", action="store_true", help="results only, no notes")
