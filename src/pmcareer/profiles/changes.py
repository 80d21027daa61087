"""What can be written into a profile, as values: what it does to the profile, and whether it stands there already.

A place (``at``) is a holding's position in the profile's list, from 0: one certification may stand there twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeAlias

from pmcareer.model.ids import CertificationId, EditionId, SkillId
from pmcareer.model.people import Baseline, EventKind, Holding, HoldingEvent, Profile, Stint, UnitEntry, Unmatched
from pmcareer.values import dataclass

_AWARDS = (EventKind.AWARDED, EventKind.EXAM_PASSED)


@dataclass(frozen=True, slots=True)
class AddUnits:
    """One more logged activity."""

    entry: UnitEntry


@dataclass(frozen=True, slots=True)
class AddHolding:
    """One more certification; ``comment`` stands behind it where there is a line of its own to stand on."""

    holding: Holding
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SetEarned:
    """The day of the award for a holding that has none yet."""

    at: int
    on: date


@dataclass(frozen=True, slots=True)
class AddRenewed:
    """One more day in the shorthand ``renewed: [...]``."""

    at: int
    on: date


@dataclass(frozen=True, slots=True)
class AddEvent:
    """One more event of a holding."""

    at: int
    event: HoldingEvent


@dataclass(frozen=True, slots=True)
class SetExpires:
    """The last day that the issuer names, in the place of an earlier one if there is one."""

    at: int
    on: date


@dataclass(frozen=True, slots=True)
class AddStint:
    """One more time in a role; ``comment`` as for holdings."""

    stint: Stint
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SetEnd:
    """The last day of a time in a role (``at`` in the profile's list of roles) that has none yet."""

    at: int
    on: date


@dataclass(frozen=True, slots=True)
class SetEmployer:
    """The employer of a time in a role (``at`` as for its end) that has none yet."""

    at: int
    employer: str


@dataclass(frozen=True, slots=True)
class AddUnmatched:
    """One more entry that the catalog does not know."""

    entry: Unmatched


@dataclass(frozen=True, slots=True)
class SetValue:
    """A key that the profile (or with ``within`` its ``study`` or ``skills``) does not have yet, and its value."""

    key: str
    value: Any
    within: Literal["", "study", "skills"] = ""


@dataclass(frozen=True, slots=True)
class SetBaseline:
    """The plan that later ones are held against, in the place of an earlier one if there is one."""

    baseline: Baseline


@dataclass(frozen=True, slots=True)
class SetNamespace:
    """The namespace of the profile's calendars, for a profile that has none yet."""

    namespace: str


Change: TypeAlias = (
    AddUnits
    | AddHolding
    | SetEarned
    | AddRenewed
    | AddEvent
    | SetExpires
    | AddStint
    | SetEnd
    | SetEmployer
    | AddUnmatched
    | SetValue
    | SetBaseline
    | SetNamespace
)


def earning(profile: Profile, certification: CertificationId, on: date, edition: EditionId | None) -> Change:
    """How an award is written down: as a new holding, or with the one that is there."""
    at = place_of(profile, certification)
    if at is None:
        return AddHolding(Holding(certification, earned=on, edition=edition))
    if edition is None and not is_awarded(profile.certifications[at]):
        return SetEarned(at, on)
    return AddEvent(at, HoldingEvent(on, EventKind.AWARDED, edition=edition))


def renewing(profile: Profile, certification: CertificationId, on: date, route: str) -> Change | None:
    """How a renewal is written down: in the shorthand where it can say it; None where nothing is held."""
    at = place_of(profile, certification)
    if at is None:
        return None
    if route or profile.certifications[at].events:
        return AddEvent(at, HoldingEvent(on, EventKind.RENEWED, route=route))
    return AddRenewed(at, on)


def changed(profile: Profile, change: Change) -> Profile:
    """The profile with the change made."""
    return _MAKE[type(change)](profile, change)


def stands_already(profile: Profile, change: Change) -> bool:
    """Whether the profile says exactly this already."""
    match change:
        case AddUnits(entry):
            return entry in profile.units
        case AddHolding(holding=holding):
            return any(held.id == holding.id and held.earned == holding.earned for held in profile.certifications)
        case AddRenewed(at, on):
            return on in renewals_of(profile.certifications[at])
        case AddEvent(at, event) if event.kind is EventKind.RENEWED:
            return event.on in renewals_of(profile.certifications[at])
        case AddEvent(at, event):
            return event in profile.certifications[at].events
        case _:
            return False


def place_of(profile: Profile, certification: CertificationId) -> int | None:
    """Where a certification stands in the list; of two entries the last."""
    places = [at for at, holding in enumerate(profile.certifications) if holding.id == certification]
    return places[-1] if places else None


def is_awarded(holding: Holding) -> bool:
    """Whether a day is recorded on which it was earned."""
    return holding.earned is not None or any(event.kind in _AWARDS for event in holding.events)


def renewals_of(holding: Holding) -> set[date]:
    """The days on which it was renewed, however they are written."""
    return {*holding.renewed, *(event.on for event in holding.events if event.kind is EventKind.RENEWED)}


def _with_holding(profile: Profile, at: int, holding: Holding) -> Profile:
    held = profile.certifications
    return replace(profile, certifications=(*held[:at], holding, *held[at + 1 :]))


def _with_units(profile: Profile, change: AddUnits) -> Profile:
    return replace(profile, units=(*profile.units, change.entry))


def _with_new_holding(profile: Profile, change: AddHolding) -> Profile:
    return replace(profile, certifications=(*profile.certifications, change.holding))


def _with_earned(profile: Profile, change: SetEarned) -> Profile:
    return _with_holding(profile, change.at, replace(profile.certifications[change.at], earned=change.on))


def _with_renewed(profile: Profile, change: AddRenewed) -> Profile:
    holding = profile.certifications[change.at]
    return _with_holding(profile, change.at, replace(holding, renewed=(*holding.renewed, change.on)))


def _with_event(profile: Profile, change: AddEvent) -> Profile:
    holding = profile.certifications[change.at]
    return _with_holding(profile, change.at, replace(holding, events=(*holding.events, change.event)))


def _with_expires(profile: Profile, change: SetExpires) -> Profile:
    holding = replace(profile.certifications[change.at], issuer_says_expires=change.on)
    return _with_holding(profile, change.at, holding)


def _with_stint(profile: Profile, change: AddStint) -> Profile:
    return replace(profile, roles=(*profile.roles, change.stint))


def _with_end(profile: Profile, change: SetEnd) -> Profile:
    ended = replace(profile.roles[change.at], to=change.on)
    return replace(profile, roles=(*profile.roles[: change.at], ended, *profile.roles[change.at + 1 :]))


def _with_employer(profile: Profile, change: SetEmployer) -> Profile:
    known = replace(profile.roles[change.at], employer=change.employer)
    return replace(profile, roles=(*profile.roles[: change.at], known, *profile.roles[change.at + 1 :]))


def _with_unmatched(profile: Profile, change: AddUnmatched) -> Profile:
    return replace(profile, unmatched=(*profile.unmatched, change.entry))


def _with_value(profile: Profile, change: SetValue) -> Profile:
    match change.within:
        case "study":
            return replace(profile, study=replace(profile.study, **{change.key: change.value}))
        case "skills":
            return replace(profile, skills={**profile.skills, SkillId(change.key): change.value})
        case _:
            return replace(profile, **{change.key: change.value})


def _with_baseline(profile: Profile, change: SetBaseline) -> Profile:
    return replace(profile, baseline=change.baseline)


def _with_namespace(profile: Profile, change: SetNamespace) -> Profile:
    return replace(profile, calendar_namespace=change.namespace)


_MAKE: dict[type, Callable[[Profile, Any], Profile]] = {
    AddUnits: _with_units,
    AddHolding: _with_new_holding,
    SetEarned: _with_earned,
    AddRenewed: _with_renewed,
    AddEvent: _with_event,
    SetExpires: _with_expires,
    AddStint: _with_stint,
    SetEnd: _with_end,
    SetEmployer: _with_employer,
    AddUnmatched: _with_unmatched,
    SetValue: _with_value,
    SetBaseline: _with_baseline,
    SetNamespace: _with_namespace,
}
