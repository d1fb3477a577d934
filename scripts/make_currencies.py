"""Build ``rates/data/currencies.tsv`` and its entry in ``rates/data/SOURCE.toml``.

Run by hand when ISO 4217 changes: ``python scripts/make_currencies.py``. It needs the packages
``iso4217`` (live codes, minor units) and ``babel`` (CLDR: names, life spans); the program itself
needs neither.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_global
from iso4217 import Currency, raw_xml

RETRIEVED = "2026-11-22"
DATA = Path(__file__).resolve().parents[1] / "rates" / "data"
COLUMNS = ("code", "name", "minor_units", "first", "last", "successor", "euro_rate")

# Units per 1 EUR, fixed by law for ever, with the day from which it applies: Council Regulation
# (EC) 2866/98 (the first eleven) and its amendments, the latest of July 2025 for BGN.
EURO = {
    "ATS": ("13.7603", "1999-01-01"),
    "BEF": ("40.3399", "1999-01-01"),
    "DEM": ("1.95583", "1999-01-01"),
    "ESP": ("166.386", "1999-01-01"),
    "FIM": ("5.94573", "1999-01-01"),
    "FRF": ("6.55957", "1999-01-01"),
    "IEP": ("0.787564", "1999-01-01"),
    "ITL": ("1936.27", "1999-01-01"),
    "LUF": ("40.3399", "1999-01-01"),
    "NLG": ("2.20371", "1999-01-01"),
    "PTE": ("200.482", "1999-01-01"),
    "GRD": ("340.750", "2001-01-01"),
    "SIT": ("239.640", "2007-01-01"),
    "CYP": ("0.585274", "2008-01-01"),
    "MTL": ("0.429300", "2008-01-01"),
    "SKK": ("30.1260", "2009-01-01"),
    "EEK": ("15.6466", "2011-01-01"),
    "LVL": ("0.702804", "2014-01-01"),
    "LTL": ("3.45280", "2015-01-01"),
    "HRK": ("7.53450", "2023-01-01"),
    "BGN": ("1.95583", "2026-01-01"),
    "XEU": ("1", "1999-01-01"),  # Council Regulation (EC) 1103/97, article 2: one to one
}

# Ended codes that can stand in a source from 1999 on, with what replaced them. CLDR knows more:
# left out are accounting units and codes that ISO 4217 never listed (MCF, CNH).
SUCCESSORS = {
    "ADP": "EUR",
    "AFA": "AFN",
    "ANG": "XCG",
    "AON": "AOA",
    "AOR": "AOA",
    "AZM": "AZN",
    "BGL": "BGN",
    "BYB": "BYR",
    "BYR": "BYN",
    "CSD": "RSD",
    "CUC": "CUP",
    "ECS": "USD",
    "GHC": "GHS",
    "MGF": "MGA",
    "MRO": "MRU",
    "MZM": "MZN",
    "PLZ": "PLN",
    "ROL": "RON",
    "RUR": "RUB",  # ended 1998, but sources go on writing it for RUB
    "SDD": "SDG",
    "SLL": "SLE",
    "SRG": "SRD",
    "STD": "STN",
    "TJR": "TJS",
    "TMM": "TMT",
    "TPE": "USD",
    "TRL": "TRY",
    "VEB": "VEF",
    "VEF": "VES",
    "YUM": "CSD",
    "ZMK": "ZMW",
    "ZWD": "ZWN",
    "ZWL": "ZWG",
    "ZWN": "ZWR",
    "ZWR": "ZWL",
}

# Codes that CLDR does not know.
NAMES = {"ZWN": "Zimbabwean Dollar (2006–2008)"}

# First days that CLDR gives for another meaning of the code, or not at all.
FIRST = {
    "XEU": "1979-03-13",  # the European Monetary System began
    "ZWN": "2006-08-01",
    "VED": "2021-10-01",  # CLDR has no date: the digital bolívar's launch
    "XCG": "2025-03-31",
}
LAST = {"ZWD": "2006-07-31", "ZWN": "2008-07-31"}  # CLDR has one dollar for both


def life_spans() -> dict[str, tuple[str, str]]:
    """Return code -> (first, last) as ISO dates or "", the hull over all territories."""
    spans: dict[str, list[tuple[str, str]]] = {}
    for entries in get_global("territory_currencies").values():
        for code, start, end, _tender in entries:
            days = tuple(datetime.date(*day).isoformat() if day else "" for day in (start, end))
            spans.setdefault(code, []).append((days[0], days[1]))
    return {
        code: (
            min(first for first, _ in found) if all(first for first, _ in found) else "",
            max(last for _, last in found) if all(last for _, last in found) else "",
        )
        for code, found in spans.items()
    }


def rows() -> list[tuple[str, ...]]:
    live = {currency.code: currency for currency in Currency}
    names = Locale("en").currencies
    fractions = get_global("currency_fractions")
    spans = life_spans()
    table = []
    for code in sorted({*live, *EURO, *SUCCESSORS}):
        first, last = spans.get(code, ("", ""))
        first, last = FIRST.get(code, first), LAST.get(code, last)
        rate, successor = "", SUCCESSORS.get(code, "")
        if code in live:
            exponent = live[code].exponent
            digits = "" if exponent is None else str(exponent)
            last = ""
        else:
            digits = str(fractions.get(code, fractions["DEFAULT"])[0])
        if code in EURO:
            rate, start = EURO[code]
            before = datetime.date.fromisoformat(start) - datetime.timedelta(days=1)
            last, successor = before.isoformat(), "EUR"
        name = names.get(code) or NAMES.get(code) or live[code].currency_name
        table.append((code, name, digits, first, last, successor, rate))
    return table


def write_source(path: Path, table: str) -> None:
    """Put the entry ``table`` in place of the one for currencies.tsv, or at the end."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    entry = re.compile(r'^\["currencies\.tsv"\]\n(?:(?!\[).*\n?)*', re.MULTILINE)
    rest = entry.sub("", old).rstrip("\n")
    path.write_text((rest + "\n\n" if rest else "") + table, encoding="utf-8")


