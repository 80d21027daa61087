"""Page: a Report with headlines, charts and numbered sources, for media that have room for them.

A view that has charts makes a ``Page``; any other Report becomes one by ``page_of``. A renderer that cannot show charts
takes ``report_of``: the same tables, and each chart by its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from pmcareer.values import dataclass, field
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, Tone

Ink: TypeAlias = Literal[
    "study",
    "earn",
    "move",
    "renew",
    "critical",
    "float",
    "text",
    "muted",
    "grid",
    "band",
    "middle",
    "good",
    "open",
    "paper",
    "lane",
]
"""What a colour in a chart means; the renderer knows the colours, one for light and one for dark."""

Shape: TypeAlias = Literal["bar", "thin", "diamond", "circle", "line", "tick"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of a chart's legend."""

    shape: Shape
    ink: Ink
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as data: Vega-Lite specs for a wide and a narrow page, and the same content as words and as a table.

    Colours are named ``ink:NAME`` (see ``Ink``); widths are the renderer's. ``description`` tells what is to be seen.
    ``table_shown``: the table is worth reading beside the picture, not only instead of it.
    """

    title: str
    wide: Mapping[str, Plain]
    narrow: Mapping[str, Plain]
    description: str
    table: Table
    legend: tuple[Sign, ...] = ()
    table_shown: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A headline figure: what it is, the figure, and what is to be known about it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Headline figures side by side."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that are shown when one asks for them."""

    summary: str
    blocks: tuple[PageBlock, ...]


PageBlock: TypeAlias = Block | Chart | Facts | Folded


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading. ``anchor``: its address within the page, unique there."""

    title: str
    anchor: str
    blocks: tuple[PageBlock, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A numbered source: who says so, how far it can be trusted and when it was read; or why we judge so."""

    number: int
    title: str
    standing: str
    read: str = ""
    url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A titled page: headline figures, sections in reading order, sources, and the machine form as in a Report."""

    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceNote, ...]
    document: Mapping[str, Plain]
    verdict: Literal["fine", "bad-news"] = "fine"
    notes: tuple[str, ...] = field(default=())


def page_of(report: Report) -> Page:
    """*report* as a page: each titled block a section, what stands before the first title the opening one."""
    sections: list[Section] = []
    opening = [block for block in report.blocks if not block.title]
    if opening:
        sections.append(Section("", "answer", tuple(opening)))
    titled = [block for block in report.blocks if block.title and is_filled(block)]
    sections += [Section(block.title, f"part-{n}", (untitled(block),)) for n, block in enumerate(titled, 1)]
    as_of = report.document.get("as_of")
    subtitle = f"As of {as_of}" if isinstance(as_of, str) else ""
    return Page(report.title, subtitle, (), tuple(sections), (), report.document, report.verdict, report.notes)


def report_of(page: Page) -> Report:
    """*page* without its pictures: charts by their tables, headlines and sources as lines."""
    blocks = [*_facts_as_lines(page.facts)]
    for section in page.sections:
        blocks += [_named(block, section.title) for one in section.blocks for block in _plain(one)]
    if page.sources:
        blocks.append(Lines(tuple(Cell(source_in_words(one), "dim") for one in page.sources), "Sources"))
    return Report(page.title, tuple(blocks), page.document, page.verdict, page.notes)


def source_in_words(one: SourceNote) -> str:
    """``3: Title (official, read 2026-11-23), https://…``."""
    read = f", read {one.read}" if one.read else ""
    url = f", {one.url}" if one.url else ""
    return f"{one.number}: {one.title} ({one.standing}{read}){url}"


def _plain(block: PageBlock) -> Iterator[Block]:
    if isinstance(block, Chart):
        yield Table(block.table.columns, block.table.rows, block.title)
    elif isinstance(block, Facts):
        yield from _facts_as_lines(block.items)
    elif isinstance(block, Folded):
        for one in block.blocks:
            yield from _plain(one)
    else:
        yield block


def _facts_as_lines(facts: tuple[Fact, ...]) -> Iterator[Block]:
    if facts:
        columns = (Column(""), Column(""), Column("", flexible=True))
        rows = tuple((Cell(fact.label), Cell(fact.value, "strong"), Cell(fact.note, "dim")) for fact in facts)
        yield Table(columns, rows)


def _named(block: Block, title: str) -> Block:
    """A block without a title of its own goes by its section's."""
    if block.title:
        return block
    if isinstance(block, Table):
        return Table(block.columns, block.rows, title)
    return Lines(block.items, title, block.bullets)


def untitled(block: Block) -> Block:
    """A block whose title its section bears."""
    if isinstance(block, Table):
        return Table(block.columns, block.rows)
    return Lines(block.items, "", block.bullets)


def is_filled(block: Block) -> bool:
    """Whether there is anything in it to show."""
    return bool(block.rows if isinstance(block, Table) else block.items)
