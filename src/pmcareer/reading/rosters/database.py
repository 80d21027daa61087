"""Large rosters in DuckDB: raw relations over the files, and the views that the package promises over them.

The engine reads a file faster than it understands it. So the file is read several times, each time no more of it than
is needed, and what its cells say is understood once a wording (``sql_lines``, ``sql_holdings``), when it is opened.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pmcareer.errors import MissingExtraError
from pmcareer.model.ids import RoleId
from pmcareer.problems import Position, Problems
from pmcareer.reading.rosters.database_views import make_views
from pmcareer.reading.rosters.findings import FINDINGS
from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.repetitions import find_doubts, find_orphans, find_repeated_persons
from pmcareer.reading.rosters.roster import Roster, RosterNames
from pmcareer.reading.rosters.sql import macros, quoted
from pmcareer.reading.rosters.sql_holdings import distinct_words, items_select, same_words, written_select
from pmcareer.reading.rosters.sql_lines import (
    TEXT_FIELDS,
    all_readable,
    judged_fields,
    people_select,
    person_text,
    seen_select,
    text_columns,
    texts_select,
    understood_select,
)
from pmcareer.reading.rosters.sql_united import unite_lines
from pmcareer.reading.rosters.tables import Part, Table
from pmcareer.reading.rosters.temporary import Temporary
from pmcareer.reading.rosters.terms import Terms

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "200MB"
"""For the database; what exceeds it is spilled. The process needs as much again for Python and for reading."""
MOST_THREADS = 4
"""Each thread reads into buffers of its own; those of many would not fit."""
_BUFFER = 8_000_000
"""Bytes of a CSV file that are read at once, a quarter of what the engine would take; no slower. A row may have two
million."""


def fill_database(roster: Roster, parts: list[Part], terms: Terms, names: RosterNames) -> None:
    """Give *roster* its connection with the promised views; problems of the files go to the roster's own."""
    folder = TemporaryDirectory(prefix="pmcareer-roster-")
    database = connect(Path(folder.name))
    roster.staging = folder
    for statement in macros(terms):
        database.execute(statement)
    made = _Database(database, Path(folder.name), parts, terms, roster.problems)
    if made.open() and not roster.problems.errors:
        made.understand()
        made.find_title_roles(names)
        make_views(made.temporary, parts)
        if terms.thorough:
            find_doubts(made.temporary, parts[0].layout)
        roster.connection = database


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that takes little of it and spills into *folder*; installs and loads nothing."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("team", "a roster of this size or kind") from None
    settings: dict[str, Any] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    database = duckdb.connect(":memory:", config=settings)
    database.execute("SET enable_progress_bar = false")
    # Joins are written with their smaller side last; of a CSV file the engine knows no size, and guesses wrong.
    database.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    (threads,) = database.execute("SELECT least(current_setting('threads'), ?)", [MOST_THREADS]).fetchall()[0]
    database.execute(f"SET threads = {threads}")
    return database


