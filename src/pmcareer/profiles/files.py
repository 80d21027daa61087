"""The profile's file: one writer at a time, and a replacement that is whole or does not happen."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from pmcareer.errors import InputUnreadableError
from pmcareer.values import dataclass
from pmcareer.whole_files import replace_file

PATIENCE = 10
"""Seconds that a writer waits for another one to finish."""

_State: TypeAlias = "tuple[int, int, int, int, int] | None"


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """A profile that nobody else of us writes. ``target`` is the file itself, behind all links."""

    path: Path
    target: Path
    state: _State

    @property
    def exists(self) -> bool:
        """Whether there was a file when it was opened."""
        return self.state is not None

    def save(self, data: bytes) -> None:
        """Replace the file by *data*, unless somebody changed it since it was opened. Raises InputUnreadableError."""
        with _as_unwritable(self.path):
            replace_file(self.target, [data], last_look=self._refuse_if_changed)

    def _refuse_if_changed(self) -> None:
        if _state(self.target) != self.state:
            message = f"{self.path}: another program changed it in the meantime; nothing was written"
            raise InputUnreadableError(message, hint="save it there, then try again")


@contextlib.contextmanager
def open_to_write(path: Path, *, patience: float = PATIENCE) -> Iterator[OpenProfile]:
    """The profile at *path*, or the place where it will be, locked against other writers of ours.

    The lock is a file beside it (``.pmcareer.yaml.lock``), gone again at the end; what a killed process leaves of it
    locks nothing. Raises InputUnreadableError where the folder cannot be written or the lock is not given in time.
    """
    from filelock import FileLock, Timeout

    with _as_unwritable(path):
        target = path.resolve()
        _refuse_what_is_no_file(path, target)
        lock = FileLock(target.parent / f".{target.name[:100]}.lock", timeout=patience)
        try:
            lock.acquire()
        except Timeout:
            message = f"{path}: another pmcareer is writing it"
            raise InputUnreadableError(message, hint="try again when it is done") from None
    try:
        yield OpenProfile(path, target, _state(target))
    finally:
        if os.name != "nt":  # there, an open file cannot be removed, and the library removes it itself
            Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def _state(target: Path) -> _State:
    """What changes when a file does."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _refuse_what_is_no_file(path: Path, target: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(target.stat().st_mode):
            raise InputUnreadableError(f"{path}: not a file", hint="name the profile's file")
    if not target.parent.is_dir():
        raise InputUnreadableError(f"{path}: the folder does not exist", hint="create it first")


@contextlib.contextmanager
def _as_unwritable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "nothing was changed"
        raise InputUnreadableError(f"{path}: cannot be written: {reason[:1].lower()}{reason[1:]}", hint=hint) from None
