"""The cache that comes with an installed program: believed for exactly the bytes it was made of, and for nothing else.

A copy of the program is laid out as a wheel lays it out, with a small catalog. That the files were not read shows in
that the module which reads them was not needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import sys
from pmcareer.api.loading import load_catalog
catalog = load_catalog()
print(sorted(catalog.roles), catalog.certifications["starter"].name)
print("pmcareer.reading.catalog" in sys.modules)
"""
WRITE = """
import sys
from pathlib import Path
from pmcareer.reading.shipped_cache import NAME, write_shipped
package = Path(sys.argv[1]) / "pmcareer"
write_shipped(package / "shipped_catalog", package / NAME)
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "pmcareer", site / "pmcareer", ignore=ignored)
    shutil.copytree(ROOT / "tests" / "catalogs" / "small", site / "pmcareer" / "shipped_catalog")
    for path in [*site.rglob("*.yaml"), *site.rglob("*.py")]:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    python(site, WRITE, str(site))
    return site


def python(site: Path, program: str, *arguments: str, cache: str = "cache") -> str:
    found = {**os.environ, "PYTHONPATH": str(site), "PMCAREER_CACHE": str(site.parent / cache)}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=found, check=True, stdout=subprocess.PIPE, text=True).stdout


def answered(site: Path, cache: str = "cache") -> tuple[str, bool]:
    """What the catalog says, and whether its files had to be read."""
    said, read = python(site, ASK, cache=cache).splitlines()
    return said, read == "True"


def test_the_first_question_needs_no_file(installed: Path) -> None:
    said, read = answered(installed)
    assert not read and "Starter" in said
    (kept,) = (installed.parent / "cache").iterdir()  # from now on times and sizes of the files will do
    (installed / "pmcareer" / "shipped_catalog.cache").unlink()
    assert answered(installed) == (said, False)
    kept.unlink()
    assert answered(installed) == (said, True)


def edited_entry(site: Path) -> None:
    """Of the same length and age, so that only its content tells."""
    path = next(site.rglob("starter.yaml"))
    text = path.read_text()
    path.write_text(text.replace("Starter", "Started"))
    os.utime(path, (1_700_000_000, 1_700_000_000))


def edited_program(site: Path) -> None:
    path = site / "pmcareer" / "reading" / "scalars.py"
    path.write_text(path.read_text() + "\n")


def cut_off(site: Path) -> None:
    path = site / "pmcareer" / "shipped_catalog.cache"
    path.write_bytes(path.read_bytes()[:-1000])


def garbled(site: Path) -> None:
    path = site / "pmcareer" / "shipped_catalog.cache"
    content = bytearray(path.read_bytes())
    content[len(content) // 3 :] = bytes(len(content) - len(content) // 3)
    path.write_bytes(content)


def of_nothing(site: Path) -> None:
    (site / "pmcareer" / "shipped_catalog.cache").write_bytes(b"")


@pytest.mark.parametrize("changed", [edited_entry, edited_program, cut_off, garbled, of_nothing])
def test_what_does_not_match_is_not_believed(installed: Path, changed: Callable[[Path], None]) -> None:
    changed(installed)
    said, read = answered(installed)
    assert read and ("Started" in said) == (changed is edited_entry)
    assert answered(installed, cache="another") == (said, True)
