"""Exact numbers to and from JSON: whole numbers stay whole, decimals stay decimals, the rest is written as text.

A fraction is written as a whole number where it is one; as a JSON decimal where the shortest text of that decimal is
exact (2.5); and as text ("1/3") otherwise, so that what is read back is always what was written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

LARGEST = 10**12
_TEXT = re.compile(r"\d{1,15}(\.\d{1,15}|/[1-9]\d{0,14})?", re.ASCII)
_SMALLEST_EXPONENT = -30


def read_fraction(value: object) -> Fraction:
    """The exact number that a decoded JSON value stands for, from 0 to ``LARGEST``.

    Accepts int, Decimal, float (read by its shortest text) and text of the forms ``12``, ``12.5`` and ``1/3``.
    Raises ValueError, whose message completes "must be …".
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise ValueError("a number")
    if isinstance(value, str):
        if not _TEXT.fullmatch(value):
            raise ValueError("a number, or text such as '12.5' or '1/3'")
        return _bounded(Fraction(value))
    if isinstance(value, int):
        return _bounded(value)
    decimal = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not decimal.is_finite():
        raise ValueError("a finite number")
    if (decimal and not _SMALLEST_EXPONENT <= decimal.adjusted() <= 12) or len(decimal.as_tuple().digits) > 40:
        raise ValueError(f"between 0 and {LARGEST}, with at most 40 digits")
    return _bounded(Fraction(decimal))


def read_whole(value: object, low: int, high: int) -> int:
    """The whole number that a decoded JSON value stands for, *low* to *high* inclusive.

    Raises ValueError, whose message completes "must be …".
    """
    wanted = f"a whole number from {low} to {high}"
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= 12 and value == int(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(wanted)
    return value


def write_fraction(value: Fraction) -> int | float | str:
    """The JSON form of *value*; ``read_fraction`` gives it back exactly."""
    if value.denominator == 1:
        return value.numerator
    carrier = float(value)
    return carrier if Fraction(repr(carrier)) == value and abs(carrier) >= 1e-9 else str(value)


def _bounded(value: int | Fraction) -> Fraction:
    if not 0 <= value <= LARGEST:
        raise ValueError(f"between 0 and {LARGEST}")
    return Fraction(value)
