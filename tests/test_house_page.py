"""The map for contributors names only what exists, and all rooms in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_layers import MODULES, ROOMS, ROOT

PAGE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
NAMED = list(dict.fromkeys(re.findall(r"`([^`\n]+)`", PAGE)))
PATHS = [name for name in NAMED if re.fullmatch(r"[\w./-]+(?:/|\.\w+)", name) and "/" in name]
CLASSES = [name for name in NAMED if re.fullmatch(r"[A-Z][a-z]\w+(?:\.\w+)?", name)]
TABLES = [name for name in NAMED if re.fullmatch(r"\w+\.tsv", name)]
SOURCES = "".join(path.read_text(encoding="utf-8") for path in MODULES.values())


@pytest.mark.parametrize("name", PATHS)
def test_every_file_on_the_map_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_on_the_map_exists(name: str) -> None:
    assert list(Path(ROOT, "calc", "data").glob(name))


@pytest.mark.parametrize("name", CLASSES)
def test_every_record_on_the_map_exists(name: str) -> None:
    owner, _, member = name.partition(".")
    found = re.search(rf"^class {owner}\b(?:.|\n(?!class ))*", SOURCES, re.MULTILINE)
    assert found is not None
    assert not member or f"def {member}(" in found.group()


def test_the_map_lists_the_rooms_in_their_order() -> None:
    rooms = re.findall(r"^\| `calc/(\w+)(?:/|\.py)` \|", PAGE, re.MULTILINE)
    assert tuple(rooms) == ROOMS


def test_the_map_says_enough_to_be_checked() -> None:
    assert len(PATHS) > 40
    assert len(CLASSES) > 8
