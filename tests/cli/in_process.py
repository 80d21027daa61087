"""Running the program in this process, by click's own runner: quick, for what a process of its own would not show."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from pmcareer.cli.main import cli


@dataclass(frozen=True)
class Outcome:
    """What a command did. ``error``: what it would have said on failing, the hint included."""

    code: int
    out: str
    notes: str
    error: str


def invoke(folder: Path, *arguments: str) -> Outcome:
    """The outcome of a command run in *folder*, without the user's own files."""
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PMCAREER_CATALOG": ""}
    with contextlib.chdir(folder):
        done = CliRunner(env=environment).invoke(cli, arguments, standalone_mode=False)
    error = done.exception
    if error is None:
        return Outcome(int(done.return_value or 0), done.stdout, done.stderr, "")
    code = getattr(error, "exit_code", None)
    assert isinstance(code, int), f"a failure that users must not meet: {error!r}"
    listed = "\n".join(str(problem) for problem in getattr(error, "problems", ()))
    said = f"{error.format_message() if hasattr(error, 'format_message') else error} {getattr(error, 'hint', '')}"
    return Outcome(code, done.stdout, done.stderr, f"{listed}\n{said}".strip())
