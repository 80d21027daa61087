"""Requirement trees held against a person, as an indented list: each line marked, with what shows it or what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pmcareer.api.reasons.answers import Paper
from pmcareer.api.reasons.field import Reached
from pmcareer.api.reasons.requirement_state import Counted, Node, State
from pmcareer.dates import days_to_months, months_to_days
from pmcareer.model import requirements as tree
from pmcareer.model.certifications import LifecycleStatus
from pmcareer.model.ids import CertificationId
from pmcareer.values import dataclass
from pmcareer.views.report import Cell, Tone
from pmcareer.views.wording import counted as counted_text
from pmcareer.views.wording import months, number, requirement

MARKS: Mapping[State, str] = {"met": "✓", "assumed": "?", "in-study": "·", "unmet": "✗"}
_TONES: Mapping[State, Tone] = {"met": "good", "assumed": "warn", "in-study": "dim", "unmet": "bad"}
_ROLES_SHOWN = 2
_ALTERNATIVES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the lines call things by: certifications and kinds of experience, roles; and what certifications take."""

    names: Mapping[str, str]
    role_names: Mapping[str, str]
    papers: Mapping[CertificationId, Paper]
    valid_to: Mapping[CertificationId, date | None]
    as_of: date


def tree_cells(node: Node, tongue: Tongue, *, whole: bool = False) -> Iterator[Cell]:
    """One bullet a node, those of a conjunction at the top side by side.

    Of what holds by one alternative only that one is shown. Of what does not, the nearest alternative is shown as a
    tree and others a line each, the nearest few; *whole*: all of them as trees.
    """
    top = node.of if isinstance(node.requirement, tree.All) and node.of else (node,)
    for part in top:
        yield from _cells(part, tongue, 0, whole=whole)


def _cells(node: Node, tongue: Tongue, depth: int, *, whole: bool) -> Iterator[Cell]:
    yield Cell(f"{MARKS[node.state]} {_line(node, tongue)}", _TONES[node.state], depth=depth)
    if _chosen(node):
        for part in [part for part in node.of if part.holds][: node.needs]:
            yield from _cells(part, tongue, depth + 1, whole=whole)
    elif node.needs == 1 and len(node.of) > 1 and not whole:
        yield from _alternatives(node.of, tongue, depth + 1)
    else:
        for part in node.of:
            yield from _cells(part, tongue, depth + 1, whole=whole)


def _alternatives(of: tuple[Node, ...], tongue: Tongue, depth: int) -> Iterator[Cell]:
    yield from _cells(of[0], tongue, depth, whole=False)
    for part in of[1:_ALTERNATIVES_SHOWN]:
        text = _line(part, tongue) if not part.of else f"{requirement(part.requirement, tongue.names)}{_soonest(part)}"
        yield Cell(f"{MARKS[part.state]} {text}", _TONES[part.state], depth=depth)
    others = len(of) - _ALTERNATIVES_SHOWN
    if others > 0:
        yield Cell(f"… and {counted_text(others, 'other')} (--all shows them)", "dim", depth=depth)


def lacking(node: Node, tongue: Tongue) -> str:
    """What is missing, in one line: of alternatives the first, and how many others there are."""
    if node.holds:
        return ""
    if not node.of:
        return _lack(node, tongue)
    missing = [lacking(part, tongue) for part in node.of if not part.holds]
    have = sum(part.holds for part in node.of)
    wanted = missing[: node.needs - have]
    others = len(missing) - len(wanted)
    text = ", ".join(wanted)
    return f"{text} (or {others} other{'s' if others > 1 else ''})" if others else text


def reached_text(reached: Reached | None, *, doubts: bool = True) -> str:
    """``2028-05-24 (18 months), 975 USD``; with *doubts* also that a plan is not proven to be the best."""
    if reached is None:
        return "no plan within the horizon"
    doubt = "" if reached.proven or not doubts else f", {_DOUBTS[reached.day_proven]}"
    return f"{reached.on.isoformat()} ({months(reached.day)}), {cost_text(reached)}{doubt}"


_DOUBTS = {True: "not proven to cost least", False: "not proven to be the best"}


def proven_text(reached: Reached) -> str:
    """How much of a plan is proven."""
    return "proven" if reached.proven else "the day is proven, the cost is not" if reached.day_proven else "not proven"


def cost_text(reached: Reached) -> str:
    """What a plan costs, as far as it is known."""
    if not reached.at_least:
        return str(reached.cost)
    return f"at least {reached.cost}" if reached.cost.amount else "cost unknown"


def _soonest(node: Node) -> str:
    return "" if node.holds else f": soonest {node.reached.on.isoformat()}" if node.reached else ": no plan brings it"


def _chosen(node: Node) -> bool:
    return node.holds and node.needs < len(node.of)


def _line(node: Node, tongue: Tongue) -> str:
    if node.of or isinstance(node.requirement, tree.All | tree.AnyOf | tree.AtLeast):
        return _branch(node)
    text = requirement(node.requirement, tongue.names)
    detail = _detail(node, tongue)
    return f"{text}: {detail}" if detail else text


def _branch(node: Node) -> str:
    if isinstance(node.requirement, tree.All):
        return f"all of{_soonest(node)}" if node.of else "nothing is asked"
    if not node.of:
        return "cannot be met"
    words = "one of" if node.needs == 1 else f"at least {node.needs} of"
    rest = len(node.of) - node.needs
    if _chosen(node):
        return f"{words} {len(node.of)}" + (", met by" if node.state == "met" else "")
    return f"{words}, nearest first" if rest else words


