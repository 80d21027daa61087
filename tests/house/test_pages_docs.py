"""The page on showing plans keeps its promises: each command runs in one folder and leaves the file that it names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.in_process import invoke

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "show-your-plan.md"


def test_every_command_writes_its_file_and_says_nothing(tmp_path: Path) -> None:
    shown = re.findall(r"^\$ pmcareer (.+)$", HOW_TO.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) >= 4
    for command in shown:
        words = shlex.split(command)
        done = invoke(tmp_path, *words)
        assert (done.code, done.out, done.notes) == (0, "", ""), f"{command}\n{done.error}"
        assert (tmp_path / words[-1]).stat().st_size > 10_000
