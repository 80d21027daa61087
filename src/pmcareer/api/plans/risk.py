"""Risk of a plan: what is assumed about studies, exams and promotions, and when and at what cost it then arrives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pmcareer.api.compiling.compiled import UNPRICED, Compiled, role_of
from pmcareer.api.compiling.prices import InCurrency
from pmcareer.api.compiling.questions import PlanRequest, RiskAsked
from pmcareer.api.plan_upkeep.history import with_upkeep
from pmcareer.api.plans.dating import money_of, role_name, short_names
from pmcareer.api.plans.risk_assumptions import Assumed, assumed_retakes, assumed_study, assumed_try, assumed_wait
from pmcareer.dates import months_to_days
from pmcareer.model.assumptions import AssumptionKind
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.pricing import lawful_price
from pmcareer.money import Money
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.risk import Bar, Result, Retakes, RiskModel, Samples, Uncertain
from pmcareer.planning.spreads import Spread, Tries
from pmcareer.values import dataclass

LEVELS = (50, 80, 95)
CURVE = (1, *range(5, 100, 5), 99)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A day of arrival and a cost; None where it does not arrive within a hundred years."""

    arrives: date | None
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Swing:
    """A bar of the tornado: an assumption at its P10 (``low``) and P90 (``high``), the rest at most likely values.

    The values are per cent of the planned hours, days of waiting, or tries. ``days`` and ``money`` say how far the two
    ends are apart; None where one of them never arrives.
    """

    kind: AssumptionKind
    id: str
    name: str
    low: Fraction
    high: Fraction
    at_low: Outlook
    at_high: Outlook
    days: int | None
    money: Money | None


@dataclass(frozen=True, slots=True)
class Chances:
    """How many lives keep the limits that were given: the last day, the budget, and both."""

    by: date | None
    budget: Money | None
    in_time: int | None
    in_budget: int | None
    both: int


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """The risk of one plan. ``at_least``: prices are unknown, so costs are lower bounds; ``unknown`` says which fees.

    ``levels``: by per cent, the day by which so many lives have arrived, and the amount that covers so many; each for
    itself; ``curve``: the same for more levels, for drawing. ``usual``: everything at its most likely value, each exam
    passed at once. ``never``: lives without arrival.
    """

    samples: int
    seed: int
    levels: tuple[tuple[int, Outlook], ...]
    usual: Outlook
    chances: Chances | None
    tornado: tuple[Swing, ...]
    assumptions: tuple[Assumed, ...]
    at_least: bool
    unknown: tuple[str, ...]
    never: int
    curve: tuple[tuple[int, Outlook], ...] = ()


def risk_of(catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: Plan, asked: RiskAsked) -> RiskAnswer:
    """The risk of *plan*, which was made for *compiled*."""
    doubts = _Doubts(catalog, request, compiled, plan)
    uncertain = [doubt.uncertain for doubt in doubts.all]
    model = RiskModel(compiled.instance, plan, uncertain, unpriced=UNPRICED, besides=_besides(catalog, compiled, plan))
    samples = model.sample(asked.samples, asked.seed)
    outlook = _Outlooks(request.as_of, compiled.currency)
    return RiskAnswer(
        samples=asked.samples,
        seed=asked.seed,
        levels=tuple((level, outlook.of(Result(samples.arrival(level), samples.cost(level)))) for level in LEVELS),
        usual=outlook.of(model.usual()),
        chances=_chances(request, compiled, samples),
        tornado=tuple(_swing(catalog, outlook, bar) for bar in model.tornado()),
        assumptions=tuple(
            replace(assumed, name=_name(catalog, assumed.kind, assumed.id))
            for doubt in doubts.all
            for assumed in doubt.assumed
        ),
        at_least=bool(doubts.unknown) or any(step.cost >= UNPRICED for step in plan.steps),
        unknown=tuple(doubts.unknown),
        curve=tuple((level, outlook.of(Result(samples.arrival(level), samples.cost(level)))) for level in CURVE),
        never=sum(result.arrival is None for result in samples.results),
    )


def _besides(catalog: Catalog, compiled: Compiled, plan: Plan) -> Fraction:
    """By how much the renewals of the plan as shown, which are the engine's, differ from those of the instance."""
    shown, _ = with_upkeep(catalog, compiled, plan)
    return _known(shown) - _known(plan)


def _known(plan: Plan) -> Fraction:
    return sum((step.cost % UNPRICED for step in plan.steps), Fraction(0))


def _chances(request: PlanRequest, compiled: Compiled, samples: Samples) -> Chances | None:
    day = (request.by - request.as_of).days if request.by else None
    budget = compiled.instance.budget
    if day is None and budget is None:
        return None
    return Chances(
        by=request.by,
        budget=money_of(budget, compiled.currency) if budget is not None else None,
        in_time=samples.within(day, None) if day is not None else None,
        in_budget=samples.within(None, budget) if budget is not None else None,
        both=samples.within(day, budget),
    )


