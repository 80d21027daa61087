"""Words of job titles: abbreviations spelled out, plurals cut, remarks of the payroll dropped, inversions turned round.

``phrasings`` gives the ways in which a title may be read, each as words in the order "modifiers, then what one is":
``Manager, project, IT`` and ``Director of IT`` become ``it project manager`` and ``it director``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pmcareer.values import dataclass

Words = tuple[str, ...]


def word_set(text: str) -> frozenset[str]:
    """The words of *text*."""
    return frozenset(text.split())


# One word of a title and the words that it stands for.
_SHORT_WORDS = """
sr senior, snr senior, sen senior, senor senior, jr junior, jnr junior, asst assistant, assist assistant,
assoc associate, dep deputy, dpty deputy, princ principal, prin principal, mgr manager, mngr manager, mgnr manager,
mngmt management, mgmt management, mgt management, mngt management, dir director, dirctr director,
coord coordinator, coor coordinator, co-ordinator coordinator, admin administrator, anlst analyst,
anlyst analyst, ofcr officer, offcr officer, offr officer, off officer, supv supervisor, supvr supervisor,
supvsr supervisor, spec specialist, engr engineer, devt development, dvlpr developer, pgmr programmer,
prog program, prgm program, pgrm program, programme program, proj project, ppm project portfolio,
prj project, prjct project, projet project, prod product, tech technical, techn technical, info information,
inf information, sys systems, syst systems, system systems, svc service, svcs service, services service,
ops operations, opns operations, operation operations, dept department, sw software, apps application,
app application, appl application, applications application, infra infrastructure, comp computer,
vice-president vp, v.p vp, svp senior vp, evp executive vp, avp assistant vp, pm project manager,
pgm program manager, pmgr project manager, ict it, doit it, is it, mis it, its it, bus business,
bsns business, ldr leader, ld lead, hd head, trn training, intl international, exec executive,
managers manager, projects project, programs program, programmes program, products product,
portfolios portfolio, releases release, directors director, developers developer, engineers engineer,
consultants consultant, masters master, chf chief, it-projektleiter it projektleiter, proyectos proyecto,
projetos projeto, mstr master, cyber cybersecurity, advisor adviser, websites website,
technologies technology, epmo pmo, sde software engineer, swe software engineer,
implementations implementation, 1 i, 2 ii, 3 iii, 4 iv,
"""
SHORT: Mapping[str, Words] = {
    short: tuple(words)
    for short, *words in map(
        str.split,
        _SHORT_WORDS.strip().rstrip(",").split(","),
    )
}
# Several words that are one.
JOINED: Mapping[Words, Words] = {
    ("information", "technology"): ("it",),
    ("information", "systems"): ("it",),
    ("management", "it"): ("it",),
    ("information", "communication", "technology"): ("it",),
    ("computer", "and", "it"): ("it",),
    ("vice", "president"): ("vp",),
    ("project", "management", "office"): ("pmo",),
    ("program", "management", "office"): ("pmo",),
    ("portfolio", "management", "office"): ("pmo",),
    ("web", "site"): ("website",),
    ("data", "warehouse"): ("data-warehouse",),
    ("web", "sites"): ("website",),
    ("cyber", "security"): ("cybersecurity",),
    ("cybersecurity", "security"): ("cybersecurity",),
    ("co", "ordinator"): ("coordinator",),
    ("scrum", "mistress"): ("scrum", "master"),
    ("scrummaster",): ("scrum", "master"),
    ("e", "business"): ("e-business",),
    ("full", "stack"): ("full-stack",),
    ("front", "end"): ("front-end",),
    ("back", "end"): ("back-end",),
    ("soft", "developer"): ("software", "developer"),
    ("project", "mgt"): ("project", "management"),
}
# What a short word stands for before others, and what at the end.
_BY_PLACE: Mapping[str, tuple[str, str]] = {"eng": ("engineering", "engineer"), "dev": ("development", "developer")}
_JOINED_FROM = {several[0]: [one for one in JOINED if one[0] == several[0]] for several in JOINED}
# What people are called: the word that says what someone is.
HEADS = word_set(
    "manager director coordinator administrator analyst officer supervisor specialist engineer developer "
    "programmer architect consultant adviser lead leader head vp president master coach owner scheduler "
    "controller assistant expediter executive chief"
)
LEVELS = word_set(
    "junior trainee assistant associate deputy senior lead principal staff chief head managing executive "
    "first second distinguished group global regional i ii iii iv v graduate entry mid level experienced"
)
_MODIFIERS = LEVELS | {"contract", "contractor", "freelance", "interim", "volunteer", "technical"}
# What the payroll adds.
_REMARKS = word_set(
    "temporary temp acting permanent perm parttime fulltime ft pt remote hybrid onsite hourly hrly exempt "
    "nonexempt excluded excld excl agrmnt per confidential mfd mwd fmd wfh non uk us usa emea "
    "apac latam eu"
)
_SMALL = word_set("the a an and & of")
_REMARK_PHRASES = re.compile(
    r"\b(?:per agrmnt|part[- ]time|full[- ]time|not[- ]for[- ]profit|non[- ][a-z]+|"
    r"m/[fw]/[dx]|[fw]/m/[dx]|f/t|p/t|w2|c2c)\b"
)
_PARENTHESES = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_SEGMENTS = re.compile(r"\s[-–—]+\s|[–—]|\s-|-\s|[,;:|@•]|\s+(?:for|in|at|within|with)\s+(?:the\s+)?")
_WORD = re.compile(r"[a-z0-9+#.]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to read a title: *words* with what one is last, and the words of its surroundings."""

    words: Words
    context: Words = ()
    certain: bool = True


