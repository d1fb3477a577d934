"""What each verb about documents answers: the text, the notes beside it, how bad it is.

The command line parses, calls one of these and prints; whoever embeds pledgecalc elsewhere gets
the same answers without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from calc.checks import arithmetic, check, flagged
from calc.claims import read
from calc.reconcile import reconcile
from calc.report.render import render
from calc.report.sections import documents, records

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = ("info", "warning", "error")
# These say that the two printed numbers cannot both be right; the other flags need a person.
_WRONG = ("inconsistent", "scale", "inverted")


class Asked(NamedTuple):
    """What all verbs share: the inputs, how they are read, converted and shown.

    ``published`` and ``publisher`` stand in for what a document does not say; ``currency`` is the
    one to convert into, None for the verb's own choice.
    """

    sources: Sequence[str]
    published: str | None = None
    publisher: str | None = None
    currency: str | None = None
    policy: str = "spot"
    format: str = "table"


class Answer(NamedTuple):
    """``problems`` are inputs that could not be read; ``worst`` the highest severity found."""

    text: str
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    worst: str | None = None


def reading(asked: Asked) -> Answer:
    """The claims; in another currency too, when one is asked for."""
    claims = _read(asked)
    if asked.currency:
        attrs = claims.attrs
        claims = reconcile(claims, asked.currency, asked.policy).claims
        claims.attrs.update(attrs)
    return Answer(render(claims, asked.format), _notes(claims), _problems(claims))


def checking(asked: Asked, explained: bool = False) -> Answer:
    """The verdicts on stated conversions; with their arithmetic when ``explained``."""
    claims = _read(asked)
    checks = check(claims, asked.policy)
    lines = {}
    if explained:
        ids = [str(claim_id) for claim_id in checks["claim_id"]]
        lines = {claim_id: arithmetic(claim_id, claims, asked.policy) for claim_id in ids}
    severities = [
        "error" if row["verdict"] in _WRONG else "warning"
        for row in records(checks)
        if flagged(row["verdict"], row["power"] or 0.0)
    ]
    notes = list(_notes(claims))
    if asked.currency:
        notes.append("a stated conversion is checked in its own two currencies; --in adds nothing")
    text = render(checks, asked.format, arithmetic=lines)
    return Answer(text, tuple(notes), _problems(claims), worst(severities))


def reconciling(asked: Asked, html: str | None = None) -> Answer:
    """The narrative, then pledges, totals and findings; as a page too, when ``html`` names one."""
    claims = _read(asked)
    result = reconcile(claims, asked.currency or "EUR", asked.policy)
    if html:
        result.to_html(html)
    text = render(result, asked.format, sentences=result.sentences())
    severities = [str(severity) for severity in result.findings["severity"]]
    return Answer(text, _notes(claims), _problems(claims), worst(severities))


def totalling(
    asked: Asked, donor: str | None = None, recipient: str | None = None, status: str | None = None
) -> Answer:
    """The safe sum of the pledges between the parties, with what was left out and why."""
    claims = _read(asked)
    result = reconcile(claims, asked.currency or "EUR", asked.policy)
    total = result.total(donor=donor, recipient=recipient, status=status, currency=asked.currency)
    notes = list(_notes(claims))
    for name, wanted in (("donor", donor), ("recipient", recipient)):
        known = parties(claims, name)
        if wanted and known and wanted.casefold() not in {one.casefold() for one in known}:
            notes.append(f"no claim names {wanted!r} as {name}; there are {', '.join(known)}")
    return Answer(render(total, asked.format), tuple(notes), _problems(claims))


def explaining(identifier: str, asked: Asked) -> Answer:
    """The evidence for one pledge, series, finding or claim; the id may be cut."""
    claims = _read(asked)
    result = reconcile(claims, asked.currency or "EUR", asked.policy)
    text = str(result.explain(identifier))
    return Answer(text.rstrip("\n") + "\n", (), _problems(claims))


def parties(claims: pd.DataFrame, column: str) -> list[str]:
    """The donors or recipients that claims name, sorted."""
    named = (row[column] for row in records(claims[[column]]))
    return sorted({one for cell in named if cell for one in str(cell).split("|")})


def worst(severities: Sequence[str]) -> str | None:
    """The highest severity.

    >>> worst(["info", "error", "warning"]), worst([])
    ('error', None)
    """
    known = [severity for severity in severities if severity in SEVERITIES]
    return max(known, key=SEVERITIES.index, default=None)


def _read(asked: Asked) -> pd.DataFrame:
    return read(*asked.sources, published=asked.published, publisher=asked.publisher)


def _problems(claims: pd.DataFrame) -> tuple[str, ...]:
    return tuple(str(problem["message"]) for problem in claims.attrs.get("problems", []))


def _notes(claims: pd.DataFrame) -> tuple[str, ...]:
    """What a reader of the result should know: amounts that no date could be given to."""
    undated = [
        str(one["source"])
        for one in documents(claims)
        if one.get("figures") and not one.get("published")
    ]
    if not undated:
        return ()
    names = ", ".join(undated)
    return (f"no date found in {names}: amounts stay unconverted; --published gives one",)
