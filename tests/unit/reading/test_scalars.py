"""Single values: what is taken, what is refused, and what the refusal advises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Literal, NewType

import pytest
from tests.unit.reading.reading import accepted, hints, messages, read, refused

from pmcareer.dates import Length
from pmcareer.money import Money

BeastId = NewType("BeastId", str)


class Colour(StrEnum):
    RED = "red"
    DEEP_BLUE = "deep-blue"


class Rank(IntEnum):
    LOW = 1
    VERY_HIGH = 2


@pytest.mark.parametrize(
    ("text", "annotation", "value"),
    [
        # what plain YAML 1.1 would turn into truths, numbers, times and dates stays text
        ("NO", str, "NO"),
        ("12:30", str, "12:30"),
        ("1.10", str, "1.10"),
        ("0o17", str, "0o17"),
        ("1_000", str, "1_000"),
        (".inf", str, ".inf"),
        ("=", str, "="),
        ("2026-02-30", str, "2026-02-30"),
        ("true", str, "true"),
        ("'null'", str, "null"),
        ("' x '", str, " x "),
        ("true", bool, True),
        ("false", bool, False),
        ("0", int, 0),
        ("-12", int, -12),
        ("999999999999999999", int, 999999999999999999),
        ("1.10", Decimal, Decimal("1.10")),
        ("60", Decimal, Decimal(60)),
        ("-0.25", Decimal, Decimal("-0.25")),
        ("2024-02-29", date, date(2024, 2, 29)),
        ("'2026-01-05'", date, date(2026, 1, 5)),
        ("3 years", Length, Length(months=36)),
        ("1 month", Length, Length(months=1)),
        ("90 days", Length, Length(days=90)),
        ("555 USD", Money, Money(Decimal(555), "USD")),
        ("93.50 GBP", Money, Money(Decimal("93.50"), "GBP")),
        ("deep-blue", Colour, Colour.DEEP_BLUE),
        ("very-high", Rank, Rank.VERY_HIGH),
        ("no", Literal["no", "yes"], "no"),
        ("2", Literal[1, 2], 2),
        ("pmi-acp", BeastId, "pmi-acp"),
        ("007", BeastId, "007"),
        ("null", BeastId | None, None),
        ("~", int | None, None),
        ("7", int | None, 7),
        ("3 years", date | Length, Length(months=36)),
        ("2026-01-01", date | Length, date(2026, 1, 1)),
    ],
)
def test_taken(text: str, annotation: Any, value: object) -> None:
    got = accepted(text, annotation)
    assert got == value
    assert type(got) is type(value)


def test_decimals_keep_their_text() -> None:
    assert str(accepted("1.10", Decimal)) == "1.10"


@pytest.mark.parametrize(
    ("text", "annotation", "code", "advice"),
    [
        ("''", str, "field-value", "delete the key"),
        ("'  '", str, "field-value", "delete the key"),
        ("null", str, "field-type", "give a value"),
        ("~", str, "field-type", "give a value"),
        ("[a]", str, "field-type", ""),
        ("{a: b}", str, "field-type", ""),
        ("x" * 10_001, str, "field-value", "shorten"),
        ("NO", bool, "field-type", "write false; if text is meant, quote it"),
        ("no", bool, "field-type", "write false"),
        ("off", bool, "field-type", "write false"),
        ("Yes", bool, "field-type", "write true"),
        ("on", bool, "field-type", "write true"),
        ("True", bool, "field-type", "write true"),
        ("'true'", bool, "field-type", "without quotes"),
        ("maybe", bool, "field-type", "true or false"),
        ("1", bool, "field-type", "true or false"),
        ("~", bool, "field-type", "give a value"),
        ("12:30", int, "field-type", "digits only"),
        ("1_000", int, "field-type", "write 1000"),
        ("+5", int, "field-type", "write 5"),
        ("'5'", int, "field-type", "write 5 without quotes"),
        ("0o17", int, "field-type", "digits only"),
        ("017", int, "field-type", "no leading zero"),
        ("1.10", int, "field-type", "digits only"),
        ("1e3", int, "field-type", "no exponent"),
        ("9" * 19, int, "field-type", "digits only"),
        ("٣", int, "field-type", "digits only"),
        (".inf", Decimal, "field-type", "digits only"),
        (".nan", Decimal, "field-type", "digits only"),
        ("NaN", Decimal, "field-type", "digits only"),
        ("1,5", Decimal, "field-type", "write 1.5"),
        ("1e3", Decimal, "field-type", "no exponent"),
        (".5", Decimal, "field-type", "digits only"),
        ("60 PDU", Decimal, "field-type", "no unit"),
        ("2026-02-30", date, "field-date", "check the day"),
        ("2025-02-29", date, "field-date", "check the day"),
        ("2026-1-5", date, "field-date", "write 2026-01-05"),
        ("05.01.2026", date, "field-date", "year-month-day"),
        ("2026-01-05T00:00:00", date, "field-date", "year-month-day"),
        ("2026-01-05 12:30", date, "field-date", "year-month-day"),
        ("0000-01-01", date, "field-date", ""),
        ("٢٠٢٦-٠١-٠٥", date, "field-date", ""),
        ("3", Length, "field-value", ""),
        ("3 fortnights", Length, "field-value", ""),
        ("1.5 years", Length, "field-value", ""),
        ("555", Money, "field-money", "add the currency"),
        ("$555", Money, "field-money", ""),
        ("1,200 USD", Money, "field-money", ""),
        ("'555 USD" + " " * 200 + "or more'", Money, "field-money", ""),
        ("'3 years" + " " * 200 + "or more'", Length, "field-value", ""),
        ("read", Colour, "field-choice", "did you mean 'red'?"),
        ("RED", Colour, "field-choice", "did you mean 'red'?"),
        ("zzz", Colour, "field-choice", "known: red, deep-blue"),
        ("2", Rank, "field-choice", "known: low, very-high"),
        ("3", Literal[1, 2], "field-choice", "known: 1, 2"),
        ("PMI ACP", BeastId, "field-value", "write 'pmi-acp'"),
        ("pmi_acp", BeastId, "field-value", "write 'pmi-acp'"),
        ("-a", BeastId, "field-value", "write 'a'"),
        ("a--b", BeastId, "field-value", "write 'a-b'"),
        ("é", BeastId, "field-value", "lower-case words"),
        ("a" * 101, BeastId, "field-value", ""),
        ("[a]", BeastId, "field-type", ""),
        ("soon", date | Length, "field-type", ""),
    ],
)
def test_refused(text: str, annotation: Any, code: str, advice: str) -> None:
    assert refused(text, annotation) == [f"{code} 1:1"]
    (hint,) = hints(text, annotation)
    assert advice in hint


def test_messages_quote_no_more_than_a_line_of_what_they_refuse() -> None:
    for annotation in (int, Decimal, bool, date, Length, Money, Colour, BeastId, tuple[int, ...]):
        (message,) = messages("x" * 9000, annotation)
        assert len(message) < 400


def test_each_id_is_recorded_with_its_place() -> None:
    _, _, references = read("[ok, Not Ok, also-ok]", tuple[BeastId, ...])
    assert [(r.kind, r.id, str(r.at), r.path) for r in references] == [
        ("BeastId", "ok", "f.yaml:1:2", "[0]"),
        ("BeastId", "also-ok", "f.yaml:1:14", "[2]"),
    ]


def test_a_failed_trial_leaves_no_traces() -> None:
    value, found, references = read("5", BeastId | int)
    assert (value, found, [r.id for r in references]) == ("5", [], ["5"])
    value, found, references = read("-5", BeastId | int)
    assert (value, found, references) == (-5, [], [])
