"""The page on the monthly report keeps its promises: its roster is written as it stands, and its consoles run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.running import pmcareer

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "the-monthly-hr-report.md").read_text("utf-8")
_FILE = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in _FILE.findall(PAGE):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_can_be_followed_to_the_letter(folder: Path) -> None:
    steps = _STEP.findall(PAGE)
    assert len(steps) >= 6
    for command, expected in steps:
        done = pmcareer(*shlex.split(command), folder=folder)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        said = done.stdout.replace("\r\n", "\n")
        assert said.startswith(expected.rstrip("\n")), f"{command}\n{said[:2000]}"


def test_the_sentence_on_cover_is_what_the_command_says(folder: Path) -> None:
    """PRINCE2 runs three years to the day: Ana's of 2024-03-03 ends with 2027-03-03, and Ben is left."""
    said = pmcareer("team", "coverage", "staff.csv", "--by", "location", "--as-of", "2026-11-23", folder=folder).stdout
    sentence = "PRINCE2 Practitioner cover in Leeds falls to 1 on 2027-03-04"
    assert sentence in PAGE
    assert sentence in said


def test_names_never_reach_standard_error(folder: Path) -> None:
    for question in (["status"], ["coverage"], ["forecast"], ["readiness", "--target", "pm"]):
        done = pmcareer("team", question[0], "staff.csv", *question[1:], "--as-of", "2026-11-23", folder=folder)
        assert not re.search("Ana|Ben|Cy|Shah", done.stderr), question