class _Database:
    """A database being filled. The people's part comes first; a second one has nothing but holdings."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, folder: Path, parts: list[Part], terms: Terms, problems: Problems
    ) -> None:
        self.database, self.folder, self.parts, self.terms, self.problems = database, folder, parts, terms, problems
        self.temporary = Temporary(database)

    def open(self) -> bool:
        """Texts of every part, each read through once; false where one cannot be read."""
        self.database.execute(
            "CREATE TEMP TABLE extra_findings"
            "(source_row BIGINT, column_name VARCHAR, field VARCHAR, value VARCHAR, code VARCHAR)"
        )
        self.database.execute("CREATE TEMP TABLE title_roles(title VARCHAR, role VARCHAR)")
        self.database.execute(f"CREATE TEMP TABLE meanings AS SELECT * FROM (VALUES {_meanings()}) m(code, m, s)")
        return all(self._open_part(place, part) for place, part in enumerate(self.parts))

    def _open_part(self, place: int, part: Part) -> bool:
        """The relation ``raw<place>``: over the file itself where a database may read it, else over a clean copy."""
        table = part.table
        if table.parquet is not None:
            return self._raw_parquet(place, table)
        if table.csv is not None and table.csv.utf8:
            self.temporary.view(f"raw{place}", _over_csv(table))
            if self._reads_well(place, part.layout):
                return True
        before = len(self.problems.errors)
        copy = self.folder / f"staged{place}.csv"
        with copy.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            out.writerow(["source_row", *table.header])
            out.writerows(self._clean(table, part.prefix))
        self.temporary.view(f"raw{place}", _over_copy(copy, table))
        if len(self.problems.errors) == before and not self._reads_well(place, part.layout):
            message = "the database cannot read what the file holds"
            self.problems.add("roster-csv", message, Position(table.name), hint="try it as XLSX")
        return len(self.problems.errors) == before

    def _reads_well(self, place: int, layout: Layout) -> bool:
        """Whether the whole file is as it should be.

        If so, there are ``texts<place>``, and ``named<place>`` of those that say who they are about; ``alike<place>``
        are hashes of ids that may stand twice, with a NULL where rows do not say whose they are.
        """
        import duckdb

        person = f"SELECT {person_text(layout)} AS person FROM raw{place} WHERE {all_readable(layout)}"
        hashed = f"SELECT CASE WHEN person IS NOT NULL THEN hash(person) END AS h FROM ({person})"
        several = "GROUP BY h HAVING count(*) > 1 OR h IS NULL"
        try:
            self.temporary.table(f"alike{place}", f"{hashed} {several}")
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return False
        self.temporary.view(f"texts{place}", texts_select(layout, f"raw{place}"))
        named = " WHERE person IS NOT NULL" if self.temporary.holds(f"alike{place}", "h IS NULL") else ""
        self.temporary.view(f"named{place}", f"SELECT * FROM texts{place}{named}")
        return True

    def _clean(self, table: Table, prefix: str) -> Iterator[list[object]]:
        """Records that have their cells, with their numbers; the others are findings."""
        ragged: list[tuple[object, ...]] = []
        for number, cells in table.records():
            if len(cells) == len(table.header):
                yield [number, *("" if cell is None else cell for cell in cells)]
            else:
                ragged.append((number, prefix, "", f"{len(cells)} cells", "roster-row-ragged"))
        if ragged:
            self.database.executemany("INSERT INTO extra_findings VALUES (?, ?, ?, ?, ?)", ragged)

    def _raw_parquet(self, place: int, table: Table) -> bool:
        from pmcareer.reading.rosters.parquet import over_parquet

        self.temporary.view(f"raw{place}", over_parquet(self.database, table))
        if self._reads_well(place, self.parts[place].layout):
            return True
        self.problems.add("roster-parquet", "the file is damaged", Position(table.name), hint="is it the right one?")
        return False

    # --- what is written, understood once a wording -------------------------------------------------------------------

    def understand(self) -> None:
        """People, then holdings of those who are known."""
        layout = self.parts[0].layout
        self._understand_fields(layout)
        self.temporary.view("person_lines", people_select(layout, "named0"))
        find_repeated_persons(self.temporary, layout)
        find_orphans(self.temporary, self.parts)
        held = [self._understand_holdings(place, part) for place, part in enumerate(self.parts) if part.layout.slots]
        self.temporary.view("held_lines", " UNION ALL ".join(held) or _NOTHING_HELD)
        unite_lines(self.temporary, self.parts)

    def _understand_fields(self, layout: Layout) -> None:
        """``seen``: each text of a role, a level of education or a day, and what it means."""
        nothing = (
            "SELECT '' AS field, '' AS written, 0 AS n, '' AS id, DATE '1970-01-01' AS day, '' AS code WHERE false"
        )
        if judged_fields(layout):
            self.temporary.table("seen_texts", seen_select(layout, "named0"))
            nothing = understood_select(layout, "seen_texts")
        self.temporary.table("seen", nothing)

    def _understand_holdings(self, place: int, part: Part) -> str:
        """``items<place>``: each wording of a holding, and what it means; the select of the lines that are of some."""
        layout = part.layout
        texts = f"(SELECT * FROM named{place} ANTI JOIN orphans USING (person))" if place else "named0"
        self.temporary.view(f"written{place}", written_select(layout, self.terms, texts))
        self.temporary.table(f"wordings{place}", distinct_words(layout, f"written{place}"))
        items = items_select(layout, self.terms, f"wordings{place}", part.prefix)
        first = f"(SELECT count(*) FROM items{place - 1})" if place and self.parts[0].layout.slots else "0"
        number = f"({first} + row_number() OVER ())::INTEGER AS item"
        self.temporary.table(f"items{place}", f"SELECT {number}, * FROM ({items})")
        return (
            f"SELECT {place} AS part, source_row, person, {text_columns(layout)}, l.slot, i.place, i.alike, i.item, "
            "i.certification, i.earned, i.renewed, i.route, i.issuer_says_expires "
            f"FROM written{place} l JOIN items{place} i ON {same_words(layout, 'l', 'i')} WHERE i.fine"
        )

    def find_title_roles(self, names: RosterNames) -> None:
        """``title_roles``: the role of each title that is clear, where a person's own role is not known."""
        if names.role_of_titles is None or "title" not in self.parts[0].layout.person_fields:
            return
        titles = self.database.execute(
            "SELECT DISTINCT title FROM person_lines WHERE title IS NOT NULL AND role IS NULL"
        ).fetchall()
        roles: Mapping[str, RoleId] = names.role_of_titles(sorted(title for (title,) in titles))
        if roles:
            self.database.executemany("INSERT INTO title_roles VALUES (?, ?)", sorted(roles.items()))


