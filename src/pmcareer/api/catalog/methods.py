"""Choosing a way of working: the catalog's published models, put to the answers of one project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pmcareer.advice.method_choice import Agreement, Answer, Reading, agreement, chooses_form, place, read_model
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import SourceId
from pmcareer.model.methods import Factor, FactorId, SelectionModel, SelectionModelId
from pmcareer.model.sources import Source
from pmcareer.reading.findings import nearest
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class MethodAnswer:
    """What every model says, and how far they agree; ``forms`` choose among the forms of adaptive work."""

    as_of: date
    readings: tuple[Reading, ...]
    forms: tuple[Reading, ...]
    agreement: Agreement
    names: Mapping[str, str]
    sources: Mapping[SourceId, Source]


def models_asked(catalog: Catalog, named: Sequence[str] = ()) -> tuple[SelectionModel, ...]:
    """The models *named*, or all of them, in the catalog's order; UsageError for a name that is none."""
    models = catalog.selection_models
    for name in named:
        if name not in models:
            near = nearest(name, models)
            hint = f"did you mean {near!r}?" if near else f"known: {', '.join(models)}"
            raise UsageError(f"there is no model {name!r}", hint=hint)
    return tuple(model for id_, model in models.items() if not named or id_ in named)


def choose_method(catalog: Catalog, models: Sequence[SelectionModel], said: Sequence[str], as_of: date) -> MethodAnswer:
    """What *models* make of what was *said*: ``factor=point`` or ``model.factor=point``, each for every model it fits.

    UsageError for a factor that no model has, and for a point that is on none of its scales; all of them at once.
    """
    placed: dict[SelectionModelId, dict[FactorId, Answer]] = {model.id: {} for model in models}
    wrong = [text for one in said for text in _put(one, models, placed)]
    if wrong:
        raise UsageError("; ".join(wrong), hint="`pmcareer method --questions` lists what can be answered")
    readings = [read_model(model, placed[model.id]) for model in models]
    return MethodAnswer(
        as_of,
        tuple(one for one in readings if not chooses_form(one.model)),
        tuple(one for one in readings if chooses_form(one.model)),
        agreement(readings),
        {method.id: method.name for method in catalog.methods.values()},
        catalog.sources,
    )


def _put(
    one: str, models: Sequence[SelectionModel], placed: Mapping[SelectionModelId, dict[FactorId, Answer]]
) -> Iterator[str]:
    """Enter one answer wherever it fits; yields what is wrong with it."""
    key, sign, value = one.partition("=")
    model_id, _, factor_id = key.strip().rpartition(".")
    meant = [(model, factor) for model, factor in _factors(models) if factor.id == factor_id]
    meant = [(model, factor) for model, factor in meant if not model_id or model.id == model_id]
    if not sign or not meant:
        known = dict.fromkeys(str(factor.id) for _, factor in _factors(models))
        near = nearest(factor_id, known)
        yield (
            f"{one!r} is not FACTOR=POINT"
            if not sign
            else f"no model asks for {key.strip()!r}" + (f" (did you mean {near!r}?)" if near else "")
        )
        return
    found = [(model, place(factor, value)) for model, factor in meant]
    if not any(answer for _, answer in found):
        points = " | ".join(point.id for point in meant[0][1].points)
        yield f"{value.strip()!r} is no point of {factor_id} ({points})"
    for model, answer in found:
        if answer:
            placed[model.id][answer.factor.id] = answer


def _factors(models: Sequence[SelectionModel]) -> Iterator[tuple[SelectionModel, Factor]]:
    for model in models:
        for factor in model.factors:
            yield model, factor
