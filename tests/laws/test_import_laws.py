"""Laws of imports: whatever an export says, nothing in the profile is lost, and a second import changes nothing."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalog.everything import catalog

from pmcareer.api.imports.importing import ImportAsked, import_file
from pmcareer.model.statements import StatedDay
from pmcareer.reading.foreign.badges import read_credly, read_open_badges
from pmcareer.reading.foreign.json_resume import read_json_resume
from pmcareer.reading.foreign.linkedin import read_linkedin
from pmcareer.reading.foreign.transcripts import read_transcript
from pmcareer.reading.foreign.words import stated_day

AS_OF = date(2026, 11, 23)
HEADS = {
    "Certifications.csv": ("Name", "Url", "Authority", "Started On", "Finished On", "License Number"),
    "Positions.csv": ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"),
    "Education.csv": ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
    "Skills.csv": ("Name",),
}
MONTHS = st.sampled_from(
    ["", "Jan 2019", "Jun 2024", "Jul 2024", "Dec 2026", "2020", "someday", "2024-06-15", "Feb 2030"]
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
KNOWN = {
    "Name": ["PMP", "CSM", "Certified ScrumMaster (CSM)", "PRINCE2 7 Foundation", "Negotiation", "A: #b", "- {x"],
    "Authority": ["", "PMI", "Scrum Alliance", "Elsewhere"],
    "Title": ["Project Manager", "IT Project Manager", "Barista", "Scrum Master, Acme"],
    "Degree Name": ["BSc", "Master of Arts", "Certificate"],
}
PROFILE = """\
# a profile
region: us   # here
roles: [{role: project-manager, from: 2020-03-04}]
certifications:
  - {id: pmp, earned: 2024-06-01}   # about then
"""


@st.composite
def exports(draw: st.DrawFn) -> dict[str, list[tuple[str, ...]]]:
    """Rows for some of LinkedIn's tables."""
    found = {}
    for file in draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, unique=True)):
        cells = [_cell(column) for column in HEADS[file]]
        found[file] = draw(st.lists(st.tuples(*cells), max_size=4))
    return found


def _cell(column: str) -> st.SearchStrategy[str]:
    if column.endswith(("On", "Date")):
        return MONTHS
    known = st.sampled_from(KNOWN.get(column, [""]))
    return known | known | WORDS


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(export=exports(), new=st.booleans(), days=st.sampled_from(["first", "last"]))
def test_a_second_import_changes_nothing_and_the_first_takes_nothing(
    export: dict[str, list[tuple[str, ...]]], new: bool, days: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, rows in export.items():
            (folder / file).write_bytes(_table(HEADS[file], rows))
        profile = folder / "pmcareer.yaml"
        if not new:
            profile.write_text(PROFILE, encoding="utf-8")
        asked = ImportAsked("linkedin", folder, AS_OF, lambda stated, *_: _edge(stated, days), skill_level="working")
        once = import_file(catalog(), profile, asked)
        after = once.recording.text_after
        assert all(line in after.splitlines() for line in ([] if new else PROFILE.splitlines()) if "roles" not in line)
        again = import_file(catalog(), profile, asked)
        assert again.recording.changes == ()
        assert len(once.items) == len(again.items)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([head, *[tuple(cell.replace("\0", "") for cell in row) for row in rows]])
    return text.getvalue().encode("utf-8")


def _edge(stated: StatedDay, days: str) -> date:
    day = stated.first if days == "first" else stated.last
    assert day is not None
    return day


@settings(max_examples=150)
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"<svg>", b"Date,PDUs\n"]),
    rest=st.binary(max_size=200),
)
def test_any_bytes_give_statements_or_a_problem(start: bytes, rest: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "in"
        file.write_bytes(start + rest)
        readers: list[Any] = [read_linkedin, read_json_resume, read_open_badges, read_credly]
        for read in (*readers, lambda path: read_transcript(path, {})):
            stated, problems = read(file)
            assert (stated is None) == bool(problems.errors)


KEYS = [
    *("data", "badge", "badge_template", "credentialSubject", "achievement", "name", "issuer", "entities", "entity"),
    *("work", "certificates", "date", "issuedOn", "validFrom", "vc", "skills", "pmcareer", "expires", "education"),
    *("startDate", "level"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=200)
@given(document=JSON)
def test_any_json_gives_statements_or_a_problem(document: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "in.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        readers: list[Any] = [read_json_resume, read_open_badges, read_credly]
        for read in readers:
            stated, problems = read(file)
            assert (stated is None) == bool(problems.errors)


FORMS = ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%b %Y", "%Y-%m", "%m/%Y", "%Y")


@given(day=st.dates(date(1950, 1, 1), date(2200, 12, 31)), form=st.sampled_from(FORMS))
def test_a_day_lies_in_what_any_way_of_writing_it_may_mean(day: date, form: str) -> None:
    found = stated_day(day.strftime(form))
    assert found is not None and found.may_be(day)
    assert (found.day == day) == ("%d" in form)
