"""The known functions of numbers: exact where the value is plainly rational, else balls.

Each takes the evaluation and the values of its arguments, none of them Undefined, none an array.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, gcd
from typing import Any

from symcnn.formula.arithmetic import EXACT, exact_root, integer, inverse, plus, sign, times
from symcnn.formula.balls import ball, finite, floor_of, root_of, sigmoid_of
from symcnn.formula.evaluation import Evaluation, Finer, Work
from symcnn.formula.values import Undefined

Function = Callable[..., Work]


def floor(at: Evaluation, x: Work) -> Work:
    """The greatest integer <= x."""
    if isinstance(x, EXACT):
        return x.numerator // x.denominator
    return floor_of(x)


def _ceil(at: Evaluation, x: Work) -> Work:
    return -floor(at, -x)


def _mod(at: Evaluation, a: Work, b: Work) -> Work:
    quotient = times(a, inverse(b, at), at)
    if type(quotient) is Undefined:
        return Undefined("mod by zero")
    return plus(a, times(times(-1, b, at), floor(at, quotient), at), at)


def _abs(at: Evaluation, x: Work) -> Work:
    return abs(x)


def _sign(at: Evaluation, x: Work) -> Work:
    return sign(x)


def _largest(at: Evaluation, *values: Work) -> Work:
    best = values[0]
    for other in values[1:]:
        if isinstance(best, EXACT) and isinstance(other, EXACT):
            best = other if other > best else best
            continue
        a, b = ball(best, at), ball(other, at)
        best = best if a >= b else other if b >= a else a.max(b)
    return best


def _smallest(at: Evaluation, *values: Work) -> Work:
    return times(-1, _largest(at, *(times(-1, value, at) for value in values)), at)


def _relu(at: Evaluation, x: Work) -> Work:
    return _largest(at, 0, x)


def _root(at: Evaluation, x: Work, degree: Work) -> Work:
    whole = integer(degree)
    if whole is None or whole < 1:
        return Undefined("the degree of a root is a positive integer")
    side = sign(x)
    if side < 0 and degree % 2 == 0:
        return Undefined("an even root of a negative number")
    if side == 0 or degree == 1:
        return x
    size = abs(x)
    exact = exact_root(size, degree, at) if isinstance(size, EXACT) else None
    found = root_of(ball(size, at), degree) if exact is None else exact
    return times(side, found, at)


def _sqrt(at: Evaluation, x: Work) -> Work:
    return _root(at, x, 2)


def _log(at: Evaluation, x: Work, base: Work | None = None) -> Work:
    if sign(x) <= 0:
        return Undefined("the logarithm of a number that is not positive")
    if base is None:
        return 0 if isinstance(x, int) and x == 1 else finite(ball(x, at).log())
    if sign(base) <= 0 or (isinstance(base, int) and base == 1):
        return Undefined("a logarithm whose base is not positive, or is 1")
    if isinstance(x, EXACT) and isinstance(base, EXACT):
        exact = _exact_log(Fraction(x), Fraction(base))
        if exact is not None:
            return exact.numerator if exact.denominator == 1 else exact
    return times(finite(ball(x, at).log()), inverse(finite(ball(base, at).log()), at), at)


def _exact_log(x: Fraction, base: Fraction) -> Fraction | None:
    """log(x)/log(base) where it is rational: Euclid's algorithm on the exponents."""
    turned = 1
    if base < 1:
        base, turned = 1 / base, -turned
    if x < 1:
        x, turned = 1 / x, -turned
    takes: list[bool] = []
    while x != 1:
        takes.append(x >= base)
        if x < base:
            x, base = base, x
        elif x.numerator % base.numerator or x.denominator % base.denominator:
            return None
        else:
            x = x / base
    value = Fraction(0)
    for take in reversed(takes):
        value = value + 1 if take else 1 / value
    return turned * value


def _factorial(at: Evaluation, n: Work) -> Work:
    if integer(n) is None:
        return Undefined("the factorial of a number that is no integer")
    if n < 0:
        return Undefined("the factorial of a negative integer")
    at.admit(n * (n.bit_length() - 2))
    return factorial(n)


def _binomial(at: Evaluation, n: Work, k: Work) -> Work:
    if integer(n) is None or integer(k) is None:
        return Undefined("a binomial of a number that is no integer")
    if not 0 <= k <= n:
        return 0
    at.admit(min(k, n - k) * n.bit_length() // 2)
    return comb(n, k)


def _gcd(at: Evaluation, a: Work, b: Work) -> Work:
    if integer(a) is None or integer(b) is None:
        return Undefined("the gcd of a number that is no integer")
    return gcd(a, b)


def _smooth(at_zero: int | Fraction, of_ball: Callable[[Any], Any]) -> Function:
    def value(at: Evaluation, x: Work) -> Work:
        if isinstance(x, int) and x == 0:
            return at_zero
        return finite(of_ball(ball(x, at)))

    return value


def _pi(at: Evaluation) -> Work:
    if not at.precision:
        raise Finer
    from flint import arb

    return arb.pi()


def _infinity(at: Evaluation) -> Work:
    return Undefined("infinity is no number")


CALLS: dict[str, Function] = {
    "floor": floor, "ceil": _ceil, "mod": _mod, "abs": _abs, "sign": _sign,
    "max": _largest, "min": _smallest, "sqrt": _sqrt, "root": _root, "log": _log, "relu": _relu,
    "factorial": _factorial, "binomial": _binomial, "gcd": _gcd, "pi": _pi, "infinity": _infinity,
    "exp": _smooth(1, lambda x: x.exp()), "sin": _smooth(0, lambda x: x.sin()),
    "cos": _smooth(1, lambda x: x.cos()), "tan": _smooth(0, lambda x: x.tan()),
    "tanh": _smooth(0, lambda x: x.tanh()), "erf": _smooth(0, lambda x: x.erf()),
    "sigmoid": _smooth(Fraction(1, 2), sigmoid_of),
}  # fmt: skip
