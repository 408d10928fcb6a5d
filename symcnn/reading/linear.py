"""Numbers that are linear in what they name: ``2*i - 1`` as coefficients, for the ends of dots.

The key None holds the constant; other keys are names and whatever else is not taken apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, mul, negative

Number: TypeAlias = int | Fraction  # an int wherever it is one
Linear: TypeAlias = dict[Formula | None, Number]


def linear(formula: Formula) -> Linear | None:
    """The coefficients, none of them 0; None for quotients and roots of numbers.

    >>> linear(2 * Symbol("n") - 1)
    {Symbol('n'): 2, None: -1}
    """
    if isinstance(formula, Rational):
        value = formula.value
        return {None: value.numerator if value.denominator == 1 else value} if value else {}
    if isinstance(formula, Add):
        total: Linear = {}
        for part in formula.args:
            found = linear(part)
            if found is None:
                return None
            total = combined(total, found, 1)
        return total
    if isinstance(formula, Mul):
        return _product(formula)
    if isinstance(formula, Pow) and isinstance(formula.base, Rational):
        exponent = formula.exponent
        whole = formula.base.value.denominator == 1
        if isinstance(exponent, Rational):
            whole = whole and exponent.value.denominator == 1 and exponent.value >= 0
        return {formula: 1} if whole else None
    return {formula: 1}


def _product(formula: Mul) -> Linear | None:
    number: Number = 1
    others: list[Formula] = []
    values: list[Linear] = []
    for part in formula.args:
        value = linear(part)
        if value is None:
            return None
        if value.keys() <= {None}:
            number *= value.get(None, 0)
        else:
            others.append(part)
            values.append(value)
    if not number:
        return {}
    if not others:
        return {None: number}
    return scaled(values[0] if len(others) == 1 else {mul(others): 1}, number)


def scaled(value: Linear, factor: Number) -> Linear:
    """The multiple; the factor is not 0."""
    if factor == 1:
        return value
    return {atom: _plain(each * factor) for atom, each in value.items()}


def combined(one: Linear, other: Linear, factor: Number) -> Linear:
    """``one + factor*other``."""
    found = dict(one)
    for atom, each in other.items():
        number = found.get(atom, 0) + factor * each
        if number:
            found[atom] = _plain(number)
        else:
            found.pop(atom, None)
    return found


def _plain(number: Number) -> Number:
    if type(number) is int:
        return number
    return number.numerator if number.denominator == 1 else number


def difference(one: Linear, other: Linear) -> Linear:
    """``one - other``."""
    return combined(one, other, -1)


def shifted(value: Linear, by: int) -> Linear:
    """The sum with a number."""
    return combined(value, {None: by}, 1) if by else value


def is_name(value: Linear) -> bool:
    """Whether it is a name, or a name plus or minus a number."""
    atoms = [atom for atom in value if atom is not None]
    return len(atoms) == 1 and isinstance(atoms[0], Symbol) and value[atoms[0]] == 1


def formula_of(value: Linear) -> Formula:
    """The formula as people write it: what is positive first, the number last.

    >>> formula_of({None: Fraction(-1), Symbol("i"): Fraction(2)})
    Add((Mul((Rational(2), Symbol('i'))), Rational(-1)))
    """
    terms: list[Formula] = []
    for minus in (False, True):
        some = [
            (atom, -each if minus else each) for atom, each in value.items() if (each < 0) is minus
        ]
        terms += [_term(atom, size, minus) for atom, size in some if atom is not None]
        terms += [_term(atom, size, minus) for atom, size in some if atom is None]
    if not terms:
        return Rational(0)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _term(atom: Formula | None, size: Number, minus: bool) -> Formula:
    term: Formula
    if atom is None:
        term = Rational(size)
    elif size == 1:
        term = atom
    else:
        parts = atom.args if isinstance(atom, Mul) else (atom,)
        term = Mul((Rational(size), *parts))
    return negative(term) if minus else term
