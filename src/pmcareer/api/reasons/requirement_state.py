"""Requirement trees held against one person on the as-of day: each leaf met or not, with what shows it, and the gap.

What counts as met is what the planner counts (``requirement_compiling``); days to come by mere waiting are days in the
present role, with nothing earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from pmcareer.api.compiling.experience import day_by_waiting, days_brought, stints_granting, undated_days
from pmcareer.api.plans.windows import window_start
from pmcareer.api.reasons.field import Field, Reached, held_on
from pmcareer.dates import months_to_days
from pmcareer.model import requirements as tree
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.people import Holding, Stint
from pmcareer.model.requirements import Requirement
from pmcareer.planning import instance as planning
from pmcareer.values import dataclass

# assumed: nothing can decide it, and it is taken as met; in-study: it is part of the study, and so planned with it
State = Literal["met", "assumed", "in-study", "unmet"]


@dataclass(frozen=True, slots=True)
class Counted:
    """Days counted of days asked for. ``window_from``: the first day that counts; ``undated``: days without dates.

    ``stints`` are the times in roles that the days come from.
    """

    days: int
    needed: int
    window_from: date | None = None
    stints: tuple[Stint, ...] = ()
    undated: int = 0

    @property
    def missing(self) -> int:
        """Days still missing."""
        return max(0, self.needed - self.days)


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a requirement. ``needs`` of its ``of`` must hold; a leaf has none.

    ``waiting``: the day on which it holds by mere waiting (the as-of day where it holds now; None: it does not come).
    ``reached``: where it does not hold, the planner's soonest plan to it in whatever role (where tenure is asked: in
    the role that is left; of tenure alone there is none). ``by``: the holding that meets it. ``asks``: the
    certification that is missing.
    """

    requirement: Requirement
    state: State
    waiting: date | None
    reached: Reached | None = None
    of: tuple[Node, ...] = ()
    needs: int = 0
    counted: Counted | None = None
    by: Holding | None = None
    asks: CertificationId | None = None

    @property
    def holds(self) -> bool:
        """Whether the planner would take it as met today."""
        return self.state != "unmet"

    @property
    def distance(self) -> tuple[object, ...]:
        """Nearest first: what holds, then what a plan reaches, by its day and money; then by what is missing."""
        planned = self.reached.order if self.reached else ()
        return (not self.holds, self.reached is None and not self.holds, planned, self.lack)

    @property
    def lack(self) -> tuple[int, int]:
        """How many things are missing that no waiting brings, and how many days of experience or tenure."""
        if self.holds:
            return (0, 0)
        if self.counted:
            return (0, self.counted.missing)
        if not self.of:
            return (1, 0)
        missing = sorted(part.lack for part in self.of if not part.holds)
        wanted = missing[: self.needs - (len(self.of) - len(missing))]
        return (sum(things for things, _ in wanted), sum(days for _, days in wanted))


