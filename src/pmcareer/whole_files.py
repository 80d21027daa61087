"""Whole files: a file is replaced in one step or stays as it was; the one place that writes over what exists."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path


def replace_file(
    target: Path,
    chunks: Iterable[bytes],
    *,
    permissions: int | None = None,
    last_look: Callable[[], None] | None = None,
) -> None:
    """Put *chunks* in the place of *target*; until then, and after any failure, the old file stands.

    By a temporary file in the same folder, on disk before it takes the name: a power cut leaves old or new. The new
    file has the old one's *permissions* unless others are given. *last_look* is called right before the replacing and
    may raise to call it off. Raises OSError; what *chunks* raises passes through.
    """
    import tempfile

    mode = permissions if permissions is not None else _permissions(mode_of(target))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        if last_look is not None:
            last_look()
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def mode_of(path: Path) -> int | None:
    """What stands at *path*, as ``stat`` has it; None where nothing does."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _permissions(mode: int | None) -> int:
    """The old file's, or what the umask leaves of a new one's."""
    if mode is not None:
        return stat.S_IMODE(mode)
    umask = os.umask(0o077)
    os.umask(umask)
    return 0o666 & ~umask


def _sync_folder(folder: Path) -> None:
    """The new name reaches the disk too, where the system can promise it (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
