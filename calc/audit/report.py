"""An audit in words: the sentence to print, the notes, the table on a terminal and in HTML."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

import numpy as np
import pandas as pd

from rates import notebook

from ..report.tables import WIDTH, Column, aligned, paragraph
from .own import in_words as own_words
from .verdicts import Judged
from .wording import basis_points, counted, in_words, listed

MOST_SHOWN = 10  # outliers in the text form; all are in ``Audit.outliers``
MOST_NAMED = 4  # currencies named one by one in the sentence
COLUMNS = (
    Column("currency"),
    Column("policy", wrap=True),
    Column("bp", right=True),
    Column("fits", right=True),
    Column("rows", right=True),
    Column("runner-up", wrap=True),
    Column("bp", right=True),
)


class Audited(Protocol):
    """What an audit shows."""

    policies: pd.DataFrame
    outliers: pd.DataFrame
    summary: str
    notes: tuple[str, ...]


def records_of(policies: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts."""
    return [{str(key): value for key, value in row.items()} for row in policies.to_dict("records")]


def signed(gap: float) -> str:
    """A gap in basis points with its direction.

    >>> signed(-52.2)
    '52 basis points low'
    """
    return f"{basis_points(abs(gap))} {'high' if gap > 0 else 'low'}"


def kind(reason: str) -> str:
    """A reason without what differs from row to row.

    >>> kind("3.1 % too high"), kind("inverted rate")
    ('off for no known reason', 'inverted rate')
    """
    return "off for no known reason" if "% too" in reason else reason


def sentences(
    policies: pd.DataFrame,
    judged: Judged,
    *,
    rows: int,
    fits: int,
    gaps: dict[str, float],
    scale: int,
    unused: dict[str, int],
    outliers: Counter[str],
    source: str,
    to: str,
) -> tuple[str, ...]:
    """The sentence to print, then notes."""
    records = records_of(policies)
    first = _summary(records, judged, rows, fits, gaps, source)
    notes = []
    if judged.flipped:
        notes.append(
            "The rates are applied upside down: amounts were multiplied where they had to be "
            "divided, or the other way round."
        )
    if scale:
        size = f"{10 ** abs(scale):,}"
        notes.append(
            f"The converted column is in units of {size} {to}."
            if scale < 0
            else f"The amounts are in units of {size}, the converted column is not."
        )
    noted: dict[str, list[str]] = {}
    for record in records:
        if isinstance(record["note"], str) and record["currency"] not in gaps:
            noted.setdefault(record["note"], []).append(record["currency"])
    if not judged.flipped:
        notes += [f"{', '.join(codes)}: {note}." for note, codes in noted.items()]
    if outliers:
        listing = [f"{count:,} × {reason}" for reason, count in outliers.most_common(6)]
        more = "" if len(outliers) <= 6 else ", and others"
        notes.append(f"Rows that do not follow: {', '.join(listing)}{more}.")
    return (first, *notes, *put_aside(unused))


def _summary(
    records: list[dict[str, Any]],
    judged: Judged,
    rows: int,
    fits: int,
    gaps: dict[str, float],
    source: str,
) -> str:
    many = len(records) > 1
    if judged.policy is None:
        return _of_own(records, rows, fits) or _without_policy(records, judged, rows, source)
    words = in_words(judged.policy, source, many)
    odd = _odd(records, judged.policy, gaps, source)
    in_gaps = sum(one["rows"] for one in records if one["currency"] in gaps)
    second = _second(records, rows)
    if judged.near:
        error = float(np.median([one["error_bp"] for one in records]))
        return (
            f"{counted(fits, rows)} follow {words}, but not exactly: they are typically "
            f"{basis_points(error)} off{odd}."
        )
    return f"{counted(min(rows, fits + in_gaps), rows)} use {words}{second}{odd}."


def _second(records: list[dict[str, Any]], rows: int) -> str:
    counts: Counter[str] = Counter()
    for one in records:
        if isinstance(one["second"], str):
            counts[one["second"]] += round(one["second_share"] * one["rows"])
    if not counts:
        return ""
    name, count = counts.most_common(1)[0]
    return f"; {count:,} ({100 * count / rows:.0f} %) use {name}"


def _odd(records: list[dict[str, Any]], policy: str, gaps: dict[str, float], source: str) -> str:
    parts = []
    for one in records:
        code = one["currency"]
        if code in gaps:
            parts.append(f"{code} is off by {basis_points(abs(gaps[code]))}")
        elif not isinstance(one["policy"], str):
            parts.append(f"{code} follows no known policy")
        elif one["policy"] != policy:
            parts.append(f"{code} uses {in_words(one['policy'], source, False)}")
        elif (
            isinstance(one["note"], str)
            and one["share"] < 0.5
            and not isinstance(one["second"], str)
        ):
            parts.append(f"{code} does not ({one['note'].rpartition('; ')[2]})")
    if len(parts) > MOST_NAMED:
        parts = [*parts[:MOST_NAMED], f"{len(parts) - MOST_NAMED} more currencies differ"]
    return f"; {listed(parts)}" if parts else ""


def _of_own(records: list[dict[str, Any]], rows: int, fits: int) -> str | None:
    """The sentence of a table in which every currency has a rate of one's own."""
    if not all(isinstance(one["policy"], str) and "=" in one["policy"] for one in records):
        return None
    words = {one["currency"]: own_words(one["policy"]) for one in records}
    if len(words) == 1:
        return f"{counted(fits, rows)} use one rate of one's own: {next(iter(words.values()))}."
    return f"{counted(fits, rows)} use rates of one's own: {', '.join(words.values())}."


