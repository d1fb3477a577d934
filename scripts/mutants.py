"""Changes one operator or number of the program at a time, and sees whether a test notices.

``python scripts/mutants.py --each 40`` tries so many changes, drawn by chance that ``--seed``
repeats, in each room of ``ROOMS`` with the tests that are about it. A change that no test notices
survives: either it changes nothing that matters, or a test is missing. Files stay as they are: a
changed module lives in a process of its own. ``--page`` writes the result.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "MUTANTS.md"
SECONDS = 90  # of CPU for the tests of a mutant: one that runs longer never ends, and is noticed


class Room(NamedTuple):
    """The files that are changed, and the tests that should notice."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


def _tests(names: str) -> tuple[str, ...]:
    return tuple(f"tests/test_{name}.py" for name in names.split())


ROOMS = {
    "rates": Room(
        ("rates/conversion.py", "rates/fixings.py", "rates/policies.py", "rates/picks.py",
         "rates/legs.py", "rates/amounts.py"),
        _tests("fixings policies conversion averages amounts user_rates known_conversions"),
    ),
    "intervals": Room(
        ("calc/values/intervals.py", "calc/values/windows.py"),
        (*_tests("intervals windows printed_ranges"),
         "tests/properties/test_properties_of_numbers.py", "calc/values"),
    ),
    "checks": Room(
        ("calc/checks/verdicts.py", "calc/checks/stated.py", "calc/checks/hypotheses.py",
         "calc/checks/plausibility.py", "calc/checks/market.py"),
        (*_tests("checks stated_conversions fairness market"), "calc/checks"),
    ),
    "relations": Room(
        ("calc/links/relations.py", "calc/links/contraction.py", "calc/links/overlaps.py",
         "calc/links/one_document.py", "calc/links/amounts.py", "calc/links/days.py",
         "calc/links/made_of.py", "calc/links/joint.py"),
        (*_tests("links same_money_kinds parts_of_a_whole other_numbers pairs_by_kind"),
         *_tests("safe_sum_cases"), "calc/links"),
    ),
    "sums": Room(
        ("calc/sums/least.py", "calc/sums/ends.py", "calc/sums/safe_sum.py", "calc/sums/chances.py",
         "calc/sums/plausible.py", "calc/entries/sums.py"),
        (*_tests("safe_sum safe_sum_cases least_sum ledgers"), "calc/sums", "calc/entries"),
    ),
}  # fmt: skip

COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
COUNTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*"}


class Mutant(NamedTuple):
    """A file with one change: where it is, and what stood there and stands there now."""

    path: str
    line: int
    before: str
    after: str
    text: str


def mutants(path: str) -> Iterator[Mutant]:
    """Every mutant of a file."""
    text = (ROOT / path).read_text("utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(text)
    for node in _code(tree):
        for part, after in _changes(node, text):
            assert part.end_lineno is not None
            assert part.end_col_offset is not None
            start = starts[part.lineno - 1] + part.col_offset
            end = starts[part.end_lineno - 1] + part.end_col_offset
            content = text.encode()
            changed = (content[:start] + after.encode() + content[end:]).decode()
            before = content[start:end].decode()
            yield Mutant(path, part.lineno, before, after, changed)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of what runs: no annotations, decorators, names of types."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params", "bases"):
                continue
            parts = value if isinstance(value, list) else [value]
            waiting += [part for part in parts if isinstance(part, ast.AST)]


