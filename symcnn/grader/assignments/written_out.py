"""Small arrays that are given by a rule, written out entry by entry, as one types them.

`written_out` only proposes: who uses it proves that both are equal.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Bracket, Condition
from symcnn.formula.domains import Given
from symcnn.formula.meaning import Budget, evaluate
from symcnn.formula.nodes import Add, Formula, Index, Mul, Rational, add, mul
from symcnn.formula.traverse import free_names, substitute
from symcnn.formula.values import Unevaluable
from symcnn.prover.arrays import Arrays, Misfit
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Stopped

_MOST_ENTRIES = 48
_MOST_TERMS = 32
_BUDGET = Budget(steps=500, bits=256, precisions=(64,))
_ZERO, _ONE = Rational(0), Rational(1)


def written_out(formula: Formula, given: Given) -> Table | None:
    """The table of a vector or matrix of few entries; None for everything else.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.reading import read
    >>> rule = read("Array((2, 2), (i, j), Sum(w[t]*Bracket(i = j + t), (t, 0, 1)))").formula
    >>> plain(written_out(rule, Given()))
    'Matrix([[w[0], 0], [w[1], w[0]]])'
    """
    if not any(isinstance(each, Array) for each in (formula, *formula.children())):
        return None
    arrays = Arrays(Facts(given, (formula,)), (formula,))
    try:
        shape = arrays.shape(formula)
        size = _sizes(shape or ())
        if size is None or not 1 <= len(size) <= 2 or not 0 < prod(size) <= _MOST_ENTRIES:
            return None
        places = product(*(range(each) for each in size))
        entries = [_folded(arrays.entry(formula, tuple(map(Rational, place)))) for place in places]
    except (Misfit, Stopped):
        return None
    return Table(size, tuple(entries))


def _sizes(shape: tuple[Formula, ...]) -> tuple[int, ...] | None:
    sizes = [_number(each) for each in shape]
    if any(each is None or each.value.denominator != 1 for each in sizes):
        return None
    return tuple(int(each.value) for each in sizes if each is not None)


def _folded(formula: Formula) -> Formula:
    """Sums with few terms taken apart, brackets of numbers decided, zeros and ones dropped."""
    match formula:
        case Sum(body, variable, low, high) if low is not None and high is not None:
            first, last = _number(low), _number(high)
            if first is None or last is None or last.value - first.value >= _MOST_TERMS:
                return formula
            terms = range(int(first.value), int(last.value) + 1)
            return _folded(add(substitute(body, {variable: Rational(each)}) for each in terms))
        case Bracket(condition):
            decided = _decided(condition)
            return formula if decided is None else decided
        case Mul(args):
            factors = [each for arg in args if (each := _folded(arg)) != _ONE]
            return _ZERO if _ZERO in factors else mul(factors)
        case Add(args):
            return add(each for arg in args if (each := _folded(arg)) != _ZERO)
        case Index(name, indices):
            return Index(name, tuple(_plain(each) for each in indices))
    return formula


def _decided(condition: Formula) -> Formula | None:
    """One or zero for a bracket without names."""
    if not isinstance(condition, Condition):
        return None
    return _number(Bracket(condition))


def _plain(formula: Formula) -> Formula:
    found = _number(formula)
    return formula if found is None else found


def _number(formula: Formula) -> Rational | None:
    """The whole number that closed arithmetic is."""
    if isinstance(formula, Rational):
        return formula
    if free_names(formula):
        return None
    try:
        value = evaluate(formula, {}, budget=_BUDGET)
    except Unevaluable:
        return None
    if isinstance(value, Fraction) and value.denominator == 1:
        return Rational(int(value))
    return None
