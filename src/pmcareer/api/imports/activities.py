"""Imported activities: rows of a transcript as logged units, in the categories of the rules that they count for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pmcareer.api.imports.draft import Draft, Item, Outcome
from pmcareer.api.person.entries import hours_of, words_of
from pmcareer.api.schemes import scheme_for
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId
from pmcareer.model.names import plain
from pmcareer.model.people import UnitEntry, UnitShare
from pmcareer.model.renewal_rules import Units
from pmcareer.model.statements import StatedActivity
from pmcareer.problems import Position
from pmcareer.profiles.changes import AddUnits
from pmcareer.renewals.answer import assess_profile
from pmcareer.renewals.categories import tree_of
from pmcareer.renewals.last_days import value_of
from pmcareer.values import dataclass

# Whatever else a status says (In Audit, Pending, Rejected), nobody has granted the units yet.
_GRANTED = {
    *("", "approved", "accepted", "granted", "credited", "awarded", "earned", "verified", "confirmed", "passed"),
    *("completed", "complete", "recorded", "posted", "closed", "claimed", "reported", "active", "yes", "ok"),
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


def import_activities(
    draft: Draft,
    activities: Sequence[StatedActivity],
    own: Sequence[CertificationId],
    *,
    keep_duplicates: bool = False,
) -> None:
    """Take activities into the draft, the earliest first; of those that are the same, the first.

    They are for the certifications *own*; with none, for all that are held and ask for units. Raises UsageError where
    nothing of that kind is held, or where a unit has another length for each.
    """
    if not activities:
        return
    rules = _rules(draft, own)
    there = Counter(_key(entry) for entry in draft.before.units)
    first: dict[tuple[object, ...], Position] = {}
    for stated in sorted(activities, key=lambda one: one.on.first or date.max):
        same_as = first.setdefault(_said(stated), stated.at)
        if same_as is not stated.at and not keep_duplicates:
            _leave_duplicate(draft, stated, same_as)
        else:
            _import(draft, rules, stated, there)


def _said(stated: StatedActivity) -> tuple[object, ...]:
    """All that a row says, without its place."""
    return (stated.title, stated.on, stated.units, stated.category, *sorted(stated.shares.items()), stated.status)


def _leave_duplicate(draft: Draft, stated: StatedActivity, same_as: Position) -> None:
    item = _item(stated)
    note = f"the same as line {same_as.line}; --keep-duplicates takes it too"
    draft.items.append(replace(item, note=note))


def _item(stated: StatedActivity) -> Item:
    return Item("activity", stated.title or str(stated.units), stated.at, Outcome.LEFT_OUT, by=stated.category)


def _import(draft: Draft, rules: _Rules, stated: StatedActivity, there: Counter[tuple[object, ...]]) -> None:
    """Take one activity, unless it stands *there* already, in the profile as it was."""
    item = _item(stated)
    if reason := _unusable(draft, stated):
        draft.items.append(replace(item, note=reason))
        return
    entry, assumed = _entry(draft, rules, stated)
    whole = replace(entry, hours=_hours(rules, stated.units))  # as it stands once the person has put it right
    if known := next((key for key in (_key(entry), _key(whole)) if there[key] > 0), None):
        there[known] -= 1
        draft.items.append(replace(item, outcome=Outcome.THERE))
        return
    draft.make(AddUnits(entry))
    note = _doubted(draft, rules, stated, entry)
    draft.items.append(replace(item, id=_categories(entry), outcome=Outcome.ADDED, note=note, assumed=assumed))


def _categories(entry: UnitEntry) -> str:
    return entry.category or " + ".join(share.category for share in entry.split)


def _key(entry: UnitEntry) -> tuple[object, ...]:
    return (entry.on, entry.hours, plain(entry.title))


def _unusable(draft: Draft, stated: StatedActivity) -> str:
    if plain(stated.status) not in _GRANTED:
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


def _entry(draft: Draft, rules: _Rules, stated: StatedActivity) -> tuple[UnitEntry, tuple[str, ...]]:
    """The activity as it is written, and the assumption about its day. Of units and parts that disagree, the lesser."""
    on, assumed = draft.day(stated.on, stated.title or "an activity", "begins")
    parts = _parts(rules, stated)
    shares = tuple(UnitShare(path, _hours(rules, part)) for path, part in sorted(parts.items()))
    total = sum(parts.values(), Decimal(0))
    if total > stated.units:
        shares = ()
    entry = UnitEntry(
        on,
        _hours(rules, min(stated.units, total) if shares else stated.units),
        category=shares[0].category if len(shares) == 1 else "" if shares else rules.path(stated.category),
        title=stated.title,
        reported=stated.reported.day if stated.reported else None,
        split=shares if len(shares) > 1 else (),
        for_=rules.own,
    )
    return entry, assumed


def _parts(rules: _Rules, stated: StatedActivity) -> dict[str, Decimal]:
    """The units by category, where columns are called as categories."""
    by_path: dict[str, Decimal] = {}
    for column, part in stated.shares.items():
        if path := rules.path(column):
            by_path[path] = by_path.get(path, Decimal(0)) + part
    return by_path


def _doubted(draft: Draft, rules: _Rules, stated: StatedActivity, entry: UnitEntry) -> str:
    """What is to be said of an activity that was taken, or nothing."""
    total = sum(_parts(rules, stated).values())
    name = stated.title or "an activity"
    if total and total != stated.units:
        taken = f"{total} are taken" if total < stated.units else f"{stated.units} are taken, in no category"
        note = f"its parts come to {total}, its units to {stated.units}: {taken}"
        draft.doubt(
            "import-disagrees", f"{name}: {note}", stated.at, "put the right figure into the profile, or the file"
        )
        return note
    if stated.category and not (entry.category or entry.split):
        return f"no rule has a category {stated.category!r}: it counts where none is asked for"
    return ""


def _hours(rules: _Rules, units: Decimal) -> Decimal:
    return hours_of(Fraction(units) * rules.minutes / 60)
