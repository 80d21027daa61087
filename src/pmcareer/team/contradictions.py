"""What the renewal engine finds wrong in what a roster says of holdings: days and routes that cannot be together.

A holding that is in order by itself is taken to be so. One that is not is judged once more with all that the person
holds, since something else may have renewed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pmcareer.model.rosters import HoldingRow
from pmcareer.problems import Problem, Severity
from pmcareer.renewals.cascades import replay_together
from pmcareer.renewals.scheme import Scheme
from pmcareer.team.interactions import Circles
from pmcareer.team.standings import as_held, cases_of, in_case_order
from pmcareer.values import dataclass, field

# What rosters seldom tell, and what nobody knows: no fault of a row.
_USUAL = frozenset({"renewal-unrecorded", "renewal-phase-unknown"})
# Used all the same: the engine takes the issuer's word, or the reading that promises least.
_DOUBTS = frozenset({"renewal-route-unrecorded", "renewal-issuer-outdated", "renewal-issuer-disagrees"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A finding about one row."""

    row: HoldingRow
    problem: Problem


@dataclass(slots=True)
class Contradictions:
    """The engine asked about contradictions; the same holdings with the same dates once."""

    scheme: Scheme
    as_of: date
    circles: Circles
    known: dict[tuple[HoldingRow, ...], tuple[Problem, ...]] = field(default_factory=dict)

    def of_person(self, rows: Sequence[HoldingRow]) -> Iterator[Contradiction]:
        """The findings about one person's rows, each at the row that tells most of the certification."""
        doubtful = {row.certification for row in rows if tells_of_more(row) and self.is_doubtful(row)}
        if not doubtful:
            return
        for case in cases_of(rows, self.circles).values():
            for problem in self._problems(case):
                own = [row for row in rows if problem.path == f"certifications[{row.certification}]"]
                if own and own[0].certification in doubtful:
                    row = next(filter(tells_of_more, own), own[0])
                    yield Contradiction(row, replace(problem, severity=_severity(problem, row)))

    def is_doubtful(self, row: HoldingRow) -> bool:
        """Whether there is anything wrong with a holding by itself."""
        alone = HoldingRow(0, "", row.certification, row.earned, row.renewed, row.route, row.issuer_says_expires)
        return bool(self._problems((alone,)))

    def _problems(self, case: tuple[HoldingRow, ...]) -> tuple[Problem, ...]:
        case = tuple(sorted(case, key=in_case_order))
        if case not in self.known:
            together = replay_together(self.scheme, map(as_held, case), self.as_of)
            every = (*together.problems, *(one for own in together.histories.values() for one in own.problems))
            self.known[case] = tuple(one for one in dict.fromkeys(every) if one.code not in _USUAL)
        return self.known[case]


def tells_of_more(row: HoldingRow) -> bool:
    """Whether a row tells of more than an award, which by itself contradicts nothing."""
    return bool(row.renewed or row.issuer_says_expires)


def _severity(problem: Problem, row: HoldingRow) -> Severity:
    """An issuer's day that only differs from the rule's counts; one before the award cannot be."""
    too_early = row.earned is not None and row.issuer_says_expires is not None and row.issuer_says_expires < row.earned
    return "note" if problem.code in _DOUBTS and not too_early else "warning"
