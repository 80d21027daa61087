"""Suites in which an award forgets what was before: it renews all others, expired ones too, to a date of its own.

There what a person holds is worth what the last award makes of it; of those before only counts what they are, and in
which span of days they were earned (rule, edition). So a case is told by its spans and one day, and days are asked of
the engine by spans. Which circles are such suites is derived from the catalog; tests/laws hold it against the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import permutations

from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Cascade
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.rules import is_in_force
from pmcareer.renewals.scheme import Scheme
from pmcareer.team.columns.spans import DayCase, Formula, Seen, Stretch
from pmcareer.team.interactions import Circles
from pmcareer.team.standings import Standing
from pmcareer.values import dataclass

_FEW = 100  # days of one suite case that are asked one by one


@dataclass(frozen=True, slots=True)
class SuiteCase:
    """What was earned before, each with the last day of the span it was earned in, and what was earned last."""

    before: tuple[tuple[CertificationId, date], ...]
    last: CertificationId

    def rows(self, day: date) -> tuple[HoldingRow, ...]:
        """The case with its last award on *day*; the others as late before it as their spans allow."""
        eve = day - timedelta(days=1)
        earlier = (HoldingRow(0, "", own, min(span, eve)) for own, span in self.before)
        return (*earlier, HoldingRow(0, "", self.last, day))


def forgetting_circles(scheme: Scheme, circles: Circles, as_of: date) -> frozenset[CertificationId]:
    """The circles in which every award renews every other certification, whatever became of that."""
    members: dict[CertificationId, list[CertificationId]] = {}
    for own, circle in circles.items():
        members.setdefault(circle, []).append(own)
    return frozenset(circle for circle, own in members.items() if _forgets(scheme, own, as_of))


def _forgets(scheme: Scheme, members: Sequence[CertificationId], as_of: date) -> bool:
    inside = set(members)
    others = any(inside & {one.certification, *one.when_holding} for one in scheme.designations) or any(
        inside & set(route.certifications)
        for own in members
        for rule in scheme.rules.get(own, ())
        for route in rule.routes
    )
    if others or any(group.editions and inside & set(group.members) for group in scheme.groups):
        return False
    renewing = [one for one in scheme.cascades if inside & set(one.of) and one.when != "renewed"]
    if not all(_renews_all(one, as_of) for one in renewing):
        return False
    return all(any(a in one.of and b in one.renews for one in renewing) for a, b in permutations(members, 2))


def _renews_all(cascade: Cascade, as_of: date) -> bool:
    """Whether it holds for every award, and what has lapsed as well."""
    own_date = cascade.new_end in ("same-end", "own-cycle-from-event")
    plain = cascade.extent == "full" and not cascade.editions and cascade.revives_expired
    return plain and own_date and is_in_force(cascade.in_force, as_of)


def stretches_by_day(
    case: SuiteCase,
    days: Sequence[date],
    ask: Callable[[Sequence[HoldingRow]], Sequence[Standing]],
    doubtful: Sequence[date],
) -> Iterator[tuple[CertificationId, Stretch]]:
    """The standings of each member of the case with its last award on *days*, in rising order, by stretches."""
    asked: dict[date, dict[CertificationId, Standing]] = {}

    def on(day: date) -> dict[CertificationId, Standing]:
        if day not in asked:
            asked[day] = {one.certification: one for one in ask(case.rows(day))}
        return asked[day]

    for own in on(days[0]):
        yield from ((own, one) for one in _by_spans(own, days, on, doubtful))


def _by_spans(
    own: CertificationId,
    days: Sequence[date],
    on: Callable[[date], dict[CertificationId, Standing]],
    doubtful: Sequence[date],
) -> Iterator[Stretch]:
    def ask(day: date) -> Seen:
        standing = on(day)[own]
        return Seen(standing.status, standing.expires, frozenset(on(day)))

    if len(days) > _FEW:
        yield from DayCase(ask, doubtful).stretches(days)
        return
    for day in days:
        seen = ask(day)
        yield Stretch(day, day, seen, Formula("stays", fixed=seen.expires))
