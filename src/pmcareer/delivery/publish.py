"""Published calendars: one file a feed in a folder that any static host can serve, under names nobody can guess.

A name is 32 random bytes, chosen once and kept; a file whose content did not change is not written again, so that
the host's ETag and Last-Modified stay.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pmcareer.model.calendar_delivery import TOKENS_SCHEMA, FeedTokens
from pmcareer.model.calendar_ledger import Ledger
from pmcareer.values import dataclass
from pmcareer.views.agenda import GOOGLE_TAKES, Agenda
from pmcareer.views.calendars.changes import Event, changes


@dataclass(frozen=True, slots=True)
class Feed:
    """One calendar to subscribe to."""

    view: str
    person: str
    agenda: Agenda


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """Where a feed stands now; ``changed``: the file was written, not found as it should be."""

    view: str
    person: str
    path: Path
    size: int
    changed: bool

    @property
    def name(self) -> str:
        """The file's name, the last part of the feed's address."""
        return self.path.name

    @property
    def too_large_for_google(self) -> bool:
        """Whether Google Calendar may refuse the file."""
        return self.size > GOOGLE_TAKES


@dataclass(frozen=True, slots=True)
class Press:
    """What publishing needs from other rooms.

    ``previous`` reads a file's ledger (an empty one where there is no file), ``written`` turns a calendar's name and
    events into bytes, ``replace`` puts bytes in a file's place in one step.
    """

    previous: Callable[[Path], Ledger]
    written: Callable[[str, Iterable[Event]], Iterator[bytes]]
    replace: Callable[[Path, Iterable[bytes]], None]


def new_token() -> str:
    """32 random bytes in hexadecimal: a file name on every system, and in every address."""
    return secrets.token_hex(32)


def tokens_for(
    feeds: Iterable[tuple[str, str]], tokens: FeedTokens, *, fresh: Callable[[], str] = new_token
) -> FeedTokens:
    """*tokens* with one for each of *feeds* (view, person) that has none yet."""
    for view, person in feeds:
        if (view, person) not in tokens.active:
            tokens = tokens.with_token(view, person, fresh())
    return tokens


def publish(folder: Path, feeds: Iterable[Feed], tokens: FeedTokens, press: Press) -> Iterator[PublishedFeed]:
    """Write each of *feeds* into *folder*; *tokens* holds one for each (``tokens_for``)."""
    for feed in feeds:
        yield put(folder / file_name(tokens.active[feed.view, feed.person]), feed, press)


def put(path: Path, feed: Feed, press: Press) -> PublishedFeed:
    """Bring the file at *path* up to date; one that says all that already is not written again."""
    events = changes(feed.agenda, press.previous(path))
    data = b"".join(press.written(feed.agenda.name, events))
    changed = not _holds(path, data)
    if changed:
        press.replace(path, [data])
    return PublishedFeed(feed.view, feed.person, path, len(data), changed)


def withdraw(folder: Path, tokens: FeedTokens) -> list[Path]:
    """Remove the files of retired tokens; other files are not touched. What was removed."""
    removed = []
    for token in tokens.retired:
        path = folder / file_name(token)
        if path.is_file() and not path.is_symlink():
            path.unlink()
            removed.append(path)
    return removed


def file_name(token: str) -> str:
    """The file of a feed: the last part of its address."""
    return f"{token}.ics"


def tokens_as_json(tokens: FeedTokens) -> bytes:
    """*tokens* as ``reading.calendar_state`` reads them; a secret: keep it out of the published folder."""
    feeds = [
        {"view": view, "person": person, "token": token} for (view, person), token in sorted(tokens.active.items())
    ]
    document = {"schema": TOKENS_SCHEMA, "feeds": feeds, "retired": list(tokens.retired)}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
