"""Which activity counts where: the split of units over cycles and categories that leaves least to earn, exactly.

A unit serves once. Among the splits that leave least to earn the one that counts most is taken, and among those the
one that serves the cycle that ends first. The question is a cheapest flow: activities are the supply, floors pay for
being filled, ceilings are capacities, and units still to be earned may enter anywhere at a price.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from pmcareer.renewals.categories import ZERO, Node, Tree, missing
from pmcareer.renewals.flows import Network
from pmcareer.values import dataclass

Vertex = tuple[int, str, int | None]
"""Demand, path in its tree, and year where the bounds hold for each year."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one cycle asks for. ``open_years``: for each of its years whether units can still be earned in it.

    ``year_floor``: the least for every year. A cycle all of whose years are closed asks nothing more, but what was
    used for it cannot be used again.
    """

    tree: Tree
    open_years: tuple[bool, ...] = (True,)
    year_floor: Fraction = ZERO

    @property
    def open(self) -> bool:
        """Whether anything can still be earned."""
        return any(self.open_years)

    @property
    def by_years(self) -> bool:
        """Whether yearly floors and categories nest, so that one network holds both."""
        bounded = (node for node in self.tree.nodes if node.floor or node.ceiling is not None)
        return self.year_floor > 0 and all(node.in_years for node in bounded)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where units may count: a demand, a path in its tree (``""``: in no category), and the year they fall in."""

    demand: int
    path: str
    year: int = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """Units of one activity, and the places that accept them."""

    amount: Fraction
    places: tuple[Place, ...]


Portions = list[tuple[Place, Fraction]]


def allocate(demands: Sequence[Demand], supplies: Sequence[Supply]) -> list[Portions]:
    """For each supply, in order, where how much of it counts; supplies given first serve first."""
    groups: dict[tuple[Place, ...], list[int]] = {}
    for index, supply in enumerate(supplies):
        if supply.places and supply.amount > 0:
            groups.setdefault(supply.places, []).append(index)
    amounts = {places: sum((supplies[i].amount for i in members), ZERO) for places, members in groups.items()}
    flows = _Problem(demands, amounts).solve()
    shares: list[Portions] = [[] for _ in supplies]
    for places, members in groups.items():
        _hand_out([(i, supplies[i].amount) for i in members], flows[places], shares)
    return shares


def still_to_earn(demand: Demand, at: Mapping[tuple[str, int], Fraction]) -> Fraction:
    """The least number of units that fill what the demand asks, given what counts at each (path, year) and below."""
    whole: dict[str, Fraction] = {}
    for (path, _), amount in at.items():
        whole[path] = whole.get(path, ZERO) + amount
    in_years = sum((year_to_earn(demand, at, year) for year, is_open in enumerate(demand.open_years) if is_open), ZERO)
    return max(missing(demand.tree, whole), in_years)


def year_to_earn(demand: Demand, at: Mapping[tuple[str, int], Fraction], year: int) -> Fraction:
    """What one year still asks for: its own floor, and those of the categories that hold for every year."""
    tops = [node for node in demand.tree.nodes if node.in_years and not _parent_in_years(demand.tree, node)]
    below = sum((_missing_in_year(demand.tree, node, at, year) for node in tops), ZERO)
    return max(demand.year_floor - at.get(("", year), ZERO), below, ZERO)


def _missing_in_year(tree: Tree, node: Node, at: Mapping[tuple[str, int], Fraction], year: int) -> Fraction:
    below = sum((_missing_in_year(tree, child, at, year) for child in tree.below(node.path)), ZERO)
    return max(node.floor - at.get((node.path, year), ZERO), below, ZERO)


def _parent_in_years(tree: Tree, node: Node) -> bool:
    return any(parent.path == node.parent and parent.in_years for parent in tree.nodes)


