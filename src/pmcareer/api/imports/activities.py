"""Imported activities: rows of a transcript as logged units, in the categories of the rules that they count for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pmcareer.api.entries import hours_of, words_of
from pmcareer.api.imports.draft import Draft, Item, Outcome
from pmcareer.api.schemes import scheme_for
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId
from pmcareer.model.names import plain
from pmcareer.model.people import UnitEntry, UnitShare
from pmcareer.model.renewal_rules import Units
from pmcareer.model.statements import StatedActivity
from pmcareer.profiles.changes import AddUnits
from pmcareer.renewals.answer import assess_profile
from pmcareer.renewals.categories import tree_of
from pmcareer.renewals.last_days import value_of
from pmcareer.values import dataclass

_NOT_GRANTED = {
    "rejected",
    "denied",
    "pending",
    "submitted",
    "under-review",
    "cancelled",
    "canceled",
    "withdrawn",
    "draft",
}
# PMI renamed the sides of its triangle in 2022; transcripts have the names of their day.
_RENAMED: Mapping[str, str] = {
    "technical": "ways-of-working",
    "technical-project-management": "ways-of-working",
    "leadership": "power-skills",
    "strategic": "business-acumen",
    "strategic-and-business": "business-acumen",
    "strategic-and-business-management": "business-acumen",
    "strategic-business-management": "business-acumen",
    "giving-back": "giving-back",
}
_UNIT_WORDS = ("-pdus", "-pdu", "-units", "-seus", "-cpes", "-hours")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What activities are to count for, how long a unit is, and the words of the categories."""

    own: tuple[CertificationId, ...]
    minutes: Fraction
    paths: Mapping[str, Sequence[str]]

    def path(self, word: str) -> str:
        """The one category that a word, or the end of it, means; or nothing."""
        form = plain(word)
        for ending in _UNIT_WORDS:
            form = form.removesuffix(ending)
        for one in (form, _RENAMED.get(form, ""), *(plain(part) for part in reversed(word.split(":")))):
            found = set(self.paths.get(one, ()))
            if len(found) == 1:
                return found.pop()
        return ""


def import_activities(draft: Draft, activities: Sequence[StatedActivity], own: Sequence[CertificationId]) -> None:
    """Take activities into the draft, the earliest first.

    They are for the certifications *own*; with none, for all that are held and ask for units. Raises UsageError where
    nothing of that kind is held, or where a unit has another length for each.
    """
    if not activities:
        return
    rules = _rules(draft, own)
    there = Counter(_key(entry) for entry in draft.before.units)
    for stated in sorted(activities, key=lambda one: one.on.first or date.max):
        item = Item("activity", stated.title or str(stated.units), stated.at, Outcome.LEFT_OUT, by=stated.category)
        if reason := _unusable(draft, stated):
            draft.items.append(replace(item, note=reason))
            continue
        entry, assumed, note = _entry(draft, rules, stated)
        if there[_key(entry)] > 0:
            there[_key(entry)] -= 1
            draft.items.append(replace(item, outcome=Outcome.THERE))
            continue
        draft.make(AddUnits(entry))
        draft.items.append(replace(item, id=_categories(entry), outcome=Outcome.ADDED, note=note, assumed=assumed))


def _categories(entry: UnitEntry) -> str:
    return entry.category or " + ".join(share.category for share in entry.split)


def _key(entry: UnitEntry) -> tuple[object, ...]:
    return (entry.on, entry.hours, plain(entry.title))


def _unusable(draft: Draft, stated: StatedActivity) -> str:
    if plain(stated.status) in _NOT_GRANTED:
        return f"its status is {stated.status}"
    if stated.on.first is None or stated.on.first > draft.as_of:
        return f"{stated.on.text} lies after {draft.as_of}"
    return ""


# --- the rules --------------------------------------------------------------------------------------------------------


def _rules(draft: Draft, own: Sequence[CertificationId]) -> _Rules:
    units = _units(draft, own)
    if not units:
        hint = "first `pmcareer earn CERT --on DATE`, or --for CERT with one that is held"
        raise UsageError("no certification is held that asks for units", hint=hint)
    minutes = {Fraction(value_of(one.minutes) or 60) for one in units.values()}
    if len(minutes) > 1:
        raise UsageError(f"one unit has another length for each of {', '.join(units)}", hint="say --for CERT")
    paths: dict[str, list[str]] = {}
    for one in units.values():
        for word, found in words_of(tree_of(one).nodes).items():
            paths.setdefault(word, []).extend(found)
    return _Rules(tuple(own), minutes.pop(), paths)


def _units(draft: Draft, own: Sequence[CertificationId]) -> dict[CertificationId, Units]:
    """What the running rules of the holdings ask for."""
    held = [one.id for one in draft.profile.certifications if one.id in draft.catalog.certifications]
    missing = sorted(set(own) - set(held))
    if missing:
        raise UsageError(f"{missing[0]} is not in the profile", hint=f"first `pmcareer earn {missing[0]} --on DATE`")
    answer = assess_profile(draft.profile, scheme_for(draft.catalog, held), draft.as_of, years=1)
    wanted = [one for one in answer.holdings if not own or one.certification in own]
    return {one.certification: one.rule.units for one in wanted if one.rule and one.rule.units}


# --- entries ----------------------------------------------------------------------------------------------------------


def _entry(draft: Draft, rules: _Rules, stated: StatedActivity) -> tuple[UnitEntry, tuple[str, ...], str]:
    on, assumed = draft.day(stated.on, stated.title or "an activity", "begins")
    shares, note = _shares(rules, stated)
    category = shares[0].category if len(shares) == 1 else "" if shares else rules.path(stated.category)
    if stated.category and not (category or shares):
        note = f"no rule has a category {stated.category!r}: it counts where none is asked for"
    entry = UnitEntry(
        on,
        _hours(rules, stated.units),
        category=category,
        title=stated.title,
        reported=stated.reported.day if stated.reported else None,
        split=shares if len(shares) > 1 else (),
        for_=rules.own,
    )
    return entry, assumed, note


def _shares(rules: _Rules, stated: StatedActivity) -> tuple[tuple[UnitShare, ...], str]:
    """The parts by category, where columns are called as categories; parts that are more than the whole are not."""
    by_path: dict[str, Decimal] = {}
    for column, part in stated.shares.items():
        if path := rules.path(column):
            by_path[path] = by_path.get(path, Decimal(0)) + part
    if sum(by_path.values()) > stated.units:
        return (), "its parts are more than its units; they are left out"
    if len(by_path) == 1 and sum(by_path.values()) < stated.units:
        return (), f"only {next(iter(by_path.values()))} of its units have a category; it is left out"
    return tuple(UnitShare(path, _hours(rules, part)) for path, part in sorted(by_path.items())), ""


def _hours(rules: _Rules, units: Decimal) -> Decimal:
    return hours_of(Fraction(units) * rules.minutes / 60)
