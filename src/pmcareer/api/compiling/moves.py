"""The moves that a question allows, with what each asks on the as-of day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.api.compiling.compiled import MoveMeaning
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.compiling.relevance import moves_among
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import LadderId, RoleId
from pmcareer.model.requirements import All, Requirement, Tenure
from pmcareer.model.roles import Move, MoveRule
from pmcareer.values import dataclass

SAME_LEVEL = 3  # ranks this close do not put one role above the other: technical and IT project manager
# Who stands in one may begin with the other; a plan that passes both on its way goes upwards.


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of *catalog* between *roles* as *request*, asked in the role *start*, may use them on a day.

    ``anywhere``: also down the ranks, and back to where one stands.
    """

    catalog: Catalog
    request: PlanRequest
    start: RoleId
    roles: frozenset[RoleId]
    as_of: date
    anywhere: bool = False

    def in_force(self) -> Iterator[MoveMeaning]:
        """The moves in force between roles that are not avoided; of twins on several ladders the first counts."""
        seen: set[tuple[RoleId, RoleId]] = set()
        for ladder, move in moves_among(self.catalog, self.roles):
            rule = move.rules.on(self.as_of)
            blocked = {move.from_, move.to} & self.request.avoid or (move.from_, move.to) in seen
            if rule is not None and not blocked and not self._leads_back(move):
                seen.add((move.from_, move.to))
                yield MoveMeaning(ladder, move, rule, self._asked_of(ladder, move, rule))

    def _leads_back(self, move: Move) -> bool:
        """Whether it leads down the ranks or to where one stands, and nobody asked for that (docs/decisions/0013)."""
        if self.anywhere or self.request.step_down or move.to == self.request.to or move.to in self.request.require:
            return False
        return leads_back(self.catalog, self.start, move.from_, move.to)

    def _asked_of(self, ladder: LadderId, move: Move, rule: MoveRule) -> Requirement | None:
        asked = rule.requires if rule.status != "repealed" else None
        least = self.catalog.ladders[ladder].minimum_tenure
        if least is None or not least.value or not self.catalog.roles[move.from_].employment:
            return asked
        tenure = Tenure(least.value)
        parts = asked.of if isinstance(asked, All) else (asked,) if asked else ()
        longer = any(isinstance(part, Tenure) and part.months >= tenure.months for part in parts)
        return asked if longer else All((tenure, *parts))


def leads_back(catalog: Catalog, start: RoleId, origin: RoleId, into: RoleId) -> bool:
    """Whether a move leads down the ranks, or to *start*, where one stands."""
    spared = SAME_LEVEL if origin == start else 0
    return into == start or catalog.roles[into].rank < catalog.roles[origin].rank - spared
