"""Titles as HR writes them; expected roles are judgement, by hand, most of them from public payrolls and O*NET."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.titles import matcher_for
from pmcareer.team.titles import TitleMatcher

DATA = Path(__file__).resolve().parents[3] / "benchmarks" / "data"
ROWS = [
    row
    for name in ("title_cases.csv", "title_cases_unseen.csv")
    for row in csv.DictReader((DATA / name).open(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def matcher() -> TitleMatcher:
    return matcher_for(load_catalog())


@pytest.mark.parametrize("case", ROWS, ids=lambda case: str(case["raw_title"]))
def test_collected_titles(matcher: TitleMatcher, case: dict[str, str]) -> None:
    role = matcher.match(case["raw_title"]).role
    if case["verdict"] == "role":
        assert role in case["accept"].split("|")
    else:
        assert role is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Manager, project, IT", "it-project-manager"),
        ("Director, Information Technology", "it-director"),
        ("Project Manager - Senior", "senior-project-manager"),
        ("Proj Mgr (Contract)", "freelance-project-manager"),
        ("CHIEF TECHNOLOGY OFFR", "cto"),
        ("Senior Manager, Program Management", "senior-program-manager"),
        ("Techincal Project Manger", "technical-project-manager"),
        ("IT-Projektleiter", "it-project-manager"),
        ("Portfolio Manager - Fixed Income", None),
        ("Youth Program Manager", None),
        ("Executive Assistant to the CIO", None),
        ("Chief Project Officer", None),
        ("Deputy Chief Project Officer", None),
        ("Chief Information Officer", "cio"),
        ("Senior Project Officer", "project-coordinator"),
        ("Senor Projct Manager", "senior-project-manager"),
        ("Food Delivery Manager", None),
        ("Production Manager", None),
        ("Project Manager/Scrum Master", None),
        ("Project Management Intern", None),
        ("PROGRAMMER/ANALYST", None),
        ("PORTFOLIO MANAGER", None),
        ("Civil Project Manager", None),
        ("Project Technical Manager", "technical-project-manager"),
        ("EVP", None),
        ("Executive Vice President", None),
        ("EVP of IT", "vp-it"),
        ("Product Manager - Grocery Retail", None),
        ("Product Manager - Retail Banking App", "product-manager"),
        ("Warehouse Release Manager", None),
        ("Data Warehouse Release Manager", "release-manager"),
        ("Former Project Manager", None),
        ("Ex-Project Manager", None),
        ("Project Manager (retired)", None),
        ("Project Manager (formerly Business Analyst)", "project-manager"),
        ("Not a PM", None),
        ("Not-for-profit Project Manager", "project-manager"),
        ("Non-IT Project Manager", "project-manager"),
        ("Agile Project Manager", "project-manager"),
        ("proj mngr it", "it-project-manager"),
        ("senior lead technical senior", None),
        ("", None),
        ("\x1b[31m" * 50, None),
        ("manager of " * 200, None),
    ],
)
def test_titles_made_up(matcher: TitleMatcher, title: str, role: str | None) -> None:
    assert matcher.match(title).role == role


def test_what_a_title_may_mean_is_among_its_alternatives(matcher: TitleMatcher) -> None:
    assert matcher.match("TPM").alternatives == ("technical-program-manager", "technical-project-manager")
    assert "pmo-director" in matcher.match("Chief Project Officer").alternatives


def test_an_agile_project_manager_may_be_two_others(matcher: TitleMatcher) -> None:
    assert matcher.match("Agile Project Manager").alternatives == ("it-project-manager", "scrum-master")


@pytest.mark.parametrize("title", ["Construction Project Manager", "Project Manager - Clinical"])
def test_projects_of_other_fields_are_hardly_ours(matcher: TitleMatcher, title: str) -> None:
    assert matcher.match(title).confidence < matcher.match("Capital Project Manager").confidence


def test_a_company_has_the_first_word(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("title,role\nProject  Manager,program manager\nScrum Master,\n", encoding="utf-8")
    matcher = matcher_for(load_catalog(), own)
    assert matcher.match("PROJECT MANAGER").role == "program-manager"
    assert matcher.match("scrum master").role is None
