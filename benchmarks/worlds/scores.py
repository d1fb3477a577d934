"""How near a reconciliation of a made world comes to its truth."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from calc import checks as checking
from calc.reconcile import Reconciliation

from .rates_of import rate
from .world import World

# Verdicts that name a cause of a stated conversion; causes that give the same numbers count alike.
RIGHT = {
    "old-rate": {"other-date", "compound"},
    "scale": {"scale", "compound"},
    "other-dollar": {"other-currency", "compound"},
    "inverted": {"inverted", "compound"},
    "copied": {"copied"},
}
CONSISTENT = {"consistent", "consistent-if-rounded", "consistent-if-truncated"}
SLIPS = ("scale", "other-dollar", "inverted")


def _pairs(counts: pd.Series) -> float:
    return float((counts * (counts - 1) // 2).sum())


def f1(precision: float, recall: float) -> float:
    """The harmonic mean.

    >>> f1(1.0, 0.5)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def clustering(found: pd.Series, true: pd.Series) -> dict[str, float]:
    """Pairwise and B-cubed precision, recall and F1 of two partitions of the same rows."""
    table = pd.DataFrame({"found": found.to_numpy(), "true": true.to_numpy()})
    cells = table.groupby(["found", "true"], sort=False).size()
    sizes = cells.groupby(level="found").transform("sum")
    truths = cells.groupby(level="true").transform("sum")
    both = _pairs(cells)
    precision = both / max(_pairs(table["found"].value_counts()), 1)
    recall = both / max(_pairs(table["true"].value_counts()), 1)
    cubed_p = float((cells**2 / sizes).sum() / len(table))
    cubed_r = float((cells**2 / truths).sum() / len(table))
    return {
        "pair precision": precision,
        "pair recall": recall,
        "pair F1": f1(precision, recall),
        "B-cubed precision": cubed_p,
        "B-cubed recall": cubed_r,
        "B-cubed F1": f1(cubed_p, cubed_r),
        "largest cluster": float(table["found"].value_counts().max()),
    }


def partition(result: Reconciliation) -> pd.Series:
    """Pledge or series of each claim, or the claim itself, by claim_id."""
    claims = result.claims.set_index("claim_id")
    own = pd.Series(claims.index.astype(str), index=claims.index)
    return claims["pledge_id"].astype("object").fillna(claims["series_id"]).fillna(own)


def links(result: Reconciliation, world: World) -> dict[str, float]:
    """Quality of the links, and of the series of totals."""
    truth = world.truth.set_index("claim_id")
    found = partition(result).reindex(truth.index)
    pledges = truth["kind"] == "pledge"
    scores = clustering(found[pledges], truth.loc[pledges, "object_id"])
    totals = truth["kind"] == "total"
    series = clustering(found[totals], truth.loc[totals, "series"])
    mixed = pd.DataFrame({"found": found, "kind": truth["kind"]})
    kinds = mixed.groupby("found")["kind"].nunique()
    scores["totals F1"] = series["pair F1"]
    scores["merged kinds"] = float((kinds > 1).sum())
    return scores


def best_clusters(found: pd.Series, true: pd.Series) -> pd.Series:
    """For each true pledge the cluster with most of its claims, the first by name of equals."""
    cells = pd.DataFrame({"found": found, "true": true}).value_counts(sort=False)
    order = cells.reset_index().sort_values(
        ["true", "count", "found"], ascending=[True, False, True]
    )
    return order.drop_duplicates("true").set_index("true")["found"]


def values(result: Reconciliation, world: World) -> dict[str, float]:
    """The reconciled figure of each true pledge, from the cluster with most of its claims."""
    truth = world.truth[world.truth["kind"] == "pledge"].set_index("claim_id")
    best = best_clusters(partition(result).reindex(truth.index), truth["object_id"])
    table = result.pledges.set_index("pledge_id")
    known = world.pledges.set_index("object_id").loc[best.index]
    rows = table.loc[best.to_numpy()]
    exact, near, five, inside, widths, contested = 0, 0, 0, 0, [], 0
    for one, row in zip(known.itertuples(), rows.itertuples(), strict=True):
        unit = 1.0
        if row.currency != one.home and isinstance(row.currency, str):
            unit = rate(row.currency, one.home, one.day.toordinal())[0]
        error = abs(row.amount * unit / one.amount - 1)
        exact += bool(error < 1e-9)
        near += bool(error <= 0.01)
        five += bool(error <= 0.05)
        low = -math.inf if math.isnan(row.low) else row.low * unit
        high = math.inf if math.isnan(row.high) else row.high * unit
        inside += bool(low * (1 - 1e-9) <= one.amount <= high * (1 + 1e-9))
        widths.append((high - low) / one.amount)
        contested += bool(row.contested)
    count = max(len(known), 1)
    return {
        "value exact": exact / count,
        "value within 1 %": near / count,
        "value within 5 %": five / count,
        "range coverage": inside / count,
        "median width": float(np.median(widths)),
        "contested": contested / count,
    }


