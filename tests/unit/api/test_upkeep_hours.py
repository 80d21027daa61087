"""Hours of renewals against the hours a week, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from pmcareer.api.plan_upkeep.hours import Study, hours_warnings
from pmcareer.model.ids import CertificationId
from pmcareer.renewals.foreseen import DueStep

AS_OF = date(2026, 11, 23)
SIX = Fraction(6)


def due(name: str, first: date, last: date, hours: int) -> dict[tuple[int, str], DueStep]:
    step = DueStep(last, CertificationId(name), hours=Fraction(hours), earn_from=first, earn_by=last)
    return {((last - AS_OF).days, name): step}


def said(asked: dict[tuple[int, str], DueStep], studies: Sequence[Study] = ()) -> dict[str, str]:
    return {name: text for (_, name), text in hours_warnings(asked, studies, SIX).items()}


def test_twenty_hours_by_tomorrow() -> None:
    """Today and tomorrow, 2 days of 6/7 h: 12/7 = 1.7 h, and not 20."""
    text = "20 h do not fit by 2026-11-24: your hours a week come to 1.7 h"
    assert said(due("csm", AS_OF, date(2026, 11, 24), 20)) == {"csm": text}


def test_what_fits_is_not_warned_of() -> None:
    """Four weeks of 6 h hold 24 h: 24 h fit, 25 do not. The first of 28 days is today, the last 20 December."""
    last = AS_OF + timedelta(days=27)
    assert said(due("csm", AS_OF, last, 24)) == {}
    assert "25 h do not fit" in said(due("csm", AS_OF, last, 25))["csm"]


def test_studies_of_the_same_time_come_off() -> None:
    """Of ten weeks (70 days, 60 h) a study of 48 h takes the first eight: 12 h are left, and 20 are asked.

    One that begins with the last of the 70 days takes a seventh of its 7 h.
    """
    last = AS_OF + timedelta(days=69)
    study = Study(AS_OF, AS_OF + timedelta(days=56), Fraction(48))
    text = f"20 h do not fit by {last}: your hours a week come to 60 h, of which studies take 48 h"
    assert said(due("csm", AS_OF, last, 20), [study]) == {"csm": text}
    assert said(due("csm", AS_OF, last, 12), [study]) == {}
    late = Study(last, last + timedelta(days=7), Fraction(7))
    assert said(due("csm", AS_OF, last, 59), [late]) == {}
    assert "studies take 1 h" in said(due("csm", AS_OF, last, 60), [late])["csm"]


def test_other_renewals_within_the_same_time_come_off() -> None:
    """Fourteen days hold 12 h; one asks for 8 h in its first week (6 h), the other for 8 h in both: 16 in all."""
    first, second = AS_OF + timedelta(days=6), AS_OF + timedelta(days=13)
    found = said({**due("csm", AS_OF, first, 8), **due("cspo", AS_OF, second, 8)})
    assert found == {
        "csm": f"8 h do not fit by {first}: your hours a week come to 6 h",
        "cspo": f"8 h do not fit by {second}: your hours a week come to 12 h, of which other renewals take 8 h",
    }


def test_a_grace_in_which_nothing_counts_any_more() -> None:
    text = "100 h had to be earned by 2026-10-31: nothing counts any more after it"
    assert said(due("cism", AS_OF, date(2026, 10, 31), 100)) == {"cism": text}
