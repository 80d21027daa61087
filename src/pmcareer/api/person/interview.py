"""The interview: the questions that make a first profile, what counts as an answer, and the entries that follow.

Answers are kept as they were typed, so that a draft of them can be gone on with; each is checked when it is given, in
the words in which the rest of the program complains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from pmcareer.api.names import Names, certification_names, role_names
from pmcareer.api.person.entries import namespace_entry
from pmcareer.api.regions import DEFAULT_REGION, REGION_CURRENCIES, known_regions
from pmcareer.dates import ONE_DAY, parse_date
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, RegionId, RoleId
from pmcareer.model.names import plain
from pmcareer.model.people import EducationHeld, Goal, Holding, Profile, Stint
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.profiles.changes import AddHolding, AddStint, Change, SetValue, place_of
from pmcareer.reading.foreign.words import either_day, stated_day
from pmcareer.values import dataclass, field

Given: TypeAlias = "str | tuple[str, ...] | None"
"""An answer as it was typed; None: the question was skipped."""
EARLIEST = date(1950, 1, 1)
MOST_SUGGESTIONS = 6
_WITH_DAYS = ("since", "certifications", "by")
_SPOKEN = re.compile(r"(?:(.*[^\s:,])[\s:,]+)?(today|yesterday)", re.IGNORECASE | re.ASCII)
_DAY_LIKE = re.compile(r"\d+[./-]\d+[./-]\d+", re.ASCII)
NEWCOMER = RoleId("newcomer")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``option`` answers it on the command line; ``after``: only asked once that one has an answer.

    ``many``: it takes several answers.
    """

    key: str
    text: str
    hint: str
    option: str
    after: str = ""
    many: bool = False


QUESTIONS = (
    Question("region", "Where do you work?", "whose prices and pay hold, such as us or uk", "--region"),
    Question("role", "What are you now?", "a role, such as project coordinator; newcomer if none", "--role"),
    Question("since", "Since when?", "a day or a month, such as 2024-03-01 or 2024-03", "--since", after="role"),
    Question(
        "education", "Your highest degree?", "none, secondary, associate, bachelor, master, doctorate", "--education"
    ),
    Question(
        "certifications",
        "A certification that you hold, and when you earned it?",
        "PMP 2024-06-15",
        "--hold",
        many=True,
    ),
    Question("hours_per_week", "How many hours a week can you study?", "such as 6 or 7.5", "--hours-per-week"),
    Question("budget", "What may it cost in all?", "such as 1500, or 1500 EUR", "--budget"),
    Question("goal", "Which role do you want?", "such as it project manager", "--goal"),
    Question("by", "By when, at the latest?", "a day or a month", "--by", after="goal"),
)
BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Held:
    """A certification in an answer; ``earned`` None: the day is not said."""

    id: CertificationId
    earned: date | None
    assumed: str = ""


