"""Factorials and binomials: literal ones as numbers, binomials by factorials.

``binomial(n, k) = n!/(k!*(n - k)!)`` only where ``0 <= k <= n`` is known; elsewhere it is 0.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from symcnn.formula.nodes import Call, Formula, Rational, add, mul, negative, number
from symcnn.formula.traverse import transform
from symcnn.prover import signs
from symcnn.prover.defaults import constant
from symcnn.prover.domains import Facts

LARGEST = 60


def literal_factorials(f: Formula) -> Formula:
    """The formula with factorials and binomials of small literals as numbers.

    >>> literal_factorials(Call("factorial", (Rational(4),)))
    Rational(24)
    """

    def change(node: Formula) -> Formula:
        if not isinstance(node, Call) or node.name not in ("factorial", "binomial"):
            return node
        values = [constant(arg) for arg in node.args]
        whole = [int(v) for v in values if v is not None and v == int(v) and abs(v) <= LARGEST]
        if len(whole) < len(values):
            return node
        if node.name == "factorial":
            return Rational(factorial(whole[0])) if whole[0] >= 0 else node
        n, k = whole
        return Rational(comb(n, k) if 0 <= k <= n else 0)

    return transform(f, change)


def without_binomials(f: Formula, facts: Facts) -> Formula:
    """Binomials by factorials, and those of a literal by polynomials, where that is the same.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Symbol
    >>> n = Symbol("n")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)))
    >>> without_binomials(Call("binomial", (n, Rational(1))), facts)
    Symbol('n')
    """

    def change(node: Formula) -> Formula:
        match node:
            case Call("binomial", (n, k)) if facts.integer(n) and facts.integer(k):
                return _binomial(node, n, k, facts)
        return node

    return transform(f, change)


def _binomial(node: Formula, n: Formula, k: Formula, facts: Facts) -> Formula:
    chosen = constant(k)
    if chosen is not None and 0 <= chosen <= 8 and signs.nonnegative(n, facts):
        count = int(chosen)
        factors = [add((n, Rational(-j))) if j else n for j in range(count)]
        scale = [] if count < 2 else [number(Fraction(1, factorial(count)))]
        return mul((*scale, *factors))
    rest = n + negative(k)
    if not (signs.nonnegative(k, facts) and signs.nonnegative(rest, facts)):
        return node
    whole, part, other = (Call("factorial", (each,)) for each in (n, k, rest))
    return whole / (part * other)
