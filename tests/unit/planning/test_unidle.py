"""What it costs that nobody idles, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmcareer.planning.instance import Certification, Holds, Instance, Move, Renewal, Role, Start
from pmcareer.planning.packages import Packages
from pmcareer.planning.problem import problem_of
from pmcareer.planning.unidle import Unidle

# One hour a day. "early" takes seven days; renewed every 100 days for 5 it is due on days 107, 207 and 307.
EARLY = Certification(Fraction(7), Fraction(10), renewal=Renewal(100, cost=Fraction(5)))


def cost_on(arrival: int, most: int, **others: Certification) -> Fraction:
    """The bound of plans that arrive then with "early" for 10; *others*, for other moves, may be studied before it."""
    asked = Instance(
        start=Start("a"),
        target="b",
        roles={"a": Role(), "b": Role()},
        moves=(Move("a", "b", Holds("early")), *(Move("a", "b", Holds(name)) for name in others)),
        certifications={"early": EARLY, **others},
        hours_per_week=Fraction(7),
        horizon_days=1000,
    )
    problem = problem_of(asked)
    unit = problem.money_unit
    found = Unidle(problem, Packages(problem), arrival).cost(problem.bit["early"], 10 * unit, most * unit)
    return Fraction(found, unit)


@pytest.mark.parametrize(("arrival", "cost"), [(50, 10), (106, 10), (108, 15), (306, 20), (350, 25)])
def test_what_is_earned_at_once_is_renewed_often(arrival: int, cost: int) -> None:
    assert cost_on(arrival, 1000) == cost


# A free study of a hundred days may be put before it: on day 350 only those of days 207 and 307 lie behind. Of what
# costs 6 too, one renewal (5) is not worth it; two are.
@pytest.mark.parametrize(
    ("price", "days", "arrival", "cost"), [(0, 100, 350, 20), (6, 100, 350, 25), (6, 200, 350, 21), (6, 200, 150, 15)]
)
def test_other_studies_put_it_off(price: int, days: int, arrival: int, cost: int) -> None:
    assert cost_on(arrival, 1000, before=Certification(Fraction(days), Fraction(price))) <= cost


def test_what_is_dearer_than_the_limit_is_not_bounded_further() -> None:
    assert cost_on(350, 24) > 24
    assert cost_on(350, 9) == 10
