"""Files of titles: one a line where no column says otherwise, and what was assumed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmcareer.problems import Problems
from pmcareer.reading.rosters.title_lists import TitleList, read_titles

COMMAS = "Manager, project, IT"


def _read(folder: Path, name: str, text: str) -> TitleList:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    listed = read_titles(path, problems)
    assert not problems.found
    return listed


@pytest.mark.parametrize(
    ("name", "text", "titles"),
    [
        ("a.txt", f"{COMMAS}\nDirector, clinical, UK\n", (COMMAS, "Director, clinical, UK")),
        ("a.csv", f"{COMMAS}\nPM\n", (COMMAS, "PM")),
        ("one.csv", COMMAS, (COMMAS,)),
        ("mixed.txt", "Manager, project; IT\nPM\n", ("Manager, project; IT", "PM")),
        ("quoted.txt", f'PM\n"{COMMAS}"\nPM\n', ("PM", COMMAS)),
        ("headed.csv", f"title\n{COMMAS}\nPM\n", (COMMAS, "PM")),
    ],
)
def test_commas_stand_in_titles(tmp_path: Path, name: str, text: str, titles: tuple[str, ...]) -> None:
    listed = _read(tmp_path, name, text)
    assert listed.titles == titles
    assert len(listed.notes) == 1 and "read as one title" in listed.notes[0]


def test_a_column_of_titles_is_a_column(tmp_path: Path) -> None:
    listed = _read(tmp_path, "staff.csv", f'person,Job Title\nann,"{COMMAS}"\nbob,PM\n')
    assert listed == TitleList((COMMAS, "PM"))


def test_titles_that_may_be_cut_are_told_of(tmp_path: Path) -> None:
    listed = _read(tmp_path, "staff.csv", f"title,person\n{COMMAS},ann\nPM,bob\n")
    assert listed.titles == ("Manager", "PM")
    assert "1 row has more or fewer cells" in listed.notes[0]


def test_a_table_without_titles_is_none_and_its_first_row_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("Ann Smith,pmp,Leeds\nBob Hill,capm,York\n", encoding="utf-8")
    problems = Problems()
    assert read_titles(tmp_path / "d.csv", problems) == TitleList()
    assert [one.code for one in problems] == ["roster-column-missing"]
    assert "Ann" not in str(problems.found[0])
