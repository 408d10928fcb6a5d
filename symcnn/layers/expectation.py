"""Expectations: linear over declared moments, and by enumerating a finite sample space.

Nothing is estimated. A random name with declared moments may occur as a polynomial; a Bernoulli
name takes two values, so any formula in it has an expectation.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

from symcnn.errors import AuthorError
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Formula, Operand, Symbol, add, formula
from symcnn.formula.traverse import substitute


def bernoulli_mean(body: Formula, name: str, probability: Operand) -> Formula:
    """``q*body(1) + (1 - q)*body(0)``: the name is 1 with probability q, else 0.

    >>> from symcnn.formula.plain import plain
    >>> plain(bernoulli_mean(Symbol("b") ** 2, "b", Symbol("q")))
    'q*1^2 + (1 - q)*0^2'
    """
    one = substitute(body, {name: formula(1)})
    zero = substitute(body, {name: formula(0)})
    return probability * one + (1 - formula(probability)) * zero


def moment_mean(body: Formula, name: str, moments: Sequence[Operand]) -> Formula:
    """``sum_k c_k * moments[k - 1]`` where the body is the polynomial ``sum_k c_k * name^k``.

    ``moments[k - 1]`` is the k-th moment ``E[name^k]``. Coefficients are derivatives at 0. Raises
    AuthorError where the body has a higher degree than there are moments, or is no polynomial.

    >>> from symcnn.formula.plain import plain
    >>> plain(moment_mean(3 * Symbol("x"), "x", [Symbol("mu")]))
    '3*mu'
    """
    terms, derivative = [], body
    zero = {name: formula(0)}
    for degree in range(len(moments) + 1):
        coefficient = substitute(derivative, zero)
        if not _vanishes(coefficient):
            scaled = coefficient if degree < 2 else coefficient / factorial(degree)
            terms.append(scaled * moments[degree - 1] if degree else scaled)
        derivative = differentiate(derivative, Symbol(name))
    if not _vanishes(derivative):
        raise AuthorError(
            f"the expectation needs more than {len(moments)} moments of {name}, or the formula is "
            "no polynomial in it"
        )
    return add(terms)


def _vanishes(f: Formula) -> bool:
    from symcnn.formula.polynomials import polynomial

    return not polynomial(f)
