"""A verdict as one plain sentence that can be pasted: what was printed, what the rate gives."""

from __future__ import annotations

from decimal import Decimal

from ..text.amount_words import amount_words, grouped, significant
from ..text.days import day_words
from ..text.months import NAMES
from ..values.intervals import Printed, reading
from ..values.windows import Window, Windows
from .verdicts import Judgement

_SHOWN_WINDOWS = 3
_NEARLY = 1.0  # bits: within a factor of two
_LONG_AGO = 3  # years: an older conversion is then hardly a likelier story than a wrong number


def sentence(found: Judgement) -> str:
    """Return a judgement in short sentences; never more digits or certainty than the test has."""
    stated = found.stated
    opening = f"The source gives {stated.stated.words} for {stated.base.words}."
    if found.market is None:
        return f"{opening} This cannot be tested: {_clean(found.problem or 'no reason known')}."
    body = _BODIES[found.verdict](found)
    return " ".join([opening, _against_rate(found), *(one for one in body if one), *_asides(found)])


def share_words(percent: Decimal | float) -> str:
    """Write a percentage with no more digits than useful.

    >>> share_words(Decimal("2.4515")), share_words(28.3), share_words(0.04)
    ('2.5 %', '28 %', 'less than 0.1 %')
    """
    size = abs(Decimal(str(percent)))
    if size < Decimal("0.05"):
        return "less than 0.1 %"
    shown = grouped(size.quantize(Decimal("0.1"))) if size < Decimal("9.95") else f"{size:,.0f}"
    return f"{shown} %"


