"""The picture of a reconciliation: pledges as ranges by donor, totals as series over time.

matplotlib is loaded when a picture is asked for, and its global state is left alone: the figure
belongs to whoever asked.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rates.errors import PledgecalcError

from ..text.amount_words import amount_words
from .cells import missing
from .results import ReconciledTables
from .sections import records

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_MOST = 40  # pledges of one picture: the largest; the table has them all
_INK, _GREY, _LIGHT = "#1f2328", "#6b7280", "#d5d9de"
_COLOURS = ("#1f5a93", "#b4532a", "#3b7a57", "#7a4b94", "#8a6d1d", "#4d5b6a")
_WIDTH = 8.0  # inches: a column of a page
_ROW = 0.30
_MOST_WORDS = 4  # totals of one series that all get their words; of more, the last and the odd
_OPEN = 1.35  # an open end is drawn as an arrow of this factor, not as far as the axis


class ForPicture(ReconciledTables, Protocol):
    """What a picture shows: the tables of a reconciliation."""

    currency: str
    checks: pd.DataFrame


class Bar(NamedTuple):
    """One pledge as it is drawn; an open end is None."""

    donor: str
    amount: float | None
    low: float | None
    high: float | None
    label: str
    contested: bool


def plot(result: ForPicture) -> Figure:
    """Draw a reconciliation; the figure is returned, nothing is written. A notebook shows it.

    Pledges stand by donor, each with its range and the figure that was printed, on a logarithmic
    axis in the currency of the reconciliation. Below them the totals to date, one frame for each
    currency: the range of each as a bar on its day, and a thin line back to the day that its
    conversion fits, where that is older. ``PledgecalcError`` without matplotlib.
    """
    try:
        importlib.import_module("matplotlib")
    except ImportError as error:
        raise PledgecalcError(
            'a picture needs matplotlib; install it with: pip install "pledgecalc[plots]"'
        ) from error
    bars, left_out = _bars(result)
    series = _series(result)
    frames = list(dict.fromkeys(str(row["currency"]) for rows in series for row in rows))
    heights = [1.1 + _ROW * (len(bars) + len({bar.donor for bar in bars}))] if bars else []
    heights += [2.9] * len(frames)
    figure = _figure(sum(heights) + 0.5)
    if not heights:
        figure.text(0.5, 0.5, "No pledge and no total was found.", ha="center", color=_GREY)
        return figure
    axes = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    if bars:
        _draw_pledges(axes[0], bars, result.currency)
    for frame, code in zip(axes[len(axes) - len(frames) :], frames, strict=True):
        _draw_totals(frame, [rows for rows in series if str(rows[0]["currency"]) == code], code)
    figure.supxlabel(_below(bars, left_out, bool(frames)), x=0.01, ha="left", fontsize=7.5,
                     color=_GREY)  # fmt: skip
    return figure


def _figure(height: float) -> Figure:
    size: dict[str, Any] = {"figsize": (_WIDTH, height), "layout": "constrained"}
    inline = _inline_pyplot()
    made: Figure
    if inline is None:
        made = _picture()(facecolor="white", **size)
    else:
        made = inline.figure(FigureClass=_picture(), facecolor="white", **size)
    made.set_layout_engine("constrained", h_pad=0.12, hspace=0.08)
    return made


def _inline_pyplot() -> Any:
    """The pyplot of a notebook that shows its open figures below each cell, else None.

    There a figure shows up whether it is the last word of its cell or not, and only once; in a
    script the global state of pyplot is left alone.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is None:
        return None
    pyplot = importlib.import_module("matplotlib.pyplot")
    return pyplot if "inline" in str(pyplot.get_backend()).lower() else None


@cache
def _picture() -> Any:
    library = importlib.import_module("matplotlib.figure")

    class Picture(library.Figure):  # type: ignore[misc, name-defined]
        """A figure that notebooks show: at the end of its cell, and wherever it is named again."""

        _was_shown = False

        def _ipython_display_(self) -> None:
            inline = _inline_pyplot()
            is_open = inline is not None and getattr(self, "number", None) in inline.get_fignums()
            if not (is_open and self._was_shown):  # pyplot shows it again at the end of its cell
                self._was_shown = is_open
                show = importlib.import_module("IPython.display").display
                show({"image/png": self._repr_png_(), "text/plain": repr(self)}, raw=True)

        def _repr_png_(self) -> bytes:
            stream = importlib.import_module("io").BytesIO()
            self.savefig(stream, format="png", dpi=110, metadata={"Software": None})
            found: bytes = stream.getvalue()
            return found

    return Picture


def _below(bars: Sequence[Bar], left_out: int, totals: bool) -> str:
    parts = []
    if bars:
        parts.append(
            "Bars: what the printed digits and words allow, at the rate of each pledge's own date."
        )
    if totals:
        parts.append("Totals to date are never added to pledges.")
    if left_out:
        parts.append(f"{left_out} more pledge{'s' * (left_out > 1)}: see the table.")
    return " ".join(parts)


