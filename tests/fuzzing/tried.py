"""What is done with an odd input, and what must hold of it.

Raises ``PledgecalcError`` for what the program refuses; anything else that is raised is a find.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd

import cli
from calc.checks import check
from calc.claims import read, read_text
from calc.decisions import read_decisions
from calc.figures import figures
from calc.reconcile import Reconciliation, reconcile
from calc.report.page.written import page
from calc.report.render import render
from calc.values.intervals import READINGS, printed_number, reading
from calc.values.windows import when
from rates import published
from rates.amounts import parse_amount, read_number
from rates.conversion import convert
from rates.errors import NoRateError, PledgecalcError, UsageError
from rates.policies import parse_date, parse_policy
from rates.user import read_rates

from . import known
from .commands import FILES, WRITES
from .typed import DIVIDER

FOLDER = Path(tempfile.mkdtemp(prefix="pledgecalc-fuzz-"))
HERE = FOLDER / "a" / "b" / "c" / "d"  # where commands run: "../../x" stays inside of FOLDER
FAULTS = ("fault of pledgecalc", "bug in pledgecalc")  # the words for what nobody foresaw


class FindError(AssertionError):
    """A promise that an input broke."""


def text_of(content: bytes) -> str:
    """The input as text, halves of surrogate pairs and all."""
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")


def _parts(content: bytes) -> list[str]:
    return [*text_of(content).split(DIVIDER), "", "", "", "", ""][:5]


def try_amount(content: bytes) -> None:
    """An amount as typed: parsed, with its digits as intervals that nest around it."""
    text = text_of(content)
    with contextlib.suppress(UsageError):
        read_number(text)
    parse_amount(text)
    number = printed_number(text)
    core, usual, extreme = (reading(number, name) for name in READINGS)
    size = abs(number.amount)
    if not core.contains(size) or usual.hull(core) != usual or extreme.hull(usual) != extreme:
        raise FindError(f"the readings of {text!r} do not nest")


def try_date(content: bytes) -> None:
    """A day as typed: what is understood reads the same when it is written out."""
    asked = parse_date(text_of(content))
    if asked is None or parse_date(str(asked)) != asked or asked.end < asked.day:
        raise FindError(f"{asked} is read as another day")


def try_policy(content: bytes) -> None:
    """A policy as typed: what is understood reads the same when it is written out."""
    policy = parse_policy(text_of(content))
    if parse_policy(str(policy)) != policy:
        raise FindError(f"{policy} is read as another policy")


def try_conversion(content: bytes) -> None:
    """A conversion with every word of it odd."""
    amount, base, quote, day, policy = words = _parts(content)
    result = convert(amount, base, quote, day or None, policy or "spot")
    if result.policy == "spot" and result.rate_date and result.requested_date and result.legs:
        late = result.rate_date > result.requested_date
        if late and result.quality not in ("irrevocable", "fixed-official"):
            raise FindError(f"{words} looked ahead to {result.rate_date}")
    str(result)
    result.details()
    result.to_dict()


def try_when(content: bytes) -> None:
    """Two printed amounts and the day before which their rate is looked for."""
    amount, base, other, quote, before = _parts(content)
    found = when(amount, base, other, quote, before or None)
    for one in found:
        if one.end < one.start or one.days < 1:
            raise FindError(f"{one} is no window")
    str(found)


def try_figures(content: bytes) -> None:
    """The figures of a text: each stands where it says, and none in another."""
    text, last = text_of(content), 0
    for one in figures(text):
        if text[one.start : one.end] != one.text or one.start < last or one.end <= one.start:
            raise FindError(f"{one.text!r} is not at {one.start}..{one.end} of {text!r}")
        if one.low is not None and one.high is not None and one.low > one.high:
            raise FindError(f"{one.text!r} is from {one.low} to {one.high}")
        last = one.end


def try_text(content: bytes) -> None:
    """The claims of a text: each stands where it says, in ids of its own."""
    text = text_of(content)
    claims = read_text(text, published="2024-11-04")
    for start, end, told in zip(claims["start"], claims["end"], claims["text"], strict=True):
        if text[int(start) : int(end)] != told:
            raise FindError(f"{told!r} is not at {start}..{end}")
    if claims["claim_id"].duplicated().any():
        raise FindError("two claims have one id")


def read_file(content: bytes, ending: str) -> pd.DataFrame:
    """The claims of a file; each part that could not be read says why in foreseen words."""
    path = FOLDER / f"odd.{ending}"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            claims = read(path)
        except PledgecalcError as error:
            foreseen(str(error))
            raise
    for problem in claims.attrs["problems"]:
        foreseen(str(problem["message"]))
    return claims


def foreseen(message: str) -> None:
    """Raise for the words of a fault that nobody foresaw."""
    for words in FAULTS:
        if words in message:
            raise FindError(message)


def file(ending: str) -> Callable[[bytes], None]:
    """A file of this kind is read."""

    def run(content: bytes) -> None:
        read_file(content, ending)

    return run


def try_decisions(content: bytes) -> None:
    """A file of decisions: each says what it decided."""
    path = FOLDER / "decisions.toml"
    path.write_bytes(content)
    for one in read_decisions(path).blocks:
        if not one.shown or not one.said or not one.place:
            raise FindError(f"{one} says nothing")


def try_rates(content: bytes) -> None:
    """A user's own table of rates."""
    path = FOLDER / "rates.csv"
    path.write_bytes(content)
    table = read_rates(path)
    for code in table.currencies()[:3]:
        with contextlib.suppress(NoRateError):  # of another day than the last
            convert(1, "EUR", code, str(table.last), rates=table)


