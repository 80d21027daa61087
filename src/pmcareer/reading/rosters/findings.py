"""What can be wrong with a row of a roster: one message and one severity for each code, wherever the row is read."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.problems import Severity

# code: (severity, message)
FINDINGS: Mapping[str, tuple[Severity, str]] = {
    "roster-row-ragged": ("error", "the row has not as many cells as the header"),
    "roster-person-missing": ("error", "the row does not say who it is about"),
    "roster-person-twice": ("note", "the person stands here a second time; the rows count as one person"),
    "roster-person-differs": ("warning", "an earlier row of the same person says otherwise; the earlier one counts"),
    "roster-person-variant": ("note", "another person's id differs in case or blanks only; they count as two"),
    "roster-person-unknown": ("error", "nobody of this id is among the people"),
    "roster-manager-unknown": ("note", "nobody of this id is among the people"),
    "roster-role-unknown": ("warning", "no role answers to this name"),
    "roster-role-ambiguous": ("warning", "several roles answer to this name"),
    "roster-education-unknown": ("warning", "not a level of education that is known here"),
    "roster-certification-unknown": ("error", "no certification answers to this name"),
    "roster-certification-ambiguous": ("error", "several certifications answer to this name"),
    "roster-certification-missing": ("error", "the row does not say which certification it is about"),
    "roster-holding-twice": ("note", "the same person holds the same since the same day already; they count as one"),
    "roster-holding-differs": ("note", "the same holding stands elsewhere with another last day or way of renewal"),
    "roster-holding-again": ("note", "the same person holds the same since another day too; its awards count as one"),
    "roster-date": ("error", "not a date that is accepted here"),
    "roster-date-order": ("error", "which is the day and which the month is not declared: --day-order us or eu"),
    "roster-date-future": ("error", "the day lies after the as-of date"),
    "roster-date-early": ("error", "the day lies before 1950"),
    "roster-date-late": ("error", "the day lies after 2200"),
}
# Of a person's own fields, a date that cannot be read costs the value only; of a holding, it costs the holding.
_DATES = frozenset(code for code in FINDINGS if code.startswith("roster-date"))
PERSON_FIELDS = ("role", "title", "department", "location", "manager", "role_since", "education", "hired")


def severity_of(code: str, column: str) -> Severity:
    """How much is lost by a finding in *column* (its canonical name)."""
    return "warning" if code in _DATES and column in PERSON_FIELDS else FINDINGS[code][0]
