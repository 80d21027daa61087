"""The profile's file: whole or as it was, whatever happens while it is written, and one writer at a time."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pmcareer.errors import InputUnreadableError
from pmcareer.profiles.files import open_to_write

OLD, NEW = b"region: us  # home\n", b"region: us  # home\nunits: []\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "pmcareer.yaml"
    file.write_bytes(OLD)
    return file


def write(path: Path, data: bytes = NEW) -> None:
    with open_to_write(path) as profile:
        profile.save(data)


def alone(path: Path) -> bool:
    """Whether nothing is left beside the file."""
    return [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_the_file_is_replaced_and_nothing_is_left_beside_it(path: Path) -> None:
    write(path)
    assert path.read_bytes() == NEW
    assert alone(path)


def test_a_new_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    path, usual = tmp_path / "new" / "pmcareer.yaml", tmp_path / "usual"
    path.parent.mkdir()
    usual.touch()
    with open_to_write(path) as profile:
        assert not profile.exists
        profile.save(NEW)
    assert path.read_bytes() == NEW
    assert path.stat().st_mode == usual.stat().st_mode
    assert alone(path)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_permissions_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_link_stays_and_what_it_leads_to_is_replaced_where_it_lies(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.yaml"
    link.symlink_to(Path("..") / path.name)
    write(link)
    assert link.readlink() == Path("..") / path.name
    assert path.read_bytes() == NEW
    assert list(elsewhere.iterdir()) == [link]


def test_what_another_program_wrote_in_between_is_not_lost(path: Path) -> None:
    with (
        open_to_write(path) as profile,
        pytest.raises(InputUnreadableError, match="another program changed it in the meantime") as caught,
    ):
        path.write_bytes(b"region: uk\n")
        profile.save(NEW)
    assert caught.value.exit_code == 4
    assert path.read_bytes() == b"region: uk\n"
    assert alone(path)


def test_a_file_that_another_program_made_in_between_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "pmcareer.yaml"
    with open_to_write(path) as profile, pytest.raises(InputUnreadableError, match="in the meantime"):
        path.write_bytes(b"region: uk\n")
        profile.save(NEW)
    assert path.read_bytes() == b"region: uk\n"


def test_a_second_writer_waits_and_then_gives_up_in_one_line(path: Path) -> None:
    with open_to_write(path), pytest.raises(InputUnreadableError, match="another pmcareer is writing it"):
        open_to_write(path, patience=0.05).__enter__()
    write(path)
    assert alone(path)


def test_writers_through_a_link_and_by_name_exclude_each_other(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    with open_to_write(path), pytest.raises(InputUnreadableError, match="another pmcareer"):
        open_to_write(link, patience=0.05).__enter__()


def test_the_lock_of_a_killed_writer_locks_nothing(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from pmcareer.profiles.files import open_to_write\n"
        "with open_to_write(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == -9
    assert not alone(path), "the lock file is still there"
    with open_to_write(path, patience=0.05) as profile:
        profile.save(NEW)
    assert path.read_bytes() == NEW
    assert alone(path)


@pytest.mark.parametrize("failing", ["fsync", "fdopen"])
def test_a_full_disk_is_one_line_and_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(InputUnreadableError, match="cannot be written: no space left on device"):
        write(path)
    assert path.read_bytes() == OLD
    assert alone(path)


LIMITED = """
import resource, sys
from pathlib import Path
from pmcareer.errors import InputUnreadableError
from pmcareer.profiles.files import open_to_write
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with open_to_write(Path(sys.argv[1])) as profile:
        profile.save(b"x" * 5000)
except InputUnreadableError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_write_that_the_system_cuts_off_leaves_the_old_file(path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (4, "")
    assert done.stdout == f"{path}: cannot be written: file too large\n"
    assert path.read_bytes() == OLD
    assert alone(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_line(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(InputUnreadableError, match="cannot be written: permission denied"):
            write(path)
    finally:
        path.parent.chmod(0o700)
    assert path.read_bytes() == OLD


def test_a_refusal_of_the_system_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(InputUnreadableError, match="cannot be written: read-only file system"):
        write(path)
    assert path.read_bytes() == OLD
    assert alone(path)


@pytest.mark.parametrize("name", [".", "nowhere/pmcareer.yaml", "pmcareer.yaml/x", "nul\0"])
def test_what_cannot_be_a_profile_is_one_line(path: Path, name: str) -> None:
    with pytest.raises(InputUnreadableError) as caught:
        write(path.parent / name)
    assert "\n" not in caught.value.message
    assert path.read_bytes() == OLD
    assert alone(path)


def test_a_device_is_no_profile() -> None:
    with pytest.raises(InputUnreadableError, match="not a file"):
        write(Path(os.devnull))


KILLED = """
import os, sys
from pathlib import Path
from pmcareer.profiles import files
from pmcareer import whole_files
import filelock

folder, old, new = Path(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode()
WATCHED = {files.__file__, whole_files.__file__}


def run_until(line: int) -> bool:
    # Write in a child that is killed as it reaches the given line of the code that writes; whether it came to its end.
    path = folder / f"{line}" / "pmcareer.yaml"
    path.parent.mkdir()
    path.write_bytes(old)
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    left = line

    def watch(frame, event, _):
        nonlocal left
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)
        return watch

    sys.settrace(watch)
    with files.open_to_write(path) as profile:
        profile.save(new)
    os._exit(0)


line = 0
while not run_until(line):
    line += 1
print(line)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork there")
def test_killed_at_any_line_the_file_is_old_or_new_and_can_be_written_again(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), OLD.decode(), NEW.decode()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = int(done.stdout)
    assert lines > 40, "the code that writes was watched"
    seen = []
    for line in range(lines):
        path = tmp_path / str(line) / "pmcareer.yaml"
        seen.append(path.read_bytes())
        write(path, b"after: all\n")
        assert path.read_bytes() == b"after: all\n"
    assert seen == sorted(seen, key=[OLD, NEW].index), "old up to one line, new from there on"
    assert set(seen) == {OLD, NEW}
