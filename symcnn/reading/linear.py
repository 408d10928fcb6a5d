"""Numbers that are linear in what they name: ``2*i - 1`` as coefficients, for the ends of dots.

The key None holds the constant; other keys are names and whatever else is not taken apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, mul, negative

Linear: TypeAlias = dict[Formula | None, Fraction]


def linear(formula: Formula) -> Linear | None:
    """The coefficients, none of them 0; None for quotients and roots of numbers.

    >>> linear(2 * Symbol("n") - 1)
    {Symbol('n'): Fraction(2, 1), None: Fraction(-1, 1)}
    """
    if isinstance(formula, Rational):
        return {None: formula.value} if formula.value else {}
    if isinstance(formula, Add):
        total: Linear = {}
        for part in formula.args:
            value = linear(part)
            if value is None:
                return None
            total = difference(total, scaled(value, Fraction(-1)))
        return total
    if isinstance(formula, Mul):
        return _product(formula)
    if isinstance(formula, Pow) and isinstance(formula.base, Rational):
        exponent = formula.exponent
        whole = formula.base.value.denominator == 1
        if isinstance(exponent, Rational):
            whole = whole and exponent.value.denominator == 1 and exponent.value >= 0
        return {formula: Fraction(1)} if whole else None
    return {formula: Fraction(1)}


def _product(formula: Mul) -> Linear | None:
    number = Fraction(1)
    others: list[Formula] = []
    values: list[Linear] = []
    for part in formula.args:
        value = linear(part)
        if value is None:
            return None
        if value.keys() <= {None}:
            number *= value.get(None, Fraction(0))
        else:
            others.append(part)
            values.append(value)
    if not number:
        return {}
    if not others:
        return {None: number}
    return scaled(values[0] if len(others) == 1 else {mul(others): Fraction(1)}, number)


def scaled(value: Linear, factor: Fraction) -> Linear:
    """The multiple; the factor is not 0."""
    return {atom: each * factor for atom, each in value.items()}


def difference(one: Linear, other: Linear) -> Linear:
    """``one - other``."""
    found = dict(one)
    for atom, each in other.items():
        found[atom] = found.get(atom, Fraction(0)) - each
    return {atom: each for atom, each in found.items() if each}


def shifted(value: Linear, by: int) -> Linear:
    """The sum with a number."""
    return difference(value, {None: Fraction(-by)})


def is_name(value: Linear) -> bool:
    """Whether it is a name, or a name plus or minus a number."""
    atoms = [atom for atom in value if atom is not None]
    return len(atoms) == 1 and isinstance(atoms[0], Symbol) and value[atoms[0]] == 1


def formula_of(value: Linear) -> Formula:
    """The formula as people write it: what is positive first, the number last.

    >>> formula_of({None: Fraction(-1), Symbol("i"): Fraction(2)})
    Add((Mul((Rational(2), Symbol('i'))), Rational(-1)))
    """
    ordered = sorted(value.items(), key=lambda pair: (pair[1] < 0, pair[0] is None))
    terms = [_term(atom, abs(each), each < 0) for atom, each in ordered]
    if not terms:
        return Rational(0)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _term(atom: Formula | None, size: Fraction, minus: bool) -> Formula:
    term: Formula
    if atom is None:
        term = Rational(size)
    elif size == 1:
        term = atom
    else:
        parts = atom.args if isinstance(atom, Mul) else (atom,)
        term = Mul((Rational(size), *parts))
    return negative(term) if minus else term
