"""Random instances for the planner's laws: tiny ones that can be lived day by day, medium ones for a second solver.

The tiny ones are made to hurt: short cycles (renewals and upkeep within the plan), lead days, cheaper but longer
variants, kinds that a later role grants again, waiting that pays, greedy choices that fail, no plan at all.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import cast

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    ByDay,
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
            holds=(holds := {name: -random.randint(0, 9) for name in self.papers[:-1] if self.chance(0.12)}),
            dues={name: self.dues(0, 20, 1) for name in holds if self.chance(0.4)},
        )

    def dues(self, first: int, last: int, likely: float) -> tuple[tuple[int, Fraction], ...]:
        """Payments on a few days between *first* and *last*."""
        if not self.chance(likely):
            return ()
        days = self.random.sample(range(first, last + 1), min(self.random.randint(1, 3), last + 1 - first))
        return tuple((day, Fraction(self.random.randint(0, 4))) for day in sorted(days))

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
            cycle = random.randint(2, 12)
            renewal = Renewal(cycle, hours, Fraction(random.randint(0, 4)), self.dues(1, cycle, 0.2))
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
        form = random.choice(["paper", "paper", "paper", "experience", "experience", "tenure", "education", "early"])
        if form == "paper" and papers:
            name = random.choice(papers)
            return Holds(name) if self.chance(0.5) else Held(name)
        if form == "early" and tenure and self.chance(0.4):
            return ByDay(random.randint(0, 15))
        if form == "tenure" and tenure:
            return TenureDays(random.randint(0, 6))
        if form == "education" and self.chance(0.4):
            return EducationRank(random.randint(1, 3))
        return ExperienceDays(random.choice(KINDS), random.randint(1, 9))


def keen(seed: int, objective: str, *, horizon: int = 10) -> Instance:
    """As ``tiny``, but every move asks for certifications, these lean on one another, and renewals fall due soon."""
    return _Keen(Random(f"{seed} keen"), horizon, 3).instance(objective)


class _Keen(_Tiny):
    """Fewer accidents, more of what makes plans hard."""

    def move(self, origin: str, into: str) -> Move:
        return Move(origin, into, All((self.ask(), TenureDays(self.random.randint(0, 3)))))

    def ask(self) -> Requirement:
        some = [Holds(name) for name in self.random.sample(self.papers, min(2, len(self.papers)))]
        form = self.random.choice(["one", "any", "any", "all"])
        return some[0] if form == "one" else All(tuple(some)) if form == "all" else AnyOf(tuple(some))

    def certification(self, name: str) -> Certification:
        random = self.random
        before = self.papers[: self.papers.index(name)]
        eligibility: Requirement | None = None
        if before and self.chance(0.4):
            eligibility = Holds(random.choice(before))
        elif self.chance(0.25):
            eligibility = ExperienceDays(random.choice(KINDS), random.randint(1, 3))
        renewal = None
        if self.chance(0.8):
            cycle = random.randint(2, 5)
            hours = Fraction(random.choice([0, 0, 1]), 2)
            renewal = Renewal(cycle, hours, Fraction(random.randint(1, 4)), self.dues(1, cycle, 0.2))
        hours = Fraction(random.choice([1, 1, 2, 3]))
        variants: tuple[Variant, ...] = ()
        if before and self.chance(0.5):
            variants = (Variant(Holds(random.choice(before)), hours / 2, Fraction(random.randint(0, 3))),)
        cost = Fraction(random.randint(1, 6))
        return Certification(hours, cost, random.choice([0, 0, 1]), eligibility, renewal, variants)


def alike(seed: int, objective: str, *, horizon: int = 10) -> Instance:
    """As ``keen``, but two or three certifications are equals: the same terms, named wherever one of them is."""
    return _Alike(Random(f"{seed} alike"), horizon, 2).instance(objective)


class _Alike(_Keen):
    """The last certification has twins."""

    def instance(self, objective: str) -> Instance:
        found = super().instance(objective)
        model = self.papers[-1]
        twins = [f"{model}{letter}" for letter in "xy"[: self.random.randint(1, 2)]]
        family = (model, *twins)
        known = dict(found.certifications)
        entries = {name: self.twinned(entry, family) for name, entry in known.items()}
        entries |= dict.fromkeys(twins, entries[model])
        moves = tuple(replace(m, requires=self.widened(m.requires, family)) for m in found.moves)
        return replace(found, certifications=entries, moves=moves)

    def twinned(self, entry: Certification, family: tuple[str, ...]) -> Certification:
        variants = tuple(replace(v, when=self.widened(v.when, family)) for v in entry.variants)
        return replace(entry, eligibility=self.widened(entry.eligibility, family), variants=variants)

    def widened(self, tree: Requirement | None, family: tuple[str, ...]) -> Requirement | None:
        """Where one is asked for, any of the family or some of them are."""
        if isinstance(tree, (All, AnyOf)):
            parts = [self.widened(part, family) for part in tree.parts]
            return replace(tree, parts=tuple(part for part in parts if part is not None))
        if isinstance(tree, Holds) and tree.certification == family[0]:
            return AtLeast(self.random.randint(1, 2), tuple(Holds(name) for name in family))
        return tree


def career(seed: int, objective: str, roles: int = 40, papers: int = 80) -> Instance:
    """A layered career of a realistic shape: tenures and experience in years, cycles of two to four years."""
    return _Career(Random(f"{seed} career"), roles, papers).instance(objective)


class _Career:
    """Roles in layers, moves mostly one layer up; later layers ask for more experience and weightier papers."""

    KINDS = ("project-work", "it", "agile", "leading-projects", "people", "leading-programs")

    def __init__(self, random: Random, roles: int, papers: int) -> None:
        self.random = random
        layers = max(3, min(7, roles // 4))
        self.layer = {f"r{i}": min(layers - 1, i * layers // roles) for i in range(roles)}
        self.top = layers - 1
        self.papers = [f"c{i}" for i in range(papers)]
        self.level = {name: i * layers // max(1, papers) for i, name in enumerate(self.papers)}

    def instance(self, objective: str) -> Instance:
        random = self.random
        names = list(self.layer)
        return Instance(
            start=Start(
                role=names[0],
                tenure_days=random.choice([0, 200]),
                experience_days={"project-work": random.randint(0, 400)},
                education=random.randint(1, 3),
                holds={name: -random.randint(0, 900) for name in self.papers[:6] if random.random() < 0.2},
            ),
            target=names[-1],
            roles={name: self.role(name) for name in names},
            moves=tuple(self.moves(names)),
            certifications={name: self.certification(name) for name in self.papers},
            hours_per_week=Fraction(random.choice([4, 6, 8])),
            horizon_days=7305,
            objective=cast("Objective", objective),
        )

    def role(self, name: str) -> Role:
        layer = self.layer[name]
        sure = {"project-work"} if layer < 3 or self.random.random() < 0.7 else set()
        grants = sure | {kind for i, kind in enumerate(self.KINDS) if i <= layer + 1 and self.random.random() < 0.4}
        return Role(frozenset(grants), Fraction(40000 + 15000 * layer + 1000 * self.random.randint(0, 10)))

    def moves(self, names: list[str]) -> list[Move]:
        random = self.random
        found = []
        for name in names:
            above = [n for n in names if self.layer[n] == self.layer[name] + 1]
            beside = [n for n in names if self.layer[n] == self.layer[name] and n != name]
            for into in random.sample(above, min(len(above), 2)):
                found.append(Move(name, into, self.requires(self.layer[into])))
            if beside and random.random() < 0.4:
                found.append(Move(name, random.choice(beside), self.requires(self.layer[name])))
        for into in names[1:]:
            if not any(move.into == into for move in found):
                below = [n for n in names if self.layer[n] == max(0, self.layer[into] - 1)]
                found.append(Move(random.choice(below), into, self.requires(self.layer[into])))
        return found

    def near(self, layer: int) -> list[str]:
        return [name for name in self.papers if abs(self.level[name] - layer) <= 1] or self.papers

    def requires(self, layer: int) -> Requirement:
        random = self.random
        parts: list[Requirement] = [TenureDays(random.choice([0, 180, 365, 730]))]
        near = self.near(layer)
        chosen = [Holds(name) for name in random.sample(near, min(len(near), 4))]
        if random.random() < 0.6:
            parts.append(chosen[0])
        if random.random() < 0.4:
            parts.append(AnyOf(tuple(chosen[1:3])))
        if random.random() < 0.15 and len(chosen) > 2:
            parts.append(AtLeast(2, tuple(chosen)))
        if random.random() < 0.6:
            kind = random.choice(self.KINDS[: min(len(self.KINDS), layer + 1)])
            parts.append(ExperienceDays(kind, random.choice([365, 730, 1096])))
        if random.random() < 0.2:
            parts.append(AnyOf((EducationRank(random.randint(1, 3)), ExperienceDays("project-work", 1826))))
        return All(tuple(parts))

    def certification(self, name: str) -> Certification:
        random = self.random
        level = self.level[name]
        earlier = [paper for paper in self.papers if self.level[paper] <= level and paper != name]
        eligibility: Requirement | None = None
        if random.random() < 0.5:
            kind = random.choice(self.KINDS[: min(len(self.KINDS), level + 1)])
            eligibility = ExperienceDays(kind, random.choice([180, 365, 1096]))
            if random.random() < 0.4:
                eligibility = AnyOf((All((EducationRank(3), eligibility)), ExperienceDays(kind, 1826)))
        if earlier and random.random() < 0.25:
            needs = Holds(random.choice(earlier))
            eligibility = needs if eligibility is None else All((needs, eligibility))
        renewal = None
        if random.random() < 0.6:
            cycle, credit = random.choice([730, 1096, 1461]), Fraction(random.choice([20, 30, 60]))
            renewal = Renewal(cycle, credit, Fraction(random.choice([0, 60, 150])))
        hours, cost = random.randint(10, 150), random.randint(100, 900)
        variants: tuple[Variant, ...] = ()
        if earlier and random.random() < 0.3:
            variants = (Variant(Holds(random.choice(earlier)), Fraction(hours // 2), Fraction(cost - 50)),)
        lead = random.choice([0, 14, 30])
        return Certification(Fraction(hours), Fraction(cost), lead, eligibility, renewal, variants)
