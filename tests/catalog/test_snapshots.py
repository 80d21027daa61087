"""The committed snapshots are what the catalog says now: a change of data is reviewed by what it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.catalog.snapshots import FOLDER, snapshots

SNAPSHOTS = dict(snapshots())


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_snapshot_is_what_the_catalog_says(path: Path) -> None:
    assert path.is_file(), "run: python -m tests.catalog.refresh"
    assert path.read_text(encoding="utf-8") == SNAPSHOTS[path], "run: python -m tests.catalog.refresh, and look at it"


def test_there_are_no_others() -> None:
    assert set(FOLDER.rglob("*.json")) == set(SNAPSHOTS), "run: python -m tests.catalog.refresh"


def test_a_snapshot_is_json() -> None:
    pmp = json.loads(SNAPSHOTS[FOLDER / "certifications" / "pmp.json"])
    assert pmp["id"] == "pmp"
    # Earned on 29 February 2024, in cycles of three years that end on the eve of the anniversary.
    (held,) = [one for one in pmp["renewal_of_holdings"] if one["earned"] == "2024-02-29"]
    assert held["cycles"][0] == {"rule": "pmi-ccr-60", "from": "2024-02-29", "until": "2027-02-27"}
