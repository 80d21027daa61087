"""The engine over days: its answers about one certification, held by itself, by the day on which it was earned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import DUE_WITHIN, Status
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.spans import DayCase, Seen
from pmcareer.team.standings import as_held, standing_of


def engine_by_day(scheme: Scheme, certification: CertificationId, as_of: date, due_within: int = DUE_WITHIN) -> DayCase:
    """The engine's answers about one certification, held by itself, over the day on which it was earned."""
    subject = scheme.subject_on(certification, as_of)

    def ask(day: date) -> Seen:
        history = history_of(subject, as_held(HoldingRow(0, "", certification, earned=day)))
        standing, latest = standing_of(history, due_within), history.latest
        rule = latest.rule.id if latest and latest.rule else None
        basis = (rule, history.edition, latest.basis if latest else None, len(history.cycles))
        return Seen(standing.status, standing.expires, basis)

    return DayCase(ask, doubtful_days(scheme, certification, as_of))


def rule_spans(
    scheme: Scheme, certification: CertificationId, as_of: date, first: date, last: date
) -> Iterator[tuple[date, date]]:
    """The stretches of days from *first* to *last* that fall under one rule and edition, whatever has become of it."""
    by_day = engine_by_day(scheme, certification, as_of)

    def ask(day: date) -> Seen:
        seen = by_day.on(day)
        return Seen(Status.ACTIVE, seen.expires, seen.basis)

    return DayCase(ask, by_day.doubtful).spans(first, last)
