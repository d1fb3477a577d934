"""The command line: parse, call one public function, print.

A verb is one row of ``VERBS``: how its arguments are declared, and a function that takes the parsed
arguments and returns an exit code. It prints with ``emit`` (data) and ``note`` (the rest), and
raises the errors of the rooms: ``main`` alone turns those into a line and an exit code. Rooms are
imported inside the verb that needs them, because a cold ``convert`` must stay light.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from rates.errors import NoRateError, PledgecalcError, UsageError

if TYPE_CHECKING:
    from rates.conversion import Conversion

FORMATS = ("table", "json", "csv", "markdown")
EXIT_CODES = """\
exit codes
  0  done
  1  something was found at or above --fail-on (check, reconcile)
  2  the command, or an input that could not be read
  3  no rate for what was asked
"""
USAGE, NO_RATE, BUG, BROKEN_PIPE, INTERRUPTED = 2, 3, 70, 141, 130


class Verb(NamedTuple):
    """One verb: the line in the overview, its examples, its arguments, and what it does."""

    name: str
    usage: str
    summary: str
    examples: tuple[str, ...]
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


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


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help at 80 columns: asking the terminal would load four modules into every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=79)


def share(parser: argparse.ArgumentParser, *, fail_on: bool = False) -> None:
    """Declare the options that all verbs have in common."""
    parser.add_argument("--in", dest="into", metavar="CUR", help="give amounts in this currency")
    parser.add_argument(
        "--policy",
        default="spot",
        help="which rate a date gets: spot (default), month-avg, year-avg, fixed:2024-09-20, "
        "fixed:2023-05, fixed:USD=1.0868,SEK=11.37, closing",
    )
    output(parser)
    if fail_on:
        parser.add_argument(
            "--fail-on",
            choices=("error", "warning", "never"),
            default="warning",
            help="exit 1 from this severity on (default: warning)",
        )


def output(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where results go and what they look like."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    parser.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whole or not at all")
    parser.add_argument("-q", "--quiet", action="store_true", help="results only, no notes")


def emit(args: argparse.Namespace, text: str) -> None:
    """Print a result, or write it to the file that ``-o`` names, whole or not at all."""
    text = text.rstrip("\n") + "\n"
    if args.output in (None, "-"):
        sys.stdout.write(text)
        return
    target = os.path.realpath(args.output)
    if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110,PTH113
        with open(target, "w", encoding="utf-8") as device:  # noqa: PTH123  a pipe, /dev/null
            device.write(text)
        return
    part = f"{target}.{os.getpid()}.part"
    try:
        with open(part, "x", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
        os.replace(part, target)  # noqa: PTH105
    except OSError as error:
        if os.path.exists(part):  # noqa: PTH110
            os.remove(part)  # noqa: PTH107
        raise UsageError(f"cannot write {args.output}: {error.strerror}") from error


def note(args: argparse.Namespace, text: str) -> None:
    """Say something beside the result, on stderr, unless ``--quiet``."""
    if not args.quiet:
        print(f"note: {printable(text)}", file=sys.stderr)


def printable(text: str) -> str:
    r"""One line without control characters: text of users and files may hold any.

    >>> printable("a\x1b[31m\nb")
    'a\\x1b[31m b'
    """
    return "".join(
        char if char.isprintable() else ascii(char)[1:-1] for char in " ".join(text.split())
    )


def strong(args: argparse.Namespace, text: str) -> str:
    """Bold on a terminal, plain everywhere else and under NO_COLOR."""
    plain = (
        args.output is not None
        or not sys.stdout.isatty()
        or os.environ.get("NO_COLOR")
        or os.environ.get("TERM") == "dumb"
    )
    return text if plain else f"\x1b[1m{text}\x1b[0m"


def listing(form: str, records: Sequence[dict[str, Any]]) -> str:
    """Records with the same keys in one of the formats; lists in cells are joined by ``|``."""
    if form == "json":
        import json

        return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    header = list(records[0])
    cells = [[_cell(value) for value in record.values()] for record in records]
    if form == "csv":
        import csv
        import io

        sheet = io.StringIO()
        csv.writer(sheet, lineterminator="\n").writerows([header, *cells])
        return sheet.getvalue()
    if form == "markdown":
        rows = [header, ["---"] * len(header), *cells]
        return "\n".join(
            f"| {' | '.join(c.replace('|', chr(92) + '|') for c in r)} |" for r in rows
        )
    widths = [max(map(len, column)) for column in zip(header, *cells, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in [header, *cells])


def aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of a word and what it says, the second column aligned."""
    width = max(len(word) for word, _ in pairs) + 2
    return [f"{word:<{width}}{text}" for word, text in pairs]


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(item) for item in value.values())
    if isinstance(value, list):
        return "|".join(map(_cell, value))
    return "" if value is None else str(value)


