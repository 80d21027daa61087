"""Laws of ``why`` and ``near`` over random people and the shipped catalog: met is what the planner lets in today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.loading import load_catalog
from pmcareer.api.reasons.field import Field
from pmcareer.api.reasons.requirement_state import Examiner
from pmcareer.api.reasons.why import roles_open_today
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, ExperienceKindId, RoleId
from pmcareer.model.people import EducationHeld, Holding, Profile, Stint
from pmcareer.model.requirements import All, EducationLevel
from pmcareer.planning.solver import solve

AS_OF = date(2026, 11, 23)
ROLES = (
    "newcomer",
    "project-coordinator",
    "junior-project-manager",
    "it-project-manager",
    "project-manager",
    "it-manager",
)
HELD = ("capm", "pmp", "csm", "psm-i", "prince2-foundation", "itil-foundation", "comptia-project-plus", "ipma-c")
KINDS = ("project-work", "leading-projects", "professional-experience", "it", "agile", "people-management")


@cache
def catalog() -> Catalog:
    return load_catalog()


@st.composite
def people(draw: st.DrawFn) -> Profile:
    back = st.integers(0, 4000).map(lambda days: AS_OF - timedelta(days=days))
    now = Stint(RoleId(draw(st.sampled_from(ROLES))), draw(back))
    before = Stint(
        RoleId(draw(st.sampled_from(ROLES))), now.from_ - timedelta(days=draw(st.integers(1, 3000))), now.from_
    )
    kinds = draw(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 90), max_size=3))
    return Profile(
        roles=(before, now),
        education=EducationHeld(draw(st.sampled_from(EducationLevel)), accredited=draw(st.booleans())),
        experience={ExperienceKindId(kind): Decimal(months) for kind, months in kinds.items()},
        certifications=tuple(
            Holding(CertificationId(c), earned=draw(back))
            for c in sorted(draw(st.sets(st.sampled_from(HELD), max_size=4)))
        ),
    )


def field_of(profile: Profile) -> Field:
    return Field(catalog(), PlanRequest(profile.roles[-1].role, AS_OF, profile=profile))


def enters_today(profile: Profile, role: RoleId) -> bool:
    """Whether the planner, asked as ``pmcareer plan --to ROLE --by TODAY`` asks it, has a plan."""
    request = PlanRequest(role, AS_OF, by=AS_OF, profile=profile)
    return bool(solve(compile_question(catalog(), request, situation_of(request)).instance).plans)


@settings(max_examples=6, deadline=None)
@given(people())
def test_a_role_is_open_exactly_where_the_planner_enters_it_today(profile: Profile) -> None:
    open_ = roles_open_today(field_of(profile))
    assert {role for role in catalog().roles if enters_today(profile, role)} == set(open_)


@settings(max_examples=12, deadline=None)
@given(people())
def test_an_eligibility_is_met_exactly_where_the_planner_needs_no_day_for_it(profile: Profile) -> None:
    field = field_of(profile)
    for id_ in sorted(field.compiled().preparations)[::3]:
        rule = catalog().certifications[id_].eligibility.on(AS_OF)
        asked = (rule.requires if rule else None) or All(())
        met = Examiner(field, plans=False).examine(asked).holds
        assert (id_, met) == (id_, field.fulfilled(asked, within=0) is not None)


@settings(max_examples=12, deadline=None)
@given(people())
def test_waiting_is_never_sooner_than_the_soonest_plan(profile: Profile) -> None:
    """Who only waits in the present role lives one lawful life; the planner's soonest cannot be later."""
    field = field_of(profile)
    for id_ in sorted(field.compiled().preparations)[::9]:
        rule = catalog().certifications[id_].eligibility.on(AS_OF)
        asked = (rule.requires if rule else None) or All(())
        waiting = Examiner(field, plans=False).examine(asked).waiting
        if waiting is not None:
            reached = field.fulfilled(asked, within=(waiting - AS_OF).days)
            assert (id_, reached is not None) == (id_, True)
