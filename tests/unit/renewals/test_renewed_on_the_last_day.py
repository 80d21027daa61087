"""Renewed on the last day itself: the next cycle begins on the day after, by whatever reading (decision 0030)."""

from __future__ import annotations

from datetime import date

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.renewals.cascades import play
from pmcareer.renewals.cycles import HeldCycle, foresee
from pmcareer.renewals.foreseen import foreseen_upkeep

AS_OF, UNTIL = date(2026, 11, 23), date(2041, 1, 1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def latest(catalog: Catalog, holding: Holding, as_of: date = UNTIL) -> HeldCycle:
    _, histories, _ = play(scheme_for(catalog, [holding.id]), [holding], as_of)
    cycle = histories[holding.id].latest
    assert cycle is not None
    return cycle


def _by_the_renewal(cycle: HeldCycle) -> list[date]:
    """The other last days that come of how a renewal counts; whether two years end on the eve is another question."""
    return [day.last_day for day in cycle.disputed if "if the next cycle runs" in day.reason]


def test_a_csm_renewed_on_its_last_day_loses_none(catalog: Catalog) -> None:
    """A CSM of 20 January 2025 lasts two years, to 19 January 2027; the next lasts to 19 January 2029.

    So it is from the old end, and by the other reading too: the old cycle lasts through the day of the renewal.
    """
    holding = Holding(CertificationId("csm"), earned=date(2025, 1, 20), renewed=(date(2027, 1, 19),))
    cycle = latest(catalog, holding)
    assert (cycle.start, cycle.last_day) == (date(2027, 1, 20), date(2029, 1, 19))
    assert not _by_the_renewal(cycle)


def test_a_day_earlier_the_readings_differ(catalog: Catalog) -> None:
    """Renewed on 18 January 2027: two years from that day end on 17 January 2029; from the old end, on the 19th."""
    holding = Holding(CertificationId("csm"), earned=date(2025, 1, 20), renewed=(date(2027, 1, 18),))
    cycle = latest(catalog, holding)
    assert cycle.last_day == date(2029, 1, 17)
    assert _by_the_renewal(cycle) == [date(2029, 1, 19)]


def test_an_exam_again_on_the_last_day(catalog: Catalog) -> None:
    """AWS counts three years from the exam. One of 20 January 2024 lasts to 19 January 2027; passed again on that day
    it lasts to 19 January 2030, passed on the 18th to 17 January 2030."""
    name = CertificationId("aws-saa")

    def end(again: date) -> date | None:
        exam = HoldingEvent(again, EventKind.EXAM_PASSED)
        return latest(catalog, Holding(name, earned=date(2024, 1, 20), events=(exam,))).last_day

    assert end(date(2027, 1, 19)) == date(2030, 1, 19)
    assert end(date(2027, 1, 18)) == date(2030, 1, 17)


def test_what_is_foreseen_is_what_doing_so_leads_to(catalog: Catalog) -> None:
    """Of every certification: the last days that the calendar foresees are the days on which upkeep renews."""
    apart = []
    for name in sorted(catalog.certifications):
        holding = Holding(name, earned=date(2026, 1, 20))
        scheme = scheme_for(catalog, [name])
        _, histories, _ = play(scheme, [holding], AS_OF)
        history = histories[name]
        ends = [history.latest, *foresee(history, UNTIL)]
        days = [cycle.last_day for cycle in ends if cycle and cycle.last_day and cycle.last_day <= UNTIL]
        steps = [step.on for step in foreseen_upkeep([holding], scheme, AS_OF, UNTIL).steps if step.route]
        if days != steps:
            apart.append(name)
    assert not apart
