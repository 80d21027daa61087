"""The person on day 0: experience counted once, options over profile, assumptions said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pmcareer.api.compiling.questions import PlanRequest, days_of_experience, situation_of
from pmcareer.model.ids import ExperienceKindId, RoleId
from pmcareer.model.people import Profile, Stint, StudyPlan

AS_OF = date(2026, 11, 23)
PM, COORDINATOR = RoleId("project-manager"), RoleId("project-coordinator")


def stint(role: RoleId, first: str, last: str | None = None) -> Stint:
    return Stint(role, date.fromisoformat(first), date.fromisoformat(last) if last else None)


def test_overlapping_stints_count_once() -> None:
    """1 to 10 January and 6 to 15 January are 15 days."""
    stints = [stint(PM, "2026-01-01", "2026-01-10"), stint(PM, "2026-01-06", "2026-01-15")]
    assert days_of_experience(stints, frozenset({PM}), date.min, AS_OF) == 15


def test_only_roles_that_grant_count_and_only_inside_the_window() -> None:
    stints = [stint(PM, "2026-01-01", "2026-01-10"), stint(COORDINATOR, "2026-02-01")]
    assert days_of_experience(stints, frozenset({PM}), date(2026, 1, 4), AS_OF) == 7
    assert days_of_experience(stints, frozenset({COORDINATOR}), date.min, date(2026, 2, 11)) == 10


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=6))
def test_days_of_experience_are_the_days_themselves(spans: list[tuple[int, int]]) -> None:
    start = date(2025, 1, 1).toordinal()
    stints = [Stint(PM, date.fromordinal(start + a), date.fromordinal(start + a + n)) for a, n in spans]
    days = {start + a + i for a, n in spans for i in range(n + 1)}
    assert days_of_experience(stints, frozenset({PM}), date.min, AS_OF) == len(days)


def test_the_present_role_is_the_one_entered_last() -> None:
    profile = Profile(roles=(stint(COORDINATOR, "2024-03-01"), stint(PM, "2026-01-01")))
    situation = situation_of(PlanRequest(RoleId("cto"), AS_OF, profile=profile))
    assert situation.role == PM
    assert situation.tenure_days == (AS_OF - date(2026, 1, 1)).days


def test_a_role_that_has_ended_is_not_the_present_one() -> None:
    profile = Profile(roles=(stint(COORDINATOR, "2024-03-01", "2025-03-01"),))
    assert situation_of(PlanRequest(PM, AS_OF, profile=profile)).role == "newcomer"


def test_options_speak_before_the_profile() -> None:
    profile = Profile(study=StudyPlan(Decimal(3)), experience={ExperienceKindId("agile"): Decimal(12)})
    request = PlanRequest(
        PM, AS_OF, hours_per_week=Decimal(9), experience={ExperienceKindId("agile"): Decimal(24)}, profile=profile
    )
    situation = situation_of(request)
    assert situation.hours_per_week == 9
    assert situation.undated == {"agile": 730}


def test_every_default_is_said_with_the_way_to_change_it() -> None:
    said = situation_of(PlanRequest(PM, AS_OF)).assumptions
    assert {"--from ROLE", "--experience KIND=MONTHS", "--education LEVEL", "--hours-per-week N", "--region ID"} <= {
        assumption.change for assumption in said
    }