@dataclass(slots=True)
class Interview:
    """The answers so far, for a person whose profile says *profile* already."""

    catalog: Catalog
    profile: Profile
    as_of: date
    given: dict[str, Given] = field(default_factory=dict)

    def open(self) -> Iterator[Question]:
        """The questions that neither the profile nor an answer has settled, as they come up."""
        for question in QUESTIONS:
            if self._is_due(question) and question.key not in self.given and not self.is_known(question.key):
                yield question

    def _is_due(self, question: Question) -> bool:
        """Whether what it comes after has an answer; nobody has been a newcomer since a day."""
        before = self.given.get(question.after) if question.after else "nothing"
        is_newcomer = question.key == "since" and isinstance(before, str) and self._value("role", before) == NEWCOMER
        return bool(before) and not is_newcomer

    def is_known(self, key: str) -> bool:
        """Whether the profile answers a question already."""
        known: Mapping[str, object] = {
            "region": self.profile.region,
            "role": self.profile.roles,
            "since": self.profile.roles,
            "education": self.profile.education,
            "certifications": self.profile.certifications,
            "hours_per_week": self.profile.study.hours_per_week,
            "budget": self.profile.study.budget,
            "goal": self.profile.goal,
            "by": self.profile.goal,
        }
        return bool(known[key])

    def understood(self, key: str, text: str) -> str:
        """What is understood by an answer, in words; raises UsageError where it is none."""
        value = self._value(key, text)
        match value:
            case Held(own, earned, assumed):
                when = f", earned {earned}" if earned else ", the day not said"
                return f"{self._name(own)}{when}{_in_brackets(assumed)}"
            case (date() as day, str() as assumed):
                return f"{day}{_in_brackets(assumed)}"
            case _:
                return self._name(value)

    def before(self, key: str) -> Question | None:
        """The question that was put before that of *key*, answered or skipped; None where there is none."""
        earlier = QUESTIONS[: QUESTIONS.index(BY_KEY[key])]
        asked = (one for one in reversed(earlier) if one.key in self.given and not self.is_known(one.key))
        return next((one for one in asked if self._is_due(one)), None)

    def several(self, key: str) -> tuple[str, ...]:
        """The answers so far to a question that takes several."""
        given = self.given.get(key) or ()
        return (given,) if isinstance(given, str) else given

    def answer(self, key: str, text: str) -> str:
        """Take an answer (one more, where several may be given), and say what is understood.

        Of two answers about one certification that with a day is kept; of two with days, the later answer.
        ``today`` and ``yesterday`` are kept as the days they are: a draft may be gone on with on another.
        """
        text = _with_the_day(text, self.as_of) if key in _WITH_DAYS else text
        said = self.understood(key, text)
        if not BY_KEY[key].many:
            self.given[key] = text
            return said
        new = _certification(self, text)
        others = [one for one in self.several(key) if _certification(self, one).id != new.id]
        told = next((one for one in self.several(key) if one not in others), text)
        if new.earned is None and _certification(self, told).earned:
            return f"{self.understood(key, told)}, as said before"
        self.given[key] = (*others, text)
        return said if told == text else f"{said}, in the place of {told}"

    def skip(self, key: str) -> None:
        """Leave a question; what was said to it before stays."""
        self.given.setdefault(key, None)

    def suggestions(self, key: str, text: str) -> list[str]:
        """Answers that may be meant by one that was not understood, the likeliest first."""
        if key not in ("role", "goal", "certifications"):
            return []
        name, day = _parted(text) if key == "certifications" else (text, "")
        names = certification_names(self.catalog) if key == "certifications" else role_names(self.catalog)
        if _is_name(names, name):  # what is wrong is the day
            return []
        form = plain(name)
        containing = [own for words, ids in names.ids.items() if form and form in words for own in ids]
        own = list(dict.fromkeys((*names.nearest(name), *containing)))[:MOST_SUGGESTIONS]
        return [f"{one} {day}".strip() for one in own]

    def choices(self, key: str) -> Sequence[tuple[str, str]]:
        """What may be answered, with what it means; empty where it is free."""
        match key:
            case "region":
                return [(region, "") for region in known_regions(self.catalog)]
            case "role" | "goal":
                return list(self.catalog.index.short_names("roles").items())
            case "certifications":
                return list(self.catalog.index.short_names("certifications").items())
            case "education":
                return [(level.value, "") for level in EducationLevel]
            case _:
                return []

    def changes(self) -> list[Change]:
        """The entries that the answers make, in the order in which a profile is read."""
        said = {key: self._value(key, text) for key, text in self.given.items() if isinstance(text, str)}
        made: list[Change] = []
        if "region" in said:
            made.append(SetValue("region", said["region"]))
        namespace = namespace_entry(self.profile)
        made += [namespace] if namespace else []
        if "education" in said:
            made.append(SetValue("education", EducationHeld(said["education"])))
        if "role" in said and said["role"] != NEWCOMER:
            since, assumed = said.get("since", (self.as_of, "since when was not said"))
            made.append(AddStint(Stint(said["role"], since), assumed))
        made += self._holdings()
        made += [SetValue(key, said[key], "study") for key in ("hours_per_week", "budget") if key in said]
        if "goal" in said:
            made.append(SetValue("goal", Goal(said["goal"], said["by"][0] if "by" in said else None)))
        return made if any(change is not namespace for change in made) else []

    def _holdings(self) -> Iterator[Change]:
        for text in self.several("certifications"):
            held = _certification(self, text)
            if place_of(self.profile, held.id) is None:
                yield AddHolding(Holding(held.id, earned=held.earned), held.assumed)

    def _value(self, key: str, text: str) -> Any:
        return _PARSERS[key](self, text.strip())

    def _name(self, value: object) -> str:
        """An id with its name; anything else as it is."""
        for table in (self.catalog.roles, self.catalog.certifications):
            if value in table:
                return f"{table[value].name} ({value})"  # type: ignore[index]
        return str(value)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


# --- what counts as an answer -----------------------------------------------------------------------------------------


