"""Titles for whole answers: a catalog's roles, a company's dictionary before them, and titles from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pmcareer.api.loading import raise_for
from pmcareer.api.names import role_names
from pmcareer.errors import DataInvalidError, UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.catalog_index import words_of
from pmcareer.model.ids import RoleId
from pmcareer.problems import Position, Problems
from pmcareer.reading.rosters.title_lists import read_dictionary, read_titles
from pmcareer.team.titles import TitleMatch, TitleMatcher
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class MatchedTitles:
    """Every distinct title, in the order in which it was met, with what it means. ``notes``: how a file was read."""

    as_of: date
    rows: tuple[TitleMatch, ...]
    notes: tuple[str, ...] = ()


def matcher_for(catalog: Catalog, dictionary: Path | None = None) -> TitleMatcher:
    """A matcher of the catalog's roles; the company's own words come first.

    Raises DataInvalidError where the dictionary names a role that the catalog does not have.
    """
    names = {role.id: (role.id, *words_of(role)) for role in catalog.roles.values()}
    return TitleMatcher(names, _own_words(catalog, dictionary) if dictionary else None)


def match_titles(
    catalog: Catalog, as_of: date, titles: Iterable[str], *, file: Path | None = None, dictionary: Path | None = None
) -> MatchedTitles:
    """What *titles*, and those of *file* (one a line, or the column ``title`` of a roster), mean."""
    every = [title for title in titles if title.strip()]
    notes: tuple[str, ...] = ()
    if file is not None:
        problems = Problems()
        listed = read_titles(file, problems)
        raise_for(problems)
        every, notes = [*every, *listed.titles], listed.notes
    if not every:
        raise UsageError("no title to match", hint="name a file, or say --title")
    matched = matcher_for(catalog, dictionary).match_all(every)
    return MatchedTitles(as_of, tuple(matched.values()), notes)


def role_of_titles(catalog: Catalog, titles: Iterable[str]) -> Mapping[str, RoleId]:
    """The role of each title that is clear."""
    matched = matcher_for(catalog).match_all(titles)
    return {title: match.role for title, match in matched.items() if match.role is not None}


def _own_words(catalog: Catalog, path: Path) -> dict[str, RoleId | None]:
    """The dictionary with its roles looked up; an empty role says that a title is none of ours."""
    problems = Problems()
    written = read_dictionary(path, problems)
    raise_for(problems)
    roles, found, unknown = role_names(catalog), {}, Problems()
    for title, role in written.items():
        try:
            found[title] = RoleId(roles.find(role)) if role else None
        except (UnknownIdError, UsageError) as error:
            unknown.add("roster-role-unknown", error.message, Position(str(path)), path=title, hint=error.hint)
    if unknown.errors:
        raise DataInvalidError(unknown.errors)
    return found
