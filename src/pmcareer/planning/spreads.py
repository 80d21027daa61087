"""Spreads: what may come out instead of what is planned, as a whole number for each of 2³² equal chances.

Everything is exact or correctly rounded (whole numbers, and decimals of 28 digits), so that the same seed gives the
same numbers on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from pmcareer.values import dataclass

CHANCES = 1 << 32
_CELLS = 1000
_DIGITS = Context(prec=28)
_SCALE = Decimal(10) ** 18
_FINE = 96  # bits of the chance of still failing; below 2⁻³² nothing can tell the rest apart


@dataclass(frozen=True, slots=True)
class Spread:
    """Three estimates, rising: what hardly anything undercuts, what is most likely, what hardly anything exceeds.

    Read as PERT does: a beta distribution between the outer two, in which the middle one weighs four times as much.
    """

    optimistic: int
    most_likely: int
    pessimistic: int

    def at(self, chance: int) -> int:
        """The value that *chance* of 2³² stay below: the inverse of the cumulative distribution, rounded."""
        width = self.pessimistic - self.optimistic
        if not width:
            return self.optimistic
        curve = _curve(Fraction(4 * (self.most_likely - self.optimistic), width))
        place = chance * curve.total
        cell = bisect_right(curve.below, place // CHANCES) - 1
        weight = curve.weights[cell]
        part = cell * weight * CHANCES + place - curve.below[cell] * CHANCES
        whole = _CELLS * weight * CHANCES
        return self.optimistic + (2 * width * part + whole) // (2 * whole)


class _Curve(NamedTuple):
    """A density on equal cells of the unit interval, and its running sum before each cell."""

    weights: tuple[int, ...]
    below: tuple[int, ...]
    total: int


@cache
def _logarithms() -> tuple[Decimal, ...]:
    """Of the cells' middles."""
    with localcontext(_DIGITS):
        return tuple((Decimal(2 * cell + 1) / (2 * _CELLS)).ln() for cell in range(_CELLS))


@cache
def _curve(rising: Fraction) -> _Curve:
    """The beta density x^rising × (1 − x)^(4 − rising): PERT's two exponents always add up to four."""
    logarithms = _logarithms()
    with localcontext(_DIGITS):
        up = Decimal(rising.numerator) / rising.denominator
        down = 4 - up
        pairs = zip(logarithms, reversed(logarithms), strict=True)
        # At least one, so that every cell can be stood in.
        weights = tuple(1 + int((up * left + down * right).exp() * _SCALE) for left, right in pairs)
    sums = tuple(accumulate(weights, initial=0))
    return _Curve(weights, sums[:-1], sums[-1])


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an exam is sat until it is passed, where each try passes with *chance* (above 0, at most 1)."""

    chance: Fraction

    def at(self, chance: int) -> int:
        """The number of tries that *chance* of 2³² stay below."""
        return 1 + bisect_right(_passed(self.chance), chance)


@cache
def _passed(chance: Fraction) -> tuple[int, ...]:
    """Of 2³², how many have passed after each try, until hardly any is left."""
    failing = int((1 - chance) * (1 << _FINE))
    found, left = [], failing
    while left >> (_FINE - 32):
        found.append(CHANCES - (left >> (_FINE - 32)))
        left = left * failing >> _FINE
    return tuple(found)
