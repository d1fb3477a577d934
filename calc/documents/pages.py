"""Web pages: the article in an HTML file, its title, publisher, address and publication date.

trafilatura takes the article out of the markup, htmldate reads dates that the page states about
itself. What may cost without bound (nesting, attributes, size) is bounded before either sees it.
"""

from __future__ import annotations

import codecs
import datetime
import logging
import re
from copy import deepcopy
from typing import Any, NamedTuple

from rates.errors import UnreadableInputError

from .decoding import BOMS, decode
from .grids import IsTable, TextTable, page_grids
from .linked_data import publisher_in_markup, stated_of
from .markup import MOST_BLOCKS, library, one_line, shown
from .mastheads import is_masthead, outlet_of, same_words
from .page_dates import FIRST_DAY, LAST_DAY, published_of

MOST_TAGS = 300_000  # each costs the parsers some 60 microseconds
LONGEST_TAG = 5_000  # characters; parsers need the square of a tag's attributes
DEEPEST = 255  # libxml2 drops what is nested deeper, silently: real pages stay below 60
SHORT = 300  # characters; below, the article may have been missed and the page is searched wider
MUCH_WIDER = 1.5  # times the text: worth its lost tables and lists
FEWEST_LAYOUT = 200  # characters in one cell: the table lays the page out, it is no table of data

# Encodings that a page may declare for itself, as browsers know them (WHATWG); anything else is
# refused. A page that is valid UTF-8 is UTF-8, whatever it declares.
DECLARED = frozenset(
    """
    utf-8 us-ascii iso-8859-1 iso-8859-2 iso-8859-4 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-13
    iso-8859-15 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1257
    koi8-r koi8-u shift_jis euc-jp gb2312 gbk gb18030 big5 euc-kr
    """.split()
)
_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_LONG_TAG = re.compile(rf"<([A-Za-z][\w:-]{{0,40}})[^<>]{{{LONGEST_TAG},}}>")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?")

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


class Article(NamedTuple):
    """What a page or a mail holds. ``text`` begins with the title when there is one.

    ``basis`` says how the date was found: "page metadata", "page markup", "stated" (its date
    line), "page address" or "mail header".
    """

    text: str
    title: str | None
    publisher: str | None
    published: datetime.date | None
    basis: str | None
    url: str | None = None
    notes: tuple[str, ...] = ()
    grids: tuple[TextTable, ...] = ()


def tree_of_page(data: bytes, name: str) -> Any:
    """Parse the bytes of a page, with what may cost without bound left out or refused."""
    tags = data.count(b"<")
    if tags > MOST_TAGS:
        raise UnreadableInputError(
            f"{name}: {tags:,} tags, more than the {MOST_TAGS:,} of any page that people read; "
            "save its text as .txt (UTF-8)",
            name,
        )
    return _tree(library("lxml.html", name), decode_page(data, name), name)


def article_of_page(data: bytes, name: str, is_table: IsTable | None = None) -> Article:
    """Take the article out of the bytes of an HTML page.

    Tables that ``is_table`` recognises are taken out of it and given apart.
    Raises UnreadableInputError for a page without one, for a wrong encoding, for nesting that no
    parser follows, and when the libraries are not installed.
    """
    tree = tree_of_page(data, name)
    grids = _taken_out(tree, is_table)
    found, body = _extracted(tree, name)
    if not grids and (not body or _is_wall(tree, body)):
        raise UnreadableInputError(
            f"{name}: no article was found in the web page (it may be made by scripts only, or ask "
            "for a login or for consent); save its text as .txt (UTF-8)",
            name,
        )
    title, masthead = _title(tree, one_line(found.title) if found is not None else None)
    url = _address(tree) or (one_line(found.url) if found is not None else None)
    stated = stated_of(tree, title)
    published, basis = published_of(tree, body, url, name, stated)
    return Article(
        text=_with_title(title, body),
        title=title,
        publisher=_publisher(found)
        or (stated.publisher if stated is not None else None)
        or publisher_in_markup(tree)
        or masthead,
        published=published,
        basis=basis,
        url=url,
        grids=grids,
    )


