"""Activities as units: what a logged entry is worth under a rule, and which cycles and categories accept it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import UnitEntry
from pmcareer.model.renewal_rules import Units
from pmcareer.renewals.after_end import last_day_to_act, last_day_to_earn
from pmcareer.renewals.categories import ZERO, Node, Tree, rounded_down
from pmcareer.renewals.cycles import HeldCycle, History, end_of
from pmcareer.renewals.last_days import after, value_of
from pmcareer.renewals.windows import activities_from
from pmcareer.values import dataclass

ANY_TOPIC = "any"


class Why(StrEnum):
    """Why units count, or why they do not."""

    COUNTED = "counted"
    BEFORE_AWARD = "before-award"
    OUTSIDE_CYCLES = "outside-cycles"  # on no day that a cycle accepts
    REPORTED_LATE = "reported-late"
    CATEGORY_UNKNOWN = "category-unknown"
    TOPIC_UNFIT = "topic-unfit"
    TOPIC_UNSTATED = "topic-unstated"
    BELOW_LEAST_ENTRY = "below-least-entry"
    ABOVE_MOST_ENTRY = "above-most-entry"
    ROUNDED = "rounded"  # to the increment
    ONCE_PER_CYCLE = "once-per-cycle"
    OVER_CEILING = "over-ceiling"
    NOT_CARRIED = "not-carried"  # beyond what is required, and not to be carried over
    USED_ELSEWHERE = "used-elsewhere"
    CATEGORY_MISSING = "category-missing"  # neither a category nor a certification is named
    NOT_FOR_IT = "not-for-it"  # its category is another issuer's


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of one activity in one category. ``activity`` is the entry's place in the log, from 0."""

    activity: int
    on: date
    hours: Decimal
    category: str = ""
    topic: str = ""
    title: str = ""
    reported: date | None = None
    for_: tuple[CertificationId, ...] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """What a portion is worth under a rule, and what of it is lost before any category is asked, and why."""

    units: Fraction
    lost: Fraction = ZERO
    why: Why = Why.COUNTED


def portions_of(entries: Sequence[UnitEntry], as_of: date) -> tuple[Portion, ...]:
    """The entries up to *as_of* by day, each split as it says; a split that exceeds its entry is cut to it."""
    numbered = sorted(enumerate(entries), key=lambda pair: (pair[1].on, pair[0]))
    return tuple(portion for index, entry in numbered if entry.on <= as_of for portion in _split(index, entry))


def worth_of(portions: Sequence[Portion], units: Units) -> list[Worth]:
    """What the portions of one activity are worth under a rule, its limits for an entry applied to the whole."""
    minutes = Fraction(value_of(units.minutes) or 60)
    raw = [Fraction(portion.hours) * 60 / minutes for portion in portions]
    least, most, step = (_number(figure) for figure in (units.entry_minimum, units.entry_maximum, units.increment))
    if least is not None and sum(raw, ZERO) < least:
        return [Worth(ZERO, amount, Why.BELOW_LEAST_ENTRY) for amount in raw]
    left = most if most is not None else sum(raw, ZERO)
    worths: list[Worth] = []
    for amount in raw:
        kept = min(amount, left)
        left -= kept
        units_ = rounded_down(kept, step)
        why = Why.ABOVE_MOST_ENTRY if kept < amount else Why.ROUNDED if units_ < kept else Why.COUNTED
        worths.append(Worth(units_, amount - units_, why))
    return worths


@dataclass(frozen=True, slots=True)
class Accepts:
    """The days whose activities a cycle takes, first and last inclusive, and the last day to report them."""

    first: date
    last: date
    report_by: date
    awarded: date | None


