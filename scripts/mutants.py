"""Changes one operator or number of the program at a time, and sees whether a test notices.

``python scripts/mutants.py --each 40`` tries so many changes, drawn by chance that ``--seed``
repeats, in each room of ``ROOMS`` with the tests that are about it. A change that no test notices
survives: either it changes nothing that matters, or a test is missing. ``--page`` writes the
result (``scripts/mutants_page.py``).

Files stay as they are. The tests of a room are collected once, and run once to see which of them
runs which line. Each change is then put into a function of a process of its own, which runs the
tests that run the changed statement (those that noticed most before and short ones ahead), and
stops at the first that fails. What runs on import is tried with the module changed before anything
is imported, and all tests of the room.

Not changed, for it can never matter: annotations, decorators (sizes of caches), and ``strict`` of a
``zip``, which says what holds anyway.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import gc
import importlib.abc
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

import coverage
import hypothesis
import pytest
from mutants_page import Mutant, write

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 90  # of CPU beyond what the tests of a mutant usually take: it then never ends


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
        (*_tests("fixings policies conversion averages amounts user_rates known_conversions"),
         *_tests("typed_amounts picked_days rate_origins edges_of_the_calendar hmrc currencies"),
         "rates"),
    ),
    "intervals": Room(
        ("calc/values/intervals.py", "calc/values/windows.py"),
        (*_tests("intervals windows printed_ranges interval_edges"),
         "tests/properties/test_properties_of_numbers.py", "calc/values"),
    ),
    "checks": Room(
        ("calc/checks/verdicts.py", "calc/checks/stated.py", "calc/checks/hypotheses.py",
         "calc/checks/plausibility.py", "calc/checks/market.py"),
        (*_tests("market_edges check_edges checks stated_conversions fairness market"),
         *_tests("checks_documents explain"),
         "calc/checks"),
    ),
    "relations": Room(
        ("calc/links/relations.py", "calc/links/contraction.py", "calc/links/overlaps.py",
         "calc/links/one_document.py", "calc/links/amounts.py", "calc/links/days.py",
         "calc/links/made_of.py", "calc/links/joint.py"),
        (*_tests("link_evidence nearly_joined made_of apart_in_one_document told_relations"),
         *_tests("links same_money_kinds parts_of_a_whole other_numbers pairs_by_kind"),
         *_tests("safe_sum_cases safe_sum sum_edges causes totals retold five_documents"),
         *_tests("reconcile"),
         "calc/links"),
    ),
    "sums": Room(
        ("calc/sums/least.py", "calc/sums/ends.py", "calc/sums/safe_sum.py", "calc/sums/chances.py",
         "calc/sums/plausible.py", "calc/entries/sums.py"),
        (*_tests("sum_edges register_sums safe_sum safe_sum_cases least_sum ledgers"),
         *_tests("own_money open_parties"),
         "calc/sums", "calc/entries"),
    ),
}  # fmt: skip

COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
COUNTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*"}


def mutants(path: str) -> Iterator[Mutant]:
    """Every mutant of a file."""
    text = (ROOT / path).read_text("utf-8")
    content = text.encode()
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, within, first, span in _code(ast.parse(text), "", 0, range(0)):
        for part, after in _changes(node, text):
            assert part.end_lineno is not None
            assert part.end_col_offset is not None
            start = starts[part.lineno - 1] + part.col_offset
            end = starts[part.end_lineno - 1] + part.end_col_offset
            changed = (content[:start] + after.encode() + content[end:]).decode()
            before = content[start:end].decode()
            yield Mutant(path, part.lineno, before, after, changed, within, first, span)


def _code(
    node: ast.AST, within: str, first: int, span: range
) -> Iterator[tuple[ast.AST, str, int, range]]:
    """The nodes of what runs, each with the outermost function and the statement that it is in."""
    if isinstance(node, ast.stmt):
        body: list[ast.stmt] = getattr(node, "body", [])
        end = body[0].lineno if body else (node.end_lineno or node.lineno) + 1
        span = range(node.lineno, max(end, node.lineno + 1))
    yield node, within, first, span
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases"):
            continue
        inner, begins = within, first
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not first:
            inner = f"{within}.{node.name}".lstrip(".")
            if isinstance(node, ast.FunctionDef) and name == "body":
                begins = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        for part in value if isinstance(value, list) else [value]:
            strict = isinstance(part, ast.keyword) and part.arg == "strict"
            if isinstance(part, ast.AST) and not strict:
                yield from _code(part, inner, begins, span)


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


_Kept = functools._lru_cache_wrapper  # what keeps the results of a function
_OPTIONS = ("-x", "-q", "--fast", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore")


class _Plain:
    """What each run of tests has: properties that are not made smaller when they fail."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", hypothesis.settings(), phases=phases, derandomize=True, database=None
        )
        hypothesis.settings.load_profile("mutants")