def sums(result: Reconciliation, world: World) -> dict[str, float]:
    """The safe sum of each donor against the pledges that were really told of, in euros."""
    told = set(world.truth["object_id"])
    told |= set(world.truth["whole"].dropna())
    known = world.pledges[world.pledges["object_id"].isin(told) & world.pledges["whole"].isna()]
    euros = [
        one.amount * rate(one.home, "EUR", one.day.toordinal())[0] for one in known.itertuples()
    ]
    true = pd.Series(euros, index=known["donor"]).groupby(level=0).sum()
    claims = result.claims[result.claims["role"] == "pledge"]
    naive = claims.groupby("donor")["amount_eur"].sum()
    linked = result.pledges.groupby("donor")["amount_eur"].sum()
    hold, middle, low_ok, factors, careless = 0, 0, 0, [], []
    for donor, amount in true.items():
        found = result.total(donor=str(donor))
        high = found.low if math.isnan(found.high) else found.high
        hold += bool(found.low * 0.9 <= amount <= high * 1.1)
        middle += bool(abs((found.low + high) / 2 / amount - 1) <= 0.1)
        low_ok += bool(abs(found.low / amount - 1) <= 0.1)
        factors.append(naive.get(donor, 0.0) / amount)
        careless.append(linked.get(donor, 0.0) / amount)
    count = max(len(true), 1)
    return {
        "sum range holds within 10 %": hold / count,
        "sum middle within 10 %": middle / count,
        "sum low within 10 %": low_ok / count,
        "all printed / truth": float(np.median(factors)),
        "all pledges / truth": float(np.median(careless)),
    }


def judged(checks: pd.DataFrame, world: World) -> pd.DataFrame:
    """The checks with their truth: whether honest, flagged, dated to the day, digits shown."""
    truth = world.truth[world.truth["conversion"]].set_index("claim_id")
    rows = checks.set_index("claim_id").join(truth, how="inner")
    rows["honest"] = ~rows["causes"].str.contains("old-rate|scale|dollar|inverted|copied")
    rows["flag"] = [
        bool(checking.flagged(verdict, power if power == power else 0.0))
        for verdict, power in zip(rows["verdict"], rows["power"], strict=True)
    ]
    claims = world.claims.set_index("claim_id")
    amounts = claims["amount"].reindex(rows.index)
    bases = claims["amount"].reindex(rows["base_id"]).set_axis(rows.index)
    rows["shown"] = pd.concat([amounts.map(_digits), bases.map(_digits)], axis=1).min(axis=1)
    # Half of the last digit of either figure and the market's slack: nobody can tell less.
    rows["apart"] = (amounts / rows["fair"] - 1).abs()
    rows["unseen"] = rows["apart"] <= amounts.map(_half) + bases.map(_half) + 0.004
    # Where the text gives a month, any rate of that month is right, whatever the article's date.
    rows["by_day"] = claims["value_date_precision"].reindex(rows.index) == "day"
    return rows


def verdicts(checks: pd.DataFrame, world: World) -> tuple[dict[str, float], pd.DataFrame]:
    """Verdicts on stated conversions against their true causes; and the confusion table."""
    rows = judged(checks, world)
    # What a consistent verdict may pass over: half the last digit of the widest figures.
    printed = [10.0 ** (1 - rows[name].clip(lower=2)) for name in ("digits", "base_digits")]
    hidden = rows["apart"] <= 0.5 * (printed[0] + printed[1]) + 0.004
    given = rows[rows["verdict"] != "untestable"]
    right = [
        (verdict in CONSISTENT and (honest or bool(hidden[name])))
        or any(verdict in RIGHT.get(cause, ()) for cause in causes.split("|"))
        for name, verdict, honest, causes in zip(
            given.index, given["verdict"], given["honest"], given["causes"], strict=True
        )
    ]
    honest = rows[rows["honest"]]
    market = honest["causes"].str.contains("market")
    old = rows[(rows["cause"] == "old-rate") & (rows["move"] >= 0.02) & rows["by_day"]]
    slips = rows[rows["cause"].isin(SLIPS)]
    scores = {
        "verdicts right": float(np.mean(right)) if right else math.nan,
        "honest flagged, fixings, of 10,000": 1e4 * float(honest.loc[~market, "flag"].mean()),
        "honest flagged, market, of 10,000": 1e4 * float(honest.loc[market, "flag"].mean()),
        "stale found (3 digits printed, 2 %)": float(old.loc[old["shown"] >= 3, "flag"].mean()),
        "stale found (any digits, 2 %)": float(old["flag"].mean()),
        "slips found": float(slips.loc[~slips["unseen"], "flag"].mean()),
        "slips found, also those the digits hide": float(slips["flag"].mean()),
        "conversions": float(len(rows)),
    }
    scores |= _dated(rows)
    return scores, pd.crosstab(rows["cause"], rows["verdict"])


def _digits(amount: float) -> int:
    """The significant digits of a printed number, but for trailing zeros.

    >>> _digits(683e6), _digits(910e6), _digits(3e6)
    (3, 2, 1)
    """
    return len(f"{amount:.5e}".split("e")[0].replace(".", "").rstrip("0"))


def _half(amount: float) -> float:
    """Half of the last digit that is meant, two at least, as a share of the number."""
    first = float(f"{amount:.5e}".split("e")[0])
    half = 0.5 * 10.0 ** (1 - max(_digits(amount), 2)) / first
    return min(half, 0.1)


def _dated(rows: pd.DataFrame) -> Mapping[str, float]:
    """How often the true day of the rate stands in ``windows``: tests by fixings alone."""
    exact = rows[
        rows["cause"].isin(["none", "old-rate", "rounding"])
        & ~rows["causes"].str.contains("market|scale|dollar|trunc")
    ]
    inside = [
        any(a <= str(day) <= b for a, b in _spans(windows))
        for windows, day in zip(exact["windows"].fillna(""), exact["rate_day"], strict=True)
    ]
    first = rows[rows["flag"] & rows["cause"].isin((*SLIPS, "old-rate", "copied"))]
    right = [v in RIGHT[c] for v, c in zip(first["verdict"], first["cause"], strict=True)]
    return {
        "true day in windows": float(np.mean(inside)) if inside else math.nan,
        "cause first of flagged": float(np.mean(right)) if right else math.nan,
    }


def _spans(windows: str) -> list[tuple[str, str]]:
    parts = [part.split("..") for part in windows.split(";") if part]
    return [(part[0], part[-1]) for part in parts]
