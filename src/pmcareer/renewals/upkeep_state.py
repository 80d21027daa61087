"""The state of a search for upkeep: what holds for all of it, a move, a step, and what the future depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Route
from pmcareer.renewals.cascades import Joint
from pmcareer.renewals.cycles import end_of
from pmcareer.renewals.fees import Payer
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.upkeep_costs import Cost, Effort, Exchange, Till, UpkeepLine
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole search: who pays, in which money, and what the first cycles still lack (in units)."""

    as_of: date
    payer: Payer
    exchange: Exchange
    currency: str
    lacking: Mapping[CertificationId, Fraction | None]


@dataclass(frozen=True, slots=True)
class Move:
    """Something done on one day: renewals by their own routes, or one new certification."""

    on: date
    renewals: tuple[tuple[CertificationId, Route], ...] = ()
    earns: CertificationId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A move with what it costs and what it moves along. ``earns``: a certification that was not held before."""

    on: date
    renews: tuple[CertificationId, ...]
    routes: tuple[str, ...]
    along: tuple[CertificationId, ...]
    lines: tuple[UpkeepLine, ...]
    hours: Fraction
    earns: CertificationId | None = None


@dataclass(slots=True)
class Keeping:
    """A state of the search: the replays, what was paid once, what was earned, and the cost so far.

    ``early`` sums the days by which renewals came before their ends: of two ways of one cost the later acts win.
    """

    joint: Joint
    till: Till
    effort: Effort
    cost: Cost
    steps: tuple[Step, ...] = ()
    early: int = 0

    def ends(self, kept: Iterable[CertificationId]) -> list[tuple[date, CertificationId]]:
        """The last day of each certification kept, earliest first."""
        return sorted((end_of(self.joint.replays[own].cycles[-1]), own) for own in kept)

    def key(self, held: Sequence[CertificationId]) -> tuple[object, ...]:
        """What the future depends on."""
        cycles = tuple(_cycle_key(self.joint.replays[own]) for own in held)
        return cycles, frozenset(self.joint.replays), self.till, self.effort


def _cycle_key(replay: Replay) -> tuple[object, ...]:
    cycle = replay.cycles[-1]
    clock = replay.ticking
    return cycle.start, cycle.last_day, clock.run.day, clock.run.counted, clock.run.offset, replay.edition
