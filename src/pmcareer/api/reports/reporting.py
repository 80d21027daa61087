"""Reporting: everything that one page shows of a person: the plan, the pay along it, and what is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmcareer.api.comparing.pay_bands import PayOfRole, pay_bands
from pmcareer.api.compiling.questions import PlanRequest, RiskAsked, situation_of
from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.api.plans.planning import advise_plan
from pmcareer.api.plans.requests import Asked, plan_request
from pmcareer.api.plans.solving import Stop
from pmcareer.api.upkeep.renewals import Renewals, RenewalsAsked, answer_renewals
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Profile
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.api.baselines.baseline import AgainstBaseline


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What the page is made of. ``plan`` is None where no role is aimed at, ``renewals`` where nothing is held.

    ``pay``: the bands of the roles of the first plan, in its order. ``baseline``: the first plan held against a
    baseline, where that was asked.
    """

    as_of: date
    plan: PlanAnswer | None
    pay: tuple[PayOfRole, ...]
    renewals: Renewals | None
    baseline: AgainstBaseline | None = None


@dataclass(frozen=True, slots=True)
class BaselineAsked:
    """A baseline to hold the plan against: a file, or None for the one that the profile names."""

    file: Path | None
    profile: Path | None


def answer_report(
    catalog: Catalog,
    profile: Profile | None,
    asked: Asked,
    risk: RiskAsked | None = None,
    should_stop: Stop | None = None,
    baseline: BaselineAsked | None = None,
) -> ReportAnswer:
    """The answers behind one page; *should_stop*: as for ``advise_plan``.

    Raises UsageError where there is neither a role to reach nor anything held; else errors as for ``plan``.
    """
    plan: PlanAnswer | None = None
    held_against: AgainstBaseline | None = None
    pay: tuple[PayOfRole, ...] = ()
    renewals = _renewals(catalog, profile, asked)
    if asked.to or (profile and profile.goal):
        request = replace(plan_request(catalog, profile, asked), risk=risk)
        plan = advise_plan(catalog, request, should_stop)
        pay = _pay(catalog, request, plan)
        if baseline is not None:
            held_against = _against(catalog, request, plan, baseline)
    elif renewals is None:
        raise UsageError("nothing to report on", hint="say --to ROLE, --hold CERT:DATE, or write a profile")
    return ReportAnswer(asked.as_of, plan, pay, renewals, held_against)


def _against(catalog: Catalog, request: PlanRequest, plan: PlanAnswer, asked: BaselineAsked) -> AgainstBaseline:
    from pmcareer.api.baselines.baseline import against, load_baseline

    return against(catalog, request, plan, load_baseline(asked.file, request.profile, asked.profile))


def _pay(catalog: Catalog, request: PlanRequest, plan: PlanAnswer) -> tuple[PayOfRole, ...]:
    roles = plan.plans[0].roles if plan.plans else (plan.start, plan.target)
    return pay_bands(catalog, roles, situation_of(request).region)


def _renewals(catalog: Catalog, profile: Profile | None, asked: Asked) -> Renewals | None:
    """The renewals of what is held; an option without a day means today, as in a plan."""
    if not asked.holds and not (profile and profile.certifications):
        return None
    holds = tuple((name, on or asked.as_of) for name, on in asked.holds)
    question = RenewalsAsked(asked.as_of, holds, region=asked.region, currency=asked.currency)
    return answer_renewals(catalog, profile, question)
