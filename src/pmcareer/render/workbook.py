"""What every workbook has in common: how it is opened, what its cells can hold, and the day that it bears."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal

from pmcareer.errors import MissingExtraError

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_LONGEST_CELL = 32_000  # Excel holds 32,767 characters
_LONGEST_TITLE = 255
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@contextmanager
def workbook(
    out: IO[bytes], title: str, made: dt.date, keeps: Literal["in_memory", "constant_memory"]
) -> Iterator[Workbook]:
    """A workbook that is written to *out* at the end; it bears the day *made*, for no clock is asked.

    *keeps*: ``constant_memory`` where rows are written in order and not looked back at. Texts that look like formulas,
    addresses or numbers stay texts. Raises MissingExtraError without XlsxWriter.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("xlsx", "a workbook") from None
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, {keeps: True, **options}) as opened:
        opened.set_properties({"title": cell_text(title)[:_LONGEST_TITLE], "created": midnight(made)})
        yield opened


def cell_text(text: str) -> str:
    """What a cell can hold: no control characters, no lone surrogates, and no more than so many characters."""
    return _CONTROL.sub(" ", text)[:_LONGEST_CELL].encode("utf-8", "replace").decode()


def midnight(day: dt.date) -> dt.datetime:
    """A day as the workbook's writer takes it."""
    return dt.datetime.combine(day, dt.time())
