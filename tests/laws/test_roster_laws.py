"""The two ways to read a roster are one: plain Python and the database give the same rows, whatever the cells hold."""

from __future__ import annotations

import csv
import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.rosters import roster_names
from pmcareer.reading.rosters.opening import open_roster
from pmcareer.reading.rosters.roster import DayOrder, Roster, RosterNames, RosterOptions

pytest.importorskip("duckdb")

AS_OF = date(2026, 11, 23)
TABLES = ("people", "holdings", "set_aside")

PERSONS = st.sampled_from(["E1", "E2", "e2", " E1", "E 2", "", "E3\u00a0", "Ünal", "7"])
DAYS = st.sampled_from(
    [
        *("2024-05-01", "2024-05-01T00:00:00Z", "20240501", "01/05/2024", "5/1/2024", "1.5.2024", "31-12-2023"),
        *("1 May 2024", "01-MAY-2024", "May 1, 2024", "Sept 1 2024", "2024-02-30", "0000-01-01", "1949-12-31"),
        *("2024-05-01 00:00:00", "2024-05-01 09:30:00.5"),
        *("2030-01-01", "2300-01-01", "45000", "soon", "2024-5-1", "", "yes", "no", "X", "2024-05-01x"),
    ]
)
NAMES = st.sampled_from(
    ["PMP", "pmp", "Project Management Professional", "CSM", "psm i", "PSM 1", "First Aid", "it pm", "", "a:b", "(x)"]
)
ENTRY = st.one_of(
    st.builds("{}:{}".format, NAMES, DAYS),
    st.builds("{} ({})".format, NAMES, DAYS),
    st.builds(" {} [ {} ] ".format, NAMES, DAYS),
    NAMES,
)
LISTS = st.lists(ENTRY, max_size=4).flatmap(lambda e: st.sampled_from([";", "; ", "|", "\n"]).map(lambda s: s.join(e)))
FREE = st.text(st.characters(min_codepoint=9, max_codepoint=255, exclude_characters="\0\r"), max_size=12)
COLUMNS: dict[str, st.SearchStrategy[str]] = {
    "role": st.one_of(st.sampled_from(["project-manager", "Sr PM", "astronaut", "PM", ""]), FREE),
    "title": st.sampled_from(["SR PROJECT MGR", "TPM", "Janitor", "scrum master", ""]),
    "department": st.one_of(st.sampled_from(["IT", " IT ", ""]), FREE),
    "manager": PERSONS,
    "role_since": DAYS,
    "education": st.sampled_from(["bachelor", "Master", "BSc", ""]),
    "certifications": st.one_of(LISTS, FREE),
    "PMP": DAYS,
    "cert1": NAMES,
    "cert1_date": DAYS,
}
LONG: dict[str, st.SearchStrategy[str]] = {
    "department": st.sampled_from(["IT", "HR", ""]),
    "certification": NAMES,
    "earned": DAYS,
    "renewed": st.lists(DAYS, max_size=3).map(";".join),
    "route": st.sampled_from(["", "units"]),
    "issuer_says_expires": DAYS,
}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(roster_names(load_catalog()))


@dataclasses.dataclass
class Names:
    """The catalog's names; hypothesis would print them all where a law fails."""

    all: RosterNames = dataclasses.field(repr=False)


@st.composite
def tables(draw: st.DrawFn, columns: dict[str, st.SearchStrategy[str]]) -> list[list[str]]:
    kept = draw(st.lists(st.sampled_from(list(columns)), unique=True, min_size=1, max_size=5))
    if "certification" in columns and "certification" not in kept:
        kept.append("certification")
    if "cert1_date" in kept and "cert1" not in kept:
        kept.append("cert1")
    row = st.tuples(PERSONS, *(columns[name] for name in kept)).map(list)
    return [["person", *kept], *draw(st.lists(row, min_size=1, max_size=25))]


def written(folder: str, name: str, rows: Iterable[Iterable[str]]) -> Path:
    path = Path(folder) / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def plain_rows(roster: Roster, table: str) -> list[tuple[Any, ...]]:
    assert roster.small is not None
    rows = getattr(roster.small, table)
    return [tuple(_as_stored(getattr(row, field.name)) for field in dataclasses.fields(row)) for row in rows]


