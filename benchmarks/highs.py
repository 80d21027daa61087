"""The planner's constraint model as a mixed-integer programme for HiGHS, which comes with OR-Tools.

It is an easier question than the planner's: upkeep takes no study time, and only the first criterion is asked for.
What is conditional is said with the least large numbers that the bounds of the variables allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

from ortools.linear_solver.python import model_builder

from pmcareer.planning import cp_sat_model, cp_sat_studies
from pmcareer.planning.instance import Instance
from pmcareer.planning.problem import Problem

FIRST = {"fastest": 0, "cheapest": 1, "fewest-exams": 2}


class Linear(NamedTuple):
    """A sum of variables with whole coefficients, and a constant."""

    terms: tuple[tuple[int, int], ...]
    constant: int = 0

    def plus(self, other: Linear, times: int = 1) -> Linear:
        """This and *other* so many times."""
        more = tuple((number, times * factor) for number, factor in other.terms)
        return Linear(self.terms + more, self.constant + times * other.constant)


def proves_by_highs(instance: Instance, seconds: float) -> bool:
    """Whether HiGHS proves the least of the first criterion within *seconds*."""
    problem = Problem(instance)
    pairs, cp_sat_studies.MOST_PAIRS = cp_sat_studies.MOST_PAIRS, -1
    try:
        model = cp_sat_model.Model(problem, problem.last_day, idle=instance.objective == "cheapest")
    finally:
        cp_sat_studies.MOST_PAIRS = pairs
    model.model.minimize(model.criteria[FIRST[instance.objective]])
    translated = _Translation(model.model.proto).model
    solver = model_builder.Solver("highs")
    solver.set_time_limit_in_seconds(seconds)
    return bool(solver.solve(translated) in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.INFEASIBLE))


class _Translation:
    """Constraint by constraint; products (upkeep on day 0 only) are left out."""

    def __init__(self, proto: Any) -> None:
        self.proto = proto
        self.model: Any = model_builder.Model()  # type: ignore[no-untyped-call]
        self.low = [int(v.domain[0]) for v in proto.variables]
        self.high = [int(v.domain[len(v.domain) - 1]) for v in proto.variables]
        self.numbers = [self.model.new_int_var(low, high, "") for low, high in zip(self.low, self.high, strict=True)]
        for constraint in proto.constraints:
            self.translate(constraint)
        goal = proto.objective
        objective = Linear(tuple(zip(map(int, goal.vars), map(int, goal.coeffs), strict=True)))
        self.model.minimize(self.expression(objective))

    def translate(self, constraint: Any) -> None:
        only_if = [self.literal(int(number)) for number in constraint.enforcement_literal]
        if constraint.has_linear():
            self.linear(constraint.linear, only_if)
        elif constraint.has_exactly_one():
            self.add(self.sum(constraint.exactly_one.literals), 1, 1, [])
        elif constraint.has_bool_or():
            self.add(self.sum(constraint.bool_or.literals), 1, None, only_if)
        elif constraint.has_bool_and():
            for number in constraint.bool_and.literals:
                self.add(self.literal(int(number)), 1, None, only_if)
        elif constraint.has_lin_max():
            self.greatest(constraint.lin_max)
        elif constraint.has_interval():
            span = constraint.interval
            gap = self.of(span.start).plus(self.of(span.size)).plus(self.of(span.end), -1)
            self.add(gap, 0, 0, only_if)
        elif constraint.has_no_overlap():
            self.apart([self.proto.constraints[int(i)] for i in constraint.no_overlap.intervals])

    def linear(self, constraint: Any, only_if: list[Linear]) -> None:
        terms = tuple(zip(map(int, constraint.vars), map(int, constraint.coeffs), strict=True))
        low, high = int(constraint.domain[0]), int(constraint.domain[len(constraint.domain) - 1])
        far = 1 << 60
        self.add(Linear(terms), low if low > -far else None, high if high < far else None, only_if)

    def greatest(self, constraint: Any) -> None:
        """The target is at least every expression, and at most one of them."""
        target = self.of(constraint.target)
        flags = []
        for expression in constraint.exprs:
            gap = target.plus(self.of(expression), -1)
            flags.append(self.flag())
            self.add(gap, 0, None, [])
            self.add(gap, None, 0, [flags[-1]])
        self.add(Linear(tuple(term for flag in flags for term in flag.terms)), 1, None, [])

    def apart(self, spans: list[Any]) -> None:
        """Of two studies that take place, one ends before the other begins."""
        for one, other in combinations(spans, 2):
            both = [self.literal(int(s.enforcement_literal[0])) for s in (one, other) if len(s.enforcement_literal)]
            first = self.flag()
            later = Linear((), 1).plus(first, -1)
            self.add(self.of(other.interval.start).plus(self.of(one.interval.end), -1), 0, None, [*both, first])
            self.add(self.of(one.interval.start).plus(self.of(other.interval.end), -1), 0, None, [*both, later])

    def add(self, linear: Linear, low: int | None, high: int | None, only_if: list[Linear]) -> None:
        """*low* ≤ *linear* ≤ *high* where all of *only_if* are 1."""
        least, most = self.span(linear)
        slack = Linear((), len(only_if))
        for flag in only_if:
            slack = slack.plus(flag, -1)
        if low is not None and least < low:
            self.model.add(self.expression(linear.plus(slack, low - least if only_if else 0)) >= low)
        if high is not None and most > high:
            self.model.add(self.expression(linear.plus(slack, high - most if only_if else 0)) <= high)

    def span(self, linear: Linear) -> tuple[int, int]:
        """The least and the most that the bounds of the variables allow."""
        least = most = linear.constant
        for number, factor in linear.terms:
            ends = factor * self.low[number], factor * self.high[number]
            least, most = least + min(ends), most + max(ends)
        return least, most

    def flag(self) -> Linear:
        self.low.append(0)
        self.high.append(1)
        self.numbers.append(self.model.new_int_var(0, 1, ""))
        return Linear(((len(self.numbers) - 1, 1),))

    @staticmethod
    def literal(number: int) -> Linear:
        return Linear(((number, 1),)) if number >= 0 else Linear(((-number - 1, -1),), 1)

    def sum(self, literals: Iterable[int]) -> Linear:
        total = Linear(())
        for number in literals:
            total = total.plus(self.literal(int(number)))
        return total

    @staticmethod
    def of(expression: Any) -> Linear:
        terms = tuple(zip(map(int, expression.vars), map(int, expression.coeffs), strict=True))
        return Linear(terms, int(expression.offset))

    def expression(self, linear: Linear) -> Any:
        factors = [float(factor) for _, factor in linear.terms]
        numbers = [self.numbers[number] for number, _ in linear.terms]
        return model_builder.LinearExpr.weighted_sum(numbers, factors, constant=linear.constant)
