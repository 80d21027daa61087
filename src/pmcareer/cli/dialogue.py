"""The dialogue of ``pmcareer init``: one question at a time, every one may be skipped, taken back, or left for later.

On a terminal that can, suggestions appear while one types (prompt_toolkit); on any other, plain lines do. Questions
go to stderr: stdout is for the answer at the end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import click

from pmcareer.errors import UsageError

if TYPE_CHECKING:
    from pmcareer.api.person.interview import Interview, Question

WELCOME = """\
A few questions, and you have a plan. Enter skips one, ? lists what may be answered, back returns to the one before,
and Ctrl-C stops: your answers are kept, and `pmcareer init` goes on from there.
"""
_SHOWN = 60


class StoppedError(Exception):
    """The person left before the end."""


class Asker(Protocol):
    """Asks for one line."""

    def line(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """What was typed; raises StoppedError on Ctrl-C, Ctrl-D or the end of the input."""


def has_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


def asker_for(*, plain: bool) -> Asker:
    """The one that suits the terminal."""
    return PlainLines() if plain or os.environ.get("TERM", "dumb") in ("", "dumb", "unknown") else Suggesting()


class PlainLines:
    """One line a question: for dumb terminals, screen readers, and those who prefer it."""

    def line(self, question: str, choices: Sequence[tuple[str, str]]) -> str:  # noqa: ARG002 - as the protocol has it
        """As the protocol says."""
        try:
            answer: str = click.prompt(question, default="", show_default=False, prompt_suffix=" ", err=True)
        except click.Abort:
            raise StoppedError from None
        return answer


class Suggesting:
    """Suggestions while one types; the arrows choose among them."""

    def __init__(self) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import create_output

        self._session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))

    def line(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """As the protocol says."""
        try:
            return self._session.prompt(f"{question} ", completer=_completer(choices), complete_while_typing=True)
        except (KeyboardInterrupt, EOFError):
            raise StoppedError from None


def _completer(choices: Sequence[tuple[str, str]]) -> Any:
    """Completes ids by any letters of them or of their names."""
    from prompt_toolkit.completion import FuzzyCompleter, WordCompleter

    if not choices:
        return None
    names = {own: name for own, name in choices if name}
    return FuzzyCompleter(WordCompleter([own for own, _ in choices], meta_dict=names, sentence=True))


# --- the talk ---------------------------------------------------------------------------------------------------------


def hold(interview: Interview, asker: Asker, keep: Callable[[], None]) -> None:
    """Ask all that is open; *keep* is called after each answer. Raises StoppedError where the person leaves."""
    done: set[str] = set()
    while (question := _next(interview, done)) is not None:
        if _ask(interview, question, asker, keep):
            done.add(question.key)
        elif before := interview.before(question.key):
            done.discard(before.key)
            _take_back(interview, before)
        else:
            _take_back(interview, question)
            _tell("This is the first question.")
        keep()


def _next(interview: Interview, done: Collection[str]) -> Question | None:
    """The first open question; before it one that takes several answers, if nobody has said that these are all."""
    from pmcareer.api.person.interview import QUESTIONS

    waiting = next(interview.open(), None)
    for question in QUESTIONS:
        if question == waiting:
            break
        later = QUESTIONS[QUESTIONS.index(question) + 1 :]
        is_last = not any(one.key in interview.given for one in later)
        if question.many and question.key not in done and interview.several(question.key) and is_last:
            return question
    return waiting


def _take_back(interview: Interview, question: Question) -> None:
    """Forget the answer to a question, which is put again."""
    if said := ", ".join(interview.several(question.key)):
        _tell(f"Taken back: {said}")
    interview.given.pop(question.key, None)


def _ask(interview: Interview, question: Question, asker: Asker, keep: Callable[[], None]) -> bool:
    """One question until it is answered or skipped; false where the person wants back."""
    suggested: list[str] = []
    again = False
    if question.many and (given := interview.several(question.key)):
        _tell(f"So far: {', '.join(given)}")
    while True:
        typed = asker.line(_wording(question, again=again), interview.choices(question.key)).strip()
        if typed.isdigit() and 0 < int(typed) <= len(suggested):
            typed = suggested[int(typed) - 1]
        match typed:
            case "":
                interview.skip(question.key)
                return True
            case "back":
                return False
            case "?":
                _tell(_listed(interview.choices(question.key)) or question.hint)
                continue
        if (said := _taken(interview, question, typed)) is None:
            suggested = interview.suggestions(question.key, typed)
            _offer(suggested)
            continue
        _tell(f"→ {said}")
        suggested, again = [], True
        keep()
        if not question.many:
            return True


def _wording(question: Question, *, again: bool) -> str:
    return "Another one? (Enter: no)" if again else f"{question.text} ({question.hint})"


def _taken(interview: Interview, question: Question, typed: str) -> str | None:
    """What was understood; None, and said why, where it was nothing."""
    try:
        return interview.answer(question.key, typed)
    except UsageError as error:
        _tell(f"{error.message} ({error.hint})" if error.hint else error.message)
        return None


def _offer(suggested: Sequence[str]) -> None:
    if suggested:
        _tell("   ".join(f"{n} {one}" for n, one in enumerate(suggested, 1)))
        _tell("A number takes one of these.")


def _listed(choices: Sequence[tuple[str, str]]) -> str:
    ids = [own for own, _ in choices]
    more = f" … and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more


def _tell(text: str) -> None:
    from pmcareer.render.terminal_text import harmless

    click.echo(f"  {harmless(text)}", err=True)
