"""What the pieces of common notation stand for, in the names of one question.

The code of a piece is found once for each notation and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from symcnn.prover.packed import Names, Outside, Packed
from symcnn.reading.words import CONNECTIVES, GREEK_COMMANDS
from symcnn.verifying.quick_pieces import (
    bare_latex,
    closed_up,
    evened,
    is_latex,
    latex_pieces,
    plain_pieces,
    without_names,
)

# What a piece is: a factor after this sign (NUMBER: a number beside what comes before it), what
# opens a group, what closes one. From PLUS on they end the term before them.
TIMES, OVER, BESIDE, NUMBER, OPEN, PLUS, MINUS, OPEN_TERM, CLOSE = range(9)
# After that, of a factor: packed exponents, which are negative for what is divided by, coefficient,
# and a number that it divides by, or a name that may be 0. Of what opens: the sign before
# it, and its place in `GROUPS`. Of what closes: its power, and its place in `CLOSERS`.
Code: TypeAlias = tuple[int, int, int, Packed | None]
BETWEEN = "}{"
GROUPS = (  # what opens, the function that it applies, and what closes
    ("(", "", ")"), ("floor(", "floor", ")"), ("ceil(", "ceil", ")"),
    ("⌊", "floor", "⌋"), ("⌈", "ceil", "⌉"), ("frac{", "", BETWEEN), (BETWEEN, "", "}"),
)  # fmt: skip
CLOSERS = ("", ")", "⌋", "⌉", BETWEEN, "}")
END: Code = (CLOSE, 1, 0, None)
_SIGNS = {
    "": BESIDE, "*": TIMES, r"\cdot": TIMES, r"\times": TIMES, "+": PLUS, "-": MINUS, "/": OVER,
}  # fmt: skip
_SIGNED = re.compile(r"([-+*/]|\\(?:cdot|times)(?![A-Za-z])|) ?(.+?) ?")
_WORDS = {r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉"}
_OPENING = {opening: place for place, (opening, _, _) in enumerate(GROUPS)}
_OPENING |= {rf"\{size}frac{{": _OPENING["frac{"] for size in ("", "d", "t")}
_OPENING |= {word: _OPENING[sign] for word, sign in _WORDS.items() if sign in _OPENING}
_OPENING |= {rf"\left{sign}": _OPENING[sign] for sign in (*"⌊⌈", r"\lfloor", r"\lceil")}
_CLOSING = {closing: place for place, closing in enumerate(CLOSERS) if closing}
_CLOSING |= {word: _CLOSING[sign] for word, sign in _WORDS.items() if sign in _CLOSING}
_CLOSING |= {rf"\right{sign}": _CLOSING[sign] for sign in (*"⌋⌉", r"\rfloor", r"\rceil")}
_MOST = 64  # of a power, up or down
_DIGITS = 18
_KEPT, _SHORT = 4_096, 60  # how many codes are kept, and of pieces of what length


class _Codes(dict[str, Code]):
    """Piece -> code, found once. Raises `Outside` for a piece without one."""

    __slots__ = ("_names", "_never_0")

    def __init__(self, names: Mapping[str, int], never_0: frozenset[int]) -> None:
        self._names = names
        self._never_0 = never_0

    def __missing__(self, piece: str) -> Code:
        found = _SIGNED.fullmatch(piece)
        if found is None:
            raise Outside
        code = self._code(_SIGNS[found[1]], found[2])
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = code
        return code

    def _code(self, first: int, piece: str) -> Code:
        if BETWEEN in piece and piece[0] == "\\":
            return self._fraction(first, *piece[piece.index("{") + 1 : -1].split(BETWEEN))
        body, mark, power = piece.replace("**", "^").partition("^")
        raised = int(power.strip("{}()")) if mark and body else 1
        if abs(raised) >= _MOST:
            raise Outside
        if body in _CLOSING and first == BESIDE and not (mark and "}" in body):
            return CLOSE, raised, _CLOSING[body], None
        if body in _OPENING and body[:-1] not in self._names:
            return OPEN_TERM if first in (PLUS, MINUS) else OPEN, first, _OPENING[body], None
        if body in self._names:
            key = self._names[body]
            if first == OVER:
                if raised < 0:
                    raise Outside
                raised = -raised
            noted = raised < 0 and key not in self._never_0
            return first, key * raised, 1, {key: 1} if noted else None
        return _of_number(first, body, raised)

    def _fraction(self, first: int, above: str, below: str) -> Code:
        """The code of a fraction of two factors."""
        _, key, scale, divisor = self._code(BESIDE, above)
        _, under, inverse, over = self._code(OVER, below)
        if first == OVER or divisor is not None:
            raise Outside
        return first, key + under, scale * inverse, over


def _of_number(first: int, text: str, power: int) -> Code:
    above, below = _decimal(text)
    if (power < 0) != (first == OVER):
        above, below = below, above
    above, below = above ** abs(power), below ** abs(power)
    if not below:
        raise Outside
    return NUMBER if first == BESIDE else first, 0, above, None if below == 1 else {0: below}


def _decimal(text: str) -> tuple[int, int]:
    """Numerator and denominator. Raises `Outside` for what is no number."""
    if len(text) <= _DIGITS and text.isascii():
        if text.isdigit():
            return int(text), 1
        if "," in text and text[0].isdigit() and text[0] != "0":
            return int(text.replace(",", "")), 1
        whole, point, places = text.partition(".")
        if point and whole.isdigit() and places.isdigit():
            return int(whole + places), 10 ** len(places)
    raise Outside


class Notation:
    """Texts in the names of one question, as codes.

    >>> from symcnn.prover.packed import packing
    >>> names = packing(["K"])
    >>> Notation(names).codes("2*K^3") == [
    ...     (NUMBER, 0, 2, None), (TIMES, 3 * names["K"], 1, None), END]
    True
    """

    __slots__ = ("_latex", "_plain", "_unclear", "names")

    def __init__(self, names: Names, never_0: frozenset[int] = frozenset()) -> None:
        """``never_0`` are codes of names that may be divided by at will."""
        self.names = names
        usable = {name: code for name, code in names.items() if name not in CONNECTIVES}
        self._plain = _Codes(usable, never_0)
        ways = {way: code for name, code in usable.items() for way in _ways(name)}
        self._latex = _Codes(ways, never_0)
        # Letters that begin a longer name: as such LaTeX reads them before any product.
        starts = {" ?".join(name[:2]) for name in names if name[:2].isalnum() and name[1:]}
        begins = re.compile(rf"(?<!\\)(?:{'|'.join(sorted(starts))})")
        self._unclear = begins.search if starts else None

    def codes(self, text: str) -> list[Code]:
        """What the pieces of a text stand for, and an end. Raises `Outside`."""
        text = evened(text)
        if not is_latex(text):
            return [*map(self._plain.__getitem__, plain_pieces(text)), END]
        try:
            return self._of_latex(bare_latex(text))
        except Outside:
            closer = closed_up(text)
            if closer == text:
                raise
            return self._of_latex(bare_latex(closer))

    def _of_latex(self, text: str) -> list[Code]:
        unclear = self._unclear
        if unclear is not None and unclear(text) and unclear(without_names(text)):
            raise Outside
        return [*map(self._latex.__getitem__, latex_pieces(text)), END]


def _ways(name: str) -> Iterator[str]:
    """How LaTeX writes a name with at most one subscript, without accents."""
    head, line, subscript = name.partition("_")
    if head in GREEK_COMMANDS:
        head = f"\\{head}"
    elif len(head) > 1:
        return
    if not line:
        yield head
        if len(head) == 1:
            yield f"\\mathrm{{{head}}}"
    elif subscript.isalnum():
        yield f"{head}_{subscript}"
        yield f"{head}_{{{subscript}}}"
        if len(subscript) > 1 and subscript.isalpha():
            yield from (f"{head}_{{\\{font}{{{subscript}}}}}" for font in ("text", "mathrm"))
