"""A submission in YAML, read from parser events: every scalar is the text that was typed.

Nothing is resolved: no tag, no anchor, no number, no date; `2.50` and `yes` stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcnn.grader.formats.found import Found, Unusable
from symcnn.grader.formats.tree import MAX_DEPTH, MAX_NODES, Items, Leaf, Pairs, Tree, sheets_of
from symcnn.grader.ids import shown

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def read(text: str) -> Found:
    """The sheets of the file. Raises Unusable with the line for what is no YAML, or more than data.

    >>> read("student: 007\\nanswers:\\n  q1: 2.50\\n").sheets[0].entries[0].text
    '2.50'
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return sheets_of(_document(iter(yaml.parse(text, loader))))
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    except RecursionError as error:
        raise Unusable("deep", limit=str(MAX_DEPTH)) from error


def _unreadable(error: Any) -> Unusable:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = "" if mark is None else f"line {mark.line + 1}"
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    if "escape" in said:
        return Unusable("yaml-escape", place)
    around = str(getattr(error, "context", None) or "")
    if "block scalar" in around:
        return Unusable("yaml-bar", place)
    if "simple key" in around:
        return Unusable("yaml-left", place)
    if "mapping values" in said:
        return Unusable("yaml-colon", place)
    return Unusable("yaml", place, said=shown(said[:200]))


def _document(events: Iterator[Any]) -> Tree:
    from yaml import events as kinds

    whole: Tree | None = None
    for event in events:
        if isinstance(event, kinds.DocumentStartEvent):
            if whole is not None:
                raise Unusable("yaml-documents", _place(event))
            whole = _Builder(events).tree(next(events), 0)
    if whole is None:
        raise Unusable("empty")
    return whole


class _Builder:
    """Makes a tree of the events, while there are not too many."""

    __slots__ = ("events", "left")

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.left = MAX_NODES

    def tree(self, event: Any, depth: int) -> Tree:
        from yaml import events as kinds

        place = _place(event)
        self.left -= 1
        _check(event, place)
        if depth > MAX_DEPTH or self.left < 0:
            code, limit = ("deep", MAX_DEPTH) if depth > MAX_DEPTH else ("too-many", MAX_NODES)
            raise Unusable(code, place, limit=str(limit))
        if isinstance(event, kinds.ScalarEvent):
            text = str(event.value)
            return Leaf(None if not event.style and text in _NOTHING else text, place)
        if isinstance(event, kinds.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), kinds.SequenceEndEvent):
                items.append(self.tree(event, depth + 1))
            return Items(tuple(items), place)
        pairs = []
        while not isinstance(event := next(self.events), kinds.MappingEndEvent):
            key = self.tree(event, depth + 1)
            if not isinstance(key, Leaf):
                raise Unusable("yaml-key", key.place)
            value = self.tree(next(self.events), depth + 1)
            if isinstance(value, Leaf):
                value = Leaf(value.text, key.place)
            pairs.append((key.text or "", value))
        return Pairs(tuple(pairs), place)


def _check(event: Any, place: str) -> None:
    from yaml import events as kinds

    if isinstance(event, kinds.AliasEvent):
        raise Unusable("yaml-alias", place, name=shown(str(event.anchor)[:60]))
    if event.anchor is not None:
        raise Unusable("yaml-anchor", place, name=shown(str(event.anchor)[:60]))
    if event.tag is not None:
        raise Unusable("yaml-tag", place, name=shown(str(event.tag)[:60]))


def _place(event: Any) -> str:
    return f"line {event.start_mark.line + 1}"
