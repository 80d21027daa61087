"""``pmcareer import``: what stands in the profile afterwards, what a second time changes, what is refused untouched."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF
from tests.cli.terminal import Terminal, needs_terminals

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "imports"
PMP = "Project Management Professional (PMP)®"
PROFILE = """\
# Ada's profile
region: us   # home
certifications:
  - {id: pmp, earned: 2024-06-15}   # the big one
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "imports").symlink_to(EXAMPLES)
    return tmp_path


def profile(folder: Path) -> str:
    return (folder / "pmcareer.yaml").read_text(encoding="utf-8")


def said(folder: Path) -> Any:
    return yaml.safe_load(profile(folder))


def imported(folder: Path, format_: str, file: str, *more: str) -> Any:
    done = invoke(folder, "import", format_, file, "--as-of", AS_OF, "--format", "json", *more)
    assert done.code == 0, done.error
    return json.loads(done.out)


def outcomes(answer: Any) -> dict[str, str]:
    return {one["name"]: one["outcome"] for one in answer["items"]}


def certificates(folder: Path, *rows: str) -> str:
    text = "Name,Url,Authority,Started On,Finished On,License Number\n" + "\n".join(rows) + "\n"
    (folder / "Certifications.csv").write_text(text, encoding="utf-8")
    return "Certifications.csv"


def test_a_new_profile_has_what_linkedin_says_and_which_days_are_assumed(folder: Path) -> None:
    answer = imported(folder, "linkedin", "imports/linkedin")
    assert (answer["written"], answer["created"]) == (True, True)
    text = profile(folder)
    found = said(folder)
    assert [(one["role"], str(one["from"]), str(one.get("to"))) for one in found["roles"]] == [
        ("project-coordinator", "2020-02-01", "2023-08-31"),  # whole months, the earliest first
        ("it-project-manager", "2023-09-01", "None"),
    ]
    assert {one["id"]: str(one["earned"]) for one in found["certifications"]} == {
        "prince2-foundation": "2023-11-01",
        "pmp": "2024-06-01",
    }
    assert "# LinkedIn: Jun 2024 is taken as 2024-06-01" in text
    assert found["education"] == {"level": "bachelor", "institution": "Lakeside University"}
    assert [one["name"] for one in found["unmatched"]] == ["Happiness Engineer", "Lean Six Sigma Green Belt"]
    assert len(found["calendar_namespace"]) == 36
    assert "skills" not in found  # how well is not said


