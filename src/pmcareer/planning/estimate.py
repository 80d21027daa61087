"""How good the best continuation of a life can possibly be: arrival, cost and exams, each never too pessimistic."""

from __future__ import annotations

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.life import APPLIED, STUDYING, Label, Manner
from pmcareer.planning.problem import Problem


class Estimate:
    """Lower bounds for labels of one problem, searched in one manner."""

    def __init__(self, problem: Problem, bounds: Bounds, manner: Manner) -> None:
        self.problem = problem
        self.bounds = bounds
        self.manner = manner
        self.limit = manner.last_day if manner.arrival is None else manner.arrival
        self.hours = [paper.least_hours for paper in problem.papers]
        self.price = [paper.least_cost for paper in problem.papers]

    def arrival(self, label: Label) -> int | None:
        """The earliest day on which a continuation can arrive, None if none can within the days that count."""
        first = max(self._walk(label), self._days(label))
        if first > self.limit:
            return None
        studied = self._papers(label)
        if studied is None or studied > self.limit:
            return None
        return max(first, studied)

    def _walk(self, label: Label) -> int:
        bounds, day, entered = self.bounds, label.day, label.entered
        tenures = bounds.tenures[label.role]
        return min(
            [
                max(day, entered + tenure) + bounds.walk[way.into]
                for way, tenure in zip(self.problem.ways[label.role], tenures, strict=True)
            ],
            default=self.limit + 1,
        )

    def _days(self, label: Label) -> int:
        latest = label.day
        for kind, amount, regain, tail in self.bounds.duties[label.role].days:
            lack = amount - label.experience[kind]
            if lack > 0:
                latest = max(latest, label.day + regain + lack + tail)
        return latest

    def _papers(self, label: Label) -> int | None:
        """The study slot as one machine: what is under way, then every duty by falling tail."""
        duties = self.bounds.duties[label.role]
        latest = slot = label.day
        may_study = label.chained or self.manner.idle
        for stage, when, number in label.open:
            lead = self.problem.papers[number].lead
            if stage == STUDYING:
                slot, may_study = when, True
                latest = max(latest, when + lead + duties.tails.get(number, 0))
            elif stage == APPLIED:
                latest = max(latest, when + duties.tails.get(number, 0))
            else:  # a study of no hours may make it eligible this very day
                latest = max(latest, label.day + lead + duties.tails.get(number, 0))
        spare = self.problem.hours - label.upkeep
        for after, _, number in duties.papers:
            if not label.studied >> number & 1:
                hours = self.hours[number]
                if hours:
                    if not may_study or spare <= 0:
                        return None
                    slot += -(-7 * hours // spare)
                latest = max(latest, slot + after)
        return latest

    def cost(self, label: Label, arrival: int) -> int:
        """The least cost of a continuation that arrives on *arrival* or later."""
        total = label.cost
        for _, _, number in self.bounds.duties[label.role].papers:
            if not label.studied >> number & 1:
                total += self.price[number]
        if self.manner.arrival is None:
            total += self.problem.held_cost(arrival)
            for number, earned in label.phases:
                paper = self.problem.papers[number]
                total += paper.fee * ((arrival - earned) // paper.cycle)
        return total

    def exams(self, label: Label) -> int:
        """The fewest exams of a continuation."""
        duties = self.bounds.duties[label.role].papers
        return label.exams + sum(not label.studied >> number & 1 for _, _, number in duties)
