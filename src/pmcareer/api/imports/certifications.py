"""Imported certificates: new holdings, what they add to those that are there, and where the two disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmcareer.api.imports.draft import Draft, Item, Outcome
from pmcareer.api.imports.matching import Match, chosen_by_hand, match_certification
from pmcareer.api.schemes import scheme_for
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, UnmatchedKind
from pmcareer.model.statements import StatedCertification, StatedDay
from pmcareer.profiles.changes import AddHolding, SetEarned, SetExpires, is_awarded, place_of, renewals_of
from pmcareer.renewals.answer import assess
from pmcareer.renewals.issuer_dates import ends_told


def import_certification(draft: Draft, stated: StatedCertification) -> None:
    """Take one certificate into the draft."""
    match = _match(draft, stated)
    item = Item(
        "certification",
        stated.name,
        stated.at,
        Outcome.UNMATCHED,
        stated.issuer,
        match.id or "",
        match.confidence,
        match.why,
        nearest=match.nearest,
    )
    if stated.revoked:
        draft.items.append(replace(item, outcome=Outcome.LEFT_OUT, note="it was revoked, or never accepted"))
    elif reason := _unusable(draft, match, stated):
        kept = replace(item, note=reason)
        draft.keep(kept, UnmatchedKind.CERTIFICATION, stated.earned, stated.expires, _note(draft, stated))
    elif match.id is not None:
        at = place_of(draft.profile, match.id)
        if at is None:
            _add(draft, item, Holding(match.id, edition=match.edition, note=_credential(stated)), stated)
        else:
            _compare(draft, item, at, stated)
        if not stated.own_id:  # our own exports say when it ended
            _doubt_renewals(draft, item, match.id)


def _match(draft: Draft, stated: StatedCertification) -> Match:
    if by_hand := chosen_by_hand(draft.catalog, draft.matches, stated.name):
        return by_hand
    if stated.own_id in draft.catalog.certifications:
        return Match(CertificationId(stated.own_id), 100, "its id")
    return match_certification(draft.catalog, stated.name, stated.issuer)


def _unusable(draft: Draft, match: Match, stated: StatedCertification) -> str:
    """Why an entry is only kept, or nothing."""
    if not match.is_sure:
        return match.why
    for day in (stated.earned, stated.expires):
        if day is not None and day.first is None:
            return f"{day.text!r} is not a day"
    if stated.earned and stated.earned.first and stated.earned.first > draft.as_of:
        return f"{stated.earned.text} lies after {draft.as_of}"
    if stated.earned and stated.expires and _ends_before(stated.earned, stated.expires):
        return f"it ends {stated.expires.text}, before it was earned ({stated.earned.text})"
    return ""


def _ends_before(earned: StatedDay, expires: StatedDay) -> bool:
    return bool(earned.first and expires.last and expires.last < earned.first)


# --- new holdings -----------------------------------------------------------------------------------------------------


def _add(draft: Draft, item: Item, holding: Holding, stated: StatedCertification) -> None:
    """A new holding; a last day that the rule gives too is left to the rule where only its month is said."""
    assumed: tuple[str, ...] = ()
    if stated.earned:
        earned, assumed = draft.day(stated.earned, f"{holding.id} earned", "begins")
        holding = replace(holding, earned=earned)
    expires, said = _last_day(draft, holding, stated)
    if expires and stated.expires and not stated.expires.day:
        assumed = (*assumed, f"the end {stated.expires.text} as {expires}")
    holding = replace(holding, issuer_says_expires=expires)
    unknown = None if stated.own_id else _unknown_since(draft, holding)
    unsaid = f"renewals since {unknown} are not said: pmcareer renew {holding.id} --on DATE" if unknown else ""
    draft.make(AddHolding(holding, "; ".join(filter(None, (draft.comment(assumed), unsaid)))))
    note = "; ".join(filter(None, (item.note, said)))
    draft.items.append(replace(item, outcome=Outcome.ADDED, note=note, assumed=assumed))


def _last_day(draft: Draft, holding: Holding, stated: StatedCertification) -> tuple[date | None, str]:
    """What is to be written as the issuer's last day, and what is to be said of it."""
    ends = stated.expires
    if ends is None or (ends.day and stated.by_issuer):
        return (ends.day if ends else None), ""
    if any(ends.may_be(day) for day in _ends_by_rule(draft, holding, stated.earned)):
        return None, f"ends {ends.text}, as the rule has it"
    return ends.day or draft.choose(ends, f"{holding.id} ends", "expires"), ""


def _ends_by_rule(draft: Draft, holding: Holding, earned: StatedDay | None) -> list[date]:
    """The last days of its cycles by the rule alone, whichever of the days that may be meant it was earned on."""
    is_vague = earned and earned.may_be(holding.earned)
    days = {earned.first, earned.last} if earned and is_vague else {holding.earned}
    scheme = scheme_for(draft.catalog, [holding.id])
    ends: set[date | None] = set()
    for day in days:
        alone = replace(holding, earned=day, issuer_says_expires=None)
        if day or alone.events:
            answer = assess([alone], scheme, draft.as_of, years=1)
            ends |= {
                cycle.last_day for one in answer.holdings if one.certification == holding.id for cycle in one.cycles
            }
    return sorted(day for day in ends if day)