@pytest.mark.parametrize(
    ("format_", "file", "more"),
    [
        ("linkedin", "imports/linkedin", ()),
        ("linkedin", "imports/linkedin", ("--days", "last", "--skill-level", "working")),
        ("json-resume", "imports/resume.json", ()),
        ("open-badges", "imports/badge.json", ()),
        ("credly", "imports/credly.json", ()),
        ("pdu-transcript", "imports/transcript.csv", ("--for", "pmp", "--dates", "us")),
    ],
)
def test_importing_twice_changes_nothing(format_: str, file: str, more: tuple[str, ...], folder: Path) -> None:
    (folder / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    assert imported(folder, format_, file, *more)["written"]
    before = profile(folder)
    again = imported(folder, format_, file, *more)
    assert (again["written"], again["diff"]) == (False, "")
    assert profile(folder) == before
    assert before.startswith(PROFILE.splitlines()[0]) and "# the big one" in before and "region: us   # home" in before


def test_a_dry_run_shows_the_difference_and_writes_nothing(folder: Path) -> None:
    (folder / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    done = invoke(folder, "import", "open-badges", "imports/badge.json", "--as-of", AS_OF, "--dry-run")
    assert done.code == 0
    assert "+  - {id: csm, earned: 2025-05-02, issuer_says_expires: 2027-05-01" in done.out
    assert profile(folder) == PROFILE


def test_a_month_that_the_rule_ends_in_is_left_to_the_rule_and_another_is_written(folder: Path) -> None:
    """PMP: three years. Earned in June 2024 it ends in June 2027 (or on the last of May, if on the first)."""
    file = certificates(
        folder,
        "PMP,,Project Management Institute,Jun 2024,Jun 2027,",
        "CSM,,Scrum Alliance,May 2024,Dec 2027,",  # the rule says two years
    )
    imported(folder, "linkedin", file)
    pmp, csm = sorted(said(folder)["certifications"], key=lambda one: str(one["id"]), reverse=True)
    assert "issuer_says_expires" not in pmp
    assert str(csm["issuer_says_expires"]) == "2027-12-01"
    assert "the end Dec 2027 as 2027-12-01" in profile(folder)


def test_a_badges_later_last_day_moves_the_one_before_and_an_earlier_one_is_told(folder: Path) -> None:
    held = "{id: pmp, earned: 2024-06-15, issuer_says_expires: 2026-12-31}"
    (folder / "pmcareer.yaml").write_text(f"certifications:\n  - {held}   # mine\n", encoding="utf-8")
    assert outcomes(imported(folder, "credly", "imports/credly.json"))[PMP] == "completed"
    assert held.replace("2026-12-31", "2027-06-14") + "   # mine" in profile(folder)
    later = held.replace("2026-12-31", "2030-01-01")
    (folder / "pmcareer.yaml").write_text(f"certifications:\n  - {later}\n", encoding="utf-8")
    answer = imported(folder, "credly", "imports/credly.json")
    assert outcomes(answer)[PMP] == "differs"
    assert later in profile(folder)


def test_a_badge_of_the_cycle_renewed_since_is_outdated(folder: Path) -> None:
    """Its last day, 2027-06-14, is the end of the first three years; the renewal has added three more."""
    held = "certifications:\n  - {id: pmp, earned: 2024-06-15, renewed: [2026-05-01]}\n"
    (folder / "pmcareer.yaml").write_text(held, encoding="utf-8")
    imported(folder, "credly", "imports/credly.json")
    pmp = next(one for one in said(folder)["certifications"] if one["id"] == "pmp")
    assert "issuer_says_expires" not in pmp


def test_a_disagreement_with_the_rule_is_reported(folder: Path) -> None:
    badge = json.loads((EXAMPLES / "badge.json").read_text(encoding="utf-8"))
    (folder / "b.json").write_text(json.dumps({**badge, "validUntil": "2028-01-31T00:00:00Z"}), encoding="utf-8")
    answer = imported(folder, "open-badges", "b.json")
    assert "renewal-issuer-disagrees" in [problem["code"] for problem in answer["problems"]]


def test_what_ended_since_is_ended(folder: Path) -> None:
    text = "roles:\n  - {role: it-project-manager, from: 2023-09-15}  # here\n"
    (folder / "pmcareer.yaml").write_text(text, encoding="utf-8")
    (folder / "Positions.csv").write_text(
        "Company Name,Title,Description,Location,Started On,Finished On\nX,IT Project Manager,,,Sep 2023,Aug 2026\n",
        encoding="utf-8",
    )
    imported(folder, "linkedin", "Positions.csv")
    assert profile(folder) == text.replace("2023-09-15}", "2023-09-15, employer: X, to: 2026-08-31}")


def test_a_time_that_is_there_gets_its_employer_and_another_name_stays(folder: Path) -> None:
    text = "name: Ada B.\nroles:\n  - {role: it-project-manager, from: 2023-09-04}  # here\n"
    (folder / "pmcareer.yaml").write_text(text, encoding="utf-8")
    basics = {"name": "Ada Example", "email": "ada@example.org", "label": "x"}
    work = {"name": "A: #1, Inc.", "position": "IT Project Manager", "startDate": "2023-09-04"}
    (folder / "r.json").write_text(json.dumps({"basics": basics, "work": [work]}), encoding="utf-8")
    answer = imported(folder, "json-resume", "r.json")
    assert outcomes(answer) == {"Ada Example": "differs", "IT Project Manager": "completed"}
    assert answer["left_out"] == ["basics.email"]
    assert said(folder)["name"] == "Ada B."
    assert said(folder)["roles"][0]["employer"] == "A: #1, Inc."
    assert profile(folder).endswith("  # here\n")
    assert not imported(folder, "json-resume", "r.json")["written"]


def test_a_name_may_be_settled_by_hand(folder: Path) -> None:
    file = certificates(folder, "PMP,,Acme Academy,Jun 2024,,")
    before = imported(folder, "linkedin", file)
    (item,) = before["items"]
    assert (item["id"], item["confidence"], item["outcome"]) == ("pmp", 50, "unmatched")
    assert outcomes(imported(folder, "linkedin", file, "--match", "PMP=PMP"))["PMP"] == "added"
    wrong = invoke(folder, "import", "linkedin", file, "--match", "PMP=pmpp")
    assert wrong.code == 2 and "did you mean" in wrong.error


def test_what_lies_ahead_or_was_taken_away_is_no_holding(folder: Path) -> None:
    backwards = "PMI-ACP,,PMI,Jun 2024,Jun 2020,"
    file = certificates(folder, "PMP,,PMI,Jun 2030,,", "CSM,,Scrum Alliance,someday,,", "CAPM,,PMI,,,", backwards)
    answer = imported(folder, "linkedin", file)
    assert outcomes(answer) == {"PMP": "unmatched", "CSM": "unmatched", "CAPM": "added", "PMI-ACP": "unmatched"}
    kept = [(one["name"], one.get("from")) for one in said(folder)["unmatched"]]
    assert sorted(kept) == [("CSM", "someday"), ("PMI-ACP", "Jun 2024"), ("PMP", "Jun 2030")]
    notes = {one["name"]: one["note"] for one in answer["items"]}
    assert notes["PMI-ACP"] == "it ends Jun 2020, before it was earned (Jun 2024)"


def test_renewals_that_an_export_cannot_tell_are_said_to_be_unknown(folder: Path) -> None:
    """PMI-ACP: three years, so one of June 2019 ended by itself in 2022; one of June 2024 runs."""
    file = certificates(folder, "PMI-ACP,,PMI,Jun 2019,,", "PMP,,PMI,Jun 2024,,", "CAPM,,PMI,Jun 2015,Jun 2020,")
    done = invoke(folder, "import", "linkedin", file, "--as-of", AS_OF)
    assert done.code == 0
    said_of_it = [line for line in done.notes.splitlines() if "import-renewals" in line]
    assert len(said_of_it) == 2 and "pmcareer renew capm --on DATE" in said_of_it[0]  # its end may be that of old
    assert "pmcareer renew pmi-acp --on DATE" in said_of_it[1]
    (line,) = (line for line in profile(folder).splitlines() if "id: pmi-acp" in line)
    assert "# LinkedIn: Jun 2019 is taken as 2019-06-01; renewals since 2022-05-31 are not said" in line
    assert profile(folder).count("renewals since") == 2
    again = invoke(folder, "import", "linkedin", file, "--as-of", AS_OF)
    assert "pmcareer renew pmi-acp" in again.notes  # as long as nobody has said so
    assert invoke(folder, "renew", "pmi-acp", "--on", "2025-05-02", "--as-of", AS_OF).code == 0
    assert "pmcareer renew pmi-acp" not in invoke(folder, "import", "linkedin", file, "--as-of", AS_OF).notes


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"current_page": 2, "total_pages": 2}, "page 2 of 2"),
        ({"count": 2, "next_page_url": "https://badges.example/ana/badges.json?page=2"}, "one page of several"),
        ({"previous_page_url": "https://badges.example/ana/badges.json?page=1"}, "one page of several"),
        ({"count": 2, "total_count": 49}, "2 of 49 badges"),
        ({"current_page": 1, "total_pages": 1, "next_page_url": None, "total_count": 2}, ""),
    ],
)
def test_further_pages_are_told_by_any_mark_of_them(folder: Path, metadata: dict[str, object], said: str) -> None:
    badges = json.loads((EXAMPLES / "credly.json").read_text(encoding="utf-8"))  # two of them
    (folder / "c.json").write_text(json.dumps({**badges, "metadata": metadata}), encoding="utf-8")
    done = invoke(folder, "import", "credly", "c.json", "--as-of", AS_OF)
    assert ("import-incomplete" in done.notes) == bool(said) and said in done.notes


