"""Laws of replays: whoever is not asked about could not have moved."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.api.schemes import scheme_for
from pmcareer.model.rosters import HoldingRow
from pmcareer.team.replay import Court, known_on, unmoved

AS_OF = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (date(2020, 9, 30), date(2020, 10, 1)),
        (date(2022, 12, 31), date(2023, 1, 1)),
        (date(2012, 1, 1), date(2026, 11, 23)),
    ],
)
def test_what_is_not_asked_about_is_worth_the_same(before: date, after: date) -> None:
    catalog = load_catalog()
    scheme = scheme_for(catalog, tuple(catalog.certifications))
    old, new = (Court(known_on(scheme, day), AS_OF) for day in (before, after))
    quiet = sorted(unmoved(old.scheme, new.scheme))
    assert quiet and len(quiet) < len(scheme.certifications)
    chance = Random(str(before))
    every = sorted(scheme.certifications)
    for _ in range(150):
        own = [*chance.sample(quiet, 2), *chance.sample(every, 2)]
        rows = [HoldingRow(2, "ann", one, AS_OF - timedelta(days=chance.randrange(6000))) for one in dict.fromkeys(own)]
        old_verdicts, new_verdicts = old.of(rows), new.of(rows)
        asked = [row for row in rows if row.certification not in quiet]
        for one in own:
            if one in quiet:
                assert old_verdicts[one] == new_verdicts[one], rows
        # Nor does it matter to the others that they are asked about alone, and no title is lost.
        assert {k: v for k, v in new_verdicts.items() if k not in quiet} == new.of(asked)
        assert {k: v for k, v in old_verdicts.items() if k not in quiet} == old.of(asked)
