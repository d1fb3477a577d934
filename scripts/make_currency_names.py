"""Build ``calc/data/currency_names.tsv``: full names of currencies as each language prints them.

Run by hand when CLDR changes: ``python scripts/make_currency_names.py``. It needs the package
``babel`` (CLDR: names with their plural forms); the program itself does not. English has every
currency, the other languages the thirty most printed ones. Names of one word ("pounds", "kronor")
are no part of the table: whether they decide is a judgement, made in ``currency_words.tsv``.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).resolve().parents[1] / "calc" / "data" / "currency_names.tsv"
LANGUAGES = ("uk", "de", "fr", "pl", "lt", "et", "sv", "nb", "da", "nl", "es", "it", "ru")
PRINTED = (
    "EUR USD GBP JPY CHF SEK NOK DKK PLN CZK HUF RON BGN UAH RUB TRY CNY CAD AUD NZD INR KRW ILS "
    "ISK SGD HKD BRL MXN ZAR SAR"
).split()
# Ended currencies that English sources of the years since 1990 still name.
ENDED = (
    "DEM FRF ITL ESP BEF NLG ATS FIM IEP GRD PTE SKK SIT HRK LTL LVL EEK BGN LUF CYP MTL".split()
)
# Names that English prints beside the one in CLDR; the plural of a listed noun is listed too.
ALSO = {
    "Bermudian dollar|Bermudian dollars|Bermuda dollars": "BMD",
    "Barbados dollar|Barbados dollars": "BBD",
    "Bahamas dollars": "BSD",
    "Fiji dollar|Fiji dollars": "FJD",
    "Namibia dollars": "NAD",
    "Guyana dollars|Guyanese dollars": "GYD",
    "Trinidad and Tobago dollar|Trinidad and Tobago dollars": "TTD",
    "Solomon Island dollars": "SBD",
    "Costa Rican colones": "CRC",
    "Mongolian tugrik|Mongolian tögrög": "MNT",
    "Nicaraguan cordobas|Nicaraguan cordoba": "NIO",
    "Venezuelan bolivars|Venezuelan bolivares": "VES",
    "Macedonian denars": "MKD",
    "Albanian lek|Albanian leks": "ALL",
    "Botswana pula": "BWP",
    "Zambian kwacha": "ZMW",
    "Malawian kwacha": "MWK",
    "Angolan kwanza": "AOA",
    "Burmese kyat|Myanmar kyat": "MMK",
    "Laotian kip|Lao kip": "LAK",
    "Paraguayan guarani|Paraguayan guaraníes": "PYG",
    "Kyrgyz som|Kyrgyz soms": "KGS",
    "Uzbek som|Uzbek soms|Uzbekistani soms": "UZS",
    "Tajik somoni|Tajik somonis": "TJS",
    "Kazakh tenge|Kazakhstani tenge": "KZT",
    "Georgian lari": "GEL",
    "Armenian dram": "AMD",
    "Bangladeshi taka": "BDT",
    "Vietnamese dongs": "VND",
    "Nigerian naira": "NGN",
    "Ethiopian birr": "ETB",
    "Malaysian ringgit": "MYR",
    "Indonesian rupiah": "IDR",
    "Icelandic kronur|Icelandic króna|Icelandic krona": "ISK",
    "Czech koruna|Czech koruny|Czech korun": "CZK",
    "Bulgarian lev|Bulgarian levs": "BGN",
    "Brazilian reais|Brazilian real": "BRL",
    "Israeli shekels|Israeli shekel": "ILS",
    "Turkish liras|Turkish lira": "TRY",
    "Iraqi dinar": "IQD",
    "Moroccan dirham": "MAD",
    "Emirati dirhams|UAE dirham": "AED",
    "South African rands": "ZAR",
    "Polish zloty|Polish zlotych": "PLN",
    "Finnish marks|Finnish markka": "FIM",
    "Slovenian tolar": "SIT",
    "Spanish peseta": "ESP",
    "Belarusian roubles|Belarusian rouble": "BYN",
    "Russian roubles|Russian rouble": "RUB",
    "Chinese renminbi|Chinese yuan renminbi": "CNY",
    "Saudi Arabian riyals|Saudi rials": "SAR",
    "Haitian gourde": "HTG",
    "Ghana cedis": "GHS",
    "Sierra Leone leones": "SLE",
    "special drawing right": "XDR",
}
# Names of one word after a pair in CLDR ("British pounds") are judged by hand, as are these,
# which are no money in a running text or whose code has no rate.
LEFT_OUT = re.compile(r"[(\d]|\b(?:unit|test|ounce|offshore|fund|gold|silver|WIR|unknown)", re.I)


def forms(locale: Locale, code: str) -> set[str]:
    """Every name of ``code`` in the language: the standard one and those by plural."""
    plurals = locale._data["currency_names_plural"].get(code, {})
    return {name for name in (locale.currencies.get(code), *plurals.values()) if name}


def variants(name: str, language: str) -> set[str]:
    """A name in the ways that a sentence prints it."""
    found = {name}
    if language in ("en", "de", "nl", "sv"):
        found.add(name[0].lower() + name[1:] if name[1:2].islower() else name)
    if language == "en":
        found |= {name.lower()} if name[1:2].islower() else set()
        found |= {form.replace(" & ", " and ") for form in set(found)}
    if language == "de":  # adjectives after "Millionen" and in the dative and genitive
        found |= {
            re.sub(r"(isch|ssisch)e\b", rf"\1{ending}", form)
            for form in set(found)
            for ending in ("en", "er")
        }
    return found


def table() -> dict[str, tuple[str, set[str]]]:
    """Printed name → code and the languages that print it so; a name of two codes is dropped."""
    live = {
        entry[0]
        for entries in get_global("territory_currencies").values()
        for entry in entries
        if entry[2] is None and entry[3]
    }
    found: dict[str, list[tuple[str, str]]] = {}
    for language in ("en", *LANGUAGES):
        locale = Locale(language)
        for code in sorted({*live, *ENDED, "XDR"} if language == "en" else PRINTED):
            for name in sorted(forms(locale, code)):
                if " " not in name or LEFT_OUT.search(name):
                    continue
                for form in sorted(variants(name, language)):
                    found.setdefault(form, []).append((code, language))
    for names, code in ALSO.items():
        for name in names.split("|"):
            for form in sorted(variants(name, "en")):
                found.setdefault(form, []).append((code, "en"))
    return {
        name: (entries[0][0], {language for _, language in entries})
        for name, entries in found.items()
        if len({code for code, _ in entries}) == 1
    }


def main() -> None:
    """Write the table."""
    lines = [
        f"# Full names of currencies of Unicode CLDR (package babel {version('babel')}, Unicode",
        "# License v3), with the forms of ALSO. Written by scripts/make_currency_names.py: do not",
        "# edit by hand. languages: CLDR codes of the languages that print the name so.",
        "word\tcode\tlanguages",
    ]
    for name, (code, languages) in sorted(table().items()):
        lines.append(f"{name}\t{code}\t{'|'.join(sorted(languages))}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 4} names in {TARGET.name}")


if __name__ == "__main__":
    main()
