"""Checking a profile: everything that is wrong or doubtful in it, each finding with its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from pmcareer.api.holdings import known_holdings
from pmcareer.api.loading import raise_for
from pmcareer.api.regions import known_regions
from pmcareer.api.schemes import scheme_for
from pmcareer.api.upkeep.calendars import zone_of
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import Profile
from pmcareer.problems import Position, Problem, Problems, Severity
from pmcareer.reading.catalog_references import check_references
from pmcareer.reading.files import shown_path
from pmcareer.reading.nodes import MappingNode, Node, SequenceNode
from pmcareer.reading.scope import Context, Invalid
from pmcareer.reading.typed import read_value
from pmcareer.reading.yaml_nodes import read_yaml
from pmcareer.renewals.answer import assess_profile
from pmcareer.values import dataclass

Finding = tuple[str, Severity, str, str, str]
"""Code, severity, path in the profile, message, hint."""


@dataclass(frozen=True, slots=True)
class CheckedProfile:
    """A profile's file and its findings in the order of their lines."""

    path: Path
    as_of: date
    problems: tuple[Problem, ...]

    @property
    def unusable(self) -> bool:
        """Whether an error is among the findings, so that it cannot be worked with as it is."""
        return any(problem.severity == "error" for problem in self.problems)


def check_profile(catalog: Catalog, path: Path, as_of: date) -> CheckedProfile:
    """Every finding about the profile at *path*; raises InputUnreadableError where there is none to read."""
    node, problems = read_yaml(path)
    if node is None:
        raise_for(problems)
        return CheckedProfile(path, as_of, tuple(problems.sorted()))
    context = Context(problems=problems, layer="profile")
    value = read_value(node, Profile, context)
    unknown = Problems()
    check_references(catalog, context.references, unknown)
    problems.extend(replace(one, code="profile-unknown-id", hint=_for_a_person(one.hint)) for one in unknown)
    if not isinstance(value, Invalid):
        places = _Places(shown_path(path), node)
        problems.extend(places.located(found) for found in _doubts(catalog, value, as_of))
        problems.extend(places.moved(found) for found in _contradictions(catalog, value, as_of))
    return CheckedProfile(path, as_of, tuple(dict.fromkeys(problems.sorted())))


def _for_a_person(hint: str) -> str:
    return hint if hint.startswith("did you mean") else "mend the id, or add it with --catalog"


def _contradictions(catalog: Catalog, profile: Profile, as_of: date) -> Iterator[Problem]:
    """What the renewal engine finds in the events and activities; what lies ahead is doubtful in what has happened."""
    answer = assess_profile(profile, scheme_for(catalog, known_holdings(catalog, profile)), as_of, years=1)
    for problem in answer.problems:
        if problem.code != "profile-unknown-id":
            yield replace(problem, severity="warning") if problem.code == "profile-future" else problem


def _doubts(catalog: Catalog, profile: Profile, as_of: date) -> Iterator[Finding]:
    yield from _places_and_times(catalog, profile)
    yield from _goal(profile, as_of)
    yield from _spans(profile, as_of)
    yield from _twins(profile)
    yield from _editions(catalog, profile)
    yield from _activities(profile, as_of)


def _places_and_times(catalog: Catalog, profile: Profile) -> Iterator[Finding]:
    if profile.region and profile.region not in known_regions(catalog):
        known = f"known: {', '.join(known_regions(catalog))}"
        yield "profile-unknown-id", "error", "region", f"there is no region {profile.region!r}", known
    if profile.calendar_namespace and not _is_uuid(profile.calendar_namespace):
        hint = "delete it, then `pmcareer profile namespace`"
        yield "field-value", "error", "calendar_namespace", "the calendar_namespace is not a UUID", hint
    try:
        zone_of(profile)
    except UsageError as error:
        yield "field-value", "error", "time_zone", str(error), error.hint
    exchanged = {code for rate in catalog.rates for code in (rate.currency, rate.of)}
    if profile.currency.isupper() and profile.currency not in exchanged:
        message = f"no rate of exchange is known for {profile.currency}"
        yield "field-value", "warning", "currency", message, "totals stand in the currencies of their prices"


