"""Renewals in words: why units count or do not, what a deadline asks for, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pmcareer.model.renewal_rules import Phase
from pmcareer.renewals.activities import Why
from pmcareer.renewals.answer import HoldingAnswer
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.renewals.ledger import LedgerEntry
from pmcareer.renewals.status import Status
from pmcareer.renewals.units import UnitsOf
from pmcareer.views.wording import counted, number

WHY: Mapping[Why, str] = {
    Why.COUNTED: "counted",
    Why.BEFORE_AWARD: "earned before the award",
    Why.OUTSIDE_CYCLES: "on a day that no cycle accepts",
    Why.REPORTED_LATE: "reported too late",
    Why.CATEGORY_UNKNOWN: "its rule has no such category",
    Why.TOPIC_UNFIT: "its topic does not fit",
    Why.TOPIC_UNSTATED: "its topic is not stated",
    Why.BELOW_LEAST_ENTRY: "below the least that one entry may have",
    Why.ABOVE_MOST_ENTRY: "above the most that one entry may have",
    Why.ROUNDED: "rounded down to the increment",
    Why.ONCE_PER_CYCLE: "only one entry of this kind counts in a cycle",
    Why.OVER_CEILING: "over what is needed or allowed",
    Why.NOT_CARRIED: "beyond what is required, and not to be carried over",
    Why.USED_ELSEWHERE: "used for another certification",
    Why.CATEGORY_MISSING: "no category is named",
    Why.NOT_FOR_IT: "not for this certification",
}

_PHASES: Mapping[Status, frozenset[Phase]] = {
    Status.GRACE: frozenset({Phase.REPORTING_GRACE, Phase.EARNING_GRACE}),
    Status.SUSPENDED: frozenset({Phase.SUSPENDED}),
    Status.NOTED: frozenset({Phase.NOTED}),
    Status.EXPIRED: frozenset({Phase.EXPIRED}),
}

_LAST_CHANCES = (
    DeadlineKind.REPORTING_GRACE_ENDS,
    DeadlineKind.EARNING_GRACE_ENDS,
    DeadlineKind.SUSPENSION_ENDS,
)

_DEADLINES: Mapping[DeadlineKind, str] = {
    DeadlineKind.WINDOW_OPENS: "renewal opens",
    DeadlineKind.YEARLY_MINIMUM: "yearly minimum",
    DeadlineKind.PACE: "on pace",
    DeadlineKind.RENEW_BY: "renew by",
    DeadlineKind.REPORTING_GRACE_ENDS: "last day to report and pay",
    DeadlineKind.EARNING_GRACE_ENDS: "last day to earn what is missing",
    DeadlineKind.SUSPENSION_ENDS: "suspension ends, then it is lost",
    DeadlineKind.EXPIRES: "last day before it is lost",
    DeadlineKind.FEE_DUE: "fee",
}


def last_valid_day(held: HoldingAnswer) -> date | None:
    """The last valid day; none where the rule is not known, though dates may be presumed."""
    return None if held.status is Status.UNKNOWN else held.expires


def valid_to(held: HoldingAnswer) -> str:
    """The last valid day, or why there is none."""
    if last := last_valid_day(held):
        return last.isoformat()
    return {Status.LIFETIME: "for life", Status.UNKNOWN: "unknown"}.get(held.status, "no end known")


def standing(held: HoldingAnswer) -> str:
    """``active, valid to 2029-06-14``."""
    if held.status is Status.LIFETIME:
        return "valid for life"
    if held.status is Status.UNKNOWN:
        return "unknown whether it is valid"
    if held.expires is None:
        return f"{held.status}, no last day known"
    return f"{held.status}, {'valid' if held.valid else 'was valid'} to {held.expires.isoformat()}"


def unknown_in_words(held: HoldingAnswer, as_of: date) -> str:
    """Why nobody can say what a holding is worth."""
    if not held.cycles:
        return f"no day up to {as_of.isoformat()} is recorded on which it was earned"
    if held.cycles[-1].basis == "claimed":
        return "renewed too late by its rule: it holds only if the issuer says so; otherwise earn it again"
    return "its renewal rule is not known; ask the issuer"


def way_back(held: HoldingAnswer) -> str:
    """What the rule says of coming back from where a holding is now; empty where it says nothing."""
    phases = _PHASES.get(held.status, frozenset())
    entries = held.rule.after_end if held.rule else ()
    return next((entry.way_back for entry in entries if entry.phase in phases and entry.way_back), "")


def rests_on_award(held: HoldingAnswer) -> bool:
    """Whether it is over only because nobody recorded a renewal: its end follows from the award alone."""
    over = held.status in (Status.SUSPENDED, Status.EXPIRED, Status.NOTED)
    return over and len(held.cycles) == 1 and held.cycles[0].basis in ("rule", "one-off") and not held.cycles[0].cut


def unrecorded_in_words(held: HoldingAnswer) -> str:
    """``earned in 2015, no renewal recorded: …`` with how to record one."""
    year = f"earned in {held.earned.year}, " if held.earned else ""
    return f"{year}no renewal recorded: if you have kept it up, pmcareer renew {held.certification} --on DATE"


def units_in_words(units: UnitsOf, *, renewed: bool = False) -> str:
    """``38.5 of 60 PDU, 21.5 to earn``; of a cycle that is renewed already, only what was recorded for it."""
    if renewed and units.required is not None:
        return f"renewed with {number(units.counted)} of {number(units.required)} {units.name} recorded"
    if units.required is None or units.remaining is None:
        return f"{number(units.counted)} {units.name}, how many are needed is not known"
    need = f"{number(units.remaining)} to earn" if units.remaining else "complete"
    return f"{number(units.counted)} of {number(units.required)} {units.name}, {need}"


def ledger_in_words(line: LedgerEntry, units: str) -> str:
    """``1.5 PDU counted in education/power-skills``, ``2 PDU lost: over what is needed or allowed``."""
    if line.counted:
        where = f" in {line.category}" if line.category else ""
        return f"{number(line.counted)} {units} counted{where}"
    return f"{number(line.lost)} {units} lost: {WHY[line.why]}"


def deadline_in_words(deadline: Deadline, units: str) -> str:
    """What the day is about, with its units, category or fee: ``yearly minimum: 20 CPE (suggested)``."""
    parts, limits = [], []
    if deadline.units is not None:
        parts.append(f"{number(deadline.units)} {units}{f' in {deadline.category}' if deadline.category else ''}")
    if deadline.kind is DeadlineKind.FEE_DUE:
        parts.append(str(deadline.amount) if deadline.amount_known and deadline.amount else "amount unknown")
    if not deadline.binding:
        limits.append("suggested")
    if deadline.foreseen:
        limits.append("if renewed before")
    what = f": {', '.join(parts)}" if parts else ""
    limited = f" ({', '.join(limits)})" if limits else ""
    return f"{_DEADLINES[deadline.kind]}{what}{limited}"


def without_twins(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    """The days without the last one before a loss where that day is named already as the end of something else."""
    ends = (DeadlineKind.RENEW_BY, *_LAST_CHANCES)
    all_of_them = tuple(deadlines)
    named = {(one.cycle, one.on) for one in all_of_them if one.kind in ends}
    return (one for one in all_of_them if one.kind is not DeadlineKind.EXPIRES or (one.cycle, one.on) not in named)


def days_left(on: date, as_of: date) -> str:
    """``in 12 days``, ``today``, ``3 days ago``."""
    left = (on - as_of).days
    if left == 0:
        return "today"
    return f"in {counted(left, 'day')}" if left > 0 else f"{counted(-left, 'day')} ago"


def unit_of(held: HoldingAnswer) -> str:
    """What a unit of a holding is called: PDU, SEU, CPE."""
    if held.units:
        return held.units.name
    return held.rule.units.name if held.rule and held.rule.units else "units"
