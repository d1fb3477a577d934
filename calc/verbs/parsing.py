"""How a command line is parsed: the parser, its help, and the options that verbs share.

Nothing here loads a room: a help page must cost little more than Python itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from rates import options as rate_options
from rates.errors import UsageError

FORMATS = ("table", "json", "csv", "markdown", "xlsx")
_OF_VERB = {"read": ("iati-csv",), "check": ("claimreview",)}  # formats of one verb alone
COLOURS = ("auto", "always", "never")
_EXITS = (
    (0, "done", ()),
    (1, "something was found at or above --fail-on", ("check", "reconcile", "audit", "brief")),
    (2, "the command, or an input that could not be read", ()),
    (3, "no rate for what was asked", ()),
    (4, "an online source that was asked for is unavailable", ()),
)
_WITHOUT_RATES = ("completion",)  # verbs that can only succeed or be typed wrongly


def exit_codes(verb: str | None = None) -> str:
    """The exit codes of a verb, or of all, as help shows them.

    >>> print(exit_codes("completion"), end="")
    exit codes
      0  done
      2  the command, or an input that could not be read
    """
    told = [
        (code, words)
        for code, words, verbs in _EXITS
        if (verb is None or not verbs or verb in verbs)
        and not (verb in _WITHOUT_RATES and code > 2)
    ]
    return "exit codes\n" + "".join(f"  {code}  {words}\n" for code, words in told)


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

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Lines broken at spaces alone: a policy with a hyphen is there to be copied."""
        lines = [""]
        for word in text.split():
            joined = f"{lines[-1]} {word}".lstrip()
            if len(joined) <= width or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines


def parser_of(verb: Verb) -> Parser:
    """The parser of one verb, all of its arguments declared."""
    parser = Parser(
        prog=f"pledgecalc {verb.name}",
        usage=f"pledgecalc {verb.usage} [options]",
        description=f"{verb.summary[0].upper()}{verb.summary[1:]}.",
        epilog=exit_codes(verb.name),
        formatter_class=HelpLayout,
        allow_abbrev=False,
        add_help=False,
    )
    parser._positionals.title = "what to give"
    parser._optionals.title = "options of this verb"
    parser.examples = verb.examples
    parser.set_defaults(verb=verb.name)
    verb.declare(parser)
    return parser


def share(parser: argparse.ArgumentParser) -> None:
    """Declare the options that all verbs about money have in common: rates, then output."""
    rates = parser.add_argument_group("rates")
    rates.add_argument("--in", dest="into", metavar="CUR", help="give amounts in this currency")
    rates.add_argument(
        "--policy",
        default="spot",
        help="which rate a date gets: spot (default), month-avg, year-avg, month-end, inforeuro, "
        "closing, window-avg:2022-01-10..2022-02-08, fixed:2024-09-20, fixed:2023-05, "
        "fixed:USD=1.0868,SEK=11.37",
    )
    rate_options.declare_tables(rates)
    output(parser)


def output(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where results go and what they look like."""
    group = parser.add_argument_group("output")
    choices = (*FORMATS, *_OF_VERB.get(parser.get_default("verb"), ()))
    group.add_argument(
        "--format",
        choices=choices,
        metavar="FORMAT",
        help=f"{', '.join(choices)} (default: what the ending after -o says, else table)",
    )
    group.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    group.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whole or not at all")
    group.add_argument(
        "--bom", action="store_true", help="csv with the mark by which Excel knows UTF-8"
    )
    group.add_argument(
        "--color",
        "--colour",
        choices=COLOURS,
        metavar="WHEN",
        default="auto",
        help="auto (default: on a terminal), always, never",
    )
    group.add_argument("-q", "--quiet", action="store_true", help="results only, no notes")
    group.add_argument("-h", "--help", action="help", help="show this page")
