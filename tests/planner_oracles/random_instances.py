"""Random instances for the planner's laws: tiny ones that can be lived day by day, medium ones for a second solver.

The tiny ones are made to hurt: short cycles (renewals and upkeep within the plan), lead days, cheaper but longer
variants, kinds that a later role grants again, waiting that pays, greedy choices that fail, no plan at all.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import cast

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    Certification,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Move,
    Objective,
    Renewal,
    Requirement,
    Role,
    Start,
    TenureDays,
    Variant,
)

KINDS = ("k", "l")


def tiny(seed: int, objective: str, *, horizon: int = 24, most_papers: int = 4) -> Instance:
    """Up to four roles and *most_papers* certifications within *horizon* days."""
    return _Tiny(Random(f"{seed} tiny"), horizon, most_papers).instance(objective)


class _Tiny:
    def __init__(self, random: Random, horizon: int, most_papers: int) -> None:
        self.random = random
        self.horizon = horizon
        self.roles = [f"r{i}" for i in range(random.randint(2, 4))]
        self.papers = [f"c{i}" for i in range(random.randint(1, most_papers))]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def instance(self, objective: str) -> Instance:
        random = self.random
        moves = [self.move(a, b) for a, b in zip(self.roles, self.roles[1:], strict=False)]
        for _ in range(random.randint(0, 3)):
            a, b = random.sample(self.roles, 2)
            moves.append(self.move(a, b))
        horizon = random.randint(self.horizon // 2, self.horizon)
        return Instance(
            start=self.start(),
            target=self.roles[-1],
            roles={name: self.role() for name in self.roles},
            moves=tuple(moves),
            certifications={name: self.certification(name) for name in self.papers},
            hours_per_week=Fraction(random.choice([7, 7, 7, 4, 10])),
            horizon_days=horizon,
            objective=cast("Objective", objective),
            budget=Fraction(random.randint(0, 25)) if self.chance(0.15) else None,
            deadline_day=random.randint(5, horizon) if self.chance(0.1) else None,
        )

    def start(self) -> Start:
        random = self.random
        return Start(
            role=self.roles[0],
            tenure_days=random.choice([0, 0, 2]),
            experience_days={kind: random.randint(0, 3) for kind in KINDS if self.chance(0.3)},
            education=random.choice([1, 2]),
            holds={name: -random.randint(0, 9) for name in self.papers[:-1] if self.chance(0.12)},
        )

    def role(self) -> Role:
        pay = Fraction(self.random.randint(0, 3) * 1000) if self.chance(0.8) else None
        return Role(frozenset(kind for kind in KINDS if self.chance(0.55)), pay)

    def move(self, origin: str, into: str) -> Move:
        return Move(origin, into, self.tree(2, self.papers, tenure=True))

    def certification(self, name: str) -> Certification:
        random = self.random
        others = [paper for paper in self.papers if paper != name]
        renewal = None
        if self.chance(0.5):
            hours = Fraction(random.choice([0, 0, 1, 2, 3]))
            renewal = Renewal(random.randint(2, 12), hours, Fraction(random.randint(0, 4)))
        return Certification(
            study_hours=Fraction(random.choice([0, 1, 2, 3, 5, 7])),
            cost=Fraction(random.randint(0, 6)),
            lead_days=random.choice([0, 0, 0, 1, 3]),
            eligibility=self.tree(1, others, tenure=False) if self.chance(0.5) else None,
            renewal=renewal,
            variants=tuple(self.variant(others) for _ in range(random.choice([0, 0, 1, 1, 2]))),
        )

    def variant(self, others: list[str]) -> Variant:
        random = self.random
        hours = Fraction(random.choice([0, 1, 2, 4, 8]))
        return Variant(self.tree(1, others, tenure=False), hours, Fraction(random.randint(0, 6)))

    def tree(self, depth: int, papers: list[str], *, tenure: bool) -> Requirement | None:
        random = self.random
        if self.chance(0.08):
            return None
        if depth and self.chance(0.55):
            parts = tuple(
                part
                for part in (
                    self.tree(depth - 1, papers, tenure=tenure) for _ in range(random.choice([0, 2, 2, 2, 3, 3]))
                )
                if part is not None
            )
            form = random.choice(["all", "all", "all", "any", "at_least"])
            if form == "at_least":
                return AtLeast(random.randint(0, len(parts)), parts)
            return All(parts) if form == "all" else AnyOf(parts)
        return self.leaf(papers, tenure=tenure)

    def leaf(self, papers: list[str], *, tenure: bool) -> Requirement:
        random = self.random
        form = random.choice(["paper", "paper", "paper", "experience", "experience", "tenure", "education"])
        if form == "paper" and papers:
            return random.choice([Holds, Held])(random.choice(papers))
        if form == "tenure" and tenure:
            return TenureDays(random.randint(0, 6))
        if form == "education" and self.chance(0.4):
            return EducationRank(random.randint(1, 3))
        return ExperienceDays(random.choice(KINDS), random.randint(1, 9))
