"""What other people's parsers see in our calendars is what was meant, on texts and shapes they trip over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.agendas import export, key, typical
from tests.interop.programs import JAVASCRIPT_READERS, PYTHON_READERS, expected, seen_by

from pmcareer.views.agenda import Alarm, Entry, Kind

READERS = (*PYTHON_READERS, *JAVASCRIPT_READERS, "libical")


def noted(number: int, text: str) -> Entry:
    return Entry(
        key=key("pmp", Kind.PACE, 1, str(number)),
        summary=f"Text {number}: {text[:30].strip()}",
        description=text.strip(),
        day=dt.date(2026, 1, 1) + dt.timedelta(days=number),
        alarms=(Alarm(6, 15), Alarm(0, 0, 15), Alarm(27, 23, 59)),
    )


def awkward() -> list[Entry]:
    """Folds at every offset over wide characters and escapes, and texts that look like the format itself."""
    texts = [
        *("x" * n + "é日👩‍💻\\;,\n" * 12 for n in range(60, 76, 3)),
        "END:VEVENT\nBEGIN:VEVENT\nUID:forged\nX:;,:",
        '"quoted"; param="a:b", ^n ^^ %0A &amp; <b>',
        "C:\\Users\\me; 50\\50, and \\",
        "مهلة تجديد شهادة إدارة المشاريع، قبل نهاية الشهر؛ والرسوم مئة وخمسون دولارا\nتنتهي",
    ]
    return [noted(number, text) for number, text in enumerate(texts)]


def told(reader: str, known: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """*event*, of what the reader answers at all; ics keeps no order of lists."""
    values = {name: event[name] for name in known}
    lists = ("alarms", "categories") if reader == "ics" else ()
    return values | {name: sorted(values[name]) for name in lists}


def differences(reader: str, entries: list[Entry], folder: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What *reader* sees beside what was meant, where the two differ."""
    path = folder / "mine.ics"
    path.write_bytes(export(entries))
    seen = {event["uid"]: event for event in seen_by(reader, path)}
    meant = {event["uid"]: event for event in expected(entries)}
    assert seen.keys() == meant.keys()
    pairs = ((seen[uid], told(reader, seen[uid], meant[uid])) for uid in seen)
    return [(one, other) for one, other in pairs if one != other]


@pytest.mark.parametrize("reader", READERS)
def test_what_is_meant_is_what_is_seen(reader: str, tmp_path: Path) -> None:
    assert differences(reader, [*typical(), *awkward()], tmp_path) == []


ASTRAY = pytest.mark.xfail(strict=True, reason="takes an escaped backslash before an n for a new line")
ASTRAY_READERS = {"ics", "node-ical"}


@pytest.mark.parametrize(
    "reader", [pytest.param(reader, marks=ASTRAY if reader in ASTRAY_READERS else ()) for reader in READERS]
)
def test_a_backslash_before_an_n_stays_one(reader: str, tmp_path: Path) -> None:
    assert differences(reader, [noted(1, "C:\\new\\Notes \\n \\\\n")], tmp_path) == []


@pytest.mark.parametrize("reader", READERS)
def test_an_empty_calendar_is_one(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.ics"
    path.write_bytes(export([]))
    assert seen_by(reader, path) == []
