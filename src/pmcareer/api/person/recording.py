"""Recording: changes to a person's profile, from the text before them to the text after them, checked, then saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

ProposeAll = Callable[[Profile], Sequence[Change]]
"""Several changes, each to the profile that those before it leave."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Changes made, or only drawn up; none where none was needed. ``text_before`` None: there was no file."""

    path: Path
    changes: tuple[Change, ...]
    before: Profile
    after: Profile
    text_before: str | None
    text_after: str
    written: bool

    @property
    def change(self) -> Change | None:
        """The first change, or None."""
        return next(iter(self.changes), None)


def record(path: Path, propose: Propose, *, dry_run: bool = False) -> Recording:
    """Write what *propose* says into the profile at *path*, which is created where there is none.

    Everything that stood in the file stays as it was. Raises DataInvalidError where the profile has errors or is
    written in a way that cannot be added to, InputUnreadableError where it cannot be read or written.
    """

    def propose_all(profile: Profile) -> Sequence[Change]:
        change = propose(profile)
        return () if change is None else (change,)

    return record_all(path, propose_all, dry_run=dry_run)


def record_all(path: Path, propose: ProposeAll, *, dry_run: bool = False) -> Recording:
    """Write several changes at once: all of them, or none; otherwise as ``record``."""
    if dry_run:
        return _drawn_up(path, propose, written=False)
    with open_to_write(path) as profile:
        recording = _drawn_up(path, propose, written=True)
        if recording.written:
            profile.save(recording.text_after.encode())
    return recording


def _drawn_up(path: Path, propose: ProposeAll, *, written: bool) -> Recording:
    text, before = _read(path)
    changes = tuple(propose(before))
    if not changes:
        return Recording(path, (), before, before, text, text or "", written=False)
    after, edited = before, NEW_FILE if text is None else text
    for change in changes:
        after, edited = changed(after, change), _edited(path, edited, change)
    _insist_on(path, edited, after, changes)
    return Recording(path, changes, before, after, text, edited, written)


def _read(path: Path) -> tuple[str | None, Profile]:
    data, problems = read_bytes(path)
    if data is None:
        if any(problem.code == "file-missing" for problem in problems):
            return None, Profile()
        raise_for(problems)
    text = data or b""
    return text.decode("utf-8", "replace"), _parsed(path, text)


def _edited(path: Path, text: str, change: Change) -> str:
    edited, problems = edit(text, change, shown_path(path))
    raise_for(problems)
    return edited or ""


def _insist_on(path: Path, edited: str, expected: Profile, changes: Sequence[Change]) -> None:
    """Raise unless reading the text gives exactly what was meant."""
    try:
        says = _parsed(path, edited.encode())
    except DataInvalidError:
        says = None
    if says != expected:
        message = "it is written in a way that cannot be added to safely; nothing was changed"
        at, hint = Position(shown_path(path)), f"add it by hand: {'; '.join(map(by_hand, changes[:5]))}"
        raise DataInvalidError([Problem("profile-uneditable", message, at, hint=hint)])


def _parsed(path: Path, data: bytes) -> Profile:
    """What the bytes say; a file that holds nothing yet says nothing."""
    document = parse_document(data, shown_path(path), Profile, layer="profile")
    if [problem.code for problem in document.problems] == ["file-empty"]:
        return Profile()
    raise_for(document.problems)
    return document.value or Profile()
