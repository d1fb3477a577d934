"""Every currency of ISO 4217 in use, converted on one day: the table in ``docs/rates.md``.

python scripts/list_currencies.py            print it
python scripts/list_currencies.py --write    put it into the page
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the script runs from a clone, installed or not

from rates.conversion import rate  # noqa: E402
from rates.currencies import currencies  # noqa: E402
from rates.errors import NoRateError  # noqa: E402
from rates.tsv import table  # noqa: E402

PAGE = ROOT / "docs" / "rates.md"
DAY = "2024-06-03"
_MARKS = re.compile(r"(<!-- currencies -->\n).*?(<!-- end -->\n)", re.DOTALL)


def rows() -> list[tuple[str, str]]:
    """A source or a reason, and the codes, of all currencies that are in use."""
    reasons = {row["currency"]: row["reason"] for row in table("no_rates")}
    found: dict[str, list[str]] = {}
    for one in currencies():
        if one.last is not None:
            continue
        try:
            made = rate(one.code, "EUR" if one.code != "EUR" else "USD", DAY)
        except NoRateError:
            what = f"no rate: {reasons[one.code]}"
        else:
            named = [name for name in made.leg_sources if name != "ECB"] or ["ECB"]
            what = named[0] if named[0] in ("ECB", "NBP") else "parity or peg"
            if what == "NBP" and made.days_back:
                what = f"NBP, table B of {made.rate_date}"
        found.setdefault(what, []).append(one.code)
    order = sorted(found, key=lambda what: (what.startswith("no rate"), -len(found[what]), what))
    return [(what, ", ".join(found[what])) for what in order]


def shown() -> str:
    """The table as Markdown."""
    lines = [f"| on {DAY} from | currencies of ISO 4217 |", "|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {codes} |" for what, codes in rows())]) + "\n"


def main(arguments: list[str]) -> int:
    """Print the table, or put it into the page."""
    if arguments != ["--write"]:
        print(shown(), end="")
        return 0
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MARKS.sub(lambda at: at[1] + shown() + at[2], page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
