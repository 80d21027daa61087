"""Requirement trees: what they come to once the known facts are folded in, and when they will hold.

``fold`` replaces what is decided (education, certifications held on day 0, experience already reached, things that
can never happen). ``compile_requirement`` turns the rest into a function that says on which day it holds for someone
who stays in the present role and earns nothing more. Requirements never stop holding while one stays in a role, but
for those that ask for an early day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    ByDay,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Requirement,
    TenureDays,
)

NEVER = 1 << 60
ALWAYS = All(())
IMPOSSIBLE = AnyOf(())
TREES = (All, AnyOf, AtLeast)

# (day, day of entering the role, experience by kind, daily gain by kind, earned certifications as bits) -> first day
When = Callable[[int, int, Sequence[int], Sequence[int], int], int]
Leaf = Holds | Held | ExperienceDays | TenureDays | EducationRank | ByDay
Decide = Callable[[Leaf], bool | None]


def fold(requirement: Requirement | None, decide: Decide) -> Requirement:
    """The requirement with decided leaves (*decide* gives True, False or None) folded away.

    ``ALWAYS`` and ``IMPOSSIBLE``, these very values, stand for what is decided as a whole; nested trees of one kind
    are merged.
    """
    if requirement is None:
        return ALWAYS
    if isinstance(requirement, TREES):
        parts = [fold(part, decide) for part in requirement.parts]
        need = needed(requirement) - sum([part is ALWAYS for part in parts])
        return counted(need, [part for part in parts if part is not ALWAYS and part is not IMPOSSIBLE])
    decided = decide(requirement)
    if decided is None:
        return Holds(requirement.certification) if isinstance(requirement, Held) else requirement
    return ALWAYS if decided else IMPOSSIBLE


def could_hold(requirement: Requirement | None, decide: Decide) -> bool:
    """Whether the requirement would not be folded to ``IMPOSSIBLE``; quicker than to fold it."""
    if requirement is None:
        return True
    if isinstance(requirement, TREES):
        lacking = needed(requirement)
        for part in requirement.parts:
            if lacking <= 0:
                return True
            lacking -= could_hold(part, decide)
        return lacking <= 0
    return decide(requirement) is not False


def needed(requirement: All | AnyOf | AtLeast) -> int:
    """How many parts must hold."""
    if isinstance(requirement, All):
        return len(requirement.parts)
    return 1 if isinstance(requirement, AnyOf) else requirement.n


def counted(need: int, parts: list[Requirement]) -> Requirement:
    """At least *need* of *parts* (which are not decided), in the plainest form."""
    if need <= 0:
        return ALWAYS
    if need > len(parts):
        return IMPOSSIBLE
    if len(parts) == 1:
        return parts[0]
    if need == len(parts):
        return All(tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))))
    if need == 1:
        return AnyOf(tuple(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))))
    return AtLeast(need, tuple(parts))


def leaves(requirement: Requirement | None) -> list[Leaf]:
    """The leaves in order."""
    found: list[Leaf] = []
    waiting = [requirement]
    while waiting:
        one = waiting.pop()
        if isinstance(one, TREES):
            waiting += one.parts[::-1]
        elif one is not None:
            found.append(one)
    return found


def least_tenure(requirement: Requirement) -> int:
    """The least tenure with which the requirement could hold."""
    if isinstance(requirement, TenureDays):
        return requirement.days
    if isinstance(requirement, (All, AnyOf, AtLeast)):
        ordered = sorted(least_tenure(part) for part in requirement.parts)
        need = needed(requirement)
        if need > len(ordered):
            return NEVER
        return ordered[need - 1] if need else 0
    return 0


def compile_requirement(requirement: Requirement, bits: Mapping[str, int], kinds: Mapping[str, int]) -> When:
    """The function that says when a folded requirement will hold; *bits* and *kinds* give the numbering."""
    if days := closings(requirement):
        return _in_spans(requirement, days, bits, kinds)
    return _compiled(requirement, bits, kinds)


def _compiled(requirement: Requirement, bits: Mapping[str, int], kinds: Mapping[str, int]) -> When:
    """The function of a requirement of which no part stops holding."""
    if isinstance(requirement, AnyOf):
        return _when_any([_compiled(part, bits, kinds) for part in requirement.parts])
    if isinstance(requirement, AtLeast):
        counted = [_compiled(part, bits, kinds) for part in requirement.parts]
        nth = requirement.n - 1
        return lambda *state: sorted([part(*state) for part in counted])[nth]
    parts = requirement.parts if isinstance(requirement, All) else (requirement,)
    simple = _conjunction([part for part in parts if not isinstance(part, (AnyOf, AtLeast))], bits, kinds)
    nested = [_compiled(part, bits, kinds) for part in parts if isinstance(part, (AnyOf, AtLeast))]
    return _when_both(simple, nested) if nested else simple


def _when_any(options: Sequence[When]) -> When:
    def when(day: int, entered: int, experience: Sequence[int], gain: Sequence[int], earned: int) -> int:
        first = NEVER
        for option in options:
            opens = option(day, entered, experience, gain, earned)
            if opens <= day:
                return opens
            if opens < first:
                first = opens
        return first

    return when


def _when_both(simple: When, nested: Sequence[When]) -> When:
    def when(day: int, entered: int, experience: Sequence[int], gain: Sequence[int], earned: int) -> int:
        last = simple(day, entered, experience, gain, earned)
        for part in nested:
            if last >= NEVER:
                break
            opens = part(day, entered, experience, gain, earned)
            if opens > last:
                last = opens
        return last

    return when


def closings(requirement: Requirement | None) -> list[int]:
    """The days after which some part of the requirement no longer holds, rising."""
    return sorted({leaf.day for leaf in leaves(requirement) if isinstance(leaf, ByDay)})


def has_closings(instance: Instance) -> bool:
    """Whether any requirement stops holding on some day."""
    trees = [move.requires for move in instance.moves]
    for entry in instance.certifications.values():
        trees += [entry.eligibility, *(variant.when for variant in entry.variants)]
    return any(_closes(tree) for tree in trees)


def _closes(requirement: Requirement | None) -> bool:
    """Whether any part of the requirement stops holding on some day."""
    if isinstance(requirement, TREES):
        return any(map(_closes, requirement.parts))
    return isinstance(requirement, ByDay)


def _in_spans(requirement: Requirement, days: list[int], bits: Mapping[str, int], kinds: Mapping[str, int]) -> When:
    """The function of a requirement with parts that stop holding: between two such days nothing stops."""
    spans = []
    for first, last in zip([0, *(day + 1 for day in days)], [*days, NEVER], strict=True):
        open_then = fold(requirement, lambda leaf, day=last: leaf.day >= day if isinstance(leaf, ByDay) else None)  # type: ignore[misc]
        spans.append((first, last, compile_requirement(open_then, bits, kinds)))

    def when(day: int, entered: int, experience: Sequence[int], gain: Sequence[int], earned: int) -> int:
        for first, last, opens in spans:
            if day <= last:
                found = max(first, opens(day, entered, experience, gain, earned))
                if found <= last:
                    return found
        return NEVER

    return when


def _conjunction(parts: list[Requirement], bits: Mapping[str, int], kinds: Mapping[str, int]) -> When:
    mask = 0
    tenure = 0
    amounts: dict[int, int] = {}
    for part in parts:
        if isinstance(part, (Holds, Held)):
            mask |= bits[part.certification]
        elif isinstance(part, TenureDays):
            tenure = max(tenure, part.days)
        elif isinstance(part, ExperienceDays):
            amounts[kinds[part.kind]] = max(part.days, amounts.get(kinds[part.kind], 0))
    return _when_all(mask, tenure, tuple(amounts.items()))


def _when_all(mask: int, tenure: int, amounts: tuple[tuple[int, int], ...]) -> When:
    def when(day: int, entered: int, experience: Sequence[int], gain: Sequence[int], earned: int) -> int:
        if earned & mask != mask:
            return NEVER
        first = max(day, entered + tenure) if tenure else day
        for kind, amount in amounts:
            lack = amount - experience[kind]
            if lack > 0:
                if not gain[kind]:
                    return NEVER
                if day + lack > first:
                    first = day + lack
        return first

    return when
