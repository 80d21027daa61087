"""No command writes over what it reads: refused with both options named, and every byte as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.cli.in_process import invoke

ROSTER = "person,certifications\nann,pmp:2025-03-01\nbob,nonsense:2020-01-01\n"
FILES = {
    "in.csv": ROSTER,
    "people.csv": "person\nann\n",
    "hh.csv": "person,certification,earned\nann,pmp,2025-03-01\n",
    "m.yaml": "columns: {}\n",
    "titles.txt": "Project Manager\n",
    "own.csv": "title,role\nBoss,cto\n",
    "me.yaml": "certifications: []\n",
    "pmcareer.yaml": "certifications: []\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "own.yaml").write_text("", encoding="utf-8")
    os.link(tmp_path / "in.csv", tmp_path / "linked.csv")
    (tmp_path / "soft.csv").symlink_to("hh.csv")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("team check in.csv --set-aside in.csv", ("--set-aside", "ROSTER")),
        ("team check in.csv --mapping m.yaml --set-aside ./m.yaml", ("--set-aside", "--mapping")),
        ("team check in.csv --set-aside linked.csv", ("--set-aside", "ROSTER")),
        ("team status in.csv -o in.csv", ("--output", "ROSTER")),
        ("team status people.csv --holdings hh.csv --rows hh.csv", ("--rows", "--holdings")),
        ("team status people.csv --holdings hh.csv -o soft.csv", ("--output", "--holdings")),
        ("team coverage people.csv --holdings hh.csv --rows people.csv", ("--rows", "ROSTER")),
        ("team propose-mapping in.csv -o in.csv", ("--output", "ROSTER")),
        ("team titles titles.txt -o titles.txt", ("--output", "FILE")),
        ("team titles titles.txt --dictionary own.csv -o own.csv", ("--output", "--dictionary")),
        ("team forecast in.csv -o new.csv --rows new.csv", ("--output", "--rows")),
        ("plan --to pm --save-baseline new.json -o new.json", ("--output", "--save-baseline")),
        ("renewals --profile me.yaml -o me.yaml", ("--output", "--profile")),
        ("renewals -o pmcareer.yaml", ("--output", "--profile")),
        ("report --profile me.yaml -o me.yaml", ("--output", "--profile")),
        ("calendar export --profile me.yaml -o me.yaml --force", ("--output", "--profile")),
    ],
)
def test_refused_with_both_named(folder: Path, arguments: str, named: tuple[str, str]) -> None:
    done = invoke(folder, *arguments.split())
    assert done.code == 2
    assert "name the same file" in done.error
    assert all(one in done.error for one in named)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in FILES} == FILES
    assert not (folder / "new.csv").exists()


def test_rows_of_holdings_are_set_aside_over_no_input(folder: Path) -> None:
    # What --set-aside mend.csv writes of the second table is mend-holdings.csv.
    (folder / "mend-holdings.csv").write_text("person,certification\nann,nonsense\n", encoding="utf-8")
    done = invoke(
        folder, *["team", "check", "people.csv", "--holdings", "mend-holdings.csv", "--set-aside", "mend.csv"]
    )
    assert done.code == 2
    assert "--set-aside" in done.error and "--holdings" in done.error
    assert "nonsense" in (folder / "mend-holdings.csv").read_text(encoding="utf-8")


def test_no_file_of_a_catalog_is_written_over(folder: Path) -> None:
    done = invoke(folder, *["renewals", "--profile", "me.yaml", "--catalog", "acme", "-o", "acme/own.yaml"])
    assert done.code == 2
    assert "--output acme/own.yaml stands in the folder of --catalog" in done.error
    assert (folder / "acme" / "own.yaml").read_text(encoding="utf-8") == ""


def test_other_files_are_written_as_before(folder: Path) -> None:
    (folder / "old.csv").write_text("what was\n", encoding="utf-8")
    assert invoke(folder, *["team", "status", "in.csv", "-o", "old.csv", "--rows", "all.csv"]).code == 0
    assert "ann" in (folder / "old.csv").read_text(encoding="utf-8")
    assert "ann" in (folder / "all.csv").read_text(encoding="utf-8")
