"""Rational normal form: a formula as a pair of FLINT polynomials over its atoms, without a gcd.

Atoms are symbols, members of families and every subterm that is not rational in others, such as
``floor(u)``; two atoms are one when the normal forms of their arguments are. Equal pairs mean
equal values wherever both formulas are defined. Nothing here knows brackets, sums or signs.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any, NamedTuple

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Bracket, Compare, Condition
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    Unknown,
    add,
    formula,
    mul,
)
from symcnn.formula.traverse import bound_variables, scoped_child, substitute, walk
from symcnn.prover.chains import Chain
from symcnn.prover.domains import Facts
from symcnn.prover.intervals import Interval
from symcnn.prover.ranges import sparse

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


def capacity(formulas: tuple[Formula, ...]) -> int:
    """Generators that these formulas may ask for, rounded up so that few rings are made."""
    names: set[object] = set()
    others = 0
    for top in formulas:
        for node in walk(top):
            kind = type(node)
            if kind is Symbol:
                names.add(node)
            elif kind not in (Add, Mul, Rational):
                others += 1
    return -(-(len(names) + others + 1) // 4) * 4


class Ring:
    """The atoms of one question, and the pairs of its formulas over them.

    >>> x = Symbol("x")
    >>> ring = Ring(Facts(__import__("symcnn.formula.domains").formula.domains.Given()), 4)
    >>> ring.difference((x + 1) ** 2 / (x + 1), x + 1)
    0
    """

    __slots__ = (
        "_depth", "_facts", "_generators", "_keys", "_limits", "_nodes", "_ranges", "_renamed",
        "absolutes", "atoms", "chains", "context", "denominators", "floors", "links", "logs",
        "roots",
    )  # fmt: skip

    def __init__(self, facts: Facts, count: int, limits: Limits = LIMITS) -> None:
        self.context, self._generators = _generators(count)
        self._facts = facts
        self._limits = limits
        self._keys: dict[object, int] = {}
        self.atoms: list[Formula] = []
        self.roots: dict[int, Root] = {}
        self.floors: dict[int, Pair] = {}
        self.absolutes: dict[int, Poly] = {}
        self.chains: dict[object, Chain] = {}
        self.links: dict[int, tuple[object, int]] = {}
        self.logs: dict[int, Poly] = {}
        self.denominators: list[Poly] = []
        self._renamed: dict[str, str] = {}
        self._ranges: dict[int, Interval] = {}
        self._depth = 0
        self._nodes = limits.nodes

    def difference(self, f: Formula, g: Formula) -> Poly:
        """The numerator of ``f - g``: 0 iff the pairs are equal. Raises `Stopped` or `Full`."""
        a, b = self.pair(f)
        c, d = self.pair(g)
        return self.settled(self._times(a, d) - self._times(c, b))

    def pair(self, node: Formula) -> Pair:
        """Numerator and denominator. Denominators met on the way go to ``denominators``."""
        self._nodes -= 1
        if self._nodes < 0:
            raise Stopped("the formula has more nodes than the budget allows")
        kind = type(node)
        if kind is Symbol:
            name = node.name  # type: ignore[attr-defined]
            if name in self._renamed:
                return self._atom(("bound", self._renamed[name]), node), 1
            return self._atom(name, node), 1
        if kind is Rational:
            value: Fraction = node.value  # type: ignore[attr-defined]
            return value.numerator, value.denominator
        if kind is Mul:
            return self._product(node.args)  # type: ignore[attr-defined]
        if kind is Add:
            return self._sum(node.args)  # type: ignore[attr-defined]
        if kind is Pow:
            return self._power(node.base, node.exponent)  # type: ignore[attr-defined]
        return self._other(node)

    def _product(self, args: tuple[Formula, ...]) -> Pair:
        num: Poly = 1
        den: Poly = 1
        for arg in args:
            a, b = self.pair(arg)
            num = self._times(num, a)
            den = self._times(den, b)
        return num, den

    def _sum(self, args: tuple[Formula, ...]) -> Pair:
        num: Poly = 0
        den: Poly = 1
        for arg in args:
            a, b = self.pair(arg)
            if (type(b) is int and b == 1 and type(den) is int and den == 1) or _same(b, den):
                num = num + a
            else:
                num = self._times(num, b) + self._times(a, den)
                den = self._times(den, b)
        return num, den

    def _times(self, a: Poly, b: Poly) -> Poly:
        if type(a) is int or type(b) is int:
            return a * b
        if len(a) * len(b) > self._limits.terms:
            raise Stopped("a product has more terms than the budget allows")
        return a * b

    def product(self, a: Poly, b: Poly) -> Poly:
        """``a * b`` within the budget."""
        return self._times(a, b)

    def _power(self, base: Formula, exponent: Formula) -> Pair:
        if type(exponent) is Rational and exponent.value.denominator == 1:
            return self.raised(self.pair(base), int(exponent.value))
        from symcnn.prover.powers import power_pair

        return power_pair(self, base, exponent)

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

    def _other(self, node: Formula) -> Pair:
        if isinstance(node, (Index, Unknown)):
            extra = node.orders if isinstance(node, Unknown) else ()
            args = node.indices if isinstance(node, Index) else node.args
            key = (type(node).__name__, node.name, extra, tuple(map(self.key, args)))
            return self._atom(key, node), 1
        if isinstance(node, Call):
            if node.name in ("sqrt", "root"):
                from symcnn.prover.radicals import root_pair

                return root_pair(self, node)
            if node.name in ("floor", "ceil", "mod"):
                from symcnn.prover.integer_parts import part_pair

                return part_pair(self, node)
            if node.name in ("abs", "sign", "relu", "max", "min"):
                from symcnn.prover.absolute import absolute_pair

                return absolute_pair(self, node)
            if node.name in ("exp", "log", "sigmoid", "tanh"):
                from symcnn.prover.exponentials import exponential_pair

                return exponential_pair(self, node)
            return self._atom(("Call", node.name, tuple(map(self.key, node.args))), node), 1
        if isinstance(node, (Array, Table)):
            raise Stopped("an array is no number")
        return self._atom(self._tree_key(node), node), 1

    def atom(self, key: object, node: Formula) -> Poly:
        """The generator of the atom with this key; ``node`` is how it is printed."""
        return self._atom(key, node)

    def _atom(self, key: object, node: Formula) -> Poly:
        slot = self._keys.get(key)
        if slot is None:
            slot = len(self.atoms)
            if slot >= len(self._generators):
                raise Full
            self._keys[key] = slot
            self.atoms.append(self._shown(node))
        return self._generators[slot]

    def _shown(self, node: Formula) -> Formula:
        """The atom under the names that its bound variables have here."""
        if not self._renamed:
            return node
        return substitute(node, {old: Symbol(new) for old, new in self._renamed.items()})

    def known(self, key: object) -> Poly | None:
        """The generator of the atom with this key if there is one already."""
        slot = self._keys.get(key)
        return None if slot is None else self._generators[slot]

    def slot(self, key: object) -> int:
        """The position of a known atom."""
        return self._keys[key]

    def facts(self) -> Facts:
        """What is known at the place that is being read."""
        return self._facts

    def key(self, node: Formula) -> object:
        """A value that is equal for formulas with equal normal forms, bound names aside."""
        kept = len(self.denominators)
        num, den = self.pair(node)
        del self.denominators[kept:]
        return self.canonical(num, den)

    def canonical(self, num: Poly, den: Poly) -> object:
        """One hashable value for all pairs of the same fraction."""
        if type(num) is int and type(den) is int:
            return Fraction(num, den)
        num, den = self.lowest(num, den)
        if num.is_constant() and den.is_constant():
            top = int(num.leading_coefficient()) if num else 0
            return Fraction(top, int(den.leading_coefficient()))
        return sparse(num), sparse(den)

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

    def _tree_key(self, node: Formula) -> object:
        names = bound_variables(node)
        scoped = scoped_child(node)
        keys: list[object] = [type(node).__name__, getattr(node, "op", "")]
        outside = self._renamed, self._facts
        for position, child in enumerate(node.children()):
            if position == scoped and names:
                fresh = {name: bound_name(self._depth + k) for k, name in enumerate(names)}
                self._depth += len(names)
                self._renamed = {**self._renamed, **fresh}
                self._facts = self._facts.binding(node, fresh)
                keys.append(self._child_key(child))
                self._depth -= len(names)
                self._renamed, self._facts = outside
            else:
                keys.append(self._child_key(child))
        if isinstance(node, Binder):
            keys.append(node.low is None)
        if isinstance(node, Compare) and node.op == "~":
            keys.append(node.rhs)  # how it is written matters here
        return tuple(keys)

    def _child_key(self, child: Formula) -> object:
        if isinstance(child, Condition):
            return self._tree_key(child)
        return self.key(child)

    def settled(self, poly: Poly) -> Poly:
        """The difference reduced by the roots, where that decides it.

        ``|x|^2 = x^2`` makes zero divisors, ``(x - |x|)*(x + |x|) = 0``; a divisor that a bracket
        guards may be one of them, and where the bracket is false nothing is divided by it.
        """
        if not poly or not self.roots:
            return poly
        found = self.reduced(poly)
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


def bound_name(depth: int) -> str:
    """The name of the bound variable at this depth: one that nobody writes."""
    return f"b{depth}" + "'" * 12


def _same(a: Poly, b: Poly) -> bool:
    return a is b or (type(a) is type(b) and bool(a == b))


def ring_difference(f: Formula, g: Formula, facts: Facts) -> tuple[Poly, Ring, int]:
    """Numerator of ``f - g``, its ring, and how many of its denominators belong to ``f``.

    Raises `Stopped` when the budget ends first.
    """
    count = capacity((f, g))
    while True:
        ring = Ring(facts, count)
        try:
            a, b = ring.pair(f)
            first = len(ring.denominators)
            c, d = ring.pair(g)
            return ring.settled(ring._times(a, d) - ring._times(c, b)), ring, first
        except Full:
            count *= 2
            if count > 4096:
                raise Stopped("the formula has more atoms than the budget allows") from None


def equal(f: Formula, g: Formula, facts: Facts) -> bool | None:
    """Equal wherever both are defined; False only for rational formulas in free atoms; else None.

    >>> from symcnn.formula.domains import Given
    >>> K = Symbol("K")
    >>> equal((K + 1) ** 2, K**2 + 2 * K + 1, Facts(Given()))
    True
    """
    try:
        found, ring, _ = ring_difference(f, g, facts)
    except Stopped:
        return None
    if not found:
        return True
    return False if all(isinstance(atom, (Symbol,)) for atom in ring.atoms) else None