def _without_policy(records: list[dict[str, Any]], judged: Judged, rows: int, source: str) -> str:
    shown = "This one foreign row" if rows == 1 else f"These {rows:,} foreign rows"
    note = next((one["note"] for one in records if isinstance(one["note"], str)), "")
    if judged.tied:
        reason = f" ({note})" if note else ""
        names, fit = listed(list(judged.tied)), "fits" if len(judged.tied) == 1 else "fit equally"
        return f"{shown} cannot tell which rate was used: {names} {fit}{reason}."
    parts = _own_policies(records, source)
    if parts:
        start = "No one policy explains the table: " if len(records) > 1 else ""
        return f"{start}{'; '.join(parts)}."
    own = _own_rates(records)
    if own:
        return (
            f"{shown} use one rate per currency ({', '.join(own)}); which day or period it is "
            "from, the rows cannot tell."
        )
    ties = next((one["tied"] for one in records if isinstance(one["tied"], str)), None)
    if ties is not None:
        names = listed(ties.split("|"))
        return f"{shown} cannot tell which rate was used: {names} fit equally ({note})."
    return f"No rate policy that is known explains {shown[0].lower()}{shown[1:]}."


def _own_policies(records: list[dict[str, Any]], source: str) -> list[str]:
    """What each currency uses, where one has a policy of its own."""
    named = [one for one in records if isinstance(one["policy"], str)]
    open_ones = [one["currency"] for one in records if not isinstance(one["policy"], str)]
    parts = [
        f"{one['currency']} uses {in_words(one['policy'], source, False)}"
        for one in named[:MOST_NAMED]
    ]
    if len(named) > MOST_NAMED:
        parts.append(f"{len(named) - MOST_NAMED} more currencies have their own")
    if open_ones and named:
        parts.append(f"{listed(open_ones[:8])} cannot be decided")
    return parts


def _own_rates(records: list[dict[str, Any]]) -> list[str]:
    """The one rate of each currency, when every currency has one and none is explained."""
    found = []
    for one in records:
        tied = one["tied"].split("|") if isinstance(one["tied"], str) else []
        found += [name.removeprefix("fixed:") for name in tied if "=" in name][:1]
    return found if len(found) == len(records) else []


def put_aside(counts: dict[str, int]) -> tuple[str, ...]:
    """What was put aside."""
    return tuple(
        f"{count:,} row{'s' if count != 1 else ''} with {reason}"
        + (
            ": only policies without dates apply."
            if reason.startswith("no date")
            else ": left out."
        )
        for reason, count in counts.items()
    )


def text(
    audit: Audited, total: int = WIDTH, only: str | None = None, top: int | None = None
) -> str:
    """The sentence, the table and the first outliers, ``total`` columns wide.

    ``only`` leaves the table of policies out; ``top`` says how many outliers are shown.
    """
    lines = [paragraph(audit.summary, total)]
    if len(audit.policies) and not only:
        rows = [cells(one) for one in records_of(audit.policies)]
        lines += ["", *aligned(COLUMNS, rows, total)]
    if audit.notes:
        lines += ["", *(paragraph(note, total) for note in audit.notes)]
    if len(audit.outliers):
        first = audit.outliers.head(top or MOST_SHOWN)
        shown = [[str(row), reason] for row, reason in first.itertuples(index=False)]
        lines += ["", *aligned((Column("row"), Column("reason", wrap=True)), shown, total)]
        if len(audit.outliers) > len(first):
            more = len(audit.outliers) - len(first)
            lines.append(f"… and {more:,} more: --top N shows N, --json all (.outliers)")
    return "\n".join(lines)


def cells(record: dict[str, Any]) -> list[str]:
    """One currency as the cells that a person reads."""
    policy = record["policy"] if isinstance(record["policy"], str) else "undecided"
    if isinstance(record["second"], str):
        policy += f"; {100 * record['second_share']:.0f} % {record['second']}"
    share = record["share"]
    return [
        record["currency"],
        policy.replace("window-avg:", "window-avg: "),  # room to break the line
        _number(record["error_bp"]),
        "" if pd.isna(share) else f"{np.floor(1000 * share) / 10:g} %",
        f"{record['rows']:,}",
        record["runner_up"] if isinstance(record["runner_up"], str) else "",
        _number(record["runner_up_bp"]),
    ]


def _number(value: Any) -> str:
    if pd.isna(value):
        return ""
    if value < 0.01:
        return "0"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def html(audit: Audited) -> str:
    """The same as a fragment for a notebook; everything from the table is escaped."""
    parts = [notebook.head(audit.summary)]
    if len(audit.policies):
        rows = [list(map(notebook.escaped, cells(one))) for one in records_of(audit.policies)]
        kinds = ["right" if column.right else "" for column in COLUMNS]
        parts.append(notebook.table([column.name for column in COLUMNS], rows, kinds))
    parts += map(notebook.line, audit.notes)
    if len(audit.outliers):
        first = audit.outliers.head(MOST_SHOWN).itertuples(index=False)
        shown = [[notebook.escaped(row), notebook.escaped(reason)] for row, reason in first]
        parts += [notebook.title("Rows that do not follow"), notebook.table(("row", "why"), shown)]
        if len(audit.outliers) > MOST_SHOWN:
            parts.append(notebook.note(f"{len(audit.outliers) - MOST_SHOWN:,} more in .outliers"))
    return notebook.shown(*parts)
