"""``team what-if``: each kind of change with what it comes to, reckoned by hand, and changes that cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke

# PMP: three years up to the eve of the anniversary. CSM: two years, likewise.
ROSTER = """\
person,manager,role,location,role_since,education,certifications
ann,,senior-project-manager,Leeds,2020-01-01,bachelor,pmp:2024-02-01
bob,ann,project-manager,Leeds,2018-01-01,bachelor,pmp:2025-03-01
cat,ann,project-manager,Leeds,2018-01-01,bachelor,
dan,bob,project-coordinator,York,2023-01-01,bachelor,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def what_if(folder: Path, *options: str) -> Outcome:
    return invoke(folder, "team", "what-if", "staff.csv", "--as-of", "2026-11-23", *options)


def answered(folder: Path, *options: str) -> Any:
    done = what_if(folder, *options, "--format", "json")
    assert done.code == 0, done.error
    return json.loads(done.out)


def cover(answer: Any) -> list[tuple[Any, ...]]:
    return [
        (one["certification"], one["group"], *(tuple(one[side].values()) for side in ("before", "after")))
        for one in answer["coverage"]
    ]


def test_somebody_leaves(folder: Path) -> None:
    """Ann's PMP ends on 31 January 2027, Bob's on 29 February 2028: with both the second lapse is too few for two."""
    answer = answered(folder, "--leave", "ann")
    assert answer["schema"] == "pmcareer.team-what-if/1"
    assert [answer["status"][side]["people"] for side in ("before", "after")] == [4, 3]
    assert [answer["status"][side]["by_status"] for side in ("before", "after")] == [
        {"active": 1, "due": 1},
        {"active": 1},
    ]
    assert cover(answer) == [("pmp", None, (2, "2027-02-01", 1), (1, "2028-03-01", 0))]
    assert [one["target"] for one in answer["targets"]] == ["senior-project-manager"]  # the seat that is left


def test_a_certification_is_earned_and_makes_ready(folder: Path) -> None:
    """Bob, eight years a project manager with a PMP, could follow Ann; Cat lacks only the certification."""
    answer = answered(folder, "--leave", "ann", "--earn", "cat=PMP:2026-11-01", "--minimum", "1")
    assert answer["targets"] == [{"target": "senior-project-manager", "ready_before": 1, "ready_after": 2}]
    (row,) = [one for one in answer["readiness"] if one["person"] == "cat"]
    assert not row["before"]["ready"] and len(row["before"]["missing"]) == 1
    assert row["after"] == {"ready": True, "missing": []}
    # Cat's three years end on 31 October 2029, the last of all.
    assert cover(answer) == [("pmp", None, (2, "2028-03-01", 0), (2, "2029-11-01", 0))]


def test_somebody_lets_lapse(folder: Path) -> None:
    answer = answered(folder, "--let-lapse", "bob=pmp", "--by", "location")
    assert cover(answer) == [("pmp", "Leeds", (2, "2027-02-01", 1), (1, "2027-02-01", 0))]
    assert answer["status"]["after"]["holdings"] == 1 and answer["status"]["after"]["people"] == 4


def test_somebody_comes(folder: Path) -> None:
    joining = "Eve Ó,role=Project manager,location=York,manager=bob,since=2020-01-01,csm:2026-01-10,pmp"
    answer = answered(folder, "--join", joining, "--by", "location")
    assert cover(answer) == [
        ("csm", "York", (0, None, None), (1, "2028-01-10", 0)),
        ("pmp", "York", (0, None, None), (1, "2029-11-23", 0)),  # earned on the day compared
    ]
    assert answer["changes"] == ["Eve Ó joins as Project manager with CSM, PMP"]


def test_somebody_is_promoted(folder: Path) -> None:
    answer = answered(folder, "--promote", "bob=senior-project-manager", "--target", "senior-project-manager")
    (row,) = answer["readiness"]  # no candidate any more
    assert (row["person"], row["before"]["ready"], row["after"]) == ("bob", True, None)
    assert answer["status"]["before"] == answer["status"]["after"] and answer["coverage"] == []


def test_on_a_later_day(folder: Path) -> None:
    """On 1 February 2027 Ann's PMP has lapsed already, whoever leaves."""
    answer = answered(folder, "--leave", "ann", "--on", "2027-02-01")
    assert answer["as_of"] == "2027-02-01"
    assert cover(answer) == []  # one holder before and after, with the same end
    assert answer["status"]["before"]["by_status"] == {"active": 1, "suspended": 1}


def test_worse_cover_is_bad_news(folder: Path) -> None:
    assert what_if(folder, "--leave", "bob", "--strict").code == 1
    assert what_if(folder, "--leave", "dan", "--strict").code == 0


def test_a_manager_changes_their_own_reports_only(folder: Path) -> None:
    view = ("--audience", "manager", "--manager", "ann")
    assert answered(folder, "--leave", "bob", *view)["status"]["before"]["people"] == 2
    refused = what_if(folder, "--leave", "dan", *view)  # Dan is Bob's: no word on whether there is one
    assert refused.code == 2 and "nobody in the roster is 'dan'" in refused.error


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "nothing is changed"),
        (("--leave", "zoe"), "nobody in the roster is 'zoe'"),
        (("--leave", "ann", "--promote", "ann=cto"), "nobody in the roster is 'ann'"),
        (("--promote", "bob"), "is not PERSON=ROLE"),
        (("--promote", "bob=project-manager"), "already"),
        (("--promote", "bob=king"), "unknown role"),
        (("--let-lapse", "cat=pmp"), "does not hold"),
        (("--let-lapse", "bob=xyzzy"), "unknown certification"),
        (("--earn", "cat=pmp:2026-11-24"), "after 2026-11-23"),
        (("--earn", "cat=pmp:tomorrow"), "tomorrow"),
        (("--join", "ann"), "in the roster already"),
        (("--join", "Eve,salary=1"), "knows no 'salary'"),
        (("--join", ",pmp"), "names nobody"),
    ],
)
def test_a_change_that_cannot_be(folder: Path, options: tuple[str, ...], said: str) -> None:
    done = what_if(folder, *options)
    assert done.code == 2 and said in done.error


def test_names_of_people_stay_text(folder: Path) -> None:
    """A name that looks like a formula or drives a terminal goes out harmless."""
    hostile = "=HYPERLINK(1)\x1b[31m,csm"
    assert "\x1b" not in what_if(folder, "--join", hostile).out
    joining = hostile.replace("csm", "role=project-manager")
    sheet = what_if(folder, "--join", joining, "--leave", "ann", "--format", "csv")
    assert "\n=" not in sheet.out and ",=" not in sheet.out and ",'=HYPERLINK" in sheet.out
