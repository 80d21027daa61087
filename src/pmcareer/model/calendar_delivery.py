"""What delivered calendars leave behind to remember: the secret names of feeds, and what a server was given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from pmcareer.values import dataclass, field

TOKENS_SCHEMA = "pmcareer.feed-tokens/1"
PUSH_SCHEMA = "pmcareer.push-state/1"
FOLDER_SCHEMA = "pmcareer.calendar-folder/1"

FOLDER_FILE = "pmcareer-calendars.json"
"""What a folder of a team's calendars keeps beside them."""

TOKEN = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FeedTokens:
    """The secret part of each feed's address, by view and person; ``retired`` ones no longer lead anywhere."""

    active: Mapping[tuple[str, str], str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()

    def with_token(self, view: str, person: str, token: str) -> FeedTokens:
        """*token* leads to the feed from now on; the one before, if any, is retired."""
        before = self.active.get((view, person))
        retired = self.retired if before in (None, token) else (*self.retired, str(before))
        return replace(self, active={**self.active, (view, person): token}, retired=retired)

    def without(self, view: str, person: str) -> FeedTokens:
        """The feed is given up and its token retired."""
        active = dict(self.active)
        token = active.pop((view, person), None)
        return replace(self, active=active, retired=self.retired if token is None else (*self.retired, token))


@dataclass(frozen=True, slots=True)
class Pushed:
    """An event as a server was last given it: its version there (``etag``), what it then said, and its last day."""

    etag: str
    fingerprint: str
    stamp: dt.date
    sequence: int
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PushState:
    """All that a collection was given, by UID; empty before the first push, or where it was lost."""

    collection: str = ""
    events: Mapping[str, Pushed] = field(default_factory=dict)
