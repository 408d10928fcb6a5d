"""Equations that hold everywhere: they are the same only when they are written so."""

from __future__ import annotations

from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula
from symcnn.grader.marking.shapes import shape


def same_sides(answer: Formula, key: Formula) -> bool:
    """Both sides are written as the key's, up to the order of terms and factors.

    ``0 = 0`` holds wherever an identity does, and says nothing of it.

    >>> from symcnn.reading import read
    >>> key = read("(a + b)^2 = a^2 + 2*a*b + b^2").formula
    >>> texts = "0 = 0", "a^2 + b^2 + 2*a*b = (b + a)^2"
    >>> [same_sides(read(text).formula, key) for text in texts]
    [False, True]
    """
    if not isinstance(answer, Compare) or not isinstance(key, Compare):
        return shape(answer) == shape(key)
    if answer.op != key.op:
        return False
    own, right = (shape(answer.lhs), shape(answer.rhs)), (shape(key.lhs), shape(key.rhs))
    return own == right or (answer.op == "=" and own == right[::-1])
