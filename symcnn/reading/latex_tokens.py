"""LaTeX -> tokens. Spacing, ``\\left``, displays and labels are gone; letters come one by one.

Kinds beyond those of plain text: "c" a command, "w" upright words, "o" an operator name, "row" and
"&" inside a block, "nl" a line break outside, "begin" and "end" of a block, ``|(`` and ``|)``.
"""

from __future__ import annotations

import re

from symcnn.reading.folding import unknown_character
from symcnn.reading.latex_words import (
    DISPLAYS,
    IDLE_COMMANDS,
    LEFT,
    OPERATOR_COMMANDS,
    RIGHT,
    UNIT_COMMANDS,
)
from symcnn.reading.messages import failure
from symcnn.reading.plain_tokens import OPERATORS, Tokens
from symcnn.reading.words import GREEK

_WORDS = "text|textrm|textit|textbf|textsf|texttt|textnormal|mbox|hbox|mathrm|mathit|mathsf|mathtt"
# Every character belongs to exactly one piece, so that offsets are sums of lengths.
LATEX = re.compile(
    r"[A-Za-z]"
    r"|\d+(?:(?:\{,\}|\\,)\d{3}(?!\d))*(?:\.\d+)?|\.\d+"
    rf"|\\(?:{_WORDS}|operatorname)\*?\s*\{{(?:[^{{}}\\$]|\\_)*\}}"
    r"|\\(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:(?<=array\})\s*\{[lcr|@{}\s]*?\}|(?<=at\})\s*\{\d+\})?"
    r"|\\(?:label|tag|eqref)\*?\s*\{[^{}]*\}"
    r"|\\[A-Za-z]+"
    r"|\\\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\])?"
    r"|\\[^A-Za-z]"
    r"|<=|>=|!=|:=|\*\*|['′″]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|\s+|."
    r"|\\"
)
_SIGNS = {**OPERATORS, ":=": "=", r"\{": r"\{", r"\}": r"\}", r"\%": "%", r"\|": "‖", "″": "'"}
_PIECES: dict[str, tuple[str, str]] = {
    **{letter: ("a", letter) for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{digit: ("n", digit) for digit in "0123456789"},
    **{sign: (sign, sign) for sign in "+-*/^_(),=<>[]{}|!%;:.?∂√⌊⌋⌈⌉∞…∑∏∈‖±⊙⊗٬"},
    **{sign: (sign, sign) for sign in ("<=", ">=", "!=")},
    **{sign: (kind, sign) for sign, kind in _SIGNS.items()},
    **{letter: ("a", name) for letter, name in GREEK.items()},
    **{"\\" + name: ("a", unit) for name, unit in UNIT_COMMANDS.items()},
    **{"\\" + name: (kind, name) for name, kind in OPERATOR_COMMANDS.items()},
    **{"\\" + name: ("c", name) for name in ("frac", "sqrt", "hat", "bar", "max", "min", "log")},
    **dict.fromkeys((" ", "  ", "\n", "~", r"\,", r"\;", r"\:", r"\!", r"\>", r"\/", r"\-"), ("", "")),
    **dict.fromkeys(("\\ ", "\\\n", "\\\t"), ("", "")),
    **{"\\" + name: ("", "") for name in IDLE_COMMANDS - LEFT - RIGHT},
}  # fmt: skip
_DOLLARS = frozenset({"$", "$$", r"\(", r"\)", r"\[", r"\]"})
_BRACED = re.compile(r"\\([A-Za-z]+)\*?\s*\{((?:[^{}\\]|\\_)*)\}")


class _Odd:
    """What is not a token by itself: blocks, words, dollars; with the notes that they leave."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[str] = []
        self.notes: dict[str, None] = {}

    def token(self, piece: str, start: int) -> tuple[str, str]:
        """Kind and value; an empty kind is left out, "left" and "right" change the next token."""
        first = piece[0]
        if first == "\\" and len(piece) > 1:
            return self.command(piece, start)
        if first.isascii() and (first.isdigit() or (first == "." and len(piece) > 1)):
            return "n", piece.replace("{,}", "").replace("\\,", "")
        if first in "'′″":
            return "'", "'" * (len(piece) + piece.count("″"))
        if first in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ":
            return "^n", piece
        if first == "&":
            return ("&" if self.blocks else "", piece)
        if piece in _DOLLARS:
            self.notes["display"] = None
            return "$", piece
        if first.isspace():
            return "", ""
        raise unknown_character(self.text, start)

    def command(self, piece: str, start: int) -> tuple[str, str]:
        if piece.startswith("\\\\"):
            return ("row" if self.blocks else "nl"), piece
        if piece in _DOLLARS:
            self.notes["display"] = None
            return "$", piece
        braced = _BRACED.match(piece)
        if braced is not None:
            return self.braced(braced.group(1), braced.group(2), start)
        name = piece[1:]
        if name in LEFT:
            return "left", name
        if name in RIGHT:
            return "right", name
        if not name.isalpha():
            raise failure("unknown-command", self.text, start, piece)
        return "c", name

    def braced(self, name: str, inside: str, start: int) -> tuple[str, str]:
        if name in ("label", "tag", "eqref"):
            self.notes["label"] = None
            return "", ""
        if name not in ("begin", "end"):
            return ("o" if name == "operatorname" else "w"), inside.replace("\\_", "_").strip()
        kind = inside.rstrip("*")
        if kind in DISPLAYS:
            self.notes["display"] = None
            if self.blocks:  # a display inside a block: its rows are rows of the block
                self.blocks.append("") if name == "begin" else self.blocks.pop()
            return "", ""
        if name == "begin":
            self.blocks.append(kind)
        elif self.blocks:
            self.blocks.pop()
        else:
            raise failure("block-open", self.text, start, kind, name=kind)
        return name, kind


def latex_tokens(text: str) -> tuple[Tokens, dict[str, None]]:
    """The tokens of a folded LaTeX text, and notes; ParseError where nothing fits."""
    kinds: list[str] = []
    values: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    odd = _Odd(text)
    at, side = 0, ""
    for piece in LATEX.findall(text):
        start = at
        at += len(piece)
        kind, value = _PIECES.get(piece) or odd.token(piece, start)
        if not kind:
            continue
        if side:
            kind, side = _sided(kind, side), ""
        elif kind in ("left", "right"):
            side = kind
            continue
        if kind:
            kinds.append(kind)
            values.append(value)
            offsets.append(start)
            ends.append(at)
    kinds.append("end")
    values.append("")
    offsets.append(at)
    ends.append(at)
    return Tokens(kinds, values, offsets, ends), odd.notes


def _sided(kind: str, side: str) -> str:
    """A delimiter after ``\\left`` or ``\\right``: a dot is nothing, a bar opens or closes."""
    if kind == ".":
        return ""
    if kind == "|":
        return "|(" if side == "left" else "|)"
    return kind
