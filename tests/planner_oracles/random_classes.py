"""Further classes of random careers, for benchmarks and for comparing engines.

``layers``: eight layers of roles, three moves up out of each, experience that grows in some of them only. ``sparse``:
few moves out of each role, each asking for time and a certification or two. ``equals``: certifications come in families
whose members nothing tells apart. ``traps``: questions on which taking the next best thing fails.
Days are days, hours hours; each seed gives the same question on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import cast

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    Certification,
    ExperienceDays,
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

KINDS = ("project-work", "it", "agile", "leading-projects", "people", "leading-programs")
YEAR = 365


def layers(seed: int, objective: str, roles: int, papers: int) -> Instance:
    """Moves ask for 180 to 730 days in the role, often for years of one kind of experience and for certifications."""
    return _Layers(Random(f"{seed} layers"), roles, papers).instance(objective)


class _Layers:
    depth = 8

    def __init__(self, random: Random, roles: int, papers: int) -> None:
        self.random = random
        self.layers = [[f"r{i}" for i in range(layer, roles, self.depth)] for layer in range(self.depth)]
        self.papers = [f"c{i}" for i in range(papers)]

    def instance(self, objective: str) -> Instance:
        return Instance(
            start=Start(role=self.layers[0][0], education=2),
            target=self.layers[-1][0],
            roles={name: self.role() for layer in self.layers for name in layer},
            certifications={name: self.certification(self.papers[:i]) for i, name in enumerate(self.papers)},
            moves=tuple(self.moves()),
            hours_per_week=Fraction(self.random.choice([5, 6, 8, 10])),
            horizon_days=25 * YEAR,
            objective=cast("Objective", objective),
        )

    def role(self) -> Role:
        return Role(grants=frozenset(self.random.sample(KINDS[:5], self.random.randint(1, 3))))

    def years(self, *days: int) -> Requirement:
        return ExperienceDays(self.random.choice(KINDS[:5]), self.random.choice(days))

    def certification(self, before: list[str]) -> Certification:
        random = self.random
        asks: list[Requirement] = [Holds(random.choice(before))] if len(before) > 5 and random.random() < 0.3 else []
        asks += [self.years(YEAR, 730, 1096)] if random.random() < 0.4 else []
        hours, cost = random.choice([20, 40, 60, 100, 150]), random.randint(100, 900)
        cycle = (
            random.choice([730, 1096]),
            Fraction(random.choice([20, 40, 60])),
            Fraction(random.choice([0, 60, 150])),
        )
        cheaper = (
            [Variant(Holds(random.choice(before)), Fraction(hours // 2), Fraction(cost * 3 // 4))] if before else []
        )
        return Certification(
            study_hours=Fraction(hours),
            cost=Fraction(cost),
            lead_days=random.choice([0, 7, 14, 30]),
            eligibility=All(tuple(asks)) if asks else None,
            renewal=Renewal(*cycle) if random.random() < 0.5 else None,
            variants=tuple(cheaper) if random.random() < 0.2 else (),
        )

    def moves(self) -> Iterator[Move]:
        random = self.random
        for below, above in pairwise(self.layers):
            for origin in below:
                for into in random.sample(above, min(3, len(above))):
                    yield Move(origin, into, All(tuple(self.asked())))

    def asked(self) -> Iterator[Requirement]:
        random = self.random
        yield TenureDays(random.choice([180, YEAR, 730]))
        if random.random() < 0.5:
            yield self.years(YEAR, 730, 1096, 1461)
        if random.random() < 0.6:
            some = random.sample(self.papers, random.choice([1, 1, 1, 2, 3]))
            yield AnyOf(tuple(map(Holds, some))) if len(some) > 1 else Holds(some[0])


def sparse(seed: int, objective: str, roles: int, papers: int) -> Instance:
    """Layered careers: one to three moves out of each role, prerequisites, alternatives, waivers and renewals."""
    return _Sparse(Random(f"{seed} sparse"), roles, papers).instance(objective)


class _Sparse:
    def __init__(self, random: Random, roles: int, papers: int) -> None:
        self.random = random
        self.layers = max(4, min(10, roles // 6))
        self.roles = [f"r{i}" for i in range(roles)]
        self.layer = {name: i * self.layers // roles for i, name in enumerate(self.roles)}
        self.papers = [f"c{i}" for i in range(papers)]
        self.by_level: list[list[str]] = [[] for _ in range(self.layers)]
        for i, name in enumerate(self.papers):
            self.by_level[i * self.layers // papers].append(name)

    def instance(self, objective: str) -> Instance:
        random = self.random
        return Instance(
            start=Start(
                role=self.roles[0],
                tenure_days=random.choice([0, 200]),
                experience_days={"project-work": random.randint(0, 600)},
                education=random.randint(1, 3),
                holds={name: -random.randint(0, 900) for name in self.papers[:4] if random.random() < 0.3},
            ),
            target=self.roles[-1],
            roles={name: self.role(name) for name in self.roles},
            moves=tuple(self.moves()),
            certifications={
                name: self.certification(level, i)
                for level, names in enumerate(self.by_level)
                for i, name in enumerate(names)
            },
            hours_per_week=Fraction(random.choice([5, 6, 8])),
            horizon_days=30 * YEAR,
            objective=cast("Objective", objective),
        )

    def role(self, name: str) -> Role:
        layer = self.layer[name]
        kinds = {kind for i, kind in enumerate(KINDS) if i <= layer + 1 and self.random.random() < 0.5}
        return Role(frozenset({"project-work"} | kinds), Fraction(40_000 + 12_000 * layer))

    def moves(self) -> Iterator[Move]:
        random = self.random
        by_layer: list[list[str]] = [[] for _ in range(self.layers)]
        for name in self.roles:
            by_layer[self.layer[name]].append(name)
        for name in self.roles:
            layer = self.layer[name]
            above = by_layer[layer + 1] if layer + 1 < self.layers else [self.roles[-1]]
            for into in random.sample(above, min(len(above), random.choice([1, 2, 2, 3]))):
                yield Move(name, into, self.requires(layer))
            if len(by_layer[layer]) > 1 and random.random() < 0.2:
                yield Move(name, random.choice(by_layer[layer]), self.requires(layer))

    def requires(self, layer: int) -> Requirement:
        random = self.random
        parts: list[Requirement] = []
        if random.random() < 0.6:
            parts.append(TenureDays(random.choice([180, YEAR, 2 * YEAR])))
        if random.random() < 0.6:
            kind = random.choice(KINDS[: min(len(KINDS), layer + 1)])
            parts.append(ExperienceDays(kind, random.choice([1, 2, 3]) * YEAR + 200 * layer))
        names = [Holds(name) for name in random.sample(self.by_level[layer], min(3, len(self.by_level[layer])))]
        form = random.random()
        if form < 0.45:
            parts.append(names[0])
        elif form < 0.75:
            parts.append(AnyOf(tuple(names[:2])))
        elif form < 0.85:
            parts.append(All(tuple(names[:2])))
        return All(tuple(parts))

    def certification(self, level: int, place: int) -> Certification:
        random = self.random
        earlier = [*self.by_level[level][:place], *(self.by_level[level - 1] if level else ())]
        parts: list[Requirement] = []
        if random.random() < 0.4:
            kind = random.choice(KINDS[: min(len(KINDS), level + 1)])
            parts.append(ExperienceDays(kind, random.choice([180, YEAR, 3 * YEAR])))
        if earlier and random.random() < 0.25:
            parts.append(Holds(random.choice(earlier)))
        renewal = None
        if random.random() < 0.6:
            credits, fee = Fraction(random.choice([20, 40, 60])), Fraction(random.choice([0, 60, 150]))
            renewal = Renewal(random.choice([730, 1096, 1461]), credits, fee)
        hours, cost = random.randint(10, 180), random.randint(100, 1200)
        variants: tuple[Variant, ...] = ()
        if earlier and random.random() < 0.3:
            waiver = Holds(random.choice(earlier))
            variants = (Variant(waiver, Fraction(hours // 2), Fraction(cost - 60)),)
        lead = random.choice([0, 14, 30])
        return Certification(Fraction(hours), Fraction(cost), lead, All(tuple(parts)), renewal, variants)


def equals(seed: int, objective: str, roles: int, papers: int, family: int = 8) -> Instance:
    """As ``sparse``, but certifications come in families of *family* whose members nothing tells apart; moves ask for
    one or two of a family."""
    return _Equals(Random(f"{seed} equals"), roles, papers, family).instance(objective)


class _Equals(_Sparse):
    def __init__(self, random: Random, roles: int, papers: int, family: int) -> None:
        super().__init__(random, roles, papers)
        self.families = [
            [names[i : i + family] for i in range(0, len(names) - len(names) % family, family)] or [names]
            for names in self.by_level
        ]
        self.terms: dict[tuple[int, int], Certification] = {}
        self.family = family

    def requires(self, layer: int) -> Requirement:
        random = self.random
        parts: list[Requirement] = [TenureDays(random.choice([0, 180, YEAR, 2 * YEAR]))]
        if random.random() < 0.4:
            kind = random.choice(KINDS[: min(len(KINDS), layer + 1)])
            parts.append(ExperienceDays(kind, random.choice([1, 2, 3]) * YEAR + 200 * layer))
        if random.random() < 0.7:
            chosen = random.choice(self.families[layer])
            need = min(random.choice([1, 1, 1, 2]), len(chosen))
            parts.append(AtLeast(need, tuple(Holds(name) for name in chosen)))
        return All(tuple(parts))

    def certification(self, level: int, place: int) -> Certification:
        """The terms of a family are drawn once; all that its members ask for is a family of the level below."""
        key = level, min(place // self.family, len(self.families[level]) - 1)
        if key not in self.terms:
            self.terms[key] = self.drawn(level)
        return self.terms[key]

    def drawn(self, level: int) -> Certification:
        random = self.random
        below = random.choice(self.families[level - 1]) if level else []
        known = super().certification(level, 0)
        asked = [part for part in cast("All", known.eligibility).parts if isinstance(part, ExperienceDays)]
        variants: tuple[Variant, ...] = ()
        if below and random.random() < 0.3:
            waiver = AnyOf(tuple(Holds(name) for name in below))
            variants = (Variant(waiver, known.study_hours / 2, known.cost - 50),)
        if below and random.random() < 0.2:
            return Certification(
                known.study_hours,
                known.cost,
                known.lead_days,
                All((*asked, AnyOf(tuple(Holds(name) for name in below)))),
                known.renewal,
                variants,
            )
        return Certification(known.study_hours, known.cost, known.lead_days, All(tuple(asked)), known.renewal, variants)


def traps(seed: int, objective: str, stages: int = 4) -> Instance:
    """Careers of *stages* promotions, each with a temptation, drawn from four.

    *waiver*: a dear certification early that makes three later ones short and cheap. *waiting*: only a role with a
    quicker way out grants what a later move asks for. *upkeep*: an easy certification whose upkeep starves the long
    studies after it, beside a harder one without. *renewal*: a short cycle that ends just before arrival.
    """
    return _Traps(Random(f"{seed} traps"), stages).instance(objective)


class _Traps:
    def __init__(self, random: Random, stages: int) -> None:
        self.random = random
        self.stages = stages
        self.roles: dict[str, Role] = {"r0": self.role(0)}
        self.moves: list[Move] = []
        self.papers: dict[str, Certification] = {}
        self.later: list[str] = []

    def instance(self, objective: str) -> Instance:
        random = self.random
        for stage in range(self.stages):
            trap = (self.waiver, self.waiting, self.upkeep, self.renewal)[(stage + random.randint(0, 1)) % 4]
            trap(stage, f"r{stage}", f"r{stage + 1}")
        return Instance(
            start=Start(role="r0", experience_days={"project-work": random.randint(0, 300)}, education=2),
            target=f"r{self.stages}",
            roles=self.roles,
            moves=tuple(self.moves),
            certifications=self.papers,
            hours_per_week=Fraction(random.choice([4, 5, 6])),
            horizon_days=20 * YEAR,
            objective=cast("Objective", objective),
        )

    def role(self, stage: int) -> Role:
        special = {KINDS[1 + stage % 5]} if self.random.random() < 0.5 else set()
        return Role(frozenset({"project-work"} | special), Fraction(40_000 + 10_000 * stage))

    def paper(self, name: str, hours: int, cost: int, renewal: Renewal | None = None, lead: int = 14) -> Holds:
        variants: tuple[Variant, ...] = ()
        if name in self.later:
            variants = (Variant(Holds("wide"), Fraction(max(1, hours // 4)), Fraction(cost // 5)),)
        self.papers[name] = Certification(Fraction(hours), Fraction(cost), lead, None, renewal, variants)
        return Holds(name)

    def step(self, origin: str, into: str, *parts: Requirement) -> None:
        self.roles.setdefault(into, self.role(len(self.roles)))
        self.moves.append(Move(origin, into, All(parts)))

    def waiver(self, stage: int, origin: str, into: str) -> None:
        """Wide and dear, or narrow and cheap; the wide one waives most of three later certifications."""
        random = self.random
        narrow = self.paper(f"narrow{stage}", random.randint(20, 40), random.randint(150, 300))
        if "wide" not in self.papers:
            self.later += [f"late{stage + i}{x}" for i in range(1, 4) for x in "ab"]
            self.papers["wide"] = Certification(Fraction(150), Fraction(random.randint(900, 1300)), 30)
        self.step(origin, into, TenureDays(random.choice([180, YEAR])), AnyOf((narrow, Holds("wide"))))

    def waiting(self, stage: int, origin: str, into: str) -> None:
        """The way on asks for a kind that a side role grants; the side role is left sooner than is wise."""
        random = self.random
        kind, side = f"special{stage}", f"side{stage}"
        self.roles[side] = Role(frozenset({"project-work", kind}))
        self.roles.setdefault(into, self.role(stage))
        self.moves.append(Move(origin, side, TenureDays(90)))
        self.moves.append(Move(side, origin, TenureDays(30)))
        late = self.paper(f"late{stage}a", random.randint(80, 120), random.randint(300, 600))
        for start in (origin, side):
            amount = ExperienceDays(kind, random.choice([200, 400]))
            self.step(start, into, amount, ExperienceDays("project-work", 300 * (stage + 1)), late)

    def upkeep(self, stage: int, origin: str, into: str) -> None:
        """Easy and hungry, or hard and at rest; long studies follow."""
        random = self.random
        hungry = Renewal(1096, Fraction(random.choice([240, 320])), Fraction(50))
        easy = self.paper(f"easy{stage}", random.randint(10, 20), random.randint(80, 150), hungry)
        hard = self.paper(f"hard{stage}", random.randint(60, 90), random.randint(200, 300))
        long = self.paper(f"late{stage}b", random.randint(120, 200), random.randint(400, 700))
        self.step(origin, into, AnyOf((easy, hard)), long, TenureDays(random.choice([90, 180])))

    def renewal(self, stage: int, origin: str, into: str) -> None:
        """A cycle that ends within the stage for whoever begins too soon; what the stage waits for is time."""
        random = self.random
        cycle = random.choice([300, 365, 548])
        short = self.paper(f"short{stage}", random.randint(20, 60), 200, Renewal(cycle, Fraction(10), Fraction(250)))
        more = self.paper(f"late{stage}a", random.randint(40, 90), random.randint(200, 400))
        self.step(origin, into, short, more, TenureDays(cycle + random.randint(-20, 40)))
