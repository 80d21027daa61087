"""Risk of a plan, held against hand arithmetic, exact convolution and the auditor of plans."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planner_oracles.random_instances import tiny
from tests.unit.planning.questions import f

from pmcareer.planning.instance import (
    All,
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Renewal,
    Role,
    Start,
    TenureDays,
    Variant,
)
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.replay import check
from pmcareer.planning.risk import Result, Retakes, RiskModel, Samples, Uncertain, _Drawn, _Sampled
from pmcareer.planning.solver import solve
from pmcareer.planning.spreads import Spread, Tries

# One hour a day, so days are hours. start --(a and b)--> goal: a 100 days, b 50 days, no lead; a costs 300, b 200.
TWO = Instance(
    start=Start("start"),
    target="goal",
    roles={"start": Role(), "goal": Role()},
    moves=(Move("start", "goal", All((Holds("a"), Holds("b")))),),
    certifications={"a": Certification(f(100), f(300)), "b": Certification(f(50), f(200))},
    hours_per_week=f(7),
    horizon_days=4000,
)


def best(instance: Instance) -> Plan:
    (plan,) = solve(instance).plans
    return plan


def model(instance: Instance, *uncertain: Uncertain) -> RiskModel:
    return RiskModel(instance, best(instance), uncertain)


def study(name: str, optimistic: int, most_likely: int, pessimistic: int) -> Uncertain:
    return Uncertain("study", name, Spread(optimistic, most_likely, pessimistic))


def exam(name: str, percent: int, retakes: Retakes) -> Uncertain:
    return Uncertain("exam", name, Tries(Fraction(percent, 100)), retakes)


def test_without_uncertainty_a_plan_is_lived_as_planned() -> None:
    lived = 0
    for objective in ("fastest", "cheapest", "fewest-exams"):
        for seed in range(60):
            instance = tiny(seed, objective)
            for plan in solve(instance).plans[:1]:
                lived += bool(plan.steps)
                if plan.steps:
                    assert RiskModel(instance, plan, []).usual() == Result(plan.arrival_day, plan.cost), (seed, plan)
    assert lived > 60


def test_longer_studies_follow_one_another() -> None:
    """a at 150 %: 150 days; b at 80 %: 40 days; arrival on day 190."""
    found = model(TWO, study("a", 500, 1000, 2000), study("b", 500, 1000, 2000))
    assert found.live([1500, 800]) == Result(190, f(500))


def test_another_try_costs_its_fee_and_its_wait() -> None:
    """b is failed twice, the second retake free no more: 150 days, and 30 + 60; 500 and one fee of 80."""
    retakes = Retakes(f(80), waits=(30, 60), free=1)
    found = model(TWO, exam("b", 70, retakes))
    assert found.live([3]) == Result(240, f(580))


def test_after_too_many_failures_there_is_a_pause() -> None:
    retakes = Retakes(f(10), waits=(0,), most=3, pause=365)
    assert [retakes.days(failures) for failures in range(8)] == [0, 0, 0, 365, 365, 365, 730, 730]


def test_the_mean_cost_of_retakes_is_that_of_a_geometric_distribution() -> None:
    """At 70 % there are on average 0.3 / 0.7 further tries of 70 each: 30. The mean of 20,000 lies within 1 of it."""
    samples = model(TWO, exam("a", 70, Retakes(f(70), waits=(0,)))).sample(20_000, seed=1)
    costs = [result.cost for result in samples.results if result.cost is not None]
    assert len(costs) == 20_000
    assert abs(sum(costs, Fraction(0)) / len(costs) - 530) < 1


def test_two_studies_add_up_as_their_exact_convolution() -> None:
    """Each PERT value by 200 equal chances; the sum's percentiles by counting all 40,000 pairs."""
    spreads = Spread(60, 100, 175), Spread(30, 50, 88)
    grids = [[spread.at((2 * k + 1) * (1 << 32) // 400) for k in range(200)] for spread in spreads]
    sums = sorted(a + b for a, b in product(*grids))
    samples = model(TWO, study("a", 600, 1000, 1750), study("b", 600, 1000, 1760)).sample(5000, seed=7)
    for percent in (50, 80, 95):
        expected = sums[len(sums) * percent // 100]
        found = samples.arrival(percent)
        assert found is not None
        assert abs(found - expected) <= 2


def test_renewals_move_with_the_day_of_the_award() -> None:
    """a is renewed every 60 days for 10; goal asks 100 days as worker, who needs a.

    Planned: earned on 100, arrival on 200: one renewal. A wait of 25 days in between: arrival on 225, two renewals.
    """
    instance = Instance(
        start=Start("start"),
        target="goal",
        roles={"start": Role(), "worker": Role(), "goal": Role()},
        moves=(Move("start", "worker", Holds("a")), Move("worker", "goal", TenureDays(100))),
        certifications={"a": Certification(f(100), f(300), renewal=Renewal(60, f(0), f(10)))},
        hours_per_week=f(7),
        horizon_days=4000,
    )
    found = model(instance, Uncertain("wait", "goal", Spread(0, 0, 60)))
    assert [found.live([days]) for days in (0, 25)] == [Result(200, f(310)), Result(225, f(320))]


def test_the_planned_preparation_is_waited_for() -> None:
    """b takes 50 days and 500, with a held 20 days and 200; whoever fails a on day 100 waits for it."""
    cheaper = Variant(Holds("a"), f(20), f(200))
    certifications = {"a": Certification(f(100), f(300)), "b": Certification(f(50), f(500), variants=(cheaper,))}
    instance = replace(TWO, certifications=certifications)
    found = model(instance, exam("a", 50, Retakes(f(0), waits=(30,))))
    assert [found.live([tries]) for tries in (1, 2)] == [Result(120, f(500)), Result(150, f(500))]


def test_a_role_is_not_left_before_what_it_alone_grants_is_gathered() -> None:
    """The goal asks 90 days of building, which only the start grants; a takes 100 days and opens the way out.

    At half the study time the move opens on day 50, and would lead nowhere.
    """
    instance = Instance(
        start=Start("start"),
        target="goal",
        roles={"start": Role(frozenset({"building"})), "office": Role(), "goal": Role()},
        moves=(
            Move("start", "office", Holds("a")),
            Move("office", "goal", All((ExperienceDays("building", 90), TenureDays(10)))),
        ),
        certifications={"a": Certification(f(100), f(300))},
        hours_per_week=f(7),
        horizon_days=4000,
    )
    found = model(instance, study("a", 500, 1000, 2000))
    assert [found.live([factor]).arrival for factor in (1000, 500, 2000)] == [110, 100, 210]


def test_the_tornado_has_the_largest_swing_first_and_the_rest_at_most_likely() -> None:
    """a moves by up to 100 days between 50 % and 150 %, b by far less, the exam only money."""
    bars = model(
        TWO, study("b", 900, 1000, 1100), exam("a", 50, Retakes(f(40), (0,))), study("a", 500, 1000, 1500)
    ).tornado()
    assert [(bar.about.kind, bar.about.id) for bar in bars] == [("study", "a"), ("study", "b"), ("exam", "a")]
    # Half of the lives pass at once, 10 % need more than three tries: P10 is 1 try, P90 is 4: three fees of 40.
    exam_bar = bars[2]
    assert (exam_bar.low, exam_bar.high, exam_bar.days, exam_bar.money) == (1, 4, 0, f(120))
    # P10 and P90 of Beta(3, 3) are 0.24664 and 0.75336: 50 + 24.66 and 50 + 75.34 days, rounded up with b's 50.
    assert (bars[0].at_low.arrival, bars[0].at_high.arrival) == (125, 176)


def test_equal_seeds_give_equal_lives_and_others_do_not() -> None:
    found = model(TWO, study("a", 500, 1000, 2000))
    assert found.sample(50, seed=3) == found.sample(50, seed=3)
    assert found.sample(50, seed=3) != found.sample(50, seed=4)


def test_percentiles_and_chances_count_lives() -> None:
    results = tuple(Result(day, f(day * 10)) for day in (5, 1, 4, 2, 3)) + (Result(None, None),) * 5
    samples = Samples(results)
    assert [samples.arrival(percent) for percent in (10, 11, 50, 51)] == [1, 2, 5, None]
    assert [samples.cost(percent) for percent in (10, 50, 95)] == [f(10), f(50), None]
    assert samples.within(3, None) == 3
    assert samples.within(3, f(20)) == 2
    assert samples.within(None, f(50)) == 5


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600), st.integers(0, 2**32))
def test_a_wider_spread_never_makes_the_95th_percentile_earlier(down: int, up: int, more: int, seed: int) -> None:
    plan = best(TWO)
    ends = [
        RiskModel(TWO, plan, [study("a", 1000 - down, 1000, 1000 + top)]).sample(200, seed).arrival(95)
        for top in (up, up + more)
    ]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0] <= ends[1]


# --- the auditor as oracle ------------------------------------------------------------------------------------------


def plain(instance: Instance) -> Instance:
    """Without the choice of preparations, payments within cycles, and limits that a late life would break."""
    papers = {
        name: replace(entry, variants=(), renewal=entry.renewal and replace(entry.renewal, dues=()))
        for name, entry in instance.certifications.items()
    }
    start = replace(instance.start, dues={})
    return replace(instance, start=start, certifications=papers, budget=None, deadline_day=None)


def as_if(instance: Instance, hours: dict[str, int], late: dict[str, int]) -> Instance:
    """The instance in which the drawn hours are the study's own and the days of retakes lead days."""
    papers = {
        name: replace(
            entry,
            study_hours=entry.study_hours * hours.get(name, 1000) / 1000,
            lead_days=entry.lead_days + late.get(name, 0),
        )
        for name, entry in instance.certifications.items()
    }
    return replace(instance, certifications=papers, horizon_days=100_000)


def steps_of(life: _Sampled, instance: Instance, arrival: int) -> tuple[Step, ...]:
    """What happened in a life, as steps; prices and renewals are counted here."""
    steps = [Step("move", step.id, day, day) for (step, _), day in zip(life.script.moves, life.moved_on, strict=True)]
    kept = dict(instance.start.holds)
    for (planned, number, _), (begun, end) in zip(life.script.studies, life.begun, strict=True):
        entry, earned = instance.certifications[planned.id], life.earned_on[number]
        steps.append(Step("study", planned.id, begun, end))
        steps.append(Step("earn", planned.id, earned - entry.lead_days, earned, entry.cost))
        kept[planned.id] = earned
    for name, earned in kept.items():
        if renewal := instance.certifications[name].renewal:
            ends = range(earned + renewal.cycle_days, arrival + 1, renewal.cycle_days)
            steps += [Step("renew", name, end, end, renewal.cost) for end in ends if end >= 0]
    return tuple(sorted(steps, key=lambda step: step.order))


def test_sampled_lives_are_lawful_plans_of_the_question_with_the_drawn_numbers() -> None:
    """Every sampled life is a plan that the auditor, which shares no code with it, finds lawful and priced right."""
    audited = 0
    for seed in range(120):
        instance = plain(tiny(seed, "fastest"))
        for plan in solve(instance).plans[:1]:
            if not plan.certifications or instance.start.role == instance.target:
                continue
            hours = {name: 700 + 290 * i for i, name in enumerate(plan.certifications)}
            late = {name: (seed + i) % 4 for i, name in enumerate(plan.certifications)}
            risk = RiskModel(instance, plan, [])
            life = _Sampled(risk.script, risk.policy, _Drawn(hours, {}, late))
            arrival = life.arrival()
            if arrival > life.last_day:
                continue
            changed = as_if(instance, hours, late)
            steps = steps_of(life, changed, arrival)
            cost = sum((step.cost for step in steps), Fraction(0))
            lived = Plan(arrival, cost, len(plan.certifications), steps)
            assert check(changed, lived, idle_allowed=True) == (), (seed, lived)
            assert risk._cost(life, arrival, []) == cost
            audited += 1
    assert audited > 30
