"""LinkedIn's export: as an archive, a folder, one file; and what of all that is refused."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.unit.reading.foreign.exports import zip_bytes, zipped

from pmcareer.problems import Problems
from pmcareer.reading.foreign.archives import read_members
from pmcareer.reading.foreign.linkedin import read_linkedin

CERTIFICATIONS = (
    "Name,Url,Authority,Started On,Finished On,License Number\r\n"
    '"PMP, the big one",https://x.example,Project Management Institute,Jun 2024,Jun 2027,4711\r\n'
    "\r\n"
    "CSM,,Scrum Alliance,Marble 2024,,\r\n"
)
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Acme,Project Manager,"Two\nlines, and a ""quote""",Berlin,2020,Dec 2021\n'
    "Acme,Lead,,,Jan 2022,\n"
)
SKILLS = "Name\nNegotiation\n"
LANGUAGES = "Name,Proficiency\nEnglish,Native\n"


def test_an_archive_is_read_whatever_folder_its_files_lie_in(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "Basic_LinkedInDataExport/Certifications.csv": CERTIFICATIONS,
        "Basic_LinkedInDataExport/Positions.csv": POSITIONS,
        "Skills.csv": "\ufeff" + SKILLS,
        "Languages.csv": LANGUAGES,
        "messages.csv": "x" * 100,
    }
    stated, problems = read_linkedin(zipped(tmp_path / "export.zip", members))
    assert stated is not None
    first, second = stated.certifications
    assert (first.name, first.issuer, first.number) == ("PMP, the big one", "Project Management Institute", "4711")
    assert first.earned and (first.earned.first, first.earned.last) == (date(2024, 6, 1), date(2024, 6, 30))
    assert first.expires and first.expires.text == "Jun 2027"
    assert second.earned and second.earned.first is None
    assert [(one.title, one.at.line) for one in stated.positions] == [("Project Manager", 3), ("Lead", 4)]
    assert [one.name for one in stated.skills] == ["Negotiation"]
    (problem,) = problems
    assert (problem.code, problem.severity, problem.at.line) == ("import-day", "warning", 4)
    assert problem.at.file.endswith("export.zip/Certifications.csv")


def test_a_folder_and_a_single_file_of_any_name_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "Certifications.csv").write_text(CERTIFICATIONS, encoding="utf-8")
    (tmp_path / "renamed (1).csv").write_text(POSITIONS, encoding="utf-16")
    folder, _ = read_linkedin(tmp_path)
    assert folder and len(folder.certifications) == 2 and not folder.positions
    single, _ = read_linkedin(tmp_path / "renamed (1).csv")
    assert single and len(single.positions) == 2


def test_another_table_with_names_is_not_taken_for_skills(tmp_path: Path) -> None:
    file = tmp_path / "Skills.csv"
    file.write_text(LANGUAGES, encoding="utf-8")
    stated, problems = read_linkedin(file)
    assert stated is None
    assert [problem.code for problem in problems] == ["import-format"]


def test_a_table_that_is_none_says_where(tmp_path: Path) -> None:
    file = tmp_path / "Positions.csv"
    file.write_text('Company Name,Title,Started On,Finished On\nAcme,"open', encoding="utf-8")
    stated, problems = read_linkedin(file)
    assert stated is None
    assert [(problem.code, problem.at.line) for problem in problems] == [("table-syntax", 2)]


# --- archives that are refused ----------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    problems = Problems()
    assert read_members(data, "x.zip", lambda name: name.endswith(".csv"), problems) is None
    (problem,) = problems
    assert problem.code == "import-archive"
    return problem.message


@pytest.mark.parametrize(
    "name", ["../Skills.csv", "/Skills.csv", "a/../../Skills.csv", "..\\Skills.csv", "C:/Skills.csv"]
)
def test_names_that_lead_out_refuse_the_whole(name: str) -> None:
    assert "leads out of it" in refused(zip_bytes({"Positions.csv": b"x", name: b"x"}))


def test_a_bomb_is_not_unpacked() -> None:
    assert "more than 8 MiB" in refused(zip_bytes({"Skills.csv": b"\0" * (9 << 20)}))
    assert "200 times its size" in refused(zip_bytes({"Skills.csv": b"\0" * (2 << 20)}))


def test_many_large_members_are_too_much_together() -> None:
    import random

    block = random.Random(1).randbytes(7 << 20)
    names = ["a.csv", "b.csv", "c.csv", "d.csv"]
    assert "unpacks to more than" in refused(zip_bytes(dict.fromkeys(names, block)))


def test_a_promise_of_smallness_is_not_believed() -> None:
    """The size in the archive's headers, changed to 5 bytes: what comes out still counts."""
    data = zip_bytes({"Skills.csv": b"a" * (9 << 20)})
    forged = data.replace((9 << 20).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert forged != data
    assert refused(forged)


def test_twins_and_locks_and_rubble_are_refused() -> None:
    assert "more than once" in refused(zip_bytes({"a/Skills.csv": b"x", "b/Skills.csv": b"y"}))
    data = bytearray(zip_bytes({"Skills.csv": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of encryption in the directory
    assert "password" in refused(bytes(data))
    assert "cannot be read" in refused(b"PK\x03\x04 rubble")
    whole = zip_bytes({"Skills.csv": b"Name\n" * 500})
    assert "cannot be read" in refused(whole[: len(whole) // 2])


def test_an_archive_of_countless_members_is_refused() -> None:
    assert "members" in refused(zip_bytes({f"{n}.txt": b"" for n in range(5001)}))


def test_stored_members_of_any_size_within_bounds_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "s.zip", {"Skills.csv": SKILLS}, zipfile.ZIP_STORED)
    stated, _ = read_linkedin(path)
    assert stated and stated.skills[0].name == "Negotiation"
