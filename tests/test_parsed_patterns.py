"""What ``calc.text.guarded`` takes from the private parser of ``re``, held for each Python.

The parsed form of a pattern is no public interface. When a Python changes it, these tests say what
changed, before patterns are passed over without a sound.
"""

import ast
import inspect
import re
import sys
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from calc.text import guarded
from calc.text.guarded import Guarded

PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"
CHANGED = f"{PYTHON} parses patterns in another way: teach calc/text/guarded.py"


def names_used() -> set[str]:
    """The names of ``re._constants`` that the source of ``guarded`` has."""
    tree = ast.parse(inspect.getsource(guarded))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sre"
    }


def shown(parsed: Any) -> Any:
    """A parsed pattern as plain tuples and lists: each operation by its name."""
    if isinstance(parsed, sre_parser.SubPattern | list):
        return [shown(item) for item in parsed]
    if isinstance(parsed, tuple):
        return tuple(map(shown, parsed))
    return parsed.name if hasattr(parsed, "name") else parsed


def test_the_names_are_found() -> None:
    assert {"LITERAL", "SUBPATTERN", "BRANCH", "CATEGORY_DIGIT"} <= names_used()


@pytest.mark.parametrize("name", sorted(names_used()))
def test_every_constant_that_is_used_is_there(name: str) -> None:
    assert hasattr(sre, name), f"re._constants of {PYTHON} has no {name}: see calc/text/guarded.py"


A, B = ("LITERAL", 97), ("LITERAL", 98)


@pytest.mark.parametrize(
    ("pattern", "parsed"),
    [
        ("ab", [A, B]),
        ("[a-b]", [("IN", [("RANGE", (97, 98))])]),
        ("[ab]", [("IN", [A, B])]),
        ("[^ab]", [("IN", [("NEGATE", None), A, B])]),
        ("[^a]", [("NOT_LITERAL", 97)]),
        (r"\s", [("IN", [("CATEGORY", "CATEGORY_SPACE")])]),
        (r"\d", [("IN", [("CATEGORY", "CATEGORY_DIGIT")])]),
        (r"\w", [("IN", [("CATEGORY", "CATEGORY_WORD")])]),
        (".", [("ANY", None)]),
        (r"\b", [("AT", "AT_BOUNDARY")]),
        (r"\B", [("AT", "AT_NON_BOUNDARY")]),
        ("a$", [A, ("AT", "AT_END")]),
        ("(a)", [("SUBPATTERN", (1, 0, 0, [A]))]),
        ("(?:a)b", [A, B]),
        ("(?i:a)", [("SUBPATTERN", (None, int(re.IGNORECASE), 0, [A]))]),
        ("(?=a)", [("ASSERT", (1, [A]))]),
        ("(?<!a)", [("ASSERT_NOT", (-1, [A]))]),
        ("(?>a)", [("ATOMIC_GROUP", [A])]),
        ("aa|bb", [("BRANCH", (None, [[A, A], [B, B]]))]),
        ("a|b", [("IN", [A, B])]),
        ("ab|aa", [A, ("IN", [B, A])]),  # what all branches begin with is told once
        ("a?", [("MAX_REPEAT", (0, 1, [A]))]),
        ("a*?", [("MIN_REPEAT", (0, "MAXREPEAT", [A]))]),
        ("a{2,5}+", [("POSSESSIVE_REPEAT", (2, 5, [A]))]),
    ],
)
def test_a_pattern_is_parsed_as_it_is_read(pattern: str, parsed: list[Any]) -> None:
    found = shown(sre_parser.parse(pattern, 0))
    assert found == parsed, f"{CHANGED} ({pattern!r})"


def test_flags_reach_the_parser() -> None:
    assert shown(sre_parser.parse("a b", re.VERBOSE)) == [A, B], CHANGED


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a(?!b)", "a"),
        ("x|", ""),
        ("(a)?b", "b"),
        ("(?P<one>a)(?P=one)", "aa"),
        ("(a)?(?(1)b|c)", "c"),
        ("a++b", "aab"),
        ("(?>a|ab)c", "ac"),
        (r"(?i:gift)\Z", "GIFT"),
        ("[^a-z]gift", "1gift"),
        ("(?<=a )gift", "a gift"),
    ],
)
def test_whatever_a_pattern_holds_its_fits_are_found(pattern: str, text: str) -> None:
    assert re.search(pattern, text) is not None
    assert Guarded(pattern).search(text) is not None, f"{CHANGED} ({pattern!r})"
