"""What the studies that are left must cost where nobody idles: in whatever order, they follow one another, so that
what is eligible already is earned by the end of its study, and renewed from then on.

Durations are taken at their longest (all upkeep that can be there by then) and prices at their least, so the sum never
lies. What may have to wait for experience could be earned at any later time; such studies are put first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pmcareer.planning.life import APPLIED, STUDYING, Label
from pmcareer.planning.packages import bits
from pmcareer.planning.problem import Paper
from pmcareer.planning.track import Track

MOST_ORDERED = 7
MOST_FILLERS = 3
FOREVER = 1 << 40


class StudyRows:
    """The bound for labels of one track whose required certifications are all that its moves ask for.

    Others that the track allows (*fillers*) may be put before these; what they cost then counts.
    """

    def __init__(self, track: Track, options: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        self.problem = problem = track.problem
        self.papers = problem.papers
        self.required = track.required
        self.fillers = track.papers & ~track.required
        self.still = (0,) * len(problem.kind_names)
        self.longest = {number: max(hours for hours, _ in found) for number, found in options.items() if found}
        self.cheapest = {number: min(price for _, price in found) for number, found in options.items() if found}
        self.instant = sum(1 << n for n, found in options.items() if not min((hours for hours, _ in found), default=0))
        self.held = problem.held_upkeep + problem.held_upkeep_today
        self._rows: dict[tuple[int, int, int], int] = {}
        self._filled: dict[tuple[int, int, int, int, int, int], int] = {}
        self.arrival = 0
        self.tails: Mapping[int, int] = {}
        self._days: dict[tuple[int, int], int] = {}
        self._eligible: dict[tuple[int, tuple[int, ...], int], bool] = {}

    @staticmethod
    def suits(track: Track) -> bool:
        """Whether a track says what must be studied, and nothing on it stops being eligible."""
        return bool(track.required) and not track.problem.closings

    def keeping(self, label: Label, arrival: int, tails: Mapping[int, int]) -> int:
        """The least renewals, up to *arrival*, of all that is not earned yet, with what fillers cost; *tails* as in
        ``bounds.Duties``."""
        slot, total = label.day, 0
        for stage, when, number in label.open:
            paper = self.papers[number]
            days = tails.get(number, 0)
            if stage == APPLIED:
                days = max(days, arrival - when)
            elif stage == STUDYING:
                slot = when
                if self.eligible(paper, number, label):
                    days = max(days, arrival - when - paper.lead)
            total += paper.keeping(days)
        left = self.required & ~label.studied
        hot = 0
        for number in bits(left):
            paper = self.papers[number]
            due = slot + paper.first_due < arrival and not self.instant >> number & 1
            if due and self.eligible(paper, number, label):
                hot |= 1 << number
            else:
                total += paper.keeping(tails.get(number, 0))
        if not hot:
            return total
        if hot.bit_count() > MOST_ORDERED:
            for number in sorted(bits(hot), key=lambda n: self.papers[n].keeping(arrival - slot))[:-MOST_ORDERED]:
                hot ^= 1 << number
                total += self.papers[number].keeping(tails.get(number, 0))
        key = label.role, hot, left & ~hot, label.studied, slot, arrival
        known = self._filled.get(key)
        if known is None:
            self.arrival, self.tails = arrival, tails
            known = self._filled[key] = self.filled(hot, left & ~hot, label.studied, slot)
        return total + known

    def eligible(self, paper: Paper, number: int, label: Label) -> bool:
        """Whether the application goes in on the day on which the study ends, come what may."""
        key = number, label.experience, label.earned
        known = self._eligible.get(key)
        if known is None:
            known = paper.eligible(label.day, 0, label.experience, self.still, label.earned) <= label.day
            self._eligible[key] = known
        return known

    def filled(self, hot: int, cold: int, done: int, slot: int) -> int:
        """The least renewals of the *hot* ones and price of the fillers before them, if *cold* ones come first."""
        self._rows.clear()
        return min(price + self.row(hot, cold | fillers, done, slot) for price, fillers in self._choices(done))

    def _choices(self, done: int) -> Iterator[tuple[int, int]]:
        """Which fillers might be added, and the least that they cost: each choice, or all for the price of one."""
        yield 0, 0
        others = [number for number in bits(self.fillers & ~done) if number in self.cheapest]
        if len(others) <= MOST_FILLERS:
            for count in range(1, len(others) + 1):
                for some in combinations(others, count):
                    yield sum(self.cheapest[n] for n in some), sum(1 << n for n in some)
        else:
            yield min(self.cheapest[n] for n in others), sum(1 << n for n in others)

    def row(self, hot: int, first: int, done: int, slot: int) -> int:
        """The least renewals of the *hot* ones where all of *first* come before them, from day *slot* on."""
        for number in bits(first):
            slot += self.days(number, done | hot | first & ~(1 << number))
        return self.ordered(hot, done | first, slot)

    def ordered(self, hot: int, done: int, slot: int) -> int:
        """The least renewals over all orders."""
        if not hot:
            return 0
        key = hot, done, slot
        known = self._rows.get(key)
        if known is None:
            known = 1 << 60
            for number in bits(hot):
                bit = 1 << number
                paper = self.papers[number]
                end = slot + self.days(number, done)
                own = paper.keeping(max(self.arrival - end - paper.lead, self.tails.get(number, 0)))
                if own < known:
                    known = min(known, own + self.ordered(hot ^ bit, done | bit, end))
            self._rows[key] = known
        return known

    def days(self, number: int, done: int) -> int:
        """The most days that a study takes for whoever has earned at most *done*."""
        key = number, done
        known = self._days.get(key)
        if known is None:
            spare = self.problem.hours - self.held - sum(self.papers[n].upkeep for n in bits(done))
            hours = self.longest[number]
            known = -(-7 * hours // spare) if spare > 0 else FOREVER if hours else 0
            self._days[key] = known
        return known
