"""Experience windows: dated experience that would have aged out of "the last n years" by the day it is needed.

The instance counts windowed experience as a kind of its own that only grows; here a plan is held against the calendar,
and what would no longer count is reported, so that the question can be asked again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from pmcareer.api.compiling.compiled import Compiled, role_of
from pmcareer.dates import Length, subtract
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.requirements import All, AnyOf, AtLeast, Experience, Requirement
from pmcareer.planning.plan import Plan


def aged_out(
    catalog: Catalog, compiled: Compiled, plan: Plan, on_arrival: Iterable[Requirement] = ()
) -> Mapping[int, date]:
    """The first days from which dated experience may count, by window in years, where *plan* counted earlier ones.

    Empty where nothing that was counted has aged out by the day it is needed. *on_arrival*: what else must hold on
    the day of arrival.
    """
    as_of = compiled.situation.as_of
    stale: dict[int, date] = {}
    asked_then = [(plan.arrival_day, years) for tree in on_arrival for years in _windows_in(tree)]
    for day, years in (*_needs(catalog, compiled, plan), *asked_then):
        first = window_start(as_of + timedelta(days=day), years)
        counted = compiled.counted_from.get(years, window_start(as_of, years))
        if first > counted and _has_days_between(compiled, counted, first):
            stale[years] = max(first, stale.get(years, first))
    return {**compiled.counted_from, **stale} if stale else {}


def window_start(day: date, years: int) -> date:
    """The first day of the *years* before *day*."""
    return subtract(day, Length(months=12 * years))


def _has_days_between(compiled: Compiled, first: date, end: date) -> bool:
    return any(s.from_ < end and (s.to or date.max) >= first for s in compiled.situation.stints)


def _needs(catalog: Catalog, compiled: Compiled, plan: Plan) -> Iterator[tuple[int, int]]:
    """(day, window in years) of every application and move that names windowed experience."""
    as_of = compiled.situation.as_of
    for step in plan.steps:
        trees: list[Requirement | None] = []
        if step.kind == "earn":
            rule = catalog.certifications[CertificationId(step.id)].eligibility.on(as_of)
            trees = [rule.requires if rule else None]
        elif step.kind == "move":
            trees = [m.requires for (_, into), m in compiled.moves.items() if into == role_of(step.id)]
        for tree in trees:
            for years in _windows_in(tree):
                yield step.start_day, years


def _windows_in(tree: Requirement | None) -> Iterator[int]:
    match tree:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _windows_in(part)
        case Experience(within_years=int(years)):
            yield years
        case _:
            return
