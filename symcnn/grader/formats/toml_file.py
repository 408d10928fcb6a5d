"""A submission in TOML: decimals stay as they were typed."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from symcnn.grader.formats.found import Found, Unusable
from symcnn.grader.formats.tree import MAX_DEPTH, Items, Leaf, Pairs, Tree, sheets_of
from symcnn.grader.ids import shown

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

_DOTTED = re.compile(
    rf"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){{{MAX_DEPTH}}}""", re.ASCII
)


def read(text: str) -> Found:
    """The sheets of the file. Raises Unusable with the line for what is no TOML.

    >>> read("student = '7'\\n[answers]\\nq1 = 2.50").sheets[0].entries[0].text
    '2.50'
    """
    if _DOTTED.search(text):  # each dot of a key costs as much as all before it
        raise Unusable("deep", limit=str(MAX_DEPTH))
    try:
        found = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        at = _PLACE.search(str(error))
        place = f"line {at.group(1)}" if at is not None and at.group(1) else ""
        said = _PLACE.sub("", str(error))
        if "escape" in said or "'\\" in said:
            raise Unusable("toml-escape", place) from error
        raise Unusable("toml", place, said=shown(said[:200])) from error
    except ValueError as error:  # more digits than Python takes for a number
        raise Unusable("toml-digits") from error
    except RecursionError as error:
        raise Unusable("deep", limit=str(MAX_DEPTH)) from error
    return sheets_of(_tree(found, "", 0))


def _tree(value: Any, place: str, depth: int) -> Tree:
    if depth > MAX_DEPTH:
        raise Unusable("deep", place[:80], limit=str(MAX_DEPTH))
    if isinstance(value, dict):
        inner = f"{place}." if place else ""
        return Pairs(
            tuple(
                (key, _tree(each, f"{inner}{shown(key[:60])}", depth + 1))
                for key, each in value.items()
            ),
            place,
        )
    if isinstance(value, list):
        return Items(
            tuple(_tree(each, f"{place}[{at}]", depth + 1) for at, each in enumerate(value)), place
        )
    if isinstance(value, bool):
        return Leaf("true" if value else "false", place)
    if isinstance(value, datetime | date | time):
        return Leaf(value.isoformat(), place)
    return Leaf(str(value), place)
