"""The Agenda: what goes into a calendar, before any medium. Days are inclusive; timed entries are in UTC.

Texts are plain strings, already in the reader's language; this module adds none of its own but the ``Done:``
of ``Shown.title``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from hashlib import sha1
from uuid import UUID

from pmcareer.values import dataclass

LONGEST_ALARM = 28 * 24 * 60  # minutes; longer ones are dropped or misread by too many programs
MOST_ALARMS = 3
GOOGLE_TAKES = 900_000  # bytes of a calendar file; its limit is 1 MB, and what fetches the file may count more

_WORKDAY_STARTS = 9  # an all-day reminder rings at nine in the morning, local time
_NO_OFFSET = dt.timedelta(0)
_COMMON_CATEGORIES = ("Certification",)

# Control characters but newline, lone surrogates, what XML (and so CalDAV) cannot carry, and all that some
# reader takes for the end of a line.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_URL = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


def plain_text(text: str) -> str:
    """*text* as every calendar can carry it.

    All ways to end a line become a newline, tabs a space; other control characters, lone surrogates and the
    noncharacters U+FFFE and U+FFFF are dropped.
    """
    if not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def plain_url(url: str) -> str:
    """*url* in plain ASCII, or nothing where it is not http, https or mailto."""
    from urllib.parse import quote

    url = plain_text(url).strip()
    return quote(url, safe=_URL_SAFE) if _URL.match(url) else ""


class Kind(StrEnum):
    """What an entry is about. The words are part of every UID: add new ones, never rename one."""

    RENEW_BY = "renew-by"
    MILESTONE = "milestone"
    WINDOW_OPENS = "window-opens"
    REPORTING_GRACE_ENDS = "reporting-grace-ends"
    EARNING_GRACE_ENDS = "earning-grace-ends"
    SUSPENSION_ENDS = "suspension-ends"
    EXPIRES = "expires"
    YEARLY_MINIMUM = "yearly-minimum"
    FEE_DUE = "fee-due"
    PACE = "pace"
    ELIGIBLE = "eligible"
    EXAM = "exam"
    PROMOTION = "promotion"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Key:
    """Who an entry is, whatever it says: the parts of its UID. No dates: a moved deadline stays itself.

    ``subject`` is the id of a certification, role or plan step; ``cycle`` counts renewal cycles (0: none);
    ``n`` tells entries of one kind and cycle apart.
    """

    view: str
    person: str
    subject: str
    kind: Kind
    cycle: int = 0
    n: str = ""

    def uid(self, namespace: UUID) -> str:
        """``pmcareer-`` and the name-based UUID (version 5) of the parts in *namespace*."""
        return uid_maker(namespace)(self)


@dataclass(frozen=True, slots=True)
class Alarm:
    """How long before the start an alarm rings; for a whole day the start is its midnight, local time."""

    days: int = 0
    hours: int = 0
    minutes: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.in_minutes <= LONGEST_ALARM:
            raise ValueError("an alarm rings before the start, at most 28 days")

    @property
    def in_minutes(self) -> int:
        """The whole distance in minutes."""
        return (self.days * 24 + self.hours) * 60 + self.minutes

    @classmethod
    def before(cls, minutes: int) -> Alarm:
        """So many minutes before the start."""
        return cls(minutes // (24 * 60), minutes // 60 % 24, minutes % 60)

    @classmethod
    def mornings_before(cls, days: int) -> Alarm:
        """At nine in the morning, *days* before a whole-day entry (1 or more)."""
        return cls(days - 1, 24 - _WORKDAY_STARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a calendar shows of one thing.

    Either whole days, ``day`` to ``last_day`` (both inclusive; ``last_day`` None: one day), or a span of time
    from ``start`` to ``end`` (aware, UTC). ``alarms`` stand in the order of importance. Texts become what a
    calendar can carry (``plain_text``); a blank description repeats the title, for libical takes an empty one
    for an error; a ``url`` that is not http, https or mailto is left out.
    """

    summary: str
    description: str = ""
    day: dt.date | None = None
    last_day: dt.date | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    categories: tuple[str, ...] = _COMMON_CATEGORIES
    tentative: bool = False
    cancelled: bool = False
    done: bool = False
    busy: bool = False
    url: str = ""
    location: str = ""
    alarms: tuple[Alarm, ...] = ()

    def __post_init__(self) -> None:
        _check_span(self.day, self.last_day, self.start, self.end)
        if self.busy and self.day is not None:
            raise ValueError("whole days never make anyone busy")
        if len(self.alarms) > MOST_ALARMS:
            raise ValueError(f"an entry has at most {MOST_ALARMS} alarms")
        if _UNSAFE.search(self.summary):
            object.__setattr__(self, "summary", plain_text(self.summary))
        if _UNSAFE.search(self.description):
            object.__setattr__(self, "description", plain_text(self.description))
        if not self.summary.strip():
            raise ValueError("an entry needs a summary")
        if not self.description.strip():
            object.__setattr__(self, "description", self.title)
        if self.location:
            object.__setattr__(self, "location", _unless_blank(plain_text(self.location)))
        if self.url:
            object.__setattr__(self, "url", plain_url(self.url))
        if self.categories is not _COMMON_CATEGORIES:
            object.__setattr__(self, "categories", _plain_categories(self.categories))

    @property
    def title(self) -> str:
        """The summary as shown: what is done says so."""
        return f"Done: {self.summary}" if self.done else self.summary

    @property
    def ringing(self) -> tuple[Alarm, ...]:
        """The alarms that still make sense: none for what is done or cancelled."""
        return () if self.done or self.cancelled else self.alarms

    @property
    def first_day(self) -> dt.date:
        """The first day of whole days; the UTC day on which a timed entry starts."""
        if self.day is not None:
            return self.day
        assert self.start is not None  # noqa: S101  (__post_init__ saw to it)
        return self.start.date()

    @property
    def ends_on(self) -> dt.date:
        """The last of whole days, inclusive; the UTC day on which a timed entry ends."""
        return self.end.date() if self.end is not None else self.last_day or self.first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Shown):
    """One thing on a calendar, and who it is across exports (``key``)."""

    key: Key


