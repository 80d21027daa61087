"""Which way of working suits: each model's verdict with the answers behind it, their disagreement, the questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pmcareer.advice.method_choice import Answer, Reading
from pmcareer.api.catalog.methods import MethodAnswer
from pmcareer.model.methods import Lean, SelectionModel, Verdict
from pmcareer.model.sources import cite
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, lines
from pmcareer.views.resolved import Sources, backing
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.method/1"

_APPROACH: dict[Lean, str] = {"adaptive": "adaptive work", "hybrid": "a hybrid", "predictive": "predictive work"}


def method_report(found: MethodAnswer) -> Report:
    """The verdicts, model by model, and how far they agree."""
    return Report(_title(found), tuple(_blocks(found)), method_document(found))


def _title(found: MethodAnswer) -> str:
    leans = found.agreement.leans
    if not leans:
        return "Which way of working suits: the models are divided, or have not been asked"
    words = [f"{counted(len(found.agreement.by_lean[lean]), 'model')} for {_APPROACH[lean]}" for lean in leans]
    return "Which way of working suits: " + ", ".join(words)


def _blocks(found: MethodAnswer) -> Iterator[Block]:
    answered = [one for one in found.readings if one.answers]
    rows = tuple(_row(one, found) for one in answered)
    columns = tuple(Column(title, flexible=True) for title in ("Model", "Says", "Clear", "Pulls away"))
    yield Table(columns, rows, "Verdicts")
    yield lines("Agreement", list(_agreement(found)))
    for form in found.forms:
        if form.answers or "adaptive" in found.agreement.leans:
            yield _form(form, found)
    unanswered = [f"{one.model.id}: {', '.join(f.id for f in one.unanswered)}" for one in answered if one.unanswered]
    if unanswered:
        yield lines("Not answered", unanswered, "dim")
    yield lines("Where this comes from", [_credit(one, found.sources) for one in answered], "dim")


def _row(reading: Reading, found: MethodAnswer) -> tuple[Cell, ...]:
    said = " ".join(_verdict(verdict, found) for verdict in reading.verdicts)
    said = said or "Its considerations are divided."
    against = "; ".join(_answer(answer) for answer in reading.against)
    return Cell(reading.model.name, "strong"), Cell(said), Cell(_clear(reading)), Cell(against, "warn")


def _clear(reading: Reading) -> str:
    if reading.unanswered:
        return f"no: {counted(len(reading.unanswered), 'factor')} unanswered"
    return "yes" if reading.clear else "no: not all answers say the same"


def _verdict(verdict: Verdict, found: MethodAnswer) -> str:
    methods = ", ".join(found.names.get(method, method) for method in verdict.methods)
    return f"{verdict.text} ({methods})" if methods else verdict.text


def _answer(answer: Answer) -> str:
    return f"{answer.factor.name}: {answer.words}" + (f" ({answer.lean})" if answer.lean else "")


def _agreement(found: MethodAnswer) -> Iterator[str]:
    agreed = found.agreement
    for lean in agreed.leans:
        yield f"For {_APPROACH[lean]}: {', '.join(model.name for model in agreed.by_lean[lean])}."
    if agreed.divided:
        yield f"Divided: {', '.join(model.name for model in agreed.divided)}."
    if len(agreed.leans) > 1:
        yield "They disagree: they weigh different things, and nobody has published how to weigh one against another."
    elif agreed.leans and not agreed.divided:
        yield "All that were asked agree."
    yield "No model publishes where one zone ends and the next begins: a verdict is advice, to be talked over."


def _form(form: Reading, found: MethodAnswer) -> Lines:
    """What a model says of the form of adaptive work; it is asked for where nobody answered it yet."""
    if form.answers:
        words = [_verdict(verdict, found) for verdict in form.verdicts] or ["The answers do not decide it."]
        return lines(form.model.name, words + [_answer(answer) for answer in form.answers])
    asked = ", ".join(factor.id for factor in form.unanswered)
    return lines(form.model.name, [f"Not asked yet; answer {asked}."], "dim")


def _credit(reading: Reading, sources: Sources) -> str:
    citation = cite(reading.model.provenance, sources)
    return f"{reading.model.name}: {citation.title or citation.because} ({citation.standing.value})"


# --- pmcareer.method/1 ----------------------------------------------------------------------------------------------


def method_document(found: MethodAnswer) -> dict[str, Plain]:
    """The machine form: ``models[]``, ``forms[]`` and the ``agreement``."""
    agreed = found.agreement
    return {
        "schema": SCHEMA,
        "as_of": found.as_of.isoformat(),
        "models": [_document(one, found) for one in found.readings],
        "forms": [_document(one, found) for one in found.forms],
        "agreement": {
            "by_lean": {lean: [model.id for model in agreed.by_lean[lean]] for lean in agreed.leans},
            "divided": [model.id for model in agreed.divided],
            "not_asked": [model.id for model in agreed.silent],
            "agree": len(agreed.leans) == 1 and not agreed.divided,
        },
    }


def _document(reading: Reading, found: MethodAnswer) -> Plain:
    return {
        "id": reading.model.id,
        "name": reading.model.name,
        "reading": reading.model.reading,
        "lean": reading.lean,
        "clear": "yes" if reading.clear else "no",
        "verdicts": [
            {"zone": one.zone, "text": one.text, "lean": one.lean, "methods": list(one.methods)}
            for one in reading.verdicts
        ],
        "answers": [_answer_document(answer) for answer in reading.answers],
        "against": [answer.factor.id for answer in reading.against],
        "unanswered": [factor.id for factor in reading.unanswered],
        "note": reading.model.note,
        **backing(reading.model.provenance, found.sources),
    }


def _answer_document(answer: Answer) -> Plain:
    point = answer.point
    return {
        "factor": answer.factor.id,
        "point": point.id if point else None,
        "said": answer.words,
        "lean": answer.lean,
        "methods": list(point.methods) if point else [],
    }


# --- questions ------------------------------------------------------------------------------------------------------


def questions_report(models: Sequence[SelectionModel], as_of: date) -> Report:
    """Every question with the points that it can be answered by, model by model."""
    blocks = tuple(_questions(model) for model in models)
    document: dict[str, Plain] = {
        "schema": "pmcareer.method-questions/1",
        "as_of": as_of.isoformat(),
        "models": [
            {
                "id": model.id,
                "name": model.name,
                "factors": [
                    {
                        "id": factor.id,
                        "question": factor.question,
                        "points": [{"id": point.id, "name": point.name} for point in factor.points],
                    }
                    for factor in model.factors
                ],
            }
            for model in models
        ],
    }
    return Report("What the models ask", blocks, document)


def _questions(model: SelectionModel) -> Table:
    columns = (Column("Factor"), Column("Question", flexible=True), Column("Points", flexible=True))
    rows = (
        (Cell(factor.id, "strong"), Cell(factor.question), Cell("; ".join(_point(p.id, p.name) for p in factor.points)))
        for factor in model.factors
    )
    return Table(columns, tuple(rows), f"{model.name} ({model.id})")


def _point(id_: str, name: str) -> str:
    return id_ if id_ == name.casefold() else f"{id_} ({name})"
