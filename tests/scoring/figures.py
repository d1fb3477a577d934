"""The figures of a sentence against its labels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calc.figures import Figure, figures
from scoring import Case, Corpus, Reading, Slip, counted

FACETS = ("span", "amount", "currency", "qualifier")


def _read(figure: Figure) -> dict[str, Any]:
    return {
        "span": figure.text,
        "amount": (_plain(figure.low), _plain(figure.high)),
        "currency": figure.currency,
        "qualifier": figure.qualifier,
    }


def _meant(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "span": entry["text"],
        "amount": (_plain(entry["low"]), _plain(entry["high"])),
        "currency": entry["currency"],
        "qualifier": entry["qualifier"],
    }


def _plain(value: Decimal | str | None) -> str | None:
    return None if value is None else f"{Decimal(value).normalize():f}"


def read(case: Case) -> Reading:
    """How the figures of a sentence are read; each is known by where it starts."""
    found = {figure.start: figure for figure in figures(case["text"])}
    labels: list[tuple[str, str, object, object]] = []
    slips: list[Slip] = []
    unread: list[str] = []
    for entry in case.get("figures", []):
        figure = found.pop(entry["start"], None)
        meant = _meant(entry)
        if figure is None:
            slips.append(Slip("span", entry["text"], None, entry["text"]))
            unread += meant
            continue
        read = _read(figure)
        labels += [(name, entry["text"], read[name], meant[name]) for name in FACETS]
    slips += [Slip("span", figure.text, figure.text, None) for figure in found.values()]
    reading = counted(labels, slips, unread)
    reading.labels["span"] += len(found)  # what is read and is none is a span read wrongly
    if not case.get("figures"):
        reading.labels["span"] += not found
        reading.right["span"] += not found
    return reading


FIGURES = Corpus("figures", FACETS, read, also=("no_figures.jsonl",))
