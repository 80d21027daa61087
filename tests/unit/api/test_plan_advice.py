"""What would help, why not, joining and prices that decide, on a catalog small enough to work out by hand.

From newcomer on 2026-11-23, six hours a week: STARTER takes ceil(7 × 20 / 6) = 24 days and opens the move to helper;
there the 36 months (1096 days) of project work for MASTER begin, which arrives 14 days after the application: day
24 + 1096 + 14 = 1134. STARTER costs 100; MASTER, without class, 555, or 405 as a member who joins for 50. In all 555.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.plans.answers import Help, PlanAnswer
from pmcareer.api.plans.planning import advise_plan, answer_plan
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Lifecycle, LifecycleStatus
from pmcareer.model.figures import Rival
from pmcareer.model.ids import CertificationId, ExperienceKindId, MembershipId, NicheId, RoleId
from pmcareer.model.people import EducationHeld, Holding, MembershipHeld, Profile
from pmcareer.model.requirements import AnyOf, EducationLevel, Experience
from pmcareer.model.roles import MoveRule
from pmcareer.money import Money
from pmcareer.reading.catalog import read_catalog
from pmcareer.reading.catalog_files import Layer
from pmcareer.timeline import Since, Timeline

SMALL = Path(__file__).resolve().parents[2] / "catalogs" / "small"
AS_OF = date(2026, 11, 23)
MASTER, STARTER = CertificationId("master"), CertificationId("starter")
ARRIVAL = 1134


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    reading = read_catalog(shipped=Layer("small", SMALL))
    assert [str(p) for p in reading.problems.errors] == []
    return reading.catalog


def asked(**more: Any) -> PlanRequest:
    return PlanRequest(RoleId("lead"), AS_OF, **more)


def usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


def day(number: int) -> date:
    return AS_OF + timedelta(days=number)


def by_option(answer: PlanAnswer) -> dict[str, Help]:
    return {one.option: one for one in answer.plans[0].would_help if one.option}


def test_the_plan_itself(catalog: Catalog) -> None:
    (plan,) = answer_plan(catalog, asked()).plans
    assert (plan.days, plan.cost, plan.exams, plan.proven) == (ARRIVAL, usd(555), 2, True)


def test_joining_where_a_year_costs_less_than_it_saves(catalog: Catalog) -> None:
    """405 and 50 of dues are less than 555: two lines, each with its source, and 455 for the award."""
    (plan,) = answer_plan(catalog, asked()).plans
    lines = [(line.what, line.amount) for line in plan.cost_lines if line.what.startswith("AM")]
    assert lines == [("AM: exam", usd(405)), ("AM: Acme Club for a year", usd(50))]
    assert next(step.cost for step in plan.steps if (step.kind, step.id) == ("earn", "master")) == usd(455)
    texts = [a.text for a in answer_plan(catalog, asked()).assumptions]
    assert "AM: Acme Club for a year is counted for that award alone: other fees of that year may be lower" in texts


def test_no_joining_where_the_dues_are_more_than_it_saves(catalog: Catalog) -> None:
    """At 160 a year the discount of 150 does not pay: the full 555, and 100 for the starter."""
    club = catalog.issuers[next(iter(catalog.issuers))].memberships[0]
    dear = replace(club, prices=(replace(club.prices[0], amount=replace(club.prices[0].amount, value=usd(160))),))
    (plan,) = answer_plan(_with_issuer(catalog, memberships=(dear,)), asked()).plans
    assert plan.cost == usd(655)
    assert [line.amount for line in plan.cost_lines] == [usd(100), usd(555)]


def test_a_member_pays_no_dues_again(catalog: Catalog) -> None:
    profile = Profile(memberships=(MembershipHeld(MembershipId("acme-club")),))
    (plan,) = answer_plan(catalog, asked(profile=profile)).plans
    assert plan.cost == usd(505)  # 100 and 405


# What is eased, days saved, money saved; see the arithmetic beside each.
HELP = [
    ("--hold master", ARRIVAL - (24 + 365), 455),  # a year of tenure as helper from day 24; only the starter is paid
    ("--experience project-work=12", 365, 0),  # 731 of 1096 days are left
    ("--hold starter", 24, 100),  # helper from day 0
    ("--education bachelor", 24, 0),  # helper from day 0; the starter still waives the class, 150, for 100
    ("--from helper", 24, 0),
    ("--hours-per-week 10", 10, 0),  # ceil(140 / 10) = 14 days instead of 24
    ("--member acme-club", 0, 50),
]


def test_every_easing_with_what_it_saves(catalog: Catalog) -> None:
    found = by_option(advise_plan(catalog, asked()))
    assert {option: (one.saves_days, one.saves) for option, one in found.items()} == {
        option: (days, usd(money)) for option, days, money in HELP
    }
    assert all(one.arrives == day(ARRIVAL - one.saves_days) and one.proven for one in found.values())


def test_most_days_first(catalog: Catalog) -> None:
    saved = [one.saves_days for one in advise_plan(catalog, asked()).plans[0].would_help]
    assert saved == sorted(saved, reverse=True)


def test_conditions_that_are_waited_for_could_be_waived(catalog: Catalog) -> None:
    """Helper without the starter: 24 days. Lead without the master: day 24 + 365."""
    waived = {w.waives[0]: w for w in advise_plan(catalog, asked()).plans[0].would_help if w.waives}
    assert {role: one.saves_days for role, one in waived.items()} == {"helper": 24, "lead": ARRIVAL - 389}


EASED: dict[str, dict[str, Any]] = {
    "--hold master": {"holds": (Holding(MASTER),)},
    "--hold starter": {"holds": (Holding(STARTER),)},
    "--experience project-work=12": {"experience": {ExperienceKindId("project-work"): Decimal(12)}},
    "--education bachelor": {"education": EducationHeld(EducationLevel.BACHELOR)},
    "--from helper": {"from_": RoleId("helper")},
    "--hours-per-week 10": {"hours_per_week": Decimal(10)},
    "--member acme-club": {"memberships": frozenset({MembershipId("acme-club")})},
}


@pytest.mark.parametrize("objective", ["fastest", "cheapest", "fewest-exams"])
def test_each_saving_is_that_of_the_question_asked_again(catalog: Catalog, objective: Any) -> None:
    answer = advise_plan(catalog, asked(objective=objective))
    (plan,) = answer.plans
    found = by_option(answer)
    assert found and found.keys() <= {*EASED, f"--objective cheapest --by {plan.arrives}"}
    for option, one in found.items():
        if option in EASED:
            (again,) = answer_plan(catalog, asked(objective=objective, **EASED[option])).plans
            assert (one.arrives, one.cost) == (again.arrives, again.cost), option
            assert one.saves_days == plan.days - again.days


def test_what_does_not_help_is_not_named(catalog: Catalog) -> None:
    """The cheapest plan does not become cheaper by more hours a week, but arrives sooner at the same price."""
    found = by_option(advise_plan(catalog, asked(objective="cheapest", education=EducationHeld(EducationLevel.MASTER))))
    assert "--hold starter" in found
    assert "--from helper" not in found  # a master's degree opens that move on day 0 already


def test_a_budget_that_is_too_small(catalog: Catalog) -> None:
    """Nothing reaches lead for 500: the cheapest costs 555."""
    answer = answer_plan(catalog, asked(budget=usd(500)))
    assert answer.plans == ()
    assert [(r.ease, r.arrives, r.cost) for r in answer.why_not] == [
        (("a budget above 500 USD",), day(ARRIVAL), usd(555))
    ]


def test_a_deadline_is_eased_by_itself_by_a_degree_or_by_just_enough_hours(catalog: Catalog) -> None:
    """By day 1120: any degree arrives on day 1110; so many hours that 140 / h is at most 10 days: fourteen."""
    answer = answer_plan(catalog, asked(by=day(1120)))
    assert {(r.ease, r.arrives) for r in answer.why_not} == {
        ((f"an arrival after {day(1120)}",), day(ARRIVAL)),
        (("a bachelor's degree",), day(1110)),
        (("14 hours of study a week",), day(1120)),
    }


def test_a_horizon_is_eased_to_the_first_year_that_works(catalog: Catalog) -> None:
    """Three years are 1096 days, four 1461; the plan takes 1134."""
    answer = answer_plan(catalog, asked(horizon_years=3))
    assert [(r.ease, r.options, r.arrives) for r in answer.why_not] == [
        (("a horizon of 4 years",), ("--horizon 4",), day(ARRIVAL))
    ]


def _retired(catalog: Catalog) -> Catalog:
    gone = Lifecycle(LifecycleStatus.RETIRED, successors=(MASTER,))
    starter = catalog.certifications[STARTER]
    old = replace(
        starter, id=CertificationId("old"), lifecycle=Timeline((Since(date(2025, 1, 1), gone),)), name="Acme Old"
    )
    return replace(catalog, certifications={**catalog.certifications, old.id: old})


def test_a_retired_certification_is_named_with_its_successor(catalog: Catalog) -> None:
    answer = answer_plan(_retired(catalog), asked(require=frozenset({"old"})))
    assert answer.plans == ()
    assert answer.blocked == (
        "old is retired since 2025-01-01 and can no longer be earned; its successor is master (--require master)",
    )
    assert [(r.ease, r.arrives) for r in answer.why_not] == [(("its successor master instead of old",), day(ARRIVAL))]


def test_a_budget_in_a_currency_without_rate_is_refused(catalog: Catalog) -> None:
    from pmcareer.errors import UsageError

    with pytest.raises(UsageError, match="no published rate"):
        answer_plan(catalog, asked(budget=Money(Decimal(900), "EUR")))


def _with_issuer(catalog: Catalog, **changed: Any) -> Catalog:
    issuers = {id_: replace(issuer, **changed) for id_, issuer in catalog.issuers.items()}
    return replace(catalog, issuers=issuers)


def test_a_price_whose_range_decides_is_told(catalog: Catalog) -> None:
    """With a degree the starter only saves the class: 100 + 455 against 605. At 200 for the starter it would not."""
    starter = catalog.certifications[STARTER]
    (price,) = starter.prices
    ranged = replace(price, amount=replace(price.amount, alternatives=(Rival(usd(200), note="the upper end"),)))
    changed = replace(catalog, certifications={**catalog.certifications, STARTER: replace(starter, prices=(ranged,))})
    (told,) = advise_plan(changed, asked(education=EducationHeld(EducationLevel.BACHELOR))).price_decides
    assert (told.certification, told.counted, told.other, told.note) == (STARTER, usd(100), usd(200), "the upper end")
    assert (told.certifications, told.cost, told.arrives) == ((MASTER,), usd(605), day(1110))


def test_a_range_that_changes_nothing_is_not_told(catalog: Catalog) -> None:
    assert advise_plan(catalog, asked()).price_decides == ()


def test_where_one_stays_and_what_for(catalog: Catalog) -> None:
    (plan,) = answer_plan(catalog, asked()).plans
    assert [(stay.role, stay.days) for stay in plan.stays] == [("newcomer", 24), ("helper", ARRIVAL - 24)]
    assert [[type(part).__name__ for part in stay.awaits] for stay in plan.stays] == [["Holds"], ["Holds"]]


def test_a_niche_asks_for_one_certification_that_serves_it(catalog: Catalog) -> None:
    """The starter serves it: it is in the plan even where a degree and the class would do without."""
    starter = replace(catalog.certifications[STARTER], niches=(NicheId("acme-work"),))
    changed = replace(catalog, certifications={**catalog.certifications, STARTER: starter})
    request = PlanRequest(RoleId("helper"), AS_OF, education=EducationHeld(EducationLevel.BACHELOR))
    assert answer_plan(changed, request).plans[0].certifications == ()
    (plan,) = answer_plan(changed, replace(request, niche=NicheId("acme-work"))).plans
    assert (plan.certifications, plan.days, plan.proven) == ((STARTER,), 24, True)
    held = replace(request, niche=NicheId("acme-work"), holds=(Holding(STARTER),))
    assert answer_plan(changed, held).plans[0].certifications == ()


def test_a_niche_that_nothing_serves_has_no_plan_and_says_so(catalog: Catalog) -> None:
    answer = answer_plan(catalog, asked(niche=NicheId("nothing")))
    assert answer.plans == ()
    assert (("no certification for the niche nothing",), day(ARRIVAL)) in {(r.ease, r.arrives) for r in answer.why_not}


def test_no_step_down_that_nobody_asked_for(catalog: Catalog) -> None:
    """Where the helper ranks below the newcomer, the way through it is taken only by word."""
    newcomer = replace(catalog.roles[RoleId("newcomer")], rank=10)
    changed = replace(catalog, roles={**catalog.roles, newcomer.id: newcomer})
    answer = answer_plan(changed, asked())
    assert answer.plans == ()
    assert (("a step down on the way",), day(ARRIVAL)) in {(r.ease, r.arrives) for r in answer.why_not}
    assert answer_plan(changed, asked(step_down=True)).plans[0].days == ARRIVAL
    assert answer_plan(changed, asked(require=frozenset({"helper"}))).plans[0].days == ARRIVAL


def with_roles_before(catalog: Catalog, **ranks: int) -> Catalog:
    """*catalog* with ways of no conditions from the first of *ranks* over the others to newcomer, and all ways back."""
    like = catalog.roles[RoleId("newcomer")]
    added = {RoleId(name): replace(like, id=RoleId(name), rank=rank) for name, rank in ranks.items() if name != like.id}
    (ladder,) = catalog.ladders.values()
    free = replace(ladder.moves[0], rules=Timeline([Since(None, MoveRule())]))
    way = [RoleId(name) for name in ranks]
    pairs = [*pairwise(way), *pairwise(way[::-1])]
    moves = tuple(replace(free, from_=origin, to=into) for origin, into in pairs)
    ladders = {ladder.id: replace(ladder, moves=(*ladder.moves, *moves))}
    roles = {**catalog.roles, **added, like.id: replace(like, rank=ranks["newcomer"])}
    return replace(catalog, roles=roles, ladders=ladders)


@pytest.mark.parametrize(
    ("ranks", "possible"),
    [
        ({"here": 12, "newcomer": 9}, True),  # of one level with where one stands
        ({"here": 12, "newcomer": 8}, False),
        ({"here": 5, "between": 12, "newcomer": 12}, True),
        ({"here": 5, "between": 12, "newcomer": 11}, False),  # further on, the way goes upwards
    ],
)
def test_small_steps_down_only_from_where_one_stands(catalog: Catalog, ranks: dict[str, int], possible: bool) -> None:
    changed = with_roles_before(catalog, **ranks)
    above = {RoleId(name): replace(changed.roles[RoleId(name)], rank=20) for name in ("helper", "lead")}
    changed = replace(changed, roles={**changed.roles, **above})
    answer = answer_plan(changed, asked(from_=RoleId("here")))
    assert bool(answer.plans) == possible
    assert answer_plan(changed, asked(from_=RoleId("here"), step_down=True)).plans[0].days == ARRIVAL


def test_no_way_leads_back_to_where_one_stands(catalog: Catalog) -> None:
    changed = with_roles_before(catalog, here=0, between=0, newcomer=0)
    request = asked(from_=RoleId("here"))

    def pairs(request: PlanRequest) -> set[tuple[str, str]]:
        compiled = compile_question(changed, request, situation_of(request))
        return {(move.origin, move.into) for move in compiled.instance.moves}

    assert ("between", "here") not in pairs(request)
    assert {("here", "between"), ("between", "newcomer"), ("newcomer", "between")} <= pairs(request)
    assert ("between", "here") in pairs(replace(request, step_down=True))


def test_where_no_limit_stands_in_the_way_the_experience_that_would_do_is_told(catalog: Catalog) -> None:
    """Nobody who is a newcomer gets the leading that the helper's post asks for now: 9 months of it, or 18."""
    (ladder,) = catalog.ladders.values()
    leading = ExperienceKindId("leading-projects")
    rule = MoveRule(requires=AnyOf((Experience(leading, 9), Experience(leading, 18))))
    first = replace(ladder.moves[0], rules=Timeline([Since(None, rule)]))
    changed = replace(catalog, ladders={ladder.id: replace(ladder, moves=(first, *ladder.moves[1:]))})
    answer = answer_plan(changed, asked())
    assert answer.plans == () and answer.blocked == ()
    (told,) = answer.why_not
    assert (told.ease, told.options) == (
        ("9 months of leading projects behind you",),
        ("--experience leading-projects=9",),
    )


