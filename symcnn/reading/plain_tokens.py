"""Plain text -> tokens: parallel lists of kinds, values and offsets, ended by an "end".

The kind of an operator is the operator itself; "n" is a number, "a" a name, "^n" a superscript.
"""

from __future__ import annotations

import re
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

    def pad(self, count: int) -> None:
        """More tokens like the last one, the end."""
        self.kinds.extend(self.kinds[-1:] * count)
        self.values.extend(self.values[-1:] * count)
        self.offsets.extend(self.offsets[-1:] * count)
        self.ends.extend(self.ends[-1:] * count)


_GREEK = "".join(GREEK)
# Every character belongs to exactly one piece, so that offsets are sums of lengths.
PLAIN = re.compile(
    rf"[A-Za-z][A-Za-z0-9]*(?:'*_[A-Za-z0-9_{_GREEK}]+|_)?'*"
    r"|\d+(?:\.\d+)?(?:e[+-]?\d+(?![A-Za-z0-9_]))?|\.\d+"
    rf"|\s+|\*\*|//|<=|>=|!=|<>|==|:=|[{_GREEK}](?:_[A-Za-z0-9_{_GREEK}]*)?'*"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|\.T(?![A-Za-z0-9_])|."
)
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
_PRIMED = re.compile(r"('+)(_.*)")
_GREEK_LETTER = re.compile(f"[{_GREEK}]")


def plain_tokens(text: str) -> Tokens:
    """The tokens of a folded plain text; ParseError at the first character that fits nowhere."""
    pieces = PLAIN.findall(text)
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
    kept.append(("end", "", len(text), len(text)))
    tokens = Tokens(*map(list, zip(*kept, strict=True)))
    if not text.isascii():
        tokens.values[:] = [_GREEK_LETTER.sub(_greek, value) for value in tokens.values]
    if "'_" in text:
        tokens.values[:] = [_PRIMED.sub(r"\2\1", value) for value in tokens.values]
    return tokens


def _greek(found: re.Match[str]) -> str:
    return GREEK[found.group()]


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
