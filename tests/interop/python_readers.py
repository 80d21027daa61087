"""Readers of calendars from PyPI, each asked what it sees: ``python python_readers.py vobject FILE`` prints JSON.

Runs in an environment of its own (requirements.txt) and knows nothing of pmcareer. Every reader answers in the same
words; what it does not offer is left out.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def moment(value: Any) -> str:
    """A day as 2026-06-14, a moment as 2026-05-11T07:00:00Z."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def minutes_before(value: dt.timedelta) -> int:
    return int(-value.total_seconds() // 60)


def of_vobject(text: str) -> list[dict[str, Any]]:
    calendar = import_module("vobject").readOne(text)
    found = []
    for event in getattr(calendar, "vevent_list", []):
        alarms = [minutes_before(alarm.trigger.value) for alarm in getattr(event, "valarm_list", [])]
        found.append(
            {
                "uid": event.uid.value,
                "summary": event.summary.value,
                "description": event.description.value,
                "location": event.location.value if hasattr(event, "location") else "",
                "categories": list(event.categories.value),
                "start": moment(event.dtstart.value),
                "end": moment(event.dtend.value),
                "status": event.status.value,
                "sequence": int(event.sequence.value),
                "alarms": alarms,
            }
        )
    return found


def of_ical(text: str) -> list[dict[str, Any]]:
    """Home Assistant's parser."""
    calendar = import_module("ical.calendar_stream").IcsCalendarStream.calendar_from_ics(text)
    return [
        {
            "uid": event.uid,
            "summary": event.summary,
            "description": event.description or "",
            "location": event.location or "",
            "categories": list(event.categories),
            "start": moment(event.dtstart),
            "end": moment(event.dtend),
            "status": event.status.value,
            "sequence": event.sequence,
            "alarms": [minutes_before(alarm.trigger) for alarm in event.alarm],
        }
        for event in calendar.events
    ]


def of_ics(text: str) -> list[dict[str, Any]]:
    """Keeps categories and alarms without their order, so that both are sorted here."""
    calendar = import_module("ics").Calendar(text)
    found = []
    for event in calendar.events:
        day = event.all_day
        found.append(
            {
                "uid": event.uid,
                "summary": event.name,
                "description": event.description or "",
                "location": event.location or "",
                "categories": sorted(event.categories),
                "start": moment(event.begin.date() if day else event.begin.datetime),
                "end": moment(event.end.date() if day else event.end.datetime),
                "status": event.status,
                "alarms": sorted(minutes_before(alarm.trigger) for alarm in event.alarms),
            }
        )
    return found


def of_icalevents(text: str) -> list[dict[str, Any]]:
    """Answers a span of time, so it is asked for all that a test agenda can hold."""
    events = import_module("icalevents.icalparser").parse_events(
        text, start=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), end=dt.datetime(2035, 1, 1, tzinfo=dt.UTC)
    )
    return [
        {
            "uid": event.uid,
            "summary": str(event.summary),
            "description": str(event.description),
            "location": str(event.location or ""),
            "categories": [str(category) for category in event.categories or []],
            "start": moment(event.start.date() if event.all_day else event.start),
            "status": str(event.status),
        }
        for event in events
    ]


READERS = {"vobject": of_vobject, "ical": of_ical, "ics": of_ics, "icalevents": of_icalevents}

if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes().decode("utf-8")
    json.dump(READERS[sys.argv[1]](content), sys.stdout)
