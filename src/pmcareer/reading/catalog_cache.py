"""The catalog's cache in the user's cache folder: what was read once without error need not be read again.

It holds for exactly the files that were read (names, sizes, times of change) and for exactly this program; where it
does not hold, is damaged or cannot be written, the files are read and nothing is said. It can be deleted at any time.
``PMCAREER_CACHE`` names another folder; empty, it turns the cache off.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from pmcareer import __version__
from pmcareer.model.catalog import Catalog
from pmcareer.reading.cached_tables import cached_catalog, write_catalog
from pmcareer.reading.catalog_layers import Layer, TooManyFilesError, listed
from pmcareer.reading.catalog_store import FORMAT, BrokenStoreError, Store, meaning_modules

_KEPT = 8  # caches of different sets of layers
# A file changed this shortly before the cache was written may have changed once more without a trace.
_SETTLED_NS = 2_000_000_000
_TEMPORARY = ".catalog-"
_HOUR_NS = 3_600_000_000_000


def through_cache(layers: Sequence[Layer], read: Callable[[], Catalog]) -> Catalog:
    """The catalog of *layers*: from the cache where it holds, else what *read* gives, which is then remembered.

    *read* may raise; then nothing is remembered.
    """
    folder = cache_folder()
    stamp = _stamp(layers) if folder is not None else None
    if folder is None or stamp is None:
        return read()
    path = folder / _file_name(layers)
    try:
        return cached_catalog(Store(path, stamp), read)
    except BrokenStoreError:
        pass
    from pmcareer.reading.shipped_cache import shipped_store

    if (shipped := shipped_store(layers)) is not None:
        _remember(path, shipped.chunks(stamp), layers)
        return cached_catalog(shipped, read)
    with _undisturbed():
        catalog = read()
        if _stamp(layers) == stamp:  # nobody edited a file meanwhile
            _remember(path, write_catalog(catalog).chunks(stamp), layers)
    return catalog


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """No garbage collection meanwhile: a third of the time went into searching a growing heap without garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def cache_folder() -> Path | None:
    """The folder for caches on this system; None where there shall be none."""
    named = os.environ.get("PMCAREER_CACHE")
    if named is not None:
        return Path(named) if named else None
    try:
        return _system_folder() / "pmcareer"
    except RuntimeError:  # no home
        return None


def _system_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".cache"  # the XDG rule: a relative one is ignored


def _file_name(layers: Sequence[Layer]) -> str:
    """One file for each set of layers; that two sets may share a name does no harm, since stamps differ."""
    folders = "\0".join(f"{layer.name}\0{layer.folder.absolute()}" for layer in layers)
    return f"catalog-{crc32(folders.encode(errors='surrogatepass')):08x}.cache"


# --- what it stands for ---------------------------------------------------------------------------------------------


def _stamp(layers: Sequence[Layer]) -> str | None:
    """The state of every file and of the program, as text; None where it cannot be told."""
    try:
        lines = [f"{FORMAT} {__version__}", *_program()]
        for layer in layers:
            lines.append(f"{layer.name!r} {str(layer.folder.absolute())!r}")
            lines.extend(f"{file.changed_ns} {file.size} {file.name!r}" for file in listed(layer))
    except (OSError, TooManyFilesError):
        return None
    return "\n".join(lines)


def _program() -> Iterator[str]:
    """The state of the modules that say what the files mean."""
    for module in meaning_modules():
        status = module.stat()
        yield f"{status.st_mtime_ns} {status.st_size} {module.name}"


# --- writing --------------------------------------------------------------------------------------------------------


def _remember(path: Path, chunks: Iterator[bytes], layers: Sequence[Layer]) -> None:
    """Write the cache in one step, unless a file has only just changed; a folder that cannot be written is no error."""
    with contextlib.suppress(OSError, TooManyFilesError, _UnsettledError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        newest = max((file.changed_ns for layer in layers for file in listed(layer)), default=0)
        _replace(path, chunks, newest)
        _tidy(path.parent)


class _UnsettledError(Exception):
    """A file changed so recently that another change could go unnoticed."""


def _replace(path: Path, chunks: Iterator[bytes], newest: int) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)  # readable by its user only
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            # The temporary file's own time is the clock: that of the disk on which changes are seen.
            if newest > os.fstat(file.fileno()).st_mtime_ns - _SETTLED_NS:
                raise _UnsettledError
            file.writelines(chunks)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _tidy(folder: Path) -> None:
    """Keep the newest few caches, and nothing that an interrupted writer left behind long ago."""
    caches = sorted(folder.glob("catalog-*.cache"), key=_changed, reverse=True)
    left_behind = [p for p in folder.glob(f"{_TEMPORARY}*") if caches and _changed(p) < _changed(caches[0]) - _HOUR_NS]
    for path in (*caches[_KEPT:], *left_behind):
        with contextlib.suppress(OSError):
            path.unlink()


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
