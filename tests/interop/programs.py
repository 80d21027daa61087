"""Where the calendar programs of .ci/interop-setup stand, and how each is asked what it sees in a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.agendas import NAMESPACE
from tests.tools import require_tool

from pmcareer.views.agenda import Entry

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("PMCAREER_INTEROP") or HERE.parents[1] / ".interop")
SET_UP = "see .ci/interop-setup"

PYTHON_READERS = ("vobject", "ical", "ics", "icalevents")
JAVASCRIPT_READERS = ("ical.js", "node-ical")

Seen = list[dict[str, Any]]


def in_venv(name: str) -> Path:
    """An executable of the interop environment; skips the test where it is absent."""
    path = FOLDER / "venv" / "bin" / name
    found = path if path.exists() else Path(shutil.which(name) or "/nonexistent")
    require_tool(found.exists(), f"{name} ({SET_UP})")
    return found


def on_path(name: str) -> Path:
    """An executable of the system; skips the test where it is absent."""
    found = shutil.which(name)
    require_tool(found, f"{name} ({SET_UP})")
    return Path(str(found))


def run(*command: str | Path, **surroundings: str) -> str:
    """What *command* prints; its complaints are the test's failure."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | surroundings,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def seen_by(reader: str, path: Path) -> Seen:
    """The events of *path* in the eyes of *reader*."""
    if reader in PYTHON_READERS:
        python = in_venv("python")
        require_tool(_has_module(python, reader), f"{reader} ({SET_UP})")
        return _json(run(python, HERE / "python_readers.py", reader, path))
    if reader in JAVASCRIPT_READERS:
        modules = FOLDER / "node_modules"
        require_tool((modules / reader).exists() and shutil.which("node"), f"node and {reader} ({SET_UP})")
        return _json(run("node", HERE / "javascript_readers.js", reader, path, NODE_PATH=str(modules)))
    program = FOLDER / "libical_reader"
    require_tool(program.exists(), f"libical ({SET_UP})")
    return _lines(run(program, path))


@lru_cache
def _has_module(python: Path, name: str) -> bool:
    probe = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({name!r}) is None)"
    return subprocess.run([python, "-c", probe], check=False).returncode == 0


def expected(entries: Iterable[Entry]) -> Seen:
    """What a reader should see of *entries*, in the readers' common words."""
    return [_expected(entry) for entry in entries]


def _expected(entry: Entry) -> dict[str, Any]:
    import datetime as dt

    start, end = entry.start, entry.end
    beyond = entry.ends_on + dt.timedelta(days=1)
    status = "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED"
    return {
        "uid": entry.key.uid(NAMESPACE),
        "summary": entry.title,
        "description": entry.description,
        "location": entry.location,
        "categories": list(entry.categories),
        "start": start.strftime("%Y-%m-%dT%H:%M:%SZ") if start else str(entry.day),
        "end": end.strftime("%Y-%m-%dT%H:%M:%SZ") if end else str(beyond),
        "status": status,
        "sequence": 0,
        "alarms": [alarm.in_minutes for alarm in entry.ringing],
    }


def _json(text: str) -> Seen:
    seen: Seen = json.loads(text)
    return seen


def _lines(text: str) -> Seen:
    """The answer of libical_reader.c."""
    assert "ERROR" not in text.split("\n"), text
    return [_event(block) for block in text.split("\n\n") if block.strip()]


def _event(block: str) -> dict[str, Any]:
    event: dict[str, Any] = {"categories": [], "alarms": []}
    for line in block.strip("\n").split("\n"):
        name, value = line.split("\t", 1)
        value = value.replace("\\\\", "\x00").replace("\\n", "\n").replace("\x00", "\\")
        if name == "category":
            event["categories"].append(value)
        elif name == "alarm":
            event["alarms"].append(int(value))
        else:
            event[name] = int(value) if name == "sequence" else value
    return event
