"""Progress of long work: a bar on stderr, on a terminal only, without any names; pipes and ``--quiet`` see nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import click

from pmcareer.cli.options import Common

Item = TypeVar("Item")
_WORTH_A_BAR = 3


def watched(items: Iterable[Item], label: str, common: Common, *, length: int | None = None) -> Iterator[Item]:
    """The *items* as they are asked for, with a bar where somebody looks on; *length* where they cannot be counted."""
    count = len(items) if isinstance(items, Sequence) else length
    if common.quiet or not sys.stderr.isatty() or (count is not None and count < _WORTH_A_BAR):
        yield from items
        return
    with click.progressbar(items, length=count, label=label, file=sys.stderr) as bar:
        yield from bar
