"""How fast calendars are written beside icalendar, and how memory grows: ``python benchmarks/calendars.py [--quick]``.

Both sides build the same all-day events with two alarms from the same plain rows, and what they write parses to
equal objects (checked first). Medians of alternating runs in one process; memory from fresh processes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from pmcareer.render.ics import write_calendar
from pmcareer.views.agenda import Agenda, Alarm, Entry, Key, Kind
from pmcareer.views.calendars.changes import changes

if TYPE_CHECKING:
    from icalendar import Event as TheirEvent

NAMESPACE = UUID("0e7c2f3a-93f1-4c07-8a53-5a4f4be0a1d7")
AS_OF = dt.date(2026, 1, 5)
TARGET_RATIO, TARGET_GROWTH = 20, 1.1
DESCRIPTION = (
    "Report 60 PDUs, 14 are missing: 9 of Education (3 Ways of Working, 6 Power Skills).\n"
    "Pay 150 USD; members pay 60 USD.\nWhere: ccrs.pmi.org\nRule: PMI Certification Handbook, read 2025-11-20"
)
CATEGORIES = ("Certification", "Renewal")


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one deadline."""

    person: str
    day: dt.date


def rows(count: int) -> Iterator[Row]:
    for number in range(count):
        yield Row(f"p{number}", dt.date(2026 + number % 5, 1 + number % 12, 1 + number % 28))


def entries(count: int) -> Iterator[Entry]:
    alarms = (Alarm(6, 15), Alarm(0, 15))
    for row in rows(count):
        yield Entry(
            key=Key("team", row.person, "pmp", Kind.RENEW_BY, 1),
            summary=f"PMP: renew by today [{row.person}]",
            description=DESCRIPTION,
            day=row.day,
            categories=CATEGORIES,
            url="https://ccrs.pmi.org/",
            alarms=alarms,
        )


def ours(count: int) -> Iterator[bytes]:
    agenda = Agenda("Certifications", NAMESPACE, AS_OF, entries(count))
    return write_calendar(agenda.name, changes(agenda))


def theirs(count: int) -> Iterator[bytes]:
    """The same events as icalendar's users write them; the hash is a constant, in icalendar's favour."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//pmcareer//ICS export 1//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", "Certifications")
    calendar.add("x-wr-calname", "Certifications")
    stamp = dt.datetime(AS_OF.year, AS_OF.month, AS_OF.day, tzinfo=dt.UTC)
    for row in rows(count):
        calendar.add_component(_their_event(row, stamp))
    yield calendar.to_ical(sorted=False)


def _their_event(row: Row, stamp: dt.datetime) -> TheirEvent:
    from icalendar import Alarm as TheirAlarm
    from icalendar import Event as TheirEvent

    event = TheirEvent()
    title = f"PMP: renew by today [{row.person}]"
    event.add("uid", f"pmcareer-{uuid5(NAMESPACE, f'team|{row.person}|pmp|1|renew-by|')}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", 0)
    event.add("dtstart", row.day)
    event.add("dtend", row.day + dt.timedelta(days=1))
    event.add("summary", title)
    event.add("description", DESCRIPTION)
    event.add("categories", list(CATEGORIES))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("url", "https://ccrs.pmi.org/")
    event.add("x-pmcareer-key", "0" * 32)
    for before in (dt.timedelta(days=6, hours=15), dt.timedelta(hours=15)):
        alarm = TheirAlarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def microseconds_each(write: Callable[[int], Iterator[bytes]], count: int) -> float:
    start = time.perf_counter()
    for _ in write(count):
        pass
    return (time.perf_counter() - start) / count * 1e6


def parsed(write: Callable[[int], Iterator[bytes]]) -> list[dict[str, Any]]:
    """The events that *write* wrote as icalendar reads them, but for the hash, which only one side computes."""
    from icalendar import Calendar

    events = Calendar.from_ical(b"".join(write(200))).walk("VEVENT")
    shown = [{name: value for name, value in event.items() if name != "X-PMCAREER-KEY"} for event in events]
    alarms = [[dict(alarm.items()) for alarm in event.subcomponents] for event in events]
    return [event | {"alarms": rings} for event, rings in zip(shown, alarms, strict=True)]


def peak_megabytes(side: str, count: int) -> float:
    """Peak memory of a fresh process that writes *count* events to nowhere."""
    command = [sys.executable, __file__, "--write", side, str(count)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout) / 1024


def verdict(value: float, target: float, *, at_least: bool) -> str:
    met = value >= target if at_least else value <= target
    return f"{value:.2f} (target {'≥' if at_least else '≤'} {target}: {'met' if met else 'MISSED'})"


def compare(runs: int, count: int) -> None:
    if parsed(ours) != parsed(theirs):
        sys.exit("the two sides do not write equal events: nothing to compare")
    pairs = [(microseconds_each(ours, count * 10), microseconds_each(theirs, count)) for _ in range(runs)]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(theirs_ / ours_ for ours_, theirs_ in pairs)
    print(f"ours {mine:.1f} µs an event ({1e6 / mine:,.0f}/s), icalendar {other:.0f} µs ({1e6 / other:,.0f}/s)")
    print(f"icalendar's time / ours: {verdict(ratio, TARGET_RATIO, at_least=True)}, median of {runs} runs")


def growth(small: int, large: int) -> None:
    few, many = peak_megabytes("ours", small), peak_megabytes("ours", large)
    print(f"peak memory: {few:.1f} MB at {small:,} events, {many:.1f} MB at {large:,}")
    print(f"memory, large / small: {verdict(many / few, TARGET_GROWTH, at_least=False)}")
    print(f"icalendar: {peak_megabytes('theirs', small):.0f} MB at {small:,} events")
    for count in (small, small * 10):
        print(f"time at {count:,} events: {microseconds_each(ours, count):.1f} µs an event")


def write_to_nowhere(side: str, count: int) -> None:
    for _ in {"ours": ours, "theirs": theirs}[side](count):
        pass
    print(peak_kilobytes())


def peak_kilobytes() -> int:
    """Of this process alone: ru_maxrss also remembers the process that started it, so Linux is asked first."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer events: a look, not a measurement")
    parser.add_argument("--write", nargs=2, metavar=("SIDE", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write_to_nowhere(options.write[0], int(options.write[1]))
        return
    print(f"{platform.machine()}, Python {platform.python_version()}")
    compare(runs=7, count=200 if options.quick else 2_000)
    growth(1_000 if options.quick else 10_000, 20_000 if options.quick else 1_000_000)


if __name__ == "__main__":
    main()