def test_more_specific_experience_counts_as_the_more_general(catalog: Catalog) -> None:
    """Leading projects implies project work: 36 months of it, and only lead time and tenure are left."""
    led = {ExperienceKindId("leading-projects"): Decimal(36)}
    (plan,) = answer_plan(catalog, asked(experience=led)).plans
    assert plan.days == 24 + 365  # a year as helper; the master is earned meanwhile


def test_old_figures_are_said_to_be_old(catalog: Catalog) -> None:
    """The small catalog was read on 2026-01-01: eleven months before the day asked about."""
    texts = [a.text for a in answer_plan(catalog, asked()).assumptions]
    assert any("last read on 2026-01-01, long before 2026-11-23" in text for text in texts)
    early = answer_plan(catalog, replace(asked(), as_of=date(2026, 3, 1))).assumptions
    assert not any("read" in a.text for a in early)
    past = answer_plan(catalog, replace(asked(), as_of=date(2020, 3, 1))).assumptions
    assert any("those read on 2026-01-01, not those of 2020-03-01" in a.text for a in past)


def test_a_search_told_to_stop_says_that_it_was(catalog: Catalog) -> None:
    answer = answer_plan(catalog, asked(), lambda: True)
    assert answer.cut_short == "interrupted" and not answer.proven_optimal
    assert not any(plan.proven for plan in answer.plans)


def test_the_whole_horizon_of_earnings(catalog: Catalog) -> None:
    """Only lead is paid, 90,000 a year; from day 1134 to day 7305 (twenty years) that is 1,520,606.17 and a bit.

    Minus 555, and the renewals of the master, 150 each (cycles of 1096 days from day 1134 end on days 2230, 3326, 4422,
    5518 and 6614: five).
    """
    answer = answer_plan(catalog, asked(objective="earnings"))
    (plan,) = answer.plans
    gained = Decimal(90_000) * (7305 - ARRIVAL) / Decimal("365.2425")
    assert plan.earnings is not None
    assert abs(plan.earnings.amount - (gained - 555 - 5 * 150)) < Decimal("0.01")
    assert {u.id for u in answer.unknown if u.what == "pay"} == {"newcomer", "helper"}
