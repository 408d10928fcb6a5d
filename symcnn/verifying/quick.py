"""Common notation straight to a packed fraction: what most answers are written in.

Sums, products, quotients and whole powers of declared numbers, in plain text or LaTeX. A text with
anything else in it is left to the reader; what is taken here means what it means there (tested on
both). Nothing is noted and no error is told: an answer is read again where somebody looks at it.
"""

from __future__ import annotations

from symcnn.prover.packed import Divisors, Names, Outside, Packed, Quotient, kept, raised, times
from symcnn.prover.rational_key import RationalKey
from symcnn.verifying.quick_codes import (
    CLOSERS,
    END,
    FRACTION,
    GROUPS,
    UNIT,
    Code,
    Notation,
    ends_in_word,
    folded,
)  # fmt: skip

LONGEST = 2_000
_DEEPEST = 12


class Quick:
    """A key, and the notation of its question in both ways of writing.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> key = RationalKey.of(Symbol("K") ** 2, Given(), ["C_in"])
    >>> quick = Quick(key)
    >>> quick.kind("K*K"), quick.kind(r"C_{in}K"), quick.kind("sqrt(K)")
    ('proved', 'refuted', None)
    """

    __slots__ = ("_key", "_notation")

    def __init__(self, key: RationalKey) -> None:
        self._key = key
        self._notation = Notation(key.names)

    def kind(self, text: str) -> str | None:
        """ "proved" or "refuted" where the text is in common notation and that is plain."""
        floors = self._key.floors()
        try:
            return self._key.kind_of(*fraction(text, self._notation, floors), floors)
        except Outside:
            return None


def fraction(text: str, notation: Notation, divisors: Divisors) -> Quotient:
    """What the text means, as `packed.fraction` gives it; raises `Outside` for other texts.

    >>> from symcnn.prover.packed import packing
    >>> notation = Notation(packing(["K", "C_in"]))
    >>> plain = fraction("K^2*C_in", notation, Divisors())
    >>> plain == fraction(r"C_{in}K^2", notation, Divisors())
    True
    """
    if len(text) > LONGEST or not text.isprintable():
        raise Outside
    if not text.isascii():
        text = folded(text)
    if "\\" in text or "{" in text or "$" in text:
        pieces, codes = notation.latex(text)
        starts = notation.starts
    else:
        pieces, codes = notation.plain(text)
        starts = None
    work = _Work(pieces, codes, starts, notation.names, divisors)
    found = work.total()
    if codes[work.at] is not END:
        raise Outside
    return found


