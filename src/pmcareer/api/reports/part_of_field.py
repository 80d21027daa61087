"""A part of the field: the moves of some ladders, of one role, or between two roles, with what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from pmcareer.api.names import Names, role_names
from pmcareer.api.reports.field_map import FieldAnswer, MappedMove
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, LadderId, RoleId
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What to show of the field; all of it together. ``between``: only the ways up from its first role to its last."""

    around: RoleId | None = None
    ladders: tuple[LadderId, ...] = ()
    between: tuple[RoleId, RoleId] | None = None


def part_named(
    catalog: Catalog, around: str = "", ladders: Iterable[str] = (), between: tuple[RoleId, RoleId] | None = None
) -> Part:
    """The part that names, ids or aliases mean; raises UsageError or UnknownIdError where they mean none."""
    known = Names("ladder", catalog.index.forms("ladders"))
    found = tuple(dict.fromkeys(LadderId(known.find(one)) for one in ladders))
    return Part(RoleId(role_names(catalog).find(around)) if around else None, found, between)


def part_of(field: FieldAnswer, part: Part) -> FieldAnswer:
    """*field* with the moves of *part*, the roles they join, and the certifications that they ask for, build on, or
    that lie on the way of the plan; raises UsageError where no move is left.
    """
    if part == Part():
        return field
    moves = tuple(_moves(field, part))
    if not moves:
        raise UsageError("no move of the field is in all that was asked for", hint="leave out --between or a --ladder")
    ends = {role for move in moves for role in (move.origin, move.into)}
    shown = _certifications(field, moves)
    return replace(
        field,
        ladders={id_: name for id_, name in field.ladders.items() if any(move.ladder == id_ for move in moves)},
        roles=tuple(role for role in field.roles if role.id in ends),
        moves=moves,
        certifications=tuple(one for one in field.certifications if one.id in shown),
        part=_in_words(field, part),
    )


def _moves(field: FieldAnswer, part: Part) -> Iterator[MappedMove]:
    between = _roles_between(field, *part.between) if part.between else None
    for move in field.moves:
        if part.ladders and move.ladder not in part.ladders:
            continue
        if part.around and part.around not in (move.origin, move.into):
            continue
        if between is None or {move.origin, move.into} <= between:
            yield move


def _roles_between(field: FieldAnswer, start: RoleId, target: RoleId) -> set[RoleId]:
    """The roles on ways from *start* to *target* that never lead down, both included."""
    ranks = {role.id: role.rank for role in field.roles}
    up = [move for move in field.moves if ranks[move.origin] <= ranks[move.into] or move.into == target]
    after = _reached(start, up, lambda move: (move.origin, move.into))
    before = _reached(target, up, lambda move: (move.into, move.origin))
    return after & before


def _reached(
    first: RoleId, moves: Iterable[MappedMove], ends: Callable[[MappedMove], tuple[RoleId, RoleId]]
) -> set[RoleId]:
    neighbours: dict[RoleId, list[RoleId]] = {}
    for move in moves:
        here, there = ends(move)
        neighbours.setdefault(here, []).append(there)
    found, waiting = {first}, [first]
    while waiting:
        new = [role for role in neighbours.get(waiting.pop(), ()) if role not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _certifications(field: FieldAnswer, moves: Iterable[MappedMove]) -> set[CertificationId]:
    """What *moves* ask for, what the plan earns and keeps, and all that those build on."""
    below: Mapping[CertificationId, tuple[CertificationId, ...]] = {
        one.id: one.builds_on for one in field.certifications
    }
    waiting = [*(name for move in moves for name in move.names), *field.way.certifications, *field.way.held]
    found: set[CertificationId] = set()
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(below.get(one, ()))
    return found


def _in_words(field: FieldAnswer, part: Part) -> str:
    """``ladders PMO and Agile, around Project manager``; between which roles, the plan says."""
    names = {role.id: role.name for role in field.roles}
    said = []
    if part.ladders:
        ladders = " and ".join(field.ladders[one] for one in part.ladders)
        said.append(f"{'ladder' if len(part.ladders) == 1 else 'ladders'} {ladders}")
    if part.around:
        said.append(f"around {names[part.around]}")
    if part.between:
        said.append("the ways between")
    return ", ".join(said)
