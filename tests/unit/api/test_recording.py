"""Recording: what is saved was read back first, and a refusal leaves the file alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pmcareer.api.person import recording
from pmcareer.api.person.recording import record
from pmcareer.errors import DataInvalidError, InputUnreadableError, UsageError
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, Profile
from pmcareer.problems import Problems
from pmcareer.profiles.changes import AddHolding, Change

TEXT = "region: us  # home\n"
EARNED = AddHolding(Holding(CertificationId("capm"), earned=date(2026, 3, 1)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "pmcareer.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def propose(_: Profile) -> Change:
    return EARNED


def test_a_recording_tells_before_and_after(path: Path) -> None:
    done = record(path, propose)
    assert done.written
    assert (done.before, done.text_before) == (Profile(region=done.before.region), TEXT)
    assert done.after.certifications == (EARNED.holding,)
    assert done.text_after == path.read_text(encoding="utf-8")
    assert done.text_after == TEXT + "certifications:\n  - {id: capm, earned: 2026-03-01}\n"


def test_what_needs_no_change_writes_nothing(path: Path) -> None:
    stamp = path.stat().st_mtime_ns
    done = record(path, lambda _: None)
    assert (done.written, done.change, done.text_after) == (False, None, TEXT)
    assert path.stat().st_mtime_ns == stamp


def test_a_dry_run_needs_no_right_to_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise AssertionError("a dry run opens nothing for writing")

    monkeypatch.setattr(recording, "open_to_write", refuse)
    done = record(path, propose, dry_run=True)
    assert not done.written
    assert "capm" in done.text_after
    assert path.read_text(encoding="utf-8") == TEXT


WRONG: dict[str, Callable[[str], str]] = {
    "says less": lambda text: text,
    "says more": lambda text: f"{text}certifications: [{{id: capm, earned: 2026-03-01}}, {{id: pmp}}]\n",
    "says it wrong": lambda text: f"{text}certifications: [{{id: capm, earned: 2026-03-02}}]\n",
    "loses something": lambda _: "certifications: [{id: capm, earned: 2026-03-01}]\n",
    "is no profile": lambda text: f"{text}x: y\n",
    "is no YAML": lambda text: f"{text}certifications: [\n",
    "is nothing": lambda _: "",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_edit_that_says_anything_else_is_never_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setattr(recording, "edit", lambda text, *_: (WRONG[wrong](text), Problems()))
    with pytest.raises(DataInvalidError) as caught:
        record(path, propose)
    (problem,) = caught.value.problems
    assert problem.code == "profile-uneditable"
    assert "{id: capm, earned: 2026-03-01} under certifications" in problem.hint
    assert path.read_text(encoding="utf-8") == TEXT
    assert list(path.parent.iterdir()) == [path]


def test_a_refusal_of_the_proposal_leaves_file_and_lock_alone(path: Path) -> None:
    def refuse(_: Profile) -> Change:
        raise UsageError("no")

    with pytest.raises(UsageError):
        record(path, refuse)
    assert path.read_text(encoding="utf-8") == TEXT
    assert list(path.parent.iterdir()) == [path]


def test_a_profile_that_grew_too_large_to_be_read_again_is_not_written(path: Path) -> None:
    limit = 2 * 1024 * 1024
    text = f"# {'x' * (limit - 40)}\nregion: us\n"
    path.write_text(text, encoding="utf-8")
    assert len(text) <= limit
    with pytest.raises(DataInvalidError):
        record(path, propose)
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text_is_unreadable_data(path: Path) -> None:
    path.write_bytes(b"region: \xff\n")
    with pytest.raises(DataInvalidError) as caught:
        record(path, propose)
    assert [problem.code for problem in caught.value.problems] == ["file-not-utf8"]
    assert path.read_bytes() == b"region: \xff\n"


def test_a_folder_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadableError):
        record(tmp_path, propose)
