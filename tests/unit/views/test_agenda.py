"""What an entry may be, what becomes of hostile texts, and who an entry is."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from tests.agendas import NAMESPACE, exam, key, pmp_deadline

from pmcareer.views.agenda import Alarm, Entry, Key, Kind, for_team, local_note, plain_text, plain_url


def test_uid_is_the_name_based_uuid_of_who_it_is() -> None:
    who = Key("mine", "me", "pmp", Kind.RENEW_BY, 2, "a")
    assert who.uid(NAMESPACE) == f"pmcareer-{uuid.uuid5(NAMESPACE, 'mine|me|pmp|2|renew-by|a')}"


def test_uid_knows_no_dates() -> None:
    early, late = pmp_deadline(dt.date(2026, 6, 14)), pmp_deadline(dt.date(2027, 1, 1))
    assert early.key.uid(NAMESPACE) == late.key.uid(NAMESPACE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Key("v", "a|b", "c", Kind.EXAM), Key("v", "a", "b|c", Kind.EXAM)),
        (Key("v", "a\\", "c", Kind.EXAM), Key("v", "a\\\\", "c", Kind.EXAM)),
        (Key("v", "a\\|b", "c", Kind.EXAM), Key("v", "a|b", "c", Kind.EXAM)),
        (Key("v", "a", "c", Kind.EXAM), Key("team", "a", "c", Kind.EXAM)),
        (Key("v", "a", "c", Kind.EXAM, 1), Key("v", "a", "c", Kind.EXAM, 2)),
    ],
)
def test_who_differs_has_another_uid(one: Key, other: Key) -> None:
    assert one.uid(NAMESPACE) != other.uid(NAMESPACE)


def test_another_profile_has_other_uids() -> None:
    assert key("pmp", Kind.EXAM).uid(NAMESPACE) != key("pmp", Kind.EXAM).uid(uuid.UUID(int=1))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\x00\x07\x0b\x0c\x1b\x7f\x9fb", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffe\uffffb", "ab"),
        ("Größe, 日本語 👩‍💻 \\n;", "Größe, 日本語 👩‍💻 \\n;"),
    ],
)
def test_texts_become_what_a_calendar_can_carry(given: str, kept: str) -> None:
    assert plain_text(given) == kept
    assert Entry(key=key("x", Kind.EXAM), summary=given, description=given, day=dt.date(2026, 1, 1)).summary == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://ccrs.pmi.org/a?b=c&d=%20e#f", "https://ccrs.pmi.org/a?b=c&d=%20e#f"),
        ("https://example.org/é x", "https://example.org/%C3%A9%20x"),
        ("  HTTPS://example.org ", "HTTPS://example.org"),
        ("mailto:hr@example.org", "mailto:hr@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://x\r\nATTENDEE:y", "https://x%0AATTENDEE:y"),
    ],
)
def test_addresses_are_plain_ascii_or_left_out(given: str, kept: str) -> None:
    assert plain_url(given) == kept


DAY, MOMENT = dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 9, tzinfo=dt.UTC)
LATER = MOMENT + dt.timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"start": MOMENT},
        {"start": MOMENT, "end": MOMENT},
        {"day": DAY, "start": MOMENT, "end": LATER},
        {"day": DAY, "last_day": dt.date(2026, 1, 1)},
        {"day": dt.date.max},
        {"last_day": DAY, "start": MOMENT, "end": LATER},
        {"start": MOMENT.replace(tzinfo=None), "end": LATER.replace(tzinfo=None)},
        {"start": MOMENT.astimezone(BERLIN), "end": LATER.astimezone(BERLIN)},
        {"day": DAY, "busy": True},
        {"day": DAY, "alarms": (Alarm(1), Alarm(2), Alarm(3), Alarm(4))},
    ],
)
def test_what_no_calendar_takes_is_refused(when: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"an entry|timed|the day after|whole days"):
        Entry(key=key("x", Kind.EXAM), summary="x", **when)  # type: ignore[arg-type]


def test_blank_texts_are_filled_or_left_out() -> None:
    entry = Entry(
        key=key("x", Kind.EXAM), summary="x", description=" \n", location="\t", categories=("", "a"), day=DAY, done=True
    )
    assert (entry.description, entry.location, entry.categories) == ("Done: x", "", ("a",))
    with pytest.raises(ValueError, match="summary"):
        Entry(key=key("x", Kind.EXAM), summary="\x00 ", day=DAY)


@pytest.mark.parametrize("distance", [(0, 0, 0), (28, 0, 1), (0, -1, 0)])
def test_an_alarm_rings_before_and_within_28_days(distance: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="an alarm rings before"):
        Alarm(*distance)


def test_mornings_before_is_nine_o_clock() -> None:
    # Midnight of the day minus 6 d 15 h: the seventh day before at 09:00.
    midnight = dt.datetime(2026, 6, 14)  # noqa: DTZ001  (local time)
    rings = midnight - dt.timedelta(minutes=Alarm.mornings_before(7).in_minutes)
    assert rings == dt.datetime(2026, 6, 7, 9)  # noqa: DTZ001


def test_done_says_so_and_is_silent() -> None:
    done = pmp_deadline(done=True)
    assert done.title == "Done: PMP: renew by today"
    assert done.ringing == ()


def test_colleagues_see_less_under_another_uid() -> None:
    seen = for_team(exam(), "Ana Díaz")
    assert seen.summary == "Exam: PRINCE2 Practitioner [Ana Díaz]"
    assert seen.description == seen.summary
    assert (seen.location, seen.url, seen.alarms) == ("", "", ())
    assert seen.key.uid(NAMESPACE) != exam().key.uid(NAMESPACE)
    assert (seen.start, seen.end) == (exam().start, exam().end)


def test_local_time_is_told_with_its_zone() -> None:
    chicago = ZoneInfo("America/Chicago")
    start = dt.datetime(2026, 5, 11, 14, tzinfo=dt.UTC)
    assert local_note(start, start + dt.timedelta(hours=4), chicago) == "2026-05-11 09:00–13:00 CDT"
    # Over local midnight (05:00 UTC in May) the end names its day.
    late = dt.datetime(2026, 5, 12, 4, tzinfo=dt.UTC)
    assert local_note(late, late + dt.timedelta(hours=2), chicago) == "2026-05-11 23:00–2026-05-12 01:00 CDT"
