"""One document: its text as it was read, who published it and when, and its zones."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from email.utils import parseaddr
from typing import NamedTuple

from rates.errors import UsageError

from ..text.characters import whole, whole_or_none
from . import dates, publishers, titles, zones
from .decoding import decode
from .forms import Form, form_of
from .grids import IsTable, TextTable, markdown_grids
from .languages import language_of
from .mails import article_of_mail
from .pages import Article, article_of_page
from .papers import paper_of
from .paragraphs import Paragraph, paragraphs
from .sources import Source, read_bytes
from .zones import Zone

LONGEST_FRONT_MATTER = 60  # lines; a longer block between dashes is no front matter
_KEY = re.compile(r"([A-Za-z][\w-]{0,30})\s*:\s*(.*)")
LONGEST_MAIL_HEAD = 4_000  # characters
_MAIL_HEADER = re.compile(
    r"(From|To|Cc|Reply-To|Date|Sent|Subject):[ \t]*(\S[^\n]{0,998})", re.IGNORECASE
)
_TITLE_KEYS = ("title", "headline", "subject")
_DATE_KEYS = tuple("sent date published publishdate pubdate date_published datepublished".split())
_ADDRESS_KEYS = ("canonical", "canonical_url", "url", "link", "source_url")
_PUBLISHER_KEYS = ("from", "publisher", "source", "outlet", "site", "site_name", "publication")


class Document(NamedTuple):
    """A text with its head read: positions everywhere point into ``text``.

    ``published_basis`` is "given", "stated" (the page's own date line), "page metadata", "page
    markup", "page address", "mail header", "file name" or None. ``url`` is the address that a
    page gives itself; ``language`` a two-letter code, None when it cannot be told; ``notes`` say
    what was left out. ``pages`` are the places at which the pages of a paper begin, ``tables`` the
    tables whose rows are claims, with their places where they stand in ``text``.
    """

    source: str
    text: str
    title: str | None
    publisher: str | None
    published: datetime.date | None
    published_basis: str | None
    zones: tuple[Zone, ...]
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    tables: tuple[TextTable, ...] = ()

    def page_at(self, position: int) -> int | None:
        """Return the page of a paper on which a position of the text is, the first being 1."""
        return bisect_right(self.pages, position) or None

    def zone_at(self, position: int) -> Zone:
        """Return the zone at a position of the text (0 … len(text)); IndexError outside.

        >>> document_from_text("Lithuania paid.").zone_at(3).kind
        'body'
        """
        if not 0 <= position <= len(self.text):
            raise IndexError(f"position {position} is outside the text (0 to {len(self.text)})")
        if not self.zones:
            return Zone(0, 0, "body", None)
        index = bisect_right(self.zones, position, key=_start) - 1
        return self.zones[index]


def _start(zone: Zone) -> int:
    return zone.start


def document_from_text(
    text: str,
    *,
    source: str = "text",
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> Document:
    r"""Read the head and the zones of a page's ``text``; what is given wins over what is found.

    ``published`` is a date or ISO text; anything else raises UsageError. What the page does not
    say stays None.

    >>> page = document_from_text("Vilnius funds drones\nMarch 2, 2025 9:29 AM\nIt will pay.")
    >>> page.title, str(page.published), page.published_basis
    ('Vilnius funds drones', '2025-03-02', 'stated')
    """
    return _laid_out(text, source, given_date(published), publisher, title)


def _whole(article: Article) -> Article:
    own = (whole_or_none(article.title), whole_or_none(article.publisher))
    return article._replace(title=own[0], publisher=own[1])


def _laid_out(
    text: str,
    source: str,
    given: datetime.date | None,
    publisher: str | None,
    title: str | None,
    article: Article | None = None,
) -> Document:
    """Read head and zones; ``article`` is what the markup around ``text`` said already."""
    text, source = whole(text), whole(source)
    title, publisher = whole_or_none(title), whole_or_none(publisher)
    items = paragraphs(text)
    forms = [form_of(item.text) for item in items]
    front, keys = (0, {}) if article is not None else _front_matter(text, items)
    index = _title_index(items, forms, front, article)
    layout = zones.lay_out(text, items, forms, index, front)
    shown, suffix = (None, None) if index is None else titles.title_and_suffix(items, index)
    day: datetime.date | None = given
    basis: str | None = "given"
    if day is None:
        day, basis = _stated(items, forms, layout, keys, article)
        if day is None and (day := dates.name_date(source)):
            basis = "file name"
    if publisher is None:
        publisher = (
            (article.publisher if article is not None else None)
            or _value(keys, _PUBLISHER_KEYS)
            or publishers.find_publisher(items, forms, index, layout.body, layout.furniture)
            or suffix
            or (publishers.name_around(items, index, layout.body) if article is None else None)
        )
    in_markup = article.title if article is not None else None
    return Document(
        source=source,
        text=text,
        title=title or in_markup or _value(keys, _TITLE_KEYS) or shown,
        publisher=publisher,
        published=day,
        published_basis=basis,
        zones=_front_zones(text, layout.zones, keys),
        url=article.url if article is not None else _value(keys, _ADDRESS_KEYS),
        language=language_of(text, layout.zones),
        notes=article.notes if article is not None else (),
    )


def _title_index(
    items: list[Paragraph], forms: list[Form], front: int, article: Article | None
) -> int | None:
    """Which paragraph is the title: the first one where the markup gave one, else as it looks."""
    if article is not None and article.title is not None:
        return 0
    found = titles.find_title(items[front:], forms[front:])
    return None if found is None else found + front


def _stated(
    items: list[Paragraph],
    forms: list[Form],
    layout: zones.Layout,
    keys: dict[str, tuple[str, int, int]],
    article: Article | None,
) -> tuple[datetime.date | None, str | None]:
    """The date of the markup, then of the text; an address says least, for it may be a folder."""
    if article is None or article.published is None:
        return _published(items, forms, layout, keys)
    if article.basis == "page address":
        stated, basis = _published(items, forms, layout, keys)
        if stated is not None:
            return stated, basis
    return article.published, article.basis


def read_source(
    source: Source,
    *,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    is_table: IsTable | None = None,
) -> Document:
    """Read one text, web page, mail or paper that ``find_sources`` found.

    ``is_table`` says which tables in it are more than prose: those are given in ``tables``. Raises
    UnreadableInputError when it is missing, empty, binary, too large or wrongly encoded.
    """
    data = read_bytes(source)
    given = given_date(published)
    if source.kind in ("page", "mail"):
        if source.encoding is not None and source.kind == "page":
            data = decode(data, source.name, source.encoding).encode("utf-8")
        article = (
            article_of_mail(data, source.name)
            if source.kind == "mail"
            else article_of_page(data, source.name, is_table)
        )
        document = _laid_out(article.text, source.name, given, publisher, title, _whole(article))
        return document._replace(tables=article.grids)
    if source.kind == "paper":
        paper = paper_of(data, source.name)
        document = _laid_out(paper.text, source.name, given, publisher, title or paper.title)
        tables = tuple(grid for grid in paper.grids if is_table is not None and is_table(grid))
        return document._replace(pages=paper.pages, tables=tables)
    text = decode(data, source.name, source.encoding)
    document = document_from_text(
        text, source=source.name, published=published, publisher=publisher, title=title
    )
    return with_tables(document, is_table)


def with_tables(document: Document, is_table: IsTable | None) -> Document:
    """The document with the tables that stand in its text as Markdown writes them."""
    if is_table is None:
        return document
    return document._replace(
        tables=tuple(grid for grid in markdown_grids(document.text) if is_table(grid))
    )


def given_date(value: datetime.date | str | None) -> datetime.date | None:
    """Return the publication date that a caller gave as a plain date.

    >>> given_date("2024-11-04")
    datetime.date(2024, 11, 4)
    """
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise UsageError(
            f"{value!r} is not a publication date; give a full day as YYYY-MM-DD"
        ) from None


def _front_matter(text: str, items: list[Paragraph]) -> tuple[int, dict[str, tuple[str, int, int]]]:
    """Return how many paragraphs are front matter, and its keys with value and span."""
    if items and _MAIL_HEADER.match(items[0].text):
        return _mail_head(text, items)
    if not items or items[0].text != "---":
        return 0, {}
    keys: dict[str, tuple[str, int, int]] = {}
    end = text.find("\n---", items[0].start + 3)
    if end < 0 or text.count("\n", 0, end) > LONGEST_FRONT_MATTER:
        return 0, {}
    position = items[0].start
    for line in text[position:end].splitlines(keepends=True):
        match = _KEY.match(line)
        if match is not None:
            value = match[2].strip().strip("\"'").strip()
            keys.setdefault(match[1].lower(), (value, position, position + len(line)))
        position += len(line)
    return sum(item.start <= end + 1 for item in items), keys


def _mail_head(text: str, items: list[Paragraph]) -> tuple[int, dict[str, tuple[str, int, int]]]:
    """The header lines of a mail that was pasted or saved as text."""
    keys: dict[str, tuple[str, int, int]] = {}
    position = items[0].start
    for line in text[position : position + LONGEST_MAIL_HEAD].splitlines(keepends=True):
        match = _MAIL_HEADER.match(line)
        if match is None:
            break
        value = (parseaddr(match[2])[0] or match[2]) if match[1].lower() == "from" else match[2]
        keys.setdefault(match[1].lower(), (value.strip(), position, position + len(line)))
        position += len(line)
    if "subject" not in keys or not {"from", "date", "sent"} & keys.keys():
        return 0, {}
    return sum(item.start < position for item in items), keys


def _value(keys: dict[str, tuple[str, int, int]], names: tuple[str, ...]) -> str | None:
    return next((keys[name][0] for name in names if name in keys and keys[name][0]), None)


def _published(
    items: list[Paragraph],
    forms: list[Form],
    layout: zones.Layout,
    keys: dict[str, tuple[str, int, int]],
) -> tuple[datetime.date | None, str | None]:
    """Find the stated date: front matter, head of the page, dateline, then a labelled line."""
    value = _value(keys, _DATE_KEYS)
    if value is not None:
        found = dates.dates(value)
        return (found[0].date, "stated") if found and found[0].date else (None, None)
    body = layout.body
    if _is_list_of_entries(items, forms, layout):
        return None, None
    found_dates: dict[bool, datetime.date] = {}
    for index in range(min(body, len(items))):
        if forms[index].name in ("date", "ticker", "credit"):
            date = dates.line_date(items[index].text)
            if date is not None:
                label = items[index].text if index == 0 else items[index - 1].text
                found_dates.setdefault(dates.is_original(label, items[index].text), date)
    if found_dates:  # a library names the day of its copy, and of the original
        return found_dates.get(True) or found_dates[False], "stated"
    if body < len(items):
        found = dates.dates(dates.dateline(items[body].text))
        if found and found[0].date is not None:
            return found[0].date, "stated"
    for index in range(body, len(items)):
        text = items[index].text
        if (
            forms[index].name == "date"
            and index not in layout.furniture
            and dates.LABEL.match(text)
        ):
            date = dates.line_date(text)
            if date is not None:
                return date, "stated"
    return None, None


def _is_list_of_entries(items: list[Paragraph], forms: list[Form], layout: zones.Layout) -> bool:
    """Entries of several days, a date line and a headline each: no day is the page's own."""
    entries = [
        index
        for index in range(layout.body, len(items) - 1)
        if forms[index].name == "date"
        and index not in layout.furniture
        and forms[index + 1].name in ("headline", "link")
    ]
    return len({dates.line_date(items[index].text) for index in entries} - {None}) > 1


def _front_zones(
    text: str, found: tuple[Zone, ...], keys: dict[str, tuple[str, int, int]]
) -> tuple[Zone, ...]:
    """Cut the title line of the front matter out of it, as a headline."""
    spans = sorted((keys[name][1], keys[name][2]) for name in _TITLE_KEYS if name in keys)
    if not spans:
        return found
    result: list[Zone] = []
    for zone in found:
        position = zone.start
        for start, end in spans:
            if zone.start <= start and end <= zone.end:
                if position < start:
                    result.append(zone._replace(start=position, end=start))
                result.append(Zone(start, end, "headline", None))
                position = end
        if position < zone.end:
            result.append(zone._replace(start=position))
    assert not result or result[-1].end == len(text)
    return tuple(result)
