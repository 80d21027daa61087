"""Why, near and compare on the small catalog, worked out by hand (tests/catalogs/small); windows on two made roles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pmcareer.api.comparing.compare import answer_compare
from pmcareer.api.comparing.comparison import Comparison, Datum, Special
from pmcareer.api.compiling.experience import day_by_waiting
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.requests import Asked
from pmcareer.api.reasons.answers import WhyAnswer
from pmcareer.api.reasons.field import Field
from pmcareer.api.reasons.near import NearAnswer, answer_near
from pmcareer.api.reasons.requirement_state import Examiner, Node
from pmcareer.api.reasons.why import answer_why
from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, ExperienceKindId, RoleId
from pmcareer.model.people import Holding, Profile, Stint
from pmcareer.model.requirements import All, AnyOf, Experience, Holds, Tenure, Training
from pmcareer.model.roles import ExperienceKind, Role
from pmcareer.money import Money
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_files import Layer

SMALL = Path(__file__).resolve().parents[2] / "catalogs" / "small"
AS_OF = date(2026, 11, 23)
HELPER = Profile(roles=(Stint(RoleId("helper"), date(2024, 11, 23)),))  # 730 days in the role
STARTER = Profile(certifications=(Holding(CertificationId("starter"), earned=date(2026, 1, 1)),))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    reading = read_catalog(shipped=Layer("small", SMALL))
    assert not reading.problems.errors
    return reading.catalog


def usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


def why(catalog: Catalog, wanted: str, profile: Profile | None = None) -> WhyAnswer:
    return answer_why(catalog, profile, Asked(as_of=AS_OF), wanted)


def test_a_certification_by_hand(catalog: Catalog) -> None:
    """Master: 36 months of project work are 1,096 days; two years as a helper are 730 (2024-11-23 … 2026-11-22).

    366 days are missing: by waiting on 2027-11-24. Then 14 days to the award: 2027-12-08, day 380. Joining the club for
    a year (50 USD) makes the exam 405 instead of 555 USD. The class (150) may be taken, or the starter earned first
    (100 USD): 100 + 405 + 50 = 555 is less than 405 + 50 + 150 = 605.
    """
    answer = why(catalog, "AM", HELPER)
    (way,) = answer.ways
    experience, training = way.tree.of
    assert not answer.open and way.tree.state == "unmet" and way.tree.needs == 2
    assert experience.counted is not None
    assert (experience.counted.days, experience.counted.needed, experience.counted.missing) == (730, 1096, 366)
    assert [stint.role for stint in experience.counted.stints] == ["helper"]
    assert experience.waiting == way.tree.waiting == date(2027, 11, 24)
    assert way.reached is not None and way.reached.day == 366 and way.reached.cost == usd(0)
    assert training.state == "in-study" and training.holds
    assert answer.plan is not None
    assert (answer.plan.on, answer.plan.day, answer.plan.cost) == (date(2027, 12, 8), 380, usd(555))
    assert set(answer.plan.certifications) == {"starter", "master"} and answer.plan.proven


def test_what_a_certification_takes_by_itself_today(catalog: Catalog) -> None:
    """As a member of the club with the class 120 h and 605 USD; whoever holds the starter needs 85 h and 455 USD."""
    without = why(catalog, "master", HELPER).papers[CertificationId("master")]
    assert (without.hours, without.cost, without.lead_days) == (Fraction(120), usd(605), 14)
    waived = why(catalog, "master", STARTER)
    paper = waived.papers[CertificationId("master")]
    assert (paper.hours, paper.cost) == (Fraction(85), usd(455))
    training = next(part for part in waived.ways[0].tree.of if isinstance(part.requirement, Training))
    assert training.state == "met" and training.by is not None and training.by.id == "starter"


def test_a_role_by_hand(catalog: Catalog) -> None:
    """Into helper: the starter (20 h at 6 a week: ceil(140 / 6) = 24 days, 100 USD), or a degree, which none brings."""
    answer = why(catalog, "helper")
    (way,) = answer.ways
    assert (way.origin, way.ladder, way.there, way.open) == ("newcomer", "only", True, False)
    starter, degree = way.tree.of
    assert starter.asks == "starter" and starter.reached is not None
    assert (starter.reached.day, starter.reached.cost) == (24, usd(100)) and starter.waiting is None
    assert degree.state == "unmet" and degree.reached is None and degree.waiting is None
    assert way.rule.citation.source == "made-up" and way.rule.since is None


def test_what_is_held_opens_the_way(catalog: Catalog) -> None:
    answer = why(catalog, "helper", STARTER)
    assert answer.open and answer.ways[0].tree.of[0].by is not None
    assert answer.plan is not None and answer.plan.day == 0


def test_the_way_from_a_role_not_yet_reached(catalog: Catalog) -> None:
    """Into lead from helper: a newcomer's tenure there has not begun, and does not come by waiting."""
    (way,) = why(catalog, "lead").ways
    tenure = next(part for part in way.tree.of if isinstance(part.requirement, Tenure))
    assert not way.there and not way.today
    assert tenure.counted is not None and tenure.counted.days == 0 and tenure.waiting is None
    assert way.reached is not None and way.reached.day == 1134  # as tests/unit/api/test_compiling.py works out


