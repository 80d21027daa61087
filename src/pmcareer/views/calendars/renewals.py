"""Renewal deadlines as an Agenda: one entry a cycle and deadline, saying what to do, what it costs and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmcareer.api.upkeep.calendars import RenewalDate
from pmcareer.renewals.deadlines import DeadlineKind
from pmcareer.views.agenda import Entry, Key, Kind
from pmcareer.views.calendars.reminders import Reminders, remind, remind_by_default
from pmcareer.views.wording import counted, number

VIEW = "renewals"

_SUMMARIES: dict[DeadlineKind, str] = {
    DeadlineKind.WINDOW_OPENS: "{name}: renewal opens",
    DeadlineKind.YEARLY_MINIMUM: "{name}: {units} of this year due{category}",
    DeadlineKind.PACE: "{name}: {units} by today keeps the pace",
    DeadlineKind.RENEW_BY: "{name}: renew by today",
    DeadlineKind.REPORTING_GRACE_ENDS: "{name}: last day to report and pay",
    DeadlineKind.EARNING_GRACE_ENDS: "{name}: last day to earn what is missing",
    DeadlineKind.SUSPENSION_ENDS: "{name}: suspension ends, then it is lost",
    DeadlineKind.EXPIRES: "{name}: last day before it is lost",
    DeadlineKind.FEE_DUE: "{name}: fee due",
}


def renewal_entries(
    dates: Iterable[RenewalDate],
    *,
    kinds: frozenset[str] = frozenset(),
    reminders: Reminders | None = None,
    person: str = "",
) -> Iterator[Entry]:
    """The entries of *dates*, with *reminders* or those of their kind. *kinds*: only these (empty: all)."""
    for date in dates:
        if not kinds or date.deadline.kind.value in kinds:
            entry = _entry(date, person)
            yield from remind_by_default(entry) if reminders is None else remind(entry, reminders)


def _entry(date: RenewalDate, person: str) -> Entry:
    deadline = date.deadline
    name = date.certification.abbreviation or date.certification.name
    kind = Kind(deadline.kind.value)
    units = _units(date)
    n = "-".join(part for part in (deadline.category, str(deadline.n)) if part)
    return Entry(
        key=Key(VIEW, person, date.certification.id, kind, deadline.cycle, n),
        summary=_SUMMARIES[deadline.kind].format(
            name=name, units=units, category=f" ({deadline.category})" if deadline.category else ""
        ),
        description="\n".join(_description(date)),
        day=deadline.on,
        tentative=date.planned or deadline.foreseen,
        url=date.certification.url or (date.citation.url if date.citation else ""),
        done=deadline.done,
    )


def _description(date: RenewalDate) -> Iterator[str]:
    deadline, rule = date.deadline, date.rule
    yield f"{date.certification.name}, cycle {deadline.cycle}"
    if rule is not None:
        yield f"Rule: {rule.summary}"
    if deadline.units is not None:
        yield f"Units to have by this day: {_units(date)}{f' ({deadline.category})' if deadline.category else ''}"
    if deadline.kind is DeadlineKind.FEE_DUE:
        yield f"Fee: {deadline.amount if deadline.amount_known and deadline.amount else 'unknown'}"
    if not deadline.binding:
        yield "Suggested by the issuer, not required."
    if deadline.foreseen:
        yield "Only if the cycle before is renewed."
    for rival in date.disputed:
        yield f"Disputed: another reading gives {rival.last_day.isoformat()}; the earlier day stands."
    if date.citation is not None and date.citation.source is not None:
        read = f", read {date.citation.read.isoformat()}" if date.citation.read else ""
        yield f"Source: {date.citation.title} ({date.citation.standing.value}{read})"


def _units(date: RenewalDate) -> str:
    units = date.deadline.units
    name = date.rule.units.name if date.rule and date.rule.units else "unit"
    return counted(number(units), name) if units is not None else ""
