"""Rows that tell of one holding, by hand: what they come to, and what is told of them."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, route_of
from pmcareer.reading.rosters.united import unite

PMP = CertificationId("pmp")
EARNED, FIRST, SECOND = date(2018, 5, 7), date(2021, 3, 13), date(2024, 3, 13)
OLD, NEW = date(2024, 5, 6), date(2027, 5, 6)


def row(earned: date | None, *renewed: date, route: str | None = None, says: date | None = None) -> HoldingRow:
    return HoldingRow(0, "E1", PMP, earned, renewed, route, says)


def findings(*told: HoldingRow) -> list[tuple[int, str]]:
    return [(place, code.removeprefix("roster-holding-")) for place, code in unite(told).findings]


UNITED = {
    "a row for each renewal": (
        [row(EARNED, FIRST), row(EARNED, SECOND)],
        [row(EARNED, FIRST, SECOND)],
    ),
    "routes stay with their days": (
        [row(EARNED, FIRST, route="credits"), row(EARNED, SECOND, route="exam")],
        [row(EARNED, FIRST, SECOND, route="credits;exam")],
    ),
    "only the first has a route": (
        [row(EARNED, FIRST, route="credits"), row(EARNED, SECOND)],
        [row(EARNED, FIRST, SECOND, route="credits;")],
    ),
    "only the last has a route": (
        [row(EARNED, FIRST), row(EARNED, SECOND, route="exam")],
        [row(EARNED, FIRST, SECOND, route="exam")],
    ),
    "one says no day": (
        [row(EARNED), row(None, SECOND), row(None, FIRST, SECOND)],
        [row(EARNED, FIRST, SECOND)],
    ),
    "two ways of one renewal: none is known": (
        [row(EARNED, SECOND, route="credits"), row(EARNED, FIRST, SECOND, route="exam;exam")],
        [row(EARNED, FIRST, SECOND, route="exam;")],
    ),
    "the issuer's day that stands with the latest renewal": (
        [row(EARNED, SECOND, says=NEW), row(EARNED, FIRST, says=OLD)],
        [row(EARNED, FIRST, SECOND, says=NEW)],
    ),
    "of two issuer's days of one renewal the first": (
        [row(EARNED, SECOND, says=NEW), row(EARNED, SECOND, says=OLD)],
        [row(EARNED, SECOND, says=OLD)],
    ),
    "two awards stay two, and what says no day is of neither": (
        [row(EARNED, FIRST), row(SECOND), row(None, SECOND)],
        [row(EARNED, FIRST), row(SECOND), row(None, SECOND)],
    ),
}


@pytest.mark.parametrize("case", UNITED)
def test_what_rows_come_to_in_every_order(case: str) -> None:
    told, expected = UNITED[case]
    for rows in permutations(told):
        assert sorted(map(repr, unite(rows).holdings)) == sorted(map(repr, expected))


def test_what_adds_something_is_not_told() -> None:
    assert findings(row(EARNED), row(EARNED, FIRST), row(None, SECOND)) == []


def test_what_adds_nothing_is_told() -> None:
    told = row(EARNED, FIRST)
    assert findings(told, row(EARNED), told, row(None)) == [(1, "twice"), (2, "twice"), (3, "twice")]


def test_contradictions_are_told() -> None:
    assert findings(row(EARNED, FIRST, says=OLD), row(EARNED, SECOND, says=NEW)) == [(0, "differs")]
    ways = [row(EARNED, FIRST, route=route) for route in ("credits", "exam")]
    assert findings(*ways, row(EARNED, FIRST, SECOND)) == [(0, "differs"), (1, "differs")]
    assert findings(row(EARNED, FIRST), row(SECOND), row(SECOND, NEW)) == [(1, "again")]


def test_routes_of_several_renewals() -> None:
    assert row(EARNED, FIRST, SECOND, route="credits; exam").routes == {FIRST: "credits", SECOND: "exam"}
    assert row(EARNED, FIRST, SECOND, route=";exam").routes == {SECOND: "exam"}
    assert row(EARNED, FIRST, SECOND, route="exam").routes == {SECOND: "exam"}
    assert row(EARNED, FIRST, SECOND, route="a;b;c").routes == {SECOND: "a;b;c"}  # fits nothing: a name as it stands
    assert row(EARNED, route="exam").routes == {}
    assert [route_of(ways) for ways in (["", ""], ["", "b"], ["a", ""], [])] == [None, "b", "a;", None]
