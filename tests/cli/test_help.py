"""Help: every command has it, it starts nothing, and its examples work as printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.running import pmcareer

from pmcareer.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
PROFILE = """\
region: us
calendar_namespace: 0e7c5a52-58f4-4d5b-9d43-0b6c4b1f7f3a
roles: [{role: project-coordinator, from: 2024-03-01}]
certifications: [{id: pmp, earned: 2024-06-15}, {id: capm, earned: 2023-01-10}]
goal: {role: project-manager}
"""


def pages() -> list[tuple[str, ...]]:
    """The path of every command: the program itself, each command, and each command of a group."""
    import click

    found: list[tuple[str, ...]] = [()]
    context = click.Context(cli)
    for name in COMMANDS:
        found.append((name,))
        command = cli.get_command(context, name)
        if isinstance(command, click.Group):
            found.extend((name, sub) for sub in command.list_commands(context))
    return found


PAGES = pages()


def examples() -> list[str]:
    texts = []
    for page in PAGES:
        printed = CliRunner().invoke(cli, [*page, "--help"]).output
        texts += re.findall(r"^ {2,}(pmcareer .+?)(?: {2,}#.*)?$", printed, re.MULTILINE)
    # What talks to a calendar server is run against real ones in tests/interop.
    found = [text for text in dict.fromkeys(texts) if "://" not in text]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_help_says_what_it_is_for_at_eighty_columns(page: tuple[str, ...], tmp_path: Path) -> None:
    done = pmcareer(*page, "--help", folder=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("Usage: pmcareer")
    # Examples stand as they are typed; everything else fits a terminal.
    texts = [line for line in done.stdout.splitlines() if "  pmcareer " not in line and "=" not in line]
    assert max(map(len, texts)) <= 80


@pytest.mark.parametrize("example", examples())
def test_examples_work_as_printed(example: str, tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "staff.csv").symlink_to(ROOT / "examples" / "team" / "staff.csv")
    (tmp_path / "our-catalog").symlink_to(ROOT / "examples" / "overlays" / "acme")
    words = shlex.split(example)
    if ">" in words:
        words = words[: words.index(">")]
    done = pmcareer(*words[1:], folder=tmp_path)
    assert done.returncode == 0, f"{example}\n{done.stderr}"


def test_listing_commands_imports_none_of_them() -> None:
    code = "import sys, pmcareer.cli.main as m; m.cli.main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"yaml", "tabulate", "icalendar", "dateutil", "pmcareer.cli.plan", "pmcareer.model"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, tmp_path: Path) -> None:
    done = pmcareer("completion", shell, folder=tmp_path)
    assert done.returncode == 0 and "_PMCAREER_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pmcareer plan --to project-c", "project-coordinator"),
        ("pmcareer plan --hold pmi-a", "pmi-acp"),
        ("pmcareer pl", "plan"),
    ],
)
def test_completion_offers_ids(words: str, expected: str, tmp_path: Path) -> None:
    environment = {
        "_PMCAREER_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = pmcareer(folder=tmp_path, environment=environment)
    assert expected in done.stdout, done.stderr
