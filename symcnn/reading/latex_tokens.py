"""LaTeX -> tokens. Spacing, ``\\left``, displays and labels are gone; letters come one by one.

Kinds beyond those of plain text: "c" a command, "w" upright words, "o" an operator name, "row" and
"&" inside a block, "nl" a line break outside, "begin" and "finish" of a block, ``|(`` and ``|)``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

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
from symcnn.reading.plain_tokens import AHEAD, OPERATORS, Tokens
from symcnn.reading.words import GREEK

_WORDS = "text|textrm|textit|textbf|textsf|texttt|textnormal|mbox|hbox|mathrm|mathit|mathsf|mathtt"
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
    **dict.fromkeys((" ", "  ", "\n", "~", "\\ ", "\\\n", "\\\t"), ("", "")),
    **dict.fromkeys(r"\, \; \: \! \> \/ \-".split(), ("", "")),
    **{"\\" + name: ("", "") for name in IDLE_COMMANDS},
    **{f"\\{name}.": ("", "") for name in LEFT | RIGHT},
    **{f"\\{name}|": ("|(" if name in LEFT else "|)", "|") for name in LEFT | RIGHT},
}  # fmt: skip
_DOLLARS = frozenset({"$", "$$", r"\(", r"\)", r"\[", r"\]"})
_BRACED = r"\\([A-Za-z]+)\*?\s*\{((?:[^{}\\]|\\_)*)\}"


class _Odd:
    """What is not a token by itself: blocks, words, dollars; with the notes that they leave."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[str] = []
        self.notes: dict[str, None] = {}

    def resolved(
        self, pieces: list[str], found: list[tuple[str, str] | None]
    ) -> list[tuple[str, str]]:
        """Kind and value of every piece, those that the table does not know one by one."""
        if None not in found:
            return found  # type: ignore[return-value]
        pairs: list[tuple[str, str]] = []
        offset = 0
        for piece, known in zip(pieces, found, strict=True):
            pairs.append(known or self.token(piece, offset))
            offset += len(piece)
        return pairs

    def token(self, piece: str, start: int) -> tuple[str, str]:
        """Kind and value; an empty kind is left out."""
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
        braced = re.match(_BRACED, piece)
        if braced is not None:
            return self.braced(braced.group(1), braced.group(2), start)
        if piece[-1] in ".|" and len(piece) > 2:  # spaces between \\left and its delimiter
            return _PIECES["".join(piece.split())]
        name = piece[1:]
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
        return ("begin" if name == "begin" else "finish"), kind


@cache
def _pattern() -> re.Pattern[str]:
    """Every character belongs to exactly one piece, so that offsets are sums of lengths."""
    return re.compile(
        r"[A-Za-z{}^_+\-()=,&/]|\s+"
        r"|\d+(?:(?:\{,\}|\\,)\d{3}(?!\d))*(?:\.\d+)?|\.\d+"
        rf"|\\(?:{_WORDS}|operatorname)\*?\s*\{{(?:[^{{}}\\$]|\\_)*\}}"
        r"|\\(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:(?<=array\})\s*\{[lcr|@{}\s]*?\}|(?<=at\})\s*\{\d+\})?"
        r"|\\(?:label|tag|eqref)\*?\s*\{[^{}]*\}"
        r"|\\(?:left|right|[bB]igg?[lr])\s*[.|]|\\[A-Za-z]+"
        r"|\\\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\])?"
        r"|\\[^A-Za-z]"
        r"|<=|>=|!=|:=|\*\*|['′″]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|."
        r"|\\"
    )


def _check_variants(text: str) -> None:
    """``\\epsilon`` and ``\\varepsilon`` are one name, unless a text uses both."""
    for found in re.finditer(r"\\var([a-z]+)", text):
        if re.search(rf"\\{found.group(1)}(?![A-Za-z])", text):
            raise failure("variants", text, found.start(), found.group(), name=found.group(1))


def latex_tokens(text: str) -> tuple[Tokens, dict[str, None]]:
    """The tokens of a folded LaTeX text, and notes; ParseError where nothing fits."""
    if "\\var" in text:
        _check_variants(text)
    pieces = _pattern().findall(text)
    found = list(map(_PIECES.get, pieces))
    odd = _Odd(text)
    pairs = odd.resolved(pieces, found)
    ends = list(accumulate(map(len, pieces)))
    kept = [
        (kind, value, end - len(piece), end)
        for (kind, value), piece, end in zip(pairs, pieces, ends, strict=True)
        if kind
    ]
    kept += (("end", "", len(text), len(text)),) * AHEAD
    return Tokens(*map(list, zip(*kept, strict=True))), odd.notes
