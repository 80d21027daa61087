"""Years of cycles, payments, and who pays a shared fee."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.renewal_cases import scheme

from pmcareer.model.ids import CertificationId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.renewals.answer import assess
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.flows import Network
from pmcareer.renewals.years import cycle_years


def _cycle(start: date, last: date) -> HeldCycle:
    return HeldCycle(1, start, last, start, None)


def test_years_end_on_the_eve_where_the_cycle_does() -> None:
    years = cycle_years(_cycle(date(2023, 6, 15), date(2026, 6, 14)), "cycle")
    assert [last for _, last in years] == [date(2024, 6, 14), date(2025, 6, 14), date(2026, 6, 14)]


def test_years_end_on_the_anniversary_where_the_cycle_does() -> None:
    years = cycle_years(_cycle(date(2023, 6, 15), date(2026, 6, 15)), "cycle")
    assert years == (
        (date(2023, 6, 15), date(2024, 6, 15)),
        (date(2024, 6, 16), date(2025, 6, 15)),
        (date(2025, 6, 16), date(2026, 6, 15)),
    )


def test_a_rest_of_a_year_is_a_year() -> None:
    years = cycle_years(_cycle(date(2025, 1, 15), date(2026, 7, 14)), "cycle")
    assert [last for _, last in years] == [date(2026, 1, 14), date(2026, 7, 14)]


def test_calendar_years() -> None:
    years = cycle_years(_cycle(date(2024, 1, 1), date(2026, 12, 31)), "calendar")
    assert [last.year for _, last in years] == [2024, 2025, 2026]
    assert all((first.month, first.day, last.month, last.day) == (1, 1, 12, 31) for first, last in years)


@pytest.mark.parametrize("days", [(), (date(2024, 5, 1),), (date(2024, 5, 1), date(2025, 5, 1))])
def test_each_payment_covers_one_year(days: tuple[date, ...]) -> None:
    events = tuple(HoldingEvent(day, EventKind.FEE_PAID) for day in days)
    holding = Holding(CertificationId("comptia-network-plus"), earned=date(2023, 6, 15), events=events)
    (answer,) = assess([holding], scheme(), date(2025, 6, 1)).holdings
    assert [line.due.paid for line in answer.fees] == [True] * len(days) + [False] * (3 - len(days))


def test_a_fee_that_another_pays_is_no_deadline() -> None:
    held = [
        Holding(CertificationId("comptia-a-plus"), earned=date(2023, 1, 10)),
        Holding(CertificationId("comptia-security-plus"), earned=date(2024, 3, 1)),
    ]
    lower, higher = assess(held, scheme(), date(2024, 6, 1)).holdings
    assert not [one for one in lower.deadlines if one.kind == "fee-due"]
    assert len([one for one in higher.deadlines if one.kind == "fee-due"]) == 3


def test_deadlines_are_named_apart() -> None:
    holding = Holding(CertificationId("cism"), earned=date(2023, 5, 10))
    (answer,) = assess([holding], scheme(), date(2024, 1, 1), years=9).holdings
    names = [(one.cycle, one.kind, one.category, one.n) for one in answer.deadlines]
    assert len(set(names)) == len(names)


def test_a_cheapest_flow_takes_the_cheap_way_first() -> None:
    """Two ways of capacity 2: at -5 and at -1; a third costs +1 and is not worth it."""
    network = Network()
    arcs = [network.connect(Network.SOURCE, Network.SINK, 2, cost) for cost in (-5, -1, 1)]
    assert network.run() == -12
    assert [network.flow_on(arc) for arc in arcs] == [2, 2, 0]


def test_a_cheapest_flow_may_take_back_what_it_sent() -> None:
    """The first path takes the arc that the second needs: the best sum of -9 + -8 beats -10 + 0."""
    network = Network()
    one, other = network.vertex(), network.vertex()
    network.connect(Network.SOURCE, one, 1)
    network.connect(Network.SOURCE, other, 1)
    left, right = network.vertex(), network.vertex()
    for start, end, cost in ((one, left, -10), (one, right, -9), (other, left, -8)):
        network.connect(start, end, 1, cost)
    network.connect(left, Network.SINK, 1)
    network.connect(right, Network.SINK, 1)
    assert network.run() == -17
