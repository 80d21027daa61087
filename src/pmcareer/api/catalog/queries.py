"""Looking into the catalog: finding an entry by any name, listing certifications by what they are, searching texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

from pmcareer.api.catalog.renewal_terms import rule_for_new_awards
from pmcareer.errors import UnknownIdError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.catalog_index import NamedTable
from pmcareer.model.certifications import Certification
from pmcareer.model.exchange import exchange_rate
from pmcareer.model.ids import RegionId
from pmcareer.model.names import plain, spelled_out
from pmcareer.model.pricing import Payer, PriceLine, lawful_price
from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.money import Money
from pmcareer.values import dataclass

Table: TypeAlias = Literal[
    "certifications",
    "roles",
    "ladders",
    "issuers",
    "skills",
    "niches",
    "experience_kinds",
    "methods",
    "selection_models",
    "pay",
    "assumptions",
    "sources",
]
TABLES: tuple[Table, ...] = get_args(Table)
RENEWALS = ("lifetime", "cycle", "release", "unknown")

# Those that are looked up by their ids alone.
_NAMELESS = ("pay", "assumptions", "sources")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and the table that it stands in."""

    table: Table
    id: str
    entry: Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """What certifications are asked for; None and empty: no matter which. ``max_cost`` counts exam and course."""

    issuer: str = ""
    niche: str = ""
    level: str = ""
    renewal: str = ""
    max_cost: Money | None = None


@dataclass(frozen=True, slots=True)
class CertificationLine:
    """A certification as a list shows it: its status and the rule that governs it on the as-of date, and its price."""

    certification: Certification
    issuer: str
    status: str
    rule: RenewalRule | None
    price: PriceLine | None


def find_entry(catalog: Catalog, asked: str) -> Found:
    """The entry that *asked* means: by id, name, abbreviation or alias, certifications and roles first.

    Raises UnknownIdError with the nearest ids where nothing answers to it, UsageError where several do.
    """
    for form in dict.fromkeys((plain(asked), spelled_out(asked))):
        for table in TABLES:
            ids = _answering(catalog, table, form)
            if len(ids) > 1:
                raise UsageError(f"{asked!r} may mean {', '.join(sorted(ids))}", hint="say which one")
            if ids:
                return Found(table, ids[0], getattr(catalog, table)[ids[0]])
    raise UnknownIdError("entry", asked, _nearest(catalog, plain(asked)))


def _answering(catalog: Catalog, table: Table, form: str) -> Sequence[str]:
    return _forms(catalog, table).get(form, ())


def _forms(catalog: Catalog, table: Table) -> Mapping[str, Sequence[str]]:
    if table in _NAMELESS:
        return {id_: (id_,) for id_ in getattr(catalog, table)}
    named: NamedTable = table  # type: ignore[assignment] # the others
    return catalog.index.forms(named)


def _nearest(catalog: Catalog, form: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    meant: dict[str, list[str]] = {}
    for table in TABLES:
        for known, ids in _forms(catalog, table).items():
            meant.setdefault(known, []).extend(ids)
    near = get_close_matches(form, meant, n=3 * _NEAREST, cutoff=0.55)
    return tuple(dict.fromkeys(id_ for known in near for id_ in meant[known]))[:_NEAREST]


# --- certifications -------------------------------------------------------------------------------------------------


def list_certifications(
    catalog: Catalog, wanted: Wanted, as_of: date, region: str = "", currency: str = ""
) -> tuple[CertificationLine, ...]:
    """The certifications that are as *wanted*, by issuer and name.

    Raises UnknownIdError for an unknown issuer or niche. No ``max_cost`` admits a certification whose price is
    unknown, or known in a currency without rate.
    """
    issuer = _named(catalog, "issuers", "issuer", wanted.issuer)
    niche = _named(catalog, "niches", "niche", wanted.niche)
    payer = Payer(as_of, RegionId(region or "us"), currency or "USD")
    lines = []
    for certification in catalog.certifications.values():
        fits = (not issuer or certification.issuer == issuer) and (not niche or niche in certification.niches)
        if fits and wanted.level in ("", certification.level.value):
            line = _line(catalog, certification, payer)
            if _renews_as(line, wanted.renewal) and _costs_at_most(catalog, line, wanted.max_cost, as_of):
                lines.append(line)
    return tuple(sorted(lines, key=lambda line: (line.issuer.lower(), line.certification.name.lower())))


def _named(catalog: Catalog, table: NamedTable, kind: str, asked: str) -> str:
    if not asked:
        return ""
    from pmcareer.api.names import Names

    return Names(kind, catalog.index.forms(table)).find(asked)


def _line(catalog: Catalog, certification: Certification, payer: Payer) -> CertificationLine:
    lifecycle = certification.lifecycle.on(payer.on)
    issuer = catalog.issuers.get(certification.issuer)
    return CertificationLine(
        certification,
        (issuer.abbreviation or issuer.name) if issuer else certification.issuer,
        lifecycle.status.value if lifecycle else "announced",
        rule_for_new_awards(catalog, certification, payer.on),
        lawful_price(certification.prices, "bundle", payer) or lawful_price(certification.prices, "exam", payer),
    )


def _renews_as(line: CertificationLine, kind: str) -> bool:
    return not kind or kind == (line.rule.validity.kind if line.rule else "unknown")


def _costs_at_most(catalog: Catalog, line: CertificationLine, most: Money | None, on: date) -> bool:
    if most is None:
        return True
    price = line.price.amount.value if line.price else None
    exchange = exchange_rate(price.currency, most.currency, on, catalog.rates) if price else None
    return price is not None and exchange is not None and Fraction(price.amount) * exchange[0] <= Fraction(most.amount)


# --- search ---------------------------------------------------------------------------------------------------------


def search(catalog: Catalog, words: Iterable[str]) -> tuple[Found, ...]:
    """The entries in whose texts every one of *words* occurs; those called so come first."""
    asked = [form for word in words if (form := plain(word))]
    if not asked:
        raise UsageError("search for what?", hint="give a word, such as risk")
    found = [(rank, one) for one in _all(catalog) if (rank := _rank(one, asked)) is not None]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _all(catalog: Catalog) -> Iterator[Found]:
    for table in TABLES:
        for id_, entry in getattr(catalog, table).items():
            yield Found(table, id_, entry)


def _rank(found: Found, asked: Sequence[str]) -> int | None:
    """0: called exactly so; 1: every word is in its names; 2: in its names or texts; None: not at all."""
    names = [plain(word) for word in (found.id, *_words(found.entry, ("name", "title", "abbreviation", "aliases")))]
    if "-".join(asked) in names:
        return 0
    if all(any(word in name for name in names) for word in asked):
        return 1
    texts = [plain(text) for text in _words(found.entry, ("summary", "note", "publisher", "responsibilities"))]
    return 2 if all(any(word in text for text in (*names, *texts)) for word in asked) else None


def _words(entry: Any, fields: Iterable[str]) -> Iterator[str]:
    for field in fields:
        value = getattr(entry, field, "")
        yield from value if isinstance(value, tuple) else (value,)