def _taken_out(tree: Any, is_table: IsTable | None) -> tuple[TextTable, ...]:
    """The tables of data, which leave the page: their rows are no sentences."""
    taken: list[TextTable] = []
    for grid, element in page_grids(tree) if is_table is not None else ():
        if is_table is not None and is_table(grid):
            element.drop_tree()
            taken.append(grid)
    return tuple(taken)


def _extracted(tree: Any, name: str) -> tuple[Any, str]:
    """What trafilatura finds in a page (``None``: nothing), and the text of the article."""
    trafilatura = library("trafilatura", name)
    _open_layout_tables(tree)
    try:
        found = trafilatura.bare_extraction(deepcopy(tree), **_OPTIONS)
        if found is None or len(found.text or "") < SHORT:
            wide = trafilatura.bare_extraction(deepcopy(tree), favor_recall=True, **_OPTIONS)
            narrow = len(found.text or "") if found is not None else 0
            if wide is not None and len(wide.text or "") > MUCH_WIDER * narrow:
                found = wide
        body = (found.text or "").strip() if found is not None else ""
        if not body:
            body = (trafilatura.baseline(deepcopy(tree))[1] or "").strip()
        if len(body) < SHORT:
            body = _with_rows(tree, body)
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableInputError(
            f"{name}: the page could not be taken apart ({type(error).__name__}); "
            "save its text as .txt (UTF-8)",
            name,
        ) from error
    return found, body


def _is_wall(tree: Any, body: str) -> bool:
    """A page that stands before the article: a login, consent to cookies, a check for robots."""
    rest = [line for line in body.split("\n") if not _WALL.search(line)]
    if len("".join(rest)) > LONGEST_WALL:
        return False
    return len(rest) < len(body.split("\n")) or tree.find(".//input[@type='password']") is not None


LONGEST_WALL = 60  # characters beside the wall's own lines: a heading or a button
_WALLS = (
    r"(?:enable|turn on|requires?|without) javascript|javascript is (?:disabled|required)",
    r"we value your privacy|partners\b.{0,60}\b(?:store|access|process)",
    r"(?:use|accept|manage).{0,20}\bcookies",
    r"verify (?:that )?you are|checking your browser|are you a robot",
    r"access (?:to this page )?(?:has been )?denied|before you continue",
)
_WALL = re.compile("|".join(_WALLS), re.IGNORECASE)
_OPTIONS: dict[str, Any] = {
    "with_metadata": True,
    "include_comments": False,
    "include_tables": True,
    # The date is looked for below, where it is known how it was found.
    "date_extraction_params": {
        "original_date": True,
        "extensive_search": False,
        "min_date": FIRST_DAY,
        "max_date": LAST_DAY,
    },
}


def decode_page(data: bytes, name: str) -> str:
    """Decode a page: its byte order mark, UTF-8, then the encoding that it declares.

    >>> decode_page('<meta charset="windows-1251">Литва'.encode("cp1251"), "a.html")[-5:]
    'Литва'
    """
    if any(data.startswith(mark) for mark, _ in BOMS):
        return decode(data, name)
    declared = _CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared is None:
            return decode(data, name)
        called = declared[1].decode("ascii", "replace").lower()
        try:
            if codecs.lookup(called).name not in _DECLARED_NAMES:
                raise LookupError(called)
            return decode(data.decode(called).encode("utf-8"), name)
        except (LookupError, UnicodeDecodeError):
            raise UnreadableInputError(
                f"{name}: the page declares the encoding {called!r}, but its bytes are neither "
                f"that nor UTF-8 (byte {error.start + 1}); save it as UTF-8",
                name,
            ) from error
    return decode(data, name)


_DECLARED_NAMES = frozenset(codecs.lookup(called).name for called in DECLARED)


