"""How good the best continuation of a life can possibly be: arrival, cost and exams, each never too pessimistic."""

from __future__ import annotations

from pmcareer.planning.ahead import HOPELESS, Ahead
from pmcareer.planning.bounds import Bounds
from pmcareer.planning.life import APPLIED, STUDYING, Label, Manner
from pmcareer.planning.study_rows import StudyRows
from pmcareer.planning.track import Track


class Estimate:
    """Lower bounds for labels on one track, searched in one manner."""

    def __init__(self, track: Track, bounds: Bounds, manner: Manner) -> None:
        self.track = track
        self.problem = track.problem
        self.bounds = bounds
        self.manner = manner
        self.limit = manner.last_day if manner.arrival is None else manner.arrival
        self.hours = {n: min(hours for hours, _ in options) for n, options in bounds.options.items()}
        self.price = {n: min(price for _, price in options) for n, options in bounds.options.items()}
        self._reach: dict[tuple[int, int, int], int] = {}
        self._due: dict[tuple[int, int], tuple[int, int, int]] = {}
        in_rows = not manner.idle and StudyRows.suits(track)
        self.rows = StudyRows(track, bounds.options) if in_rows else None

    def arrival(self, label: Label) -> int | None:
        """The earliest day on which a continuation can arrive, None if none can within the days that count."""
        first = max(self._walk(label), self._days(label))
        if first > self.limit:
            return None
        first = max(first, self._papers(label))
        if first <= self.limit and self.bounds.row:
            first = max(first, Ahead(self.bounds, self.hours, label).arrival())
        return first if first <= self.limit else None

    def _walk(self, label: Label) -> int:
        bounds, day, entered = self.bounds, label.day, label.entered
        best = HOPELESS
        for way, tenure in zip(self.track.ways[label.role], bounds.tenures[label.role], strict=True):
            leave = entered + tenure
            best = min(best, (leave if leave > day else day) + bounds.walk[way.into])
        return best

    def _days(self, label: Label) -> int:
        latest = day = label.day
        experience = label.experience
        for kind, amount, regain, tail in self.bounds.duties[label.role].days:
            lack = amount - experience[kind]
            if lack > 0:
                latest = max(latest, day + regain + lack + tail)
        return latest

    def _papers(self, label: Label) -> int:
        """The study slot as one machine: what is under way, then every duty by falling tail."""
        tails = self.bounds.duties[label.role].tails
        latest = slot = label.day
        may_study = label.chained or self.manner.idle
        for stage, when, number in label.open:
            ready = when
            if stage == STUDYING:
                slot, may_study = when, True
                ready += self.problem.papers[number].lead
            elif stage != APPLIED:  # a study of no hours may make it eligible this very day
                ready = label.day + self.problem.papers[number].lead
            latest = max(latest, ready + tails.get(number, 0))
        key = (label.role, label.studied, label.upkeep if may_study else -1)
        reach = self._reach.get(key)
        if reach is None:
            reach = self._reach[key] = self._machine(*key)
        return max(latest, slot + reach)

    def _machine(self, place: int, studied: int, upkeep: int) -> int:
        """Days from a free slot to arrival that the duties still to be studied need."""
        reach = total = 0
        spare = self.problem.hours - upkeep if upkeep >= 0 else 0
        for after, _, number in self.bounds.duties[place].papers:
            if not studied >> number & 1:
                hours = self.hours[number]
                if hours:
                    if spare <= 0:
                        return HOPELESS
                    total -= -7 * hours // spare
                reach = max(reach, total + after)
        return reach

    def strayed(self, label: Label) -> int:
        """How far a life has strayed from studying what is needed first first: a guide, not a bound."""
        parent = label.parent
        if parent is None:
            return 0
        found = parent.strayed
        for _, is_study, number in label.acts:
            if is_study:
                for _, _, other in self.bounds.duties[parent.role].papers:
                    if other == number:
                        break
                    found += not label.studied >> other & 1
        return found

    def cost(self, label: Label, arrival: int) -> int:
        """The least cost of a continuation that arrives on *arrival* or later."""
        price, kept, _ = self._still_due(label)
        if self.rows is not None:
            kept = max(kept, self.rows.keeping(label, arrival, self.bounds.duties[label.role].tails))
        total = label.cost + price + kept
        if self.manner.arrival is None:
            total += self.problem.held_cost(arrival)
            for number, earned in label.phases:
                paper = self.problem.papers[number]
                total += paper.keeping(arrival - earned)
        return total

    def exams(self, label: Label) -> int:
        """The fewest exams of a continuation."""
        return label.exams + self._still_due(label)[2]

    def _still_due(self, label: Label) -> tuple[int, int, int]:
        """Least price of the duties not yet studied, the renewals that their tails make certain, and their number."""
        key = (label.role, label.studied)
        found = self._due.get(key)
        if found is None:
            price = kept = exams = 0
            for _, tail, number in self.bounds.duties[label.role].papers:
                if not label.studied >> number & 1:
                    price += self.price[number]
                    kept += self.problem.papers[number].keeping(tail)
                    exams += 1
            found = self._due[key] = (price, kept, exams)
        return found
