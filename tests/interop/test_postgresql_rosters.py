"""Rosters out of a real PostgreSQL: the rows that CSV would give, and one line where there are none."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.interop.postgresql import PASSWORD, Server, running_server

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.rosters import roster_names
from pmcareer.reading.rosters.opening import open_roster
from pmcareer.reading.rosters.roster import Roster, RosterNames, RosterOptions

psycopg = pytest.importorskip("psycopg")

AS_OF = date(2026, 11, 23)
SETUP = """
CREATE TABLE people(person text, role text, department text, certifications text[], hired date, role_since timestamptz);
INSERT INTO people VALUES
  ('E1', 'project-manager', 'IT; "x", ü', ARRAY['PMP:2024-05-01', 'csm'], '2020-01-31', '2021-02-03 10:00+00'),
  ('E2', 'scrum-master', E'two\\nlines', NULL, NULL, NULL),
  ('E3', 'astronaut', NULL, ARRAY['First Aid'], 'infinity', NULL);
CREATE TABLE holdings(person text, certification text, earned date, renewed date[], route text);
INSERT INTO holdings VALUES
  ('E2', 'capm', '2022-01-01', ARRAY['2025-01-02'::date, '2024-01-02'::date], 'units'),
  ('E9', 'pmp', '2024-01-01', NULL, NULL);
CREATE SCHEMA hr;
CREATE TABLE hr."Staff List"("Employee ID" int, cert text, earned timestamp);
INSERT INTO hr."Staff List" VALUES (7, 'pmp', '2024-05-01'), (7, 'csm', '2025-01-01 12:00'), (8, 'capm', NULL);
CREATE TABLE many AS SELECT 'P' || i AS person, 'IT' AS department, CASE WHEN i % 100 = 0 THEN 'pmp:2024-02-30'
  ELSE 'pmp:2024-05-01;csm' END AS certifications FROM generate_series(1, 30000) i;
CREATE SEQUENCE counter;
CREATE ROLE reader LOGIN PASSWORD 'p@ss/word';
GRANT SELECT ON people TO reader;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as made:
        with psycopg.connect(made.by_socket) as connection:
            connection.execute(SETUP)
        yield made


@pytest.fixture(scope="module")
def names() -> RosterNames:
    return roster_names(load_catalog())


def opened(names: RosterNames, address: str, **options: Any) -> Roster:
    return open_roster(address, names, AS_OF, RosterOptions(**options))


def rows(roster: Roster, table: str) -> list[tuple[Any, ...]]:
    assert roster.small is not None, [str(one) for one in roster.problems]
    return [dataclasses.astuple(row) for row in getattr(roster.small, table)]


def test_people_and_holdings_are_found_by_their_names(server: Server, names: RosterNames) -> None:
    roster = opened(names, server.by_socket)
    assert [(row[1], row[2], row[4], str(row[7]), str(row[9])) for row in rows(roster, "people")] == [
        ("E1", "project-manager", 'IT; "x", ü', "2021-02-03", "2020-01-31"),
        ("E2", "scrum-master", "two\nlines", "None", "None"),
        ("E3", None, None, "None", "None"),
    ]
    assert [row[1:4] for row in rows(roster, "holdings")] == [
        ("E1", "pmp", date(2024, 5, 1)),
        ("E1", "csm", None),
        ("E2", "capm", date(2022, 1, 1)),
    ]
    assert rows(roster, "holdings")[2][4:6] == ((date(2024, 1, 2), date(2025, 1, 2)), "units")
    assert {(row[0], row[1], row[3]) for row in rows(roster, "set_aside")} == {
        (4, "role", "roster-role-unknown"),
        (4, "hired", "roster-date"),
        (4, "certifications", "roster-certification-unknown"),
        (3, "holdings/person", "roster-person-unknown"),
    }


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_the_rows_are_those_of_its_own_csv(server: Server, names: RosterNames, tmp_path: Path, engine: Any) -> None:
    query = "SELECT * FROM many ORDER BY length(person), person LIMIT 5000"
    exported = tmp_path / "many.csv"
    statement = f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)"
    with psycopg.connect(server.by_socket) as connection, connection.cursor().copy(statement) as copy:
        exported.write_bytes(b"".join(copy))
    ours, theirs = (
        opened(names, server.by_socket, table=query, engine=engine),
        opened(names, str(exported), engine=engine),
    )
    for table in ("people", "holdings", "set_aside"):
        one, other = _every(ours, table), _every(theirs, table)
        assert one == other and one


