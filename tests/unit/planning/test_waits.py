"""How soon a target could be reached, worked out by hand; the laws of the planner say that nothing arrives sooner."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    Certification,
    EducationRank,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Requirement,
    Role,
    Start,
    TenureDays,
    Variant,
)
from pmcareer.planning.requirements import NEVER
from pmcareer.planning.waits import soonest

WORK = ExperienceDays("work", 100)
EASY = Certification(Fraction(20), Fraction(0), 3, variants=(Variant(None, Fraction(11), Fraction(5)),))
HARD = Certification(Fraction(1), Fraction(0), 10, eligibility=All((WORK, Holds("easy"))))
ROUND = Certification(Fraction(0), Fraction(0), 4, eligibility=Holds("round"))


def asked(requires: Requirement | None, hours: int = 10) -> Instance:
    """Thirty days of work behind one, ten hours a week."""
    return Instance(
        start=Start("a", experience_days={"work": 30}, education=2),
        target="b",
        roles={"a": Role(frozenset({"work"})), "b": Role()},
        moves=(Move("a", "b", requires),),
        certifications={"easy": EASY, "hard": HARD, "round": ROUND},
        hours_per_week=Fraction(hours),
        horizon_days=1000,
    )


@pytest.mark.parametrize(
    ("requires", "day"),
    [
        (None, 0),
        (WORK, 70),
        (TenureDays(50), 0),  # may be behind one
        (Holds("easy"), 11),  # 11 hours are 7.7 days, the eighth is the first after them; then 3 days
        (Holds("hard"), 80),
        (Holds("round"), 4),
        (AnyOf((WORK, Holds("easy"))), 11),
        (AtLeast(2, (WORK, Holds("easy"), Holds("hard"))), 70),
        (All((WORK, Holds("hard"))), 80),
        (EducationRank(2), 0),
        (EducationRank(3), NEVER),
        (AnyOf(()), NEVER),
    ],
)
def test_first_days_by_hand(requires: Requirement | None, day: int) -> None:
    assert soonest(asked(requires)) == day


def test_without_hours_nothing_is_studied() -> None:
    assert soonest(asked(Holds("easy"), hours=0)) >= NEVER
