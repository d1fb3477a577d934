"""Splink on the claims of a made world: run by reconciling.py in an environment of its own.

Usage: ``python splink_peer.py claims.csv (stock|features) prior``; prints one JSON object with the
partition at every threshold, the CPU seconds, and the peak memory. It imports nothing of
pledgecalc. ``stock`` takes the levels that Splink's own library offers for amounts, dates and
text; ``features`` takes the evidence that our links use, as far as levels can say it. Both look at
the pairs of one donor and recipient, and are given the true share of matches among all pairs.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def stock() -> list[Any]:
    """Comparisons as the manual builds them: numbers as points, dates by distance, text."""
    amount = cl.CustomComparison(
        output_column_name="euros",
        comparison_levels=[
            cll.NullLevel("euros"),
            cll.ExactMatchLevel("euros"),
            cll.PercentageDifferenceLevel("euros", 0.01),
            cll.PercentageDifferenceLevel("euros", 0.05),
            cll.PercentageDifferenceLevel("euros", 0.2),
            cll.ElseLevel(),
        ],
    )
    day = cl.AbsoluteDateDifferenceAtThresholds(
        "published",
        input_is_string=False,
        metrics=["day", "day", "month", "month"],
        thresholds=[3, 10, 1, 4],
    )
    return [amount, day, cl.JaroWinklerAtThresholds("sentence", [0.95, 0.85, 0.7])]


def features() -> list[Any]:
    """What our links weigh: intervals, the same printed number, days, purposes, programmes."""
    meet = "low_l <= high_r AND low_r <= high_l"
    amount = cl.CustomComparison(
        output_column_name="amount",
        comparison_levels=[
            cll.NullLevel("low"),
            cll.CustomLevel(f"printed_l = printed_r AND {meet} AND share_l < 0.02", "same, rare"),
            cll.CustomLevel(f"printed_l = printed_r AND {meet}", "same number"),
            cll.CustomLevel(meet, "intervals meet"),
            cll.CustomLevel("low_l <= 1.03 * high_r AND low_r <= 1.03 * high_l", "nearly"),
            cll.ElseLevel(),
        ],
    )
    day = cl.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            cll.CustomLevel("abs(day_l - day_r) <= 3", "3 days"),
            cll.CustomLevel("abs(day_l - day_r) <= 10", "10 days"),
            cll.CustomLevel("abs(day_l - day_r) <= 30", "30 days"),
            cll.CustomLevel("abs(day_l - day_r) <= 120", "120 days"),
            cll.ElseLevel(),
        ],
    )
    act = cl.CustomComparison(
        output_column_name="act",
        comparison_levels=[
            cll.NullLevel("act"),
            cll.CustomLevel("abs(act_l - act_r) <= 5", "same act"),
            cll.CustomLevel("abs(act_l - act_r) <= 31", "same month"),
            cll.ElseLevel(),
        ],
    )
    return [amount, day, act, cl.ExactMatch("purpose"), cl.ExactMatch("names"),
            cl.ExactMatch("sentence")]  # fmt: skip


def gigabytes() -> float:
    """The peak memory of this process; its resource usage would count its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1e6


def main() -> None:
    """Train, predict and cluster at every threshold."""
    path, kind, prior = sys.argv[1], sys.argv[2], float(sys.argv[3])
    logging.disable(logging.WARNING)
    start = time.process_time()
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE claims AS SELECT * FROM read_csv_auto(?, header=true)", [path])
    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="claim_id",
        comparisons=stock() if kind == "stock" else features(),
        blocking_rules_to_generate_predictions=[block_on("donor", "recipient")],
        probability_two_random_records_match=prior,
        max_iterations=20,
    )
    linker = Linker(api.register("claims"), settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("donor", "recipient"), fix_probability_two_random_records_match=False
    )
    found = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    parts: dict[str, dict[str, str]] = {}
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            found, threshold_match_probability=threshold
        )
        rows = connection.execute(
            f"SELECT claim_id, cluster_id FROM {clusters.physical_name}"
        ).fetchall()
        parts[str(threshold)] = {str(name): str(cluster) for name, cluster in rows}
    print(
        json.dumps(
            {"parts": parts, "seconds": time.process_time() - start, "gigabytes": gigabytes()}
        )
    )


if __name__ == "__main__":
    main()