def test_being_there_and_having_it(catalog: Catalog) -> None:
    assert why(catalog, "helper", HELPER).here and why(catalog, "starter", STARTER).here
    with pytest.raises(UnknownIdError):
        why(catalog, "mastre of nothing")


def near(catalog: Catalog, profile: Profile | None = None, **asked: int) -> NearAnswer:
    return answer_near(catalog, profile, Asked(as_of=AS_OF), within_days=asked.get("within"), limit=asked.get("limit"))


def test_near_by_hand(catalog: Catalog) -> None:
    """Within two years a newcomer: helper on day 24 for 100 USD; the starter may be sat now and is held on day 24."""
    answer = near(catalog)
    assert [(r.id, r.now, r.reached.day, r.reached.cost) for r in answer.roles] == [("helper", False, 24, usd(100))]
    (starter,) = answer.certifications
    assert starter.paper.id == "starter" and starter.now and starter.sit.day == 0
    assert starter.paper.reached is not None and starter.paper.reached.day == 24


def test_near_orders_by_months_and_counts_what_the_limit_cuts(catalog: Catalog) -> None:
    """Master: helper on day 24, 1,096 days of work on day 1,120, held on day 1,134; 100 + 455 USD."""
    answer = near(catalog, within=1200)
    assert [role.id for role in answer.roles] == ["helper", "lead"]
    assert [one.sit.day for one in answer.certifications] == [0, 1120]
    master = answer.certifications[1].paper.reached
    assert master is not None and (master.day, master.cost) == (1134, usd(555))
    assert near(catalog, within=1200, limit=1).more_roles == 1


@pytest.mark.parametrize("limit", [1, 3, 5])
@pytest.mark.parametrize(
    "asked",
    [
        Asked(as_of=AS_OF, from_="software-developer"),
        # What is held stands in for others: these are had for nothing.
        Asked(as_of=AS_OF, from_="project-manager", holds=(("pmp", date(2025, 6, 15)),), education="bachelor"),
    ],
)
def test_near_with_a_limit_begins_as_near_without_one(asked: Asked, limit: int) -> None:
    """What cannot be among the first is not solved; the first stay the first, of what is open now and of the rest."""
    shipped = load_catalog()
    every = answer_near(shipped, None, asked, within_days=120, kinds=("certifications",))
    few = answer_near(shipped, None, asked, within_days=120, kinds=("certifications",), limit=limit)
    now = [one for one in every.certifications if one.now]
    later = [one for one in every.certifications if not one.now]
    assert few.certifications == (*now[:limit], *later[:limit])
    assert few.more_certifications == len(every.certifications) - len(few.certifications)


def test_near_open_now(catalog: Catalog) -> None:
    (helper,) = near(catalog, STARTER).roles
    assert helper.id == "helper" and helper.now and helper.reached.day == 0


def compared(catalog: Catalog, *named: str) -> Comparison:
    return answer_compare(catalog, None, Asked(as_of=AS_OF), named)


def data(comparison: Comparison, key: str) -> tuple[Datum, ...]:
    return next(row.data for row in comparison.rows if row.key == key)


