"""The cheapest upkeep is the cheapest: against an enumeration of everything that could be done in any year.

The oracle knows whole years only. Every award is made on one day of the year and every cycle ends on that day, so the
engine's dates fall on whole years too; the oracle may act in every year, not only when something would lapse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.renewal_strategies import certification, rule

from pmcareer.dates import Length
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId, GroupId
from pmcareer.model.people import Holding
from pmcareer.model.renewal_rules import (
    Cascade,
    Cycle,
    LastDay,
    NextFrom,
    RenewalFee,
    RenewalGroup,
    RenewalRule,
    Route,
    RouteKind,
    Units,
)
from pmcareer.money import Money
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.upkeep import Upkeep, cheapest_upkeep
from pmcareer.renewals.upkeep_costs import Cost

IDS = (CertificationId("a"), CertificationId("b"))
NOW = 2020


@dataclass(frozen=True)
class Kept:
    """One certification: years since the award, length of its cycles in years, fee and exam price, hours of credits."""

    age: int
    years: int
    fee: int
    exam: int
    hours: int


@dataclass(frozen=True)
class World:
    """Two certifications; ``carries``: renewing the first carries the second to its end, free; ``shared``: one fee."""

    kept: tuple[Kept, Kept]
    carries: bool
    shared: bool
    horizon: int


KEPT = st.builds(
    Kept,
    age=st.integers(0, 2),
    years=st.integers(1, 3),
    fee=st.integers(0, 4),
    exam=st.integers(0, 6),
    hours=st.integers(0, 3),
).map(lambda kept: replace(kept, age=min(kept.age, kept.years - 1)))
WORLDS = st.builds(
    World, kept=st.tuples(KEPT, KEPT), carries=st.booleans(), shared=st.booleans(), horizon=st.integers(1, 4)
)


@settings(max_examples=150, deadline=None)
@given(WORLDS)
def test_nothing_is_cheaper(world: World) -> None:
    found = _upkeep(world)
    assert found.proven
    assert not found.cannot_keep
    assert [found.cost.money, found.cost.hours] == list(_least(world))


@settings(max_examples=50, deadline=None)
@given(WORLDS)
def test_letting_one_lapse_never_costs(world: World) -> None:
    found = _upkeep(world)
    for own, saving in found.savings.items():
        rest = _upkeep(world, keep=[other for other in IDS if other != own])
        assert saving >= Cost()
        assert found.cost - saving == min(found.cost, rest.cost)


@settings(max_examples=50, deadline=None)
@given(WORLDS)
def test_the_money_is_the_sum_of_the_lines(world: World) -> None:
    found = _upkeep(world)
    lines = [line.amount.amount for step in found.steps for line in step.lines if line.amount]
    assert sum(lines, Decimal(0)) == found.cost.money


def _upkeep(world: World, keep: Sequence[CertificationId] | None = None) -> Upkeep:
    holdings = [Holding(own, earned=date(NOW - one.age, 7, 1)) for own, one in zip(IDS, world.kept, strict=True)]
    return cheapest_upkeep(holdings, _scheme(world), date(NOW, 7, 1), world.horizon, keep=keep)


def _scheme(world: World) -> Scheme:
    rules = {own: (_rule(one, world.shared),) for own, one in zip(IDS, world.kept, strict=True)}
    group = RenewalGroup(GroupId("both"), "both", members=IDS, fee="highest")
    cascade = Cascade("carries", "carries", "renewed", (IDS[0],), (IDS[1],), waives_fees=True)
    return Scheme(
        {own: certification(own) for own in IDS},
        rules,
        groups=(group,) if world.shared else (),
        cascades=(cascade,) if world.carries else (),
    )


def _rule(kept: Kept, shared: bool) -> RenewalRule:
    credits_ = Route(RouteKind.CREDITS, Figure(NextFrom.PREVIOUS_END))
    price = Figure(Money(Decimal(kept.exam), "USD"))
    exam = Route(RouteKind.SAME_EXAM, Figure(NextFrom.EVENT), price=price, hours=Figure(Decimal(0)), waives_fees=True)
    group = GroupId("both") if shared else None
    fee = RenewalFee(Figure(Money(Decimal(kept.fee), "USD")), shared_in=group, share="highest" if shared else None)
    cycle = Cycle(Figure(Length(months=12 * kept.years)), Figure(LastDay.ANNIVERSARY))
    units = Units("unit", Figure(Decimal(kept.hours)))
    return rule(cycle, routes=(credits_, exam), fees=(fee,), units=units)


# --- the oracle -------------------------------------------------------------------------------------------------------

Life = tuple[int, int]
"""The year in which the running cycle began, and the one in which it ends."""


def _least(world: World) -> tuple[int, int]:
    horizon = world.horizon

    @cache
    def least(year: int, lives: tuple[Life, Life]) -> tuple[int, int] | None:
        if min(end for _, end in lives) >= horizon:
            return 0, 0
        if min(end for _, end in lives) < year:
            return None
        costs = []
        for money, hours, following in _choices(world, year, lives):
            rest = least(year + 1, following)
            if rest is not None:
                costs.append((money + rest[0], hours + rest[1]))
        return min(costs, default=None)

    first, second = ((-one.age, one.years - one.age) for one in world.kept)
    answer = least(0, (first, second))
    assert answer is not None
    return answer


def _choices(world: World, year: int, lives: tuple[Life, Life]) -> Iterator[tuple[int, int, tuple[Life, Life]]]:
    """Everything that can be done in a year: nothing, credits or the exam for each; the first one acts first."""
    for what in product(("nothing", "credits", "exam"), repeat=2):
        after, fees, money, hours = list(lives), [], 0, 0
        possible = True
        for index, (one, choice) in enumerate(zip(world.kept, what, strict=True)):
            began, end = after[index]
            if choice == "credits":
                possible &= began < year or began <= 0  # a cycle foreseen or just begun cannot be renewed again
                fees.append(one.fee)
                hours += one.hours
                after[index] = (end, end + one.years)
            elif choice == "exam":
                money += one.exam
                after[index] = (year, year + one.years)
            if index == 0 and choice != "nothing" and world.carries:
                after[1] = (year, after[0][1])
        money += max(fees, default=0) if world.shared else sum(fees)
        if possible:
            yield money, hours, (after[0], after[1])