def _unknown_since(draft: Draft, holding: Holding) -> date | None:
    """The last day of the first cycle, where it has passed and nothing says whether it was renewed; otherwise None."""
    if holding.earned is None or holding.renewed or holding.events or holding.issuer_says_expires:
        return None
    answer = assess([holding], scheme_for(draft.catalog, [holding.id]), draft.as_of, years=1)
    ends = next((one.expires for one in answer.holdings if one.certification == holding.id), None)
    return ends if ends and ends < draft.as_of else None


def _doubt_renewals(draft: Draft, item: Item, own: CertificationId) -> None:
    """Say that a certification may have been renewed, where the export only knows when it was earned."""
    at = place_of(draft.profile, own)
    held = draft.profile.certifications[at] if at is not None else None
    if held and (ends := _unknown_since(draft, held)):
        message = f"{item.said}: {draft.source} does not say whether it was renewed; without a renewal it ended {ends}"
        draft.doubt("import-renewals", message, item.at, f"for each renewal: pmcareer renew {own} --on DATE")


# --- holdings that are there ------------------------------------------------------------------------------------------


def _compare(draft: Draft, item: Item, at: int, stated: StatedCertification) -> None:
    """What a certificate adds to a holding that is there; what contradicts it is said, and left to the person."""
    completed: list[str] = []
    differs: list[str] = []
    assumed: tuple[str, ...] = ()
    held = draft.profile.certifications[at]
    if stated.earned and not is_awarded(held):
        day, assumed = draft.day(stated.earned, f"{held.id} earned", "begins")
        draft.make(SetEarned(at, day))
        completed.append(f"earned {day}")
    elif stated.earned and not any(stated.earned.may_be(day) for day in _days_of(held)):
        differs.append(_another_day(held, stated.earned))
    change, said = _new_last_day(draft, at, stated)
    if change:
        draft.make(change)
        completed.append(f"the issuer's last day, {change.on}")
    differs.extend(filter(None, [said]))
    outcome = Outcome.DIFFERS if differs else Outcome.COMPLETED if completed else Outcome.THERE
    draft.items.append(replace(item, outcome=outcome, note="; ".join((*completed, *differs)), assumed=assumed))


def _another_day(held: Holding, stated: StatedDay) -> str:
    """What to do about another day: another month was perhaps a renewal, the same one is more exact."""
    same_month = [
        day for day in _days_of(held) if stated.first and (day.year, day.month) == stated.first.timetuple()[:2]
    ]
    if same_month:
        return f"it says {stated.text}, the profile {same_month[0]}: put the right day there"
    return f"it says {stated.text}; if that was a renewal: `pmcareer renew {held.id} --on DATE`"


def _days_of(held: Holding) -> set[date]:
    """The days of its awards and renewals."""
    return {*filter(None, [held.earned]), *renewals_of(held), *(event.on for event in held.events)}


def _new_last_day(draft: Draft, at: int, stated: StatedCertification) -> tuple[SetExpires | None, str]:
    """An exact last day of the issuer is set, and moved when it is later; anything else is only said."""
    held, day = draft.profile.certifications[at], stated.expires
    if day is None or day.may_be(held.issuer_says_expires):
        return None, ""
    if day.day and _is_of_a_renewed_cycle(draft, held, day.day):
        return None, ""
    if stated.by_issuer and day.day and day.day > (held.issuer_says_expires or date.min):
        return SetExpires(at, day.day), ""
    ours = [held.issuer_says_expires] if held.issuer_says_expires else _ends_by_rule(draft, held, stated.earned)
    if any(day.may_be(one) for one in ours):
        return None, ""
    if day.day and held.issuer_says_expires is None:
        return SetExpires(at, day.day), ""
    known = ours[-1] if ours else "no last day"
    return None, f"it says that it ends {day.text}; the profile says {known}"


def _is_of_a_renewed_cycle(draft: Draft, held: Holding, day: date) -> bool:
    """Whether a certificate printed before the latest renewal says so: its last day is outdated."""
    alone = replace(held, issuer_says_expires=None)
    answer = assess([alone], scheme_for(draft.catalog, [held.id]), draft.as_of, years=1)
    cycles = next((one.cycles for one in answer.holdings if one.certification == held.id), ())
    return any(day in ends_told(cycle) for cycle in cycles[:-1]) and day not in ends_told(cycles[-1])


# --- what is kept beside ----------------------------------------------------------------------------------------------


def _credential(stated: StatedCertification) -> str:
    """The number of the credential, or its address; of our own exports, whose address is the catalog's, neither."""
    if stated.own_id:
        return ""
    return f"credential {stated.number}" if stated.number else stated.url


def _note(draft: Draft, stated: StatedCertification) -> str:
    return "; ".join(filter(None, (_credential(stated), draft.source)))
