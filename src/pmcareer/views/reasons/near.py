"""``near`` as a Report and as ``pmcareer.near/1``: a table of roles, a table of certifications, nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.reasons.field import Reached
from pmcareer.api.reasons.near import NearAnswer, NearCertification, NearRole
from pmcareer.model.sources import Citation
from pmcareer.views.citing import source_lines
from pmcareer.views.plain_data import plain_citation, plain_money, plain_number
from pmcareer.views.reasons.requirement_lines import Tongue, cost_text, hours_text, lacking
from pmcareer.views.reasons.why_document import reached_document
from pmcareer.views.report import Block, Cell, Column, Plain, Report, Table, lines
from pmcareer.views.wording import months

SCHEMA = "pmcareer.near/1"
UNPROVEN = "*"
_UNPROVEN_MEANS = f"{UNPROVEN} not proven to come first or for least: the search was cut short, or a price is unknown"


def near_report(answer: NearAnswer, *, sources: bool = False) -> Report:
    """The answer to ``pmcareer near``, its machine form included."""
    found = bool(answer.roles or answer.certifications)
    return Report(
        title=f"Near {answer.start_name}, within {months(answer.within_days)}",
        blocks=tuple(_blocks(answer, sources=sources)),
        document=near_document(answer),
        verdict="fine" if found else "bad-news",
    )


def near_document(answer: NearAnswer) -> dict[str, Plain]:
    """``pmcareer.near/1``: see docs/reference/json.md."""
    tongue = _tongue(answer)
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "role": answer.start,
        "within_days": answer.within_days,
        "niche": answer.niche,
        "roles": [_role_document(role, tongue) for role in answer.roles],
        "certifications": [_certification_document(one, tongue) for one in answer.certifications],
        "more": {"roles": answer.more_roles, "certifications": answer.more_certifications},
        "assumptions": [{"text": a.text, "change": a.change} for a in answer.assumptions],
    }


def _role_document(role: NearRole, tongue: Tongue) -> Plain:
    return {
        "id": role.id,
        "name": role.name,
        "now": role.now,
        "missing": _role_missing(role, tongue),
        **_reached_keys(role.reached),
    }


def _reached_keys(reached: Reached) -> dict[str, Plain]:
    document = reached_document(reached)
    return document if isinstance(document, dict) else {}


def _certification_document(one: NearCertification, tongue: Tongue) -> Plain:
    paper = one.paper
    return {
        "id": paper.id,
        "name": tongue.names.get(paper.id, paper.id),
        "level": one.level,
        "now": one.now,
        "missing": lacking(one.tree, tongue),
        "sit_from": one.sit.on.isoformat(),
        "days": one.sit.day,
        "months": plain_number(round(one.sit.months, 1)),
        "study_hours": plain_number(paper.hours),
        "own_cost": plain_money(paper.cost),
        "own_cost_at_least": paper.at_least,
        "held": reached_document(paper.reached),
        "sources": [plain_citation(citation) for citation in dict.fromkeys(paper.citations)],
    }


def _blocks(answer: NearAnswer, *, sources: bool) -> Iterator[Block]:
    tongue = _tongue(answer)
    if answer.roles:
        yield _roles(answer.roles, tongue)
    if answer.certifications:
        yield _certifications(answer.certifications, tongue)
    if notes := list(_notes(answer)):
        yield lines("", notes)
    if answer.assumptions:
        yield lines("Assumed", [f"{a.text}{f'  ({a.change})' if a.change else ''}" for a in answer.assumptions], "dim")
    cited: tuple[Citation, ...] = tuple(c for one in answer.certifications for c in one.paper.citations)
    if sources and (listed := list(source_lines(cited))):
        yield lines("Sources", listed, "dim")


def _tongue(answer: NearAnswer) -> Tongue:
    return Tongue(answer.names, answer.role_names, {}, {}, answer.as_of)


def _notes(answer: NearAnswer) -> Iterator[str]:
    plans = [one.reached for one in answer.roles if not one.now]
    plans += [one.paper.reached for one in answer.certifications if one.paper.reached]
    plans += [one.sit for one in answer.certifications if not one.now]
    if not all(plan.proven for plan in plans):
        yield _UNPROVEN_MEANS
    for kind, found, more in (
        ("roles", answer.roles, answer.more_roles),
        ("certifications", answer.certifications, answer.more_certifications),
    ):
        if kind in answer.kinds and not found:
            yield f"no {kind} come within {months(answer.within_days)}"
        elif more:
            yield f"{more} more {kind} come within {months(answer.within_days)} (--limit shows them)"


def _roles(roles: tuple[NearRole, ...], tongue: Tongue) -> Table:
    columns = (Column("Role", flexible=True), Column("From"), Column("Cost", "right"), Column("Missing", flexible=True))
    return Table(columns, tuple(_role_row(role, tongue) for role in roles))


def _role_row(role: NearRole, tongue: Tongue) -> tuple[Cell, ...]:
    reached = role.reached
    return (
        Cell(role.name, "strong" if role.now else "plain"),
        _when(role.now, reached),
        Cell(_cost(reached)),
        Cell(_role_missing(role, tongue)),
    )


def _role_missing(role: NearRole, tongue: Tongue) -> str:
    """What the one move asks that is missing; where it takes several, what the plan earns and passes."""
    before = [tongue.role_names.get(passed, passed) for passed in role.reached.roles[:-1]]
    through = f"through {', '.join(before)}" if before else ""
    if role.tree is not None and not before:
        return lacking(role.tree, tongue)
    earned = ", ".join(tongue.names.get(c, c) for c in role.reached.certifications)
    return "; ".join(part for part in (earned, through) if part)


def _certifications(found: tuple[NearCertification, ...], tongue: Tongue) -> Table:
    columns = (
        Column("Certification", flexible=True),
        Column("Sit from"),
        Column("Study", "right"),
        Column("Held by"),
        Column("Cost", "right"),
        Column("Missing", flexible=True),
    )
    return Table(columns, tuple(_certification_row(one, tongue) for one in found))


def _certification_row(one: NearCertification, tongue: Tongue) -> tuple[Cell, ...]:
    paper, held = one.paper, one.paper.reached
    return (
        Cell(tongue.names.get(paper.id, paper.id), "strong" if one.now else "plain"),
        _when(one.now, one.sit),
        Cell(hours_text(paper).replace("study hours ", "")),
        Cell(f"{held.on.isoformat()}{_doubt(held)}" if held else "no plan"),
        Cell(_cost(held) if held else "unknown"),
        Cell(lacking(one.tree, tongue)),
    )


def _when(now: bool, reached: Reached) -> Cell:
    if now:
        return Cell("now", "good")
    wait = f" ({months(reached.day)})" if reached.day else ""
    return Cell(f"{reached.on.isoformat()}{_doubt(reached)}{wait}")


def _doubt(reached: Reached) -> str:
    return "" if reached.proven else UNPROVEN


def _cost(reached: Reached) -> str:
    return cost_text(reached).removeprefix("cost ").replace("at least", "≥")
