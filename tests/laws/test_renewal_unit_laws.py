"""Laws of units: the allocation is the best there is, and earning more never harms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases.renewal_cases import scheme
from tests.laws.renewal_strategies import ENTRIES, allocations

from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, UnitEntry
from pmcareer.renewals.allocation import Demand, Place, Supply, allocate, still_to_earn
from pmcareer.renewals.answer import assess
from pmcareer.renewals.categories import Tree

HELD = (
    ("pmp", date(2023, 6, 15)),
    ("pmi-acp", date(2024, 2, 1)),
    ("csm", date(2024, 3, 1)),
    ("cspo", date(2024, 9, 1)),
)
HOLDINGS = [Holding(CertificationId(own), earned=earned) for own, earned in HELD]

Amounts = dict[tuple[int, str, int], int]


@settings(max_examples=150, deadline=None)
@given(allocations())
def test_no_split_leaves_less_to_earn(problem: tuple[list[Demand], list[Supply]]) -> None:
    demands, supplies = problem
    shares = allocate(demands, supplies)
    found: Amounts = {}
    for supply, portions in zip(supplies, shares, strict=True):
        assert sum(amount for _, amount in portions) <= supply.amount
        for place, amount in portions:
            assert place in supply.places
            assert amount.denominator == 1
            _put(found, demands, place, int(amount))
    assert _keeps_ceilings(demands, found)
    best = min(_lacking(demands, split) for split in _splits(demands, supplies))
    assert _lacking(demands, found) == best


@settings(deadline=None)
@given(allocations())
def test_the_engine_counts_what_is_missing_as_the_oracle_does(problem: tuple[list[Demand], list[Supply]]) -> None:
    demands, supplies = problem
    found: Amounts = {}
    for portions in allocate(demands, supplies):
        for place, amount in portions:
            _put(found, demands, place, int(amount))
    for index, demand in enumerate(demands):
        at = {(path, year): Fraction(n) for (one, path, year), n in found.items() if one == index}
        assert still_to_earn(demand, at) == _lacking([demand], _of(found, index))


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=6), ENTRIES, st.dates(date(2024, 10, 1), date(2028, 1, 1)))
def test_more_units_never_leave_more_to_earn(entries: list[UnitEntry], more: UnitEntry, as_of: date) -> None:
    before = assess(HOLDINGS, scheme(), as_of, entries=entries)
    after = assess(HOLDINGS, scheme(), as_of, entries=[*entries, more])
    lacking = [sum(_remaining(answer), Fraction(0)) for answer in (before, after)]
    assert lacking[1] <= lacking[0]
    for one, other in zip(before.holdings, after.holdings, strict=True):
        assert one.expires == other.expires
        assert [(d.kind, d.on) for d in one.deadlines] == [(d.kind, d.on) for d in other.deadlines]


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=6), st.dates(date(2024, 10, 1), date(2028, 1, 1)))
def test_what_counts_and_what_is_lost_is_what_was_earned(entries: list[UnitEntry], as_of: date) -> None:
    """A PDU is an hour: for each activity the ledger of the PMP accounts for every one of them."""
    answer = assess(HOLDINGS[:1], scheme(), as_of, entries=entries)
    for index, entry in enumerate(entries):
        lines = [line for line in answer.ledger if line.activity == index]
        if lines:
            assert sum(line.counted + line.lost for line in lines) == Fraction(entry.hours)


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=6), st.dates(date(2024, 10, 1), date(2028, 1, 1)))
def test_an_hour_of_the_scrum_alliance_serves_once(entries: list[UnitEntry], as_of: date) -> None:
    answer = assess(HOLDINGS, scheme(), as_of, entries=entries)
    for index, entry in enumerate(entries):
        lines = [line for line in answer.ledger if line.activity == index and line.certification in ("csm", "cspo")]
        assert sum(line.counted for line in lines) <= Fraction(entry.hours)


def _remaining(answer: object) -> Iterator[Fraction]:
    for holding in answer.holdings:  # type: ignore[attr-defined]
        if holding.units and holding.units.remaining is not None:
            yield holding.units.remaining


# --- an oracle: every split of every activity into whole units --------------------------------------------------------


def _splits(demands: Sequence[Demand], supplies: Sequence[Supply]) -> Iterator[Amounts]:
    def step(index: int, found: Amounts) -> Iterator[Amounts]:
        if index == len(supplies):
            yield found
            return
        for shares in _shares(int(supplies[index].amount), len(supplies[index].places)):
            split = dict(found)
            for place, amount in zip(supplies[index].places, shares, strict=True):
                _put(split, demands, place, amount)
            if _keeps_ceilings(demands, split):
                yield from step(index + 1, split)

    yield from step(0, {})


def _shares(amount: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to put at most *amount* units into so many places."""
    if not places:
        yield ()
        return
    for first in range(amount + 1):
        for rest in _shares(amount - first, places - 1):
            yield (first, *rest)


def _put(found: Amounts, demands: Sequence[Demand], place: Place, amount: int) -> None:
    paths = [""]
    if place.path:
        parts = place.path.split("/")
        paths += ["/".join(parts[: n + 1]) for n in range(len(parts))]
    for path in paths:
        key = (place.demand, path, place.year)
        found[key] = found.get(key, 0) + amount
    assert place.demand < len(demands)


def _keeps_ceilings(demands: Sequence[Demand], found: Amounts) -> bool:
    for index, demand in enumerate(demands):
        for node in demand.tree.nodes:
            years = [found.get((index, node.path, year), 0) for year in range(len(demand.open_years))]
            counts = years if node.in_years else [sum(years)]
            if node.ceiling is not None and any(count > node.ceiling for count in counts):
                return False
    return True


def _lacking(demands: Sequence[Demand], found: Mapping[tuple[int, str, int], int]) -> int:
    """The least units that still fill everything: floors from the leaves up, in each year and over the cycle."""
    total = 0
    for index, demand in enumerate(demands):
        years = range(len(demand.open_years))
        by_year = [{path: n for (one, path, y), n in found.items() if (one, y) == (index, year)} for year in years]
        whole: dict[str, int] = {}
        for counts in by_year:
            for path, n in counts.items():
                whole[path] = whole.get(path, 0) + n
        in_years = sum(
            max(int(demand.year_floor) - by_year[year].get("", 0), _below(demand.tree, "", by_year[year], True))
            for year in years
        )
        cycle = max(int(demand.tree.total or 0) - whole.get("", 0), _below(demand.tree, "", whole, False))
        total += max(cycle, in_years, 0)
    return total


def _below(tree: Tree, path: str, counts: Mapping[str, int], in_years: bool) -> int:
    children = [node for node in tree.nodes if node.parent == path and node.in_years is in_years]
    return sum(
        max(int(node.floor) - counts.get(node.path, 0), _below(tree, node.path, counts, in_years), 0)
        for node in children
    )


def _of(found: Amounts, index: int) -> dict[tuple[int, str, int], int]:
    return {(0, path, year): n for (one, path, year), n in found.items() if one == index}


def test_a_quarter_of_an_hour_is_counted_exactly() -> None:
    entries = [UnitEntry(date(2024, 1, 10), Decimal("0.25"), "education/power-skills") for _ in range(3)]
    answer = assess(HOLDINGS[:1], scheme(), date(2024, 6, 1), entries=entries)
    units = answer.holdings[0].units
    assert units is not None and units.counted == Fraction(3, 4)
