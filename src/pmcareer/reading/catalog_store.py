"""The file that a cached catalog lies in: many small JSON texts, each read on its own and checked as it is read.

A first line says how long the header is; the header says which state of which files the cache stands for (its stamp),
which classes the entries are made of, and where the directories stand. All places are (offset, length, CRC-32).
"""

from __future__ import annotations

import io
import json
import os
import stat
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias
from zlib import crc32

from pmcareer.reading.value_codec import Decoder, Encoder, UndecodableError

FORMAT = 1
MAGIC = b"pmcareer catalog cache"
_READ_WHOLE = 4 * 1024 * 1024  # a store of this size is read at once; a larger one where it is asked
_FIRST_LINE = len(MAGIC) + 22  # the length of the header and its check, ten characters each
HEADER_LIMIT = 64 * 1024 * 1024

Place: TypeAlias = "tuple[int, int, int]"


def meaning_modules() -> Iterator[os.DirEntry[str]]:
    """The modules that say what a catalog's files mean; nothing where the program does not lie in files."""
    reading = Path(__file__).parent
    if reading.is_dir():
        for folder in (reading.parent, reading.parent / "model", reading):
            with os.scandir(folder) as entries:
                modules = [entry for entry in entries if entry.name.endswith(".py")]
            yield from sorted(modules, key=lambda one: one.name)


class BrokenStoreError(Exception):
    """The file is not one that was written here for this stamp, or no longer is what was written."""


class StoreWriter:
    """Collects what a store shall hold."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._texts: list[bytes] = []
        self._offset = self._check = 0
        self._directories: dict[str, Place] = {}

    def entry(self, value: object) -> Place:
        """Add a value of the model."""
        return self._add(self._encoder.entry(value))

    def directory(self, name: str, content: object) -> None:
        """Add plain data under a name."""
        self._directories[name] = self._add(content)

    def chunks(self, stamp: str) -> Iterator[bytes]:
        """The bytes of the file."""
        says = {"classes": self._encoder.classes, "directories": self._directories, "check": self._check}
        yield from _head({"stamp": stamp, **says})
        yield from self._texts

    def _add(self, content: object) -> Place:
        text = _json(content)
        place = (self._offset, len(text), crc32(text))
        self._texts.append(text)
        self._offset += len(text)
        self._check = crc32(text, self._check)
        return place


def _head(says: Mapping[str, Any]) -> Iterator[bytes]:
    """The first line and the header."""
    header = _json(says)
    yield b"%s %10d %10d\n" % (MAGIC, len(header), crc32(header))
    yield header


def _json(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode()


class Store:
    """A store that is open for reading. Everything it gives has passed its check; BrokenStoreError where not."""

    def __init__(self, path: Path, stamp: str, *, of_the_program: bool = False) -> None:
        self._file = _open_own(path, of_the_program=of_the_program)
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        header = self._header()
        if header.get("stamp") != stamp:
            raise BrokenStoreError("another stamp")
        self._says = header
        self._directories: Mapping[str, Any] = header["directories"]
        self._decoder = Decoder(header["classes"])

    def directory(self, name: str) -> Any:
        """The plain data of that name."""
        try:
            return self._content(self._directories[name])
        except (LookupError, TypeError) as error:
            raise BrokenStoreError(name) from error

    def entry(self, place: Any) -> Any:
        """The value at a place."""
        content = self._content(place)
        try:
            with self._lock:
                return self._decoder.entry(content)
        except UndecodableError as error:
            raise BrokenStoreError(str(error)) from error

    def whole(self) -> bytes:
        """All that stands behind the header. Raises BrokenStoreError where it is not what was written."""
        try:
            with self._lock:
                self._file.seek(self._start)
                content = self._file.read()
        except OSError as error:
            raise BrokenStoreError("unreadable") from error
        if crc32(content) != self._says.get("check"):
            raise BrokenStoreError("changed")
        return content

    def chunks(self, stamp: str) -> Iterator[bytes]:
        """The bytes of a store of the same content for another stamp."""
        yield from _head({**self._says, "stamp": stamp})
        yield self.whole()

    def _header(self) -> dict[str, Any]:
        magic, length, check = _first_line(self._bytes(0, _FIRST_LINE))
        if magic != MAGIC or not 0 < length <= HEADER_LIMIT:
            raise BrokenStoreError("no header")
        self._start = _FIRST_LINE + 1 + length
        header = _parsed(self._bytes(_FIRST_LINE + 1, length), check)
        if not isinstance(header, dict) or not {"stamp", "classes", "directories"} <= header.keys():
            raise BrokenStoreError("no header")
        return header

    def _content(self, place: Any) -> Any:
        try:
            offset, length, check = place
            return _parsed(self._bytes(self._start + offset, length), check)
        except (OverflowError, TypeError, ValueError) as error:
            raise BrokenStoreError("no place") from error

    def _bytes(self, offset: int, length: int) -> bytes:
        try:
            with self._lock:
                self._file.seek(offset)
                data = self._file.read(length)
        except (OSError, ValueError) as error:
            raise BrokenStoreError("unreadable") from error
        if len(data) < length:
            raise BrokenStoreError("cut off")
        return data


def _open_own(path: Path, *, of_the_program: bool) -> BinaryIO:
    """The file, if it is a regular one that nobody but its user, or who installed the program, can have written."""
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise BrokenStoreError("absent") from error
    status = os.fstat(file.fileno())
    foreign = hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022)
    if (foreign and not of_the_program) or not stat.S_ISREG(status.st_mode):
        file.close()
        raise BrokenStoreError("not our file")
    if status.st_size > _READ_WHOLE:
        return file
    with file:
        return io.BytesIO(file.read())


def _first_line(line: bytes) -> tuple[bytes, int, int]:
    try:
        return line[:-22], int(line[-21:-11]), int(line[-10:])
    except ValueError as error:
        raise BrokenStoreError("no header") from error


def _parsed(text: bytes, check: int) -> Any:
    if crc32(text) != check:
        raise BrokenStoreError("changed")
    try:
        return json.loads(text.decode())
    except (ValueError, RecursionError) as error:
        raise BrokenStoreError("not JSON") from error
