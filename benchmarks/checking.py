"""The test of stated conversions on made ones: false flags, power, slips found, causes named.

    python benchmarks/checking.py --conversions 100000 --seed 1

Honest conversions are drawn over thirty pairs of currencies and twelve years, in five worlds; the
rest have one slip each. Prints the tables and writes them between their markers in RESULTS.md;
``--quick`` draws a tenth and leaves the file alone.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pandas as pd

# This folder has a rates.py of its own, which must not hide the package of that name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import itertools

from conversions.made import Made, honest, slip, stale, table
from sections import write_section

from calc.checks import check, flagged
from calc.checks.stated import stated_conversions
from calc.checks.verdicts import judge
from rates import ecb

WORLDS: dict[str, tuple[dict[str, bool], int]] = {  # with the goal, of 10,000
    "fixing of the day ± 1, of the printed figure": ({}, 1),
    "fixing, of a hidden exact figure": ({"hidden": True}, 1),
    "fixing, digits cut off": ({"cut": True}, 30),
    "fixing, hidden figure, both cut off": ({"hidden": True, "cut": True, "cut_base": True}, 30),
    "market rate between fixings": ({"market": True}, 30),
    "market rate, hidden figure, cut off": ({"hidden": True, "market": True, "cut": True}, 30),
}
LAGS = (5, 10, 20, 60, 120, 250)
DIGITS = ((2, 2), (2, 3), (3, 2), (3, 3))
MOVES = (0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, math.inf)
SLIPS = ("scale", "other-currency", "inverted", "copied", "scale and stale")
# What counts as naming the cause; a composition whose one slip explains all is as good as it.
NAMES = {
    "stale": {("other-date",)},
    "scale": {("scale",)},
    "other-currency": {("other-currency",)},
    "inverted": {("inverted",)},
    "copied": {("copied",)},
    "scale and stale": {("scale", "other-date"), ("scale",)},
}


def flags(made: list[Made]) -> pd.Series:
    """Which of the made conversions the check shows to a person, in their order."""
    checks = check(table(made)).set_index("claim_id")
    found = {
        name: flagged(verdict, power if power == power else 0.0)
        for name, verdict, power in zip(
            checks.index, checks["verdict"], checks["power"], strict=True
        )
    }
    return pd.Series([found[f"b{number}"] for number in range(len(made))])


def decidable(one: Made) -> bool:
    """Whether the printed digits can tell the slip from an honest conversion at all.

    Half of the last digit of either figure, a market slack of 0.4 %, and a day's move of 0.5 %.
    """
    leading = [float(f"{amount:e}".split("e")[0]) for amount in (one.amount, one.stated)]
    shown = [
        len(f"{amount:.2e}".split("e")[0].rstrip("0.").replace(".", ""))
        for amount in (one.amount, one.stated)
    ]
    widths = [
        0.5 * 10 ** (1 - max(digits, 2)) / first
        for digits, first in zip(shown, leading, strict=True)
    ]
    apart = max(abs(one.move), abs(one.other))
    return apart > sum(widths) + 0.009


def _false_flags(count: int, seed: int) -> list[str]:
    lines = ["| honest world | conversions | flagged of 10,000 | goal | true day in `windows` |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, (habits, goal) in WORLDS.items():
        rng = Random(f"{name}:{seed}")
        made = [honest(rng, **habits) for _ in range(count)]
        inside = "" if "market" in habits or "cut" in habits else f"{_inside(made):.4f}"
        share = 1e4 * float(flags(made).mean())
        lines.append(f"| {name} | {count:,} | {share:.2f} | ≤ {goal} | {inside} |")
    return lines


def _inside(made: list[Made]) -> float:
    windows = check(table(made)).set_index("claim_id")["windows"].fillna("")
    true = [
        any(
            part.split("..")[0] <= str(one.rate_day) <= part.split("..")[-1]
            for part in windows[f"b{number}"].split(";")
        )
        for number, one in enumerate(made)
        if one.rate_day <= one.published
    ]
    return sum(true) / len(true)


def _power(count: int, seed: int) -> list[str]:
    lines = [f"| EUR/USD, days old | {' | '.join(f'{a}/{b} digits' for a, b in DIGITS)} |",
             "|---|" + "---|" * len(DIGITS)]  # fmt: skip
    for lag in LAGS:
        shares = []
        for digits in DIGITS:
            rng = Random(f"{lag}:{digits}:{seed}")
            shares.append(flags([stale(rng, lag, digits, ("EUR", "USD")) for _ in range(count)]))
        cells = " | ".join(f"{100 * float(one.mean()):.0f} %" for one in shares)
        lines.append(f"| {lag} | {cells} |")
    return lines


def _moves(count: int, seed: int) -> list[str]:
    rng = Random(f"moves:{seed}")
    made = [
        stale(rng, round(math.exp(rng.uniform(math.log(5), math.log(250)))), (3, 3), None)
        for _ in range(count)
    ]
    frame = pd.DataFrame({"move": [one.move for one in made], "flag": flags(made)})
    frame["decidable"] = [decidable(one) for one in made]
    frame["full"] = [_three(one.amount) and _three(one.stated) for one in made]
    lines = ["| stale rate, three digits asked for, by its move | found | without a last zero | "
             "that the digits can show |", "|---|---|---|---|"]  # fmt: skip
    for low, high in itertools.pairwise(MOVES):
        part = frame[(frame["move"] >= low) & (frame["move"] < high)]
        name = (
            f"{100 * low:g} % and more" if high == math.inf else f"{100 * low:g}–{100 * high:g} %"
        )
        lines.append(f"| {name} | {_shares(part)} |")
    lines.append(f"| **2 % and more** (goal 90 %) | {_shares(frame[frame['move'] >= 0.02])} |")
    return lines


def _three(amount: float) -> bool:
    return not f"{amount:.2e}".split("e")[0].endswith("0")


def _shares(part: pd.DataFrame) -> str:
    cells = [part, part[part["full"]], part[part["decidable"]]]
    return " | ".join(f"{100 * one['flag'].mean():.1f} % of {len(one):,}" for one in cells)


def _slips(count: int, seed: int) -> list[str]:
    lines = ["| slip, three digits | found | that the digits can show | cause first of found | "
             "in the first three |", "|---|---|---|---|---|"]  # fmt: skip
    for kind in ("stale", *SLIPS):
        rng = Random(f"{kind}:{seed}")
        made = [
            stale(rng, rng.randrange(20, 250), (3, 3), None)
            if kind == "stale"
            else slip(rng, kind, (3, 3))
            for _ in range(count)
        ]
        found = flags(made)
        clear = [(kind != "stale" and kind.startswith("scale")) or decidable(one) for one in made]
        sure = float(found[pd.Series(clear)].mean())
        ranks = list(_ranks([one for one, flag in zip(made, found, strict=True) if flag], kind))
        lines.append(
            f"| {kind} | {100 * float(found.mean()):.1f} % | "
            f"{100 * sure:.2f} % of {sum(clear):,} | "
            f"{100 * ranks.count(1) / len(ranks):.1f} % | "
            f"{100 * sum(rank <= 3 for rank in ranks) / len(ranks):.1f} % |"
        )
    return lines


def _ranks(made: list[Made], kind: str) -> Iterable[int]:
    """The place of the true cause among the explanations, likeliest first."""
    for stated in stated_conversions(table(made)):
        trials = judge(stated, "spot", ecb.fixings(), every_alternative=True).trials
        worth = sorted(
            (trial for trial in trials if trial.worth),
            key=lambda trial: (round(trial.bits, 9), len(trial.terms)),
        )
        kinds = list(
            dict.fromkeys(tuple(term.partition(":")[0] for term in one.terms) for one in worth)
        )
        yield next((n for n, terms in enumerate(kinds, 1) if terms in NAMES[kind]), 99)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversions", type=int, default=100_000, help="honest ones, in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="a tenth of it, and write nothing")
    asked = parser.parse_args()
    whole = asked.conversions // (10 if asked.quick else 1)
    start = time.process_time()
    parts = [
        _false_flags(whole // len(WORLDS), asked.seed),
        _power(whole // 250, asked.seed),
        _moves(whole // 10, asked.seed),
        _slips(whole // 100, asked.seed),
    ]
    said = (
        f"Made by `python benchmarks/checking.py`: {whole:,} honest conversions, seed "
        f"{asked.seed}, {time.process_time() - start:.0f} s of CPU time. Two or three digits on "
        "either side, thirty pairs of fifteen currencies, 2014 to 2026. "
        "A flag is a verdict other than consistent whose test has power. A slip that moves the "
        "figure by less than half of both last digits, the market slack and a day's move cannot "
        "be told from an honest conversion by anyone."
    )
    section = "\n".join(["## Checking stated conversions", "", said, "", "\n\n".join(
        "\n".join(lines) for lines in parts), ""])  # fmt: skip
    print(section)
    if not asked.quick:
        write_section("checking", section)


if __name__ == "__main__":
    main()