def window_words(window: Window) -> str:
    """Write a run of days as a sentence does.

    >>> import datetime as dt
    >>> window_words(Window(dt.date(2024, 9, 19), dt.date(2024, 9, 20), 2))
    '19–20 September 2024'
    """
    start, end = window.start, window.end
    if start == end:
        return day_words(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {NAMES[start.month - 1]} to {day_words(end)}"
    return f"{day_words(start)} to {day_words(end)}"


def _against_rate(found: Judgement) -> str:
    """``The ECB rate of 4 November 2024 gives 744.7 million USD: the source is 2.5 % above it.``"""
    assert found.expected is not None
    assert found.gap is not None
    stated = found.stated.stated
    assert stated.printed is not None
    gives = amount_words(found.expected, _digits(stated.printed) + 1)
    rate = f"The {found.band.name} gives {gives} {stated.currency}"
    ratio = stated.printed.amount / found.expected
    if ratio >= 3:
        return f"{rate}: the source has about {grouped(significant(ratio, 2))} times as much."
    if ratio <= Decimal(1) / 3:
        return f"{rate}: the source has only about {amount_words_of_share(ratio)} of it."
    if abs(found.gap) < Decimal("0.05"):
        return f"{rate}: the source matches it."
    side = "above" if found.gap > 0 else "below"
    return f"{rate}: the source is {share_words(found.gap)} {side} it."


def amount_words_of_share(ratio: Decimal) -> str:
    """Write a small ratio: as a percentage, or as one in so many.

    >>> amount_words_of_share(Decimal("0.21")), amount_words_of_share(Decimal("0.00102"))
    ('21 %', 'one 980th')
    """
    if ratio >= Decimal("0.01"):
        return share_words(100 * ratio)
    return f"one {grouped(significant(1 / ratio, 2))}th"


Body = list[str]  # sentences, empty ones left out


def _fits_publication(found: Judgement) -> str:
    if not found.chosen:
        return ""
    return f"It fits the {found.bands[found.chosen].name}, when it was published."


def _consistent(found: Judgement) -> Body:
    fits = _fits_publication(found) or "With the digits printed that is consistent."
    return [fits, _weakness(found)]


def _rounded(found: Judgement) -> Body:
    only = f"It fits only if {_rounded_words(found)} rounded."
    return [_fits_publication(found), only, _weakness(found)]


def _rounded_words(found: Judgement) -> str:
    """Which of the two figures has zeros that must be rounding."""
    sides = [
        side
        for side in (found.stated.base, found.stated.stated)
        if side.printed and reading(side.printed, "core") != reading(side.printed, "usual")
    ]
    names = [f"{side.words}" for side in sides]
    return f"{' and '.join(names)} {'are' if len(names) > 1 else 'is'}"


def _truncated(found: Judgement) -> Body:
    only = "It fits only if digits were cut off or rounded up instead of rounded."
    return [_fits_publication(found), only, _weakness(found)]


def _weakness(found: Judgement) -> str:
    if not found.weak or found.power is None or found.market is None:
        return ""
    if found.market.pegged(found.band.anchor):
        stated = found.stated
        return (
            f"The rate between {stated.base.currency} and {stated.stated.currency} has hardly "
            "moved in three years, so this cannot tell the age of the conversion."
        )
    passing = Decimal(str(100 * (1 - found.power)))
    if passing > Decimal("99.5"):
        return "The digits are too few to test: every rate of the past three years fits."
    return f"The digits are few: {passing:.0f} % of the rates of the three years before fit too."


def _other_date(found: Judgement) -> Body:
    assert found.market is not None
    if not found.windows:
        assert found.trial is not None
        near = found.trial.says.rpartition(" near ")[2]
        source = found.market.source(found.band.anchor)
        return [
            "No published rate gives it exactly.",
            f"It fits a market rate near the {source} rate of {near}, so the conversion may be of "
            "another day.",
        ]
    newest = found.windows[0].end
    tested = found.market.series.days[found.band.first]
    if newest >= tested:
        fitting = _rates_of(found.windows)
        return [f"It fits the {fitting}: it may have been converted on another day."]
    years = (tested - newest).days / 365.25
    if years > _LONG_AGO:
        last = _rates_of(found.windows[:1])
        return [f"It last fitted the {last}: a very old conversion, or a wrong figure."]
    than = "the article" if found.stated.dated_by_publication else "that date"
    fitting = _rates_of(found.windows)
    return [f"It fits the {fitting}: the conversion is probably older than {than}."]


def _rates_of(windows: Windows | tuple[Window, ...]) -> str:
    shown = [window_words(window) for window in windows[:_SHOWN_WINDOWS]]
    more = len(windows) - len(shown)
    if more:
        shown.append(f"{more} earlier period{'s' if more > 1 else ''}")
    words = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"rates of {words}"


def _explained(found: Judgement) -> Body:
    assert found.trial is not None
    says = found.trial.says
    if found.verdict == "scale":
        condition, at, rate = says.rpartition(", at the ")
        other = "small" if condition.endswith("large") else "large"
        says = f"{condition} (or the other one as much too {other}){at}{rate}"
    return [f"It would fit {says}.", _about_as_likely(found)]


def _about_as_likely(found: Judgement) -> str:
    """Name the explanations that are nearly as cheap: the test does not decide between them."""
    assert found.trial is not None
    rivals = [
        trial.says
        for trial in found.trials
        if trial is not found.trial
        and trial.worth
        and len(trial.terms) == 1
        and trial.bits - found.trial.bits <= _NEARLY
    ]
    return f"It would fit about as well {' or '.join(rivals)}." if rivals else ""


def _compound(found: Judgement) -> Body:
    assert found.trial is not None
    return [f"No single slip explains it; it would fit {found.trial.says}."]


def _copied(found: Judgement) -> Body:
    same = "Both figures have the same number, as if it was copied without converting."
    return [same, _about_as_likely(found)]


def _inconsistent(found: Judgement) -> Body:
    none = (
        "Neither rounding nor a recent rate, another currency, a slip of scale or an inverted rate "
        "explains it."
    )
    if not found.windows:
        return [none]
    return [none, f"The rate was last like this on {day_words(found.windows[0].end)}."]


def _asides(found: Judgement) -> Body:
    """What a reader may ask next: bounds beside the number, and which dollars were meant."""
    sides = (found.stated.stated, found.stated.base)
    asides = [
        f"“{side.words}” does not say which currency; it is read as {side.currency}."
        for side in sides
        if side.ambiguous
    ]
    words: list[str] = []
    if found.reading not in ("core", "usual"):
        words = list(dict.fromkeys(side.qualifier for side in sides if side.qualifier in _BOUNDS))
    if words:
        named = " and ".join(f"“{word}”" for word in words)
        asides.append(f"The test uses the digits alone, without {named}.")
    return asides


# Words that make a number a bound; of the others nothing need be said.
_BOUNDS = (
    *("over", "more than", "at least", "exceeding", "up to", "at most", "less than", "under"),
    *("nearly", "almost", "no more than", "no less than", "as much as", "upwards of"),
)


_BODIES = {
    "consistent": _consistent,
    "consistent-if-rounded": _rounded,
    "consistent-if-truncated": _truncated,
    "other-date": _other_date,
    "other-currency": _explained,
    "scale": _explained,
    "inverted": _explained,
    "copied": _copied,
    "compound": _compound,
    "inconsistent": _inconsistent,
}


def _digits(printed: Printed) -> int:
    """The significant digits that were printed, at least two, at most five."""
    units = printed.amount / printed.ulp if printed.ulp else printed.amount
    return min(max(len(str(int(units)).rstrip("0")), 2), 5)


def _clean(reason: str) -> str:
    return reason.rstrip(". ")
