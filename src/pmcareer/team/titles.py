"""Job titles to roles: the catalog's names and aliases first, then what modifiers and surroundings make of them.

Pure: a matcher is made of role names, and asked title by title. A title that may mean several roles, or none of the
field, has no role; what it may mean is among its alternatives. Confidence is judgement in hundredths: how directly
the catalog's own words say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pmcareer.model.ids import RoleId
from pmcareer.team.title_rules import (
    ACRONYMS,
    BELOW,
    CHIEF_OFFICERS,
    CODE,
    CODE_OF_ENGINEERS,
    COMMON,
    EXCLUDING,
    HIGH,
    IT_WORDS,
    LOOKALIKES,
    MONEY,
    NEUTRAL,
    NO_POST,
    NOT_CODE,
    OTHER_FIELDS,
    PLANT,
    PROJECT_LEVELS,
    RETAINING,
    SOCIAL,
    TWO_IN_ONE,
    UNSAID,
)
from pmcareer.team.title_words import HEADS, LEVELS, SHORT, Phrasing, Words, mended, phrasings, turned, words_of
from pmcareer.values import dataclass

_EXACT, _KNOWN, _LOOSE, _ASIDE = Decimal("0.95"), Decimal("0.90"), Decimal("0.70"), Decimal("0.60")
_ELSEWHERE = Decimal("0.50")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """What a title means. ``alternatives``: other roles that it may mean, likeliest first."""

    title: str
    role: RoleId | None
    confidence: Decimal
    alternatives: tuple[RoleId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A role that a phrasing may mean; *sure* False: no more than an alternative."""

    role: RoleId
    confidence: Decimal
    sure: bool = True


