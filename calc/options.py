"""The arguments of the verbs about documents and tables; what all verbs share is in ``cli``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any


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
    else:
        _files(parser)
    for flags, words in _OF_ONE_VERB.get(verb, ()):
        parser.add_argument(*flags, **words)


_OF_ONE_VERB: dict[str, tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = {
    "check": (
        (
            ("--arithmetic", "--explain"),
            {"action": "store_true", "help": "show the numbers of each verdict"},
        ),
    ),
    "reconcile": (
        (("--html",), {"metavar": "FILE", "help": "write a page to read and pass on as well"}),
    ),
    "total": (
        (("--donor",), {"metavar": "NAME", "help": "only this donor, as in Lithuania"}),
        (("--recipient",), {"metavar": "NAME", "help": "only this recipient"}),
        (("--status",), {"metavar": "STATUS", "help": "pledged, committed, allocated, …"}),
    ),
}


def _files(parser: ArgumentParser) -> None:
    """FILES, and what stands in for what a document does not say."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a text, a table, a folder, or - for stdin"
    )
    parser.add_argument("--published", metavar="DATE", help="date of texts that carry none")
    parser.add_argument("--publisher", metavar="NAME", help="publisher of texts that name none")


def _audit(parser: ArgumentParser) -> None:
    """TABLE, and the names of its columns."""
    parser.add_argument("table", metavar="TABLE", help="CSV, JSON, Excel or Parquet; - for stdin")
    for role in ("amount", "currency", "date", "converted"):
        parser.add_argument(f"--{role}", metavar="COLUMN", help="its column; else by its name")
    parser.add_argument("--rate", metavar="COLUMN", help="a column that states the rate")
    parser.add_argument("--to", metavar="CUR", help="converted into this; --in says the same")
