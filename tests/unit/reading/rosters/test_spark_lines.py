"""Lines of CSV that are read apart from each other: which make cells by themselves, and whose they are."""

from __future__ import annotations

from pmcareer.reading.rosters import spark


def test_a_line_is_cut_as_the_csv_reader_cuts_it() -> None:
    assert spark._cells('ann,"B, C","say ""x""",', ",") == ["ann", "B, C", 'say "x"', ""]
    assert spark._cells('ann;"B; C"', ";") == ["ann", "B; C"]


def test_half_a_record_makes_no_cells() -> None:
    assert spark._cells('ann,"half', ",") is None


def test_blanks_and_an_escaping_apostrophe_are_no_part_of_an_id() -> None:
    assert [spark._whose([cell], 0) for cell in ("ann", " ann ", "'ann", "\u00a0ann", None)] == ["ann"] * 4 + [""]
    assert spark._whose(["ann"], 3) == "" == spark._whose(None, 0)
