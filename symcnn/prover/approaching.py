"""Limits computed again from their text: quotients of polynomials, by degree or by putting in.

``c^n`` and ``exp(-c*n)`` that shrink are written as units that vanish beside every power of n. What
is not of this form is not replayed. No FLINT and no common factors but powers of single atoms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcnn.formula.nodes import Call, Formula, Pow, Rational, Symbol, add, mul, negative, number
from symcnn.formula.traverse import free_names, substitute
from symcnn.prover.defaults import constant
from symcnn.prover.expansion import Expansion, Terms, identical

INFINITY = Call("infinity", ())
Granted = Mapping[str, Sequence[Formula]]
_ROOT = "s" + "'" * 11
_UNIT = "u" + "'" * 11


def tends(f: Formula, name: str, to: Formula, value: Formula, granted: Granted) -> bool:
    """``f -> value as name -> to``, for all values of what is granted. Raises `TooLong`.

    >>> n = Symbol("n")
    >>> tends(n / (n + 1), "n", INFINITY, Rational(1), {})
    True
    >>> tends(n / (n + 1), "n", INFINITY, Rational(2), {})
    False
    """
    if to == negative(INFINITY):
        f, to = substitute(f, {name: negative(Symbol(name))}), INFINITY
    return _far(f, name, value, granted) if to == INFINITY else _near(f, name, to, value, granted)


class _Spelling:
    """The expression over s with ``s^2 = name``, and over units that shrink to 0."""

    def __init__(self, name: str, granted: Granted) -> None:
        self._name, self._granted = name, granted
        self._units: list[Formula] = []

    def spelled(self, f: Formula) -> Formula | None:
        """None where the variable stands in anything but powers, roots and exponents."""
        if self._name not in free_names(f):
            return f
        match f:
            case Symbol():
                return Symbol(_ROOT) ** 2
            case Call("sqrt", (Symbol(),)):
                return Symbol(_ROOT)
            case Call("exp", (inner,)):
                return self._power(None, inner)
            case Pow(base, exponent) if self._name not in free_names(base):
                return self._power(base, exponent)
            case Pow(_, Rational()) | Pow() if constant(f.exponent) is None:
                return None
        if isinstance(f, Call) or not f.children():
            return None
        after = [self.spelled(child) for child in f.children()]
        found = [each for each in after if each is not None]
        return f.rebuild(tuple(found)) if len(found) == len(after) else None

    def _power(self, base: Formula | None, exponent: Formula) -> Formula | None:
        """``base^(k*n + r)`` is ``base^r`` times a power of the unit of the base."""
        slope = substitute(exponent, {self._name: Symbol(self._name) + 1}) - exponent
        step = Expansion().exact(slope, Rational(1))
        if step is None or self._name in free_names(step):
            return None
        rest = substitute(exponent, {self._name: Rational(0)})
        grows = self._grows(base, step)
        if grows is None:
            return None
        unit = self._unit(base, step)
        outside = Call("exp", (rest,)) if base is None else Pow(base, rest)
        return mul((outside, Pow(unit, Rational(-grows))))

    def _grows(self, base: Formula | None, step: Formula) -> int | None:
        """1 where ``base^(step*n)`` grows beyond all powers, -1 where it shrinks below them."""
        upward = self._sign(step)
        if upward is None or base is None:
            return upward
        if self._sign(base) != 1:
            return None
        beside_one = self._sign(base - 1)
        return None if beside_one is None else beside_one * upward

    def _sign(self, f: Formula) -> int | None:
        return sign_of(f, self._granted)

    def _unit(self, base: Formula | None, step: Formula) -> Formula:
        key = Call("exp", (step,)) if base is None else Pow(base, step)
        for position, each in enumerate(self._units):
            if identical(each, key):
                return Symbol(f"{_UNIT}{position}")
        self._units.append(key)
        return Symbol(f"{_UNIT}{len(self._units) - 1}")


def sign_of(f: Formula, granted: Granted) -> int | None:
    """1 or -1 where every term has this sign or is granted to have it; else None."""
    for sign, turned in ((1, f), (-1, negative(f))):
        if any(identical(turned, each) for each in granted.get("positive", ())):
            return sign
        expansion = Expansion()
        terms, below = expansion.quotient(turned)
        if not terms or list(below) != [()] or below[()] < 0:
            continue
        used = {slot for monomial in terms for slot, _ in monomial}
        known = all(_positive(expansion.atom(slot), granted) for slot in sorted(used))
        if known and min(terms.values()) > 0:
            return sign
    return None


def _positive(atom: Formula, granted: Granted) -> bool:
    if isinstance(atom, Call) and atom.name == "exp":
        return True
    if isinstance(atom, Pow):
        return sign_of(atom.base, granted) == 1
    return any(identical(atom, each) for each in granted.get("positive", ()))


def _far(f: Formula, name: str, value: Formula, granted: Granted) -> bool:
    shown = _Spelling(name, granted).spelled(f)
    if shown is None:
        return False
    expansion = Expansion()
    above, below = _without_common(*expansion.quotient(shown))
    top, bottom = (_leading(part, expansion) for part in (above, below))
    if bottom is None:
        return top is not None and _divided_by_a_unit(top[1], below, value, expansion, granted)
    low = sign_of(bottom[1], granted)
    if low is None:
        return False
    if top is None or top[0] < bottom[0]:
        return identical(value, Rational(0))
    if top[0] == bottom[0]:
        return value not in (INFINITY, negative(INFINITY)) and identical(value * bottom[1], top[1])
    high = sign_of(top[1], granted)
    return high is not None and value == (INFINITY if high * low > 0 else negative(INFINITY))


def _divided_by_a_unit(
    top: Formula, below: Terms, value: Formula, expansion: Expansion, granted: Granted
) -> bool:
    """Above is a term without a unit, below nothing but one with units: it grows."""
    if len(below) != 1:
        return False
    [(monomial, coefficient)] = below.items()
    atoms = [(expansion.atom(slot), power) for slot, power in monomial]
    others = [
        Pow(atom, Rational(power))
        for atom, power in atoms
        if not (isinstance(atom, Symbol) and atom.name.startswith((_UNIT, _ROOT)))
    ]
    low = sign_of(mul((number(coefficient), *others)), granted)
    high = sign_of(top, granted)
    if low is None or high is None:
        return False
    return value == (INFINITY if high * low > 0 else negative(INFINITY))


def _leading(terms: Terms, expansion: Expansion) -> tuple[int, Formula] | None:
    """Degree in s and coefficient of the fastest terms without a unit."""
    found: dict[int, list[Formula]] = {}
    for monomial, coefficient in terms.items():
        degree = 0
        factors: list[Formula] = [number(coefficient)]
        for slot, power in monomial:
            atom = expansion.atom(slot)
            if isinstance(atom, Symbol) and atom.name.startswith(_UNIT):
                break
            if atom == Symbol(_ROOT):
                degree = power
            else:
                factors.append(Pow(atom, Rational(power)))
        else:
            found.setdefault(degree, []).append(mul(factors))
    return (max(found), add(found[max(found)])) if found else None


def _without_common(above: Terms, below: Terms) -> tuple[Terms, Terms]:
    """Both divided by the powers of atoms that stand in all their terms."""
    monomials = [dict(monomial) for terms in (above, below) for monomial in terms]
    least: dict[int, int] = {}
    for slot in sorted({slot for monomial in monomials for slot in monomial}):
        least[slot] = min(monomial.get(slot, 0) for monomial in monomials)

    def divided(terms: Terms) -> Terms:
        found: Terms = {}
        for monomial, coefficient in terms.items():
            rest = tuple((s, p - least[s]) for s, p in monomial if p > least[s])
            found[rest] = coefficient
        return found

    return divided(above), divided(below)


def _near(f: Formula, name: str, to: Formula, value: Formula, granted: Granted) -> bool:
    """With ``name = to + s`` numerator and denominator lose their common powers of s."""
    moved = substitute(f, {name: to + Symbol(_ROOT)})
    expansion = Expansion()
    above, below = _without_common(*expansion.quotient(moved))
    for terms in (above, below):
        for monomial in terms:
            for slot, _ in monomial:
                atom = expansion.atom(slot)
                if atom != Symbol(_ROOT) and _ROOT in free_names(atom):
                    return False
    top, bottom = (_constant(terms, expansion) for terms in (above, below))
    return sign_of(bottom, granted) is not None and identical(value * bottom, top)


def _constant(terms: Terms, expansion: Expansion) -> Formula:
    found: list[Formula] = []
    for monomial, coefficient in terms.items():
        atoms = [(expansion.atom(slot), power) for slot, power in monomial]
        if all(atom != Symbol(_ROOT) for atom, _ in atoms):
            parts = (Pow(atom, Rational(power)) for atom, power in atoms)
            found.append(mul((number(Fraction(coefficient)), *parts)))
    return add(found)
