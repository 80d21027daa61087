"""Running the program as a user does: its own folder, home and streams, on a day of our choosing.

In this process, which spares every call the start of an interpreter and a first reading of the catalog; or in a
process of its own, for what only that can show: exit, signals, pipes, an interpreter's own settings, a cold cache.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from pmcareer.cli.main import run

AS_OF = "2026-11-23"
Done = subprocess.CompletedProcess[str]


def pmcareer(
    *arguments: str,
    folder: Path,
    environment: dict[str, str] | None = None,
    input_: bytes | None = None,
    own_process: bool = False,
) -> Done:
    """What a finished command did; stdout and stderr as text with line ends as written."""
    own_process = own_process or any(name.startswith(("PYTHON", "LC_", "LANG", "TZ")) for name in environment or {})
    call = _by_itself if own_process else _in_this_process
    cache = folder / ".cache" if own_process else Path(os.environ["PMCAREER_CACHE"])
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PMCAREER_", "NO_COLOR"))}
    clean |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PMCAREER_CACHE": str(cache)}
    code, out, err = call(arguments, folder, {**clean, **(environment or {})}, input_)
    return subprocess.CompletedProcess(arguments, code, out.decode("utf-8"), err.decode("utf-8"))


Finished = tuple[int, bytes, bytes]


def _by_itself(arguments: tuple[str, ...], folder: Path, environment: dict[str, str], input_: bytes | None) -> Finished:
    command = [sys.executable, "-m", "pmcareer", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, input=input_, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def _in_this_process(
    arguments: tuple[str, ...], folder: Path, environment: dict[str, str], input_: bytes | None
) -> Finished:
    out, err = _stream(), _stream()
    with contextlib.ExitStack() as around:
        around.enter_context(_kept_as_it_was())
        around.enter_context(contextlib.chdir(folder))
        around.enter_context(patch.dict(os.environ, environment, clear=True))
        around.enter_context(patch.multiple(sys, stdin=_stream(input_ or b""), stdout=out, stderr=err))
        try:
            run(arguments)
        except SystemExit as leaving:
            code = leaving.code
    out.flush()
    err.flush()
    return int(code or 0), _bytes(out), _bytes(err)


def _stream(text: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="" if text else "\n", write_through=True)


def _bytes(stream: io.TextIOWrapper) -> bytes:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


@contextlib.contextmanager
def _kept_as_it_was() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
