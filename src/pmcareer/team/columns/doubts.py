"""Doubtful days: those on which the catalog may change its mind about what is earned, so that the engine is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from pmcareer.dates import Length, subtract
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Cycle, RenewalRule, UntilReleaseRetires
from pmcareer.renewals.scheme import Scheme

T = TypeVar("T")

_AROUND = 2  # days on either side: eves, anniversaries and clamped month ends


def doubtful_days(scheme: Scheme, certification: CertificationId, as_of: date) -> tuple[date, ...]:
    """Every date that the certification's rules, editions and exceptions name, as a day earned and as a cycle's end.

    In order, with the days around each.
    """
    rules = scheme.rules.get(certification, ())
    named = {as_of, *_named(rules), *_editions(scheme, certification), *_one_offs(scheme, certification)}
    lengths = {length for rule in rules for length in _lengths(rule)}
    days = {*named, *(subtract(day, length) for day in named for length in lengths if day.year > 1900)}
    around = range(-_AROUND, _AROUND + 1)
    return tuple(sorted({day + timedelta(days=n) for day in days if 1900 < day.year < 9000 for n in around}))


def _named(rules: Iterable[RenewalRule]) -> Iterator[date]:
    for rule in rules:
        for day in (rule.applies_to.from_, rule.applies_to.until):
            if day:
                yield day
        if isinstance(rule.validity, Cycle) and rule.validity.first_last_day:
            yield from _values(rule.validity.first_last_day)
        if isinstance(rule.validity, UntilReleaseRetires):
            for release in rule.validity.releases:
                yield from _values(release.retired)


def _editions(scheme: Scheme, certification: CertificationId) -> Iterator[date]:
    for edition in scheme.certifications[certification].editions:
        for figure in (edition.from_, edition.until):
            yield from _values(figure) if figure else ()


def _one_offs(scheme: Scheme, certification: CertificationId) -> Iterator[date]:
    for one_off in scheme.one_offs:
        if certification in one_off.certifications:
            yield from (one_off.ends_from, one_off.ends_until)
            if one_off.new_last_day:
                yield one_off.new_last_day


def _lengths(rule: RenewalRule) -> Iterator[Length]:
    """The lengths of its cycles; those counted from January run up to a year longer, and end with a year."""
    if isinstance(rule.validity, Cycle):
        yield from _values(rule.validity.length)


def _values(figure: Figure[T]) -> Iterator[T]:
    if figure.value is not None:
        yield figure.value
    yield from (rival.value for rival in figure.alternatives)
