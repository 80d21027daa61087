"""``calendar publish`` and what ``calendar push`` refuses, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.running import pmcareer
from tests.ics_linter import lint

PROFILE = """\
region: us
calendar_namespace: 0e7c2f3a-93f1-4c07-8a53-5a4f4be0a1d7
certifications:
  - {id: pmp, earned: 2023-06-15}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def publish(folder: Path, *more: str, as_of: str = "2026-01-05") -> dict[str, object]:
    done = pmcareer("calendar", "publish", "public/feeds", "--as-of", as_of, "--format", "json", *more, folder=folder)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def files(folder: Path) -> list[Path]:
    return sorted((folder / "public/feeds").iterdir())


def test_a_feed_is_written_and_left_alone_when_nothing_changed(folder: Path) -> None:
    answer = publish(folder)
    (feed,) = files(folder)
    assert lint(feed.read_bytes(), feed=True) == []
    assert b"DTSTART;VALUE=DATE:20260614\r\n" in feed.read_bytes()
    assert answer["schema"] == "pmcareer.calendar-publish/1"
    before = feed.read_bytes()
    publish(folder)
    assert files(folder) == [feed]
    assert feed.read_bytes() == before


def test_a_rotated_feed_moves(folder: Path) -> None:
    publish(folder)
    before = files(folder)
    publish(folder, "--rotate")
    after = files(folder)
    assert len(before) == len(after) == 1
    assert before != after


def test_the_secret_names_never_lie_in_the_published_folder(folder: Path) -> None:
    done = pmcareer("calendar", "publish", "public", "--tokens", "public/x/tokens.json", folder=folder)
    assert done.returncode == 2
    assert not (folder / "public").exists()


def test_a_tokens_file_of_someone_else_is_not_overwritten(folder: Path) -> None:
    (folder / "tokens.json").write_text("{}")
    done = pmcareer("calendar", "publish", "public", "--tokens", "tokens.json", folder=folder)
    assert done.returncode == 3
    assert "calendar-state" in done.stderr
    assert (folder / "tokens.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("https://example.org/ana/",), 2, "--user"),
        (("http://example.org/ana/", "--user", "ana"), 2, "https://"),
        (("https://ana:secret@example.org/", "--user", "ana"), 2, "must not hold"),
        (("https://example.org/ana/", "--user", "ana"), 2, "no password"),
    ],
)
def test_a_push_that_cannot_be_is_refused_at_once(
    folder: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    environment = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    done = pmcareer("calendar", "push", *arguments, folder=folder, environment=environment, input_=b"")
    assert done.returncode == code
    assert says in done.stderr
    assert "secret" not in done.stderr.replace("must not hold a user name or password", "")
