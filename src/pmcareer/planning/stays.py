"""How long a plan stays in each role, and what it waits for there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcareer.planning.instance import ExperienceDays, Held, Holds, Instance, Move, Requirement, TenureDays
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.requirements import leaves
from pmcareer.values import dataclass

Awaited = Holds | Held | ExperienceDays | TenureDays


@dataclass(frozen=True, slots=True)
class Stay:
    """Days in a role: *since* (0: the as-of day) up to *until*, the day of the move *into* another.

    ``awaited``: what the move asks that came to hold on that very day; empty where it could have been made before.
    """

    role: str
    since: int
    until: int
    into: str
    awaited: tuple[Awaited, ...]


def stays(instance: Instance, plan: Plan, moves: Sequence[Step]) -> tuple[Stay, ...]:
    """The roles of *plan* in order, the target left out; *moves* are its moves in the order made."""
    return tuple(_stays(instance, plan, moves))


def _stays(instance: Instance, plan: Plan, moves: Sequence[Step]) -> Iterator[Stay]:
    awards = {**instance.start.holds, **{step.id: step.end_day for step in plan.steps if step.kind == "earn"}}
    spells = _spells(instance, moves)
    for place, (role, since, until) in enumerate(spells):
        into = moves[place].id
        tenure_from = since - (instance.start.tenure_days if place == 0 else 0)
        held = _Held(instance, awards, spells[: place + 1], tenure_from)
        asked = _asked(instance.moves, role, into)
        yield Stay(role, since, until, into, tuple(dict.fromkeys(held.new(asked, until))))


def _spells(instance: Instance, moves: Sequence[Step]) -> list[tuple[str, int, int]]:
    """Each role left, with its first day and the day of leaving it."""
    found, role, since = [], instance.start.role, 0
    for move in moves:
        found.append((role, since, move.start_day))
        role, since = move.id, move.start_day
    return found


def _asked(moves: Sequence[Move], origin: str, into: str) -> list[Requirement]:
    return [move.requires for move in moves if (move.origin, move.into) == (origin, into) and move.requires is not None]


class _Held:
    """What holds on a day for one who has been in the roles of *spells*."""

    def __init__(
        self, instance: Instance, awards: Mapping[str, int], spells: Sequence[tuple[str, int, int]], tenure_from: int
    ) -> None:
        self.instance, self.awards, self.spells, self.tenure_from = instance, awards, spells, tenure_from

    def new(self, asked: Sequence[Requirement], day: int) -> Iterator[Awaited]:
        """The leaves that hold on *day* and did not on the day before."""
        for requirement in asked:
            for leaf in leaves(requirement):
                if isinstance(leaf, Awaited) and self.holds(leaf, day) and not self.holds(leaf, day - 1):
                    yield leaf

    def holds(self, leaf: Awaited, day: int) -> bool:
        match leaf:
            case Holds(name) | Held(name):
                return name in self.awards and self.awards[name] <= day
            case TenureDays(days):
                return day - self.tenure_from >= days
            case ExperienceDays(kind, days):
                return self.experience(kind, day) >= days

    def experience(self, kind: str, day: int) -> int:
        total = self.instance.start.experience_days.get(kind, 0)
        for role, since, until in self.spells:
            if kind in self.instance.roles[role].grants:
                total += max(0, min(day, until) - since)
        return total
