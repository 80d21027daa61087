"""The choice that a budget allows: held against every choice there is, on small instances drawn at random."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import pytest

from pmcareer.errors import MissingExtraError
from pmcareer.model.ids import RoleId
from pmcareer.money import Money
from pmcareer.team.budget import Option, Wanted, cents_of
from pmcareer.team.choosing import best_choice, cheapest_choice_of

START = date(2026, 11, 23)
TARGETS = (RoleId("pm"), RoleId("scrum"), RoleId("director"))
Picked = tuple[Option, ...]


def option(person: str, target: str, cents: int, days: int = 0) -> Option:
    return Option(person, None, RoleId("x"), RoleId(target), cents, days, START + timedelta(days=days))


def every_choice(options: Sequence[Option], wanted: Sequence[Wanted]) -> Iterator[Picked]:
    """Each person in one target or none, no target over its positions; written without the solver's model."""
    people = list(dict.fromkeys(one.person for one in options))
    of = {who: [None, *(one for one in options if one.person == who)] for who in people}
    for picked in product(*(of[who] for who in people)):
        chosen = [one for one in picked if one is not None]
        if all(
            want.positions is None or sum(one.target == want.target for one in chosen) <= want.positions
            for want in wanted
        ):
            yield tuple(sorted(chosen, key=options.index))


def better_first(options: Sequence[Option], picked: Picked) -> tuple[object, ...]:
    """Most people, least cost, fewest days; of equals the one that takes what stands first in the list."""
    mask = tuple(0 if one in picked else 1 for one in options)
    return (-len(picked), sum(one.cents for one in picked), sum(one.days for one in picked), mask)


def instance(seed: int) -> tuple[list[Option], tuple[Wanted, ...], int]:
    """Few prices and few days, so that ties abound."""
    draw = random.Random(seed)
    people = [f"p{number}" for number in range(draw.randint(1, 6))]
    options = [
        option(who, target, draw.choice([0, 5_000, 5_000, 20_001, 71_550]), draw.choice([0, 30, 30, 400]))
        for target in TARGETS
        for who in people
        if draw.random() < 0.7
    ]
    wanted = tuple(Wanted(target, draw.choice([None, 1, 2, 3])) for target in TARGETS)
    return options, wanted, draw.choice([0, 4_999, 5_000, 10_000, 25_001, 100_000, 10**8])


@pytest.mark.parametrize("seed", range(60))
def test_no_choice_is_better(seed: int) -> None:
    options, wanted, budget = instance(seed)
    affordable = [one for one in every_choice(options, wanted) if sum(o.cents for o in one) <= budget]
    best = min(affordable, key=lambda one: better_first(options, one))
    found = best_choice(options, wanted, budget)
    assert found.options == best and found.proven


@pytest.mark.parametrize("seed", range(60, 100))
def test_the_next_step_is_the_cheapest_of_so_many(seed: int) -> None:
    options, wanted, budget = instance(seed)
    people = len(best_choice(options, wanted, budget).options) + 1
    as_many = [one for one in every_choice(options, wanted) if len(one) == people]
    found = cheapest_choice_of(options, wanted, people)
    if not as_many:
        assert found is None
    else:
        best = min(as_many, key=lambda one: better_first(options, one))
        assert found is not None and found.options == best and found.cents > budget


def test_many_equal_options_are_taken_in_their_order() -> None:
    """More than one block of order: of a hundred who cost the same the first seventy are taken."""
    options = [option(f"p{number:03}", "pm", 100, 10) for number in range(100)]
    found = best_choice(options, [Wanted(RoleId("pm"))], 7_000)
    assert [one.person for one in found.options] == [f"p{number:03}" for number in range(70)]


def test_a_cent_decides() -> None:
    options = [option("a", "pm", 33_334), option("b", "pm", 33_333), option("c", "pm", 33_334)]
    assert len(best_choice(options, [Wanted(RoleId("pm"))], 100_001).options) == 3
    assert len(best_choice(options, [Wanted(RoleId("pm"))], 100_000).options) == 2


def test_nothing_to_choose_from() -> None:
    assert best_choice([], [Wanted(RoleId("pm"))], 1).options == ()
    assert cheapest_choice_of([], [Wanted(RoleId("pm"))], 1) is None


def test_cents_are_rounded_up() -> None:
    assert [cents_of(Money.parse(f"{text} USD")) for text in ("0", "12", "0.01", "93.5")] == [0, 1200, 1, 9350]
    third = Money.parse("10 USD").times(3)
    assert cents_of(Money(third.amount / 7, "USD")) == 429  # 4.2857…


def test_without_the_solver_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(MissingExtraError) as raised:
        best_choice([option("a", "pm", 1)], [Wanted(RoleId("pm"))], 1)
    assert raised.value.hint == 'pip install "pmcareer[solver]"'
