"""Replay: the same staff on the same day under two sets of rules, and who is worth something else under the second.

A set of rules is those that were in force on some day (``known_on``), or those of another catalog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import Cascade, InForce, RenewalGroup, RenewalRule
from pmcareer.model.rosters import HoldingRow, SmallRoster
from pmcareer.renewals.cascades import replay_together
from pmcareer.renewals.rules import is_in_force
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import DUE_WITHIN, Status
from pmcareer.team.interactions import Circles, date_circles
from pmcareer.team.standings import Standing, as_held, cases_of, standing_of
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass, field

Dated = TypeVar("Dated", RenewalRule, Cascade, RenewalGroup)


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


def replayed(roster: SmallRoster, before: Court, after: Court, words: tuple[str, str]) -> TeamReplay:
    """The answer; *words* name the two sets of rules."""
    held = holdings_by_person(roster.holdings)
    moved: list[Moved] = []
    same = count = 0
    for one in roster.people:
        for own, (old, new) in _both(held.get(one.person, ()), before, after):
            count += 1
            if _worth(old) != _worth(new):
                moved.append(Moved(one.person, one.manager, own, old, new))
            else:
                same += _rule(old) != _rule(new)
    return TeamReplay(
        after.as_of, *words, tuple(moved), len({row.person for row in moved}), count, other_rule_same_day=same
    )


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
