"""Gaps: a renewal recorded after the latest cycle can be renewed no more, and which cycle it then belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.renewals.after_end import has_vague_phase, last_day_to_act
from pmcareer.renewals.cycles import MOST_CYCLES, HeldCycle, end_of, usual_route
from pmcareer.renewals.windows import window_opens
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.renewals.replay import Replay


@dataclass(frozen=True, slots=True)
class Gap:
    """What a late renewal may mean: the last day by the latest possible reading; the day after which it was lost."""

    later: date | None
    lost_after: date | None = None


def fill_gap(replay: Replay, on: date) -> Gap:
    """Decide which cycle a renewal belongs to, and presume those before it renewed.

    It belongs to the cycle end it lies nearest to, the earlier of two.
    """
    first = replay.cycles[-1]
    ahead = _cycles_reaching(replay, on)
    nearest = min(ahead, key=lambda cycle: (abs(end_of(cycle) - on), cycle.index))
    for _ in range(nearest.index - first.index):
        _presume_renewed(replay, on)
    if nearest.index > first.index:
        message = f"renewed on {on}, but no renewal is recorded since the cycle that ended on {first.last_day}"
        replay.report.warn("renewal-unrecorded", message, hint="record the renewals in between", severity="note")
    limit = last_day_to_act(nearest)
    lost = limit if limit is not None and on > limit and not has_vague_phase(nearest) else None
    return Gap(_beyond(replay, ahead).last_day, lost)


def _presume_renewed(replay: Replay, on: date) -> None:
    replay.follow_on(on, usual_route(replay.cycles[-1].rule), presumed=True)


def _cycles_reaching(replay: Replay, on: date) -> list[HeldCycle]:
    """The latest cycle and those after it whose window is open by *on*."""
    trial = replay.copied()
    for _ in range(MOST_CYCLES):
        _presume_renewed(trial, on)
        cycle = trial.cycles[-1]
        if cycle.last_day is None or (window_opens(cycle) or cycle.start) > on:
            trial.cycles.pop()
            break
    return trial.cycles[len(replay.cycles) - 1 :]


def _beyond(replay: Replay, ahead: Sequence[HeldCycle]) -> HeldCycle:
    """The cycle after the last of those *ahead*."""
    trial = replay.copied()
    while trial.cycles[-1].index <= ahead[-1].index and trial.cycles[-1].last_day is not None:
        _presume_renewed(trial, ahead[-1].start)
    return trial.cycles[-1]
