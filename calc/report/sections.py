"""What a person sees of a result, before any layout: titled sections of short cells.

The terminal, Markdown and HTML all lay out these same sections, so they never say different
things. A row may have paragraphs below it: the sentence to paste, the arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .cells import clean, day, missing, short, span
from .results import Ranges, SummedTables
from .tables import Column

if TYPE_CHECKING:
    import pandas as pd


class Row(NamedTuple):
    """Cells, and the paragraphs below them; spaces before a paragraph set it further in."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()


class Section(NamedTuple):
    """A titled table; ``note`` stands under the title and says what an empty table means."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


_CLAIM_COLUMNS = (
    Column("role"),
    Column("figure", wrap=True),
    Column("who → whom", wrap=True),
    Column("date"),
    Column("id"),
)
_PRECISION = "value_date_precision"
_MOST_ROWS = 15  # of a sum on one page


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of any table as dicts; a missing cell is None.

    As ``schema.records``, but without pandas, which a result without tables does not load.
    """
    names = [str(name) for name in frame.columns]
    if frame.attrs:  # pandas copies all of it with every column
        frame = frame.copy(deep=False)
        frame.attrs = {}
    return [
        {name: None if missing(cell) else cell for name, cell in zip(names, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]


def documents(claims: pd.DataFrame) -> list[dict[str, Any]]:
    """The documents that were read, those without any claim included.

    A table with claims stands for the sources that its rows name, not for itself.
    """
    named = list(dict.fromkeys(source for source in claims["source"] if not missing(source)))
    known = [
        dict(item)
        for item in claims.attrs.get("documents", [])
        if item["source"] in named or not (item.get("kind") == "table" and item.get("figures"))
    ]
    listed = {item["source"] for item in known}
    return known + [{"source": source} for source in named if source not in listed]


def claim_sections(claims: pd.DataFrame) -> list[Section]:
    """One section per document: each figure with its words, role, parties and date."""
    by_source: dict[object, list[dict[str, Any]]] = {}
    code = _target(claims.columns)
    for claim in records(claims):
        by_source.setdefault(claim["source"], []).append(claim)
    columns: tuple[Column, ...] = _CLAIM_COLUMNS
    if code:
        columns = (*columns[:2], Column(f"in {code.upper()}", right=True), *columns[2:])
    sections = []
    for document in documents(claims):
        rows = tuple(_claim(one, code) for one in by_source.get(document["source"], []))
        note = "" if rows else "no money claim"
        sections.append(Section(document_name(document), columns, rows, note))
    return sections


def document_name(document: dict[str, Any]) -> str:
    """The source, its publisher, its date and how the date was found."""
    parts = [clean(document["source"])]
    if document.get("publisher"):
        parts.append(clean(document["publisher"]))
    if document.get("kind") == "table":
        parts.append("table")
    elif "published" in document:
        basis = document.get("published_basis")
        date = day(document["published"])
        parts.append(f"{date} ({basis})" if date and basis else date or "no date found")
    return " · ".join(parts)


def _claim(claim: dict[str, Any], code: str | None = None) -> Row:
    """The cells of a claim; its amount in another currency where one was asked for."""
    role, figure, *rest = _told(claim)
    if code is None:
        return Row((role, figure, *rest))
    amount = claim[f"amount_{code}"]
    return Row((role, figure, "" if amount is None else short(amount), *rest))


def _told(claim: dict[str, Any]) -> tuple[str, ...]:
    figure = words(claim)
    if claim.get("zone") in ("headline", "caption"):
        figure += f" ({claim['zone']})"
    if claim.get("page"):
        figure += f" (page {clean(claim['page'])})"
    if claim.get("conversion_of"):
        figure = f"  = {figure}"
    named = short_id(claim["claim_id"])
    if claim["role"] == "noise":
        return ("noise", figure, clean(claim.get("noise_reason")), "", named)
    if claim["role"] == "total" and claim.get("as_of"):
        date = day(claim["as_of"])
    else:
        date = day(claim.get("value_date"), claim.get(_PRECISION))
    return (clean(claim["role"]), figure, parties(claim), date, named)


def words(claim: dict[str, Any]) -> str:
    """The figure as printed, with its qualifier, and the period it is for."""
    parts = [claim.get("qualifier"), claim.get("text")]
    figure = clean(" ".join(str(part) for part in parts if part))
    return f"{figure}, {_listed(claim['period'])}" if claim.get("period") else figure


def parties(record: dict[str, Any]) -> str:
    """Who gives to whom; a dash where the source does not say."""
    ends = (record.get("donor"), record.get("recipient"))
    donor, recipient = (_listed(end) or "–" for end in ends)
    return "–" if donor == recipient == "–" else f"{donor} → {recipient}"


def check_sections(checks: pd.DataFrame, arithmetic: Mapping[str, str]) -> list[Section]:
    """One row per stated conversion, its sentence below, and its arithmetic where given."""
    columns = (
        Column("stated conversion", wrap=True),
        Column("verdict", wrap=True),
        Column("gap", right=True),
        Column("power", right=True),
    )
    rows = []
    for item in records(checks):
        gap, power = item["gap_pct"], item["power"]
        cells = (
            f"{clean(item['base_text'])} = {clean(item['text'])}",
            clean(item["verdict"]),
            "" if gap is None else f"{gap:+.2f} %".replace("-", "−"),
            "" if power is None else f"{power:.2f}",
        )
        where = f"{clean(item['source'])}, {short_id(item['claim_id'])}"
        below = [f"{where}: {clean(item['explanation'])}"]
        below += arithmetic.get(str(item["claim_id"]), "").splitlines()
        rows.append(Row(cells, tuple(below)))
    note = "" if rows else "No source states a conversion."
    return [Section("Stated conversions", columns, tuple(rows), note)]


def newest(windows: Sequence[str], count: int | None = 3) -> str:
    """The first ``count`` windows (they come newest first) and how many more there are.

    >>> newest(["2024-09-27", "2024-09-19..2024-09-20", "2024-08-26", "2024-08-20"])
    '2024-09-27; 2024-09-19..2024-09-20; 2024-08-26; and 1 more'
    """
    shown = list(windows if count is None else windows[:count])
    rest = len(windows) - len(shown)
    return "; ".join([*shown, f"and {rest} more"] if rest else shown)


def pledge_section(
    pledges: pd.DataFrame,
    title: str = "Pledges",
    printed: Ranges | None = None,
) -> Section:
    """The pledges, each with its amount at home and in the currency that was asked for.

    ``printed`` are the ranges of the printed digits, which stand for those of the table.
    """
    code = _target(pledges.columns)
    rows = []
    for item in records(pledges):
        home = item["currency"]
        show_digits(item, (printed or {}).get(item["pledge_id"]), code)
        amount = _ranged(item["amount"], item["low"], item["high"], home) or "no amount"
        other = ""
        if code:
            other = _ranged(*(item[f"{part}_{code}"] for part in ("amount", "low", "high")))
            if other == _ranged(item["amount"], item["low"], item["high"]):
                other = ""  # the home currency itself
        told = f"{_count(item['n_claims'], 'claim')} in {_count(item['n_sources'], 'source')}"
        about = [_listed(item["purpose"]), told, short_id(item["pledge_id"])]
        below = ["; ".join(part for part in about if part)]
        if item["contested"]:
            below.append("the sources disagree")
        rows.append(Row((amount, other, parties(item), clean(item["status"])), tuple(below)))
    columns = (
        Column("amount"),
        Column(f"in {code.upper()}" if code else ""),
        Column("who → whom", wrap=True),
        Column("status", wrap=True),
    )
    return _without_empty(Section(title, columns, tuple(rows), "" if rows else "None."))


def show_digits(item: dict[str, Any], ends: tuple[float, float] | None, code: str | None) -> None:
    """Put the range of the printed digits in place of that of the table, converted alike.

    A converted end that is another than the one at home, since the currency is open, stays.
    """
    if ends is None:
        return
    amount = item["amount"]
    converted = item[f"amount_{code}"] if code else None
    for name, end in zip(("low", "high"), ends, strict=True):
        there = f"{name}_{code}"
        if converted is not None and item[there] is not None and amount:
            rate = converted / amount
            if abs(item[there] - item[name] * rate) <= _ALIKE * converted:
                item[there] = end * rate
        item[name] = end


_ALIKE = 0.001  # as a share: the same range at home and converted


def total_section(totals: pd.DataFrame) -> Section:
    """The running totals; the flow is what the step from the point before amounts to."""
    columns = (
        Column("as of"),
        Column("total"),
        Column("flow since then"),
        Column("who → whom", wrap=True),
        Column("series"),
    )
    rows = []
    for item in records(totals):
        scope = f" ({_listed(item['scope'])})" if item["scope"] else ""
        cells = (
            day(item["as_of"]),
            _ranged(item["amount"], item["low"], item["high"], item["currency"]),
            span(item["flow_low"], item["flow_high"], item["currency"]),
            parties(item) + scope,
            short_id(item["series_id"]),
        )
        rows.append(Row(cells))
    note = "Points in time: never added to pledges or to each other." if rows else "None."
    return _without_empty(Section("Totals to date", columns, tuple(rows), note))


def short_id(identifier: object) -> str:
    """The first part of an id, enough for ``explain`` to find it."""
    return clean(identifier)[:8]


def _listed(cell: object) -> str:
    return clean(cell).replace("|", ", ")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def finding_section(findings: pd.DataFrame) -> Section:
    """The findings, in the order of the table, the message below each."""
    columns = (Column("severity"), Column("cause"), Column("finding"))
    rows = [
        Row(
            (clean(item["severity"]), clean(item["cause"]), short_id(item["finding_id"])),
            (f"{clean(item['message']).rstrip('.')}.",),
        )
        for item in records(findings)
    ]
    return Section("Findings", columns, tuple(rows), "" if rows else "None.")


def frame_section(frame: pd.DataFrame, title: str = "") -> Section:
    """Any other table: its columns as they are, the amounts short."""
    return record_section(records(frame), title)


def record_section(items: Sequence[Mapping[str, Any]], title: str = "") -> Section:
    """Records with the same keys; columns in which no record has anything are left out."""
    names = [name for name in (items[0] if items else ()) if any(_any(i[name]) for i in items)]
    columns = tuple(Column(name, wrap=True) for name in names)
    rows = tuple(Row(tuple(_any(item[name]) for name in names)) for item in items)
    return Section(title, columns, rows, "" if items else "None.")


def _any(value: object) -> str:
    if isinstance(value, float):
        return short(value)
    if isinstance(value, Mapping):
        return " ".join(_any(item) for item in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(_any(item) for item in value)
    return day(value) if hasattr(value, "isoformat") else clean(value)


def _ranged(amount: object, low: object, high: object, currency: str | None = None) -> str:
    """The amount, and its range where that says more."""
    reach = span(low, high, currency)
    if missing(amount):
        return reach
    figure = short(amount, currency)
    if not reach or reach == figure:
        return figure
    if not missing(low) and missing(high) and short(low) == short(amount):
        return f"over {figure}"
    return f"{figure} ({span(low, high)})"


def _target(columns: Iterable[object]) -> str | None:
    """The currency that a table of pledges or claims was converted into, lower case."""
    names = [str(name) for name in columns if name not in ("amount_low", "amount_high")]
    return next((name[-3:] for name in names if name.startswith("amount_")), None)


def _without_empty(section: Section) -> Section:
    """Drop the columns that say nothing; at 80 columns each costs room."""
    rows = section.rows
    keep = [at for at in range(len(section.columns)) if any(row.cells[at] for row in rows)]
    if not rows or len(keep) == len(section.columns):
        return section
    return section._replace(
        columns=tuple(section.columns[at] for at in keep),
        rows=tuple(Row(tuple(row.cells[at] for at in keep), row.below) for row in rows),
    )


def sum_sections(result: SummedTables, every: bool = False) -> list[Section]:
    """A safe sum on one page: its range, what it includes, what was left out and why.

    Of many rows those that separate the ends most are shown, unless ``every`` one is asked for.
    """
    code = result.currency.lower()
    reach = _reach(result)
    included = [
        Row(
            (
                clean(item["text"]),
                parties(item),
                span(item[f"low_{code}"], item[f"high_{code}"]),
                short_id(item["pledge_id"]),
            ),
            (clean(item["reason"]),),
        )
        for item in records(result.included)
    ]
    left_out = records(result.excluded)
    excluded = _by_reason(left_out if every else left_out[:_MOST_ROWS])
    counted = (
        Column("figure", wrap=True),
        Column("who → whom", wrap=True),
        Column(f"in {result.currency}"),
        Column("pledge"),
    )
    notes = ["" if rows else "None." for rows in (included, excluded)]
    if not every and len(included) > _MOST_ROWS:
        rest = records(result.included)[_MOST_ROWS:]
        low, high = (math.fsum(item[f"{end}_{code}"] for item in rest) for end in ("low", "high"))
        reach_of_rest = span(low, high, result.currency)
        notes[0] = f"{len(rest)} more come to {reach_of_rest}; --format csv has all"
        included = included[:_MOST_ROWS]
    if not every and len(left_out) > _MOST_ROWS:
        notes[1] = f"{len(left_out) - _MOST_ROWS} more; --format csv has all"
    told = [
        Section(f"Safe sum: {reach}", (), (), clean("; ".join(_beside_reach(result)))),
        Section("Included", counted, tuple(included), notes[0]),
    ]
    if getattr(result, "only_problems", False):
        return [told[0], told[1]._replace(title="What a person could settle")]
    return [*told, Section("Left out", (Column("", wrap=True),), tuple(excluded), notes[1])]


def _by_reason(left_out: Sequence[Mapping[str, Any]]) -> list[Row]:
    """What was left out, a row for each reason, its figures by document below."""
    figures: dict[str, dict[str, list[str]]] = {}
    for item in left_out:
        by_source = figures.setdefault(clean(item["reason"]), {})
        by_source.setdefault(clean(item["source"]), []).append(clean(item["text"]))
    return [
        Row(
            (reason,),
            tuple(f"{', '.join(texts)} ({source})" for source, texts in by_source.items()),
        )
        for reason, by_source in figures.items()
    ]


def _reach(result: SummedTables) -> str:
    """The range of a sum without what is a question, and where in it the sum likely lies."""
    high = result.plausible_high
    if missing(result.low):
        return f"unknown, in {result.currency}"
    if result.questions and not high:
        return "a question, no number"
    reach = span(result.low, high, result.currency)
    if result.open_end:
        least = span(result.low, None, result.currency)
        reach = f"{least}, probably to {span(high, high, result.currency)}"
    return f"{reach}, but for a question" if result.questions else reach


def _beside_reach(result: SummedTables) -> list[str]:
    """What is a question, where between the ends the sum likely lies, and what it is of."""
    told = [*result.questions]
    if result.low < result.likely < result.plausible_high:
        told.append(f"likely {span(result.likely, result.likely, result.currency)}")
    return [*told, result.note]


def besides(sentences: Sequence[str], findings: pd.DataFrame) -> list[str]:
    """The sentences of a summary that do not tell a finding: those have a place of their own."""
    told = tuple(f"{item['cause']} ({item['severity']}): " for item in records(findings))
    return [one for one in sentences if not one.startswith(told)]
