"""Rational normal form: a formula as a pair of FLINT polynomials over its atoms, without a gcd.

Atoms are symbols, members of families and every subterm that is not rational in others, such as
``floor(u)``; two atoms are one when the normal forms of their arguments are. Equal pairs mean
equal values wherever both formulas are defined. Nothing here knows brackets, sums or signs.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.traverse import bound_variables, scoped_child, substitute, walk
from symcnn.prover.atoms import Atoms
from symcnn.prover.atoms import Full as Full
from symcnn.prover.atoms import Pair as Pair
from symcnn.prover.atoms import Poly as Poly
from symcnn.prover.atoms import Root as Root
from symcnn.prover.atoms import Stopped as Stopped
from symcnn.prover.domains import Facts


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
    return _rounded(len(names) + others)


def _rounded(count: int) -> int:
    return (count // 4 + 1) * 4


class Ring(Atoms):
    """The atoms of one question, and the pairs of its formulas over them.

    >>> x = Symbol("x")
    >>> ring = Ring(Facts(__import__("symcnn.formula.domains").formula.domains.Given()), 4)
    >>> ring.difference((x + 1) ** 2 / (x + 1), x + 1)
    0
    """

    __slots__ = ()

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

    def _power(self, base: Formula, exponent: Formula) -> Pair:
        if type(exponent) is Rational and exponent.value.denominator == 1:
            return self.raised(self.pair(base), int(exponent.value))
        from symcnn.prover.powers import power_pair

        return self._noted(Pow(base, exponent), power_pair(self, base, exponent))

    def _noted(self, node: Formula, pair: Pair) -> Pair:
        """Remember what the subterm became, for the certificate."""
        self.rewritten.append((self._shown(node), pair))
        return pair

    def _other(self, node: Formula) -> Pair:
        if isinstance(node, (Index, Unknown)):
            extra = node.orders if isinstance(node, Unknown) else ()
            args = node.indices if isinstance(node, Index) else node.args
            key = (type(node).__name__, node.name, extra, tuple(map(self.key, args)))
            return self._atom(key, node), 1
        if isinstance(node, Call):
            if node.name in ("sqrt", "root"):
                from symcnn.prover.radicals import root_pair

                return self._noted(node, root_pair(self, node))
            if node.name in ("floor", "ceil", "mod"):
                from symcnn.prover.integer_parts import part_pair

                return self._noted(node, part_pair(self, node))
            if node.name in ("abs", "sign", "relu", "max", "min"):
                from symcnn.prover.absolute import absolute_pair

                return self._noted(node, absolute_pair(self, node))
            if node.name in ("exp", "log", "sigmoid", "tanh"):
                from symcnn.prover.exponentials import exponential_pair

                return self._noted(node, exponential_pair(self, node))
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

    def key(self, node: Formula) -> object:
        """A value that is equal for formulas with equal normal forms, bound names aside."""
        kept = len(self.denominators)
        num, den = self.pair(node)
        del self.denominators[kept:]
        return self.canonical(num, den)

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


def bound_name(depth: int) -> str:
    """The name of the bound variable at this depth: one that nobody writes."""
    return f"b{depth}" + "'" * 12


def _terms(poly: Poly) -> int:
    return 1 if type(poly) is int else len(poly)


def _same(a: Poly, b: Poly) -> bool:
    return a is b or (type(a) is type(b) and bool(a == b))


def ring_for(formulas: tuple[Formula, ...], facts: Facts, spare: int = 0) -> Ring:
    """A ring with generators for what the formulas mention, and some to spare."""
    seen = [facts.look(each) for each in formulas]
    names = frozenset().union(*(each.symbols for each in seen))
    return Ring(facts, _rounded(len(names) + sum(each.others for each in seen) + spare))


def ring_difference(f: Formula, g: Formula, facts: Facts) -> tuple[Poly, Ring, int]:
    """Numerator of ``f - g``, its ring, and how many of its denominators belong to ``f``.

    Raises `Stopped` when the budget ends first.
    """
    ring = ring_for((f, g), facts)
    count = len(ring.context.gens())
    while True:
        try:
            a, b = ring.pair(f)
            first = len(ring.denominators)
            c, d = ring.pair(g)
            found = ring.settled(ring._times(a, d) - ring._times(c, b))
            facts.spend(4 * (ring._limits.nodes - ring._nodes) + _terms(found))
            return found, ring, first
        except Full:
            count *= 2
            if count > 4096:
                raise Stopped("the formula has more atoms than the budget allows") from None
            ring = Ring(facts, count)


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
