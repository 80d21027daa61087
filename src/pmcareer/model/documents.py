"""The documents (files) that hold several entries of the catalog at once."""

from __future__ import annotations

from pmcareer.model.figures import Provenance
from pmcareer.model.pay import Rate
from pmcareer.model.roles import ExperienceKind, Niche, SkillDescription
from pmcareer.model.sources import Source
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """``sources.yaml``: sources that several files cite."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ExperienceFile:
    """``experience.yaml``: the kinds of experience."""

    kinds: tuple[ExperienceKind, ...]


@dataclass(frozen=True, slots=True)
class SkillsFile:
    """``skills.yaml``."""

    skills: tuple[SkillDescription, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class NichesFile:
    """``niches.yaml``."""

    niches: tuple[Niche, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class RatesFile:
    """``rates.yaml``: exchange rates of one published table."""

    rates: tuple[Rate, ...]
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
