"""The category tree of a cycle's units: floors and ceilings, and what is still missing under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from pmcareer.model.figures import Figure
from pmcareer.model.renewal_rules import Category, Units
from pmcareer.renewals.last_days import value_of
from pmcareer.values import dataclass

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A category with its bounds as exact numbers. ``path`` is its ids from the top; ``parent`` the path above.

    ``in_years``: its bounds hold for each year of the cycle, as do those of what lies below it.
    """

    path: str
    name: str
    parent: str
    floor: Fraction
    ceiling: Fraction | None
    in_years: bool
    category: Category

    @property
    def id(self) -> str:
        """The category's own id, the last of its path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Tree:
    """The categories of one rule, parents before children; ``total`` stands above them all."""

    total: Fraction | None
    nodes: tuple[Node, ...]

    def find(self, name: str) -> Node | None:
        """The node that a recorded category means: its path, the end of its path, or its id, if that is one node."""
        wanted = name.strip("/")
        matches = [node for node in self.nodes if node.path == wanted or node.path.endswith("/" + wanted)]
        return matches[0] if len(matches) == 1 else None

    def below(self, path: str) -> tuple[Node, ...]:
        """The nodes directly below a path; below ``""`` those at the top."""
        return tuple(node for node in self.nodes if node.parent == path)

    def choices(self, node: Node) -> tuple[Node, ...]:
        """Where units recorded for *node* may be put: in it, or in what lies below it and has a floor to fill."""
        deeper = tuple(below for child in self.below(node.path) for below in self.choices(child))
        return (*(below for below in deeper if below.floor > 0), node)

    def lineage(self, node: Node) -> Iterator[Node]:
        """The node and those above it."""
        current: Node | None = node
        by_path = {one.path: one for one in self.nodes}
        while current:
            yield current
            current = by_path.get(current.parent)


def tree_of(units: Units, share_worked: Fraction | None = None, share_asked: Fraction = Fraction(1)) -> Tree:
    """The tree of a rule. *share_worked* shrinks proportional ceilings; *share_asked* shrinks what is required."""
    total = value_of(units.total)
    step = Fraction(value_of(units.increment) or 1)
    nodes = tuple(_nodes(units.categories, "", share_worked, share_asked, step))
    return Tree(Fraction(total) * share_asked if total is not None else None, nodes)


def rounded_down(amount: Fraction, step: Fraction | None) -> Fraction:
    """An amount rounded down to a multiple of *step*."""
    return amount // step * step if step else amount


def missing(tree: Tree, counted: Mapping[str, Fraction], path: str = "") -> Fraction:
    """The least number of units that fill every floor at and below *path*, given what counts at each node.

    ``counted`` holds for each path the units in it and below it, and under ``""`` all of them.
    """
    below = sum((missing(tree, counted, node.path) for node in tree.below(path) if not node.in_years), ZERO)
    floor = _floor(tree, path)
    return max(floor - counted.get(path, ZERO), below, ZERO)


def _floor(tree: Tree, path: str) -> Fraction:
    if not path:
        return tree.total or ZERO
    return next(node.floor for node in tree.nodes if node.path == path)


def _nodes(
    categories: Iterable[Category],
    parent: str,
    worked: Fraction | None,
    asked: Fraction,
    step: Fraction,
    in_years: bool = False,
) -> Iterator[Node]:
    for category in categories:
        yearly = in_years or category.per == "year"
        path = f"{parent}/{category.id}" if parent else str(category.id)
        ceiling = _number(category.maximum)
        if ceiling is not None and category.proportional and worked is not None:
            ceiling = rounded_down(ceiling * worked, step)
        floor = (_number(category.minimum) or ZERO) * asked
        yield Node(path, category.name, parent, floor, ceiling, yearly, category)
        yield from _nodes(category.children, path, worked, asked, step, yearly)


def _number(figure: Figure[Decimal] | None) -> Fraction | None:
    value = value_of(figure)
    return None if value is None else Fraction(value)
