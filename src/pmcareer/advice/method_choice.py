"""Which way of running a project suits: what published models make of the answers, and where they disagree.

A model is read as its authors read it. None of them publishes where one zone ends and the next begins: an answer
between the points that they name counts for the end that it lies nearer to, and a verdict that rests on such answers
is not a clear one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pmcareer.model.ids import MethodId
from pmcareer.model.methods import Factor, FactorId, Lean, ScalePoint, SelectionModel, Verdict
from pmcareer.values import dataclass

_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(?: ?%)?", re.ASCII)
_MIDDLE = Fraction(1, 2)
_RANGE = re.compile(r"(\d{1,6}) (?:to (\d{1,6})|and more)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a factor was placed: on a named point, or between two of them (``point`` None, ``words`` say where).

    ``position`` runs from 0, the adaptive end of the scale, to 1.
    """

    factor: Factor
    point: ScalePoint | None
    words: str
    position: Fraction

    @property
    def named(self) -> bool:
        """Whether the model itself says what the answer speaks for."""
        return self.point is not None and self.point.lean is not None

    @property
    def lean(self) -> Lean | None:
        """What the answer speaks for: as the model says, else the nearer end; None on a scale that leans nowhere."""
        if self.point is not None and self.point.lean is not None:
            return self.point.lean
        if self.factor.points[0].lean is None:
            return None
        return "hybrid" if self.position == _MIDDLE else "adaptive" if self.position < _MIDDLE else "predictive"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model says of the answers. ``clear``: every factor was answered, and all answers say the same.

    ``lean`` None: it says nothing, or its considerations are divided.
    """

    model: SelectionModel
    answers: tuple[Answer, ...]
    unanswered: tuple[Factor, ...]
    verdicts: tuple[Verdict, ...]
    lean: Lean | None
    clear: bool

    @property
    def against(self) -> tuple[Answer, ...]:
        """The answers that pull away from what the model says."""
        return tuple(answer for answer in self.answers if answer.lean not in (None, self.lean))


def chooses_form(model: SelectionModel) -> bool:
    """Whether a model chooses among forms of one approach (Scrum or Kanban), not among approaches."""
    return not any(point.lean for factor in model.factors for point in factor.points)


def place(factor: Factor, said: str) -> Answer | None:
    """Where *said* stands on the factor's scale: a point's id or name, its number, or a number on the scale.

    None where it stands nowhere on it.
    """
    wanted = said.strip().casefold()
    for point in factor.points:
        if wanted in (point.id.casefold(), point.name.casefold()):
            return _on(factor, point, point.name)
    number = _NUMBER.fullmatch(wanted)
    return _place_number(factor, Decimal(number[1])) if number else None


def _on(factor: Factor, point: ScalePoint, words: str) -> Answer:
    last = len(factor.points) - 1
    return Answer(factor, point, words, Fraction(factor.points.index(point), last) if last else _MIDDLE)


def _place_number(factor: Factor, number: Decimal) -> Answer | None:
    for point in factor.points:
        if (span := _RANGE.fullmatch(point.name)) and _lies_in(number, span[1], span[2]):
            return _on(factor, point, f"{number}: {point.name}")
    ticks = [_NUMBER.fullmatch(point.name) for point in factor.points]
    if all(ticks):
        return _on_scale(factor, number, [Decimal(tick[1]) for tick in ticks if tick])
    scores = [point.score.value if point.score else None for point in factor.points]
    known = [score for score in scores if score is not None]
    if len(known) >= 2 and known[0] <= number <= known[-1]:
        return _between_scores(factor, number, known[0], known[-1])
    return None


def _lies_in(number: Decimal, low: str, high: str | None) -> bool:
    return Decimal(low) <= number and (high is None or number <= Decimal(high))


def _on_scale(factor: Factor, number: Decimal, ticks: Sequence[Decimal]) -> Answer:
    """On a scale of ticks, which may rise or fall; beyond its ends the end itself is meant."""
    rising = ticks[0] < ticks[-1]
    for point, tick in zip(factor.points, ticks, strict=True):
        if number == tick:
            return _on(factor, point, point.name)
    if (number < ticks[0]) == rising:
        return _on(factor, factor.points[0], f"{number}: beyond {factor.points[0].name}")
    if (number > ticks[-1]) == rising:
        return _on(factor, factor.points[-1], f"{number}: beyond {factor.points[-1].name}")
    return _between(factor, number, ticks)


def _between(factor: Factor, number: Decimal, ticks: Sequence[Decimal]) -> Answer:
    names = [point.name for point in factor.points]
    for at, ((low, high), (first, second)) in enumerate(zip(pairwise(ticks), pairwise(names), strict=True)):
        if min(low, high) < number < max(low, high):
            position = (at + Fraction(number - low) / Fraction(high - low)) / (len(ticks) - 1)
            return Answer(factor, None, f"{number}: between {first} and {second}", position)
    raise AssertionError("a number within the ends of a scale lies between two ticks")


def _between_scores(factor: Factor, number: Decimal, first: Decimal, last: Decimal) -> Answer:
    for point in factor.points:
        if point.score is not None and point.score.value == number:
            return _on(factor, point, point.name)
    return Answer(factor, None, f"{number} of {last}", Fraction(number - first) / Fraction(last - first))


# --- reading --------------------------------------------------------------------------------------------------------


def read_model(model: SelectionModel, answers: Mapping[FactorId, Answer]) -> Reading:
    """What *model* says of the *answers* to its own factors; those to others are passed over."""
    own = tuple(answers[factor.id] for factor in model.factors if factor.id in answers)
    unanswered = tuple(factor for factor in model.factors if factor.id not in answers)
    if not own:
        return Reading(model, (), unanswered, (), None, clear=False)
    patterns = tuple(verdict for verdict in model.verdicts if _matches(verdict, answers))
    if model.reading == "map":
        lean = next((verdict.lean for verdict in patterns if verdict.lean), None)
        return Reading(model, own, unanswered, patterns, lean, clear=len(patterns) == 1)
    plain = [verdict for verdict in model.verdicts if not verdict.when]
    found, clear = _by_methods(plain, own) if chooses_form(model) else _by_lean(plain, own)
    verdicts = (*((found,) if found else ()), *patterns)
    return Reading(model, own, unanswered, verdicts, found.lean if found else None, clear and not unanswered)


def _matches(verdict: Verdict, answers: Mapping[FactorId, Answer]) -> bool:
    return any(
        all(factor in answers and (point := answers[factor].point) and point.id == id_ for factor, id_ in when.items())
        for when in verdict.when
    )


def _by_lean(verdicts: Sequence[Verdict], answers: Sequence[Answer]) -> tuple[Verdict | None, bool]:
    """The verdict that the leans of the answers make, and whether they are of one mind."""
    leans = {answer.lean for answer in answers}
    if {"adaptive", "predictive"} <= leans:
        return next((verdict for verdict in verdicts if verdict.mixed), None), True
    ends = leans - {None, "hybrid"}
    lean = ends.pop() if ends else "hybrid"
    found = next((verdict for verdict in verdicts if verdict.lean == lean and not verdict.mixed), None)
    return found, len(leans) == 1 and all(answer.named for answer in answers)


def _by_methods(verdicts: Sequence[Verdict], answers: Sequence[Answer]) -> tuple[Verdict | None, bool]:
    """The verdict for the methods that the answers speak for; the mixed one where they speak for several."""
    wanted: set[MethodId] = {method for answer in answers if answer.point for method in answer.point.methods}
    whole = next((verdict for verdict in verdicts if wanted and wanted <= set(verdict.methods)), None)
    return whole or next((verdict for verdict in verdicts if verdict.mixed), None), True


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which models lean which way; ``divided`` ones answered for both, ``silent`` ones were asked nothing."""

    by_lean: Mapping[Lean, tuple[SelectionModel, ...]]
    divided: tuple[SelectionModel, ...]
    silent: tuple[SelectionModel, ...]

    @property
    def leans(self) -> tuple[Lean, ...]:
        """The approaches that have a model for them, the one with most models first."""
        order = {"adaptive": 0, "hybrid": 1, "predictive": 2}
        return tuple(sorted(self.by_lean, key=lambda lean: (-len(self.by_lean[lean]), order[lean])))


def agreement(readings: Sequence[Reading]) -> Agreement:
    """How far the models that choose among approaches agree; they are counted, not weighed."""
    by_lean: dict[Lean, tuple[SelectionModel, ...]] = {}
    for reading in readings:
        if reading.lean and not chooses_form(reading.model):
            by_lean[reading.lean] = (*by_lean.get(reading.lean, ()), reading.model)
    silent = tuple(reading.model for reading in readings if not reading.answers)
    divided = tuple(r.model for r in readings if r.answers and r.lean is None and not chooses_form(r.model))
    return Agreement(by_lean, divided, silent)
