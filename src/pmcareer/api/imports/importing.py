"""Importing: from an export's file to the profile's file, in one step that may be looked at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from pmcareer.api.imports.activities import import_activities
from pmcareer.api.imports.background import import_educations, import_name, import_skills
from pmcareer.api.imports.certifications import import_certification
from pmcareer.api.imports.draft import ChooseDay, Draft, Item
from pmcareer.api.imports.positions import import_positions
from pmcareer.api.loading import raise_for
from pmcareer.api.names import certification_names, find_role_or_certification
from pmcareer.api.person.entries import namespace_entry
from pmcareer.api.person.recorded import Recorded, effect_of
from pmcareer.api.person.recording import Recording, record_all
from pmcareer.errors import DataInvalidError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Profile
from pmcareer.model.statements import Statements
from pmcareer.problems import Position, Problem, Problems
from pmcareer.profiles.changes import AddUnmatched, Change
from pmcareer.reading.files import shown_path
from pmcareer.values import dataclass, field

MOST_ENTRIES = 1_000
"""More than one person has, and than is written into a profile line by line within a minute."""

Format: TypeAlias = Literal["linkedin", "json-resume", "open-badges", "credly", "pdu-transcript"]
DayOrder: TypeAlias = Literal["us", "eu", ""]


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """What is to be imported, and how doubts are settled.

    ``choose``: the day that a month stands for. ``matches``: names as the export has them, and what they are.
    ``skill_level``: that of skills which say none (nothing: they are left out). ``for_``, ``columns``, ``dates``: of
    transcripts: what activities count for, columns named by hand, and how ``03/04/2025`` is read; ``keep_duplicates``:
    rows that are the same as one before are taken too.
    """

    format: Format
    file: Path
    as_of: date
    choose: ChooseDay
    matches: Mapping[str, str] = field(default_factory=dict)
    skill_level: str = ""
    for_: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DayOrder = ""
    keep_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do. ``recorded`` is its effect; ``doubts`` are about the file that was read."""

    source: str
    recorded: Recorded
    items: tuple[Item, ...]
    doubts: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def recording(self) -> Recording:
        """What was written."""
        return self.recorded.recording


def import_file(catalog: Catalog, profile: Path, asked: ImportAsked, *, dry_run: bool = False) -> Imported:
    """Import a file into the profile at *profile*, which is created where there is none.

    Raises DataInvalidError or InputUnreadableError where either file cannot be used, UsageError for ids that are not
    known.
    """
    statements, problems = _READERS[asked.format](asked)
    raise_for(problems)
    stated = statements or Statements(asked.format)
    _insist_on_size(stated, asked.file)
    asked = replace(asked, matches=_looked_up(catalog, asked.matches))
    own = tuple(CertificationId(certification_names(catalog).find(name)) for name in asked.for_)
    drafts: list[Draft] = []

    def propose(before: Profile) -> Sequence[Change]:
        drafts.append(_drafted(catalog, before, stated, asked, own))
        return drafts[-1].changes

    recording = record_all(profile, propose, dry_run=dry_run)
    effect = effect_of(catalog, recording, asked.as_of)
    doubts = (*problems, *drafts[-1].doubts)
    return Imported(stated.source, effect, tuple(drafts[-1].items), doubts, stated.left_out)


def _drafted(
    catalog: Catalog, before: Profile, stated: Statements, asked: ImportAsked, own: tuple[CertificationId, ...]
) -> Draft:
    draft = Draft(catalog, stated.source, asked.as_of, before, before, asked.choose, asked.matches)
    import_name(draft, stated.name, Position(shown_path(asked.file)))
    import_educations(draft, stated.educations)
    import_positions(draft, stated.positions)
    for certification in sorted(stated.certifications, key=lambda one: (one.earned and one.earned.first) or date.max):
        import_certification(draft, certification)
    import_skills(draft, stated.skills, asked.skill_level)
    import_activities(draft, stated.activities, own, keep_duplicates=asked.keep_duplicates)
    if draft.changes and before == Profile() and (namespace := namespace_entry(before)):
        draft.changes.insert(0, namespace)
    draft.changes.sort(key=lambda change: isinstance(change, AddUnmatched))
    return draft


def _insist_on_size(stated: Statements, file: Path) -> None:
    count = sum(
        map(len, (stated.certifications, stated.positions, stated.educations, stated.skills, stated.activities))
    )
    if count > MOST_ENTRIES:
        message = f"it has {count} entries; at most {MOST_ENTRIES} are imported at once"
        at = Position(shown_path(file))
        raise DataInvalidError([Problem("file-too-large", message, at, hint="split it, or is it another table?")])


def _looked_up(catalog: Catalog, matches: Mapping[str, str]) -> dict[str, str]:
    """What the person says that names mean, as ids."""
    return {said: find_role_or_certification(catalog, asked) for said, asked in matches.items()}


# --- the formats ------------------------------------------------------------------------------------------------------

_Read: TypeAlias = Callable[[ImportAsked], tuple[Statements | None, Problems]]


def _linkedin(asked: ImportAsked) -> tuple[Statements | None, Problems]:
    from pmcareer.reading.foreign.linkedin import read_linkedin

    return read_linkedin(asked.file)


def _json_resume(asked: ImportAsked) -> tuple[Statements | None, Problems]:
    from pmcareer.reading.foreign.json_resume import read_json_resume

    return read_json_resume(asked.file)


def _open_badges(asked: ImportAsked) -> tuple[Statements | None, Problems]:
    from pmcareer.reading.foreign.badges import read_open_badges

    return read_open_badges(asked.file)


def _credly(asked: ImportAsked) -> tuple[Statements | None, Problems]:
    from pmcareer.reading.foreign.badges import read_credly

    return read_credly(asked.file)


def _transcript(asked: ImportAsked) -> tuple[Statements | None, Problems]:
    from pmcareer.reading.foreign.transcripts import read_transcript

    return read_transcript(asked.file, asked.columns, asked.dates)


_READERS: Mapping[Format, _Read] = {
    "linkedin": _linkedin,
    "json-resume": _json_resume,
    "open-badges": _open_badges,
    "credly": _credly,
    "pdu-transcript": _transcript,
}
