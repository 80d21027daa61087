"""``near`` as a Report: what was not proven is marked, and the mark explained; what was proven is not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pmcareer.api.reasons.field import Reached
from pmcareer.api.reasons.near import NearAnswer, NearRole
from pmcareer.model.ids import RoleId
from pmcareer.money import Money
from pmcareer.render.text import render_text
from pmcareer.views.reasons.near import near_report

AS_OF = date(2026, 11, 23)


def near(day: int, *, proven: bool) -> NearAnswer:
    reached = Reached(
        day, AS_OF + timedelta(day), Money(Decimal(0), "USD"), False, 0, (RoleId("cto"),), (), proven, proven
    )
    role = NearRole(RoleId("cto"), "CTO", day == 0, reached)
    return NearAnswer(AS_OF, RoleId("cio"), "CIO", 730, (role,), (), 0, 0, {}, {"cto": "CTO"}, (), ("roles",))


@pytest.mark.parametrize(("day", "proven", "marked"), [(365, False, True), (365, True, False), (0, False, False)])
def test_what_is_not_proven_is_marked(day: int, proven: bool, marked: bool) -> None:
    """What is open now cannot come sooner."""
    shown = render_text(near_report(near(day, proven=proven)))
    assert ("2027-11-23*" in shown) == marked
    assert ("* not proven" in shown) == marked
