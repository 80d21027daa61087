"""Reports as workbooks, read back by another library: types, filters, colours, names of sheets, hostile texts."""

from __future__ import annotations

import io
import sys
from typing import Any

import openpyxl
import pytest

from pmcareer.errors import MissingExtraError, UsageError
from pmcareer.render import xlsx
from pmcareer.render.xlsx import render_xlsx
from pmcareer.views.report import Cell, Column, Lines, Report, Table


def book(*blocks: Table | Lines, title: str = "Holdings") -> Any:
    data = render_xlsx(Report(title, blocks, {"as_of": "2026-11-23"}))
    return openpyxl.load_workbook(io.BytesIO(data))


def table(*rows: tuple[Cell, ...], numbers: bool = False, title: str = "T") -> Table:
    columns = tuple(Column(f"c{n}", "right" if numbers else "left") for n in range(len(rows[0])))
    return Table(columns, rows, title)


def only(text: str, *, numbers: bool = False) -> Any:
    return book(table((Cell(text),), numbers=numbers)).worksheets[0]["A2"]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1,234,567", 1234567, "#,##0"),
        ("-3", -3, "#,##0"),
        ("13.54", 13.54, "#,##0.00##"),
        ("1,160 USD", 1160, '#,##0.00 "USD"'),
        ("93.50 GBP", 93.5, '#,##0.00 "GBP"'),
    ],
)
def test_numbers_are_numbers_where_the_column_is_one_of_numbers(text: str, value: float, shown: str) -> None:
    cell = only(text, numbers=True)
    assert (cell.value, cell.number_format) == (value, shown)
    assert only(text).value == text and only(text).data_type == "s"


@pytest.mark.parametrize("text", ["007", "1,23", "≥ 1,160 USD", "1e5", "٣", "no plan", "NaN", "1 234"])
def test_what_only_looks_like_a_number_stays_text(text: str) -> None:
    assert only(text, numbers=True).value == text


def test_days_are_days() -> None:
    cell = only("2028-06-14")
    assert (str(cell.value), cell.number_format) == ("2028-06-14 00:00:00", "yyyy-mm-dd")


@pytest.mark.parametrize("text", ["2026-02-30", "1899-12-31", "on 2026-01-01", "2026-1-1"])
def test_what_is_no_day_that_excel_knows_stays_text(text: str) -> None:
    assert only(text).value == text


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.example","y")', "+1", "-x", "@SUM(1)", "=cmd|'/c'!A1"])
def test_nothing_becomes_a_formula_not_even_when_edited(text: str) -> None:
    cell = only(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True) and cell.hyperlink is None


def test_addresses_do_not_become_links_and_control_characters_go() -> None:
    cell = only("http://evil.example\x1b[31m\x00")
    assert cell.hyperlink is None and cell.value == "http://evil.example [31m "
    assert only("a\ud800b").value == "a?b"
    assert len(only("x" * 40_000).value) == 32_000


def test_header_filter_and_frozen_row() -> None:
    sheet = book(table((Cell("a"), Cell("b")), (Cell("c"), Cell("d")))).worksheets[0]
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet["A1"].font.bold) == ("A1:B3", "A2", True)


def test_a_column_of_statuses_is_coloured_by_rules() -> None:
    rows = [(Cell("ann"), Cell("expired", "bad")), (Cell("bob"), Cell("active", "good"))] * 3
    sheet = book(table(*rows)).worksheets[0]
    (area,) = sheet.conditional_formatting
    rules = {rule.formula[0]: rule.dxf.font.color.rgb for rule in area.rules}
    assert str(area.sqref) == "B2:B7" and rules == {'"expired"': "FF9B1C1C", '"active"': "FF1E6B34"}
    assert sheet["B2"].fill.fgColor.rgb in ("00000000", None)  # a rule colours it: another status, another colour


def test_a_single_toned_cell_has_its_own_colour() -> None:
    sheet = book(table((Cell("3", "bad"),), (Cell("3"),), numbers=True)).worksheets[0]
    assert sheet["A2"].fill.fgColor.rgb == "FFFBE3E3" and sheet["A3"].fill.fgColor.rgb == "00000000"


def test_names_of_sheets() -> None:
    titles = ["By [dep]/x:*?\\", "by  dep", "x" * 40, "x" * 40, "History", "'", "", "About"]
    blocks = [table((Cell("a"),), title=title) for title in titles]
    names = book(*blocks).sheetnames
    assert names[0] == "By  dep  x" and names[2] == "x" * 31 and names[3] == "x" * 29 + " 2"
    assert len({name.lower() for name in names}) == len(titles) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in {name.lower() for name in names}


def test_texts_stand_on_the_last_sheet_and_empty_tables_nowhere() -> None:
    empty = Table((Column("c"),), (), "Nothing")
    made = book(empty, Lines((Cell("One line"), Cell("=2")), "Notes"), title="The answer")
    (sheet,) = made.worksheets
    assert [cell.value for (cell,) in sheet.iter_rows()] == ["The answer", None, "Notes", "One line", "=2"]


def test_the_same_report_gives_the_same_bytes() -> None:
    report = Report("R", (table((Cell("a"),)),), {"as_of": "2026-11-23"})
    assert render_xlsx(report) == render_xlsx(report)
    created = openpyxl.load_workbook(io.BytesIO(render_xlsx(report))).properties.created
    assert str(created) == "2026-11-23 00:00:00"


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    book(table((Cell("a"),), (Cell("b"),)))
    with pytest.raises(UsageError, match="no more than 2 rows"):
        book(table((Cell("a"),), (Cell("b"),), (Cell("c"),)))


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError) as raised:
        render_xlsx(Report("R", (), {}))
    assert raised.value.hint == 'pip install "pmcareer[xlsx]"'
