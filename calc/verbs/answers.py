"""What each verb about documents answers: the text, the notes beside it, how bad it is.

The command line parses, calls one of these and prints; whoever embeds pledgecalc elsewhere gets
the same answers without it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rates.currencies import currency as known_currency
from rates.fixings import Fixings
from rates.policies import parse_policy

from ..checks import arithmetic, check, flagged
from ..claims import read
from ..decisions import read_decisions
from ..decisions.deciding import decide, split_ids
from ..reconcile import Reconciliation, reconcile
from ..report.calls import calls_text, flat_calls
from ..report.claim_review import claim_reviews
from ..report.grids import grids
from ..report.iati import iati_csv
from ..report.json_lines import line
from ..report.markdown import markdown
from ..report.render import render
from ..report.sections import besides, documents, records
from ..report.spreadsheet import spreadsheet
from ..report.tables import WIDTH
from ..report.terminal import inset, terminal
from ..schema import SEVERITIES
from ..tables.told import ALONE
from ..telling.margins import thin
from ..telling.of_entries import asked_of_entries
from ..telling.review import ranked, review
from ..values.many_days import converted
from ..values.valuation import Valuation
from . import choosing
from .brief import brief
from .destination import DATA

if TYPE_CHECKING:
    import pandas as pd

MOST_NOTES = 10  # on inputs; a folder of a thousand tables would hide the rest
# These say that the two printed numbers cannot both be right; the other flags need a person.
_WRONG = ("inconsistent", "scale", "inverted")


class Asked(NamedTuple):
    """The inputs, how they are read, converted and shown, and what single verbs ask besides.

    ``published`` and ``publisher`` stand in for what a document does not say; ``into`` is the
    currency to convert into, None for the verb's own choice; ``id`` may be the start of one.
    ``rates`` is None for what is built in. ``columns`` pairs a claims column with a table's own;
    ``progress`` is told how many of the inputs are read, ``say`` what must be said at once.
    ``text``, ``date`` and ``title`` name the columns of a collection of texts. ``only`` is
    "problems" or None; ``top`` is how many rows of each table are shown; ``width`` and ``colour``
    are those of the screen. ``author``,
    ``url``, ``reviewed`` and ``address`` are what a ClaimReview says of itself and of the text.
    """

    files: Sequence[str]
    published: str | None = None
    publisher: str | None = None
    into: str | None = None
    policy: str = "spot"
    format: str = "table"
    arithmetic: bool = False
    html: str | None = None
    donor: str | None = None
    recipient: str | None = None
    status: str | None = None
    id: str = ""
    rates: Fixings | None = None
    columns: Sequence[tuple[str, str]] | None = None
    jobs: int = 1
    decisions: str | None = None
    kind: str = ""
    value: str | None = None
    low: str | None = None
    high: str | None = None
    why: str = ""
    who: str | None = None
    when: str | None = None
    file: str = "decisions.toml"
    top: int | None = None
    thin: bool = False
    text: str | None = None
    date: str | None = None
    title: str | None = None
    all: bool = False
    entry: str | None = None
    set: Sequence[tuple[str, str]] | None = None
    decimal: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    cite: bool = False
    without: str = ""
    stated: str | None = None
    convention: str = "earlier-rate"
    gdp: str | None = None
    year: int | None = None
    base_year: int | None = None
    progress: Callable[[int, int], None] | None = None
    say: Callable[[str], object] = warnings.warn
    author: str | None = None
    url: str | None = None
    reviewed: str | None = None
    address: str | None = None
    only: str | None = None
    width: int = WIDTH
    colour: bool = False


FIELDS = Asked._fields


class Answer(NamedTuple):
    """What a verb prints, ``text`` or, of a workbook, ``content``, with its notes.

    ``problems`` are inputs that could not be read, ``faults`` cells of a table that could not;
    ``worst`` is the highest severity found; ``no_rate`` says that nothing could be converted;
    ``claims`` are those that the answer is about.
    """

    text: str
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    worst: str | None = None
    faults: tuple[str, ...] = ()
    no_rate: bool = False
    content: bytes = b""
    claims: pd.DataFrame | None = None

    def reaches(self, limit: str) -> bool:
        """Whether something was found at or above ``limit``: a severity, or "never".

        >>> Answer("", worst="warning").reaches("error"), Answer("").reaches("warning")
        (False, False)
        """
        order = (*SEVERITIES, "never")
        return self.worst is not None and order.index(self.worst) >= order.index(limit)


def reading(asked: Asked) -> Answer:
    """The claims; in another currency too, when one is asked for."""
    claims = _read(asked)
    attrs, notes = claims.attrs, list(_notes(claims))
    told: list[str] = []
    text: str | bytes
    if asked.decisions:
        claims = read_decisions(asked.decisions).apply(claims)
        told = claims.attrs.pop("decision_notes")
    if asked.into:
        code = known_currency(asked.into).code
        parse_policy(asked.policy)
        claims = converted(claims, code, Valuation(asked.policy, asked.rates))
    claims.attrs.update(attrs)
    if asked.format == "iati-csv":
        text, count = iati_csv(claims)
        left = len(claims) - count
        told += [f"{left:,} rows that IATI has no word for are left out"] if left else []
    else:
        text = _shown(asked, choosing.of_claims(claims, asked.only, asked.top))
    return _answer(claims, text, [*notes, *told])


def checking(asked: Asked) -> Answer:
    """The verdicts on stated conversions, with their arithmetic when asked for."""
    claims = _read(asked)
    notes = list(_notes(claims))
    if asked.decisions:
        attrs = claims.attrs
        claims = read_decisions(asked.decisions).apply(claims)
        notes += claims.attrs.pop("decision_notes")
        claims.attrs.update(attrs)
    checks = check(claims, asked.policy, asked.rates)
    lines = {}
    if asked.arithmetic:
        ids = [str(claim_id) for claim_id in checks["claim_id"]]
        lines = {one: arithmetic(one, claims, asked.policy, asked.rates) for one in ids}
    graded = [severity_of(row) for row in records(checks)]
    severities = [one for one in graded if one]
    if asked.into:
        notes.append("a stated conversion is checked in its own two currencies; --in adds nothing")
    first = asked.format not in DATA  # programs get the order of the documents
    chosen = choosing.of_checks(checks, graded, asked.only, asked.top, first)
    if asked.format == "claimreview":
        reviews, left = claim_reviews(
            chosen,
            claims,
            url=asked.url,
            author=asked.author,
            published=asked.reviewed,
            address=asked.address,
        )
        return _answer(claims, reviews, [*notes, *left], severities)
    told = [] if asked.format in DATA else choosing.checks_in_words(graded, len(chosen))
    text = _shown(asked, chosen, arithmetic=lines, sentences=told)
    return _answer(claims, text, notes, severities)


def reconciling(asked: Asked) -> Answer:
    """The summary, then pledges, totals and findings; as a page too, when ``html`` names a file."""
    claims = _read(asked)
    result = _reconciled(claims, asked)
    if asked.html:
        result.to_html(asked.html)
    told = besides(result.sentences(), result.findings)
    chosen = choosing.of_reconciliation(result, asked.only, asked.top)
    text = _shown(asked, chosen, sentences=[] if asked.only else told, every=asked.all)
    severities = [str(severity) for severity in result.findings["severity"]]
    answer = _answer(claims, text, [*_notes(claims), *result.decision_notes], severities)
    pledges = result.pledges
    converted = pledges[f"amount_{result.currency.lower()}"]
    return answer._replace(no_rate=bool(pledges["amount"].notna().any() and converted.isna().all()))


def briefing(asked: Asked) -> Answer:
    """What matters: the sum, what needs a person, the largest pledges, what to do next."""
    claims = _read(asked)
    result = _reconciled(claims, asked)
    checks = check(result.claims, asked.policy, asked.rates)
    graded = [severity_of(row) for row in records(checks)]
    found = brief(claims, checks, graded, result, asked.files)
    text: str | bytes
    if asked.format in DATA:
        text = _shown(asked, found.grids)
    elif asked.format == "markdown":
        text = markdown(found.sections, found.sentences)
    else:
        text = terminal(found.sections, found.sentences, asked.width, asked.colour)
    severities = [str(severity) for severity in result.findings["severity"]]
    notes = [*_notes(claims), *result.decision_notes]
    return _answer(claims, text, notes, [*severities, *(one for one in graded if one)])


def totalling(asked: Asked) -> Answer:
    """The safe sum of the pledges between the parties, with what was left out and why."""
    claims = _read(asked)
    result = _reconciled(claims, asked)
    total = result.total(asked.donor, asked.recipient, asked.status, asked.into)
    notes = [*_notes(claims), *result.decision_notes]
    for name, wanted in (("donor", asked.donor), ("recipient", asked.recipient)):
        known = parties(claims, name)
        if wanted and known and wanted.casefold() not in {one.casefold() for one in known}:
            notes.append(f"no claim names {wanted!r} as {name}; there are {', '.join(known)}")
    chosen = choosing.of_sum(total, asked.only, asked.top)
    answer = _answer(claims, _shown(asked, chosen, every=asked.all), notes)
    counted_none = math.isnan(total.low) and not total.nobody
    return answer._replace(no_rate=counted_none)


def explaining(asked: Asked) -> Answer:
    """The evidence for one pledge, series, finding or claim."""
    claims = _read(asked)
    result = _reconciled(claims, asked)
    found = result.explain(asked.id)
    text: str | bytes
    if asked.format == "json":
        text = line({"id": found.id, "lines": list(found.lines)})
    elif asked.format == "table":
        text = "".join(f"{inset(one, asked.width)}\n" for one in found.lines)
    else:
        text = _shown(asked, [{"id": found.id, "line": one} for one in found.lines])
    return _answer(claims, text, result.decision_notes)


def reviewing(asked: Asked) -> Answer:
    """The closest calls, those on which most money hangs first, with commands that settle them."""
    claims = _read(asked)
    result = _reconciled(claims, asked)
    calls = review(result.ledger)
    if result.entries is not None:
        calls = ranked([*calls, *asked_of_entries(result.entries)])
    if asked.thin:
        calls = ranked([*calls, *thin(result.ledger, result.claims)])
    top = asked.top
    text: str | bytes
    if asked.format == "xlsx":
        text = spreadsheet(grids(flat_calls(calls[:top], result.currency, asked.files, asked.file)))
    else:
        text = calls_text(
            calls, result.currency, asked.format, top, asked.files, asked.file, asked.width
        )
    return _answer(claims, text, [*_notes(claims), *result.decision_notes])


def deciding(asked: Asked) -> Answer:
    """Append one decision to the file, after a look at whether it can hold for these inputs."""
    ids, files = split_ids(asked.kind, asked.files)
    claims = _read(asked._replace(files=files))
    keys = {name: getattr(asked, name) for name in ("low", "high", "who", "when", "why")}
    wanted = {"kind": asked.kind, "claims": ids, "is": asked.value, **keys}
    made = decide({k: v for k, v in wanted.items() if v is not None}, claims, asked.file, asked.say)
    record = {"file": asked.file, "added": made.added, "block": made.block}
    text: str | bytes
    if asked.format == "json":
        text = line(record)
    else:
        text = made.block if asked.format == "table" else _shown(asked, [record])
    return _answer(claims, text, [*_notes(claims), *made.notes])


def _shown(asked: Asked, result: object, **more: Any) -> str | bytes:
    """A result in the format that was asked for."""
    if asked.format == "xlsx":
        return spreadsheet(grids(result))
    return render(result, asked.format, width=asked.width, colour=asked.colour, **more)


def severity_of(row: Mapping[str, Any]) -> str | None:
    """How bad a check is: numbers that cannot both be right, or something for a person."""
    if not flagged(row["verdict"], row["power"] or 0.0):
        return None
    return "error" if row["verdict"] in _WRONG else "warning"


def _reconciled(claims: pd.DataFrame, asked: Asked) -> Reconciliation:
    return reconcile(claims, asked.into or "EUR", asked.policy, asked.rates, asked.decisions)


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
    with warnings.catch_warnings():
        # What could not be read warns in a notebook; here it is a problem of the answer.
        warnings.simplefilter("ignore", UserWarning)
        return read(
            *asked.files,
            published=asked.published,
            publisher=asked.publisher,
            columns=_columns(asked.columns or ()),
            set=dict(asked.set or ()),
            decimal=asked.decimal,
            sheet=asked.sheet,
            encoding=asked.encoding,
            jobs=asked.jobs,
            entry=asked.entry,
            progress=asked.progress,
        )


def _columns(pairs: Sequence[tuple[str, str]]) -> dict[str, str | list[str]]:
    """The columns that were named; several may be left alone: none=ID,none=Total."""
    found: dict[str, str | list[str]] = dict(pairs)
    alone = [own for column, own in pairs if column == ALONE]
    return {**found, ALONE: alone} if alone else found


def _answer(
    claims: pd.DataFrame,
    result: str | bytes,
    notes: Sequence[str] = (),
    severities: Sequence[str] = (),
) -> Answer:
    """An answer from ``claims``; a cell that could not be read needs a person: a warning."""
    told = claims.attrs.get("problems", [])
    faults = tuple(str(one["message"]) for one in told if "rows" in one)
    problems = tuple(str(one["message"]) for one in told if "rows" not in one)
    found = [*severities, *(["warning"] if faults else [])]
    text, content = (result, b"") if isinstance(result, str) else ("", result)
    return Answer(text, tuple(notes), problems, worst(found), faults, False, content, claims)


def _notes(claims: pd.DataFrame) -> tuple[str, ...]:
    """What a reader of the result should know: what was guessed, left out, or has no date."""
    told = [
        f"{one['source']}: {text}"
        for one in claims.attrs.get("documents", [])
        for text in one.get("notes", ())
    ]
    told += claims.attrs.get("notes", [])
    if len(told) > MOST_NOTES:
        more = len(told) - MOST_NOTES
        told[MOST_NOTES:] = [f"{more} more notes on inputs are in attrs['documents'] of the claims"]
    undated = [
        str(one["source"])
        for one in documents(claims)
        if one.get("figures") and not one.get("published") and one.get("kind") != "table"
    ]
    if not undated:
        return tuple(told)
    names = ", ".join(undated[:MOST_NOTES])
    if len(undated) > MOST_NOTES:
        names += f" and {len(undated) - MOST_NOTES} more"
    return (
        *told,
        f"no date found in {names}: amounts stay unconverted; --published gives one",
    )


# The steps of an answer, for the verbs that stand elsewhere.
claims_of, reconciled, notes_of = _read, _reconciled, _notes
answer_of, shown_of = _answer, _shown

VERBS: dict[str, Callable[[Asked], Answer]] = {
    "brief": briefing,
    "read": reading,
    "check": checking,
    "reconcile": reconciling,
    "total": totalling,
    "explain": explaining,
    "review": reviewing,
    "decide": deciding,
}
