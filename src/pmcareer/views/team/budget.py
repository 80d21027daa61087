"""``team budget`` as a Report: who is to earn what for which role, what that costs, and what one more would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcareer.team.audience import Audience, seen
from pmcareer.team.budget import Choice, Option, TeamBudget, Wanted
from pmcareer.views.plain_data import plain_day, plain_money
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table
from pmcareer.views.team.words import audience_document, sheet_columns, shown

SCHEMA = "pmcareer.team-budget/1"
SHEET = ("person", "role", "target", "certifications", "cost", "currency", "ready_on")

OBJECTIVE = "most positions filled, then least cost, then fewest days in all; equals in the order of the list"
_NO_MORE = {
    "filled": "All positions are filled.",
    "nobody": "Nobody else has a fully priced way there in time, whatever is spent.",
}

Names = Mapping[str, str]


def budget_report(answer: TeamBudget, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team budget``; *names* are short names of certifications and roles."""
    rows = seen(answer.choice.options, audience)
    count = len(answer.choice.options)
    people = f"{count:,} {'person' if count == 1 else 'people'}"
    by = f" by {answer.by.isoformat()}" if answer.by else ""
    return Report(
        title=f"{answer.budget}: {people} ready{by} for {answer.money(answer.choice.cents)}",
        blocks=tuple(_blocks(answer, rows, audience, names)),
        document=_document(answer, audience),
        verdict="fine" if count else "bad-news",
    )


def budget_sheet(answer: TeamBudget, audience: Audience) -> Report:
    """The rows for a spreadsheet."""
    rows = tuple(
        tuple(
            Cell(text)
            for text in (
                one.person,
                one.role,
                one.target,
                " ".join(one.certifications),
                answer.money(one.cents).plain,
                answer.budget.currency,
                one.arrives.isoformat(),
            )
        )
        for one in seen(answer.choice.options, audience)
    )
    return Report("", (Table(sheet_columns(SHEET, ("cost",)), rows),), {}, notes=tuple(_notes(answer)))


def _blocks(answer: TeamBudget, rows: Sequence[Option], audience: Audience, names: Names) -> Iterator[Block]:
    filled = tuple(_filled(answer, want, names) for want in answer.wanted)
    yield Table((Column("Role", flexible=True), Column("Filled", "right"), Column("Wanted", "right")), filled)
    if rows:
        yield _option_table(answer, rows, names, "Who, by what")
    yield Lines(tuple(_next_step(answer, audience, names)), "One more", bullets=False)
    notes = (*_notes(answer), f"Chosen for: {OBJECTIVE}.")
    yield Lines(tuple(Cell(text, "dim") for text in notes), bullets=False)


def _filled(answer: TeamBudget, want: Wanted, names: Names) -> tuple[Cell, ...]:
    count = sum(one.target == want.target for one in answer.choice.options)
    enough = want.positions is None or count >= want.positions
    asked = "as many as possible" if want.positions is None else f"{want.positions:,}"
    return (
        Cell(names.get(want.target, want.target), "strong"),
        Cell(f"{count:,}", "good" if enough and count else "warn"),
        Cell(asked),
    )


def _option_table(answer: TeamBudget, rows: Sequence[Option], names: Names, title: str) -> Table:
    columns = (
        Column("Person", flexible=True),
        Column("Becomes", flexible=True),
        Column("Earns", flexible=True),
        Column("Cost", "right"),
        Column("Ready on"),
    )
    cells = [
        (
            Cell(one.person, "strong"),
            Cell(names.get(one.target, one.target)),
            Cell(", ".join(names.get(own, own) for own in one.certifications) or "nothing"),
            Cell(str(answer.money(one.cents))),
            Cell(one.arrives.isoformat(), "good" if not one.days else "plain"),
        )
        for one in rows
    ]
    return Table(columns, shown(cells, len(columns)), title)


def _next_step(answer: TeamBudget, audience: Audience, names: Names) -> Iterator[Cell]:
    step = answer.next_step
    if step is None:
        yield Cell(_NO_MORE[answer.no_more or "nobody"])
        return
    more = answer.money(_beyond(answer, step))
    yield Cell(
        f"{len(step.options):,} ready would cost {answer.money(step.cents)}: {more} beyond the budget.", "strong"
    )
    before = {(one.person, one.target) for one in answer.choice.options}
    for one in seen(step.options, audience):
        if (one.person, one.target) not in before:
            earns = ", ".join(names.get(own, own) for own in one.certifications) or "nothing more"
            price = answer.money(one.cents)
            yield Cell(f"New then: {one.person} as {names.get(one.target, one.target)}, earning {earns}, {price}.")


def _beyond(answer: TeamBudget, step: Choice) -> int:
    """How much more than the budget the next step costs, in cents."""
    return step.cents - int(answer.budget.amount * 100)


def _notes(answer: TeamBudget) -> Iterator[str]:
    if not answer.choice.proven:
        yield "Not proven to be the best choice: the search was cut short."
    if answer.planned < answer.candidates:
        yield (
            f"A way was sought for {answer.planned:,} of {answer.candidates:,} candidates: "
            "those who lack least (--nearest N). The choice is the best among them."
        )
    if answer.no_way:
        yield f"{answer.no_way:,} have no way there in time of which every price is known."
    if answer.in_role:
        yield f"{answer.in_role:,} in one of the roles already."
    if answer.no_role:
        yield f"{answer.no_role:,} left out: their role is not known."
    yield "Each goes the cheapest way that arrives in time; the posts that people leave are not counted."
    yield "Of experience only the time in the present role counts: rosters tell of no earlier posts."


# --- for programs -----------------------------------------------------------------------------------------------------


def _document(answer: TeamBudget, audience: Audience) -> dict[str, Plain]:
    step = answer.next_step
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "budget": plain_money(answer.budget),
        "by": plain_day(answer.by),
        "objective": OBJECTIVE,
        "targets": [
            {
                "target": want.target,
                "positions": want.positions,
                "filled": sum(one.target == want.target for one in answer.choice.options),
            }
            for want in answer.wanted
        ],
        "people": len(answer.choice.options),
        "cost": plain_money(answer.money(answer.choice.cents)),
        "proven_optimal": answer.choice.proven,
        "rows": _rows(answer, answer.choice, audience),
        "next_step": None
        if step is None
        else {
            "people": len(step.options),
            "cost": plain_money(answer.money(step.cents)),
            "beyond_budget": plain_money(answer.money(_beyond(answer, step))),
            "proven_optimal": step.proven,
            "rows": _rows(answer, step, audience),
        },
        "no_more": answer.no_more,
        "candidates": answer.candidates,
        "planned": answer.planned,
        "no_way": answer.no_way,
        "in_role": answer.in_role,
        "role_unknown": answer.no_role,
        "notes": list(_notes(answer)),
    }


def _rows(answer: TeamBudget, choice: Choice, audience: Audience) -> list[Plain]:
    return [
        {
            "person": one.person,
            "role": one.role,
            "target": one.target,
            "certifications": list(one.certifications),
            "cost": plain_money(answer.money(one.cents)),
            "ready_on": one.arrives.isoformat(),
            "days": one.days,
        }
        for one in seen(choice.options, audience)
    ]
