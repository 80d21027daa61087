"""A real terminal for tests: a pseudo-terminal with the program on the other side (pexpect)."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
_PATIENCE = 60


def _hear_ctrl_c() -> None:
    """Where tests run in the background, Ctrl-C is ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """The program on a pseudo-terminal, in a folder, with nothing of the user's own. ``kind`` is its TERM."""

    def __init__(self, folder: Path, *arguments: str, kind: str = "dumb") -> None:
        import pexpect

        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PMCAREER_", "NO_COLOR", "COLUMNS"))}
        clean |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PMCAREER_CACHE": str(folder / ".cache")}
        # No answer to "where is the cursor?": there is nobody behind this terminal who would say.
        clean |= {"TERM": kind, "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONIOENCODING": "utf-8"}
        self.said = ""
        self.exit_code: int | None = None
        self._eof: Any = pexpect.EOF
        self._timeout: Any = pexpect.TIMEOUT
        self._child: Any = pexpect.spawn(
            sys.executable,
            ["-m", "pmcareer", *arguments],
            cwd=str(folder),
            env=clean,
            encoding="utf-8",
            timeout=_PATIENCE,
            dimensions=(50, 200),
            preexec_fn=_hear_ctrl_c,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)
        if self.exit_code is None:
            self.exit_code = self._child.exitstatus

    def expect(self, text: str) -> None:
        """Wait until *text* is shown."""
        self._child.expect_exact(text)
        self._take()

    def answer(self, question: str, typed: str) -> None:
        """Wait for a question, then type an answer and Enter."""
        self.expect(question)
        self._child.send(f"{typed}\r")

    def type(self, text: str) -> None:
        """Type without Enter."""
        self._child.send(text)

    def stop(self, key: str = "c") -> None:
        """Press Ctrl and a key until the program says that it is kept: one that comes too early is not heard."""
        for _ in range(20):
            self._child.sendcontrol(key)
            if self._child.expect_exact(["are kept in", self._timeout], timeout=3) == 0:
                self._take()
                return
        raise AssertionError(f"it does not stop: {self.said}")

    def wait_for_end(self) -> None:
        """Wait until the program has ended; then ``exit_code`` is known."""
        self._child.expect(self._eof)
        self._take(at_end=True)
        self._child.wait()
        self.exit_code = self._child.exitstatus

    def _take(self, *, at_end: bool = False) -> None:
        """Keep what was shown."""
        self.said += (self._child.before + ("" if at_end else self._child.after)).replace("\r\n", "\n")
