"""From a holding to its history, and the simple questions that plans and calendars ask of it."""

from __future__ import annotations

from pmcareer.model.people import Holding
from pmcareer.renewals.after_end import phase_on
from pmcareer.renewals.cycles import History
from pmcareer.renewals.events import events_until, first_award, problems_found
from pmcareer.renewals.issuer_dates import settle_issuer_date
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.subject import Subject


def replay_of(subject_: Subject, holding: Holding) -> Replay:
    """A replay with the holding's events up to the as-of date at hand, none of them applied."""
    replay = Replay(subject_, holding, edition=holding.edition)
    replay.events = events_until(holding, subject_.as_of, replay.report)
    return replay


def settle(replay: Replay) -> History:
    """The history once every event has been applied; what the issuer itself says has the last word."""
    settle_issuer_date(replay)
    _warn_of_vague_phase(replay)
    return History(
        replay.subject,
        tuple(replay.cycles),
        replay.clock,
        awarded=first_award(replay.events),
        edition=replay.edition,
        standings=tuple(replay.standings),
        revoked_on=replay.revoked_on,
        events=replay.events,
        problems=problems_found(replay.problems),
    )


def _warn_of_vague_phase(replay: Replay) -> None:
    """Say so where it cannot be told how long the present state lasts."""
    latest, as_of = replay.latest, replay.subject.as_of
    if latest is None or latest.last_day is None or latest.last_day >= as_of or replay.revoked_on:
        return
    phase = phase_on(latest, as_of)
    if phase and phase.vague:
        message = f"{phase.phase} since {phase.first_day}, and the issuer does not say for how long"
        replay.report.warn("renewal-phase-unknown", message, hint="ask the issuer until when it can still be renewed")


def history_of(subject_: Subject, holding: Holding) -> History:
    """The history of one holding by itself: cascades from other certifications are not counted."""
    replay = replay_of(subject_, holding)
    for event in replay.events:
        replay.apply(event)
    return settle(replay)
