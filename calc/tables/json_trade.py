"""JSON of the trade's own services as rows: flows of OCHA FTS, grants of 360Giving, d-portal.

Their parties stand in lists of objects, their dates in numbers, their shares in per cent: here each
row gets the columns of a claims table, and keeps its own besides.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from ..parties.gazetteer import party_of_code
from .iati_activity import COLUMNS, File, government, rows_of

MOST_CHILDREN = 100_000  # of one element
DEEPEST = 12
_EPOCH = datetime.date(1970, 1, 1)

Record = dict[str, Any]


class Trade(NamedTuple):
    """The rows of a service's answer, and what a reader should know of them."""

    rows: list[Record]
    note: str


def rows_of_trade(records: list[Record]) -> Trade | None:
    """The rows of an answer of a service that is known; None when it is none."""
    first = records[0]
    for fits, read, note in _SERVICES:
        if fits(first):
            return Trade([row for record in records for row in read(record)], note)
    return None


def _is_fts(record: Record) -> bool:
    return isinstance(record.get("sourceObjects"), list) and "amountUSD" in record


def _fts(record: Record) -> Iterator[Record]:
    """A flow of OCHA's Financial Tracking Service."""
    source, target = record["sourceObjects"], record.get("destinationObjects") or []
    status = str(record.get("status") or "")
    kind = {"paid": "disbursement"}.get(status, status)
    row = {
        "amount": record.get("amountUSD"),
        "currency": "USD",
        "donor": _names(source, "Organization") or _names(source, "Location"),
        "recipient": _names(target, "Location") or _names(target, "Organization"),
        "role": "pledge",
        "status": {"paid": "disbursed", "commitment": "committed", "pledge": "pledged"}.get(status),
        "status_text": status or None,
        "transaction": kind or None,
        "value_date": _day(record.get("decisionDate") or record.get("date")),
        "published": _day(record.get("firstReportedDate") or record.get("date")),
        "purpose": record.get("description"),
        "entry": "ledger",
        "source-organization": _names(source, "Organization"),
        "source-location": _names(source, "Location"),
        "destination-organization": _names(target, "Organization"),
        "destination-plan": _names(target, "Plan"),
        "destination-cluster": _names(target, "Cluster"),
        "usage-year": _names(target, "UsageYear"),
    }
    if record.get("boundary") in ("internal", "outgoing"):
        row["role"] = "noise"
        row["noise_reason"] = "money moved on, which FTS counts where it came in"
    yield {**_kept(record), **row}


def _is_grant(record: Record) -> bool:
    parties = ("fundingOrganization", "recipientOrganization", "recipientIndividual")
    return "amountAwarded" in record and any(isinstance(record.get(p), list) for p in parties)


def _grant(record: Record) -> Iterator[Record]:
    """A grant in the 360Giving Data Standard: what was awarded, not asked for or paid."""
    receivers = record.get("recipientOrganization") or record.get("recipientIndividual") or []
    yield {
        **_kept(record),
        "amount": record.get("amountAwarded"),
        "currency": record.get("currency"),
        "donor": _names(record.get("fundingOrganization") or []),
        "recipient": _names(receivers),
        "role": "pledge",
        "status": "committed",
        "status_text": "awarded",
        "transaction": "commitment",
        "activity": record.get("id"),
        "value_date": _day(record.get("awardDate")),
        "published": _day(record.get("awardDate")),
        "title": record.get("title"),
        "purpose": record.get("title"),
        "entry": "ledger",
    }


def _is_dportal(record: Record) -> bool:
    return "aid" in record and bool(
        {"trans_value", "budget_value", "commitment", "spend"} & record.keys()
    )


def _dportal(record: Record) -> Iterator[Record]:
    """A row of d-portal's query: a transaction, a budget, or the sums of an activity in USD."""
    reporter = record.get("reporting_ref") or record.get("aid") or ""
    country = record.get("trans_country") or record.get("country_code") or ""
    known = party_of_code(str(country))
    common = {
        "donor": government(str(reporter), None) or record.get("reporting"),
        "recipient": known.name if known is not None else country or None,
        "publisher": record.get("reporting"),
        "title": record.get("title"),
        "purpose": record.get("title"),
        "activity": record.get("aid"),
        "entry": "ledger",
        "role": "pledge",
    }
    if "trans_value" in record:
        made = record.get("trans_flags") in (1, "1")
        yield (
            _kept(record)
            | common
            | {
                "amount": _share(record.get("trans_value"), record, "trans_country"),
                "currency": record.get("trans_currency"),
                "transaction": record.get("trans_code"),
                "value_date": _day_of_number(record.get("trans_day")),
                **(
                    {"role": "noise", "noise_reason": "made up by d-portal, not reported"}
                    if made
                    else {}
                ),
            }
        )
    elif "budget_value" in record:
        yield (
            _kept(record)
            | common
            | {
                "amount": _share(record.get("budget_value"), record, "budget_country"),
                "currency": record.get("budget_currency"),
                "role": "target",
                "transaction": "planned-disbursement"
                if record.get("budget") == "plan"
                else "budget",
                "value_date": _day_of_number(record.get("budget_day_start")),
            }
        )
    else:
        for name, kind in (("commitment", "commitment"), ("spend", "disbursement")):
            if record.get(name) not in (None, "", 0, "0"):
                yield (
                    _kept(record)
                    | common
                    | {
                        "amount": _share(record[name], record, ""),
                        "currency": "USD",
                        "transaction": kind,
                        "value_date": _day_of_number(record.get("day_start")),
                    }
                )


