"""Laws of large forecasts: days taken together come to what each of them comes to, for every certification."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.rosters import HoldingRow
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.engine import rule_spans
from pmcareer.team.columns.forecast import told_by_day
from pmcareer.team.columns.suites import SuiteCase, forgetting_circles
from pmcareer.team.forecast import Forecaster, Told
from pmcareer.team.interactions import fee_circles
from pmcareer.team.standings import in_case_order

AS_OF = date(2026, 11, 23)
FIRST = date(2014, 1, 1)


@cache
def forecaster() -> Forecaster:
    catalog = load_catalog()
    scheme = scheme_for(catalog, tuple(catalog.certifications))
    return Forecaster(scheme, AS_OF, RegionId("us"), fee_circles(scheme))


def told(*held: HoldingRow) -> Counter[tuple[object, ...]]:
    """Each due by the engine, day by day: quarter (none: overdue), and what it is."""
    quarters = forecaster().quarters
    counted: Counter[tuple[object, ...]] = Counter()
    for due in forecaster().dues_of(tuple(sorted(held, key=in_case_order))):
        if due.on <= quarters[-1].last_day:
            quarter = next((one for one in quarters if one.first_day <= due.on <= one.last_day), None)
            late = due.on < AS_OF
            counted[None if late else quarter, due.certification, due.fee, due.amount, due.unit, due.units] += 1
    return counted


def summed(found: list[tuple[Told, int]]) -> Counter[tuple[object, ...]]:
    counted: Counter[tuple[object, ...]] = Counter()
    for dues, people in found:
        for quarter, due in dues:
            counted[quarter, due.certification, due.fee, due.amount, due.unit, due.units] += people
    return counted


@pytest.mark.parametrize("own", sorted(load_catalog().certifications))
def test_days_taken_together_come_to_what_each_comes_to(own: CertificationId) -> None:
    """All days of some months: those around the as-of day's anniversaries, where quarters and lateness change."""
    chance = Random(own)
    months = [date(AS_OF.year - chance.randrange(5), AS_OF.month, 1), date(2014 + chance.randrange(13), 2, 20)]
    days = sorted({start + timedelta(days=n) for start in months for n in range(33)} - {AS_OF})
    days = [day for day in days if day <= AS_OF]
    doubtful = doubtful_days(forecaster().scheme, own, AS_OF)
    found = told_by_day(
        [(day, 1) for day in days], lambda day: forecaster().told((HoldingRow(0, "", own, day),)), doubtful
    )
    expected: Counter[tuple[object, ...]] = Counter()
    for day in days:
        expected += told(HoldingRow(0, "", own, day))
    assert summed(list(found)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_of_a_pair_in_a_forgetting_suite_the_last_award_tells(seed: int) -> None:
    chance = Random(seed)
    scheme, circles = forecaster().scheme, forecaster().circles
    named = sorted(forgetting_circles(scheme, circles, AS_OF))
    assert named, "the catalog has such suites"
    for circle in named:
        members = [own for own, name in circles.items() if name == circle]
        for _ in range(12):
            before, last = chance.sample(members, 2)
            first, second = sorted(chance.sample(range((AS_OF - FIRST).days), 2))
            early, late = FIRST + timedelta(days=first), FIRST + timedelta(days=second)
            span = next(end for start, end in rule_spans(scheme, before, AS_OF, FIRST, AS_OF) if start <= early <= end)
            alike = SuiteCase(((before, span),), last).rows(late)
            assert told(*alike) == told(HoldingRow(0, "", before, early), HoldingRow(0, "", last, late))
