"""LinkedIn's data export: the ZIP file as it comes, the folder it unpacks to, or one CSV file of it.

The columns of the files (as public samples have them): Certifications ``Name,Url,Authority,Started On,Finished
On,License Number``; Positions ``Company Name,Title,Description,Location,Started On,Finished On``; Education ``School
Name,Start Date,End Date,Notes,Degree Name,Activities``; Skills ``Name``. Days are months (``Mar 2024``) or years.
"""

from __future__ import annotations

from collections.abc import Callable
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
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.foreign.archives import ARCHIVE_LIMIT, read_members
from pmcareer.reading.foreign.tables import CsvTable, Row, parse_table
from pmcareer.reading.foreign.words import day_of, one_line
from pmcareer.values import dataclass

SOURCE = "LinkedIn"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the export's files: the columns it is known by (``alone``: it has no others), and how a row is read."""

    file: str
    columns: frozenset[str]
    field: str
    read: Callable[[Row, Problems], Any]
    alone: bool = False


def read_linkedin(path: Path) -> tuple[Statements | None, Problems]:
    """What the export at *path* says, or None with what stands in the way."""
    files, problems = _files(path)
    found: dict[str, list[Any]] = {}
    left_out = []
    for name, data in files.items():
        table = parse_table(data, name, problems)
        kind = _kind_of(table) if table else None
        if table and kind:
            found.setdefault(kind.field, []).extend(one for row in table.rows if (one := kind.read(row, problems)))
        elif table:
            left_out.append(name)
    if not problems.errors and not found:
        _say_what_is_expected(path, problems)
    if problems.errors:
        return None, problems
    stated: dict[str, Any] = {field: tuple(ones) for field, ones in found.items()}
    return Statements(SOURCE, left_out=tuple(left_out), **stated), problems


def _say_what_is_expected(path: Path, problems: Problems) -> None:
    names = ", ".join(kind.file for kind in _KINDS)
    message = f"no table of LinkedIn's export is in it ({names})"
    hint = "LinkedIn > Settings > Data privacy > Get a copy of your data"
    problems.add("import-format", message, Position(shown_path(path)), hint=hint)


# --- the files --------------------------------------------------------------------------------------------------------


def _files(path: Path) -> tuple[dict[str, bytes], Problems]:
    """The files that may be ours, by the names that positions carry."""
    if path.is_dir():
        return _of_a_folder(path)
    data, problems = read_bytes(path, limit=ARCHIVE_LIMIT)
    if data is None:
        return {}, problems
    if not data.startswith(b"PK"):
        return {shown_path(path): data}, problems
    members = read_members(data, shown_path(path), _is_wanted, problems) or {}
    return {f"{shown_path(path)}/{name}": content for name, content in members.items()}, problems


def _of_a_folder(folder: Path) -> tuple[dict[str, bytes], Problems]:
    problems = Problems()
    files: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.csv")):
        if _is_wanted(path.name):
            data, own = read_bytes(path)
            problems.extend(own)
            files |= {shown_path(path): data} if data is not None else {}
    return files, problems


def _is_wanted(name: str) -> bool:
    return name.lower() in {kind.file.lower() for kind in _KINDS}


def _kind_of(table: CsvTable) -> _Kind | None:
    return next(
        (kind for kind in _KINDS if kind.columns <= table.forms and (not kind.alone or kind.columns == table.forms)),
        None,
    )


# --- the rows ---------------------------------------------------------------------------------------------------------


def _certification(row: Row, problems: Problems) -> StatedCertification | None:
    name = one_line(row.get("Name"))
    if not name:
        return None
    return StatedCertification(
        name,
        row.at,
        issuer=one_line(row.get("Authority")),
        earned=day_of(row.get("Started On"), "Started On", row.at, problems),
        expires=day_of(row.get("Finished On"), "Finished On", row.at, problems),
        number=one_line(row.get("License Number"), 100),
        url=one_line(row.get("Url")),
    )


def _position(row: Row, problems: Problems) -> StatedPosition | None:
    title = one_line(row.get("Title"))
    if not title:
        return None
    return StatedPosition(
        title,
        row.at,
        employer=one_line(row.get("Company Name")),
        from_=day_of(row.get("Started On"), "Started On", row.at, problems),
        to=day_of(row.get("Finished On"), "Finished On", row.at, problems),
    )


def _education(row: Row, problems: Problems) -> StatedEducation | None:
    degree, school = one_line(row.get("Degree Name")), one_line(row.get("School Name"))
    if not (degree or school):
        return None
    return StatedEducation(
        degree,
        row.at,
        school=school,
        from_=day_of(row.get("Start Date"), "Start Date", row.at, problems),
        to=day_of(row.get("End Date"), "End Date", row.at, problems),
    )


def _skill(row: Row, problems: Problems) -> StatedSkill | None:  # noqa: ARG001 - as the others
    name = one_line(row.get("Name"))
    return StatedSkill(name, row.at) if name else None


def _known_by(*columns: str) -> frozenset[str]:
    return frozenset(columns)


_KINDS = (
    _Kind(
        "Certifications.csv",
        _known_by("name", "authority", "started-on", "finished-on"),
        "certifications",
        _certification,
    ),
    _Kind("Positions.csv", _known_by("title", "company-name", "started-on", "finished-on"), "positions", _position),
    _Kind("Education.csv", _known_by("school-name", "degree-name"), "educations", _education),
    _Kind("Skills.csv", _known_by("name"), "skills", _skill, alone=True),
)
