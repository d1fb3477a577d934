"""One activity of an IATI file as rows: its transactions, budgets and planned disbursements.

Who gives and who receives stands at the transaction, else at the activity: a publisher that says
no provider pays itself. Countries with percentages share the amount, to the last cent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..parties import canonical
from ..parties.gazetteer import party_of_code
from ..text import data_tables

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?")
_GOVERNMENT = ("10", "11", "15")  # types of organisation: government, local, other public sector
_OF_COUNTRY = re.compile(r"([A-Z]{2})-(GOV\b|\d+$)?")
_DAC = re.compile(r"XM-DAC-(\d{1,3})(?:-.*)?")
_INCOMING = ("incoming-funds", "incoming-commitment", "incoming-pledge")
_FINANCES = {"1": "grant", "4": "loan", "5": "equity", "6": "debt relief", "11": "guarantee"}
_FLOWS = {
    "10": "ODA",
    "20": "OOF",
    "21": "non-export credit OOF",
    "22": "officially supported export credit",
    "30": "private grants",
    "35": "private market",
    "36": "private direct investment",
    "37": "other private",
    "40": "non flow",
    "50": "other flows",
}
LONGEST_WORDS = 300  # characters of a title or description
CENT = Decimal("0.01")
NEARLY_ALL, TOO_MUCH = Decimal(99), Decimal(101)  # per cent, as publishers round them


class IatiRow(NamedTuple):
    """One row of the table that an IATI file becomes; the names of its columns are ``COLUMNS``."""

    amount: str | None
    currency: str | None
    role: str
    status: str
    status_text: str
    donor: str | None
    recipient: str | None
    purpose: str | None
    modality: str | None
    period: str | None
    value_date: str | None
    published: str | None
    publisher: str | None
    title: str | None
    entry: str
    transaction: str
    activity: str | None
    iati_identifier: str | None
    transaction_date: str | None
    provider_org: str | None
    receiver_org: str | None
    recipient_share: str | None
    hierarchy: str | None
    parent_activity: str | None
    flow_type: str | None
    sector: str | None
    transaction_ref: str | None
    description: str | None


OWN = IatiRow._fields[: IatiRow._fields.index("iati_identifier")]  # columns of every claims table
COLUMNS = tuple(name if name in OWN else name.replace("_", "-") for name in IatiRow._fields)


class Org(NamedTuple):
    """An organisation as an element names it."""

    name: str | None
    ref: str | None
    type: str | None

    def party(self) -> str | None:
        """The country whose government it is, else its name, else its identifier."""
        return government(self.ref or "", self.type) or _clean(self.name) or self.ref


class Part(NamedTuple):
    """A share of an amount: for whom, how much, and how many per cent where that was said."""

    name: str | None
    amount: Decimal
    share: Decimal | None


class File(NamedTuple):
    """What an activity needs to know of its file, and what is counted on the way."""

    published: str | None
    names: dict[str, str]  # of organisations, by their identifier
    parents: dict[str, str]  # by activity
    counts: Counter[str]


@cache
def _types() -> dict[str, tuple[str, str]]:
    """The name and the status of a type of transaction, by its code."""
    rows = data_tables.table("transaction_types")
    return {row["name"]: (row["transaction"], row["status"]) for row in rows}


@cache
def _codes(kind: str) -> dict[str, str]:
    rows = data_tables.table("iati_places")
    return {row["code"]: row["name"] for row in rows if row["kind"] == kind}


@lru_cache(maxsize=10_000)
def government(ref: str, kind: str | None) -> str | None:
    """The country whose government an identifier names.

    >>> government("GB-GOV-1", "10"), government("XM-DAC-7", None), government("SE-0", None)
    ('United Kingdom', 'Netherlands', 'Sweden')
    >>> government("GB-CHC-202918", "21") is None, government("XM-DAC-41114", "40") is None
    (True, True)
    """
    dac = _DAC.fullmatch(ref)
    if dac is not None:
        code = _codes("giver").get(dac[1])
        known = party_of_code(code) if code else None
        return known.name if known is not None else code
    if ref.startswith("XI-IATI-EC"):
        return "European Union"
    match = _OF_COUNTRY.match(ref)
    if match is None or (match[2] is None and kind != "10") or (kind or "10") not in _GOVERNMENT:
        return None
    known = party_of_code(match[1])
    return known.name if known is not None else None


def _clean(name: str | None) -> str | None:
    return None if name is None else name.replace("|", "/")


def words(elements: Iterable[Element]) -> str | None:
    """The words of an element in English, else in the first language that it has."""
    first: str | None = None
    for element in elements:
        for one in element.findall("narrative") or (element,):
            text = " ".join((one.text or "").split())[:LONGEST_WORDS]
            if text and (one.get(_LANGUAGE) or "").lower().startswith("en"):
                return text
            first = first or text or None
    return first


def rows_of(activity: Element, file: File) -> Iterator[IatiRow]:
    """The rows of one activity."""
    yield from _Activity(activity, file).rows()


class _Activity:
    """What an activity says once for all of its transactions."""

    def __init__(self, element: Element, file: File) -> None:
        self.element, self.file = element, file
        self.id = words(element.findall("iati-identifier"))
        self.title = words(element.findall("title"))
        reporting = element.find("reporting-org")
        self.reporter = self._org(reporting)
        second = reporting is not None and reporting.get("secondary-reporter") in ("1", "true")
        self.giver = self._funder() if second else self.reporter
        self.places = self._places(element)
        self.day = _day(element.get("last-updated-datetime")) or file.published
        self.parent = self._family()
        file.counts["activities"] += 1

    def _org(self, element: Element | None) -> Org:
        if element is None:
            return Org(None, None, None)
        name, ref = words([element]), (element.get("ref") or "").strip() or None
        if ref and name:
            self.file.names.setdefault(ref, name)
        elif ref:
            name = self.file.names.get(ref)
        return Org(name, ref, element.get("type"))

    def _funder(self) -> Org:
        """The one organisation that funds, else extends, where another one reports."""
        for role in ("1", "3", "Funding", "Extending"):
            orgs = [o for o in self.element.findall("participating-org") if o.get("role") == role]
            if len(orgs) == 1:
                return self._org(orgs[0])
        return Org(None, None, None)

    def _family(self) -> str | None:
        """Its parent, from its own word; its children are told of their parent."""
        found = []
        for one in self.element.findall("related-activity"):
            ref = (one.get("ref") or "").strip()
            if one.get("type") == "1" and ref and ref != self.id:
                found.append(ref)
            elif one.get("type") == "2" and ref and self.id and ref != self.id:
                self.file.parents.setdefault(ref, self.id)
        if len(found) == 1 and self.id:
            self.file.parents[self.id] = found[0]
            return found[0]
        return self.file.parents.get(self.id or "")

    def _places(self, element: Element) -> list[tuple[str, Decimal | None]]:
        """Countries and regions with their percentages; without these, countries go first."""
        countries = [
            (name, _number(one.get("percentage")))
            for one in element.findall("recipient-country")
            if (name := _country(one))
        ]
        regions = [
            (name, _number(one.get("percentage")))
            for one in element.findall("recipient-region")
            if one.get("vocabulary", "1") in ("1", "2", "") and (name := _region(one))
        ]
        shared = any(share is not None for _, share in (*countries, *regions))
        return [*countries, *regions] if shared or not countries else countries

    def rows(self) -> Iterator[IatiRow]:
        for one in self.element.findall("transaction"):
            yield from self._transaction(one)
        for tag in ("budget", "planned-disbursement"):
            for one in self.element.findall(tag):
                yield from self._plan(one, tag)

    def _transaction(self, one: Element) -> Iterator[IatiRow]:
        kind = one.find("transaction-type")
        code = "" if kind is None else (kind.get("code") or words([kind]) or "").strip()
        name, status = _types().get(code.casefold(), (code, "unknown"))
        self.file.counts[name or "transaction without a type"] += 1
        provider = self._org(one.find("provider-org"))
        receiver = self._org(one.find("receiver-org"))
        if provider.party() is None:
            provider = self._funder() if name in _INCOMING else self.giver
        if receiver.party() is None and name in _INCOMING:
            receiver = self.reporter
        day = one.find("transaction-date")
        date = None if day is None else _day(day.get("iso-date") or day.text)
        yield from self._split(
            one,
            self._row(
                one,
                status=status,
                status_text=name.replace("-", " "),
                transaction=code,
                provider=provider,
                receiver=receiver,
                transaction_date=date,
                transaction_ref=one.get("ref"),
                description=words(one.findall("description")),
            ),
            date,
        )

    def _plan(self, one: Element, tag: str) -> Iterator[IatiRow]:
        """A budget or a planned payment: a plan, and no one's pledge."""
        self.file.counts[tag] += 1
        ends = [one.find("period-start"), one.find("period-end")]
        days = [None if end is None else _day(end.get("iso-date") or end.text) for end in ends]
        provider = self._org(one.find("provider-org"))
        yield from self._split(
            one,
            self._row(
                one,
                role="target",
                status="unknown",
                status_text=tag.replace("-", " "),
                transaction=tag,
                provider=provider if provider.party() else self.giver,
                receiver=self._org(one.find("receiver-org")),
                period="..".join(day for day in dict.fromkeys(days) if day) or None,
            ),
            days[0],
        )

    def _row(
        self,
        one: Element,
        *,
        status: str,
        status_text: str,
        transaction: str,
        provider: Org,
        receiver: Org,
        role: str = "pledge",
        transaction_date: str | None = None,
        transaction_ref: str | None = None,
        description: str | None = None,
        period: str | None = None,
    ) -> IatiRow:
        finance = self._code(one, "finance-type") or ""
        sectors = one.findall("sector") or self.element.findall("sector")
        codes = dict.fromkeys(code for one in sectors if (code := one.get("code")))
        flow = self._code(one, "flow-type")
        return IatiRow(
            amount=None,
            currency=None,
            role=role,
            status=status,
            status_text=status_text,
            donor=provider.party(),
            recipient=receiver.party(),
            purpose=self.title,
            modality=_FINANCES.get(finance[:-2]),
            period=period,
            value_date=None,
            published=self.day,
            publisher=self.reporter.name or self.reporter.ref,
            title=self.title,
            entry="ledger",
            transaction=transaction,
            activity=self.id,
            iati_identifier=self.id,
            transaction_date=transaction_date,
            provider_org=provider.name or provider.ref,
            receiver_org=receiver.name or receiver.ref,
            recipient_share=None,
            hierarchy=self.element.get("hierarchy"),
            parent_activity=self.parent,
            flow_type=_FLOWS.get(flow or "", flow),
            sector="|".join(codes) or None,
            transaction_ref=transaction_ref,
            description=description,
        )

    def _code(self, one: Element, tag: str) -> str | None:
        found = one.find(tag)
        if found is None:
            found = self.element.find(f"default-{tag}")
        return None if found is None else found.get("code")

    def _split(self, one: Element, row: IatiRow, date: str | None) -> Iterator[IatiRow]:
        """The row with its value, once for every recipient that has a share of it."""
        value = one.find("value")
        if value is None:
            self.file.counts["without a value"] += 1
            return
        printed = " ".join((value.text or "").split())
        own = (value.get("currency") or "").strip()
        row = row._replace(
            amount=printed or None,
            currency=own or (self.element.get("default-currency") or "").strip() or None,
            value_date=_day(value.get("value-date")) or date,
        )
        places = self._places(one) or self.places
        if not places:
            yield row
            return
        amount = _number(printed)
        if amount is None:
            yield row._replace(recipient="|".join(dict.fromkeys(name for name, _ in places)))
            return
        parts = shares(amount, places)
        self.file.counts["shared"] += len(parts) > 1
        self.file.counts["joined"] += len(parts) == 1 and len(places) > 1
        for part in parts:
            yield row._replace(
                amount=printed if len(parts) == 1 else f"{part.amount:f}",
                recipient=part.name,
                recipient_share=None if part.share is None else f"{part.share.normalize():f} %",
            )


