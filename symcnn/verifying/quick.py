"""Common notation straight to a packed fraction: what most answers are written in.

Sums, products, quotients and whole powers of declared numbers, with floors and ceilings, in plain
text or LaTeX. A text with anything else in it is left to the reader; what is taken here means what
it means there (tested on both). Nothing is noted and no error is told: an answer is read again
where somebody looks at it.
"""

from __future__ import annotations

from typing import TypeAlias

from symcnn.prover.packed import (
    Divisors,
    Names,
    Outside,
    Packed,
    Quotient,
    kept,
    over_term,
    proper,
    raised,
    times,
)
from symcnn.prover.packed_floors import Floors
from symcnn.prover.rational_key import RationalKey
from symcnn.verifying.quick_codes import (
    BESIDE,
    BETWEEN,
    CLOSE,
    CLOSERS,
    GROUPS,
    NUMBER,
    OPEN_TERM,
    OVER,
    TERM,
    TIMES,
    Notation,
)
from symcnn.verifying.quick_pieces import may_call

LONGEST = 2_000
_DEEPEST = 12
_CALLED = tuple(function for _, function, _ in GROUPS)
_CLOSING = tuple(CLOSERS.index(closing) for _, _, closing in GROUPS)
_BETWEEN, _BRACE = CLOSERS.index(BETWEEN), CLOSERS.index("}")
# What is open: the sign before it and its kind, and the state of the sum around it.
_Group: TypeAlias = tuple[
    int, int, Packed | None, Packed | None, Packed | None, Packed | None, int, int
]
_BRACKET = 0
_NUMERATOR, _DENOMINATOR = _CLOSING.index(_BETWEEN), _CLOSING.index(_BRACE)


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
        self._notation = Notation(key.names, key.never_0)

    def kind(self, text: str) -> str | None:
        """ "proved" or "refuted" where the text is in common notation and that is plain."""
        return self._kind(text, self._key.floors())

    def proves(self, text: str) -> bool:
        """Whether it proves the text equal, and nothing in it is divided by that may be 0."""
        floors = self._key.floors()
        return self._kind(text, floors) == "proved" and floors.plain()

    def _kind(self, text: str, floors: Floors) -> str | None:
        try:
            return self._key.kind_of(*fraction(text, self._notation, floors), floors)
        except Outside:
            return None


def fraction(text: str, notation: Notation, divisors: Divisors) -> Quotient:
    """What the text means, as `packed.fraction` gives it; raises `Outside` for other texts.

    Here names that are divided by have negative exponents.

    >>> from symcnn.prover.packed import packing
    >>> notation = Notation(packing(["K", "C_in"]))
    >>> plain = fraction("K^2*C_in", notation, Divisors())
    >>> plain == fraction(r"C_{in}K^2", notation, Divisors())
    True
    """
    if len(text) > LONGEST or not text.isprintable():
        raise Outside
    # The terms of a sum so far, over `divisor`; the term at work is a monomial times rest / below.
    total: Packed | None = None
    divisor: Packed | None = None
    rest: Packed | None = None
    below: Packed | None = None
    key, scale = 0, 1
    fresh = True  # nothing stands in this sum yet
    divided = False  # a quotient ends here: a/b c is unclear
    outer: list[_Group] = []
    for first, more, factor, parts in notation.codes(text):
        if first >= TERM and not fresh:
            if rest is not None or below is not divisor:
                total, divisor = _joined(total, divisor, rest, below, key, scale)
            elif total is None:
                total = {key: scale}
            else:
                total[key] = total.get(key, 0) + scale
        if first <= NUMBER or first == TERM:
            if first == TERM:
                key, scale, rest, below = more, factor, None, None
                fresh = divided = False
            else:
                if first <= OVER:
                    if fresh:
                        raise Outside
                    divided = first == OVER
                elif divided or (first == NUMBER and not fresh):
                    raise Outside
                else:
                    fresh = False
                key += more
                if factor != 1:
                    scale *= factor
            if parts is None:
                continue
            if 0 not in parts:
                divisors.append(parts)
            else:
                below = parts if below is None else times(below, parts)
            continue
        if first == CLOSE:
            if fresh or total is None:
                raise Outside
            above, under = kept(total) if 0 in total.values() else total, divisor
            if not outer:
                break
            sign, kind, total, divisor, rest, below, key, scale = outer.pop()
            if factor != _CLOSING[kind]:
                raise Outside
            if function := _CALLED[kind]:
                whole = proper(above, under, notation.names)
                above, under = divisors.called(function, [whole])
            if more != 1:
                above, under = _raised(above, under, more, notation.names, divisors)
            if sign == OVER:
                above, under = _inverted(above, under, divisors)
            divided = sign == OVER and kind != _DENOMINATOR
            if len(above) == 1:
                [(exponents, number)] = above.items()
                key += exponents
                scale *= number
            else:
                rest = above if rest is None else times(rest, above)
            if under is not None:
                below = under if below is None else times(below, under)
            if factor != _BETWEEN:
                continue
            sign, kind = OVER, _DENOMINATOR
        else:
            sign, kind = more, factor
            if first == OPEN_TERM:
                key, scale, rest, below, sign = 0, more, None, None, TIMES
            elif sign == BESIDE:
                if divided or (not fresh and kind == _BRACKET and may_call(text)):
                    raise Outside
            elif fresh or (sign == OVER and kind == _NUMERATOR):
                raise Outside
        if len(outer) == _DEEPEST:
            raise Outside
        outer.append((sign, kind, total, divisor, rest, below, key, scale))
        total = divisor = rest = below = None
        key, scale, fresh, divided = 0, 1, True, False
    if factor or outer:
        raise Outside
    return above, under


def _joined(
    total: Packed | None, divisor: Packed | None,
    rest: Packed | None, below: Packed | None, key: int, scale: int,
) -> Quotient:  # fmt: skip
    """A sum over its divisor, and one term more; the sum is changed."""
    term = {0: 1} if rest is None else rest
    if total is None:
        total, divisor = {}, below
    elif below is not divisor and below != divisor:
        if below is not None:
            total = dict(times(kept(total), below))
        if divisor is not None:
            term = times(term, divisor)
            below = divisor if below is None else times(below, divisor)
        divisor = below
    get = total.get
    for exponents, factor in term.items():
        place = key + exponents
        total[place] = get(place, 0) + scale * factor
    return total, divisor


def _raised(
    above: Packed, below: Packed | None, power: int, names: Names, divisors: Divisors
) -> Quotient:
    """A quotient to a whole power."""
    if power < 0:
        above, below = _inverted(above, below, divisors)
    above, below = proper(above, below, names)
    above = raised(above, abs(power))
    return above, None if below is None else raised(below, abs(power))


def _inverted(above: Packed, below: Packed | None, divisors: Divisors) -> Quotient:
    """One over a quotient; what is divided by is noted."""
    if not above:
        raise Outside
    divisors.append(above)
    if len(above) > 1:
        return below or {0: 1}, above
    return over_term(below or {0: 1}, above)
