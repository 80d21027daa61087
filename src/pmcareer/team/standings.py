"""Standings: what each holding of a person is worth on the as-of date; the engine is asked of each case once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pmcareer.model.ids import CertificationId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.cascades import replay_together
from pmcareer.renewals.cycles import History
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import DUE_WITHIN, Status, status_of
from pmcareer.team.interactions import Circles, circle_of
from pmcareer.values import dataclass, field

COVERING = frozenset({Status.LIFETIME, Status.ACTIVE, Status.DUE})
"""The statuses in which a holding can be relied on: valid, and its last day not past."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One holding on the as-of date.

    ``expires`` is the last valid day; None: without end, or not known. ``conferred``: a title that came by itself,
    which no row of the roster has.
    """

    certification: CertificationId
    status: Status
    expires: date | None
    conferred: bool = False

    @property
    def covers(self) -> bool:
        """Whether it can be relied on today."""
        return self.status in COVERING


def as_held(row: HoldingRow) -> Holding:
    """What the renewal engine is told of a row."""
    events = tuple(HoldingEvent(day, EventKind.RENEWED, route=way) for day, way in row.routes.items())
    return Holding(
        row.certification, row.earned, row.renewed, events=events, issuer_says_expires=row.issuer_says_expires
    )


def standings_of(
    holdings: Iterable[Holding], scheme: Scheme, as_of: date, due_within: int = DUE_WITHIN
) -> tuple[Standing, ...]:
    """The standing of everything that one person holds, joint effects counted, as ``renewals.answer.assess`` has it."""
    together = replay_together(scheme, holdings, as_of)
    return tuple(
        standing_of(history, due_within, conferred=own in together.conferred)
        for own, history in together.histories.items()
    )


def standing_of(history: History, due_within: int, *, conferred: bool = False) -> Standing:
    """The standing that a history comes to."""
    status = status_of(history, due_within).status
    latest = history.latest
    known = latest is not None and latest.known and status is not Status.UNKNOWN
    last_day = latest.last_day if latest and known else None
    return Standing(history.subject.certification.id, status, last_day, conferred)


@dataclass(slots=True)
class StandingBook:
    """Standings by case: the same holdings with the same dates are asked of the engine once."""

    scheme: Scheme
    as_of: date
    circles: Circles
    due_within: int = DUE_WITHIN
    known: dict[tuple[HoldingRow, ...], tuple[Standing, ...]] = field(default_factory=dict)

    def of(self, rows: Sequence[HoldingRow]) -> Iterator[Standing]:
        """The standings of one person's rows, in the order of the circles they belong to."""
        for case in cases_of(rows, self.circles).values():
            if case not in self.known:
                self.known[case] = self.ask(case)
            yield from self.known[case]

    def ask(self, case: Sequence[HoldingRow]) -> tuple[Standing, ...]:
        """The engine's answer about holdings of one circle."""
        return standings_of(map(as_held, case), self.scheme, self.as_of, self.due_within)


def cases_of(rows: Sequence[HoldingRow], circles: Circles) -> Mapping[CertificationId, tuple[HoldingRow, ...]]:
    """A person's rows by circle, freed of whose they are and in one order: rows of one case are answered together."""
    cases: dict[CertificationId, list[HoldingRow]] = {}
    for row in rows:
        anonymous = HoldingRow(0, "", row.certification, row.earned, row.renewed, row.route, row.issuer_says_expires)
        cases.setdefault(circle_of(row.certification, circles), []).append(anonymous)
    return {circle: tuple(sorted(case, key=in_case_order)) for circle, case in cases.items()}


def in_case_order(row: HoldingRow) -> tuple[object, ...]:
    """By certification, then by what is known of it."""
    return (
        row.certification,
        row.earned or date.min,
        row.renewed,
        row.route or "",
        row.issuer_says_expires or date.min,
    )
