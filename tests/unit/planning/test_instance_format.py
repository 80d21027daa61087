"""Reading ``pmcareer.instance/1``: hostile input, every problem at once, and an exact way back."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.planner_oracles.random_instances import career, tiny

from pmcareer.planning.exact import read_fraction, write_fraction
from pmcareer.planning.instance import All, ExperienceDays, Holds, Renewal, TenureDays
from pmcareer.planning.instance_format import instance_document, parse_instance

FILES = sorted((Path(__file__).parents[3] / "benchmarks" / "instances").glob("*.json"))

DOCUMENT: dict[str, Any] = {
    "schema": "pmcareer.instance/1",
    "objective": "fastest",
    "hours_per_week": 6,
    "horizon_days": 7305,
    "budget": None,
    "deadline_day": None,
    "start": {
        "role": "r0",
        "tenure_days": 0,
        "experience_days": {"project-work": 200},
        "education": 2,
        "holds": {"c0": -400},
    },
    "target": "r1",
    "roles": {"r0": {"grants": ["project-work"], "pay_per_year": 60000}, "r1": {}},
    "moves": [{"from": "r0", "to": "r1", "requires": {"all": [{"tenure_days": 365}, {"holds": "c1"}]}}],
    "certifications": {
        "c0": {"study_hours": 20, "cost": 100},
        "c1": {
            "eligibility": {"experience": {"kind": "project-work", "days": 1096}},
            "study_hours": 120,
            "cost": 555,
            "lead_days": 14,
            "renewal": {"cycle_days": 1096, "hours": 60, "cost": 150},
            "variants": [{"when": {"holds": "c0"}, "study_hours": 85, "cost": 405}],
        },
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The document with one place set to *value*; ``...`` removes it."""
    document = deepcopy(DOCUMENT)
    *way, last = path.split("/")
    place: Any = document
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def test_the_example_of_the_model_is_read() -> None:
    instance, problems = parse_instance(DOCUMENT, "x.json")
    assert not problems.found
    assert instance is not None
    assert instance.moves[0].requires == All((TenureDays(365), Holds("c1")))
    entry = instance.certifications["c1"]
    assert entry.eligibility == ExperienceDays("project-work", 1096)
    assert entry.renewal == Renewal(1096, Fraction(60), Fraction(150))
    assert entry.variants[0].study_hours == 85
    assert instance.start.holds == {"c0": -400}


@pytest.mark.parametrize(
    ("path", "value", "code", "named"),
    [
        ("schema", "pmcareer.instance/2", "field-value", "schema"),
        ("objective", "slowest", "field-choice", "objective"),
        ("objective", ["fastest"], "field-choice", "objective"),
        ("hours_per_week", -1, "field-value", "hours_per_week"),
        ("hours_per_week", Decimal("NaN"), "field-value", "hours_per_week"),
        ("hours_per_week", float("inf"), "field-value", "hours_per_week"),
        ("hours_per_week", Decimal("1e999999999"), "field-value", "hours_per_week"),
        ("hours_per_week", True, "field-value", "hours_per_week"),
        ("hours_per_week", ..., "field-missing", "hours_per_week"),
        ("horizon_days", 10**9, "field-value", "horizon_days"),
        ("horizon_days", Decimal("12.5"), "field-value", "horizon_days"),
        ("budget", "plenty", "field-value", "budget"),
        ("deadline_day", -3, "field-value", "deadline_day"),
        ("start/holds", {"c0": 5}, "field-value", "start.holds.c0"),
        ("start/holds", {"c9": -5}, "instance-reference", "start.holds.c9"),
        ("start/role", "nowhere", "instance-reference", "start.role"),
        ("start", [], "field-type", "start"),
        ("target", "nowhere", "instance-reference", "target"),
        ("roles", [], "field-type", "roles"),
        ("roles/r0/grant", [], "field-unknown", "roles.r0.grant"),
        ("roles/r0/grants", [3], "field-type", "roles.r0.grants[0]"),
        ("moves", {}, "field-type", "moves"),
        ("moves/0/to", "nowhere", "instance-reference", "moves[0].to"),
        ("moves/0/requires", {"holds": "c9"}, "instance-reference", "moves[0].requires"),
        ("moves/0/requires", {"knows": "c1"}, "field-unknown", "moves[0].requires.knows"),
        ("moves/0/requires", {"holds": "c1", "held": "c1"}, "field-type", "moves[0].requires"),
        ("moves/0/requires", {"at_least": {"n": -1, "of": []}}, "field-value", "moves[0].requires.at_least.n"),
        ("certifications/c1/eligibility", {"tenure_days": 3}, "instance-invalid", "c1.eligibility.tenure_days"),
        ("certifications/c1/cost", -1, "field-value", "certifications.c1.cost"),
        ("certifications/c1/renewal", {"cycle_days": 0}, "field-value", "certifications.c1.renewal.cycle_days"),
        ("certifications/c1/variants/0/when", {"held": "c7"}, "instance-reference", "c1.variants[0].when"),
    ],
)
def test_what_is_wrong_is_named(path: str, value: object, code: str, named: str) -> None:
    instance, problems = parse_instance(changed(path, value), "x.json")
    assert instance is None
    assert any(p.code == code and p.path.endswith(named) for p in problems), problems.found


@pytest.mark.parametrize("data", [None, [], 3, "text", {"schema": 3}, {}])
def test_what_is_no_instance_at_all(data: object) -> None:
    instance, problems = parse_instance(data, "x.json")
    assert instance is None
    assert problems.errors


def test_all_problems_at_once() -> None:
    document = changed("hours_per_week", -1)
    document["target"] = 3
    document["moves"][0]["requires"] = {"knows": 1}
    paths = {p.path for p in parse_instance(document, "x.json")[1]}
    assert paths == {"hours_per_week", "target", "moves[0].requires.knows"}


def test_depth_is_bounded() -> None:
    tree: dict[str, Any] = {"holds": "c1"}
    for _ in range(500):
        tree = {"all": [tree]}
    instance, problems = parse_instance(changed("moves/0/requires", tree), "x.json")
    assert instance is None
    assert [p.code for p in problems] == ["instance-invalid"]


def test_a_flood_of_problems_is_cut() -> None:
    document = changed("roles", {f"r{i}": {"x": 1} for i in range(5000)})
    assert len(parse_instance(document, "x.json")[1]) <= 200


@pytest.mark.parametrize("seed", range(30))
def test_written_and_read_again(seed: int) -> None:
    for instance in (tiny(seed, "cheapest"), career(seed, "fastest", 6, 9)):
        text = json.dumps(instance_document(instance))
        assert parse_instance(json.loads(text, parse_float=Decimal), "x.json")[0] == instance
        assert parse_instance(json.loads(text), "x.json")[0] == instance


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_real_instances_come_back_as_they_were(path: Path) -> None:
    instance, _ = parse_instance(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal), str(path))
    assert instance is not None
    assert parse_instance(instance_document(instance), "x.json")[0] == instance


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(3), 3),
        (Fraction(5, 2), 2.5),
        (Fraction(1, 3), "1/3"),
        (Fraction("0.1"), 0.1),
        (Fraction("0.0000000000001"), "1/10000000000000"),
    ],
)
def test_numbers_are_written_plainly_and_exactly(value: Fraction, written: object) -> None:
    assert write_fraction(value) == written
    assert read_fraction(written) == value


@pytest.mark.parametrize("text", ["1/0", "-1", "1e5", "٣", "1.", " 1", "1" * 40, "nan"])
def test_text_that_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_fraction(text)
