"""Compiling: catalog and situation become the planner's instance, and a key that says what its ids mean.

Prices that are unknown are never zero: they count as ``UNPRICED``, so that no search prefers them and no budget
admits them, and they are listed. See docs/decisions/ for why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pmcareer.api.catalog.renewal_terms import RenewalTerms, renewal_terms
from pmcareer.api.compiling.experience import days_brought, with_implied
from pmcareer.api.compiling.joining import preparations_joining
from pmcareer.api.compiling.questions import Assumption, PlanRequest, Situation
from pmcareer.api.compiling.relevance import moves_among, relevant_certifications, roles_between, serving
from pmcareer.api.compiling.requirements import NEVER, RequirementCompiler, all_of, any_of, windowed
from pmcareer.api.regions import REGION_CURRENCIES
from pmcareer.dates import months_to_days
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, LifecycleStatus
from pmcareer.model.exchange import exchange_rate
from pmcareer.model.ids import CertificationId, ExperienceKindId, LadderId, NicheId, RoleId
from pmcareer.model.pay import Rate
from pmcareer.model.people import Holding, MembershipHeld
from pmcareer.model.pricing import Payer, Preparation, PriceLine, preparations
from pmcareer.model.requirements import All, Holds, Requirement, Tenure
from pmcareer.model.roles import Move, MoveRule
from pmcareer.money import Money
from pmcareer.planning import instance as planning
from pmcareer.renewals.status import Status
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    from pmcareer.api.compiling.keeping import (  # brings the whole renewal engine; only holdings need it
        Keeping,
        Standing,
    )

UNPRICED = Fraction(10**9)
USUAL_LEAD_DAYS = 14
SAME_LEVEL = 3  # ranks this close do not put one role above the other: a PMO analyst and a project coordinator
_LOST = {Status.NOTED: "only noted as not current", Status.SUSPENDED: "suspended, and renewing it is not planned"}
_OBTAINABLE = {LifecycleStatus.ACTIVE, LifecycleStatus.RETIRING, LifecycleStatus.PILOT}


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the catalog does not know and that a plan would rest on.

    ``in_plan``: the plan given rests on it; otherwise it only kept something from being preferred.
    """

    what: Literal["price", "rate", "hours", "lead", "renewal", "pay"]
    id: str
    text: str
    in_plan: bool = False


@dataclass(frozen=True, slots=True)
class InCurrency:
    """Prices as the instance counts them: in the payer's currency, rounded to hundredths; ``used``: the rates."""

    rates: Sequence[Rate]
    payer: Payer
    used: dict[Rate, None] = field(default_factory=dict)

    def __call__(self, money: Money) -> Fraction | None:
        """*money* as a number; None where no rate is published."""
        exchange = exchange_rate(money.currency, self.payer.currency, self.payer.on, self.rates)
        if exchange is None:
            return None
        factor, rates = exchange
        self.used.update(dict.fromkeys(rates))
        return round(Fraction(money.amount) * factor * 100) / Fraction(100)