def _bars(result: ForPicture) -> tuple[list[Bar], int]:
    """The pledges to draw, by donor, the largest first; and how many are left out."""
    code = result.currency.lower()
    claims = {row["claim_id"]: row for row in records(result.claims)}
    found = []
    rows = records(result.pledges)
    for row in rows:
        amount, low, high = (row[f"{name}_{code}"] for name in ("amount", "low", "high"))
        if any(value is not None and value > 0 for value in (amount, low, high)):
            found.append(Bar(_who(row), amount, low, high, _label(row, claims), row["contested"]))
    found.sort(key=lambda bar: (-_size(bar), bar.donor, bar.label))
    kept = found[:_MOST]
    largest: dict[str, float] = {}
    for bar in kept:
        largest.setdefault(bar.donor, _size(bar))
    kept.sort(key=lambda bar: (-largest[bar.donor], bar.donor, -_size(bar), bar.label))
    return kept, len(rows) - len(kept)


def _size(bar: Bar) -> float:
    return bar.amount or bar.high or bar.low or 0.0


def _who(row: dict[str, Any]) -> str:
    donor = (row["donor"] or "Donor not named").replace("|", ", ")
    recipient = (row["recipient"] or "recipient not named").replace("|", ", ")
    return f"{donor} → {recipient}"


def _label(row: dict[str, Any], claims: dict[str, dict[str, Any]]) -> str:
    """The figure as printed in the donor's own money, and what for."""
    every = [claims[name] for name in row["claim_ids"].split("|") if name in claims]
    own = [claim for claim in every if claim["currency"] == row["currency"]] or every
    same = [claim for claim in own if claim["amount"] == row["amount"]] or own
    told = same[0] if same else None
    unsure = " (the sign does not name the currency)" if told and _ambiguous(told) else ""
    purpose = f", {row['purpose'].replace('|', ', ')}" if row["purpose"] else ""
    return f"{_printed(told)}{purpose}{unsure}" if told else purpose.removeprefix(", ")


def _ambiguous(claim: dict[str, Any]) -> bool:
    return bool(claim["currency_basis"] == "ambiguous" and "|" in claim["currency_candidates"])


def _printed(claim: dict[str, Any]) -> str:
    text = " ".join(str(claim["text"] or "").split())
    return f"{claim['qualifier']} {text}" if claim["qualifier"] else text


def _draw_pledges(frame: Any, bars: Sequence[Bar], code: str) -> None:
    frame.set_title(f"Pledges in {code}", loc="left", fontsize=11, fontweight="bold", pad=10)
    position, donor, number = 0.0, None, -1
    for bar in bars:
        if bar.donor != donor:
            position -= 0.25
            frame.annotate(bar.donor, (0, position), xycoords=("axes fraction", "data"),
                           xytext=(0, 0), textcoords="offset points", va="center", fontsize=9,
                           color=_INK, fontweight="bold")  # fmt: skip
            position, donor, number = position - 1, bar.donor, number + 1
        colour = _COLOURS[number % len(_COLOURS)]
        _draw_range(frame, bar, position, colour)
        position -= 1
    frame.set_ylim(position + 0.3, 0.6)
    frame.set_xscale("log")
    ends = [value for bar in bars for value in (bar.amount, bar.low, bar.high) if value]
    low, high = min(ends), max(ends)
    frame.set_xlim(low / 1.6, high * max(4.0, (high / low) ** 0.75))  # labels stand on the right
    _axis(frame, frame.xaxis, frame.get_xlim())
    frame.set_yticks([])
    _plain(frame)


def _draw_range(frame: Any, bar: Bar, position: float, colour: str) -> None:
    low = bar.low if bar.low else (bar.amount or bar.high or 1.0) / _OPEN
    high = bar.high if bar.high else (bar.amount or bar.low or 1.0) * _OPEN
    style = (0, (2, 1)) if bar.contested else "solid"
    frame.plot([low, high], [position] * 2, color=colour, lw=5, alpha=0.45, ls=style,
               solid_capstyle="butt")  # fmt: skip
    if not bar.high:
        frame.plot([high], [position], marker=">", ms=7, color=colour, alpha=0.6)
    if not bar.low:
        frame.plot([low], [position], marker="<", ms=7, color=colour, alpha=0.6)
    if bar.amount:
        frame.plot([bar.amount], [position], marker="|", ms=11, mew=2.2, color=colour)
    words = f"{bar.label} (the sources disagree)" if bar.contested else bar.label
    frame.annotate(words, (high, position), xytext=(9, 0), textcoords="offset points",
                   va="center", fontsize=8.5, color=_INK)  # fmt: skip