def noticed(mutant: Mutant, tests: tuple[str, ...], seconds: int) -> bool:
    """Whether a test fails for a mutant, whole module changed, or runs longer than so long."""

    def run() -> int:
        sys.meta_path.insert(0, _Changed(mutant))
        return int(pytest.main([*_OPTIONS, *tests], plugins=[_Plain()]))

    return _in_a_child(run, seconds) != 0


def _seconds(usual: float) -> int:
    """For how long tests may run that usually take so many seconds: one that is late is noticed."""
    return round(min(10 + 3 * usual, SECONDS + usual))


def _in_a_child(run: Callable[[], int], seconds: int) -> int:
    """What a function returns in a process of its own; other than 0 when it breaks or is late."""
    child = os.fork()
    if not child:
        code = 99
        with contextlib.suppress(BaseException):
            if seconds:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
                signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            sys.dont_write_bytecode = True
            code = run()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


class _Trial:
    """Tries mutants one after the other once the tests of a room are collected.

    ``outcome`` gets a line for each mutant: whether it was noticed; where it runs on import, for
    how long all tests may run.
    """

    def __init__(self, mutants: Sequence[Mutant], outcome: Path) -> None:
        self.mutants, self.outcome = mutants, outcome
        self.files = sorted({one.path for one in mutants})
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self.lines: dict[str, dict[str, list[str]]] = {}  # file -> line -> tests that run it
        self.spent: dict[str, float] = {}
        self.kills: Counter[str] = Counter()
        self.watch = self._coverage()

    def _coverage(self) -> coverage.Coverage:
        files = [str(ROOT / path) for path in self.files]
        return coverage.Coverage(data_file=None, config_file=False, include=files)

    def _seen(self, watch: coverage.Coverage) -> dict[str, dict[int, list[str]]]:
        watch.stop()
        data = watch.get_data()
        return {path: data.contexts_by_lineno(str(ROOT / path)) for path in self.files}

    def pytest_configure(self) -> None:
        """Watch what runs while modules are imported."""
        self.watch.start()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests once."""
        imported = self._seen(self.watch)
        self.functions = _functions(set(self.files))
        seen, killer = self.outcome.with_suffix(".seen"), self.outcome.with_suffix(".killer")
        if _in_a_child(lambda: self._watch(session.items, seen), 10 * SECONDS):
            return True
        self.lines, self.spent = json.loads(seen.read_text("utf-8"))
        every = _seconds(sum(self.spent.values()))
        for one in self.mutants:
            early = not one.starts or any(line in imported[one.path] for line in one.lines)
            found = every if early else self._tried(one, session.items, killer)
            if found is False:
                _tell(one)
            with self.outcome.open("a", encoding="utf-8") as out:
                out.write(json.dumps(found) + "\n")
        return True

    def _watch(self, items: list[pytest.Item], seen: Path) -> int:
        """Run every test as it is, and write down which lines it runs and how long it takes."""
        names = _resting_on({path.removesuffix(".py").replace("/", ".") for path in self.files})
        kept = [one for one in gc.get_objects() if isinstance(one, _Kept)]
        kept = [one for one in kept if one.__module__ in names]
        watch = self._coverage()
        watch.start()
        for item in items:
            for one in kept:
                one.cache_clear()  # what another test had computed is run again
            watch.switch_context(item.nodeid)
            begun = time.process_time()
            if _fails(item):
                return 1
            self.spent[item.nodeid] = time.process_time() - begun
        seen.write_text(json.dumps([self._seen(watch), self.spent]), "utf-8")
        return 0

    def _tried(self, mutant: Mutant, items: list[pytest.Item], killer: Path) -> bool:
        code = _function_code(mutant)
        functions = self.functions.get((mutant.path, mutant.within, mutant.starts), [])
        lines = self.lines[mutant.path]
        near = {test for line in mutant.lines for test in lines.get(str(line), ())}
        order = sorted(
            (item for item in items if item.nodeid in near),
            key=lambda item: (-self.kills[item.nodeid], self.spent[item.nodeid]),
        )

        def run() -> int:
            for function in functions:
                function.__code__ = code
            for item in order:
                if _fails(item):
                    killer.write_text(item.nodeid, "utf-8")
                    return 1
            return 0

        killer.unlink(missing_ok=True)
        usual = sum(self.spent[item.nodeid] for item in order)
        found = _in_a_child(run, _seconds(usual)) != 0
        if killer.exists():
            self.kills[killer.read_text("utf-8")] += 1
        return found


_SHOWN = os.dup(1)  # children write nothing else there


def _tell(one: Mutant) -> None:
    words = "\t".join((f"{one.path}:{one.line}", *one.name[1:]))
    os.write(_SHOWN, f"  {words}\n".encode())


def _fails(item: pytest.Item) -> bool:
    """Run one test with its fixtures, as if it were the only one."""
    from _pytest.runner import runtestprotocol

    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _functions(paths: set[str]) -> dict[tuple[str, str, int], list[FunctionType]]:
    """The functions of some files that are loaded, by file, name and first line."""
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    files = {str(ROOT / path): path for path in paths}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and (path := files.get(one.__code__.co_filename)):
            key = path, one.__code__.co_qualname, one.__code__.co_firstlineno
            found.setdefault(key, []).append(one)
    return found


def _resting_on(names: set[str]) -> set[str]:
    """Some modules, and all that are loaded and use them, or use one that does."""
    uses = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("calc", "rates"):
            used = [one for one in vars(module).values() if hasattr(one, "__name__")]
            uses[name] = {getattr(one, "__module__", one.__name__) for one in used}
    while more := {name for name, used in uses.items() if used & names} - names:
        names = names | more
    return names


def _function_code(mutant: Mutant) -> CodeType:
    """The changed code of the function that a mutant stands in."""
    waiting = [compile(mutant.text, str(ROOT / mutant.path), "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if (code.co_qualname, code.co_firstlineno) == (mutant.within, mutant.starts):
            return code
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]
    raise ValueError(f"{mutant.path} has no function {mutant.within}")


def tried(room: Room, drawn: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether a test of the room notices it; raises when tests fail as it is."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = Path(folder) / "outcome"
        outcome.touch()
        trial = _Trial(drawn, outcome)
        options = [*_OPTIONS, f"--basetemp={folder}/tests", *room.tests]
        _in_a_child(lambda: int(pytest.main(options, plugins=[_Plain(), trial])), 0)
        lines = outcome.read_text("utf-8").splitlines()
    if len(lines) < len(drawn):
        raise SystemExit(f"a test fails without a change: pytest --fast {' '.join(room.tests)}")
    for one, line in zip(drawn, lines, strict=True):
        found = json.loads(line)
        if not isinstance(found, bool):
            found = noticed(one, room.tests, found)
            if not found:
                _tell(one)
        yield one, found


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
    import pandas as pd  # both are loaded once, for every child

    del hypothesis, pd
    found: dict[str, tuple[int, list[Mutant]]] = {}
    for name in args.only.split(",") if args.only else ROOMS:
        room = ROOMS[name]
        every = [one for path in room.files for one in mutants(path)]
        drawn = random.Random(f"{args.seed} {name}").sample(every, min(args.each, len(every)))
        begun = time.monotonic()
        survivors = [one for one, seen in tried(room, drawn) if not seen]
        found[name] = len(drawn), survivors
        if args.page:
            write(args.seed, name, len(drawn), survivors)
        killed, took = len(drawn) - len(survivors), time.monotonic() - begun
        print(f"{name}: {killed} of {len(drawn)} noticed; {took:.0f} s", flush=True)
    tried_here = sum(count for count, _ in found.values())
    alive = sum(len(survivors) for _, survivors in found.values())
    return int(100 * (tried_here - alive) < args.least * tried_here)


if __name__ == "__main__":
    sys.exit(main())
