"""The phrases of a world of bulletins; every world uses only some of each family."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from random import Random

# {m} an amount, {w} the whole, {s} giver, {r} receiver, {d} a day, {n} a count, {y} a year
FAMILIES: dict[str, tuple[str, ...]] = {
    "pledged": (
        "pledged", "has pledged", "will provide", "will give", "promised", "is to contribute",
        "plans to make available", "offered", "announced", "intends to donate", "will pay in",
        "undertook to give",
    ),
    "committed": (
        "approved", "has committed", "agreed on", "signed off on", "cleared", "has decided on",
        "signed for", "confirmed",
    ),
    "allocated": (
        "allocated", "has set aside", "earmarked", "has budgeted", "reserved", "put aside",
        "assigned",
    ),
    "disbursed": (
        "paid out", "transferred", "has disbursed", "handed over", "delivered", "released",
        "has sent", "wired",
    ),
    "we pledged": (
        "We will provide", "We are pledging", "We will make available", "We intend to give",
        "We promise", "Our government will contribute", "We are going to help {r} with",
    ),
    "we committed": ("We have approved", "We have agreed on", "We have signed for", "We commit"),
    "we allocated": ("We have allocated", "We have set aside", "We are earmarking"),
    "we disbursed": ("We have transferred", "We have paid out", "We delivered", "We have sent"),
    "was pledged": ("was pledged", "has been promised", "is on offer", "is to come"),
    "was committed": ("was approved", "has been agreed", "was signed", "was confirmed"),
    "was allocated": ("was allocated", "has been set aside", "was earmarked"),
    "was disbursed": ("was paid", "has been delivered", "was transferred", "has arrived"),
    "plain": (
        "{m}", "{m}", "{m} in aid", "aid worth {m}", "a grant of {m}", "a package of {m}",
        "{m} in support", "funding of {m}", "assistance of {m}", "a contribution of {m}",
        "the sum of {m}",
    ),
    "more": (
        "an additional {m}", "another {m}", "a further {m}", "{m} more", "an extra {m}",
        "{m} in new money", "fresh funding of {m}", "additional support of {m}",
    ),
    "yearly": (
        "{m} annually", "{m} a year", "its yearly {m}", "its annual contribution of {m}",
        "{m} for {y}", "its {y} contribution of {m}", "{m} per year", "{m} each year",
        "this year's {m}", "its regular {m} for {y}", "its annual payment, {m},",
    ),
    "tranche": (
        "the {n} tranche, {m},", "a {n} instalment of {m}", "the {n} payment of {m}", "{m}",
        "a tranche of {m}", "the {n} slice ({m})", "an instalment of {m}",
    ),
    "tranche of": (
        "the {n} tranche of {m} out of {w}", "{m}, the {n} of {of} instalments of its {w} pledge,",
        "a {n} instalment ({m}) of the {w} it promised in {d}", "{m} of the agreed {w}",
        "the {n} payment, {m}, under the {w} package", "{m} of a total of {w}",
        "the {n} part, {m}, of its pledge of {w}",
    ),
    "each": (
        " It comes in {of} tranches of {m} each.", " Paid in {of} equal instalments of {m}.",
        " There will be {of} payments, {m} each.",
    ),
    "twin": (
        " A further {m} goes into {p}.", " The same amount, {m}, is for {p}.",
        " Another {m} is set apart for {p}.", " On top of that comes {m} for {p}.",
    ),
    "raised": (
        "{s} raised its pledge {to} from {x} to {m}.",
        "{s} lifts its promise {to} to {m}, from {x}.",
        "Pledge of {s} {to} goes up from {x} to {m}.", "{s} now gives {m} {to}, up from {x}.",
        "{s} increased its contribution {to} to {m} (before: {x}).",
        "Instead of {x}, {s} will provide {m} {to}.",
    ),
    "topped": (
        "{s} topped up its pledge {to} by {m}.", "{s} adds {m} to the {w} it had pledged {to}.",
        "{s} topped up its {w} package {to} with {m}.",
        "The pledge of {s} {to} grows by {m}, to {z}.",
        "A top-up of {m} brings {s}'s pledge {to} to {z}.",
        "{s} puts {m} on top of its {w} {to}.",
    ),
    "to": ("to {r}", "for {r}", "to {r}", "for {r}", "in support of {r}", "to help {r}"),
    "for": (
        "for {p}", "to fund {p}", "towards {p}", "meant for {p}", "to pay for {p}",
        "earmarked for {p}", "in the field of {p}",
    ),
    "what for": (
        "The money is meant for {p}.", "It will go into {p}.", "Purpose: {p}.",
        "Focus: {p}.", "The funds serve {p}.", "What for: {p}.",
    ),
    "under": (
        "under {g}", "through the {g} programme", "as part of {g}", "within “{g}”", "({g})",
        "via its {g} facility", "from the {g} window", "for the {g} initiative",
        "under the {g} programme",
    ),
    "through": ("through {a}", "via {a}", "by way of {a}", "channelled through {a}"),
    "day": ("on {day} {month} {y}", "on {month} {day}", "on {day} {mon}", "on {iso}",
            "on {day} {month}", "({day}.{m2}.{y})", "on {mon} {day}, {y}"),
    "near day": ("today", "on {weekday}", "this {weekday}"),
    "vague day": ("in {month} {y}", "in {month}", "in {mon} {y}", "last {month}", "in {y}",
                  "this week", "recently"),
    "list day": ("{day} {mon}", "{day} {mon} {y}", "{iso}", "{day}.{m2}.{y}", "{mon} {day}",
                 "{month} {y}"),
    "again": (
        "(already reported)", "(repeated)", "(see our last issue)", "(announced in {month})",
        "(first made public in {month} {y})", "(known since {month})", "(as reported)",
        "(pledge of {y})", "(old pledge)",
    ),
    "again sentence": (
        "As announced in {month} {y}, ", "As reported, ", "Once more: ", "Reminder: ",
        "Already in {month}, ", "Looking back to {month} {y}: ", "As is known, ",
    ),
    "office": (
        "the foreign minister", "the development minister", "the prime minister", "a spokesperson",
        "the head of the aid agency", "the finance minister", "the ambassador", "the ministry",
    ),
    "said": ("said", "told reporters", "stated", "explained", "wrote"),
    "stage pledged": ("pledge", "pledged", "promised", "announced"),
    "stage committed": ("committed", "signed", "approved", "agreed"),
    "stage allocated": ("allocated", "earmarked", "set aside", "budgeted"),
    "stage disbursed": ("paid", "disbursed", "delivered", "transferred"),
    "note more": ("additional", "new", "extra", "on top of earlier gifts"),
    "note yearly": ("annual", "yearly payment", "for {y}", "each year", "{y} share"),
    "note tranche": (
        "{n} tranche", "tranche {k} of {of}", "{k}/{of}", "{n} instalment", "part payment",
    ),
    "note tranche of": (
        "{n} tranche of {w}", "{k} of {of}, {w} in all", "out of {w}", "part of {w}",
    ),
    "note part": ("part of the {w} package", "out of {w}", "from its {w}"),
    "note topup": ("top-up", "added to {w}", "on top of {w}", "top-up of an older pledge"),
    "whole": (
        "{s} {v} a package of {w} {to}:", "{s}'s package {to}, {w} in all, is made up as follows:",
        "Package {to} by {s} ({w}):", "Of the {w} that {s} {v} {to}:",
        "{s} {v} {w} {to}. The parts:",
    ),
    "conference": (
        "Pledges at the donors' conference for {r} reached {m}.",
        "Donors brought together {m} for {r}.",
        "The conference for {r} closed with {m} in pledges.", "Sum of all pledges for {r}: {m}",
        "In all, {m} was promised for {r}.", "Total pledged for {r} at the meeting: {m}",
    ),
    "appeal": (
        "The {y} appeal for {r} asks for {t}.", "{r} needs {t} in {y}, the UN says.",
        "Requirements {y}, {r}: {t}", "The UN seeks {t} for {r} in {y}.",
        "Appeal for {r}, {y}: {t} requested",
    ),
    "funded": (
        "Received by {d}: {m} ({share} %)", "It is {share} % funded, with {m} in hand by {d}.",
        "So far {m} has come in, {share} % of what is needed.", "As of {d}, {m} was funded.",
        "Funding to date: {m}, {share} per cent.",
    ),
    "list conversion": (" ({c})", " [{c}]", " (~{c})", " = {c}", " / {c}"),
    "conversion": (" ({c})", " (about {c})", " (approximately {c})", ", or {c},", " – {c} –",
                   " (roughly {c})", " ({c} at the rate of the day)", " [{c}]"),
}  # fmt: skip
# Totals to date: {scope} is what is counted, {d} the day up to which, {b} where it begins.
FAMILIES["total"] = (
    "Since {b}, {s} has given {r} {m} in {scope}.",
    "That brings {scope} from {s} for {r} to {m}.",
    "{scope} from {s} to {r} now stands at {m}.",
    "In total, {s} has provided {r} with {m} in {scope} as of {d}.",
    "By {d}, {scope} from {s} for {r} had reached {m}.",
    "{r} has received {m} in {scope} from {s} so far.",
    "Total {scope} of {s} for {r} ({d}): {m}",
    "Cumulative {scope}, {s} to {r}, {d}: {m}",
    "All told, {scope} of {s} to {r} amounts to {m}.",
    "Overall {scope} by {s} to {r} since {b} comes to {m}.",
    "Running total at {d}, {s} to {r}: {m}, {scope}",
    "{s} puts its {scope} to {r} since {b} at {m}.",
    "To date {r} got {m} from {s}, counting {scope}.",
    "Altogether {m} in {scope} has gone from {s} to {r}, status {d}.",
    "{scope} by {s} for {r}, sum up to {d}: {m}",
)
SCOPES = (
    ("all aid", ("aid", "aid of every kind", "total support", "assistance")),
    ("humanitarian", ("humanitarian aid", "emergency relief", "relief")),
    ("military", ("military aid", "weapons and other military support")),
    ("development", ("development aid", "development cooperation")),
    ("grants", ("grants", "grants without loans")),
)
ORDINALS = ("first", "second", "third", "fourth", "fifth")
# A copy with changed words: these never touch an amount.
EDITS = (
    ("will provide", "is going to provide"), ("has pledged", "pledged"),
    ("aid worth", "help worth"),
    ("announced", "made public"), ("approved", "gave the green light to"),
    ("a grant of", "a gift of"),
    ("transferred", "sent over"), ("allocated", "assigned"), (" to fund ", " for "),
    ("The money is meant for", "The money goes to"),
    ("a package of", "a bundle of"), (" in support of ", " for "), ("paid out", "paid"),
)  # fmt: skip


class Voice:
    """The phrases that one world uses."""

    def __init__(self, rng: Random, share: float) -> None:
        self.families = {
            name: rng.sample(known, max(2 if len(known) > 1 else 1, math.ceil(share * len(known))))
            for name, known in sorted(FAMILIES.items())
        }

    def say(self, rng: Random, family: str) -> str:
        """One phrase of a family."""
        return rng.choice(self.families[family])


def dated(phrase: str, day: int) -> str:
    """A phrase with the parts of a day filled in.

    >>> dated("on {day} {mon} {y}", dt.date(2024, 4, 12).toordinal())
    'on 12 Apr 2024'
    """
    if "{" not in phrase:
        return phrase
    on = dt.date.fromordinal(day)
    parts = {
        "day": str(on.day), "month": f"{on:%B}", "mon": f"{on:%b}", "y": str(on.year),
        "iso": on.isoformat(), "m2": f"{on.month:02}", "weekday": f"{on:%A}",
    }  # fmt: skip
    for name, text in parts.items():
        phrase = phrase.replace(f"{{{name}}}", text)
    return phrase


def joined(names: Sequence[str]) -> str:
    """Names one after the other, as in a sentence.

    >>> joined(["Norway", "Denmark", "Sweden"])
    'Norway, Denmark and Sweden'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