class _Outlooks(NamedTuple):
    """What turns a life's numbers into a day and an amount."""

    as_of: date
    currency: str

    def of(self, result: Result) -> Outlook:
        arrives = self.as_of + timedelta(days=result.arrival) if result.arrival is not None else None
        return Outlook(arrives, money_of(result.cost, self.currency) if result.cost is not None else None)


_KINDS = {
    "study": AssumptionKind.STUDY_TIME,
    "wait": AssumptionKind.PROMOTION_WAIT,
    "exam": AssumptionKind.FIRST_TRY,
}


def _swing(catalog: Catalog, outlook: _Outlooks, bar: Bar) -> Swing:
    about = bar.about
    id_ = role_of(about.id) if about.kind == "wait" else about.id
    scale = 10 if about.kind == "study" else 1  # thousandths to per cent
    return Swing(
        kind=_KINDS[about.kind],
        id=id_,
        name=_name(catalog, _KINDS[about.kind], id_),
        low=Fraction(bar.low, scale),
        high=Fraction(bar.high, scale),
        at_low=outlook.of(bar.at_low),
        at_high=outlook.of(bar.at_high),
        days=bar.days,
        money=money_of(bar.money, outlook.currency) if bar.money is not None else None,
    )


def _name(catalog: Catalog, kind: AssumptionKind, id_: str) -> str:
    """What people call a role or a certification."""
    return role_name(catalog, id_) if kind is AssumptionKind.PROMOTION_WAIT else short_names(catalog).get(id_, id_)


# --- what is uncertain in a plan ------------------------------------------------------------------------------------


class _Doubt(NamedTuple):
    """One uncertain thing, and the assumptions that it rests on."""

    uncertain: Uncertain
    assumed: tuple[Assumed, ...]


class _Doubts:
    """Everything uncertain in a plan, in the order of its steps; ``unknown`` names fees that nobody knows."""

    def __init__(self, catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: Plan) -> None:
        self.catalog = catalog
        self.own = request.profile.assumptions
        self.request = request
        self.compiled = compiled
        self.unknown: list[str] = []
        steps = list({(step.kind, step.id): step for step in plan.steps if step.kind != "renew"}.values())
        self.all: Sequence[_Doubt] = [doubt for step in steps for doubt in self._of(step)]

    def _of(self, step: Step) -> Iterator[_Doubt]:
        if step.kind == "move" and step.id != f"{self.compiled.situation.role}+goal":
            yield self._wait(step)
        elif step.kind == "study" and step.end_day > step.start_day:
            yield self._study(step)
        elif step.kind == "earn" and self._has_exam(CertificationId(step.id)):
            yield self._exam(CertificationId(step.id))

    def _wait(self, step: Step) -> _Doubt:
        assumed = assumed_wait(self.catalog, self.own, role_of(step.id))
        days = [months_to_days(Fraction(months)) for months in assumed.estimates]
        return _Doubt(Uncertain("wait", step.id, Spread(*days)), (assumed,))

    def _study(self, step: Step) -> _Doubt:
        entry = self.compiled.instance.certifications[step.id]
        hours = entry.study_hours if step.variant is None else entry.variants[step.variant].study_hours
        own_hours = step.id in self.request.profile.study_hours
        assumed = assumed_study(self.catalog, self.own, CertificationId(step.id), None if own_hours else hours)
        thousandths = [round(Fraction(percent) * 10) for percent in assumed.estimates]
        return _Doubt(Uncertain("study", step.id, Spread(*thousandths)), (assumed,))

    def _has_exam(self, certification: CertificationId) -> bool:
        exam = self.catalog.certifications[certification].exam.on(self.request.as_of)
        return exam is None or exam.exams > 0

    def _exam(self, certification: CertificationId) -> _Doubt:
        chance = assumed_try(self.catalog, self.own, certification)
        again = assumed_retakes(self.catalog, self.own, certification)
        retakes = Retakes(self._fee(certification), again.waits, again.free, again.tries, again.pause)
        tries = Tries(Fraction(chance.percent or 0) / 100)
        return _Doubt(Uncertain("exam", certification, tries, retakes), (chance, again))

    def _fee(self, certification: CertificationId) -> Fraction:
        """The price of another try: of a re-examination, else of the exam; 0, and listed, where nobody knows it."""
        prices, payer = self.catalog.certifications[certification].prices, self.compiled.payer
        line = lawful_price(prices, "re-exam", payer) or lawful_price(prices, "exam", payer)
        money = line.amount.value if line else None
        fee = InCurrency(self.catalog.rates, payer)(money) if money else None
        if fee is None:
            self.unknown.append(f"the price of another try at {certification}")
            return Fraction(0)
        return fee


def plain_percent(part: int, whole: int) -> Decimal:
    """*part* of *whole* in per cent, to one decimal, rounded half to even."""
    return Decimal(round(Fraction(1000 * part, whole))) / 10
