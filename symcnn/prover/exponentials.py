"""exp in normal form, with sigmoid, tanh and powers of positive bases in terms of it.

``exp(a + b) = exp(a)*exp(b)``, ``exp(c*a) = exp(a)^c`` for rational c, ``exp(c*log(u)) = u^c``,
``a^v = exp(v*log(a))`` for a > 0, ``sigmoid(u) = 1/(1 + exp(-u))``,
``tanh(u) = (1 - exp(-2*u))/(1 + exp(-2*u))``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call, Formula, Pow, Rational
from symcnn.prover.chains import fractional_power, fresh_chain
from symcnn.prover.logarithms import logarithm
from symcnn.prover.radicals import factor_power, number_power

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_PARTS = 40


def exponential_pair(ring: Ring, node: Call) -> Pair:
    """``exp``, ``log``, ``sigmoid`` or ``tanh`` as a pair."""
    num, den = ring.pair(node.args[0])
    match node.name:
        case "exp":
            return exponential(ring, num, den)
        case "sigmoid":
            e, f = exponential(ring, -num, den)
            return f, f + e
        case "tanh":
            e, f = exponential(ring, -2 * num, den)
            return f - e, f + e
    above, below = logarithm(ring, num, den)
    if len(node.args) == 1:
        return above, below
    top, bottom = logarithm(ring, *ring.pair(node.args[1]))
    ring.record(top)
    return ring.product(above, bottom), ring.product(below, top)


def positive_power(ring: Ring, base: Formula, exponent: Formula) -> Pair:
    """``base ** exponent`` for a base that is known to be positive."""
    a, b = logarithm(ring, *ring.pair(base))
    c, d = ring.pair(exponent)
    return exponential(ring, ring.product(a, c), ring.product(b, d))


def exponential(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``exp(num/den)``, a power of one atom for each monomial of the numerator."""
    num, den = ring.lowest(num, den)
    if len(num) > _PARTS:
        return _power(ring, num, den, Fraction(1))
    whole = den.is_constant()
    above: Poly = 1
    below: Poly = 1
    for exponents, coefficient in num.to_dict().items():
        top, bottom = ring.context.from_dict({exponents: int(coefficient)}), den
        if not whole:
            top, bottom = ring.lowest(top, bottom)
        scale = Fraction(int(top.leading_coefficient()), int(bottom.content()))
        monomial = divmod(top, ring.context.constant(int(top.leading_coefficient())))[0]
        rest = divmod(bottom, ring.context.constant(int(bottom.content())))[0]
        a, b = _power(ring, monomial, rest, scale)
        above, below = ring.product(above, a), ring.product(below, b)
    return above, below


def _power(ring: Ring, num: Any, den: Any, power: Fraction) -> Pair:
    """``exp(num/den) ** power``; of the logarithm of u it is ``u ** power``."""
    logs = [slot for slot, degree in enumerate(num.degrees()) if degree and slot in ring.logs]
    single = len(logs) == 1 and len(num) == 1 and num.degrees()[logs[0]] == 1 and den.is_constant()
    if single and num.total_degree() == 1:
        base = ring.logs[logs[0]]
        if type(base) is int:
            return number_power(ring, base, power)
        return factor_power(ring, base, power)
    spelled = _spelling(ring, num, den)
    if single:
        spelled = _power_spelling(ring, num, logs[0])
    empty = fresh_chain(spelled, None, (num, den))
    return fractional_power(ring, ("exp", ring.canonical(num, den)), power, empty)


def _spelling(ring: Ring, num: Any, den: Any) -> Callable[[int], Formula]:
    def spelled(degree: int) -> Formula:
        above, below = ring.as_formula(num), ring.as_formula(degree * den)
        return Call("exp", (above if below == Rational(1) else above / below,))

    return spelled


def _power_spelling(ring: Ring, monomial: Any, log: int) -> Callable[[int], Formula]:
    """``exp(n*log(a))`` is written ``a^n``."""
    base = ring.as_formula(ring.logs[log])
    rest = divmod(monomial, ring.context.gens()[log])[0]

    def spelled(degree: int) -> Formula:
        exponent = ring.as_formula(rest)
        return Pow(base, exponent if degree == 1 else exponent / Rational(degree))

    return spelled