@dataclass(frozen=True, slots=True)
class Agenda:
    """A calendar's worth of entries, in the order in which they are to stand; ``entries`` may be a stream.

    ``namespace`` belongs to the profile (random once, then kept) and makes the UIDs its own; ``as_of`` is
    "today".
    """

    name: str
    namespace: UUID
    as_of: dt.date
    entries: Iterable[Entry]

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _unless_blank(plain_text(self.name)) or "pmcareer")


class uid_maker:  # noqa: N801  (used as a function)
    """UIDs of one namespace; the hash of the namespace is computed once, for streams of millions."""

    __slots__ = ("_seed",)

    def __init__(self, namespace: UUID) -> None:
        self._seed = sha1(namespace.bytes, usedforsecurity=False)

    def __call__(self, key: Key) -> str:
        """As ``Key.uid``."""
        parts = key.view, key.person, key.subject, str(key.cycle), key.kind.value, key.n
        name = "|".join(parts)
        if name.count("|") != len(parts) - 1 or "\\" in name:
            name = "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
        digest = self._seed.copy()
        digest.update(name.encode("utf-8", "surrogatepass"))
        h = digest.hexdigest()
        variant = "89ab"[int(h[16], 16) & 3]
        return f"pmcareer-{h[:8]}-{h[8:12]}-5{h[13:16]}-{variant}{h[17:20]}-{h[20:32]}"


def for_team(entry: Entry, person: str, *, view: str = "team") -> Entry:
    """*entry* as colleagues see it: its own UID, the name in brackets, no alarms, nothing but the title."""
    return replace(
        entry,
        key=replace(entry.key, view=view),
        summary=f"{entry.summary} [{person}]",
        description="",
        location="",
        url="",
        alarms=(),
    )


def local_note(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> str:
    """``2026-05-11 09:00–13:00 CDT``: a UTC span in the person's own time, for a description."""
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M}–{until} {ends.tzname()}"


def _check_span(
    day: dt.date | None, last_day: dt.date | None, start: dt.datetime | None, end: dt.datetime | None
) -> None:
    if day is not None:
        if start is not None or end is not None:
            raise ValueError("an entry has a day or a start and an end, not both")
        if last_day is not None and last_day < day:
            raise ValueError("an entry's last day lies before its first")
        if (last_day or day) == dt.date.max:
            raise ValueError("the day after lies beyond the calendar")
    elif last_day is not None or start is None or end is None or end <= start:
        raise ValueError("an entry needs a day, or a start and a later end")
    elif start.utcoffset() != _NO_OFFSET or end.utcoffset() != _NO_OFFSET:
        raise ValueError("timed entries are in UTC")


@lru_cache(maxsize=256)
def _plain_categories(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Without blank ones, and never none at all: every event has its CATEGORIES."""
    return tuple(filter(str.strip, map(plain_text, categories))) or _COMMON_CATEGORIES


def _unless_blank(text: str) -> str:
    return text if text.strip() else ""
