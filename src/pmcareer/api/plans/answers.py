"""Answers to a plan request: dated, priced, with reasons and sources; values only, shown by ``views``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pmcareer.api.catalog.pay import PayAt
from pmcareer.api.compiling.compiled import Unknown
from pmcareer.api.compiling.questions import Assumption
from pmcareer.model.figures import Rival
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.pay import Rate
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Citation
from pmcareer.money import Money
from pmcareer.planning.instance import Objective
from pmcareer.values import dataclass, field

if TYPE_CHECKING:  # who does not ask for it need not load it
    from pmcareer.api.plans.risk import RiskAnswer

CutShort = Literal["", "patience", "interrupted"]
StepKind = Literal["study", "earn", "move", "renew"]


@dataclass(frozen=True, slots=True)
class CostLine:
    """One thing paid for, on a day. ``amount`` is None where the price is unknown; rivals are shown beside it.

    ``joins``: it is a year of membership that the plan takes out because an award is cheaper with it.
    """

    what: str
    on: date
    amount: Money | None
    citation: Citation | None
    note: str = ""
    rivals: tuple[Rival[Money], ...] = ()
    joins: bool = False


Served = Literal["target", "move", "eligibility", "waiver", "upkeep", "earning", "request", "renewal"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is there: what it serves, the requirement that asks for it, and the source behind the rule.

    ``serves``: the ``target``, a ``move`` into a role, the ``eligibility`` for a certification, a ``waiver`` that
    shortens another study, the ``upkeep`` of what is held, an ``earning`` that a study leads to, or the ``renewal`` of
    another certification, which is then valid up to ``until`` and needs none of its own before.
    """

    serves: Served
    subject: str
    subject_name: str
    requirement: Requirement | None = None
    citation: Citation | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step on the calendar. ``study``: first day to the day the slot is free; ``earn``: application to award.

    ``renew``: the last day on which renewing is in time. ``hours`` is given for studies, and for renewals (those that
    are still to be earned); ``cost`` is what is paid. ``fee_only``: a fee on its day, nothing is renewed by it.
    """

    kind: StepKind
    id: str
    name: str
    start: date
    end: date
    cost: Money | None
    priced: bool
    hours: Fraction | None
    because: tuple[Reason, ...]
    citations: tuple[Citation, ...]
    critical: bool
    float_days: int
    warnings: tuple[str, ...] = ()
    fee_only: bool = False


@dataclass(frozen=True, slots=True)
class StayInRole:
    """Days in a role of a plan, from entering it (or the as-of date) to the day of the move out of it.

    ``awaits``: what the move asks that came to hold on that day only, in the catalog's terms.
    """

    role: RoleId
    name: str
    since: date
    until: date
    awaits: tuple[Requirement, ...]

    @property
    def days(self) -> int:
        """How long the stay is."""
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class Help:
    """One thing that would make a plan better, and what it would save; a negative saving is a price.

    ``option`` says it on the command line; empty where it is not for the asker to say. ``cost`` is that of the eased
    plan, a lower bound where ``at_least``; ``saves`` is None where a price is unknown. ``proven``: the eased plan is
    proven best. ``waives``: the role that would have to be open without a condition, and the condition. ``earns``: how
    much more is earned up to the horizon, where that was asked; None otherwise, or where a price is unknown.
    """

    text: str
    option: str
    saves_days: int
    saves: Money | None
    arrives: date
    cost: Money
    at_least: bool
    proven: bool
    waives: tuple[RoleId, Requirement] | None = None
    earns: Money | None = None


@dataclass(frozen=True, slots=True)
class Decides:
    """A price on which sources differ so far that another plan would be best at the other figure."""

    certification: CertificationId
    what: str
    counted: Money
    other: Money
    note: str
    arrives: date
    cost: Money
    certifications: tuple[CertificationId, ...]


@dataclass(frozen=True, slots=True)
class DatedPlan:
    """One plan. ``at_least``: some price in it is unknown, so the cost is a lower bound.

    ``proven``: nothing that is fully priced is better by what was asked. ``earnings``: pay minus costs up to the
    horizon, where that was asked. ``would_help`` is filled for the first plan of an answer that was asked for advice.
    """

    arrives: date
    days: int
    months: Fraction
    cost: Money
    at_least: bool
    cost_lines: tuple[CostLine, ...]
    exams: int
    steps: tuple[PlannedStep, ...]
    roles: tuple[RoleId, ...]
    certifications: tuple[CertificationId, ...]
    pay_from: PayAt
    pay_to: PayAt
    risk: RiskAnswer | None = None
    stays: tuple[StayInRole, ...] = ()
    proven: bool = False
    earnings: Money | None = None
    would_help: tuple[Help, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A smallest set of constraints whose easing makes a plan exist, and that plan's arrival and cost.

    ``options``: what to say on the command line instead, for each.
    """

    ease: tuple[str, ...]
    arrives: date
    cost: Money
    at_least: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """Everything ``pmcareer plan`` answers. ``plans`` is empty where none exists; then ``why_not`` says why.

    ``bound`` is a lower bound in days (fastest) or money (cheapest), as text. ``names`` are short names by id.
    ``role_names``: those of the roles of the plans. ``pareto``: the plans are trade-offs. ``cut_short``: why the
    search ended before it had proven what it gives. ``day_proven``: none arrives sooner than the fastest plan given.
    """

    as_of: date
    start: RoleId
    target: RoleId
    start_name: str
    target_name: str
    objective: Objective
    hours_per_week: Fraction
    plans: tuple[DatedPlan, ...]
    proven_optimal: bool
    bound: str
    assumptions: tuple[Assumption, ...]
    unknown: tuple[Unknown, ...]
    rates: tuple[Rate, ...]
    names: Mapping[str, str]
    why_not: tuple[Relaxed, ...] = ()
    blocked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pareto: bool = False
    cut_short: CutShort = ""
    price_decides: tuple[Decides, ...] = ()
    role_names: Mapping[str, str] = field(default_factory=dict)
    day_proven: bool = False
