"""Bad inputs that state their own verdict, in comments on their first lines.

``# expect: CODE LINE:COLUMN``, once for each problem; ``# as: Profile`` names the type that the file is read as
(absent: only as YAML). A new case is one new file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.people import Profile
from pmcareer.model.roles import Ladder, Role
from pmcareer.problems import CODES, Problems
from pmcareer.reading.typed import read_document
from pmcareer.reading.yaml_nodes import read_yaml

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
TYPES: dict[str, type] = {type_.__name__: type_ for type_ in (Certification, Issuer, Ladder, Profile, Role)}

_EXPECT = re.compile(r"^\ufeff?# expect: (\S+) (\d+:\d+)$", re.MULTILINE)
_AS = re.compile(r"^# as: (\w+)$", re.MULTILINE)


def expected(path: Path) -> list[tuple[str, str]]:
    return _EXPECT.findall(path.read_text(encoding="utf-8", errors="replace"))


def problems_of(path: Path) -> Problems:
    kind = _AS.search(path.read_text(encoding="utf-8", errors="replace"))
    return read_document(path, TYPES[kind[1]]).problems if kind else read_yaml(path)[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_verdict(path: Path) -> None:
    wanted = expected(path)
    assert wanted, "a broken file states what is wrong with it"
    found = [(p.code, f"{p.at.line}:{p.at.column}") for p in problems_of(path)]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_of_the_text_gives_advice(path: Path) -> None:
    for problem in problems_of(path):
        assert problem.message
        if problem.code.startswith(("yaml-", "file-")):
            assert problem.hint


def test_every_code_of_the_text_has_its_case() -> None:
    cases = {code for path in FILES for code, _ in expected(path)}
    needs_a_large_file = {"yaml-size"}
    wanted = {code for code in CODES if code.startswith(("yaml-", "field-"))} - needs_a_large_file
    assert wanted - cases <= {"field-conflict"}  # said by the model's own checks
