"""The page on planning keeps its promises: each command runs and begins with what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.in_process import invoke

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "plan-your-path.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
STEPS = [step for block in _BLOCK.findall(PAGE.read_text(encoding="utf-8")) for step in _STEP.findall(block)]


def test_the_page_has_examples() -> None:
    assert len(STEPS) >= 5


@pytest.mark.parametrize(("command", "shown"), STEPS, ids=[command for command, _ in STEPS])
def test_what_the_page_shows_is_printed(command: str, shown: str, tmp_path: Path) -> None:
    done = invoke(tmp_path, *shlex.split(command))
    assert done.code == 0, done.error
    assert shown.strip() and done.out.startswith(shown.rstrip("\n")), done.out[:1500]


def test_every_option_of_the_page_is_one() -> None:
    from pmcareer.cli.plan import plan

    known = {option for parameter in plan.params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", PAGE.read_text(encoding="utf-8"))) <= known
