"""Large rosters in DuckDB: raw relations over the files, and the views that the package promises over them.

What one scan can say is said by ``reading.rosters.sql``. What it cannot (who stands twice, who is missing) is found
out here, once, when the roster is opened, and kept in small tables.
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
from pmcareer.reading.rosters.findings import FINDINGS, PERSON_FIELDS
from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.roster import Roster, RosterNames
from pmcareer.reading.rosters.sql import macros, quoted
from pmcareer.reading.rosters.sql_holdings import one_a_row
from pmcareer.reading.rosters.sql_lines import lines_select
from pmcareer.reading.rosters.tables import Part, Table
from pmcareer.reading.rosters.terms import Terms
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "400MB"
_PEOPLE = "source_row, person, role, title, department, location, manager, role_since, education, hired"
_HOLDINGS = "source_row, person, certification, earned, renewed, route, issuer_says_expires"
_SET_ASIDE = "source_row, column_name, value, code, message, severity"


def fill_database(roster: Roster, parts: list[Part], terms: Terms, names: RosterNames) -> None:
    """Give *roster* its connection with the promised views; problems of the files go to the roster's own."""
    folder = TemporaryDirectory(prefix="pmcareer-roster-")
    database = connect(Path(folder.name))
    roster.staging = folder
    for statement in macros(terms):
        database.execute(statement)
    made = _Database(database, Path(folder.name), parts, terms, roster.problems)
    if made.open() and not roster.problems.errors:
        made.find_repetitions()
        made.find_title_roles(names)
        made.make_views()
        if terms.thorough:
            made.find_doubts()
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
    return database