def _every(roster: Roster, table: str) -> list[tuple[Any, ...]]:
    if roster.connection is None:
        return rows(roster, table)
    return [tuple(row) for row in roster.connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()]


def test_a_table_in_a_schema_with_a_mapping(server: Server, names: RosterNames, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "columns: {person: Employee ID, certification: cert}\ntable: 'hr.\"Staff List\"'\n", encoding="utf-8"
    )
    roster = opened(names, server.by_socket, mapping=mapping)
    assert [row[1] for row in rows(roster, "people")] == ["7", "8"]
    assert [row[1:4] for row in rows(roster, "holdings")] == [
        ("7", "pmp", date(2024, 5, 1)),
        ("7", "csm", date(2025, 1, 1)),
        ("8", "capm", None),
    ]


def test_rows_stream_through_little_memory(server: Server, names: RosterNames) -> None:
    tracemalloc.start()
    try:
        roster = opened(names, server.by_socket, table="many")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert roster.connection is not None
    (people,) = roster.connection.execute("SELECT count(*) FROM people").fetchall()[0]
    (found,) = roster.connection.execute("SELECT count(*) FROM set_aside").fetchall()[0]
    assert (people, found) == (30_000, 300)
    # The table is of about 1 MB as CSV and would be several as Python's rows.
    assert peak < 3_000_000


@pytest.mark.parametrize(
    ("table", "said", "hint"),
    [
        ("poeple", "there is no table 'poeple'", "did you mean 'people'?"),
        ("SELECT * FROM nope", 'relation "nope" does not exist', "--table"),
        ("SELECT 1; DROP TABLE people", 'syntax error at or near ";"', "--table"),
        ("SELECT 1) q; DROP TABLE people; --", 'syntax error at or near ")"', "--table"),
        ("a.b.c.d", "too many dotted names", "--table"),
    ],
)
def test_a_table_that_is_not_there(server: Server, names: RosterNames, table: str, said: str, hint: str) -> None:
    (problem,) = opened(names, server.by_socket, table=table).problems
    assert problem.code == "roster-database" and said in problem.message and hint in problem.hint


def test_nothing_is_written(server: Server, names: RosterNames) -> None:
    (problem,) = opened(names, server.by_socket, table="SELECT nextval('counter') AS person").problems
    assert "read-only transaction" in problem.message


def test_passwords_are_taken_from_where_postgresql_keeps_them(
    server: Server, names: RosterNames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.by_network("reader")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    assert "no password" in next(iter(opened(names, address, table="people").problems)).message
    (tmp_path / "pgpass").write_text(f"127.0.0.1:{server.port}:*:reader:p@ss/word\n")
    (tmp_path / "pgpass").chmod(0o600)
    assert opened(names, address, table="people").small
    (tmp_path / "pgpass").unlink()
    monkeypatch.setenv("PGPASSWORD", "p@ss/word")
    assert opened(names, address, table="people").small
    (denied,) = opened(names, address, table="holdings").problems
    assert denied.message == "permission denied for table holdings"


@pytest.mark.parametrize("address", ["right", "wrong", "unescaped", "unfinished", "database", "gone"])
def test_no_answer_repeats_a_password(server: Server, tmp_path: Path, address: str) -> None:
    of = {
        "right": server.by_network(password=PASSWORD),
        "wrong": server.by_network(password=PASSWORD + "x"),
        "unescaped": server.by_network(password="x@" + PASSWORD),
        "unfinished": server.by_network(password=PASSWORD + "/"),
        "database": server.by_network(password=PASSWORD, database="nobody"),
        "gone": server.by_network(password=PASSWORD).replace(str(server.port), "1"),
    }
    command = [sys.executable, "-m", "pmcareer", "team", "check", of[address], "--as-of", "2026-11-23"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert PASSWORD not in done.stdout + done.stderr
    if address == "right":
        assert done.returncode == 0 and f"postgresql://boss@127.0.0.1:{server.port}/postgres: 3 people" in done.stdout
    else:
        assert done.returncode == 4 and done.stdout == "" and done.stderr.count("\n") == 1
        assert done.stderr.startswith("Error: postgresql://") and done.stderr.endswith(")\n")


def test_without_the_extra_it_is_said_what_to_install(server: Server, tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['psycopg'] = None; from pmcareer.cli.main import run; run()"
    command = [sys.executable, "-c", hidden, "team", "check", server.by_socket]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 4 and 'pip install "pmcareer[team]"' in done.stderr and "Traceback" not in done.stderr
