"""Fees that a group pays only once: who pays, and whose fee that covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pmcareer.model.ids import CertificationId, GroupId
from pmcareer.renewals.cycles import History, end_of
from pmcareer.renewals.fees import FeeDue
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import VALID, status_of


def earliest_awards(histories: Mapping[CertificationId, History]) -> tuple[tuple[GroupId, date], ...]:
    """For each group that shares a fee the day of the earliest award among its members."""
    earliest: dict[GroupId, date] = {}
    for history in histories.values():
        for group in _groups_of(history):
            if history.awarded:
                earliest[group] = min(earliest.get(group, history.awarded), history.awarded)
    return tuple(sorted(earliest.items()))


def carried_by(scheme: Scheme) -> dict[CertificationId, frozenset[CertificationId]]:
    """By certification what its award or renewal renews: the more, the higher it stands among those that pay alike."""
    found: dict[CertificationId, frozenset[CertificationId]] = {}
    for cascade in scheme.cascades:
        for own in cascade.of:
            found[own] = found.get(own, frozenset()) | (set(cascade.renews) - {own})
    return found


def payers_for(
    histories: Mapping[CertificationId, History],
    fees: Mapping[CertificationId, tuple[FeeDue, ...]],
    carried: Mapping[CertificationId, frozenset[CertificationId]],
) -> dict[tuple[CertificationId, GroupId], CertificationId]:
    """For each holding and group the holding that pays the shared fee: itself, or the one that covers it.

    Where the highest fee pays for all it is that of the members that end on the same day (of all members, for a fee
    due by years), of equal fees that of the member that carries most others (*carried*); where one pays for all, and
    wherever that leaves it open, it is the one awarded first.
    """
    payers: dict[tuple[CertificationId, GroupId], CertificationId] = {}
    for own, dues in fees.items():
        for due in dues:
            if due.shared_in and status_of(histories[own]).status in VALID:
                rivals = list(_rivals(histories, fees, carried, own, due))
                payers[own, due.shared_in] = max(rivals)[-1]
    return payers


def _rivals(
    histories: Mapping[CertificationId, History],
    fees: Mapping[CertificationId, tuple[FeeDue, ...]],
    carried: Mapping[CertificationId, frozenset[CertificationId]],
    own: CertificationId,
    due: FeeDue,
) -> Iterator[tuple[object, int, int, CertificationId]]:
    """The members of the group that could pay, best payer greatest."""
    for other, dues in fees.items():
        history = histories[other]
        if status_of(history).status not in VALID:
            continue
        together = due.fee.per == "year" or due.fee.share == "one" or _end(history) == _end(histories[own])
        amounts = [d.amount.amount if d.amount else 0 for d in dues if d.shared_in == due.shared_in]
        if amounts and together:
            by_rank = due.fee.share == "highest"
            rank, height = (max(amounts), len(carried.get(other, ()))) if by_rank else (0, 0)
            yield rank, height, -(history.awarded or date.max).toordinal(), other


def _end(history: History) -> date | None:
    return end_of(history.latest) if history.latest else None


def _groups_of(history: History) -> Iterator[GroupId]:
    rule = history.latest.rule if history.latest else None
    for fee in rule.fees if rule else ():
        if fee.shared_in:
            yield fee.shared_in
