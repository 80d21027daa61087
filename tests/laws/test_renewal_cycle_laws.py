"""Laws of cycles and statuses, whatever the rule and the events."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.cases.renewal_cases import scheme
from tests.laws.renewal_strategies import DAYS, ENTRIES, RULES, certification, holdings

from pmcareer.dates import Length
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding
from pmcareer.model.renewal_rules import Cycle, LastDay, RenewalRule
from pmcareer.renewals.answer import assess
from pmcareer.renewals.cycles import History, cycles_until, foresee
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.status import DUE_WITHIN, Status, status_of
from pmcareer.renewals.subject import subject

CERT = certification()
SOME = (
    *("pmp", "capm", "csm", "cspo", "comptia-a-plus", "comptia-security-plus", "prince2-foundation", "msp-foundation"),
    *("itil-foundation", "cism", "cissp", "aws-saa", "az-104", "ccna", "safe-sa", "chpp", "oracle-dba-ocp", "kmp"),
)


def _history(rule: RenewalRule, holding: Holding, as_of: date) -> History:
    return history_of(subject(CERT, (rule,), as_of), holding)


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 30))
def test_cycles_tile_time(rule: RenewalRule, earned: date, years: int) -> None:
    history = _history(rule, Holding(CERT.id, earned=earned), earned)
    cycles = cycles_until(history, earned + timedelta(days=365 * years))
    for one, following in pairwise(cycles):
        assert one.last_day is not None
        assert one.start <= one.last_day
        assert following.start == one.last_day + timedelta(days=1)
        assert following.index == one.index + 1


@settings(deadline=None)
@given(RULES, DAYS, st.lists(st.integers(0, 100), max_size=4))
def test_renewed_in_time_cycles_tile_as_foreseen(rule: RenewalRule, earned: date, shares: list[int]) -> None:
    """Renewing on any day of each cycle leads to the very cycles that were foreseen."""
    fresh = _history(rule, Holding(CERT.id, earned=earned), earned)
    expected = cycles_until(fresh, earned + timedelta(days=366 * 40))[: len(shares) + 1]
    assume(len(expected) == len(shares) + 1)
    renewed = [_within(cycle.start, cycle.last_day, share) for cycle, share in zip(expected, shares, strict=False)]
    as_of = max([earned, *renewed])
    lived = _history(rule, Holding(CERT.id, earned=earned, renewed=tuple(renewed)), as_of)
    assert [(c.start, c.last_day) for c in lived.cycles] == [(c.start, c.last_day) for c in expected]


def _within(first: date, last: date | None, share: int) -> date:
    assert last is not None
    return first + timedelta(days=(last - first).days * share // 100)


@settings(deadline=None)
@given(RULES, DAYS, st.integers(1, 12))
def test_the_nth_cycle_counts_from_the_anchor(rule: RenewalRule, earned: date, n: int) -> None:
    """An oracle of its own: months counted on the anchor's year and month, the day clamped to the month's length."""
    cycle = rule.validity
    assert isinstance(cycle, Cycle)
    months = cycle.length.value.months if cycle.length.value else 0
    assume(cycle.last_day.value in (LastDay.EVE, LastDay.ANNIVERSARY))
    year = earned.year + (cycle.starts.value == "next-january")
    anchor = earned if cycle.starts.value == "earned" else date(year, 1, 1)
    assume(months >= 12 or cycle.starts.value != "this-january")  # a shorter one may be over before the award
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months * n, 12)
    anniversary = _clamped(year, month + 1, anchor.day)
    history = _history(rule, Holding(CERT.id, earned=earned), earned)
    cycles = [*history.cycles, *foresee(history, anniversary)]
    eve = cycle.last_day.value is LastDay.EVE
    assert cycles[n - 1].last_day == anniversary - timedelta(days=1 if eve else 0)


def _clamped(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 4000), st.integers(0, 4000))
def test_time_alone_never_revives(rule: RenewalRule, earned: date, first: int, more: int) -> None:
    holding = Holding(CERT.id, earned=earned)
    early = earned + timedelta(days=first)
    before = status_of(_history(rule, holding, early)).status
    after = status_of(_history(rule, holding, early + timedelta(days=more))).status
    rank = {Status.ACTIVE: 0, Status.DUE: 1, Status.GRACE: 2, Status.SUSPENDED: 2, Status.EXPIRED: 3}
    assert rank[after] >= rank[before]


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 4000))
def test_the_next_status_begins_on_its_day(rule: RenewalRule, earned: date, days: int) -> None:
    holding, as_of = Holding(CERT.id, earned=earned), earned + timedelta(days=days)
    now = status_of(_history(rule, holding, as_of))
    if now.then is not None and now.then.on is not None:
        assert now.then.on > as_of
        assert status_of(_history(rule, holding, now.then.on)).status is now.then.status
        assert status_of(_history(rule, holding, now.then.on - timedelta(days=1))).status is now.status


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 4000))
def test_due_means_that_the_last_day_is_near(rule: RenewalRule, earned: date, days: int) -> None:
    history = _history(rule, Holding(CERT.id, earned=earned), earned + timedelta(days=days))
    latest = history.latest
    assert latest is not None and latest.last_day is not None
    left = (latest.last_day - history.subject.as_of).days
    assert (status_of(history).status is Status.DUE) == (0 <= left <= DUE_WITHIN)


@settings(deadline=None)
@given(st.lists(holdings(st.sampled_from(SOME)), max_size=4), st.lists(ENTRIES, max_size=4), DAYS)
def test_whatever_is_recorded_is_answered(held: list[Holding], entries: list[object], as_of: date) -> None:
    """Events out of order, in the future or against each other are problems at most, and the order changes nothing."""
    answer = assess(held, scheme(), as_of, entries=entries)  # type: ignore[arg-type]
    backwards = [
        Holding(
            one.id,
            one.earned,
            tuple(reversed(one.renewed)),
            one.edition,
            tuple(sorted(one.events, key=str)),
            one.issuer_says_expires,
        )
        for one in held
    ]
    assert {h.certification for h in answer.holdings} >= {one.id for one in held}
    for holding in answer.holdings:
        for cycle in holding.cycles:
            assert cycle.last_day is None or cycle.start <= cycle.last_day
        assert all(deadline.certification == holding.certification for deadline in holding.deadlines)
        if holding.status in (Status.UNKNOWN, Status.EXPIRED, Status.SUSPENDED):
            assert not holding.valid
    again = assess(backwards, scheme(), as_of, entries=entries)  # type: ignore[arg-type]
    assert {h.certification for h in again.holdings} == {h.certification for h in answer.holdings}


@settings(deadline=None)
@given(DAYS, st.integers(1, 5))
def test_length_of_months_is_symmetric(earned: date, years: int) -> None:
    """One cycle of n years ends where n cycles of one year do."""
    from tests.laws.renewal_strategies import rule

    from pmcareer.model.figures import Figure

    yearly = rule(Cycle(Figure(Length(months=12)), Figure(LastDay.EVE)))
    whole = rule(Cycle(Figure(Length(months=12 * years)), Figure(LastDay.EVE)))
    holding = Holding(CertificationId("cert"), earned=earned)
    many = cycles_until(_history(yearly, holding, earned), earned + timedelta(days=366 * years))
    one = _history(whole, holding, earned).cycles
    assert many[years - 1].last_day == one[0].last_day
