"""ZIP archives: some of their members, read in memory within bounds; nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import quote

ARCHIVE_LIMIT = 64 * 1024 * 1024
MEMBER_LIMIT = 8 * 1024 * 1024
TOTAL_LIMIT = 24 * 1024 * 1024
RATIO_LIMIT = 200
MEMBERS = 5_000

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class _RefusedError(ValueError):
    """What is a ZIP archive and still not accepted."""


def read_members(data: bytes, file: str, wanted: Callable[[str], bool], problems: Problems) -> dict[str, bytes] | None:
    """The members whose bare names are wanted, by these names; None with what stands in the way.

    Refused: names that lead out of the archive, passwords, members or totals that grow beyond the bounds, and what
    was packed tighter than any export is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return dict(_members(archive, wanted))
    except _RefusedError as refused:
        message = str(refused)
    except _BROKEN as error:
        message = f"the archive cannot be read: {str(error)[:100] or type(error).__name__}"
    problems.add("import-archive", message, Position(file), hint="unpack it, and name the CSV file or its folder")
    return None


def _members(archive: zipfile.ZipFile, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise _RefusedError(f"the archive has more than {MEMBERS} members")
    for info in infos:
        _insist_on_name(info.filename)
    chosen = [info for info in infos if not info.is_dir() and wanted(PurePosixPath(info.filename).name)]
    names = [PurePosixPath(info.filename).name for info in chosen]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise _RefusedError(f"the archive has {quote(twice)} more than once")
    left = TOTAL_LIMIT
    for name, info in zip(names, chosen, strict=True):
        content = _content(archive, info, min(left, MEMBER_LIMIT))
        left -= len(content)
        yield name, content


def _insist_on_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise _RefusedError(f"the archive has a member {quote(name)}, which leads out of it")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """One member, whatever its header promises."""
    if info.flag_bits & 1:
        raise _RefusedError(f"{quote(info.filename)} is locked by a password")
    with archive.open(info) as member:
        content = member.read(limit + 1)
    if len(content) > limit:
        raise _RefusedError(f"{quote(info.filename)} unpacks to more than {limit >> 20} MiB")
    if len(content) > 1 << 20 and len(content) > RATIO_LIMIT * max(1, info.compress_size):
        raise _RefusedError(f"{quote(info.filename)} unpacks to more than {RATIO_LIMIT} times its size")
    return content
