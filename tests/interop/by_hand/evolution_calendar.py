"""What Evolution Data Server (GNOME Calendar, Evolution) makes of files imported one after the other.

Run by ``run.py`` with the system's Python, which has GNOME's bindings, inside a session bus and a home of its own.
Prints the events that stand in the calendar after each file, as JSON lines.
"""

import json
import sys
from pathlib import Path

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402

PATIENCE = 30  # seconds


def main(paths):
    """Import each file as Evolution's importer does, and tell what is there then."""
    registry = EDataServer.SourceRegistry.new_sync(None)
    client = ECal.Client.connect_sync(registry.ref_builtin_calendar(), ECal.ClientSourceType.EVENTS, PATIENCE, None)
    for path in paths:
        calendar = ICalGLib.Parser.parse_string(Path(path).read_text(encoding="utf-8"))
        calendar.set_method(ICalGLib.PropertyMethod.PUBLISH)
        client.receive_objects_sync(calendar, ECal.OperationFlags.NONE, None)
        _, components = client.get_object_list_sync("#t", None)
        print(json.dumps([told(component) for component in components]))


def told(component):
    """One event in plain words."""
    start, end = component.get_dtstart(), component.get_dtend()
    alarms = 0
    alarm = component.get_first_component(ICalGLib.ComponentKind.VALARM_COMPONENT)
    while alarm is not None:
        alarms += 1
        alarm = component.get_next_component(ICalGLib.ComponentKind.VALARM_COMPONENT)
    return {
        "uid": component.get_uid(),
        "summary": component.get_summary(),
        "description": component.get_description(),
        "start": start.as_ical_string(),
        "end": end.as_ical_string(),
        "cancelled": component.get_status() == ICalGLib.PropertyStatus.CANCELLED,
        "alarms": alarms,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
