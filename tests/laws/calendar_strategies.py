"""Strategies for agendas: any text a person could paste, any day of the calendar, all shapes of entries."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from pmcareer.views.agenda import Alarm, Entry, Key, Kind

# Any code point at all, lone surrogates and controls included, with those that calendars trip over made likely.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from('\\nN;,:"\n\r\t\x00\x0b\x85\u2028\ud800\ufeff\ufffe éß日👩\u200d💻\u0301'),
    ),
    max_size=200,
)
TITLES = TEXTS.map("{}!".format)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
MOMENTS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC)
)
ALARMS = st.lists(st.integers(1, 28 * 24 * 60).map(lambda minutes: Alarm(0, 0, minutes)), max_size=3, unique=True).map(
    tuple
)
URLS = st.one_of(st.just(""), TEXTS, TEXTS.map("https://example.org/{}".format))


@st.composite
def entries(draw: st.DrawFn, keys: st.SearchStrategy[Key]) -> Entry:
    """An entry of whole days or of a span of time."""
    whole_days = draw(st.booleans())
    day, start = draw(DAYS), draw(MOMENTS)
    days, minutes = draw(st.integers(0, 40)), draw(st.integers(1, 10_000))
    return Entry(
        key=draw(keys),
        summary=draw(TITLES),
        description=draw(TEXTS),
        day=day if whole_days else None,
        last_day=day + dt.timedelta(days=days) if whole_days and days else None,
        start=None if whole_days else start,
        end=None if whole_days else start + dt.timedelta(minutes=minutes),
        categories=tuple(draw(st.lists(TEXTS, max_size=3))),
        tentative=draw(st.booleans()),
        cancelled=draw(st.booleans()),
        busy=not whole_days and draw(st.booleans()),
        url=draw(URLS),
        location=draw(TEXTS),
        alarms=draw(ALARMS),
    )


KEYS = st.builds(
    Key,
    view=st.sampled_from(["mine", "team"]),
    person=TEXTS,
    subject=st.sampled_from(["pmp", "capm"]),
    kind=st.sampled_from(Kind),
    cycle=st.integers(0, 3),
    n=st.sampled_from(["", "1"]),
)

AGENDAS = st.lists(entries(KEYS), max_size=6, unique_by=lambda entry: entry.key)
