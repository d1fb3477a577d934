"""Write ``calc/data/country_names.tsv``: the countries' names in the languages that are read.

Run ``python scripts/make_country_names.py`` after adding a country or a language, or when CLDR
changes; it needs the package ``babel``, which the program does not.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from rates.tsv import rows

DATA = Path(__file__).resolve().parents[1] / "calc" / "data"
TABLE = DATA / "country_names.tsv"
ABOUT = """\
# The names of countries and territories in other languages than English, in the nominative, by
# ISO 3166 code. Written by scripts/make_country_names.py from CLDR (Unicode License v3): edit the
# other names that a language has in party_words.tsv, and case forms in word_endings.tsv.
"""


def main() -> None:
    languages = [row["code"] for row in rows(DATA / "stop_words.tsv") if row["code"] != "en"]
    names = {language: Locale(language).territories for language in languages}
    lines = ["\t".join(["code", *languages])]
    for row in rows(DATA / "countries.tsv"):
        code = row["code"]
        lines.append("\t".join([code, *(names[one].get(code, "") for one in languages)]))
    TABLE.write_text(ABOUT + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
