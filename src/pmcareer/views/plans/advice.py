"""What makes a plan what it is: the stays in its roles, what would make it better, and which prices decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcareer.api.plans.answers import DatedPlan, Decides, Help, PlanAnswer, StayInRole
from pmcareer.model.requirements import Tenure
from pmcareer.money import Money
from pmcareer.views.plain_data import plain_money
from pmcareer.views.report import Plain
from pmcareer.views.wording import months, requirement

_SHOWN = 8
_SOON = 30
"""Days: who pays more to arrive less than this sooner is told so as data, not among the advice to read."""


def stay_lines(plan: DatedPlan, names: Mapping[str, str]) -> Iterator[str]:
    """How long one stays in each role on the way, and what for."""
    for stay in plan.stays:
        if stay.days:
            yield f"{stay.name}: {months(stay.days)}, to {stay.until.isoformat()}{_awaits(stay, names)}"


def _awaits(stay: StayInRole, names: Mapping[str, str]) -> str:
    return f"; the next move waits for {_joined([requirement(part, names) for part in stay.awaits])}" * bool(
        stay.awaits
    )


def help_lines(helps: Sequence[Help], names: Mapping[str, str], roles: Mapping[str, str]) -> Iterator[str]:
    """What would help, what saves as much together."""
    alike: dict[str, list[str]] = {}
    for one in filter(_worth_reading, helps):
        alike.setdefault(saving_words(one), []).append(help_words(one, names, roles))
    for saving, texts in list(alike.items())[:_SHOWN]:
        yield f"{_joined(texts, 'or')}: {saving}"
    shown = sum(len(texts) for texts in list(alike.values())[:_SHOWN])
    if shown < len(helps):
        yield f"and {len(helps) - shown} more of less effect (--format json)"


def _worth_reading(one: Help) -> bool:
    dearer = one.saves is not None and one.saves.amount < 0
    return not (dearer and one.earns is None and 0 < one.saves_days < _SOON)


def help_words(one: Help, names: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """The easing in words."""
    if one.waives is None:
        return one.text
    into, part = one.waives
    if isinstance(part, Tenure):
        return f"a shorter stay before {roles.get(into, into)}, without {requirement(part, names)}"
    return f"{roles.get(into, into)} without {requirement(part, names)}"


def saving_words(one: Help) -> str:
    """What it saves, in time and money; in earnings, where they were asked about."""
    time = f"{months(one.saves_days)} sooner" if one.saves_days > 0 else ""
    if one.saves_days < 0:
        time = f"{months(-one.saves_days)} later"
    parts = [time or "the same arrival", _earnings_words(one.earns) if one.earns else _money_words(one)]
    return ", ".join(part for part in parts if part) + ("" if one.proven else " (at least)")


def _money_words(one: Help) -> str:
    if one.saves is None:
        return f"at least {one.cost} in all" if one.at_least else f"{one.cost} in all, every price known"
    if one.saves.amount < 0:
        return f"{one.saves.times(-1)} dearer"
    return f"{one.saves} cheaper" if one.saves.amount else ""


def _earnings_words(more: Money) -> str:
    return f"{more} more earned up to the horizon"


def decides_words(one: Decides, names: Mapping[str, str]) -> str:
    """A price whose range decides, in words."""
    note = f" ({one.note})" if one.note else ""
    earned = _joined([names.get(c, c) for c in one.certifications]) or "no certification"
    return (
        f"{one.what} is counted at {one.counted}; at {one.other}{note} the best plan would earn {earned}"
        f": {one.arrives.isoformat()}, {one.cost}"
    )


def _joined(texts: list[str], word: str = "and") -> str:
    return f" {word} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


# --- for programs -----------------------------------------------------------------------------------------------------


def advice_document(plan: DatedPlan, answer: PlanAnswer) -> dict[str, Plain]:
    """``would_help`` and ``stays`` of a plan."""
    return {
        "would_help": [_help(one, answer) for one in plan.would_help],
        "stays": [_stay(stay, answer.names) for stay in plan.stays],
    }


def _help(one: Help, answer: PlanAnswer) -> Plain:
    return {
        "text": help_words(one, answer.names, answer.role_names),
        "option": one.option or None,
        "saves_days": one.saves_days,
        "saves_months": round(one.saves_days * 12 / 365.2425, 1),
        "saves_cost": plain_money(one.saves),
        "saves_earnings": plain_money(one.earns),
        "arrives": one.arrives.isoformat(),
        "cost": plain_money(one.cost),
        "cost_at_least": one.at_least,
        "proven_optimal": one.proven,
    }


def _stay(stay: StayInRole, names: Mapping[str, str]) -> Plain:
    return {
        "role": stay.role,
        "from": stay.since.isoformat(),
        "to": stay.until.isoformat(),
        "days": stay.days,
        "waits_for": [requirement(part, names) for part in stay.awaits],
    }


def decides_document(one: Decides) -> Plain:
    """One of ``price_decides``."""
    return {
        "certification": one.certification,
        "what": one.what,
        "counted": plain_money(one.counted),
        "other": plain_money(one.other),
        "note": one.note,
        "arrives": one.arrives.isoformat(),
        "cost": plain_money(one.cost),
        "certifications": list(one.certifications),
    }
