"""Values -> LaTeX: exact numbers, enclosures with certain digits only, arrays, families."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.latex_words import (
    ENGLISH,
    Words,
    enclosure_latex,
    grid_latex,
    literal_latex,
    member_latex,
    words_latex,
)
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Family,
    PointValue,
    Polynomial,
    Undefined,
    Value,
)


def latex_value(
    value: Value | PointValue | Undefined, words: Words = ENGLISH, name: str = "x"
) -> str:
    r"""A value in LaTeX. ``name`` is what the members of a family are called.

    >>> latex_value(Fraction(-5, 6))
    '-\\frac{5}{6}'
    >>> latex_value(ArrayValue((2,), (Fraction(1), Undefined("1/0"))))
    '\\begin{bmatrix} 1 \\\\ \\text{undefined} \\end{bmatrix}'
    """
    match value:
        case Fraction():
            return _fraction(value, words)
        case Ball(low, high):
            return _fraction(low, words) if low == high else enclosure_latex(low, high)
        case ArrayValue(shape, entries):
            return grid_latex(shape, lambda k: latex_value(entries[k], words), words)
        case Family(members, otherwise):
            listed = [
                f"{member_latex(name, ', '.join(map(str, place)))} = {_fraction(worth, words)}"
                for place, worth in sorted(members.items())
            ]
            rest = rf"{_fraction(otherwise, words)}\ {words_latex(words.otherwise)}"
            return r",\ ".join([*listed, rest])
        case Polynomial(coefficients):
            return _polynomial(coefficients, words)
        case Undefined():
            return words_latex(words.undefined)


def _fraction(value: Fraction, words: Words) -> str:
    if value.denominator == 1:
        return literal_latex(value, 0, words)
    above = literal_latex(Fraction(abs(value.numerator)), 0, words)
    below = literal_latex(Fraction(value.denominator), 0, words)
    return rf"{'-' if value < 0 else ''}\frac{{{above}}}{{{below}}}"


def _polynomial(coefficients: tuple[Fraction, ...], words: Words) -> str:
    out = ""
    for power, value in enumerate(coefficients):
        if value == 0:
            continue
        letter = "" if power == 0 else "t" if power == 1 else f"t^{{{power}}}"
        size = _fraction(abs(value), words)
        term = size if not letter else letter if abs(value) == 1 else f"{size} {letter}"
        sign = "-" if value < 0 else "+"
        out += f" {sign} {term}" if out else term if value > 0 else f"-{term}"
    return out or "0"
