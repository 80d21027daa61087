"""Which price a person may lawfully pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pmcareer.model.certifications import Certification, Course, Level, Lifecycle, LifecycleStatus, Price, Study
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId, IssuerId, MembershipId, RegionId
from pmcareer.model.pricing import Payer, lawful_price, preparations
from pmcareer.model.requirements import Holds
from pmcareer.money import Money
from pmcareer.timeline import Timeline

US = RegionId("us")
PMI = MembershipId("pmi")
PAYER = Payer(date(2026, 11, 23), US, "USD")


def figure(text: str | None) -> Figure[Money]:
    return Figure(Money.parse(text) if text else None)


def price(text: str | None, **given: Any) -> Price:
    return Price(given.pop("pays_for", "exam"), figure(text), **given)


def amount(prices: list[Price], payer: Payer = PAYER) -> str | None:
    line = lawful_price(prices, "exam", payer)
    return str(line.amount.value) if line and line.amount.value else None


def test_a_member_price_is_for_members_only() -> None:
    prices = [price("675 USD"), price("425 USD", tier="member", membership=PMI)]
    assert amount(prices) == "675 USD"
    assert amount(prices, replace(PAYER, memberships=frozenset({PMI}))) == "425 USD"


def test_a_price_holds_on_its_first_and_last_day() -> None:
    prices = [price("405 USD", until=date(2026, 8, 5)), price("445 USD", from_=date(2026, 8, 6))]
    assert amount(prices, replace(PAYER, on=date(2026, 8, 5))) == "405 USD"
    assert amount(prices, replace(PAYER, on=date(2026, 8, 6))) == "445 USD"


def test_the_own_region_comes_before_the_world_and_the_world_before_elsewhere() -> None:
    uk, world = price("445 GBP", region=RegionId("uk")), price("500 USD")
    assert amount([uk, world]) == "500 USD"
    assert amount([uk, world, price("565 USD", region=US)]) == "565 USD"
    line = lawful_price([uk], "exam", PAYER)
    assert line is not None and line.elsewhere == "uk"


def test_an_unknown_price_is_not_the_cheapest() -> None:
    assert amount([price(None), price("300 USD")]) == "300 USD"


def test_no_price_at_all_is_an_unknown_exam() -> None:
    (way,) = preparations(certification([]), PAYER)
    assert [line.amount.value for line in way.lines] == [None]


def certification(prices: list[Price], *courses: Course) -> Certification:
    return Certification(
        id=CertificationId("x"),
        name="X",
        issuer=IssuerId("i"),
        level=Level.ENTRY,
        lifecycle=Timeline.always(Lifecycle(LifecycleStatus.ACTIVE)),
        eligibility=Timeline(),
        study=Study(Figure(Decimal(100)), courses=courses),
        renewal=(),
        prices=tuple(prices),
    )


COURSE = Course("course", Figure(Decimal(35)), figure("200 USD"), waived_by=Holds(CertificationId("capm")))


def test_a_waiver_saves_the_hours_and_the_price_of_its_course() -> None:
    base, waived = preparations(certification([price("555 USD")], COURSE), PAYER)
    assert base.hours == 135 and waived.hours == 100
    assert [str(line.amount.value) for line in base.lines] == ["555 USD", "200 USD"]
    assert [str(line.amount.value) for line in waived.lines] == ["555 USD"]
    assert waived.waivers == (Holds(CertificationId("capm")),)


def test_a_bundle_is_taken_where_it_is_cheaper_than_its_parts() -> None:
    parts = certification([price("555 USD"), price("700 USD", pays_for="bundle")], COURSE)
    base, waived = preparations(parts, PAYER)
    assert [line.what for line in base.lines] == ["bundle"]  # 700 against 755
    assert [line.what for line in waived.lines] == ["exam"]  # 555 against 700


def test_unknown_hours_stay_unknown() -> None:
    unknown = replace(COURSE, hours=Figure[Decimal](None), waived_by=None)
    (way,) = preparations(certification([price("1 USD")], unknown), PAYER)
    assert way.hours is None
