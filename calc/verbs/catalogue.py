"""The verbs of the command line: how each is used, examples, and how its arguments are declared."""

from __future__ import annotations

import argparse

from rates import options as rate_options

from . import arguments
from .parsing import Verb, exit_codes, output, share
from .questions import QUESTIONS

SHELLS = ("bash", "zsh", "fish")


def declare_convert(parser: argparse.ArgumentParser) -> None:
    """``convert AMOUNT [BASE] QUOTE`` and ``convert TABLE --to CUR``."""
    rate_options.declare_convert(parser)
    share(parser)


def declare_rate(parser: argparse.ArgumentParser) -> None:
    """``rate BASE QUOTE``, on a day or from one to another."""
    rate_options.declare_rate(parser)
    share(parser)


def declare_rates(parser: argparse.ArgumentParser) -> None:
    """``rates info|list|update``."""
    rate_options.declare_verb(parser)
    output(parser)


def declare_when(parser: argparse.ArgumentParser) -> None:
    """``when AMOUNT BASE AMOUNT QUOTE``."""
    parser.add_argument("words", nargs="+", metavar="AMOUNT CUR AMOUNT CUR", help="as printed")
    parser.add_argument("--before", metavar="DATE", help="the last day to look at, itself included")
    parser.add_argument("--all", action="store_true", help="every window, not the newest three")
    rate_options.declare_tables(parser)
    output(parser)


def declare_completion(parser: argparse.ArgumentParser) -> None:
    """``completion SHELL``."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    output(parser)


def declare_documents(parser: argparse.ArgumentParser) -> None:
    """The arguments of a verb about documents or a table, then those of all verbs."""
    verb = str(parser.get_default("verb"))
    arguments.declare(verb, parser)
    share(parser)
    if verb in ("check", "reconcile", "audit", "brief"):
        arguments.declare_limit(parser)


VERBS = (
    Verb(
        "brief FILE...",
        "what matters in a few lines; pledgecalc FILE... does the same",
        ("brief examples/lithuania", "brief pages/ --in USD --fail-on error"),
        declare_documents,
    ),
    Verb(
        "convert AMOUNT [BASE] QUOTE | TABLE --to CUR",
        "an amount, or a column of a table, at the rate of its day",
        (
            "convert 683m EUR USD --on 2024-11-04",
            "convert €683m USD SEK --on 2024-11",
            "convert 20m SEK EUR --policy fixed:2024-09-20",
            "convert examples/aid.csv --to USD",
        ),
        declare_convert,
    ),
    Verb(
        "rate BASE QUOTE",
        "the rate itself",
        (
            "rate EUR USD --on 2024-11-04",
            "rate SEK/USD --from 2024-11-01 --to 2024-11-15 --format csv",
        ),
        declare_rate,
    ),
    Verb(
        "when AMOUNT CUR AMOUNT CUR",
        "the days whose rate turns one amount into the other",
        ("when 683m EUR 763m USD --before 2024-11-04", "when €910m $940m --all"),
        declare_when,
    ),
    Verb(
        "read FILE...",
        "the money claims of texts and tables",
        ("read examples/lithuania", "read page.txt --published 2024-11-04 --json"),
        declare_documents,
    ),
    Verb(
        "check FILE...",
        "the conversions that sources state, against the rates of their day",
        ("check examples/lithuania", "check claims.csv --arithmetic --fail-on error"),
        declare_documents,
    ),
    Verb(
        "reconcile FILE...",
        "which claims are of one pledge, what differs and why",
        ("reconcile examples/lithuania --in USD", "reconcile pages/ --html report.html"),
        declare_documents,
    ),
    Verb(
        "total FILE... [--donor NAME] [--recipient NAME]",
        "the sum that the sources support, and what was left out",
        ("total examples/lithuania --donor Lithuania --in USD",),
        declare_documents,
    ),
    Verb(
        "explain ID FILE...",
        "the evidence for one pledge, total, finding or claim",
        ("explain p-1a2b examples/lithuania",),
        declare_documents,
    ),
    Verb(
        "review FILE...",
        "the closest calls, most money first, and how to settle them",
        ("review examples/lithuania", "review pages/ --decisions decisions.toml --top 5"),
        declare_documents,
    ),
    Verb(
        "decide KIND ID... FILE...",
        "say that claims are the same or different, or what one really is",
        (
            'decide same 3f2a 91bc pages/ --why "one package, reported twice"',
            'decide currency 3f2a letter.txt --is CAD --why "a Canadian letter"',
        ),
        declare_documents,
    ),
    *(Verb(*one, declare_documents) for one in QUESTIONS),
    Verb(
        "audit TABLE",
        "the rate policy behind a column, and the rows that break it",
        (
            'audit aid.csv --to USD --converted "Amount USD" --date Day',
            "audit aid.csv --to EUR --json",
        ),
        declare_documents,
    ),
    Verb(
        "rates info|list|update",
        "which rates there are, how old, whether intact; newer ones",
        ("rates info", "rates list", "rates update --from rates/data/eurofxref-hist.zip"),
        declare_rates,
    ),
    Verb(
        "completion SHELL",
        "what lets bash, zsh or fish complete verbs and options",
        ("completion bash", "completion fish > ~/.config/fish/completions/pledgecalc.fish"),
        declare_completion,
    ),
)


_FIRST = (
    ("examples/lithuania", "documents, in brief"),
    ("convert 683m EUR USD --on 2024-11-04", "at the rate of a day"),
    ("when 683m EUR 763m USD", "which days have such a rate"),
    ("reconcile examples/lithuania --in USD", "every pledge and problem"),
)


def overview() -> str:
    """The help of ``pledgecalc`` itself: what to try first, verbs, exit codes."""
    width = max(len(command) for command, _ in _FIRST) + 2
    first = "".join(f"  pledgecalc {command:<{width}}{words}\n" for command, words in _FIRST)
    verbs = "".join(f"  {verb.name:<10}  {verb.summary}\n" for verb in VERBS)
    return (
        "pledgecalc converts, checks and reconciles the figures of aid pledges.\n\n"
        "usage\n"
        "  pledgecalc FILE...           texts, pages, PDFs, tables, folders: what matters\n"
        "  pledgecalc VERB ...          one of the verbs below\n"
        "  pledgecalc VERB --help       its options, with examples\n\n"
        f"try first\n{first}\nverbs\n{verbs}\n{exit_codes()}"
    )
