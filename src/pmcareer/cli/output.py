"""Output: the one place that writes results, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pmcareer.errors import InputUnreadableError, UsageError
from pmcareer.whole_files import mode_of, replace_file

_PIECE = 1 << 20  # bytes


def write_file(path: Path, chunks: Iterable[bytes], *, private: bool = False) -> None:
    """Replace *path* by *chunks* in one step; until then, and after any failure, the old file stands.

    The new file keeps the old one's permissions; a symbolic link stays and its target is replaced; a device or
    pipe is written to as it is; *private* ones are for their owner only. Raises InputUnreadableError; what
    *chunks* raises passes through.
    """
    with _as_unreadable(path):
        target = path.resolve()
        mode = mode_of(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise InputUnreadableError(f"{path}: a folder stands where the file should go", hint="name a file")
        if mode is not None and not stat.S_ISREG(mode):
            _write_special(target, chunks)
        else:
            replace_file(target, chunks, permissions=0o600 if private else None)


def write_new(path: Path, chunks: Iterable[bytes], *, force: bool) -> None:
    """As ``write_file``, but what stands at *path* is only replaced with *force*. Raises UsageError."""
    if not force and os.path.lexists(path):
        raise UsageError(f"{path} exists already", hint="name another file, or replace it with --force")
    write_file(path, chunks)


def write_private(path: Path, chunks: Iterable[bytes]) -> None:
    """As ``write_file``, readable by its owner only; missing folders are made."""
    make_folder(path.parent, private=True)
    write_file(path, chunks, private=True)


def remove_file(path: Path) -> None:
    """Remove a file of ours that has served its purpose; one that is not there, or may not go, stays so."""
    with contextlib.suppress(OSError):
        path.unlink()


def make_folder(folder: Path, *, private: bool = False) -> None:
    """Make *folder* and what is missing above it. Raises InputUnreadableError."""
    with _as_unreadable(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)


def write_through(path: Path, write: Callable[[Path], None]) -> None:
    """Let *write* make a file beside *path*, and put it in its place when it is whole. Raises InputUnreadableError."""
    import tempfile

    with _as_unreadable(path), tempfile.TemporaryDirectory(dir=path.parent, prefix=".pmcareer-") as folder:
        made = Path(folder) / f"made{path.suffix}"
        write(made)
        made.replace(path)


def write_made(output: Path | None, write: Callable[[Path], None]) -> None:
    """As ``write_result``, of what *write* puts into a file: too long for memory. Raises InputUnreadableError."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="pmcareer-") as folder:
        made = Path(folder) / "made.csv"
        with _as_unreadable(made):
            write(made)
        with made.open("rb") as file:
            write_result(output, iter(lambda: file.read(_PIECE), b""))


def write_stdout(chunks: Iterable[bytes]) -> bool:
    """Write *chunks* to standard output; False, and no noise, where its reader has gone (``… | head``)."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise InputUnreadableError("standard output is closed", hint="name a file with -o")
    try:
        sys.stdout.flush()
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
    except BrokenPipeError:
        _silence_stdout()
        return False
    except OSError as error:
        _silence_stdout()
        raise InputUnreadableError(f"standard output cannot be written: {_reason(error)}") from None
    return True


def write_result(output: Path | None, chunks: Iterable[bytes]) -> int:
    """To the file asked for, or to standard output where there is none or it is ``-``; the number of bytes."""
    counted = _Counted(chunks)
    if output is None or str(output) == "-":
        write_stdout(counted)
    else:
        write_file(output, counted)
    return counted.size


class _Counted:
    """Chunks, and how many bytes have passed."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk


def _write_all(file: BinaryIO, chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        file.write(chunk)


def _write_special(target: Path, chunks: Iterable[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError), target.open("wb") as file:
        _write_all(file, chunks)


@contextlib.contextmanager
def _as_unreadable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputUnreadableError(f"{path}: the folder does not exist", hint="create it first") from None
    except (OSError, ValueError) as error:
        raise InputUnreadableError(f"{path}: cannot be written: {_reason(error)}") from None


def _silence_stdout() -> None:
    """Python flushes standard output once more when it ends; let that go nowhere instead of complaining."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
