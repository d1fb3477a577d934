"""No function too tangled to follow, no pattern too long to read at one look.

What was so before stands in tests/complexity/, a line each with the reason; the lists may only
shrink. A line is deleted when its function or pattern is gone or within the bound, and lowered
when it became smaller.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from rates import tsv

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "tests" / "complexity"
MOST_COMPLEX = 20  # as radon counts: each branch, loop, `and`, `or`, comprehension is one more
LONGEST_PIECE = 120  # characters of a pattern without a name in between

MODULES = [ROOT / "cli.py"] + [
    path for top in ("calc", "pledgecalc", "rates") for path in sorted((ROOT / top).rglob("*.py"))
]
METHODS_OF_RE = {
    "compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn",
}  # fmt: skip


def listed(name: str, column: str) -> dict[str, int]:
    """The lines of a list of what is allowed, by ``file: name``."""
    return {
        f"{row['file']}: {row['name']}": int(row[column]) for row in tsv.rows(LISTS / f"{name}.tsv")
    }


def complaints(found: dict[str, int], allowed: dict[str, int], most: int) -> list[str]:
    """What is above ``most`` and not allowed to be, and the lines that are no longer needed."""
    grown = [
        f"{name} has {size}, allowed are {allowed.get(name, most)}: take it apart"
        for name, size in found.items()
        if size > max(most, allowed.get(name, most))
    ]
    needless = [
        f"{name} is gone, or not above {most} any more: delete its line"
        for name in allowed
        if found.get(name, 0) <= most
    ]
    shrunk = [
        f"{name} has only {found[name]} of {size}: lower its line"
        for name, size in allowed.items()
        if most < found.get(name, 0) < size
    ]
    return grown + needless + shrunk


def functions(source: str) -> dict[str, int]:
    """The complexity of each function, method and function in a function."""
    radon = pytest.importorskip("radon.complexity", reason="radon is not installed")
    found: dict[str, int] = {}
    waiting = [("", block) for block in radon.cc_visit(source)]
    while waiting:
        outer, block = waiting.pop()
        if block.letter == "C":
            continue  # of a class radon gives the mean of its methods, which are listed as well
        name = f"{outer}{block.fullname}"
        found[name] = max(found.get(name, 0), block.complexity)
        waiting += [(f"{name}.", inner) for inner in block.closures]
    return found


def makes_a_pattern(call: ast.Call) -> bool:
    """Whether a call is ``re.compile(...)`` or one of its kind, or ``Guarded(...)``."""
    match call.func:
        case ast.Name(id="Guarded") | ast.Attribute(attr="Guarded"):
            return True
        case ast.Attribute(value=ast.Name(id="re"), attr=attr):
            return attr in METHODS_OF_RE
    return False


def pieces(pattern: ast.expr) -> Iterator[str]:
    """The stretches of a pattern between the names that it is composed of."""
    match pattern:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            for value in values:
                yield from pieces(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from pieces(left)
            yield from pieces(right)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):  # to be joined: one idea each
            for part in parts:
                yield from pieces(part)
        case ast.Starred(value=value):
            yield from pieces(value)


def names(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def patterns(source: str) -> dict[str, int]:
    """The longest piece of each pattern, and of each constant of the module that stands in one.

    A pattern goes by the name it is assigned to, or by the function that it stands in.
    """
    tree = ast.parse(source)
    owner: dict[ast.AST, str] = {}  # of each node the innermost function or assigned name
    constants: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):  # from the outside to the inside
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                owner.update(dict.fromkeys(ast.walk(node), name))
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                owner.update(dict.fromkeys(ast.walk(value), name))
                constants.setdefault(name, []).append(value)
    found: dict[str, int] = {}

    def measure(name: str, pattern: ast.expr) -> None:
        longest = max(map(len, pieces(pattern)), default=0)
        found[name] = max(found.get(name, 0), longest)

    parts: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and makes_a_pattern(node) and node.args:
            measure(owner.get(node, "(module)"), node.args[0])
            parts |= names(node.args[0])
    waiting = [name for name in parts if name in constants]
    while waiting:
        name = waiting.pop()
        for value in constants[name]:
            measure(name, value)
            waiting += names(value) & constants.keys() - parts
            parts |= names(value)
    return found


def of_all_modules(measured: str) -> dict[str, int]:
    measure = {"functions": functions, "patterns": patterns}[measured]
    return {
        f"{path.relative_to(ROOT).as_posix()}: {name}": size
        for path in MODULES
        for name, size in measure(path.read_text(encoding="utf-8")).items()
    }


def test_no_function_is_too_complex() -> None:
    found = of_all_modules("functions")
    assert len(found) > 1000
    assert complaints(found, listed("functions", "complexity"), MOST_COMPLEX) == []


def test_no_pattern_is_too_long() -> None:
    found = of_all_modules("patterns")
    assert len(found) > 300
    assert complaints(found, listed("patterns", "length"), LONGEST_PIECE) == []


def test_every_allowed_function_has_a_reason() -> None:
    assert [row for row in tsv.rows(LISTS / "functions.tsv") if not row["reason"].strip()] == []


def test_methods_and_inner_functions_are_counted() -> None:
    source = """
class Reader:
    def read(self, a, b):
        def inner(c):
            return [one for one in c if one]
        return inner(b) if a and b else None
"""
    assert functions(source) == {"Reader.read": 3, "Reader.read.inner": 3}


@pytest.mark.parametrize(
    ("source", "lengths"),
    [
        ("_A = re.compile(r'abc')", {"_A": 3}),
        ("_A = Guarded('ab' r'cd', re.I)", {"_A": 4}),
        ("_A: Final = re.compile(rf'abc{_B}de')", {"_A": 3}),
        ("_A = re.compile('abc' + _B + 'de')", {"_A": 3}),
        ("_B = 'one|two'\n_A = re.compile(rf'abc{_B}de')", {"_A": 3, "_B": 7}),
        ("_C = 'ten'\n_B = f'{_C}|two'\n_A = re.compile(rf'a{_B}')", {"_A": 1, "_B": 4, "_C": 3}),
        ("_B = ('one', *('three', 'four'))\n_A = re.compile('|'.join(_B))", {"_A": 0, "_B": 5}),
        ("def f(x):\n    return re.search('abcd', x) or re.sub('a', '', x)", {"f": 4}),
        ("_A = tuple(re.compile(one) for one in ('ab', 'c'))", {"_A": 0}),
        ("_B = 'a text that is no pattern'", {}),
    ],
)
def test_a_pattern_is_measured_between_its_names(source: str, lengths: dict[str, int]) -> None:
    assert patterns(source) == lengths


def test_a_list_may_only_shrink() -> None:
    allowed = {"same": 30, "grown": 30, "smaller": 30, "mended": 30, "gone": 30}
    found = {"same": 30, "grown": 31, "smaller": 29, "mended": 20, "new": 21, "small": 20}
    assert complaints(found, allowed, 20) == [
        "grown has 31, allowed are 30: take it apart",
        "new has 21, allowed are 20: take it apart",
        "mended is gone, or not above 20 any more: delete its line",
        "gone is gone, or not above 20 any more: delete its line",
        "smaller has only 29 of 30: lower its line",
    ]