def _detail(node: Node, tongue: Tongue) -> str:
    if node.state == "assumed":
        return "taken as met; no data can tell"
    if node.counted:
        return _counting(node, node.counted, tongue)
    if isinstance(node.requirement, tree.Training):
        return _held(node, tongue, "waived by ") if node.state == "met" else "part of the study"
    if node.holds:
        return _held(node, tongue)
    return _takes(node, tongue)


def _counting(node: Node, counted: Counted, tongue: Tongue) -> str:
    """How many months count of how many, from where; and when waiting would do."""
    parts = [_months_of(counted)]
    if not counted.missing:
        return f"{parts[0]}{_from_where(counted, tongue)}"
    parts.append(f"{_up(counted.missing)} missing")
    if node.waiting:
        parts.append(f"there by waiting on {node.waiting.isoformat()}")
    elif node.reached:
        parts.append(f"not by waiting; on {node.reached.on.isoformat()} through {_through(node.reached, tongue)}")
    elif not isinstance(node.requirement, tree.Tenure):
        parts.append("not by waiting")
    return ", ".join(parts)


def _months_of(counted: Counted) -> str:
    have, need = whole_months(counted.days), whole_months(counted.needed)
    window = f" since {counted.window_from.isoformat()}" if counted.window_from else ""
    return f"{have} of {need} months{window}"


def _up(days: int) -> str:
    """Whole months of missing time, a started one as one; days below a month."""
    if days < months_to_days(1):
        return counted_text(days, "day")
    whole = whole_months(days)
    return counted_text(whole if months_to_days(whole) == days else whole + 1, "month")


def whole_months(days: int) -> int:
    """The months that *days* are on the planning clock, a started one not counted: 1,096 days are 36."""
    about = round(days_to_months(days))
    return about if months_to_days(about) <= days else about - 1


def _from_where(counted: Counted, tongue: Tongue) -> str:
    stints = [
        f"{tongue.role_names.get(s.role, s.role)} {'from' if s.to else 'since'} {s.from_.isoformat()}"
        + (f" to {s.to.isoformat()}" if s.to else "")
        for s in counted.stints[-_ROLES_SHOWN:]
    ]
    if counted.undated:
        stints.append(f"{counted_text(whole_months(counted.undated), 'month')} said without dates")
    return f" ({'; '.join(stints)})" if stints else ""


def _through(reached: Reached, tongue: Tongue) -> str:
    names = [tongue.role_names.get(role, role) for role in reached.roles]
    return ", ".join(names) if names else "what else a plan does"


def _held(node: Node, tongue: Tongue, before: str = "") -> str:
    if node.by is None:
        return ""
    asked = getattr(node.requirement, "certification", None)
    name = "" if node.by.id == asked else f"{tongue.names.get(node.by.id, node.by.id)} "
    earned = f"earned {node.by.earned.isoformat()}" if node.by.earned else "held"
    until = tongue.valid_to.get(node.by.id)
    ends = f", valid to {until.isoformat()}" if until else ""
    return f"{before}{name}{earned}{ends}{' and then let lapse' if node.by.let_lapse else ''}"


def _takes(node: Node, tongue: Tongue) -> str:
    """Hours and price of a certification that is missing, and when it can be in hand."""
    paper = tongue.papers.get(node.asks) if node.asks else None
    if paper is None:
        return "no plan brings it"
    if not paper.obtainable and node.reached is None:
        return not_obtainable(paper, tongue.names)
    own = ", ".join([hours_text(paper), price_text(paper)])
    return f"{own}; in hand {reached_text(node.reached)}"


def hours_text(paper: Paper) -> str:
    """The hours of study."""
    return f"{number(paper.hours)} h" if paper.hours is not None else "study hours unknown"


def price_text(paper: Paper) -> str:
    """What it costs to earn, without what comes before it."""
    if paper.cost is None or (paper.at_least and not paper.cost.amount):
        return "price unknown"
    return f"at least {paper.cost}" if paper.at_least else str(paper.cost)


def not_obtainable(paper: Paper, names: Mapping[str, str]) -> str:
    """Why it cannot be earned, and what succeeds it."""
    status = paper.lifecycle.status if paper.lifecycle else None
    if status is LifecycleStatus.RETIRED:
        since = f" since {paper.since.isoformat()}" if paper.since else ""
        successors = [names.get(s, s) for s in (paper.lifecycle.successors if paper.lifecycle else ())]
        return f"retired{since}" + (f"; succeeded by {', '.join(successors)}" if successors else "")
    if status is LifecycleStatus.ANNOUNCED:
        return "announced, not yet open"
    if paper.hours is None:
        return "study hours unknown: no plan (say them under study_hours in a profile)"
    return "not open to you: avoided, or its status is unknown"


def _lack(node: Node, tongue: Tongue) -> str:
    """A missing leaf in a few words."""
    if node.counted:
        what = requirement(node.requirement, tongue.names)
        if isinstance(node.requirement, tree.Tenure):
            return f"{_up(node.counted.missing)} more in the role"
        kind = what.partition(" of ")[2]
        return f"{_up(node.counted.missing)} more of {kind}"
    return requirement(node.requirement, tongue.names)
