"""What a recorded entry leads to: the standing of the certifications it is about, what counted, and new findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pmcareer.api.holdings import known_holdings, short_name
from pmcareer.api.person.recording import Recording
from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Profile
from pmcareer.problems import Problem
from pmcareer.profiles.changes import AddEvent, AddHolding, AddRenewed, AddUnits, Change, SetEarned, SetExpires
from pmcareer.renewals.answer import HoldingAnswer, RenewalAnswer, assess_profile
from pmcareer.renewals.ledger import LedgerEntry
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording and its effect on *as_of*. ``problems``: findings about the events that were not there before."""

    recording: Recording
    as_of: date
    holdings: tuple[HoldingAnswer, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    names: Mapping[str, str] | None = None


def effect_of(catalog: Catalog, recording: Recording, as_of: date) -> Recorded:
    """The standing after the entry, and what of a logged activity counted."""
    about = {own: None for change in recording.changes for own in _about(change, recording.after)}
    before, after = (_assessed(catalog, profile, as_of) for profile in (recording.before, recording.after))
    activity = len(recording.after.units) - 1 if isinstance(recording.change, AddUnits) else None  # the only one
    return Recorded(
        recording,
        as_of,
        tuple(held for held in after.holdings if held.certification in about),
        tuple(line for line in after.ledger if line.activity == activity and line.certification in about),
        tuple(problem for problem in after.problems if problem not in before.problems),
        {own: short_name(catalog, own) for own in about},
    )


def _assessed(catalog: Catalog, profile: Profile, as_of: date) -> RenewalAnswer:
    return assess_profile(profile, scheme_for(catalog, known_holdings(catalog, profile)), as_of, years=1)


def _about(change: Change, profile: Profile) -> tuple[CertificationId, ...]:
    match change:
        case AddUnits(entry):
            return entry.for_
        case AddHolding(holding=holding):
            return (holding.id,)
        case SetEarned(at) | AddRenewed(at) | AddEvent(at) | SetExpires(at):
            return (profile.certifications[at].id,)
        case _:
            return ()
