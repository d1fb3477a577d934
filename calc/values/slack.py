"""By what share two amounts may differ and still say one thing: ``calc/data/amount_slack.tsv``."""

from __future__ import annotations

from ..text import data_tables

_SHARES = {row["name"]: float(row["share"]) for row in data_tables.table("amount_slack")}

MARKET = _SHARES["market"]
WITHIN_MONTHS = _SHARES["within-months"]
VERSIONS = _SHARES["versions"]
BEYOND_A_BOUND = _SHARES["beyond-a-bound"]
