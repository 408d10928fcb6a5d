"""Plain text -> tokens: parallel lists of kinds, values and offsets, ended by an "end".

The kind of an operator is the operator itself; "n" is a number, "a" a name, "^n" a superscript.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from symcnn.reading.folding import unknown_character
from symcnn.reading.words import CONNECTIVES, GREEK


class Tokens(NamedTuple):
    """The text in pieces; ``ends`` are the offsets after each piece."""

    kinds: list[str]
    values: list[str]
    offsets: list[int]
    ends: list[int]


AHEAD = 5  # so many ends, so that looking ahead never leaves the text
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
    ends = list(accumulate(map(len, pieces)))
    kinds = [
        _kind(piece, text, end - len(piece)) if kind is None else kind
        for kind, piece, end in zip(map(_KINDS.get, pieces), pieces, ends, strict=True)
    ]
    kept = [
        (kind, piece, end - len(piece), end)
        for kind, piece, end in zip(kinds, pieces, ends, strict=True)
        if kind
    ]
    kept += (("end", "", len(text), len(text)),) * AHEAD
    tokens = Tokens(*map(list, zip(*kept, strict=True)))
    if not text.isascii():
        tokens.values[:] = [
            value if value.isascii() else "".join(GREEK.get(sign, sign) for sign in value)
            for value in tokens.values
        ]
    if "'_" in text:
        tokens.values[:] = [re.sub(r"('+)(_.*)", r"\2\1", value) for value in tokens.values]
    return tokens


def _kind(value: str, text: str, start: int) -> str:
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
    raise unknown_character(text, start)
