"""Plain text -> tokens: parallel lists of kinds, values and offsets, ended by an "end".

The kind of an operator is the operator itself; "n" is a number, "a" a name, "^n" a superscript.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any

from symcnn.reading.folding import unknown_character
from symcnn.reading.words import CONNECTIVES, GREEK


class Tokens:
    """The text in pieces: what each is, what it says, and where it stands once that is asked."""

    __slots__ = ("_places", "_spans", "broken", "kinds", "values")

    def __init__(
        self, kinds: list[str], values: list[str], spans: Search, broken: bool = False
    ) -> None:
        self.kinds = kinds
        self.values = values
        self.broken = broken  # whether there are dollars or line breaks
        self._spans = spans
        self._places: Places | None = None

    @property
    def places(self) -> Places:
        """Two lists: where each piece begins and ends."""
        if self._places is None:
            find, *what = self._spans
            self._places = find(*what)
        return self._places

    @property
    def offsets(self) -> list[int]:
        """Where each piece begins."""
        return self.places[0]

    @property
    def ends(self) -> list[int]:
        """Where each piece ends."""
        return self.places[1]

    def drop(self, at: int) -> None:
        """Takes one piece out."""
        for part in (*self.places, self.kinds, self.values):
            part.pop(at)


def spans_of(pieces: list[str], kinds: list[str], length: int) -> Places:
    """The places of those pieces that have a kind, and of the ends."""
    ends = list(accumulate(map(len, pieces)))
    kept = [at for at, kind in enumerate(kinds) if kind]
    after = [length] * AHEAD
    return [ends[at] - len(pieces[at]) for at in kept] + after, [ends[at] for at in kept] + after


Places = tuple[list[int], list[int]]
Search = tuple[Callable[..., Places], *tuple[Any, ...]]
AHEAD = 5  # so many ends, so that looking ahead never leaves the text
ENDS, NOTHING = ["end"] * AHEAD, [""] * AHEAD
_GREEK = "".join(GREEK)
OPERATORS = {
    "**": "^", "==": "=", ":=": "=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "@": "*", "·": "*",
}  # fmt: skip
_KINDS = {
    **{sign: sign for sign in "+-*/^(),=<>[]|!%~;:.∂√⌊⌋⌈⌉∞…∑∏∈‖±٬"},
    **{word: word for word in ("//", "<=", ">=", "!=", ".T", *CONNECTIVES)},
    **OPERATORS,
    **dict.fromkeys("0123456789", "n"),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "a"),
    " ": "",
}


@cache
def _pattern() -> re.Pattern[str]:
    """Every character belongs to exactly one piece, so that offsets are sums of lengths."""
    return re.compile(
        rf"[A-Za-z][A-Za-z0-9]*(?:'*_[A-Za-z0-9_{_GREEK}]+|_)?'*"
        r"|\d+(?:\.\d+)?(?:e[+-]?\d+(?![A-Za-z0-9_]))?|\.\d+"
        rf"|\s+|\*\*|//|<=|>=|!=|<>|==|:=|[{_GREEK}](?:_[A-Za-z0-9_{_GREEK}]*)?'*"
        r"|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|\.T(?![A-Za-z0-9_])|."
    )


def plain_tokens(text: str) -> Tokens:
    """The tokens of a folded plain text; ParseError at the first character that fits nowhere."""
    pieces = _pattern().findall(text)
    every = [
        _kind(pieces, at, text) if kind is None else kind
        for at, kind in enumerate(map(_KINDS.get, pieces))
    ]
    kinds = [kind for kind in every if kind]
    kinds += ENDS
    values = [piece for piece, kind in zip(pieces, every, strict=True) if kind]
    values += NOTHING
    tokens = Tokens(kinds, values, (spans_of, pieces, every, len(text)))
    if not text.isascii():
        tokens.values[:] = [
            value if value.isascii() else "".join(GREEK.get(sign, sign) for sign in value)
            for value in tokens.values
        ]
    if "'_" in text:
        tokens.values[:] = [re.sub(r"('+)(_.*)", r"\2\1", value) for value in tokens.values]
    return tokens


def _kind(pieces: list[str], at: int, text: str) -> str:
    value = pieces[at]
    first = value[0]
    if first.isascii():
        if first.isalpha():
            return "a"
        if first.isdigit() or (first == "." and len(value) > 1):
            return "n"
    elif first in GREEK:
        return "a"
    elif first in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ":
        return "^n"
    if first.isspace():
        return ""
    raise unknown_character(text, sum(map(len, pieces[:at])))
