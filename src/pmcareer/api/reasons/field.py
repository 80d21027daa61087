"""The whole field as one question: how soon, and for how much, one person can reach any point of it.

The catalog is compiled once with all its roles and certifications; each goal is that instance with another target, and
is solved by the planner. So what is said here of a role or a certification is the planner's word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pmcareer.api.compiling.compiled import UNPRICED, Compiled, Scope
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.moves import leads_back
from pmcareer.api.compiling.questions import PlanRequest, Situation, situation_of
from pmcareer.api.plans.dating import money_of, moves_in_order
from pmcareer.api.plans.windows import aged_out
from pmcareer.dates import days_to_months
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import Holds, Requirement
from pmcareer.money import Money
from pmcareer.planning import instance as planning
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.requirements import ALWAYS, Leaf, fold, leaves
from pmcareer.planning.solver import solve
from pmcareer.values import dataclass, field

_GOAL = "+goal"  # no role of a catalog has such an id
# Where bounds and proposals do not prove the day, so many labels are looked at; then the best plan so far stands.
_PATIENCE = Limits(explored=300)
_BOUNDS_ONLY = Limits(explored=0)


@dataclass(frozen=True, slots=True)
class Reached:
    """A plan in short: its arrival, its cost up to then, and what it passes.

    ``at_least``: some price on the way is unknown. ``proven``: no plan arrives sooner, and none of that day costs less;
    never where a price is unknown. ``day_proven``: no plan arrives sooner, whatever is true of the cost.
    """

    day: int
    on: date
    cost: Money
    at_least: bool
    exams: int
    roles: tuple[RoleId, ...]
    certifications: tuple[CertificationId, ...]
    proven: bool
    day_proven: bool

    @property
    def months(self) -> Fraction:
        """The days as months, exact; for showing."""
        return days_to_months(self.day)

    @property
    def order(self) -> tuple[int, bool, Money, int]:
        """Nearest first: by day, then by money (of what is priced in full first), then by exams."""
        return (self.day, self.at_least, self.cost, self.exams)


@dataclass(slots=True)
class Field:
    """All goals of one person. ``within`` is the last day on which an arrival is looked for (None: the horizon)."""

    catalog: Catalog
    request: PlanRequest
    _compiled: dict[tuple[tuple[int, date], ...], Compiled] = field(default_factory=dict)
    _known: dict[tuple[RoleId | None, Requirement, int | None], Reached | None] = field(default_factory=dict)
    _found: list[tuple[planning.Instance, Outcome]] = field(default_factory=list)

    @property
    def situation(self) -> Situation:
        """The person on day 0."""
        return self.compiled().situation

    def compiled(self, counted_from: Mapping[int, date] | None = None) -> Compiled:
        """The field, compiled once for each set of windows (see ``windows``)."""
        key = tuple(sorted((counted_from or {}).items()))
        if key not in self._compiled:
            request = replace(without_niche(self.request), objective="fastest", require=frozenset(), by=None)
            scope = Scope(frozenset(self.catalog.roles), frozenset(self.catalog.certifications))
            self._compiled[key] = compile_question(self.catalog, request, situation_of(request), dict(key), scope)
        return self._compiled[key]

    def role(self, role: RoleId, within: int | None = None) -> Reached | None:
        """The soonest plan into *role*; None where there is none in time."""
        return self._solved(lambda compiled: replace(self._upwards(compiled, role), target=role), (), within)

    def held(self, certification: CertificationId, within: int | None = None) -> Reached | None:
        """The soonest plan that ends with *certification* in hand."""
        return self.fulfilled(Holds(certification), None, within)

    def fulfilled(self, tree: Requirement, origin: RoleId | None = None, within: int | None = None) -> Reached | None:
        """The soonest plan at whose end *tree* holds: in *origin*, or in whatever role."""
        key = (origin, tree, within)
        if key not in self._known:
            self._known[key] = self._solved(lambda compiled: self._towards(compiled, tree, origin), (tree,), within)
        return self._known[key]

    def _upwards(self, compiled: Compiled, asked: RoleId | None = None) -> planning.Instance:
        """The instance without moves down or back, as plans have it, but for those into the role *asked* for."""
        instance = compiled.instance
        if self.request.step_down:
            return instance
        start = compiled.situation.role
        moves = (
            move
            for move in instance.moves
            if move.into == asked or not leads_back(self.catalog, start, RoleId(move.origin), RoleId(move.into))
        )
        return replace(instance, moves=tuple(moves))

    def _towards(self, compiled: Compiled, tree: Requirement, origin: RoleId | None) -> planning.Instance:
        """The instance whose target is a second name of every role in which *tree* would do."""
        instance = self._upwards(compiled)
        requires = replace(compiled.requirements, taken_as_met={}, windows=set()).compile(tree)
        where: Iterable[str] = [origin] if origin else instance.roles
        if origin is None and not _rests_on_roles(instance, requires):
            where = [instance.start.role]
        return replace(
            instance,
            target=_GOAL,
            roles={**instance.roles, _GOAL: planning.Role()},
            moves=(*instance.moves, *(planning.Move(role, _GOAL, requires) for role in where)),
        )

    def _solved(
        self,
        goal: Callable[[Compiled], planning.Instance],
        on_arrival: tuple[Requirement, ...],
        within: int | None,
    ) -> Reached | None:
        """Solve; where experience would have aged out of its window by then, solve without it, as ``planning`` does."""
        compiled = self.compiled()
        while True:
            instance = replace(goal(compiled), deadline_day=within)
            outcome = self._soonest(instance)
            if not outcome.plans:
                return None
            stale = aged_out(self.catalog, compiled, outcome.plans[0], on_arrival)
            if not stale:
                return self._reached(replace(compiled, instance=instance), outcome)
            compiled = self.compiled(stale)

    def _soonest(self, instance: planning.Instance) -> Outcome:
        """The soonest plan. Where its day is proven, no search is made for one that is cheaper on that day.

        Requirements that differ in what is met already are one question, and asked once.
        """
        for asked, outcome in self._found:
            if _same_question(asked, instance):
                return outcome
        outcome = solve(instance, limits=_BOUNDS_ONLY)
        if not outcome.day_proven and not outcome.proven_optimal:
            outcome = solve(instance, limits=_PATIENCE)
        self._found.append((instance, outcome))
        return outcome

    def _reached(self, compiled: Compiled, outcome: Outcome) -> Reached:
        plan = outcome.plans[0]
        return Reached(
            day=plan.arrival_day,
            on=compiled.situation.as_of + timedelta(days=plan.arrival_day),
            cost=money_of(plan.cost % UNPRICED, compiled.currency),
            at_least=plan.cost >= UNPRICED,
            exams=plan.exams,
            roles=tuple(_roles(compiled, plan)),
            certifications=tuple(CertificationId(c) for c in plan.certifications),
            proven=outcome.proven_optimal and plan.cost < UNPRICED,
            day_proven=outcome.day_proven,
        )


def _same_question(one: planning.Instance, other: planning.Instance) -> bool:
    """Whether two instances of one field differ in nothing."""
    if (one.target, one.deadline_day, len(one.moves)) != (other.target, other.deadline_day, len(other.moves)):
        return False
    # What is common to both is the very same object; a comparison by value is for the last moves only.
    if one.certifications is not other.certifications or one.start is not other.start:
        return False
    return all(a is b or a == b for a, b in zip(reversed(one.moves), reversed(other.moves), strict=True))


def held_on(instance: planning.Instance, requires: planning.Requirement | None, day: int = 0) -> bool:
    """Whether *requires*, which names certifications only, holds by what is held on day 0, on *day*.

    What is let lapse counts up to its last day.
    """

    def decide(leaf: Leaf) -> bool:
        if isinstance(leaf, planning.Holds | planning.Held):
            return leaf.certification in instance.start.holds
        return isinstance(leaf, planning.ByDay) and day <= leaf.day

    return fold(requires, decide) == ALWAYS


def without_niche(request: PlanRequest) -> PlanRequest:
    """The request without the certification that a chosen niche would add to every goal."""
    return replace(request, niche=None, profile=replace(request.profile, niche=None))


def _roles(compiled: Compiled, plan: Plan) -> Iterator[RoleId]:
    """The roles entered, in order, without the goal's second name."""
    moves = moves_in_order(compiled, plan) if len(plan.roles) > 1 else [s for s in plan.steps if s.kind == "move"]
    yield from (RoleId(move.id) for move in moves if move.id != _GOAL)


def _rests_on_roles(instance: planning.Instance, requires: planning.Requirement | None) -> bool:
    """Whether experience that day 0 lacks is named by *requires*, or by what can be earned towards it.

    Where it is not, no move can bring a certification nearer, or make it cheaper.
    """
    seen: set[str] = set()
    waiting = [requires]
    while waiting:
        for leaf in leaves(waiting.pop()):
            if isinstance(leaf, planning.TenureDays):
                return True
            if isinstance(leaf, planning.ExperienceDays):
                if instance.start.experience_days.get(leaf.kind, 0) < leaf.days:
                    return True
            elif isinstance(leaf, planning.Holds | planning.Held) and leaf.certification not in seen:
                seen.add(leaf.certification)
                entry = instance.certifications[leaf.certification]
                waiting += [entry.eligibility, *(variant.when for variant in entry.variants)]
    return False
