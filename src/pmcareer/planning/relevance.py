"""What can matter for the target: the moves that lie on a way to it, and the certifications that those can ask for.

A plan contains nothing else (docs/decisions/0010): a study that serves no requirement would be idling in disguise.
Reachability here ignores days and hours; it only asks what could ever come true.
"""

from __future__ import annotations

from dataclasses import replace

from pmcareer.planning.instance import (
    ByDay,
    Certification,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Move,
    Requirement,
    TenureDays,
    Variant,
)
from pmcareer.planning.interchangeable import Families, families, first_asked
from pmcareer.planning.requirements import IMPOSSIBLE, Leaf, could_hold, fold, leaves
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Relevant:
    """The part of an instance that can matter, with the facts of day 0 folded into every requirement.

    ``certifications`` holds only those that may still be earned; variants that can never be lawful keep their place
    with an impossible ``when``, so that their numbers stay true. ``alike``: certifications that nothing tells apart, of
    which only the first ones are asked for.
    """

    moves: tuple[Move, ...]
    certifications: dict[str, Certification]
    alike: Families


def relevant_part(instance: Instance) -> Relevant:
    """The moves and certifications that can matter for the target, folded; no moves if it is out of reach.

    Backward first (from the target, over moves, what they ask, what that asks), so that the work grows with the part
    that matters and not with the catalog; then forward, over what can come true; then backward once more.
    """
    usable = [move for move in instance.moves if move.origin not in (move.into, instance.target)]
    possible = _Possible(instance, _leading_to(instance.target, usable))
    possible.spread()
    moves = _leading_to(instance.target, possible.lasting_moves())
    certifications: dict[str, Certification] = {}
    agenda = [move.requires for move in moves]
    while agenda:
        for leaf in leaves(agenda.pop()):
            if isinstance(leaf, (Holds, Held)) and leaf.certification not in certifications:
                entry = possible.folded(leaf.certification)
                certifications[leaf.certification] = entry
                agenda += [entry.eligibility, *(variant.when for variant in entry.variants)]
    ordered = {name: certifications[name] for name in sorted(certifications)}
    alike = families(moves, ordered)
    if alike:
        moves, ordered = first_asked(moves, ordered, alike)
    return Relevant(tuple(moves), ordered, alike)


def _leading_to(target: str, moves: list[Move]) -> list[Move]:
    into: dict[str, list[Move]] = {}
    for move in moves:
        into.setdefault(move.into, []).append(move)
    onward = {target}
    agenda = [target]
    while agenda:
        for move in into.get(agenda.pop(), ()):
            if move.origin not in onward:
                onward.add(move.origin)
                agenda.append(move.origin)
    return [move for move in moves if move.into in onward]


class _Possible:
    """What could ever come true along *moves*: grows from the start until nothing more is added."""

    def __init__(self, instance: Instance, moves: list[Move]) -> None:
        self.instance = instance
        self.roles = {instance.start.role}
        self.kinds = set(instance.roles[instance.start.role].grants)
        self.earnable = set(instance.start.holds)
        self.named = self.closure(moves)
        self.out: dict[str, list[Move]] = {}
        for move in moves:
            self.out.setdefault(move.origin, []).append(move)

    def closure(self, moves: list[Move]) -> list[str]:
        """Every certification that the moves name, directly or through others."""
        named: dict[str, None] = {}
        agenda = [move.requires for move in moves]
        while agenda:
            for leaf in leaves(agenda.pop()):
                if isinstance(leaf, (Holds, Held)) and leaf.certification not in named:
                    named[leaf.certification] = None
                    entry = self.instance.certifications[leaf.certification]
                    agenda += [entry.eligibility, *(variant.when for variant in entry.variants)]
        return list(named)

    def decide(self, leaf: Leaf) -> bool | None:
        """Whether a leaf holds from day 0 on for good (True), can never hold (False), or remains open (None)."""
        start = self.instance.start
        if isinstance(leaf, EducationRank):
            return start.education >= leaf.rank
        if isinstance(leaf, ByDay):
            return True if leaf.day >= self.instance.last_day else None
        if isinstance(leaf, TenureDays):
            return True if leaf.days == 0 else None
        if isinstance(leaf, ExperienceDays):
            if start.experience_days.get(leaf.kind, 0) >= leaf.days:
                return True
            return None if leaf.kind in self.kinds else False
        if leaf.certification in start.holds:
            return True
        return None if leaf.certification in self.earnable else False

    def possible(self, requirement: Requirement | None) -> bool:
        return could_hold(requirement, self.decide)

    def spread(self) -> None:
        size = -1
        while size != len(self.roles) + len(self.earnable):
            size = len(self.roles) + len(self.earnable)
            self.spread_roles()
            for name in self.named:
                entry = self.instance.certifications[name]
                if name not in self.earnable and self.possible(entry.eligibility):
                    self.earnable.add(name)

    def spread_roles(self) -> None:
        agenda = list(self.roles)
        while agenda:
            for move in self.out.get(agenda.pop(), ()):
                if move.into not in self.roles and self.possible(move.requires):
                    self.roles.add(move.into)
                    agenda.append(move.into)
                    if move.into != self.instance.target:
                        self.kinds |= self.instance.roles[move.into].grants

    def lasting_moves(self) -> list[Move]:
        found = []
        for role in sorted(self.roles):
            for move in self.out.get(role, ()):
                requires = fold(move.requires, self.decide)
                if requires != IMPOSSIBLE:
                    found.append(Move(move.origin, move.into, requires))
        return found

    def folded(self, name: str) -> Certification:
        """A certification that is not held yet: nothing that asks for it opens the way to itself."""

        def decide(leaf: Leaf) -> bool | None:
            own = isinstance(leaf, (Holds, Held)) and leaf.certification == name
            return False if own else self.decide(leaf)

        entry = self.instance.certifications[name]
        variants = tuple(Variant(fold(v.when, decide), v.study_hours, v.cost) for v in entry.variants)
        return replace(entry, eligibility=fold(entry.eligibility, decide), variants=variants)
