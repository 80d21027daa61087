"""The steps of an answer done one after the other, as written: each must be possible after those before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.planner_oracles.brute_force import BruteForce, Life

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Step


def impossible_steps(instance: Instance, steps: Iterable[Step]) -> list[str]:
    """What cannot be done where it stands; nothing is said of prices, nor of when a study begins."""
    doer = _Doer(instance, BruteForce(instance))
    for step in steps:
        doer.do(step)
    if doer.role != instance.target:
        doer.wrong.append(f"the walk ends in {doer.role}")
    return doer.wrong


@dataclass
class _Doer:
    instance: Instance
    rules: BruteForce
    day: int = 0
    studied: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        start = self.instance.start
        self.role, self.tenure = start.role, start.tenure_days
        self.experience = dict(start.experience_days)
        self.earned = set(start.holds)

    def life(self) -> Life:
        papers = tuple((name, "earned", 0, 0, -1) for name in sorted(self.earned))
        return Life(self.role, self.tenure, tuple(self.experience.items()), papers, True)

    def do(self, step: Step) -> None:
        if step.end_day < self.day:
            self.wrong.append(f"{step} lies in the past")
        while self.day < step.end_day:
            for kind in self.instance.roles[self.role].grants:
                self.experience[kind] = self.experience.get(kind, 0) + 1
            self.day, self.tenure = self.day + 1, self.tenure + 1
        self.rules.today = self.day
        if not self.possible(step):
            self.wrong.append(f"{step} is not possible there")
        if step.kind == "move":
            self.role, self.tenure = step.id, 0
        elif step.kind in ("study", "earn"):
            (self.studied if step.kind == "study" else self.earned).add(step.id)

    def possible(self, step: Step) -> bool:
        life = self.life()
        if step.kind == "move":
            ways = [m for m in self.instance.moves if (m.origin, m.into) == (self.role, step.id)]
            return any(self.rules.true(way.requires, life) for way in ways)
        if step.kind == "renew":
            return step.id in self.earned
        if step.kind == "earn":
            eligible = self.rules.true(self.instance.certifications[step.id].eligibility, life)
            return step.id in self.studied and (eligible or step.start_day < step.end_day)
        option = self.rules.terms(step.id, life)[0]
        return step.start_day < step.end_day or (None if option < 0 else option) == step.variant
