"""Exchange: amounts in another currency by the newest published rate, exactly, with the rates that were used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from pmcareer.model.pay import Rate


def exchange_rate(
    source: str, target: str, on: date, rates: Iterable[Rate]
) -> tuple[Fraction, tuple[Rate, ...]] | None:
    """Units of *target* for one of *source*, directly or over one common currency; None where no rate is published.

    Of each pair the newest rate published on or before *on* counts.
    """
    if source == target:
        return Fraction(1), ()
    steps = _steps(on, rates)
    if (source, target) in steps:
        factor, rate = steps[source, target]
        return factor, (rate,)
    for middle in sorted({b for a, b in steps if a == source}):
        if (middle, target) in steps:
            first, second = steps[source, middle], steps[middle, target]
            return first[0] * second[0], (first[1], second[1])
    return None


def _steps(on: date, rates: Iterable[Rate]) -> dict[tuple[str, str], tuple[Fraction, Rate]]:
    """Each direct exchange, both ways, at its newest rate."""
    steps: dict[tuple[str, str], tuple[Fraction, Rate]] = {}
    for rate, value in sorted(_published(on, rates), key=lambda pair: pair[0].on):
        steps[rate.currency, rate.of] = value, rate
        steps[rate.of, rate.currency] = 1 / value, rate
    return steps


def _published(on: date, rates: Iterable[Rate]) -> Iterator[tuple[Rate, Fraction]]:
    for rate in rates:
        if rate.on <= on and rate.rate.value:
            yield rate, Fraction(rate.rate.value)
