"""The order of the house, read from the import statements of every module."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

# The rooms of calc in the order of the work: each imports only rooms that stand before it.
ROOMS = (
    "schema",
    "text",
    "values",
    "parties",
    "documents",
    "figures",
    "tables",
    "claims",
    "checks",
    "links",
    "pledges",
    "decisions",
    "ledger",
    "sums",
    "entries",
    "findings",
    "telling",
    "blocks",
    "report",
    "reconcile",
    "questions",
    "converting",
    "audit",
    "spark",
    "verbs",
)


class Import(NamedTuple):
    """One edge between modules of ours; ``inside`` when the statement stands in a function."""

    importer: str
    imported: str
    inside: bool


def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name; a package goes by the name of its folder."""
    found = {name: ROOT / f"{name}.py" for name in ("cli",)}
    for package in ("calc", "pledgecalc", "rates"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported_names(node: ast.AST, module: str) -> Iterator[str]:
    """The dotted names that an import statement may mean, longest first for each."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            is_package = MODULES[module].name == "__init__.py"
            parts = module.split(".") if is_package else module.split(".")[:-1]
            parts = parts[: len(parts) - (node.level - 1)]
            base = ".".join([*parts, base] if base else parts)
        for alias in node.names:
            submodule = f"{base}.{alias.name}"
            yield submodule if submodule in MODULES else base


def edges() -> list[Import]:
    """All imports between modules of ours."""
    found = []
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        in_functions = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            found += [
                Import(module, name, id(node) in in_functions)
                for name in imported_names(node, module)
                if name in MODULES and name != module
            ]
    return found


EDGES = edges()


def test_the_walk_sees_the_imports_that_are_there() -> None:
    assert Import("calc.report.render", "calc.report.terminal", False) in EDGES
    assert Import("calc.report.render", "rates.errors", False) in EDGES
    assert Import("rates.tsv", "rates.errors", False) in EDGES


def room(module: str) -> str | None:
    """The room of calc that a module stands in, None outside of calc and for calc itself.

    >>> room("calc.links.rows"), room("calc.schema"), room("rates.tsv")
    ('links', 'schema', None)
    """
    parts = module.split(".")
    return parts[1] if parts[0] == "calc" and len(parts) > 1 else None


def climbs(edges: list[Import]) -> list[str]:
    """The imports that lead up, to a room that stands behind the one that imports."""
    found = []
    for edge in edges:
        mine, other = room(edge.importer), room(edge.imported)
        if mine and other and ROOMS.index(other) > ROOMS.index(mine):
            found.append(f"{edge.importer} imports {edge.imported}")
    return found


def test_every_room_has_a_place_in_the_order() -> None:
    assert {found for module in MODULES if (found := room(module))} == set(ROOMS)


def test_a_room_imports_only_rooms_before_it() -> None:
    assert climbs(EDGES) == []


def test_an_import_that_leads_up_is_named() -> None:
    up = Import("calc.links.rows", "calc.findings.finding", inside=False)
    down = Import("calc.findings.finding", "calc.links.rows", inside=False)
    assert climbs([up, down]) == ["calc.links.rows imports calc.findings.finding"]


def test_rates_knows_nothing_of_pledges() -> None:
    assert [
        edge for edge in EDGES if edge.importer.startswith("rates") and "calc" in edge.imported
    ] == []


def test_nothing_imports_the_command_line() -> None:
    allowed = {"pledgecalc.__main__"}  # python -m pledgecalc
    assert [edge for edge in EDGES if edge.imported == "cli" and edge.importer not in allowed] == []


def test_nothing_of_ours_imports_the_public_names() -> None:
    assert {edge.importer for edge in EDGES if edge.imported == "pledgecalc"} <= {"cli"}


def test_only_the_command_line_imports_inside_functions() -> None:
    assert [edge for edge in EDGES if edge.inside and edge.importer != "cli"] == []


def test_there_are_no_import_cycles() -> None:
    towards: dict[str, set[str]] = {}
    for edge in EDGES:
        towards.setdefault(edge.importer, set()).add(edge.imported)
    reachable = {name: reach(name, towards) for name in MODULES}
    assert [name for name in MODULES if name in reachable[name]] == []


def reach(start: str, towards: dict[str, set[str]]) -> set[str]:
    """Every module that ``start`` imports, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in towards.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def test_a_public_class_of_calc_has_a_name_of_its_own() -> None:
    homes: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        if room(module):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_the_rooms_load_nothing_by_being_entered() -> None:
    for package in ("calc", "rates"):
        body = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")).body
        assert all(isinstance(node, ast.Expr) for node in body), package


def test_every_file_can_be_read_in_one_sitting() -> None:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()
    }
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_no_room_after_the_claims_searches_a_sentence() -> None:
    """What a sentence says is read once, in claims; the report alone marks a figure in it."""
    looking = {"find", "index", "partition", "search", "match", "fullmatch", "finditer", "findall"}
    later = ROOMS[ROOMS.index("claims") + 1 : ROOMS.index("report")]
    found = []
    for name, path in MODULES.items():
        if not name.startswith(tuple(f"calc.{room}" for room in later)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = ast.dump(node.func.value) + "".join(map(ast.dump, node.args))
                if node.func.attr in looking and "'sentence'" in named:
                    found.append(f"{name}:{node.lineno}")
    assert found == []
