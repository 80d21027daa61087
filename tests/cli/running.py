"""Running the program as a user does: a process of its own, away from the checkout, on a day of our choosing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

AS_OF = "2026-11-23"


def pmcareer(
    *arguments: str, folder: Path, environment: dict[str, str] | None = None, input_: bytes | None = None
) -> subprocess.CompletedProcess[str]:
    """The finished process; stdout and stderr as text with line ends as written."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PMCAREER_", "NO_COLOR"))}
    clean |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PMCAREER_CACHE": str(folder / ".cache")}
    done = subprocess.run(
        [sys.executable, "-m", "pmcareer", *arguments],
        cwd=folder,
        env={**clean, **(environment or {})},
        input=input_,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )
