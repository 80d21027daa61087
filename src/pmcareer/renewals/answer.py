"""The whole answer about what a person holds on one day; ``assess`` is the one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pmcareer.model.figures import Provenance
from pmcareer.model.ids import CertificationId, EditionId, GroupId, RegionId
from pmcareer.model.people import Holding, MembershipHeld, Profile, UnitEntry
from pmcareer.model.renewal_rules import Cascade, Cycle, Practice, RenewalRule, RuleDispute
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.problems import Problem
from pmcareer.renewals.accounts import Asked
from pmcareer.renewals.cascades import Cascaded, Together, merged, replay_together
from pmcareer.renewals.cycles import HeldCycle, History
from pmcareer.renewals.deadlines import Deadline, DeadlineKind, deadlines_of, seen_to
from pmcareer.renewals.fees import FeeDue, Payer, fees_due, is_excused
from pmcareer.renewals.groups import JointRequirement, joint_requirements
from pmcareer.renewals.last_days import DisputedDay, Sources
from pmcareer.renewals.ledger import LedgerEntry
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.shared_fees import carried_by, earliest_awards, payers_for
from pmcareer.renewals.status import DUE_WITHIN, NextStatus, Status, StatusOn, status_of
from pmcareer.renewals.units import UnitsAnswer, UnitsOf, units_of
from pmcareer.values import dataclass, field

DEFAULT_YEARS = 3


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee of the running cycle or of the next years. ``covered_by``: the holding whose fee pays for this one."""

    due: FeeDue
    cycle: int
    covered_by: CertificationId | None = None
    foreseen: bool = False


@dataclass(frozen=True, slots=True)
class HoldingAnswer:
    """One holding on the as-of date.

    ``cycle`` is the one that the as-of date lies in, ``expires`` the last day up to which the holding is valid (None:
    without end, or not known), ``cycles`` all that were reached. ``units`` belong to ``cycle``. ``disputed`` are rival
    last days of the cycle that ``expires`` ends; ``disputes`` rival readings of the whole rule. ``conferred``: a title
    that came by itself. ``seen_to``: deadlines of cycles renewed lately or early, which nobody need heed any more.
    """

    certification: CertificationId
    earned: date | None
    edition: EditionId | None
    status: Status
    valid: bool
    next_status: NextStatus | None
    cycle: HeldCycle | None
    expires: date | None
    cycles: tuple[HeldCycle, ...]
    units: UnitsOf | None
    practice: tuple[Practice, ...]
    deadlines: tuple[Deadline, ...]
    fees: tuple[FeeLine, ...]
    rule: RenewalRule | None
    disputed: tuple[DisputedDay, ...]
    disputes: tuple[RuleDispute, ...]
    citations: tuple[Citation, ...]
    conferred: bool = False
    let_lapse: bool = False
    seen_to: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """Holdings that renew together: what they ask in all, and the fee that pays for them (None: not known or none)."""

    group: GroupId
    last_day: date | None
    members: tuple[CertificationId, ...]
    shares: Mapping[CertificationId, Fraction]
    required: Fraction | None
    fee: Money | None


@dataclass(frozen=True, slots=True)
class CascadeAnswer:
    """What renewing or earning some holdings would do for others, and what that did so far."""

    cascade: Cascade
    by: tuple[CertificationId, ...]
    renews: tuple[CertificationId, ...]
    applied: tuple[Cascaded, ...]


@dataclass(frozen=True, slots=True)
class RenewalAnswer:
    """Everything that renewals have to say about a person on one day."""

    as_of: date
    holdings: tuple[HoldingAnswer, ...]
    ledger: tuple[LedgerEntry, ...] = ()
    units: UnitsAnswer = field(default_factory=UnitsAnswer)
    groups: tuple[GroupAnswer, ...] = ()
    cascades: tuple[CascadeAnswer, ...] = ()
    aligned: tuple[Cascaded, ...] = ()
    problems: tuple[Problem, ...] = ()

    def lacking(self) -> dict[CertificationId, Fraction | None]:
        """The units that the running cycle of each holding still lacks, as ``cheapest_upkeep`` wants to know them."""
        return {one.certification: one.units.remaining for one in self.holdings if one.units}


