from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmcareer.money import Money, totals

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("text", "amount"), [("555 USD", "555"), ("93.50 GBP", "93.50"), ("0 EUR", "0"), ("0.05 USD", "0.05")]
)
def test_reading(text: str, amount: str) -> None:
    assert Money.parse(text).amount == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["555", "USD 555", "$555", "555USD", "1,000 USD", "-5 USD", "5.555 USD", "NaN USD", "1e3 USD", "٥ USD", "5 usd"],
)
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(ValueError, match="amount with a currency"):
        Money.parse(text)


def test_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="different currencies"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")


def test_conversion_rounds_half_up_to_the_cent() -> None:
    assert Money(Decimal("1.00"), "USD").in_currency("EUR", Decimal("0.125")) == Money(Decimal("0.13"), "EUR")


@pytest.mark.parametrize(
    ("amount", "shown", "plain"),
    [("1234.5", "1,234.50 USD", "1234.50"), ("150", "150 USD", "150.00"), ("0.1", "0.10 USD", "0.10")],
)
def test_showing(amount: str, shown: str, plain: str) -> None:
    money = Money(Decimal(amount), "USD")
    assert (str(money), money.plain) == (shown, plain)


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["USD", "EUR", "GBP"]))))
def test_totals_lose_nothing(pairs: list[tuple[Decimal, str]]) -> None:
    sums = totals(Money(amount, currency) for amount, currency in pairs)
    assert {m.currency for m in sums} == {currency for _, currency in pairs}
    assert sum(m.amount for m in sums) == sum(amount for amount, _ in pairs)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_adding_is_exact_and_in_any_order(a: Decimal, b: Decimal, c: Decimal) -> None:
    x, y, z = (Money(amount, "USD") for amount in (a, b, c))
    assert (x + y) + z == x + (y + z)
