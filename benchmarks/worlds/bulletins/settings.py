"""What a world of bulletins may be like: one table of ranges, drawn anew for every world."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

Range = tuple[float, float]

# Every habit is drawn evenly from its range, once per world. Shares are of 1.
RANGES: dict[str, Range] = {
    # --- the time and the crowd
    "first_year": (2012, 2022),  # rates of calm and of moving years
    "months": (14, 40),  # a world shorter than a year has no yearly payment
    "donors_each": (3, 9),  # givers per receiver: lists need several
    "outlets": (6, 30),  # few voices copy each other, many differ
    "wordings": (0.35, 1.0),  # of each family of phrases this share is in use: a world has habits
    # --- what is pledged
    "reports": (1.2, 3.4),  # tellings of a first announcement, lists included
    "one_digit": (0.2, 0.5),  # amounts of one significant digit
    "two_digits": (0.25, 0.45),  # of two; the rest of three
    "usual_amounts": (0.05, 0.45),  # a donor likes some round amounts and gives them again
    "in_dollars": (0.0, 0.35),  # donors that pledge in US dollars, not in their own money
    "joint": (0.0, 0.04),  # two donors with one sum
    "through_agency": (0.0, 0.15),  # for a country by way of a UN agency: either is named
    "passed_on": (0.1, 0.6),  # of gifts to an agency: it hands some on in its own name
    "programme_none": (0.2, 0.9),  # pledges of no programme at all
    "programme_one_word": (0.1, 0.9),  # names of one word; the rest of two
    "programme_shared": (0.0, 0.35),  # a donor's pledge goes into a programme it has already
    "sectors": (2, 9),  # purposes that a donor has for one receiver: few are easily mixed up
    # --- pledges that only look alike, or belong together
    "tranched": (0.03, 0.25),  # paid in parts with news of their own
    "packages": (0.02, 0.18),  # a whole with parts named side by side
    "yearly": (0.02, 0.18),  # equal payments each year, every one a pledge of its own
    "twins": (0.01, 0.12),  # equal amounts, same giver and receiver, other purposes
    "raised": (0.0, 0.10),  # from X to Y
    "topped_up": (0.0, 0.10),  # by Y: a part of what the pledge is from then on
    # --- how news goes on
    "next_stage": (0.15, 0.75),  # pledges with news of a further stage, again after each
    "stage_days": (60, 500),  # the latest day of a next stage
    "stage_reports": (1.0, 2.2),  # tellings of a stage
    "recaps": (0.0, 1.2),  # later retellings of one pledge
    "recap_days": (30, 400),  # how late a retelling may be
    "recap_says_so": (0.0, 0.9),  # "first announced in March", "as reported"
    "copies": (0.0, 0.4),  # articles on one pledge that another outlet prints too
    "copy_days": (1, 120),  # the latest day of a copy
    "list_copies": (0.0, 0.2),  # lists that another outlet prints too
    "edited": (0.0, 0.9),  # copies with changed words
    "year_lists": (0.0, 0.5),  # pledges told again in a list of their year
    "conferences": (0.0, 0.35),  # receivers with a donors' conference
    "appeals": (0.0, 0.5),  # receivers with a UN appeal in a year
    # --- how it is printed
    "lists": (0.5, 0.85),  # tellings as a line of a list or table
    "tables": (0.1, 0.6),  # of the lists: with rows and columns
    "run_on": (0.0, 0.25),  # of the lists: one paragraph with semicolons
    "ministry": (0.1, 0.6),  # first news as the giver's own release
    "says_we": (0.1, 0.9),  # of these: "we will provide"
    "says_date": (0.0, 1.0),  # never to always
    "vague_date": (0.0, 0.6),  # of dates: only month, week or year
    "says_purpose": (0.3, 0.95),  # what it is for
    "broad_purpose": (0.0, 0.5),  # of these: only "aid", "support", "recovery"
    "says_programme": (0.2, 0.95),  # of pledges with one
    "says_status": (0.0, 0.8),  # lines of a list that name the stage
    "says_more": (0.0, 0.5),  # "another", "additional" for a later pledge of the pair
    "names_whole": (0.1, 0.9),  # instalments that tell the sum they belong to
    "omits_recipient": (0.0, 0.7),  # where title or heading names the receiver already
    "totals": (0.02, 0.15),  # claims that are running totals
    "scopes": (0.0, 1.0),  # pairs whose totals come in two scopes
    "total_points": (4, 8),  # points in time of a series
    "base_sum": (0.0, 3.0),  # what a series held before the world begins, in sums of the world
    # --- money
    "own_code": (0.1, 0.6),  # outlets that print "NOK 500m"; the rest signs and names
    "converts": (0.1, 0.7),  # foreign outlets that add a known currency
    "only_converted": (0.0, 0.35),  # that print the known currency alone
    "market": (0.0, 0.6),  # outlets with the market's rate
    "old_rate": (0.0, 0.25),  # conversions at a rate of earlier days
    "rounds": (0.0, 0.35),  # printings with fewer digits than were announced
    "qualifiers": (0.0, 0.35),  # "over", "about", "nearly", "up to"
    "bare_sign": (0.0, 0.3),  # other dollars with a bare "$"
    "scale_slip": (0.0, 0.008),  # a million for a billion
    "dollar_slip": (0.0, 0.015),  # converted as if another dollar
    "copied_slip": (0.0, 0.003),  # number kept, currency changed
    "inverted_slip": (0.0, 0.003),  # multiplied for divided
    # --- what a table made of it leaves blank
    "blank_role": (0.0, 0.3),  # the reader takes such a row for a pledge
    "blank_donor": (0.0, 0.3),  # sentence, heading, title or publisher still tell
    "blank_recipient": (0.0, 0.35),  # as above
    "blank_value_date": (0.0, 0.9),  # many tables have only the day of publication
    "blank_purpose": (0.0, 0.8),  # the column that is missing most often
    "blank_status": (0.0, 0.8),  # or holds no stage
    "blank_by_source": (0.0, 1.0),  # blanks of a whole source, not of single cells
    "sector_column": (0.0, 1.0),  # purposes as a code book's labels, not in the text's words
}


class Settings(NamedTuple):
    """The name of a kind of world and the ranges that are not as in ``RANGES``."""

    name: str = "bulletins"
    ranges: Mapping[str, Range] = {}


WIDE = Settings()
# All columns filled and every date told: what the words alone make hard.
FILLED = Settings(
    "bulletins, filled",
    {name: (0.0, 0.0) for name in RANGES if name.startswith("blank_")} | {"says_date": (0.7, 1)},
)
# Lists of lists: hardly a sentence, half of the columns blank.
SPARSE = Settings(
    "bulletins, sparse",
    {"lists": (0.8, 0.95), "says_date": (0, 0.3), "says_purpose": (0.1, 0.4)}
    | {f"blank_{name}": (0.4, 0.6) for name in ("donor", "recipient", "purpose", "status")},
)
PRESETS = {"wide": WIDE, "filled": FILLED, "sparse": SPARSE}


def draw(settings: Settings, rng: Random) -> dict[str, float]:
    """The habits of one world.

    >>> draw(WIDE, Random("a")) == draw(WIDE, Random("a"))
    True
    """
    unknown = sorted(set(settings.ranges) - set(RANGES))
    if unknown:
        raise ValueError(f"no such habit: {', '.join(unknown)}")
    return {
        name: rng.uniform(*settings.ranges.get(name, usual))
        for name, usual in sorted(RANGES.items())
    }
