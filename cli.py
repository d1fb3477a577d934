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
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from calc.verbs.questions import QUESTIONS
from rates import options as rate_options
from rates.errors import NoRateError, PledgecalcError, SourceUnavailableError, UsageError

if TYPE_CHECKING:
    from rates.fixings import Fixings
    from rates.scalars import Told

FORMATS = ("table", "json", "csv", "markdown")
EXIT_CODES = """\
exit codes
  0  done
  1  something was found at or above --fail-on (check, reconcile, audit)
  2  the command, or an input that could not be read
  3  no rate for what was asked
  4  an online source that was asked for is unavailable
"""
FOUND, USAGE, NO_RATE, OFFLINE, BUG, BROKEN_PIPE, INTERRUPTED = 1, 2, 3, 4, 70, 141, 130


class Verb(NamedTuple):
    """One verb: the line in the overview, its examples, its arguments, and what it does."""

    usage: str
    summary: str
    examples: tuple[str, ...]
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]

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


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help at 80 columns: asking the terminal would load four modules into every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=79)


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


def tables(args: argparse.Namespace) -> Fixings | None:
    """The rates that were asked for, None for the built-in ones."""
    from rates import sources

    return sources.wanted(args.rates, args.online, args.source)


def output(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say where results go and what they look like."""
    choices = (*FORMATS, "iati-csv") if parser.get_default("verb") == "read" else FORMATS
    parser.add_argument("--format", choices=choices, default="table", help="default: table")
    parser.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whole or not at all")
    parser.add_argument("-q", "--quiet", action="store_true", help="results only, no notes")


def emit(args: argparse.Namespace, text: str) -> int:
    """Print a result, or write it to the file that ``-o`` names, whole or not at all."""
    text = text.rstrip("\n") + "\n" if text else ""
    if args.output in (None, "-"):
        sys.stdout.write(text)
    else:
        from rates import whole_file

        whole_file.write(args.output, text)
    return 0


def note(args: argparse.Namespace, *texts: str) -> int:
    """Say something beside the result, on stderr, unless ``--quiet``."""
    for text in () if args.quiet else texts:
        print(f"note: {printable(text)}", file=sys.stderr)
    return 0


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


def _listing(args: argparse.Namespace, records: Sequence[dict[str, Any]]) -> str:
    from calc.report.render import render

    return render(records, args.format)


def aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of a word and what it says, the second column aligned."""
    width = max(len(word) for word, _ in pairs) + 2
    return [f"{word:<{width}}{text}" for word, text in pairs]


def declare_convert(parser: argparse.ArgumentParser) -> None:
    """``convert AMOUNT [BASE] QUOTE`` and ``convert TABLE --to CUR``."""
    rate_options.declare_convert(parser)
    share(parser)


def run_convert(args: argparse.Namespace) -> int:
    """Convert one amount, or the amounts of a table."""
    from rates import scalars, typed

    args.into = [*args.to, *([args.into] if args.into else [])]
    if typed.is_table(args.words):
        return _convert_table(args)
    return _told(args, scalars.convert(args.words, args.into, args.on, args.policy, tables(args)))


def _convert_table(args: argparse.Namespace) -> int:
    from calc.converting.command import convert_file
    from calc.report.progress import progress_bar

    bar = None if args.quiet else progress_bar(sys.stderr, "MB")
    done = convert_file({**vars(args), "rates": tables(args), "progress": bar})
    note(args, *done.notes)
    return NO_RATE if args.strict and done.missing else 0


def declare_rate(parser: argparse.ArgumentParser) -> None:
    """``rate BASE QUOTE``, on a day or from one to another."""
    rate_options.declare_rate(parser)
    share(parser)


def run_rate(args: argparse.Namespace) -> int:
    """The rate of a day, or of every day from one to another."""
    from rates import scalars, series

    into, rates = [args.into] if args.into else [], tables(args)
    if args.start or args.end:
        return emit(args, _listing(args, series.series_of(args, into, rates)))
    return _told(args, scalars.rate(args.words, into, args.on, args.policy, rates))


def _told(args: argparse.Namespace, found: Told) -> int:
    if args.format != "table":
        emit(args, _listing(args, found.records))
    elif args.quiet:
        emit(args, "\n".join(found.quoted))
    else:
        blocks = [[strong(args, "\n".join(found.titles))], *map(aligned, found.blocks)]
        emit(args, "\n\n".join("\n".join(lines) for lines in blocks))
    return note(args, *(found.notes if args.format != "json" else ()))


def declare_rates(parser: argparse.ArgumentParser) -> None:
    """``rates info|list|update``."""
    rate_options.declare_verb(parser)
    output(parser)


def run_rates(args: argparse.Namespace) -> int:
    """Which rates there are, how old they are and whether the files are intact; newer ones."""
    from rates import answers

    found = answers.answer(args.what, args.source)
    if args.format == "table" and found.title:
        emit(args, "\n".join([strong(args, found.title), "", *aligned(found.lines)]))
    else:
        emit(args, _listing(args, found.records))
    note(args, *found.notes)
    if found.fault:
        raise PledgecalcError(found.fault)
    return 0


def declare_when(parser: argparse.ArgumentParser) -> None:
    """``when AMOUNT BASE AMOUNT QUOTE``."""
    parser.add_argument("words", nargs="+", metavar="AMOUNT CUR AMOUNT CUR", help="as printed")
    parser.add_argument("--before", metavar="DATE", help="the last day to look at, itself included")
    parser.add_argument("--all", action="store_true", help="every window, not the newest three")
    rate_options.declare_tables(parser)
    output(parser)


def run_when(args: argparse.Namespace) -> int:
    """The days whose rate turns one printed amount into the other."""
    from calc.report import render
    from calc.values import windows
    from rates import typed

    found = windows.when(*typed.two_amounts(args.words), args.before, tables(args))
    emit(args, render.render(found, args.format, every=args.all))
    return 0


def declare_documents(parser: argparse.ArgumentParser) -> None:
    """The arguments of a verb about documents or a table, then those of all verbs."""
    from calc.verbs import arguments as options

    verb = str(parser.get_default("verb"))
    options.declare(verb, parser)
    share(parser)
    if verb in ("check", "reconcile", "audit"):
        options.declare_limit(parser)


def run_documents(args: argparse.Namespace) -> int:
    """Ask the documents what the verb is about."""
    from calc.report.progress import progress_bar
    from calc.verbs import answers, asking

    bar = None if args.quiet else progress_bar(sys.stderr, "documents")
    options = vars(args) | {"rates": tables(args), "progress": bar}
    asked = answers.Asked(**{name: options[name] for name in answers.FIELDS if name in options})
    asked, args.output = answers.by_ending(args.verb, asked, args.output)
    answer = asking.cited(asked, asking.VERBS[args.verb](asked))
    emit(args, answer.text)
    note(args, *answer.notes)
    for problem in (*answer.problems, *answer.faults):
        print(f"pledgecalc: {printable(problem)}", file=sys.stderr)
    if answer.problems:
        return USAGE
    if answer.no_rate:
        return NO_RATE
    return FOUND if answer.reaches(getattr(args, "fail_on", "never")) else 0


def run_audit(args: argparse.Namespace) -> int:
    """The rate policy behind a converted column, and the rows that do not follow it."""
    from calc.audit.command import audited

    found = audited({**vars(args), "rates": tables(args)})
    emit(args, found.text)
    note(args, *found.notes)
    return FOUND if found.severity == args.fail_on == "warning" else 0


def about_documents(usage: str, summary: str, examples: tuple[str, ...]) -> Verb:
    """A verb that reads documents and answers through ``calc.verbs.answers``."""
    return Verb(usage, summary, examples, declare_documents, run_documents)


VERBS = (
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
        run_convert,
    ),
    Verb(
        "rate BASE QUOTE",
        "the rate itself",
        (
            "rate EUR USD --on 2024-11-04",
            "rate SEK/USD --from 2024-11-01 --to 2024-11-15 --format csv",
        ),
        declare_rate,
        run_rate,
    ),
    Verb(
        "when AMOUNT CUR AMOUNT CUR",
        "the days whose rate turns one amount into the other",
        ("when 683m EUR 763m USD --before 2024-11-04", "when €910m $940m --all"),
        declare_when,
        run_when,
    ),
    about_documents(
        "read FILE...",
        "the money claims of texts and tables",
        ("read examples/lithuania", "read page.txt --published 2024-11-04 --json"),
    ),
    about_documents(
        "check FILE...",
        "the conversions that sources state, against the rates of their day",
        ("check examples/lithuania", "check claims.csv --arithmetic --fail-on error"),
    ),
    about_documents(
        "reconcile FILE...",
        "which claims speak of one pledge, what differs and why",
        ("reconcile examples/lithuania --in USD", "reconcile pages/ --html report.html"),
    ),
    about_documents(
        "total FILE... [--donor NAME] [--recipient NAME]",
        "the sum that the sources support, and what was left out",
        ("total examples/lithuania --donor Lithuania --in USD",),
    ),
    about_documents(
        "explain ID FILE...",
        "the evidence for one pledge, total, finding or claim",
        ("explain p-1a2b examples/lithuania",),
    ),
    about_documents(
        "review FILE...",
        "the closest calls, most money first, with commands that settle them",
        ("review examples/lithuania", "review pages/ --decisions decisions.toml --top 5"),
    ),
    about_documents(
        "decide KIND ID... FILE...",
        "say that claims are the same or different, or what one really is",
        (
            'decide same 3f2a 91bc pages/ --why "one package, told twice"',
            'decide currency 3f2a letter.txt --is CAD --why "a Canadian letter"',
        ),
    ),
    *(about_documents(*one) for one in QUESTIONS),
    Verb(
        "audit TABLE",
        "the rate policy behind a column, and the rows that break it",
        (
            'audit aid.csv --to USD --converted "Amount USD" --date Day',
            "audit aid.csv --to EUR --json",
        ),
        declare_documents,
        run_audit,
    ),
    Verb(
        "rates info|list|update",
        "which rates there are, how old, whether intact; newer ones",
        ("rates info", "rates list", "rates update --from rates/data/eurofxref-hist.zip"),
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
    """The version, read from the text of ``pledgecalc``, whose import would load every room."""
    facade = f"{os.path.dirname(os.path.abspath(__file__))}/pledgecalc/__init__.py"  # noqa: PTH100,PTH120
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
        usage=f"pledgecalc {verb.usage} [options]",
        description=verb.summary,
        epilog=EXIT_CODES,
        formatter_class=Layout,
        allow_abbrev=False,
    )
    parser.examples = verb.examples
    parser.set_defaults(verb=verb.name)
    verb.declare(parser)
    # "-10m" is an amount, not an option: argparse takes what begins with a space as it is.
    words = [f" {word}" if _is_negative(word) else word for word in arguments[1:]]
    for at, (word, page) in enumerate(pairwise(words)):
        if word == "--report" and page.endswith((".html", ".htm")):  # alone it says a kind of table
            words[at] = "--html"
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
    except SourceUnavailableError as error:
        return _fail(str(error), OFFLINE)
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
