"""Pages as HTML: well formed for a parser that is not ours, self-contained, harmless whatever the data say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.pages import allowed_hash, made, read, table_under, text_of, violations
from tests.people import GOAL_AND_HOLDINGS, NASTY_CATALOG, NASTY_TITLES, nasty_profile

from pmcareer.errors import MissingExtraError
from pmcareer.render.html import render_html, render_page
from pmcareer.views.page import Chart, Fact, Page, Section, page_of, report_of
from pmcareer.views.report import Cell, Column, Report, Table, lines

TABLE = Table((Column("What", flexible=True), Column("How many", "right")), ((Cell("a & b"), Cell("3", "bad")),))
REPORT = Report("Title <1>", (TABLE, lines("Notes", ["one", "two"]), lines("Empty", [])), {"as_of": "2026-11-23"})


def test_any_report_is_a_page() -> None:
    page = render_html(REPORT)
    tree = read(page)
    assert violations(page) == []
    assert [text_of(one) for one in tree.iter("h1")] == ["Title <1>"]
    assert [text_of(one) for one in tree.iter("h2")] == ["Notes"]
    assert [[text_of(cell) for cell in row.iter("td")] for row in tree.iter("tr")][1:] == [["a & b", "3"]]
    assert [text_of(one) for one in tree.iter("li")] == ["one", "two"]
    assert "As of 2026-11-23" in text_of(tree)


def test_a_page_without_pictures_has_all_its_words() -> None:
    chart = Chart("Picture", {}, {}, "A picture.", TABLE)
    page = Page("T", "S", (Fact("Cost", "3 USD", "note"),), (Section("Part", "part", (chart,)),), (), {})
    flat = report_of(page)
    assert [block.title for block in flat.blocks] == ["", "Picture"]
    assert flat.blocks[1] == Table(TABLE.columns, TABLE.rows, "Picture")
    assert page_of(REPORT).sections[0].blocks == (TABLE,)


@pytest.mark.parametrize("command", [("plan", "--brief"), ("renewals", "--details")], ids=" ".join)
def test_answers_are_pages_by_the_ending_of_the_file(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(GOAL_AND_HOLDINGS, encoding="utf-8")
    page = made(tmp_path, *command)
    assert violations(page) == []
    assert len(list(read(page).iter("tbody"))) >= 1


def test_what_data_say_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(nasty_profile(), encoding="utf-8")
    for name, text in NASTY_CATALOG.items():
        (tmp_path / "overlay" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "overlay" / name).write_text(text, encoding="utf-8")
    overlay = ("--catalog", "overlay")
    for command in (("report", *overlay), ("map", *overlay, "--to", "evil")):
        page = made(tmp_path, *command)
        tree = read(page)
        assert violations(page) == []
        assert "{{ 7*7 }}" in text_of(tree) and "49 " not in text_of(next(tree.iter("h1")))
        scripts = [one.text for one in tree.iter("script")]
        policy = next(m.attrib["content"] for m in tree.iter("meta") if "http-equiv" in m.attrib)
        assert len(scripts) == (command[0] == "map")
        assert all(allowed_hash(script) in policy for script in scripts)
    shown = text_of(read(made(tmp_path, "report", *overlay)))
    assert [title for title in NASTY_TITLES if " ".join(title.split()) not in shown] == []


def test_an_address_that_would_run_something_is_no_link() -> None:
    from pmcareer.views.page import SourceNote

    sources = (
        SourceNote(1, "Bad", "official", "", "javascript:alert(1)"),
        SourceNote(2, "Good", "official", "", "https://a.example/?a=1&b"),
    )
    page = render_page(Page("T", "", (), (), sources, {}))
    links = [one.attrib["href"] for one in read(page).iter("a") if "url" in one.attrib.get("class", "")]
    assert links == ["https://a.example/?a=1&b"]
    assert "javascript:alert(1)" in text_of(read(page))


@pytest.mark.parametrize("missing", ["jinja2", "vl_convert"])
def test_a_missing_library_is_named_with_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmcareer.render import html

    monkeypatch.setitem(sys.modules, missing, None)
    html._environment.cache_clear()
    html.stylesheet.cache_clear()
    chart = Chart("Picture", {"mark": "bar"}, {"mark": "bar"}, "A picture.", TABLE)
    try:
        with pytest.raises(MissingExtraError) as told:
            render_page(Page("T", "", (), (Section("Part", "part", (chart,)),), (), {}))
        assert told.value.hint == 'pip install "pmcareer[report]"'
    finally:
        html._environment.cache_clear()


def test_tables_of_sections_are_found_by_their_headings(tmp_path: Path) -> None:
    """The tests' own reader: it must be able to fail."""
    page = render_html(Report("T", (lines("Other", ["x"]), Table(TABLE.columns, TABLE.rows, "Here")), {}))
    assert table_under(read(page), "Here") == [["a & b", "3"]]
    with pytest.raises(StopIteration):
        table_under(read(page), "Nowhere")
