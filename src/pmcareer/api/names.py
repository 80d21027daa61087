"""Forgiving names: an id, a name, an abbreviation or an alias finds its entry; a miss offers the nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import MembershipId, NicheId
from pmcareer.model.names import plain, spelled_out
from pmcareer.values import dataclass

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Names:
    """All the names of one kind of entry, each in its plain form with the ids that it may mean."""

    kind: str
    ids: Mapping[str, Sequence[str]]

    def find(self, asked: str) -> str:
        """The one id that *asked* means.

        Raises UnknownIdError with the nearest ids, or UsageError where several entries answer to it.
        """
        for form in (plain(asked), spelled_out(asked)):
            found = self.ids.get(form)
            if found and len(found) == 1:
                return found[0]
            if found:
                raise UsageError(f"{asked!r} may mean {', '.join(sorted(found))}", hint="say which one")
        raise UnknownIdError(self.kind, asked, self.nearest(asked))

    def nearest(self, asked: str) -> tuple[str, ...]:
        """The ids whose names come closest to *asked*, best first."""
        from difflib import get_close_matches

        forms = get_close_matches(plain(asked), self.ids, n=_NEAREST * 3, cutoff=0.55)
        ids = dict.fromkeys(i for form in forms for i in sorted(self.ids[form]))
        return tuple(ids)[:_NEAREST]


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
