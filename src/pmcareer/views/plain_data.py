"""Pieces that every machine form has: days, numbers, money and citations as plain data (docs/reference/json.md)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmcareer.model.sources import Citation
    from pmcareer.money import Money
    from pmcareer.views.report import Plain


def plain_day(value: date | None) -> str | None:
    """ISO, or null."""
    return value.isoformat() if value else None


def plain_number(value: Fraction | None) -> int | float | None:
    """For showing; what is decided is decided in exact fractions before."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 4)


def plain_money(money: Money | None) -> Plain:
    """The amount as text, so that no reader rounds it; null: unknown or nothing."""
    return {"amount": money.plain, "currency": money.currency} if money else None


def plain_citation(citation: Citation) -> Plain:
    """Who says so, and when that was read."""
    return {
        "source": citation.source,
        "title": citation.title,
        "url": citation.url,
        "read": plain_day(citation.read),
        "standing": citation.standing.value,
        "because": citation.because,
    }
