"""Files within zip, tar and gzip archives, unpacked in memory and never without end.

A name within an archive is only ever shown: nothing is written, and no name is used as a path.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from rates.errors import UnreadableInputError

MOST_MEMBERS = 20_000
MAX_UNPACKED_BYTES = 1_000_000_000  # of one file in memory; a stream may be longer
MAX_TAR_BYTES = 500_000_000  # of all files of a tar archive, which are unpacked at once
SMALL, MAX_AT_ONCE = (
    1_000_000,
    200_000_000,
)  # bytes of one file, and of all that are unpacked at once
MOST_TIMES = 250  # real tables pack to a hundredth of their size at best, bombs to a thousandth
FEWEST_SUSPECT = 50_000_000  # bytes before that ratio is looked at
PACKINGS: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
TARS = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tbz", ".txz")
DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
)


class Member(NamedTuple):
    """One file of an archive; ``content`` where it is unpacked already."""

    name: str
    size: int
    content: bytes | None = None


class Bounded(io.RawIOBase):
    """A stream that ends with an error when it unpacks to more than its packed size can mean."""

    def __init__(self, stream: IO[bytes], packed: int, name: str) -> None:
        self._stream, self._packed, self._name = stream, max(packed, 1), name
        self.count = 0

    def readable(self) -> bool:
        """As every stream that can be read says."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, all that are left when it is negative."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(1_000_000), b""))
        try:
            data = self._stream.read(size)
        except DAMAGED as error:
            raise UnreadableInputError(_damaged(self._name, error), self._name) from error
        self.count += len(data)
        if self.count > FEWEST_SUSPECT and self.count > MOST_TIMES * self._packed:
            raise UnreadableInputError(
                f"{self._name}: unpacks to more than {MOST_TIMES} times its size, as an archive "
                "that was made to fill a memory does; unpack it yourself if you trust it",
                self._name,
            )
        return data

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what comes next."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class AsOpened(io.RawIOBase):
    """A file up to the size that it had when it was opened: one that grows has an end there."""

    def __init__(self, stream: io.FileIO, size: int) -> None:
        self._stream, self._size = stream, size

    def readable(self) -> bool:
        """As every stream that can be read says."""
        return True

    def seekable(self) -> bool:
        """As files say."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Fill the buffer with what is left."""
        left = max(self._size - self._stream.tell(), 0)
        return self._stream.readinto(memoryview(buffer)[: min(len(buffer), left)])

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the end that the file had."""
        if whence == io.SEEK_END:
            place, whence = self._size + place, io.SEEK_SET
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        """The place that is read next."""
        return self._stream.tell()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


def as_opened(path: Path) -> IO[bytes]:
    """Open a file to read it as it is now; what is no plain file, or says no size, to its end."""
    stream = path.open("rb", buffering=0)
    told = os.fstat(stream.fileno())
    if not stat.S_ISREG(told.st_mode) or not told.st_size:  # some of a system say 0 and hold more
        return io.BufferedReader(stream)
    return io.BufferedReader(AsOpened(stream, told.st_size))


def is_tar(name: str) -> bool:
    """Tell a tar archive by its name.

    >>> is_tar("reports.tar.gz"), is_tar("reports.csv.gz")
    (True, False)
    """
    return name.lower().endswith(TARS)


def is_packed(name: str) -> bool:
    """Tell one packed file by its name, as ``flows.csv.gz`` is."""
    return Path(name).suffix.lower() in PACKINGS and not is_tar(name)


def members(
    archive: Path | bytes, name: str, wanted: Callable[[str], bool] = lambda _: False
) -> list[Member]:
    """List the files of a zip or tar archive, in the order of their names.

    Small ones that are ``wanted`` are unpacked at once: to open a zip archive anew for each of
    thousands takes the square of their number. Raises UnreadableInputError when it is damaged or
    holds too many.
    """
    found: list[Member] = []
    try:
        if is_tar(name):
            found = list(_of_tar(archive, name))
        else:
            with zipfile.ZipFile(_opened(archive)) as packed:
                if len(packed.infolist()) <= MOST_MEMBERS:
                    found = list(_of_zip(packed, wanted))
                else:
                    found = [Member(e.filename, e.file_size) for e in packed.infolist()]
    except UnreadableInputError:
        raise
    except DAMAGED as error:
        raise UnreadableInputError(_damaged(name, error), name) from error
    if len(found) > MOST_MEMBERS:
        raise UnreadableInputError(
            f"{name}: holds {len(found):,} files, more than {MOST_MEMBERS:,}; unpack it first", name
        )
    return sorted(found, key=lambda one: one.name)


def _of_zip(archive: zipfile.ZipFile, wanted: Callable[[str], bool]) -> Iterator[Member]:
    total = 0
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        content: bytes | None = None
        if entry.file_size <= SMALL and total <= MAX_AT_ONCE and wanted(entry.filename):
            with suppress(*DAMAGED), archive.open(entry) as stream:  # said when it is read
                content = stream.read(SMALL + 1)
                content = content if len(content) == entry.file_size else None
                total += len(content or b"")
        yield Member(entry.filename, entry.file_size, content)


def _of_tar(archive: Path | bytes, name: str) -> Iterator[Member]:
    packed = len(archive) if isinstance(archive, bytes) else archive.stat().st_size
    total = 0
    with tarfile.open(fileobj=_opened(archive), mode="r:*") as tar:
        for entry in tar:
            total += entry.size
            if total > MAX_TAR_BYTES or (total > FEWEST_SUSPECT and total > MOST_TIMES * packed):
                raise UnreadableInputError(
                    f"{name}: unpacks to more than {total // 1_000_000} MB; unpack it first", name
                )
            inner = tar.extractfile(entry) if entry.isfile() else None
            if inner is not None:
                yield Member(entry.name, entry.size, inner.read())


def _opened(archive: Path | bytes) -> IO[bytes]:
    return io.BytesIO(archive) if isinstance(archive, bytes) else as_opened(archive)


@contextmanager
def opened(where: Path | bytes, name: str, member: str | None = None) -> Iterator[IO[bytes]]:
    """Open a file, or one within a zip archive, and unpack it where its name says so.

    ``name`` is what a person is shown. Raises UnreadableInputError, also while it is read, when
    it is damaged or unpacks without end.
    """
    with ExitStack() as stack:
        try:
            stream = _unpacked(stack, where, name, member)
        except UnreadableInputError:
            raise
        except (*DAMAGED, KeyError) as error:
            if member is None and isinstance(error, OSError):
                raise  # the file itself is not there, or not to be opened
            raise UnreadableInputError(_damaged(name, error), name) from error
        yield stream


def _unpacked(stack: ExitStack, where: Path | bytes, name: str, member: str | None) -> IO[bytes]:
    outer = stack.enter_context(_opened(where))
    packing = PACKINGS.get(Path(name).suffix.lower())
    if member is None:
        if packing is None or is_tar(name):
            return outer
        size = len(where) if isinstance(where, bytes) else where.stat().st_size
        return cast("IO[bytes]", Bounded(stack.enter_context(packing(outer, "rb")), size, name))
    archive = stack.enter_context(zipfile.ZipFile(outer))
    stream = stack.enter_context(archive.open(member))
    size = archive.getinfo(member).compress_size
    if packing is not None:
        stream = stack.enter_context(packing(stream, "rb"))
    return cast("IO[bytes]", Bounded(stream, size, name))


def _damaged(name: str, error: BaseException) -> str:
    if "password" in str(error) or "encrypted" in str(error):
        return f"{name}: locked with a password; unpack it first"
    return f"{name}: a damaged archive ({str(error)[:100]}); unpack it first"
