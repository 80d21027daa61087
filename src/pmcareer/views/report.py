"""Report: the one form between answers and media; what a renderer needs, and nothing that it does not.

A view turns a result into a ``Report``; a renderer (text, markdown, csv, json …) turns a Report into one medium and
knows nothing of plans or renewals. ``document`` is the machine form: plain data with ``schema`` and ``as_of``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from pmcareer.values import dataclass, field

Tone: TypeAlias = Literal["plain", "strong", "good", "warn", "bad", "dim"]
SheetKind: TypeAlias = Literal["date", "integer", "decimal", "yes-no"]
"""What a column of a spreadsheet holds, where that is no text."""
Plain: TypeAlias = "str | int | float | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and the tone in which a medium with colours may show it.

    ``cites``: numbers of the sources behind it, where what it stands on numbers its sources (``views.page``).
    ``depth``: how deep a bullet lies in a tree of bullets.
    """

    text: str
    tone: Tone = "plain"
    cites: tuple[int, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``flexible`` ones are wrapped when a page is narrow."""

    title: str
    align: Literal["left", "right"] = "left"
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; every row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text, each its own paragraph or bullet."""

    items: tuple[Cell, ...]
    title: str = ""
    bullets: bool = True


Block: TypeAlias = Table | Lines


@dataclass(frozen=True, slots=True)
class Report:
    """A title, blocks in reading order, and the machine form.

    ``verdict`` says whether the answer is bad news, for ``--strict``. ``notes`` go to stderr, never to the answer.
    """

    title: str
    blocks: tuple[Block, ...]
    document: Mapping[str, Plain]
    verdict: Literal["fine", "bad-news"] = "fine"
    notes: tuple[str, ...] = field(default=())


def cell(value: object, tone: Tone = "plain") -> Cell:
    """A cell showing *value*; None reads ``unknown``."""
    return Cell("unknown" if value is None else str(value), tone)


def lines(title: str, texts: tuple[str, ...] | list[str], tone: Tone = "plain", *, bullets: bool = True) -> Lines:
    """A titled block of plain lines."""
    return Lines(tuple(Cell(text, tone) for text in texts), title, bullets)
