"""Exponentials over common units: ``exp(x - y)`` and ``exp(y)`` are powers of e_x and e_y.

Every exponent is taken apart into monomials with rational factors; each monomial has a unit that is
fine enough for all exponents. An identity of the units as free symbols is one of the exponentials.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from symcnn.formula.nodes import Call, Formula, Pow, Rational, Symbol, add, mul
from symcnn.prover.defaults import constant
from symcnn.prover.expansion import Expansion, Monomial, identical
from symcnn.prover.radicals import primes


def identical_in_units(f: Formula, g: Formula) -> bool:
    """Equal as rational functions of atoms and units. Raises `TooLong`.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> exp = lambda u: Call("exp", (u,))
    >>> identical_in_units(exp(x - y), exp(x) / exp(y)), identical_in_units(exp(x), exp(2 * x))
    (True, False)
    """
    units = _Units()
    units.measure(f)
    units.measure(g)
    return units.usable and identical(units.spelled(f), units.spelled(g))


def _exponent(f: Formula) -> Formula | None:
    """u where the formula is, or is made of, ``exp(u)``."""
    match f:
        case Call("exp" | "sigmoid", (inner,)):
            return inner
        case Call("tanh", (inner,)):
            return 2 * inner
        case Pow(base, exponent) if constant(exponent) is None:
            logarithm = _logarithm(base)
            return None if logarithm is None else exponent * logarithm
    return None


def _logarithm(base: Formula) -> Formula | None:
    """The logarithm of a positive literal, or of the square root of one, by primes."""
    value = constant(base)
    if value is None or value <= 0:
        match base:
            case Call("sqrt", (inner,)) if value is None:
                under = _logarithm(inner)
                return None if under is None else under / 2
        return None
    parts = [(each, count) for each, count in primes(value.numerator)]
    parts += [(each, -count) for each, count in primes(value.denominator)]
    return add(count * Call("log", (Rational(each),)) for each, count in parts)


class _Units:
    __slots__ = ("_atoms", "_fine", "usable")

    def __init__(self) -> None:
        self._atoms = Expansion()
        self._fine: dict[Monomial, int] = {}
        self.usable = True

    def measure(self, f: Formula) -> None:
        """Look at every exponent, so that units get fine enough."""
        inner = _exponent(f)
        for monomial, factor in self._terms(inner) if inner is not None else ():
            self._fine[monomial] = lcm(self._fine.get(monomial, 1), factor.denominator)
        for child in f.children():
            self.measure(child)

    def _terms(self, f: Formula) -> list[tuple[Monomial, Fraction]]:
        terms, below = self._atoms.quotient(f)
        if list(below) != [()]:
            self.usable = False
            return []
        return [(monomial, value / below[()]) for monomial, value in terms.items()]

    def spelled(self, f: Formula) -> Formula:
        """The formula with units in place of exponentials."""
        inner = _exponent(f)
        if inner is None:
            children = f.children()
            after = tuple(map(self.spelled, children))
            return f.rebuild(after) if children else f
        power = mul(self._factor(monomial, value) for monomial, value in self._terms(inner))
        match f:
            case Call("sigmoid", _):
                return power / (1 + power)
            case Call("tanh", _):
                return (power - 1) / (power + 1)
        return power

    def _factor(self, monomial: Monomial, value: Fraction) -> Formula:
        """``exp(value*monomial)``; of a logarithm times an integer what it was taken of."""
        match monomial:
            case ((slot, 1),) if value.denominator == 1:
                atom = self._atoms.atom(slot)
                if isinstance(atom, Call) and atom.name == "log" and len(atom.args) == 1:
                    return Pow(self.spelled(atom.args[0]), Rational(int(value)))
        name = f"e{list(self._fine).index(monomial)}" + "'" * 11
        return Pow(Symbol(name), Rational(int(value * self._fine[monomial])))
