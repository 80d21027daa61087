"""No answer is written over what it is reckoned from: the options of a command are held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import click

_WRITTEN = ("output", "rows", "set_aside")
# Folders of which every file may be read.
_FOLDERS = ("roster", "catalog", "catalog_before", "catalog_after")
# Options that name files without being paths to click: an address or a usual place may stand there too.
_MAYBE_FILES = ("roster", "against_baseline")


def refuse_overwriting(profile: Path | None) -> None:
    """Raise UsageError where the running command would write over a file that it reads, or one file twice.

    *profile* is the one that is read, named or found.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return
    written = list(_written(context))
    if not written:
        return
    for (wanted, target), (given, source) in ((one, other) for one in written for other in _read(context, profile)):
        # A folder is only written over by rows (of a cluster); other commands add files to it.
        if (target.is_file() or wanted == "--rows") and _same(target, source):
            raise click.UsageError(f"{wanted} and {given} name the same file, {source}: name another for {wanted}.")
    _refuse_in_folders(context, written)
    for (one, path), (other, again) in combinations((*written, *_saved(context)), 2):
        if _same(path, again):
            raise click.UsageError(f"{one} and {other} name the same file, {path}: name another for one of them.")


def _refuse_in_folders(context: click.Context, written: list[tuple[str, Path]]) -> None:
    """A folder that is read as a whole: a file that is in it is not written over."""
    for param in context.command.params:
        named = context.params.get(param.name or "") if param.name in _FOLDERS else None
        for folder in map(Path, named if isinstance(named, tuple) else [named] if named else []):
            for wanted, target in written:
                if target.is_file() and _inside(target, folder):
                    message = f"{wanted} {target} stands in the folder of {_spelt(param)}: name another for {wanted}."
                    raise click.UsageError(message)


def _saved(context: click.Context) -> Iterator[tuple[str, Path]]:
    """The file of ``--save-baseline``, which is read before it is written and no input in its way."""
    named = context.params.get("save_baseline")
    if isinstance(named, str):
        yield "--save-baseline", Path(named)


def _written(context: click.Context) -> Iterator[tuple[str, Path]]:
    """The files that will be written, each with its option; ``-`` is standard output."""
    for param in context.command.params:
        path = context.params.get(param.name or "")
        if param.name in _WRITTEN and isinstance(path, Path) and str(path) != "-":
            yield _spelt(param), path
            if param.name == "set_aside":
                # Rows of a second table are set aside beside those of the first (cli/team_check.py).
                yield f"{_spelt(param)} (rows of holdings)", path.with_name(f"{path.stem}-holdings{path.suffix}")


def _read(context: click.Context, profile: Path | None) -> Iterator[tuple[str, Path]]:
    """The files that are read, each with what names it."""
    for param in context.command.params:
        if param.name in (*_WRITTEN, "profile"):
            continue
        value: Any = context.params.get(param.name or "")
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Path) or (isinstance(one, str) and param.name in _MAYBE_FILES):
                yield _spelt(param), Path(one)
    if profile is not None:
        yield "--profile", profile


def _spelt(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return param.metavar or param.human_readable_name
    return max(param.opts, key=len)


def _inside(target: Path, folder: Path) -> bool:
    try:
        return folder.is_dir() and target.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, whatever it is called; a device such as /dev/null is none."""
    try:
        if one.exists() and other.exists():
            return one.samefile(other) and (one.is_file() or one.is_dir())
        return one.resolve() == other.resolve()
    except (OSError, ValueError):
        return False
