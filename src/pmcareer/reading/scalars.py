"""Single values: from the text of a scalar to text, numbers, dates, lengths, amounts, ids and words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pmcareer.dates import Length, parse_date
from pmcareer.model.currencies import CURRENCIES
from pmcareer.money import Money
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import Node, Scalar, Unreadable
from pmcareer.reading.scope import INVALID, Invalid, Reference, Scope
from pmcareer.reading.shapes import ChoiceShape, IdShape, ScalarShape
from pmcareer.reading.words import SCALAR_WORDS, found, is_null

TEXT_LIMIT = 10_000
ID_LIMIT = 100
_SHORT = 100  # no number, date, length or amount is longer

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
INT_PATTERN = "-?(0|[1-9][0-9]{0,17})"
DECIMAL_PATTERN = r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?"

_ID = re.compile(ID_PATTERN, re.ASCII)
_INT = re.compile(INT_PATTERN, re.ASCII)
_DECIMAL = re.compile(DECIMAL_PATTERN, re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def read_scalar(shape: ScalarShape, node: Node, scope: Scope) -> object:
    """The value of a scalar node, or INVALID."""
    if not isinstance(node, Scalar) or is_null(node):
        return _mismatch(SCALAR_WORDS[shape.type_], node, scope)
    return _READERS[shape.type_](node, scope)


def read_id(shape: IdShape, node: Node, scope: Scope) -> str | Invalid:
    """An id in kebab-case; it is recorded as a reference."""
    if not isinstance(node, Scalar) or is_null(node):
        return _mismatch("an id", node, scope)
    if len(node.text) > ID_LIMIT or not _ID.fullmatch(node.text):
        hint = f"write {kebab!r}" if (kebab := _kebab(node.text)) else "lower-case words joined by hyphens"
        return scope.report("field-value", f"{quote(node.text)} is not an id", node.at, hint)
    scope.context.references.append(Reference(shape.kind, node.text, node.at, scope.field, scope))
    return node.text


def read_choice(shape: ChoiceShape, node: Node, scope: Scope) -> object:
    """The value that a word of a fixed list stands for."""
    if not isinstance(node, Scalar) or is_null(node):
        return _mismatch("one of the accepted words", node, scope)
    words = shape.by_word
    if node.text in words:
        return words[node.text]
    message = f"{quote(node.text)} is not one of the accepted words"
    return scope.report("field-choice", message, node.at, scope.suggest(node.text, words))


def _mismatch(wanted: str, node: Node, scope: Scope) -> Invalid:
    if isinstance(node, Unreadable):
        return INVALID
    hint = "give a value, or delete the key" if is_null(node) else ""
    return scope.report("field-type", f"expected {wanted}, found {found(node)}", node.at, hint)


def _text(node: Scalar, scope: Scope) -> object:
    if not node.text.strip():
        return scope.report("field-value", "the text is empty", node.at, "give a text, or delete the key")
    if len(node.text) > TEXT_LIMIT:
        return scope.report("field-value", f"the text is longer than {TEXT_LIMIT} characters", node.at, "shorten it")
    return node.text


def _bool(node: Scalar, scope: Scope) -> object:
    if not node.quoted and node.text in ("true", "false"):
        return node.text == "true"
    lowered = node.text.lower()
    word = _YES_NO.get(lowered, lowered if lowered in ("true", "false") else "true or false")
    hint = f"write {word}" + (" without quotes" if node.quoted else "; if text is meant, quote it in a text field")
    return scope.report("field-type", f"expected true or false, found {found(node)}", node.at, hint)


def _int(node: Scalar, scope: Scope) -> object:
    if not node.quoted and _INT.fullmatch(node.text):
        return int(node.text)
    return _not_a_number(int, node, scope)


def _decimal(node: Scalar, scope: Scope) -> object:
    if not node.quoted and _DECIMAL.fullmatch(node.text):
        return Decimal(node.text)
    return _not_a_number(Decimal, node, scope)


def _not_a_number(type_: type, node: Scalar, scope: Scope) -> Invalid:
    pattern = _INT if type_ is int else _DECIMAL
    plainer = node.text.strip().replace("_", "").lstrip("+").replace(",", ".")[:_SHORT]
    hint = "digits only: no unit, no exponent, no 0o or 0x, no leading zero"
    if pattern.fullmatch(plainer):
        hint = f"write {plainer}" + (" without quotes" if node.quoted else "")
    return scope.report("field-type", f"expected {SCALAR_WORDS[type_]}, found {found(node)}", node.at, hint)


def _date(node: Scalar, scope: Scope) -> object:
    try:
        return parse_date(_bounded(node.text))
    except ValueError as error:
        return scope.report("field-date", str(error), node.at, _date_hint(node.text))


def _date_hint(text: str) -> str:
    if (match := _LOOSE_DATE.fullmatch(text)) is None:
        return "write year-month-day, as in 2026-01-31"
    padded = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return f"write {padded}" if padded != text else "check the day and the month"


def _length(node: Scalar, scope: Scope) -> object:
    try:
        return Length.parse(_bounded(node.text))
    except ValueError as error:
        return scope.report("field-value", str(error), node.at)


def _money(node: Scalar, scope: Scope) -> object:
    try:
        money = Money.parse(_bounded(node.text))
    except ValueError as error:
        hint = "add the currency, as in 555 USD" if _DECIMAL.fullmatch(node.text) else ""
        return scope.report("field-money", str(error), node.at, hint)
    if money.currency not in CURRENCIES:
        message = f"{money.currency} is not the code of a currency (ISO 4217)"
        return scope.report("field-money", message, node.at, "write its code, as in USD or EUR")
    return money


def _bounded(text: str) -> str:
    """The text, or where it is too long to be a value, something shorter that is none either."""
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _kebab(text: str) -> str:
    """The id that was probably meant, or nothing."""
    kebab = re.sub("[^a-z0-9]+", "-", text[:ID_LIMIT].lower()).strip("-")
    return kebab if _ID.fullmatch(kebab) else ""


_READERS: dict[type, Callable[[Scalar, Scope], Any]] = {
    str: _text,
    bool: _bool,
    int: _int,
    Decimal: _decimal,
    date: _date,
    Length: _length,
    Money: _money,
}
