"""What properties are tried with: days, amounts, sentences, texts, claims, in one home.

``tries(40)`` is how often a property is tried in CI; ``make properties`` (``pytest --deep``) tries
each of them ten times as often. A run of CI draws the same examples every time.
"""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from calc.values.intervals import Interval
from rates import ecb, world

DEPTH = int(os.environ.get("PLEDGECALC_DEPTH", "1"))  # set by `pytest --deep`
CORPUS = Path(__file__).parent / "corpus"
ECB = ecb.fixings()
WORLD = world.fixings()


def tries(count: int) -> settings:
    """The settings of a property: ``count`` examples, the same in every run, unless it is deep."""
    return settings(
        max_examples=count * DEPTH,
        deadline=None,
        derandomize=DEPTH == 1,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# Rates

LIVE = ["EUR", *(code for code in ECB.currencies() if not ECB.ended(code))]
EVERY = sorted({*LIVE, *ECB.currencies(), *WORLD.currencies(), "XOF", "AED", "UAH"})
live_codes = st.sampled_from(LIVE)
every_code = st.sampled_from(EVERY)
days = st.dates(ECB.first, ECB.last)
far_days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
amounts = st.decimals(Decimal("0.01"), Decimal("1e12"), places=2)
signed = st.one_of(amounts, amounts.map(lambda one: -one))  # corrections are negative
some_codes = st.sampled_from(["EUR", "USD", "NOK", "HRK", "TRY", "RUB", "UAH", "XOF", "KES", "DEM"])
averages = st.one_of(
    st.sampled_from(["month-avg", "year-avg"]),
    st.tuples(days, st.integers(0, 400)).map(
        lambda pair: f"window-avg:{pair[0]}..{date.fromordinal(pair[0].toordinal() + pair[1])}"
    ),
)
policies = st.one_of(averages, st.sampled_from(["spot", "month-end", "inforeuro", "closing"]))

# Printed numbers

bounds = st.decimals(Decimal("0.001"), Decimal("1e12"), places=3)
intervals = st.tuples(bounds, bounds).map(lambda pair: Interval(min(pair), max(pair)))
parts = st.fractions(0, 1, max_denominator=64)

# Texts

DONORS = ("Norway", "Sweden", "Denmark", "Japan", "Canada", "Germany", "Poland", "the Netherlands")
RECEIVERS = ("Ukraine", "Moldova", "Kenya", "Sudan", "Nepal")
MONEY = (
    "€{n} million", "{n} million euros", "${n} million", "US${n} million", "£{n} million",
    "{n} million Swedish kronor", "NOK {n} million", "about €{n} million",
    "more than {n} million euros",
    "€{n} million ($1.1 million)", "up to ${n} billion", "between €{n} million and €999 million",
    "€{n}bn", "CHF {n},500,000",
)  # fmt: skip
FORMS = (
    "{donor} will give {receiver} {money} for hospitals.",
    "{donor} pledged {money} in aid to {receiver} on 4 November 2024.",
    "{receiver} has received {money} from {donor} since 2022.",
    "In March, {donor} said that {money} had been disbursed to {receiver}.",
    "{donor} has announced another {money} for {receiver}.",
    "The {money} that {donor} promised to {receiver} has not arrived.",
)
QUIET = (
    "Nothing was said about the matter.",
    "The weather was fine, and the meeting ended late.",
    "Delegates met for three hours on Tuesday. No date was set for another meeting.",
    "A spokesman declined to comment.",
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of news that tells of one gift."""
    money = draw(st.sampled_from(MONEY)).format(n=draw(st.integers(2, 990)))
    return draw(st.sampled_from(FORMS)).format(
        donor=draw(st.sampled_from(DONORS)), receiver=draw(st.sampled_from(RECEIVERS)), money=money
    )


@st.composite
def news(draw: st.DrawFn) -> str:
    """A text of some paragraphs, some of which tell of gifts."""
    told = draw(
        st.lists(
            st.lists(sentences(), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3
        )
    )
    return "\n\n".join([*told, draw(st.sampled_from(QUIET))])


def wrapped(text: str, width: int) -> str:
    """Every paragraph with its lines broken at ``width``: some of its spaces are line ends."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line = [], ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


@lru_cache(maxsize=1)
def passages() -> tuple[str, ...]:
    """The passages of our corpora."""
    found = []
    for name in ("claims", "passages"):
        lines = (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()
        found += [str(json.loads(line)["text"]) for line in lines]
    return tuple(dict.fromkeys(found))


odd_texts = st.one_of(
    st.text(max_size=120),
    st.text(
        alphabet="$€£ 0123456789.,-–()kmbn\neuro US kr milionhalfad½−'/%\u00a0\u0301\u202e\x00",
        max_size=120,
    ),
    st.tuples(st.sampled_from(passages()), st.text(max_size=6), st.integers(0, 400)).map(
        lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]
    ),
)

# Claims, as a table of a user

claim = st.fixed_dictionaries(
    {
        "donor": st.sampled_from(["Norway", "Sweden", "Norway|Sweden", None]),
        "recipient": st.sampled_from(["Ukraine", "Kenya", None]),
        "amount": st.sampled_from([1e6, 10e6, 10.4e6, 12e6, 12.7e6, 12e9, 0.25, -1e6, -12e6, None]),
        "currency": st.sampled_from(["EUR", "NOK", "UAH", "USD", None]),
        "published": st.sampled_from(["2024-11-04", "2024-11-20", "2025-03-02", None]),
        "role": st.sampled_from(["pledge", "pledge", "pledge", "total", "target", "noise"]),
        "status": st.sampled_from(["pledged", "committed", "disbursed", "unknown"]),
        "purpose": st.sampled_from(["military", "Nansen|energy", None]),
        "source": st.sampled_from(["a", "b", "c"]),
        "entry": st.sampled_from(["report", "report", "ledger"]),
    }
)
orders = st.randoms(use_true_random=False)


@st.composite
def claims(draw: st.DrawFn, most: int = 8) -> pd.DataFrame:
    """A table of claims with ids of their own."""
    rows = draw(st.lists(claim, min_size=1, max_size=most))
    return pd.DataFrame([{"claim_id": f"c{number}", **row} for number, row in enumerate(rows)])


@st.composite
def stated(draw: st.DrawFn, most: int = 6) -> pd.DataFrame:
    """Pairs of claims, one of which is told as the other's equivalent: fair, slipped or odd."""
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, most))):
        day = draw(st.dates(date(2015, 1, 1), ECB.last))
        base, quote = draw(
            st.sampled_from([("EUR", "USD"), ("EUR", "GBP"), ("NOK", "USD"), ("SEK", "EUR")])
        )
        amount = draw(st.integers(2, 999))
        slip = draw(st.sampled_from([Decimal(1), Decimal(1), Decimal("1.07"), Decimal(1000)]))
        legs = {
            code: Decimal(1) if code == "EUR" else ECB.as_of(code, day).value
            for code in (base, quote)
        }
        other = round(amount * legs[quote] / legs[base] * slip, draw(st.integers(0, 2)))
        shared = {
            "source": f"s{number}",
            "published": day.isoformat(),
            "donor": draw(st.sampled_from(DONORS)),
        }
        first = {
            "claim_id": f"a{number}",
            "text": f"{amount} million",
            "amount": amount * 1e6,
            "currency": base,
        }
        second = {
            "claim_id": f"b{number}",
            "text": f"{other} million",
            "amount": float(other * 10**6),
            "currency": quote,
            "conversion_of": f"a{number}",
        }
        rows += [shared | first, shared | second]
    return pd.DataFrame(rows)


cell_texts = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u0085"
    ),
    max_size=20,
)
