"""Comparisons: subjects of one kind side by side, row by row, each value with what backs it; values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from pmcareer.api.compiling.questions import Assumption
from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import SourceId
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Citation, Source, cite
from pmcareer.money import Money
from pmcareer.values import dataclass

Kind: TypeAlias = Literal["role", "certification", "plan"]


class Special(Enum):
    """What stands where a value would: it is not known, it does not apply, it is there, it is not there."""

    UNKNOWN = "unknown"
    NONE = "none"
    YES = "yes"
    NO = "no"


Value: TypeAlias = "str | int | Decimal | Fraction | Money | date | Requirement | Special"


@dataclass(frozen=True, slots=True)
class Datum:
    """A value and what backs it. ``at_least``: the value is a lower bound."""

    value: Value
    citation: Citation | None = None
    note: str = ""
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared: a datum for each subject, in their order. ``unit`` says what a number counts."""

    section: str
    key: str
    label: str
    data: tuple[Datum, ...]
    unit: str = ""

    @property
    def differs(self) -> bool:
        """Whether any two of the values differ; what is not known is no difference by itself."""
        known = {(one.value, one.at_least) for one in self.data if one.value is not Special.UNKNOWN}
        return len(known) > 1


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: its id (of a plan: the file or the options), and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Texts that each subject has of its own (responsibilities, steps): ``texts[i]`` are those of subject *i*."""

    key: str
    title: str
    texts: tuple[tuple[str, ...], ...]
    citations: tuple[Citation | None, ...] = ()

    @property
    def shared(self) -> tuple[str, ...]:
        """What all have, in the order of the first."""
        return tuple(t for t in self.texts[0] if all(t in other for other in self.texts[1:])) if self.texts else ()

    def only(self, index: int) -> tuple[str, ...]:
        """What subject *index* has and not all others have."""
        return tuple(text for text in self.texts[index] if text not in self.shared)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that ``pmcareer compare`` answers. ``names``: as ``wording.requirement`` has them."""

    as_of: date
    kind: Kind
    subjects: tuple[Subject, ...]
    rows: tuple[Row, ...]
    lists: tuple[Listed, ...]
    names: Mapping[str, str]
    assumptions: tuple[Assumption, ...] = ()

    def citations(self) -> Iterable[Citation]:
        """Everything cited, in the order of the rows."""
        for row in self.rows:
            yield from (one.citation for one in row.data if one.citation)
        for listed in self.lists:
            yield from (citation for citation in listed.citations if citation)


def figure_datum(figure: Figure[Any] | None, sources: Mapping[SourceId, Source]) -> Datum:
    """A figure as a datum; absent: it was never published here, and so is not known."""
    if figure is None:
        return Datum(Special.UNKNOWN)
    value: Value = Special.UNKNOWN if figure.value is None else figure.value
    return Datum(value, cite(figure.provenance, sources), figure.note)


def backed(value: Value | None, provenance: Provenance, sources: Mapping[SourceId, Source], note: str = "") -> Datum:
    """A value that is no figure, backed by the record that it stands in."""
    citation = cite(provenance, sources) if provenance.source or provenance.because else None
    return Datum(Special.UNKNOWN if value is None else value, citation, note)


def ticks(section: str, key: str, sets: Sequence[Iterable[str]], labels: Mapping[str, str]) -> list[Row]:
    """A row for each thing that any of the subjects has, saying which of them do; in the order of first use."""
    have = [tuple(one) for one in sets]
    every = dict.fromkeys(thing for one in have for thing in one)
    return [
        Row(
            section,
            f"{key}.{thing}",
            labels.get(thing, thing),
            tuple(Datum(Special.YES if thing in one else Special.NO) for one in have),
        )
        for thing in every
    ]
