"""Agendas for tests, as the renewal engine and the planner would hand them over: one person's real-looking year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from pmcareer.model.calendar_ledger import Ledger
from pmcareer.reading.previous_calendar import read_ledger
from pmcareer.render.ics import write_calendar
from pmcareer.views.agenda import Agenda, Alarm, Entry, Key, Kind
from pmcareer.views.calendars.changes import changes
from pmcareer.views.calendars.reminders import remind_by_default

NAMESPACE = UUID("0e7c2f3a-93f1-4c07-8a53-5a4f4be0a1d7")
AS_OF = dt.date(2026, 1, 5)

# PMP earned 2023-06-15: the cycle's last day is the eve of the third anniversary.
PMP_LAST_DAY = dt.date(2026, 6, 14)


def key(subject: str, kind: Kind, cycle: int = 1, n: str = "") -> Key:
    return Key(view="mine", person="me", subject=subject, kind=kind, cycle=cycle, n=n)


def pmp_deadline(day: dt.date = PMP_LAST_DAY, *, done: bool = False) -> Entry:
    return Entry(
        key=key("pmp", Kind.RENEW_BY),
        summary="PMP: renew by today",
        description="Report 60 PDUs, 14 are missing: 9 of Education (3 Ways of Working, 6 Power Skills).\n"
        "Pay 150 USD; members pay 60 USD.\nWhere: ccrs.pmi.org\nRule: PMI Certification Handbook, read 2025-11-20",
        day=day,
        categories=("Certification", "Renewal"),
        url="https://ccrs.pmi.org/",
        done=done,
    )


def fee_due() -> Entry:
    return Entry(
        key=key("cissp", Kind.FEE_DUE, 2, "3"),
        summary="CISSP: annual maintenance fee, 135 USD",
        description="Für „Größe“ & Çédille: naïve café → 135 USD – 日本語の説明文がここに続きます、とても長い行です。",
        day=dt.date(2026, 3, 31),
        categories=("Certification", "Fee"),
    )


def exam() -> Entry:
    return Entry(
        key=key("prince2-practitioner", Kind.EXAM, 0),
        summary="Exam: PRINCE2 Practitioner",
        description="2026-05-11 09:00–11:30 CEST",
        start=dt.datetime(2026, 5, 11, 7, 0, tzinfo=dt.UTC),
        end=dt.datetime(2026, 5, 11, 9, 30, tzinfo=dt.UTC),
        categories=("Certification", "Exam"),
        busy=True,
        location="Pearson VUE; Hauptstraße 5, Berlin",
    )


def promotion() -> Entry:
    return Entry(
        key=key("senior-project-manager", Kind.PROMOTION, 0),
        summary="Could be: Senior Project Manager",
        description="Foreseen by the plan of 2026-01-05.",
        day=dt.date(2027, 9, 1),
        categories=("Career",),
        tentative=True,
    )


def conference() -> Entry:
    return Entry(
        key=key("pmp", Kind.PACE, 1, "1"),
        summary="PMP: 45 of 60 PDUs by the end of these days",
        day=dt.date(2026, 2, 26),
        last_day=dt.date(2026, 2, 28),
        alarms=(Alarm(6, 15),),
    )


def typical() -> list[Entry]:
    """All shapes: whole days, several days, timed, tentative, with milestones, alarms, wide characters."""
    plain = [pmp_deadline(), fee_due(), exam(), promotion(), conference()]
    return [shown for entry in plain for shown in remind_by_default(entry)]


def agenda(entries: Iterable[Entry] | None = None, as_of: dt.date = AS_OF) -> Agenda:
    return Agenda("Certifications, mine", NAMESPACE, as_of, typical() if entries is None else entries)


def export(
    entries: Iterable[Entry] | None = None, as_of: dt.date = AS_OF, before: bytes = b"", *, feed: bool = False
) -> bytes:
    """The file that an export over the file *before* writes."""
    ledger, problems = read_ledger(before, "before.ics")
    assert not list(problems)
    assert isinstance(ledger, Ledger)
    mine = agenda(entries, as_of)
    return b"".join(write_calendar(mine.name, changes(mine, ledger), feed=feed))


def many(count: int) -> Iterator[Entry]:
    """A stream of *count* renewal deadlines with two alarms each."""
    description = pmp_deadline().description
    for number in range(count):
        yield Entry(
            key=Key("team", f"p{number}", "pmp", Kind.RENEW_BY, 1),
            summary=f"PMP: renew by today [person {number}]",
            description=description,
            day=dt.date(2026, 1 + number % 12, 1 + number % 28),
            alarms=(Alarm(6, 15), Alarm(0, 15)),
        )
