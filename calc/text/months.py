"""The names of the months, from ``calc/data/months.tsv``."""

from __future__ import annotations

from . import data_tables

_ROWS = data_tables.table("months")

# As they are written, January first.
NAMES = tuple(row["english"].split()[0].capitalize() for row in _ROWS)
# The number of a month by each of its English names, in small letters: "january", "jan".
ENGLISH = {name: int(row["month"]) for row in _ROWS for name in row["english"].split()}
# The same in any language in which aid news is published.
ANY_LANGUAGE = ENGLISH | {name: int(row["month"]) for row in _ROWS for name in row["other"].split()}
