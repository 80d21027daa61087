"""Edits: a change as new text between the old, so that all that was written stays as it was, byte for byte."""

from __future__ import annotations

import re

import yaml

from pmcareer.problems import Position, Problems
from pmcareer.profiles.changes import (
    AddEvent,
    AddHolding,
    AddRenewed,
    AddStint,
    AddUnits,
    AddUnmatched,
    Change,
    SetBaseline,
    SetEarned,
    SetEmployer,
    SetEnd,
    SetExpires,
    SetNamespace,
    SetValue,
)
from pmcareer.profiles.layout import Layout, Patch, layout_of, pairs, patched, value_at
from pmcareer.profiles.spelling import Spelt, flow, plain

NEW_FILE = "# A pmcareer profile; its keys are explained in docs/reference/profile-format.md.\n"
_COMMENT = re.compile("(?<![^\\s,])#[^\n\r\x85\u2028\u2029]*")


class _CannotEditError(Exception):
    """The text is written in a way that no edit fits into; the argument says where."""


def edit(text: str, change: Change, file: str = "profile") -> tuple[str | None, Problems]:
    """The text of a profile with *change* written into it; None, and why, where it cannot be.

    The text must be a profile without errors, or one that holds nothing yet; *file* is its name in problems. Whoever
    saves the outcome holds it against ``changes.changed`` first.
    """
    problems = Problems()
    try:
        layout = layout_of(text)
        return patched(text, _patches(layout, change)), problems
    except yaml.YAMLError:
        problems.add("yaml-syntax", "the text is not well-formed YAML", Position(file))
    except _CannotEditError as error:
        hint = f"add it by hand: {by_hand(change)}"
        message = f"{error} is written in a way that cannot be added to"
        problems.add("profile-uneditable", message, Position(file), hint=hint)
    return None, problems


def by_hand(change: Change) -> str:
    """What to write where, for the change to be made by hand."""
    match change:
        case AddUnits(entry):
            return f"{flow(plain(entry))} under units"
        case AddHolding(holding=holding):
            return f"{flow(plain(holding))} under certifications"
        case AddStint(stint=stint):
            return f"{flow(plain(stint))} under roles"
        case AddUnmatched(entry=unmatched):
            return f"{flow(plain(unmatched))} under unmatched"
        case SetEnd(at, on):
            return f"to: {on} in roles[{at}]"
        case SetEmployer(at, employer):
            return f"employer: {flow(employer)} in roles[{at}]"
        case SetValue(key, value, within):
            return f"{key}: {flow(plain(value))}{f' in {within}' if within else ''}"
        case SetBaseline(baseline):
            return f"baseline: {flow(plain(baseline))}"
        case SetNamespace(namespace):
            return f"calendar_namespace: {namespace}"
        case _:
            return _by_hand_in_a_holding(change)


def _by_hand_in_a_holding(change: Change) -> str:
    match change:
        case SetEarned(at, on):
            return f"earned: {on} in certifications[{at}]"
        case AddRenewed(at, on):
            return f"{on} under renewed in certifications[{at}]"
        case AddEvent(at, event):
            return f"{flow(plain(event))} under events in certifications[{at}]"
        case SetExpires(at, on):
            return f"issuer_says_expires: {on} in certifications[{at}]"
        case _:
            raise TypeError(f"no change of a holding: {change}")


def _patches(layout: Layout, change: Change) -> list[Patch]:
    match change:
        case AddUnits(entry):
            return _add_to_list(layout, layout.root, "units", plain(entry))
        case AddHolding(holding, comment):
            return _add_to_list(layout, layout.root, "certifications", plain(holding), comment)
        case AddStint(stint, comment):
            return _add_to_list(layout, layout.root, "roles", plain(stint), comment)
        case SetEnd(at, on):
            return _add_key(layout, _item(layout, "roles", at), "to", on)
        case SetEmployer(at, employer):
            return _add_key(layout, _item(layout, "roles", at), "employer", employer)
        case AddUnmatched(unmatched):
            return _add_to_list(layout, layout.root, "unmatched", plain(unmatched))
        case SetValue(key, value, within):
            return _add_within(layout, within, key, plain(value))
        case SetBaseline(baseline):
            return _put_record(layout, layout.root, "baseline", plain(baseline))
        case SetNamespace(namespace):
            return _add_key(layout, layout.root, "calendar_namespace", namespace)
        case _:
            return _patches_of_a_holding(layout, change)


def _patches_of_a_holding(layout: Layout, change: Change) -> list[Patch]:
    match change:
        case SetEarned(at, on):
            return _add_key(layout, _item(layout, "certifications", at), "earned", on)
        case AddRenewed(at, on):
            return _add_to_list(layout, _item(layout, "certifications", at), "renewed", on)
        case AddEvent(at, event):
            return _add_to_list(layout, _item(layout, "certifications", at), "events", plain(event))
        case SetExpires(at, on):
            return _put_key(layout, _item(layout, "certifications", at), "issuer_says_expires", on)
        case _:
            raise TypeError(f"no change of a holding: {change}")


def _item(layout: Layout, key: str, at: int) -> yaml.Node:
    """One of a list's items."""
    listed = value_at(layout.root, key)
    if not isinstance(listed, yaml.SequenceNode) or at >= len(listed.value):
        raise _CannotEditError(f"the list of {key}")
    item: yaml.Node = listed.value[at]
    return item


def _add_within(layout: Layout, within: str, key: str, value: Spelt) -> list[Patch]:
    """A key of the profile, or of one of its parts, which is begun where it is absent."""
    if not within:
        return _add_key(layout, layout.root, key, value)
    part = value_at(layout.root, within)
    return _add_key(layout, layout.root, within, {key: value}) if part is None else _add_key(layout, part, key, value)


