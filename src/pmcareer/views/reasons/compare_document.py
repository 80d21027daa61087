"""``pmcareer.compare/1``: the comparison for programs; docs/reference/json.md says what its keys mean."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pmcareer.api.comparing.comparison import Comparison, Datum, Listed, Row, Special
from pmcareer.model.requirements import Requirement
from pmcareer.views.plain_data import plain_citation, plain_number
from pmcareer.views.report import Plain
from pmcareer.views.resolved import resolved
from pmcareer.views.wording import requirement

SCHEMA = "pmcareer.compare/1"


def compare_document(comparison: Comparison) -> dict[str, Plain]:
    """``pmcareer.compare/1``: see docs/reference/json.md."""
    return {
        "schema": SCHEMA,
        "as_of": comparison.as_of.isoformat(),
        "kind": comparison.kind,
        "subjects": [{"id": subject.id, "name": subject.name} for subject in comparison.subjects],
        "rows": [_row(row, comparison) for row in comparison.rows],
        "lists": [_listed(listed, comparison) for listed in comparison.lists],
        "assumptions": [{"text": a.text, "change": a.change} for a in comparison.assumptions],
    }


def _row(row: Row, comparison: Comparison) -> Plain:
    pairs = zip(comparison.subjects, row.data, strict=True)
    return {
        "key": row.key,
        "section": row.section,
        "label": row.label,
        "unit": row.unit,
        "differs": row.differs,
        "values": [{"id": subject.id, **_datum(one, comparison)} for subject, one in pairs],
    }


def _datum(datum: Datum, comparison: Comparison) -> dict[str, Plain]:
    """``known`` is false where nobody says; a null value that is known is nothing (no fee, no such price)."""
    value = datum.value
    text = requirement(value, comparison.names) if isinstance(value, Requirement) else None
    return {
        "value": text if text is not None else _plain(value),
        "known": value is not Special.UNKNOWN,
        "at_least": datum.at_least,
        "source": plain_citation(datum.citation) if datum.citation else None,
        "note": datum.note,
    }


def _plain(value: object) -> Plain:
    if isinstance(value, Special):
        return {Special.YES: True, Special.NO: False}.get(value)
    if isinstance(value, Decimal | Fraction):
        return plain_number(Fraction(value))
    return resolved(value, {})


def _listed(listed: Listed, comparison: Comparison) -> Plain:
    return {
        "key": listed.key,
        "title": listed.title,
        "shared": list(listed.shared),
        "only": [
            {"id": subject.id, "texts": list(listed.only(index))} for index, subject in enumerate(comparison.subjects)
        ],
    }
