"""LaTeX -> tokens. Spacing, ``\\left``, displays and labels are gone; letters come one by one.

Kinds beyond those of plain text: "c" a command, "w" upright words, "o" an operator name, "row" and
"&" inside a block, "nl" a line break outside, "begin" and "finish" of a block, ``|(`` and ``|)``.
"""

from __future__ import annotations

import re
from functools import cache

from symcnn.reading.folding import unknown_character
from symcnn.reading.latex_words import (
    ACCENTS,
    COMMANDS,
    DISPLAYS,
    FUNCTION_COMMANDS,
    IDLE_COMMANDS,
    LEFT,
    OPERATOR_COMMANDS,
    RIGHT,
    UNIT_COMMANDS,
)
from symcnn.reading.messages import failure
from symcnn.reading.plain_tokens import OPERATORS, Tokens, stripped
from symcnn.reading.words import GREEK

Pair = tuple[str, str]
_WORDS = "text|textrm|textit|textbf|textsf|texttt|textnormal|mbox|hbox|mathrm|mathit|mathsf|mathtt"
_SIGNS = {**OPERATORS, ":=": "=", r"\{": r"\{", r"\}": r"\}", r"\%": "%", r"\|": "‖", "″": "'"}
_PIECES: dict[str, Pair] = {
    **{letter: ("a", letter) for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{digit: ("n", digit) for digit in "0123456789"},
    **{sign: (sign, sign) for sign in "+-*/^_(),=<>[]{}|!%;:.?∂√⌊⌋⌈⌉∞…∑∏∈‖±⊙⊗٬"},
    **{sign: (sign, sign) for sign in ("<=", ">=", "!=")},
    **{sign: (kind, sign) for sign, kind in _SIGNS.items()},
    **{letter: ("a", name) for letter, name in GREEK.items()},
    **{"\\" + name: ("a", unit) for name, unit in UNIT_COMMANDS.items()},
    **{"\\" + name: (kind, name) for name, kind in OPERATOR_COMMANDS.items()},
    **{"\\" + name: ("c", name) for name in (*COMMANDS, *ACCENTS, *FUNCTION_COMMANDS)},
    **dict.fromkeys(("", " ", "\t", "\xa0", "~", "\\ ", "\\\n", "\\\t"), ("", "")),
    **dict.fromkeys(r"\, \; \: \! \> \/ \-".split(), ("", "")),
    **{"\\" + name: ("", "") for name in IDLE_COMMANDS},
    **{f"\\{name}.": ("", "") for name in LEFT | RIGHT},
    **{f"\\{name}|": ("|(" if name in LEFT else "|)", "|") for name in LEFT | RIGHT},
}  # fmt: skip
_VALUES = {piece: value for piece, (_, value) in _PIECES.items()}
_DOLLARS = frozenset({"$", "$$", r"\(", r"\)", r"\[", r"\]"})


class _Kinds(dict[str, str | None]):
    """Piece -> kind: empty for what is left out, None for what only its surroundings explain."""

    __slots__ = ()

    def __missing__(self, piece: str) -> str | None:
        return "n" if piece.isdigit() and piece.isascii() else None


_KINDS = _Kinds({piece: kind for piece, (kind, _) in _PIECES.items()})


class _Odd:
    """What is not a token by itself: blocks, words, dollars; with the notes that they leave."""

    def __init__(self, text: str, pieces: list[str], values: list[str]) -> None:
        self.text = text
        self.pieces = pieces
        self.values = values
        self.blocks: list[str] = []
        self.broken = False
        self.notes: dict[str, None] = {}

    def start(self, at: int) -> int:
        """The offset of a piece."""
        return sum(map(len, self.pieces[: at + 1])) - len(self.pieces[at].lstrip())

    def resolved(self, at: int) -> str:
        """The kind of a piece, whose value is set."""
        kind, self.values[at] = self.token(at)
        return kind

    def token(self, at: int) -> Pair:
        """Kind and value; an empty kind is left out."""
        piece = self.values[at]
        first = piece[0]
        if first == "\\" and len(piece) > 1:
            return self.command(piece, at)
        if first.isascii() and (first.isdigit() or (first == "." and len(piece) > 1)):
            return "n", piece.replace("{,}", "").replace("\\,", "")
        if first in "'′″":
            return "'", "'" * (len(piece) + piece.count("″"))
        if first in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ":
            return "^n", piece
        if first == "&":
            return ("&", piece) if self.blocks else ("", "")
        if piece in _DOLLARS:
            return self.dollar(piece)
        if first.isspace():
            return "", ""
        raise unknown_character(self.text, self.start(at))

    def dollar(self, piece: str) -> Pair:
        self.broken = True
        self.notes["display"] = None
        return "$", piece

    def command(self, piece: str, at: int) -> Pair:
        if piece.startswith("\\\\"):
            self.broken = self.broken or not self.blocks
            return ("row" if self.blocks else "nl"), piece
        if piece in _DOLLARS:
            return self.dollar(piece)
        name = piece[1:]
        if name.isalpha():
            return "c", name
        braced = _braced().match(piece)
        if braced is not None:
            return self.braced(braced.group(1), braced.group(2), at)
        if piece[-1] in ".|" and len(piece) > 2:  # spaces between \\left and its delimiter
            return _PIECES["".join(piece.split())]
        raise failure("unknown-command", self.text, self.start(at), piece)

    def braced(self, name: str, inside: str, at: int) -> Pair:
        if name in ("label", "tag", "eqref"):
            self.notes["label"] = None
            return "", ""
        if name not in ("begin", "end"):
            return ("o" if name == "operatorname" else "w"), inside.replace(
                "\\_", "_"
            ).strip() or " "
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
            raise failure("block-open", self.text, self.start(at), kind, name=kind)
        return ("begin" if name == "begin" else "finish"), kind


@cache
def _braced() -> re.Pattern[str]:
    return re.compile(r"\\([A-Za-z]+)\*?\s*\{((?:[^{}\\]|\\_)*)\}")


@cache
def _pattern() -> re.Pattern[str]:
    """Every character belongs to exactly one piece, blanks to the piece after them."""
    return re.compile(
        r"\s*(?:[A-Za-z{}^_+\-()=,&/]|\d(?![\d{\\.])"
        r"|\d+(?:(?:\{,\}|\\,)\d{3}(?!\d))*(?:\.\d+)?|\.\d+"
        rf"|\\(?:{_WORDS}|operatorname)\*?\s*\{{(?:[^{{}}\\$]|\\_)*\}}"
        r"|\\(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:(?<=array\})\s*\{[lcr|@{}\s]*?\}|(?<=at\})\s*\{\d+\})?"
        r"|\\(?:label|tag|eqref)\*?\s*\{[^{}]*\}"
        r"|\\(?:left|right|[bB]igg?[lr])\s*[.|]|\\[A-Za-z]+"
        r"|\\\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\])?"
        r"|\\[^A-Za-z]"
        r"|<=|>=|!=|:=|\*\*|['′″]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|.|\\)"
    )


def _check_variants(text: str) -> None:
    """``\\epsilon`` and ``\\varepsilon`` are one name, unless a text uses both."""
    for found in re.finditer(r"\\var([a-z]+)", text):
        if re.search(rf"\\{found.group(1)}(?![A-Za-z])", text):
            raise failure("variants", text, found.start(), found.group(), name=found.group(1))


def _holds_words(kinds: list[str], text: str) -> bool:
    """Whether letters stand side by side outside commands and scripts, or words in braces."""
    signs = "".join(kinds)
    if "aa" not in signs and "w" not in signs:
        return False
    return ("aa" in signs and letters_touch(text)) or ("w" in signs and "w" in kinds)


def letters_touch(text: str) -> bool:
    """Whether a word may begin somewhere outside commands, scripts and braces."""
    return _letters().search(text) is not None


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"(?<![\\A-Za-z_{])[A-Za-z]{2}")


def latex_tokens(text: str) -> tuple[Tokens, dict[str, None]]:
    """The tokens of a folded LaTeX text, and notes; ParseError where nothing fits."""
    if "\\var" in text:
        _check_variants(text)
    pieces = _pattern().findall(text)
    values = stripped(text, pieces)
    every = [*map(_KINDS.__getitem__, values)]
    if "\\" in text or not text.isascii():
        values = [*map(_VALUES.get, values, values)]
    if all(every) or None not in every:
        tokens = Tokens(text, pieces, every, values)  # type: ignore[arg-type]
        tokens.wordy = _holds_words(tokens.kinds, text)
        return tokens, {}
    values = [*values]
    odd = _Odd(text, pieces, values)
    kinds = [odd.resolved(at) if kind is None else kind for at, kind in enumerate(every)]
    tokens = Tokens(text, pieces, kinds, values)
    tokens.broken, tokens.wordy = odd.broken, _holds_words(tokens.kinds, text)
    return tokens, odd.notes
