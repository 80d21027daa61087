"""Three-point estimates and tries, held against closed forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmcareer.planning.spreads import CHANCES, Spread, Tries

WIDE = 1_000_000
PERCENT = range(1, 100)


def below(value: int, spread: Spread) -> Fraction:
    """How far along the spread a value lies, from 0 to 1."""
    return Fraction(value - spread.optimistic, spread.pessimistic - spread.optimistic)


# With the middle in the middle PERT is Beta(3, 3): F(x) = 10x³ − 15x⁴ + 6x⁵. At an end it is Beta(1, 5): 1 − (1 − x)⁵,
# or Beta(5, 1): x⁵.
CLOSED_FORMS = [
    (Spread(0, WIDE // 2, WIDE), lambda x: 10 * x**3 - 15 * x**4 + 6 * x**5),
    (Spread(0, 0, WIDE), lambda x: 1 - (1 - x) ** 5),
    (Spread(0, WIDE, WIDE), lambda x: x**5),
    (Spread(-WIDE, 0, WIDE), lambda x: 10 * x**3 - 15 * x**4 + 6 * x**5),
]


@pytest.mark.parametrize(("spread", "distribution"), CLOSED_FORMS)
def test_percentiles_are_those_of_the_beta_distribution(spread: Spread, distribution) -> None:  # type: ignore[no-untyped-def]
    for percent in PERCENT:
        x = below(spread.at(CHANCES * percent // 100), spread)
        assert abs(distribution(x) - Fraction(percent, 100)) < Fraction(1, 100_000)


def test_a_table_made_elsewhere() -> None:
    """365 × scipy.stats.beta(1 + 4·90/365, 1 + 4·275/365).ppf at 10, 50, 80, 95 %: 40.39 113.61 177.94 239.07."""
    found = [Spread(0, 90, 365).at(CHANCES * percent // 100) for percent in (10, 50, 80, 95)]
    assert found == [40, 114, 178, 239]


def test_three_equal_estimates_are_no_spread() -> None:
    assert {Spread(7, 7, 7).at(chance) for chance in (0, 1, CHANCES // 2, CHANCES - 1)} == {7}


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, CHANCES - 1))
def test_values_lie_within_and_rise(start: int, up: int, more: int, chance: int) -> None:
    spread = Spread(start, start + up, start + up + more)
    assert spread.optimistic <= spread.at(0) <= spread.at(chance // 2) <= spread.at(chance)
    assert spread.at(chance) <= spread.at(CHANCES - 1) <= spread.pessimistic


def test_tries_are_counted_as_the_chances_say() -> None:
    """At 70 %: 70 % pass at the first, 91 % by the second, 97.3 % by the third try."""
    tries = Tries(Fraction(7, 10))
    shares = [Fraction(7, 10), Fraction(91, 100), Fraction(973, 1000)]
    for number, share in enumerate(shares, start=1):
        edge = int(CHANCES * share)
        assert (tries.at(edge - 2), tries.at(edge + 2)) == (number, number + 1)


def test_who_always_passes_sits_once_and_who_hardly_ever_does_still_passes_some_day() -> None:
    assert Tries(Fraction(1)).at(CHANCES - 1) == 1
    # 0.99ⁿ < 2⁻³² first for n = 2208.
    assert Tries(Fraction(1, 100)).at(CHANCES - 1) in (2207, 2208)
