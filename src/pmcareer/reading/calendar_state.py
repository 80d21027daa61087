"""State files of delivered calendars: the tokens of published feeds, and what a server was given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pmcareer.dates import parse_date
from pmcareer.model.calendar_delivery import PUSH_SCHEMA, TOKEN, TOKENS_SCHEMA, FeedTokens, Pushed, PushState
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.json_files import read_json

_MALFORMED = (ValueError, LookupError, TypeError, AttributeError)


def read_feed_tokens(path: Path) -> tuple[FeedTokens | None, Problems]:
    """The tokens in *path*; none where there is no file yet, None and a problem where it is not one of ours."""
    if not path.exists():
        return FeedTokens(), Problems()
    document, problems = read_json(path)
    if problems.errors:
        return None, problems
    try:
        _insist(document, TOKENS_SCHEMA)
        active = {(_text(f["view"]), _text(f["person"])): _token(f["token"]) for f in document["feeds"]}
        return FeedTokens(active, tuple(map(_token, document["retired"]))), problems
    except _MALFORMED as error:
        return None, _not_ours(path, error)


def read_push_state(path: Path, collection: str) -> tuple[PushState | None, Problems]:
    """What *collection* was given according to *path*; nothing where there is no file yet.

    None and a problem where the file is not one of ours, or belongs to another collection.
    """
    if not path.exists():
        return PushState(collection), Problems()
    document, problems = read_json(path)
    if problems.errors:
        return None, problems
    try:
        _insist(document, PUSH_SCHEMA)
        if document["collection"] != collection:
            raise ValueError(f"it belongs to {document['collection']}")
        events = {_text(uid): _pushed(**fields) for uid, fields in document["events"].items()}
        return PushState(collection, events), problems
    except _MALFORMED as error:
        return None, _not_ours(path, error)


def _pushed(*, etag: Any, fingerprint: Any, stamp: Any, sequence: Any, ends: Any = None) -> Pushed:
    """``ends`` is missing in states of versions that did not note it."""
    if type(sequence) is not int:
        raise TypeError("a sequence is not a number")
    return Pushed(
        _text(etag), _text(fingerprint), parse_date(_text(stamp)), sequence, parse_date(_text(ends)) if ends else None
    )


def _insist(document: Any, schema: str) -> None:
    if document["schema"] != schema:
        raise ValueError(f"its schema is not {schema}")


def _token(value: Any) -> str:
    """Tokens become file names, some of them of files to remove: nothing else may pass."""
    if not TOKEN.fullmatch(_text(value)):
        raise ValueError("a token is not 64 hexadecimal digits")
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a word is not a text")
    return value


def _not_ours(path: Path, error: Exception) -> Problems:
    problems = Problems()
    message = f"this is no state file of pmcareer: {error}"
    hint = "move it away to start afresh"
    problems.add("calendar-state", message, Position(shown_path(path)), hint=hint)
    return problems
