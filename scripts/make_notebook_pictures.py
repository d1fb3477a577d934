"""The picture of results in a notebook, light and dark, from the example folder.

``PYTHONPATH=. python scripts/make_notebook_pictures.py [FOLDER]`` writes ``notebook.png`` into
``docs/pictures`` or FOLDER. Needs playwright (the extra ``dev``) and a Chromium of the system.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
WIDTH, MOST_BYTES = 1360, 300_000
# The colours that JupyterLab's two themes give to what is shown, as its variables name them.
THEMES = {
    "light": ("#fff", "rgba(0, 0, 0, .87)", "rgba(0, 0, 0, .54)", "#e0e0e0"),
    "dark": ("#111", "rgba(255, 255, 255, 1)", "rgba(255, 255, 255, .7)", "#616161"),
}
_FONT = "system-ui, -apple-system, 'Noto Sans', sans-serif"


def page() -> str:
    """Two panels with the same three results, one for each theme."""
    claims = pc.read(ROOT / "examples" / "lithuania" / "courier-memorandum.txt")
    results = (pc.convert("683m", "EUR", "USD", on="2024-11-04"), pc.view(claims))
    shown = "".join(one._repr_html_() for one in (*results, pc.view(pc.check(claims))))
    panels = "".join(
        f'<div class="panel" style="background:{paper};color:{ink};--jp-content-font-color1:{ink};'
        f"--jp-content-font-color2:{quiet};--jp-border-color2:{line};"
        f'--jp-content-font-size1:14px">{shown}</div>'
        for paper, ink, quiet, line in THEMES.values()
    )
    style = (
        f"body{{margin:0;display:flex;font:14px {_FONT}}}"
        ".panel{flex:1;min-width:0;padding:20px 24px}.pledgecalc-shown{margin-bottom:22px}"
    )
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{panels}'


def main() -> int:
    """Write the picture; an error where there is no Chromium, or it is too large."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit("no Chromium on this machine; on Debian: apt-get install chromium")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as started:
        source = Path(scratch) / "page.html"
        source.write_text(page(), encoding="utf-8")
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": 400})
        view.goto(source.as_uri())
        view.screenshot(path=folder / "notebook.png", full_page=True)
        browser.close()
    size = (folder / "notebook.png").stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"notebook.png has {size:,} bytes, more than {MOST_BYTES:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
