"""Forgiving names: an id, a name, an abbreviation or an alias finds its entry; a miss offers the nearest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import MembershipId, NicheId
from pmcareer.model.names import LONG_FORMS, plain, spelled_out
from pmcareer.values import dataclass

_NEAREST = 3
_SHORTEST_BEGINNING = 3
_NUMBERED = re.compile(r"([a-z-]+?)-?(\d+|(?<=[a-z]{3})i{1,3})", re.ASCII)  # PSMI, but PMI is no PM I


@dataclass(frozen=True, slots=True)
class Names:
    """All the names of one kind of entry, each in its plain form with the ids that it may mean."""

    kind: str
    ids: Mapping[str, Sequence[str]]

    def find(self, asked: str) -> str:
        """The one id that *asked* means.

        Raises UnknownIdError with the nearest ids, or UsageError where several entries answer to it.
        """
        for form in (plain(asked), spelled_out(asked), _numbered(asked)):
            found = self.ids.get(form)
            if found and len(found) == 1:
                return found[0]
            if found:
                raise UsageError(f"{asked!r} may mean {', '.join(sorted(found))}", hint="say which one")
        raise UnknownIdError(self.kind, asked, self.nearest(asked))

    def nearest(self, asked: str) -> tuple[str, ...]:
        """The ids whose names come closest to *asked*, best first: those that it begins, or whose initials it is."""
        from difflib import get_close_matches

        form = plain(asked)
        close = get_close_matches(form, self.ids, n=_NEAREST * 3, cutoff=0.55)
        forms = (*self._begun_by(form), *self._initialled(form), *close)
        ids = dict.fromkeys(i for form in forms for i in sorted(self.ids[form]))
        return tuple(ids)[:_NEAREST]

    def _begun_by(self, asked: str) -> list[str]:
        """The forms that begin with *asked*: whole words of it first, then ids, then the shortest."""
        found = [form for form in self.ids if len(asked) >= _SHORTEST_BEGINNING and form.startswith(asked)]
        return sorted(
            found, key=lambda form: (not form.startswith(f"{asked}-"), form not in self.ids[form], len(form), form)
        )

    def _initialled(self, asked: str) -> list[str]:
        """The forms of several words whose first letters are *asked*, ids before other names."""
        found = [form for form in self.ids if "-" in form and "".join(word[:1] for word in form.split("-")) == asked]
        return sorted(found, key=lambda form: (form not in self.ids[form], form))


def _numbered(asked: str) -> str:
    """The plain form with the number at its end as a word: ``PSM1``, ``PSMI`` → ``psm-i``, ``ITIL4`` → ``itil-4``."""
    found = _NUMBERED.fullmatch(plain(asked))
    return f"{found[1]}-{LONG_FORMS.get(found[2], found[2])}" if found else plain(asked)


def role_names(catalog: Catalog) -> Names:
    """What roles answer to."""
    return Names("role", catalog.index.forms("roles"))


def certification_names(catalog: Catalog) -> Names:
    """What certifications answer to."""
    return Names("certification", catalog.index.forms("certifications"))


def experience_names(catalog: Catalog) -> Names:
    """What kinds of experience answer to."""
    return Names("experience kind", catalog.index.forms("experience_kinds"))


def find_niche(catalog: Catalog, asked: str) -> NicheId:
    """The niche that *asked* means."""
    return NicheId(Names("niche", catalog.index.forms("niches")).find(asked))


def find_membership(catalog: Catalog, asked: str) -> MembershipId:
    """The membership of that id, or of that name. Raises UnknownIdError."""
    known = [membership for issuer in catalog.issuers.values() for membership in issuer.memberships]
    forms: dict[str, list[str]] = {}
    for membership in known:
        for form in {plain(membership.id), plain(membership.name)}:
            forms.setdefault(form, []).append(membership.id)
    return MembershipId(Names("membership", forms).find(asked))


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
