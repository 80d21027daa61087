from __future__ import annotations

import textwrap
from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st
from tabulate import tabulate

from pmcareer.render.csv import defused, render_csv
from pmcareer.render.json import render_json
from pmcareer.render.markdown import render_markdown
from pmcareer.render.text import render_text
from pmcareer.views.report import Cell, Column, Lines, Report, Table, Tone, lines

PEOPLE = Table(
    (Column("Name", flexible=True), Column("Fee", "right")),
    ((Cell("Ada " * 30), Cell("150 USD")), (Cell("=SUM(A1)"), Cell("-5"))),
    "People",
)
REPORT = Report("Title", (PEOPLE, lines("Notes", ["one", "two"])), {"schema": "pmcareer.test/1"})


def test_tables_fit_the_width_by_wrapping_flexible_columns() -> None:
    assert max(len(line) for line in render_text(REPORT, width=40).splitlines()) <= 40


_TONES: tuple[Tone, ...] = ("plain", "good", "dim")
_ALIGN: tuple[Literal["left", "right"], ...] = ("left", "right")


def _tables(alphabet: str) -> st.SearchStrategy[Table]:
    words = st.lists(st.text(alphabet, min_size=1, max_size=9), max_size=9).map(" ".join)
    columns = st.lists(
        st.builds(Column, words.map("T{}".format), st.sampled_from(_ALIGN), st.just(True)), min_size=1, max_size=4
    )
    cells = st.builds(Cell, words, st.sampled_from(_TONES))

    def filled(columns: list[Column]) -> st.SearchStrategy[Table]:
        named = cells.filter(lambda cell: cell.text)  # tabulate drops rows of which nothing is to be seen
        rows = st.lists(st.tuples(named, *[cells] * (len(columns) - 1)), min_size=1, max_size=4)
        return rows.map(lambda rows: Table(tuple(columns), tuple(rows)))

    return columns.flatmap(filled)


@given(_tables("ab1.-ü"), st.integers(20, 70), st.booleans())
@example(Table((Column("Wide"),), ((Cell("資格"),), (Cell("a"),))), 1_000, False)
def test_tables_are_those_of_tabulate(table: Table, width: int, colour: bool) -> None:
    """The standard library wraps the cells: to the widths that our rule has, for how narrow is ours to choose."""
    shown = render_text(Report("", (table,), {}), width=width, colour=colour).rstrip().splitlines()
    limits = [len(rule) for rule in shown[1].split()]
    texts = [
        [_as_tabulate_takes_it(one, limit, colour) for one, limit in zip(row, limits, strict=True)]
        for row in table.rows
    ]
    titles, aligns = [column.title for column in table.columns], [column.align for column in table.columns]
    theirs = tabulate(texts, titles, tablefmt="simple", disable_numparse=True, colalign=aligns)
    assert shown == [line.rstrip() for line in theirs.rstrip().splitlines()]


def _as_tabulate_takes_it(cell: Cell, limit: int, colour: bool) -> str:
    codes = {"good": "\x1b[32m", "dim": "\x1b[2m"} if colour else {}
    code = codes.get(cell.tone, "")
    lines_ = textwrap.wrap(cell.text, limit, break_on_hyphens=False) or [""]
    return "\n".join(f"{code}{line}\x1b[0m" if code and line else line for line in lines_)


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


@given(st.text(min_size=1))
def test_a_spreadsheet_never_computes_foreign_text(text: str) -> None:
    assert defused(text)[0] not in "=@\t\r"
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
