"""Two clocks choose the rule, and of the rules that match the last listed governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.laws.renewal_strategies import certification

from pmcareer.dates import Length
from pmcareer.model.figures import Figure
from pmcareer.model.ids import EditionId, RuleId
from pmcareer.model.people import EventKind as Kind
from pmcareer.model.people import Holding, HoldingEvent
from pmcareer.model.renewal_rules import (
    AppliesTo,
    Cycle,
    InForce,
    LastDay,
    Lifetime,
    OneOff,
    ReleaseRetirement,
    RenewalRule,
    UntilReleaseRetires,
    Validity,
)
from pmcareer.renewals.cycles import History
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.status import Status, status_of
from pmcareer.renewals.subject import subject

CERT = certification()
YEARS = {n: Cycle(Figure(Length(months=12 * n)), Figure(LastDay.EVE)) for n in (1, 2, 3)}


def _rule(name: str, validity: Validity, applies: AppliesTo | None = None, force: InForce | None = None) -> RenewalRule:
    return RenewalRule(RuleId(name), name, validity, applies or AppliesTo(), force or InForce())


def _history(rules: list[RenewalRule], holding: Holding, as_of: date, one_offs: tuple[OneOff, ...] = ()) -> History:
    return history_of(subject(CERT, rules, as_of, None, one_offs), holding)


def _governing(rules: list[RenewalRule], earned: date, as_of: date) -> str:
    latest = _history(rules, Holding(CERT.id, earned=earned), as_of).latest
    assert latest is not None
    return latest.rule.id if latest.rule else "none"


def test_the_last_that_matches_governs() -> None:
    rules = [_rule("old", YEARS[3]), _rule("new", YEARS[2])]
    assert _governing(rules, date(2020, 1, 1), date(2021, 1, 1)) == "new"
    assert _governing(rules[::-1], date(2020, 1, 1), date(2021, 1, 1)) == "old"


def test_what_is_for_life_on_any_day_needs_no_day() -> None:
    """Of an award that nobody dated only rules that hold for every award can speak."""
    as_of, life = date(2026, 11, 23), _rule("life", Lifetime())
    since = _rule("since", Lifetime(), AppliesTo(from_=date(2020, 7, 1)))
    for rules, status in (
        ([life], Status.LIFETIME),
        ([life, since], Status.LIFETIME),
        ([since], Status.UNKNOWN),
        ([life, _rule("newer", YEARS[3], AppliesTo(from_=date(2020, 7, 1)))], Status.UNKNOWN),
        ([_rule("gone", Lifetime(), force=InForce(until=date(2025, 12, 31)))], Status.UNKNOWN),
        ([], Status.UNKNOWN),
    ):
        assert status_of(_history(rules, Holding(CERT.id), as_of)).status is status


def test_a_rule_is_known_from_its_day_to_its_day() -> None:
    rules = [_rule("old", YEARS[3]), _rule("new", YEARS[2], force=InForce(date(2023, 1, 1), date(2024, 12, 31)))]
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [_governing(rules, date(2020, 1, 1), day) for day in days] == ["old", "new", "new", "old"]


def test_the_cycle_that_the_rule_itself_gives_is_asked() -> None:
    """By its own two years the new rule's cycle ends in 2021, too early for it, so the old one governs."""
    rules = [_rule("old", YEARS[3]), _rule("new", YEARS[2], AppliesTo("cycle-end", from_=date(2022, 6, 1)))]
    assert _governing(rules, date(2020, 1, 1), date(2021, 1, 1)) == "old"
    assert _governing(rules, date(2020, 7, 1), date(2021, 1, 1)) == "new"


def test_the_first_and_the_last_day_of_an_award_belong() -> None:
    rules = [_rule("that", YEARS[3], AppliesTo("earned", date(2020, 1, 1), date(2020, 12, 31)))]
    assert _governing(rules, date(2020, 12, 31), date(2021, 1, 1)) == "that"
    assert _governing(rules, date(2021, 1, 1), date(2021, 1, 1)) == "none"


def test_where_no_rule_applies_nothing_is_safe() -> None:
    rules = [_rule("that", YEARS[3], AppliesTo("earned", until=date(2020, 12, 31)))]
    history = _history(rules, Holding(CERT.id, earned=date(2021, 1, 1)), date(2021, 6, 1))
    assert status_of(history).status is Status.UNKNOWN


def test_before_any_rule_was_known_nothing_is_known() -> None:
    rules = [_rule("that", YEARS[3], force=InForce(date(2023, 1, 1)))]
    history = _history(rules, Holding(CERT.id, earned=date(2021, 1, 1)), date(2022, 6, 1))
    assert status_of(history).status is Status.UNKNOWN


def test_the_second_cycle_may_come_under_another_rule() -> None:
    rules = [_rule("old", YEARS[3]), _rule("new", YEARS[2], AppliesTo("cycle-start", from_=date(2023, 1, 1)))]
    holding = Holding(CERT.id, earned=date(2020, 1, 1), renewed=(date(2022, 12, 1),))
    cycles = _history(rules, holding, date(2023, 2, 1)).cycles
    assert [(c.rule.id if c.rule else "", c.last_day) for c in cycles] == [
        ("old", date(2022, 12, 31)),
        ("new", date(2024, 12, 31)),
    ]


def test_editions_choose_and_an_unknown_edition_does_not_match() -> None:
    rules = [_rule("all", YEARS[3]), _rule("third", Lifetime(), AppliesTo(editions=(EditionId("v3"),)))]
    known = Holding(CERT.id, events=(HoldingEvent(date(2020, 1, 1), Kind.EXAM_PASSED, edition=EditionId("v3")),))
    unknown = Holding(CERT.id, earned=date(2020, 1, 1))
    assert status_of(_history(rules, known, date(2021, 1, 1))).status is Status.LIFETIME
    assert status_of(_history(rules, unknown, date(2021, 1, 1))).status is Status.ACTIVE


def test_a_release_that_retires() -> None:
    release = UntilReleaseRetires(
        Figure(Length(months=12)), (ReleaseRetirement(EditionId("11g"), Figure(date(2020, 12, 31))),)
    )
    rules = [_rule("release", release)]
    holding = Holding(CERT.id, edition=EditionId("11g"), earned=date(2015, 1, 1))
    spans = [status_of(_history(rules, holding, day)).status for day in (date(2021, 12, 30), date(2021, 12, 31))]
    assert spans == [Status.DUE, Status.EXPIRED]
    living = replace(holding, edition=EditionId("19c"))
    assert status_of(_history(rules, living, date(2021, 12, 31))).status is Status.ACTIVE


def test_a_one_off_exception_extends_the_cycles_it_names() -> None:
    pandemic = OneOff(
        "pandemic", "pandemic", (CERT.id,), date(2020, 3, 1), date(2020, 12, 31), extends=Length(months=6)
    )
    rules = [_rule("that", YEARS[3])]
    history = _history(rules, Holding(CERT.id, earned=date(2017, 6, 15)), date(2020, 8, 1), (pandemic,))
    assert [(c.last_day, c.basis) for c in history.cycles] == [(date(2020, 12, 14), "one-off")]