def main() -> None:
    published = raw_xml.attrib["Pblshd"]
    cldr = version("babel")
    comments = (
        f"# ISO 4217 list one as published {published} (package iso4217 {version('iso4217')},",
        f"# public domain); names and life spans of Unicode CLDR (package babel {cldr},",
        "# Unicode License v3); euro rates of the Council Regulations named in the script.",
        "# Written by scripts/make_currencies.py: do not edit by hand.",
        "# minor_units: digits after the point; empty for metals, funds and testing codes. For",
        "#   ended codes CLDR's habit.",
        "# first, last: legal tender as CLDR knows it, times of double circulation included; empty",
        "#   = unknown or live. With a euro_rate, last is the day before the euro came, and the",
        "#   rate (units per 1 EUR) holds from the next day on.",
    )
    lines = [*comments, "\t".join(COLUMNS), *("\t".join(row) for row in rows())]
    data = ("\n".join(lines) + "\n").encode()
    (DATA / "currencies.tsv").write_bytes(data)
    write_source(
        DATA / "SOURCE.toml",
        '["currencies.tsv"]\n'
        'origin = "ISO 4217 list one (package iso4217), Unicode CLDR (package babel), '
        'Council Regulations on euro conversion rates"\n'
        f'versions = "ISO 4217 {published}; iso4217 {version("iso4217")}; babel {cldr}"\n'
        f'retrieved = "{RETRIEVED}"\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        'terms = "iso4217: public domain; CLDR: Unicode License v3; regulations: free to reuse '
        'with their source named (Commission Decision 2011/833/EU)"\n',
    )


if __name__ == "__main__":
    main()
