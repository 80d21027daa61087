"""Replay: the same staff on the same day under two sets of rules, and who is worth something else under the second.

A set of rules is those that were in force on some day (``known_on``), or those of another catalog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Cascade, InForce, RenewalGroup, RenewalRule
from pmcareer.model.rosters import HoldingRow, SmallRoster
from pmcareer.renewals.cascades import replay_together
from pmcareer.renewals.rules import is_in_force
from pmcareer.renewals.scheme import Scheme, members_of
from pmcareer.renewals.status import DUE_WITHIN, Status
from pmcareer.team.interactions import Circles, date_circles
from pmcareer.team.standings import Standing, as_held, cases_of, standing_of
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass, field

Dated = TypeVar("Dated", RenewalRule, Cascade, RenewalGroup)
Entry = TypeVar("Entry")


def known_on(scheme: Scheme, day: date) -> Scheme:
    """The scheme with the rules, cascades and groups in force on *day* only, whatever day is asked about later."""
    return replace(
        scheme,
        rules={own: _in_force(rules, day) for own, rules in scheme.rules.items()},
        cascades=_in_force(scheme.cascades, day),
        groups=_in_force(scheme.groups, day),
    )


def _in_force(entries: Sequence[Dated], day: date) -> tuple[Dated, ...]:
    return tuple(replace(one, in_force=InForce()) for one in entries if is_in_force(one.in_force, day))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a holding is worth under one set of rules, and the rule that says so (None: no rule governs it)."""

    status: Status
    expires: date | None
    rule: RenewalRule | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A holding whose status or last valid day is another one; a side is None where that set does not know it."""

    person: str
    manager: str | None
    certification: CertificationId
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class TeamReplay:
    """What ``team replay`` answers; ``before`` and ``after`` say in words which rules are meant.

    ``rows``: the holdings that moved, in the order of the roster, of ``holdings`` in all; ``people``: how many people
    they belong to. ``other_rule_same_day``: those of the rest that another rule governs, to the same effect.
    """

    as_of: date
    before: str
    after: str
    rows: tuple[Moved, ...]
    people: int
    holdings: int
    other_rule_same_day: int = 0


@dataclass(slots=True)
class Court:
    """Verdicts under one set of rules; the same holdings with the same dates are judged once."""

    scheme: Scheme
    as_of: date
    due_within: int = DUE_WITHIN
    circles: Circles = field(default_factory=dict)
    known: dict[tuple[HoldingRow, ...], Mapping[CertificationId, Verdict]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.circles = date_circles(self.scheme)

    def of(self, rows: Sequence[HoldingRow]) -> dict[CertificationId, Verdict]:
        """The verdicts on one person's rows, in their order, then on what came by itself; on what the scheme knows."""
        mine = [row for row in rows if row.certification in self.scheme.certifications]
        found: dict[CertificationId, Verdict] = {}
        for case in cases_of(mine, self.circles).values():
            if case not in self.known:
                self.known[case] = self._judge(case)
            found.update(self.known[case])
        order = dict.fromkeys((*(row.certification for row in mine), *found))
        return {own: found[own] for own in order if own in found}

    def _judge(self, case: Sequence[HoldingRow]) -> Mapping[CertificationId, Verdict]:
        together = replay_together(self.scheme, map(as_held, case), self.as_of)
        return {
            own: _verdict(standing_of(history, self.due_within), history.latest.rule if history.latest else None)
            for own, history in together.histories.items()
        }


def _verdict(standing: Standing, rule: RenewalRule | None) -> Verdict:
    return Verdict(standing.status, standing.expires, rule)


def replayed(parts: Iterable[SmallRoster], before: Court, after: Court, words: tuple[str, str]) -> TeamReplay:
    """The answer for a roster that comes in *parts*, each with whole people; *words* name the two sets of rules."""
    quiet = unmoved(before.scheme, after.scheme)
    moved: list[Moved] = []
    people = same = count = 0
    for roster in parts:
        held = holdings_by_person(roster.holdings)
        for one in roster.people:
            rows = held.get(one.person, ())
            asked = [row for row in rows if row.certification not in quiet]
            count += len({row.certification for row in rows if row.certification in quiet})
            already = len(moved)
            for own, (old, new) in _both(asked, before, after):
                count += 1
                if _worth(old) != _worth(new):
                    moved.append(Moved(one.person, one.manager, own, old, new))
                else:
                    same += _rule(old) != _rule(new)
            people += len(moved) > already
    return TeamReplay(after.as_of, *words, tuple(moved), people, count, other_rule_same_day=same)


def unmoved(before: Scheme, after: Scheme) -> frozenset[CertificationId]:
    """Certifications of which both schemes say the same, and of all that can move their dates; they confer no title.

    Nothing that is held of them can come to something else, so nobody has to be asked.
    """
    alike = {
        own
        for own in before.certifications.keys() & after.certifications.keys()
        if before.certifications[own] == after.certifications[own]
        and before.rules.get(own, ()) == after.rules.get(own, ())
    }
    if before.one_offs != after.one_offs:
        return frozenset()
    joined = [*date_circles(before).items(), *date_circles(after).items()]
    differing = _not_in_both(before.cascades, after.cascades), _not_in_both(before.groups, after.groups)
    stirred = {own for cascade in differing[0] for own in (*cascade.of, *cascade.renews)}
    stirred |= {own for group in differing[1] for own in members_of(group)}
    titles = (*before.designations, *after.designations)
    stirred |= {own for one in titles for own in (one.certification, *one.when_holding)}
    stirred |= (before.certifications.keys() | after.certifications.keys()) - alike
    reached = 0
    while len(stirred) > reached:
        reached = len(stirred)
        circles = {circle for own, circle in joined if own in stirred or circle in stirred}
        stirred |= circles | {own for own, circle in joined if circle in circles}
    return frozenset(alike - stirred)


def _not_in_both(some: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    return [one for one in (*some, *others) if (one in some) != (one in others)]


def _both(
    rows: Sequence[HoldingRow], before: Court, after: Court
) -> Iterator[tuple[CertificationId, tuple[Verdict | None, Verdict | None]]]:
    old, new = before.of(rows), after.of(rows)
    for own in dict.fromkeys((*old, *new)):
        yield own, (old.get(own), new.get(own))


def _worth(verdict: Verdict | None) -> tuple[Status, date | None] | None:
    return (verdict.status, verdict.expires) if verdict else None


def _rule(verdict: Verdict | None) -> str | None:
    return verdict.rule.id if verdict and verdict.rule else None