def assess(
    holdings: Iterable[Holding],
    scheme: Scheme,
    as_of: date,
    *,
    entries: Sequence[UnitEntry] = (),
    memberships: tuple[MembershipHeld, ...] = (),
    region: RegionId | None = None,
    years: int = DEFAULT_YEARS,
    due_within: int = DUE_WITHIN,
) -> RenewalAnswer:
    """Status, cycles, units, deadlines over *years*, fees, groups and cascades of *holdings* on *as_of*."""
    held = tuple(merged(holdings))
    together = replay_together(scheme, held, as_of)
    histories = together.histories
    joint = joint_requirements(scheme, histories)
    asked = _asked(held, histories, joint)
    units = units_of(histories, entries, as_of, asked)
    payer = Payer(region, memberships, earliest_awards(histories))
    fees = _fee_lines(histories, payer, carried_by(scheme))
    by_id = {holding.id: holding for holding in held}
    answers = []
    for own, history in histories.items():
        dates = _uncovered(deadlines_of(history, payer, years, asked[own].share), fees[own])
        answer = _holding(history, units, dates, fees[own], due_within)
        flags = (own in together.conferred, own in by_id and by_id[own].let_lapse)
        answers.append(replace(answer, conferred=flags[0], let_lapse=flags[1], seen_to=seen_to(history, payer)))
    return RenewalAnswer(
        as_of,
        tuple(answers),
        units.ledger,
        units,
        tuple(_groups(joint, fees)),
        tuple(_cascades(scheme, together)),
        tuple(moved for moved in together.cascaded if moved.source in {group.id for group in scheme.groups}),
        tuple(dict.fromkeys((*together.problems, *_problems(histories), *units.problems))),
    )


def assess_profile(
    profile: Profile, scheme: Scheme, as_of: date, *, years: int = DEFAULT_YEARS, due_within: int = DUE_WITHIN
) -> RenewalAnswer:
    """``assess`` with what a profile tells."""
    return assess(
        profile.certifications,
        scheme,
        as_of,
        entries=profile.units,
        memberships=profile.memberships,
        region=profile.region,
        years=years,
        due_within=due_within,
    )


def rule_of(history: History) -> RenewalRule | None:
    """The rule of the cycle that says how long the holding is valid."""
    return history.latest.rule if history.latest else None


def _asked(
    held: Sequence[Holding], histories: Mapping[CertificationId, History], joint: Sequence[JointRequirement]
) -> dict[CertificationId, Asked]:
    """What is particular to each holding: its share in a group, the share of the cycle worked, a standing."""
    shares = {member: share for requirement in joint for member, share in requirement.shares.items()}
    worked = {holding.id: holding.share_worked for holding in held}
    asked = {}
    for own, history in histories.items():
        share = worked.get(own)
        asked[own] = Asked(
            shares.get(own, Fraction(1)), None if share is None else Fraction(share), is_excused(history, "units")
        )
    return asked


def _fee_lines(
    histories: Mapping[CertificationId, History],
    payer: Payer,
    carried: Mapping[CertificationId, frozenset[CertificationId]],
) -> dict[CertificationId, tuple[FeeLine, ...]]:
    dues = {own: tuple(_dues(history, payer)) for own, history in histories.items()}
    payers = payers_for(histories, {own: tuple(due for due, _ in pairs) for own, pairs in dues.items()}, carried)
    lines: dict[CertificationId, tuple[FeeLine, ...]] = {}
    for own, pairs in dues.items():
        lines[own] = tuple(FeeLine(due, cycle, _covering(own, due, payers)) for due, cycle in pairs)
    return lines


