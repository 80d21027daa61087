"""Bytes of files: the one place that opens input, never blocking and never reading more than a bound."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from pmcareer.problems import Position, Problems

T = TypeVar("T")

FILE_LIMIT = 2 * 1024 * 1024

# Opening a FIFO without O_NONBLOCK waits for a writer; where the flag is unknown (Windows) there are no FIFOs.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class _RefusedError(Exception):
    """What stands at the path is not read; the arguments are the problem's code and message."""


def read_bytes(path: Path, *, limit: int = FILE_LIMIT, name: str | None = None) -> tuple[bytes | None, Problems]:
    """The content of a regular file of at most *limit* bytes, or None and what stands in the way.

    Problems carry *name*, or the path where no name is given.
    """
    return _guarded(path, name, lambda: _read_regular(path, limit))


def open_stream(path: Path, *, name: str | None = None) -> tuple[BinaryIO | None, Problems]:
    """A regular file of any size, open for reading piece by piece; else None and what stands in the way."""
    return _guarded(path, name, lambda: _open_regular(path))


def _guarded(path: Path, name: str | None, opening: Callable[[], T]) -> tuple[T | None, Problems]:
    problems = Problems()
    try:
        return opening(), problems
    except _RefusedError as refused:
        code, message = refused.args
    except (FileNotFoundError, NotADirectoryError):
        code, message = "file-missing", "there is no such file"
    except PermissionError:
        code, message = "file-unreadable", "the file may not be read"
    except (OSError, ValueError) as error:
        code, message = unreadable(error)
    problems.add(code, message, Position(name or shown_path(path)), hint=_HINTS[code])
    return None, problems


def unreadable(error: Exception) -> tuple[str, str]:
    """The code and the message for what a file's reading failed of."""
    reason = getattr(error, "strerror", None) or str(error)
    return "file-unreadable", f"the file cannot be read: {reason}"


def shown_path(path: Path) -> str:
    """The path as messages show it: what a terminal cannot print is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(path))


_HINTS = {
    "file-missing": "check the path",
    "file-unreadable": "check the path and its permissions",
    "file-not-regular": "name a file",
    "file-too-large": "is it the right file?",
}


def _read_regular(path: Path, limit: int) -> bytes:
    """At most *limit* bytes. Looks before opening, since opening a device may already do something."""
    _insist(path.stat(), limit)
    descriptor = os.open(path, _FLAGS)
    try:
        _insist(os.fstat(descriptor), limit)
        data = _read_at_most(descriptor, limit + 1)
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _open_regular(path: Path) -> BinaryIO:
    _insist_on_file(path.stat())
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    try:
        _insist_on_file(os.fstat(file.fileno()))
    except _RefusedError:
        file.close()
        raise
    return file


def _insist(status: os.stat_result, limit: int) -> None:
    _insist_on_file(status)
    if status.st_size > limit:
        raise _too_large(limit)


def _insist_on_file(status: os.stat_result) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise _RefusedError("file-not-regular", f"a file is expected here, not {_KINDS.get(kind, 'something else')}")


def _too_large(limit: int) -> _RefusedError:
    return _RefusedError("file-too-large", f"the file holds more than {size(limit)}")


def _read_at_most(descriptor: int, count: int) -> bytes:
    chunks: list[bytes] = []
    while count > 0 and (chunk := os.read(descriptor, count)):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def size(count: int) -> str:
    """A number of bytes in words: ``2 MiB``, ``300 KiB``, ``17 bytes``."""
    for unit, bytes_ in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= bytes_ and count % bytes_ == 0:
            return f"{count // bytes_} {unit}"
    return f"{count} bytes"
