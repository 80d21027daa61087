"""Ways of running a project, and the published models by which one is chosen.

A model asks for several factors, each placed on its own scale of points with anchors. What a placement speaks for
is kept as the model's authors give it: a lean towards an approach, a number where they number the points, never a
cut-off of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NewType

from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import MethodId
from pmcareer.model.sources import Source
from pmcareer.values import dataclass, field

SelectionModelId = NewType("SelectionModelId", str)
FactorId = NewType("FactorId", str)

Lean = Literal["adaptive", "hybrid", "predictive"]


@dataclass(frozen=True, slots=True)
class Method:
    """A way of running a project. ``approach``: the family it belongs to; ``kind_of`` the method it is a form of."""

    id: MethodId
    name: str
    summary: str
    approach: Lean
    aliases: tuple[str, ...] = ()
    kind_of: MethodId | None = None
    suits: tuple[str, ...] = ()
    suits_not: tuple[str, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """A point of a factor's scale: its wording, and its number where the model numbers its points.

    ``lean`` says which approach the point speaks for, ``methods`` which methods; absent where the model does not say.
    """

    id: str
    name: str
    score: Figure[Decimal] | None = None
    lean: Lean | None = None
    methods: tuple[MethodId, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Factor:
    """One question of a model. ``points`` run from the adaptive end to the predictive end."""

    id: FactorId
    name: str
    question: str
    points: tuple[ScalePoint, ...]
    group: str = ""
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says of a pattern of answers. ``zone`` names the pattern in the model's own terms.

    ``when``: the answers that make it, each a mapping from factors to points; absent where the leans of the answers
    make it. A pattern that several verdicts share lies where the model draws no line. ``mixed``: what it says where
    the answers point different ways.
    """

    zone: str
    text: str
    methods: tuple[MethodId, ...] = ()
    lean: Lean | None = None
    when: tuple[Mapping[FactorId, str], ...] = ()
    mixed: bool = False
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class SelectionModel:
    """A published model for choosing how to run a project.

    ``reading`` says how its authors read the answers: ``shape`` (no total: all near one end, or mixed), ``map`` (two
    axes and regions), ``list`` (considerations without a scale). ``cut_offs_known`` is false where the limits between
    zones were not seen; then no exact limit may be shown.
    """

    id: SelectionModelId
    name: str
    summary: str
    reading: Literal["shape", "map", "list"]
    factors: tuple[Factor, ...]
    verdicts: tuple[Verdict, ...]
    cut_offs_known: bool = False
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class MethodsFile:
    """``methods.yaml``."""

    methods: tuple[Method, ...]
    models: tuple[SelectionModel, ...]
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
