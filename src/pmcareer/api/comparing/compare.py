"""Comparing: what was named is looked up, and roles, certifications or plans are put side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pmcareer.api.comparing.certifications import certification_rows
from pmcareer.api.comparing.comparison import Comparison, Kind, Subject
from pmcareer.api.comparing.plans import PlanShown, plan_file_rows, plan_lists, read_plan, shown_of_answer
from pmcareer.api.comparing.roles import role_lists, role_rows
from pmcareer.api.compiling.questions import NEWCOMER
from pmcareer.api.names import find_role_or_certification
from pmcareer.api.plans.planning import answer_plan
from pmcareer.api.plans.requests import Asked, plan_request
from pmcareer.api.reasons.field import Field
from pmcareer.api.reasons.why import names_of
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.people import Profile

MOST = 6


def answer_compare(
    catalog: Catalog,
    profile: Profile | None,
    asked: Asked,
    named: Sequence[str],
    questions: Sequence[tuple[str, Asked]] = (),
) -> Comparison:
    """*named* (roles, certifications or files of plans) and *questions* (plans to be made) side by side.

    A question comes with its words. Raises UsageError for mixed kinds, for fewer than two or more than ``MOST``, and
    for one named twice.
    """
    found = [_found(catalog, name) for name in named]
    kind = _one_kind([kind for kind, _ in found] + ["plan" for _ in questions])
    ids = [id_ for _, id_ in found]
    _check([*ids, *(words for words, _ in questions)])
    if kind == "plan":
        plans = [read_plan(Path(id_)) for id_ in ids]
        plans += [shown_of_answer(answer_plan(catalog, plan_request(catalog, profile, one))) for _, one in questions]
        subjects = [Subject(id_, Path(id_).stem) for id_ in ids]
        subjects += [Subject(words, f"plan {number}") for number, (words, _) in enumerate(questions, len(ids) + 1)]
        return _plans(catalog, asked, subjects, plans)
    field = Field(catalog, plan_request(catalog, profile, replace(asked, to=asked.from_ or NEWCOMER)))
    made = _roles(catalog, field, ids) if kind == "role" else _certifications(catalog, field, ids)
    return replace(made, assumptions=field.compiled().assumptions)


def _roles(catalog: Catalog, field: Field, ids: Sequence[str]) -> Comparison:
    roles = [catalog.roles[RoleId(id_)] for id_ in ids]
    subjects = tuple(Subject(role.id, role.name) for role in roles)
    rows = tuple(role_rows(catalog, roles, field))
    return Comparison(field.request.as_of, "role", subjects, rows, role_lists(catalog, roles, field), names_of(catalog))


def _certifications(catalog: Catalog, field: Field, ids: Sequence[str]) -> Comparison:
    found = [catalog.certifications[CertificationId(id_)] for id_ in ids]
    subjects = tuple(Subject(one.id, one.abbreviation or one.name) for one in found)
    rows = tuple(certification_rows(catalog, found, field))
    return Comparison(field.request.as_of, "certification", subjects, rows, (), names_of(catalog))


def _plans(catalog: Catalog, asked: Asked, subjects: Sequence[Subject], plans: Sequence[PlanShown]) -> Comparison:
    rows = tuple(plan_file_rows(plans, {**names_of(catalog), **catalog.index.short_names("roles")}))
    return Comparison(asked.as_of, "plan", tuple(subjects), rows, plan_lists(plans), names_of(catalog))


def _found(catalog: Catalog, name: str) -> tuple[Kind, str]:
    """What a word means: a file of a plan, or a role or certification by any of its names."""
    if name.lower().endswith(".json"):
        return "plan", name
    id_ = find_role_or_certification(catalog, name)
    return ("certification" if id_ in catalog.certifications else "role"), id_


def _one_kind(kinds: Sequence[Kind]) -> Kind:
    if len(set(kinds)) > 1:
        numbers = ((kinds.count(kind), kind) for kind in _KINDS)
        counts = ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for n, kind in numbers if n)
        raise UsageError(f"only things of one kind can be compared, and these are {counts}", hint=_SAY)
    return kinds[0] if kinds else "role"


def _check(ids: Sequence[str]) -> None:
    twice = sorted({id_ for id_ in ids if list(ids).count(id_) > 1})
    if twice:
        raise UsageError(f"{', '.join(twice)}: named twice", hint="other names of one thing mean that thing")
    if not 2 <= len(ids) <= MOST:
        raise UsageError(f"two to {MOST} things can be compared, not {len(ids)}", hint=_SAY)


_KINDS: tuple[Kind, ...] = ("role", "certification", "plan")
_SAY = "name roles, or certifications, or files that `pmcareer plan --format json` wrote"
