"""The verbs for single questions: their rows in the overview and their options; loads no room."""

from __future__ import annotations

from typing import Any

# usage, what it answers, examples
QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "same FILE FILE",
        "are two files about the same pledge? yes, no or maybe, and why",
        ("same examples/questions/cut-1.txt examples/questions/cut-2.txt",),
    ),
    (
        "stages FILE... [--donor NAME]",
        "pledged, committed, allocated, disbursed by donor",
        ("stages examples/lithuania", "stages aid.csv --in USD --without loan,in-kind"),
    ),
    (
        "timeline [ID] FILE...",
        "was it announced before? a pledge as it was told, day by day",
        ("timeline examples/lithuania", "timeline p-1a2b examples/lithuania"),
    ),
    (
        "parts FILE...",
        "do the parts add up to the whole? the missing part",
        ("parts examples/questions/whole-and-parts.txt",),
    ),
    (
        "headlines FILE...",
        "does the headline say what the body says? the cause",
        ("headlines examples/questions", "headlines page.html --json"),
    ),
    (
        "yearly FILE...",
        "how much a year is it, and does the source say so?",
        ("yearly examples/questions/several-years.txt",),
    ),
    (
        "effects AMOUNT CUR DAY AMOUNT CUR DAY --in CUR",
        "did the amount change, or only the exchange rate?",
        (
            "effects 683m EUR 2024-11-04 910m EUR 2025-03-02 --in USD",
            "effects 683m EUR 910m EUR --in USD --stated 763m,940m",
        ),
    ),
    (
        "share PERCENT COUNTRY YEAR | FILE... --gdp FILE",
        "what a share of GDP is in money, by a table of yours",
        (
            "share 0.25% Lithuania 2024 --gdp examples/gdp.csv",
            "share examples/lithuania --gdp examples/gdp.csv --year 2024",
        ),
    ),
    (
        "constant FILE...",
        "constant prices: the table that pydeflate takes",
        ("constant examples/lithuania --base-year 2021 -o nominal.csv",),
    ),
)
NAMES = tuple(usage.split()[0] for usage, _, _ in QUESTIONS)
OF_WORDS = ("effects",)  # whose words are no files
_PARTIES: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--donor",), {"metavar": "NAME", "help": "only this donor, as in Lithuania"}),
    (("--recipient",), {"metavar": "NAME", "help": "only this recipient"}),
)
OPTIONS: dict[str, tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = {
    "stages": (
        *_PARTIES,
        (
            ("--without",),
            {
                "metavar": "KINDS",
                "default": "loan,in-kind",
                "help": "a second line without these: loan, grant, guarantee, in-kind",
            },
        ),
    ),
    "effects": (
        (
            ("--stated",),
            {"metavar": "A,B", "help": "what the sources give as equivalents: 763m,940m"},
        ),
        (
            ("--convention",),
            {
                "choices": ("earlier-rate", "later-rate", "midpoint"),
                "default": "earlier-rate",
                "help": "at which rate the amount effect is (default: earlier-rate)",
            },
        ),
    ),
    "share": (
        (
            ("--gdp",),
            {
                "metavar": "FILE",
                "required": True,
                "help": "CSV of GDP in current prices: country, year, gdp, currency; its vintage "
                "is named",
            },
        ),
        (
            ("--year",),
            {"metavar": "YEAR", "type": int, "help": "the GDP of this year (default: the claim's)"},
        ),
    ),
    "constant": (
        (
            ("--base-year",),
            {"metavar": "YEAR", "type": int, "help": "the year whose prices are wanted"},
        ),
    ),
}
CITE: tuple[tuple[str, ...], dict[str, Any]] = (
    ("--cite",),
    {"action": "store_true", "help": "and a line to quote: inputs, rates, policy, version"},
)
