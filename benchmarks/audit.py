"""The audit on made tables whose policy is known: a confusion matrix, and the time for 5 M rows.

Run it with the Python of an environment in which pledgecalc is installed. Writes its own section
of RESULTS.md, between markers; ``--quick`` makes fewer tables and leaves the file alone.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
from sections import write_section

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from audit_tables import FIFTEEN, Made, made, random_policy  # noqa: E402

from calc.audit import audit  # noqa: E402
from rates import ecb  # noqa: E402

KINDS = (
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing"),
    *("fixed day", "fixed month", "fixed year", "window", "column", "own rates", "round rates"),
    *("month-start", "month-first", "quarter-avg", "fiscal-avg", "year-start", "year-end"),
)
COLUMNS = (*KINDS, "another", "undecided", "none")
MARK = "audit"
HARD = (
    ("clean", {}),
    ("rates to 4 decimals", {"rate_decimals": 4}),
    ("whole units", {"decimals": 0}),
    ("thousands", {"decimals": -3}),
    ("in millions, 2 decimals", {"unit": 10**6}),
    ("text, to USD", {"as_text": True, "to": "USD", "currencies": ("EUR", "GBP", "CHF")}),
    ("15 currencies, one off", {"currencies": FIFTEEN, "rows": 300, "odd": {"CHF": 1.0052}}),
    ("5 % spoiled, 5 % missing", {"spoil": 10, "missing": 10}),
    ("one currency, 40 rows", {"currencies": ("USD",), "rows": 40}),
    ("one currency, 5 rows", {"currencies": ("SEK",), "rows": 5}),
    ("monthly dates", {"dates": "months"}),
    ("a third one month off", {"dates": "months", "shifted": 0.33}),
    ("noise of 5 bp", {"jitter_bp": 5.0}),
    ("all on one date", {"dates": "one"}),
    ("5 rows", {"rows": 5}),
    ("pegged", {"currencies": ("DKK",), "rows": 30, "decimals": -3}),
)
OUTCOMES = ("right", "listed", "open", "wrong")
# Rows enough, printed finely enough, on more than one date, at the very rates.
DECIDABLE = tuple(
    name
    for name, options in HARD
    if options.get("rows", 200) >= 40
    and not options.get("jitter_bp")
    and options.get("dates") != "one"
)


def kind_of(policy: str | None, tied: bool) -> str:
    """The row or column of the matrix that a policy stands in."""
    if not policy:
        return "undecided" if tied else "none"
    if policy.startswith("fixed:"):
        rest = policy[6:]
        if "=" in rest:
            return "own rates"
        return {4: "fixed year", 7: "fixed month", 10: "fixed day"}[len(rest)]
    if policy.startswith("window-avg"):
        return "window"
    if policy.partition(":")[0] not in KINDS:
        return "another"
    return policy.partition(":")[0]


def answer(table: Made) -> tuple[str, bool, bool]:
    """What the audit says of most rows; whether it names the policy, or lists it with its ties."""
    found = audit(
        table.frame,
        amount="amount", currency="currency", date="date", converted="converted", to=table.to,
    )  # fmt: skip
    names: Counter[str | None] = Counter()
    tied = False
    truth = "column" if "rate used" in table.frame else table.policy
    listed = False
    for one in found.policies.itertuples():
        listed |= isinstance(one.tied, str) and truth in one.tied.split("|")
        policy = one.policy if isinstance(one.policy, str) else None
        tied |= policy is None and isinstance(one.tied, str)
        names[policy if policy is None or "=" not in policy else "fixed:="] += one.rows
    policy = names.most_common(1)[0][0]
    exact = policy == truth or (policy == "fixed:=" and "=" in truth)
    exact |= policy is not None and policy.startswith("column:") and truth == "column"
    exact |= policy is not None and same_fixings(policy, truth)
    firsts = bool((table.frame["date"].astype("str").str[8:10] == "01").all())
    exact |= firsts and {policy, truth} == {"spot", "month-start"}  # on the first, the same rates
    said = kind_of(policy, tied)
    said = "round rates" if said == "own rates" and is_round(truth) else said
    return said, exact, listed and said == "undecided"


def is_round(policy: str) -> bool:
    """Whether a policy is of numbers of at most three digits."""
    numbers = [part.partition("=")[2] for part in policy.split(",")]
    return "=" in policy and all(len(one.replace(".", "").strip("0")) < 4 for one in numbers)


def same_fixings(one: str, other: str) -> bool:
    """Whether two windows hold the same days of publication (weekends at their ends apart)."""
    if not (one.startswith("window-avg:") and other.startswith("window-avg:")):
        return False
    days = [
        ecb.fixings().between("USD", *map(date.fromisoformat, text.partition(":")[2].split("..")))
        for text in (one, other)
    ]
    return days[0] == days[1]


def main() -> None:
    """Make the tables, audit them, print and write the results."""
    quick = "--quick" in sys.argv
    matrix: Counter[tuple[str, str]] = Counter()
    by_setting: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for number, (setting, options) in enumerate(HARD):
        for at, kind in enumerate(KINDS):
            for turn in range(1 if quick else 3):
                seed = 1000 * number + 10 * at + turn
                table = made(**{**random_policy(kind, seed, options), "seed": seed})
                said, exact, listed = answer(table)
                # the number of a window is right, its origin is left open
                good = exact or said in ("undecided", "none")
                good |= kind == "window" and said == "own rates"
                outcome = "right" if exact else "listed" if listed else "open"
                outcome = outcome if good else "wrong"
                by_setting.setdefault(setting, Counter())[outcome] += 1
                matrix[kind, said] += 1
                if not good:
                    wrong.append(f"{setting}: {table.policy} (seed {seed}) read as {said}")
    lines = ["| made with | " + " | ".join(COLUMNS) + " |"]
    lines.append("|---" * (len(COLUMNS) + 1) + "|")
    for kind in KINDS:
        counts = [str(matrix[kind, one] or "") for one in COLUMNS]
        lines.append(f"| {kind} | " + " | ".join(counts) + " |")
    lines += ["", "| tables | right | listed | open | wrong |", "|---|---|---|---|---|"]
    for setting, outcome in by_setting.items():
        lines.append(f"| {setting} | " + " | ".join(str(outcome[one]) for one in OUTCOMES) + " |")
    lines += ["", "`listed`: the rows cannot decide, and the policy is among those that fit."]
    for title, settings in (("all tables", by_setting), ("tables that can decide", DECIDABLE)):
        sums = Counter[str]()
        for setting in settings:
            sums.update(by_setting[setting])
        shares = [f"{name} {100 * sums[name] / sums.total():.1f} %" for name in OUTCOMES]
        lines += ["", f"Of {title} ({sums.total()}): {', '.join(shares)}."]
    lines += ["", "Wrong: " + ("; ".join(wrong) if wrong else "none") + "."]
    if not quick:
        lines += ["", f"5,000,000 rows of 15 currencies (spot): {large():.1f} s."]
    report = "\n".join(lines) + "\n"
    print(report, end="")
    if not quick:
        write(report)


def large() -> float:
    """Seconds for five million rows."""
    table = made(rows=100_000, currencies=FIFTEEN, seed=5, spoil=50).frame
    places = np.arange(5_000_000) % len(table)
    frame = table.iloc[places].reset_index(drop=True)
    start = time.perf_counter()
    audit(
        frame,
        amount="amount", currency="currency", date="date", converted="converted", to="EUR",
    )  # fmt: skip
    return time.perf_counter() - start


def write(report: str) -> None:
    """Put the section into RESULTS.md, in place of the one before."""
    write_section(
        MARK,
        "## Audit: which policy made a column\n\n"
        "Made by `python benchmarks/audit.py`: tables with a known policy (rows), and what the "
        f"audit said (columns).\n\n{report}",
    )


if __name__ == "__main__":
    main()
