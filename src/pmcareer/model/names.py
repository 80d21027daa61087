"""How entries are called: the plain form of a name, in which spelling, case and shortened words no longer matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Words that people shorten; applied to what is asked and to what is known alike.
LONG_FORMS: Mapping[str, str] = {
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


def plain(text: str) -> str:
    """Lower case, words joined by hyphens: ``PRINCE2 Foundation`` → ``prince2-foundation``."""
    return _NOT_WORD.sub("-", text.lower()).strip("-")


def spelled_out(text: str) -> str:
    """The plain form with shortened words in full: ``Sr. PM`` → ``senior-project-manager``."""
    return "-".join(LONG_FORMS.get(word, word) for word in plain(text).split("-"))


def forms_of(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """From entries (an id, and the words it goes by) to every form with the ids that it may mean.

    An entry's own id always means it, even where another entry has that word as an alias.
    """
    found: dict[str, dict[str, None]] = {}
    ids = []
    for id_, words in entries:
        ids.append(id_)
        for form in _forms(words):
            found.setdefault(form, {})[id_] = None
    return {form: sorted(meant) for form, meant in found.items()} | {id_: [id_] for id_ in ids}


# Words of names that people write apart.
_APART = (("scrummaster", "scrum-master"), ("prince2", "prince-2"))
_ABBREVIATION = re.compile(r"[a-z]{2,6}")


def as_exported(forms: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """*forms*, and those in which exports of staff write the same: ``Certified Scrum Master (CSM)``, ``P.M.P.``."""
    own: dict[str, list[str]] = {}
    for form, ids in forms.items():
        if len(ids) == 1:
            own.setdefault(ids[0], []).append(form)
    more: dict[str, dict[str, None]] = {}
    for id_, mine in own.items():
        for form in _exported(mine):
            if form not in forms:
                more.setdefault(form, {})[id_] = None
    return {**forms, **{form: sorted(ids) for form, ids in more.items()}}


def _exported(mine: Sequence[str]) -> Iterator[str]:
    apart = [form.replace(one, two) for form in mine for one, two in _APART if one in form]
    yield from apart
    for short in filter(_ABBREVIATION.fullmatch, mine):
        yield "-".join(short)
        for long in (*mine, *apart):
            if long != short:
                yield f"{long}-{short}"
                yield f"{short}-{long}"


def _forms(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if form := plain(word):
            yield form
            yield spelled_out(word)
