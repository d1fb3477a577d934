"""A line to cite a result by: inputs, rates, policy and version, so that it can be made again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from rates import hmrc, sources, world
from rates.conversion import Conversion
from rates.currencies import currency as known_currency
from rates.ecb import TITLE
from rates.errors import UnreadableInputError, UsageError
from rates.fixings import Fixings
from rates.sources import Rates

from ..reconcile import Reconciliation
from ..values.many_days import rates_of
from ..values.valuation import Valuation

_SHORT = 12  # hex digits of a digest: enough to tell files apart
_MOST = 5  # inputs that are named with a digest each; more have one together
_USED = re.compile(r"\(([^()]+?) (?:\d{4}-\d\d-\d\d|in force|since)")


def cite(
    result: Reconciliation | Conversion | pd.DataFrame,
    *inputs: str | os.PathLike[str],
    policy: str | None = None,
    rates: Rates = None,
    decisions: str | os.PathLike[str] | None = None,
    currency: str | None = None,
) -> str:
    """Return the line that says how ``result`` was made, without a date of its own.

    It names the program and its version, the ``inputs`` with the start of their sha256 (files and
    folders; without them the claims of the result), the sources of the rates with their last day
    and sha256, the policy, the
    ``currency`` and ``decisions``. The same inputs, rates and version give the same
    result, to the byte, and the same line. ``rates`` are those that the result was made with.

    >>> from rates.conversion import convert
    >>> print(cite(convert("683m", "EUR", "USD", on="2024-11-04")).partition(";")[0])
    683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904)
    """
    if isinstance(result, Conversion):
        parts = [str(result), _source(result.source, result.source_version)]
        return "; ".join([*parts, _program()]) + "."
    digest = _digests(inputs) if inputs else f"claims sha256 {_of_claims(_claims(result))}"
    used = str(policy or getattr(result, "policy", "spot"))
    code = known_currency(str(currency or getattr(result, "currency", "EUR"))).code
    valuation = Valuation(used, rates)
    told = [_program(), digest, *_tables(_claims(result), code, valuation), f"policy {used}"]
    told.append(f"amounts in {code}")
    if decisions is not None:
        told.append(f"decisions {_digest_of(Path(decisions))}")
    return "; ".join(told) + "."


def _claims(result: Any) -> pd.DataFrame:
    claims = getattr(result, "claims", result)
    if not isinstance(claims, pd.DataFrame):
        raise UsageError(
            f"{type(result).__name__} is nothing to cite; give a reconciliation, claims or a "
            "conversion"
        )
    return claims


def _program() -> str:
    return f"pledgecalc {_version()}"


@cache
def _version() -> str:
    """The version as ``pledgecalc`` states it, which imports this room and cannot be imported."""
    facade = Path(__file__).resolve().parents[2] / "pledgecalc" / "__init__.py"
    found = re.search(r'^__version__ = "([^"]+)"', facade.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "of an unknown version"


def _of_claims(claims: pd.DataFrame) -> str:
    named = [name for name in ("claim_id", "source", "text") if name in claims.columns]
    text = claims[named or list(claims.columns)].to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_SHORT]


def _digests(inputs: Sequence[str | os.PathLike[str]]) -> str:
    """Each file with its digest; many files by one digest of all, in the order of their names."""
    files = [path for one in inputs for path in _files(Path(one))]
    if len(files) <= _MOST:
        return "input " + ", ".join(_digest_of(path) for path in files)
    every = hashlib.sha256()
    for path in files:
        every.update(f"{path.name}\0".encode())
        every.update(hashlib.sha256(_content(path)).digest())
    names = ", ".join(Path(one).name for one in inputs[:_MOST])
    return f"input {names} ({len(files)} files, together sha256 {every.hexdigest()[:_SHORT]})"


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = (one for one in path.rglob("*") if one.is_file() and one.name[0] != ".")
        yield from sorted(found, key=lambda one: one.relative_to(path).as_posix())
    else:
        yield path


def _digest_of(path: Path) -> str:
    return f"{path.name} (sha256 {hashlib.sha256(_content(path)).hexdigest()[:_SHORT]})"


def _content(path: Path) -> bytes:
    if str(path) == "-":
        raise UsageError("what comes by standard input has no name to cite; save it to a file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"{path}: {error.strerror or error}", str(path)) from error


def _tables(claims: pd.DataFrame, currency: str, valuation: Valuation) -> list[str]:
    """The sources whose rates the claims ask for; where they ask for none, the first of all."""
    known = {one.source: one for one in _homes(sources.tables(valuation.rates))}
    used = _named(claims, currency, valuation)
    beyond = {world.NAME: world.fixings, hmrc.NAME: hmrc.monthly}  # asked where the first have none
    known |= {name: beyond[name]() for name in sorted(used & set(beyond)) if name not in known}
    return [
        _source(name, known[name].version)
        for name in [one for one in known if one in used] or list(known)[:1]
    ]


def _homes(table: Fixings) -> Iterable[Fixings]:
    from_chain: Iterable[Fixings] = getattr(table, "tables", None) or (table,)
    return from_chain


def _named(claims: pd.DataFrame, currency: str, valuation: Valuation) -> set[str]:
    """The sources that the notes on the rates of the claims name."""
    if "rate_note" not in claims.columns:
        columns = ("currency", "value_date", "published", "value_date_precision")
        if not set(columns) <= set(claims.columns):
            return set()
        claims = rates_of(claims, currency, valuation)
    notes = set(claims["rate_note"].dropna())
    found = [one for note in notes for one in _USED.findall(note)]
    return {part.strip() for one in found for part in one.split(" + ")}


def _source(name: str, edition: str) -> str:
    """A source of rates in words: its last day and its digest."""
    title = TITLE if name == "ECB" else name
    last, _, digest = edition.partition(" sha256:")
    told = f"up to {last}" if re.fullmatch(r"\d{4}-\d\d-\d\d", last) else last
    return f"rates: {title} {told}{f' (sha256 {digest})' if digest else ''}"
