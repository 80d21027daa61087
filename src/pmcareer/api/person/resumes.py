"""Resumes: what a profile says that others may read, under the names that the catalog gives it.

Notes, logged units, money and goals are nobody else's business, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.api.holdings import known_holdings
from pmcareer.api.schemes import scheme_for
from pmcareer.model.catalog import Catalog
from pmcareer.model.people import EventKind, Holding, Profile, UnmatchedKind
from pmcareer.reading.foreign.words import stated_day
from pmcareer.renewals.answer import assess_profile
from pmcareer.values import dataclass

COUNTRIES = {"us": "US", "uk": "GB", "ca": "CA", "in": "IN", "au": "AU", "de": "DE", "fr": "FR"}
"""The ISO code of the regions that are one country."""


@dataclass(frozen=True, slots=True)
class Post:
    """A time in a role; ``since`` and ``until`` as ISO dates of any precision, or nothing."""

    title: str
    since: str
    until: str
    role: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certification held; ``expires``: its last valid day as far as it is known."""

    name: str
    issuer: str
    earned: str
    expires: str = ""
    id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """A person's resume on a day, newest first. ``school`` gave the degree of ``education``."""

    as_of: date
    name: str
    label: str
    country: str
    posts: tuple[Post, ...]
    education: str
    school: str
    schools: tuple[Post, ...]
    certificates: tuple[Certificate, ...]
    skills: tuple[tuple[str, str], ...]


def resume_of(catalog: Catalog, profile: Profile, as_of: date) -> Resume:
    """The resume that a profile makes."""
    posts = (*_posts(catalog, profile), *_unmatched_posts(profile, UnmatchedKind.ROLE))
    newest_first = sorted(posts, key=lambda post: (_is_current(post), post.since), reverse=True)
    current = next((post.title for post in newest_first if _is_current(post)), "")
    certificates = (*_certificates(catalog, profile, as_of), *_unmatched_certificates(profile))
    return Resume(
        as_of,
        profile.name,
        current,
        COUNTRIES.get(profile.region or "", ""),
        tuple(newest_first),
        profile.education.level.value if profile.education else "",
        profile.education.institution if profile.education else "",
        tuple(_unmatched_posts(profile, UnmatchedKind.EDUCATION)),
        tuple(sorted(certificates, key=lambda one: one.earned, reverse=True)),
        tuple(
            (catalog.skills[own].name if own in catalog.skills else own, level) for own, level in profile.skills.items()
        ),
    )


def _is_current(post: Post) -> bool:
    """Whether it goes on; of a post that the catalog does not know, an end may be there that nobody can read."""
    return bool(post.role) and not post.until


def _posts(catalog: Catalog, profile: Profile) -> Iterator[Post]:
    for stint in profile.roles:
        role = catalog.roles.get(stint.role)
        until = stint.to.isoformat() if stint.to else ""
        yield Post(role.name if role else stint.role, stint.from_.isoformat(), until, stint.role, stint.employer)


def _certificates(catalog: Catalog, profile: Profile, as_of: date) -> Iterator[Certificate]:
    """What the catalog has, and was not taken away; with the last day that the renewal engine knows."""
    scheme = scheme_for(catalog, known_holdings(catalog, profile))
    answers = {one.certification: one for one in assess_profile(profile, scheme, as_of, years=1).holdings}
    for own in dict.fromkeys(held.id for held in profile.certifications if not _is_revoked(held)):
        entry, answer = catalog.certifications.get(own), answers.get(own)
        if entry is None:
            yield Certificate(own, "", "", id=own)
            continue
        issuer = catalog.issuers.get(entry.issuer)
        earned = answer.earned.isoformat() if answer and answer.earned else ""
        expires = answer.expires.isoformat() if answer and answer.expires else ""
        yield Certificate(entry.name, issuer.name if issuer else "", earned, expires, own, entry.url)


def _is_revoked(held: Holding) -> bool:
    return any(event.kind is EventKind.REVOKED for event in held.events)


# --- what the catalog does not know -----------------------------------------------------------------------------------


def _unmatched_posts(profile: Profile, kind: UnmatchedKind) -> Iterator[Post]:
    for one in profile.unmatched:
        if one.kind is kind:
            yield Post(one.name, _iso(one.from_), _iso(one.to), employer=one.by)


def _unmatched_certificates(profile: Profile) -> Iterator[Certificate]:
    for one in profile.unmatched:
        if one.kind is UnmatchedKind.CERTIFICATION:
            yield Certificate(one.name, one.by, _iso(one.from_), _iso(one.to))


def _iso(text: str) -> str:
    """A stated day as ISO has it, as exact as it was stated; nothing where it cannot be read."""
    stated = stated_day(text)
    if stated is None or stated.first is None or stated.last is None:
        return ""
    if stated.day:
        return stated.day.isoformat()
    is_year = stated.first.month != stated.last.month
    return f"{stated.first.year:04}" if is_year else f"{stated.first:%Y-%m}"
