"""What the issuer itself says: its last day wins over the rule's, and a disagreement is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmcareer.dates import ONE_DAY
from pmcareer.renewals.cycles import MOST_CYCLES, HeldCycle, follow
from pmcareer.renewals.last_days import DisputedDay, Run
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.rules import Clock


def settle_issuer_date(replay: Replay) -> None:
    """Let the issuer's last day rule the latest cycle; renewals it implies are presumed."""
    says = replay.holding.issuer_says_expires
    if says is None or replay.revoked_on:
        return
    if not replay.cycles:
        _only_the_date(replay, says)
        return
    while len(replay.cycles) > 1 and replay.cycles[-1].start > says:
        replay.cycles.pop()
    _presume_renewals(replay, says)
    _rule(replay, says)


def _rule(replay: Replay, says: date) -> None:
    latest = replay.cycles[-1]
    if latest.last_day == says:
        return
    by_rule = latest.last_day.isoformat() if latest.last_day else "no last day" if latest.known else "nothing known"
    if latest.known:
        message = f"the issuer says {says}, the rule {by_rule}; the issuer's day counts"
        replay.report.warn("renewal-issuer-disagrees", message, hint="check the award and the renewals recorded")
    disputed = [DisputedDay(latest.last_day, "by the rule")] if latest.last_day else []
    others = [day for day in latest.disputed if day.last_day != says]
    start = min(latest.start, says)
    replay.cycles[-1] = replace(
        latest, start=start, last_day=says, known=True, basis="issuer", disputed=(*disputed, *others), renewed_on=None
    )
    if replay.clock:
        replay.clock = replace(replay.clock, run=Run(says, "end"), previous=says)


def _presume_renewals(replay: Replay, says: date) -> None:
    """Open the cycles that must have begun for the issuer's day to be right, to the end nearest to it."""
    ahead = _cycles_towards(replay, says)
    nearest = min(ahead, key=lambda cycle: (abs((cycle.last_day or date.max) - says), cycle.index))
    for cycle in ahead[1:]:
        if cycle.index > nearest.index:
            return
        replay.cycles[-1] = replace(replay.cycles[-1], presumed=True)
        clock = replace(replay.ticking, edition=replay.edition)
        _, replay.clock = follow(replay.subject, clock, cycle.index)
        replay.cycles.append(cycle)


def _cycles_towards(replay: Replay, says: date) -> list[HeldCycle]:
    """The latest cycle and those after it, up to the first that ends on or after the issuer's day."""
    ahead, clock = [replay.cycles[-1]], replay.clock
    for _ in range(MOST_CYCLES):
        last = ahead[-1].last_day
        if clock is None or last is None or last >= says:
            break
        cycle, clock = follow(replay.subject, replace(clock, edition=replay.edition), ahead[-1].index + 1)
        ahead.append(cycle)
    return ahead


def _only_the_date(replay: Replay, says: date) -> None:
    """A holding of which only the issuer's last day is known: its cycle begins nobody knows when."""
    message = "only its last day is recorded; what was earned for it cannot be judged"
    replay.report.warn("renewal-unrecorded", message, hint="record the day on which it was earned", severity="note")
    clock = Clock(Run(says, "end"), says, replay.holding.edition)
    cycle, clock = follow(replay.subject, clock, 2)
    known = HeldCycle(1, says, says, says, cycle.rule, basis="issuer")
    if cycle.last_day is not None:
        known = replace(known, start=says - (cycle.last_day - says) + ONE_DAY)
    replay.cycles.append(replace(known, counts_from=known.start))
    replay.clock = replace(clock, run=Run(says, "end"), previous=says)
