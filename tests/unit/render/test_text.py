from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pmcareer.render.csv import defused, render_csv
from pmcareer.render.json import render_json
from pmcareer.render.markdown import render_markdown
from pmcareer.render.text import render_text
from pmcareer.views.report import Cell, Column, Lines, Report, Table, lines

PEOPLE = Table(
    (Column("Name", flexible=True), Column("Fee", "right")),
    ((Cell("Ada " * 30), Cell("150 USD")), (Cell("=SUM(A1)"), Cell("-5"))),
    "People",
)
REPORT = Report("Title", (PEOPLE, lines("Notes", ["one", "two"])), {"schema": "pmcareer.test/1"})


def test_tables_fit_the_width_by_wrapping_flexible_columns() -> None:
    assert max(len(line) for line in render_text(REPORT, width=40).splitlines()) <= 40


def test_titles_wider_than_what_stands_below_them_count() -> None:
    columns = (Column("Certification", flexible=True), Column("Status"), Column("Next", flexible=True))
    report = Report("", (Table(columns, ((Cell("PMP"), Cell("active"), Cell("renew in 365 days")),)),), {})
    assert max(len(line) for line in render_text(report, width=41).splitlines()) <= 41


def test_colour_only_on_request() -> None:
    report = Report("T", (lines("", ["bad"], "bad"),), {})
    assert "\x1b" not in render_text(report)
    assert "\x1b[31m" in render_text(report, colour=True)


@given(st.text())
def test_a_terminal_never_obeys_foreign_text(text: str) -> None:
    shown = render_text(Report("", (lines("", [text]),), {}))
    assert not any((c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in shown)


@example("\uff1dcmd|' /C calc'!A0")
@given(st.text(min_size=1))
def test_a_spreadsheet_never_computes_foreign_text(text: str) -> None:
    assert defused(text)[0] not in "=@\t\r\uff1d\uff0b\uff0d\uff20"
    if defused(text)[0] in "+-":
        float(text)


def test_csv_is_the_first_table() -> None:
    assert render_csv(REPORT).splitlines()[0] == "Name,Fee"
    assert "'=SUM(A1)" in render_csv(REPORT) and ",-5" in render_csv(REPORT)


def test_markdown_markup_in_data_is_escaped() -> None:
    report = Report("a|b", (lines("", ["<script>*x*"]),), {})
    assert render_markdown(report) == "# a\\|b\n\n- \\<script\\>\\*x\\*\n"


def test_json_is_the_document() -> None:
    assert render_json(REPORT) == '{\n  "schema": "pmcareer.test/1"\n}\n'


def test_bullets_of_a_tree_are_set_in_and_stay_so_where_they_wrap() -> None:
    tree = Lines((Cell("all of"), Cell("one two three", depth=1)))
    assert render_text(Report("", (tree,), {}), width=14) == "  - all of\n    - one two\n      three\n"
    assert render_markdown(Report("", (tree,), {})) == "- all of\n  - one two three\n"