def shares(amount: Decimal, places: list[tuple[str, Decimal | None]]) -> list[Part]:
    """Split an amount over its recipients; what is said of none of them stays open.

    >>> [(p.name, str(p.amount)) for p in shares(Decimal("100"), [("A", Decimal(1)), ("B", None)])]
    [('A', '1.00'), ('B', '99.00')]
    >>> [p.name for p in shares(Decimal("100"), [("A", None), ("B", None)])]
    ['A|B']
    """
    known = [(name, share) for name, share in places if share is not None]
    silent = "|".join(dict.fromkeys(name for name, share in places if share is None))
    total = sum((share for _, share in known), Decimal(0))
    everybody = "|".join(dict.fromkeys(name for name, _ in places))
    if not known or total <= 0 or total > TOO_MUCH or any(share < 0 for _, share in known):
        return [Part(everybody, amount, None)]
    parts: list[tuple[str | None, Decimal]] = [(name, share) for name, share in known if share]
    whole = max(total, Decimal(100))
    if silent and total < 100:
        parts.append((silent, 100 - total))
    elif total < NEARLY_ALL:
        parts.append((None, 100 - total))
    else:
        whole = total
    if len(parts) == 1:
        return [Part(parts[0][0], amount, None)]
    cent = min(CENT, Decimal(1).scaleb(int(amount.as_tuple().exponent)))
    found: list[Part] = []
    before = told = Decimal(0)
    for name, share in parts:
        before += share
        upto = amount if before >= whole else (amount * before / whole).quantize(cent)
        found.append(Part(name, upto - told, share))
        told = upto
    return found


@lru_cache(maxsize=10_000)
def _number(text: str | None) -> Decimal | None:
    """A plain number, its thousands perhaps grouped; None when it is anything else."""
    if text is None:
        return None
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d.+-]", "", text)
    try:
        found = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 30 else None


def _day(text: str | None) -> str | None:
    """The day of a date or a time, whatever zone stands behind it."""
    day = (text or "").strip()[:10]
    return day or None


def _country(element: Element) -> str | None:
    code = (element.get("code") or "").strip().upper()
    known = party_of_code(code) if code else None
    if known is not None:
        return known.name
    name = _clean(words([element]))
    return (canonical(name) or name) if name else code or None


def _region(element: Element) -> str | None:
    code = (element.get("code") or "").strip()
    return _codes("region").get(code) or _clean(words([element])) or code or None
