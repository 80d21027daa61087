"""Answers about large rosters by the database are those given in memory: what-if, budget, replay, the way of each."""

from __future__ import annotations

import importlib.util
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.tools import require_tool

OWN = [
    "pmp",
    "capm",
    "csm",
    "cspo",
    "prince2-foundation",
    "prince2-practitioner",
    "psm-i",
    "cbap",
    "cissp",
    "comptia-a-plus",
    "ccna",
]
ROLES = ["project-manager", "project-coordinator", "scrum-master", "senior-project-manager", ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_tool(importlib.util.find_spec("duckdb"), "duckdb")
    folder, chance = tmp_path_factory.mktemp("large"), Random(7)
    lines = ["person,manager,role,department,location,role_since,education,certifications"]
    for n in range(160):
        since = date(2014, 1, 1) + timedelta(days=chance.randrange(4600))
        held = chance.sample(OWN, chance.randrange(4))
        days = [date(2015, 1, 1) + timedelta(days=chance.randrange(4300)) for _ in held]
        certs = ";".join(f"{own}:{day}" for own, day in zip(held, days, strict=True))
        where = f"{chance.choice(['IT', 'Law', ''])},{chance.choice(['Leeds', 'York'])}"
        lines.append(f"P{n},M{n % 3},{chance.choice(ROLES)},{where},{since},bachelor,{certs}")
    (folder / "staff.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def answered(folder: Path, engine: str, command: str, *options: str) -> Any:
    common = ("staff.csv", "--as-of", "2026-11-23", "--format", "json", "--engine", engine)
    done = invoke(folder, "team", command, *options, *common)
    assert done.code == 0, done.error
    return json.loads(done.out)


@pytest.mark.parametrize(
    "asked",
    [
        ("what-if", "--leave", "P1", "--by", "location"),
        ("what-if", "--leave", "P2", "--leave", "P3", "--minimum", "40"),
        ("what-if", "--join", "Ana,role=project-manager,location=Rome,pmp:2025-03-01", "--by", "location"),
        ("what-if", "--earn", "P5=pmp", "--earn", "P6=ccna:2026-01-05", "--target", "senior-project-manager"),
        ("what-if", "--promote", "P7=it-project-manager", "--by", "manager"),
        ("budget", "2000", "--nearest", "4", "--target", "senior-project-manager=2", "--target", "scrum-master"),
        ("replay", "--rules-before", "2020-09-30", "--rules-after", "2020-10-01"),
    ],
    ids=lambda asked: " ".join(asked[:3]),
)
def test_the_database_says_the_same(folder: Path, asked: tuple[str, ...]) -> None:
    if asked[0] == "budget":
        require_tool(importlib.util.find_spec("ortools"), "ortools")
    assert answered(folder, "plain", *asked) == answered(folder, "duckdb", *asked)


def test_what_cannot_be_is_refused_by_both(folder: Path) -> None:
    for engine in ("plain", "duckdb"):
        options = ("staff.csv", "--engine", engine, "--as-of", "2026-11-23")
        assert invoke(folder, "team", "what-if", "--leave", "nobody", *options).code == 2
        assert invoke(folder, "team", "what-if", "--join", "P1", *options).code == 2
