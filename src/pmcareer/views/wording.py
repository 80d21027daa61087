"""Wording: numbers, spans and requirement trees as people read them, in one place for every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from pmcareer.dates import days_to_months
from pmcareer.model import requirements as tree


def months(days: int) -> str:
    """``27 months``, ``5 weeks``, ``3 days``: a span as a person would say it; not for deciding."""
    if days < 14:
        return counted(days, "day")
    if days < 60:
        return counted(round(days / 7), "week")
    return counted(round(days_to_months(days)), "month")


def counted(n: int | str, noun: str) -> str:
    """``1 day``, ``2 days``."""
    return f"{n} {noun}{'' if str(n) == '1' else 's'}"


def number(value: Fraction) -> str:
    """A number without needless decimals: ``6``, ``7.5``, ``0.33``."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def day(value: date | None) -> str:
    """An ISO date, or ``unknown``."""
    return value.isoformat() if value else "unknown"


def requirement(node: tree.Requirement | None, names: Mapping[str, str]) -> str:
    """A requirement in words, branches joined by ``and``, ``or``.

    *names* gives certifications their short names, and kinds of experience theirs under ``experience/<kind>``.
    """
    if node is None:
        return "nothing"
    return _WORDS[type(node)](node, names)


def _branch(word: str, parts: tuple[tree.Requirement, ...], names: Mapping[str, str]) -> str:
    texts = [requirement(part, names) for part in parts]
    if word == "and":
        texts = [
            f"({t})" if isinstance(p, tree.AnyOf) and len(p.of) > 1 else t for t, p in zip(texts, parts, strict=True)
        ]
    return f" {word} ".join(texts) if texts else ("nothing" if word == "and" else "never")


def _experience(node: tree.Experience, names: Mapping[str, str]) -> str:
    window = f" in the last {counted(node.within_years, 'year')}" if node.within_years else ""
    kind = names.get(f"experience/{node.kind}", node.kind.replace("-", " "))
    return f"{_span(node.months)} of {kind}{window}"


def _span(months_: int) -> str:
    """``18 months``, ``3 years``: requirements as their rules say them."""
    return counted(months_ // 12, "year") if months_ >= 24 and months_ % 12 == 0 else counted(months_, "month")


def _education(node: tree.Education, _: Mapping[str, str]) -> str:
    degree = {"none": "no degree", "secondary": "secondary school", "associate": "an associate degree"}
    level = degree.get(
        node.level.value, f"a {node.level.value}'s degree" if node.level != "doctorate" else "a doctorate"
    )
    return f"{level} of an accredited programme" if node.accredited else level


def _training(node: tree.Training, names: Mapping[str, str]) -> str:
    waived = f" (waived by {requirement(node.waived_by, names)})" if node.waived_by else ""
    return f"{counted(node.hours, 'hour')} of training in {node.topic}{waived}"


_WORDS: dict[type, Callable[..., str]] = {
    tree.All: lambda n, names: _branch("and", n.of, names),
    tree.AnyOf: lambda n, names: _branch("or", n.of, names),
    tree.AtLeast: lambda n, names: f"{n.n} of: {', '.join(requirement(p, names) for p in n.of)}",
    tree.Holds: lambda n, names: names.get(n.certification, n.certification),
    tree.Held: lambda n, names: f"{names.get(n.certification, n.certification)} (now or earlier)",
    tree.HoldsEdition: lambda n, names: f"{names.get(n.certification, n.certification)} ({', '.join(n.editions)})",
    tree.Experience: _experience,
    tree.Tenure: lambda n, _: f"{_span(n.months)} in the role",
    tree.Education: _education,
    tree.Training: _training,
    tree.Skill: lambda n, _: f"{n.skill} at level {n.level}",
    tree.Attest: lambda n, _: n.text,
}
