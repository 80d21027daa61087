"""The renewals of a plan are those of the renewal engine, replayed on the history that the plan makes.

The history is lived event by event: what is held, what the plan earns, and each renewal once it is done. Between two
events the engine's own deadlines and fees must be exactly the plan's steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.loading import load_catalog
from pmcareer.api.plans.answers import DatedPlan, PlannedStep
from pmcareer.api.plans.planning import answer_plan
from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.people import Holding, Profile
from pmcareer.renewals.answer import RenewalAnswer, assess
from pmcareer.renewals.deadlines import DeadlineKind

AS_OF = date(2026, 11, 23)
HELD = (
    "comptia-a-plus",
    "comptia-network-plus",
    "comptia-security-plus",
    "comptia-linux-plus",
    "csm",
    "a-csm",
    "cspo",
    "safe-ssm",
    "safe-popm",
    "cissp",
    "sscp",
    "cism",
    "pmp",
    "pmi-acp",
    "ccna",
    "prince2-foundation",
)
EARNED = ("comptia-network-plus", "comptia-security-plus", "pmi-acp", "prince2-practitioner", "csm", "cspo")
Due = tuple[date, frozenset[str], Decimal]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def person(random: Random) -> tuple[Profile, frozenset[CertificationId]]:
    """Up to four holdings of the last two and a half years, some renewed early, and one thing to be earned."""
    holdings = []
    for name in random.sample(HELD, random.randint(1, 4)):
        earned = AS_OF - timedelta(days=random.randint(1, 600))
        holdings.append(Holding(CertificationId(name), earned=earned))
    left = [name for name in EARNED if name not in {holding.id for holding in holdings}]
    return Profile(certifications=tuple(holdings)), frozenset({CertificationId(random.choice(left))})


def renewals(plan: DatedPlan) -> list[PlannedStep]:
    return [step for step in plan.steps if step.kind == "renew"]


def carried(step: PlannedStep) -> set[str]:
    return {reason.subject for reason in step.because if reason.serves == "renewal"}


def paid(plan: DatedPlan) -> dict[date, Decimal]:
    """Renewal fees by day."""
    fees: dict[date, Decimal] = {}
    for line in plan.cost_lines:
        if line.what.endswith(": renewal fee") and line.amount:
            fees[line.on] = fees.get(line.on, Decimal(0)) + line.amount.amount
    return fees


def of_engine(catalog: Catalog, profile: Profile, plan: DatedPlan) -> Iterator[Due]:
    """The same, from the engine alone, each event of the plan put into the history on its day."""
    awards = [(step.end, step.id) for step in plan.steps if step.kind == "earn"]
    renewed = [(step.end, step.id) for step in renewals(plan) if not step.fee_only]
    days = sorted({AS_OF, plan.arrives, *(day for day, _ in (*awards, *renewed))})
    first = seen(catalog, profile, awards, [], AS_OF)
    yield from due_on(first, AS_OF)
    for day, following in pairwise(days):
        now = seen(catalog, profile, awards, [pair for pair in renewed if pair[0] <= day], day)
        ahead = {on for one in now.holdings for on in ({d.on for d in one.deadlines} | {f.due.on for f in one.fees})}
        for on in sorted(ahead):
            if day < on < following:
                yield from due_on(now, on)
        then = seen(catalog, profile, awards, [pair for pair in renewed if pair[0] <= day], following)
        yield from due_on(then, following)


def seen(
    catalog: Catalog, profile: Profile, awards: list[tuple[date, str]], renewed: list[tuple[date, str]], on: date
) -> RenewalAnswer:
    earned = [Holding(CertificationId(name), earned=day) for day, name in awards if day <= on]
    holdings = [
        replace(h, renewed=(*h.renewed, *(day for day, name in renewed if name == h.id)))
        for h in (*profile.certifications, *earned)
    ]
    return assess(holdings, scheme_for(catalog, [h.id for h in holdings]), on, years=10)


def due_on(answer: RenewalAnswer, on: date) -> Iterator[Due]:
    ends = frozenset(
        one.certification
        for one in answer.holdings
        if not one.conferred
        and any(d.kind is DeadlineKind.RENEW_BY and d.on == on and not d.done for d in one.deadlines if not d.foreseen)
    )
    lines = [
        (one.certification, line)
        for one in answer.holdings
        for line in one.fees
        if line.due.on == on and not line.due.paid and not line.covered_by and line.due.amount
    ]
    fees = sum((line.due.amount.amount for _, line in lines if line.due.amount), Decimal(0))
    if ends or fees:
        yield on, ends, fees


@pytest.mark.parametrize("seed", [*range(8), 24, 34, 36, 44])
def test_the_renewals_of_a_plan_are_the_engines(catalog: Catalog, seed: int) -> None:
    profile, require = person(Random(seed))
    request = PlanRequest(
        RoleId("project-manager"), AS_OF, from_=RoleId("project-coordinator"), require=require, profile=profile
    )
    plans = answer_plan(catalog, request).plans
    assert plans, "from a coordinator there is always a way"
    (plan,) = plans
    expected = [due for due in of_engine(catalog, profile, plan) if due[0] <= plan.arrives]
    assert [day for day, _, _ in expected] == sorted({step.end for step in renewals(plan)})
    assert {day: fees for day, _, fees in expected if fees} == paid(plan)
    for day, ends, _ in expected:
        steps = [step for step in renewals(plan) if step.end == day and not step.fee_only]
        alone = {step.id for step in steps}
        assert alone <= ends <= alone.union(*map(carried, steps)), (
            "each is renewed, or carried by another, on its last day"
        )
