"""Cheapest upkeep on the shipped catalog: expected amounts are added up by hand from its prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.cases.renewal_cases import scheme

from pmcareer.model.ids import CertificationId, MembershipId, RegionId
from pmcareer.model.people import Holding, MembershipHeld
from pmcareer.money import Money
from pmcareer.renewals.upkeep import Upkeep, cheapest_upkeep


def _upkeep(as_of: date, years: int, *held: tuple[str, date], member: str = "") -> Upkeep:
    holdings = [Holding(CertificationId(own), earned=earned) for own, earned in held]
    memberships = (MembershipHeld(MembershipId(member)),) if member else ()
    return cheapest_upkeep(holdings, scheme(), as_of, years, memberships=memberships)


def _dollars(amount: int) -> tuple[Money, ...]:
    return (Money(Decimal(amount), "USD"),)


def test_a_pmp_over_six_years() -> None:
    """Ends in June 2026 and June 2029, each 150 USD and 60 PDUs; in 2032 the horizon comes first."""
    found = _upkeep(date(2026, 1, 1), 6, ("pmp", date(2023, 6, 15)))
    assert [(step.on, step.routes) for step in found.steps] == [
        (date(2026, 6, 14), ("credits",)),
        (date(2029, 6, 14), ("credits",)),
    ]
    assert found.money == _dollars(300)
    assert found.cost.hours == 120


def test_a_member_pays_less() -> None:
    assert _upkeep(date(2026, 1, 1), 6, ("pmp", date(2023, 6, 15)), member="pmi").money == _dollars(120)


def test_pdus_serve_two_certifications() -> None:
    """60 by June 2026 hold the 30 asked for by January 2027 among them; 60 by June 2029 those of January 2030."""
    found = _upkeep(date(2026, 1, 1), 6, ("pmp", date(2023, 6, 15)), ("pmi-acp", date(2024, 2, 1)))
    assert found.money == _dollars(600)
    assert found.cost.hours == 120


def test_security_plus_carries_the_lower_ones() -> None:
    """150 USD of Security+ each three years; A+ and Network+ are renewed along and pay nothing."""
    found = _upkeep(
        date(2024, 6, 1),
        6,
        ("comptia-a-plus", date(2023, 8, 10)),
        ("comptia-network-plus", date(2022, 6, 15)),
        ("comptia-security-plus", date(2024, 3, 1)),
    )
    assert found.money == _dollars(300)
    assert {step.renews for step in found.steps} == {("comptia-security-plus",)}
    assert found.savings[CertificationId("comptia-a-plus")].money == 0


def test_the_highest_fee_of_the_scrum_alliance_pays_for_all() -> None:
    """175 USD twice; 30 SEUs and half of 20 twice are 80. Without the A-CSM it would be 100 twice and 60 SEUs."""
    held = (("csm", date(2023, 5, 2)), ("cspo", date(2024, 3, 1)), ("a-csm", date(2024, 9, 1)))
    found = _upkeep(date(2025, 1, 1), 5, *held)
    assert found.money == _dollars(350)
    assert found.cost.hours == 80
    assert found.savings[CertificationId("a-csm")].money == 150


def test_one_fee_of_isc2_covers_all() -> None:
    """135 USD in each of 2025 to 2029, whatever is held."""
    found = _upkeep(date(2024, 6, 1), 5, ("cissp", date(2023, 5, 10)), ("csslp", date(2024, 2, 20)))
    assert found.money == _dollars(675)
    assert [saving.money for saving in found.savings.values()] == [0, 0]


def test_one_exam_renews_the_suite() -> None:
    """The Practitioner exam (565 USD) renews all four each three years: due in May 2026, 2029 and 2032."""
    found = _upkeep(
        date(2024, 1, 1),
        9,
        ("prince2-foundation", date(2021, 5, 2)),
        ("prince2-practitioner", date(2022, 5, 2)),
        ("msp-foundation", date(2023, 5, 2)),
    )
    assert found.money == _dollars(3 * 565)
    assert [step.on for step in found.steps] == [date(2026, 5, 2), date(2029, 5, 2), date(2032, 5, 2)]


def test_what_never_expires_costs_nothing_and_what_is_unknown_is_left_out() -> None:
    found = _upkeep(date(2025, 1, 1), 5, ("psm-i", date(2024, 3, 1)), ("kmp", date(2024, 3, 1)))
    assert (found.kept, found.steps, found.money) == ((), (), ())


def test_an_unknown_price_is_no_price_of_zero() -> None:
    """IPMA's recertification has no known price: the line stands without an amount and is counted as unknown."""
    found = _upkeep(date(2026, 6, 1), 3, ("ipma-c", date(2022, 4, 1)))
    assert [line.amount for step in found.steps for line in step.lines] == [None]
    assert (found.cost.unknown, found.money) == (1, ())


def test_what_is_noted_as_not_current_comes_back_by_exam_only() -> None:
    """A PRINCE2 Practitioner of 1 May 2022 ended on 1 May 2025. CPD takes three years in a row, which are over: the
    exam of 23 November 2026 brings it back for three years, to 23 November 2029. In pounds it is 445.
    """
    held = Holding(CertificationId("prince2-practitioner"), earned=date(2022, 5, 1))
    upkeep = cheapest_upkeep([held], scheme(), date(2026, 11, 23), 3, region=RegionId("uk"), currency="GBP")
    assert [(step.on, step.routes) for step in upkeep.steps] == [(date(2026, 11, 23), ("same-exam",))]
    assert upkeep.money == (Money(Decimal(445), "GBP"),)
