"""RESULTS.md holds one section for each benchmark, between markers; a run replaces its own."""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def write_section(name: str, body: str) -> None:
    """Put ``body`` between the markers of ``name``, the rest of the file as it is."""
    section = f"<!-- {name} -->\n{body.strip()}\n<!-- /{name} -->\n"
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    pattern = re.compile(f"<!-- {name} -->.*?<!-- /{name} -->\n?", re.DOTALL)
    if pattern.search(old):
        new = pattern.sub(lambda _: section, old)
    else:
        new = f"{old.rstrip()}\n\n{section}"
    RESULTS.write_text(new, encoding="utf-8")
