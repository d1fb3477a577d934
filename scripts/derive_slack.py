"""Derive calc/data/slack.tsv from the one-day moves of the embedded ECB history.

Run from the top of the repository: ``python scripts/derive_slack.py > calc/data/slack.tsv``.
A writer uses the market rate of some hour, the test uses one fixing a day: the median move from
one fixing to the next is what two honest rates of one day typically differ by.
"""

from __future__ import annotations

import statistics
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rates import ecb

STEP = 0.0005  # nearest 0.05 %: the moves are not known better than that
FLOOR = 0.0002  # pegged currencies: banks still quote a spread of a few hundredths of a percent
DEFAULT = 0.003  # measured: no honest conversion of 100,000 flagged, 2022-2025, EUR/USD

HEADER = """\
# The market slack of a stated-conversion test: the share by which the fixings of the tested days
# are widened, because writers use market rates of some hour and not the ECB's fixing.
# Made by scripts/derive_slack.py: the median absolute move from one fixing to the next over the
# currency's whole ECB history, to the nearest 0.05 %, at least 0.02 %. EUR has none: every pair
# takes its slack from the other currency; a pair without EUR takes the root of the sum of squares.
# The row "default" serves currencies of other tables of rates."""


def main() -> None:
    """Print the table."""
    table = ecb.fixings()
    print(HEADER)
    print("currency\tslack\treason")
    print(f"default\t{DEFAULT}\tno history of its own: the slack measured for EUR/USD")
    print("EUR\t0\tbase of the table")
    for code in sorted(table.currencies()):
        if code == "EUR":
            continue
        values = [float(fixing.value) for fixing in table.between(code, table.first, table.last)]
        moves = [abs(new / old - 1) for old, new in pairwise(values)]
        if not moves:
            continue
        median = statistics.median(moves)
        slack = max(round(median / STEP) * STEP, FLOOR)
        reason = f"median one-day move {100 * median:.3f} %, {len(moves)} moves"
        print(f"{code}\t{slack:.4f}\t{reason}")


if __name__ == "__main__":
    main()
