"""The README keeps its promises: its two commands, its picture of a plan, and its links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _block_after(marker: str) -> str:
    found = re.search(rf"<!-- {marker}[^>]*-->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, marker
    return found[1]


def test_it_opens_with_one_line_to_run_and_one_to_test() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert [block.count("\n") for block in blocks[:2]] == [1, 1]
    assert blocks[0] == _block_after("run") and "pmcareer plan" in blocks[0]
    assert blocks[1] == _block_after("test") and "pytest" in blocks[1]


def test_ci_runs_the_test_line_of_the_readme() -> None:
    assert "<!-- test -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_picture_is_what_the_program_prints() -> None:
    marker = re.search(r"<!-- picture: pmcareer (.*?) -->", README)
    assert marker
    command = [sys.executable, "-m", "pmcareer", *shlex.split(marker[1])]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT / "tests").stdout
    assert printed.startswith(_block_after("picture"))


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
