"""Plain text -> tokens: parallel lists of kinds, values and offsets, ended by an "end".

The kind of an operator is the operator itself; "n" is a number, "a" a name, "^n" a superscript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import accumulate, compress

from symcnn.reading.folding import unknown_character
from symcnn.reading.words import CONNECTIVES, GREEK, KNOWN


class Tokens:
    """The text in pieces: what each is, what it says, and where it stands once that is asked."""

    __slots__ = ("_every", "_pieces", "_places", "_text", "broken", "kinds", "values", "wordy")

    def __init__(self, text: str, pieces: list[str], every: list[str], values: list[str]) -> None:
        """``pieces`` with the blanks before them, kinds (empty: left out) and values of all."""
        if all(every):
            self.kinds = every + ENDS
            self.values = values + NOTHING
        else:
            self.kinds = [*filter(None, every), *ENDS]
            self.values = [*compress(values, every), *NOTHING]
        self.broken = False  # whether there are dollars or line breaks
        self.wordy = False  # whether there may be words of a sentence
        self._text = text
        self._pieces = pieces
        self._every = every
        self._places: Places | None = None

    @property
    def places(self) -> Places:
        """Two lists: where each piece begins and ends."""
        if self._places is None:
            self._places = _places(self._pieces, self._every, len(self._text))
        return self._places

    @property
    def offsets(self) -> list[int]:
        """Where each piece begins."""
        return self.places[0]

    @property
    def ends(self) -> list[int]:
        """Where each piece ends."""
        return self.places[1]

    def touches(self, at: int) -> bool:
        """Whether nothing, not even a blank, stands between this piece and the one before."""
        if self._places is None and len(self._pieces) + AHEAD == len(self.kinds):
            return at < len(self._pieces) and not self._pieces[at][0].isspace()
        offsets, ends = self.places
        return offsets[at] == ends[at - 1]

    def drop(self, at: int) -> None:
        """Takes one piece out."""
        for part in (*self.places, self.kinds, self.values):
            part.pop(at)


def stripped(text: str, pieces: list[str]) -> list[str]:
    """The pieces of a text without their blanks."""
    if " " in text or not (text.isascii() and text.isprintable()):
        return [*map(str.lstrip, pieces)]
    return pieces


def _places(pieces: list[str], kept: list[str], length: int) -> Places:
    ends = [*accumulate(map(len, pieces))]
    starts = [end - len(piece.lstrip()) for end, piece in zip(ends, pieces, strict=True)]
    after = [length] * AHEAD
    return [*compress(starts, kept), *after], [*compress(ends, kept), *after]


Places = tuple[list[int], list[int]]
AHEAD = 5  # so many ends, so that looking ahead never leaves the text
UNLISTED = "name?"  # the kind of a name that may be a product of declared ones, or a mere word
ENDS, NOTHING = ["end"] * AHEAD, [""] * AHEAD
_GREEK = "".join(GREEK)
OPERATORS = {
    "**": "^", "==": "=", ":=": "=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "@": "*", "·": "*",
}  # fmt: skip


class Kinds(dict[str, str]):
    """Piece -> kind; what is not listed is told by how it begins, and is "" where nothing fits.

    ``unlisted`` is the kind of a name that is not listed; of letters alone it is always UNLISTED.
    """

    __slots__ = ("unlisted",)

    def __init__(self, listed: Mapping[str, str], unlisted: str = "a") -> None:
        super().__init__(listed)
        self.unlisted = unlisted

    def __missing__(self, piece: str) -> str:
        first = piece[0]
        if first.isascii():
            if first.isalpha():
                return UNLISTED if piece.isalpha() else self.unlisted
            return "n" if first.isdigit() or (first == "." and len(piece) > 1) else ""
        if first in GREEK:
            return self.unlisted
        return "^n" if first in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ" else ""


KINDS = Kinds(
    {
        **{sign: sign for sign in "+-*/^(),=<>[]|!%~;:.∂√⌊⌋⌈⌉∞…∑∏∈‖±٬"},
        **{word: word for word in ("//", "<=", ">=", "!=", ".T", *CONNECTIVES)},
        **OPERATORS,
        **dict.fromkeys(KNOWN, "a"),
        **dict.fromkeys("0123456789", "n"),
        **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "a"),
    }
)


@cache
def _pattern() -> re.Pattern[str]:
    """Every character belongs to exactly one piece, blanks to the piece after them."""
    return re.compile(
        r"\s*(?:[-+^(),\[\]]|\*(?!\*)"
        rf"|[A-Za-z][A-Za-z0-9]*(?:'*_[A-Za-z0-9_{_GREEK}]+|_)?'*"
        r"|\d+(?:\.\d+)?(?:e[+-]?\d+(?![A-Za-z0-9_]))?|\.\d+"
        rf"|\*\*|//|<=|>=|!=|<>|==|:=|[{_GREEK}](?:_[A-Za-z0-9_{_GREEK}]*)?'*"
        r"|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+|\.T(?![A-Za-z0-9_])|.)"
    )


def plain_tokens(text: str, kinds: Kinds = KINDS) -> Tokens:
    """The tokens of a folded plain text; ParseError at the first character that fits nowhere."""
    pieces = _pattern().findall(text.rstrip())
    values = stripped(text, pieces)
    every = [*map(kinds.__getitem__, values)]
    tokens = Tokens(text, pieces, every, values)
    if len(tokens.kinds) < len(every) + AHEAD:
        raise unknown_character(text, _places(pieces, pieces, 0)[0][every.index("")])
    if not text.isascii():
        tokens.values[:] = [
            value if value.isascii() else "".join(GREEK.get(sign, sign) for sign in value)
            for value in tokens.values
        ]
    if "'_" in text:
        tokens.values[:] = [re.sub(r"('+)(_.*)", r"\2\1", value) for value in tokens.values]
    return tokens
