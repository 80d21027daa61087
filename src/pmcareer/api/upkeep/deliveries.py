"""Delivering calendars: the state files of published feeds and pushed calendars, and events of ours recognised."""

from __future__ import annotations

from pathlib import Path

from pmcareer.api.loading import raise_for
from pmcareer.model.calendar_delivery import FeedTokens, PushState
from pmcareer.model.calendar_ledger import PastEvent


def feed_tokens(path: Path) -> FeedTokens:
    """The tokens kept in *path*; none where there is no file yet. Raises DataInvalidError for another file."""
    from pmcareer.reading.calendar_state import read_feed_tokens

    tokens, problems = read_feed_tokens(path)
    raise_for(problems)
    return tokens or FeedTokens()


def push_state(path: Path, collection: str) -> PushState:
    """What *collection* was given, as kept in *path*. Raises DataInvalidError for another file."""
    from pmcareer.reading.calendar_state import read_push_state

    state, problems = read_push_state(path, collection)
    raise_for(problems)
    return state or PushState(collection)


def recognised(data: bytes) -> PastEvent | None:
    """The event of ours in a server's bytes, or None."""
    from pmcareer.reading.previous_calendar import read_resource

    return read_resource(data)
