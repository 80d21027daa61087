"""The pages on rosters keep their promises: every console shows the truth, every column and key is named."""

from __future__ import annotations

import dataclasses
import re
import shlex
from pathlib import Path

from tests.cli.running import pmcareer

from pmcareer.reading.rosters.layout import CANONICAL
from pmcareer.reading.rosters.mapping import RosterMapping
from pmcareer.reading.typed import parse_document

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = (ROOT / "docs" / "how-to" / "your-hris-export.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "reference" / "roster-format.md").read_text(encoding="utf-8")


def test_the_console_shows_what_the_program_prints(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    steps = re.findall(r"```console\n\$ pmcareer ([^\n]*)\n(.*?)```", HOW_TO, re.DOTALL)
    assert len(steps) == 3
    for command, expected in steps:
        done = pmcareer(*shlex.split(command), folder=tmp_path)
        assert (done.returncode, done.stdout) == (0, expected), command


def test_every_column_is_named() -> None:
    assert set(CANONICAL) - set(re.findall(r"`([a-z_]+)`", FORMAT)) == set()


def test_the_mapping_reads_and_uses_every_key() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
    document = parse_document(example.encode(), "docs", RosterMapping)
    assert list(document.problems) == []
    unused = [
        f.name
        for f in dataclasses.fields(RosterMapping)
        if getattr(document.value, f.name) == getattr(RosterMapping(), f.name)
    ]
    assert unused == []
