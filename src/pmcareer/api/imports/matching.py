"""Matching: which certification of the catalog a certificate is, by its name, its issuer and its aliases; how surely.

The confidence is a judgement in percent, and says what was seen: 100 a name of it and its issuer, 90 a name and no
issuer, 85 and 75 the same after leaving out words such as `certificate` or an edition, 50 a name under another issuer.
From ``SURE`` on a match is taken; anything below is shown and left to the person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pmcareer.api.names import Names, certification_names
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.names import plain, spelled_out
from pmcareer.values import dataclass

SURE = 75
_MARKS = str.maketrans(dict.fromkeys("®™℠©", " "))
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_PARTS = re.compile(r"\s[-–—|/]\s|[:|]")
_FIELD_OF_STUDY = re.compile(
    r"(foundation|practitioner)(-[a-z0-9]+)*?-in-(it-)?(project|service|programme|program)-management"
)
_FILLERS = {"certification", "certificate", "certificates", "credential", "badge", "exam", "the", "ce"}
_EDITION = re.compile(r"v?\d+(st|nd|rd|th)?|edition|version|[a-z]{2}0|[a-z]\d\d")


@dataclass(frozen=True, slots=True)
class Match:
    """What a certificate is taken for. ``id`` None: nothing in the catalog answers to it; ``nearest`` may be meant."""

    id: CertificationId | None
    confidence: int
    why: str
    edition: EditionId | None = None
    nearest: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is taken without asking."""
        return self.id is not None and self.confidence >= SURE


def match_certification(catalog: Catalog, name: str, issuer: str = "") -> Match:
    """The best match of a certificate called *name* by an *issuer* (nothing: not said)."""
    names = certification_names(catalog)
    whole = plain(_cleaned(name))
    written = [form for form in _as_written(name) if form == whole or not _begins_others(names, form)]
    for exact in (True, False):
        known = names.ids if exact else _loosened(names)
        forms = written if exact else _reduced(written)
        found = sorted({own for form in forms for own in known.get(form, ())})
        agreeing = [own for own in found if _agrees(catalog, own, issuer)]
        if len(agreeing or found) == 1:
            return _judged(catalog, CertificationId((agreeing or found)[0]), name, issuer, exact=exact)
        if found:
            return Match(None, 0, "several answer to it", nearest=tuple(agreeing or found)[:3])
    return Match(None, 0, "nothing in the catalog answers to it", nearest=_nearest(names, name))


def _judged(catalog: Catalog, own: CertificationId, name: str, issuer: str, *, exact: bool) -> Match:
    how = "its name" if exact else "its name but for an edition or words such as `certificate`"
    edition = _edition(catalog, own, name)
    if issuer and not _agrees(catalog, own, issuer):
        known = catalog.issuers.get(catalog.certifications[own].issuer)
        return Match(own, 50, f"{how}, but {known.name if known else 'its issuer'} issues it", edition)
    if issuer:
        return Match(own, 100 if exact else 85, f"{how} and its issuer", edition)
    if not _tells_enough(catalog, own, name):
        return Match(own, 60, "a short name without an issuer", edition)
    return Match(own, 90 if exact else 75, f"{how}; no issuer is named", edition)


def _tells_enough(catalog: Catalog, own: CertificationId, name: str) -> bool:
    """Whether a name may stand without its issuer: `SAP` and `Network` may mean anything, `PMP` may not."""
    entry = catalog.certifications[own]
    if "+" in entry.name:
        return "+" in name or "plus" in plain(name).split("-")
    forms = set(_as_written(name))
    return len(plain(name).split("-")) > 1 or own in forms or plain(entry.name) in forms


def _as_written(name: str) -> Iterator[str]:
    """The forms of a name, of what stands before and within its brackets, and of its parts."""
    text = _cleaned(name)
    outside = " ".join(_BRACKETED.sub(" ", text).split())
    for one in dict.fromkeys((text, outside, *_BRACKETED.findall(text))):
        yield from _forms(one)
    for part in _PARTS.split(outside):
        yield from _forms(part)


def _begins_others(names: Names, form: str) -> bool:
    """Whether names of other certifications begin with a name: `ITIL` in `ITIL 4: Direct, Plan and Improve`."""
    mine = set(names.ids.get(form, ()))
    return bool(mine) and any(other.startswith(f"{form}-") and not mine & set(ids) for other, ids in names.ids.items())


def _reduced(written: Iterable[str]) -> Iterator[str]:
    """The forms without what issuers add to a name: `certificate`, editions, the field of study, `Certified`."""
    for form in dict.fromkeys(written):
        shorter = _FIELD_OF_STUDY.sub(lambda found: found[0].rsplit("-in-", 1)[0], form)
        words = [word for word in shorter.split("-") if word not in _FILLERS]
        kept = [word for word in words if not _EDITION.fullmatch(word)]
        for one in (words, kept, [word for word in kept if word != "certified"]):
            if len(one) > 1:
                yield "".join(one)


def _loosened(names: Names) -> Mapping[str, set[str]]:
    """What certifications answer to without words such as `certificate`, and without gaps (`ScrumMaster`)."""
    found: dict[str, set[str]] = {}
    for form, ids in names.ids.items():
        words = [word for word in form.split("-") if word not in _FILLERS]
        if len(words) > 1:
            found.setdefault("".join(words), set()).update(ids)
    return found


def _forms(text: str) -> Iterator[str]:
    if form := plain(text):
        yield form
        yield spelled_out(text)


def _cleaned(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name.translate(_MARKS)).split())


def _agrees(catalog: Catalog, own: str, issuer: str) -> bool:
    """Whether the issuer named is the certification's own, whichever of its names is used."""
    stated = plain(_cleaned(issuer)).split("-")
    known = catalog.issuers.get(catalog.certifications[CertificationId(own)].issuer)
    if not issuer or known is None:
        return False
    words = (known.id, known.name, known.abbreviation, *known.aliases)
    forms = [plain(word).split("-") for word in words if plain(word)]
    return any(_within(form, stated) or _within(stated, form) for form in forms)


def _within(short: Sequence[str], long: Sequence[str]) -> bool:
    return any(list(long[at : at + len(short)]) == list(short) for at in range(len(long) - len(short) + 1))


def _edition(catalog: Catalog, own: CertificationId, name: str) -> EditionId | None:
    """The one edition that the name names by its id or name (`N10-008`, `ITIL 4`)."""
    form = f"-{plain(_cleaned(name))}-"
    editions = catalog.certifications[own].editions
    found = [one.id for one in editions if any(f"-{plain(word)}-" in form for word in (one.id, one.name))]
    return found[0] if len(found) == 1 else None


def _nearest(names: Names, name: str) -> tuple[str, ...]:
    return names.nearest(" ".join(_BRACKETED.sub(" ", _cleaned(name)).split())[:80])


def chosen_by_hand(catalog: Catalog, matches: Mapping[str, str], name: str) -> Match | None:
    """What the person said that *name* is (``--match NAME=ID``)."""
    asked = next((asked for said, asked in matches.items() if plain(said) == plain(name)), None)
    if asked is None or asked not in catalog.certifications:
        return None
    own = CertificationId(asked)
    return Match(own, 100, "as you say", _edition(catalog, own, name))
