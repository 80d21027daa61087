"""Laws of the roster engine: every answer is the renewal engine's own, asked for that person, for every rule."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.renewals.answer import assess
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import Status
from pmcareer.team.columns.engine import engine_by_day, rule_spans
from pmcareer.team.columns.suites import SuiteCase, forgetting_circles
from pmcareer.team.interactions import date_circles
from pmcareer.team.standings import StandingBook, as_held, in_case_order
from pmcareer.team.status import status_of_roster

AS_OF = date(2026, 11, 23)
FIRST = date(1998, 1, 1)


@cache
def the_catalog() -> Catalog:
    return load_catalog()


@cache
def the_scheme() -> Scheme:
    return scheme_for(the_catalog(), tuple(the_catalog().certifications))


def by_the_engine(rows: list[HoldingRow], as_of: date) -> Counter[tuple[str, str, date | None]]:
    """What ``pmcareer renewals`` says of one person: certification, status, last valid day.

    The order in which a roster has rows is no information; they are told the engine in the order of cases.
    """
    answer = assess([as_held(row) for row in sorted(rows, key=in_case_order)], the_scheme(), as_of)
    return Counter(
        (one.certification, one.status.value, None if one.status is Status.UNKNOWN else one.expires)
        for one in answer.holdings
    )


DAYS = st.dates(FIRST, AS_OF)
OWN = st.sampled_from(sorted(the_catalog().certifications))
# Suites and ladders, where joint effects are; any certification else.
_CLOSE = (
    "prince2-foundation prince2-practitioner msp-foundation itil-foundation itil-dpi itil-dits csm a-csm cspo "
    "comptia-a-plus comptia-network-plus comptia-security-plus ccna ccnp-enterprise safe-sa safe-spc aws-ccp aws-saa "
    "pmp capm"
)
CLOSE = st.sampled_from(_CLOSE.split()).map(CertificationId)

HOLDINGS = st.builds(
    HoldingRow,
    source_row=st.just(2),
    person=st.just(""),
    certification=OWN | CLOSE,
    earned=st.none() | DAYS,
    renewed=st.lists(DAYS, max_size=2, unique=True).map(lambda days: tuple(sorted(days))),
    route=st.none() | st.sampled_from(["credits", "same-exam", "suite-exam", "fee"]),
    issuer_says_expires=st.none() | st.none() | st.dates(date(2020, 1, 1), date(2032, 1, 1)),
)


def unique(rows: list[HoldingRow]) -> list[HoldingRow]:
    """As a roster has them: one person's certification since one day once."""
    return list({(row.certification, row.earned): row for row in rows}.values())


PEOPLE = st.lists(st.lists(HOLDINGS, max_size=4).map(unique), min_size=1, max_size=5)


def roster_of(people: list[list[HoldingRow]]) -> SmallRoster:
    named = [(f"p{n}", rows) for n, rows in enumerate(people)]
    return SmallRoster(
        tuple(PersonRow(n + 2, name, department=f"d{n % 2}") for n, (name, _) in enumerate(named)),
        tuple(
            HoldingRow(n + 2, name, r.certification, r.earned, r.renewed, r.route, r.issuer_says_expires)
            for n, (name, rows) in enumerate(named)
            for r in rows
        ),
    )


@given(PEOPLE)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_person_gets_the_engines_own_answer(people: list[list[HoldingRow]]) -> None:
    book = StandingBook(the_scheme(), AS_OF, date_circles(the_scheme()))
    found = status_of_roster(roster_of(people), book)
    for n, rows in enumerate(people):
        own = Counter(
            (row.certification, row.status.value, row.expires) for row in found.rows or () if row.person == f"p{n}"
        )
        assert own == by_the_engine(rows, AS_OF)


@given(
    OWN,
    st.lists(DAYS, min_size=40, max_size=120, unique=True).map(sorted),
    st.dates(date(2018, 1, 1), date(2030, 12, 31)),
)
@settings(max_examples=40, deadline=None)
def test_days_by_spans_are_the_engines_own(own: CertificationId, days: list[date], as_of: date) -> None:
    earned = [day for day in days if day <= as_of]
    for day, seen in engine_by_day(the_scheme(), own, as_of).of(earned):
        said = {(own, seen.status.value, seen.expires): 1}
        assert {k: n for k, n in by_the_engine([HoldingRow(2, "", own, day)], as_of).items() if k[0] == own} == said


@pytest.mark.parametrize("own", sorted(the_catalog().certifications))
def test_spans_hold_for_every_certification(own: CertificationId) -> None:
    """Every day of thirty years told by spans; every sixty-first, and all month ends of some years, by the engine."""
    every = [FIRST + timedelta(days=n) for n in range((AS_OF - FIRST).days + 1)]
    told = dict(engine_by_day(the_scheme(), own, AS_OF).of(every))
    anew = engine_by_day(the_scheme(), own, AS_OF)
    odd = [day for day in every if day.year in (2012, 2016, 2021) and (day + timedelta(days=1)).day == 1]
    for day in [*every[::61], *odd]:
        assert (told[day].status, told[day].expires) == (anew.ask(day).status, anew.ask(day).expires), day


def test_which_suites_forget() -> None:
    """Scrum Alliance: any new certification renews all others, expired ones too. PRINCE2's suite: any exam does."""
    circles = date_circles(the_scheme())
    assert {circles[CertificationId("csm")], circles[CertificationId("prince2-practitioner")]} == forgetting_circles(
        the_scheme(), circles, AS_OF
    )


SUITES = [
    [own for own, name in date_circles(the_scheme()).items() if name == circle]
    for circle in sorted(forgetting_circles(the_scheme(), date_circles(the_scheme()), AS_OF))
]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_in_suites_the_last_award_forgets_what_was_before(data: st.DataObject) -> None:
    suite = data.draw(st.sampled_from(SUITES))
    held = data.draw(st.lists(st.sampled_from(suite), min_size=2, max_size=4, unique=True))
    days = sorted(data.draw(st.lists(DAYS, min_size=len(held), max_size=len(held))))
    assume(days[-2] < days[-1])  # of those before, several may have been earned on one day
    spans = []
    for own, day in zip(held[:-1], days[:-1], strict=True):
        under = rule_spans(the_scheme(), own, AS_OF, FIRST, AS_OF)
        spans.append((own, next(last for first, last in under if first <= day <= last)))
    told = SuiteCase(tuple(spans), held[-1]).rows(days[-1])
    recorded = [HoldingRow(2, "", own, day) for own, day in zip(held, days, strict=True)]
    assert by_the_engine(list(told), AS_OF) == by_the_engine(recorded, AS_OF)
