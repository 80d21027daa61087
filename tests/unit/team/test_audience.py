"""Who may see what: decided before the engine is asked, and once more at the view's door."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, PersonRow, SetAside, SmallRoster
from pmcareer.team.audience import (
    SMALL_GROUPS,
    Audience,
    Viewer,
    audience_for,
    limited,
    seen,
    seen_findings,
)

PMP = CertificationId("pmp")

# Six report to M1 (five in IT, one in Law), one to M2.
PEOPLE = tuple(
    PersonRow(n + 2, f"p{n}", department="Law" if n == 5 else "IT", location="Leeds", manager="M2" if n == 6 else "M1")
    for n in range(7)
)
ROSTER = SmallRoster(
    PEOPLE,
    tuple(HoldingRow(one.source_row, one.person, PMP) for one in PEOPLE),
    (
        SetAside(3, "earned", "x", "roster-date", "no date"),
        SetAside(99, "person", "secret", "roster-date", "no person"),
    ),
)


@dataclass(frozen=True)
class Row:
    person: str
    manager: str | None


def test_hr_sees_all() -> None:
    assert limited(ROSTER, Audience()) == ROSTER
    assert len(seen([Row("p0", "M1"), Row("p6", None)], Audience())) == 2


def test_a_manager_is_given_direct_reports_only() -> None:
    found = limited(ROSTER, Audience(Viewer.MANAGER, "M1"))
    assert [one.person for one in found.people] == ["p0", "p1", "p2", "p3", "p4", "p5"]
    assert {row.person for row in found.holdings} == {"p0", "p1", "p2", "p3", "p4", "p5"}


def test_findings_on_rows_of_others_do_not_reach_a_manager() -> None:
    assert [one.source_row for one in limited(ROSTER, Audience(Viewer.MANAGER, "M1")).set_aside] == [3]


def test_small_groups_bear_one_name_for_others_than_hr() -> None:
    """Law has one person, under five; IT has five."""
    departments = [one.department for one in limited(ROSTER, Audience(Viewer.MANAGER, "M1")).people]
    assert departments == ["IT"] * 5 + [SMALL_GROUPS]
    blurred = limited(ROSTER, Audience(Viewer.MANAGER, "M1", smallest_group=6)).people
    assert {one.department for one in blurred} == {SMALL_GROUPS}


def test_a_person_is_given_their_own_row_only() -> None:
    found = limited(ROSTER, Audience(Viewer.PERSON, "p3"))
    assert [one.person for one in found.people] == ["p3"]
    assert [row.person for row in found.holdings] == ["p3"]


def test_the_door_lets_nothing_else_through_whatever_came_before() -> None:
    rows = [Row("p0", "M1"), Row("p6", "M2"), Row("p7", None)]
    assert seen(rows, Audience(Viewer.MANAGER, "M1")) == (rows[0],)
    assert seen(rows, Audience(Viewer.PERSON, "p7")) == (rows[2],)
    assert seen(rows, Audience(Viewer.PERSON, "")) == ()


def test_values_of_findings_are_for_hr_only() -> None:
    """A value may name somebody else."""
    assert [one.value for one in seen_findings(ROSTER.set_aside, Audience())] == ["x", "secret"]
    assert [one.value for one in seen_findings(ROSTER.set_aside, Audience(Viewer.PERSON, "p0"))] == [None, None]


@pytest.mark.parametrize(
    ("viewer", "person", "manager"), [("manager", "", ""), ("person", "", ""), ("hr", "p0", ""), ("person", "", "M1")]
)
def test_it_must_be_said_whose_view_it_is(viewer: str, person: str, manager: str) -> None:
    with pytest.raises(UsageError):
        audience_for(viewer, person=person, manager=manager)
