"""Cells whose formulas have no saved result are told of, not read as empty; other columns may have them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pmcareer.problems import Problems
from pmcareer.reading.rosters.formulas import column_of, formulas_without_results
from pmcareer.reading.rosters.workbooks import read_workbook


@pytest.mark.parametrize(("cell", "column"), [("A1", 0), ("Z9", 25), ("AA10", 26), ("AZ3", 51), ("BA3", 52)])
def test_columns_are_counted_as_spreadsheets_do(cell: str, column: int) -> None:
    assert column_of(cell) == column


def test_formulas_are_found_on_their_own_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("A & B")
    first.append(["person", "certifications", "age"])
    first.append(["ann", "=A2&B1", "=1+1"])
    second.append(["person", "text of =1+1"])
    book.save(tmp_path / "staff.xlsx")
    with (tmp_path / "staff.xlsx").open("rb") as file:
        assert formulas_without_results(file, "Sheet") == ["B2", "C2"]
        assert formulas_without_results(file, "A & B") == []


@pytest.mark.parametrize(("used", "told"), [((0, 1), "a cell holds a formula"), ((1, 2), "2 cells"), ((0,), "")])
def test_only_columns_that_are_used_matter(tmp_path: Path, used: tuple[int, ...], told: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place, value in {"C4": "person", "D4": "certifications", "E4": "age", "D5": "=1", "E5": "=2"}.items():
        sheet[place] = value
    book.save(tmp_path / "staff.xlsx")
    problems = Problems()
    (table,) = read_workbook(tmp_path / "staff.xlsx", "", "", problems)
    assert table.header == ("person", "certifications", "age")
    table.refuse_unreckoned(used, problems)
    assert [told in one.message and "D5" in one.message for one in problems] == [True] * bool(told)


def test_what_a_spreadsheet_program_saved_is_read(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "staff.xlsx"))
    sheet = book.add_worksheet("people")
    sheet.write_row(0, 0, ["person", "certifications"])
    sheet.write_formula(1, 0, '="a"&"nn"', None, "ann")
    book.close()
    problems = Problems()
    (table,) = read_workbook(tmp_path / "staff.xlsx", "", "", problems)
    assert table.unreckoned == () and list(table.records()) == [(2, ["ann", None])]
