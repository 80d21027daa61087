"""Whether the hours that renewals ask for fit before their days, beside a plan's studies and its other renewals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.renewals.foreseen import DueStep

OVERLOOKED = 1
"""Hours short that nobody need hear of: the planning clock rounds to days."""


@dataclass(frozen=True, slots=True)
class Study:
    """Hours studied evenly from the first day up to, but not on, the end."""

    first: date
    end: date
    hours: Fraction


@dataclass(frozen=True, slots=True)
class _Span:
    """Days on which hours are to be found, both inclusive; none where the last lies before the first."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def within(self, other: _Span) -> bool:
        return other.first <= self.first and self.last <= other.last


def hours_warnings(
    due: Mapping[tuple[int, str], DueStep], studies: Sequence[Study], hours_per_week: Fraction
) -> dict[tuple[int, str], str]:
    """A warning by (day, certification) for each renewal whose hours cannot be found by its day.

    What a week holds is *hours_per_week*. From that come off what is studied in the same time and the hours of other
    renewals that have to be earned within it.
    """
    asked = dict(_asked(due))
    found = {}
    for key, (span, hours) in asked.items():
        holds = hours_per_week * span.days / 7
        studied = sum((_overlap(study, span) for study in studies), Fraction(0))
        others = sum((h for other, (its, h) in asked.items() if other != key and its.within(span)), Fraction(0))
        if hours - max(Fraction(0), holds - studied - others) >= OVERLOOKED:
            found[key] = _words(span, hours, holds, studied, others)
    return found


def _asked(due: Mapping[tuple[int, str], DueStep]) -> Iterator[tuple[tuple[int, str], tuple[_Span, Fraction]]]:
    for key, step in due.items():
        if step.hours and step.earn_from and step.earn_by:
            yield key, (_Span(step.earn_from, step.earn_by), step.hours)


def _overlap(study: Study, span: _Span) -> Fraction:
    """The hours of a study that fall into a span."""
    days = (study.end - study.first).days
    both = _Span(max(study.first, span.first), min(study.end - timedelta(days=1), span.last))
    return study.hours * both.days / days if days else Fraction(0)


def _words(span: _Span, hours: Fraction, holds: Fraction, studied: Fraction, others: Fraction) -> str:
    if not span.days:
        return f"{_number(hours)} h had to be earned by {span.last.isoformat()}: nothing counts any more after it"
    taken = [f"studies take {_number(studied)} h"] if studied else []
    taken += [f"other renewals take {_number(others)} h"] if others else []
    beside = f", of which {' and '.join(taken)}" if taken else ""
    unfit = f"{_number(hours)} h do not fit by {span.last.isoformat()}"
    return f"{unfit}: your hours a week come to {_number(holds)} h{beside}"


def _number(hours: Fraction) -> str:
    return f"{float(round(hours, 1)):g}"
