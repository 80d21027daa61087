"""Forecasts worked out by hand, from the issuers' published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.money import Money
from pmcareer.team.forecast import Forecaster, Quarter, quarter_of
from pmcareer.team.interactions import fee_circles

AS_OF = date(2026, 11, 23)
PMP, CAPM, PSM = (CertificationId(own) for own in ("pmp", "capm", "psm-i"))


def forecaster(quarters: int = 4) -> Forecaster:
    scheme = scheme_for(load_catalog(), [PMP, CAPM, PSM])
    return Forecaster(scheme, AS_OF, RegionId("us"), fee_circles(scheme), quarters)


def roster(*held: tuple[str, CertificationId, str]) -> SmallRoster:
    people = tuple(PersonRow(n + 2, person) for n, person in enumerate(dict.fromkeys(person for person, _, _ in held)))
    return SmallRoster(people, tuple(HoldingRow(2, person, own, date.fromisoformat(day)) for person, own, day in held))


def test_quarters_of_the_calendar() -> None:
    assert [str(one) for one in forecaster(5).quarters] == ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]
    assert quarter_of(date(2027, 3, 31)) == Quarter(2027, 1)
    assert Quarter(2027, 1).last_day == date(2027, 3, 31)
    assert quarter_of(date(2027, 4, 1)) == Quarter(2027, 2)


def test_two_pmps_of_one_quarter_and_one_of_the_next() -> None:
    """PMP: 60 PDU and 150 USD at each end of three years. Ends: 2026-12-19, 2026-12-31 and 2027-01-14."""
    staff = roster(("Ana", PMP, "2023-12-20"), ("Ben", PMP, "2024-01-01"), ("Cy", PMP, "2024-01-15"))
    first, second = forecaster().of_roster(staff).rows
    assert (first.quarter, first.renewals, first.unit, first.units) == (Quarter(2026, 4), 2, "PDU", Fraction(120))
    assert first.fees == (Money(Decimal(300), "USD"),)
    assert (second.quarter, second.renewals, second.units) == (Quarter(2027, 1), 1, Fraction(60))
    assert (first.fees_unknown, second.fees_unknown) == (0, 0)


def test_what_is_lost_or_for_life_asks_for_nothing() -> None:
    found = forecaster().of_roster(roster(("Ana", PMP, "2012-01-01"), ("Ben", PSM, "2012-01-01")))
    assert (found.rows, found.overdue) == ((), {})


def test_what_is_suspended_is_overdue_today() -> None:
    """A PMP that ended on 2026-01-31 is suspended for a year: late, and not in any quarter to come."""
    found = forecaster().of_roster(roster(("Ana", PMP, "2023-02-01")))
    assert found.overdue == {PMP: 1}
    assert sum(row.renewals for row in found.rows) == 0
