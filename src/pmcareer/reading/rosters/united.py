"""What several places of a roster tell of one holding, put together: exports often have a row for each renewal.

``sql_united`` says the same in SQL for large rosters; tests/laws hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pmcareer.model.rosters import HoldingRow, route_of
from pmcareer.reading.rosters.cells import EARLIEST
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class United:
    """Each holding once, in the order of the places where its day is first told; ``findings``: places and codes."""

    holdings: tuple[HoldingRow, ...]
    findings: tuple[tuple[int, str], ...]


def unite(told: Sequence[HoldingRow]) -> United:
    """Put together what is *told*.

    The same certification of the same person since the same day is one holding, and so is what says no day, where all
    others say one and the same. Renewals are united. No answer depends on the order of what is told.
    """
    findings: list[tuple[int, str]] = []
    united: list[tuple[int, HoldingRow]] = []
    for places in _by_certification(told).values():
        awards = _by_award(told, places)
        findings += ((own[0], "roster-holding-again") for own in awards[1:])
        for own in awards:
            own.sort(key=lambda place: (told[place].earned is None, place))
            rows = [told[place] for place in own]
            united.append((own[0], rows[0] if len(rows) == 1 else _one_of(rows)))
            findings += _oddities(own, rows) if len(own) > 1 else ()
    return United(tuple(row for _, row in sorted(united, key=_place)), tuple(sorted(findings)))


def _place(numbered: tuple[int, HoldingRow]) -> int:
    return numbered[0]


def _by_certification(told: Sequence[HoldingRow]) -> Mapping[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(told):
        places.setdefault((row.person, row.certification), []).append(place)
    return places


def _by_award(told: Sequence[HoldingRow], places: Sequence[int]) -> list[list[int]]:
    """Places of one person's certification by the day of the award; in the order of the first of each."""
    if len({told[place].earned for place in places} - {None}) <= 1:
        return [list(places)]
    awards: dict[date | None, list[int]] = {}
    for place in places:
        awards.setdefault(told[place].earned, []).append(place)
    return list(awards.values())


def _one_of(rows: Sequence[HoldingRow]) -> HoldingRow:
    ways = _ways_of(rows)
    days = sorted({day for row in rows for day in row.renewed})
    known = [next(iter(found)) if len(found := ways.get(day, set())) == 1 else "" for day in days]
    earned = _award_of(rows)
    says = _issuer_says(rows, earned)
    return replace(rows[0], earned=earned, renewed=tuple(days), route=route_of(known), issuer_says_expires=says)


def _award_of(rows: Iterable[HoldingRow]) -> date | None:
    return next((row.earned for row in rows if row.earned), None)


def _ways_of(rows: Iterable[HoldingRow]) -> Mapping[date, set[str]]:
    """The ways that are told of each renewal; where they are several, none is known."""
    ways: dict[date, set[str]] = {}
    for row in rows:
        for day, way in row.routes.items():
            ways.setdefault(day, set()).add(way)
    return ways


def _issuer_says(rows: Iterable[HoldingRow], award: date | None) -> date | None:
    """The issuer's day that stands with the latest renewal; of several the first, which promises least."""
    said = [(row.renewed[-1] if row.renewed else award or EARLIEST, row.issuer_says_expires) for row in rows]
    latest = max((day for day, says in said if says), default=None)
    return min((says for day, says in said if says and day == latest), default=None)


def _oddities(places: Sequence[int], rows: Sequence[HoldingRow]) -> Iterator[tuple[int, str]]:
    """Of places that tell of one holding: which of them add nothing, and which contradict others."""
    ways, says = _ways_of(rows), _issuer_says(rows, _award_of(rows))
    seen: set[tuple[object, ...]] = set()
    for place, row in zip(places, rows, strict=True):
        more = (row.renewed, row.route, row.issuer_says_expires)
        if seen and (more in seen or not (row.renewed or row.issuer_says_expires)):
            yield place, "roster-holding-twice"
        elif row.issuer_says_expires not in (None, says) or any(len(ways[day]) > 1 for day in row.routes):
            yield place, "roster-holding-differs"
        seen.add(more)