def test_certifications_side_by_side_by_hand(catalog: Catalog) -> None:
    """Master: 150 USD and 60 PDU in three years: 50 USD and 20 hours a year. Starter: for life."""
    comparison = compared(catalog, "starter", "AM")
    fees, hours = data(comparison, "renewal.fee_per_year"), data(comparison, "renewal.hours_per_year")
    assert [one.value for one in fees] == [Special.NONE, usd(50)]
    assert [one.value for one in hours] == [Special.NONE, 20]
    assert [one.value for one in data(comparison, "prices.exam.full")] == [usd(100), usd(555)]
    assert [one.value for one in data(comparison, "prices.exam.member")] == [Special.NONE, usd(405)]
    assert [one.value for one in data(comparison, "exam.questions")] == [Special.UNKNOWN, Special.UNKNOWN]
    assert fees[1].citation is not None and fees[1].citation.source == "made-up"
    assert {row.key for row in comparison.rows if row.differs} >= {"level", "prices.exam.full", "study.hours"}
    assert not next(row for row in comparison.rows if row.key == "issuer").differs


def test_roles_side_by_side_by_hand(catalog: Catalog) -> None:
    comparison = compared(catalog, "helper", "lead")
    assert [one.value for one in data(comparison, "pay.p50")] == [Special.UNKNOWN, usd(90000)]
    assert [one.value for one in data(comparison, "plan.arrives")] == [date(2026, 12, 17), date(2029, 12, 31)]
    assert [one.value for one in data(comparison, "certifications.master")] == [Special.NO, Special.YES]
    assert [one.value for one in data(comparison, "from.helper")] == [Special.NO, Special.YES]


@pytest.mark.parametrize("named", [("helper", "master"), ("helper",), ("master", "AM"), ("helper", "x.json"), ()])
def test_what_cannot_be_compared(catalog: Catalog, named: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        compared(catalog, *named)


def test_alternatives_stand_with_the_least_missing_first(catalog: Catalog) -> None:
    """Without plans: nothing but 366 days of experience is nearer than a certification and 1,000 days."""
    field = Field(catalog, PlanRequest(RoleId("lead"), AS_OF, profile=HELPER))
    dear = All((Holds(CertificationId("starter")), Experience(ExperienceKindId("project-work"), 30)))
    near_ = Experience(ExperienceKindId("project-work"), 36)
    either = Examiner(field, plans=False).examine(AnyOf((dear, near_)))
    assert [part.requirement for part in either.of] == [near_, dear]
    assert [part.lack for part in either.of] == [(0, 366), (1, 183)]  # 30 months are 913 days, 730 of them done


# --- windows --------------------------------------------------------------------------------------------------------

WORK = ExperienceKindId("work")
LEADING, RESTING = RoleId("leading"), RoleId("resting")
MADE = Catalog(
    roles={
        LEADING: Role(LEADING, "Leading", "Leads.", (WORK,)),
        RESTING: Role(RESTING, "Resting", "Rests.", ()),
    },
    experience_kinds={WORK: ExperienceKind(WORK, "Work", "Work.")},
)
ONCE = Stint(LEADING, date(2016, 11, 23), date(2017, 11, 22))  # 365 days, the oldest ten years ago today


def test_what_leaves_the_window_while_waiting_does_not_count() -> None:
    """365 days of old and 365 of new work: for a year each day gained is one lost, then 70 more make 800."""
    request = PlanRequest(LEADING, AS_OF, profile=Profile(roles=(ONCE, Stint(LEADING, date(2025, 11, 23)))))
    assert day_by_waiting(MADE, situation_of(request), WORK, 10, 730, 7305) == 0
    assert day_by_waiting(MADE, situation_of(request), WORK, 10, 800, 7305) == 365 + 70
    assert day_by_waiting(MADE, situation_of(request), WORK, None, 800, 7305) == 70


def test_what_holds_today_may_not_hold_when_the_rest_does() -> None:
    """A year of work within ten years holds today and not tomorrow; half a year in the role is still to come."""
    request = PlanRequest(RESTING, AS_OF, profile=Profile(roles=(ONCE, Stint(RESTING, date(2026, 11, 23)))))
    examiner = Examiner(Field(MADE, request), RESTING, plans=False)
    both: Node = examiner.examine(All((Experience(WORK, 12, 10), Tenure(6))))
    work, tenure = both.of
    assert work.holds and tenure.waiting == date(2027, 5, 25)  # 183 days
    assert not both.holds and both.waiting is None
    assert examiner.examine(All((Experience(WORK, 12), Tenure(6)))).waiting == date(2027, 5, 25)
