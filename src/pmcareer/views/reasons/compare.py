"""``compare`` as a Report: a table a section, a mark before each line in which the subjects differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from pmcareer.api.comparing.comparison import Comparison, Datum, Listed, Row, Special
from pmcareer.model.requirements import Requirement
from pmcareer.money import Money
from pmcareer.views.citing import source_lines
from pmcareer.views.reasons.compare_document import compare_document
from pmcareer.views.report import Block, Cell, Column, Report, Table, Tone, lines
from pmcareer.views.wording import number, requirement

DIFFERENT, SAME = "≠", "="
_SETS = f"What belongs to each ({DIFFERENT} not to all, {SAME} to all)"
_SPECIAL = {Special.UNKNOWN: "unknown", Special.NONE: "–", Special.YES: "✓", Special.NO: "–"}


def compare_report(comparison: Comparison, *, sources: bool = False) -> Report:
    """The answer to ``pmcareer compare``; *sources*: who says each value, in brackets, and the list of them."""
    return Report(
        title=" ↔ ".join(subject.name for subject in comparison.subjects),
        blocks=tuple(_blocks(comparison, sources=sources)),
        document=compare_document(comparison),
    )


def _blocks(comparison: Comparison, *, sources: bool) -> Iterator[Block]:
    yield lines("", [f"{DIFFERENT} marks what differs, {SAME} what does not"], "dim", bullets=False)
    if comparison.kind == "plan":
        yield lines("", [f"{subject.name}: {subject.id}" for subject in comparison.subjects])
    numbers = _numbers(comparison) if sources else {}
    sections = [(section, tuple(rows)) for section, rows in groupby(comparison.rows, key=lambda row: row.section)]
    apart = [(section, rows) for section, rows in sections if not _is_set(rows)]
    yield from (_table(comparison, section, rows, numbers) for section, rows in apart[:1])
    leading = [listed for listed in comparison.lists if listed.key == "responsibilities"]
    for listed in leading:
        yield from _listed(comparison, listed)
    yield from (_table(comparison, section, rows, numbers) for section, rows in apart[1:])
    for listed in comparison.lists:
        if listed not in leading:
            yield from _listed(comparison, listed)
    if sets := [(section, rows) for section, rows in sections if _is_set(rows)]:
        heads = (Column(subject.name, flexible=True) for subject in comparison.subjects)
        columns = (Column(""), Column("", flexible=True), *heads)
        yield Table(columns, tuple(_set_row(section, rows) for section, rows in sets), _SETS)
    if comparison.assumptions:
        assumed = [f"{a.text}{f'  ({a.change})' if a.change else ''}" for a in comparison.assumptions]
        yield lines("Assumed", assumed, "dim")
    if sources:
        cited = list(source_lines(comparison.citations()))
        yield lines("Sources", [f"[{n}] {line}" for n, line in enumerate(cited, 1)], "dim")


def _is_set(rows: tuple[Row, ...]) -> bool:
    return all(one.value in (Special.YES, Special.NO) for row in rows for one in row.data)


def _set_row(section: str, rows: tuple[Row, ...]) -> tuple[Cell, ...]:
    """What each has: first what not all have, then what all have."""
    differ = any(row.differs for row in rows)
    cells = []
    for index in range(len(rows[0].data)):
        has = [row for row in rows if row.data[index].value is Special.YES]
        own, shared = [row.label for row in has if row.differs], [row.label for row in has if not row.differs]
        parts = [f"{DIFFERENT} {', '.join(own)}"] * bool(own) + [f"{SAME} {', '.join(shared)}"] * bool(shared)
        cells.append(Cell("; ".join(parts) or "–"))
    return (Cell(DIFFERENT if differ else SAME, "warn" if differ else "dim"), Cell(section), *cells)


def _numbers(comparison: Comparison) -> Mapping[str, int]:
    """Each source's number, in the order of the list at the end."""
    cited = dict.fromkeys(c.source for c in comparison.citations() if c.source)
    return {source: number_ for number_, source in enumerate(cited, 1)}


def _table(comparison: Comparison, section: str, rows: tuple[Row, ...], numbers: Mapping[str, int]) -> Table:
    heads = (Column(subject.name, flexible=True) for subject in comparison.subjects)
    columns = (Column(""), Column("", flexible=True), *heads)
    return Table(columns, tuple(_row(row, comparison.names, numbers) for row in rows), section)


def _row(row: Row, names: Mapping[str, str], numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    tone: Tone = "warn" if row.differs else "dim"
    mark = Cell(DIFFERENT if row.differs else SAME, tone)
    return (mark, Cell(row.label), *(Cell(_text(one, row.unit, names) + _cited(one, numbers)) for one in row.data))


def _cited(datum: Datum, numbers: Mapping[str, int]) -> str:
    """The source's number, or that it is our judgement; nothing where sources are not asked for."""
    if not numbers or datum.citation is None:
        return ""
    source = datum.citation.source
    return f" [{numbers[source]}]" if source else f" [{datum.citation.standing.value}]"


def _text(datum: Datum, unit: str, names: Mapping[str, str]) -> str:
    value = datum.value
    if isinstance(value, Special):
        return _SPECIAL[value]
    text = _plain(value, names)
    return f"{'≥ ' if datum.at_least else ''}{text}{f' {unit}' if unit else ''}"


def _plain(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, Requirement):
        return requirement(value, names)
    if isinstance(value, Decimal | Fraction):
        return number(Fraction(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Money | str) else f"{value:,}"


def _listed(comparison: Comparison, listed: Listed) -> Iterator[Block]:
    """What each has of its own, then what all have."""
    for index, subject in enumerate(comparison.subjects):
        if only := listed.only(index):
            yield lines(f"{listed.title}, only {subject.name}", only)
    if listed.shared:
        yield lines(f"{listed.title}, all of them", listed.shared)
