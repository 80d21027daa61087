"""Where a cycle begins and ends: the one place that turns a cycle rule and an anchor into first and last days.

Convention: cycle *n* ends at anchor + n × length, clamped after adding; never counted from cycle *n − 1*. A last day
is the last day on which acting is still in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pmcareer.dates import ONE_DAY, Length, add, eve
from pmcareer.model.figures import Figure, Provenance, Rival, Standing
from pmcareer.model.ids import SourceId
from pmcareer.model.renewal_rules import Cycle, CycleStart, LastDay
from pmcareer.model.sources import Source
from pmcareer.values import dataclass

Sources = Mapping[SourceId, Source]

_STRENGTH = {Standing.OFFICIAL: 3, Standing.SECONDARY: 2, Standing.JUDGEMENT: 1, Standing.UNVERIFIED: 1}


NOTHING = Length()


@dataclass(frozen=True, slots=True)
class DisputedDay:
    """Another last day that a source, or another reading of the rule, gives."""

    last_day: date
    reason: str
    source: SourceId | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Cycles counted from one anchor.

    ``day`` is the day of the award or restart (``counted`` from), or a literal last day from which later cycles
    follow (``end``); ``offset`` is the length from the anchor to the start of the next cycle.
    """

    day: date
    counted: Literal["award", "end"] = "award"
    offset: Length = NOTHING

    @property
    def first(self) -> bool:
        """Whether the next cycle is the first one after an award."""
        return self.counted == "award" and self.offset == NOTHING


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of one cycle, both inclusive, and the run from which the next one is counted.

    ``last_day`` None: without end where ``known``, else not known. ``counts_from``: the first day whose activities
    count, before ``start`` only where a cycle is counted from the January after the award.
    """

    start: date
    last_day: date | None
    counts_from: date
    run: Run
    known: bool = True
    disputed: tuple[DisputedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a cycle rule; ``rival`` names the source that differs, ``open`` that it may rule."""

    length: Length
    last_day: LastDay
    starts: CycleStart
    first_last_day: date | None
    rival: str = ""
    source: SourceId | None = None
    open: bool = True


def after(day: date) -> date:
    """The day after, within the calendar."""
    return day + ONE_DAY if day < date.max else day


def add_within(day: date, length: Length) -> date:
    """``add``, held at the calendar's last day."""
    try:
        return add(day, length)
    except OverflowError:
        return date.max


def together(one: Length, other: Length) -> Length:
    """The length of both, months and days apart, so that nothing clamps in between."""
    return Length(one.months + other.months, one.days + other.days)


def is_open(provenance: Provenance, rival: Rival[Any], sources: Sources) -> bool:
    """Whether a rival stands at least as strong as the figure it rivals: then the sources leave the matter open."""
    ours = _standing(provenance.standing, provenance.source, sources)
    theirs = _standing(rival.standing, rival.source, sources)
    return ours is None or theirs is None or _STRENGTH[theirs] >= _STRENGTH[ours]


def _standing(said: Standing | None, source: SourceId | None, sources: Sources) -> Standing | None:
    if said is not None or source is None:
        return said
    return sources[source].standing if source in sources else None


def cycle_span(
    cycle: Cycle, run: Run, previous: date | None, extends: Length | None = None, sources: Sources | None = None
) -> Span:
    """The next cycle of *run* under *cycle*; *previous* is the last day of the cycle before, if there is one.

    Where sources leave several last days open the earliest rules and the others stand in ``disputed``.
    """
    readings = tuple(_readings(cycle, sources or {}))
    if not readings:
        return endless(run, previous, known=False)
    spans = [(reading, _span_by(reading, run, previous, extends)) for reading in readings]
    ruling = min((pair for pair in spans if pair[0].open), key=lambda pair: _last(pair[1]))
    rivals = [_disputed(reading, span) for reading, span in spans if span.last_day != ruling[1].last_day]
    return replace(ruling[1], disputed=_distinct((*rivals, *_clamped(ruling[0], run, ruling[1]))))


def endless(run: Run, previous: date | None, *, known: bool) -> Span:
    """A span without end: for life where *known*, else of a length that nobody knows."""
    start = after(previous) if previous and not run.first else run.day
    return Span(start, None, start, run, known=known)


