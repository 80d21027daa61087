"""What the issuer itself says: its last day wins over the rule's, and a disagreement is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pmcareer.dates import ONE_DAY
from pmcareer.renewals.cycles import MOST_CYCLES, HeldCycle, extends_by, follow
from pmcareer.renewals.events import AWARDS
from pmcareer.renewals.last_days import DisputedDay, Run
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.rules import Clock

SHOWN_NOW = "write the last day that the issuer shows now, or delete `issuer_says_expires`"


def settle_issuer_date(replay: Replay) -> None:
    """Let the issuer's last day rule the latest cycle; renewals it implies are presumed."""
    says = replay.holding.issuer_says_expires
    if says is None or replay.revoked_on:
        return
    if not replay.cycles:
        _only_the_date(replay, says)
        return
    if spoken_of := _overtaken(replay, says):
        _outdated(replay, says, spoken_of)
        return
    if renewed_since := _outrun(replay.cycles, says):
        _superseded(replay, says, renewed_since)
        return
    undone = None
    while len(replay.cycles) > 1 and replay.cycles[-1].start > says:
        undone = undone or replay.cycles[-1]
        replay.cycles.pop()
    if undone:
        _undone(replay, says, undone)
        return
    _presume_renewals(replay, says)
    _rule(replay, says, _led_by_renewal(replay.cycles, says))


def _overtaken(replay: Replay, says: date) -> HeldCycle | None:
    """The cycle that the issuer's day speaks of, if something recorded has come after it: the day is outdated then.

    A certificate carries the end that a cycle had when it was printed, by whichever reading of the rule. What was
    earned anew after the day has another certificate.
    """
    cycles, latest = replay.cycles, replay.cycles[-1]
    begun = [cycle for cycle in cycles if cycle.start <= says]
    if begun and any(event.kind in AWARDS and event.on > says for event in replay.events):
        return begun[-1]
    if says in ends_told(latest):
        moved = says == latest.moved_from and says != latest.last_day
        return latest if moved else None
    return next((cycle for cycle in reversed(cycles) if says in ends_told(cycle)), None)


def ends_told(cycle: HeldCycle) -> frozenset[date | None]:
    """The last days that an issuer may have printed for a cycle: its own, the one before it was moved, its rivals."""
    return frozenset({cycle.last_day, cycle.moved_from, *(rival.last_day for rival in cycle.disputed)} - {None})


def _outdated(replay: Replay, says: date, cycle: HeldCycle) -> None:
    since = f"renewed on {cycle.renewed_on}" if cycle.renewed_on else "renewed or extended since"
    which = f"the issuer's last day (issuer_says_expires), {says}, is of the cycle begun on {cycle.start}"
    message = f"{which}, {since}: it counts no more"
    replay.report.warn("renewal-issuer-outdated", message, hint=SHOWN_NOW, severity="note")


def _outrun(cycles: Sequence[HeldCycle], says: date) -> HeldCycle | None:
    """The cycle whose end the issuer's day, which fits none, lies nearest to, if it is recorded as renewed.

    A claim proves nothing against the issuer: what no rule allows, its day settles.
    """
    if len(cycles) < 2:
        return None
    before, latest = cycles[-2], cycles[-1]
    if before.renewed_on is None or latest.basis == "claimed" or before.last_day is None or latest.last_day is None:
        return None
    return before if abs(says - before.last_day) <= abs(latest.last_day - says) else None


def _superseded(replay: Replay, says: date, before: HeldCycle) -> None:
    """A renewal recorded since leads on from the issuer's day or from the rule's, whichever promises less."""
    latest = replay.cycles[-1]
    which = f"the issuer's last day (issuer_says_expires), {says}, comes before what the renewal of {before.renewed_on}"
    replay.report.warn("renewal-issuer-outdated", f"{which} leads to: it counts no more", hint=SHOWN_NOW)
    near = before.last_day is not None and abs(says - before.last_day) <= abs(says - before.start)
    if near and not before.cut:
        _led_on(replay, says, before)
    if says >= replay.cycles[-1].start:
        replay.dispute(DisputedDay(says, "if the issuer has given this day since the renewal"))
    if replay.cycles[-1].last_day != latest.last_day and latest.last_day:
        replay.dispute(DisputedDay(latest.last_day, "by the rule"))


def _led_on(replay: Replay, says: date, before: HeldCycle) -> None:
    """Count the renewed cycle from the day that the issuer gave, where it is earlier; else that stands beside it."""
    latest = replay.cycles[-1]
    clock = replace(replay.ticking, run=Run(says, "end"), previous=says, extends=extends_by(before.route))
    led, clock = follow(replay.subject, clock, latest.index)
    if led.last_day is None or latest.last_day is None or led.last_day >= latest.last_day:
        if led.last_day:
            replay.dispute(DisputedDay(led.last_day, "counted from the last day that the issuer gave before"))
        return
    replay.cycles[-2:] = [replace(before, last_day=says, basis="issuer", moved_from=before.last_day), led]
    replay.clock = clock


def _undone(replay: Replay, says: date, undone: HeldCycle) -> None:
    """The issuer's day contradicts a renewal that is recorded: it rules, and what the renewal would give stands by."""
    renewed = replay.cycles[-1].renewed_on
    _rule(replay, says, f", and the renewal of {renewed} leads to {undone.last_day}" if renewed else "")
    latest = replay.cycles[-1]
    if undone.last_day:
        rival = DisputedDay(undone.last_day, "if the renewal recorded counts")
        replay.cycles[-1] = replace(latest, disputed=(*latest.disputed, rival))


def _led_by_renewal(cycles: Sequence[HeldCycle], says: date) -> str:
    """The recorded renewal that leads further than the issuer's day: one of the two is outdated or wrong."""
    latest, before = cycles[-1], cycles[-2] if len(cycles) > 1 else None
    further = latest.last_day is not None and says < latest.last_day
    return f" by the renewal of {before.renewed_on}" if further and before and before.renewed_on else ""


def _rule(replay: Replay, says: date, besides: str = "") -> None:
    latest = replay.cycles[-1]
    if latest.last_day == says:
        replay.cycles[-1] = replace(latest, basis="issuer" if latest.basis == "claimed" else latest.basis)
        return
    by_rule = latest.last_day.isoformat() if latest.last_day else "no last day" if latest.known else "nothing known"
    if latest.known:
        message = f"the issuer says {says}, the rule {by_rule}{besides}; the issuer's day counts"
        hint = SHOWN_NOW if besides else "check the award and the renewals recorded"
        replay.report.warn("renewal-issuer-disagrees", message, hint=hint)
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
