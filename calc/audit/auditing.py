"""``audit``: the policy of each currency, the rows that do not follow it, and one sentence."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rates import ecb
from rates.currencies import currency as known_currency
from rates.errors import UsageError
from rates.fixings import Fixings

from ..schema import TEXT
from . import own, periods, report, slips
from .candidates import rates_of
from .choice import Option
from .columns import HEADER, find
from .evidence import Tier, bounds
from .series import Floats, Ints, Legs, beyond, elsewhere
from .tables import ZERO, Table, prepare
from .verdicts import Judged, Verdict, allowed, judge, rates_for

POLICY_COLUMNS = (
    *("currency", "policy", "error_bp", "share", "rows", "runner_up", "runner_up_bp"),
    *("second", "second_share", "tied", "note"),
)
_SECOND_SHARE = 0.05  # of the rows that a second policy must explain
_SECOND_OF_REST = 0.5  # of the rows that the first leaves over
_SECOND_ROWS = 3
_FAR_BP = 300.0  # a currency further off than this follows something else, whatever it is
_RIVAL_BITS = 9.0  # periods near enough to the table's dates to be a rival to one or two currencies
_FLIPPED = "the rate is applied upside down"
_GAP_BP = 1000.0  # the widest gap that is named as such
_SAME_GAP = 0.6  # of a currency's rows that share one gap: then the gap is named, not each row
_OFF = 1.0  # printed units beyond rounding: a number cut off instead of rounded is no slip
_ROUNDING_SHARE = 0.9  # of the rows within rounding; below it intermediate steps were rounded too,
_ROUNDING_BP = 1.0  # and only rows further off than this are named
_NEAR_TIMES = 8.0  # the median gap, where a policy is followed at another source's rates


class Audit:
    """What an audit found.

    ``policies`` has one row per foreign currency: ``policy`` (null where the rows cannot decide,
    then ``tied`` lists what fits equally), the median error in basis points, the share of rows
    within rounding, the next best policy and its error, a second policy that part of the rows
    follow, and a note. ``outliers`` has ``row`` (the label of the frame's index) and ``reason``;
    ``summary`` is the sentence to print. ``policy`` is the one of the whole table, or None.
    """

    def __init__(
        self,
        policies: pd.DataFrame,
        outliers: pd.DataFrame,
        policy: str | None,
        sentences: tuple[str, ...],
        columns: dict[str, str],
    ) -> None:
        self.policies = policies
        self.outliers = outliers
        self.policy = policy
        self.summary = sentences[0]
        self.notes = sentences[1:]
        self.columns = columns

    @property
    def severity(self) -> str:
        """``warning`` when rows stand out or cannot decide: a person should look; else ``info``."""
        undecided = bool(self.policies["policy"].isna().any())
        noted = bool((self.policies["note"].fillna("") != "").any())
        return "warning" if len(self.outliers) or undecided or noted else "info"

    def __str__(self) -> str:
        """The sentence and the table, at 80 columns."""
        return report.text(self)

    def __repr__(self) -> str:
        return f"<Audit: {self.summary}>"

    def _repr_html_(self) -> str:
        return report.html(self)


class _Currency(NamedTuple):
    """One currency after all of its rows were held against its policy."""

    verdict: Verdict
    record: dict[str, Any]
    rows: Ints  # those that do not follow, as places in Rows
    reasons: list[str]
    fits: int
    gap: float | None  # the one gap in basis points that most rows share


def audit(
    frame: Any,
    *,
    amount: str | None = None,
    currency: str | None = None,
    date: str | None = None,
    converted: str | None = None,
    to: str = "EUR",
    rate: str | None = None,
    rates: Fixings | None = None,
) -> Audit:
    """Find the policy behind the ``converted`` column of a frame, and the rows that break it.

    The arguments name columns; those left out are guessed from their names (``Audit.columns``
    shows them). ``to`` is the currency converted into; ``rate`` a column that states the rate,
    else every other column of numbers is tried. ``rates`` is the ECB's history unless given.
    Raises UsageError for columns that are not there or cannot be told.

    >>> table = pd.DataFrame({
    ...     "amount": [1000, 2500, 8000], "currency": "USD",
    ...     "date": ["2022-03-01", "2022-07-14", "2022-10-03"],
    ...     "amount_eur": [895.90, 2498.75, 8193.36]})
    >>> print(audit(table, to="EUR").summary)
    All 3 foreign rows use the ECB rate of the row's date (spot).
    """
    table_of_rates, others = (ecb.fixings(), beyond()) if rates is None else (rates, ())
    if not isinstance(table_of_rates, Fixings):
        raise UsageError(f"rates={rates!r} is no table of rates; leave it out to use the ECB's")
    data = _pandas(frame)
    code = known_currency(to).code
    given = {"amount": amount, "currency": currency, "date": date, "converted": converted}
    chosen, header = find(data, {**given, "rate": rate}, code)
    if header is not None:
        data = data.assign(**{HEADER: header})
    legs = Legs(table_of_rates, *others)
    table = prepare(data, chosen, code, legs, elsewhere() if rates is None else {})
    if not len(table.rows.place):
        return _empty(table, chosen, data)
    judged = judge(table, legs)
    rivals = _rivals(table, judged, legs)
    order = np.argsort(table.rows.code, kind="stable")
    ends = np.cumsum(np.bincount(table.rows.code, minlength=len(table.codes)))
    found = [
        _currency(table, judged, legs, rivals, one, order[end - size : end])
        for one, (end, size) in enumerate(zip(ends, np.diff(ends, prepend=0), strict=True))
    ]
    places = np.concatenate([table.rows.place[one.rows] for one in found])
    reasons = [reason for one in found for reason in one.reasons]
    places = np.concatenate([places, table.unequal, table.zeros])
    reasons += _aside(table)
    sequence = np.argsort(places, kind="stable")
    outliers = pd.DataFrame(
        {
            "row": data.index[places[sequence].astype(np.int64)],
            "reason": pd.Series([reasons[at] for at in sequence], dtype=TEXT),
        }
    )
    policies = _frame([one.record for one in found])
    policy = judged.policy or _of_own([one.record["policy"] for one in found])
    gaps = {one.verdict.currency: one.gap for one in found if one.gap is not None}
    sentences = report.sentences(
        policies,
        judged,
        rows=len(table.rows.place),
        fits=sum(one.fits for one in found if judged.policy in (None, one.verdict.policy)),
        gaps=gaps,
        scale=table.scale,
        unused=table.unused,
        outliers=Counter(report.kind(reason) for reason in reasons),
        source=table_of_rates.source,
        to=code,
    )
    return Audit(policies, outliers, policy, sentences, chosen)


def _aside(table: Table) -> list[str]:
    """The reasons of rows that are held against no rate: those of one currency, and zeros."""
    unequal = f"already in {table.to}, but the two numbers differ"
    return [unequal] * len(table.unequal) + [ZERO] * len(table.zeros)


def _of_own(policies: list[str | None]) -> str | None:
    """One policy of numbers, where every currency has a rate of its own."""
    known = [one for one in policies if one is not None and "=" in one]
    return own.joined(known) if known and len(known) == len(policies) else None


def _pandas(frame: Any) -> pd.DataFrame:
    if isinstance(frame, pd.DataFrame):
        return frame
    for name in ("to_pandas", "df", "toPandas"):  # polars and pyarrow, DuckDB, Spark
        if hasattr(frame, name):
            converted = getattr(frame, name)()
            if isinstance(converted, pd.DataFrame):
                return converted
    raise UsageError(f"{type(frame).__name__} is no frame; give a DataFrame")


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    kinds = {"rows": "int64", "error_bp": "float64", "share": "float64"}
    kinds |= {"runner_up_bp": "float64", "second_share": "float64"}
    return pd.DataFrame(
        {
            name: pd.Series([one.get(name) for one in records], dtype=kinds.get(name, TEXT))
            for name in POLICY_COLUMNS
        }
    )


def _empty(table: Table, chosen: dict[str, str], data: pd.DataFrame) -> Audit:
    places = np.concatenate([table.unequal, table.zeros])
    reasons = pd.Series(_aside(table), dtype=TEXT)
    outliers = pd.DataFrame({"row": data.index[places], "reason": reasons})
    sentence = f"No row can be audited: none has an amount in another currency than {table.to}."
    return Audit(_frame([]), outliers, None, (sentence, *report.put_aside(table.unused)), chosen)


def _currency(
    table: Table, judged: Judged, legs: Legs, rivals: list[Option], one: int, mine: Ints
) -> _Currency:
    """Hold every row of a currency against its policy."""
    verdict = judged.verdicts[one]
    record: dict[str, Any] = {
        "currency": verdict.currency,
        "policy": verdict.policy,
        "rows": len(mine),
        "tied": "|".join(verdict.tied) or None,
        "note": verdict.note or None,
    }
    none = np.zeros(0, dtype=np.int64)
    rate = _rates(verdict, table, judged, mine, one)
    if rate is None:
        return _Currency(verdict, record, none, [], 0, None)
    held = _held(table, judged, mine, one, rate)
    error = _typical(held.errors, held.width)
    record["error_bp"] = None if error is None else _rounded(error)
    record["share"] = float(held.inside.mean())
    runner = _runner_up(table, judged, rivals, one, verdict)
    if runner is not None:
        record["runner_up"], record["runner_up_bp"] = runner[0], _rounded(runner[1])
    gap = _shared_gap(held)
    off = _off(table, judged, mine, one, held)
    fits = int(held.inside.sum())
    if judged.near:
        off &= held.errors > max(10.0, _NEAR_TIMES * (error or 0.0))
        fits = int((~off).sum())
    if gap is not None:
        off &= ~(np.abs(held.implied / rate - 1 - gap / 1e4) <= held.width + 1e-6)
    left = np.flatnonzero(off)
    second = _second(table, judged, one, mine, left, held) if gap is None else None
    if second is not None:
        record["second"] = second[0]
        record["second_share"] = float((held.within(second[1]) & ~held.inside).mean())
    reasons = slips.reasons(
        table.rows.take(mine[left]),
        rate[left],
        held.low[left],
        held.high[left],
        table.scale,
        None if second is None else (second[0], second[1][left]),
        _others(table, legs, one, mine[left], verdict),
    )
    note = _note(verdict, record, reasons, len(mine), gap)
    if judged.flipped:
        note = f"{note}; {_FLIPPED}" if note else _FLIPPED
    record["note"] = note
    if (
        verdict.policy == judged.policy
        and gap is None
        and _follows_nothing(verdict, record, reasons)
    ):
        record["policy"] = None
    return _Currency(verdict, record, mine[left], reasons, fits, gap)


class _Held(NamedTuple):
    """The rows of a currency held against the rate of its policy."""

    rate: Floats
    implied: Floats
    low: Floats
    high: Floats
    errors: Floats  # the gap to the rate in basis points
    positive: NDArray[np.bool_]  # both numbers have one sign
    inside: NDArray[np.bool_]  # within rounding

    @property
    def width(self) -> Floats:
        """How far apart the bounds are, relatively."""
        return (self.high - self.low) / self.implied

    def within(self, rate: Floats) -> NDArray[np.bool_]:
        """The rows whose bounds another rate meets."""
        return (rate >= self.low) & (rate <= self.high)


def _held(table: Table, judged: Judged, mine: Ints, one: int, rate: Floats) -> _Held:
    low, high = allowed(table.rows, judged, mine, one)
    positive = table.rows.amount[mine] * table.rows.converted[mine] > 0
    option = judged.verdicts[one].option
    if option is not None and option.column is not None:
        stated = table.stated[option.column]
        inside = (stated.low[mine] <= high) & (stated.high[mine] >= low) & positive
    else:
        inside = (rate >= low) & (rate <= high) & positive
    implied = table.rows.implied[mine]
    errors = np.abs(implied / rate - 1) * 1e4
    return _Held(rate, implied, low, high, errors, positive, inside)


def _off(table: Table, judged: Judged, mine: Ints, one: int, held: _Held) -> NDArray[np.bool_]:
    """The rows that do not follow the rate, those beside that were merely cut or rounded twice."""
    off = ~held.inside & (~np.isnan(held.rate) | _is_dated(judged, one))
    off &= ~_nearly(table, judged, mine, one, held.rate) | ~held.positive
    if float(held.inside.mean()) < _ROUNDING_SHARE:
        off &= ~(held.errors < _ROUNDING_BP) | ~held.positive
    return off


def _is_dated(judged: Judged, one: int) -> bool:
    """Whether a currency follows its dates: a row whose date has no rate then follows nothing."""
    option = judged.verdicts[one].option
    return option is not None and option.candidate is not None


def _follows_nothing(verdict: Verdict, record: dict[str, Any], reasons: list[str]) -> bool:
    """Whether no row of a currency follows its policy, and no slip of one kind explains that."""
    if verdict.option is None or verdict.follows or record["share"] != 0:
        return False
    far = record["error_bp"] is None or record["error_bp"] > _FAR_BP
    return far and not _one_slip(reasons)


def _rates(verdict: Verdict, table: Table, judged: Judged, mine: Ints, one: int) -> Floats | None:
    if verdict.option is not None:
        return rates_for(verdict.option, table, judged, mine, one)
    if verdict.policy and "=" in verdict.policy:
        return np.full(len(mine), own.rate_of(verdict.policy, verdict.currency, table.to))
    return None


def _typical(errors: Floats, width: Floats) -> float | None:
    """The median error, rows with narrow bounds weighing more: it shows the rate, not rounding."""
    known = np.flatnonzero(~np.isnan(errors))
    if not len(known):
        return None
    order = known[np.argsort(errors[known], kind="stable")]
    # no row more than the middle one: an amount a thousand times too large prints very finely
    weight = np.cumsum(1 / np.maximum(width[order], np.median(width[known])))
    return float(errors[order][np.searchsorted(weight, weight[-1] / 2)])


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _nearly(table: Table, judged: Judged, mine: Ints, one: int, rate: Floats) -> NDArray[np.bool_]:
    """Rows that miss the rate by less than another printed unit."""
    part = table.rows.take(mine)
    low, high = bounds(part, Tier(2 * judged.tier.amount, _OFF, ""))
    lattice = judged.evidence.lattices[one]
    if lattice is not None:
        low, high = lattice.widen(low, high)
    near: NDArray[np.bool_] = (rate >= low) & (rate <= high)
    return near


def _shared_gap(held: _Held) -> float | None:
    """The gap, in basis points, that most rows of a currency share: one other rate."""
    ratio = held.implied / held.rate - 1
    ratio = ratio[~np.isnan(ratio)]
    if len(ratio) < 2 or float(held.inside.mean()) > 0.2:
        return None
    middle = float(np.median(ratio))
    share = float((np.abs(ratio - middle) <= max(0.5e-4, 0.02 * abs(middle))).mean())
    return middle * 1e4 if share >= _SAME_GAP and 0.5 <= abs(middle) * 1e4 <= _GAP_BP else None


def _second(
    table: Table, judged: Judged, one: int, mine: Ints, left: Ints, held: _Held
) -> tuple[str, Floats] | None:
    """Another policy of dates that explains most of the rows that the first leaves over."""
    first = judged.verdicts[one]
    if first.option is None or not first.policy or judged.near:
        return None
    if len(left) < max(_SECOND_ROWS, _SECOND_SHARE * len(mine)):
        return None
    best: tuple[int, str, Floats] | None = None
    for candidate in judged.dated:
        rate = rates_for(Option(candidate.name, candidate=candidate), table, judged, mine, one)
        count = int(held.within(rate)[left].sum())
        if best is None or count > best[0]:
            best = (count, candidate.name, rate)
    if best is None or best[0] < max(_SECOND_ROWS, _SECOND_OF_REST * len(left)):
        return None
    return best[1:]


def _others(table: Table, legs: Legs, one: int, rows: Ints, verdict: Verdict) -> dict[str, Any]:
    """The rates of other currencies for rows, under the same policy; those of the table first."""
    option = verdict.option
    if option is None or option.column is not None:
        return {}
    group = table.rows.group[rows]

    def rates_of_code(code: str) -> Floats:
        pair = legs.pair(code, table.to)
        if option.candidate is not None:
            day, precision = table.group_day[group], table.group_precision[group]
            return rates_of(option.candidate, pair, day, precision)
        assert option.period is not None
        start, end = (np.array([place], dtype=np.int64) for place in option.period)
        return np.full(len(rows), pair.between(start, end)[0])

    own = table.codes[one]
    codes = [code for code in table.codes if legs.has(code)]
    codes += [code for code in ("EUR", *legs.table.currencies()) if code not in codes]
    return {
        code: functools.partial(rates_of_code, code)
        for code in codes
        if code not in (own, table.to)
    }


def _runner_up(
    table: Table, judged: Judged, rivals: list[Option], one: int, verdict: Verdict
) -> tuple[str, float] | None:
    """The next best policy of a currency by its median error, and that error."""
    evidence, pair = judged.evidence, table.pairs[one]
    mine = evidence.rows[evidence.code == one]
    if pair is None or not len(mine):
        return None
    implied = table.rows.implied[mine]
    speaks = evidence.code == one
    width = (evidence.high[speaks] - evidence.low[speaks]) / implied
    options = [Option(item.name, candidate=item) for item in judged.dated if not item.step]
    options += rivals
    best: tuple[str, float] | None = None
    for option in options:
        if option.name in (verdict.policy, *verdict.tied):
            continue
        error = np.abs(implied / rates_for(option, table, judged, mine, one) - 1) * 1e4
        typical = _typical(error, width)
        if typical is not None and (best is None or typical < best[1]):
            best = (option.name, typical)
    return best


def _rivals(table: Table, judged: Judged, legs: Legs) -> list[Option]:
    """The month and the year whose means come nearest to all currencies, but for the chosen one.

    Some month of 27 years is near to any single rate by accident; all currencies decide.
    """
    evidence = judged.evidence
    every = periods.simple(legs, table.span, runs=False)
    gaps = []
    for one, pair in enumerate(table.pairs):
        mine = evidence.code == one
        if pair is not None and mine.any():
            middle = float(np.median((evidence.low[mine] + evidence.high[mine]) / 2))
            gaps.append(np.abs(every.mean(pair) / middle - 1))
    found: list[Option] = []
    if not gaps:
        return found
    far = np.median(np.nan_to_num(np.array(gaps), nan=9.0), axis=0)
    near = (every.cost < _RIVAL_BITS) | (len(gaps) > 2)
    for kind in ("month", "year"):
        places = [at for at, name in enumerate(every.kind) if name == kind and near[at]]
        options = []
        for at in sorted(places, key=lambda place: float(far[place]))[:2]:
            span = (int(every.start[at]), int(every.end[at]))
            options.append(Option(periods.name(legs, every, at), period=span))
        found += [one for one in options if one.name != judged.policy][:1]
    return found


def _one_slip(reasons: list[str]) -> str | None:
    """The reason that most rows share, when it is a reason and not a distance."""
    if not reasons:
        return None
    reason, count = Counter(reasons).most_common(1)[0]
    return reason if count >= _SAME_GAP * len(reasons) and "% too" not in reason else None


def _note(
    verdict: Verdict, record: dict[str, Any], reasons: list[str], rows: int, gap: float | None
) -> str | None:
    parts = [verdict.note] if verdict.note else []
    if gap is not None:
        parts.append(f"its rate is {report.signed(gap)}")
    elif len(reasons) > rows / 2 and (slip := _one_slip(reasons)) and not record.get("second"):
        parts.append(f"{len(reasons)} of {rows} rows: {slip}")
    return "; ".join(parts) or None
