"""What would help: single easings of a question that has a plan, each with what the better plan saves.

Every saving is that of the question asked again with the easing; what saves nothing is not given, nor what only a
longer search would have found without any easing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.joining import memberships_of
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.plan_upkeep.history import with_upkeep
from pmcareer.api.plan_upkeep.joint import without
from pmcareer.api.plans.answers import DatedPlan, Help
from pmcareer.api.plans.dating import earned_by, money_of, role_name, short_names
from pmcareer.api.plans.easings import (
    MOST_HOURS,
    Level,
    chosen,
    degree,
    hours_level,
    lapsing,
    stepping_down,
    with_experience,
    without_budget,
)
from pmcareer.api.plans.niches import for_one_of_niche, still_open
from pmcareer.api.plans.solving import Briefly, Stop, solved
from pmcareer.api.plans.waiting import parts_of
from pmcareer.api.plans.waived import waived
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, MembershipId, RoleId
from pmcareer.model.people import Holding
from pmcareer.model.requirements import Education, Experience, Holds, Requirement
from pmcareer.money import Money
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.solver import Rival, solve

LIVES, FEW_LIVES, ALL_LIVES = 60, 12, 400
"""So many lives are looked at for one easing, for each once the easings together have used up theirs, and for all."""

MOST_ASKED = 3
MORE_HOURS = 4
MORE_MONTHS = 12


def would_help(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: DatedPlan, should_stop: Stop | None = None
) -> tuple[Help, ...]:
    """Every single easing that makes *plan*, the best for *request*, better by what was asked; most days saved first.

    *compiled* is the question that it answers. Of degrees, a higher one is given only where it saves more.
    """
    if not plan.steps:
        return ()
    helping = _Helping(catalog, replace(request, pareto=False, alternatives=1), compiled, plan, should_stop)
    return tuple(sorted(helping.all(), key=lambda help_: ([-worth for worth in _worth(help_)], help_.text)))


def _worth(help_: Help) -> tuple[Decimal, ...]:
    """What is gained by what was asked: earnings, or days and then money."""
    saved = help_.saves.amount if help_.saves else Decimal(0)
    days = Decimal(help_.saves_days)
    return (help_.earns.amount, days, saved) if help_.earns else (days, saved)


class _Helping:
    """One question with its plan, asked again."""

    def __init__(
        self, catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: DatedPlan, should_stop: Stop | None
    ) -> None:
        self.catalog, self.compiled, self.plan = catalog, compiled, plan
        # Of a niche the certification found is kept: another may serve it better once something is eased.
        serving = next((one for one in still_open(catalog, request) if one in plan.certifications), None)
        self.request = for_one_of_niche(request, serving) if serving else request
        self.narrowed = serving
        self.should_stop = should_stop
        self.left = ALL_LIVES

    def all(self) -> Iterator[Help]:
        yield from self.hours()
        for level in self.levels():
            if self.should_stop is not None and self.should_stop():
                return
            yield from self.asked_again(level)
        yield from self.degrees()
        yield from self.waiting()
        yield from self.waivers()

    def levels(self) -> Iterator[Level]:
        """What the asker could say otherwise."""
        for easing in (*chosen(self.catalog, self.request), *lapsing(self.compiled)):
            if self.narrowed is None or easing.most.option != f"without --require {self.narrowed}":
                yield easing.most
        if self.narrowed:
            without = replace(self.request, require=self.request.require - {self.narrowed})
            yield Level("no certification for the niche", "without --niche", lambda _: without)
        if not self.request.step_down:
            yield stepping_down().most
        if self.request.budget or self.request.profile.study.budget:
            yield Level("more budget", "without --budget", without_budget)
        if self.request.by and self.request.objective != "fastest":
            yield Level("a later arrival", "without --by", lambda r: replace(r, by=None))
        yield from self.experience()
        yield from self.roles()
        yield from self.certifications()
        yield from self.memberships()

    def hours(self) -> Iterator[Help]:
        """A few more hours a week. Where the earliest arrival is asked they are of use only if it comes earlier."""
        now = self.compiled.situation.hours_per_week
        if now < MOST_HOURS:
            sooner = self.rival()._replace(cost=Fraction(0), exams=0)
            rival = sooner if self.request.objective == "fastest" else self.rival()
            yield from self.asked_again(self.more_hours(now), rival)

    def more_hours(self, now: Fraction) -> Level:
        hours = min(int(now) + MORE_HOURS, MOST_HOURS)
        more = hours - now
        text = f"{more.numerator if more.denominator == 1 else round(float(more), 2)} more hours of study a week"
        return replace(hours_level(hours), text=text)

    def experience(self) -> Iterator[Level]:
        """A year more of each kind that the plan waits for."""
        names = self.catalog.experience_kinds
        for kind in sorted({part.kind for part in self.awaited() if isinstance(part, Experience)}):
            have = self.request.experience.get(kind, self.request.profile.experience.get(kind, Decimal(0)))
            text = f"{MORE_MONTHS} more months of {names[kind].name.lower()} behind you"
            option = f"--experience {kind}={have + MORE_MONTHS}"
            yield Level(text, option, partial(with_experience, kind, have + MORE_MONTHS))

    def awaited(self) -> Iterator[Requirement]:
        """What the moves wait for, and what the awards ask that they wait for."""
        for part in (part for stay in self.plan.stays for part in stay.awaits):
            yield part
            if isinstance(part, Holds) and part.certification in self.plan.certifications:
                rule = self.catalog.certifications[part.certification].eligibility.on(self.request.as_of)
                yield from parts_of(rule.requires if rule else None)

    def roles(self) -> Iterator[Level]:
        """Each role on the way, held already."""
        for role in dict.fromkeys(self.plan.roles[1:]):
            if role not in (self.request.to, self.plan.roles[0]):
                text = f"being {role_name(self.catalog, role)} already"
                yield Level(text, f"--from {role}", partial(_starting_as, role))

    def certifications(self) -> Iterator[Level]:
        """Each certification that the plan earns or waits for, held already."""
        held = {holding.id for holding in self.compiled.situation.holdings}
        names = short_names(self.catalog)
        awaited = {part.certification for part in self.awaited() if isinstance(part, Holds)}
        for id_ in sorted({*self.plan.certifications, *awaited} - held):
            yield Level(f"holding {names.get(id_, id_)} already", f"--hold {id_}", partial(_holding, id_))

    def memberships(self) -> Iterator[Level]:
        """Each membership that opens a price of what the plan earns or keeps."""
        held = self.compiled.situation.memberships
        holdings = (holding.id for holding in self.compiled.situation.holdings)
        entries = [self.catalog.certifications.get(id_) for id_ in (*self.plan.certifications, *holdings)]
        for id_ in sorted({m for entry in entries if entry for m in memberships_of(entry)} - held):
            membership = self.catalog.index.membership(id_)
            text = f"{membership.name if membership else id_} all the way, its dues not counted"
            yield Level(text, f"--member {id_}", partial(_member, id_))

    def degrees(self) -> Iterator[Help]:
        """Degrees that anything asks for, from the lowest; a higher one only where it saves more."""
        best: tuple[Decimal, ...] | None = None
        asked = {
            part.level for tree in self.every_condition() for part in parts_of(tree) if isinstance(part, Education)
        }
        for level in sorted(asked, key=lambda level: level.rank):
            if level.rank <= self.compiled.situation.education.level.rank:
                continue
            for found in self.asked_again(degree(level)):
                if best is None or _worth(found) > best:
                    best = _worth(found)
                    yield found

    def every_condition(self) -> Iterator[Requirement | None]:
        """What the moves and the certifications ask that can matter for the question."""
        yield from (meaning.requires for meaning in self.compiled.moves.values())
        for id_ in self.compiled.preparations:
            rule = self.catalog.certifications[id_].eligibility.on(self.request.as_of)
            yield rule.requires if rule else None

    def waiting(self) -> Iterator[Help]:
        """Studies begun later, where that puts off a renewal at the same arrival (nobody idles in the fastest plan)."""
        if self.request.objective in ("fastest", "fewest-exams"):
            question = replace(self.compiled.instance, objective="cheapest", deadline_day=self.plan.days)
            outcome = solve(question, limits=self.patience(), should_stop=self.briefly(), rival=self.rival())
            option = f"--objective cheapest --by {self.plan.arrives}"
            text = f"studies begun later, so that less falls due ({option})"
            yield from self.compared(text, option, self.compiled, outcome)

    def waivers(self) -> Iterator[Help]:
        """Each condition that the plan waits for, waived."""
        for stay, into in zip(self.plan.stays, self.plan.roles[1:], strict=False):
            for part in stay.awaits:
                instance = waived(self.compiled.instance, stay.role, into, part)
                outcome = solve(instance, limits=self.patience(), should_stop=self.briefly(), rival=self.rival())
                yield from self.compared("", "", self.compiled, outcome, waives=(into, part))

    def asked_again(self, level: Level, rival: Rival | None = None) -> Iterator[Help]:
        """The question with one easing, if that makes the plan better."""
        request, stop = level.ease(self.request), self.briefly()
        compiled, outcome = solved(
            self.catalog,
            request,
            limits=self.patience(),
            should_stop=stop,
            thorough=False,
            rival=rival or self.rival(),
            before=self.compiled,
        )
        yield from self.compared(level.text, level.option, compiled, outcome)

    def compared(
        self,
        text: str,
        option: str,
        compiled: Compiled,
        outcome: Outcome,
        waives: tuple[RoleId, Requirement] | None = None,
    ) -> Iterator[Help]:
        self.left -= outcome.explored
        for found in outcome.plans[:1]:
            plan, _ = with_upkeep(self.catalog, compiled, found)
            at_least = plan.cost >= UNPRICED
            saves = money_of(self.cost() - plan.cost % UNPRICED, compiled.currency)
            comparable = not at_least and not self.plan.at_least
            if self.better(compiled, plan) and not self.without_easing(found):
                yield Help(
                    text=text,
                    option=option,
                    saves_days=self.plan.days - plan.arrival_day,
                    saves=saves if comparable else None,
                    arrives=self.request.as_of + timedelta(days=plan.arrival_day),
                    cost=money_of(plan.cost % UNPRICED, compiled.currency),
                    at_least=at_least,
                    proven=outcome.proven_optimal and not self.narrowed,
                    waives=waives,
                    earns=self.more_earned(compiled, plan) if comparable else None,
                )

    def without_easing(self, found: Plan) -> bool:
        """Whether the same roles and certifications better the plan given without any easing: the search missed it.

        Where the plan given is proven best there is no such thing.
        """
        if self.plan.proven:
            return False
        question = self.compiled.instance
        roles = {question.start.role, *found.roles}
        moves = tuple(move for move in question.moves if {move.origin, move.into} <= roles)
        others = question.certifications.keys() - question.start.holds.keys() - set(found.certifications)
        narrowed = without(replace(question, moves=moves), sorted(others))
        outcome = solve(narrowed, limits=self.patience(), should_stop=self.briefly())
        plans = (with_upkeep(self.catalog, self.compiled, plan)[0] for plan in outcome.plans[:1])
        return any(self.better(self.compiled, plan) for plan in plans)

    def more_earned(self, compiled: Compiled, plan: Plan) -> Money | None:
        """What a plan earns beyond the one given, where that was asked."""
        if self.plan.earnings is None:
            return None
        return money_of(_cents(earned_by(compiled, plan)) - self.earnings(), compiled.currency)

    def earnings(self) -> Fraction:
        """Those of the plan given, what has no price counted as the planner counts it; to the cent."""
        amount = self.plan.earnings.amount if self.plan.earnings else Decimal(0)
        return _cents(Fraction(amount)) - self.unpriced() * UNPRICED

    def rival(self) -> Rival:
        """Only what betters the plan given is of interest."""
        return Rival(self.plan.days, self.counted(), self.plan.exams)

    def patience(self) -> Limits:
        """No search beyond bounds; and where the question is a hard one, so are all of these."""
        return Limits(explored=0, lives=LIVES if self.left > 0 else FEW_LIVES)

    def briefly(self) -> Briefly:
        """Few questions take long, and each easing is one of many."""
        return Briefly(MOST_ASKED, self.should_stop)

    def cost(self) -> Fraction:
        return Fraction(self.plan.cost.amount)

    def counted(self) -> Fraction:
        """The cost as the planner counts it: what has no price is worse than any that has one."""
        return self.cost() + self.unpriced() * UNPRICED

    def unpriced(self) -> int:
        """How many prices of the plan given are not known."""
        steps = sum(1 for step in self.plan.steps if not step.priced)
        return max(steps, sum(1 for line in self.plan.cost_lines if line.amount is None))

    def better(self, compiled: Compiled, plan: Plan) -> bool:
        """Whether *plan*, of the question *compiled*, beats the one given, by the objective."""
        match self.request.objective:
            case "earnings":
                return _cents(earned_by(compiled, plan)) > self.earnings()
            case "cheapest":
                return (plan.cost, plan.arrival_day) < (self.counted(), self.plan.days)
            case "fewest-exams":
                then, now = (plan.exams, plan.arrival_day), (self.plan.exams, self.plan.days)
                return (*then, plan.cost) < (*now, self.counted())
            case _:
                return (plan.arrival_day, plan.cost) < (self.plan.days, self.counted())


def _cents(amount: Fraction) -> Fraction:
    return round(amount * 100) / Fraction(100)


def _starting_as(role: RoleId, request: PlanRequest) -> PlanRequest:
    return replace(request, from_=role)


def _holding(id_: CertificationId, request: PlanRequest) -> PlanRequest:
    return replace(request, holds=(*request.holds, Holding(id_)))


def _member(id_: MembershipId, request: PlanRequest) -> PlanRequest:
    return replace(request, memberships=request.memberships | {id_})
