"""Rosters in every form that they come in, each holding what was written by hand beside it."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.rosters import roster_names
from pmcareer.model.rosters import HoldingRow, SmallRoster
from pmcareer.reading.rosters.opening import open_roster
from pmcareer.reading.rosters.roster import Roster, RosterNames, RosterOptions
from pmcareer.reading.rosters.set_aside import rows_set_aside

AS_OF = date(2026, 11, 23)
HELD = {("E1", "pmp", date(2020, 5, 1)), ("E1", "csm", None), ("E2", "capm", date(2024, 9, 12))}


@pytest.fixture(scope="module")
def names() -> RosterNames:
    return roster_names(load_catalog())


def opened(names: RosterNames, path: Path, **options: object) -> Roster:
    roster = open_roster(str(path), names, AS_OF, RosterOptions(**options))  # type: ignore[arg-type]
    assert [str(problem) for problem in roster.problems.errors] == []
    return roster


def small(roster: Roster) -> SmallRoster:
    assert roster.small is not None
    return roster.small


def held(rows: tuple[HoldingRow, ...]) -> set[tuple[str, str, date | None]]:
    return {(row.person, row.certification, row.earned) for row in rows}


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("person,certifications\nE1,pmp:2020-05-01; CSM\nE2,CAPM (2024-09-12)\n", {}),
        ("person;certifications\r\nE1;PMP [1 May 2020]|csm\r\nE2;capm:20240912\r\n", {}),
        ("person,certifications\nE1,pmp:2020-05-01 00:00:00;csm\nE2,CAPM (2024-09-12T00:00:00Z)\n", {}),
        ("person\tcertifications\nE1\tpmp:5/1/2020|csm\nE2\tcapm:9/12/2024\n", {"day_order": "us"}),
        ('person,certifications\nE1,"pmp:01.05.2020\ncsm"\nE2,capm:12.09.2024\n', {"day_order": "eu"}),
        ("person,cert1,cert1_date,cert2\nE1,PMP,2020-05-01,CSM\nE2,capm,2024-09-12,\n", {}),
        ("person,PMP,CSM,CAPM\nE1,2020-05-01,yes,no\nE2,,,2024-09-12\n", {}),
        ("person,certification,earned\nE1,pmp,2020-05-01\nE1,csm,\nE2,capm,2024-09-12\n", {}),
    ],
    ids=["comma", "semicolon", "timed", "tab-us", "newline-eu", "numbered", "named", "long"],
)
def test_csv_in_its_forms(names: RosterNames, tmp_path: Path, text: str, options: dict[str, str]) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = small(opened(names, path, **options))
    assert held(found.holdings) == HELD
    assert [row.person for row in found.people] == ["E1", "E2"] and found.set_aside == ()


@pytest.mark.parametrize(
    ("encoded", "declared"),
    [
        (codecs.BOM_UTF8 + "person,department\nE1,Zürich\n".encode(), ""),
        ("person,department\nE1,Zürich\n".encode("utf-16"), ""),
        ("person,department\nE1,Zürich\n".encode("cp1252"), "cp1252"),
    ],
    ids=["bom", "utf-16", "cp1252"],
)
def test_encodings(names: RosterNames, tmp_path: Path, encoded: bytes, declared: str) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(encoded)
    assert small(opened(names, path, encoding=declared)).people[0].department == "Zürich"


def test_a_workbook_with_real_dates(names: RosterNames, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "People"
    for row in (["person", "hired", "department"], [1001.0, date(2019, 4, 3), "IT"], [1002, "2020-01-01", None]):
        book.active.append(row)
    sheet = book.create_sheet("Holdings")
    for row in (["person", "certification", "earned"], [1001, "PMP", date(2020, 5, 1)], [9, "PMP", None]):
        sheet.append(row)
    book.save(tmp_path / "staff.xlsx")
    found = small(opened(names, tmp_path / "staff.xlsx"))
    assert [(row.person, row.hired) for row in found.people] == [("1001", date(2019, 4, 3)), ("1002", date(2020, 1, 1))]
    assert held(found.holdings) == {("1001", "pmp", date(2020, 5, 1))}
    assert [(one.source_row, one.code) for one in found.set_aside] == [(3, "roster-person-unknown")]


def test_yaml_with_nested_certifications(names: RosterNames, tmp_path: Path) -> None:
    path = tmp_path / "staff.yaml"
    path.write_text(
        "people:\n"
        "  - person: E1\n    role: project-manager\n"
        "    certifications: [{id: pmp, earned: 2020-05-01, renewed: [2023-04-30]}]\n"
        "  - person: E2\n    certifications: [capm:2024-09-12, csm]\n",
        encoding="utf-8",
    )
    found = small(opened(names, path))
    assert [row.role for row in found.people] == ["project-manager", None]
    assert held(found.holdings) == {("E1", "pmp", date(2020, 5, 1)), *HELD} - {("E1", "csm", None)} | {
        ("E2", "csm", None)
    }
    assert [row.renewed for row in found.holdings if row.person == "E1"] == [(date(2023, 4, 30),)]


def test_parquet(names: RosterNames, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "staff.parquet"
    duckdb.execute(
        "COPY (SELECT * FROM (VALUES ('E1', DATE '2019-04-03', ['pmp:2020-05-01', 'CSM']), "
        f"('E2', NULL, ['capm:2024-09-12'])) t(person, hired, certifications)) TO '{path}' (FORMAT parquet)"
    )
    roster = opened(names, path)
    assert roster.connection is not None
    rows = roster.connection.execute("SELECT person, certification, earned FROM holdings").fetchall()
    assert set(rows) == HELD
    assert roster.connection.execute("SELECT source_row, hired FROM people ORDER BY 1").fetchall() == [
        (1, date(2019, 4, 3)),
        (2, None),
    ]


def test_what_is_set_aside_can_be_mended_and_fed_again(names: RosterNames, tmp_path: Path) -> None:
    from pmcareer.render.csv import csv_rows

    path, mended = tmp_path / "staff.csv", tmp_path / "mended.csv"
    path.write_text("person,department,certifications\nE1,=1+1,pmmp:2020-05-01\nE2,IT,csm\n", encoding="utf-8")
    text = "".join(csv_rows(rows_set_aside(opened(names, path))))
    assert "E2" not in text and "'=1+1" in text
    mended.write_text(text.replace("pmmp", "pmp"), encoding="utf-8")
    found = small(opened(names, mended))
    assert found.people[0].department == "=1+1"
    assert held(found.holdings) == {("E1", "pmp", date(2020, 5, 1))} and found.set_aside == ()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_rows_of_large_rosters_are_set_aside_too(names: RosterNames, tmp_path: Path, form: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / f"staff.{form}"
    table = "(VALUES ('E1', 'csm:2020-05-01'), ('E2', 'pmmp:2020-05-01'), ('E3', 'capm')) t(person, certifications)"
    duckdb.execute(f"COPY (SELECT * FROM {table}) TO '{path}' (FORMAT {form})")
    header, *rows = rows_set_aside(opened(names, path, engine="duckdb"))
    assert header[:2] == ("person", "certifications")
    assert [row[:2] for row in rows] == [("E2", "pmmp:2020-05-01")]


def test_what_is_no_text_is_found_in_columns_that_are_only_looked_at_later(names: RosterNames, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    path = tmp_path / "staff.csv"
    path.write_bytes("person,department\nE1,IT\nE2,Zürich\n".encode("cp1252"))
    roster = open_roster(str(path), names, AS_OF, RosterOptions(engine="duckdb"))
    assert [problem.code for problem in roster.problems] == ["roster-encoding"]


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_a_word_for_nothing_may_have_a_separator_in_it(names: RosterNames, tmp_path: Path, engine: str) -> None:
    pytest.importorskip("duckdb")
    path, mapping = tmp_path / "staff.csv", tmp_path / "mapping.yaml"
    path.write_text('person,certifications,PMP\nE1,n;a,-\nE2,n;csm,2020-05-01\nE3," n;a ",yes\n', encoding="utf-8")
    mapping.write_text("values: {blank: ['n;a', '-']}\n", encoding="utf-8")
    roster = open_roster(str(path), names, AS_OF, RosterOptions(engine=engine, mapping=mapping))  # type: ignore[arg-type]
    table = "(SELECT person, certification FROM holdings)"
    rows = roster.connection.execute(table).fetchall() if roster.connection else held(small(roster).holdings)
    assert {row[:2] for row in rows} == {("E2", "csm"), ("E2", "pmp"), ("E3", "pmp")}


@pytest.mark.parametrize("header", ["Ann Smith,pmp:2025-01-01,Leeds", "Ann Smith,pmp,Leeds,Leeds"])
def test_a_first_row_that_is_no_header_goes_into_no_message(names: RosterNames, tmp_path: Path, header: str) -> None:
    (tmp_path / "staff.csv").write_text(f"{header}\n{header}\n", encoding="utf-8")
    problems = open_roster(str(tmp_path / "staff.csv"), names, AS_OF, RosterOptions()).problems
    assert any("is there a header?" in one.message for one in problems)
    assert not any(word in str(one) for one in problems for word in ("Ann", "Leeds", "pmp"))


def test_names_of_columns_are_named(names: RosterNames, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("Kennung,Certs,Ort\nann,pmp,x\n", encoding="utf-8")
    problems = open_roster(str(tmp_path / "staff.csv"), names, AS_OF, RosterOptions()).problems
    assert "there are 'Kennung', 'Certs', 'Ort'" in problems.errors[0].message
