"""Reminders: short ones become alarms, long ones entries of their own, for many clients drop alarms.

Up to 28 days before, three at most: alarms. Longer: all-day milestones, each with an alarm the day before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pmcareer.values import dataclass
from pmcareer.views.agenda import LONGEST_ALARM, MOST_ALARMS, Alarm, Entry, Kind

MOST_REMINDERS = 12

_REMINDER = re.compile(r"(\d{1,4})(w|d|h|min|m)", re.ASCII)
_MINUTES = {"w": 7 * 24 * 60, "d": 24 * 60, "h": 60, "min": 1, "m": 1}
_DAY = 24 * 60
_WEEK = 7 * _DAY

DEADLINES = frozenset(
    {
        Kind.RENEW_BY,
        Kind.REPORTING_GRACE_ENDS,
        Kind.EARNING_GRACE_ENDS,
        Kind.SUSPENSION_ENDS,
        Kind.EXPIRES,
        Kind.YEARLY_MINIMUM,
        Kind.FEE_DUE,
    }
)


@dataclass(frozen=True, slots=True)
class Reminders:
    """How long before to warn: ``alarms`` in minutes, the important one first; ``milestones`` in days."""

    alarms: tuple[int, ...] = ()
    milestones: tuple[int, ...] = ()


def parse_reminders(text: str) -> Reminders:
    """``90d,60d,7d,1d`` (also ``2h``, ``15min``, ``4w``); an empty text or ``none`` asks for none.

    Raises ValueError that says what is wrong: an unknown form, nothing before the start, too many.
    """
    words = [word.strip() for word in text.lower().split(",") if word.strip()]
    if words == ["none"]:
        return Reminders()
    distances = sorted({_distance(word) for word in words}, reverse=True)
    short = [minutes for minutes in distances if minutes <= LONGEST_ALARM]
    if len(short) > MOST_ALARMS or len(distances) > MOST_REMINDERS:
        raise ValueError(
            f"at most {MOST_ALARMS} reminders of 28 days or less, for calendar programs keep no more, "
            f"and {MOST_REMINDERS} in all"
        )
    long = tuple(minutes // _DAY for minutes in distances if minutes > LONGEST_ALARM)
    return Reminders(alarms=important_first(short), milestones=long)


def important_first(distances: Iterable[int]) -> tuple[int, ...]:
    """First the one nearest to a week (time to still act: some clients keep one only), then far to near."""
    by_distance = sorted(set(distances), reverse=True)
    if not by_distance:
        return ()
    first = min(by_distance, key=lambda minutes: (abs(minutes - _WEEK), -minutes))
    return (first, *(minutes for minutes in by_distance if minutes != first))


def remind(entry: Entry, reminders: Reminders, *, milestone: str = "{summary} ({days} days left)") -> Iterator[Entry]:
    """The milestones of a deadline, the farthest first, and then the deadline itself with its alarms.

    Entries that are no deadlines, and those done or cancelled, come back alone and as they are.
    """
    if entry.key.kind not in DEADLINES or entry.done or entry.cancelled:
        yield entry
        return
    for days in reminders.milestones:
        if entry.first_day.toordinal() > days:
            yield _milestone(entry, days, milestone)
    yield replace(entry, alarms=_alarms(entry, reminders))


def default_reminders(kind: Kind) -> Reminders:
    """What each kind of entry rings and announces by unless asked otherwise."""
    match kind:
        case Kind.RENEW_BY:
            return Reminders(alarms=(7 * _DAY, 28 * _DAY, _DAY), milestones=(90, 60))
        case Kind.FEE_DUE | Kind.PACE:
            return Reminders(alarms=(7 * _DAY,))
        case Kind.EXAM:
            return Reminders(alarms=(_DAY, 120))
        case Kind.STUDY:
            return Reminders(alarms=(15,))
        case _:
            return Reminders(alarms=(_DAY,))


def remind_by_default(entry: Entry) -> Iterator[Entry]:
    """*entry* with the reminders of its kind, milestones included."""
    defaults = default_reminders(entry.key.kind)
    if entry.key.kind in DEADLINES:
        yield from remind(entry, defaults)
    elif entry.done or entry.cancelled:
        yield entry
    else:
        yield replace(entry, alarms=_alarms(entry, defaults))


def alarm_before(entry: Entry, minutes: int) -> Alarm:
    """The alarm *minutes* before a timed entry, or on the morning of that day for a whole-day one.

    Less than a day before whole days is the morning of the day before: no alarm rings after the start.
    """
    if entry.day is not None:
        return Alarm.mornings_before(max(1, minutes // _DAY))
    days, rest = divmod(minutes, _DAY)
    return Alarm(days, *divmod(rest, 60))


def _alarms(entry: Entry, reminders: Reminders) -> tuple[Alarm, ...]:
    """Each alarm once, though ``1d`` and ``2h`` before a whole day ring on the same morning."""
    return tuple(dict.fromkeys(alarm_before(entry, minutes) for minutes in reminders.alarms))


def _distance(word: str) -> int:
    match = _REMINDER.fullmatch(word)
    if not match or not int(match[1]):
        raise ValueError(f"{word!r} is not a reminder such as 60d, 7d, 2h or 15min")
    minutes = int(match[1]) * _MINUTES[match[2]]
    if minutes > LONGEST_ALARM and minutes % _DAY:
        raise ValueError(f"{word!r}: reminders of more than 28 days are in whole days")
    return minutes


def _milestone(entry: Entry, days: int, text: str) -> Entry:
    """An all-day entry *days* before *entry*; its UID hangs on the deadline it warns of, not on its date."""
    return Entry(
        key=replace(entry.key, kind=Kind.MILESTONE, n=f"{entry.key.kind}/{entry.key.n}/{days}d"),
        summary=text.format(summary=entry.summary, days=days),
        description=entry.description,
        day=entry.first_day - dt.timedelta(days=days),
        categories=entry.categories,
        tentative=entry.tentative,
        url=entry.url,
        alarms=(Alarm.mornings_before(1),),
    )
