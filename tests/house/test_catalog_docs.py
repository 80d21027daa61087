"""The pages on the catalog keep their promises: their files are written as they stand, and their consoles run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.running import pmcareer

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
PAGES = ("your-company-ladder", "add-a-certification", "a-fact-changed")
_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_can_be_followed_to_the_letter(page: str, tmp_path: Path) -> None:
    """Files with a path on their first line are written; of what a command prints the page may show the beginning."""
    steps = 0
    for language, block in _BLOCK.findall((HOW_TO / f"{page}.md").read_text(encoding="utf-8")):
        if language == "yaml":
            _write(block, tmp_path)
        else:
            for command, expected in _STEP.findall(block):
                steps += 1
                done = pmcareer(*shlex.split(command), folder=tmp_path)
                assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
                said = done.stdout.replace("\r\n", "\n")
                assert said.startswith(expected.rstrip("\n")), f"{command}\n{said[:2000]}"
    assert steps >= 3


def _write(block: str, folder: Path) -> None:
    path = re.match(r"# (\S+\.yaml)\n", block)
    if path is not None:
        file = folder / path[1]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")


def test_what_will_change_is_told(tmp_path: Path) -> None:
    """What the pages promise of `catalog diff`, whatever else changes after that day."""
    for page in PAGES:
        for language, block in _BLOCK.findall((HOW_TO / f"{page}.md").read_text(encoding="utf-8")):
            if language == "yaml":
                _write(block, tmp_path)
    layers = ("--catalog", "mine", "--catalog", "acme", "--format", "csv")
    told = pmcareer("catalog", "diff", "--since", "2026-11-23", *layers, folder=tmp_path).stdout.splitlines()
    assert 'capm,"price: exam, full",–,330 USD' in "".join(line[11:] for line in told if line.startswith("2027-01-01"))
    assert any("minutes 180" in line and "minutes 200" in line for line in told)
    assert any("acme-delivery-lead → project-manager" in line and "2 years in the role" in line for line in told)
