"""Opening a roster: the source becomes tables, the tables a layout, and the layout rows in memory or views."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.rosters.layout import layout_of
from pmcareer.reading.rosters.mapping import RosterColumns, RosterMapping, read_mapping
from pmcareer.reading.rosters.plain import Record, Source, small_roster
from pmcareer.reading.rosters.roster import SMALL_ROWS, Roster, RosterNames, RosterOptions
from pmcareer.reading.rosters.tables import Part, Table
from pmcareer.reading.rosters.terms import Terms, terms_of

_CSV_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".tab", ""})
HOLDINGS_PREFIX = "holdings/"
_DATABASES = ("postgresql://", "postgres://")


def open_roster(source: str, names: RosterNames, as_of: date, options: RosterOptions | None = None) -> Roster:
    """The roster at *source*; never raises for what is wrong with it, see ``Roster.problems`` and ``set_aside``."""
    options = options or RosterOptions()
    problems = Problems()
    mapping = _mapping(options, problems)
    terms = terms_of(options, mapping, names, as_of, problems)
    tables = _tables(source, options, mapping, problems)
    roster = Roster(shown_source(source), as_of, problems)
    if not problems.errors and tables:
        parts = _parts(tables, mapping, names, problems)
        if parts and not problems.errors:
            _fill(roster, parts, terms, names, options)
    return roster


def shown_source(source: str) -> str:
    """*source* as answers show it: a path as it is, of a database's address no more than says where it is."""
    if not _is_database(source):
        return source
    from pmcareer.reading.rosters.postgres import shown_address

    return shown_address(source)


def _is_database(source: str) -> bool:
    return source.lower().startswith(_DATABASES)


def first_table(source: str, options: RosterOptions, problems: Problems) -> Table | None:
    """The people's table of *source*, its columns not yet understood; None where it cannot be read."""
    tables = _tables(source, options, _mapping(options, problems), problems)
    return tables[0] if tables else None


def _mapping(options: RosterOptions, problems: Problems) -> RosterMapping:
    if options.mapping is None:
        return RosterMapping()
    mapping, found = read_mapping(options.mapping)
    problems.extend(found)
    return mapping


def _tables(source: str, options: RosterOptions, mapping: RosterMapping, problems: Problems) -> list[Table]:
    """The people's table, and that of the holdings where there is one; empty where the first cannot be read."""
    if (options.table or options.holdings_table) and not _is_database(source):
        message = "a table is named, but the roster is no database"
        problems.add("field-conflict", message, Position(source), hint="leave out --table and --holdings-table")
        return []
    found = _read(source, options, mapping, problems)
    if found and options.holdings is not None:
        if len(found) > 1:
            message = "the roster has holdings of its own, and a second file of them is named"
            problems.add("field-conflict", message, Position(shown_source(source)), hint="leave out one of them")
        second = _read(str(options.holdings), options, mapping, problems)
        return [found[0], *second[:1]]
    return found


def _read(source: str, options: RosterOptions, mapping: RosterMapping, problems: Problems) -> list[Table]:
    if _is_database(source):
        return _from_postgres(source, options, mapping, problems)
    path = Path(source)
    ending = path.suffix.lower()
    if ending in _CSV_ENDINGS:
        from pmcareer.reading.rosters.delimited import read_delimited

        delimiter, encoding = options.delimiter or mapping.delimiter, options.encoding or mapping.encoding
        table = read_delimited(path, delimiter, encoding, problems)
        return [table] if table else []
    if ending in (".parquet", ".pq"):
        from pmcareer.reading.rosters.parquet import read_parquet

        table = read_parquet(path, problems)
        return [table] if table else []
    if ending in (".xlsx", ".xlsm"):
        from pmcareer.reading.rosters.workbooks import read_workbook

        return read_workbook(path, options.sheet or mapping.sheet, mapping.holdings_sheet, problems)
    if ending in (".yaml", ".yml"):
        from pmcareer.reading.rosters.yaml_rosters import read_yaml_roster

        return read_yaml_roster(path, mapping.separators[0], problems)
    problems.add(
        "roster-format",
        f"rosters do not come in {ending} files",
        Position(shown_path(path)),
        hint="CSV, XLSX, Parquet, YAML and PostgreSQL are read",
    )
    return []


def _from_postgres(source: str, options: RosterOptions, mapping: RosterMapping, problems: Problems) -> list[Table]:
    from pmcareer.reading.rosters.postgres import Asked, read_postgres

    people, holdings = options.table or mapping.table, options.holdings_table or mapping.holdings_table
    return read_postgres(source, Asked(people, holdings, mapping.separators[0]), problems)


def _parts(tables: list[Table], mapping: RosterMapping, names: RosterNames, problems: Problems) -> list[Part]:
    """Each table with its layout; fewer than there are tables where one makes no roster."""
    every = (mapping.columns, mapping.holdings_columns)
    parts = []
    for place, table in enumerate(tables):
        columns = every[place] if every[place] != RosterColumns() else mapping.columns if not place else RosterColumns()
        layout = layout_of(table.header, mapping, columns, names.certifications, table.name, problems)
        if layout is not None:
            table.refuse_unreckoned(layout.used, problems)
            parts.append(Part(table, layout, HOLDINGS_PREFIX if place else ""))
    return parts if len(parts) == len(tables) else []


def _fill(roster: Roster, parts: list[Part], terms: Terms, names: RosterNames, options: RosterOptions) -> None:
    roster.read_as = parts[0].table.read_as
    roster.columns = _columns(parts)
    roster.parts = parts
    sources = _small_sources(parts, options) if options.engine != "duckdb" else None
    if roster.problems.errors:
        return
    if sources:
        people, *rest = sources
        roster.small = small_roster(people, rest[0] if rest else None, terms, names.role_of_titles)
        return
    from pmcareer.reading.rosters.database import fill_database

    fill_database(roster, parts, terms, names)


def _columns(parts: list[Part]) -> dict[str, str]:
    """What each canonical column is called in the source."""
    layout = parts[0].layout
    found = {"person": layout.name(layout.person)}
    return found | {name: layout.name(place) for name, place in layout.person_fields.items()}


def _small_sources(parts: list[Part], options: RosterOptions) -> list[Source] | None:
    """The parts with their records at hand; None where there are too many of them, or only a database reads them."""
    sources, room = [], SMALL_ROWS
    for part in parts:
        if part.table.parquet is not None:
            return None
        records = list(_at_most(part.table.records(), room, options))
        room -= len(records)
        if room < 0 and options.engine != "plain":
            return None
        sources.append(Source(part.layout, records, part.prefix))
    return sources


def _at_most(records: Iterator[Record], room: int, options: RosterOptions) -> Iterator[Record]:
    return records if options.engine == "plain" else islice(records, room + 1)
