"""Renewals of which nobody recorded how: which routes were open on the day, and the one that promises least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.dates import Length
from pmcareer.model.renewal_rules import NextFrom, Phase, Route, RouteKind
from pmcareer.renewals.after_end import last_day_to_report, phase_on
from pmcareer.renewals.cycles import HeldCycle, extends_by
from pmcareer.renewals.last_days import DisputedDay, value_of
from pmcareer.renewals.years import cycle_years

if TYPE_CHECKING:
    from pmcareer.renewals.replay import Replay

_BY_OTHERS = (RouteKind.HIGHER_EXAM, RouteKind.SUITE_EXAM)
"""Exams of other certifications: whoever passed one holds that as well, and its own entry renews this one."""

_EARNED_BIT_BY_BIT = (RouteKind.CREDITS, RouteKind.MEMBERSHIP)
"""What takes the whole cycle; not possible any more once only an exam brings back."""


def renew_somehow(replay: Replay, on: date, usual: Route) -> None:
    """A renewal of which nobody recorded how: of the ways there were on that day the one that ends earliest.

    *usual* is taken where there was no way at all; the replay then takes it as a claim.
    """
    ways = possible_routes(replay.cycles[-1], on) or (usual,)
    ends = {way: _end_by(replay, on, way) for way in ways} if len({_ends_as(way) for way in ways}) > 1 else {}
    if len(set(ends.values())) > 1:
        earliest = min(ways, key=lambda way: ends[way] or date.max)
        replay.renew(on, earliest)
        _leave_open(replay, on, ways[0], ends)
        return
    if usual not in ways:
        _ask(replay, on, f"; {_named(usual)} was not possible then, so it is taken as {_named(ways[0])}")
    replay.renew(on, ways[0])


def _end_by(replay: Replay, on: date, route: Route) -> date | None:
    trial = replay.copied()
    trial.renew(on, route)
    return trial.cycles[-1].last_day


def _leave_open(replay: Replay, on: date, usual: Route, ends: Mapping[Route, date | None]) -> None:
    """Tell of the other ways, and let nothing rest on the one that was taken: others are renewed by the usual."""
    if len(replay.cycles) > 1:
        replay.cycles[-2] = replace(replay.cycles[-2], route=None)
    replay.effect = replace(replay.effect, route=usual.kind) if replay.effect else None
    for way, end in ends.items():
        if end is not None:
            replay.dispute(DisputedDay(end, f"if it was renewed by {_named(way)}"))
    told = ", ".join(f"{_named(way)} to {end}" for way, end in ends.items())
    _ask(replay, on, f", and decides the last day: {told}; the earliest counts")


def _ask(replay: Replay, on: date, why: str) -> None:
    message = f"how it was renewed on {on} is not recorded{why}"
    own = replay.subject.certification.id
    hint = f"`pmcareer renew {own} --on {on} --route HOW --again`, or `route:` in the profile"
    replay.report.warn("renewal-route-unrecorded", message, hint=hint)


def _named(route: Route) -> str:
    return route.id or route.kind


def _ends_as(route: Route) -> tuple[NextFrom | None, Length | None]:
    """What of a route decides the last day it leads to."""
    return route.next_from.value, extends_by(route)


# --- which ways there were --------------------------------------------------------------------------------------------


def possible_routes(cycle: HeldCycle, on: date) -> tuple[Route, ...]:
    """The routes by which a cycle could be renewed on a day, in their order; none where no rule is known."""
    routes = cycle.rule.routes if cycle.rule else ()
    return tuple(route for route in routes if route.kind not in _BY_OTHERS and _is_possible(route, cycle, on))


def _is_possible(route: Route, cycle: HeldCycle, on: date) -> bool:
    if route.kind not in _EARNED_BIT_BY_BIT:
        return True
    reported, phase = last_day_to_report(cycle), phase_on(cycle, on)
    noted = phase is not None and phase.phase is Phase.NOTED
    return not noted and (reported is None or on <= reported) and on >= _last_year_begins(cycle)


def _last_year_begins(cycle: HeldCycle) -> date:
    """Units asked for in every year are complete in the last year at the earliest."""
    units = cycle.rule.units if cycle.rule else None
    yearly = units.yearly if units else None
    if yearly is None or not yearly.binding or not value_of(yearly.minimum) or cycle.last_day is None:
        return date.min
    return cycle_years(cycle, yearly.year)[-1][0]
