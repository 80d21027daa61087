"""A schedule written by hand, and one of hostile texts, for the tests of the files that planners take."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from pmcareer.money import Money
from pmcareer.views.plans.schedule import Schedule, Task

D = dt.date


def usd(amount: str) -> Money:
    return Money.parse(f"{amount} USD")


STUDY = Task(
    id="study_pmp", name="Study PMP", phase="Study", start=D(2026, 11, 23), finish=D(2027, 2, 28), milestone=False,
    critical=True, float_days=0, cost=usd("0"), hours=Fraction(200), notes=("200 hours", "leads to PMP"),
)  # fmt: skip
EARN = Task(
    id="earn_pmp", name="Apply for and earn PMP", phase="Certifications", start=D(2027, 3, 1), finish=D(2027, 3, 15),
    milestone=False, critical=True, float_days=0, cost=usd("675.50"), hours=None, notes=(), after=("study_pmp",),
)  # fmt: skip
RENEW = Task(
    id="renew_capm", name="Renew CAPM", phase="Renewals", start=D(2028, 2, 29), finish=D(2028, 2, 29), milestone=True,
    critical=False, float_days=0, cost=None, hours=Fraction(15), notes=("keeps CAPM active",), deadline=True,
)  # fmt: skip
MOVE = Task(
    id="move_senior", name="Become Senior project manager", phase="Roles", start=D(2031, 11, 23),
    finish=D(2031, 11, 23), milestone=True, critical=True, float_days=0, cost=usd("0"), hours=None, notes=(),
    after=("earn_pmp",),
)  # fmt: skip
PLAN = Schedule(
    "Project coordinator → Senior project manager", D(2026, 11, 23), D(2031, 11, 23), "USD", (STUDY, EARN, RENEW, MOVE),
    ("Made by pmcareer.",),
)  # fmt: skip

HOSTILE_TEXT = "=cmd|' /C calc'!A0 <b>&\"]]>\\\" ;:#%[x], ${foo} {bar}\x07\u2028\U0001f600\ud83d"
_NASTY = Task(
    id="study_x", name=HOSTILE_TEXT, phase="Study", start=D(2027, 1, 1), finish=D(2027, 1, 1), milestone=False,
    critical=False, float_days=3, cost=usd("1"), hours=Fraction(1, 3), notes=(HOSTILE_TEXT, "-2+3"),
)  # fmt: skip
HOSTILE = Schedule(HOSTILE_TEXT, D(2027, 1, 1), D(2027, 1, 2), "USD", (_NASTY,), (HOSTILE_TEXT,))
