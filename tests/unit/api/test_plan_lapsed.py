"""What is over on day 0 inside plans, over the shipped catalog; every figure is worked by hand from the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.answers import DatedPlan
from pmcareer.api.plans.dating import dated
from pmcareer.api.plans.helping import would_help
from pmcareer.api.plans.planning import advise_plan, answer_plan
from pmcareer.api.plans.solving import solved
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, ExperienceKindId, RegionId, RoleId
from pmcareer.model.people import EducationHeld, Holding, Profile, Stint
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.renewals.status import Status

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def held(name: str, earned: date) -> Holding:
    return Holding(CertificationId(name), earned=earned)


def best(catalog: Catalog, request: PlanRequest) -> DatedPlan:
    answer = answer_plan(catalog, request)
    assert answer.proven_optimal
    return answer.plans[0]


@pytest.mark.parametrize(
    ("name", "earned"),
    [
        ("prince2-practitioner", date(2016, 10, 1)),
        ("msp-practitioner", date(2015, 1, 1)),
        ("itil-foundation", date(2023, 6, 1)),
    ],
)
def test_what_lapsed_and_serves_nothing_costs_nothing(catalog: Catalog, name: str, earned: date) -> None:
    """A PMP of 2025 opens the move; six months in the role are all that is waited for: 183 days, nothing to pay.

    The other one ended on 1 July 2023 or on 1 June 2026.
    """
    experience = {
        ExperienceKindId("leading-projects"): Decimal(96),
        ExperienceKindId("professional-experience"): Decimal(120),
    }
    request = PlanRequest(
        RoleId("program-manager"),
        AS_OF,
        from_=RoleId("senior-project-manager"),
        holds=(held(name, earned), held("pmp", date(2025, 1, 1))),
        experience=experience,
        budget=Money(Decimal(100), "USD"),
    )
    plan = best(catalog, request)
    assert (plan.days, plan.cost, plan.exams) == (183, Money(Decimal(0), "USD"), 0)
    assert [step.kind for step in plan.steps] == ["move"]


def test_what_is_noted_as_not_current_comes_back_by_the_exam(catalog: Catalog) -> None:
    """PRINCE2 Practitioner of 1 May 2022 ended on 1 May 2025, the PMP of 2021 long ago: the move needs one of them.

    40 h at 6 a week take 47 days (280 / 6), the award 7 more: 16 January 2027. The exam costs 445 GBP in the UK. (The
    seven years of experience since 2020 are there on 1 January 2027.)
    """
    profile = Profile(
        region=RegionId("uk"),
        roles=(Stint(RoleId("project-manager"), date(2020, 1, 1)),),
        certifications=(held("prince2-practitioner", date(2022, 5, 1)), held("pmp", date(2021, 1, 1))),
    )
    plan = best(catalog, PlanRequest(RoleId("program-manager"), AS_OF, profile=profile))
    assert [(step.kind, step.id) for step in plan.steps] == [
        ("study", "prince2-practitioner"),
        ("earn", "prince2-practitioner"),
        ("move", "program-manager"),
    ]
    assert (plan.arrives, plan.cost, plan.exams) == (date(2027, 1, 16), Money(Decimal(445), "GBP"), 1)


def test_hours_of_a_renewal_due_tomorrow(catalog: Catalog) -> None:
    """A CSM of 25 November 2024 ends on 24 November 2026; its 20 SEU of an hour cannot be earned in two days of 6/7 h.

    60 h of PSM II take 73 days beside what the CSM takes a week, so two days of it 2 * 60 / 73 = 1.6 h.
    """
    experience = {
        ExperienceKindId("scrum-master"): Decimal(36),
        ExperienceKindId("professional-experience"): Decimal(60),
    }
    request = PlanRequest(
        RoleId("agile-coach"),
        AS_OF,
        from_=RoleId("scrum-master"),
        holds=(held("csm", date(2024, 11, 25)),),
        experience=experience,
    )
    first, *others = best(catalog, request).steps
    assert (first.kind, first.id, first.end) == ("renew", "csm", date(2026, 11, 24))
    assert first.warnings == (
        "20 h do not fit by 2026-11-24: your hours a week come to 1.7 h, of which studies take 1.6 h",
    )
    assert not any(step.warnings for step in others if step.kind == "renew")


def test_only_what_counts_is_kept(catalog: Catalog) -> None:
    from pmcareer.api.compiling.keeping import COUNTS

    assert frozenset({Status.NOTED, Status.SUSPENDED, Status.EXPIRED}).isdisjoint(COUNTS)


def coordinator(**more: object) -> PlanRequest:
    """A project coordinator since January 2025 with a CAPM of March 2025 and a bachelor's degree, six hours a week."""
    profile = Profile(
        education=EducationHeld(EducationLevel.BACHELOR),
        roles=(Stint(RoleId("project-coordinator"), date(2025, 1, 1)),),
        certifications=(held("capm", date(2025, 3, 1)),),
    )
    request = PlanRequest(RoleId("it-project-manager"), AS_OF, profile=profile, objective="earnings")
    return replace(request, **more)  # type: ignore[arg-type]


def test_what_would_help_to_earn_more_is_told_in_earnings(catalog: Catalog) -> None:
    """A CAPM ends every three years on 28 February from 2028; 150 USD each, 60 for members of PMI.

    The horizon of 20 years ends in November 2046: 2028, 2031, 2034, 2037, 2040, 2043 and 2046 are seven renewals, 1,050
    USD, or 7 * 90 = 630 less for a member. Nothing of that changes the arrival. Without the CAPM's hours PSM I comes a
    day sooner, so that a day more is paid as a product owner (116,580 a year) and one less as a coordinator (102,320):
    14,260 / 365.2425 = 39.04.
    """
    (plan,) = advise_plan(catalog, coordinator()).plans
    helps = {one.option: one for one in plan.would_help}
    assert plan.earnings is not None
    for option, more in {"--let-lapse capm": "1089.04", "--member pmi": "630"}.items():
        one = helps[option]
        assert (one.earns, one.saves_days) == (Money(Decimal(more), "USD"), 0)
    assert all(one.earns is not None and one.earns.amount > 0 for one in plan.would_help)


def test_what_a_longer_search_finds_without_easing_is_no_help(catalog: Catalog) -> None:
    """A plan is given that pays 1,000 USD more than the best, which is not proven: that it can be had for less is
    nobody's easing, so that without a step down, or with a degree that nothing asks, nothing is saved."""
    request = coordinator(objective="cheapest")
    compiled, outcome = solved(catalog, request)
    plan = dated(catalog, request, compiled, outcome.plans[0])
    dear = replace(plan, cost=Money(plan.cost.amount + 1000, "USD"), proven=False)
    options = {one.option for one in would_help(catalog, request, compiled, dear)}
    assert "--step-down" not in options
    assert not {option for option in options if option.startswith("--education")}


@pytest.mark.parametrize(
    ("name", "earned", "told"),
    [
        ("prince2-practitioner", date(2016, 10, 1), "another certification of its suite would bring it back"),
        ("capm", date(2020, 1, 1), ""),  # nothing else of PMI's revives it
    ],
)
def test_a_way_back_that_is_not_weighed_is_told(catalog: Catalog, name: str, earned: date, told: str) -> None:
    profile = Profile(certifications=(held(name, earned),))
    request = PlanRequest(RoleId("program-manager"), AS_OF, profile=profile, from_=RoleId("project-manager"))
    (text,) = (a.text for a in answer_plan(catalog, request).assumptions if a.text.startswith(f"{name} no longer"))
    assert told in text and ("not weighed" in text) == bool(told)
