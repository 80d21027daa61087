"""A linter of the bytes of our calendars: every form that some real client trips over is a named finding.

Written from the rules (docs/reference/calendar-clients.md), not from the writer: it shares no code with it and
parses no more than it must.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CALENDAR_HEAD = ("VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME")
FEED_HEAD = ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")
EVENT_ORDER = (
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "CATEGORIES",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "URL",
    "X-PMCAREER-KEY",
)
OPTIONAL = {"LOCATION", "URL"}
ALARM_ORDER = ("ACTION", "DESCRIPTION", "TRIGGER")
LONGEST_ALARM = dt.timedelta(days=28)

RULES = {
    "bom": "The file begins with a byte order mark.",
    "utf8": "The bytes are not UTF-8.",
    "line-end": "A line does not end in CR LF, or a CR or LF stands alone.",
    "empty-line": "A line is empty.",
    "too-long": "A physical line holds more than 75 octets.",
    "split-character": "A fold cuts a character in two.",
    "split-escape": "A fold stands between a backslash and what it escapes.",
    "control": "A control character, line separator or noncharacter stands in the text.",
    "envelope": "The file is not exactly one VCALENDAR, from its first line to its last.",
    "method": "The calendar has a METHOD.",
    "calendar-head": "The calendar's own properties are not those expected, in their order.",
    "calendar-value": "A property of the calendar has another value than it must have.",
    "component": "A component stands where none of its kind belongs, or is not closed.",
    "event-order": "The properties of an event are not those expected, once each, in their order.",
    "alarm-last": "Something follows the alarms of an event.",
    "uid": "A UID is not of our form.",
    "uid-twice": "Two events share a UID.",
    "stamp": "DTSTAMP is not a midnight in UTC, or LAST-MODIFIED differs from it.",
    "sequence": "SEQUENCE is not a number from 0 on.",
    "span": "DTSTART and DTEND are not two days or two UTC moments, the second after the first.",
    "empty": "SUMMARY, DESCRIPTION, LOCATION or the name of the calendar says nothing.",
    "escape": "A text has a character unescaped, or an escape that does not exist.",
    "categories": "CATEGORIES holds an empty one.",
    "status": "STATUS is not one of the three.",
    "transparency": "TRANSP and the busy status do not agree, or whole days are not transparent.",
    "url": "URL is not a plain ASCII address of http, https or mailto.",
    "key": "X-PMCAREER-KEY is not a hash.",
    "alarm-order": "The properties of an alarm are not ACTION, DESCRIPTION, TRIGGER.",
    "alarm-action": "ACTION is not DISPLAY.",
    "trigger": "TRIGGER is not of the form -PnDTnHnM, or not before the start, or more than 28 days before.",
    "alarm-count": "An event has more than three alarms, or two equal ones.",
    "alarm-mute": "What is done or cancelled still rings.",
}

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z]+=[A-Z-]+)*):(.*)", re.DOTALL)
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
_CATEGORY_LIST = re.compile(r"(?:[^\\;,]|\\[\\;,n])+(?:,(?:[^\\;,]|\\[\\;,n])+)*")
_UID = re.compile(r"pmcareer-[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TRIGGER = re.compile(r"-P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?")
_BUSY = {("TRANSPARENT", "FREE"), ("OPAQUE", "BUSY")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, at a physical line (from 1; 0: the file)."""

    rule: str
    line: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line: unfolded, split into name, parameters and value."""

    number: int
    name: str
    parameters: str
    value: str


def lint(data: bytes, *, feed: bool = False) -> list[Finding]:
    """All findings of *data*; with *feed*, the file must say how often to fetch it again."""
    findings = list(_physical(data))
    if findings:
        return findings
    lines = _logical(data)
    return list(_calendar(lines, feed=feed))


def _physical(data: bytes) -> Iterator[Finding]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield Finding("bom", 1)
        return
    try:
        text = data.replace(b"\r\n ", b"").decode("utf-8")  # a character that a fold cuts is another rule's
    except UnicodeDecodeError as error:
        yield Finding("utf8", data[: error.start].count(b"\n") + 1, str(error))
        return
    if re.search(rb"\r(?!\n)|(?<!\r)\n", data) or not data.endswith(b"\r\n"):
        yield Finding("line-end", 0)
        return
    lines = data.split(b"\r\n")[:-1]
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else b""
        yield from _physical_line(number, line, following)
    for match in _CONTROL.finditer(text.replace("\r\n", "")):
        yield Finding("control", 0, f"U+{ord(match[0]):04X}")


def _physical_line(number: int, line: bytes, following: bytes) -> Iterator[Finding]:
    if not line:
        yield Finding("empty-line", number)
    if len(line) > 75:
        yield Finding("too-long", number, f"{len(line)} octets")
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        if following.startswith(b" "):  # the next line, cut in two as well, has told already
            yield Finding("split-character", number)
    backslashes = len(line) - len(line.rstrip(b"\\"))
    if following.startswith(b" ") and backslashes % 2:
        yield Finding("split-escape", number)


def _logical(data: bytes) -> list[Line]:
    lines: list[Line] = []
    folded = re.split(r"\r\n(?! )", data.decode("utf-8"))[:-1]
    number = 1
    for raw in folded:
        match = _LINE.fullmatch(raw.replace("\r\n ", ""))
        name, parameters, value = match.groups() if match else ("?", "", raw)
        lines.append(Line(number, name, parameters, value))
        number += raw.count("\r\n") + 1
    return lines


def _calendar(lines: Sequence[Line], *, feed: bool) -> Iterator[Finding]:
    marks = [f"{line.name}:{line.value}" for line in lines]
    begins, ends = marks.count("BEGIN:VCALENDAR"), marks.count("END:VCALENDAR")
    if (begins, ends) != (1, 1) or marks[0] != "BEGIN:VCALENDAR" or marks[-1] != "END:VCALENDAR":
        yield Finding("envelope", 0)
        return
    inner = list(lines[1:-1])
    head_length = next((i for i, line in enumerate(inner) if line.name == "BEGIN"), len(inner))
    yield from _head(inner[:head_length], feed=feed)
    uids: set[str] = set()
    for event in _components(inner[head_length:], "VEVENT"):
        if isinstance(event, Finding):
            yield event
            continue
        yield from _event(event)
        uid = event[1].value
        if uid in uids:
            yield Finding("uid-twice", event[0].number, uid)
        uids.add(uid)


def _head(head: Sequence[Line], *, feed: bool) -> Iterator[Finding]:
    names = tuple(line.name for line in head)
    if "METHOD" in names:
        yield Finding("method", head[names.index("METHOD")].number)
        return
    if names != CALENDAR_HEAD + FEED_HEAD * feed:
        yield Finding("calendar-head", 1, " ".join(names))
        return
    values = {line.name: line.parameters + line.value for line in head}
    expected = {"VERSION": "2.0", "PRODID": "-//pmcareer//ICS export 1//EN", "CALSCALE": "GREGORIAN"}
    expected["X-WR-CALNAME"] = values["NAME"]
    if feed:
        expected |= {"REFRESH-INTERVAL": ";VALUE=DURATIONPT12H", "X-PUBLISHED-TTL": "PT12H"}
    for line in head:
        if line.name in expected and values[line.name] != expected[line.name]:
            yield Finding("calendar-value", line.number, line.name)
    yield from (Finding("escape", line.number) for line in head if not _TEXT.fullmatch(line.value))
    yield from (Finding("empty", line.number) for line in head if not line.value.strip())


def _components(lines: Sequence[Line], kind: str) -> Iterator[list[Line] | Finding]:
    """The components of *kind* that *lines* consist of, without their END; a finding where there is more."""
    component: list[Line] | None = None
    for line in lines:
        if component is None:
            component = [line]
            if (line.name, line.value) != ("BEGIN", kind):
                yield Finding("component", line.number, line.value)
                return
        elif (line.name, line.value) == ("END", kind):
            yield component
            component = None
        else:
            component.append(line)
    if component is not None:
        yield Finding("component", component[0].number, f"{kind} is not closed")


def _event(event: Sequence[Line]) -> Iterator[Finding]:
    length = next((i for i, line in enumerate(event[1:], 1) if line.name == "BEGIN"), len(event))
    properties, rest = event[1:length], event[length:]
    names = [line.name for line in properties]
    if names != [name for name in EVENT_ORDER if name in names or name not in OPTIONAL]:
        yield Finding("event-order", event[0].number, " ".join(names))
        return
    by_name = {line.name: line for line in properties}
    yield from _identity(by_name)
    yield from _span(by_name)
    yield from _texts(by_name)
    yield from _standing(by_name)
    yield from _alarms(rest, by_name)


def _identity(event: dict[str, Line]) -> Iterator[Finding]:
    if not _UID.fullmatch(event["UID"].value):
        yield Finding("uid", event["UID"].number, event["UID"].value)
    stamp = event["DTSTAMP"]
    midnight = re.fullmatch(r"(\d{8})T000000Z", stamp.value)
    if not midnight or _day(midnight[1]) is None or event["LAST-MODIFIED"].value != stamp.value:
        yield Finding("stamp", stamp.number)
    if not re.fullmatch(r"0|[1-9]\d*", event["SEQUENCE"].value):
        yield Finding("sequence", event["SEQUENCE"].number)
    if not re.fullmatch(r"[0-9a-f]{32}", event["X-PMCAREER-KEY"].value):
        yield Finding("key", event["X-PMCAREER-KEY"].number)
    if event["STATUS"].value not in {"CONFIRMED", "TENTATIVE", "CANCELLED"}:
        yield Finding("status", event["STATUS"].number)


def _span(event: dict[str, Line]) -> Iterator[Finding]:
    start, end = event["DTSTART"], event["DTEND"]
    read = _day if start.parameters == ";VALUE=DATE" else _moment
    parameters_fit = start.parameters == end.parameters and start.parameters in {"", ";VALUE=DATE"}
    begins, ends = read(start.value), read(end.value)
    if not parameters_fit or begins is None or ends is None or not begins < ends:
        yield Finding("span", start.number, f"{start.value} to {end.value}")


def _texts(event: dict[str, Line]) -> Iterator[Finding]:
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        if name in event and not _TEXT.fullmatch(event[name].value):
            yield Finding("escape", event[name].number, name)
        if name in event and not event[name].value.replace("\\n", "").strip():
            yield Finding("empty", event[name].number, name)
    if not _CATEGORY_LIST.fullmatch(event["CATEGORIES"].value):
        yield Finding("categories", event["CATEGORIES"].number)
    if "URL" in event and not re.fullmatch(r"(?:https?://|mailto:)[!-~]+", event["URL"].value, re.IGNORECASE):
        yield Finding("url", event["URL"].number)


def _standing(event: dict[str, Line]) -> Iterator[Finding]:
    busy = event["TRANSP"].value, event["X-MICROSOFT-CDO-BUSYSTATUS"].value
    whole_day = event["DTSTART"].parameters == ";VALUE=DATE"
    if busy not in _BUSY or (whole_day and busy[0] != "TRANSPARENT"):
        yield Finding("transparency", event["TRANSP"].number, "/".join(busy))


def _alarms(lines: Sequence[Line], event: dict[str, Line]) -> Iterator[Finding]:
    alarms: list[list[Line]] = []
    for alarm in _components(lines, "VALARM"):
        if isinstance(alarm, Finding):
            after = lines[0].value == "VALARM" and alarm.message != "VALARM is not closed"
            yield Finding("alarm-last", alarm.line) if after else alarm
            return
        alarms.append(alarm)
    for alarm in alarms:
        yield from _alarm(alarm)
    triggers = [alarm[-1].value for alarm in alarms]
    if len(alarms) > 3 or len(set(triggers)) < len(triggers):
        yield Finding("alarm-count", event["UID"].number)
    if alarms and (event["STATUS"].value == "CANCELLED" or event["SUMMARY"].value.startswith("Done: ")):
        yield Finding("alarm-mute", event["UID"].number)


def _alarm(alarm: Sequence[Line]) -> Iterator[Finding]:
    if tuple(line.name for line in alarm[1:]) != ALARM_ORDER:
        yield Finding("alarm-order", alarm[0].number)
        return
    action, description, trigger = alarm[1:]
    if action.value != "DISPLAY":
        yield Finding("alarm-action", action.number)
    if not _TEXT.fullmatch(description.value):
        yield Finding("escape", description.number)
    match = _TRIGGER.fullmatch(trigger.value)
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    before = dt.timedelta(days=days, hours=hours, minutes=minutes)
    if trigger.parameters or not dt.timedelta(0) < before <= LONGEST_ALARM:
        yield Finding("trigger", trigger.number, trigger.value)


def _day(digits: str) -> dt.datetime | None:
    return _parsed(digits, "%Y%m%d") if re.fullmatch(r"\d{8}", digits) else None


def _moment(digits: str) -> dt.datetime | None:
    return _parsed(digits, "%Y%m%dT%H%M%SZ") if re.fullmatch(r"\d{8}T\d{6}Z", digits) else None


def _parsed(digits: str, form: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(digits, form).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
