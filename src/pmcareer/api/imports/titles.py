"""Titles of posts: which role of the catalog a title is, by the catalog's own names; what is unsure is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pmcareer.api.imports.matching import SURE
from pmcareer.api.names import role_names
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RoleId
from pmcareer.model.names import plain, spelled_out
from pmcareer.values import dataclass

_BRACKETED = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_PARTS = re.compile(r"\s[-–—|]\s|[,|@]")


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """What a title is taken for; ``nearest`` may be meant. Confidence in percent, as for certificates."""

    id: RoleId | None
    confidence: int
    why: str
    nearest: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is taken without asking."""
        return self.id is not None and self.confidence >= SURE


def match_title(catalog: Catalog, title: str, by_hand: Mapping[str, str]) -> TitleMatch:
    """The role that a title names: a name or alias of it in full, or before a comma, dash or bracket."""
    asked = next((asked for said, asked in by_hand.items() if plain(said) == plain(title)), None)
    if asked in catalog.roles:
        return TitleMatch(RoleId(asked or ""), 100, "as you say")
    names = role_names(catalog)
    for form, confidence in _forms(title):
        found = sorted(names.ids.get(form, ()))
        if len(found) == 1:
            return TitleMatch(
                RoleId(found[0]), confidence, "its name" if confidence == 100 else "the title's first part"
            )
        if found:
            return TitleMatch(None, 0, "several roles answer to it", tuple(found[:3]))
    return TitleMatch(None, 0, "no role answers to it", names.nearest(title[:80]))


def _forms(title: str) -> Iterator[tuple[str, int]]:
    """The forms of a title, and how much each of them says."""
    for form in (plain(title), spelled_out(title)):
        yield form, 100
    before = _PARTS.split(_BRACKETED.sub(" ", title))[0]
    if plain(before) != plain(title):
        for form in (plain(before), spelled_out(before)):
            yield form, 85