def _region(interview: Interview, text: str) -> RegionId:
    known = known_regions(interview.catalog)
    found = {"usa": "us", "gb": "uk", "great-britain": "uk"}.get(text.lower(), text.lower())
    if found not in known:
        raise UsageError(f"unknown region: {text!r}", hint=f"known: {', '.join(known)}")
    return RegionId(found)


def _role(interview: Interview, text: str) -> RoleId:
    return RoleId(role_names(interview.catalog).find(text))


def _day(text: str, *, last: bool = False) -> tuple[date, str]:
    """The day, and the assumption where only a month or a year is said: its first day, or its last."""
    stated = stated_day(text)
    day = (stated.last if last else stated.first) if stated else None
    if (either := either_day(text)) and day is None:
        raise UsageError(f"{text} may be {either[0]} or {either[1]}", hint="write it as one of these")
    if stated is None or day is None:
        return parse_date(text), ""
    return day, "" if stated.day else f"{stated.text} is taken as {day}"


def _past(interview: Interview, text: str) -> tuple[date, str]:
    day, assumed = _readable(text)
    if not EARLIEST <= day <= interview.as_of:
        raise UsageError(f"{day} lies after {interview.as_of}" if day > EARLIEST else f"{day} lies before {EARLIEST}")
    return day, assumed


def _ahead(interview: Interview, text: str) -> tuple[date, str]:
    day, assumed = _readable(text, last=True)
    if day < interview.as_of:
        raise UsageError(f"{day} lies before the as-of date {interview.as_of}")
    return day, assumed


def _readable(text: str, *, last: bool = False) -> tuple[date, str]:
    try:
        return _day(text, last=last)
    except ValueError as error:
        raise UsageError(str(error), hint="or YYYY-MM where you know the month only") from None


def _education(_: Interview, text: str) -> EducationLevel:
    found = next((level for level in EducationLevel if level.value == text.lower()), None)
    if found is None:
        raise UsageError(f"{text!r} is no level of education", hint=f"known: {', '.join(EducationLevel)}")
    return found


def _certification(interview: Interview, text: str) -> Held:
    """``PMP``, ``PMP 2024-06-15``, ``PMP:2024-06`` or ``scrum master Mar 2024``."""
    names = certification_names(interview.catalog)
    name, day = _parted(text)
    earned, assumed = _past(interview, day) if day else (None, "")
    return Held(CertificationId(names.find(name)), earned, assumed)


def _with_the_day(text: str, as_of: date) -> str:
    """An answer that ends with ``today`` or ``yesterday``, with the day in its place; any other as it is."""
    match = _SPOKEN.fullmatch(text.strip())
    if match is None:
        return text
    day = as_of if match[2].lower() == "today" else as_of - ONE_DAY
    return f"{match[1]} {day}" if match[1] else str(day)


def _parted(text: str) -> tuple[str, str]:
    """A name and the day behind it, which may be of several words."""
    before, colon, behind = text.rpartition(":")
    if colon and stated_day(behind.strip()):
        return before.strip(), behind.strip()
    words = text.replace(",", " ").split()
    for count in (3, 2, 1):
        day = stated_day(" ".join(words[-count:])) if len(words) > count else None
        if day is not None and (day.first is not None or (count == 1 and _DAY_LIKE.fullmatch(day.text))):
            return " ".join(words[:-count]), day.text
    return text, ""


def _is_name(names: Names, text: str) -> bool:
    """Whether *text* is understood as a name."""
    try:
        names.find(text)
    except UsageError:
        return False
    return True


def _hours(_: Interview, text: str) -> Decimal:
    try:
        hours = Decimal(text)
    except InvalidOperation:
        raise UsageError(f"{text!r} is not a number of hours", hint="such as 6 or 7.5") from None
    if not hours.is_finite() or not 0 < hours <= 168:
        raise UsageError("study hours of a week are more than 0 and at most 168")
    return hours


def _budget(interview: Interview, text: str) -> Money:
    """An amount; without a currency, in that of the region."""
    region = interview.given.get("region") or interview.profile.region or DEFAULT_REGION
    known = isinstance(region, str) and REGION_CURRENCIES.get(_region(interview, region))
    try:
        return Money.parse(text.upper() if " " in text else f"{text} {known or 'USD'}")
    except ValueError:
        raise UsageError(f"{text!r} is not an amount such as 1500 or '1500 EUR'") from None


_PARSERS: Mapping[str, Callable[[Interview, str], Any]] = {
    "region": _region,
    "role": _role,
    "since": _past,
    "education": _education,
    "certifications": _certification,
    "hours_per_week": _hours,
    "budget": _budget,
    "goal": _role,
    "by": _ahead,
}
