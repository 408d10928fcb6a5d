"""Both sides of an identity multiplied out over dictionaries: the second opinion on a normal form.

A fraction is a pair of polynomials that is never reduced; what is no sum, product or literal power
is an atom. Atoms are one when they are written with the same heads and identical parts. No FLINT,
no greatest common divisors, no laws of functions.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, add, mul, number
from symcnn.formula.traverse import bound_variables, rename_bound, scoped_child, substitute

Monomial = tuple[tuple[int, int], ...]
Terms = dict[Monomial, Fraction]
Quotient = tuple[Terms, Terms]

_ONE: Terms = {(): Fraction(1)}
_TERMS = 60_000
_POWER = 2_000


class TooLong(Exception):
    """More terms than the second opinion multiplies out: it says nothing."""


class Expansion:
    """The atoms of one identity. ``relations`` are pairs (atom, degree, value) that reduce powers.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> Expansion().identical((x + y) * (x - y), x**2 - y**2)
    True
    >>> Expansion().identical(x / x, Rational(1)), Expansion().identical(x + y, x)
    (True, False)
    """

    __slots__ = ("_atoms", "_depth", "_relations")

    def __init__(self, relations: tuple[tuple[Formula, int, Formula], ...] = ()) -> None:
        self._atoms: list[Formula] = []
        self._depth = 0
        self._relations = relations

    def identical(self, f: Formula, g: Formula) -> bool:
        """Equal as rational functions of their atoms. Raises `TooLong`."""
        (a, b), (c, d) = self.quotient(f), self.quotient(g)
        if not b or not d:
            return False
        difference = _plus(_times(a, d), _times(c, b), -1)
        return not difference or not self._reduced(difference)

    def quotient(self, f: Formula) -> Quotient:
        """Numerator and denominator; the denominator is empty after a division by zero."""
        match f:
            case Rational(value=value):
                return _constant(value), _ONE
            case Add(args):
                num, den = _constant(Fraction(0)), _ONE
                for arg in args:
                    a, b = self.quotient(arg)
                    if a and b == den:
                        num = _plus(num, a)
                    elif a or not b:
                        num, den = _plus(_times(num, b), _times(a, den)), _times(den, b)
                return num, den
            case Mul(args):
                num, den = _ONE, _ONE
                for arg in args:
                    a, b = self.quotient(arg)
                    num, den = _times(num, a), _times(den, b)
                return num, den
            case Pow(base, Rational(value=value)) if value.denominator == 1:
                return self._power(base, int(value))
        return {((self._slot(f), 1),): Fraction(1)}, _ONE

    def _power(self, base: Formula, power: int) -> Quotient:
        num, den = self.quotient(base)
        if power < 0:
            num, den = den, num
        if abs(power) > _POWER:
            raise TooLong
        return _raised(num, abs(power)), _raised(den, abs(power))

    def _slot(self, f: Formula) -> int:
        for slot, atom in enumerate(self._atoms):
            if self.same(atom, f):
                return slot
        self._atoms.append(f)
        return len(self._atoms) - 1

    def exact(self, f: Formula, g: Formula) -> Formula | None:
        """The polynomial q with ``f = q*g``, where there is one. Raises `TooLong`."""
        (a, b), (c, d) = self.quotient(f), self.quotient(g)
        rest, divisor = _times(a, d), _times(b, c)
        if not divisor:
            return None
        head = max(divisor, key=self._dense)
        found: list[Formula] = []
        while rest:
            lead = max(rest, key=self._dense)
            powers = dict(lead)
            for slot, power in head:
                powers[slot] = powers.get(slot, 0) - power
            if any(power < 0 for power in powers.values()) or len(found) > _POWER:
                return None
            scale = rest[lead] / divisor[head]
            monomial = tuple(sorted((s, p) for s, p in powers.items() if p))
            rest = _plus(rest, _times({monomial: scale}, divisor), -1)
            parts = (Pow(self._atoms[slot], Rational(power)) for slot, power in monomial)
            found.append(mul((number(scale), *parts)))
        return add(found)

    def _dense(self, monomial: Monomial) -> tuple[int, ...]:
        powers = dict(monomial)
        return tuple(powers.get(slot, 0) for slot in range(len(self._atoms)))

    def atom(self, slot: int) -> Formula:
        """The atom with this number."""
        return self._atoms[slot]

    def same(self, f: Formula, g: Formula) -> bool:
        """The same head, and parts that are identical one by one, bound names aside."""
        if f == g:
            return True
        names, others = bound_variables(f), bound_variables(g)
        if type(f) is not type(g) or len(names) != len(others) or isinstance(f, Symbol):
            return False
        if names:
            common = tuple(f"b{self._depth + k}" + "'" * 13 for k in range(len(names)))
            f, g = _renamed(f, names, common), _renamed(g, others, common)
        mine, yours = f.children(), g.children()
        if len(mine) != len(yours) or f.rebuild(yours) != g:
            return False
        self._depth += len(names)
        try:
            return all(self._alike(a, b) for a, b in zip(mine, yours, strict=True))
        finally:
            self._depth -= len(names)

    def _alike(self, f: Formula, g: Formula) -> bool:
        if isinstance(f, Condition) or isinstance(g, Condition):
            return self.same(f, g)
        inside = Expansion()
        inside._depth = self._depth
        return f == g or inside.identical(f, g)

    def _reduced(self, terms: Terms) -> Terms:
        """The polynomial, times a power of each value's denominator, by the relations."""
        for atom, degree, value in self._relations:
            slot = self._slot(atom)
            num, den = self.quotient(value)
            parts: dict[int, Terms] = {}
            for monomial, coefficient in terms.items():
                powers = dict(monomial)
                over, rest = divmod(powers.pop(slot, 0), degree)
                if rest:
                    powers[slot] = rest
                lowered = tuple(sorted(powers.items()))
                parts.setdefault(over, {})[lowered] = coefficient
            if not den:
                return terms
            most = max(parts, default=0)
            terms = {}
            for over, part in parts.items():
                factor = _times(_raised(num, over), _raised(den, most - over))
                terms = _plus(terms, _times(part, factor))
        return terms


