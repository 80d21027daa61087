"""Advice on a plan for reading: what says the same stands together, what is not worth its price is counted only."""

from __future__ import annotations

from datetime import date

from pmcareer.api.plans.answers import Help
from pmcareer.money import Money
from pmcareer.views.plans.advice import help_lines


def eased(text: str, days: int, saves: int) -> Help:
    cost = Money.parse("500 USD")
    saved = Money.parse("1 USD").times(saves)
    return Help(text, "", days, saved, date(2030, 1, 1), cost, at_least=False, proven=True)


def test_what_saves_as_much_stands_in_one_line() -> None:
    helps = [eased("a degree", 365, 0), eased("a year of practice", 365, 0), eased("membership", 0, 70)]
    assert list(help_lines(helps, {}, {})) == [
        "a degree or a year of practice: 12 months sooner",
        "membership: the same arrival, 70 USD cheaper",
    ]


def test_a_day_sooner_for_money_is_counted_and_not_advised() -> None:
    helps = [eased("a degree", 365, -100), eased("more practice", 1, -997), eased("fewer talks", 1, 0)]
    assert list(help_lines(helps, {}, {})) == [
        "a degree: 12 months sooner, 100 USD dearer",
        "fewer talks: 1 day sooner",
        "and 1 more of less effect (--format json)",
    ]