def declare_convert(parser: argparse.ArgumentParser) -> None:
    """``convert AMOUNT [BASE] QUOTE``."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="AMOUNT BASE QUOTE",
        help="the amount as you would type it (683m, 10 million, €683m), its currency, and the "
        "currency wanted",
    )
    declare_day(parser)
    share(parser)


def declare_day(parser: argparse.ArgumentParser) -> None:
    """``--on DATE``."""
    parser.add_argument(
        "--on",
        "-d",
        "--date",
        metavar="DATE",
        help="2024-11-04; 2024-11 or 2024 for the average of a month or year; none: newest rate",
    )


def run_convert(args: argparse.Namespace) -> int:
    """Convert one amount."""
    from rates import conversion

    text, base, quote, warning = _amount_words(list(args.words), args.into)
    result = conversion.convert(text, base, quote, args.on, args.policy)
    if warning:
        result = result._replace(warnings=(warning, *result.warnings))
    return _show_conversion(args, result)


def _amount_words(words: list[str], into: str | None) -> tuple[str, str, str, str]:
    """The amount, its currency, the currency wanted, and a warning about a bare sign."""
    from rates import amounts, conversion

    wanted = into if into is not None or len(words) < 2 else words.pop()
    if wanted is None or not words:
        raise UsageError(f"convert needs the currency wanted; {_CONVERT}")
    if len(words) > 1 and words[-1].lower() in ("to", "in", "into", "="):
        words.pop()
    text = " ".join(words).strip()
    try:
        base = amounts.parse_amount(text).currency
    except UsageError:
        # "$10m CAD": the code is read by itself, and convert judges whether the sign allows it
        if len(words) < 2:
            raise
        text = " ".join(words[:-1]).strip()
        if into is not None and amounts.parse_amount(text).currency:
            raise UsageError(f"two currencies wanted, {words[-1]} and {into}; give one") from None
        return text, words[-1], wanted, ""
    if base is None:
        raise UsageError(f"{text} has no currency; {_CONVERT}")
    sign = next((sign for sign in conversion.SHARED_SIGNS if conversion.bare(text, sign)), None)
    if sign and base not in text.upper():
        return text, base, wanted, f"a bare {sign} was read as {base}; a code would decide it"
    return text, base, wanted, ""


_CONVERT = "write amount, currency, currency wanted, as in: pledgecalc convert 683m EUR USD"


def declare_rate(parser: argparse.ArgumentParser) -> None:
    """``rate BASE QUOTE``."""
    parser.add_argument("words", nargs="+", metavar="BASE QUOTE", help="as in EUR USD, or EUR/USD")
    declare_day(parser)
    share(parser)


def run_rate(args: argparse.Namespace) -> int:
    """The rate of a day."""
    from rates import conversion

    words = [word for one in args.words for word in one.split("/") if word]
    if args.into is not None:
        words.append(args.into)
    if len(words) != 2:
        raise UsageError("rate takes two currencies, as in: pledgecalc rate EUR USD")
    base, quote = words
    return _show_conversion(args, conversion.rate(base, quote, args.on, args.policy))


def _show_conversion(args: argparse.Namespace, result: Conversion) -> int:
    if args.format == "table":
        lines = [strong(args, result.headline()), "", *aligned(result.details())]
        emit(args, str(result) if args.quiet else "\n".join(lines))
    else:
        emit(args, listing(args.format, [result.to_dict()]))
    if args.format != "json":
        for warning in result.warnings:
            note(args, warning)
    return 0


def declare_rates(parser: argparse.ArgumentParser) -> None:
    """``rates info|list``."""
    parser.add_argument("what", choices=("info", "list"), help="the source, or its currencies")
    output(parser)


def run_rates(args: argparse.Namespace) -> int:
    """What rates there are, or how old they are and whether the files are intact."""
    from datetime import date

    from rates import ecb

    if args.what == "list":
        emit(args, listing(args.format, ecb.inventory()))
        return 0
    found = ecb.info(date.today())
    if args.format == "table":
        lines = [
            ("days", f"{found['days']:,}, {found['first_day']} to {found['last_day']}"),
            ("age", f"{found['age_days']} days before today"),
            ("has", f"EUR and {found['currencies']} currencies: pledgecalc rates list"),
            ("origin", found["origin"]),
            ("terms", "free to use; reproduce accurately; cite the ECB; for information only"),
            ("sha256", "NOT as embedded" if found["damaged"] else "verified now"),
            *(("", f"{digest[:16]}…  {name}") for name, digest in found["sha256"].items()),
        ]
        emit(args, "\n".join([strong(args, found["source"]), "", *aligned(lines)]))
    else:
        emit(args, listing(args.format, [found]))
    if found["damaged"]:
        raise PledgecalcError(f"{', '.join(found['damaged'])}: changed since it was embedded")
    return 0


VERBS = (
    Verb(
        "convert",
        "convert AMOUNT [BASE] QUOTE [options]",
        "an amount at the rate of its day",
        (
            "convert 683m EUR USD --on 2024-11-04",
            "convert €683m USD --on 2024-11",
            "convert 10 million USD EUR --on 2023 --json",
            "convert 20m SEK EUR --policy fixed:2024-09-20",
        ),
        declare_convert,
        run_convert,
    ),
    Verb(
        "rate",
        "rate BASE QUOTE [options]",
        "the rate itself",
        ("rate EUR USD --on 2024-11-04", "rate SEK/USD --on 2024"),
        declare_rate,
        run_rate,
    ),
    Verb(
        "rates",
        "rates info|list [options]",
        "which rates there are, how old, and whether the files are intact",
        ("rates info", "rates list"),
        declare_rates,
        run_rates,
    ),
)


def overview() -> str:
    """The help of ``pledgecalc`` itself: examples, verbs, exit codes."""
    examples = "".join(f"  pledgecalc {verb.examples[0]}\n" for verb in VERBS)
    verbs = "".join(f"  {verb.name:<10} {verb.summary}\n" for verb in VERBS)
    return (
        "pledgecalc converts, checks and reconciles the figures of aid pledges.\n\n"
        f"examples\n{examples}\nverbs (pledgecalc VERB --help)\n{verbs}\n{EXIT_CODES}"
    )


def version() -> str:
    """The version, read from ``pledgecalc.py``, whose import would load every room."""
    facade = f"{os.path.dirname(os.path.abspath(__file__))}/pledgecalc.py"  # noqa: PTH100,PTH120
    with open(facade, encoding="utf-8") as file:  # noqa: PTH123
        lines = [line for line in file if line.startswith("__version__")]
    return lines[0].split('"')[1]


def dispatch(arguments: list[str]) -> int:
    """Run the verb that ``arguments`` name."""
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help", "help"):
        print(overview(), end="")
        return 0
    if first in ("-V", "--version"):
        print(f"pledgecalc {version()}")
        return 0
    verb = next((verb for verb in VERBS if verb.name == first), None)
    if verb is None:
        raise UsageError(_no_verb(first))
    parser = Parser(
        prog=f"pledgecalc {verb.name}",
        usage=f"pledgecalc {verb.usage}",
        description=verb.summary,
        epilog=EXIT_CODES,
        formatter_class=Layout,
        allow_abbrev=False,
    )
    parser.examples = verb.examples
    verb.declare(parser)
    # "-10m" is an amount, not an option: argparse takes what begins with a space as it is.
    words = [f" {word}" if _is_negative(word) else word for word in arguments[1:]]
    return verb.run(parser.parse_intermixed_args(words))


def _is_negative(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and (word[1].isdigit() or word[1] in ".,$€£¥₴")


def _no_verb(word: str) -> str:
    import difflib

    names = [verb.name for verb in VERBS]
    if not word:
        return f"say what to do: {', '.join(names)}; see pledgecalc --help"
    if word.startswith("-"):
        return f"{word} is not an option here; the verb comes first: {', '.join(names)}"
    near = difflib.get_close_matches(word, names, 1)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    return f"{word!r} is not a verb; {meant}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error leaves it as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a narrow encoding shows \\u20ac, it does not fail
            stream.reconfigure(errors="backslashreplace")
    try:
        code = dispatch(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except SystemExit as stop:  # argparse after --help
        return stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return _fail("stopped", INTERRUPTED)
    except NoRateError as error:
        return _fail(str(error), NO_RATE)
    except PledgecalcError as error:
        return _fail(str(error), USAGE)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", USAGE)
    except Exception as error:
        if os.environ.get("PLEDGECALC_DEBUG"):
            raise
        return _fail(
            f"a bug in pledgecalc, please report it: {type(error).__name__}: {error} "
            "(PLEDGECALC_DEBUG=1 shows where)",
            BUG,
        )
    return code


def _fail(message: str, code: int) -> int:
    print(f"pledgecalc: {printable(message)}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
