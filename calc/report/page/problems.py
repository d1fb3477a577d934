"""What needs a person, by severity, with the evidence and the arithmetic in a fold."""

from __future__ import annotations

from typing import Any, NamedTuple

from rates.errors import PledgecalcError

from ...links.bits import CAUSES
from ..cells import clean
from ..sections import records
from .anchors import anchor, clipped, plural
from .pledged import Quoted
from .shown import MOST_CLAIMS, MOST_FINDINGS, Claims, ForPage

_MOST_CLAIMS = 8  # links of one finding
_EXPLAINED = 400  # findings that bring their evidence; of more, the first
_ORDER = ("error", "warning", "info")
_TITLES = {
    "error": "Errors: numbers that cannot both be right",
    "warning": "Warnings: a person has to look",
    "info": "Notes",
}


class FindingRow(NamedTuple):
    """One finding: its words, the claims it is about, its arithmetic, its stated conversion."""

    at: str
    id: str
    severity: str
    cause: str
    meaning: str
    message: str
    told: tuple[Quoted, ...]
    more: int
    evidence: str
    conversion: str


class Severity(NamedTuple):
    """The findings of one severity."""

    name: str
    title: str
    rows: tuple[FindingRow, ...]
    causes: str


class Problems(NamedTuple):
    """Findings by severity, the worst first, and what could not be read or decided."""

    severities: tuple[Severity, ...]
    unread: tuple[str, ...]
    person: int
    left: int


def problems(result: ForPage, claims: Claims) -> Problems:
    """Gather what a person has to look at."""
    checked = set(result.checks["claim_id"].tolist())
    kept = records(result.findings.head(MOST_FINDINGS))
    explained = _EXPLAINED if len(result.claims) < MOST_CLAIMS else 0
    found = []
    for name in _ORDER:
        own = [row for row in kept if _known(row["severity"]) == name]
        made = tuple(
            _row(row, name, claims, checked, result, place < explained)
            for place, row in enumerate(own)
        )
        if made:
            found.append(Severity(name, _TITLES[name], made, _causes(made)))
    unread = tuple(
        clipped(one["message"], 400) for one in result.claims.attrs.get("problems", [])
    ) + tuple(clipped(one, 400) for one in result.decision_notes)
    person = len(unread) + sum(len(one.rows) for one in found if one.name != "info")
    return Problems(tuple(found), unread[:100], person, len(result.findings) - len(kept))


def _known(severity: object) -> str:
    name = clean(severity)
    return name if name in _ORDER else "info"


def _causes(rows: tuple[FindingRow, ...]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.cause] = counts.get(row.cause, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count:,} {cause}" if count > 1 else cause for cause, count in ordered)


def _row(
    row: dict[str, Any],
    severity: str,
    claims: Claims,
    checked: set[str],
    result: ForPage,
    explained: bool,
) -> FindingRow:
    names = [name for name in str(row["claim_ids"] or "").split("|") if name in claims]
    told = tuple(
        Quoted(
            clipped(claims[name]["text"], 60), anchor("c", name), clipped(claims[name]["source"])
        )
        for name in names[:_MOST_CLAIMS]
    )
    conversion = next((name for name in names if name in checked), None)
    message = clipped(row["message"], 1_500).rstrip(".")
    return FindingRow(
        anchor("f", row["finding_id"]),
        clean(row["finding_id"]),
        severity,
        clean(row["cause"]),
        _meaning(clean(row["cause"])),
        f"{message}.",
        told,
        len(names) - len(told),
        _evidence(str(row["finding_id"]), result) if explained else "",
        anchor("k", conversion) if conversion else "",
    )


def _meaning(cause: str) -> str:
    """The cause in words; one that is not on the list stands for itself."""
    words = CAUSES[cause].meaning if cause in CAUSES else cause
    return f"{words[:1].upper()}{words[1:]}"


def _evidence(name: str, result: ForPage) -> str:
    """What ``explain`` says of a finding below its message; stated conversions have their own."""
    try:
        lines = list(result.explain(name).lines)
    except PledgecalcError:
        return ""
    kept, claims = [], False
    for line in lines[2:]:
        said = line.startswith("  check: ")  # the message again, then its arithmetic
        claims = line == "Claims" or (claims and line.startswith("  ") and not said)
        if not (claims or said):  # the sentences stand framed among the sources
            kept.append(line)
    return "\n".join(map(_line, kept))


def _line(line: str) -> str:
    """A line of an explanation with its indent."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + clipped(line, 600)


def told_count(found: Problems) -> str:
    """How many need a person, in words.

    >>> told_count(Problems((), (), 0, 0)), told_count(Problems((), (), 2, 0))
    ('Nothing was found that needs a person.', '2 things need a person.')
    """
    if not found.person:
        return "Nothing was found that needs a person."
    return f"{plural(found.person, 'thing')} {'needs' if found.person == 1 else 'need'} a person."
