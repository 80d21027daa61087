"""Ctrl-C during a search: the first ends the search, and the best so far is shown; a second ends the program."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
_PATIENCE = 1.0  # seconds, for a search that is in the middle of something


@contextmanager
def stopped_by_ctrl_c(at_last: type[Exception] | None = None) -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed within the block, to be asked by a search and after it.

    *at_last* is raised within the block again and again once it has gone on for a while all the same; where the
    system has no timers it never is.
    """
    pressed = ended = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True
        if at_last is not None and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PATIENCE)

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        if at_last is not None and not ended:
            raise at_last

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # not the main thread: then nobody can press it here
        yield lambda: False
        return
    timed = signal.signal(signal.SIGALRM, give_up) if at_last is not None and hasattr(signal, "SIGALRM") else None
    try:
        yield lambda: pressed
    finally:
        ended = True
        if timed is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, timed)
        signal.signal(signal.SIGINT, before)
