"""What the pieces of common notation stand for, in the names of one question.

The code of a piece is found once for each notation and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from symcnn.prover.packed import Names, Outside, Packed
from symcnn.reading.words import CONNECTIVES, GREEK_COMMANDS
from symcnn.verifying.quick_pieces import (
    CEIL,
    FLOOR,
    bare_latex,
    evened,
    is_latex,
    latex_pieces,
    parts,
    plain_pieces,
    signed,
    thinned,
    without_names,
)

# What a piece is: factors after this sign (NUMBER: beside what comes before, a number first; TERM:
# plus or minus), what opens a group, what closes one. From TERM on they end the term before.
TIMES, OVER, BESIDE, NUMBER, OPEN, TERM, OPEN_TERM, CLOSE = range(8)
# After that, of factors: packed exponents, which are negative for what is divided by, coefficient,
# and a number that they divide by, or names that may be 0. Of what opens: the sign before it (of a
# term 1 or -1), and its place in `GROUPS`. Of what closes: its power, and its place in `CLOSERS`.
Code: TypeAlias = tuple[int, int, int, Packed | None]
BETWEEN = "}{"
GROUPS = (  # what opens, the function that it applies, and what closes
    ("(", "", ")"), (FLOOR, "floor", ")"), (CEIL, "ceil", ")"),
    ("⌊", "floor", "⌋"), ("⌈", "ceil", "⌉"), ("frac{", "", BETWEEN), (BETWEEN, "", "}"),
)  # fmt: skip
CLOSERS = ("", ")", "⌋", "⌉", BETWEEN, "}")
END: Code = (CLOSE, 1, 0, None)
_SIGNS = {
    "": BESIDE, "*": TIMES, r"\cdot": TIMES, r"\times": TIMES, "+": TERM, "-": TERM, "/": OVER,
}  # fmt: skip
_WORDS = {r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉"}
_OPENING = {opening: place for place, (opening, _, _) in enumerate(GROUPS)}
_OPENING |= {rf"\{size}frac{{": _OPENING["frac{"] for size in ("", "d", "t")}
_OPENING |= {word: _OPENING[sign] for word, sign in _WORDS.items() if sign in _OPENING}
_OPENING |= {rf"\left{sign}": _OPENING[sign] for sign in (*"⌊⌈", r"\lfloor", r"\lceil")}
_CLOSING = {closing: place for place, closing in enumerate(CLOSERS) if closing}
_CLOSING |= {word: _CLOSING[sign] for word, sign in _WORDS.items() if sign in _CLOSING}
_CLOSING |= {rf"\right{sign}": _CLOSING[sign] for sign in (*"⌋⌉", r"\rfloor", r"\rceil")}
_CLOSES = frozenset(word[0] for word in _CLOSING)
_MOST = 64  # of a power, up or down
_DIGITS = 18
_KEPT, _SHORT = 4_096, 150  # how many codes are kept, and of pieces of what length


class _Codes(dict[str, Code]):
    """Piece -> code, found once. Raises `Outside` for a piece without one."""

    __slots__ = ("_names", "_never_0", "_tex")

    def __init__(self, names: Mapping[str, int], never_0: frozenset[int], *, tex: bool) -> None:
        self._names = names
        self._never_0 = never_0
        self._tex = tex

    def __missing__(self, piece: str) -> Code:
        sign, body = signed(piece)
        code = self._bracket(sign, body) or self._product(sign, body)
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = code
        return code

    def _bracket(self, sign: str, body: str) -> Code | None:
        """The code of what opens or closes a group."""
        if body[:1] in _CLOSES and not sign:
            closer, mark, power = body.replace("**", "^").partition("^")
            if closer in _CLOSING and not (mark and "}" in closer):
                return CLOSE, _exponent(power), _CLOSING[closer], None
        if body not in _OPENING:
            return None
        place = _OPENING[body]
        if body in (FLOOR, CEIL) and GROUPS[place][1] in self._names:
            raise Outside
        if _SIGNS[sign] == TERM:
            return OPEN_TERM, -1 if sign == "-" else 1, place, None
        return OPEN, _SIGNS[sign], place, None

    def _product(self, sign: str, body: str) -> Code:
        """The code of a product of factors, or of a quotient of two products."""
        above, below = parts(sign, body, tex=self._tex)
        first = _SIGNS[sign]
        if first == BESIDE and body[0].isdigit():
            first = NUMBER
        names = self._names
        key, over, under, noted = 0, 1, 1, 0
        for inverse, factors in ((False, above), (True, below)):
            for each in factors:
                name, mark, power = each.replace("**", "^").partition("^")
                raised = _exponent(power) if mark else 1
                divides = inverse or raised < 0
                raised = -raised if inverse else raised
                if name in names:
                    own = names[name]
                    key += own * raised
                    if divides and own not in self._never_0:
                        noted += own
                    continue
                number, divisor = _decimal(name)
                if not number and divides:
                    raise Outside
                if raised < 0:
                    number, divisor = divisor, number
                over *= number ** abs(raised)
                under *= divisor ** abs(raised)
        if noted and under != 1:
            raise Outside
        rest = {noted: 1} if noted else None if under == 1 else {0: under}
        return first, key, -over if sign == "-" else over, rest


def _exponent(text: str) -> int:
    """The whole number of a power, 1 where there is none. Raises `Outside` for a large one."""
    raised = int(text.strip("{}()") or 1)
    if abs(raised) >= _MOST:
        raise Outside
    return raised


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
    >>> Notation(names).codes("2*K^3 - K") == [
    ...     (NUMBER, 3 * names["K"], 2, None), (TERM, names["K"], -1, None), END]
    True
    """

    __slots__ = ("_latex", "_plain", "_unclear", "names")

    def __init__(self, names: Names, never_0: frozenset[int] = frozenset()) -> None:
        """``never_0`` are codes of names that may be divided by at will."""
        self.names = names
        usable = {name: code for name, code in names.items() if name not in CONNECTIVES}
        self._plain = _Codes(usable, never_0, tex=False)
        ways = {way: code for name, code in usable.items() for way in _ways(name)}
        self._latex = _Codes(ways, never_0, tex=True)
        self._unclear = _beginnings(names, ways)

    def codes(self, text: str) -> list[Code]:
        """What the pieces of a text stand for, and an end. Raises `Outside`."""
        text = evened(text)
        if not is_latex(text):
            return [*map(self._plain.__getitem__, plain_pieces(text)), END]
        try:
            return self._of_latex(bare_latex(text))
        except Outside:
            closer = thinned(text)
            if closer == text:
                raise
            return self._of_latex(bare_latex(closer))

    def _of_latex(self, text: str) -> list[Code]:
        unclear = self._unclear
        if unclear is not None and unclear(text) and unclear(without_names(text)):
            raise Outside
        return [*map(self._latex.__getitem__, latex_pieces(text)), END]


def _beginnings(names: Iterable[str], ways: Iterable[str]) -> Callable[[str], object] | None:
    """Finds letters that begin a longer name, where these ``ways`` of writing make a product of
    them: LaTeX reads them as the name."""
    letters = {way[0] for way in ways}
    found: dict[str, str] = {}
    for name in names:
        first, second = name[:1], name[1:2]
        if first in ways and (second in letters or second.isdigit()):
            found[first] = found.get(first, "") + second
    if not found:
        return None
    longer = "|".join(f"(?<={first}) ?[{seconds}]" for first, seconds in found.items())
    return re.compile(rf"[{''.join(found)}](?<!\\.)(?:{longer})").search


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
