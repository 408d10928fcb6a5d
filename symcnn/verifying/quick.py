"""Common notation straight to a packed fraction: what most answers are written in.

Sums, products, quotients and whole powers of declared numbers, in plain text or LaTeX. A text with
anything else in it is left to the reader; what is taken here means what it means there (tested on
both). Nothing is noted and no error is told: an answer is read again where somebody looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcnn.prover.packed import Names, Outside, Packed, kept, raised, times
from symcnn.reading.words import CONNECTIVES, FUNCTION_WORDS, GREEK_COMMANDS

LONGEST = 2_000
_DEEPEST = 12
_DIGITS = 18
_POWER = 64
_NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_PLAIN = re.compile(rf"[A-Za-z][A-Za-z0-9_]*|{_NUMBER}|\^\(-\d\d?\)|\*\*|[^ ]")
_SUBSCRIPT = r"_(?:[A-Za-z0-9]+|\{(?:[A-Za-z0-9]+|\\[a-z]+\{[A-Za-z]+\})\})"
_LATEX = re.compile(
    rf"\\(?:left|right)[()]|\\[a-z]?frac\{{|\\mathrm\{{[A-Za-z]\}}(?!_)"
    rf"|\\(?:[A-Za-z]+|.)(?:{_SUBSCRIPT})?|[A-Za-z](?:{_SUBSCRIPT})?"
    rf"|{_NUMBER}|\}}\{{|\^\{{-?\d\d?\}}|\^\d(?!\d)|[^ ]"
)
_BARE_WORD = re.compile(r"(?<![A-Za-z\\])([A-Za-z]{3,})\s*\(")
_ADDING = ("+", "-")
NO_STARTS: frozenset[str] = frozenset()
_FRACTION, _BETWEEN, _END = "\\frac{", "}{", "end"
_THIN = re.compile(r"\\,(?!\d)")
_SIGNS = {sign: sign for sign in "+-*/()"}
_PLAIN_SIGNS = {**_SIGNS, "^": "^", "**": "^"}
_LATEX_SIGNS = {
    **_SIGNS, "}": "}", _BETWEEN: _BETWEEN,
    r"\cdot": "*", r"\times": "*", r"\left(": "(", r"\right)": ")",
    **dict.fromkeys((_FRACTION, r"\dfrac{", r"\tfrac{"), _FRACTION),
}  # fmt: skip
_POWERS = {
    **{f"^{power}": f"^{power}" for power in range(10)},
    **{f"^{{{power}}}": f"^{power}" for power in range(-_POWER, _POWER)},
}
_DOWN = {f"^(-{power})": f"^-{power}" for power in range(1, _POWER)}
Fraction = tuple[Packed, Packed | None]
Code = int | str


class Quick:
    """The notation of one question: each name's exponent, in both ways of writing.

    >>> from symcnn.prover.packed import packing
    >>> names = packing(["K", "C_in"])
    >>> quick = Quick(names)
    >>> quick.fraction("K^2*C_in", []) == quick.fraction(r"C_{in}K^2", [])
    True
    >>> quick.fraction("floor(K/2)", [])
    Traceback (most recent call last):
    symcnn.prover.packed.Outside
    """

    __slots__ = ("_latex", "_names", "_plain", "_starts")

    def __init__(self, names: Names) -> None:
        usable = {name: code for name, code in names.items() if name not in CONNECTIVES}
        self._names = names
        self._plain: dict[str, Code] = {**usable, **_PLAIN_SIGNS, **_DOWN}
        self._latex: dict[str, Code] = {
            **{way: code for name, code in usable.items() for way in _ways(name)},
            **_LATEX_SIGNS,
            **_POWERS,
        }
        # The first two letters of names that stand in LaTeX before any product of letters.
        self._starts = frozenset(name[:2] for name in names if name[:2].isalnum() and name[1:])

    def fraction(self, text: str, divisors: list[Packed]) -> Fraction:
        """What the text means, as `packed.fraction` gives it; raises `Outside` for other texts."""
        if len(text) > LONGEST or not text.isascii() or not text.isprintable():
            raise Outside
        if "\\" in text or "{" in text or "$" in text:
            pieces = self._latex_pieces(text)
            work = _Work(pieces, [*map(self._latex.get, pieces)], self._starts)
        else:
            pieces = _PLAIN.findall(text)
            work = _Work(pieces, [*map(self._plain.get, pieces)], NO_STARTS)
        work.names, work.divisors = self._names, divisors
        found = work.total()
        if work.codes[work.at] is not _END:
            raise Outside
        return found

    def _latex_pieces(self, text: str) -> list[str]:
        if text[:1] == "$" == text[-1:]:
            text = text[2:-2] if text[:2] == "$$" == text[-2:] else text[1:-1]
        if "(" in text and any(word in FUNCTION_WORDS for word in _BARE_WORD.findall(text)):
            raise Outside
        if "\\," in text:
            text = _THIN.sub(" ", text)
        return _LATEX.findall(text)


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


class _Work:
    """One text; `at` is the piece that comes next."""

    __slots__ = ("at", "codes", "deep", "divisors", "names", "pieces", "starts")
    names: Names
    divisors: list[Packed]

    def __init__(self, pieces: list[str], codes: list[Code | None], starts: frozenset[str]) -> None:
        codes.append(_END)
        self.pieces = pieces
        self.codes = codes
        self.starts = starts
        self.at = 0
        self.deep = 0

    def total(self) -> Fraction:
        """Terms with + and -, the first of which may carry a sign."""
        codes = self.codes
        sign = codes[self.at]
        if sign in _ADDING:
            self.at += 1
        total, below = self.product()
        if sign == "-":
            total = {key: -scale for key, scale in total.items()}
        sign = codes[self.at]
        if sign not in _ADDING:
            return total, below
        total = dict(total)
        while sign in _ADDING:
            self.at += 1
            more, under = self.product()
            if under is not below and under != below:
                total = kept(total)
                total = total if under is None else times(total, under)
                more = more if below is None else times(more, below)
                if under is not None:
                    below = under if below is None else times(below, under)
                total = dict(total)
            if sign == "+":
                for key, scale in more.items():
                    total[key] = total.get(key, 0) + scale
            else:
                for key, scale in more.items():
                    total[key] = total.get(key, 0) - scale
            sign = codes[self.at]
        return kept(total), below

    def product(self) -> Fraction:
        """Factors with ``*``, ``/`` and juxtaposition; names and numbers are gathered at once."""
        codes, pieces, starts = self.codes, self.pieces, self.starts
        at = self.at
        key, scale = 0, 1
        rest: Packed | None = None
        below: Packed | None = None
        wanted = True  # an operand has to come
        while True:
            code = codes[at]
            if type(code) is int:
                if not wanted and pieces[at - 1] + pieces[at][0] in starts:
                    raise Outside
                at += 1
                after = codes[at]
                if type(after) is str and after[0] == "^":
                    power, at = self.power(at)
                    if power < 0:
                        self.divisors.append({code: 1})
                        divisor = {code * -power: 1}
                        below = divisor if below is None else times(below, divisor)
                    else:
                        key += code * power
                else:
                    key += code
            elif code is None:
                if not wanted:
                    raise Outside
                number, parts = _number(pieces[at])
                at += 1
                after = codes[at]
                if type(after) is str and after[0] == "^":
                    power, at = self.power(at)
                    if power < 0:
                        raise Outside
                    number, parts = number**power, parts**power
                scale *= number
                if parts != 1:
                    below = {0: parts} if below is None else times(below, {0: parts})
            elif code == "(" or code is _FRACTION:
                self.at = at
                above, under = self.grouped(code)
                at = self.at
                rest = above if rest is None else times(rest, above)
                if under is not None:
                    below = under if below is None else times(below, under)
            elif code == "*" and not wanted:
                at += 1
                wanted = True
                continue
            elif code == "/" and not wanted:
                self.at = at + 1
                over, divisor = self.divided()
                at = self.at
                below = divisor if below is None else times(below, divisor)
                if over is not None:
                    rest = over if rest is None else times(rest, over)
            elif wanted:
                raise Outside
            else:
                break
            wanted = False
        self.at = at
        if not scale:
            return {}, below
        if rest is None:
            return {key: scale}, below
        return (rest if not key and scale == 1 else times({key: scale}, rest)), below

    def power(self, at: int) -> tuple[int, int]:
        """A whole exponent, and the place after it; the sign ``^`` stands at ``at``."""
        sign = self.codes[at]
        assert isinstance(sign, str)
        if sign == "^":
            at += 1
            if self.codes[at] is not None:
                raise Outside
            power, parts = _number(self.pieces[at])
            if parts != 1:
                raise Outside
        else:
            power = int(sign[1:])
        after = self.codes[at + 1]
        if power > _POWER or (type(after) is str and after[0] == "^"):
            raise Outside
        return power, at + 1

    def grouped(self, code: Code) -> Fraction:
        """Brackets with their power, or a fraction."""
        self.at += 1
        self.deep += 1
        if self.deep > _DEEPEST:
            raise Outside
        above, below = self.total()
        self._over(")" if code == "(" else _BETWEEN)
        if code is _FRACTION:
            under, over = self.inverted(*self.total())
            self._over("}")
            above = above if over is None else times(above, over)
            below = under if below is None else times(below, under)
        self.deep -= 1
        after = self.codes[self.at]
        if type(after) is str and after[0] == "^":
            power, self.at = self.power(self.at)
            if power < 0:
                raise Outside
            above = raised(above, power, self.names)
            below = None if below is None else raised(below, power, self.names)
        return above, below

    def divided(self) -> tuple[Packed | None, Packed]:
        """What stands after a slash: numerator and denominator of its inverse."""
        code = self.codes[self.at]
        if code == "(" or code is _FRACTION:
            under, over = self.inverted(*self.grouped(code))
        elif type(code) is int:
            self.at += 1
            after = self.codes[self.at]
            if type(after) is str and after[0] == "^":
                power, self.at = self.power(self.at)
                if power < 0:
                    raise Outside
                code *= power
            under, over = self.inverted({code: 1}, None)
        elif code is None:
            number, parts = _number(self.pieces[self.at])
            self.at += 1
            after = self.codes[self.at]
            if type(after) is str and after[0] == "^":
                power, self.at = self.power(self.at)
                if power < 0:
                    raise Outside
                number, parts = number**power, parts**power
            above = {0: number} if number else {}
            under, over = self.inverted(above, None if parts == 1 else {0: parts})
        else:
            raise Outside
        after = self.codes[self.at]
        if not isinstance(after, str) or after[0] in "(^\\":
            raise Outside
        return over, under

    def inverted(self, above: Packed, below: Packed | None) -> tuple[Packed, Packed | None]:
        """Denominator and numerator of the inverse; the divisor is noted."""
        if not above:
            raise Outside
        self.divisors.append(above)
        return above, below

    def _over(self, sign: str) -> None:
        if self.codes[self.at] != sign:
            raise Outside
        self.at += 1


def _number(piece: str) -> tuple[int, int]:
    """A decimal as numerator and denominator, not in lowest terms."""
    if len(piece) <= _DIGITS:
        if piece.isdigit():
            return int(piece), 1
        whole, point, places = piece.partition(".")
        if point and whole.isdigit() and places.isdigit():
            return int(whole + places), 10 ** len(places)
    raise Outside
