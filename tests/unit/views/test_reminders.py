"""``--remind``: what rings, what becomes an entry of its own, in which order, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.agendas import NAMESPACE, exam, fee_due, pmp_deadline, promotion

from pmcareer.views.agenda import Alarm, Kind
from pmcareer.views.calendars.reminders import Reminders, parse_reminders, remind, remind_by_default

DAY = 24 * 60


@pytest.mark.parametrize(
    ("text", "alarms", "milestones"),
    [
        ("90d,60d,7d,1d", (7 * DAY, DAY), (90, 60)),
        ("28d, 7d, 1d", (7 * DAY, 28 * DAY, DAY), ()),
        ("1d,28d,7d,29d", (7 * DAY, 28 * DAY, DAY), (29,)),
        ("1d,2h", (DAY, 120), ()),
        ("15min", (15,), ()),
        ("4w,5w", (28 * DAY,), (35,)),
        ("7d,7d,1w", (7 * DAY,), ()),
        ("", (), ()),
        ("none", (), ()),
    ],
)
def test_reminders_are_parsed(text: str, alarms: tuple[int, ...], milestones: tuple[int, ...]) -> None:
    assert parse_reminders(text) == Reminders(alarms, milestones)


@pytest.mark.parametrize("text", ["7", "d", "7x", "-7d", "0d", "1.5d", "7d;1d", "٧d", "28d,14d,7d,1d", "700h"])
def test_what_is_no_reminder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="reminder"):
        parse_reminders(text)


def test_a_deadline_with_its_milestones() -> None:
    ninety, sixty, deadline = remind(pmp_deadline(), parse_reminders("90d,60d,7d,1d"))
    # 2026-06-14 is day 165 of the year; 165 - 90 = 75 = 16 March, 165 - 60 = 105 = 15 April.
    assert (ninety.day, sixty.day) == (dt.date(2026, 3, 16), dt.date(2026, 4, 15))
    assert ninety.summary == "PMP: renew by today (90 days left)"
    assert ninety.alarms == (Alarm(0, 15),)
    assert deadline.alarms == (Alarm(6, 15), Alarm(0, 15))
    assert len({entry.key.uid(NAMESPACE) for entry in (ninety, sixty, deadline)}) == 3


def test_a_moved_deadline_takes_its_milestones_along() -> None:
    reminders = parse_reminders("90d")
    before, _ = remind(pmp_deadline(), reminders)
    after, _ = remind(pmp_deadline(dt.date(2026, 12, 31)), reminders)
    assert before.key == after.key
    assert before.day != after.day


def test_braces_in_a_summary_are_only_text() -> None:
    entry = pmp_deadline()
    object.__setattr__(entry, "summary", "{0} {x}")
    milestone, _ = remind(entry, parse_reminders("90d"))
    assert milestone.summary == "{0} {x} (90 days left)"


def test_what_is_done_or_no_deadline_is_left_alone() -> None:
    done = pmp_deadline(done=True)
    assert list(remind(done, parse_reminders("90d,7d"))) == [done]
    assert list(remind(promotion(), parse_reminders("90d,7d"))) == [promotion()]


def test_two_reminders_of_one_morning_ring_once() -> None:
    (deadline,) = remind(pmp_deadline(), parse_reminders("1d,2h"))
    assert deadline.alarms == (Alarm(0, 15),)


def test_each_kind_has_its_own_by_default() -> None:
    *milestones, deadline = remind_by_default(pmp_deadline())
    assert [entry.key.kind for entry in milestones] == [Kind.MILESTONE, Kind.MILESTONE]
    assert deadline.alarms == (Alarm(6, 15), Alarm(27, 15), Alarm(0, 15))
    (fee,) = remind_by_default(fee_due())
    assert fee.alarms == (Alarm(6, 15),)
    (booked,) = remind_by_default(exam())
    assert booked.alarms == (Alarm(1), Alarm(0, 2))