class TitleMatcher:
    """Matches titles against the names that roles go by, and a company's own dictionary before them."""

    def __init__(
        self, roles: Mapping[RoleId, Iterable[str]], dictionary: Mapping[str, RoleId | None] | None = None
    ) -> None:
        self._dictionary = {" ".join(title.split()).lower(): role for title, role in (dictionary or {}).items()}
        self._roles = frozenset(roles)
        self._names: dict[Words, RoleId] = {}
        clashes: set[Words] = set()
        for role, names in roles.items():
            for name in names:
                words = turned(words_of(name))
                if words and self._names.setdefault(words, role) != role:
                    clashes.add(words)
        for words in clashes:
            del self._names[words]
        self._extra()

    def match(self, title: str) -> TitleMatch:
        """What *title* means."""
        own = " ".join(title.split()).lower()
        if own in self._dictionary:
            return TitleMatch(title, self._dictionary[own], Decimal(1) if self._dictionary[own] else Decimal(0))
        if len(title) > _LONGEST:
            return TitleMatch(title, None, Decimal(0))
        return self._matched(title)

    def match_all(self, titles: Iterable[str]) -> dict[str, TitleMatch]:
        """Every distinct title with what it means, in the order of first appearance."""
        return {title: self.match(title) for title in dict.fromkeys(titles)}

    def _matched(self, title: str) -> TitleMatch:
        unsaid = UNSAID.get(turned(words_of(title)))
        if unsaid is not None:
            return self._of(title, None, unsaid)
        kernel = [word for word in title.lower().replace(".", " ").split() if SHORT.get(word, (word,))[0] not in LEVELS]
        if len(kernel) == 1 and kernel[0] in ACRONYMS and turned(words_of(title)) not in self._names:
            return self._of(title, None, ACRONYMS[kernel[0]])
        both = next((roles for words, roles in TWO_IN_ONE.items() if words <= set(words_of(title))), None)
        if both is not None:
            return self._of(title, None, both)
        halves = self._halves(title)
        if halves is not None:
            return halves
        maybe: list[RoleId] = []
        for phrasing in phrasings(title):
            readings = list(self._readings(phrasing))
            if readings and readings[0].sure:
                role, confidence = readings[0].role, readings[0].confidence
                others = (*(one.role for one in readings[1:]), *maybe, *LOOKALIKES.get(title.strip().lower(), ()))
                if not phrasing.certain:
                    confidence = min(confidence, _LOOSE)
                return TitleMatch(title, role, confidence, self._known(others, role))
            maybe.extend(one.role for one in readings)
        mended_title = mended(title)
        if mended_title is not None:
            found = self._matched(mended_title)
            return TitleMatch(title, found.role, min(found.confidence, _LOOSE), found.alternatives)
        return self._of(title, None, maybe)

    def _halves(self, title: str) -> TitleMatch | None:
        """``Project Manager/Business Analyst``: two roles are none; None where a stroke parts no two titles."""
        if "/" not in title:
            return None
        found = [self.match(half) for half in title.split("/", 3) if half.strip()]
        roles = list(dict.fromkeys(one.role for one in found if one.role))
        if len(roles) > 1 and all(one.role for one in found):
            return self._of(title, None, roles)
        return None

    def _of(self, title: str, role: RoleId | None, others: Sequence[str]) -> TitleMatch:
        return TitleMatch(title, role, Decimal(0), self._known(others, role))

    def _known(self, roles: Iterable[str], but: RoleId | None) -> tuple[RoleId, ...]:
        return tuple(RoleId(role) for role in dict.fromkeys(roles) if role in self._roles and role != but)

    def _readings(self, phrasing: Phrasing) -> Iterator[_Reading]:
        """The roles that the end of a phrasing names, with what stands before it taken into account."""
        words = phrasing.words
        if not words or "to" in words or NO_POST.intersection(words + phrasing.context):
            return
        if words[0] in LEVELS and words[-1] in LEVELS - HEADS:
            words = (words[-1], *words[:-1])
        levels = next((n for n, word in enumerate(reversed(words)) if word not in LEVELS - HEADS), 0)
        words = (*words[len(words) - levels :], *words[: len(words) - levels])
        for size in range(min(len(words), self._longest), 0, -1):
            base = self._names.get(words[-size:])
            if base is not None:
                yield from self._refined(base, words[-size:], words[:-size], phrasing.context)
                return
        forward = _levels_first(words)
        if forward != words:
            yield from self._readings(Phrasing(forward, phrasing.context))
        elif (inverted := _head_last(words)) != words:
            yield from self._readings(Phrasing(inverted, phrasing.context))
        elif len(words) > 2 and words[-2] == "management":
            yield from self._readings(Phrasing((*words[:-2], words[-1]), phrasing.context))
        elif _is_code(words):
            yield self._reading("software-developer", _LOOSE)

    def _refined(self, base: RoleId, core: Words, before: Words, context: Words) -> Iterator[_Reading]:
        around = frozenset((*before, *context))
        if core[-1] == "officer" and "chief" in before:
            yield from (self._reading(role, _ASIDE, sure=False) for role in CHIEF_OFFICERS)
        elif base in _FAMILIES:
            yield from _FAMILIES[base](self, base, core, before, context)
        elif len(core) == 1 and not around <= IT_WORDS | LEVELS | NEUTRAL:
            yield _Reading(base, _ASIDE, sure=False)
        elif _is_elsewhere(base, around) or (base in HIGH and _below(before)):
            yield from self._instead(base, before)
        else:
            yield _Reading(base, _confidence(before))

    def _instead(self, base: RoleId, before: Words) -> Iterator[_Reading]:
        """The deputy of a chief may be a role of its own; else the role is an alternative only."""
        deputy = f"deputy-{base}"
        if deputy in self._roles and "deputy" in before:
            yield _Reading(RoleId(deputy), _KNOWN)
        else:
            yield _Reading(base, _ASIDE, sure=False)

    def _reading(self, role: str, confidence: Decimal, *, sure: bool = True) -> _Reading:
        return _Reading(RoleId(role), confidence, sure)

    def _project(self, base: RoleId, _: Words, before: Words, context: Words) -> Iterator[_Reading]:
        """Project managers: by level, then by technology, then plain."""
        around = frozenset((*before, *context))
        plain = "it-project-manager" if base == "it-project-manager" or around & IT_WORDS else "project-manager"
        levelled = next((role for words, role in PROJECT_LEVELS if words & set(before)), None)
        confidence = _ELSEWHERE if around & OTHER_FIELDS and not around & IT_WORDS else _confidence(before)
        if around & PLANT and not around & IT_WORDS:
            yield self._reading(plain, _ASIDE, sure=False)
        elif levelled:
            yield self._reading(levelled, confidence)
            yield self._reading(plain, confidence)
        elif "technical" in before or base == "technical-project-manager":
            yield self._reading("technical-project-manager", confidence)
            yield self._reading(plain, confidence)
        else:
            yield self._reading(plain, confidence)
            if "agile" in before and plain == "project-manager":
                yield self._reading("it-project-manager", _ASIDE, sure=False)
                yield self._reading("scrum-master", _ASIDE, sure=False)

    def _program(self, base: RoleId, _: Words, before: Words, context: Words) -> Iterator[_Reading]:
        """Program managers; of other fields' programs where the surroundings say so."""
        around = frozenset((*before, *context))
        if (around & (SOCIAL | MONEY) and not around & IT_WORDS) or set(before) & {
            "assistant",
            "associate",
            "deputy",
        }:
            yield self._reading(base, _ASIDE, sure=False)
        elif (around & PLANT or "engineering" in before) and not around & IT_WORDS:
            yield self._reading("technical-program-manager", _ASIDE, sure=False)
            yield self._reading(base, _ASIDE, sure=False)
        elif base == "program-manager" and "technical" in before:
            yield self._reading("technical-program-manager", _KNOWN)
        elif base == "program-manager" and set(before) & {"senior", "principal", "lead", "iii", "iv"}:
            yield self._reading("senior-program-manager", _confidence(before))
            yield self._reading(base, _LOOSE)
        else:
            yield self._reading(base, _confidence(before))

    def _portfolio(self, base: RoleId, core: Words, before: Words, context: Words) -> Iterator[_Reading]:
        """Portfolios of projects, not of securities: only where IT or projects are named."""
        around = frozenset((*before, *context, *core))
        ours = around & (IT_WORDS | {"project", "program", "pmo", "change", "technical"})
        yield self._reading(base, _KNOWN, sure=bool(ours) and not around & MONEY)

    def _extra(self) -> None:
        """Words that the catalog's aliases leave to common sense."""
        for text, role in COMMON.items():
            if role in self._roles:
                self._names.setdefault(turned(words_of(text)), RoleId(role))
        for words in UNSAID:
            self._names.pop(words, None)
        self._longest = max(map(len, self._names), default=0)