def _dues(history: History, payer: Payer) -> Iterator[tuple[FeeDue, int]]:
    """The fees of the cycles not renewed yet, and those of the running one."""
    cycles = dict.fromkeys(cycle for cycle in (history.running, history.latest) if cycle)
    if history.revoked_on or is_excused(history, "fees"):
        return
    for cycle in cycles:
        for due in fees_due(history, cycle, payer):
            yield due, cycle.index


def _covering(
    own: CertificationId, due: FeeDue, payers: Mapping[tuple[CertificationId, GroupId], CertificationId]
) -> CertificationId | None:
    payer = payers.get((own, due.shared_in), own) if due.shared_in else own
    return None if payer == own else payer


def _uncovered(deadlines: Sequence[Deadline], fees: Sequence[FeeLine]) -> tuple[Deadline, ...]:
    """The deadlines without the fees that another holding pays."""
    covered = any(line.covered_by for line in fees)
    return tuple(one for one in deadlines if not (covered and one.kind is DeadlineKind.FEE_DUE))


def _holding(
    history: History, units: UnitsAnswer, deadlines: tuple[Deadline, ...], fees: tuple[FeeLine, ...], due_within: int
) -> HoldingAnswer:
    now: StatusOn = status_of(history, due_within)
    latest, running = history.latest, history.running
    rule = rule_of(history)
    own = history.subject.certification.id
    return HoldingAnswer(
        own,
        history.awarded,
        history.edition,
        now.status,
        now.valid,
        now.then,
        running,
        latest.last_day if latest and latest.known else None,
        history.cycles,
        units.cycles.get((own, running.index)) if running else None,
        rule.practice if rule else (),
        deadlines,
        fees,
        rule,
        latest.disputed if latest else (),
        rule.disputes if rule else (),
        tuple(_citations(rule, history.subject.sources)),
    )


def _citations(rule: RenewalRule | None, sources: Sources) -> Iterator[Citation]:
    """What backs the rule and its parts, each source once, the rule's own first."""
    seen: set[object] = set()
    for provenance in _provenances(rule) if rule else ():
        citation = cite(provenance, sources)
        if citation.source is not None and citation.source not in seen:
            seen.add(citation.source)
            yield citation


def _provenances(rule: RenewalRule) -> Iterator[Provenance]:
    yield rule.provenance
    if isinstance(rule.validity, Cycle):
        yield rule.validity.length.provenance
        yield rule.validity.last_day.provenance
        if rule.validity.first_last_day:
            yield rule.validity.first_last_day.provenance
    if rule.units:
        yield rule.units.total.provenance
    yield from (route.next_from.provenance for route in rule.routes)
    yield from (fee.amount.provenance for fee in rule.fees)
    yield from (entry.provenance for entry in rule.after_end)
    yield from (dispute.provenance for dispute in rule.disputes)


def _groups(
    joint: Sequence[JointRequirement], fees: Mapping[CertificationId, tuple[FeeLine, ...]]
) -> Iterator[GroupAnswer]:
    for one in joint:
        amounts = [
            line.due.amount
            for member in one.members
            for line in fees.get(member, ())
            if line.due.shared_in == one.group and line.due.amount
        ]
        fee = max(amounts, key=lambda money: money.amount, default=None)
        yield GroupAnswer(one.group, one.last_day, one.members, one.shares, one.required, fee)


def _cascades(scheme: Scheme, together: Together) -> Iterator[CascadeAnswer]:
    """The cascades between things held, and those that moved a date."""
    held = together.histories
    for cascade in scheme.cascades:
        by = tuple(own for own in cascade.of if own in held)
        renews = tuple(own for own in cascade.renews if own in held and by != (own,))
        applied = tuple(moved for moved in together.cascaded if moved.source == cascade.id)
        if by and renews:
            yield CascadeAnswer(cascade, by, renews, applied)


def _problems(histories: Mapping[CertificationId, History]) -> Iterator[Problem]:
    return (problem for history in histories.values() for problem in history.problems)
