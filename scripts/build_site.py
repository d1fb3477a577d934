"""Put the pages of the site together, and build it: ``python scripts/build_site.py`` (`make docs`).

The pages are those of ``docs``, which also read well where they lie; what stands beside that folder
(the changes, the guide for contributors, the examples) comes along, and links to it are turned.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "zensical.toml"
BESIDE = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
_ENTRY = re.compile(r'= "([\w/-]+\.md)" }')
_OWN_FENCE = re.compile(r"^```\w+ [\w-]+$", re.MULTILINE)
_LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(\))")


def config() -> dict[str, object]:
    """What the site is called and where its parts lie."""
    found: dict[str, object] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]
    return found


def pages_in(nav: object) -> list[str]:
    """The pages that the navigation leads to, in its order."""
    if isinstance(nav, str):
        return [nav]
    inner = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [page for one in inner for page in pages_in(one)]


def settings() -> str:
    """``zensical.toml`` without the pages of the navigation that are not there (yet)."""
    kept = []
    for line in CONFIG.read_text(encoding="utf-8").splitlines(keepends=True):
        page = _ENTRY.search(line)
        if page is None or page[1] in BESIDE.values() or (ROOT / "docs" / page[1]).exists():
            kept.append(line)
    return "".join(kept)


def turned(text: str, home: Path) -> str:
    """A page whose links to what stands beside ``docs`` lead to where it is in the site.

    ``home`` is the folder of the page in the repository.
    """

    def link(found: re.Match[str]) -> str:
        target = found[2]
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        path = (home / target).resolve()
        try:
            name = path.relative_to(ROOT).as_posix()
        except ValueError:
            return found[0]
        depth = "" if home == ROOT or home == ROOT / "docs" else "../"
        if name in BESIDE:
            return f"{found[1]}{depth}{BESIDE[name]}{found[3] or ''}{found[4]}"
        if name.startswith("examples"):
            page = name if path.is_file() else f"{name}/README.md"
            return f"{found[1]}{depth}{page}{found[4]}"
        if home == ROOT and name.startswith("docs/"):
            return f"{found[1]}{name.removeprefix('docs/')}{found[3] or ''}{found[4]}"
        return found[0]

    # "```check other-date" says to our tests what the block is; to a reader it is text
    text = _OWN_FENCE.sub("```text", _LINK.sub(link, text))
    return text.replace("```python\n>>>", "```pycon\n>>>")


def stage(folder: Path) -> None:
    """Copy every page and picture into ``folder``, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name, page in BESIDE.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        (folder / page).write_text(turned(text, ROOT), encoding="utf-8")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = turned(path.read_text(encoding="utf-8"), path.parent)
        (folder / path.relative_to(ROOT / "docs")).write_text(text, encoding="utf-8")


def build() -> int:
    """The site in ``build/site``; how the generator ended."""
    stage(ROOT / str(config()["docs_dir"]))
    used = ROOT / "build" / "zensical.toml"
    used.write_text(settings().replace('"build/', '"'), encoding="utf-8")
    try:
        import zensical  # noqa: F401
    except ImportError:
        print('the site needs zensical; install it with: pip install "pledgecalc[docs]"')
        return 2
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(used)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(build())
