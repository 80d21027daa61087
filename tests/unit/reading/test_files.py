"""Reading bytes: whatever stands at a path, the answer comes at once and says what to do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from tests.tools import require_tool

from pmcareer.reading.files import read_bytes, shown_path, size


def codes(path: Path, limit: int = 100) -> list[str]:
    data, problems = read_bytes(path, limit=limit)
    assert data is None
    assert all(problem.hint for problem in problems)
    return [problem.code for problem in problems]


def test_reads_up_to_the_limit_and_not_one_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * 100)
    data, problems = read_bytes(path, limit=100)
    assert data == b"x" * 100
    assert not list(problems)
    path.write_bytes(b"x" * 101)
    assert codes(path) == ["file-too-large"]


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "junk"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)

    def no_reading(*_: object) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(os, "read", no_reading)
    assert codes(path) == ["file-too-large"]


def test_a_file_that_understates_its_size_is_read_no_further_than_the_limit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "grows"
    path.write_bytes(b"")  # what the system reports: nothing in it
    asked: list[int] = []

    def endless(_: int, count: int) -> bytes:
        asked.append(count)
        return b"x" * min(count, 40)

    monkeypatch.setattr(os, "read", endless)
    assert codes(path) == ["file-too-large"]
    assert asked == [101, 61, 21]  # in chunks of 40: 101 bytes in all, one more than the limit


@pytest.mark.parametrize("name", ["absent", "absent/below", "file/below"])
def test_what_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    assert codes(tmp_path / name) == ["file-missing"]


def test_a_folder(tmp_path: Path) -> None:
    _, problems = read_bytes(tmp_path)
    assert [(p.code, p.message) for p in problems] == [("file-not-regular", "a file is expected here, not a folder")]


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    require_tool(hasattr(os, "mkfifo"), "named pipes")
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path / "pipe") == ["file-not-regular"]


def test_a_pipe_that_takes_the_file_s_place_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_tool(hasattr(os, "mkfifo"), "named pipes")
    pipe, honest = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(pipe)
    honest.write_text("x")
    looked_at = honest.stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: looked_at)
    assert codes(pipe) == ["file-not-regular"]


def test_a_device() -> None:
    require_tool(Path("/dev/zero").exists(), "/dev/zero")
    assert codes(Path("/dev/zero")) == ["file-not-regular"]


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_tool(hasattr(socket, "AF_UNIX"), "Unix sockets")
    monkeypatch.chdir(tmp_path)  # socket paths are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert codes(Path("s")) == ["file-not-regular"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_text("x")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # root may read anything, so permissions alone do not do
    assert codes(path) == ["file-unreadable"]


@pytest.mark.parametrize("name", ["a" * 5000, "nul\0inside"])
def test_paths_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    (code,) = codes(tmp_path / name)
    assert code in ("file-unreadable", "file-missing")


def test_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert codes(tmp_path / "a") == ["file-unreadable"]


def test_paths_are_shown_so_that_a_terminal_is_not_fooled() -> None:
    assert shown_path(Path("a\x1b[2Jb\n\udcffc.yaml")) == "a\\x1b[2Jb\\n\\udcffc.yaml"
    assert shown_path(Path("Zürich/計画.yaml")) == "Zürich/計画.yaml"


@pytest.mark.parametrize(
    ("count", "words"), [(2 << 20, "2 MiB"), (300 << 10, "300 KiB"), (17, "17 bytes"), (1025, "1025 bytes")]
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words
