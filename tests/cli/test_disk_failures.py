"""What a disk refuses in the middle of things is one plain line and exit 4; an unknown ending is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.in_process import invoke

from pmcareer.cli.main import cli, run

# A file that can be opened, and whose reading fails: nothing is mapped at the first address.
UNREADABLE = Path("/proc/self/mem")


@pytest.mark.skipif(not UNREADABLE.exists(), reason="no /proc here")
@pytest.mark.parametrize(
    "arguments",
    ["status {0}", "check {0}", "titles {0}", "status staff.csv --holdings {0}", "status staff.csv --mapping {0}"],
)
def test_a_file_that_fails_while_it_is_read(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "staff.csv").write_text("person,certifications\nann,pmp\n", encoding="utf-8")
    done = invoke(tmp_path, "team", *arguments.format(UNREADABLE).split())
    assert done.code == 4
    assert "/proc/self/mem" in done.error and "cannot be read" in done.error


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (OSError(5, "Input/output error", "staff.parquet"), "staff.parquet: reading or writing failed: Input/output"),
        (OSError("no strerror"), "reading or writing failed: no strerror"),
        (type("IOException", (Exception,), {})("IO Error: gone\nstack"), "reading or writing failed: IO Error: gone ("),
    ],
)
def test_what_nobody_foresaw_of_the_disk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failure: Exception, said: str
) -> None:
    def fails(**_: object) -> None:
        raise failure

    monkeypatch.setattr(cli, "main", fails)
    with pytest.raises(SystemExit) as left:
        run(["catalog"])
    assert left.value.code == 4
    assert said in capsys.readouterr().err


def test_rows_that_do_not_fit_on_the_disk(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "staff.csv").write_text("person,certifications\nann,pmp\n", encoding="utf-8")
    done = invoke(tmp_path, "team", "status", "staff.csv", "-o", str(full))
    assert done.code == 4 and "cannot be written" in done.error


@pytest.mark.parametrize(("name", "code"), [("x.pdf", 2), ("x.docx", 2), ("x", 0), ("x.log", 0), ("x.csv", 0)])
def test_an_ending_that_is_not_known_is_told(tmp_path: Path, name: str, code: int) -> None:
    (tmp_path / "staff.csv").write_text("person,certifications\nann,pmp\n", encoding="utf-8")
    done = invoke(tmp_path, "team", "status", "staff.csv", "-o", name)
    assert done.code == code
    assert (tmp_path / name).exists() is (code == 0)
    assert code == 0 or done.error == f"-o {name}: this command writes .txt, .md, .csv, .json, .html, .xlsx."
