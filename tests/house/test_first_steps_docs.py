"""The pages on first steps keep their promises: every console runs, the dialogue is the one that is held."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.running import pmcareer
from tests.cli.terminal import Terminal, needs_terminals

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("tutorials/first-plan", "how-to/import-what-you-have")
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_followed_to_the_letter(name: str, tmp_path: Path) -> None:
    """The page's commands one after another, in one folder; of what is printed the page shows the beginning."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    shown = "".join(re.findall(r"```console\n(.*?)```", page(name), re.DOTALL))
    steps = _STEP.findall(shown)
    assert len(steps) >= 6
    for command, expected in steps:
        done = pmcareer(*shlex.split(command), folder=tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout.startswith(expected.rstrip("\n")), f"{command}\n{done.stdout}"
    for file in re.findall(r"-o (\S+\.ics)", shown):
        assert (tmp_path / file).read_bytes().startswith(b"BEGIN:VCALENDAR")


@needs_terminals
def test_the_dialogue_of_the_tutorial_is_the_one_that_is_held(tmp_path: Path) -> None:
    """Every line that ends in what is typed is typed; then the terminal has shown the page's lines, in order."""
    found = re.search(r"<!-- dialogue -->\n```text\n(.*?)```", page("tutorials/first-plan"), re.DOTALL)
    assert found
    lines = found[1].splitlines()
    with Terminal(tmp_path, "init", "--as-of", "2026-11-23", kind="dumb") as terminal:
        for line in lines:
            asked = re.fullmatch(r"(\S.*\)) ?(.*)", line)
            if asked:
                terminal.answer(asked[1], asked[2])
        terminal.wait_for_end()
    said = terminal.said
    for line in lines:
        assert line.rstrip() in said, line
        said = said[said.index(line.rstrip()) + len(line.rstrip()) :]
    assert terminal.exit_code == 0
