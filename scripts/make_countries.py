"""Check ``calc/data/countries.tsv`` against CLDR, and fill its columns ``name`` and ``currencies``.

The rest of the table is written by hand. Run ``python scripts/make_countries.py`` after adding a
country or when CLDR changes; it needs the package ``babel``, which the program does not.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global

from rates.currencies import currency, known
from rates.tsv import rows

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "calc" / "data" / "countries.tsv"

# What English news calls them, where CLDR has more.
PLAIN = {"HK": "Hong Kong", "MM": "Myanmar"}
# Money that CLDR does not know of yet.
NEWER = {"BG": ["EUR", "BGN"]}


def own_money(territory: str) -> list[str]:
    """Codes of the territory's legal tender: live ones, then those that ended since 1999."""
    if territory in NEWER:
        return NEWER[territory]
    live, ended = [], []
    for code, _start, end, tender in get_global("territory_currencies").get(territory, ()):
        if not tender or not known(code) or (end is not None and end < (1999, 1, 1)):
            continue
        if end is None and currency(code).last is None:
            live.append(code)
        else:
            ended.append(code)
    live.sort(key=lambda code: not code.startswith(territory))  # its own before a neighbour's
    return live + ended[::-1]


def main() -> None:
    names = Locale("en").territories
    comments = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    table = sorted(rows(TABLE), key=lambda row: row["code"])
    for row in table:
        row["name"] = PLAIN.get(row["code"], names[row["code"]])
        row["currencies"] = "|".join(own_money(row["code"]))
    lines = [*comments, "\t".join(table[0]), *("\t".join(row.values()) for row in table)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
