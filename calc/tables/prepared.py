"""A table of claims that anybody brings, made whole: every column, and an id for each claim."""

from __future__ import annotations

import hashlib
import math

import pandas as pd

from rates.errors import UsageError

from .. import schema

# What an id that is made of a row does not tell: itself, and what is read of the row's own words.
_NOT_CONTENT = {"claim_id", "sentence_start", "said", "part_of", "signs"}
_NOT_CONTENT |= {"entry", "transaction", "activity"}
_MOST, _LEAST = 1e24, 1e-12  # as calc.tables.numbers tells money from other numbers
_LOWER = ("over", "more than", "at least", "exceeding", "above")


_UPPER = ("up to", "at most", "less than", "under", "below")


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """A copy of ``table`` with every column of schema.CLAIMS and a unique id for each claim.

    Columns that are missing are filled: role ``pledge``, status ``unknown``, bounds and text
    from the amount, an id from the row's content. Rows that are equal in everything share
    their id (they are one claim, read twice); different rows under one id are an error.
    """
    if not isinstance(table, pd.DataFrame):
        raise UsageError(
            f"reconcile takes a table of claims, not {type(table).__name__}; "
            "read documents first: pc.reconcile(pc.read(...))"
        )
    if len(table) and not {"amount", "amount_low", "amount_high", "text"} & set(table.columns):
        raise UsageError(
            f"no amounts among the columns {', '.join(map(str, table.columns[:12]))}; "
            "a table of claims has at least amount and currency, and donor, recipient, published"
        )
    frame = table.copy()
    frame.attrs = {}
    for name, kind in schema.CLAIMS.items():
        if name not in frame.columns:
            empty = {"date": pd.NaT, "number": math.nan}.get(kind)
            frame[name] = pd.Series([empty] * len(frame), index=frame.index, dtype="object")
    _fill_kinds(frame)
    defaults = {"role": "pledge", "status": "unknown", "source": "table", "text": ""}
    for name, default in defaults.items():
        frame[name] = frame[name].where(frame[name].notna(), default)
    _fill_entries(frame)
    _fill_bounds(frame)
    _fill_text(frame)
    of_ledger = frame["entry"] == "ledger"
    for name in ("amount", "amount_low", "amount_high"):
        # a pledge is a positive sum of money: what is no such number is an amount not known,
        # while the text keeps what was printed; a register has corrections, and nothing too
        size = frame[name].abs()
        known = (frame[name] > 0) | of_ledger
        frame[name] = frame[name].where(known & (size < _MOST) & ((size > _LEAST) | (size == 0)))
    _open_contradictions(frame)
    _fill_ids(frame)
    for name, kind in schema.CLAIMS.items():
        if kind == "text":
            frame[name] = frame[name].astype(schema.TEXT)
    front = list(schema.CLAIMS)
    return frame[front + [name for name in frame.columns if name not in schema.CLAIMS]]


def _open_contradictions(frame: pd.DataFrame) -> None:
    """An amount that lies outside of its own bounds is not known, nor are they."""
    low, amount, high = (frame[name] for name in ("amount_low", "amount", "amount_high"))
    slack = 1e-9 * amount.abs().fillna(0)
    contrary = (low > high) | (low > amount + slack) | (amount > high + slack)
    if contrary.any():
        for name in ("amount_low", "amount", "amount_high"):
            frame[name] = frame[name].where(~contrary)


def _fill_kinds(frame: pd.DataFrame) -> None:
    """Dates and numbers as such; texts as plain cells, unless their column is of texts already."""
    for name, kind in schema.CLAIMS.items():
        if kind == "date":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif kind == "number":
            frame[name] = pd.to_numeric(frame[name]).astype("float64")
        elif frame[name].dtype != schema.TEXT:
            # only then: of a million claims, copies as objects take gigabytes
            frame[name] = frame[name].astype("object").where(frame[name].notna(), None)


def _fill_entries(frame: pd.DataFrame) -> None:
    """A source that names activities or transactions, or corrects amounts, is a ledger."""
    known = frame["entry"].isin(schema.ENTRIES)
    shown = frame["activity"].notna() | frame["transaction"].notna() | (frame["amount"] < 0)
    found = pd.Series("report", index=frame.index, dtype="object")
    if shown.any():
        sources = set(frame.loc[shown, "source"])
        found = found.where(~schema.among(frame["source"], sources), "ledger")
    frame["entry"] = frame["entry"].where(known, found)


def _fill_bounds(frame: pd.DataFrame) -> None:
    """An amount without any bound is a point, or the bound that its qualifier says."""
    bare = frame["amount"].notna() & frame["amount_low"].isna() & frame["amount_high"].isna()
    for name, open_words in (("amount_low", _UPPER), ("amount_high", _LOWER)):
        closed = bare & ~frame["qualifier"].isin(open_words)
        frame[name] = frame[name].where(~closed, frame["amount"])


def _fill_text(frame: pd.DataFrame) -> None:
    """A table without words: the amount stands for what was printed."""
    bare = (frame["text"] == "") & frame["amount"].notna()
    if not bare.any():
        return
    made = [
        f"{amount:,.15g} {'' if _missing(code) else code}".strip() if wanted else ""
        for wanted, amount, code in zip(bare, frame["amount"], frame["currency"], strict=True)
    ]
    frame["text"] = frame["text"].where(~bare, pd.Series(made, index=frame.index))


def _fill_ids(frame: pd.DataFrame) -> None:
    if frame["claim_id"].notna().all():
        names = frame["claim_id"]
        if names.dtype != schema.TEXT:
            names = names.map(str).astype("object")
        if names.is_unique:
            frame["claim_id"] = names
            return
    columns = [name for name in schema.CLAIMS if name not in _NOT_CONTENT]
    contents = [
        "\x1f".join("" if _missing(cell) else str(cell) for cell in row)
        for row in frame[columns].itertuples(index=False, name=None)
    ]
    seen: dict[str, str] = {}
    counts: dict[str, int] = {}
    ids: list[str] = []
    for given, content in zip(frame["claim_id"].tolist(), contents, strict=True):
        if _missing(given):
            digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
            counts[digest] = counts.get(digest, 0) + 1
            ids.append(digest if counts[digest] == 1 else f"{digest}-{counts[digest]}")
            continue
        name = str(given)
        if seen.setdefault(name, content) != content:
            raise UsageError(
                f"claim_id {name!r} stands on two rows that differ; give every claim an id of "
                "its own, or leave the column out"
            )
        ids.append(name)
    frame["claim_id"] = pd.Series(ids, index=frame.index, dtype="object")


def _missing(cell: object) -> bool:
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))
