"""Plain text -> tokens: three parallel lists of kinds, values and offsets, ended by an "end".

The kind of an operator is the operator itself; "n" is a number, "a" a name, "^n" a superscript.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from symcnn.reading.folding import unknown_character
from symcnn.reading.words import CONNECTIVES, GREEK


class Tokens(NamedTuple):
    """The text in pieces; ``ends`` are the offsets after each piece."""

    kinds: list[str]
    values: list[str]
    offsets: list[int]
    ends: list[int]


_GREEK = "".join(GREEK)
PLAIN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+(?![A-Za-z0-9_]))?|\.\d+)
    | (?P<name>(?:[A-Za-z][A-Za-z0-9]*|[{_GREEK}])(?:_[A-Za-z0-9_{_GREEK}]*)?'*)
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+)
    | (?P<operator>\*\*|//|<=|>=|!=|<>|==|[-+*/^(),=<>\[\]|!%~@;:.∂√⌊⌋⌈⌉≤≥≠≈∞…∑∏∈·‖±]|٬)
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
OPERATORS = {
    "**": "^", "==": "=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "@": "*", "·": "*",
}  # fmt: skip
_GREEK_LETTER = re.compile(f"[{_GREEK}]")


def plain_tokens(text: str) -> Tokens:
    """The tokens of a folded plain text; ParseError at the first character that fits nowhere."""
    kinds: list[str] = []
    values: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    match, at = PLAIN.match, 0
    ascii_only = text.isascii()
    while True:
        found = match(text, at)
        if found is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise unknown_character(text, start)
        group = found.lastgroup
        value = found.group(group or "end")
        if group == "operator":
            kinds.append(OPERATORS.get(value, value))
        elif group == "name":
            if not ascii_only:
                value = _GREEK_LETTER.sub(lambda letter: GREEK[letter.group()], value)
            kinds.append(value if value in CONNECTIVES else "a")
        else:
            kinds.append("n" if group == "number" else "^n" if group == "super" else "end")
        values.append(value)
        at = found.end()
        ends.append(at)
        offsets.append(at - len(found.group(group or "end")))
        if group == "end":
            return Tokens(kinds, values, offsets, ends)
