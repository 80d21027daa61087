"""Entries: what a person wants written into the profile, in plain words, looked up and checked against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_UP, Decimal
from fractions import Fraction
from uuid import uuid4

from pmcareer.api.names import Names, certification_names
from pmcareer.api.person.recording import Propose
from pmcareer.api.schemes import scheme_for
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.names import plain
from pmcareer.model.people import Profile, UnitEntry
from pmcareer.model.renewal_rules import RenewalRule, Units
from pmcareer.profiles.changes import (
    AddUnits,
    Change,
    SetNamespace,
    earning,
    is_awarded,
    place_of,
    renewing,
    stands_already,
)
from pmcareer.renewals.answer import HoldingAnswer, assess_profile
from pmcareer.renewals.categories import Node, tree_of
from pmcareer.renewals.last_days import value_of
from pmcareer.values import dataclass

_FINEST = Decimal("0.000001")
"""Hours that are no finite decimal (50 minutes) are rounded up to this, so that no unit is lost."""


@dataclass(frozen=True, slots=True)
class UnitsAsked:
    """An activity to log; either ``units`` of the certifications named, or ``hours``."""

    certifications: tuple[str, ...]
    on: date
    as_of: date
    units: Decimal | None = None
    hours: Decimal | None = None
    category: str = ""
    topic: str = ""
    title: str = ""
    reported: date | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class HoldingAsked:
    """An award or a renewal to write down; ``edition`` for awards, ``route`` for renewals."""

    certification: str
    on: date
    as_of: date
    edition: str = ""
    route: str = ""
    again: bool = False


def units_entry(catalog: Catalog, asked: UnitsAsked) -> Propose:
    """A logged activity. Raises UsageError for what is not held or asks for no units, and where a category is missing
    or unknown: then those that the rules offer are named.
    """
    names = certification_names(catalog)
    own = tuple(dict.fromkeys(CertificationId(names.find(name)) for name in asked.certifications))
    _insist_on_past("--on", asked.on, asked.as_of)
    if asked.reported:
        _insist_on_past("--reported", asked.reported, asked.as_of)

    def propose(profile: Profile) -> Change:
        units = {c: _units_on(catalog, profile, c, asked) for c in own}
        entry = UnitEntry(
            asked.on,
            _hours(units, asked),
            category=_category(units, asked.category),
            topic=plain(asked.topic),
            title=asked.title,
            reported=asked.reported,
            for_=own,
        )
        return _unless_there(profile, AddUnits(entry), "this activity is in the profile already", asked.again)

    return propose


def award_entry(catalog: Catalog, asked: HoldingAsked) -> Propose:
    """A certification earned; one that is in the profile as earned already only with ``again``."""
    own = CertificationId(certification_names(catalog).find(asked.certification))
    edition = _edition(catalog, own, asked.edition) if asked.edition else None
    _insist_on_past("--on", asked.on, asked.as_of)

    def propose(profile: Profile) -> Change:
        at = place_of(profile, own)
        if at is not None and is_awarded(profile.certifications[at]) and not asked.again:
            hint = f"a renewal is `pmcareer renew {own}`; an award made anew is this command with --again"
            raise UsageError(f"{own} is in the profile already", hint=hint)
        return earning(profile, own, asked.on, edition)

    return propose


def renewal_entry(catalog: Catalog, asked: HoldingAsked) -> Propose:
    """A renewal of what is held, by one of its rule's routes."""
    own = CertificationId(certification_names(catalog).find(asked.certification))
    _insist_on_past("--on", asked.on, asked.as_of)

    def propose(profile: Profile) -> Change:
        held = _held_on(catalog, profile, own, asked.as_of)
        if held.earned and asked.on < held.earned:
            hint = f"check the day; an award is `pmcareer earn {own} --on DATE`, with --again where one is recorded"
            raise UsageError(f"--on {asked.on} lies before {own} was earned, on {held.earned}", hint=hint)
        route = _route(held.rule, asked.route) if asked.route else ""
        change = renewing(profile, own, asked.on, route)
        if change is None:
            raise _not_held(own)
        return _unless_there(profile, change, f"{own} is recorded as renewed on {asked.on} already", asked.again)

    return propose


def namespace_entry(profile: Profile) -> Change | None:
    """A random namespace for the profile's calendars, once: exported calendars are known by it."""
    return None if profile.calendar_namespace else SetNamespace(str(uuid4()))


def _unless_there(profile: Profile, change: Change, message: str, again: bool) -> Change:
    if stands_already(profile, change) and not again:
        raise UsageError(message, hint="to write it a second time, add --again")
    return change


def _insist_on_past(option: str, day: date, as_of: date) -> None:
    if day > as_of:
        raise UsageError(f"{option} {day} lies after {as_of}", hint="write down what has happened; see --as-of")


def _not_held(own: CertificationId) -> UsageError:
    return UsageError(f"{own} is not in the profile", hint=f"first `pmcareer earn {own} --on DATE`")


