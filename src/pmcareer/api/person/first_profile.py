"""The first profile: beginning an interview, its draft, and writing what it found into the profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pmcareer.api.loading import load_profile, raise_for
from pmcareer.api.person.interview import BY_KEY, Given, Interview
from pmcareer.api.person.recording import Recording, record_all
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Profile
from pmcareer.profiles.changes import Change
from pmcareer.profiles.spelling import flow
from pmcareer.reading.answers import read_answers

_SEVERAL = frozenset(key for key, question in BY_KEY.items() if question.many)
_DRAFT = "# Answers so far; `pmcareer init` goes on from here. Delete this file to begin anew.\n"


def begin(catalog: Catalog, path: Path, as_of: date) -> tuple[Interview, bool]:
    """An interview of the person whose profile lies (or will lie) at *path*, and whether it is there already."""
    is_there = path.exists()
    profile = load_profile(path) if is_there and path.stat().st_size else Profile()
    return Interview(catalog, profile, as_of), is_there


def draft_of(path: Path) -> Path:
    """Where the answers are kept until the profile at *path* is written."""
    return path.with_name(f"{path.stem}.draft.yaml")


def draft_text(interview: Interview) -> str:
    """The answers so far, as a file that ``take_file`` reads."""
    return _DRAFT + "".join(f"{key}:{_spelt(given)}\n" for key, given in interview.given.items())


def _spelt(given: Given) -> str:
    if given is None or given == ():
        return ""
    return f" {flow(given if isinstance(given, str) else list(given))}"


def take_file(interview: Interview, path: Path) -> None:
    """Take the answers of a file. Raises DataInvalidError with every one that is none, by its line."""
    answers, problems = read_answers(path, BY_KEY, _SEVERAL)
    for key in (key for key in BY_KEY if key in answers and key not in interview.given):
        for text, at in answers[key]:
            try:
                interview.answer(key, text)
            except UsageError as error:
                problems.add("field-value", f"{key}: {error.message}", at, path=key, hint=error.hint)
        interview.skip(key)
    raise_for(problems)


def take_options(interview: Interview, options: Mapping[str, str | Sequence[str]]) -> None:
    """Take the answers given as options. Raises UsageError for what is none, or what the profile says already."""
    for key, given in options.items():
        texts = [given] if isinstance(given, str) else list(given)
        if texts and interview.is_known(key):
            hint = "change it there by hand; leave the option out"
            raise UsageError(f"the profile says already what {BY_KEY[key].option} would", hint=hint)
        for text in texts:
            try:
                interview.answer(key, text)
            except UsageError as error:
                raise UsageError(f"{BY_KEY[key].option}: {error.message}", hint=error.hint) from None


def write_answers(interview: Interview, path: Path, *, dry_run: bool = False) -> Recording:
    """Write what the answers say into the profile at *path*; what it says by then stays as it is."""

    def propose(profile: Profile) -> Sequence[Change]:
        interview.profile = profile
        known = [key for key in interview.given if interview.is_known(key)]
        for key in known:
            interview.given.pop(key)
        return interview.changes()

    return record_all(path, propose, dry_run=dry_run)
