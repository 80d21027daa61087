"""Rosters for whole answers: opened with the names of a catalog."""

from __future__ import annotations

from datetime import date

from pmcareer.model.catalog import Catalog
from pmcareer.reading.rosters.roster import Roster, RosterOptions


def team_roster(catalog: Catalog, source: str, as_of: date, options: RosterOptions) -> Roster:
    """The roster at *source* (a path, or a database's ``postgresql://…``), opened.

    Raises InputUnreadableError or DataInvalidError where the source cannot be used at all; what is wrong in single
    rows is in the roster's ``set_aside``.
    """
    raise NotImplementedError
