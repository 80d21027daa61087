"""The docs build without a warning, what is generated is up to date, and the examples in Python run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.reference_pages import ROOT, pages

DOCS = ROOT / "docs"


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        str(DOCS),
        str(tmp_path / "site"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "first-plan.html" in built and "reference/commands.html" in built


@pytest.mark.parametrize("path", sorted(pages()), ids=lambda path: path.name)
def test_a_generated_page_is_what_it_would_be_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages()[path], "run python -m tests.house.reference_pages"


def test_the_examples_in_python_run_and_say_what_they_should(tmp_path: Path) -> None:
    """A PMP earned on 2024-06-15 is valid up to the eve of its third anniversary; the plan ends in the role asked."""
    page = (DOCS / "reference" / "python-api.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    planned, renewals = done.stdout.splitlines()
    assert planned.endswith("'project-manager']") and " True " in planned
    assert renewals == "pmp active 2027-06-14"


def test_every_page_is_reached_from_the_front_page() -> None:
    front = (DOCS / "index.md").read_text(encoding="utf-8")
    globs = [line for line in front.splitlines() if line.endswith("*")]
    reached = {path for pattern in globs for path in DOCS.glob(f"{pattern}.md")}
    pages_there = {path for path in DOCS.rglob("*.md") if path.name not in ("index.md", "README.md")}
    assert pages_there - reached == set()
