"""The steps of a plan in the order in which they can be done; the plan itself has those of one day by kind and name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.truth import Facts, cheaper_lawful, holds

Following = Callable[[Sequence[Step], Sequence[Step]], list[Step]]
"""What can come next after some steps of a day, of those that are left."""

MOST_TRIES = 2_000  # ways to order the moves or the instant studies of one day


def in_order_of_events(instance: Instance, plan: Plan) -> tuple[Step, ...]:
    """The steps of *plan* by the day on which they end, each after what it rests on.

    Within a day: renewals, studies, awards, moves. A study that takes no time, and an award that rests on another
    of the same day, come after that; moves come in the order of the walk. Steps of a plan that is not lawful stay as
    they are from where it is not.
    """
    return tuple(_Days(instance).ordered(plan.steps))


class _Days:
    """The person of an instance, day after day."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.role, self.since = instance.start.role, -instance.start.tenure_days
        self.day = 0
        self.experience = dict(instance.start.experience_days)
        self.earned = set(instance.start.holds)
        self.studied: set[str] = set()

    def ordered(self, steps: Iterable[Step]) -> Iterator[Step]:
        for day, today in groupby(sorted(steps, key=lambda step: step.order), key=lambda step: step.end_day):
            self.live_until(day)
            yield from self.on_this_day(list(today))

    def live_until(self, day: int) -> None:
        for kind in self.instance.roles[self.role].grants:
            self.experience[kind] = self.experience.get(kind, 0) + day - self.day
        self.day = day

    def on_this_day(self, steps: list[Step]) -> Iterator[Step]:
        yield from (step for step in steps if step.kind == "renew")
        moves = [step for step in steps if step.kind == "move"]
        papers = [step for step in steps if step.kind in ("study", "earn")]
        yield from self.papers([step for step in papers if step.kind == "study" and step.start_day < step.end_day])
        yield from self.papers([step for step in papers if step.kind == "earn" or step.start_day == step.end_day])
        yield from self.moves(moves)

    def papers(self, steps: list[Step]) -> list[Step]:
        """Studies that end and awards, each once it can be; awards as soon as they can."""
        found = first_order(sorted(steps, key=_sooner), self.papers_next)
        self.studied |= {step.id for step in steps if step.kind == "study"}
        self.earned |= {step.id for step in steps if step.kind == "earn"}
        return found

    def papers_next(self, done: Sequence[Step], left: Sequence[Step]) -> list[Step]:
        """What can come next: the first award that is due, else any study that has the terms it says."""
        earned = self.earned | {step.id for step in done if step.kind == "earn"}
        studied = self.studied | {step.id for step in done if step.kind == "study"}
        facts = Facts(self.day, self.instance.start.education, earned, self.experience)
        for step in left:
            if step.kind == "earn" and step.id in studied and self.awarded(step, facts):
                return [step]
        return [step for step in left if step.kind == "study" and self.on_its_terms(step, facts)]

    def awarded(self, step: Step, facts: Facts) -> bool:
        """Whether it was applied for on a day before, or can be today."""
        return step.start_day < self.day or holds(self.instance.certifications[step.id].eligibility, facts)

    def on_its_terms(self, step: Step, facts: Facts) -> bool:
        """Whether a study that takes no time has today the terms that it states; others began on a day before."""
        entry = self.instance.certifications[step.id]
        return step.start_day < self.day or cheaper_lawful(entry, facts)[0] == step.variant

    def moves(self, steps: list[Step]) -> list[Step]:
        """The moves of a day as a walk of which each is open."""
        found = first_order(steps, self.moves_next)
        if found:
            self.role, self.since = found[-1].id, self.day
        return found

    def moves_next(self, done: Sequence[Step], left: Sequence[Step]) -> list[Step]:
        """The moves that are open next."""
        role, since = (done[-1].id, self.day) if done else (self.role, self.since)
        facts = Facts(self.day, self.instance.start.education, self.earned, self.experience, self.day - since)
        open_ = {m.into for m in self.instance.moves if m.origin == role and holds(m.requires, facts)}
        return [step for step in left if step.id in open_]


def first_order(steps: list[Step], following: Following) -> list[Step]:
    """The first order of *steps* in which each can come next; as they are where none is found."""
    if not steps:
        return steps
    done: list[Step] = []
    open_ = [iter(following(done, steps))]
    for _ in range(MOST_TRIES + len(steps)):
        step = next(open_[-1], None)
        if step is None:
            open_.pop()
            if not open_:
                break
            done.pop()
            continue
        done.append(step)
        taken = set(map(id, done))
        left = [other for other in steps if id(other) not in taken]
        if not left:
            return done
        open_.append(iter(following(done, left)))
    return steps


def _sooner(step: Step) -> tuple[bool, str, str]:
    """Awards that were applied for before come first: what is done today may rest on them."""
    return step.start_day == step.end_day, step.kind, step.id
