"""What hand-worked questions to the planner have in common."""

from __future__ import annotations

from fractions import Fraction

from pmcareer.planning.instance import AnyOf, Certification, Holds, Instance, Move, Role, Start, TenureDays


def f(number: int) -> Fraction:
    return Fraction(number)


# One hour a day. To the target straight with "dear" (4 days, 90) or "mean" (9 days, 30); or by the role "side", after
# 20 days in the start and 5 there, for nothing.
THREE_WAYS = Instance(
    start=Start("r"),
    target="t",
    roles={"r": Role(), "side": Role(), "t": Role()},
    moves=(
        Move("r", "t", AnyOf((Holds("dear"), Holds("mean")))),
        Move("r", "side", TenureDays(20)),
        Move("side", "t", TenureDays(5)),
    ),
    certifications={"dear": Certification(f(4), f(90)), "mean": Certification(f(9), f(30))},
    hours_per_week=f(7),
    horizon_days=100,
)
