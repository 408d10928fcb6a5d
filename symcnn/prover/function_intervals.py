"""Bounds of the values of functions, from bounds of their arguments."""

from __future__ import annotations

from fractions import Fraction

from symcnn.prover.intervals import EVERYTHING, NONNEGATIVE, POSITIVE, Interval, extreme


def of_call(name: str, inner: list[Interval], *, nonzero: bool = False) -> Interval:
    """Bounds of a function of arguments in these intervals; ``nonzero``: the argument is not 0.

    >>> of_call("floor", [Interval(Fraction(1, 2), Fraction(7, 2))])
    Interval(low=Fraction(0, 1), high=Fraction(7, 2), low_open=False, high_open=False)
    """
    one = Fraction(1)
    match name:
        case "exp":
            return POSITIVE
        case "pi":
            return Interval(Fraction(3), Fraction(4), True, True)
        case "sigmoid":
            return Interval(Fraction(0), one, True, True)
        case "tanh" | "erf":
            return Interval(-one, one, True, True)
        case "sin" | "cos" | "sign":
            return Interval(-one, one)
        case "abs" | "relu" | "sqrt" | "factorial" | "binomial" | "gcd":
            strict = name in ("factorial",) or inner[0].positive
            strict = strict and name not in ("binomial", "gcd")
            strict = strict or (name == "abs" and (inner[0].negative or nonzero))
            return POSITIVE if strict else NONNEGATIVE
        case "root":
            if inner[0].positive:
                return POSITIVE
            return NONNEGATIVE if inner[0].nonnegative else EVERYTHING
        case "floor":
            low = None if inner[0].low is None else Fraction(inner[0].low // 1)
            return Interval(low, inner[0].high)
        case "ceil":
            high = None if inner[0].high is None else Fraction(-(-inner[0].high // 1))
            return Interval(inner[0].low, high)
        case "mod":
            return Interval(Fraction(0), inner[1].high) if inner[1].positive else EVERYTHING
        case "max" | "min":
            return extreme(inner, name == "max")
    return EVERYTHING
