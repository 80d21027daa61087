"""Forgiving names: an id, a name, an abbreviation or an alias finds its entry; a miss offers the nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.values import dataclass

_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Words that people shorten; applied to what is asked and to what is known alike.
_LONG_FORMS: Mapping[str, str] = {
    "pm": "project-manager",
    "pgm": "program-manager",
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "mgr": "manager",
    "mngr": "manager",
    "coord": "coordinator",
    "asst": "assistant",
    "dir": "director",
    "ba": "business-analyst",
    "dev": "developer",
    "programme": "program",
    "1": "i",
    "2": "ii",
    "3": "iii",
}
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Names:
    """All the names of one kind of entry, each in its plain form with the ids that it may mean."""

    kind: str
    ids: Mapping[str, frozenset[str]]

    def find(self, asked: str) -> str:
        """The one id that *asked* means.

        Raises UnknownIdError with the nearest ids, or UsageError where several entries answer to it.
        """
        for form in (plain(asked), spelled_out(asked)):
            found = self.ids.get(form)
            if found and len(found) == 1:
                return next(iter(found))
            if found:
                raise UsageError(f"{asked!r} may mean {', '.join(sorted(found))}", hint="say which one")
        raise UnknownIdError(self.kind, asked, self.nearest(asked))

    def nearest(self, asked: str) -> tuple[str, ...]:
        """The ids whose names come closest to *asked*, best first."""
        from difflib import get_close_matches

        forms = get_close_matches(plain(asked), self.ids, n=_NEAREST * 3, cutoff=0.55)
        ids = dict.fromkeys(i for form in forms for i in sorted(self.ids[form]))
        return tuple(ids)[:_NEAREST]


def plain(text: str) -> str:
    """Lower case, words joined by hyphens: ``PRINCE2 Foundation`` → ``prince2-foundation``."""
    return _NOT_WORD.sub("-", text.lower()).strip("-")


def spelled_out(text: str) -> str:
    """The plain form with shortened words in full: ``Sr. PM`` → ``senior-project-manager``."""
    return "-".join(_LONG_FORMS.get(word, word) for word in plain(text).split("-"))


def role_names(catalog: Catalog) -> Names:
    """What roles answer to."""
    return _names("role", ((r.id, (r.name, *r.aliases)) for r in catalog.roles.values()))


def certification_names(catalog: Catalog) -> Names:
    """What certifications answer to."""
    entries = ((c.id, (c.name, c.abbreviation, *c.aliases)) for c in catalog.certifications.values())
    return _names("certification", entries)


def experience_names(catalog: Catalog) -> Names:
    """What kinds of experience answer to."""
    return _names("experience kind", ((k.id, (k.name,)) for k in catalog.experience_kinds.values()))


def find_role_or_certification(catalog: Catalog, asked: str) -> str:
    """The id of the role or certification that *asked* means; certifications come first where both answer."""
    roles, certifications = role_names(catalog), certification_names(catalog)
    try:
        return certifications.find(asked)
    except UnknownIdError as miss:
        try:
            return roles.find(asked)
        except UnknownIdError:
            nearest = (*miss.nearest[:2], *roles.nearest(asked)[:1])
            raise UnknownIdError("role or certification", asked, nearest) from None


def _names(kind: str, entries: Iterable[tuple[str, tuple[str, ...]]]) -> Names:
    """An entry's own id always means it, even where another entry has that word as an alias."""
    found: dict[str, set[str]] = {}
    entries = list(entries)
    for id_, words in entries:
        for form in _forms(words):
            found.setdefault(form, set()).add(id_)
    found.update({id_: {id_} for id_, _ in entries})
    return Names(kind, {form: frozenset(ids) for form, ids in found.items()})


def _forms(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word:
            yield plain(word)
            yield spelled_out(word)