@dataclass(frozen=True, slots=True)
class MoveMeaning:
    """The catalog's move behind one of the instance's, and the rule in force on the as-of day.

    ``requires``: what the rule asks, and the ladder's minimum tenure in the post that is left.
    """

    ladder: LadderId
    move: Move
    rule: MoveRule
    requires: Requirement | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """An instance and its key. ``preparations[c][0]`` is the base, ``[i + 1]`` the instance's variant *i*.

    ``counted_from``: for a window in years, the day before which dated experience was left out. ``keeping``: what
    foreseeing the upkeep of what is held takes; None where nothing is held. ``let_lapse_once_earned``: what is not
    held and will not be renewed where a plan earns it; the instance has it hold for ever (see ``lapsing_awards``).
    """

    instance: planning.Instance
    situation: Situation
    currency: str
    payer: Payer
    moves: Mapping[tuple[RoleId, RoleId], MoveMeaning]
    preparations: Mapping[CertificationId, tuple[Preparation, ...]]
    renewals: Mapping[CertificationId, RenewalTerms]
    counted_from: Mapping[int, date]
    requirements: RequirementCompiler
    keeping: Keeping | None = None
    memberships: tuple[MembershipHeld, ...] = ()
    rates: tuple[Rate, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    let_lapse_once_earned: frozenset[CertificationId] = frozenset()


def role_of(instance_role: str) -> RoleId:
    """The catalog's role behind an instance's: required roles are passed on copies of the graph, ``role+k``."""
    return RoleId(instance_role.partition("+")[0])


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles that one may pass, and the certifications that one may earn, where they are what can be earned."""

    roles: frozenset[RoleId]
    certifications: frozenset[CertificationId]


def compile_question(
    catalog: Catalog,
    request: PlanRequest,
    situation: Situation,
    counted_from: Mapping[int, date] | None = None,
    scope: Scope | None = None,
) -> Compiled:
    """The instance for *request* asked by the person of *situation*; ids are those of the catalog.

    *counted_from*: for a window in years, the day before which dated experience does not count (see ``windows``).
    *scope*: what the instance is about, instead of what can matter on the way to the one target of *request*.
    """
    return _Compilation(catalog, request, situation, counted_from or {}, scope).run()


@dataclass(slots=True)
class _Compilation:
    catalog: Catalog
    request: PlanRequest
    situation: Situation
    counted_from: Mapping[int, date]
    scope: Scope | None = None
    payer: Payer = field(init=False)
    standings: Mapping[CertificationId, Standing] = field(init=False)
    keeping: Keeping | None = None
    assumed: dict[Assumption, None] = field(default_factory=dict)
    roles: frozenset[RoleId] = field(init=False)
    rates_used: dict[Rate, None] = field(default_factory=dict)
    unknown: dict[Unknown, None] = field(default_factory=dict)

    def run(self) -> Compiled:
        self.payer = self._payer()
        self.standings, self.keeping = self._what_is_held()
        self.roles = self.scope.roles if self.scope else self._roles_between()
        obtainable = self._obtainable()
        compiler = self._requirement_compiler(frozenset(obtainable))
        key = {c.id: preparations_joining(self.catalog, c, self.payer) for c in obtainable.values()}
        renewals = self._renewals([*obtainable, *(h.id for h in self.situation.holdings)])
        certifications: dict[str, planning.Certification] = {
            c.id: self._certification(c, key[c.id], renewals.get(c.id), compiler) for c in obtainable.values()
        }
        moves = {(m.move.from_, m.move.to): m for m in self._moves()}
        required = [
            compiler.compile(Holds(CertificationId(c))) for c in sorted(self.request.require & self._known().keys())
        ]
        if niche := self._niche():
            required.append(any_of(compiler.compile(Holds(c)) for c in serving(self.catalog, niche)))
        compiled_moves = tuple(
            planning.Move(origin, into, self._move_requirement(meaning, into, required, compiler))
            for (origin, into), meaning in moves.items()
        )
        instance = planning.Instance(
            start=self._start(compiler, months_to_days(12 * self.request.horizon_years)),
            target=self.request.to,
            roles=self._roles(compiler),
            moves=tuple(move for move in compiled_moves if move.requires != NEVER),
            certifications={**self._kept(renewals, certifications), **certifications},
            hours_per_week=self.situation.hours_per_week,
            horizon_days=months_to_days(12 * self.request.horizon_years),
            objective=self.request.objective,
            budget=self._budget(),
            deadline_day=(self.request.by - self.situation.as_of).days if self.request.by else None,
        )
        if instance.start.role == instance.target and any(required):
            instance = staying_until(instance, all_of(required))
        return Compiled(
            instance=through_required_roles(instance, sorted(self.request.require & self.catalog.roles.keys())),
            situation=self.situation,
            currency=self.payer.currency,
            payer=self.payer,
            moves=moves,
            preparations=key,
            renewals=renewals,
            counted_from=self.counted_from,
            requirements=compiler,
            keeping=self.keeping,
            memberships=self._memberships(),
            rates=tuple(self.rates_used),
            assumptions=(*self.situation.assumptions, *self.assumed),
            unknown=tuple(self.unknown),
            let_lapse_once_earned=self._let_lapse_once_earned(),
        )

    def _let_lapse_once_earned(self) -> frozenset[CertificationId]:
        return self.request.let_lapse - {holding.id for holding in self._active()}

    def _what_is_held(self) -> tuple[Mapping[CertificationId, Standing], Keeping | None]:
        """Nothing to assess where nothing is held: then the renewal engine need not even be loaded."""
        situation = self.situation
        if not situation.holdings:
            return {}, None
        from pmcareer.api.compiling.keeping import what_is_held

        profile = replace(self.request.profile, memberships=self._memberships())
        return what_is_held(self.catalog, profile, situation.holdings, situation.as_of, situation.region)

    def _memberships(self) -> tuple[MembershipHeld, ...]:
        """Those of the profile with their dates, and others that were named without any."""
        dated = self.request.profile.memberships
        named = sorted(self.situation.memberships - {held.id for held in dated})
        return (*dated, *(MembershipHeld(membership) for membership in named))

    def _payer(self) -> Payer:
        region = self.situation.region
        currency = self.request.currency or self.request.profile.currency or REGION_CURRENCIES.get(region, "USD")
        return Payer(self.situation.as_of, region, currency, self.situation.memberships)

    def _known(self) -> Mapping[CertificationId, Certification]:
        return self.catalog.certifications

    def _obtainable(self) -> dict[CertificationId, Certification]:
        """What may be earned from the as-of day on, matters, and is not held; unknown study time leaves it out."""
        closed = {h.id for h in self._active()} | self.request.avoid
        named = self.scope.certifications if self.scope else self._named()
        entries = [self._known()[c] for c in sorted(named - closed)]
        return {c.id: c for c in entries if self._can_be_earned(c)}

    def _can_be_earned(self, certification: Certification) -> bool:
        return self._is_open(certification) and self._study_known(certification)

    def _roles_between(self) -> frozenset[RoleId]:
        return roles_between(self.catalog, self.situation.role, self.request.to)

    def _niche(self) -> NicheId | None:
        return self.request.niche or self.request.profile.niche

    def _named(self) -> frozenset[CertificationId]:
        wanted = [CertificationId(i) for i in self.request.require if i in self._known()]
        if niche := self._niche():
            wanted.extend(serving(self.catalog, niche))
        held = {h.id for h in self._active()}

        def can_be_had(id_: CertificationId) -> bool:
            entry = self._known().get(id_)
            return id_ in held or (entry is not None and id_ not in self.request.avoid and self._can_be_earned(entry))

        origin, as_of = self.situation.role, self.situation.as_of
        return relevant_certifications(self.catalog, origin, self.request.to, as_of, can_be_had, wanted)

    def _active(self) -> list[Holding]:
        """What is held and still counts; what has lapsed is as if never held, but for `held`."""
        active = []
        for holding in self.situation.holdings:
            standing = self.standings.get(holding.id)
            if standing is None or standing.active:
                active.append(holding)
            else:
                text = f"{holding.id} no longer counts: it is {_LOST.get(standing.status, standing.status.value)}"
                self.assumed.setdefault(Assumption(text, f"its renewals in a profile, or --hold {holding.id}:DATE"))
            if standing is not None and not standing.sure:
                text = f"{holding.id} is taken as active: its renewal rule is not known"
                self.assumed.setdefault(Assumption(text))
        return active

    def _runs(self, holding: Holding) -> bool:
        """Whether the holding runs in cycles and is kept: an old award may last for life where a new one ends."""
        standing = self.standings.get(holding.id)
        return not holding.let_lapse and (standing is None or standing.status is not Status.LIFETIME)

    def _lapses(self, holding: Holding) -> bool:
        """Whether it is let lapse and will."""
        standing = self.standings.get(holding.id)
        return holding.let_lapse and (standing is None or standing.status is not Status.LIFETIME)

    def _counts_to(self, holding: Holding) -> int:
        """The last day on which a certification let lapse counts; -1 where that is over, or not known."""
        standing = self.standings.get(holding.id)
        last = standing.last_day if standing else None
        return -1 if last is None else max(-1, (last - self.situation.as_of).days)

    def _earned_day(self, holding: Holding) -> int:
        """The instance's day of award; what falls due to keep it is listed by day beside it."""
        as_of = self.situation.as_of
        first = min((event.on for event in holding.events), default=as_of)
        return min(0, ((holding.earned or first) - as_of).days)

    def _dues(self, last_day: int) -> dict[str, tuple[tuple[int, Fraction], ...]]:
        """What falls due up to *last_day* to keep what is held, as the renewal engine foresees it, by certification."""
        if self.keeping is None:
            return {}
        from pmcareer.api.compiling.keeping import foreseen

        as_of = self.situation.as_of
        until = as_of + timedelta(days=last_day)
        exchange = InCurrency(self.catalog.rates, self.payer)
        dues: dict[str, dict[int, Fraction]] = {h.id: {} for h in self._active() if not self._lapses(h)}
        for step in foreseen(self.catalog, self.keeping, until, self.payer.currency, exchange).steps:
            if step.certification in dues:
                cost = sum((self._priced(step.certification, x.what, x.amount) for x in step.lines), Fraction(0))
                dues[step.certification][(step.on - as_of).days] = cost
        return {name: tuple(sorted(costs.items())) for name, costs in dues.items()}

    def _is_open(self, certification: Certification) -> bool:
        lifecycle = certification.lifecycle.on(self.situation.as_of)
        return lifecycle is not None and lifecycle.status in _OBTAINABLE

    def _study_known(self, certification: Certification) -> bool:
        ways = preparations(certification, self.payer)
        known = certification.id in self.request.profile.study_hours or ways[0].hours is not None
        if not known:
            text = f"the study hours of {certification.id}: left out of plans; say them under study_hours in a profile"
            self.unknown.setdefault(Unknown("hours", certification.id, text))
        return known

    def _requirement_compiler(self, obtainable: frozenset[CertificationId]) -> RequirementCompiler:
        holdings = self.situation.holdings
        return RequirementCompiler(
            as_of=self.situation.as_of,
            education=self.situation.education,
            skills=self.situation.skills,
            certifications=self._known(),
            satisfied_by=self.catalog.index.satisfied_by,
            obtainable=obtainable,
            held_ever=frozenset(h.id for h in holdings),
            held_editions={h.id: h.edition for h in self._active()},
            lapsing={h.id: self._counts_to(h) for h in self._active() if self._lapses(h)},
        )

    def _renewals(self, ids: Iterable[CertificationId]) -> dict[CertificationId, RenewalTerms]:
        found = {}
        for certification_id in ids:
            certification = self._known().get(certification_id)
            if certification is None:
                continue
            found[certification_id] = renewal_terms(self.catalog, certification, self.payer)
        return found

    def _certification(
        self,
        certification: Certification,
        ways: Sequence[Preparation],
        renewal: RenewalTerms | None,
        compiler: RequirementCompiler,
    ) -> planning.Certification:
        eligibility = certification.eligibility.on(self.situation.as_of)
        base, *others = ways
        return planning.Certification(
            study_hours=self._hours(certification, base),
            cost=self._cost(certification.id, base.lines),
            lead_days=self._lead_days(certification),
            eligibility=compiler.compile(eligibility.requires) if eligibility else None,
            renewal=None if certification.id in self.request.let_lapse else self._renewal(certification.id, renewal),
            variants=tuple(
                planning.Variant(
                    when=all_of(compiler.compile(waiver) for waiver in way.waivers),
                    study_hours=self._hours(certification, way),
                    cost=self._cost(certification.id, way.lines),
                )
                for way in others
            ),
        )

    def _lead_days(self, certification: Certification) -> int:
        """Days from application to award; where they are unknown a usual number, never zero, and listed."""
        if certification.lead_days.value is not None:
            return certification.lead_days.value
        text = f"how long {certification.id} takes from application to award: counted as {USUAL_LEAD_DAYS} days"
        self.unknown.setdefault(Unknown("lead", certification.id, text))
        return USUAL_LEAD_DAYS

    def _hours(self, certification: Certification, way: Preparation) -> Fraction:
        """The hours of a preparation; the profile's own word on a certification replaces the catalog's study hours."""
        own = self.request.profile.study_hours.get(certification.id)
        if own is None:
            return Fraction(way.hours or 0)
        usual = certification.study.hours.value
        courses = way.hours - usual if way.hours is not None and usual is not None else Decimal(0)
        return Fraction(own + courses)

    def _cost(self, certification: CertificationId, lines: Sequence[PriceLine]) -> Fraction:
        return sum((self.converted(certification, line) for line in lines), Fraction(0))

    def converted(self, certification: CertificationId, line: PriceLine) -> Fraction:
        """A price in the plan's currency; UNPRICED, and listed, where it or its exchange rate is unknown."""
        return self._priced(certification, line.what, line.amount.value)

    def _priced(self, certification: CertificationId, what: str, money: Money | None) -> Fraction:
        if money is None:
            text = f"the price of {what} for {certification}"
            self.unknown.setdefault(Unknown("price", certification, text))
            return UNPRICED
        exchange = InCurrency(self.catalog.rates, self.payer)
        amount = exchange(money)
        if amount is None:
            text = f"{what} for {certification} costs {money}: no published rate to {self.payer.currency}"
            self.unknown.setdefault(Unknown("rate", certification, text))
            return UNPRICED
        self.rates_used.update(exchange.used)
        return amount

    def _renewal(self, certification: CertificationId, terms: RenewalTerms | None) -> planning.Renewal | None:
        if terms is not None and (not terms.understood or (terms.cycle_days and terms.hours is None)):
            text = f"what keeping {certification} takes"
            self.unknown.setdefault(Unknown("renewal", certification, text))
        if terms is None or terms.cycle_days is None:
            return None
        hours = terms.hours or Fraction(0)
        if certification in self.standings and self.standings[certification].active:
            return planning.Renewal(terms.cycle_days, hours)  # what falls due for what is held is listed by day
        cost = sum((self.converted(certification, line) for line in terms.lines), Fraction(0))
        yearly = sum((self.converted(certification, line) for line in terms.yearly), Fraction(0))
        if not yearly:
            return planning.Renewal(terms.cycle_days, hours, cost)
        ends = [months_to_days(12 * n) for n in range(1, terms.cycle_days // 365 + 1)]
        within = tuple((day, yearly) for day in ends if day < terms.cycle_days)
        return planning.Renewal(terms.cycle_days, hours, cost + yearly, within)

    def _moves(self) -> Iterator[MoveMeaning]:
        """The moves in force between roles that are not avoided; of twins on several ladders the first counts."""
        seen: set[tuple[RoleId, RoleId]] = set()
        for ladder, move in moves_among(self.catalog, self.roles):
            rule = move.rules.on(self.situation.as_of)
            blocked = {move.from_, move.to} & self.request.avoid or (move.from_, move.to) in seen
            if rule is not None and not blocked and not self._steps_down(move):
                seen.add((move.from_, move.to))
                yield MoveMeaning(ladder, move, rule, self._asked_of(ladder, move, rule))

    def _steps_down(self, move: Move) -> bool:
        """Whether the move leads to a role that ranks lower and that nobody asked for (see docs/decisions/0013)."""
        if self.scope or self.request.step_down or move.to == self.request.to or move.to in self.request.require:
            return False
        return self.catalog.roles[move.to].rank < self.catalog.roles[move.from_].rank - SAME_LEVEL

    def _asked_of(self, ladder: LadderId, move: Move, rule: MoveRule) -> Requirement | None:
        asked = rule.requires if rule.status != "repealed" else None
        least = self.catalog.ladders[ladder].minimum_tenure
        if least is None or not least.value or not self.catalog.roles[move.from_].employment:
            return asked
        tenure = Tenure(least.value)
        parts = asked.of if isinstance(asked, All) else (asked,) if asked else ()
        longer = any(isinstance(part, Tenure) and part.months >= tenure.months for part in parts)
        return asked if longer else All((tenure, *parts))

    def _move_requirement(
        self,
        meaning: MoveMeaning,
        into: RoleId,
        required: Sequence[planning.Requirement | None],
        compiler: RequirementCompiler,
    ) -> planning.Requirement | None:
        requirement = compiler.compile(meaning.requires)
        return all_of([requirement, *required]) if into == self.request.to else requirement

    def _kept(
        self,
        renewals: Mapping[CertificationId, RenewalTerms],
        obtainable: Mapping[str, planning.Certification],
    ) -> dict[str, planning.Certification]:
        """Certifications held on day 0: nothing to study, but to be kept, unless they are let go."""
        return {
            h.id: planning.Certification(
                Fraction(0), Fraction(0), renewal=self._renewal(h.id, renewals.get(h.id)) if self._runs(h) else None
            )
            for h in self._active()
            if h.id not in obtainable
        }

    def _start(self, compiler: RequirementCompiler, last_day: int) -> planning.Start:
        return planning.Start(
            role=self.situation.role,
            tenure_days=self.situation.tenure_days,
            experience_days={
                windowed(kind, years): self._initial_days(kind, years)
                for kind, years in sorted(compiler.windows, key=str)
            },
            education=self.situation.education.level.rank,
            holds={h.id: self._earned_day(h) for h in self._active() if not self._lapses(h)},
            dues=self._dues(last_day),
        )

    def _initial_days(self, kind: ExperienceKindId, within_years: int | None) -> int:
        counted_from = self.counted_from.get(within_years) if within_years else None
        return days_brought(self.catalog, self.situation, kind, within_years, counted_from=counted_from)

    def _roles(self, compiler: RequirementCompiler) -> dict[str, planning.Role]:
        roles: dict[str, planning.Role] = {}
        for role_id in sorted(self.roles & self.catalog.roles.keys()):
            granted = with_implied(self.catalog, self.catalog.roles[role_id].grants)
            kinds = frozenset(windowed(kind, years) for kind, years in compiler.windows if kind in granted)
            roles[role_id] = planning.Role(kinds, self._pay(role_id))
        return roles

    def _pay(self, role: RoleId) -> Fraction | None:
        """Pay a year in the plan's currency, where the question is about pay; unknown pay is listed."""
        if self.request.objective != "earnings":
            return None
        from pmcareer.api.catalog.pay import pay_at

        pay = pay_at(self.catalog, role, self.situation.region).amount
        factor = pay and exchange_rate(pay.currency, self.payer.currency, self.payer.on, self.catalog.rates)
        if not pay or not factor:
            self.unknown.setdefault(Unknown("pay", role, f"the pay of {role}: counted as nothing"))
            return None
        for rate in factor[1]:
            self.rates_used.setdefault(rate)
        return Fraction(pay.amount) * factor[0]

    def _budget(self) -> Fraction | None:
        """The budget in the plan's currency.

        Raises UsageError where no rate is published: a limit that cannot be compared must not be dropped.
        """
        budget = self.request.budget or self.request.profile.study.budget
        if budget is None:
            return None
        exchange = exchange_rate(budget.currency, self.payer.currency, self.payer.on, self.catalog.rates)
        if exchange is None:
            hint = f"say --currency {budget.currency}, or give the budget in {self.payer.currency}"
            raise UsageError(f"a budget of {budget}: no published rate to {self.payer.currency}", hint=hint)
        return Fraction(budget.amount) * exchange[0]


def staying_until(instance: planning.Instance, required: planning.Requirement | None) -> planning.Instance:
    """The instance of one who stays in the target role until *required* holds: a second name for it is the target."""
    goal = f"{instance.target}+goal"
    stay = planning.Move(instance.target, goal, required)
    return replace(
        instance,
        target=goal,
        roles={**instance.roles, goal: instance.roles[instance.target]},
        moves=(*instance.moves, stay) if required != NEVER else instance.moves,
    )


def through_required_roles(instance: planning.Instance, required: Sequence[str]) -> planning.Instance:
    """The instance in which the target counts only after every role of *required* has been entered.

    The graph is copied once for each set of required roles already passed (``role+mask``): plain roles and moves, so
    that any solver of the instance format can still read it.
    """
    needed = [role for role in required if role != instance.target]
    if not needed:
        return instance
    full = (1 << len(needed)) - 1

    def passed(mask: int, role: str) -> int:
        return mask | (1 << needed.index(role)) if role in needed else mask

    def name(role: str, mask: int) -> str:
        return f"{role}+{mask}"

    first = passed(0, instance.start.role)
    return replace(
        instance,
        start=replace(instance.start, role=name(instance.start.role, first)),
        target=name(instance.target, full),
        roles={name(r, mask): role for mask in range(full + 1) for r, role in instance.roles.items()},
        moves=tuple(
            planning.Move(name(m.origin, mask), name(m.into, passed(mask, m.into)), m.requires)
            for mask in range(full + 1)
            for m in instance.moves
        ),
    )
