"""What a made world may be like: one table of settings, and two sets that share no values."""

from __future__ import annotations

from typing import NamedTuple


class Settings(NamedTuple):
    """The parameters of a world. Shares are of 1; the range that makes sense stands behind each."""

    name: str = "plain"
    first_day: str = "2022-03-01"  # any day of the fixings, with room for the months
    months: int = 18  # 6-36: length of the news, before the recaps that follow it
    reports: float = 3.2  # 1.5-8: mean number of articles on one pledge
    one_digit: float = 0.35  # pledges announced in one significant digit
    two_digits: float = 0.40  # in two; the rest in three
    usual_amounts: float = 0.25  # 0-0.5: pledges that reuse a round amount of their donor
    named: float = 0.45  # 0.1-0.8: pledges that belong to a named programme
    says_name: float = 0.65  # articles that print the programme's name
    says_purpose: float = 0.75  # articles that say what for; some of them only "military aid"
    vague: float = 0.25  # of these, how many say only the broad kind
    tranches: float = 0.20  # pledges that are paid in parts with articles of their own
    revisions: float = 0.05  # pledges whose amount is changed later
    committed: float = 0.55  # pledges that get a second stage
    disbursed: float = 0.40  # pledges that get a last stage
    recaps: float = 0.20  # 0.1-0.3: articles that tell an old pledge again
    recap_says_when: float = 0.60  # recaps with "first announced in March", "last year"
    copies: float = 0.30  # 0.1-0.5: articles that copy another one's sentence, errors included
    edited_copies: float = 0.35  # copies in which a word or two were changed
    second_items: float = 0.06  # articles that list another pledge beside
    totals: float = 0.10  # articles with a running total in a second sentence
    targets: float = 0.02  # articles with an appeal or a need
    outlets: int = 25  # 10-60
    truncates: tuple[float, float] = (0.03, 0.10)  # each outlet cuts digits off this often
    digits: tuple[float, float, float] = (0.0, 0.62, 0.38)  # printed when converting: 1, 2, 3
    same_day: float = 0.85  # conversions at the rate of their own day
    lag: tuple[int, int] = (5, 250)  # business days of an old rate, evenly in logarithms
    market: float = 0.40  # outlets that use the market's rate, not the fixing
    market_deviation: float = 0.0025  # between two fixings, standard deviation
    converts: float = 0.55  # articles of foreign outlets that add their own currency
    only_converted: float = 0.20  # that print their own currency alone
    qualifiers: tuple[float, float, float] = (0.15, 0.10, 0.04)  # "over", "about", "nearly"
    bare_sign: float = 0.06  # other dollars printed with a bare "$"
    scale_slips: float = 0.005
    dollar_slips: float = 0.01  # of conversions: by the rate of another dollar or crown
    digit_slips: float = 0.003
    inverted: float = 0.001
    copied: float = 0.001  # the number kept, the currency changed
    old_totals: float = 0.02  # an old total printed as if new
    no_donor: float = 0.02  # articles that do not name the giver
    no_recipient: float = 0.02


TUNING = Settings(name="tuning")
# Other habits throughout: what was fitted to the first must hold here.
HELD_OUT = Settings(
    name="held out",
    first_day="2023-09-01",
    months=14,
    reports=4.1,
    one_digit=0.30,
    two_digits=0.42,
    usual_amounts=0.32,
    named=0.38,
    says_name=0.55,
    says_purpose=0.70,
    vague=0.35,
    tranches=0.16,
    revisions=0.07,
    committed=0.45,
    disbursed=0.50,
    recaps=0.25,
    recap_says_when=0.50,
    copies=0.36,
    edited_copies=0.45,
    second_items=0.09,
    totals=0.12,
    targets=0.03,
    outlets=34,
    truncates=(0.04, 0.12),
    digits=(0.0, 0.5, 0.5),
    same_day=0.80,
    lag=(8, 200),
    market=0.55,
    market_deviation=0.003,
    converts=0.48,
    only_converted=0.28,
    qualifiers=(0.12, 0.14, 0.05),
    bare_sign=0.09,
    scale_slips=0.006,
    dollar_slips=0.012,
    digit_slips=0.004,
    inverted=0.002,
    copied=0.002,
    old_totals=0.03,
    no_donor=0.03,
    no_recipient=0.01,
)
PRESETS = {"tuning": TUNING, "held_out": HELD_OUT}
