"""Polynomials over the atoms of one question: products and powers within a budget, roots reduced.

A fraction is a pair of FLINT polynomials, never brought to lowest terms unless somebody asks. How
a formula becomes one is not known here.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any, NamedTuple, Self

from symcnn.formula.conditions import Bracket
from symcnn.formula.nodes import Formula, Pow, Rational, add, formula, mul
from symcnn.prover.chains import Chain
from symcnn.prover.domains import Facts
from symcnn.prover.intervals import Interval

Poly = Any  # flint.fmpz_mpoly, or a Python int for a constant
Pair = tuple[Poly, Poly]


class Stopped(Exception):
    """The normal form ends here: too large, or outside what it can express. It decides nothing."""


class Full(Exception):
    """More atoms than the polynomial ring has generators: begin again with a larger one."""


class Limits(NamedTuple):
    """Counts, never a clock: terms of a product, nodes read, bits of a number."""

    terms: int = 40_000
    nodes: int = 60_000
    bits: int = 20_000


LIMITS = Limits()


@lru_cache(maxsize=64)
def _generators(count: int) -> tuple[Any, tuple[Any, ...]]:
    import flint

    context = flint.fmpz_mpoly_ctx.get(("x", count), flint.Ordering.lex)
    return context, context.gens()


class Root(NamedTuple):
    """An atom r with ``r ** degree = num / den``."""

    degree: int
    num: Poly
    den: Poly


_SHARED = (
    "_depth", "_facts", "_generators", "_limits", "_nodes", "_renamed", "context", "settling",
)  # fmt: skip
_OWN = (
    "_keys", "_ranges", "absolutes", "atoms", "chains", "denominators", "floors", "links", "logs",
    "rewritten", "root_pairs", "roots",
)  # fmt: skip


class Atoms:
    """The generators of a ring, what each atom is, and what is known about it.

    ``roots`` holds atoms r with r^degree known, ``floors`` those that are integer parts,
    ``absolutes`` absolute values, ``logs`` logarithms, ``chains`` fractional powers of one base.
    ``rewritten`` is what each subterm that is not rational became; ``settling`` says that powers of
    roots were reduced to decide the difference.
    """

    __slots__ = (*_SHARED, *_OWN)

    def __init__(self, facts: Facts, count: int, limits: Limits = LIMITS) -> None:
        self.context, self._generators = _generators(count)
        facts.spend(30)
        self._facts = facts
        self._limits = limits
        self._keys: dict[object, int] = {}
        self.atoms: list[Formula] = []
        self.roots: dict[int, Root] = {}
        self.root_pairs: dict[object, Pair] = {}
        self.floors: dict[int, Pair] = {}
        self.absolutes: dict[int, Poly] = {}
        self.chains: dict[object, Chain] = {}
        self.links: dict[int, tuple[object, int]] = {}
        self.logs: dict[int, Poly] = {}
        self.denominators: list[Poly] = []
        self.rewritten: list[tuple[Formula, Pair]] = []
        self.settling = False
        self._renamed: dict[str, str] = {}
        self._ranges: dict[int, Interval] = {}
        self._depth = 0
        self._nodes = limits.nodes

    def copy(self) -> Self:
        """The ring with its atoms, from which another question starts."""
        other = object.__new__(type(self))
        for name in _SHARED:
            setattr(other, name, getattr(self, name))
        for name in _OWN:
            setattr(other, name, getattr(self, name).copy())
        return other

    def _times(self, a: Poly, b: Poly) -> Poly:
        if type(a) is int or type(b) is int:
            return a * b
        if len(a) * len(b) > self._limits.terms:
            raise Stopped("a product has more terms than the budget allows")
        return a * b

    def product(self, a: Poly, b: Poly) -> Poly:
        """``a * b`` within the budget."""
        return self._times(a, b)

    def raised(self, pair: Pair, power: int) -> Pair:
        """The pair to an integer power. A negative one records the new denominator."""
        num, den = pair
        if power < 0:
            self.record(num)
            num, den, power = den, num, -power
        return self._raise(num, power), self._raise(den, power)

    def record(self, denominator: Poly) -> None:
        """Remember a divisor. Raises `Stopped` when it is identically 0 or holds a bracket."""
        if type(denominator) is int:
            if denominator == 0:
                raise Stopped("a denominator is identically zero")
            return
        if not denominator:
            raise Stopped("a denominator is identically zero")
        for slot, degree in enumerate(denominator.degrees()):
            if degree and isinstance(self.atoms[slot], Bracket):
                raise Stopped("a denominator holds a bracket")
        self.denominators.append(denominator)

    def _raise(self, poly: Poly, power: int) -> Poly:
        if power == 1 or (type(poly) is int and poly in (0, 1)):
            return poly if power else 1
        if type(poly) is int:
            if poly.bit_length() * power > self._limits.bits:
                raise Stopped("a number has more digits than the budget allows")
            return poly**power
        terms = len(poly)
        size = max(abs(int(c)).bit_length() for c in poly.coeffs()) if terms else 1
        if power > 10_000 or size * power > self._limits.bits:
            raise Stopped("a power is larger than the budget allows")
        if terms > 1 and comb(terms + power - 1, power) > self._limits.terms:
            raise Stopped("a power has more terms than the budget allows")
        return poly**power

    def known(self, key: object) -> Poly | None:
        """The generator of the atom with this key if there is one already."""
        slot = self._keys.get(key)
        return None if slot is None else self._generators[slot]

    def slot(self, key: object) -> int:
        """The position of a known atom."""
        return self._keys[key]

    def depth(self) -> int:
        """How many bound variables surround the place that is being read."""
        return self._depth

    def facts(self) -> Facts:
        """What is known at the place that is being read."""
        return self._facts

    def canonical(self, num: Poly, den: Poly) -> object:
        """One hashable value for all pairs of the same fraction."""
        if type(num) is int and type(den) is int:
            return Fraction(num, den)
        num, den = self.lowest(num, den)
        if num.is_constant() and den.is_constant():
            top = int(num.leading_coefficient()) if num else 0
            return Fraction(top, int(den.leading_coefficient()))
        return str(num), str(den)

    def lowest(self, num: Poly, den: Poly) -> tuple[Any, Any]:
        """The fraction in lowest terms, the denominator's leading coefficient positive."""
        one = self.context.constant(1)
        if type(den) is int and den == 1:
            return num * one, one
        num, den = num * one, den * one
        if not den:
            raise Stopped("a denominator is identically zero")
        common = num.gcd(den)
        if common.is_one():
            return (-num, -den) if den.leading_coefficient() < 0 else (num, den)
        num, den = divmod(num, common)[0], divmod(den, common)[0]
        return (-num, -den) if den.leading_coefficient() < 0 else (num, den)

    def range_of(self, slot: int) -> Interval:
        """The bounds of an atom; they are looked up once where nothing is bound."""
        found = self._ranges.get(slot)
        if found is None or self._renamed:
            found = self._facts.interval(self.atoms[slot])
            if not self._renamed:
                self._ranges[slot] = found
        return found

    def is_integer(self, slot: int) -> bool:
        """The atom is known to be an integer."""
        return self._facts.integer(self.atoms[slot])

    def integral(self, poly: Poly) -> bool:
        """The polynomial is known to have integer values."""
        if type(poly) is int:
            return True
        degrees = poly.degrees() if poly else ()
        return all(not d or self.is_integer(slot) for slot, d in enumerate(degrees))

    def settled(self, poly: Poly) -> Poly:
        """The difference reduced by the roots, where that decides it.

        ``|x|^2 = x^2`` makes zero divisors, ``(x - |x|)*(x + |x|) = 0``; a divisor that a bracket
        guards may be one of them, and where the bracket is false nothing is divided by it.
        """
        if not poly or not self.roots:
            return poly
        found = self.reduced(poly)
        self.settling = True
        if not found and any(isinstance(atom, Bracket) for atom in self.atoms):
            for divisor in self.denominators:
                if not self._facts.is_nonzero(self.as_formula(divisor)):
                    raise Stopped("a bracket may guard a divisor that is 0")
        return found

    def reduced(self, poly: Poly) -> Poly:
        """The polynomial with powers of root atoms below their degree, up to a common factor."""
        if type(poly) is int:
            return poly
        for slot in sorted(self.roots, reverse=True):
            root = self.roots[slot]
            if not poly or poly.degrees()[slot] < root.degree:
                continue
            poly = self._reduce(poly, slot, root)
        return poly

    def _reduce(self, poly: Poly, slot: int, root: Root) -> Poly:
        by_power: dict[int, dict[tuple[int, ...], int]] = {}
        for exponents, coefficient in poly.to_dict().items():
            over, rest = divmod(int(exponents[slot]), root.degree)
            lowered = (*exponents[:slot], rest, *exponents[slot + 1 :])
            by_power.setdefault(over, {})[lowered] = coefficient
        most = max(by_power)
        total: Poly = 0
        for over in sorted(by_power):
            part = self.context.from_dict(by_power[over])
            part = self._times(part, self._raise(root.num, over))
            total = total + self._times(part, self._raise(root.den, most - over))
        return total

    def as_formula(self, poly: Poly) -> Formula:
        """The polynomial written out over the atoms."""
        if type(poly) is int:
            return formula(poly)
        terms = []
        for exponents, coefficient in poly.to_dict().items():
            factors: list[Formula] = []
            for slot, power in enumerate(exponents):
                if power:
                    atom = self.atoms[slot]
                    factors.append(atom if power == 1 else Pow(atom, Rational(int(power))))
            number = int(coefficient)
            if number != 1 or not factors:
                factors.insert(0, Rational(number))
            terms.append(mul(factors))
        return add(terms)