def accepts(history: History, cycle: HeldCycle) -> Accepts:
    """What a cycle takes.

    From the award on, and from the day after a late renewal of the cycle before; while the cycle is not renewed, days
    of a grace or suspension in which units may be earned count for it.
    """
    first = max(activities_from(cycle), history.awarded or cycle.counts_from)
    before = next((other for other in history.cycles if other.index == cycle.index - 1), None)
    if before and before.renewed_on and not before.cut and before.renewed_on > end_of(before):
        first = max(first, after(before.renewed_on))
    report_by = last_day_to_act(cycle) or date.max
    return Accepts(first, _last_accepted(cycle), report_by, history.awarded)


def _last_accepted(cycle: HeldCycle) -> date:
    last, renewed = end_of(cycle), cycle.renewed_on
    if not cycle.renewed:
        return last_day_to_earn(cycle) or date.max
    if renewed and renewed > last and not cycle.cut:
        return min(renewed, last_day_to_earn(cycle) or date.max)
    return last


def acceptance(
    portion: Portion, accepts_: Accepts, certification: Certification, tree: Tree
) -> tuple[Node | None, Why]:
    """The category in which a cycle accepts a portion (None with ``COUNTED``: in none), or why it does not."""
    node, why = category_for(portion, certification, tree)
    if why is not Why.COUNTED:
        return None, why
    if not accepts_.first <= portion.on <= accepts_.last:
        early = accepts_.awarded is not None and portion.on < accepts_.awarded
        return None, Why.BEFORE_AWARD if early else Why.OUTSIDE_CYCLES
    if portion.reported and portion.reported > accepts_.report_by:
        return None, Why.REPORTED_LATE
    return node, Why.COUNTED


def category_for(portion: Portion, certification: Certification, tree: Tree) -> tuple[Node | None, Why]:
    """The category that a portion has in a tree.

    What names a category counts only where the category is known, what names none only where none are asked for;
    naming the certification overrides both, and counts in no category.
    """
    named = certification.id in portion.for_
    if portion.for_ and not named:
        return None, Why.NOT_FOR_IT
    node = tree.find(portion.category) if portion.category else None
    if node is not None:
        return node, topic_fits(portion, node, tree, certification)
    if portion.category and tree.nodes:
        return None, Why.CATEGORY_UNKNOWN if named else Why.NOT_FOR_IT
    if portion.category or tree.nodes:
        return None, Why.COUNTED if named else Why.NOT_FOR_IT
    return None, Why.COUNTED


def topic_fits(portion: Portion, node: Node, tree: Tree, certification: Certification) -> Why:
    """Whether the topic is one of the certification's, where the category counts by topic.

    A topic that is not stated fits where any topic does, and where the entry names the certification.
    """
    by_topic = any(above.category.by_topic for above in tree.lineage(node))
    topics = certification.unit_topics
    if not by_topic or ANY_TOPIC in topics or portion.topic in topics:
        return Why.COUNTED
    if not portion.topic:
        return Why.COUNTED if certification.id in portion.for_ else Why.TOPIC_UNSTATED
    return Why.TOPIC_UNFIT


def open_choices(portion: Portion, node: Node, tree: Tree, own: Certification) -> list[str]:
    """The paths at which a portion recorded for *node* may count: there, or further down where its topic fits."""
    choices = tree.choices(node)
    return [one.path for one in choices if one == node or topic_fits(portion, one, tree, own) is Why.COUNTED]


def by_activity(portions: Iterable[Portion]) -> dict[int, list[Portion]]:
    """The portions of each activity, in their order."""
    grouped: dict[int, list[Portion]] = {}
    for portion in portions:
        grouped.setdefault(portion.activity, []).append(portion)
    return grouped


def _split(index: int, entry: UnitEntry) -> list[Portion]:
    whole = Portion(index, entry.on, entry.hours, entry.category, entry.topic, entry.title, entry.reported, entry.for_)
    parts, left = [], entry.hours
    for share in entry.split:
        hours = min(share.hours, left)
        left -= hours
        parts.append(replace(whole, hours=hours, category=share.category, topic=share.topic or entry.topic))
    return parts or [whole]


def _number(figure: object) -> Fraction | None:
    value = getattr(figure, "value", None)
    return None if value is None else Fraction(value)
