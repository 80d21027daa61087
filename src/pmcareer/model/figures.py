"""Figures: values that stand beside their source, the date it was read, its standing, and the rivals that disagree."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from pmcareer.model.ids import SourceId
from pmcareer.values import dataclass, field

T = TypeVar("T")


class Standing(StrEnum):
    """How far a figure can be trusted."""

    OFFICIAL = "official"  # the issuer's own page, or a faithful copy of it
    SECONDARY = "secondary"  # someone who read the issuer's page, or a serious survey
    UNVERIFIED = "unverified"  # found, but nothing confirms it
    JUDGEMENT = "judgement"  # ours, with its reasons


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written: the catalog layer (``shipped`` or an overlay's folder), the file and the line."""

    layer: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What backs a value. ``read`` and ``standing`` default to those of the source; ``because`` backs a judgement."""

    source: SourceId | None = None
    read: date | None = None
    standing: Standing | None = None
    because: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Rival(Generic[T]):
    """A value that another source gives for the same thing."""

    value: T
    source: SourceId | None = None
    read: date | None = None
    standing: Standing | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A value with its backing. ``value`` is None where it is *unknown*: never zero, always shown as unknown."""

    value: T | None
    provenance: Provenance = field(default_factory=Provenance)
    note: str = ""
    alternatives: tuple[Rival[T], ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value is not None