def phrasings(title: str) -> Iterator[Phrasing]:
    """The ways to read *title*, the likeliest first; none where it says what somebody was, or is not."""
    text = unicodedata.normalize("NFKC", title).lower().replace("’", "'").replace("'s", "")
    text = _REMARK_PHRASES.sub(" ", text)
    inside = [words_of(part) for part in _PARENTHESES.findall(text)]
    segments = [words for part in _SEGMENTS.split(_PARENTHESES.sub(" ; ", text)) if (words := words_of(part))]
    if _is_past(segments, inside):
        return
    inside, segments = _of_now(inside), _of_now(segments)
    loose = [words for words in (*segments[1:], *inside) if _MODIFIERS.issuperset(words)]
    if loose and segments and segments[0][-1] in HEADS:
        # "Project Manager, Senior"; "Project Manager (Contract)"
        segments = [
            tuple(w for words in loose for w in words) + segments[0],
            *(s for s in segments[1:] if s not in loose),
        ]
    segments = segments[:8]
    context = tuple(word for part in inside for word in part)
    if segments:
        yield from _readings(segments, context)
    for part in inside:
        if part and part[-1] in HEADS:
            yield Phrasing(turned(part), tuple(word for words in segments for word in words), certain=False)


def _is_past(segments: list[Words], inside: list[Words]) -> bool:
    """``Former project manager``, ``Project manager (retired)``."""
    from pmcareer.team.title_rules import NOT_NOW

    beside = [words for words in (*segments[1:], *inside) if words]
    return not NOT_NOW.isdisjoint(segments[0] if segments else ()) or any(NOT_NOW.issuperset(one) for one in beside)


def _of_now(parts: list[Words]) -> list[Words]:
    """Without what somebody was beside: ``Project manager (formerly consultant)``."""
    from pmcareer.team.title_rules import NOT_NOW

    return [words for words in parts if NOT_NOW.isdisjoint(words[:1])]


def _readings(segments: list[Words], context: Words) -> Iterator[Phrasing]:
    first, rest = segments[0], segments[1:]
    loose = tuple(word for words in rest for word in words)
    if rest and all(word in HEADS or word in LEVELS for word in first):
        # "Manager, project, IT"; "Director - Information Technology"
        levels, last = first[:-1], first[-1]
        if last not in HEADS:
            levels, last = first[1:], first[0]
        backwards = tuple(word for words in reversed(rest) for word in words)
        yield Phrasing((*levels, *backwards, last), context)
        yield Phrasing((*levels, *turned(rest[0]), last), (*loose, *context))
        return
    yield Phrasing(turned(first), (*loose, *context))
    if first[0] in HEADS and first[-1] not in HEADS:
        yield Phrasing((*first[1:], first[0]), (*loose, *context))
        yield Phrasing((*reversed(first[1:]), first[0]), (*loose, *context))
    for words in rest:
        if words[-1] in HEADS and len(words) > 1:
            # "IT - Project Manager"
            others = tuple(word for other in segments if other is not words for word in other)
            yield Phrasing(turned(words), (*others, *context), certain=False)
    if len(rest) == 1 and rest[0][-1] in HEADS:
        yield Phrasing((*first, *rest[0]), context, certain=False)


def mended(title: str) -> str | None:
    """The title with words put right that have one letter wrong; None where there are none."""
    from pmcareer.team.title_rules import OFTEN_MISSPELT

    known = _one_letter_off(OFTEN_MISSPELT)
    words = re.split(r"([A-Za-z]+)", title)
    changed = [_mended_word(word, known, OFTEN_MISSPELT) for word in words]
    return None if changed == words else "".join(changed)


def _mended_word(word: str, known: Mapping[str, str], vocabulary: frozenset[str]) -> str:
    lowered = word.lower()
    if len(word) < 6 or lowered in vocabulary or lowered in SHORT or lowered in HEADS:
        return word
    return next((known[form] for form in (lowered, *_shortened(lowered)) if form in known), word)


@cache
def _one_letter_off(words: frozenset[str]) -> dict[str, str]:
    """Each word, whole and with any one letter left out, with the word itself."""
    return {form: word for word in sorted(words) for form in (word, *_shortened(word))}


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> Words:
    """The words of a piece of title: spelled out, joined, without remarks; ``of`` stays."""
    found: list[str] = []
    for raw in _WORD.findall(text.lower().replace("&", " and ")):
        word = raw.strip(".")
        parts = SHORT.get(word) or SHORT.get(word.replace(".", "")) or _hyphenated(word)
        found.extend(part for part in parts if part and part not in _REMARKS and not part.isdigit())
    return _joined(
        [word if word not in _BY_PLACE else _BY_PLACE[word][at == len(found) - 1] for at, word in enumerate(found)]
    )


def _hyphenated(word: str) -> Words:
    if "-" not in word:
        return (word,)
    return tuple(part for piece in word.split("-") for part in SHORT.get(piece, (piece,)))


def _joined(words: list[str]) -> Words:
    """Words that are one together are put together; several rounds, since one joining makes way for another."""
    for _ in range(2):
        for several in [several for word in words for several in _JOINED_FROM.get(word, ())]:
            size = len(several)
            for place in range(len(words) - size + 1):
                if tuple(words[place : place + size]) == several:
                    words[place : place + size] = JOINED[several]
                    break
    return tuple(word for word, before in zip(words, ["", *words], strict=False) if word != before)


def turned(words: Words) -> Words:
    """``director of it`` → ``it director``; small words go."""
    if "of" in words:
        place = words.index("of")
        left, right = words[:place], words[place + 1 :]
        if left and right and left[-1] in HEADS | LEVELS:
            words = (*left[:-1], *right, left[-1])
    return tuple(word for word in words if word not in _SMALL)
