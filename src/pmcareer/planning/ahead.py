"""The rest of a chain of roles, hop by hop: each left as early as tenure, experience and studies could allow."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.planning.bounds import Bounds, Hop
from pmcareer.planning.life import APPLIED, STUDYING, Label

HOPELESS = 1 << 58


class Ahead:
    """One look ahead from a label; ``arrival`` is never too late.

    ``since`` is, by kind, the day on which its experience would have been the label's, had it grown ever since; None
    while no role granted it. Time in a role that does not grant a kind moves it on.
    """

    def __init__(self, bounds: Bounds, hours: Mapping[int, int], label: Label) -> None:
        self.bounds = bounds
        self.track = bounds.track
        self.papers = bounds.problem.papers
        self.hours = hours
        self.label = label
        self.spare = bounds.problem.hours - label.upkeep
        self.since: list[int | None] = [label.day if gains else None for gains in self.track.gain[label.role]]
        self.seen = label.studied
        self.slot = self.free = label.day
        self.lead = HOPELESS
        self.ready: dict[int, int] = {}
        for stage, when, number in label.open:
            day = label.day
            if stage == STUDYING:
                self.slot = self.free = day = when
            self.ready[number] = when if stage == APPLIED else day + self.papers[number].lead

    def arrival(self) -> int:
        """The earliest day on which the chain can be at its end; ``HOPELESS`` if it cannot."""
        day, gain = self.label.day, self.track.gain
        leave = self.label.entered
        for place in range(self.label.role, self.track.goal):
            hop = self.bounds.row[place]
            here = leave if leave > day else day
            leave = max(day, leave + hop.tenure)
            spent = leave - here
            leave = max(leave, self._experience(hop, gain[place], spent), self._studies(hop))
            following = gain[place + 1]
            for kind, since in enumerate(self.since):
                if since is None:
                    if following[kind]:
                        self.since[kind] = leave
                elif spent and not gain[place][kind]:
                    self.since[kind] = since + spent
        return leave

    def _experience(self, hop: Hop, grants: tuple[int, ...], spent: int) -> int:
        """The first day on which the experience that the hop asks for can be there."""
        first = 0
        for kind, amount, lag in hop.days:
            lack = amount - self.label.experience[kind]
            if lack > 0:
                since = self.since[kind]
                if since is None:
                    return HOPELESS
                first = max(first, since + lack + (lag if grants[kind] else max(lag, spent)))
        return first

    def _studies(self, hop: Hop) -> int:
        """The first day on which all certifications asked for up to this hop can have been earned."""
        first = 0
        for number in hop.papers:
            if number in self.ready:
                first = max(first, self.ready[number])
            elif not self.seen >> number & 1:
                self.seen |= 1 << number
                lead = self.papers[number].lead
                days = self._days(number)
                self.slot += days
                self.lead = min(self.lead, lead)
                first = max(first, self.slot + self.lead, self.free + days + lead)
        return first if self.lead == HOPELESS else max(first, self.slot + self.lead)

    def _days(self, number: int) -> int:
        if not self.hours[number]:
            return 0
        return -(-7 * self.hours[number] // self.spare) if self.spare > 0 else HOPELESS
