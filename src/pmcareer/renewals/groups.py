"""Groups that renew together: what they ask of a person in all, and which of them sets the fee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pmcareer.model.ids import CertificationId, GroupId
from pmcareer.model.renewal_rules import RenewalGroup
from pmcareer.renewals.cycles import History
from pmcareer.renewals.last_days import value_of
from pmcareer.renewals.rules import is_in_force
from pmcareer.renewals.scheme import Scheme, members_of
from pmcareer.renewals.status import Status, status_of
from pmcareer.values import dataclass

_NOTHING_TO_RENEW = frozenset({Status.LIFETIME, Status.EXPIRED, Status.UNKNOWN})


@dataclass(frozen=True, slots=True)
class JointRequirement:
    """Members of a group that end on the same day and renew together.

    ``shares``: the part of its own units each is asked for (the highest in full, the highest of each further track in
    part, those they cover nothing). ``required``: the sum in units, None where a total is not known.
    """

    group: GroupId
    last_day: date | None
    members: tuple[CertificationId, ...]
    shares: Mapping[CertificationId, Fraction]
    required: Fraction | None


def joint_requirements(scheme: Scheme, histories: Mapping[CertificationId, History]) -> tuple[JointRequirement, ...]:
    """What each group asks for; members whose last days differ renew apart."""
    found: list[JointRequirement] = []
    for group in scheme.groups:
        for last_day, members in _ending_together(group, histories).items():
            found.append(_requirement(group, last_day, members, histories))
    return tuple(found)


def total_of(history: History) -> Fraction | None:
    """The units that the latest cycle asks for by itself."""
    rule = history.latest.rule if history.latest else None
    total = value_of(rule.units.total) if rule and rule.units else None
    return None if total is None else Fraction(total)


def shares_of(
    group: RenewalGroup, members: Sequence[CertificationId], totals: Mapping[CertificationId, Fraction | None]
) -> dict[CertificationId, Fraction]:
    """The part of its own units that each of *members* is asked for when they renew together."""
    part = value_of(group.other_tracks)
    if not part:
        return dict.fromkeys(members, Fraction(1))
    highest = list(_highest_of_tracks(group, members))
    leader = max(highest, key=lambda member: totals[member] or Fraction(0), default=None)
    shares = dict.fromkeys(members, Fraction(0)) | dict.fromkeys(highest, Fraction(part))
    return shares | ({leader: Fraction(1)} if leader else {})


def _ending_together(
    group: RenewalGroup, histories: Mapping[CertificationId, History]
) -> dict[date | None, list[CertificationId]]:
    together: dict[date | None, list[CertificationId]] = {}
    for member in members_of(group):
        history = histories.get(member)
        if history is None or status_of(history).status in _NOTHING_TO_RENEW:
            continue
        fits = not group.editions or history.edition in group.editions
        if fits and is_in_force(group.in_force, history.subject.as_of):
            together.setdefault(history.latest.last_day if history.latest else None, []).append(member)
    return together


def _requirement(
    group: RenewalGroup,
    last_day: date | None,
    members: list[CertificationId],
    histories: Mapping[CertificationId, History],
) -> JointRequirement:
    totals = {member: total_of(histories[member]) for member in members}
    shares = shares_of(group, members, totals)
    required: Fraction | None = Fraction(0)
    for member, share in shares.items():
        own = totals[member]
        required = None if own is None or required is None else required + own * share
    if not value_of(group.other_tracks):
        required = max((total for total in totals.values() if total is not None), default=None)
    return JointRequirement(group.id, last_day, tuple(members), shares, required)


def _highest_of_tracks(group: RenewalGroup, members: Sequence[CertificationId]) -> Iterator[CertificationId]:
    """Of each track the highest member held; a member outside all tracks stands for itself."""
    in_tracks: set[CertificationId] = set()
    for track in group.tracks:
        in_tracks.update(track.members)
        held = [member for member in track.members if member in members]
        yield from held[-1:]
    yield from (member for member in members if member not in in_tracks)