def _hand_out(members: Iterable[tuple[int, Fraction]], flows: Portions, shares: list[Portions]) -> None:
    """Give the flow of a group to its members one after another."""
    left = deque((place, amount) for place, amount in flows if amount > 0)
    for index, amount in members:
        rest = amount
        while rest > 0 and left:
            place, available = left.popleft()
            taken = min(rest, available)
            shares[index].append((place, taken))
            rest -= taken
            if available > taken:
                left.appendleft((place, available - taken))


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a unit is worth: each price outweighs all that the ones after it can add up to."""

    closed_floor: int
    floor: int
    to_earn: int
    counted: int

    @classmethod
    def of(cls, supply: int, floors: int, demands: int) -> _Prices:
        """Prices for so many units supplied, asked for by floors, and demands to rank."""
        counted = supply * demands + 1
        to_earn = supply * (counted + demands) + 1
        floor = (floors + 1) * (to_earn + counted + demands) + 1
        return cls((floors + 1) * floor, floor, to_earn, counted)


class _Problem:
    """The network of one allocation; amounts are whole numbers of the smallest step that occurs."""

    def __init__(self, demands: Sequence[Demand], amounts: Mapping[tuple[Place, ...], Fraction]) -> None:
        self.demands, self.amounts = demands, amounts
        self.scale = lcm(*(number.denominator for number in _numbers(demands, amounts.values())))
        supply = sum(self._whole(amount) for amount in amounts.values())
        floors = sum(self._whole(floor) for demand in demands for floor in _floors(demand))
        self.prices = _Prices.of(supply, floors, len(demands))
        self.without_limit = supply + floors + 1
        self.network = Network()
        self.vertices: dict[Vertex, int] = {}

    def solve(self) -> dict[tuple[Place, ...], Portions]:
        """How much of each group runs to each of its places."""
        for index, demand in enumerate(self.demands):
            self._add_demand(index, demand)
        named = {places: self._add_supply(places, amount) for places, amount in self.amounts.items()}
        self.network.run()
        return {
            places: [(place, Fraction(self.network.flow_on(arc), self.scale)) for place, arc in arcs]
            for places, arcs in named.items()
        }

    def _whole(self, amount: Fraction) -> int:
        return int(amount * self.scale)

    def _add_supply(self, places: tuple[Place, ...], amount: Fraction) -> list[tuple[Place, tuple[int, int]]]:
        vertex = self.network.vertex()
        self.network.connect(Network.SOURCE, vertex, self._whole(amount), -self.prices.counted)
        return [
            (place, self.network.connect(vertex, self._vertex_of(place), self.without_limit, place.demand))
            for place in places
        ]

    def _add_demand(self, index: int, demand: Demand) -> None:
        """A vertex for each category, once or once a year, with an arc to the one above; the top runs to the sink."""
        top = self._vertex((index, "", None), earning=demand.open)
        self._floored(top, Network.SINK, demand.tree.total or ZERO, None, closed=not demand.open)
        years = range(len(demand.open_years))
        if demand.by_years:
            for year in years:
                vertex = self._vertex((index, "", year), earning=demand.open_years[year])
                self._floored(vertex, top, demand.year_floor, None, closed=not demand.open_years[year])
        for node in demand.tree.nodes:
            if node.in_years or demand.by_years:
                for year in years:
                    self._add_node(index, node, year, is_open=demand.open_years[year])
            else:
                self._add_node(index, node, None, is_open=demand.open)

    def _add_node(self, index: int, node: Node, year: int | None, *, is_open: bool) -> None:
        vertex = self._vertex((index, node.path, year), earning=is_open)
        above = self.vertices.get((index, node.parent, year))
        if above is None:
            above = self.vertices[index, node.parent, None]
        self._floored(vertex, above, node.floor, node.ceiling, closed=not is_open)

    def _floored(self, start: int, end: int, floor: Fraction, ceiling: Fraction | None, *, closed: bool) -> None:
        """An arc up: its first units fill the floor and are paid for, the rest up to the ceiling runs for nothing."""
        limit = self.without_limit if ceiling is None else self._whole(ceiling)
        paid = min(self._whole(floor), limit)
        self.network.connect(start, end, paid, -(self.prices.closed_floor if closed else self.prices.floor))
        self.network.connect(start, end, limit - paid)

    def _vertex(self, name: Vertex, *, earning: bool) -> int:
        vertex = self.vertices[name] = self.network.vertex()
        if earning:
            self.network.connect(Network.SOURCE, vertex, self.without_limit, self.prices.to_earn)
        return vertex

    def _vertex_of(self, place: Place) -> int:
        in_year = self.vertices.get((place.demand, place.path, place.year))
        return self.vertices[place.demand, place.path, None] if in_year is None else in_year


def _numbers(demands: Sequence[Demand], amounts: Iterable[Fraction]) -> Iterator[Fraction]:
    yield from (Fraction(1), *amounts)
    for demand in demands:
        yield from _floors(demand)
        yield from (node.ceiling for node in demand.tree.nodes if node.ceiling is not None)


def _floors(demand: Demand) -> Iterator[Fraction]:
    """Every floor of a demand, once for each year in which it holds."""
    yield demand.tree.total or ZERO
    for _ in demand.open_years:
        yield demand.year_floor
        yield from (node.floor for node in demand.tree.nodes)
