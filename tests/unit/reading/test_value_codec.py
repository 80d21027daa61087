"""Values of the model as plain lists: what goes in comes out, and nothing but classes of the model can be named."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.model_strategies import values

from pmcareer.dates import Length
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.figures import Figure, Origin, Provenance, Standing
from pmcareer.model.ids import CertificationId, SourceId
from pmcareer.model.pay import RegionPay
from pmcareer.model.renewal_rules import LastDay
from pmcareer.model.requirements import All, Holds, SkillLevel
from pmcareer.model.roles import Ladder, Role
from pmcareer.money import Money
from pmcareer.reading.value_codec import Decoder, Encoder, UndecodableError
from pmcareer.timeline import Since, Timeline


def there_and_back(value: object) -> Any:
    encoder = Encoder()
    text = json.dumps(encoder.entry(value))
    return Decoder(encoder.classes).entry(json.loads(text))


@pytest.mark.parametrize("type_", [Certification, Issuer, Role, Ladder, RegionPay], ids=lambda type_: type_.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_every_value_of_the_model_comes_back(type_: type, data: st.DataObject) -> None:
    value = data.draw(values(type_))
    assert there_and_back(value) == value


def test_origins_come_back() -> None:
    here = Provenance(SourceId("s"), date(2026, 1, 2), Standing.OFFICIAL, "why", Origin("shipped", "a.yaml", 7))
    there = replace(here, origin=Origin("acme", "b.yaml", 1))
    value = Figure(Money(Decimal("0.50"), "USD"), here, "note", ())
    assert there_and_back(Figure(value, there)) == Figure(value, there)


def test_types_are_told_apart() -> None:
    value = (1, True, "1", None, Decimal("1.50"), date(1, 1, 1), Length(1, 2), LastDay.EVE, SkillLevel.EXPERT, {"a": 1})
    found = there_and_back(Figure(value)).value
    assert found == value
    assert [type(a) for a in found] == [type(a) for a in value]
    assert str(found[4]) == "1.50"


def test_timelines_come_back() -> None:
    both = All((Holds(CertificationId("x")), Holds(CertificationId("y"))))
    timeline: Timeline[Any] = Timeline([Since(None, "a"), Since(date(2026, 1, 1), both)])
    assert there_and_back(Figure(timeline)).value == timeline


def test_only_the_model_can_be_written() -> None:
    for foreign in (Path("x"), object(), _Foreign.ONE, Figure(Path("x"))):
        with pytest.raises(TypeError):
            Encoder().entry(foreign)


class _Foreign(Enum):
    ONE = 1


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "subprocess.Popen",
        "figures.field",
        "figures.TypeVar",
        "catalog.Figure",
        "figures.",
        "Figure",
        "..os.x",
    ],
)
def test_only_the_model_can_be_named(name: str) -> None:
    with pytest.raises(UndecodableError):
        Decoder([name]).entry([[], [], [8, "x"]])


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        7,
        [],
        [[], []],
        [[], [], 5],
        [[], [], [99]],
        [[], [], [-1]],
        [[], [], ["x"]],
        [[], [], [1, "x"]],
        [[], [], [1, -5]],
        [[], [], [2, "x"]],
        [[], [], [3, "x", "USD"]],
        [[], [], [5, "key"]],
        [[], [], [6, 2, "b", 1, "a"]],
        [[], [], [7, 0]],
        [[[1]], [], [7, 0]],
        [[["s", None, "best", ""]], [], [7, 0]],
        [[["s", None, None, ""]], [], [7, 0, 0, 3]],
        [[], [], [8]],
        [[], [], [8, 1, 2, 3, 4, 5, 6, 7]],
    ],
    ids=str,
)
def test_what_no_encoder_wrote_is_refused(encoded: Any) -> None:
    with pytest.raises(UndecodableError):
        Decoder(["figures.Figure"]).entry(encoded)


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 12) | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
        max_leaves=12,
    )
)
def test_whatever_stands_there_either_decodes_or_is_refused(encoded: Any) -> None:
    with contextlib.suppress(UndecodableError):
        Decoder(["figures.Figure", "figures.Standing"]).entry([[["s", 1, None, ""]], [["l", "f"]], encoded])
