"""``team replay``: rule changes of which everybody knows what they did, reckoned by hand, and two catalogs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke

# PRINCE2, 1 January 2023 (PeopleCert): Foundation was for life. Awarded before July 2020: due on 1 July 2023, whatever
# the day. Later awards: three years, the anniversary itself being the last day. Practitioner before 10 July 2017 ran
# five years. CAPM, 1 October 2020 (PMI): five years and the exam, then units, and a year of suspension after the end.
ROSTER = """\
person,manager,role,certifications
f-2015,M,project-manager,prince2-foundation:2015-03-10
f-2021,M,project-manager,prince2-foundation:2021-02-03
p-2016,N,project-manager,prince2-practitioner:2016-05-01
capm-2019,N,project-coordinator,capm:2019-05-01
pmp,N,project-manager,pmp:2024-01-05
"""
PRINCE2 = ("--rules-before", "2022-12-31", "--rules-after", "2023-01-01")
CAPM = ("--rules-before", "2020-09-30", "--rules-after", "2020-10-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def replay(folder: Path, *options: str, as_of: str = "2026-11-23") -> Outcome:
    return invoke(folder, "team", "replay", "staff.csv", "--as-of", as_of, *options)


def answered(folder: Path, *options: str, as_of: str = "2026-11-23") -> Any:
    done = replay(folder, *options, "--format", "json", as_of=as_of)
    assert done.code == 0, done.error
    return json.loads(done.out)


def sides(row: Any) -> tuple[Any, ...]:
    told = [(row[side]["status"], row[side]["expires"], row[side]["rule"]["id"]) for side in ("before", "after")]
    return (row["person"], *told)


def test_who_moved_when_prince2_began_to_expire(folder: Path) -> None:
    answer = answered(folder, *PRINCE2)
    assert [sides(row) for row in answer["rows"]] == [
        ("f-2015", ("lifetime", None, "peoplecert-lifetime"), ("noted", "2023-07-01", "peoplecert-transition")),
        ("f-2021", ("lifetime", None, "peoplecert-lifetime"), ("noted", "2024-02-03", "peoplecert-three-years")),
        (
            "p-2016",
            ("expired", "2021-05-01", "prince2-practitioner-five-years"),
            ("noted", "2023-07-01", "peoplecert-transition"),
        ),
    ]
    assert (answer["schema"], answer["people_moved"], answer["holdings"]) == ("pmcareer.team-replay/1", 3, 5)
    assert answer["rows"][0]["after"]["rule"]["source"] == "peoplecert-transition-spoce-2023"


def test_it_is_the_day_asked_about_that_counts(folder: Path) -> None:
    """On 1 July 2023 the certificate is in its last day; by the old rules it is still for life."""
    first = answered(folder, *PRINCE2, as_of="2023-07-01")["rows"][0]
    assert sides(first)[2][:2] == ("due", "2023-07-01")


def test_what_the_capm_change_brought(folder: Path) -> None:
    """Earned 1 May 2019, five years up to the eve: 30 April 2024. By the old rules lost then, by the new suspended."""
    (row,) = answered(folder, *CAPM, as_of="2025-01-15")["rows"]
    assert sides(row) == (
        "capm-2019",
        ("expired", "2024-04-30", "pmi-capm-exam"),
        ("suspended", "2024-04-30", "pmi-capm-transition"),
    )


def test_another_rule_to_the_same_effect_is_counted_not_listed(folder: Path) -> None:
    answer = answered(folder, *CAPM)  # in 2026 the year of suspension is over: lost on both sides, on the same day
    assert answer["rows"] == [] and answer["other_rule_same_day"] == 1


def test_a_managers_view_is_of_their_reports_only(folder: Path) -> None:
    answer = answered(folder, *PRINCE2, "--audience", "manager", "--manager", "N")
    assert [row["person"] for row in answer["rows"]] == ["p-2016"] and answer["holdings"] == 3


def test_two_catalogs(folder: Path) -> None:
    overlay = folder / "ours" / "certifications" / "pmi"
    overlay.mkdir(parents=True)
    (overlay / "pmp.yaml").write_text(
        "extends: pmp\nset:\n  renewal: [pmi-four]\nadd:\n  rules:\n"
        "    - {id: pmi-four, summary: Four years., because: a test,\n"
        "       validity: {kind: cycle, length: {value: 4 years, standing: judgement, because: a test},\n"
        "                  last_day: {value: eve, standing: judgement, because: a test}}}\n",
        encoding="utf-8",
    )
    answer = answered(folder, "--catalog-after", "ours")
    (row,) = answer["rows"]
    assert (row["before"]["expires"], row["after"]["expires"]) == ("2027-01-04", "2028-01-04")
    assert row["after"]["rule"]["id"] == "pmi-four"


def test_a_database_says_the_same(folder: Path) -> None:
    assert answered(folder, *PRINCE2, "--engine", "duckdb") == answered(folder, *PRINCE2, "--engine", "plain")


@pytest.mark.parametrize(
    "options",
    [(), PRINCE2[:2], PRINCE2[2:], (*PRINCE2, "--catalog-after", "ours")],
    ids=["nothing", "no after", "no before", "both"],
)
def test_what_is_compared_must_be_said(folder: Path, options: tuple[str, ...]) -> None:
    assert replay(folder, *options).code == 2


def test_text_and_csv(folder: Path) -> None:
    text = replay(folder, *PRINCE2).out
    assert text.startswith("On 2026-11-23: 3 people moved when the rules changed (3 of 5 holdings)\n")
    assert "f-2015" in text and "[peoplecert-transition]" in text
    sheet = replay(folder, *PRINCE2, "--format", "csv").out.splitlines()
    assert sheet[1] == "f-2015,prince2-foundation,lifetime,,peoplecert-lifetime,noted,2023-07-01,peoplecert-transition"
