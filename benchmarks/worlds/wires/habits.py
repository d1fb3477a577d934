"""The habits of a world of the wires: one table of ranges, from which each world draws its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
Habits = Mapping[str, float]


class Range(NamedTuple):
    """A habit may lie anywhere between ``low`` and ``high``; ``why`` says why just there."""

    name: str
    low: float
    high: float
    why: str


RANGES = (
    # time and size
    Range("first_year", 2015.5, 2024.3, "rates, laws and euro members are the same throughout"),
    Range("months", 8, 26, "a conflict in the news for less than a year, or for two"),
    Range("reports", 1.2, 3.8, "articles on one act of a pledge: a small capital or a large one"),
    Range("outlets", 8, 40, "a clipping service follows few papers, a database many"),
    Range("size", 6.2, 8.0, "usual pledge in euros, as a power of ten: villages or armies"),
    Range("spread", 0.35, 0.9, "how far pledges of a donor lie apart, in powers of e"),
    Range("digits_1", 0.1, 0.5, "pledges of one significant digit"),
    Range("digits_3", 0.05, 0.45, "pledges of three; the rest has two"),
    Range("usual_amounts", 0.0, 0.45, "a ministry likes its round sum and gives it again"),
    # kinds of pledges
    Range("tranches", 0.0, 0.28, "budget aid comes in tranches, gifts of kit do not"),
    Range("parts", 0.0, 0.15, "of a package some articles say what goes where"),
    Range("yearly", 0.0, 0.18, "core funding of agencies is paid anew each year"),
    Range("a_year", 0.0, 0.04, "multi-year promises told by the year"),
    Range("twins", 0.0, 0.15, "the same sum for food and for medicine"),
    Range("joint", 0.0, 0.07, "neighbours that give together"),
    Range("each", 0.0, 0.35, "of joint pledges: the sum is told for each donor"),
    Range("revised", 0.0, 0.12, "promises raised later, seldom lowered"),
    Range("funds", 0.05, 0.5, "receivers that are funds and agencies, not countries"),
    # later news
    Range("committed", 0.1, 0.7, "pledges that come before a parliament"),
    Range("allocated", 0.0, 0.5, "pledges that a budget names"),
    Range("disbursed", 0.1, 0.6, "pledges whose delivery is news"),
    Range("stage_days", 60, 500, "longest time to the last stage: kit at once, loans late"),
    Range("recaps", 0.02, 0.3, "articles that only tell an old pledge again"),
    Range("recap_days", 40, 480, "how far back a recap reaches"),
    Range("backgrounds", 0.0, 0.4, "articles whose last paragraph recalls an earlier pledge"),
    Range("neighbours", 0.0, 0.15, "articles that name what another donor gives the receiver"),
    Range("totals", 0.02, 0.25, "articles with a running total"),
    Range("all_donors", 0.0, 0.3, "of totals: what all donors gave together"),
    Range("old_totals", 0.0, 0.1, "a total taken from an older article"),
    Range("as_of", 0.0, 0.7, "totals that say as of when"),
    Range("targets", 0.0, 0.06, "articles with a need or an appeal"),
    # dates
    Range("dates_news", 0.0, 1.0, "wires date every lead, some papers none"),
    Range("dates_later", 0.0, 1.0, "an old promise is dated, or just recalled"),
    Range("vague_dates", 0.05, 0.7, "'last spring' in a feature, '12 April' in a table of events"),
    Range("late_news", 0.0, 6.0, "mean days from the act to an article"),
    # names and words
    Range("named", 0.05, 0.8, "pledges that belong to a named programme"),
    Range("name_coined", 0.0, 1.0, "weight of a coined word: a local dish, a river"),
    Range("name_word", 0.0, 1.0, "weight of one plain word"),
    Range("name_two", 0.0, 1.0, "weight of two words"),
    Range("name_known", 0.0, 0.4, "a new pledge under a name that the pair used before"),
    Range("says_name", 0.2, 0.95, "articles that print the name"),
    Range("quotes_name", 0.0, 0.9, "house style: names between quotation marks or not"),
    Range("says_aim", 0.15, 0.95, "sentences that say what for"),
    Range("generic", 0.1, 0.8, "of aims: only 'military aid', 'relief', 'assistance'"),
    Range("extra", 0.0, 0.35, "'another', 'additional' before a later pledge"),
    Range("no_donor", 0.0, 0.2, "sentences that say 'the government' and leave it to the title"),
    Range("seats", 0.0, 0.25, "the capital's name for the donor's"),
    Range("quotes", 0.1, 0.8, "articles with a quotation"),
    Range("told_again", 0.0, 0.25, "quotations that name the sum again"),
    Range("taste", 0.6, 2.5, "how strongly a world prefers some wordings to others"),
    # numbers
    Range("title_amount", 0.2, 0.95, "headlines with the sum"),
    Range("title_rounds", 0.1, 0.8, "of these: shortened to one or two digits"),
    Range("title_converts", 0.0, 0.5, "of foreign ones: in the paper's own money alone"),
    Range("converts", 0.2, 0.85, "foreign sums with an equivalent beside them"),
    Range("only_converted", 0.0, 0.25, "foreign sums in the paper's own money alone"),
    Range("rounds", 0.0, 0.12, "home sums told with a digit less"),
    Range("truncates", 0.0, 0.3, "of shortened sums: cut, not rounded"),
    Range("three_digits", 0.1, 0.7, "equivalents in three digits; the rest in two"),
    Range("market", 0.0, 0.7, "outlets that convert at the market's rate of the hour"),
    Range("deviation", 0.0015, 0.0035, "how far that lies from the fixing"),
    Range("old_rate", 0.0, 0.2, "equivalents at a rate from a template or an older article"),
    Range("old_days", 20, 400, "how old such a rate is at most"),
    Range("act_rate", 0.0, 1.0, "recaps that convert at the rate of the act, not of the day"),
    Range("bare", 0.0, 0.15, "other dollars printed as '$' or 'dollars'"),
    Range("qualified", 0.05, 0.4, "'about', 'over', 'nearly' before a sum"),
    Range("scale_slip", 0.0, 0.006, "million for billion: rare, and copied"),
    Range("dollar_slip", 0.0, 0.015, "the rate of the wrong dollar or crown"),
    Range("copied_slip", 0.0, 0.002, "the number kept, the money changed"),
    Range("inverted_slip", 0.0, 0.002, "multiplied instead of divided"),
    # copies
    Range("copies", 0.05, 0.5, "articles that reprint another one"),
    Range("copy_days", 1, 60, "how late a reprint may come"),
    Range("edited", 0.1, 0.9, "reprints with other words around the same sums"),
    # the table: what its makers leave blank
    Range("blank_role", 0.0, 1.0, "most tables have no such column"),
    Range("blank_donor", 0.0, 0.4, "rows left open though the title tells it"),
    Range("blank_recipient", 0.0, 0.4, "likewise"),
    Range("blank_value_date", 0.0, 1.0, "tables with only the day of the article"),
    Range("blank_purpose", 0.0, 1.0, "a column that few keep filled"),
    Range("blank_status", 0.0, 1.0, "likewise"),
    Range("blank_title", 0.0, 0.6, "clippings without their headline"),
    Range("blank_conversion", 0.0, 0.3, "equivalents entered as a row like any other"),
    Range("blank_repeats", 0.0, 1.0, "headline and body entered side by side"),
    Range("date_read", 0.0, 1.0, "rows whose value date follows the words, not the article's day"),
)  # fmt: skip


class Wires(NamedTuple):
    """The settings of this kind of world: its name, and the ranges that its worlds draw from."""

    name: str = "wires"
    ranges: tuple[Range, ...] = RANGES


WIRES = Wires()


def habits_of(settings: Wires, seed: int) -> Habits:
    """The habits of the world of ``seed``, the same whatever its size.

    >>> habits_of(WIRES, 1) == habits_of(WIRES, 1) != habits_of(WIRES, 2)
    True
    """
    rng = Random(f"{settings.name}:habits:{seed}")
    return {one.name: rng.uniform(one.low, one.high) for one in settings.ranges}


class Taste:
    """Which wordings a world prefers: weights drawn once for each list of wordings."""

    def __init__(self, key: str, strength: float) -> None:
        self._key, self._strength = key, strength
        self._weights: dict[str, list[float]] = {}

    def pick(self, rng: Random, name: str, wordings: Sequence[Item]) -> Item:
        """One of the wordings of the list called ``name``; its weights hang on the name alone."""
        weights = self._weights.get(name)
        if weights is None or len(weights) != len(wordings):
            drawn = Random(f"{self._key}:{name}:{len(wordings)}")
            weights = [drawn.expovariate(1.0) ** self._strength + 0.01 for _ in wordings]
            self._weights[name] = weights
        return rng.choices(wordings, weights)[0]
