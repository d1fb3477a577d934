"""The arguments of the verbs about documents and tables; what all share is in ``parsing``.

The closed lists are repeated here (a test compares them with the rooms that own them): to load
those rooms would make each help page wait for pandas.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from . import questions

SEVERITIES = ("info", "warning", "error")
MARKS = (",", ".", "comma", "point", "dot")
KINDS = (
    *("same", "different", "currency", "amount", "as-of", "role", "donor", "recipient", "status"),
    *("date", "part-of", "reject", "accept"),
)
SHORTENED = ("read", "check", "reconcile", "total", "audit")  # by --only and --top
# A comma begins the next pair when a word and "=" follow; other commas belong to a name.
_NEXT_COLUMN = re.compile(r",(?=\s*\w+\s*=)")


def declare(verb: str, parser: ArgumentParser) -> None:
    """Declare the arguments of one verb, in the order that its help shows.

    >>> parser = ArgumentParser()
    >>> declare("total", parser)
    >>> parser.parse_args(["a.txt", "--donor", "Lithuania"]).donor
    'Lithuania'
    """
    if verb == "explain":
        parser.add_argument(
            "id", metavar="ID", help="of a pledge, series, finding or claim; may be cut"
        )
    if verb == "audit":
        _audit(parser)
    elif verb in questions.OF_WORDS:
        parser.add_argument("files", nargs="+", metavar="WORD", help="amounts, currencies, days")
    elif verb == "decide":
        parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("files", nargs="+", metavar="ID|FILE", help="ids, then what to read")
        _reading(parser)
    else:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="text, page, PDF, table, archive, folder, or -"
        )
        _reading(parser)
    if verb not in ("audit", "decide", *questions.OF_WORDS):
        parser.add_argument(*questions.CITE[0], **questions.CITE[1])
        parser.add_argument("--decisions", metavar="FILE", help="what people decided of the claims")
    for flags, words in (_OF_ONE_VERB | questions.OPTIONS).get(verb, ()):
        parser.add_argument(*flags, **words)
    if verb in SHORTENED:
        _shorter(parser)


def _shorter(parser: ArgumentParser) -> None:
    """``--only problems`` and ``--top N``."""
    parser.add_argument(
        "--only",
        choices=("problems",),
        metavar="problems",
        help="only what needs a person, without what is in order",
    )
    parser.add_argument("--top", metavar="N", type=_count, help="the first N rows of each table")


def declare_limit(parser: ArgumentParser) -> None:
    """Declare the severity from which on a verb's exit code says that something was found."""
    parser.add_argument(
        "--fail-on",
        choices=(*SEVERITIES[:0:-1], "never"),
        metavar="SEVERITY",
        default="warning",
        help="exit 1 from this severity on: warning (default), error, or never",
    )


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number; give 1 or more")
    return int(text)


