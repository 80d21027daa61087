"""The wheel: built, installed in a fresh environment, and asked its main question from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.tools import require_tool

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``pmcareer`` program of a fresh environment that has nothing but the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = _run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], folder)
    require_tool(built.returncode == 0, f"building the wheel (needs the package index): {built.stderr[-500:]}")
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    done = _run([*pip, "--python", str(programs / "python"), "install", str(wheel)], folder)
    require_tool(done.returncode == 0, f"installing the wheel (needs the package index): {done.stderr[-500:]}")
    return programs / "pmcareer"


def test_an_installed_wheel_plans_with_its_own_catalog(installed: Path, tmp_path: Path) -> None:
    done = _run(
        [str(installed), "plan", "--to", "project-manager", "--as-of", "2026-11-23", "--format", "json"], tmp_path
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["plans"][0]["roles"][-1] == "project-manager"


def test_the_first_answer_of_an_installed_wheel_reads_no_catalog_file(installed: Path, tmp_path: Path) -> None:
    """The wheel brings its catalog as it was read when it was built."""
    ask = "import sys; from pmcareer.api.loading import load_catalog; print(len(load_catalog().roles) > 9)\n"
    ask += "print('pmcareer.reading.catalog' in sys.modules)"
    done = _run([str(installed.parent / "python"), "-c", ask], tmp_path)
    assert done.stdout.split() == ["True", "False"], done.stderr


def test_an_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    from pmcareer import __version__

    assert _run([str(installed), "--version"], tmp_path).stdout == f"pmcareer, version {__version__}\n"


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run in *folder*, with nothing of the checkout on the path."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PMCAREER_CATALOG")}
    environment["PMCAREER_CACHE"] = str(folder / "cache")
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
