"""Every sentence that the program can say, read from its source: one a line, longest first.

    python scripts/list_sentences.py [--long] [PATH ...]

A sentence is a text of three words or more that stands in the code of calc, rates, cli or
pledgecalc and is no docstring, pattern or example; what an f-string puts in is shown as ``{…}``.
The data files add the words that explanations quote. ``--long`` shows those above 30 words.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MOST_WORDS = 30
# Columns of data files whose cells are shown to people as they are.
SHOWN = {
    "cause_bits.tsv": ("meaning",),
    "link_bits.tsv": ("reason",),
    "party_facts.tsv": ("meaning",),
    "sum_facts.tsv": ("meaning",),
    "tongue_facts.tsv": ("meaning",),
}
_PATTERN = re.compile(r"\\[bdswSWD(]|\(\?|\[\^|\{\d+,|[a-zé]\|[A-Za-z]|^select |array<")
_WORD = re.compile(r"[A-Za-z{][\w'’…}-]*")


class Sentence(NamedTuple):
    """A text that may be shown, and where it stands."""

    path: str
    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words its longest sentence has."""
        parts = re.split(r"(?<=[.?!])\s+(?=[A-Z{])|\n|; |: ", self.text)
        return max(len(_WORD.findall(part)) for part in parts)


def sentences(paths: list[Path] | None = None) -> list[Sentence]:
    """The sentences of the program, in the order of its files."""
    found = []
    for path in paths or sources():
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
        if path.suffix == ".tsv":
            found += [Sentence(name, line, text) for line, text in _of_table(path)]
        else:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [Sentence(name, line, text) for line, text in _of_code(tree)]
    return [one for one in found if _is_said(one.text)]


def sources() -> list[Path]:
    """The files that hold what the program says."""
    code = [path for top in ("calc", "rates", "pledgecalc") for path in (ROOT / top).rglob("*.py")]
    data = [path for top in ("calc", "rates") for path in (ROOT / top / "data").glob("*.tsv")]
    return sorted([ROOT / "cli.py", *code, *(path for path in data if path.name in SHOWN)])


def _of_table(path: Path) -> Iterator[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    rows = list(csv.reader((line for _, line in kept), delimiter="\t", quoting=csv.QUOTE_NONE))
    for (number, _), row in zip(kept[1:], rows[1:], strict=True):
        for name, cell in zip(rows[0], row, strict=False):
            if name in SHOWN[path.name]:
                yield number, cell


def _of_code(tree: ast.Module) -> Iterator[tuple[int, str]]:
    silent = set(_silent(tree))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in silent:
            inside |= {id(part) for part in ast.walk(node) if part is not node}
            yield node.lineno, _text(node)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent | inside
        ):
            yield node.lineno, node.value


def _silent(tree: ast.Module) -> Iterator[int]:
    """Docstrings, and the arguments of what makes patterns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield id(node.func.value)  # a list of words: "a b c".split()
        if isinstance(node, ast.Call) and _called(node) in ("compile", "guarded", "split", "sub"):
            for argument in node.args:
                yield from (id(part) for part in ast.walk(argument))


def _called(node: ast.Call) -> str:
    function = node.func
    return getattr(function, "attr", getattr(function, "id", ""))


def _text(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values
    )


def _is_said(text: str) -> bool:
    plain = [word for word in _WORD.findall(text) if not word.startswith("{")]
    return len(plain) >= 3 and " " in text.strip() and not _PATTERN.search(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--long", action="store_true", help=f"above {MOST_WORDS} words")
    asked = parser.parse_args()
    found = sentences([path.resolve() for path in asked.paths] or None)
    for one in sorted(found, key=lambda one: (-one.words, one.path, one.line)):
        if not asked.long or one.words > MOST_WORDS:
            print(f"{one.words:>3}  {one.path}:{one.line}  {' '.join(one.text.split())}")


if __name__ == "__main__":
    main()