@dataclass(frozen=True, slots=True)
class Examiner:
    """Holds trees against the person of a field. ``origin``: the role in which they must hold (None: any role)."""

    field: Field
    origin: RoleId | None = None
    plans: bool = True

    def examine(self, requirement: Requirement) -> Node:
        """The tree with what is known of each node; alternatives nearest first."""
        node = self._branch(requirement) or self._leaf(requirement)
        if node.holds or not self.plans or isinstance(requirement, tree.Tenure):
            return node
        origin = self.origin if _asks_tenure(requirement) else None
        return replace(node, reached=self.field.fulfilled(requirement, origin))

    def _branch(self, requirement: Requirement) -> Node | None:
        if not isinstance(requirement, tree.All | tree.AnyOf | tree.AtLeast):
            return None
        of = [self.examine(part) for part in requirement.of]
        needs = {tree.All: len(of), tree.AnyOf: 1}.get(type(requirement), getattr(requirement, "n", 0))
        if needs < len(of):
            of.sort(key=lambda node: node.distance)
        state = _joint_state([node.state for node in of], needs)
        made = Node(requirement, state, None, of=tuple(of), needs=needs)
        return replace(made, waiting=self.as_of if made.holds else self._waiting(made))

    @property
    def as_of(self) -> date:
        """Day 0."""
        return self.field.situation.as_of

    @property
    def last_day(self) -> int:
        """The last day that counts, as in plans."""
        return self.field.compiled().instance.last_day

    def _waiting(self, node: Node) -> date | None:
        """The first day on which the branch holds by waiting: one of those on which a leaf comes to hold."""
        days = sorted({leaf.waiting for leaf in _leaves(node) if leaf.waiting is not None})
        return next((day for day in days if self._holds_on(node, day)), None)

    def _holds_on(self, node: Node, day: date) -> bool:
        if isinstance(node.requirement, tree.All | tree.AnyOf | tree.AtLeast):
            return sum(self._holds_on(part, day) for part in node.of) >= node.needs
        if node.waiting is None or node.waiting > day:
            return False
        if isinstance(node.requirement, tree.Holds | tree.Held | tree.HoldsEdition):
            compiled, _ = self._compiled(node.requirement)  # what is let lapse counts up to a day
            return held_on(self.field.compiled().instance, compiled, (day - self.as_of).days)
        if not isinstance(node.requirement, tree.Experience) or not node.requirement.within_years:
            return True
        asked = node.requirement  # what was counted may have left its window by then
        situation, needed = self.field.situation, months_to_days(asked.months)
        later = (day - self.as_of).days
        reached = day_by_waiting(
            self.field.catalog, situation, asked.kind, asked.within_years, needed, later, first_day=later
        )
        return reached is not None

    def _leaf(self, requirement: Requirement) -> Node:
        return _LEAVES[type(requirement)](self, requirement)

    def _experience(self, asked: tree.Experience) -> Node:
        catalog, situation = self.field.catalog, self.field.situation
        needed = months_to_days(asked.months)
        window = window_start(self.as_of, asked.within_years) if asked.within_years else None
        stints = stints_granting(catalog, situation, asked.kind)
        counted = Counted(
            days_brought(catalog, situation, asked.kind, asked.within_years),
            needed,
            window,
            tuple(s for s in stints if window is None or s.to is None or s.to >= window),
            undated_days(catalog, situation, asked.kind),
        )
        day = day_by_waiting(catalog, situation, asked.kind, asked.within_years, needed, self.last_day)
        return Node(asked, "unmet" if counted.missing else "met", self._on(day), counted=counted)

    def _tenure(self, asked: tree.Tenure) -> Node:
        situation, needed = self.field.situation, months_to_days(asked.months)
        here = self.origin in (None, situation.role)  # elsewhere it begins on the day of entering
        counted = Counted(situation.tenure_days if here else 0, needed)
        by_waiting = self._on(counted.missing) if here or not needed else None
        return Node(asked, "unmet" if counted.missing else "met", by_waiting, counted=counted)

    def _certification(self, asked: tree.Holds | tree.Held | tree.HoldsEdition) -> Node:
        compiled, assumed = self._compiled(asked)
        node = self._decided(asked, compiled, assumed=assumed)
        would_do = self.field.compiled().requirements.satisfying(asked.certification)
        held = {h.id: h for h in self.field.situation.holdings}
        by = next((held[c] for c in would_do if self._counts(held, c, asked)), None) if node.holds else None
        return replace(node, by=by, asks=None if node.holds else asked.certification)

    def _counts(self, held: Mapping[CertificationId, Holding], certification: CertificationId, asked: object) -> bool:
        if certification not in held:
            return False
        compiled = self.field.compiled()
        counting = certification in compiled.instance.start.holds or certification in compiled.requirements.lapsing
        return isinstance(asked, tree.Held) or counting

    def _training(self, asked: tree.Training) -> Node:
        waiver = replace(self, plans=False).examine(asked.waived_by) if asked.waived_by is not None else None
        waived = waiver is not None and waiver.holds
        by = next((leaf.by for leaf in _leaves(waiver) if leaf.by), None) if waiver and waived else None
        return Node(asked, "met" if waived else "in-study", self.as_of, by=by)

    def _fixed(self, asked: Requirement) -> Node:
        """What no plan changes: education, skills, and what no data can decide."""
        compiled, assumed = self._compiled(asked)
        return self._decided(asked, compiled, assumed=assumed)

    def _decided(self, asked: Requirement, compiled: planning.Requirement | None, *, assumed: bool) -> Node:
        met = held_on(self.field.compiled().instance, compiled)
        state: State = "unmet" if not met else "assumed" if assumed else "met"
        return Node(asked, state, self.as_of if met else None)

    def _compiled(self, asked: Requirement) -> tuple[planning.Requirement | None, bool]:
        """The planner's form of a leaf, and whether something was taken as met for it."""
        compiler = replace(self.field.compiled().requirements, taken_as_met={}, windows=set())
        return compiler.compile(asked), bool(compiler.taken_as_met)

    def _on(self, day: int | None) -> date | None:
        return self.as_of + timedelta(days=day) if day is not None and day <= self.last_day else None


def _joint_state(states: list[State], needs: int) -> State:
    """The best state in which enough of the parts are."""
    enough: list[State] = []
    for state in ("met", "in-study", "assumed"):
        enough += [one for one in states if one == state]
        if len(enough) >= needs:
            return state
    return "unmet"


def _asks_tenure(requirement: Requirement) -> bool:
    of = getattr(requirement, "of", ())
    return isinstance(requirement, tree.Tenure) or any(_asks_tenure(part) for part in of)


def _leaves(node: Node) -> Iterator[Node]:
    if not node.of:
        yield node
    for part in node.of:
        yield from _leaves(part)


_LEAVES: dict[type, Callable[..., Node]] = {
    tree.Experience: Examiner._experience,
    tree.Tenure: Examiner._tenure,
    tree.Holds: Examiner._certification,
    tree.Held: Examiner._certification,
    tree.HoldsEdition: Examiner._certification,
    tree.Training: Examiner._training,
    tree.Education: Examiner._fixed,
    tree.Skill: Examiner._fixed,
    tree.Attest: Examiner._fixed,
}
