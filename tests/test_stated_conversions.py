"""Stated conversions as the press prints them: no honest one is accused.

How many are paired and judged fairly is counted in test_scores.py.
"""

from scoring.conversions import verdicts

FAIR = {"consistent", "consistent-if-rounded", "consistent-if-truncated", "untestable", None}


def test_no_honest_conversion_is_flagged() -> None:
    flagged = [
        (one["text"], verdict)
        for one, verdict in verdicts()
        if one["verdicts"][0].startswith("consistent") and verdict not in FAIR
    ]
    assert flagged == []
