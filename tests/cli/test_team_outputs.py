"""Every team command in every medium: text, Markdown, CSV, JSON, HTML and workbook, with one hostile staff."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from tests.cli.in_process import invoke

EVIL = "=HYPERLINK(1)<script>alert(1)</script>|`x`\x1b[31m"
ROSTER = f"""\
person,manager,role,department,location,role_since,education,certifications
{EVIL},boss,project-manager,{EVIL}D,Leeds,2018-01-01,bachelor,pmp:2022-03-01;prince2-foundation:2015-03-10
007,boss,project-manager,Delivery,Leeds,2018-01-01,bachelor,pmp:2025-03-01
"""
COMMANDS = {
    "status": (),
    "coverage": ("--by", "department"),
    "forecast": (),
    "readiness": ("--target", "senior-project-manager"),
    "replay": ("--rules-before", "2022-12-31", "--rules-after", "2023-01-01"),
    "what-if": ("--promote", f"{EVIL}=senior-project-manager", "--target", "senior-project-manager"),
    "budget": ("--target", "senior-project-manager"),
}
# Where the answer names people, or departments by names of their choosing.
NAMES = [name for name in COMMANDS if name not in ("forecast",)]


def run(folder: Path, command: str, *options: str) -> str:
    (folder / "staff.csv").write_text(ROSTER, encoding="utf-8")
    amount = ["9999"] if command == "budget" else []
    arguments = ["team", command, *amount, "staff.csv", "--as-of", "2026-11-23", *COMMANDS[command], *options]
    done = invoke(folder, *arguments)
    assert done.code == 0, done.error
    return done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_html_is_one_page_without_a_script(command: str, tmp_path: Path) -> None:
    run(tmp_path, command, "-o", "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "<script" not in page and "\x1b" not in page
    assert command not in NAMES or "&lt;script&gt;" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_the_workbook_has_its_rows_first(command: str, tmp_path: Path) -> None:
    """As many rows as the CSV has, under the same heads; hostile names as plain texts."""
    sheet = list(csv.reader(io.StringIO(run(tmp_path, command, "--format", "csv"))))
    run(tmp_path, command, "-o", "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = list(book.worksheets[0].iter_rows())
    assert [cell.value for cell in rows[0]] == sheet[0] and len(rows) == len(sheet) > 1
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert 7 not in [cell.value for cell in cells if cell.column == 1]  # the id 007 keeps its noughts


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_markdown_text_and_json(command: str, tmp_path: Path) -> None:
    assert "\n=" not in run(tmp_path, command, "--format", "csv")
    assert "<script>" not in run(tmp_path, command, "--format", "markdown")
    assert "\x1b" not in run(tmp_path, command)
    answer = json.loads(run(tmp_path, command, "--format", "json"))
    assert answer["schema"] == f"pmcareer.team-{command}/1" and answer["as_of"] == "2026-11-23"


def test_a_workbook_of_any_other_answer(tmp_path: Path) -> None:
    done = invoke(tmp_path, "catalog", "list", "roles", "-o", "roles.xlsx")
    assert done.code == 0, done.error
    values = [
        cell.value for row in openpyxl.load_workbook(tmp_path / "roles.xlsx").worksheets[0].iter_rows() for cell in row
    ]
    assert "project-manager" in values


def test_statuses_are_coloured_and_days_are_days(tmp_path: Path) -> None:
    run(tmp_path, "status", "-o", "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Holdings"]
    ends = {row[1].value: row[3] for row in sheet.iter_rows(min_row=2) if row[0].value == "007"}
    assert str(ends["pmp"].value) == "2028-02-29 00:00:00"  # 1 March 2025, three years, the eve
    assert ends["pmp"].number_format == "yyyy-mm-dd"
    coloured = {rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules}
    assert '"expired"' in coloured or '"suspended"' in coloured


def test_the_page_of_a_meeting_begins_with_a_chart(tmp_path: Path) -> None:
    """Three holdings: a PMP that runs, one that is lost, and a PRINCE2 Foundation past its last day."""
    run(tmp_path, "status", "-o", "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.index("<svg") < page.index("<table>") and "1 active, 1 expired, 1 noted." in page
    run(tmp_path, "forecast", "-o", "y.html")  # the one PMP that runs ends on 29 February 2028
    assert "Most in 2028-Q1: 1." in (tmp_path / "y.html").read_text(encoding="utf-8")
