"""From catalog to instance, on a catalog small enough to work out by hand (tests/catalogs/small)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.plans.planning import answer_plan
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, ExperienceKindId, MembershipId, RoleId
from pmcareer.model.people import EducationHeld, Holding, MembershipHeld, Profile, Stint
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.planning.instance import All as AllOf
from pmcareer.planning.instance import ExperienceDays, Holds, Renewal, TenureDays
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_files import Layer

SMALL = Path(__file__).resolve().parents[2] / "catalogs" / "small"
AS_OF = date(2026, 11, 23)
MASTER, STARTER = CertificationId("master"), CertificationId("starter")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    reading = read_catalog(shipped=Layer("small", SMALL))
    assert [str(p) for p in reading.problems.errors] == []
    return reading.catalog


def compiled(catalog: Catalog, **asked: Any) -> Compiled:
    request = PlanRequest(RoleId(asked.pop("to", "lead")), AS_OF, **asked)
    return compile_question(catalog, request, situation_of(request))


def test_a_certification_and_its_waiver(catalog: Catalog) -> None:
    """85 h and 35 h of class; 555 and 150 USD; with the starter 85 h and 555 USD. 60 PDU in 3 years, 150 USD.

    Who joins for a year, 50 USD, pays 405 instead of 555.
    """
    master = compiled(catalog).instance.certifications["master"]
    assert master.study_hours == 120 and master.cost == 405 + 50 + 150 and master.lead_days == 14
    (variant,) = master.variants
    assert variant.when == Holds("starter") and variant.study_hours == 85 and variant.cost == 405 + 50
    assert master.eligibility == ExperienceDays("project-work", 1096)  # 36 months
    assert master.renewal == Renewal(1096, Fraction(60), Fraction(150))


def test_a_member_pays_member_prices(catalog: Catalog) -> None:
    profile = Profile(memberships=(MembershipHeld(MembershipId("acme-club")),))
    master = compiled(catalog, profile=profile).instance.certifications["master"]
    assert master.cost == 555 and master.renewal == Renewal(1096, Fraction(60), Fraction(60))


def test_moves_and_grants(catalog: Catalog) -> None:
    instance = compiled(catalog).instance
    requires = {(m.origin, m.into): m.requires for m in instance.moves}
    assert requires[("newcomer", "helper")] == Holds("starter")  # secondary school only
    assert requires[("helper", "lead")] == AllOf((TenureDays(365), Holds("master")))
    assert instance.roles["helper"].grants == {"project-work"}
    assert instance.roles["lead"].grants == {"project-work"}  # by what leading implies


def test_education_is_settled_when_compiling(catalog: Catalog) -> None:
    instance = compiled(catalog, education=EducationHeld(EducationLevel.BACHELOR)).instance
    assert {(m.origin, m.into): m.requires for m in instance.moves}[("newcomer", "helper")] is None


def test_the_whole_plan_by_hand(catalog: Catalog) -> None:
    """Newcomer to lead at 6 h a week.

    Starter: 20 h take ceil(140 / 6) = 24 days; earned on day 24 (no lead), 100 USD; helper on day 24.
    Master: from day 24 with the starter 85 h: ceil(595 / 6) = 100 days, ends on day 124. Project work grows from
    day 24: 1,096 days on day 1,120; applied for then, earned 14 days later, on day 1,134: 405 USD and 50 for
    joining for a year (555 USD otherwise). A year as helper has passed: lead on day 1,134. Renewals: the starter
    never; the master's first is three years on.
    """
    answer = answer_plan(catalog, PlanRequest(RoleId("lead"), AS_OF))
    (plan,) = answer.plans
    assert answer.proven_optimal
    assert (plan.days, plan.cost, plan.exams) == (1134, Money(Decimal(100 + 405 + 50), "USD"), 2)
    assert [(s.kind, s.id, (s.start - AS_OF).days, (s.end - AS_OF).days) for s in plan.steps] == [
        ("study", "starter", 0, 24),
        ("earn", "starter", 24, 24),
        ("move", "helper", 24, 24),
        ("study", "master", 24, 124),
        ("earn", "master", 1120, 1134),
        ("move", "lead", 1134, 1134),
    ]
    # The study of the master may end up to day 1,120: 996 days of float; everything else holds the goal.
    assert [s.float_days for s in plan.steps] == [0, 0, 0, 996, 0, 0]
    assert plan.pay_to.amount == Money(Decimal(90000), "USD") and plan.pay_from.amount is None


def test_reasons_name_what_each_step_serves(catalog: Catalog) -> None:
    (plan,) = answer_plan(catalog, PlanRequest(RoleId("lead"), AS_OF)).plans
    served = {(s.kind, s.id): {(r.serves, r.subject) for r in s.because} for s in plan.steps}
    assert served[("earn", "starter")] == {("move", "helper"), ("waiver", "master")}
    assert served[("earn", "master")] == {("move", "lead")}
    assert served[("move", "helper")] == {("move", "lead")}
    assert served[("move", "lead")] == {("target", "lead")}
    assert served[("study", "master")] == {("earning", "master")}


def test_cheapest_waits_where_waiting_is_cheaper(catalog: Catalog) -> None:
    """With a degree the starter is not needed to be a helper; it costs 100 USD and saves 150: still worth having."""
    request = PlanRequest(RoleId("lead"), AS_OF, education=EducationHeld(EducationLevel.BACHELOR), objective="cheapest")
    (plan,) = answer_plan(catalog, request).plans
    assert plan.cost == Money(Decimal(555), "USD") and plan.certifications == (STARTER, MASTER)


def test_renewals_of_what_is_held_fall_in_the_plan_on_the_engines_day(catalog: Catalog) -> None:
    """Master earned 1 June 2024: the cycle's last day is 31 May 2027, inside the year as helper."""
    request = PlanRequest(
        RoleId("lead"),
        AS_OF,
        from_=RoleId("helper"),
        holds=(Holding(MASTER, earned=date(2024, 6, 1)),),
    )
    (plan,) = answer_plan(catalog, request).plans
    (renewal,) = [s for s in plan.steps if s.kind == "renew"]
    assert renewal.end == date(2027, 5, 31) and renewal.cost == Money(Decimal(150), "USD")
    assert plan.days == 365 and plan.cost == Money(Decimal(150), "USD")


