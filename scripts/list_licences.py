"""Writes docs/licences.md: what is installed with pledgecalc, and under which licence.

Reads the metadata of the environment that it runs in, which must have ``pledgecalc[all,test]``'s
packages; the names come from pyproject.toml.
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
# Licences under which a newsroom may use and pass on what it installs: none asks for our source.
FREE = (
    "MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "ISC", "MPL", "Mozilla", "HPND",
    "Zlib", "Unlicense", "0BSD", "CC0", "matplotlib", "BSL",
)  # fmt: skip
KINDS = ("core", "all", "test")


class Dependency(NamedTuple):
    """A package, its licence, and what needs it."""

    name: str
    licence: str
    needed_by: str


def plain(name: str) -> str:
    """A name as package indexes compare it.

    >>> plain("Forex_Python")
    'forex-python'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: metadata.PackageMetadata) -> str:
    """The licence that a package states: the expression, else the classifiers, else the field."""
    stated = package.get("License-Expression")
    if stated:
        return stated
    classes = [
        one.rpartition(" :: ")[2]
        for one in package.get_all("Classifier") or []
        if one.startswith("License ::") and not one.endswith("OSI Approved")
    ]
    field = (package.get("License") or "").strip().split("\n")[0]
    return "; ".join(classes) or field[:60] or "not stated"


def is_free(licence: str) -> bool:
    """Whether a licence, or one of several to choose from, is among those of ``FREE``."""
    return any(name.lower() in licence.lower() for name in FREE)


def needed(names: list[str]) -> set[str]:
    """The packages that are installed for these requirements, themselves included."""
    found: set[str] = set()
    waiting = [(Requirement(name), frozenset[str]()) for name in names]
    while waiting:
        asked, _ = waiting.pop()
        try:
            wants = metadata.requires(asked.name) or []
        except metadata.PackageNotFoundError:
            continue
        found.add(plain(asked.name))
        for text in wants:
            inner = Requirement(text)
            extras = asked.extras or {""}
            holds = inner.marker is None or any(
                inner.marker.evaluate({"extra": extra}) for extra in extras
            )
            if holds and plain(inner.name) not in found:
                waiting.append((inner, frozenset(inner.extras)))
    return found


def dependencies() -> list[Dependency]:
    """Every package, with the smallest set that needs it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]

    def flat(name: str) -> list[str]:
        found: list[str] = []
        for text in extras[name]:
            one = Requirement(text)
            inner = [part for extra in one.extras for part in flat(extra)]
            found += inner if one.name == project["name"] else [text]
        return found

    wanted = {"core": project["dependencies"], "all": flat("all"), "test": flat("test")}
    kind_of: dict[str, str] = {}
    for kind in KINDS:
        for name in needed(wanted[kind]):
            kind_of.setdefault(name, kind)
    return [
        Dependency(name, licence_of(metadata.metadata(name)), kind)
        for name, kind in sorted(kind_of.items(), key=lambda item: (KINDS.index(item[1]), item[0]))
    ]


def page(found: list[Dependency]) -> str:
    """The page."""
    rows = [f"| {one.name} | {one.licence} | {one.needed_by} |" for one in found]
    return "\n".join(
        [
            "# Licences of what is installed with it",
            "",
            "pledgecalc itself is under the MIT licence. These packages come with it: `core` with "
            "every install,",
            "`all` with its extras, `test` for those who change it. `scripts/list_licences.py` "
            "writes this page",
            "from what the packages state; `tests/test_supply.py` checks it. Published data have "
            "their terms in",
            "`rates/data/SOURCE.toml`.",
            "",
            "| package | licence | comes with |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(dependencies()), "utf-8")
