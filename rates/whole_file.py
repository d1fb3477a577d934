"""Write a file whole or not at all: a kill at any moment leaves the old one as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from .errors import UsageError

_NEW = 0o666  # what a new file may be for whom, less what the user's mask takes away


def replace(path: str, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, from a file beside it that is safely on disk.

    The file stays as open to others as it was, and its folder is made when it is missing.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103,PTH120 (pathlib costs 5 ms)
    _put(path, content)


def write(path: str | os.PathLike[str], text: str | bytes) -> None:
    """Write ``text``, a str as UTF-8, to ``path``; the old file stays until the new is complete.

    A link is followed; a device or pipe is written to as it is. Raises UsageError, with the
    reason, when the place cannot be written.
    """
    target = os.path.realpath(path)
    content = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    try:
        if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110,PTH113
            with open(target, "wb") as stream:  # noqa: PTH123
                stream.write(content)
        else:
            _put(target, content)
    except OSError as error:
        raise UsageError(
            f"cannot write {os.fspath(path)}: {error.strerror or error}; "
            "choose another place with -o"
        ) from error


def is_terminal(path: str) -> bool:
    """Whether a file that is to be written is a terminal: ``-o /dev/tty``, ``-o /dev/stdout``."""
    if not path.startswith("/dev/"):
        return False
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:
        return False
    try:
        return os.isatty(handle)
    finally:
        os.close(handle)


def _put(path: str, content: bytes) -> None:
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write piece by piece: it takes the place of ``path`` when all of it is on disk.

    An error inside leaves the old file as it was, and nothing beside it.
    """
    target = os.fspath(path)
    folder, name = os.path.split(target)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.part")  # noqa: PTH118
    try:
        mode = os.stat(target).st_mode & 0o7777  # noqa: PTH116
    except FileNotFoundError:
        mode = None

    def opened(name: str, flags: int) -> int:
        return os.open(name, flags, _NEW if mode is None else mode)  # never wider than it will be

    sweep_dead(folder, name)
    try:
        with open(beside, "wb", opener=opened) as file:
            if mode is not None:
                os.chmod(beside, mode)  # noqa: PTH101
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)  # noqa: PTH105
        _keep_name(folder)
    except BaseException as error:
        if os.path.exists(beside):  # noqa: PTH110
            os.unlink(beside)  # noqa: PTH108
        if isinstance(error, OSError) and error.errno and error.filename in (None, beside):
            error.filename = target  # a full disk names no file, the user knows no other
        raise


def _keep_name(folder: str) -> None:
    """Put the new name itself on disk: after a power cut the old file may stand there else."""
    try:
        handle = os.open(folder or ".", os.O_RDONLY)
    except OSError:
        return  # a system that opens no folders
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def sweep_dead(folder: str, name: str) -> None:
    """Remove what writers of a file left behind that were killed since."""
    try:
        found = os.listdir(folder or ".")  # noqa: PTH208
    except OSError:
        return  # said when the file is written
    for left in found:
        if not (left.startswith(f".{name}.") and left.endswith(".part")):
            continue
        number = left[len(name) + 2 : -len(".part")]
        if number.isascii() and number.isdigit() and is_dead(int(number)):
            with suppress(OSError):
                os.unlink(os.path.join(folder, left))  # noqa: PTH108,PTH118


def is_dead(process: int) -> bool:
    """Whether there is no such process on this machine, as far as we can see."""
    if os.name == "nt":  # there a signal of 0 is no question
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def sweep(path: str) -> None:
    """Remove what writers of ``path`` left behind when they were killed; none may be running."""
    folder, name = os.path.split(path)
    for left in os.listdir(folder):  # noqa: PTH208
        if left.startswith(f".{name}.") and left.endswith(".part"):
            os.unlink(os.path.join(folder, left))  # noqa: PTH108,PTH118
