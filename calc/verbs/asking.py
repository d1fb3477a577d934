"""What the verbs for single questions answer; ``VERBS`` has those about documents beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from rates.errors import UsageError
from rates.typed import two_amounts

from .. import questions
from ..links.relations import INSIDE, ONE_MONEY
from ..questions.constant_prices import call
from ..reconcile import Reconciliation
from ..report.cells import day, short, span
from ..report.grids import of_frame
from ..report.json_lines import line
from ..report.markdown import markdown
from ..report.sections import Row, Section, parties, records, short_id
from ..report.tables import Column, paragraph
from ..report.terminal import terminal
from ..schema import STAGES
from . import answers
from .answers import Answer, Asked
from .destination import DATA

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_ID = re.compile(r"(?:[pt]-)?[0-9a-f]{4,12}")
_MONEY = {
    "first": "first",
    "same news": "same news",
    "again": "told again",
    "said to be new": "reported as new",
    "stage": "further on",
}
Rows = Sequence[Mapping[str, Any]]


def _asked(asked: Asked) -> tuple[Reconciliation, list[str]]:
    claims = answers.claims_of(asked)
    result = answers.reconciled(claims, asked)
    return result, [*answers.notes_of(claims), *result.decision_notes]


def _answer(
    asked: Asked,
    result: Reconciliation,
    table: pd.DataFrame,
    sections: Sequence[Section],
    notes: Sequence[str] = (),
) -> Answer:
    return answers.answer_of(result.claims, _text(asked, table, sections), notes)


def _text(asked: Asked, table: object, sections: Sequence[Section]) -> str | bytes:
    if asked.format in DATA:
        return answers.shown_of(asked, table)
    if asked.format == "markdown":
        return markdown(sections)
    return terminal(sections, (), asked.width, asked.colour)


def _said(rows: Sequence[tuple[str, Sequence[str]]], title: str, none: str) -> Section:
    """Headings with paragraphs below them: what is said of each pledge."""
    shown = tuple(Row((head,), tuple(below)) for head, below in rows)
    return Section(title, (Column("", wrap=True),), shown, "" if shown else none)


def same(asked: Asked) -> Answer:
    """Whether two files are about the same pledge."""
    if len(asked.files) != 2:
        raise UsageError(f"same takes two files, and here are {len(asked.files)}")
    tables = [answers.claims_of(asked._replace(files=[one])) for one in asked.files]
    found = questions.same_pledge(
        *tables,
        names=(Path(asked.files[0]).name, Path(asked.files[1]).name),
        policy=asked.policy, rates=asked.rates, decisions=asked.decisions,
    )  # fmt: skip
    told = [note for table in tables for note in answers.notes_of(table)]
    both = pd.concat(tables, ignore_index=True)
    both.attrs = {"problems": [one for t in tables for one in t.attrs.get("problems", [])]}
    if asked.format == "json":
        return answers.answer_of(both, line(found.to_dict()), told)
    first, *rest = found.reasons
    pairs = tuple(
        Row(
            (
                row["relation"],
                f"{row['confidence']:.0%}",
                f"{row['a']} | {row['b']}",
                f"{short_id(row['a_id'])} {short_id(row['b_id'])}",
            )
        )
        for row in records(found.pairs)
    )
    columns = (
        Column("relation"), Column("sure", right=True), Column("figures", wrap=True),
        Column("claims", wrap=True),
    )  # fmt: skip
    parts = [
        Section(f"{found.answer.capitalize()}: {first}", (), (), ""),
        *(Section(one, (), (), "") for one in rest),
        *([Section("Pairs", columns, pairs)] if pairs else []),
    ]
    return answers.answer_of(both, _text(asked, found.pairs, parts), told)


def stages(asked: Asked) -> Answer:
    """One table of the stages by donor, with and without what is no cash."""
    result, notes = _asked(asked)
    without = [part.strip() for part in asked.without.split(",") if part.strip()]
    table = questions.stages(result, asked.donor, asked.recipient, without)
    rows = records(table)
    names = [name for name in (*STAGES[1:], STAGES[0]) if any(
        row[f"{name}_low"] is not None or name != "unknown" for row in rows)]  # fmt: skip
    columns = (
        Column("donor", wrap=True),
        *(Column("stage unknown" if name == "unknown" else name, right=True) for name in names),
    )
    several = len({row["kind"] for row in rows}) > 1
    shown = [
        Row((
            _donor(row, several),
            *(span(row[f"{name}_low"], row[f"{name}_high"]) for name in names),
        ))
        for row in rows
    ]  # fmt: skip
    said = "Columns are not to be added: the same money may stand in several. A blank is not known."
    title = f"By donor and stage, in {result.currency}"
    section = Section(title, columns, tuple(shown), said if shown else "No pledge.")
    return _answer(asked, result, table, [section], [*notes, *_beside_stages(rows)])


def _beside_stages(rows: Rows) -> Iterator[str]:
    """What the columns do not show: what is not said to be money, and what has no amount."""
    sums = [row for row in rows if _is_sum(row, rows)]
    silent, many = (sum(row[name] for row in sums) for name in ("without_modality", "rows"))
    if silent:
        word = "does not say whether it is" if silent == 1 else "do not say whether they are"
        yield f"{silent} of {many} {word} a loan, a grant or in kind: counted as money"
    lost = sum(row["unconverted"] or 0 for row in sums)
    if lost:
        yield f"{lost} without an amount or a rate: in no column"


def _is_sum(row: Mapping[str, Any], rows: Rows) -> bool:
    """Whether a row stands for all of its kind: the last of all donors, or the only donor."""
    own = [one["donor"] for one in rows if one["kind"] == row["kind"]]
    return bool(row["money"] == "all" and row["donor"] == own[-1])


def _donor(row: Mapping[str, Any], several: bool) -> str:
    if row["money"] != "all":
        return f"  {row['money']}"
    return f"{row['donor']} ({row['kind']})" if several else str(row["donor"])


def timeline(asked: Asked) -> Answer:
    """One pledge, or all that are told more than once, by day."""
    first, *rest = asked.files
    is_id = bool(rest) and _ID.fullmatch(first) is not None and not Path(first).exists()
    asked = asked._replace(files=rest) if is_id else asked
    result, notes = _asked(asked)
    table = questions.timeline(result, first if is_id else None)
    by_pledge: dict[str, list[dict[str, Any]]] = {}
    for row in records(table):
        name = list(by_pledge)[-1] if row["relation"] and by_pledge else row["pledge_id"]
        by_pledge.setdefault(name, []).append(row)
    columns = (
        Column("published"), Column("figure", wrap=True), Column("stage"),
        Column("money", wrap=True), Column("source", wrap=True),
    )  # fmt: skip
    pledges = {row["pledge_id"]: row for row in records(result.pledges)}
    parts = []
    for name, rows in by_pledge.items():
        head = pledges[name]
        figure = span(head["amount"] or head["low"], head["amount"] or head["high"])
        title = f"{parties(head)}: {figure} {head['currency'] or ''} · {short_id(name)}"
        shown = tuple(
            Row((
                day(row["published"]) or "no date",
                str(row["text"]),
                str(row["status"]),
                _money(row),
                str(row["source"]),
            ))
            for row in rows
        )  # fmt: skip
        parts.append(Section(title, columns, shown, _sentence(str(rows[0]["answer"]))))
    none = [Section("No pledge is reported by more than one document.", (), (), "")]
    return _answer(asked, result, table, parts or none, notes)


def _money(row: Mapping[str, Any]) -> str:
    """Whether a mention is of new money, or what another pledge may be to this one."""
    if row["relation"]:
        return _related(row["relation"])
    return _MONEY.get(str(row["new_money"]), "no date")


def _related(relation: str) -> str:
    """What another pledge may be to this one, in words."""
    inside, holds = relation.removeprefix("holds: "), relation.startswith("holds: ")
    if inside in INSIDE:
        return "may be a part of it" if holds else "may hold it"
    return "may be the same money" if inside in ONE_MONEY else "may be a version of it"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def parts(asked: Asked) -> Answer:
    """Wholes against what their parts add up to."""
    result, notes = _asked(asked)
    table = questions.parts(result)
    rows = [
        (
            f"{row['text']} · {parties(row)} · {row['source']}",
            (
                _sentence(row["answer"]),
                f"whole {_reach(row, 'low', 'high')}; parts {_reach(row, 'sum_low', 'sum_high')}: "
                + ", ".join(str(row["parts"]).split("|")),
            ),
        )
        for row in records(table)
    ]
    section = _said(rows, "Parts against the whole", "No document tells parts of a sum.")
    return _answer(asked, result, table, [section], notes)


def _reach(row: Mapping[str, Any], low: str, high: str) -> str:
    return span(row.get(low), row.get(high), row.get("currency")) or "unknown"


def headlines(asked: Asked) -> Answer:
    """Headlines against bodies."""
    result, notes = _asked(asked)
    table = questions.headlines(result)
    columns = (
        Column("same?"), Column("headline", wrap=True), Column("body", wrap=True),
        Column("cause"), Column("source", wrap=True),
    )  # fmt: skip
    order = {"no": 0, "unknown": 1, "yes, but": 2, "yes": 3}
    rows = sorted(records(table), key=lambda row: order[str(row["same"])])
    shown = tuple(
        Row(
            (
                str(row["same"]),
                str(row["headline"]),
                str(row["body"] or "–"),
                str(row["cause"] or ""),
                str(row["source"]),
            ),
            (_sentence(row["answer"]),) if row["same"] != "yes" else (),
        )
        for row in rows
    )
    none = "" if shown else "No headline names a sum."
    section = Section("Headlines against their bodies", columns, shown, none)
    return _answer(asked, result, table, [section], notes)


def yearly(asked: Asked) -> Answer:
    """Pledges for several years, by year."""
    result, notes = _asked(asked)
    table = questions.per_year(result)
    rows = [
        (
            f"{row['text']}, {str(row['period']).replace('|', ', ')} · {parties(row)} · "
            f"{row['source']}",
            (_sentence(row["answer"]),),
        )
        for row in records(table)
    ]
    section = _said(rows, "By year", "No pledge names a period.")
    return _answer(asked, result, table, [section], notes)


def effects(asked: Asked) -> Answer:
    """The change between two sums, split into amount and exchange rate."""
    days = [word for place, word in enumerate(asked.files) if place and _DAY.fullmatch(word)]
    words = [word for place, word in enumerate(asked.files) if not place or word not in days]
    before, base, after, other = two_amounts(words)
    if base != other:
        raise UsageError(
            f"the sums are in {base} and {other}: a rate effect is that of one currency seen in "
            "another; give both sums in one"
        )
    if asked.into is None:
        raise UsageError("say in which currency the change is seen: --in USD")
    stated = _stated(asked.stated)
    if stated is None and len(days) != 2:
        raise UsageError(
            "give the day of each sum, as in: effects 683m EUR 2024-11-04 910m EUR 2025-03-02 "
            "--in USD; or what the sources state: --stated 763m,940m"
        )
    found = questions.effects(
        before, after, base, asked.into,
        on=None if stated else (days[0], days[1]),
        stated=stated,
        convention=asked.convention, policy=asked.policy, rates=asked.rates,
    )  # fmt: skip
    columns = (Column(""), Column("", wrap=True))
    lines = tuple(Row(pair) for pair in found.lines())
    sections = [Section(found.verdict(), (), ()), Section("", columns, lines)]
    text = _text(asked, [found.to_dict()], sections)
    if asked.format == "table" and isinstance(text, str):
        text = "\n".join(one for one in text.splitlines() if one.strip()) + "\n"
    return _alone(text)


def _alone(text: str | bytes, no_rate: bool = False) -> Answer:
    """An answer about no documents."""
    if isinstance(text, bytes):
        return Answer("", content=text, no_rate=no_rate)
    return Answer(text, no_rate=no_rate)


def _stated(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    both = [part.strip() for part in text.split(",")]
    if len(both) != 2:
        raise UsageError(f"--stated {text}: give the two equivalents, as in --stated 763m,940m")
    return both[0], both[1]


def share(asked: Asked) -> Answer:
    """What shares of GDP are in money, of a share that is typed or of the claims of files."""
    gdp = questions.read_gdp(str(asked.gdp))
    first, *rest = asked.files
    if first.rstrip().endswith("%") or (first[:1].isdigit() and "%" in " ".join(asked.files)):
        words = [word for word in rest if word not in ("%", "of")]
        year = asked.year
        if words and _DAY.fullmatch(words[-1]):
            year = int(words.pop()[:4])
        found = questions.share_of_gdp(
            first if "%" in first else f"{first}%", " ".join(words), year, gdp, asked.into,
            asked.rates,
        )  # fmt: skip
        lacks = found.amount is None
        if asked.format in DATA:
            return _alone(answers.shown_of(asked, [found.to_dict()]), lacks)
        return _alone(paragraph(str(found), asked.width) + "\n", lacks)
    result, notes = _asked(asked)
    claims = result.claims
    table = questions.shares_of_gdp(claims, gdp, asked.into, year=asked.year, rates=asked.rates)
    pledges = questions.plausible(result, gdp, asked.year)
    if asked.format in DATA:
        grids = (of_frame("share", table), of_frame("pledge", pledges))
        return answers.answer_of(claims, answers.shown_of(asked, grids), notes)
    sections = [
        _said(
            [
                (f"{row['text']} · {parties(row)} · {row['source']}", (_sentence(row["answer"]),))
                for row in records(one)
            ],
            title,
            none,
        )
        for one, title, none in (
            (table, "Shares of GDP", "No claim is a share of GDP."),
            (pledges.iloc[_hardly_first(pledges)], "Pledges against GDP", "No pledge."),
        )
    ]
    return _answer(asked, result, table, sections, notes)


def _hardly_first(pledges: pd.DataFrame) -> list[int]:
    """The places of the rows, those that are not plausible first."""
    order = {"no": 0, "yes": 1, "unknown": 2}
    said = pledges["plausible"].tolist()
    return sorted(range(len(said)), key=lambda place: order[said[place]])


def constant(asked: Asked) -> Answer:
    """The nominal amounts in the shape that pydeflate takes, and what cannot be handed over."""
    result, notes = _asked(asked._replace(into=asked.into or "USD"))
    table = questions.to_pydeflate(result)
    columns = (
        Column("iso_code"), Column("year"), Column("value", right=True), Column("currency"),
        Column("donor → recipient", wrap=True), Column("pledge"),
    )  # fmt: skip
    rows = tuple(
        Row((
            row["iso_code"], str(row["year"]), short(row["value"]), row["currency"],
            parties(row), short_id(row["pledge_id"]),
        ))
        for row in records(table)
    )  # fmt: skip
    said = f"Current prices. We have no price indices; pydeflate has: {call_of(result, asked)}"
    parts = [Section("To hand over", columns, rows, said)]
    left = [
        (f"{one['text']} · {short_id(one['pledge_id'])}", (_sentence(one["why"]),))
        for one in table.attrs["left_out"]
    ]
    if left:
        parts.append(_said(left, "Left out", ""))
        if asked.format in DATA:
            notes += [f"left out: {one['text']}: {one['why']}" for one in table.attrs["left_out"]]
    return _answer(asked, result, table, parts, notes)


def call_of(result: Reconciliation, asked: Asked) -> str:
    """The call of pydeflate for the table of ``result``."""
    return call(result.currency, asked.base_year)


def cited(asked: Asked, answer: Answer) -> Answer:
    """The answer with the line to cite it by, where that is asked for."""
    if not asked.cite or answer.claims is None:
        return answer
    files = () if "-" in asked.files else tuple(one for one in asked.files if Path(one).exists())
    if asked.gdp:
        files = (*files, asked.gdp)
    text = questions.cite(
        answer.claims,
        *files,
        policy=asked.policy,
        rates=asked.rates,
        decisions=asked.decisions,
        currency=asked.into or "EUR",
    )
    if asked.format == "json":
        return answer._replace(text=answer.text + line({"citation": text}))
    if asked.format in DATA:
        return answer._replace(notes=(*answer.notes, f"cite as: {text}"))
    shown = f"Cite as: {text}"
    if asked.format == "table":
        shown = paragraph(shown, asked.width, hang=2)
    return answer._replace(text=f"{answer.text.rstrip()}\n\n{shown}\n")


VERBS: dict[str, Callable[[Asked], Answer]] = {
    **answers.VERBS,
    "same": same,
    "stages": stages,
    "timeline": timeline,
    "parts": parts,
    "headlines": headlines,
    "yearly": yearly,
    "effects": effects,
    "share": share,
    "constant": constant,
}