def test_one_page_of_several_is_said_to_be_one(folder: Path) -> None:
    badges = json.loads((EXAMPLES / "credly.json").read_text(encoding="utf-8"))
    (folder / "c.json").write_text(json.dumps({**badges, "metadata": {"current_page": 1, "total_pages": 2}}))
    done = invoke(folder, "import", "credly", "c.json", "--as-of", AS_OF)
    assert done.code == 0
    assert "page 1 of 2" in done.notes and "?page=2" in done.notes
    assert "page 1" not in invoke(folder, "import", "credly", "imports/credly.json", "--as-of", AS_OF).notes


def test_a_transcript_becomes_units_in_the_categories_of_the_rule(folder: Path) -> None:
    (folder / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    rows = [
        "Title,Date Completed,Technical,Leadership,Total PDUs,Status",
        "A,2026-01-05,1,0.5,1.5,Approved",
        "B,2026-01-06,,2,2,",
        "B,2026-01-06,,2,2,",  # a line that says the same again
        "B,2026-01-06,,2,2,Approved",  # says something else
        "C,2026-01-07,,,1,Rejected",
        "D,2026-01-08,3,3,1,",
        "E,2030-01-01,,,1,",
        "F,2026-01-09,1,1,5,",
        "G,2026-01-10,1,,1,In Audit",
        "H,2026-01-11,1,,1,pending",
        "I,2026-01-12,1,,1,Not approved",
    ]
    (folder / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    answer = imported(folder, "pdu-transcript", "t.csv", "--for", "PMP")
    units = said(folder)["units"]
    hours = [(one["title"], one["hours"]) for one in units]
    assert hours == [("A", 1.5), ("B", 2), ("B", 2), ("D", 1), ("F", 2)]
    assert units[0]["split"] == [
        {"category": "education/power-skills", "hours": 0.5},
        {"category": "education/ways-of-working", "hours": 1},
    ]
    assert units[1]["category"] == "education/power-skills"
    assert "category" not in units[3] and "split" not in units[3]
    assert all(one["for"] == ["pmp"] for one in units)
    left = [(one["name"], one["note"]) for one in answer["items"] if one["outcome"] == "left-out"]
    assert left == [
        ("B", "the same as line 3; --keep-duplicates takes it too"),
        ("C", "its status is Rejected"),
        ("G", "its status is In Audit"),
        ("H", "its status is pending"),
        ("I", "its status is Not approved"),
        ("E", "2030-01-01 lies after 2026-11-23"),
    ]
    doubts = [one["message"] for one in answer["problems"] if one["code"] == "import-disagrees"]
    assert doubts == [
        "D: its parts come to 6, its units to 1: 1 are taken, in no category",
        "F: its parts come to 2, its units to 5: 2 are taken",
    ]
    more = imported(folder, "pdu-transcript", "t.csv", "--for", "PMP", "--keep-duplicates")
    assert [one["title"] for one in said(folder)["units"]] == ["A", "B", "B", "D", "F", "B"]
    assert more["written"]
    right = profile(folder).replace("title: F,", "title: F, ").replace("hours: 2, title: F", "hours: 5, title: F")
    (folder / "pmcareer.yaml").write_text(right, encoding="utf-8")  # the person puts F right
    assert not imported(folder, "pdu-transcript", "t.csv", "--for", "PMP")["written"]


def test_a_transcript_needs_something_that_it_counts_for(folder: Path) -> None:
    done = invoke(folder, "import", "pdu-transcript", "imports/transcript.csv", "--dates", "us", "--as-of", AS_OF)
    assert done.code == 2 and "no certification is held" in done.error
    unread = invoke(folder, "import", "pdu-transcript", "imports/transcript.csv", "--column", "when=Date")
    assert unread.code == 2 and "known: on, units" in unread.error


HOSTILE = 'PMP\x1b]0;x\x07,"=cmd|x","\u202eevil","- {id: x}","#: {[",'


def test_hostile_words_stay_words(folder: Path) -> None:
    long = "A" * 5000
    file = certificates(folder, f'{long},,"]}} # {{",Jan 2020,,', HOSTILE, '"a: b\nc: d",,x,,,')
    imported(folder, "linkedin", file)
    found = said(folder)
    assert set(found) == {"calendar_namespace", "unmatched"}
    assert all(text.isprintable() for one in found["unmatched"] for text in one.values())
    checked = invoke(folder, "profile", "check")
    assert checked.code == 0, checked.error


@pytest.mark.parametrize(
    ("format_", "content", "code", "words"),
    [
        ("linkedin", b"PK\x03\x04", 3, "import-archive"),
        ("linkedin", b"", 3, "file-empty"),
        ("linkedin", b"\xff\xd8\xff\x00", 3, "file-not-utf8"),
        ("json-resume", b"[1]", 3, "import-format"),
        ("json-resume", b'{"work": ', 3, "in.bin:1:10"),
        ("json-resume", b'{"work": ' + b"[" * 20_000, 3, "nesting"),
        ("json-resume", b" " * (5 << 20), 3, "file-too-large"),
        ("open-badges", b"{}", 3, "import-format"),
        ("credly", b'{"data": [{"badge_template": {"name": 7}}]}', 0, "7"),
        ("pdu-transcript", b"a,b\n1,2\n", 3, "table-column"),
    ],
)
def test_what_cannot_be_used_writes_nothing(format_: str, content: bytes, code: int, words: str, folder: Path) -> None:
    (folder / "in.bin").write_bytes(content)
    done = invoke(folder, "import", format_, "in.bin")
    assert done.code == code, done.error
    assert words in done.error + done.out
    assert (folder / "pmcareer.yaml").exists() == (code == 0)


def test_more_than_a_person_has_is_refused(folder: Path) -> None:
    file = certificates(folder, *(f"Course {n},,,,," for n in range(1001)))
    done = invoke(folder, "import", "linkedin", file)
    assert done.code == 3 and "1001 entries" in done.error
    assert not (folder / "pmcareer.yaml").exists()


def test_a_missing_file_and_a_broken_profile_are_told(folder: Path) -> None:
    assert invoke(folder, "import", "credly", "no.json").code == 4
    (folder / "pmcareer.yaml").write_text("certifications: [{id: PMP}]\n", encoding="utf-8")
    done = invoke(folder, "import", "credly", "imports/credly.json")
    assert done.code == 3 and "pmcareer.yaml:1" in done.error


def test_an_archive_as_it_comes(folder: Path) -> None:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (EXAMPLES / "linkedin").glob("*.csv"):
            archive.write(file, f"Basic_LinkedInDataExport_11-23-2026/{file.name}")
    assert len(imported(folder, "linkedin", "export.zip")["items"]) == 10


@needs_terminals
def test_days_may_be_asked_for(tmp_path: Path) -> None:
    file = certificates(tmp_path, "PMP,,PMI,Jun 2024,,")
    done = invoke(tmp_path, "import", "linkedin", file, "--days", "ask")
    assert done.code == 2 and "needs a terminal" in done.error
    with Terminal(tmp_path, "import", "linkedin", file, "--days", "ask", "--as-of", AS_OF) as terminal:
        terminal.answer("pmp earned, Jun 2024: which day? [2024-06-01]:", "2024-07-01")
        terminal.expect("2024-07-01 is not in Jun 2024")
        terminal.answer("which day?", "2024-06-15")
        terminal.wait_for_end()
    assert terminal.exit_code == 0, terminal.said
    assert str(said(tmp_path)["certifications"][0]["earned"]) == "2024-06-15"
