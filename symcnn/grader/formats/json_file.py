"""A submission in JSON: numbers stay as they were typed, a key that stands twice is seen."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from symcnn.grader.formats.found import Found, Unusable
from symcnn.grader.formats.tree import MAX_DEPTH, Items, Leaf, Pairs, Tree, sheets_of
from symcnn.grader.ids import shown

MAX_VALUES = 500_000  # of a whole class
MAX_PAIRS = 5_000  # of one mapping


class _Object(NamedTuple):
    pairs: tuple[tuple[str, Any], ...]


def read(text: str) -> Found:
    """The sheets of the file. Raises Unusable for what is no JSON, or nested too deep.

    >>> read('{"student": 7, "answers": {"q1": 2.50}}').sheets[0].entries[0].text
    '2.50'
    """
    return sheets_of(_Builder().tree(loaded(text, pairs=_Object), "", 0))


def loaded(text: str, pairs: Any = None) -> Any:
    """The JSON value with numbers as texts. Raises Unusable."""
    hook = None if pairs is None else lambda found: pairs(tuple(found))
    try:
        return json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=hook
        )
    except json.JSONDecodeError as error:
        code = "json-escape" if "escape" in error.msg else "json"
        raise Unusable(code, f"line {error.lineno}", said=error.msg) from error
    except RecursionError as error:
        raise Unusable("deep", limit=str(MAX_DEPTH)) from error


class _Builder:
    """Makes a tree of JSON's values, while there are not too many."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_VALUES

    def tree(self, value: Any, place: str, depth: int) -> Tree:
        self.left -= len(value) if isinstance(value, list) else 1
        if depth > MAX_DEPTH:
            raise Unusable("deep", place[:80], limit=str(MAX_DEPTH))
        if self.left < 0 or (isinstance(value, _Object) and len(value.pairs) > MAX_PAIRS):
            limit = MAX_VALUES if self.left < 0 else MAX_PAIRS
            raise Unusable("too-many", place[:80], limit=str(limit))
        if isinstance(value, _Object):
            inner = f"{place}." if place else ""
            return Pairs(
                tuple(
                    (key, self.tree(each, f"{inner}{shown(key[:60])}", depth + 1))
                    for key, each in value.pairs
                ),
                place,
            )
        if isinstance(value, list):
            return Items(
                tuple(
                    self.tree(each, f"{place}[{at}]", depth + 1) for at, each in enumerate(value)
                ),
                place,
            )
        if isinstance(value, bool):
            return Leaf("true" if value else "false", place)
        return Leaf(None if value is None else str(value), place)