def _changes(node: ast.AST, text: str) -> Iterator[tuple[ast.expr, str]]:
    """The parts of a node that can be changed, with what replaces them."""

    def of(part: ast.AST) -> str:
        return ast.get_source_segment(text, part) or ""

    match node:
        case ast.Compare(left=left, ops=[one], comparators=[right]) if type(one) in COMPARED:
            yield node, f"{of(left)} {COMPARED[type(one)]} {of(right)}"
        case ast.BinOp(left=left, op=one, right=right) if type(one) in COUNTED:
            if not any(isinstance(side, ast.Constant | ast.JoinedStr) and isinstance(
                getattr(side, "value", ""), str) for side in (left, right)):  # fmt: skip
                yield node, f"({of(left)}) {COUNTED[type(one)]} ({of(right)})"
        case ast.BoolOp(op=one, values=[first, second]):
            word = "or" if isinstance(one, ast.And) else "and"
            yield node, f"(({of(first)}) {word} ({of(second)}))"
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield node, f"({of(inner)})"
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() as value):
            yield node, str(value + 1)
        case ast.Call(func=ast.Name(id="min" | "max") as name):
            yield name, "max" if name.id == "min" else "min"


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Loads one module from a changed text."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = mutant.path.removesuffix(".py").replace("/", ".")
        self.path, self.text = str(ROOT / mutant.path), mutant.text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the module that is changed, None for others."""
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_filename(self, fullname: str) -> str:
        """Where the module stands."""
        del fullname
        return self.path

    def get_data(self, path: str) -> bytes:
        """The changed text."""
        del path
        return self.text.encode()

    def path_stats(self, path: str) -> dict[str, float]:
        """Nothing that is kept holds."""
        raise OSError(path)


def noticed(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """Whether a test fails for a mutant; without one, whether they fail as it is."""
    child = os.fork()
    if not child:
        code = 99
        with contextlib.suppress(BaseException):
            code = _run(mutant, tests)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def _run(mutant: Mutant | None, tests: tuple[str, ...]) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    sys.dont_write_bytecode = True
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    import pytest

    options = ["-x", "-q", "--fast", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore"]
    return int(pytest.main([*options, *tests]))


def page(found: dict[str, tuple[int, list[Mutant]]], seed: int) -> str:
    """The result as a page."""
    tried = sum(count for count, _ in found.values())
    alive = sum(len(survivors) for _, survivors in found.values())
    lines = [
        "# Mutants",
        "",
        f"The last run of `make mutants` (`scripts/mutants.py`), seed {seed}: one operator or "
        f"number of the program changed at a time, **{tried} changes, {tried - alive} noticed by "
        f"a test ({100 * (tried - alive) / max(tried, 1):.0f} %)**.",
        "",
        "| room | changes | noticed | % |",
        "|---|---|---|---|",
    ]
    for name, (count, survivors) in found.items():
        killed = count - len(survivors)
        lines.append(f"| {name} | {count} | {killed} | {100 * killed / max(count, 1):.0f} |")
    lines += ["", "## Survivors", ""]
    for _, survivors in found.values():
        for one in survivors:
            before, after = (" ".join(part.split()) for part in (one.before, one.after))
            lines.append(f"- `{one.path}:{one.line}`: `{before}` became `{after}`")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try the mutants, print survivors, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="changes in each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="rooms, joined by commas")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--least", type=int, default=85, help="per cent that must be noticed")
    args = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    import hypothesis.strategies
    import pandas as pd
    import pytest  # all are loaded once, for every child

    del hypothesis, pd, pytest
    found: dict[str, tuple[int, list[Mutant]]] = {}
    for name in args.only.split(",") if args.only else ROOMS:
        room = ROOMS[name]
        every = [one for path in room.files for one in mutants(path)]
        drawn = random.Random(f"{args.seed} {name}").sample(every, min(args.each, len(every)))
        begun = time.monotonic()
        if noticed(None, room.tests):
            print(f"{name}: its tests fail without a change")
            return 2
        print(f"{name}: {len(every)} changes; its tests take {time.monotonic() - begun:.0f} s")
        survivors = []
        for one in drawn:
            if not noticed(one, room.tests):
                survivors.append(one)
                print(f"  {one.path}:{one.line}: {one.before!r} -> {one.after!r}", flush=True)
        found[name] = len(drawn), survivors
        print(f"{name}: {len(drawn) - len(survivors)} of {len(drawn)} noticed", flush=True)
        if args.page:
            PAGE.write_text(page(found, args.seed), "utf-8")
    tried = sum(count for count, _ in found.values())
    alive = sum(len(survivors) for _, survivors in found.values())
    return 100 * (tried - alive) < args.least * tried


if __name__ == "__main__":
    sys.exit(main())
