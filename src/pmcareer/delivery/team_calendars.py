"""A folder of calendars, one file a person, a manager or the team, each brought up to date or left as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

from pmcareer.delivery.publish import Feed, Press, put
from pmcareer.errors import DataInvalidError
from pmcareer.model.calendar_delivery import FOLDER_FILE, FOLDER_SCHEMA
from pmcareer.problems import Problem
from pmcareer.views.calendars.team import TeamCalendar, Written

FileName = Callable[[str, str], str]
"""The file of a kind of calendar (``person``, ``manager``, ``team``) and whose it is."""


def write_calendars(
    folder: Path, calendars: Iterable[TeamCalendar], name: FileName, press: Press, refused: list[Problem]
) -> Iterator[Written]:
    """Bring each of *calendars* up to date in *folder*.

    Nobody gets a file without any entries, but one that is there is brought up to date. Where a file that is not
    ours stands, it stays, *refused* says so, and the others are written all the same.
    """
    for one in calendars:
        path = folder / name(one.kind, one.who)
        if one.agenda.entries == () and not path.exists():
            continue
        try:
            done = put(path, Feed(one.kind, one.who, one.agenda), press)
        except DataInvalidError as error:
            refused.extend(error.problems)
            continue
        yield Written(one.kind, one.who, done.name, done.size, done.changed, done.too_large_for_google)


def others_in(folder: Path, written: Iterable[Written]) -> int:
    """How many calendar files of *folder* are not among those *written*."""
    own = {one.file for one in written}
    return sum(path.name not in own for path in folder.glob("*.ics"))


def folder_file(folder: Path) -> Path:
    """Where the folder keeps its namespace."""
    return folder / FOLDER_FILE


def namespace_as_json(namespace: UUID) -> bytes:
    """*namespace* as ``reading.calendar_folder`` reads it."""
    return f"{json.dumps({'schema': FOLDER_SCHEMA, 'namespace': str(namespace)}, indent=2)}\n".encode()
