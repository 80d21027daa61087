"""Edits, text before and text after, written by hand: what a person sees in their file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent

import pytest

from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.people import Baseline, EventKind, Holding, HoldingEvent, UnitEntry
from pmcareer.profiles.changes import (
    AddEvent,
    AddHolding,
    AddRenewed,
    AddUnits,
    Change,
    SetBaseline,
    SetEarned,
    SetNamespace,
)
from pmcareer.profiles.edits import edit

PMP, CSM = CertificationId("pmp"), CertificationId("csm")
WEBINAR = AddUnits(UnitEntry(date(2026, 2, 11), Decimal("1.5"), title="Webinar", for_=(PMP,)))
RENEWED = AddEvent(0, HoldingEvent(date(2026, 3, 1), EventKind.RENEWED, route="credits"))


def edited(text: str, change: Change) -> str:
    after, problems = edit(text, change)
    assert list(problems) == []
    assert after is not None
    return after


CASES: dict[str, tuple[Change, str, str]] = {
    "a list of one-line entries grows by a line": (
        WEBINAR,
        """\
        # Ada's profile
        units:   # what I learnt
          - {on: 2026-01-05,   hours: 2}   # conference
          # more to come

        goal: {role: it-project-manager}
        """,
        """\
        # Ada's profile
        units:   # what I learnt
          - {on: 2026-01-05,   hours: 2}   # conference
          - {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]}
          # more to come

        goal: {role: it-project-manager}
        """,
    ),
    "entries of several lines are followed by one like them, behind the notes that belong to them": (
        WEBINAR,
        """\
        units:
            -   on: 2026-01-05
                hours: 2
                # signed by the trainer
        region: us
        """,
        """\
        units:
            -   on: 2026-01-05
                hours: 2
                # signed by the trainer
            -   on: 2026-02-11
                hours: 1.5
                title: Webinar
                for: [pmp]
        region: us
        """,
    ),
    "a missing list is begun at the end, indented as the others are": (
        WEBINAR,
        """\
        certifications:
        - {id: pmp, earned: 2024-05-02}
        """,
        """\
        certifications:
        - {id: pmp, earned: 2024-05-02}
        units:
        - {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]}
        """,
    ),
    "an empty list becomes one with lines": (
        WEBINAR,
        """\
        units: []  # none yet
        region: us
        """,
        """\
        units:  # none yet
          - {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]}
        region: us
        """,
    ),
    "a list in brackets over several lines keeps its commas and comments": (
        WEBINAR,
        """\
        units: [
          {on: 2026-01-05, hours: 2},   # one
          {on: 2026-01-06, hours: 2}    # two, and ]
        ]
        """,
        """\
        units: [
          {on: 2026-01-05, hours: 2},   # one
          {on: 2026-01-06, hours: 2},    # two, and ]
          {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]}
        ]
        """,
    ),
    "a last comma is kept as a habit": (
        WEBINAR,
        """\
        units: [
          {on: 2026-01-05, hours: 2},   # one
        ]
        """,
        """\
        units: [
          {on: 2026-01-05, hours: 2},   # one
          {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]},
        ]
        """,
    ),
    "a profile in braces stays on its line": (
        AddHolding(Holding(CSM, earned=date(2026, 4, 1), edition=EditionId("2"))),
        "{region: us}  # all of it\n",
        "{region: us, certifications: [{id: csm, earned: 2026-04-01, edition: '2'}]}  # all of it\n",
    ),
    "a renewal begins the shorthand": (
        AddRenewed(0, date(2026, 3, 1)),
        "certifications:\n  - {id: csm, earned: 2024-03-05}  # scrum\n",
        "certifications:\n  - {id: csm, earned: 2024-03-05, renewed: [2026-03-01]}  # scrum\n",
    ),
    "a renewal joins the shorthand": (
        AddRenewed(1, date(2026, 3, 1)),
        "certifications:\n  - {id: pmp}\n  - id: csm\n    renewed: [2024-03-05]\n    note: x\n",
        "certifications:\n  - {id: pmp}\n  - id: csm\n    renewed: [2024-03-05, 2026-03-01]\n    note: x\n",
    ),
    "a renewal by a route begins the events, in the style of the holding": (
        RENEWED,
        "certifications:\n  - id: pmp\n    earned: 2023-03-05\n  - {id: csm}\n",
        """\
        certifications:
          - id: pmp
            earned: 2023-03-05
            events:
              - {on: 2026-03-01, kind: renewed, route: credits}
          - {id: csm}
        """,
    ),
    "an event joins the events": (
        RENEWED,
        "certifications: [{id: pmp, events: [{on: 2023-03-05, kind: awarded}]}]\n",
        "certifications: [{id: pmp, events: [{on: 2023-03-05, kind: awarded}, "
        "{on: 2026-03-01, kind: renewed, route: credits}]}]\n",
    ),
    "the day of the award is added where none was": (
        SetEarned(0, date(2026, 3, 1)),
        "certifications:\n  - id: pmp   # soon\n",
        "certifications:\n  - id: pmp   # soon\n    earned: 2026-03-01\n",
    ),
    "a text that keeps its blank lines keeps them": (
        SetNamespace("0e7c"),
        "niche: |+\n  it\n\n\n# the end\n",
        "niche: |+\n  it\n\n\ncalendar_namespace: 0e7c\n# the end\n",
    ),
    "a text block is not torn from its last line": (
        SetNamespace("0e7c"),
        "niche: |\n  it\n\n\n# the end\n",
        "niche: |\n  it\ncalendar_namespace: 0e7c\n\n\n# the end\n",
    ),
    "a text block with Windows line ends": (
        SetNamespace("0e7c"),
        "niche: |\r\n  it\r\n\r\n\r\n# the end\r\n",
        "niche: |\r\n  it\r\ncalendar_namespace: 0e7c\r\n\r\n\r\n# the end\r\n",
    ),
    "marks of the document's begin and end stay outside": (
        SetNamespace("0e7c"),
        "---\nregion: us\n...\n",
        "---\nregion: us\ncalendar_namespace: 0e7c\n...\n",
    ),
    "a file of comments gets its first key": (
        SetNamespace("0e7c"),
        "# nothing yet\n",
        "# nothing yet\ncalendar_namespace: 0e7c\n",
    ),
    "a baseline is added": (
        SetBaseline(Baseline(date(2026, 3, 1), "baseline-2026-03.json")),
        "region: us\n",
        "region: us\nbaseline: {saved: 2026-03-01, file: baseline-2026-03.json}\n",
    ),
    "a baseline takes the place of the one before, between the comments": (
        SetBaseline(Baseline(date(2026, 3, 1), "plans/two words: b.json")),
        "baseline:  # the plan of January\n  file: a.json  # in this folder\n  saved: 2026-01-05\nregion: us\n",
        "baseline:  # the plan of January\n  file: 'plans/two words: b.json'  # in this folder\n"
        "  saved: 2026-03-01\nregion: us\n",
    ),
    "a baseline on one line stays on it": (
        SetBaseline(Baseline(date(2026, 3, 1), "b.json")),
        "baseline: {saved: 2026-01-05, file: a.json}   # approved\n",
        "baseline: {saved: 2026-03-01, file: b.json}   # approved\n",
    ),
    "an empty file gets its first key": (SetNamespace("0e7c"), "", "calendar_namespace: 0e7c\n"),
    "a last line without an end stays without": (
        SetNamespace("0e7c"),
        "region: us",
        "region: us\ncalendar_namespace: 0e7c",
    ),
    "Windows line ends": (
        WEBINAR,
        "region: us\r\nunits:\r\n  - {on: 2026-01-05, hours: 2}\r\n",
        "region: us\r\nunits:\r\n  - {on: 2026-01-05, hours: 2}\r\n"
        "  - {on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]}\r\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_text_before_and_after(case: str) -> None:
    change, before, after = CASES[case]
    assert edited(dedent(before), change) == dedent(after)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Risk: the basics", "'Risk: the basics'"),
        ("what's new", "what's new"),
        ("yes", "'yes'"),
        ("2026", "'2026'"),
        ("2026-01-01", "'2026-01-01'"),
        ("{a}, [b]", "'{a}, [b]'"),
        ("# hash", "'# hash'"),
        ("two\nlines", '"two\\nlines"'),
        ("Prüfung 😀", "Prüfung 😀"),
        ("x" * 300 + " y", "x" * 300 + " y"),
    ],
)
def test_titles_are_quoted_where_a_reader_could_mistake_them(title: str, written: str) -> None:
    change = AddUnits(UnitEntry(date(2026, 2, 11), Decimal(1), title=title))
    assert edited("", change) == f"units:\n  - {{on: 2026-02-11, hours: 1, title: {written}}}\n"


@pytest.mark.parametrize(
    "text", ["- a\n", "just text\n", "units: x\n", "units: {a: b}\n"], ids=["list", "text", "word", "mapping"]
)
def test_what_cannot_be_added_to_is_said_with_what_to_write_by_hand(text: str) -> None:
    after, problems = edit(text, WEBINAR, "pmcareer.yaml")
    assert after is None
    (problem,) = problems
    assert problem.code == "profile-uneditable"
    assert problem.at.file == "pmcareer.yaml"
    assert "{on: 2026-02-11, hours: 1.5, title: Webinar, for: [pmp]} under units" in problem.hint


def test_a_holding_that_is_not_there_is_no_place_to_write() -> None:
    after, problems = edit("certifications: []\n", RENEWED)
    assert after is None
    assert [problem.code for problem in problems] == ["profile-uneditable"]


def test_broken_yaml_is_left_alone() -> None:
    after, problems = edit("units: [\n", WEBINAR)
    assert after is None
    assert [problem.code for problem in problems] == ["yaml-syntax"]