_FILE_HELP = "the file of decisions (default: decisions.toml)"
_OF_ONE_VERB: dict[str, tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = {
    "check": (
        (
            ("--arithmetic", "--explain"),
            {"action": "store_true", "help": "show the numbers of each verdict"},
        ),
        (("--author",), {"metavar": "NAME", "help": "claimreview: who publishes the review"}),
        (("--url",), {"metavar": "URL", "help": "claimreview: the page that it stands on"}),
        (("--reviewed",), {"metavar": "DATE", "help": "claimreview: the day that it appears"}),
        (("--address",), {"metavar": "URL", "help": "claimreview: where the text is published"}),
    ),
    "reconcile": (
        (("--html",), {"metavar": "FILE", "help": "write a page to read and pass on as well"}),
        (("--all",), {"action": "store_true", "help": "of a ledger: every entry and finding"}),
    ),
    "review": (
        (("--top",), {"metavar": "N", "type": _count, "help": "the first N (default: 10 shown)"}),
        (("--thin",), {"action": "store_true", "help": "and readings that a word would turn"}),
        (("--file",), {"metavar": "FILE", "default": "decisions.toml", "help": _FILE_HELP}),
    ),
    "decide": (
        (
            ("--is",),
            {"dest": "value", "metavar": "VALUE", "help": "CAD, 12m, 2025-03-02, total, Norway, …"},
        ),
        (("--low",), {"metavar": "AMOUNT", "help": "with accept: the least that it can be"}),
        (("--high",), {"metavar": "AMOUNT", "help": "with accept: the most that it can be"}),
        (("--why",), {"metavar": "TEXT", "required": True, "help": "the reason, for others"}),
        (("--who",), {"metavar": "NAME", "help": "who decides (default: your login name)"}),
        (("--when",), {"metavar": "DATE", "help": "the day of the decision (default: today)"}),
        (("--file",), {"metavar": "FILE", "default": "decisions.toml", "help": _FILE_HELP}),
    ),
    "total": (
        (("--donor",), {"metavar": "NAME", "help": "only this donor, as in Lithuania"}),
        (("--recipient",), {"metavar": "NAME", "help": "only this recipient"}),
        (("--status",), {"metavar": "STATUS", "help": "pledged, committed, allocated, …"}),
        (("--all",), {"action": "store_true", "help": "every row that counts or is left out"}),
    ),
}


def _reading(whole: ArgumentParser) -> None:
    """What stands in for what a document does not say, and how inputs are read."""
    parser = whole.add_argument_group("how inputs are read")
    parser.add_argument("--published", metavar="DATE", help="date of texts that carry none")
    parser.add_argument("--publisher", metavar="NAME", help="publisher of texts that name none")
    parser.add_argument(
        "--columns",
        metavar="PAIRS",
        type=column_pairs,
        action="extend",
        help="a table's own names of columns, as in amount=Value,none=ID (none: left alone)",
    )
    parser.add_argument(
        "--set",
        metavar="PAIRS",
        type=constant_pairs,
        action="extend",
        help="what a table says only in its notes: currency=USD,unit=million,date=2024",
    )
    parser.add_argument("--decimal", metavar="MARK", choices=MARKS, help="the decimal mark: , or .")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook, or its number")
    parser.add_argument(
        "--encoding", metavar="NAME", help="of files that are no UTF-8, as in windows-1252"
    )
    for name, words in (
        ("text", "the column of a table that holds a text a row: each is read as a document"),
        ("date", "the column of the days on which those texts were published"),
        ("title", "the column of their titles"),
    ):
        parser.add_argument(f"--{name}", metavar="COLUMN", help=words)
    kinds = parser.add_mutually_exclusive_group()
    for kind, words in (
        ("ledger", "rows of tables are entries of a register"),
        ("report", "rows of tables retell what others said (default: as their columns show)"),
    ):
        kinds.add_argument(f"--{kind}", dest="entry", action="store_const", const=kind, help=words)
    parser.add_argument(
        "--jobs", metavar="N", type=_count, default=1, help="read N documents at a time"
    )


def column_pairs(text: str) -> list[tuple[str, str]]:
    """Columns of a claims table, each with a table's own name for it; the name may hold commas.

    Which columns there are is the business of the room that reads tables.

    >>> column_pairs("amount=Value, in EUR,donor=From")
    [('amount', 'Value, in EUR'), ('donor', 'From')]
    """
    pairs: list[tuple[str, str]] = []
    for part in _NEXT_COLUMN.split(text):
        column, equals, own = (piece.strip() for piece in part.partition("="))
        if not equals or not own:
            raise ArgumentTypeError(f"{text!r}: write it as amount=Value,currency=Cur")
        pairs.append((column, own))
    return pairs


def constant_pairs(text: str) -> list[tuple[str, str]]:
    """Constants for what a table does not say; a value may hold commas.

    >>> constant_pairs("currency=USD,unit=million,recipient=Ukraine")
    [('currency', 'USD'), ('unit', 'million'), ('recipient', 'Ukraine')]
    """
    pairs: list[tuple[str, str]] = []
    for part in _NEXT_COLUMN.split(text):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise ArgumentTypeError(f"{text!r}: write it as currency=USD,unit=million")
        pairs.append((key, value))
    return pairs


def _audit(parser: ArgumentParser) -> None:
    """TABLE, and the names of its columns."""
    parser.add_argument("table", metavar="TABLE", help="CSV, JSON, Excel or Parquet; - for stdin")
    for role in ("amount", "currency", "date", "converted"):
        parser.add_argument(f"--{role}", metavar="COLUMN", help="its column; else by its name")
    parser.add_argument("--rate", metavar="COLUMN", help="a column that states the rate")
    parser.add_argument("--to", metavar="CUR", help="converted into this; --in says the same")