def identical(f: Formula, g: Formula) -> bool:
    """Equal as rational functions of their atoms. Raises `TooLong`."""
    return Expansion().identical(f, g)


def _renamed(f: Formula, names: tuple[str, ...], common: tuple[str, ...]) -> Formula:
    scoped = scoped_child(f)
    values = {old: Symbol(new) for old, new in zip(names, common, strict=True)}
    children = (
        substitute(child, values) if k == scoped else child for k, child in enumerate(f.children())
    )
    return rename_bound(f.rebuild(tuple(children)), dict(zip(names, common, strict=True)))


def _constant(value: Fraction) -> Terms:
    return {(): value} if value else {}


def _plus(a: Terms, b: Terms, sign: int = 1) -> Terms:
    found = dict(a)
    for monomial, coefficient in b.items():
        total = found.get(monomial, 0) + sign * coefficient
        if total:
            found[monomial] = Fraction(total)
        else:
            found.pop(monomial, None)
    return found


def _times(a: Terms, b: Terms) -> Terms:
    if _ONE in (a, b):
        return b if a == _ONE else a
    if len(a) * len(b) > _TERMS:
        raise TooLong
    found: Terms = {}
    for left, x in a.items():
        for right, y in b.items():
            powers = dict(left)
            for slot, power in right:
                powers[slot] = powers.get(slot, 0) + power
            monomial = tuple(sorted(powers.items()))
            total = found.get(monomial, 0) + x * y
            if total:
                found[monomial] = Fraction(total)
            else:
                found.pop(monomial, None)
    return found


def _raised(a: Terms, power: int) -> Terms:
    found = _ONE
    for _ in range(power):
        found = _times(found, a)
    return found