def _share(amount: Any, record: Record, split: str) -> Any:
    """The part of an amount that a row stands for: queries repeat it by country and sector."""
    if record.get(split) or record.get("trans_sector"):
        return amount  # d-portal has split it already
    whole = _decimal(amount)
    for name in ("country_percent", "sector_percent"):
        share = _decimal(record.get(name))
        if whole is not None and share is not None and 0 < share < 100:
            whole = whole * share / 100
    return amount if whole is None else f"{whole.normalize():f}"


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day_of_number(value: Any) -> str | None:
    """A date that d-portal keeps as the number of days since 1970."""
    days = _decimal(value)
    if days is None:
        return _day(value)
    if not -25_000 < days < 60_000:
        return None
    return (_EPOCH + datetime.timedelta(days=int(days))).isoformat()


def _day(value: Any) -> str | None:
    return str(value)[:10] if value else None


def _names(objects: Iterable[Any], kind: str | None = None) -> str | None:
    """The names of a list of objects, of one type where that is asked for."""
    found = [
        " ".join(str(one.get("name") or one.get("id") or "").replace("|", "/").split())
        for one in objects
        if isinstance(one, dict) and kind in (None, one.get("type"))
    ]
    return "|".join(dict.fromkeys(name for name in found if name)) or None


def _kept(record: Record) -> Record:
    """The record's own plain cells; the words for lists of objects are those of their names."""
    kept: Record = {}
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            if (names := _names(value)) and key not in ("sourceObjects", "destinationObjects"):
                kept[f"{key}.name"] = names
        elif value is not None:
            kept[key] = value
    return kept


def _is_xson(record: Record) -> bool:
    return any(
        key.startswith(("/transaction", "/iati-identifier", "/iati-activit")) for key in record
    )


def _xson(record: Record) -> Iterator[Record]:
    """An activity as d-portal's xson writes its XML: "/title/narrative", "/value@currency"."""
    for key, value in record.items():
        if key.startswith("/iati-activities") and isinstance(value, list):
            for inner in value:
                yield from _xson(inner) if isinstance(inner, dict) else ()
            return
    activity = Element("iati-activity")
    _fill(activity, record)
    for row in rows_of(activity, File(None, {}, {}, Counter())):
        yield dict(zip(COLUMNS, row, strict=True))


def _fill(element: Element, record: Record, depth: int = 0) -> None:
    for key, value in record.items():
        path, _, attribute = key.partition("@")
        target = element
        for step in filter(None, path.split("/")[:DEEPEST]):
            found = target.find(step) if step.replace("-", "").isalnum() else None
            repeats = isinstance(value, list) and step == path.rpartition("/")[2]
            if found is None and step.replace("-", "").isalnum() and not repeats:
                found = SubElement(target, step)
            target = target if found is None else found
        if attribute:
            target.set(
                attribute.replace("xml:", "{http://www.w3.org/XML/1998/namespace}"), str(value)
            )
        elif isinstance(value, list):
            for inner in value[:MOST_CHILDREN]:
                child = SubElement(target, path.rpartition("/")[2])
                if isinstance(inner, dict) and depth < DEEPEST:
                    _fill(child, inner, depth + 1)
                else:
                    child.text = str(inner)
        elif not isinstance(value, dict):
            target.text = str(value)


_FTS_NOTE = (
    "flows of the FTS API: amounts are those in USD (amountUSD); --columns "
    "amount=originalAmount,currency=originalCurrency reads the original ones"
)
_GRANT_NOTE = "360Giving: the amount awarded, on the day of the award"
_DPORTAL_NOTE = "d-portal: activities, their transactions and budgets (budgets are no pledges)"
_SERVICES: tuple[
    tuple[Callable[[Record], bool], Callable[[Record], Iterator[Record]], str], ...
] = (
    (_is_fts, _fts, _FTS_NOTE),
    (_is_grant, _grant, _GRANT_NOTE),
    (_is_xson, _xson, _DPORTAL_NOTE),
    (_is_dportal, _dportal, _DPORTAL_NOTE),
)
