"""What the planner answers: a plan is dated steps, an outcome is plans with the proof that they are best."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pmcareer.values import dataclass

StepKind = Literal["study", "earn", "move", "renew"]

# (day, True, certification) begins a study; (day, False, role) enters a role
Act = tuple[int, bool, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens.

    ``study``: first day to the day the slot is free again. ``earn``: application day to the day earned, when *cost*
    (the price) falls due. ``move``: *id* is the role entered; both days are the day of the move. ``renew``: both days
    are the cycle's end. *variant* is the index of the variant taken, None for the certification's own terms.
    """

    kind: StepKind
    id: str
    start_day: int
    end_day: int
    cost: Fraction = Fraction(0)
    variant: int | None = None

    @property
    def order(self) -> tuple[int, str, str, int]:
        """The place of the step in a plan, and what breaks ties between plans."""
        return (self.end_day, self.kind, self.id, self.start_day)


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to the target: arrival day, cost up to and including it, certifications earned, steps in order."""

    arrival_day: int
    cost: Fraction
    exams: int
    steps: tuple[Step, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles entered, in order."""
        return tuple(step.id for step in self.steps if step.kind == "move")

    @property
    def certifications(self) -> tuple[str, ...]:
        """The certifications earned, in order."""
        return tuple(step.id for step in self.steps if step.kind == "earn")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the search may look at before it settles for the best plan so far; counts, so that runs repeat.

    ``lives``: relaxed plans in the making, for each order in which they are gone through. ``explored`` and
    ``open_labels``: of the exhaustive search; with ``explored`` 0 there is none.
    """

    explored: int = 100_000
    open_labels: int = 250_000
    lives: int = 8_000


Reason = Literal["optimal", "no-plan", "limit", "stopped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Plans, best first, and what is proven of them.

    ``bound`` is a lower bound on the objective's first criterion (days for ``fastest``, cost for ``cheapest``; an
    upper bound for ``earnings``); equal to the plan's own value when ``proven_optimal``, None where no plan exists.
    ``first_proven``: of plans to choose between, that the first is proven best whatever is true of the others.
    ``reason``: ``optimal`` and ``no-plan`` are proofs; ``limit`` and ``stopped`` mean that the search was cut short.
    """

    plans: tuple[Plan, ...]
    proven_optimal: bool
    bound: Fraction | None
    reason: Reason
    explored: int
    first_proven: bool = False

    @property
    def day_proven(self) -> bool:
        """Of an answer by ``fastest``: whether no plan arrives sooner, whatever is true of the cost."""
        return bool(self.plans) and (self.proven_optimal or self.bound == self.plans[0].arrival_day)
