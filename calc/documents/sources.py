"""From what a person names (files, folders, ``-``, open files) to decoded text.

A source that cannot be read becomes an error for that source alone, when it is read; finding
sources never fails, so one bad path does not stop the others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from rates.errors import UnreadableInputError

from . import archives
from .kinds import (
    ARCHIVE_SUFFIXES,
    COMPANIONS,
    FOREIGN,
    HEAD,
    HOW_TO_TEXT,
    KINDS,
    kind_of,
    suffix_of,
)

MAX_TEXT_BYTES = 20_000_000  # a page is some 5 kB; a book 1 MB: more is no document of ours
MAX_TABLE_BYTES = 2_000_000_000  # about five million claims in CSV
MAX_PAGE_BYTES = 10_000_000  # markup is ten times its text, and costs a second per MB to read
MAX_PAPER_BYTES = 200_000_000  # pictures are most of a PDF file
DEEPEST_ARCHIVE = 1  # archives within an archive
MOST_NAMED = 5  # files in one sentence
SURE = KINDS.keys() - {".txt", ".text", ".dat", ".xml"}  # endings that say what a file holds
_BESIDE = frozenset("license licence copying notice authors makefile dockerfile readme".split())


class Source(NamedTuple):
    """One thing to read: its name in tables, its kind, and where its bytes are.

    ``kind`` is "text", "page" (HTML), "mail", "paper" (PDF, DOCX) or "table", or "unread" for a
    word on what a folder holds besides; ``problem`` says why it cannot be read, known already.
    ``member`` is its name within the archive at ``path`` or in ``content``; ``encoding`` what a
    person says of its text.
    """

    name: str
    kind: str
    path: Path | None = None
    content: bytes | None = None
    problem: str | None = None
    member: str | None = None
    encoding: str | None = None


def find_sources(
    *sources: str | os.PathLike[str] | IO[Any], named: Collection[str] = ()
) -> list[Source]:
    """Expand paths, folders (recursive, sorted, hidden files left out), archives, ``-``, streams.

    ``named`` are columns that a table among them is said to have: they tell its rows from prose.
    A file is named by its path below the folder that was read, else by its own name; two files
    of one name get as much of their folders as tells them apart; a file given twice is read once.

    >>> [s.name for s in find_sources(Path(__file__), Path(__file__).parent / ".." / "gone.txt")]
    ['sources.py', 'gone.txt']
    """
    found: list[Source] = []
    for item in sources:
        if isinstance(item, str | os.PathLike):
            path = os.fspath(item)
            if path == "-":
                stdin = getattr(sys.stdin, "buffer", sys.stdin)
                found.extend(_from_stream(stdin, "stdin", named))
            else:
                found.extend(_from_path(path, named))
        elif hasattr(item, "read"):
            name = getattr(item, "name", None)
            shown = Path(name).name if isinstance(name, str) and name else "stream"
            found.extend(_from_stream(item, _printable(shown), named))
        else:
            found.append(
                Source(
                    str(type(item).__name__),
                    "text",
                    problem=f"a source is a path, a folder, '-' or an open file, "
                    f"not {type(item).__name__}",
                )
            )
    return _distinct(found)


@contextmanager
def open_source(source: Source) -> Iterator[IO[bytes]]:
    """Open the bytes of ``source``, unpacked; raise UnreadableInputError when there are none."""
    if source.problem is not None:
        raise UnreadableInputError(f"{source.name}: {source.problem}", source.name)
    where = source.path if source.content is None else source.content
    assert where is not None
    try:
        with archives.opened(where, source.name, source.member) as stream:
            yield stream
    except UnreadableInputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInputError(
            f"{source.name}: cannot be opened ({reason}); check the path and the permissions",
            source.name,
        ) from error


def read_bytes(source: Source) -> bytes:
    """Return the bytes of ``source``; raise UnreadableInputError when there are none to have."""
    limit = _limit(source)
    with open_source(source) as stream:
        data = stream.read(limit + 1)
        while 0 < len(data) <= limit and (more := stream.read(limit + 1 - len(data))):
            data += more
    if len(data) > limit:
        raise UnreadableInputError(
            f"{source.name}: larger than {limit // 1_000_000} MB, the limit for "
            f"a {source.kind} file; split it into smaller files",
            source.name,
        )
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise UnreadableInputError(
            f"{source.name}: the file is empty; nothing could be read from it", source.name
        )
    return data


def _limit(source: Source) -> int:
    packed = source.member is not None or archives.is_packed(source.name)
    most = archives.MAX_UNPACKED_BYTES if packed else MAX_TABLE_BYTES
    if source.kind == "table":
        return most
    limits = {"text": MAX_TEXT_BYTES, "paper": MAX_PAPER_BYTES}
    return min(most, limits.get(source.kind, MAX_PAGE_BYTES))


def _from_path(path: str, named: Collection[str]) -> list[Source]:
    name = _printable(Path(path).name or path)
    if path.startswith(("http://", "https://")):
        return [
            Source(
                _printable(path), "text", problem=f"nothing is fetched from the web; {HOW_TO_TEXT}"
            )
        ]
    if not path.strip():
        return [Source("(no name)", "text", problem="the name of a file is empty")]
    try:
        where = Path(path)
        if where.is_dir():
            return _from_folder(where, named)
        missing = not where.exists()
        special = not missing and not where.is_file()
    except (OSError, ValueError) as error:
        return [Source(name, "text", problem=f"cannot be opened ({error})")]
    if missing:
        shown = _printable(path)
        return [Source(name, "text", problem=f"no such file or folder ({shown})")]
    if special:  # a pipe can be read only once
        try:
            with where.open("rb") as stream:
                return _from_stream(stream, name, named)
        except OSError as error:
            return [Source(name, "text", problem=f"cannot be opened ({error.strerror})")]
    return _from_file(where, name, named)


def _from_folder(folder: Path, named: Collection[str]) -> list[Source]:
    found: list[tuple[tuple[str, ...], Path]] = []
    home = folder.resolve()
    shut: list[OSError] = []
    for top, folders, files in os.walk(folder, onerror=shut.append):
        folders[:] = [f for f in folders if not f.startswith(".")]
        away = [f for f in folders if Path(top, f).is_symlink() and _leads_out(Path(top, f), home)]
        for file in [*files, *away]:
            if not file.startswith((".", "~$")):
                path = Path(top, file)
                found.append((path.relative_to(folder).parts, path))
    found.sort()
    shown = _printable(folder.name or folder.resolve().name or str(folder))
    sources, beside = [], []
    for parts, path in found:
        name = _printable("/".join(parts))
        if _is_companion(name):
            beside.append(name)
        elif (problem := _no_plain_file(path, home)) is not None:
            sources.append(Source(name, "text", path, problem=problem))
        else:
            sources += _from_file(path, name, named, listed=True)
    for error in shut:
        parts = Path(error.filename).relative_to(folder).parts
        problem = f"cannot be opened ({error.strerror}); check the permissions of the folder"
        sources.append(
            Source(_printable("/".join(parts)) or shown, "text", folder, problem=problem)
        )
    if not sources:
        readable = ", ".join([*KINDS, *ARCHIVE_SUFFIXES])
        problem = f"the folder holds no document that can be read ({readable})"
        if beside:
            problem += f"; it holds {_some(beside)}"
        return [Source(shown, "text", folder, problem=problem)]
    return [*sources, *_beside(shown, beside)]


def _no_plain_file(path: Path, home: Path) -> str | None:
    """Why a name in a folder is not opened: what it leads to may wait for ever, or be private."""
    try:
        if path.is_symlink():
            if not path.exists():
                return "a link that leads nowhere; not read"
            if _leads_out(path, home):
                return (
                    "a link that leads out of the folder; not read: name what it leads to instead"
                )
        return None if path.is_file() else "a pipe, socket or device, no plain file; not read"
    except OSError as error:  # a folder that may be listed and not entered
        return f"cannot be opened ({error.strerror}); check the permissions"


def _leads_out(path: Path, home: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a loop of links
        return True


def _is_companion(name: str) -> bool:
    """Tell what stands beside documents by nature: pictures, code, settings, a licence."""
    return suffix_of(name) in COMPANIONS or Path(name).name.casefold() in _BESIDE


def _beside(name: str, files: list[str]) -> list[Source]:
    """A word on the files of a folder that hold no documents by nature."""
    if not files:
        return []
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    told = (
        f"{count} not read, as pictures, code and settings are: {_some(files)}; "
        "what holds text is read under the ending .txt"
    )
    return [Source(name, "unread", problem=told)]


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} and {len(names) - MOST_NAMED} more"


def _from_file(
    path: Path, name: str, named: Collection[str], *, listed: bool = False
) -> list[Source]:
    """One file, or those within an archive; ``listed`` when a folder and not a person names it."""
    suffix = suffix_of(name)
    if archives.is_tar(name) or Path(name).suffix.lower() == ".zip":
        return _from_archive(path, name, named)
    if suffix in FOREIGN:
        return [Source(name, "text", path, problem=_foreign(suffix))]
    if listed and suffix not in KINDS:
        what = f"the ending {suffix} is not known" if suffix else "its name has no ending"
        remedy = "read it by its own name, or give it the ending of what it is (.txt, .csv, …)"
        return [Source(name, "text", path, problem=f"{what}, so it is not read; {remedy}")]
    source = Source(name, "text", path)
    return [source._replace(kind=kind_of(name, _head(source), named))]


def _foreign(suffix: str) -> str:
    what, remedy = FOREIGN[suffix]
    return f"{what} ({suffix}) is not read; {remedy}"


def _head(source: Source) -> bytes:
    """The first bytes of a file, where its name does not say what it is."""
    if source.kind != "text" or suffix_of(source.name) in SURE:
        return b""
    try:
        with open_source(source) as stream:
            return stream.read(HEAD)
    except UnreadableInputError:
        return b""  # said when it is read


def _from_archive(
    archive: Path | bytes, name: str, named: Collection[str], depth: int = 0
) -> list[Source]:
    """The files within an archive, each a source that is unpacked when it is read."""
    path, content = (None, archive) if isinstance(archive, bytes) else (archive, None)
    try:
        members = archives.members(archive, name, lambda one: not _is_companion(one))
    except UnreadableInputError as error:
        told = str(error).removeprefix(f"{name}: ")
        return [Source(name, "text", path, content, problem=told)]
    found: list[Source] = []
    beside: list[str] = []
    for one in members:
        shown = _printable(f"{name}/{one.name}")
        if any(_is_hidden(part) for part in one.name.split("/")):
            continue
        if _is_companion(one.name):
            beside.append(_printable(one.name))
            continue
        if one.content is None:
            source = Source(shown, "text", path, content, member=one.name)
        else:
            source = Source(shown, "text", None, one.content)
        found += _within(source, named, depth)
    if not found:
        told = f"the archive holds no document{f', but {_some(beside)}' if beside else ''}"
        return [Source(name, "text", path, content, problem=told)]
    return [*found, *_beside(name, beside)]


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part not in (".", ".."))


def _within(source: Source, named: Collection[str], depth: int) -> list[Source]:
    """A file of an archive; one that is an archive itself is opened once more, no deeper."""
    suffix = suffix_of(source.name)
    if archives.is_tar(source.name) or Path(source.name).suffix.lower() == ".zip":
        if depth >= DEEPEST_ARCHIVE:
            deep = "an archive within an archive within an archive; unpack it first"
            return [source._replace(problem=deep)]
        try:
            inner = read_bytes(source._replace(kind="archive"))
        except UnreadableInputError as error:
            told = str(error).removeprefix(f"{source.name}: ")
            return [source._replace(problem=told)]
        return _from_archive(inner, source.name, named, depth + 1)
    if suffix in FOREIGN:
        return [source._replace(problem=_foreign(suffix))]
    if suffix not in KINDS:
        told = f"the ending {suffix or '(none)'} is not known, so it is not read; unpack it first"
        return [source._replace(problem=told)]
    return [source._replace(kind=kind_of(source.name, _head(source), named))]


def _from_stream(stream: Any, name: str, named: Collection[str]) -> list[Source]:
    try:
        data = _read_stream(stream, name, named)
    except UnicodeDecodeError as error:
        return [Source(name, "text", problem=f"not valid {error.encoding}; save it as UTF-8")]
    except (OSError, ValueError) as error:
        return [Source(name, "text", problem=f"cannot be read ({error})")]
    except AttributeError:  # a closed standard input is None
        return [Source(name, "text", problem="there is no standard input")]
    if archives.is_tar(name) or (data.startswith(b"PK\x03\x04") and _is_zip(data, name)):
        return _from_archive(data, name, named)
    if data.startswith(b"\x1f\x8b") and not archives.is_packed(name):
        name = f"{name}.gz"
    source = Source(name, "text", None, data)
    return [source._replace(kind=kind_of(name, _head(source), named))]


def _read_stream(stream: Any, name: str, named: Collection[str]) -> bytes:
    """What a stream holds, and no more than one byte above the limit of what it looks like."""
    data: bytes | str = stream.read(HEAD)
    head = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    source = Source(name, "text", None, head)
    packed = head.startswith((b"PK\x03\x04", b"\x1f\x8b")) or archives.is_tar(name)
    kind = "table" if packed or not head else kind_of(name, _head(source), named)
    limit = _limit(source._replace(kind=kind)) + 1 - len(head)
    parts = [data]
    while data and limit > 0:
        data = stream.read(min(limit, 1 << 24))
        limit -= len(data)
        parts.append(data)
    if isinstance(data, str):
        return "".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return b"".join(part for part in parts if isinstance(part, bytes))


def _is_zip(data: bytes, name: str) -> bool:
    """Tell a plain archive from an office file, which is one too."""
    if suffix_of(name) in KINDS:
        return False
    try:
        inner = [one.name for one in archives.members(data, name)]
    except UnreadableInputError:
        return False
    office = ("[Content_Types].xml", "mimetype", "xl/", "word/", "ppt/")
    return not any(one.startswith(office) for one in inner)


def source_of(name: str, data: bytes, kind: str | None = None) -> Source:
    """Return bytes that are in memory already as a source; its name's ending tells the kind.

    >>> source_of("a/page.html", b"<p>").kind, source_of("note", b"Vilnius pays.").kind
    ('page', 'text')
    """
    shown, suffix = _printable(name), suffix_of(name)
    if kind is None and suffix in FOREIGN:
        return Source(shown, "text", problem=_foreign(suffix))
    if kind is None and suffix in (".zip", ".tar"):
        return Source(shown, "text", problem="an archive; unpack it first")
    return Source(shown, kind or kind_of(name, data[:HEAD]), None, data)


def _printable(name: str) -> str:
    """Return a file name that can be written as UTF-8, whatever bytes the disk holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _distinct(sources: Iterable[Source]) -> list[Source]:
    kept: list[Source] = []
    seen: set[str] = set()
    for source in sources:
        if source.path is not None:
            key = os.path.realpath(source.path) + f"\0{source.member or ''}"
            if key in seen:
                continue
            seen.add(key)
        kept.append(source)
    return _renamed(kept)


def _renamed(sources: list[Source]) -> list[Source]:
    """Put folders before names that two files share, or a number behind when that fails."""
    counts: dict[str, int] = {}
    for source in sources:
        counts[source.name] = counts.get(source.name, 0) + 1
    taken = {name for name, count in counts.items() if count == 1}
    result: list[Source] = []
    for source in sources:
        if counts[source.name] == 1:
            result.append(source)
            continue
        twins = [s for s in sources if s.name == source.name and s is not source]
        name = _with_folders(source, twins)
        number = 2
        plain = name
        while name in taken:
            name = f"{plain} ({number})"
            number += 1
        taken.add(name)
        result.append(source._replace(name=name))
    return result


def _with_folders(source: Source, twins: list[Source]) -> str:
    if source.path is None:
        return source.name
    own = Path(os.path.realpath(source.path)).parts
    others = [Path(os.path.realpath(s.path)).parts for s in twins if s.path is not None]
    depth = source.name.count("/") + 1
    for length in range(depth, len(own)):
        tail = own[-length:]
        if all(other[-length:] != tail for other in others):
            return _printable("/".join(tail))
    return source.name