def test_what_lapsed_does_not_count(catalog: Catalog) -> None:
    found = compiled(catalog, holds=(Holding(MASTER, earned=date(2015, 6, 1)),))
    assert "master" not in found.instance.start.holds
    assert any("master no longer counts: it is expired" in a.text for a in found.assumptions)


def test_experience_before_day_zero(catalog: Catalog) -> None:
    stints = (Stint(RoleId("lead"), date(2026, 11, 13), date(2026, 11, 22)),)
    months = {ExperienceKindId("leading-projects"): Decimal(12)}
    found = compiled(catalog, profile=Profile(roles=stints, experience=months))
    assert found.instance.start.experience_days == {"project-work": 365 + 10}


def test_unknown_prices_are_never_cheap(catalog: Catalog) -> None:
    master = catalog.certifications[MASTER]
    unpriced = replace(catalog, certifications={**catalog.certifications, MASTER: replace(master, prices=())})
    found = compiled(unpriced)
    assert found.instance.certifications["master"].cost == UNPRICED + 150
    assert [(u.what, u.id) for u in found.unknown] == [("price", "master")]
    answer = answer_plan(unpriced, PlanRequest(RoleId("lead"), AS_OF))
    (plan,) = answer.plans
    assert plan.at_least and plan.cost == Money(Decimal(100), "USD") and not answer.proven_optimal
    assert [line.amount for line in plan.cost_lines if line.what.startswith("AM")] == [None]


def test_unknown_study_hours_leave_a_certification_out(catalog: Catalog) -> None:
    master = catalog.certifications[MASTER]
    unknown = replace(master, study=replace(master.study, hours=replace(master.study.hours, value=None)))
    changed = replace(catalog, certifications={**catalog.certifications, MASTER: unknown})
    answer = answer_plan(changed, PlanRequest(RoleId("lead"), AS_OF))
    assert answer.plans == () and [u.what for u in answer.unknown] == ["hours"]
    own = Profile(study_hours={MASTER: Decimal(85)})
    (plan,) = answer_plan(changed, PlanRequest(RoleId("lead"), AS_OF, profile=own)).plans
    assert plan.days == 1134


def test_a_required_role_is_passed(catalog: Catalog) -> None:
    answer = answer_plan(catalog, PlanRequest(RoleId("lead"), AS_OF, require=frozenset({"helper"})))
    assert answer.plans[0].roles == ("newcomer", "helper", "lead") and answer.plans[0].days == 1134


def test_smallest_sets_of_what_to_ease(catalog: Catalog) -> None:
    """555 USD and 1,134 days are the fastest: with 500 USD or a thousand days alone nothing fits."""
    request = PlanRequest(
        RoleId("lead"), AS_OF, by=date(2029, 1, 1), budget=Money(Decimal(500), "USD"), hours_per_week=Decimal(40)
    )
    answer = answer_plan(catalog, request)
    assert answer.plans == ()
    assert {frozenset(r.ease) for r in answer.why_not} == {
        frozenset({"an arrival after 2029-01-01", "a budget above 500 USD"})
    }
    (relaxed,) = answer.why_not
    assert relaxed.cost == Money(Decimal(555), "USD")


def test_an_old_award_for_life_is_not_renewed(catalog: Catalog) -> None:
    """The starter lasts for life; held, it costs nothing whatever new awards would."""
    request = PlanRequest(RoleId("lead"), AS_OF, holds=(Holding(STARTER, earned=date(2010, 5, 1)),))
    assert compile_question(catalog, request, situation_of(request)).instance.certifications["starter"].renewal is None


def test_a_budget_that_cannot_be_compared_is_refused(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="no published rate"):
        compiled(catalog, budget=Money(Decimal(100), "XXX"))


def test_a_price_without_an_exchange_rate_is_unknown_not_zero(catalog: Catalog) -> None:
    (plan,) = answer_plan(catalog, PlanRequest(RoleId("lead"), AS_OF, currency="EUR")).plans
    assert plan.at_least
