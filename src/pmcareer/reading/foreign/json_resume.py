"""JSON Resume (jsonresume.org, schema 1.0.0): work, education, certificates and skills.

A certificate there has no last day. Ours stands under ``pmcareer.expires`` of the certificate; what other programs
write (``expires``, ``expiryDate``, ``expirationDate``, ``validUntil``, ``endDate``) is read too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pmcareer.model.statements import (
    StatedCertification,
    StatedEducation,
    StatedPosition,
    StatedSkill,
    Statements,
)
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.foreign.json_values import EXPORT_LIMIT, first_text, record, records
from pmcareer.reading.foreign.words import day_of, one_line
from pmcareer.reading.json_files import read_json

SOURCE = "JSON Resume"
_READ = ("work", "volunteer", "education", "certificates", "skills")
_EXPIRY = ("expires", "expiryDate", "expirationDate", "validUntil", "endDate")
_NOT_SAID = ("$schema", "meta", "basics")


def read_json_resume(path: Path) -> tuple[Statements | None, Problems]:
    """What the resume at *path* says, or None with what stands in the way."""
    document, problems = read_json(path, limit=EXPORT_LIMIT)
    if problems.errors:
        return None, problems
    file = shown_path(path)
    if not isinstance(document, dict) or not any(key in document for key in (*_READ, "basics")):
        problems.add("import-format", "this is no JSON Resume", Position(file), hint="see jsonresume.org/schema")
        return None, problems
    reader = _Reader(document, file, problems)
    return Statements(
        SOURCE,
        certifications=tuple(reader.certificates()),
        positions=(*reader.positions("work"), *reader.positions("volunteer")),
        educations=tuple(reader.educations()),
        skills=tuple(reader.skills()),
        left_out=tuple(reader.left_out()),
        name=first_text(record(document.get("basics")), "name"),
    ), problems


class _Reader:
    """The document, the name of its file, and what is found wrong."""

    def __init__(self, document: Mapping[str, Any], file: str, problems: Problems) -> None:
        self.document, self.file, self.problems = document, file, problems

    def left_out(self) -> Iterator[str]:
        """The parts that are not read; of the basics all but the name, and the label, which follows from the work."""
        yield from (one_line(key) for key in self.document if key not in (*_READ, *_NOT_SAID))
        basics = record(self.document.get("basics"))
        yield from (f"basics.{one_line(key, 40)}" for key in basics if key not in ("name", "label") and basics[key])

    def certificates(self) -> Iterator[StatedCertification]:
        for at, one in self._of("certificates"):
            own = record(one.get("pmcareer"))
            yield StatedCertification(
                first_text(one, "name", "title"),
                at,
                issuer=first_text(one, "issuer"),
                earned=self._day(one, at, "date", "startDate", "issueDate"),
                expires=self._day(own, at, "expires") or self._day(one, at, *_EXPIRY),
                url=first_text(one, "url"),
                own_id=first_text(own, "id"),
            )

    def positions(self, part: str) -> Iterator[StatedPosition]:
        for at, one in self._of(part):
            yield StatedPosition(
                first_text(one, "position", "title"),
                at,
                employer=first_text(one, "name", "company", "organization"),
                from_=self._day(one, at, "startDate"),
                to=self._day(one, at, "endDate"),
                own_id=first_text(record(one.get("pmcareer")), "role"),
            )

    def educations(self) -> Iterator[StatedEducation]:
        for at, one in self._of("education"):
            yield StatedEducation(
                " ".join(filter(None, (first_text(one, "studyType"), first_text(one, "area")))),
                at,
                school=first_text(one, "institution"),
                from_=self._day(one, at, "startDate"),
                to=self._day(one, at, "endDate"),
                own_level=first_text(record(one.get("pmcareer")), "level"),
            )

    def skills(self) -> Iterator[StatedSkill]:
        for at, one in self._of("skills"):
            yield StatedSkill(first_text(one, "name"), at, level=first_text(one, "level"))

    def _of(self, part: str) -> Iterator[tuple[Position, Mapping[str, Any]]]:
        """The entries of a part that say anything; their places are named, since JSON has no lines worth naming."""
        for at, one in records(self.document.get(part)):
            if first_text(one, "name", "position", "title", "studyType", "area", "institution"):
                yield Position(f"{self.file}: {part}[{at}]"), one

    def _day(self, one: Mapping[str, Any], at: Position, *keys: str) -> Any:
        key = next((key for key in keys if one_line(one.get(key))), None)
        return day_of(one[key], key, at, self.problems) if key else None
