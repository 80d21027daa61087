"""Assumptions are read strictly: what is out of order, out of bounds or out of place is a problem with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmcareer.model.assumptions import AssumptionsFile, OwnAssumptions
from pmcareer.reading.typed import parse_document

HEAD = "assumptions:\n  - id: one\n    because: So.\n"


def problems(text: str, type_: type) -> list[str]:
    found = parse_document(text.encode(), "file.yaml", type_).problems
    return [f"{p.at.line}:{p.at.column} {p.code} {p.message}" for p in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("about: first-try\n    percent: 70", []),
        ("about: retake\n    waits: [30, 90]\n    tries: 3\n    pause: 365", []),
        (
            "about: study-time\n    optimistic: 90\n    most_likely: 80\n    pessimistic: 120",
            ["2:5 field-value 90, 80 and 120 do not rise from optimistic to pessimistic"],
        ),
        (
            "about: promotion-wait\n    optimistic: 0\n    most_likely: 3",
            ["2:5 field-missing the key 'pessimistic' is missing"],
        ),
        (
            "about: first-try\n    percent: 70\n    roles: [project-manager]",
            ["2:5 field-conflict 'roles' says nothing of first-try"],
        ),
        ("about: first-try\n    percent: 0", ["2:5 field-value 0 does not lie between 1 and 100 per cent"]),
        ("about: first-try\n    percent: unknown", ["2:5 field-value an assumption cannot be unknown"]),
        ("about: retake\n    waits: [30]\n    tries: 3", ["2:5 field-missing 'tries' and 'pause' stand together"]),
        ("about: retake\n    waits: [99999]", ["2:5 field-value 99999 does not lie between 0 and 3650"]),
        ("about: fate", ["4:12 field-choice 'fate' is not one of the accepted words"]),
    ],
)
def test_the_catalog_s(lines: str, expected: list[str]) -> None:
    assert problems(f"{HEAD}    {lines}\n", AssumptionsFile) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "study_time: {optimistic: 100, most_likely: 90, pessimistic: 120}",
            ["1:13 field-value 100, 90 and 120 do not rise from optimistic to pessimistic"],
        ),
        (
            "promotion_wait: {optimistic: 0, most_likely: 3, pessimistic: 300}",
            ["1:17 field-value 300 does not lie between 0 and 240 months"],
        ),
        ("first_try: 130", ["1:1 field-value 130 does not lie between 1 and 100 per cent"]),
        (
            "certifications:\n  pmp: {first_try: 0.5}",
            ["2:8 field-value 0.5 does not lie between 1 and 100 per cent"],
        ),
        ("certifications:\n  pmp: {retake_days: -1}", ["2:8 field-value -1 does not lie between 0 and 3650 days"]),
        ("roles:\n  cto: {most_likely: 3, pessimistic: 4}", ["2:8 field-missing the key 'optimistic' is missing"]),
        ("luck: 7", ["1:1 field-unknown the key 'luck' is not known in an own assumptions"]),
    ],
)
def test_a_person_s(text: str, expected: list[str]) -> None:
    assert problems(text, OwnAssumptions) == expected


def test_what_a_person_says_is_taken_exactly() -> None:
    text = "first_try: 82.5\ncertifications:\n  capm: {first_try: 95, retake_days: 10}\n"
    said = parse_document(text.encode(), "file.yaml", OwnAssumptions).value
    assert said is not None
    assert (said.first_try, *[one.first_try for one in said.certifications.values()]) == (Decimal("82.5"), Decimal(95))
