"""Small exact polynomials over formulas as atoms: what indices, bounds and conditions are made of.

A polynomial maps monomials to Fractions; a monomial is a tuple of (atom, power), sorted by how the
atom is written. Atoms are symbols and whatever is no sum, product or literal power. For large
polynomials the prover has FLINT; nothing here divides.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, add, mul, number
from symcnn.formula.traverse import free_names, substitute

Monomial: TypeAlias = tuple[tuple[Formula, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]

ONE: Monomial = ()
TERMS = 400


class TooLarge(Exception):
    """The polynomial has more terms than this representation is meant for."""


@lru_cache(maxsize=4096)
def order_of(atom: Formula) -> str:
    """What atoms are sorted by: the same in every process."""
    return repr(atom)


def _key(part: tuple[Formula, int]) -> tuple[str, int]:
    return order_of(part[0]), part[1]


def constant(value: int | Fraction) -> Polynomial:
    """The polynomial of a number."""
    return {ONE: Fraction(value)} if value else {}


def plus(a: Polynomial, b: Polynomial, scale: int | Fraction = 1) -> Polynomial:
    """``a + scale*b``."""
    found = dict(a)
    for monomial, coefficient in b.items():
        total = found.get(monomial, Fraction(0)) + scale * coefficient
        if total:
            found[monomial] = total
        else:
            found.pop(monomial, None)
    return found


def times(a: Polynomial, b: Polynomial) -> Polynomial:
    """``a * b``. Raises `TooLarge`."""
    if len(a) * len(b) > TERMS * 8:
        raise TooLarge
    found: Polynomial = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = join(left, right)
            total = found.get(monomial, Fraction(0)) + x * y
            if total:
                found[monomial] = total
            else:
                found.pop(monomial, None)
    if len(found) > TERMS:
        raise TooLarge
    return found


def join(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials."""
    if not a or not b:
        return a or b
    powers: dict[Formula, int] = dict(a)
    for atom, power in b:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(((f, p) for f, p in powers.items() if p), key=_key))


def polynomial(f: Formula) -> Polynomial:
    """The formula as a polynomial; what is none is an atom. Raises `TooLarge`.

    >>> i = Symbol("i")
    >>> polynomial((i + 1) * (i - 1) - i * i)
    {(): Fraction(-1, 1)}
    """
    match f:
        case Rational():
            return constant(f.value)
        case Add(args):
            total: Polynomial = {}
            for arg in args:
                total = plus(total, polynomial(arg))
            return total
        case Mul(args):
            product = constant(1)
            for arg in args:
                product = times(product, polynomial(arg))
            return product
        case Pow(base, Rational(value=value)) if value.denominator == 1:
            power = int(value)
            if 0 <= power <= 8:
                raised = constant(1)
                inner = polynomial(base)
                for _ in range(power):
                    raised = times(raised, inner)
                return raised
            if isinstance(base, Rational) and base.value and abs(power) <= 64:
                return constant(base.value**power)
            if power < 0 and not isinstance(base, (Add, Mul, Pow, Rational)):
                return {((base, power),): Fraction(1)}
    return {((f, 1),): Fraction(1)}


def as_formula(p: Polynomial) -> Formula:
    """The polynomial written as a formula, its terms sorted."""
    terms = []
    for monomial in sorted(p, key=lambda m: [_key(part) for part in m]):
        terms.append(as_term(monomial, p[monomial]))
    return add(terms)


def as_term(monomial: Monomial, coefficient: Fraction) -> Formula:
    """One term as a formula."""
    factors = [f if power == 1 else Pow(f, Rational(power)) for f, power in monomial]
    if coefficient == 1 and factors:
        return mul(factors)
    return mul((number(coefficient), *factors))


def put(p: Polynomial, values: Mapping[str, Polynomial]) -> Polynomial:
    """Polynomials in place of symbols, also inside of atoms. Raises `TooLarge`."""
    found: Polynomial = {}
    for monomial, coefficient in p.items():
        term = constant(coefficient)
        for atom, power in monomial:
            inner = _put_atom(atom, values)
            if power < 0:
                kept = inner == {((atom, 1),): Fraction(1)}
                other = polynomial(Pow(as_formula(inner), Rational(power)))
                term = times(term, {((atom, power),): Fraction(1)} if kept else other)
            for _ in range(power):
                term = times(term, inner)
        found = plus(found, term)
    return found


def _put_atom(atom: Formula, values: Mapping[str, Polynomial]) -> Polynomial:
    if isinstance(atom, Symbol):
        return values[atom.name] if atom.name in values else {((atom, 1),): Fraction(1)}
    inside = {n: as_formula(values[n]) for n in free_names(atom) if n in values}
    return polynomial(substitute(atom, inside)) if inside else {((atom, 1),): Fraction(1)}


def slope(p: Polynomial, name: str) -> Polynomial | None:
    """The coefficient of the symbol where the polynomial is affine in it, else None."""
    found: Polynomial = {}
    for monomial, coefficient in p.items():
        rest = []
        here = 0
        for atom, power in monomial:
            if isinstance(atom, Symbol) and atom.name == name:
                here = power
            elif name in free_names(atom):
                return None
            else:
                rest.append((atom, power))
        if here not in (0, 1):
            return None
        if here:
            found = plus(found, {tuple(rest): coefficient})
    return found


def names_in(p: Polynomial) -> tuple[str, ...]:
    """Free names of all atoms, each once, in the order of the terms."""
    found: dict[str, None] = {}
    for monomial in p:
        for atom, _ in monomial:
            for name in free_names(atom):
                found.setdefault(name)
    return tuple(found)