class _Work:
    """One text; `at` is the piece that comes next."""

    __slots__ = ("at", "codes", "deep", "divisors", "names", "pieces", "starts")

    def __init__(
        self, pieces: list[str], codes: list[Code], starts: frozenset[str] | None,
        names: Names, divisors: Divisors,
    ) -> None:  # fmt: skip
        self.pieces = pieces
        self.codes = codes
        self.starts = starts
        self.names = names
        self.divisors = divisors
        self.at = 0
        self.deep = 0

    def total(self) -> Quotient:
        """Terms with + and -, the first of which may carry a sign."""
        codes = self.codes
        sign = codes[self.at]
        if sign == "-":
            self.at += 1
            total, below = self.product()
            total = {key: -scale for key, scale in total.items()}
        else:
            self.at += sign == "+"
            total, below = self.product()
        sign = codes[self.at]
        if sign != "+" and sign != "-":  # noqa: PLR1714  half the time of a membership test
            return total, below
        total = dict(total)
        get = total.get
        while True:
            if sign == "+":
                factor = 1
            elif sign == "-":
                factor = -1
            else:
                return kept(total), below
            self.at += 1
            more, under = self.product()
            if under is not below and under != below:
                total = kept(total)
                total = dict(total) if under is None else dict(times(total, under))
                get = total.get
                more = more if below is None else times(more, below)
                if under is not None:
                    below = under if below is None else times(below, under)
            for key, scale in more.items():
                total[key] = get(key, 0) + factor * scale
            sign = codes[self.at]

    def product(self) -> Quotient:
        """Factors with ``*``, ``/`` and juxtaposition; names and numbers are gathered at once."""
        codes = self.codes
        at = self.at
        code, after = codes[at], codes[at + 1]
        if not isinstance(code, str) and type(after) is str and after in CLOSERS:
            return self.alone(code)
        pieces, starts = self.pieces, self.starts
        key, scale = 0, 1
        rest: Packed | None = None
        below: Packed | None = None
        wanted = True  # an operand has to come
        while True:
            code = codes[at]
            if type(code) is int:
                if code < 0:
                    raise Outside
                if not wanted and starts and pieces[at - 1] + pieces[at][0] in starts:
                    raise Outside  # a name of several letters may begin at the letter before
                at += 1
                after = codes[at]
                if type(after) is int and after < 0:
                    at += 1
                    power = after - UNIT
                    if power < 0:
                        self.divisors.append({code: 1})
                        divisor = {code * -power: 1}
                        below = divisor if below is None else times(below, divisor)
                    else:
                        key += code * power
                else:
                    key += code
            elif type(code) is tuple:
                if not wanted:
                    raise Outside
                self.at = at
                number, parts = self.number(code)
                at = self.at
                scale *= number
                if parts != 1:
                    below = {0: parts} if below is None else times(below, {0: parts})
            elif code in GROUPS:
                self.at = at
                if not wanted and at > 2 and code == "(" and ends_in_word(pieces, at):
                    raise Outside
                above, under = self.grouped(code)
                at = self.at
                rest = above if rest is None else times(rest, above)
                if under is not None:
                    below = under if below is None else times(below, under)
            elif wanted:
                raise Outside
            elif code == "*":
                at += 1
                wanted = True
                continue
            elif code == "/":
                self.at = at + 1
                over, divisor = self.divided()
                at = self.at
                below = divisor if below is None else times(below, divisor)
                if over is not None:
                    rest = over if rest is None else times(rest, over)
            else:
                break
            wanted = False
        self.at = at
        if not scale:
            return {}, below
        if rest is None:
            return {key: scale}, below
        return (rest if not key and scale == 1 else times({key: scale}, rest)), below

    def alone(self, code: int | tuple[int, int]) -> Quotient:
        """A term that is one piece."""
        self.at += 1
        if isinstance(code, int):
            if code < 0:
                raise Outside
            return {code: 1}, None
        number, parts = code
        return ({0: number} if number else {}), None if parts == 1 else {0: parts}

    def number(self, code: tuple[int, int]) -> tuple[int, int]:
        """A decimal with its power, as numerator and denominator."""
        self.at += 1
        after = self.codes[self.at]
        if type(after) is not int or after >= 0:
            return code
        self.at += 1
        power = after - UNIT
        number, parts = code
        if power < 0:
            if not number:
                raise Outside
            number, parts, power = parts, number, -power
        return number**power, parts**power

    def grouped(self, code: str) -> Quotient:
        """Brackets with their power, a fraction, or a floor."""
        self.at += 1
        self.deep += 1
        if self.deep > _DEEPEST:
            raise Outside
        above, below = self.total()
        function, close = GROUPS[code]
        self._over(close)
        if function:
            above, below = self.divisors.called(function, [(above, below)])
        elif code is FRACTION:
            under, over = self.inverted(*self.total())
            self._over("}")
            above = above if over is None else times(above, over)
            below = under if below is None else times(below, under)
        self.deep -= 1
        after = self.codes[self.at]
        if type(after) is int and after < 0:
            self.at += 1
            power = after - UNIT
            if power < 0:
                divisor, over = self.inverted(above, below)
                above, below, power = over or {0: 1}, divisor, -power
            above = raised(above, power, self.names)
            below = None if below is None else raised(below, power, self.names)
        return above, below

    def divided(self) -> tuple[Packed | None, Packed]:
        """What stands after a slash: numerator and denominator of its inverse."""
        code = self.codes[self.at]
        if type(code) is tuple:
            number, parts = self.number(code)
            above = {0: number} if number else {}
            under, over = self.inverted(above, None if parts == 1 else {0: parts})
        elif type(code) is int and code >= 0:
            self.at += 1
            after = self.codes[self.at]
            if type(after) is int and after < 0:
                self.at += 1
                power = after - UNIT
                if power < 0:
                    raise Outside
                code *= power
            under, over = self.inverted({code: 1}, None)
        elif code in GROUPS:
            under, over = self.inverted(*self.grouped(code))
        else:
            raise Outside
        after = self.codes[self.at]
        if type(after) is not str or after in GROUPS:
            raise Outside  # a/b c
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