def _as_stored(value: object) -> object:
    """As a database has it: lists, and words for members of enumerations."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def database_rows(roster: Roster, table: str) -> list[tuple[Any, ...]]:
    assert roster.connection is not None
    return [tuple(row) for row in roster.connection.execute(f"SELECT * FROM {table}").fetchall()]


def assert_same(names: Names, path: Path, day_order: DayOrder, holdings: Path | None = None) -> None:
    options = RosterOptions(day_order=day_order, holdings=holdings, thorough=True)
    plain = open_roster(str(path), names.all, AS_OF, dataclasses.replace(options, engine="plain"))
    large = open_roster(str(path), names.all, AS_OF, dataclasses.replace(options, engine="duckdb"))
    assert [str(p) for p in plain.problems] == [str(p) for p in large.problems]
    for table in TABLES:
        assert sorted(map(repr, plain_rows(plain, table))) == sorted(map(repr, database_rows(large, table))), table
    assert_counted(plain, large)


def assert_counted(plain: Roster, large: Roster) -> None:
    """What the database says of findings in short, and of people and holdings by other ways, is what the rows say."""
    assert plain.small is not None
    findings = plain.small.set_aside
    counts = Counter((one.code, str(one.severity)) for one in findings)
    assert {(code, severity): n for code, severity, n in database_rows(large, "set_aside_counts") if n} == counts
    rows = [row[0] for row in database_rows(large, "first_set_aside(3)")]
    assert rows == sorted(one.source_row for one in findings)[:3]
    staff = [(row.person, row.title, row.department, row.location, row.manager) for row in plain.small.people]
    assert sorted(map(repr, staff)) == sorted(map(repr, database_rows(large, "staff")))
    by_item = "(SELECT source_row, person, i.* EXCLUDE (item) FROM holding_lines JOIN items i USING (item))"
    assert sorted(map(repr, plain_rows(plain, "holdings"))) == sorted(map(repr, database_rows(large, by_item)))


ORDERS = st.sampled_from(["iso", "us", "eu"])


@settings(max_examples=12)
@example([["person", "certifications"], ["E1", "pmp:2024-05-01;PMP : 2024-05-01; pmp (2024-05-01)"]], "iso")
@example([["person", "certifications"], ["E1", "pmp:2024-05-01T00:00:00Z;pmp (2024-05-01 00:00 ); csm:00:00"]], "iso")
@example([["person", "department"], ["E1", "IT"], ["E1", "HR"], ["E1", "IT"]], "iso")
@given(rows=tables(COLUMNS), day_order=ORDERS)
def test_one_row_a_person(names: Names, rows: list[list[str]], day_order: DayOrder) -> None:
    with TemporaryDirectory() as folder:
        assert_same(names, written(folder, "people.csv", rows), day_order)


@settings(max_examples=8)
@given(rows=tables(LONG), day_order=ORDERS)
def test_one_row_a_holding(names: Names, rows: list[list[str]], day_order: DayOrder) -> None:
    with TemporaryDirectory() as folder:
        assert_same(names, written(folder, "long.csv", rows), day_order)


FEW_DAYS = st.sampled_from(["", "2018-05-07", "2018-05-07", "2021-05-07"])
RENEWALS = st.lists(st.sampled_from(["2021-03-13", "2024-03-13", "2026-01-05"]), max_size=3).map(";".join)
ROUTES = st.sampled_from(["", "credits", "exam", "credits;exam", "exam; credits", ";exam", "exam;", "a;b;c"])
ISSUER = st.sampled_from(["", "", "2027-05-06", "2024-05-06"])
OF_ONE = st.tuples(st.sampled_from(["E1", "E2"]), st.sampled_from(["PMP", "pmp", "CSM"]), FEW_DAYS, RENEWALS, ROUTES)


@settings(max_examples=12)
@given(
    rows=st.lists(st.tuples(OF_ONE, ISSUER).map(lambda told: [*told[0], told[1]]), min_size=2, max_size=12),
    chance=st.randoms(use_true_random=False),
)
def test_rows_that_tell_of_one_holding(names: Names, rows: list[list[str]], chance: Random) -> None:
    """Both ways unite them alike, and in whatever order the rows stand."""
    header = ["person", "certification", "earned", "renewed", "route", "issuer_says_expires"]
    shuffled = chance.sample(rows, len(rows))
    with TemporaryDirectory() as folder:
        held = []
        for name, own in (("long.csv", rows), ("shuffled.csv", shuffled)):
            path = written(folder, name, [header, *own])
            assert_same(names, path, "iso")
            roster = open_roster(str(path), names.all, AS_OF, RosterOptions(engine="plain"))
            held.append(sorted(repr(row[1:]) for row in plain_rows(roster, "holdings")))
        assert held[0] == held[1]


@settings(max_examples=4)
@given(rows=st.lists(st.lists(st.tuples(FEW_DAYS, RENEWALS, ROUTES), min_size=3, max_size=3), min_size=1, max_size=4))
def test_cells_that_tell_of_one_holding(names: Names, rows: list[list[tuple[str, str, str]]]) -> None:
    header = [f"cert{n}{part}" for n in (1, 2, 3) for part in ("", "_date", "_renewed", "_route")]
    told = [
        [f"E{n}", *(cell for own in row for cell in ("PMP", *own)), "PMP; pmp:2018-05-07"] for n, row in enumerate(rows)
    ]
    with TemporaryDirectory() as folder:
        assert_same(names, written(folder, "wide.csv", [["person", *header, "certifications"], *told]), "iso")


@settings(max_examples=6)
@example(
    [["person", "department"], ["E1", "IT"]],
    [["person", "certification"], ["E1", "PMP"], ["E1", "PMP"], ["", "PMP"]],
    "iso",
)
@example(
    [["person", "certifications"], ["E2", ""], ["E1", "pmp"]],
    [["person", "certification"], ["E1", "PMP"]],
    "iso",
)
@given(
    people=tables({name: COLUMNS[name] for name in ("department", "manager", "certifications")}),
    held=tables(LONG),
    day_order=ORDERS,
)
def test_people_and_holdings_apart(
    names: Names, people: list[list[str]], held: list[list[str]], day_order: DayOrder
) -> None:
    with TemporaryDirectory() as folder:
        assert_same(names, written(folder, "p.csv", people), day_order, written(folder, "h.csv", held))


@settings(max_examples=6)
@given(rows=tables(COLUMNS), cut=st.integers(0, 3))
def test_ragged_rows(names: Names, rows: list[list[str]], cut: int) -> None:
    rows[-1] = rows[-1][: len(rows[-1]) - cut] if cut < 3 else [*rows[-1], "more"]
    with TemporaryDirectory() as folder:
        assert_same(names, written(folder, "ragged.csv", rows), "iso")
