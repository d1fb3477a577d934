"""The verbs for single questions: their rows in the overview and their options; loads no room."""

from __future__ import annotations

from typing import Any

# usage, what it answers, examples
QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "same FILE FILE",
        "whether two files are about the same pledge, and why",
        ("same examples/questions/cut-1.txt examples/questions/cut-2.txt",),
    ),
    (
        "stages FILE... [--donor NAME]",
        "pledged, committed, allocated, disbursed by donor",
        ("stages examples/lithuania", "stages aid.csv --in USD --without loan,in-kind"),
    ),
    (
        "timeline [ID] FILE...",
        "a pledge as it was told day by day: was it announced before",
        ("timeline examples/lithuania", "timeline p-1a2b examples/lithuania"),
    ),
    (
        "parts FILE...",
        "whether the parts add up to the whole, and what is missing",
        ("parts examples/questions/whole-and-parts.txt",),
    ),
    (
        "headlines FILE...",
        "whether the headline says what the body says, and the cause",
        ("headlines examples/questions", "headlines page.html --json"),
    ),
    (
        "yearly FILE...",
        "how much a year it is, and whether the source says so",
        ("yearly examples/questions/several-years.txt",),
    ),
    (
        "effects AMOUNT CUR DAY AMOUNT CUR DAY --in CUR",
        "what the amount and what the exchange rate changed",
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
