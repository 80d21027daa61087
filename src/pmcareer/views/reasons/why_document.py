"""``pmcareer.why/1``: the tree of what is asked for programs; docs/reference/json.md says what its keys mean."""

from __future__ import annotations

from pmcareer.api.reasons.answers import Paper, Rule, WayIn, WhyAnswer
from pmcareer.api.reasons.field import Reached
from pmcareer.api.reasons.requirement_state import Counted, Node
from pmcareer.model import requirements as tree
from pmcareer.views.plain_data import plain_citation, plain_day, plain_money, plain_number
from pmcareer.views.report import Plain
from pmcareer.views.resolved import resolved
from pmcareer.views.wording import requirement

SCHEMA = "pmcareer.why/1"


def why_document(answer: WhyAnswer) -> dict[str, Plain]:
    """``pmcareer.why/1``: see docs/reference/json.md."""
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "kind": answer.kind,
        "id": answer.id,
        "name": answer.name,
        "met": answer.open,
        "have": answer.here,
        "role": answer.situation.role,
        "role_since": answer.situation.in_role_since.isoformat(),
        "ways": [_way(way, answer) for way in answer.ways],
        "certifications": [_paper(paper, answer) for paper in answer.papers.values()],
        "plan": reached_document(answer.plan),
        "why_not": [
            {"ease": list(r.ease), "arrives": r.arrives.isoformat(), "cost": plain_money(r.cost)}
            for r in answer.obstacles
        ],
        "blocked": list(answer.blocked),
        "assumptions": [{"text": a.text, "change": a.change} for a in answer.assumptions],
    }


def reached_document(reached: Reached | None) -> Plain:
    """A plan in short; null where there is none, or none is needed."""
    if reached is None:
        return None
    return {
        "arrives": reached.on.isoformat(),
        "days": reached.day,
        "months": plain_number(round(reached.months, 1)),
        "cost": plain_money(reached.cost),
        "cost_at_least": reached.at_least,
        "exams": reached.exams,
        "roles": list(reached.roles),
        "certifications": list(reached.certifications),
        "proven_optimal": reached.proven,
        "day_proven": reached.day_proven,
    }


def _way(way: WayIn, answer: WhyAnswer) -> Plain:
    return {
        "from": way.origin,
        "ladder": way.ladder,
        "in_role": way.there,
        "open": way.open,
        "rule": _rule(way.rule),
        "requires": node_document(way.tree, answer),
        "plan": reached_document(way.reached),
    }


def _rule(rule: Rule) -> Plain:
    return {
        "from": plain_day(rule.since),
        "status": rule.status,
        "source": plain_citation(rule.citation),
        "note": rule.note,
        "disputed": list(rule.rivals),
        "changes_on": [day.isoformat() for day in rule.changes_on],
    }


def node_document(node: Node, answer: WhyAnswer) -> dict[str, Plain]:
    """A node and, under ``of``, its parts; ``asks`` is the node as the catalog writes it."""
    branch = isinstance(node.requirement, tree.All | tree.AnyOf | tree.AtLeast)
    asks: Plain = {node.requirement.TAG: node.needs} if branch else resolved(node.requirement, {})
    return {
        "asks": asks,
        "text": requirement(node.requirement, answer.names),
        "met": node.holds,
        "state": node.state,
        "met_by_waiting_on": plain_day(node.waiting),
        "counted": _counted(node.counted) if node.counted else None,
        "met_by": _evidence(node, answer),
        "missing": node.asks,
        "plan": reached_document(node.reached),
        "needs": node.needs if branch else None,
        "of": [node_document(part, answer) for part in node.of],
    }


def _counted(counted: Counted) -> Plain:
    return {
        "days": counted.days,
        "needed_days": counted.needed,
        "missing_days": counted.missing,
        "window_from": plain_day(counted.window_from),
        "undated_days": counted.undated,
        "roles": [{"role": s.role, "from": s.from_.isoformat(), "to": plain_day(s.to)} for s in counted.stints],
    }


def _evidence(node: Node, answer: WhyAnswer) -> Plain:
    if node.by is None:
        return None
    until = answer.valid_to.get(node.by.id)
    return {"certification": node.by.id, "earned": plain_day(node.by.earned), "expires": plain_day(until)}


def _paper(paper: Paper, answer: WhyAnswer) -> Plain:
    lifecycle = paper.lifecycle
    return {
        "id": paper.id,
        "name": answer.names.get(paper.id, paper.id),
        "status": lifecycle.status.value if lifecycle else None,
        "status_since": plain_day(paper.since),
        "successors": list(lifecycle.successors) if lifecycle else [],
        "status_changes": [{"on": day.isoformat(), "status": change.status.value} for day, change in paper.changes],
        "obtainable": paper.obtainable,
        "study_hours": plain_number(paper.hours),
        "cost": plain_money(paper.cost),
        "cost_at_least": paper.at_least,
        "lead_days": paper.lead_days,
        "plan": reached_document(paper.reached),
        "sources": [plain_citation(citation) for citation in dict.fromkeys(paper.citations)],
    }
