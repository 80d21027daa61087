"""A proposed mapping as a YAML file with its reasons as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pmcareer.reading.rosters.proposals import Proposal, ProposedColumn


def mapping_yaml(source: str, proposal: Proposal) -> str:
    """The text of a mapping file; what is not sure stands in it as a comment."""
    return "\n".join(_lines(source, proposal)) + "\n"


def _lines(source: str, proposal: Proposal) -> Iterator[str]:
    yield f"# Proposed from the header and the first {proposal.rows} rows of {_line(source)}."
    yield "# Go over it before you use it."
    yield "columns:"
    known = [one for one in proposal.columns if one.canonical]
    for one in known:
        yield f"  {one.canonical}: {_quoted(one.column)}  # {one.sure} %: {one.why}"
    if not any(one.canonical == "person" for one in known):
        yield "  # person:  # the column that says who a row is about"
    yield from _ignored([one for one in proposal.columns if not one.canonical and one.column])
    yield (
        f"dates: {proposal.dates}  # {proposal.dates_why}"
        if proposal.dates
        else f"# dates: eu or us  # {proposal.dates_why}"
    )
    yield from _values(proposal)


def _values(proposal: Proposal) -> Iterator[str]:
    """Values whose meaning is guessed, and as comments those that nothing answers to."""
    if proposal.meanings:
        yield "values:"
        yield "  education:"
        yield from (f"    {_quoted(word)}: {level}  # a usual degree" for word, level in proposal.meanings.items())
    for kind, values in proposal.unclear.items():
        yield f"# values.{kind}: nothing here answers to these; say what each means, or leave them out"
        yield from (f"#   {_quoted(word)}:  # {count} times" for word, count in values)


def _ignored(columns: list[ProposedColumn]) -> Iterator[str]:
    if columns:
        yield "ignore:"
        for one in columns:
            yield f"  - {_quoted(one.column)}  # {one.why}"


def _quoted(text: str) -> str:
    """Text as YAML takes it on one line, whatever stands in it."""
    return json.dumps(text)


def _line(text: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in text)
