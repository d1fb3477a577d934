"""IATI activity files (XML, 1.0x to 2.0x) as rows, read piece by piece: a gigabyte fits.

Files are untrusted: entities are never expanded, nothing is fetched, nesting and the size of one
activity are bounded.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, cast
from xml.etree import ElementTree as Tree

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents.decoding import BOMS, known_encoding, likely_encoding
from ..schema import TEXT
from .iati_activity import COLUMNS, File, IatiRow, rows_of
from .raw import Raw

CHUNK = 262_144  # bytes
LONGEST_HEAD = 1_000_000  # bytes before the first element
DEEPEST = 60
MAX_ACTIVITY_BYTES = 200_000_000
BATCH = 20_000  # rows in a frame
_PROLOG = re.compile(r"\s*(?:<\?xml\b|<!--|<!DOCTYPE\b|<[A-Za-z])", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DANGER = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_PLANS = ("budget", "planned-disbursement")
_COUNTED = ("activities", "shared", "joined", "without a value", *_PLANS)
_OTHER_ROOTS = {
    "iati-organisations": "an IATI file of organisations: budgets, no transactions",
    "rss": "a news feed",
    "feed": "a news feed",
    "rdf": "a news feed",
    "urlset": "a map of a web site",
    "workbook": "an Excel 2003 workbook",
    "structurespecificdata": "an SDMX file",
    "genericdata": "an SDMX file",
    "kml": "a map",
    "gpx": "a map",
}


def is_xml(data: bytes) -> bool:
    """Tell markup by its first characters.

    >>> is_xml(b"<?xml version='1.0'?><iati-activities/>"), is_xml(b"donor,amount")
    (True, False)
    """
    return _PROLOG.match(_text_of(data[:2000])) is not None


def rejoined(head: bytes, rest: IO[bytes]) -> IO[bytes]:
    """A stream whose first bytes were read already."""
    return cast("IO[bytes]", _Rejoined(head, rest))


class _Rejoined:
    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int) -> bytes:
        found, self._head = self._head[:size], self._head[size:]
        return found if len(found) == size else found + self._rest.read(size - len(found))


def _text_of(head: bytes) -> str:
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("latin-1")


def load(stream: IO[bytes], name: str, encoding: str | None = None) -> Raw:
    """Read a whole file at once."""
    parts = list(batches(stream, name, encoding))
    frame = pd.concat([part.frame for part in parts])
    problems = [problem for part in parts for problem in part.problems]
    return parts[-1]._replace(frame=frame, first_row=1, problems=problems)


def batches(stream: IO[bytes], name: str, encoding: str | None = None) -> Iterator[Raw]:
    """Read a file as tables of some thousand rows, one after another, in flat memory.

    The last one has the notes on the whole file, and what was wrong with it: a file that breaks off
    keeps the activities before. Raises UnreadableInputError when it has no activities at all.
    """
    reader = _Reader(stream, name, encoding)
    waiting: list[IatiRow] = []
    done = 0
    for activity in reader.activities():
        waiting.extend(rows_of(activity, reader.file))
        if len(waiting) >= BATCH:
            yield _raw(waiting, done)
            done += len(waiting)
            waiting = []
    if not reader.file.counts["activities"]:
        raise UnreadableInputError(reader.told_nothing(), name)
    last = _raw(waiting, done)
    yield last._replace(
        notes=_notes(reader.file.counts), problems=reader.problems, parents=reader.file.parents
    )


def _raw(rows: list[IatiRow], done: int) -> Raw:
    frame = pd.DataFrame(rows, columns=[*COLUMNS], dtype=TEXT)
    frame.index = pd.RangeIndex(done, done + len(rows))
    return Raw(frame, 1, [], frozenset(), known=True)


def _notes(counts: Counter[str]) -> tuple[str, ...]:
    """What the file holds, in one sentence, and what was done about recipients."""
    plans = sum(counts[tag] for tag in _PLANS)
    kinds = [(n, kind) for kind, n in counts.items() if kind not in _COUNTED and n]
    shown = ", ".join(f"{n:,} {kind.replace('-', ' ')}" for n, kind in sorted(kinds, reverse=True))
    told = [
        f"IATI: {_count(counts['activities'], 'activity', 'activities')}, "
        f"{_count(sum(n for n, _ in kinds), 'transaction')}{f' ({shown})' if shown else ''}"
        + (f", {_count(plans, 'plan')} (budgets, planned disbursements: targets)" if plans else "")
    ]
    if counts["shared"]:
        told.append(
            f"{_count(counts['shared'], 'amount')} split over recipients by the percentages given"
        )
    if counts["joined"]:
        told.append(
            f"{_count(counts['joined'], 'amount')} for several recipients, without percentages: "
            "not split"
        )
    if counts["without a value"]:
        told.append(f"{_count(counts['without a value'], 'transaction or plan')} without a value")
    return tuple(told)


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


class _Reader:
    """The activities of a file, one at a time; what was read is let go."""

    def __init__(self, stream: IO[bytes], name: str, encoding: str | None) -> None:
        self.stream, self.name = stream, name
        self._known = known_encoding(encoding)
        self._decoder = self._known and codecs.getincrementaldecoder(self._known)()
        self._fresh = True  # nothing is read yet
        self.root: str | None = None
        self.problems: list[str] = []
        self.file = File(None, {}, {}, Counter())

    def told_nothing(self) -> str:
        root = (self.root or "").rpartition("}")[2]
        what = _OTHER_ROOTS.get(root.lower(), f"an XML file of <{root}>" if root else "no XML")
        if root == "iati-activities":
            return f"{self.name}: an IATI file without activities; nothing could be read from it"
        if self.problems and not root:
            return f"{self.name}: {self.problems[0]}"
        return (
            f"{self.name}: {what}, which is not read; of XML files only those of IATI activities "
            "are (save a table as .csv, a text as .txt)"
        )

    def activities(self) -> Iterator[Tree.Element]:
        parser: Any = Tree.XMLPullParser(("start", "end"))
        above: list[Tree.Element] = []
        inside = 0  # the depth of the activity being read
        size = 0
        try:
            for chunk in chain(self._chunks(), (None,)):
                if chunk is None:
                    parser.close()
                else:
                    parser.feed(chunk)
                    size += len(chunk)
                for event, element in parser.read_events():
                    if event == "start":
                        above.append(element)
                        self._entered(element, above)
                        if not inside and element.tag.endswith("iati-activity"):
                            inside = len(above)
                        continue
                    above.pop()
                    if inside and len(above) < inside:
                        inside = size = 0
                        yield _local(element)
                    if not inside and above:
                        above[-1].clear()
                if size > MAX_ACTIVITY_BYTES:
                    self.problems.append("an activity of more than 200 MB; the rest is not read")
                    return
        except (Tree.ParseError, UnicodeDecodeError, LookupError) as error:
            self.problems.append(self._broken(error, chunk))

    def _entered(self, element: Tree.Element, above: list[Tree.Element]) -> None:
        if len(above) > DEEPEST:
            raise UnreadableInputError(
                f"{self.name}: elements nested more than {DEEPEST} deep; no IATI file is", self.name
            )
        if self.root is None:
            self.root = str(element.tag)
            day = (element.get("generated-datetime") or "")[:10] or None
            self.file = self.file._replace(published=day)

    def _chunks(self) -> Iterator[bytes]:
        """The bytes of the file; small pieces first, which are looked at before they are parsed."""
        head = b""
        while self.root is None:
            piece = self._read(8192)
            if not piece:
                return
            head += piece
            if _DANGER.search(head.replace(b"\x00", b"").decode("latin-1")):
                raise UnreadableInputError(
                    f"{self.name}: declares entities of its own, which are not read: they can "
                    "grow without end; save it without its DOCTYPE",
                    self.name,
                )
            if len(head) > LONGEST_HEAD:
                return
            yield piece
        while piece := self._read(CHUNK):
            yield piece

    def _read(self, size: int) -> bytes:
        """The next bytes, as UTF-8 where a person says what they are in."""
        data = self.stream.read(size)
        if not self._decoder:
            return data
        text = self._decoder.decode(data)
        if self._fresh:
            self._fresh, text = False, _DECLARED.sub("", text.lstrip("\ufeff"))
        return text.encode("utf-8") or (b" " if data else b"")

    def _broken(self, error: Exception, chunk: bytes | None) -> str:
        count = self.file.counts["activities"]
        before = _count(count, "activity", "activities")
        kept = f"; what stands before is read ({before})" if count else ""
        hint = "save it again as UTF-8"
        try:
            codecs.getincrementaldecoder("utf-8")().decode(chunk or b"")
        except UnicodeDecodeError as wrong:
            likely = likely_encoding((chunk or b"")[max(0, wrong.start - 5000) :])
            hint = f"say its encoding, as in --encoding {likely or 'windows-1252'}"
        else:
            if chunk is None or "no element found" in str(error):
                hint = "it breaks off: fetch it again"
        return f"damaged XML ({error}){kept}; {hint}"


def _local(activity: Tree.Element) -> Tree.Element:
    """The activity with the names of its elements as the standard has them, without namespaces."""
    if activity.tag.startswith("{"):
        for element in activity.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.rpartition("}")[2]
    return activity
