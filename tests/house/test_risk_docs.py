"""The page on risk and baselines is followed to the letter, in one folder, from its first command to its last."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.running import pmcareer

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "risk-and-baseline.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ pmcareer (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_the_page_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    """What is printed begins as the page shows; after an ellipsis it goes on as shown, further down."""
    steps = 0
    for language, block in _BLOCK.findall(PAGE):
        if language == "yaml":
            (tmp_path / "pmcareer.yaml").write_text(block, encoding="utf-8")
        for command, expected in _STEP.findall(block) if language == "console" else ():
            steps += 1
            done = pmcareer(*shlex.split(command), folder=tmp_path)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            said = done.stdout.replace("\r\n", "\n")
            first, *rest = (part.strip("\n") for part in expected.split("…\n"))
            assert said.startswith(first), f"{command}\n{said}"
            for part in rest:
                assert part in said, f"{command}\n{part}\nis not in\n{said}"
                said = said[said.index(part) + len(part) :]
    assert steps == 4
    assert (tmp_path / "baseline-2026-11.json").is_file()
