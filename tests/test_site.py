"""The documentation: every page is linked, every block is run, the reference is what the code says.

`PYTHONPATH=. python tests/test_site.py` renews the outputs that the pages show.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from printing import printed

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SITE = runpy.run_path(str(ROOT / "scripts" / "build_site.py"))
REFERENCE = runpy.run_path(str(ROOT / "scripts" / "make_reference.py"))
# Pages whose blocks need more than to be run one after the other, and the test that runs them.
ELSEWHERE = {
    "converting.md": "test_converting_page.py",
    "explained.md": "test_readme.py",
    "files.md": "test_files_page.py",
    "first-steps.md": "test_readme.py",
    "ledgers.md": "test_ledgers_page.py",
    "rates.md": "test_rates_page.py",
    "reading.md": "test_reading_page.py",
    "tables.md": "test_tables_page.py",
}
FENCE = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ pledgecalc (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def pages() -> list[str]:
    """Every page below docs."""
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def run_here(page: str) -> bool:
    """Whether the blocks of a page are run by this test, one after the other."""
    name = Path(page).name
    others = (path.read_text(encoding="utf-8") for path in ROOT.glob("tests/test_*_page.py"))
    return page not in ELSEWHERE and not any(f'"{name}"' in text for text in others)


def renewed(text: str) -> str:
    """A page with the outputs that its blocks give now: sessions, and what cells print."""
    names: dict[str, Any] = {"__name__": "page"}
    said: str | None = None

    def block(found: re.Match[str]) -> str:
        nonlocal said
        kind, body = found.groups()
        told, said = said, None
        if kind == "console":
            shown = [f"$ pledgecalc {one}\n{printed(one).rstrip()}\n" for one, _ in
                     COMMAND.findall(body)]  # fmt: skip
            return "```console\n" + "\n".join(shown) + "```"
        if kind == "python":
            stream = io.StringIO()
            with contextlib.redirect_stdout(stream), contextlib.chdir(ROOT):
                exec(compile(body, "page", "exec"), names)
            said = stream.getvalue()
        if kind == "text" and told is not None:
            return f"```text\n{told.rstrip()}\n```"
        return found[0]

    return FENCE.sub(block, text)


@pytest.mark.parametrize("page", [page for page in pages() if run_here(page)])
def test_every_block_of_the_page_shows_what_it_gives(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = (DOCS / page).read_text(encoding="utf-8")
    assert renewed(text) == text


def test_the_other_pages_are_run_by_the_test_that_is_named() -> None:
    for page, test in ELSEWHERE.items():
        assert page in (ROOT / "tests" / test).read_text(encoding="utf-8")
        assert (DOCS / page).exists()


def test_no_console_line_is_something_else_than_our_command() -> None:
    """A line that no test runs could say anything."""
    for page in pages():
        if run_here(page):
            for kind, body in FENCE.findall((DOCS / page).read_text(encoding="utf-8")):
                lines = [line for line in body.splitlines() if line.startswith("$ ")]
                assert kind != "console" or all(x.startswith("$ pledgecalc ") for x in lines)


def listed() -> list[str]:
    """The pages that the navigation leads to."""
    found: list[str] = SITE["pages_in"](tomllib.loads(SITE["settings"]())["project"]["nav"])
    return found


def test_every_page_is_in_the_navigation_and_nothing_else_is() -> None:
    assert len(listed()) == len(set(listed()))
    assert sorted(listed()) == sorted([*pages(), *SITE["BESIDE"].values()])


def linked_from(path: Path) -> dict[str, Path]:
    """The files of the repository that a page links to, by what the link says."""
    return {
        target: (path.parent / name).resolve()
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if (name := target.partition("#")[0])
        and "://" not in target
        and not target.startswith("mailto:")
    }


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{page}" for page in pages())])
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    found = linked_from(ROOT / page)
    assert [target for target, there in found.items() if not there.exists()] == []


def test_every_page_is_linked_from_the_readme_on() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            if path.suffix == ".md" and path.exists():
                waiting += sorted(linked_from(path).values())
    assert [page for page in pages() if (DOCS / page) not in reached] == []


def test_every_picture_is_made_by_a_script_and_shown_with_words() -> None:
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in ROOT.glob("scripts/make_*pictures.py")
    )
    texts = [(DOCS / page).read_text(encoding="utf-8") for page in pages()]
    texts.append((ROOT / "README.md").read_text(encoding="utf-8"))
    for path in DOCS.glob("pictures/*"):
        assert f'"{path.name}"' in scripts
        assert path.stat().st_size <= 300_000
        shown = re.compile(rf"!\[[^]]{{20,}}\]\([\w/]*pictures/{re.escape(path.name)}\)")
        assert any(map(shown.search, texts)), path.name


def test_every_link_to_a_place_in_a_page_leads_to_a_heading() -> None:
    for page in pages():
        for target in LINK.findall((DOCS / page).read_text(encoding="utf-8")):
            name, _, place = target.partition("#")
            if place and "://" not in target:
                there = (DOCS / page).parent / name if name else DOCS / page
                assert place in anchors(there.read_text(encoding="utf-8")), f"{page}: {target}"


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", head.lower()).strip() for head in heads)
    return {re.sub(r"\s", "-", head) for head in plain}


@pytest.mark.parametrize("name", list(REFERENCE["PAGES"]))
def test_the_reference_is_what_docstrings_and_help_say(name: str) -> None:
    """`make reference` writes it anew."""
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == REFERENCE["PAGES"][name]()


def test_the_ratings_on_the_page_are_those_of_the_table() -> None:
    from calc.text.data_tables import table

    text = (DOCS / "fact-checks.md").read_text(encoding="utf-8")
    for one in table("claim_ratings"):
        row = f"| `{one['verdict']}` | {one['rating']} of 5 | {one['name']} | {one['reason']} |"
        assert row in text


def test_a_link_to_what_stands_beside_the_pages_is_turned() -> None:
    turned = SITE["turned"]
    assert turned("[a](../CHANGELOG.md#x)", DOCS) == "[a](changelog.md#x)"
    assert turned("[a](../../CHANGELOG.md)", DOCS / "reference") == "[a](../changelog.md)"
    assert turned("[a](docs/house.md)", ROOT) == "[a](house.md)"
    assert turned("[a](../examples/aid.csv)", DOCS) == "[a](examples/aid.csv)"
    assert turned("[a](../cli.py)", DOCS) == "a (`cli.py`)"
    assert turned("[a](https://x.example/CHANGELOG.md)", DOCS) == (
        "[a](https://x.example/CHANGELOG.md)"
    )


def test_the_site_is_built_whole_and_from_itself_alone(tmp_path: Path) -> None:
    pytest.importorskip("zensical", reason="zensical is not installed (extra: docs)")
    source = tmp_path / "source"
    SITE["stage"](source)
    settings = (
        SITE["settings"]().replace('"build/docs"', '"source"').replace('"build/site"', '"site"')
    )
    (tmp_path / "zensical.toml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr
    site = tmp_path / "site"
    for page in listed():
        text = (site / page).with_suffix(".html").read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]+)"', text)
        loaded += re.findall(r'<link[^>]+rel="(?:stylesheet|preconnect)"[^>]+href="([^"]+)"', text)
        assert loaded
        assert [one for one in loaded if "//" in one] == []
        for target in re.findall(r'<a[^>]+href="([^"#?]+)[^"]*"', text):
            if "://" not in target and not target.startswith(("mailto:", "javascript:")):
                assert ((site / page).parent / target).exists(), f"{page}: {target}"


def renew() -> None:
    """Write what the blocks give now into the pages."""
    os.environ["COLUMNS"] = "80"
    for page in pages():
        if run_here(page):
            path = DOCS / page
            path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    renew()