_NO_TEXTS = ", ".join(f"'' AS {name}" for name in TEXT_FIELDS)
_NOTHING_HELD = (
    f"SELECT 0 AS part, 0::BIGINT AS source_row, '' AS person, {_NO_TEXTS}, 0 AS slot, '' AS place, '' AS alike, "
    "0 AS item, '' AS certification, DATE '1970-01-01' AS earned, []::DATE[] AS renewed, '' AS route, "
    "DATE '1970-01-01' AS issuer_says_expires WHERE false"
)
"""What lines of holdings have, where no column tells of any."""


def _meanings() -> str:
    rows = ((code, message, severity) for code, (severity, message) in FINDINGS.items())
    return ", ".join(f"({', '.join(map(quoted, row))})" for row in rows)


def _over_csv(table: Table) -> str:
    """The file itself, read in parallel; rows are numbered only where a question asks for numbers."""
    assert table.csv is not None  # noqa: S101 - only such tables come here
    columns = {f"c{n}": "VARCHAR" for n in range(len(table.header))}
    scan = _scan(table.csv.path, columns, table.csv.delimiter, header=True)
    return f"SELECT row_number() OVER () + 1 AS source_row, * FROM {scan}"


def _over_copy(copy: Path, table: Table) -> str:
    columns = {"source_row": "BIGINT"} | {f"c{n}": "VARCHAR" for n in range(len(table.header))}
    return f"SELECT * FROM {_scan(copy, columns, ',', header=True)}"


def _scan(path: Path, columns: Mapping[str, str], delimiter: str, *, header: bool) -> str:
    types = ", ".join(f"{quoted(name)}: {quoted(type_)}" for name, type_ in columns.items())
    return (
        f"read_csv({quoted(str(path))}, columns = {{{types}}}, auto_detect = false, header = {str(header).lower()}, "
        f"delim = {quoted(delimiter)}, quote = '\"', escape = '\"', strict_mode = true, buffer_size = {_BUFFER})"
    )