def try_history(content: bytes) -> None:
    """The ECB's zip, as ``rates update`` judges it."""
    rows = published.csv_inside(content)
    published.check_shape(rows)
    published.sealed(published.table(rows)[1].encode())


@lru_cache(maxsize=1)
def _fixed() -> dict[str, bytes]:
    """What the words for files in a command line stand for."""
    return {
        "TEXT": "Norway gave Ukraine €5 million ($5.5 million) on 4 November 2024.\n".encode(),
        "TABLE": known.small_tables()[0].encode(),
        "PAGE": known.pages()[0].encode(),
        "DECISIONS": b'[[decision]]\nkind = "reject"\nclaim = "a1b2"\nwhy = "a misprint"\n',
        "RATES": b"date,currency,rate,base\n2024-11-04,UAH,44.9,EUR\n",
        "GDP": (known.ROOT / "examples" / "gdp.csv").read_bytes(),
        "ZIP": known.packed(
            {"a.txt": "Sweden gave Kenya $3 million.", "b.csv": known.small_tables()[1]}
        ),
        "HISTORY": known.packed({"h.csv": "Date,USD,\n2024-11-04,1.0904,\n"}),
    }


_ENDINGS = {"TABLE": "csv", "RATES": "csv", "GDP": "csv", "PAGE": "html", "DECISIONS": "toml",
            "ZIP": "zip", "HISTORY": "zip"}  # fmt: skip


def _places() -> dict[str, str]:
    """Write the files anew, for a command may have written over one; their places by word."""
    folder = FOLDER / "inputs"
    folder.mkdir(exist_ok=True)
    HERE.mkdir(parents=True, exist_ok=True)
    found = {"FOLDER": str(folder)}
    for word, content in _fixed().items():
        path = folder / f"{word.lower()}.{_ENDINGS.get(word, 'txt')}"
        path.write_bytes(content)
        found[word] = str(path)
    return found


def _harmless(words: list[str]) -> list[str]:
    """The words; with ``--help`` where they might write outside of the folder."""
    told = [word for word in words if word not in FILES]
    writes = "decide" in words or any(word.startswith(WRITES) for word in told)
    outside = any("/" in word.replace("no/out.csv", "") or "~" in word for word in told)
    return [*words, "--help"] if writes and outside else words


@contextlib.contextmanager
def _alone() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Streams of one's own, nothing on stdin, in a folder of one's own."""
    out, err, before, here = io.StringIO(), io.StringIO(), sys.stdin, Path.cwd()
    sys.stdin = io.StringIO("")
    os.chdir(HERE)
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            yield out, err
    finally:
        sys.stdin = before
        os.chdir(here)


def try_command(content: bytes) -> None:
    """A command line: it ends with an exit code that means something, and without a traceback."""
    places = _places()
    given = [word for word in text_of(content).split(DIVIDER) if not word.startswith("--onl")]
    words = [_placed(word, places) for word in _harmless(given)]
    with _alone() as (_, err):
        code = cli.main(words)
    said = err.getvalue()
    foreseen(said)
    if code not in (0, 1, 2, 3, 4) or "Traceback" in said:
        raise FindError(f"{given} ends with {code}: {said[-300:]}")
    if code in (2, 3) and not said.strip():
        raise FindError(f"{given} ends with {code} without a word")
    if code > 1:
        raise UsageError(said)


def _placed(word: str, places: dict[str, str]) -> str:
    flag, mark, value = word.partition("=")
    return f"{flag}={places[value]}" if mark and value in places else places.get(word, word)


def _reconciled(content: bytes) -> Reconciliation:
    claims = read_file(content, "csv")
    if not len(claims):
        raise UsageError("no claims in it")
    return reconcile(claims, "EUR")


def try_reconciled(content: bytes) -> None:
    """A table read, checked, reconciled and summed: of claims that there are."""
    result = _reconciled(content)
    total = result.total()
    if total.low > total.high:
        raise FindError(f"the sum is from {total.low} to {total.high}")
    known_ids = set(result.claims["claim_id"])
    for table in (result.pledges, result.totals):
        for ids in table["claim_ids"]:
            if ids not in known_ids and not set(str(ids).split("|")) <= known_ids:
                raise FindError(f"{ids} are no claims")
    check(result.claims)


def try_told(content: bytes) -> None:
    """A table reconciled and told: every explanation, the report in each format, and the page."""
    result = _reconciled(content)
    for identifier in (*result.pledges["pledge_id"][:2], *result.claims["claim_id"][:2]):
        str(result.explain(str(identifier)))
    for form in ("table", "json", "csv", "markdown"):
        render(result, form, sentences=result.sentences())
    written = page(result)
    if written.count("<html") != 1 or written.count("<script") > 2:
        raise FindError("the page is not one page")
