"""Lists of job titles, and a company's dictionary of what its titles mean."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.rosters.cells import text_of
from pmcareer.reading.rosters.delimited import read_delimited
from pmcareer.reading.rosters.tables import Table
from pmcareer.reading.typed import read_document
from pmcareer.values import dataclass, field

_MOST_TITLES = 1_000_000
_PROBED = 1_000  # rows by which a list of titles with commas is told from a table
_TITLE = ("title", "job title", "job_title", "jobtitle", "raw_title")


@dataclass(frozen=True, slots=True)
class TitleDictionary:
    """A company's titles, each with the role that it means; nothing: none of the field."""

    titles: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TitleList:
    """The distinct titles of a file in their order, and what was assumed in reading them."""

    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_titles(path: Path, problems: Problems) -> TitleList:
    """The distinct titles of a file: its column ``title`` (or ``job title``), or else one a line.

    A file without that column is a list where its lines do not part into the same number of cells, as those of a
    table do, or where it is a text file parted by nothing but commas: "Manager, project, IT" is one title.
    """
    table = _table(path, problems)
    if table is None:
        return TitleList()
    column = _column(table, _TITLE)
    table.refuse_unreckoned((column or 0,), problems)
    if len(table.header) > 1 and column is not None:
        return _of_column(table, column, problems)
    if len(table.header) > 1 and not _is_list(path, table):
        message = f"none of the {len(table.header)} columns is called 'title'"
        hint = "call the column of titles title, or put titles with commas into quotation marks"
        problems.add("roster-column-missing", message, Position(table.name, 1), hint=hint)
        return TitleList()
    return _of_lines(table, headed=column is not None, problems=problems)


def _is_list(path: Path, table: Table) -> bool:
    if table.csv is None:
        return False
    if table.csv.delimiter == "," and path.suffix.lower() in (".txt", ""):
        return True
    sizes = {len(cells) for _, cells in islice(table.records(), _PROBED)}
    return sizes != {len(table.header)}


def _of_column(table: Table, column: int, problems: Problems) -> TitleList:
    """The cells of one column; rows that part otherwise than the header are told of."""
    found: dict[str, None] = {}
    ragged = 0
    for number, cells in table.records():
        ragged += len(cells) != len(table.header)
        title = text_of(cells[column]) if len(cells) > column else None
        if title:
            found[title] = None
        if _too_many(number, found, table, problems):
            return TitleList()
    rows = "1 row has" if ragged == 1 else f"{ragged} rows have"
    told = f"{table.name}: {rows} more or fewer cells than the header, so that a title may be cut at a comma"
    return TitleList(tuple(found), (f"{told}: put such titles into quotation marks.",) if ragged else ())


def _of_lines(table: Table, *, headed: bool, problems: Problems) -> TitleList:
    """Every line as one title; what parts cells stands in titles too."""
    sign = table.csv.delimiter if table.csv else ","
    found = {} if headed else dict.fromkeys([f"{sign} ".join(table.header)])
    parted = len(table.header) > 1
    for number, cells in table.records():
        parted |= len(cells) > 1
        title = text_of(sign.join(cell or "" for cell in cells)) if table.csv else text_of(cells[0])
        if title:
            found[title] = None
        if _too_many(number, found, table, problems):
            return TitleList()
    return TitleList(tuple(found), _assumed(table, headed=headed, parted=parted))


def _assumed(table: Table, *, headed: bool, parted: bool) -> tuple[str, ...]:
    if headed and not parted:
        return ()
    start = "below 'title' every line" if headed else "no column is called 'title': every line, the first too,"
    return (f"{table.name}: {start} is read as one title{', commas included' if parted else ''}.",)


def _too_many(number: int, found: Mapping[str, None], table: Table, problems: Problems) -> bool:
    if number <= _MOST_TITLES * 100 and len(found) <= _MOST_TITLES:
        return False
    problems.add("file-too-large", f"more than {_MOST_TITLES:,} distinct titles", Position(table.name))
    return True


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
    tried = Problems()
    read_delimited(path, "", "", tried)
    tied = [one.code for one in tried] == ["roster-delimiter"]  # "Manager, project; IT" is no header
    return read_delimited(path, "," if tied else "", "", problems)


def _column(table: Table, names: tuple[str, ...]) -> int | None:
    lowered = [name.lower() for name in table.header]
    return next((lowered.index(name) for name in names if name in lowered), None)
