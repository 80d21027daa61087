"""Groups: the people of a roster by department, location or manager, as its rows name them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pmcareer.model.rosters import PersonRow

GroupBy: TypeAlias = Literal["department", "location", "manager"]

UNSAID = ""
"""The group of those of whom the roster does not say it."""


def group_of(person: PersonRow, by: GroupBy) -> str:
    """The group that a person belongs to."""
    own: str | None = getattr(person, by)
    return own if own is not None else UNSAID
