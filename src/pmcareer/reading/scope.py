"""Where a reader stands: the place inside the document, what it inherits there, and where findings go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Final

from pmcareer.model.figures import Figure, Origin, Provenance
from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import BoundedProblems, did_you_mean
from pmcareer.values import dataclass


class Invalid(Enum):
    """The one value that stands for a value that could not be read; its problems are recorded."""

    INVALID = "invalid"


INVALID: Final = Invalid.INVALID


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that was read. ``field`` is the model's place for it (``Holding.id``, ``Role.grants``)."""

    kind: str
    id: str
    at: Position
    field: str
    scope: Scope = dataclasses.field(repr=False, compare=False)

    @property
    def path(self) -> str:
        """The place inside the document: ``certifications[0].id``."""
        return self.scope.path


@dataclass(frozen=True, slots=True)
class Backing:
    """What backs the values of a file from a place on, where they are laid over those of another file."""

    at: Position
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class MetFigure:
    """A figure that was read, and where."""

    figure: Figure[object]
    at: Position
    scope: Scope = dataclasses.field(repr=False, compare=False)

    @property
    def path(self) -> str:
        """The place inside the document: ``renewal[0].units.total``."""
        return self.scope.path


@dataclass(slots=True)
class Context:
    """What one reading shares throughout: problems, the ids and figures met, which layer each file belongs to.

    ``backings``: what backs the values that a file lays over another's, unless they say their own.
    """

    problems: Problems = dataclasses.field(default_factory=BoundedProblems)
    references: list[Reference] = dataclasses.field(default_factory=list)
    layer: str = ""
    layers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    backings: Sequence[Backing] = ()
    figures: list[MetFigure] = dataclasses.field(default_factory=list)

    def origin(self, at: Position) -> Origin:
        """The origin of what is written at a position; files that ``layers`` does not name are of ``layer``."""
        return Origin(self.layers.get(at.file, self.layer), at.file, at.line)

    def root(self) -> Scope:
        """The place where a document begins."""
        return Scope(self)


NOTHING_SAID: Final = Provenance()


@dataclass(frozen=True, slots=True)
class Scope:
    """One place in the document. ``inherited`` is the provenance that figures here have unless they say their own.

    ``beside`` is a key that may stand among those of a value here without being its own (``from``, in a timeline).

    Places are linked to their parents, and become a path only where somebody asks.
    """

    context: Context = dataclasses.field(repr=False)
    parent: Scope | None = None
    piece: str | int = ""
    inherited: Provenance = NOTHING_SAID
    field: str = ""
    beside: str = ""

    def child(self, piece: str | int, field: str | None = None) -> Scope:
        """The place below, under a key or a list index; *field* names the model's field if it changes."""
        return Scope(self.context, self, piece, self.inherited, self.field if field is None else field)

    def in_field(self, field: str) -> Scope:
        """The same place, as the value of a field of the model."""
        return Scope(self.context, self.parent, self.piece, self.inherited, field, self.beside)

    def with_key_beside(self, key: str) -> Scope:
        """The same place, where *key* may stand among the value's own keys."""
        return replace(self, beside=key)

    def inheriting(self, provenance: Provenance) -> Scope:
        """The same place, with another provenance for all that is below."""
        return Scope(self.context, self.parent, self.piece, provenance, self.field, self.beside)

    def within(self, context: Context) -> Scope:
        """The same place, with findings going elsewhere: for a reading on trial."""
        return replace(self, context=context)

    @property
    def path(self) -> str:
        """``renewal[0].units.total``; long keys are cut."""
        pieces = "".join(reversed([_render(scope.piece) for scope in self._upwards()]))
        return pieces.removeprefix(".")

    def _upwards(self) -> Iterator[Scope]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def report(self, code: str, message: str, at: Position, hint: str = "") -> Invalid:
        """Record a problem of this place; returns INVALID, so that readers can ``return scope.report(…)``."""
        self.context.problems.add(code, message, at, path=self.path, hint=hint)
        return INVALID

    def suggest(self, word: str, known: Iterable[str]) -> str:
        """A hint with the nearest known word, unless problems come in floods."""
        known = [*known, self.beside] if self.beside else known
        problems = self.context.problems
        worth_it = not isinstance(problems, BoundedProblems) or problems.worth_hinting
        return did_you_mean(word, known) if worth_it else ""


def _render(piece: str | int) -> str:
    if isinstance(piece, int):
        return f"[{piece}]"
    if not piece:
        return ""
    return "." + (piece if len(piece) <= 60 else piece[:59] + "…")