def _series(result: ForPicture) -> list[list[dict[str, Any]]]:
    """The dated totals of each series and currency, by date, with words and the earliest day."""
    claims = {row["claim_id"]: row for row in records(result.claims)}
    fits = {
        row["claim_id"]: row["windows"].partition(";")[0].rpartition("..")[2]
        for row in records(result.checks)
        if row["verdict"] == "other-date" and row["windows"]
    }
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(result.totals):
        value = row["amount"] or row["low"] or row["high"]
        if missing(row["as_of"]) or not value:
            continue
        names = row["claim_ids"].split("|")
        told = [claims[name] for name in names if name in claims]
        own = [claim for claim in told if claim["currency"] == row["currency"]] or told
        row |= {
            "value": value,
            "words": _printed(own[0]) if own else amount_words(value),
            "since": next((fits[name] for name in names if name in fits), None),
        }
        found.setdefault((row["series_id"], str(row["currency"])), []).append(row)
    return [sorted(rows, key=lambda row: row["as_of"]) for rows in found.values()]


def _draw_totals(frame: Any, series: Sequence[list[dict[str, Any]]], code: str) -> None:
    numpy = importlib.import_module("numpy")
    dates = importlib.import_module("matplotlib.dates")
    frame.set_title(f"Totals to date in {code}", loc="left", fontsize=11, fontweight="bold", pad=10)
    top = max(row["high"] or row["value"] * 1.05 for rows in series for row in rows)
    days = []
    for number, rows in enumerate(series):
        colour = _COLOURS[number % len(_COLOURS)]
        at = [numpy.datetime64(row["as_of"], "D") for row in rows]
        days += at
        frame.plot(at, [row["value"] for row in rows], color=colour, lw=1.2, alpha=0.5)
        for day, row in zip(at, rows, strict=True):
            if row["since"]:
                since = numpy.datetime64(row["since"], "D")
                days.append(since)
                frame.plot([since, day], [row["value"]] * 2, color=colour, lw=1, ls=":")
                frame.plot([since], [row["value"]], marker="|", ms=8, color=colour)
            low, high = row["low"] or row["value"], row["high"] or row["value"] + 0.06 * top
            frame.plot([day, day], [low, high], color=colour, lw=5, alpha=0.45,
                       solid_capstyle="butt")  # fmt: skip
            if not row["high"]:
                frame.plot([day], [high], marker="^", ms=7, color=colour, alpha=0.6)
            frame.plot([day], [row["value"]], marker="_", ms=11, mew=2.2, color=colour)
            words = row["words"] if len(rows) <= _MOST_WORDS or row is rows[-1] else ""
            if row["since"]:
                words = f"{row['words']}\n(its conversion fits {row['since']})"
            frame.annotate(words, (day, row["value"]), xytext=(9, -4),
                           textcoords="offset points", va="top", fontsize=8.5,
                           color=_INK)  # fmt: skip
        last = rows[-1]
        frame.annotate(_scope(last), (at[-1], last["high"] or last["value"]), xytext=(9, 2),
                       textcoords="offset points", va="bottom", fontsize=8.5, color=colour,
                       fontweight="bold")  # fmt: skip
    first, latest = min(days), max(days)
    span = max(int((latest - first).astype(int)), 240)
    frame.set_xlim(first - span // 12, latest + int(span * 0.55))
    frame.set_ylim(0, top * 1.25)
    locator = dates.AutoDateLocator(minticks=3, maxticks=7)
    frame.xaxis.set_major_locator(locator)
    frame.xaxis.set_major_formatter(dates.DateFormatter("%b %Y" if span < 4 * 365 else "%Y"))
    _axis(frame, frame.yaxis, None)
    _plain(frame)


def _scope(row: dict[str, Any]) -> str:
    scope = "" if row["scope"] in (None, "unknown") else f" ({row['scope'].replace('|', ', ')})"
    return f"{_who(row)}{scope}"


def _axis(frame: Any, axis: Any, limits: tuple[float, float] | None) -> None:
    ticker = importlib.import_module("matplotlib.ticker")
    if limits is not None:
        axis.set_major_locator(ticker.FixedLocator(list(_decades(*limits))))
        axis.set_minor_locator(ticker.NullLocator())
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _place: amount_words(value, 3)))
    frame.tick_params(labelsize=8, colors=_GREY, length=0)
    frame.grid(axis="x" if axis is frame.xaxis else "y", color=_LIGHT, lw=0.6)
    frame.set_axisbelow(True)


def _decades(low: float, high: float) -> Iterable[float]:
    """Ticks of a logarithmic axis: powers of ten, with their threes where there are few."""
    few = math.log10(high / low) < 3
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for step in (1, 3) if few else (1,):
            if low <= step * 10.0**power <= high:
                yield step * 10.0**power


def _plain(frame: Any) -> None:
    for side in ("top", "right", "left"):
        frame.spines[side].set_visible(False)
    frame.spines["bottom"].set_color(_LIGHT)
