"""Recording: one change to a person's profile, from the text before it to the text after it, checked, then saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pmcareer.api.loading import raise_for
from pmcareer.errors import DataInvalidError
from pmcareer.model.people import Profile
from pmcareer.problems import Position, Problem
from pmcareer.profiles.changes import Change, changed
from pmcareer.profiles.edits import NEW_FILE, by_hand, edit
from pmcareer.profiles.files import open_to_write
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.typed import parse_document
from pmcareer.values import dataclass

Propose = Callable[[Profile], Change | None]
"""What is to be written, given what the profile says (None: it says so already); raises UsageError for nonsense."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A change made, or only drawn up. ``change`` None: none was needed. ``text_before`` None: there was no file."""

    path: Path
    change: Change | None
    before: Profile
    after: Profile
    text_before: str | None
    text_after: str
    written: bool


def record(path: Path, propose: Propose, *, dry_run: bool = False) -> Recording:
    """Write what *propose* says into the profile at *path*, which is created where there is none.

    Everything that stood in the file stays as it was. Raises DataInvalidError where the profile has errors or is
    written in a way that cannot be added to, InputUnreadableError where it cannot be read or written.
    """
    if dry_run:
        return _drawn_up(path, propose, written=False)
    with open_to_write(path) as profile:
        recording = _drawn_up(path, propose, written=True)
        if recording.written:
            profile.save(recording.text_after.encode())
    return recording


def _drawn_up(path: Path, propose: Propose, *, written: bool) -> Recording:
    text, before = _read(path)
    change = propose(before)
    if change is None:
        return Recording(path, None, before, before, text, text or "", written=False)
    after = changed(before, change)
    return Recording(path, change, before, after, text, _edited(path, text, change, after), written)


def _read(path: Path) -> tuple[str | None, Profile]:
    data, problems = read_bytes(path)
    if data is None:
        if any(problem.code == "file-missing" for problem in problems):
            return None, Profile()
        raise_for(problems)
    text = data or b""
    return text.decode("utf-8", "replace"), _parsed(path, text)


def _edited(path: Path, text: str | None, change: Change, expected: Profile) -> str:
    """The text with the change in it, once reading it gave exactly what was meant."""
    edited, problems = edit(NEW_FILE if text is None else text, change, shown_path(path))
    raise_for(problems)
    try:
        says = _parsed(path, (edited or "").encode())
    except DataInvalidError:
        says = None
    if edited is None or says != expected:
        message = "it is written in a way that cannot be added to safely; nothing was changed"
        at, hint = Position(shown_path(path)), f"add it by hand: {by_hand(change)}"
        raise DataInvalidError([Problem("profile-uneditable", message, at, hint=hint)])
    return edited


def _parsed(path: Path, data: bytes) -> Profile:
    """What the bytes say; a file that holds nothing yet says nothing."""
    document = parse_document(data, shown_path(path), Profile, layer="profile")
    if [problem.code for problem in document.problems] == ["file-empty"]:
        return Profile()
    raise_for(document.problems)
    return document.value or Profile()