@dataclass(slots=True)
class _Database:
    """A database being filled. The people's part comes first; a second one has nothing but holdings."""

    database: duckdb.DuckDBPyConnection
    folder: Path
    parts: list[Part]
    terms: Terms
    problems: Problems

    def open(self) -> bool:
        """Raw relations and lines of every part, each read through once; false where one cannot be read."""
        self.database.execute(
            "CREATE TEMP TABLE extra_findings"
            "(source_row BIGINT, column_name VARCHAR, field VARCHAR, value VARCHAR, code VARCHAR)"
        )
        self.database.execute("CREATE TEMP TABLE title_roles(title VARCHAR, role VARCHAR)")
        self.database.execute(f"CREATE TEMP TABLE meanings AS SELECT * FROM (VALUES {_meanings()}) m(code, m, s)")
        if not all(self._open_part(place, part) for place, part in enumerate(self.parts)):
            return False
        every = (f"SELECT * FROM lines{place}" for place in range(len(self.parts)))
        self._view("every_line", " UNION ALL BY NAME ".join(every))
        return True

    def _open_part(self, place: int, part: Part) -> bool:
        if not self._raw(place, part):
            return False
        if not place:
            self._view("people_lines", self._lines(place, people=True, holdings=False))
        self._view(f"lines{place}", self._lines(place, people=not place, holdings=True))
        return True

    def _lines(self, place: int, *, people: bool, holdings: bool) -> str:
        part = self.parts[place]
        return lines_select(part.layout, self.terms, f"raw{place}", part.prefix, people=people, holdings=holdings)

    def _raw(self, place: int, part: Part) -> bool:
        """The relation ``raw<place>``: over the file itself where a database may read it, else over a clean copy."""
        table = part.table
        if table.parquet is not None:
            return self._raw_parquet(place, table)
        if table.csv is not None and table.csv.utf8:
            self._view(f"raw{place}", _over_csv(table))
            if self._reads_well(place, part.layout):
                return True
        before = len(self.problems.errors)
        copy = self.folder / f"staged{place}.csv"
        with copy.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            out.writerow(["source_row", *table.header])
            out.writerows(self._clean(table, part.prefix))
        self._view(f"raw{place}", _over_copy(copy, table))
        if len(self.problems.errors) == before and not self._reads_well(place, part.layout):
            message = "the database cannot read what the file holds"
            self.problems.add("roster-csv", message, Position(table.name), hint="try it as XLSX")
        return len(self.problems.errors) == before

    def _reads_well(self, place: int, layout: Layout) -> bool:
        """Whether the whole file is as it should be; ids that may stand twice are collected on the way."""
        import duckdb

        key = f"text_of(c{layout.person})"
        try:
            self.database.execute(
                f"CREATE OR REPLACE TEMP TABLE alike{place} AS SELECT hash({key}) AS h FROM raw{place} "
                f"WHERE {key} IS NOT NULL GROUP BY h HAVING count(*) > 1"
            )
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return False
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

        self._view(f"raw{place}", over_parquet(self.database, table))
        if self._reads_well(place, self.parts[place].layout):
            return True
        self.problems.add("roster-parquet", "the file is damaged", Position(table.name), hint="is it the right one?")
        return False

    # --- what only all rows together show -----------------------------------------------------------------------------

    def find_repetitions(self) -> None:
        """Persons and holdings that stand twice, and holders whom nobody knows."""
        layout = self.parts[0].layout
        self._find_repeated(layout)
        if self._holds("repeated"):
            self._find_differences(layout)
        self._table("orphans", self._orphans() if len(self.parts) > 1 else "SELECT NULL::VARCHAR AS person WHERE false")
        self._find_twins()

    def _find_repeated(self, layout: Layout) -> None:
        """``repeated``: who stands in several rows; one row a holding, only those of whom rows differ."""
        fields = ", ".join(layout.person_fields) or "1"
        if layout.long:
            differing = f"HAVING min(hash({fields})) <> max(hash({fields}))"
            own = f"SELECT person FROM people_lines WHERE kind = 'person' GROUP BY person {differing}"
            self._table("repeated", own)
        else:
            key = f"text_of(c{layout.person})"
            likely = f"SELECT {key} AS person FROM raw0 SEMI JOIN alike0 ON hash({key}) = alike0.h"
            nobody = "SELECT NULL::VARCHAR AS person WHERE false"
            several = f"SELECT person FROM ({likely}) l GROUP BY person HAVING count(*) > 1"
            self._table("repeated", several if self._holds("alike0") else nobody)

    def _find_differences(self, layout: Layout) -> None:
        """Later rows of a person that say other things than the first, or, one row a person, the same again."""
        self._table("persons", "SELECT * FROM people_lines SEMI JOIN repeated USING (person) WHERE kind = 'person'")
        self._table("firsts", "SELECT unnest(arg_min(p, source_row)) FROM persons p GROUP BY person")
        later = "persons p JOIN firsts f USING (person) WHERE p.source_row > f.source_row"
        differs = {
            name: f"p.{name} IS NOT NULL AND p.{name} IS DISTINCT FROM f.{name}" for name in layout.person_fields
        }
        for name, condition in differs.items():
            column = quoted(layout.name(layout.person_fields[name]))
            said = f"p.source_row, {column}, '{name}', p.{name}::VARCHAR, 'roster-person-differs'"
            self.database.execute(f"INSERT INTO extra_findings SELECT {said} FROM {later} AND {condition}")
        if not layout.long:
            same = " AND ".join(f"NOT ({condition})" for condition in differs.values()) or "true"
            said = f"p.source_row, {quoted(layout.name(layout.person))}, 'person', person, 'roster-person-twice'"
            self.database.execute(f"INSERT INTO extra_findings SELECT {said} FROM {later} AND {same}")

    def _orphans(self) -> str:
        """Who holds something and is not among the people."""
        holder, person = (f"text_of(c{part.layout.person})" for part in reversed(self.parts))
        known = f"(SELECT {person} AS person FROM raw0) known"
        strangers = f"SELECT DISTINCT {holder} AS person FROM raw1 ANTI JOIN {known} ON known.person = {holder}"
        return f"SELECT person FROM ({strangers}) WHERE person IS NOT NULL"  # NOT IN finds nobody among unknown ones

    def _find_twins(self) -> None:
        """Holdings in several rows; ``twins``: their keys, ``elders``: the line of each that counts.

        Within one row, the lines themselves leave out the second.
        """
        several_rows = len(self.parts) > 1 or self.parts[0].layout.long
        among = f"(SELECT *, {_EARNED} AS since FROM every_line WHERE kind = 'holding')"
        if not several_rows:
            among = f"({among[1:-1]} AND person IN (SELECT person FROM repeated))"
        key = "person, certification, since"
        searched = several_rows or self._holds("repeated")
        likely = f"SELECT hash({key}) AS h FROM {among} l GROUP BY h HAVING count(*) > 1"
        self._table("likely", likely if searched else "SELECT 0::UBIGINT AS h WHERE false")
        found = f"SELECT * FROM {among} l SEMI JOIN likely ON hash({key}) = likely.h"
        nothing = f"SELECT *, {_EARNED} AS since FROM every_line WHERE false"
        self._table("suspects", found if self._holds("likely") else nothing)
        first = (
            f"starts_with(place, {quoted(self.parts[-1].prefix or '/')}), source_row"  # the people's file comes first
        )
        rank = f"row_number() OVER (PARTITION BY {key} ORDER BY {first})"
        self._table("ranked", f"SELECT *, {rank} AS rank FROM suspects")
        self._table("twins", f"SELECT {key} FROM ranked WHERE rank = 2")
        self._table("elders", f"SELECT * FROM ranked SEMI JOIN twins USING ({key}) WHERE rank = 1")
        self.database.execute(
            "INSERT INTO extra_findings "
            "SELECT source_row, place, 'certification', certification, 'roster-holding-twice' "
            "FROM ranked WHERE rank > 1 AND person NOT IN (SELECT person FROM orphans)"
        )

    def find_title_roles(self, names: RosterNames) -> None:
        """``title_roles``: the role of each title that is clear, where a person's own role is not known."""
        if names.role_of_titles is None or "title" not in self.parts[0].layout.person_fields:
            return
        titles = self.database.execute(
            "SELECT DISTINCT title FROM people_lines WHERE kind = 'person' AND title IS NOT NULL AND role IS NULL"
        ).fetchall()
        roles: Mapping[str, RoleId] = names.role_of_titles(sorted(title for (title,) in titles))
        if roles:
            self.database.executemany("INSERT INTO title_roles VALUES (?, ?)", sorted(roles.items()))

    def find_doubts(self) -> None:
        """Managers whom nobody knows, and ids that are alike but for case and blanks."""
        layout = self.parts[0].layout
        if "manager" in layout.person_fields:
            column = quoted(layout.name(layout.person_fields["manager"]))
            self.database.execute(
                f"INSERT INTO extra_findings SELECT source_row, {column}, 'manager', manager, 'roster-manager-unknown' "
                "FROM people ANTI JOIN (SELECT person AS manager FROM people) known USING (manager) "
                "WHERE manager IS NOT NULL"
            )
        column, key = quoted(layout.name(layout.person)), "replace(lower(person), ' ', '')"
        alike = f"SELECT {key} AS k FROM people GROUP BY k HAVING count(*) > 1"
        self.database.execute(
            f"INSERT INTO extra_findings SELECT source_row, {column}, 'person', person, 'roster-person-variant' "
            f"FROM people SEMI JOIN ({alike}) alike ON alike.k = {key}"
        )

    # --- the promised views -------------------------------------------------------------------------------------------

    def make_views(self) -> None:
        """``people``, ``holdings``, ``set_aside``, and ``roster_lines`` of all three."""
        self._view("person_rows", self._person_rows("people_lines"))
        self._view("people", f"SELECT {_PEOPLE} FROM ({_titled('person_rows')})")
        self._view("holding_rows", self._holding_rows())
        self._view("holdings", f"SELECT {_HOLDINGS} FROM holding_rows")
        self._view("finding_rows", self._finding_rows())
        self._view("set_aside", _set_aside("finding_rows"))
        self._view("roster_lines", self._roster_lines())

    def _person_rows(self, lines: str) -> str:
        if self.parts[0].layout.long:
            first = f"SELECT arg_min(p, source_row) AS p FROM {lines} p WHERE kind = 'person' GROUP BY person"
            return f"SELECT unnest(p) FROM ({first})"
        rows = f"SELECT * FROM {lines} WHERE kind = 'person'"
        if not self._holds("repeated"):
            return rows
        return f"SELECT * FROM ({rows}) r ANTI JOIN repeated USING (person) UNION ALL BY NAME SELECT * FROM firsts"

    def _holding_rows(self) -> str:
        rows = "SELECT * FROM every_line WHERE kind = 'holding'"
        if self._holds("twins"):
            own = f"SELECT *, {_EARNED} AS since FROM ({rows})"
            rows = f"SELECT * FROM ({own}) r ANTI JOIN twins USING (person, certification, since)"
            rows += " UNION ALL BY NAME SELECT * EXCLUDE (rank) FROM elders"
        if self._holds("orphans"):
            rows = f"SELECT * FROM ({rows}) r ANTI JOIN orphans USING (person)"
        return rows

    def _finding_rows(self) -> str:
        """One finding a row, of every line that has some."""
        selects = ["SELECT source_row, column_name, field, value, code FROM extra_findings"]
        for place, part in enumerate(self.parts):
            known = "ANTI JOIN orphans USING (person)" if place else ""
            found = f"SELECT source_row, unnest(findings) AS f FROM lines{place} {known} WHERE findings IS NOT NULL"
            selects.append(f"SELECT source_row, f.column_name, f.field, f.value, f.code FROM ({found})")
            if place and self._holds("orphans"):
                column = quoted(part.prefix + part.layout.name(part.layout.person))
                said = f"source_row, {column}, 'person', person, 'roster-person-unknown'"
                selects.append(f"SELECT DISTINCT {said} FROM lines{place} SEMI JOIN orphans USING (person)")
        return " UNION ALL ".join(selects)

    def _roster_lines(self) -> str:
        """One scan where nothing has to be looked up in between, else the three views side by side."""
        layout = self.parts[0].layout
        simple = len(self.parts) == 1 and not layout.long and not one_a_row(layout) and not self._holds("repeated")
        if simple:
            return (
                f"SELECT * EXCLUDE (place, findings), findings FROM ({_titled('lines0')}) UNION ALL BY NAME "
                "SELECT 'none' AS kind, source_row, [{'column_name': column_name, 'field': field, 'value': value, "
                "'code': code}] AS findings FROM extra_findings"
            )
        return (
            "SELECT 'person' AS kind, * FROM people UNION ALL BY NAME SELECT 'holding' AS kind, * FROM holdings "
            "UNION ALL BY NAME SELECT 'none' AS kind, source_row, [{'column_name': column_name, 'field': field, "
            "'value': value, 'code': code}] AS findings FROM finding_rows"
        )

    # --- statements ---------------------------------------------------------------------------------------------------

    def _view(self, name: str, select: str) -> None:
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def _table(self, name: str, select: str) -> None:
        self.database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def _holds(self, table: str) -> bool:
        """Whether there is a row in it."""
        return bool(self.database.execute(f"SELECT count(*) FROM (FROM {table} LIMIT 1)").fetchall()[0][0])


_EARNED = "coalesce(earned, DATE '0001-01-01')"


def _titled(rows: str) -> str:
    """The rows, with the role of the title where there is no other."""
    return (
        f"SELECT r.* REPLACE (coalesce(r.role, CASE WHEN kind = 'person' THEN t.role END) AS role) "
        f"FROM {rows} r LEFT JOIN title_roles t ON t.title = r.title"
    )


def _set_aside(rows: str) -> str:
    fields = ", ".join(map(quoted, PERSON_FIELDS))
    severity = f"CASE WHEN code LIKE 'roster-date%' AND field IN ({fields}) THEN 'warning' ELSE s END"
    return (
        f"SELECT source_row, column_name, value, code, m AS message, {severity} AS severity "
        f"FROM {rows} JOIN meanings USING (code)"
    )


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
        f"delim = {quoted(delimiter)}, quote = '\"', escape = '\"', strict_mode = true)"
    )