def _held_on(catalog: Catalog, profile: Profile, own: CertificationId, as_of: date) -> HoldingAnswer:
    if place_of(profile, own) is None:
        raise _not_held(own)
    answer = assess_profile(profile, scheme_for(catalog, [own]), as_of, years=1)
    return next(held for held in answer.holdings if held.certification == own)


def _units_on(catalog: Catalog, profile: Profile, own: CertificationId, asked: UnitsAsked) -> Units:
    """What the rule of the cycle around the day asks for."""
    held = _held_on(catalog, profile, own, asked.as_of)
    around = [c for c in held.cycles if c.counts_from <= asked.on <= (c.last_day or date.max)]
    cycle = around[-1] if around else held.cycle
    rule = cycle.rule if cycle else None
    if rule is None:
        raise UsageError(f"the renewal rule of {own} on {asked.on} is not known", hint="check when it was earned")
    if rule.units is None:
        raise UsageError(f"{own} asks for no units: {rule.summary}")
    return rule.units


# --- hours and categories ---------------------------------------------------------------------------------------------


def _hours(units: dict[CertificationId, Units], asked: UnitsAsked) -> Decimal:
    if asked.hours is not None:
        return asked.hours
    minutes = {c: Fraction(value_of(one.minutes) or 60) for c, one in units.items()}
    if len(set(minutes.values())) > 1:
        lengths = ", ".join(f"{float(m):g} minutes for {c}" for c, m in minutes.items())
        raise UsageError(f"one unit is {lengths}", hint="say --hours N instead of --units")
    return hours_of(Fraction(asked.units or 0) * next(iter(minutes.values())) / 60)


def hours_of(hours: Fraction) -> Decimal:
    """Exact where it is a finite decimal, else rounded up."""
    exact = Decimal(hours.numerator) / Decimal(hours.denominator)
    if Fraction(exact) == hours:
        return exact
    return exact.quantize(_FINEST, ROUND_UP)


def _category(units: dict[CertificationId, Units], asked: str) -> str:
    """The path of the category in every rule that has any; with one category only, that one needs no naming."""
    paths = {_category_in(own, one, asked) for own, one in units.items() if one.categories}
    if not paths and asked:
        raise UsageError(f"{_listed(units)} asks for no categories", hint="leave --category out")
    if len(paths) > 1:
        raise UsageError(
            f"{asked or 'this'} is another category for each: {', '.join(sorted(paths))}", hint="log each by itself"
        )
    return next(iter(paths), "")


def _category_in(own: CertificationId, units: Units, asked: str) -> str:
    nodes = tree_of(units).nodes
    if not asked and len(nodes) == 1:
        return nodes[0].path
    offered = f"offered: {', '.join(_described(node, units) for node in nodes)}"
    if not asked:
        raise UsageError(f"{own} needs a category: --category C", hint=offered)
    if found := tree_of(units).find(asked):
        return found.path
    names = Names("category", words_of(nodes))
    paths = names.ids.get(plain(asked), ())
    if len(paths) == 1:
        return paths[0]
    near = names.nearest(asked)
    hint = f"did you mean {' or '.join(near)}? {offered}" if near else offered
    raise UsageError(f"{own} has no category {asked!r}", hint=hint)


def words_of(nodes: Iterable[Node]) -> dict[str, tuple[str, ...]]:
    """Every word that categories go by, each with the paths that it may mean."""
    words: dict[str, dict[str, None]] = {}
    for node in nodes:
        for word in (node.path, node.id, node.name):
            words.setdefault(plain(word), {})[node.path] = None
    return {word: tuple(paths) for word, paths in words.items()}


def _described(node: Node, units: Units) -> str:
    bounds = [*_bound("at least", node.floor or None), *_bound("at most", node.ceiling)]
    return f"{node.path} ({' and '.join(bounds)} {units.name})" if bounds else node.path


def _bound(word: str, amount: Fraction | None) -> Iterator[str]:
    if amount is not None:
        yield f"{word} {float(amount):g}"


# --- editions and routes ----------------------------------------------------------------------------------------------


def _edition(catalog: Catalog, own: CertificationId, asked: str) -> EditionId:
    editions = catalog.certifications[own].editions
    words = {plain(word): e.id for e in editions for word in (e.id, e.name) if word}
    if plain(asked) in words:
        return words[plain(asked)]
    known = ", ".join(e.id for e in editions) or "none"
    raise UsageError(f"{own} has no edition {asked!r}", hint=f"known: {known}")


def _route(rule: RenewalRule | None, asked: str) -> str:
    routes = [name for route in (rule.routes if rule else ()) for name in dict.fromkeys((route.id, route.kind.value))]
    known = [name for name in dict.fromkeys(routes) if name]
    if plain(asked) in known:
        return plain(asked)
    raise UsageError(f"no renewal by {asked!r}", hint=f"known: {', '.join(known) or 'none'}")


def _listed(units: Iterable[CertificationId]) -> str:
    return ", ".join(units)