def value_of(figure: Figure[Any] | None) -> Any:
    """The value of a figure that may be absent."""
    return figure.value if figure else None


def _readings(cycle: Cycle, sources: Sources) -> Iterator[_Reading]:
    """The catalog's own reading first, then one for each rival figure."""
    if cycle.length.value is None:
        return
    own = _Reading(
        cycle.length.value,
        cycle.last_day.value or LastDay.EVE,
        cycle.starts.value or CycleStart.EARNED,
        value_of(cycle.first_last_day),
        source=cycle.last_day.provenance.source,
    )
    yield own
    if cycle.last_day.value is None:
        yield replace(own, last_day=LastDay.ANNIVERSARY, rival="the last day's convention is not known")
    for name in ("length", "last_day", "starts", "first_last_day"):
        figure: Figure[Any] | None = getattr(cycle, name)
        for rival in figure.alternatives if figure else ():
            yield _rival_reading(own, name, figure, rival, sources)


def _rival_reading(own: _Reading, name: str, figure: Any, rival: Rival[Any], sources: Sources) -> _Reading:
    reason = rival.note or f"{name.replace('_', ' ')}: {rival.value}"
    changed: dict[str, Any] = {name: rival.value}
    return replace(own, **changed, rival=reason, source=rival.source, open=is_open(figure.provenance, rival, sources))


def _span_by(reading: _Reading, run: Run, previous: date | None, extends: Length | None) -> Span:
    anchor = _anchor(reading, run)
    start = max(anchor, run.day) if run.first else after(previous) if previous else run.day
    counts_from = min(run.day, start) if run.first else start
    literal = reading.first_last_day
    if run.first and literal and literal >= run.day:
        return Span(min(start, literal), literal, counts_from, Run(literal, "end"))
    length = extends or reading.length
    offset = together(run.offset, length)
    last = _last_day(reading.last_day, anchor, offset)
    before = previous or (start - ONE_DAY if start > date.min else None)
    while before and last <= before and last < date.max and length > NOTHING:
        offset = together(offset, length)
        last = _last_day(reading.last_day, anchor, offset)
    return Span(start, last, counts_from, replace(run, offset=offset))


def _anchor(reading: _Reading, run: Run) -> date:
    if run.counted == "end":
        return run.day if reading.last_day is LastDay.ANNIVERSARY else after(run.day)
    if reading.starts is CycleStart.THIS_JANUARY:
        return date(run.day.year, 1, 1)
    if reading.starts is CycleStart.NEXT_JANUARY and run.day.year < date.max.year:
        return date(run.day.year + 1, 1, 1)
    return run.day


def _last_day(convention: LastDay, anchor: date, offset: Length) -> date:
    anniversary = add_within(anchor, offset)
    full = eve(anniversary) if anniversary > date.min else anniversary
    match convention:
        case LastDay.EVE:
            return full
        case LastDay.ANNIVERSARY:
            return anniversary
        case LastDay.YEAR_END:
            return date(full.year, 12, 31)
        case LastDay.HALF_YEAR_END:
            return date(full.year, 6, 30) if full.month <= 6 else date(full.year, 12, 31)


def _clamped(reading: _Reading, run: Run, span: Span) -> Iterator[DisputedDay]:
    """The rival reading of the eve of an anniversary that the calendar lacks: the clamped day itself."""
    anchor = _anchor(reading, run)
    if reading.last_day is not LastDay.EVE or span.last_day is None or span.run.offset.days:
        return
    anniversary = after(span.last_day)
    if span.run.counted == run.counted and anniversary.day < anchor.day and anniversary < date.max:
        yield DisputedDay(anniversary, f"no {anchor.day} in that month: the eve may be counted from the day it lacks")


def _last(span: Span) -> date:
    return span.last_day or date.max


def _disputed(reading: _Reading, span: Span) -> DisputedDay:
    return DisputedDay(_last(span), reading.rival or "the catalog's own figure", reading.source)


def _distinct(days: tuple[DisputedDay, ...]) -> tuple[DisputedDay, ...]:
    return tuple({day.last_day: day for day in reversed(days)}.values())[::-1]