def _goal(profile: Profile, as_of: date) -> Iterator[Finding]:
    """A goal whose day has passed."""
    if profile.goal is not None and profile.goal.by is not None and profile.goal.by < as_of:
        yield "profile-future", "warning", "goal", f"the goal's day, {profile.goal.by}, has passed", "set another day"


def _spans(profile: Profile, as_of: date) -> Iterator[Finding]:
    """Times in roles and memberships that end before they begin, or have not begun."""
    for at, stint in enumerate(profile.roles):
        yield from _span(f"roles[{at}]", f"the time as {stint.role}", stint.from_, stint.to)
        if stint.from_ > as_of:
            message = f"the time as {stint.role} begins after {as_of} and does not count yet"
            yield "profile-future", "warning", f"roles[{at}]", message, ""
    for at, held in enumerate(profile.memberships):
        yield from _span(f"memberships[{at}]", f"the membership {held.id}", held.from_, held.to)


def _span(path: str, what: str, first: date | None, last: date | None) -> Iterator[Finding]:
    if first and last and last < first:
        yield "profile-event-order", "warning", path, f"{what} ends on {last}, before it begins", "check both days"


def _twins(profile: Profile) -> Iterator[Finding]:
    seen: Counter[object] = Counter()
    for at, holding in enumerate(profile.certifications):
        seen[holding.id] += 1
        if seen[holding.id] == 2:
            message = f"{holding.id} stands here a second time; the entries count as one"
            yield "profile-twice", "note", f"certifications[{at}]", message, "put its events into one entry"
    for at, entry in enumerate(profile.units):
        seen[entry] += 1
        if seen[entry] == 2:
            message = f"the same activity of {entry.on} stands here a second time, and counts twice"
            yield "profile-twice", "warning", f"units[{at}]", message, "delete one, or tell them apart by their titles"


def _editions(catalog: Catalog, profile: Profile) -> Iterator[Finding]:
    for at, holding in enumerate(profile.certifications):
        certification = catalog.certifications.get(holding.id)
        known = [edition.id for edition in certification.editions] if certification else []
        named = [holding.edition, *(event.edition for event in holding.events)]
        for edition in dict.fromkeys(name for name in named if name):
            if certification and edition not in known:
                hint = f"known: {', '.join(known)}" if known else "the catalog knows no editions of it"
                message = f"{holding.id} has no edition {edition!r}"
                yield "profile-unknown-id", "warning", f"certifications[{at}]", message, hint


def _activities(profile: Profile, as_of: date) -> Iterator[Finding]:
    for at, entry in enumerate(profile.units):
        if entry.reported and entry.reported < entry.on:
            message = f"an activity of {entry.on} is reported on {entry.reported}, before it took place"
            yield "profile-event-order", "warning", f"units[{at}]", message, "check both days"
        if entry.reported and entry.reported > as_of:
            message = f"an activity of {entry.on} is reported on {entry.reported}, after {as_of}"
            yield "profile-future", "warning", f"units[{at}]", message, ""
        if entry.split and sum(share.hours for share in entry.split) > entry.hours:
            message = f"the parts of an activity of {entry.on} are more than its {entry.hours} hours; the rest is cut"
            yield "profile-event-order", "warning", f"units[{at}]", message, "make the parts add up"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a profile stand in its file."""

    file: str
    root: Node

    def located(self, finding: Finding) -> Problem:
        code, severity, path, message, hint = finding
        return Problem(code, message, self._of(path), path=path, hint=hint, severity=severity)

    def moved(self, problem: Problem) -> Problem:
        """A finding of the renewal engine, which knows ``certifications[pmp]`` and ``units[3]`` but no lines."""
        return replace(problem, at=self._of(problem.path))

    def _of(self, path: str) -> Position:
        key, _, place = path.partition("[")
        node = _value(self.root, key)
        if place and isinstance(node, SequenceNode):
            node = next((item for n, item in enumerate(node.items) if place[:-1] in (str(n), _id(item))), node)
        return node.at if node is not None else Position(self.file)


def _value(node: Node, key: str) -> Node | None:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((entry.value for entry in entries if entry.key == key), None)


def _id(node: Node) -> str:
    return str(getattr(_value(node, "id"), "text", ""))
