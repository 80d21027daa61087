"""``plan -o FILE``: the ending chooses what other planners read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF

ASKED = (
    "plan",
    "--from",
    "project-coordinator",
    "--hold",
    "capm:2026-03-01",
    "--to",
    "project-manager",
    "--as-of",
    AS_OF,
)
FIRST = {
    "plan.xml": b"<?xml",
    "plan.mmd": b"gantt\n",
    "plan.puml": b"@startgantt",
    "plan.tjp": b"project career",
    "plan.xlsx": b"PK",
}


@pytest.mark.parametrize("name", FIRST)
def test_the_ending_chooses_the_format_and_the_same_is_the_same(tmp_path: Path, name: str) -> None:
    written = []
    for _ in range(2):
        done = invoke(tmp_path, *ASKED, "-o", name)
        assert done.code == 0 and done.out == "" and "Project manager" in done.notes
        written.append((tmp_path / name).read_bytes())
    assert written[0].startswith(FIRST[name]) and written[0] == written[1]
    assert b"Become Project manager" in written[0] or "Gantt" in str(
        zipfile.ZipFile(tmp_path / name).read("xl/workbook.xml")
    )


@pytest.mark.parametrize("format_", ["jira", "trello"])
def test_cards_go_to_standard_output(tmp_path: Path, format_: str) -> None:
    done = invoke(tmp_path, *ASKED, "--format", format_)
    assert done.code == 0 and "Become Project manager" in done.out


def test_no_plan_makes_no_file(tmp_path: Path) -> None:
    done = invoke(tmp_path, "plan", "--from", "cto", "--to", "newcomer", "-o", "plan.xml")
    assert "no plan" in done.out and not (tmp_path / "plan.xml").exists()
    assert invoke(tmp_path, *ASKED, "--pareto", "-o", "plan.xml").code == 2
