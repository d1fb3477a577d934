"""The pictures of the README and the documentation, made from the example folder.

    python scripts/make_pictures.py [FOLDER]

Writes ``page.png`` (the first screen of the page of ``examples/lithuania``, below 300 kB) into
``docs/pictures`` or FOLDER. Needs playwright (the extra ``dev``) and a Chromium of the system.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 300_000
WIDTH, HEIGHT = 1100, 1180


def chromium() -> str:
    """The path of a Chromium; an error that says how to get one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit("no Chromium on this machine; on Debian: apt-get install chromium")
    return found


def picture_of_page(target: Path) -> None:
    """The first screen of the page of the example folder, light."""
    result = pc.reconcile(pc.read(ROOT / "examples" / "lithuania"), "USD")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        page = Path(folder, "page.html")
        result.to_html(page)
        browser = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        view = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            reduced_motion="reduce",
        )
        view.goto(page.as_uri())
        view.screenshot(path=target)
        browser.close()


def main() -> None:
    """Make every picture and refuse one that is too large to load with a page."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "page.png"
    picture_of_page(target)
    size = target.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{target} has {size:,} bytes, more than {MOST_BYTES:,}")
    print(f"{target}: {size:,} bytes")


if __name__ == "__main__":
    main()
