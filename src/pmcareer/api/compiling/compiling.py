"""Compiling: catalog and situation become the planner's instance, and a key that says what its ids mean.

Prices that are unknown are never zero: they count as ``UNPRICED``, so that no search prefers them and no budget
admits them, and they are listed. See docs/decisions/ for why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pmcareer.api.catalog.renewal_terms import RenewalTerms, renewal_terms
from pmcareer.api.compiling.compiled import Compiled, MoveMeaning, Scope, Unknown
from pmcareer.api.compiling.experience import days_brought, with_implied
from pmcareer.api.compiling.held import Held
from pmcareer.api.compiling.joining import preparations_joining
from pmcareer.api.compiling.moves import Moves
from pmcareer.api.compiling.passing import staying_until, through_required_roles
from pmcareer.api.compiling.prices import Prices
from pmcareer.api.compiling.questions import Assumption, PlanRequest, Situation
from pmcareer.api.compiling.relevance import relevant_certifications, roles_between, serving
from pmcareer.api.compiling.requirements import NEVER, RequirementCompiler, all_of, any_of, windowed
from pmcareer.api.regions import REGION_CURRENCIES
from pmcareer.dates import months_to_days
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, LifecycleStatus
from pmcareer.model.exchange import exchange_rate
from pmcareer.model.ids import CertificationId, ExperienceKindId, NicheId, RoleId
from pmcareer.model.pricing import Payer, Preparation, preparations
from pmcareer.model.requirements import Holds
from pmcareer.planning import instance as planning
from pmcareer.values import dataclass, field

USUAL_LEAD_DAYS = 14
_OBTAINABLE = {LifecycleStatus.ACTIVE, LifecycleStatus.RETIRING, LifecycleStatus.PILOT}


def compile_question(
    catalog: Catalog,
    request: PlanRequest,
    situation: Situation,
    counted_from: Mapping[int, date] | None = None,
    scope: Scope | None = None,
    before: Compiled | None = None,
) -> Compiled:
    """The instance for *request* asked by the person of *situation*; ids are those of the catalog.

    *counted_from*: for a window in years, the day before which dated experience does not count (see ``windows``).
    *scope*: what the instance is about, instead of what can matter on the way to the one target of *request*.
    *before*: a question compiled of the same catalog, from which is taken over what the same payer is told of prices.
    """
    return _Compilation(catalog, request, situation, counted_from or {}, scope, before).run()


@dataclass(slots=True)
class _Compilation:
    catalog: Catalog
    request: PlanRequest
    situation: Situation
    counted_from: Mapping[int, date]
    scope: Scope | None = None
    before: Compiled | None = None
    payer: Payer = field(init=False)
    held: Held = field(init=False)
    prices: Prices = field(init=False)
    assumed: dict[Assumption, None] = field(default_factory=dict)
    roles: frozenset[RoleId] = field(init=False)
    unknown: dict[Unknown, None] = field(default_factory=dict)

    def run(self) -> Compiled:
        self.payer = self._payer()
        self.prices = Prices(self.catalog.rates, self.payer, self.unknown)
        self.held = Held(self.catalog, self.request, self.situation, self.assumed)
        self.roles = self.scope.roles if self.scope else self._roles_between()
        obtainable = self._obtainable()
        compiler = self._requirement_compiler(frozenset(obtainable))
        key = self._preparations(obtainable.values())
        renewals = self._renewals([*obtainable, *(h.id for h in self.situation.holdings)])
        certifications: dict[str, planning.Certification] = {
            c.id: self._certification(c, key[c.id], renewals.get(c.id), compiler) for c in obtainable.values()
        }
        start, as_of, anywhere = self.situation.role, self.situation.as_of, self.scope is not None
        allowed = Moves(self.catalog, self.request, start, self.roles, as_of, anywhere=anywhere)
        moves = {(m.move.from_, m.move.to): m for m in allowed.in_force()}
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
            keeping=self.held.keeping,
            memberships=self.held.memberships(),
            rates=tuple(self.prices.rates_used),
            assumptions=(*self.situation.assumptions, *self.assumed),
            unknown=tuple(self.unknown),
            let_lapse_once_earned=self._let_lapse_once_earned(),
        )

    def _let_lapse_once_earned(self) -> frozenset[CertificationId]:
        return self.request.let_lapse - {holding.id for holding in self.held.active()}

    def _payer(self) -> Payer:
        region = self.situation.region
        currency = self.request.currency or self.request.profile.currency or REGION_CURRENCIES.get(region, "USD")
        return Payer(self.situation.as_of, region, currency, self.situation.memberships)

    def _known(self) -> Mapping[CertificationId, Certification]:
        return self.catalog.certifications

    def _obtainable(self) -> dict[CertificationId, Certification]:
        """What may be earned from the as-of day on, matters, and is not held; unknown study time leaves it out."""
        closed = {h.id for h in self.held.active()} | self.request.avoid
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
        held = {h.id for h in self.held.active()}

        def can_be_had(id_: CertificationId) -> bool:
            entry = self._known().get(id_)
            return id_ in held or (entry is not None and id_ not in self.request.avoid and self._can_be_earned(entry))

        origin, as_of = self.situation.role, self.situation.as_of
        return relevant_certifications(self.catalog, origin, self.request.to, as_of, can_be_had, wanted)

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
            held_editions={h.id: h.edition for h in self.held.active()},
            lapsing={h.id: self.held.counts_to(h) for h in self.held.active() if self.held.lapses(h)},
        )

    def _told_before(self) -> Compiled | None:
        """The earlier question, if its payer is the same."""
        return self.before if self.before is not None and self.before.payer == self.payer else None

    def _preparations(self, entries: Iterable[Certification]) -> dict[CertificationId, tuple[Preparation, ...]]:
        told = self._told_before()
        known = told.preparations if told else {}
        return {c.id: known.get(c.id) or preparations_joining(self.catalog, c, self.payer) for c in entries}

    def _renewals(self, ids: Iterable[CertificationId]) -> dict[CertificationId, RenewalTerms]:
        told = self._told_before()
        known = told.renewals if told else {}
        found = {}
        for certification_id in ids:
            certification = self._known().get(certification_id)
            if certification is not None:
                terms = known.get(certification_id)
                found[certification_id] = terms or renewal_terms(self.catalog, certification, self.payer)
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
            cost=self.prices.cost_of(certification.id, base.lines),
            lead_days=self._lead_days(certification),
            eligibility=compiler.compile(eligibility.requires) if eligibility else None,
            renewal=None if certification.id in self.request.let_lapse else self._kept_up(certification.id, renewal),
            variants=tuple(
                planning.Variant(
                    when=all_of(compiler.compile(waiver) for waiver in way.waivers),
                    study_hours=self._hours(certification, way),
                    cost=self.prices.cost_of(certification.id, way.lines),
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

    def _kept_up(self, certification: CertificationId, terms: RenewalTerms | None) -> planning.Renewal | None:
        return self.prices.renewal(certification, terms, listed_by_day=self.held.is_active(certification))

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
                Fraction(0), Fraction(0), renewal=self._kept_up(h.id, renewals.get(h.id)) if self.held.runs(h) else None
            )
            for h in self.held.active()
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
            holds={h.id: self.held.earned_day(h) for h in self.held.active() if not self.held.lapses(h)},
            dues=self.held.dues(last_day, self.prices),
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
            self.prices.rates_used.setdefault(rate)
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
