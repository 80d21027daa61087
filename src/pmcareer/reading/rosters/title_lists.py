"""Lists of job titles, and a company's dictionary of what its titles mean."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.rosters.cells import text_of
from pmcareer.reading.rosters.delimited import read_delimited
from pmcareer.reading.rosters.tables import Table
from pmcareer.reading.typed import read_document
from pmcareer.values import dataclass, field

_MOST_TITLES = 1_000_000


@dataclass(frozen=True, slots=True)
class TitleDictionary:
    """A company's titles, each with the role that it means; nothing: none of the field."""

    titles: Mapping[str, str | None] = field(default_factory=dict)


def read_titles(path: Path, problems: Problems) -> list[str]:
    """The distinct titles of a file: its column ``title`` (or ``job title``), or its only column, without a header."""
    table = _table(path, problems)
    if table is None:
        return []
    column = _column(table, ("title", "job title", "job_title", "jobtitle", "raw_title"))
    if column is None and len(table.header) > 1:
        message = f"no column is called 'title'; there are {', '.join(map(repr, table.header[:12]))}"
        problems.add("roster-column-missing", message, Position(table.name, 1), hint="rename the column of titles")
        return []
    found = dict.fromkeys([table.header[0]] if column is None else [])
    for number, cells in table.records():
        title = text_of(cells[column or 0]) if len(cells) > (column or 0) else None
        if title:
            found[title] = None
        if number > _MOST_TITLES * 100 or len(found) > _MOST_TITLES:
            problems.add("file-too-large", f"more than {_MOST_TITLES:,} distinct titles", Position(table.name))
            return []
    return list(found)


def read_dictionary(path: Path, problems: Problems) -> dict[str, str | None]:
    """Titles with the roles they mean: ``titles: {title: role}`` in YAML, or the columns title and role in CSV."""
    if path.suffix.lower() in (".yaml", ".yml"):
        document = read_document(path, TitleDictionary)
        problems.extend(document.problems)
        return dict(document.value.titles) if document.value else {}
    table = _table(path, problems)
    if table is None:
        return {}
    title, role = _column(table, ("title",)), _column(table, ("role",))
    if title is None or role is None:
        problems.add("roster-column-missing", "a dictionary has the columns title and role", Position(table.name, 1))
        return {}
    rows = (
        (text_of(cells[title]), text_of(cells[role])) for _, cells in table.records() if len(cells) == len(table.header)
    )
    return {words: meant for words, meant in rows if words}


def _table(path: Path, problems: Problems) -> Table | None:
    ending = path.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        from pmcareer.reading.rosters.workbooks import read_workbook

        tables = read_workbook(path, "", "", problems)
        return tables[0] if tables else None
    if ending not in (".csv", ".tsv", ".txt", ".tab", ""):
        message = f"titles do not come in {ending} files"
        problems.add("roster-format", message, Position(shown_path(path)), hint="a text file, CSV and XLSX are read")
        return None
    return read_delimited(path, "", "", problems)


def _column(table: Table, names: tuple[str, ...]) -> int | None:
    lowered = [name.lower() for name in table.header]
    return next((lowered.index(name) for name in names if name in lowered), None)
