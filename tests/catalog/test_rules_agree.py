"""The planner's cycles are as long as those of the renewal engine, for every certification."""

from __future__ import annotations

from datetime import date

import pytest

from pmcareer.api.catalog.renewal_terms import renewal_terms, rule_for_new_awards
from pmcareer.api.loading import load_catalog
from pmcareer.dates import months_to_days
from pmcareer.model.ids import RegionId
from pmcareer.model.people import Holding
from pmcareer.model.pricing import Payer
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.subject import subject

CATALOG = load_catalog()
DAYS = [date(2019, 5, 1), date(2022, 6, 1), date(2024, 2, 29), date(2026, 11, 23)]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("certification_id", sorted(CATALOG.certifications))
def test_the_planning_cycle_is_the_engines(certification_id: str, day: date) -> None:
    certification = CATALOG.certifications[certification_id]  # type: ignore[index]
    rules = CATALOG.rules_of(certification)
    history = history_of(subject(certification, rules, day, CATALOG.sources), Holding(certification.id, earned=day))
    (first, *_) = history.cycles
    chosen = rule_for_new_awards(CATALOG, certification, day)
    if chosen is not None and first.last_day is not None and first.known:
        terms = renewal_terms(CATALOG, certification, Payer(day, RegionId("us"), "USD"))
        assert terms.cycle_days is not None
        year_ends = 366  # a cycle that runs to the end of a calendar year is up to a year longer or shorter
        slack = (
            2
            if chosen.validity.kind == "cycle" and chosen.validity.last_day.value in ("eve", "anniversary")
            else year_ends
        )
        assert abs((first.last_day - day).days - terms.cycle_days) <= slack


def test_a_year_is_a_year_on_both_clocks() -> None:
    assert months_to_days(12) == 365
