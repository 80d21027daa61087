"""Answers to ``pmcareer why``: ways in, what each asks and lacks, what certifications take; values only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pmcareer.api.compiling.questions import Assumption, Situation
from pmcareer.api.plans.answers import Relaxed
from pmcareer.api.reasons.field import Reached
from pmcareer.api.reasons.requirement_state import Node
from pmcareer.model.certifications import Lifecycle
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId, LadderId, RoleId
from pmcareer.model.people import Holding
from pmcareer.model.pricing import PriceLine
from pmcareer.model.sources import Citation
from pmcareer.money import Money
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Rule:
    """The dated rule that applies on the as-of day, and those announced. ``status`` is that of a move's rule."""

    since: date | None
    citation: Citation
    note: str = ""
    status: str = "in-force"
    rivals: tuple[str, ...] = ()
    changes_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in: the tree of what it asks, and the planner's soonest plan that goes this way.

    A way into a role begins in ``origin``; ``there``: that is the present role. ``today``: the person could be in
    ``origin`` today.
    """

    tree: Node
    rule: Rule
    reached: Reached | None
    origin: RoleId | None = None
    ladder: LadderId | None = None
    there: bool = True
    today: bool = True

    @property
    def open(self) -> bool:
        """Whether nothing is missing on the as-of day."""
        return self.today and self.tree.holds

    @property
    def distance(self) -> tuple[bool, bool, tuple[object, ...]]:
        """Nearest first."""
        return (not self.open, self.reached is None, self.reached.order if self.reached else ())


@dataclass(frozen=True, slots=True)
class Paper:
    """What a certification takes today. ``hours`` and ``cost`` are of the cheapest preparation that is lawful now;
    ``lines`` are its prices, ``citations`` what backs hours and prices.
    ``changes``: announced changes of its status.

    ``reached``: the planner's soonest plan that ends with it in hand. ``obtainable``: it can be earned, and planned.
    """

    id: CertificationId
    name: str
    lifecycle: Lifecycle | None
    since: date | None
    hours: Fraction | None
    hours_figure: Figure[Decimal]
    cost: Money | None
    at_least: bool
    lines: tuple[PriceLine, ...]
    citations: tuple[Citation, ...]
    lead_days: int | None
    changes: tuple[tuple[date, Lifecycle], ...]
    obtainable: bool
    reached: Reached | None = None


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Everything that ``pmcareer why`` answers. ``plan`` is the soonest plan; ``obstacles`` say why there is none.

    ``valid_to``: of what is held, the last valid day (None: without end, or not known). ``here``: the role is the
    present one, or the certification is held (``holding``, active or not).
    """

    as_of: date
    kind: Literal["role", "certification"]
    id: str
    name: str
    ways: tuple[WayIn, ...]
    plan: Reached | None
    situation: Situation
    papers: Mapping[CertificationId, Paper]
    names: Mapping[str, str]
    role_names: Mapping[str, str]
    assumptions: tuple[Assumption, ...]
    here: bool = False
    holding: Holding | None = None
    valid_to: Mapping[CertificationId, date | None] = field(default_factory=dict)
    obstacles: tuple[Relaxed, ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it could be entered, or applied for, on the as-of day."""
        return self.here or any(way.open for way in self.ways)
