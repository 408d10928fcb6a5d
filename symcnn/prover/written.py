"""Formulas as certificates write them, read back: what is applied is a function, never a product.

The plain form writes products with a star, so a name before a bracket is applied to what is in it;
and e is a name, for the number is written ``exp(1)``.
"""

from __future__ import annotations

import re

from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import FUNCTIONS, Formula
from symcnn.reading import read

_APPLIED = re.compile(r"([A-Za-z][A-Za-z0-9_]*)'*\(")
_EULER = re.compile(r"(?<![A-Za-z0-9_'])e(?![A-Za-z0-9_'])")  # the number itself is written exp(1)
_HEADS = ("Sum", "Prod", "Bracket", "Cases", "Matrix", "Vector", "Tensor", "Array", "diff")
_WORDS = ("and", "or", "not", "divides")


def written(text: str, given: Given | None = None) -> Formula:
    """The formula of a text in plain form, with the domains that are known of its names.

    Raises ParseError.

    >>> written("f(x) + 1").args[0]
    Unknown('f', (Symbol('x'),), (0,))
    """
    known = () if given is None else given.domains
    names = dict.fromkeys(_APPLIED.findall(text))
    functions = tuple(
        (name, Domain("function"))
        for name in names
        if name not in FUNCTIONS and name not in (*_HEADS, *_WORDS)
    )
    if _EULER.search(text):
        functions = (*functions, ("e", Domain()))
    if not functions and not known:
        return read(text).formula
    return read(text, Given((*functions, *known))).formula