def _put_key(layout: Layout, parent: yaml.Node, key: str, value: Spelt) -> list[Patch]:
    """A key with its value, which takes the place of the value that stands there."""
    present = value_at(parent, key)
    if present is None:
        return _add_key(layout, parent, key, value)
    return [Patch(present.start_mark.index, present.end_mark.index, flow(value))]


def _put_record(layout: Layout, parent: yaml.Node | None, key: str, record: Spelt) -> list[Patch]:
    """A record under *key*, whose values take the places of those that stand there."""
    present = value_at(parent, key)
    if present is None or not isinstance(record, dict):
        return _add_key(layout, parent, key, record)
    if not isinstance(present, yaml.MappingNode):
        raise _CannotEditError(key)
    return [patch for name, value in record.items() for patch in _put_key(layout, present, name, value)]


def _add_to_list(layout: Layout, parent: yaml.Node | None, key: str, item: Spelt, comment: str = "") -> list[Patch]:
    """One more item of the list under *key*; the list is begun where the key is absent.

    A *comment* is left out where the list is written between brackets: it would swallow what follows.
    """
    present = value_at(parent, key)
    if present is None:
        return _add_key(layout, parent, key, [item], comment)
    if not isinstance(present, yaml.SequenceNode):
        raise _CannotEditError(f"the list {key}")
    if not present.flow_style:
        return [_block_item(layout, present, item, comment)]
    if not present.value and not _is_flow(parent) and not _inside(layout, present).strip():
        return _opened(layout, parent, present, item, comment)
    return _flow_item(layout, present, [(one, one) for one in present.value], flow(item))


def _opened(layout: Layout, parent: yaml.Node | None, empty: yaml.Node, item: Spelt, comment: str) -> list[Patch]:
    """``[]`` becomes a list with a line for each item."""
    start, end = empty.start_mark.index, empty.end_mark.index
    while layout.text[start - 1] == " ":
        start -= 1
    column = _column(parent) + layout.step
    line = layout.lines_at(layout.next_line(end), [f"{' ' * column}- {flow(item)}{_behind(comment)}"])
    return [Patch(start, end, ""), line]


def _block_item(layout: Layout, list_: yaml.SequenceNode, item: Spelt, comment: str) -> Patch:
    """A line for the item, or several, as the last item has it."""
    column, last = list_.start_mark.column, list_.value[-1]
    gap = layout.text[layout.line_start(last.start_mark.index) : last.start_mark.index][column + 1 :]
    gap = gap if gap and not gap.strip(" ") else " "
    lines = [flow(item)]
    if isinstance(item, dict) and isinstance(last, yaml.MappingNode) and not last.flow_style:
        lines = [f"{key}: {flow(value)}" for key, value in item.items()]
    lines[0] += _behind(comment)
    starts = [f"{' ' * column}-{gap}", *[" " * (column + 1 + len(gap))] * (len(lines) - 1)]
    return layout.lines_at(layout.line_behind(list_, column), [a + b for a, b in zip(starts, lines, strict=True)])


def _behind(comment: str) -> str:
    """A comment behind what stands on a line: one line itself, whatever its words are."""
    words = "".join(c if c.isprintable() else " " for c in comment)
    return f"  # {' '.join(words.split())}" if words.strip() else ""


def _add_key(layout: Layout, parent: yaml.Node | None, key: str, value: Spelt, comment: str = "") -> list[Patch]:
    """A key that is not there yet, behind the others."""
    if parent is None:
        return [layout.lines_at(len(layout.text), _entry(layout, key, value, 0, comment))]
    if not isinstance(parent, yaml.MappingNode):
        raise _CannotEditError("the profile")
    if _is_flow(parent):
        return _flow_item(layout, parent, pairs(parent), f"{key}: {flow(value)}")
    column = _column(parent)
    return [layout.lines_at(layout.line_behind(parent, column), _entry(layout, key, value, column, comment))]


def _entry(layout: Layout, key: str, value: Spelt, column: int, comment: str) -> list[str]:
    """The lines of a key: lists of records have a line for each, all else stands behind the key."""
    indent = " " * column
    if isinstance(value, list) and isinstance(value[0], dict):
        return [f"{indent}{key}:", *(f"{indent}{' ' * layout.step}- {flow(one)}{_behind(comment)}" for one in value)]
    return [f"{indent}{key}: {flow(value)}"]


def _flow_item(layout: Layout, node: yaml.Node, parts: list[tuple[yaml.Node, yaml.Node]], new: str) -> list[Patch]:
    """One more part between braces or brackets, on a line of its own where the last one has one."""
    if not parts:
        inside = node.start_mark.index + 1
        return [Patch(inside, inside, new)]
    start, end, close = parts[-1][0].start_mark.index, parts[-1][1].end_mark.index, node.end_mark.index - 1
    behind = _COMMENT.sub(lambda found: " " * len(found[0]), layout.text[end:close])
    has_comma = "," in behind
    at = end + behind.index(",") + 1 if has_comma else end
    indent = layout.text[layout.line_start(start) : start]
    if indent.strip() or layout.next_line(at) > close:
        return [Patch(at, at, f" {new}" if has_comma else f", {new}")]
    line = Patch(layout.line_end(at), layout.line_end(at), f"{layout.line_break}{indent}{new}{',' * has_comma}")
    return [line] if has_comma else [Patch(end, end, ","), line]


def _inside(layout: Layout, node: yaml.Node) -> str:
    return layout.text[node.start_mark.index + 1 : node.end_mark.index - 1]


def _is_flow(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _column(node: yaml.Node | None) -> int:
    return int(node.start_mark.column) if node is not None else 0
