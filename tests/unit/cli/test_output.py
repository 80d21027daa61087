"""Results are written whole or not at all, and what prevents it is one line."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmcareer.cli.output import write_file, write_result
from pmcareer.errors import InputUnreadableError


def test_a_new_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    write_file(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    path, usual = tmp_path / "a.ics", tmp_path / "usual"
    usual.touch()
    write_file(path, [b"x"])
    assert path.stat().st_mode == usual.stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.touch()
    path.chmod(0o640)
    write_file(path, [b"x"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.ics", tmp_path / "link.ics"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, [b"new"])
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"new"
        assert len(list(tmp_path.iterdir())) == 2, "the temporary file stands in the same folder"
        raise RuntimeError("the source failed")

    with pytest.raises(RuntimeError, match="the source failed"):
        write_file(path, chunks())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputUnreadableError, match="cannot be written: no space left on device"):
        write_file(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadableError, match="the folder does not exist") as caught:
        write_file(tmp_path / "nowhere" / "a.ics", [b"x"])
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("name", ["folder", "file/a.ics", "n" * 300, "nul\0"])
def test_what_cannot_be_a_file_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(InputUnreadableError) as caught:
        write_file(tmp_path / name, [b"x"])
    assert "\n" not in caught.value.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputUnreadableError, match="permission denied"):
        write_file(tmp_path / "a.ics", [b"x"])


def test_a_device_is_written_to_not_replaced() -> None:
    write_file(Path(os.devnull), [b"x"])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_device_is_one_line() -> None:
    with pytest.raises(InputUnreadableError, match="no space left"):
        write_file(Path("/dev/full"), [b"x"])


PROGRAM = """
from pmcareer.cli.output import write_stdout
print("before, through the text layer")
answer = write_stdout(b"x" * 1000 + b"\\n" for _ in range(5000))
import sys; sys.stderr.write(str(answer)); sys.exit(7)
"""


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"before, through the text layer\n"
        process.stdout.close()
        assert process.stderr.read() == b"False"
        assert process.wait(timeout=30) == 7


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_standard_output_on_a_full_disk_is_one_line() -> None:
    program = (
        "from pmcareer.cli.output import write_stdout\nfrom pmcareer.errors import InputUnreadableError\n"
        "try:\n    write_stdout([b'x'])\nexcept InputUnreadableError as e:\n"
        "    import sys; sys.stderr.write(e.message); sys.exit(4)"
    )
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b"standard output cannot be written: no space left on device"
    assert done.returncode == 4


def test_the_size_of_a_result_is_told(tmp_path: Path) -> None:
    assert write_result(tmp_path / "a", [b"one", b"", b"three"]) == 8
