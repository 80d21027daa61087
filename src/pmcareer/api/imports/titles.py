"""Titles of posts: which role of the catalog a title is, by the same matcher that reads rosters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmcareer.api.imports.matching import SURE
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RoleId
from pmcareer.model.names import plain
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.team.titles import TitleMatcher


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """What a title is taken for; ``nearest`` may be meant. Confidence in percent, as for certificates."""

    id: RoleId | None
    confidence: int
    why: str
    nearest: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is taken without asking."""
        return self.id is not None and self.confidence >= SURE


class Titles:
    """The titles of one import; ``by_hand``: what the person says that names mean."""

    def __init__(self, catalog: Catalog, by_hand: Mapping[str, str]) -> None:
        self._catalog = catalog
        self._by_hand = {plain(said): asked for said, asked in by_hand.items() if asked in catalog.roles}
        self._matcher: TitleMatcher | None = None

    def match(self, title: str) -> RoleMatch:
        """The role that a title surely is, or those that it may be."""
        if by_hand := self._by_hand.get(plain(title)):
            return RoleMatch(RoleId(by_hand), 100, "as you say")
        found = self._roles().match(title)
        if found.role is None:
            why = "it may be several roles" if found.alternatives else "no role answers to it"
            return RoleMatch(None, 0, why, found.alternatives[:3])
        confidence = int(found.confidence * 100)
        why = "its name" if confidence >= SURE else "a part of it is the name of that role"
        return RoleMatch(found.role, confidence, why, found.alternatives[:3])

    def _roles(self) -> TitleMatcher:
        """Made when the first title needs it."""
        from pmcareer.api.team.titles import matcher_for

        if self._matcher is None:
            self._matcher = matcher_for(self._catalog)
        return self._matcher
