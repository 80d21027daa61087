"""What keeping certifications takes inside a plan, as the renewal engine has it for the history that the plan makes.

The instance's own renewals are those of each certification by itself; here they give way to the engine's.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.prices import InCurrency
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId
from pmcareer.model.pricing import PriceLine
from pmcareer.money import Money
from pmcareer.planning.plan import Plan, Step
from pmcareer.values import dataclass, field

if TYPE_CHECKING:  # the renewal engine is loaded where something falls due, or is moved
    from pmcareer.renewals.cascades import Cascaded
    from pmcareer.renewals.foreseen import Award, DueStep

CLOCK_DAYS = 3
"""By so many days a renewal of the engine may come before the instance's (leap days, last days on the eve)."""


@dataclass(frozen=True, slots=True)
class PlanUpkeep:
    """The upkeep of one plan. ``due``: by (day, certification); ``moved``: what awards and renewals moved."""

    due: dict[tuple[int, str], DueStep] = field(default_factory=dict)
    moved: tuple[Cascaded, ...] = ()


def with_upkeep(catalog: Catalog, compiled: Compiled, plan: Plan) -> tuple[Plan, PlanUpkeep]:
    """The plan with the engine's renewals instead of the instance's, and what is behind them.

    What falls due on the day of arrival is still part of the plan. Arrival, studies, awards and moves stay.
    """
    if not plan.steps or _nothing_falls_due(compiled, plan):
        return plan, PlanUpkeep()
    upkeep = _foreseen(catalog, compiled, plan)
    exchange = InCurrency(catalog.rates, compiled.payer)
    steps = [step for step in plan.steps if step.kind != "renew"]
    for (day, own), due in upkeep.due.items():
        cost = sum((_amount(line.amount, exchange) for line in due.lines), Fraction(0))
        steps.append(Step("renew", own, day, day, cost))
    ordered = tuple(sorted(steps, key=lambda step: step.order))
    return replace(plan, steps=ordered, cost=sum((step.cost for step in ordered), Fraction(0))), upkeep


def _amount(money: Money | None, exchange: InCurrency) -> Fraction:
    amount = None if money is None else exchange(money)
    return UNPRICED if amount is None else amount


def _nothing_falls_due(compiled: Compiled, plan: Plan) -> bool:
    """Whether the engine would foresee nothing up to arrival, as far as can be told without it."""
    if compiled.keeping is not None and compiled.keeping.keep:
        return False
    for step in plan.steps:
        terms = compiled.renewals.get(CertificationId(step.id)) if step.kind == "earn" else None
        if terms is not None and terms.cycle_days:
            lasts = 0 if terms.yearly else terms.cycle_days - CLOCK_DAYS
            if plan.arrival_day - step.end_day >= lasts:
                return False
    return True


def _foreseen(catalog: Catalog, compiled: Compiled, plan: Plan) -> PlanUpkeep:
    from pmcareer.api.compiling.keeping import Keeping, foreseen

    situation, payer = compiled.situation, compiled.payer
    as_of = situation.as_of
    nothing = Keeping(as_of, (), frozenset(), {}, compiled.memberships, situation.region)
    until = as_of + timedelta(days=plan.arrival_day)
    exchange = InCurrency(catalog.rates, payer)
    awards = tuple(_awards(plan, as_of, compiled.let_lapse_once_earned))
    found = foreseen(catalog, compiled.keeping or nothing, until, payer.currency, exchange, awards)
    return PlanUpkeep({((due.on - as_of).days, due.certification): due for due in found.steps}, found.moved)


def _awards(plan: Plan, as_of: date, lapsing: Container[CertificationId]) -> Iterator[Award]:
    from pmcareer.renewals.foreseen import Award

    for step in plan.steps:
        if step.kind == "earn":
            id_ = CertificationId(step.id)
            yield Award(as_of + timedelta(days=step.end_day), id_, id_ not in lapsing)


def price_lines(catalog: Catalog, due: DueStep) -> tuple[PriceLine, ...]:
    """What one step pays, each amount with the source of the figure that it is."""
    return tuple(PriceLine(line.what, _figure(catalog, due, line.amount)) for line in due.lines)


def _figure(catalog: Catalog, due: DueStep, amount: Money | None) -> Figure[Money]:
    """The figure behind an amount: the rule's fee, the route's price, or a price of the certification."""
    for figure in _figures(catalog, due):
        if figure.value == amount:
            return figure
    return Figure(amount, due.rule.provenance) if due.rule else Figure(amount)


def _figures(catalog: Catalog, due: DueStep) -> Iterator[Figure[Money]]:
    rules = [due.rule] if due.rule else catalog.rules_of(catalog.certifications[due.certification])
    for rule in rules:
        yield from (fee.amount for fee in rule.fees)
    if due.route is not None and due.route.price is not None:
        yield due.route.price
    yield from (price.amount for price in catalog.certifications[due.certification].prices)
