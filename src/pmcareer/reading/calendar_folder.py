"""The file that a folder of a team's calendars keeps: the namespace by which all their entries stay themselves."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from pmcareer.model.calendar_delivery import FOLDER_FILE, FOLDER_SCHEMA
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import shown_path
from pmcareer.reading.json_files import read_json

_LIMIT = 64 * 1024


def read_calendar_folder(folder: Path) -> tuple[UUID | None, Problems]:
    """The namespace kept in *folder*; None where it keeps none yet, and a problem where its file is not one of ours."""
    path = folder / FOLDER_FILE
    if not path.exists():
        return None, Problems()
    document, problems = read_json(path, limit=_LIMIT)
    if problems.errors:
        return None, problems
    try:
        if document["schema"] != FOLDER_SCHEMA:
            raise ValueError(f"its schema is not {FOLDER_SCHEMA}")
        return UUID(document["namespace"]), problems
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"this is no state file of pmcareer: {error}"
        problems.add("calendar-state", message, Position(shown_path(path)), hint="move it away to start afresh")
        return None, problems
