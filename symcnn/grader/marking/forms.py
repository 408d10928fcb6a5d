"""Whether an answer is written in the form that a question asks for; its value is known by then.

Each check looks at the formula as it was written. Nothing here knows keys or points.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import Any

from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational
from symcnn.formula.polynomials import Polynomial, TooLarge, polynomial
from symcnn.formula.traverse import walk

_MINUS = Rational(-1)


def has_form(formula: Formula, form: str) -> bool:
    """Whether the formula is written in one of `FORMS`.

    >>> from symcnn.formula.nodes import Symbol
    >>> K = Symbol("K")
    >>> has_form(K**2 + 2 * K, "expanded"), has_form(K * (K + 2), "expanded")
    (True, False)
    """
    return _CHECKS[form](formula)


def is_expanded(f: Formula) -> bool:
    """A sum of products of powers: no sum, and no product, is left inside a product or a power."""
    if isinstance(f, Add):
        return all(is_expanded(each) for each in f.args)
    if isinstance(f, Mul):
        return all(_is_flat(each) for each in f.args)
    return _is_flat(f)


def _is_flat(f: Formula) -> bool:
    """A factor of an expanded product: no sum, unless it is what is divided by."""
    if isinstance(f, Add):
        return False
    if isinstance(f, Mul):
        return all(_is_flat(each) for each in f.args)
    if isinstance(f, Pow) and _is_integer(f.exponent):
        if f.exponent == _MINUS:
            return is_expanded(f.base)
        return not isinstance(f.base, (Add, Mul))
    return True


def is_factored(f: Formula) -> bool:
    """A product in which no factor can be written as a product any more, numbers aside."""
    if isinstance(f, Mul):
        return all(is_factored(each) for each in f.args)
    if isinstance(f, Pow) and _is_integer(f.exponent):
        return is_factored(f.base)
    return not isinstance(f, Add) or _is_irreducible(f)


def _is_irreducible(f: Add) -> bool:
    """One factor over the integers, and no number can be taken out."""
    try:
        found = _in_flint(polynomial(f))
    except TooLarge:
        return False
    if found is None:
        return False
    content, factors = found.factor()
    return abs(int(content)) == 1 and len(factors) == 1 and int(factors[0][1]) == 1


def _in_flint(found: Polynomial, generators: dict[Formula, int] | None = None) -> Any:
    """The polynomial over its atoms; None where a coefficient is no integer.

    An atom that stands only under fractions is one as ``1/atom``.
    """
    from flint import Ordering, fmpz_mpoly_ctx

    atoms: dict[Formula, int] = {} if generators is None else generators
    signs: dict[Formula, set[bool]] = {}
    for monomial in found:
        for atom, power in monomial:
            atoms.setdefault(atom, len(atoms))
            signs.setdefault(atom, set()).add(power > 0)
    whole = all(Fraction(value).denominator == 1 for value in found.values())
    if not whole or any(len(each) > 1 for each in signs.values()):
        return None
    ring = fmpz_mpoly_ctx.get([f"x{place}" for place in range(len(atoms))], Ordering.lex)
    terms = {}
    for monomial, value in found.items():
        powers = [0] * len(atoms)
        for atom, power in monomial:
            powers[atoms[atom]] += abs(power)
        terms[tuple(powers)] = int(value)
    return ring.from_dict(terms)


def is_single_fraction(f: Formula) -> bool:
    """No division, or one: the whole numerator over the whole denominator."""
    above, below = _halves(f)
    return _is_whole(above) and (below is None or _is_whole(below))


def _halves(f: Formula) -> tuple[Formula, Formula | None]:
    """What stands over and under the one bar; the formula itself where it is no quotient."""
    f = _without_sign(f)
    if isinstance(f, Mul):
        last = f.args[-1]
        if isinstance(last, Pow) and last.exponent == _MINUS:
            rest = f.args[:-1]
            return (rest[0] if len(rest) == 1 else Mul(rest)), last.base
    return f, None


def _without_sign(f: Formula) -> Formula:
    if isinstance(f, Mul) and f.args[0] == _MINUS:
        rest = f.args[1:]
        return _without_sign(rest[0]) if len(rest) == 1 else Mul(rest)
    return f


def _is_whole(f: Formula) -> bool:
    """Nothing is divided in it, and no number is a decimal fraction."""
    for node in walk(f):
        if isinstance(node, Pow) and _is_negative(node.exponent):
            return False
        if isinstance(node, Rational) and node.value.denominator != 1:
            return False
    return True


def _is_negative(exponent: Formula) -> bool:
    if isinstance(exponent, Rational):
        return exponent.value < 0
    return (
        isinstance(exponent, Mul)
        and isinstance(exponent.args[0], Rational)
        and (exponent.args[0].value < 0)
    )


def is_in_lowest_terms(f: Formula) -> bool:
    """One fraction whose numerator and denominator share no factor, or no fraction at all."""
    if not is_single_fraction(f):
        return False
    above, below = _halves(f)
    if below is None:
        return True
    try:
        tops, bottoms = polynomial(above), polynomial(below)
    except TooLarge:
        return False
    if set(tops) <= {()} and set(bottoms) <= {()}:
        a, b = tops.get((), 0), bottoms.get((), 0)
        written = _is_numeral(above) and _is_numeral(below)
        return written and abs(b) != 1 and gcd(int(a), int(b)) == 1
    atoms: dict[Formula, int] = {}
    for each in (tops, bottoms):
        for monomial in each:
            for atom, _ in monomial:
                atoms.setdefault(atom, len(atoms))
    top, bottom = _in_flint(tops, atoms), _in_flint(bottoms, atoms)
    if top is None or bottom is None:
        return False
    common = top.gcd(bottom)
    return abs(int(common.leading_coefficient())) == 1 and common.total_degree() == 0


def _is_numeral(f: Formula) -> bool:
    return isinstance(_without_sign(f), Rational)


def is_number(f: Formula) -> bool:
    """A numeral, a quotient of two whole ones, or a numeral times a power of ten."""
    f = _without_sign(f)
    if isinstance(f, Rational):
        return True
    if not isinstance(f, Mul) or len(f.args) != 2:
        return False
    first, second = f.args
    if not isinstance(first, Rational) or not isinstance(second, Pow):
        return False
    if second.exponent == _MINUS:
        return _is_integer(first) and _is_integer(second.base)
    return second.base == Rational(10) and _is_integer(second.exponent)


def _is_integer(f: Formula) -> bool:
    return isinstance(f, Rational) and f.value.denominator == 1 and not f.places


_CHECKS: dict[str, Callable[[Formula], bool]] = {
    "expanded": is_expanded,
    "factored": is_factored,
    "single fraction": is_single_fraction,
    "lowest terms": is_in_lowest_terms,
    "number": is_number,
}
