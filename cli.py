"""The command line: parse, call one public function, print.

A verb is a row of ``VERBS`` in ``calc.verbs.catalogue``, and a function of ``RUN`` here that takes
the parsed arguments and returns an exit code. It prints with ``emit`` (data) and ``note`` (the
rest), and raises the errors of the rooms: ``main`` alone turns those into a line and an exit code.
Rooms are imported inside the verb that needs them, because a cold ``convert`` must stay light.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from calc.text.characters import visible
from calc.verbs import destination
from calc.verbs.catalogue import VERBS as VERBS
from calc.verbs.catalogue import overview
from calc.verbs.parsing import parser_of
from calc.verbs.questions import NAMES as QUESTIONS
from calc.verbs.screen import Screen, never_crash, screen
from calc.verbs.unnamed import without_verb
from rates import processes
from rates.errors import NoRateError, PledgecalcError, SourceUnavailableError

if TYPE_CHECKING:
    from rates.fixings import Fixings
    from rates.scalars import Told

FOUND, USAGE, NO_RATE, OFFLINE, BUG, BROKEN_PIPE, INTERRUPTED = 1, 2, 3, 4, 70, 141, 130


def tables(args: argparse.Namespace) -> Fixings | None:
    """The rates that were asked for, None for the built-in ones."""
    from rates import sources

    return sources.wanted(args.rates, args.online, args.source)


def emit(args: argparse.Namespace, result: str | bytes) -> int:
    """Print a result, or write it to the file that ``-o`` names, whole or not at all."""
    if isinstance(result, str):
        result = destination.with_mark(result, args.format, args.bom)
        result = result.rstrip("\n") + "\n" if result else ""
    ours = args.format == "table"  # its cells are clean, and its colours are wanted
    if args.output not in (None, "-"):
        from rates import whole_file

        if isinstance(result, str) and whole_file.is_terminal(args.output):
            result = visible(result, ours)
        whole_file.write(args.output, result)
        return 0
    if args.format in destination.DATA:
        never_crash(sys.stdout, data=True)
    sys.stdout.write(visible(str(result), ours) if sys.stdout.isatty() else str(result))
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


def shown(args: argparse.Namespace) -> Screen:
    """The screen that stdout is, or the file that ``-o`` names."""
    return screen(sys.stdout, args.color, os.environ, args.output not in (None, "-"))


def strong(args: argparse.Namespace, text: str) -> str:
    """Bold where colour is wanted."""
    return f"\x1b[1m{text}\x1b[0m" if shown(args).colour else text


def _listing(args: argparse.Namespace, result: object, **more: Any) -> str | bytes:
    if args.format == "xlsx":
        from calc.report import grids, spreadsheet

        return spreadsheet.spreadsheet(grids.grids(result))
    from calc.report.render import render

    width, colour = shown(args)
    return render(result, args.format, width=width, colour=colour, **more)


def aligned(pairs: Sequence[tuple[str, str]], total: int) -> list[str]:
    """Lines of a word and what it says, the second column aligned and wrapped."""
    from calc.report.tables import wrapped

    width = max(len(word) for word, _ in pairs) + 2
    return [
        f"{word if not number else '':<{width}}{line}".rstrip()
        for word, text in pairs
        for number, line in enumerate(wrapped(text, total - width))
    ]


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


def run_rate(args: argparse.Namespace) -> int:
    """The rate of a day, or of every day from one to another."""
    from rates import scalars, series

    into, rates = [args.into] if args.into else [], tables(args)
    if args.start or args.end:
        return emit(args, _listing(args, series.series_of(args, into, rates)))
    return _told(args, scalars.rate(args.words, into, args.on, args.policy, rates))


def _told(args: argparse.Namespace, found: Told) -> int:
    if args.cite:
        from rates import scalars

        found = scalars.cited(found, version())
    if args.format != "table":
        emit(args, _listing(args, found.records))
    elif args.quiet:
        emit(args, "\n".join(found.quoted))
    else:
        width = shown(args).width
        blocks = [[strong(args, "\n".join(found.titles))]]
        blocks += [aligned(block, width) for block in found.blocks]
        emit(args, "\n\n".join("\n".join(lines) for lines in blocks))
    return note(args, *(found.notes if args.format != "json" else ()))


def run_rates(args: argparse.Namespace) -> int:
    """Which rates there are, how old they are and whether the files are intact; newer ones."""
    from rates import answers

    found = answers.answer(args.what, args.source)
    if args.format == "table" and found.title:
        emit(
            args,
            "\n".join([strong(args, found.title), "", *aligned(found.lines, shown(args).width)]),
        )
    else:
        emit(args, _listing(args, found.records))
    note(args, *found.notes)
    if found.fault:
        raise PledgecalcError(found.fault)
    return 0


def run_when(args: argparse.Namespace) -> int:
    """The days whose rate turns one printed amount into the other."""
    from calc.values import windows
    from rates import typed

    found = windows.when(*typed.two_amounts(args.words), args.before, tables(args))
    return emit(args, _listing(args, found, every=args.all))


def run_documents(args: argparse.Namespace) -> int:
    """Ask the documents what the verb is about."""
    from calc.report.progress import progress_bar
    from calc.verbs import answers, asking

    bar = None if args.quiet else progress_bar(sys.stderr, "documents")
    options = vars(args) | shown(args)._asdict() | {"rates": tables(args), "progress": bar}
    options["say"] = lambda text: note(args, text)
    asked = answers.Asked(**{name: options[name] for name in answers.FIELDS if name in options})
    answer = asking.cited(asked, asking.VERBS[args.verb](asked))
    emit(args, answer.content or answer.text)
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

    found = audited({**vars(args), **shown(args)._asdict(), "rates": tables(args)})
    emit(args, found.content or found.text)
    note(args, *found.notes)
    return FOUND if found.severity == args.fail_on == "warning" else 0


def run_completion(args: argparse.Namespace) -> int:
    """The script by which a shell completes our command."""
    from calc.verbs import completion

    return emit(args, completion.script(args.shell))


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "convert": run_convert,
    "rate": run_rate,
    "when": run_when,
    **dict.fromkeys(
        ("brief", "read", "check", "reconcile", "total", "explain", "review", "decide", *QUESTIONS),
        run_documents,
    ),
    "audit": run_audit,
    "rates": run_rates,
    "completion": run_completion,
}


def version() -> str:
    """The version, read from the text of ``pledgecalc``, whose import would load every room."""
    facade = f"{os.path.dirname(os.path.abspath(__file__))}/pledgecalc/__init__.py"  # noqa: PTH100,PTH120
    with open(facade, encoding="utf-8") as file:  # noqa: PTH123
        lines = [line for line in file if line.startswith("__version__")]
    return lines[0].split('"')[1]


def dispatch(arguments: list[str]) -> int:
    """Run the verb that ``arguments`` name."""
    first = arguments[0] if arguments else "help"
    names = [verb.name for verb in VERBS]
    if first == "help" and arguments[1:] and arguments[1] in names:
        arguments = [arguments[1], "--help"]
    elif first in ("-h", "--help", "help"):
        print(overview(), end="")
        return 0
    elif first in ("-V", "--version"):
        print(f"pledgecalc {version()}")
        return 0
    elif first not in names:
        arguments = [without_verb(arguments, names), *arguments]
    verb = VERBS[names.index(arguments[0])]
    parser = parser_of(verb)
    # "-10m" is an amount, not an option: argparse takes what begins with a space as it is.
    words = [f" {word}" if _is_negative(word) else word for word in arguments[1:]]
    args = parser.parse_intermixed_args(_with_pages(words))
    _settle(args)
    return RUN[verb.name](args)


def _with_pages(words: list[str]) -> list[str]:
    """The words with ``--html`` for a ``--report`` of a page: alone it says a kind of table.

    >>> _with_pages(["--report", "aid.csv", "--report", "a.html", "--report=b.html"])
    ['--report', 'aid.csv', '--html', 'a.html', '--html=b.html']
    """
    found = list(words)
    for at, (word, page) in enumerate(pairwise([*words, ""])):
        name, given, own = word.partition("=")
        if name == "--report" and (own if given else page).lower().endswith(destination.PAGES):
            found[at] = f"--html{given}{own}"
    return found


def _settle(args: argparse.Namespace) -> None:
    """Say in ``format`` what is written: what was asked for, else what the ending says."""
    if args.verb == "convert":
        from rates import typed

        if typed.is_table(args.words):  # written by a room of its own, which knows more endings
            args.format = args.format or "table"
            return
    if args.verb == "reconcile" and str(args.output).lower().endswith(destination.PAGES):
        args.html, args.output = args.output, None
    args.format = destination.format_of(args.verb, args.format, args.output)


def _is_negative(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and (word[1].isdigit() or word[1] in ".,$€£¥₴")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error leaves it as a traceback."""
    processes.settle_streams()
    for stream in (sys.stdout, sys.stderr):
        never_crash(stream)
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
