"""Cover worked out by hand. CAPM and PMP: three years, the last day is the eve of the anniversary; PRINCE2: the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.api.team.answers import RosterOptions, TeamAsked, team_coverage
from pmcareer.api.team.rosters import team_roster
from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.team.audience import Audience
from pmcareer.team.coverage import CoverageRow, coverage_of_roster, coverage_row
from pmcareer.team.interactions import date_circles
from pmcareer.team.standings import StandingBook
from pmcareer.views.team.coverage import coverage_report

AS_OF = date(2026, 11, 23)
PMP, PRACTITIONER, PSM = (CertificationId(own) for own in ("pmp", "prince2-practitioner", "psm-i"))


def book() -> StandingBook:
    scheme = scheme_for(load_catalog(), [PMP, PRACTITIONER, PSM])
    return StandingBook(scheme, AS_OF, date_circles(scheme))


def roster(*held: tuple[str, str, CertificationId, str]) -> SmallRoster:
    """(person, location, certification, earned) …"""
    places = {person: place for person, place, _, _ in held}
    people = tuple(PersonRow(n + 2, person, location=place) for n, (person, place) in enumerate(places.items()))
    return SmallRoster(
        people, tuple(HoldingRow(2, person, own, date.fromisoformat(day)) for person, _, own, day in held)
    )


def test_cover_falls_on_the_day_after_the_last_valid_day() -> None:
    """Ana passed on 2024-03-03: valid to 2027-03-03. Ben on 2025-01-10. Two are needed; on 2027-03-04 one is left."""
    staff = roster(
        ("Ana", "Leeds", PRACTITIONER, "2024-03-03"),
        ("Ben", "Leeds", PRACTITIONER, "2025-01-10"),
        ("Cy", "York", PRACTITIONER, "2025-05-05"),
    )
    found = coverage_of_roster(staff, book(), "location").rows
    assert found == (
        CoverageRow(PRACTITIONER, "Leeds", 2, date(2027, 3, 4), 1),
        CoverageRow(PRACTITIONER, "York", 1, date(2028, 5, 6), 0, short=True),
    )


def test_the_whole_roster_is_one_group() -> None:
    """Last valid days of the PMPs: 2026-12-19, 2027-06-14, 2028-01-31. Below two from 2027-06-15."""
    staff = roster(
        ("Ana", "Leeds", PMP, "2023-12-20"), ("Ben", "York", PMP, "2024-06-15"), ("Cy", "", PMP, "2025-02-01")
    )
    assert coverage_of_roster(staff, book(), None).rows == (CoverageRow(PMP, "", 3, date(2027, 6, 15), 1),)
    assert coverage_of_roster(staff, book(), None, 3).rows == (CoverageRow(PMP, "", 3, date(2026, 12, 20), 2),)


def test_what_is_lost_covers_nothing_and_is_told() -> None:
    """A PMP of 2015 ended in 2018; its year of suspension is over."""
    staff = roster(("Ana", "Leeds", PMP, "2015-02-01"))
    assert coverage_of_roster(staff, book(), None).rows == (CoverageRow(PMP, "", 0, None, None, short=True),)


def test_what_never_ends_never_breaks() -> None:
    staff = roster(("Ana", "Leeds", PSM, "2015-02-01"), ("Ben", "Leeds", PSM, "2016-02-01"))
    assert coverage_of_roster(staff, book(), None).rows == (CoverageRow(PSM, "", 2, None, None),)


def test_several_may_lapse_on_one_day() -> None:
    """Four hold it: two end on the first day, one on the second, one never. Below three already after the first."""
    first, second = date(2027, 1, 31), date(2027, 2, 28)
    holders = [(second, 1), (None, 1), (first, 2)]
    assert coverage_row(PMP, "", holders, 3) == CoverageRow(PMP, "", 4, date(2027, 2, 1), 2)
    assert coverage_row(PMP, "", holders, 2) == CoverageRow(PMP, "", 4, date(2027, 3, 1), 1)
    assert coverage_row(PMP, "", holders, 1) == CoverageRow(PMP, "", 4, None, None)


def test_the_headline_counts_what_is_not_listed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four departments with a PMP each: all below two today, all known to break; two of them are listed."""
    pytest.importorskip("duckdb")
    monkeypatch.setattr("pmcareer.team.columns.coverage.LISTED", 2)
    rows = "".join(f"p{n},d{n},pmp:2025-01-0{n}\n" for n in range(1, 5))
    (tmp_path / "staff.csv").write_text(f"person,department,certifications\n{rows}", encoding="utf-8")
    catalog = load_catalog()
    opened = team_roster(catalog, str(tmp_path / "staff.csv"), AS_OF, RosterOptions(engine="duckdb"))
    found = team_coverage(catalog, opened, TeamAsked(AS_OF), "department")
    report = coverage_report(found, Audience(), {})
    assert len(found.rows) == 2
    assert report.title.endswith("4 of 4 below 2 today, 4 with a day on which cover breaks")
    assert [report.document[key] for key in ("rows_in_all", "short_in_all", "breaking_in_all")] == [4, 4, 4]
