"""Replaying a rule change over a staff: the rules of two days, or of two catalogs, on the same roster and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.schemes import scheme_for
from pmcareer.api.team.small import small_batches
from pmcareer.team.replay import Court, TeamReplay, known_on, replayed

if TYPE_CHECKING:
    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster


def replay_days(catalog: Catalog, roster: Roster, asked: TeamAsked, before: date, after: date) -> TeamReplay:
    """Who is worth something else by the rules in force on *after* than by those of *before*, on the day asked about.

    Fees and issuers' one-off extensions play no part: they have no day from which they are known.
    """
    scheme = scheme_for(catalog, list(catalog.certifications))
    old, new = (Court(known_on(scheme, day), asked.as_of, asked.due_within) for day in (before, after))
    words = (f"the rules in force on {before}", f"the rules in force on {after}")
    return replayed(small_batches(roster, asked), old, new, words)


def replay_catalogs(before: Catalog, after: Catalog, roster: Roster, asked: TeamAsked) -> TeamReplay:
    """The same by the rules of two catalogs, each as known on the day asked about."""
    old, new = (
        Court(scheme_for(catalog, list(catalog.certifications)), asked.as_of, asked.due_within)
        for catalog in (before, after)
    )
    return replayed(small_batches(roster, asked), old, new, ("the catalog before", "the catalog after"))
