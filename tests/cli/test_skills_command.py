"""``pmcareer skills`` as people and programs meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF


def gaps(folder: Path, *more: str) -> dict[str, dict[str, Any]]:
    done = invoke(folder, "skills", "--as-of", AS_OF, "--format", "json", *more)
    assert done.code == 0, done.error
    return {gap["id"]: gap for gap in json.loads(done.out)["skills"]}


def test_gaps_are_ordered_by_importance_and_what_is_there_comes_last(tmp_path: Path) -> None:
    """O*NET 29.3, IT project managers: leadership 4.76, accountability 4.71, stress tolerance 4.57, negotiation 3.38.

    The levels asked are those of ``roles/project-manager.yaml``: leadership practitioner, negotiation working.
    """
    found = gaps(tmp_path, "--to", "project-manager", "--have", "negotiation=working", "--have", "leadership=working")
    order = list(found)
    assert order[:3] == ["leadership", "accountability", "stress-tolerance"]
    assert order[-1] == "negotiation"
    assert [found[id_]["steps"] for id_ in ("leadership", "accountability", "negotiation")] == [1, 3, 0]
    assert found["leadership"]["held"] == "working" and found["accountability"]["held"] is None
    assert found["leadership"]["importance"]["source"] == "onet-29-3"


def test_what_teaches_a_skill_can_still_be_earned(tmp_path: Path) -> None:
    """PMO-CP was retired on 2025-02-04, when PMI-PMOCP took its place; both are about governance."""
    for as_of, offered, not_offered in (("2026-11-23", "pmi-pmocp", "pmo-cp"), ("2025-02-03", "pmo-cp", "pmi-pmocp")):
        done = invoke(tmp_path, "skills", "--to", "pmo-manager", "--as-of", as_of, "--format", "json")
        taught = next(gap["taught_by"] for gap in json.loads(done.out)["skills"] if gap["id"] == "governance")
        assert offered in taught and not_offered not in taught


def test_the_profile_speaks_first_and_may_be_told(tmp_path: Path) -> None:
    profile = tmp_path / "pmcareer.yaml"
    profile.write_text("# mine\nskills: {leadership: expert}\ngoal: {role: project-manager}\n", encoding="utf-8")
    assert gaps(tmp_path)["leadership"]["steps"] == 0
    done = invoke(tmp_path, "skills", "--have", "negotiation=expert", "--have", "leadership=working", "--save")
    assert done.code == 0 and "negotiation" in done.notes
    written = profile.read_text(encoding="utf-8")
    assert written.startswith("# mine\n")
    assert yaml.safe_load(written)["skills"] == {"leadership": "expert", "negotiation": "expert"}


def test_what_cannot_be_asked_is_a_usage_error(tmp_path: Path) -> None:
    for wrong in (
        ("--to", "project-manager", "--have", "negotiation=9"),
        ("--to", "project-manager", "--have", "negotation=expert"),
        ("--to", "nobody"),
        (),
        ("--to", "project-manager", "--ask"),
    ):
        assert invoke(tmp_path, "skills", *wrong).code == 2