_FAMILIES = {
    RoleId("project-manager"): TitleMatcher._project,
    RoleId("it-project-manager"): TitleMatcher._project,
    RoleId("technical-project-manager"): TitleMatcher._project,
    RoleId("program-manager"): TitleMatcher._program,
    RoleId("program-director"): TitleMatcher._program,
    RoleId("portfolio-manager"): TitleMatcher._portfolio,
}


def _levels_first(words: Words) -> Words:
    """``project management technical specialist``: what tells a level or a depth may stand before all others too."""
    kinds = LEVELS | {"technical"}
    inner = [word for word in words[:-1] if word in kinds]
    return (*inner, *(word for word in words[:-1] if word not in kinds), *words[-1:])


def _head_last(words: Words) -> Words:
    """``project manager it``: the technology in which somebody is something may stand behind."""
    place = next((n for n, word in enumerate(reversed(words)) if word in HEADS), 0)
    behind = words[len(words) - place :]
    return (*behind, *words[: len(words) - place]) if IT_WORDS.issuperset(behind) else words


def _is_elsewhere(base: RoleId, around: frozenset[str]) -> bool:
    """Whether what stands around makes another occupation of it."""
    return bool(EXCLUDING.get(base, frozenset()) & around) and not RETAINING.get(base, {"it"}) & around


def _below(before: Words) -> bool:
    """Whether somebody stands beside or below the post that is named, not in it."""
    return bool(BELOW.intersection(before))


def _is_code(words: Words) -> bool:
    """Whether somebody writes programs, by what they write them in."""
    kinds = {"developer": CODE, "programmer": CODE, "engineer": CODE_OF_ENGINEERS}.get(words[-1], frozenset())
    return bool(kinds.intersection(words[:-1])) and not NOT_CODE.intersection(words)


def _confidence(before: Words) -> Decimal:
    if not before:
        return _EXACT
    return _KNOWN if set(before) <= IT_WORDS | LEVELS | NEUTRAL else _LOOSE
