"""Broken rosters, each with its verdict: what is wrong is said with its row, and nothing is dropped in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.rosters import roster_names
from pmcareer.reading.rosters.opening import open_roster
from pmcareer.reading.rosters.roster import RosterOptions

FOLDER = Path(__file__).parent / "rosters"
VERDICTS: dict[str, dict[str, list[str]]] = yaml.safe_load((FOLDER / "verdicts.yaml").read_text(encoding="utf-8"))


def test_every_broken_roster_has_its_verdict() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == set(VERDICTS)


@pytest.mark.parametrize("name", sorted(VERDICTS))
def test_verdict(name: str) -> None:
    names = roster_names(load_catalog())
    roster = open_roster(str(FOLDER / name), names, date(2026, 11, 23), RosterOptions(thorough=True))
    verdict = VERDICTS[name]
    assert [problem.code for problem in roster.problems.errors] == verdict.get("file", [])
    if "file" in verdict:
        assert roster.small is None
    else:
        assert roster.small is not None
        found = [f"{one.source_row} {one.column_name} {one.code}" for one in roster.small.set_aside]
        assert sorted(found) == sorted(verdict["rows"])