def _tree(lxml_html: Any, text: str, name: str) -> Any:
    """Parse a page; attributes of tags beyond any sense are left out."""
    shortened = _REFERENCE.sub(_allowed, _CONTROL.sub(" ", _LONG_TAG.sub(r"<\1>", text)))
    parser = lxml_html.HTMLParser(
        encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml_html.document_fromstring(shortened.encode("utf-8"), parser=parser)
    except (ValueError, library("lxml.etree", name).LxmlError) as error:
        raise UnreadableInputError(
            f"{name}: not a readable web page ({error}); save its text as .txt (UTF-8)", name
        ) from error
    depth = 0
    for event, _ in library("lxml.etree", name).iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth >= DEEPEST:
            raise UnreadableInputError(
                f"{name}: elements nested deeper than {DEEPEST}, beyond which parsers drop text; "
                "save its text as .txt (UTF-8)",
                name,
            )
    return tree


def _with_rows(tree: Any, body: str) -> str:
    """A page that is little more than a table: its rows as lines, where cells were lines."""
    rows = [
        [" ".join(c.text_content().split()) for c in row.iter("td", "th")] for row in _rows(tree)
    ]
    cells = {cell for row in rows for cell in row}
    lines = body.split("\n")
    if not rows or sum(line in cells for line in lines) < len(cells) / 2:
        return body
    kept = [line for line in lines if line not in cells]
    return "\n".join([*kept, *(f"| {' | '.join(row)} |" for row in rows if any(row))])


def _rows(tree: Any) -> list[Any]:
    return list(tree.iter("tr"))[:MOST_BLOCKS]


def _open_layout_tables(tree: Any) -> None:
    """Turn tables that lay out a page into blocks, and line breaks in them into paragraphs."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if not any(len(shown(cell, FEWEST_LAYOUT)) > FEWEST_LAYOUT for cell in cells):
            continue
        for element in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
            if element.tag == "td" or element.tag == "th":
                _break_lines(element)
            element.tag = "div"


def _break_lines(cell: Any) -> None:
    """Put what stands before and after the line breaks of a cell into paragraphs."""
    if not any(child.tag == "br" for child in cell):
        return
    children = list(cell)
    paragraph = cell.makeelement("p")
    paragraph.text, cell.text = cell.text, None
    cell.insert(0, paragraph)
    for child in children:
        if child.tag == "br":
            paragraph = cell.makeelement("p")
            paragraph.text, child.tail = child.tail, None
            child.addprevious(paragraph)
            cell.remove(child)
        elif child.tag in _INLINE:
            paragraph.append(child)
        else:
            paragraph = cell.makeelement("p")
            paragraph.text, child.tail = child.tail, None
            child.addnext(paragraph)


_INLINE = frozenset("a b i u em strong span font small sub sup time abbr mark".split())


def _title(tree: Any, title: str | None) -> tuple[str | None, str | None]:
    """The headline, and the name of the site when that was taken for it."""
    if title is None or not is_masthead(title):
        return title, None
    whole = one_line(next((element.text for element in tree.iter("title")), None)) or ""
    parts = [part for part in _TITLE_PARTS.split(whole) if part and not is_masthead(part)]
    heading = next((one_line(element.text_content()) for element in tree.iter("h1")), None)
    if parts:
        return max(parts, key=len), title
    # Named after who publishes it, and no heading: the title stands in the text.
    return (title, None) if heading is not None else (None, title)


_TITLE_PARTS = re.compile(r"\s+[|–—:»-]+\s+")


def _allowed(reference: re.Match[str]) -> str:
    """A character reference as it is, or a space for one that no text may hold."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_text = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return reference[0] if is_text or 0x10000 <= code <= 0x10FFFF else " "


def _with_title(title: str | None, body: str) -> str:
    first = body.split("\n", 1)[0]
    if title is None or same_words(first) == same_words(title):
        return f"{body}\n"
    return f"{title}\n\n{body}\n"


def _publisher(found: Any) -> str | None:
    if found is None:
        return None
    name = one_line(found.sitename)
    return (
        outlet_of(name) or outlet_of(one_line(found.hostname)) or (name or "").lstrip("@") or None
    )


def _address(tree: Any) -> str | None:
    """The canonical address that the page gives itself."""
    for element in tree.iterfind(".//link[@rel='canonical']"):
        address = (element.get("href") or "").strip()
        if address.startswith(("http://", "https://")) and len(address) <= 2000:
            return str(address)
    return None
