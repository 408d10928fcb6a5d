"""Derivatives by rules for every node: with respect to a symbol, or to a member of a family.

The result is left as the rules write it; only terms that are 0 and factors that are 1 are dropped.
It is meant where the formula itself has a value, names stand for numbers, and it is undefined
where the formula jumps or bends (floor at an integer, abs at 0, max at a tie, the border between
two cases). One exception is declared: ReLU'(0) = 0, as PyTorch's autograd has it. The members of a
family are independent: dX[i]/dX[a] is the bracket [i = a].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Product, Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.derivatives import (
    ONE,
    ZERO,
    array_derivative,
    call_derivative,
    is_array,
    is_zero,
    power_derivative,
    times,
)
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
)
from symcnn.formula.open_conditions import opened
from symcnn.formula.traverse import free_names, fresh, substitute

Target: TypeAlias = Symbol | Index


def differentiate(f: Formula, target: Target) -> Formula:
    """The derivative of ``f`` with respect to a symbol, or to a member of a family.

    Arrays are differentiated entry by entry. Raises AuthorError where no rule gives a derivative:
    the target inside a bracket, a bound, a shape, an index, or a factorial; too deep a nesting.

    >>> x, i, a = Symbol("x"), Symbol("i"), Symbol("a")
    >>> differentiate(x**3 + 5, x)
    Mul((Rational(3), Pow(Symbol('x'), Rational(2))))
    >>> member = Index("X", (i,))
    >>> differentiate(Sum(2 * member, "i"), Index("X", (a,))) == Sum(
    ...     2 * Bracket(Compare("=", i, a)), "i"
    ... )
    True
    """
    if not isinstance(target, (Symbol, Index)):
        raise AuthorError(f"a derivative is by a symbol or a member of a family, not {target!r}")
    try:
        return _RULES[type(f)](f, target)
    except RecursionError:
        raise AuthorError("the formula is nested too deeply for a derivative") from None


def _mentions(f: Formula, target: Target) -> bool:
    return target.name in free_names(f)


def _refuse(f: Formula, target: Target, place: str) -> None:
    if _mentions(f, target):
        raise AuthorError(f"no derivative by {target.name}: it occurs in {place}")


def _constant(f: Formula, target: Target) -> Formula:
    return ZERO


def _symbol(f: Symbol, target: Target) -> Formula:
    return ONE if f == target else ZERO


def _index(f: Index, target: Target) -> Formula:
    for index in f.indices:
        _refuse(index, target, f"an index of {f.name}")
    if not isinstance(target, Index) or target.name != f.name:
        return ZERO
    if len(f.indices) != len(target.indices):
        raise AuthorError(f"{f.name} has {len(f.indices)} indices here and {len(target.indices)}")
    pairs = zip(f.indices, target.indices, strict=True)
    equal = tuple(Compare("=", ours, theirs) for ours, theirs in pairs)
    return Bracket(And(equal) if len(equal) > 1 else equal[0]) if equal else ONE


def _add(f: Add, target: Target) -> Formula:
    parts = []
    for term in f.args:
        parts.append(_RULES[type(term)](term, target))
    return add(part for part in parts if not is_zero(part))


def _mul(f: Mul, target: Target) -> Formula:
    terms = []
    for k, factor in enumerate(f.args):
        part = _RULES[type(factor)](factor, target)
        if not is_zero(part):
            terms.append(times(*f.args[:k], part, *f.args[k + 1 :], inner=k))
    return add(terms)


def _pow(f: Pow, target: Target) -> Formula:
    base, exponent = f.base, f.exponent
    below = _RULES[type(base)](base, target)
    above = _RULES[type(exponent)](exponent, target)
    if not (is_zero(below) and is_zero(above)) and is_array(base):
        raise AuthorError("no derivative of a power of a matrix: write the product")
    return power_derivative(f, below, above)


def _call(f: Call, target: Target) -> Formula:
    parts = []
    for argument in f.args:
        parts.append(_RULES[type(argument)](argument, target))
    if all(is_zero(part) for part in parts):
        return ZERO
    found = array_derivative(f, parts)
    if found is None:
        if any(is_array(argument) for argument in f.args):
            raise AuthorError(f"no derivative of {f.name} of an array: write it entry by entry")
        found = call_derivative(f, parts)
    return found


def _unknown(f: Unknown, target: Target) -> Formula:
    terms = []
    for k, argument in enumerate(f.args):
        part = _RULES[type(argument)](argument, target)
        if not is_zero(part):
            orders = tuple(order + (n == k) for n, order in enumerate(f.orders))
            terms.append(times(Unknown(f.name, f.args, orders), part, inner=1))
    return add(terms)


def _bracket(f: Bracket, target: Target) -> Formula:
    _refuse(f.condition, target, "a bracket")
    return ZERO


def _condition(f: Formula, target: Target) -> Formula:
    raise AuthorError("a condition has no derivative")


def _cases(f: Cases, target: Target) -> Formula:
    """The branches' derivatives; where the target decides the case, without the borders."""
    values = [_RULES[type(value)](value, target) for value, _ in f.branches]
    default = None if f.default is None else _RULES[type(f.default)](f.default, target)
    if not any(_mentions(condition, target) for _, condition in f.branches):
        if default is not None and all(is_zero(value) for value in (*values, default)):
            return ZERO
        pairs = zip(values, f.branches, strict=True)
        return Cases(tuple((value, condition) for value, (_, condition) in pairs), default)
    branches: list[tuple[Formula, Formula]] = []
    earlier: list[Formula] = []
    for value, (_, condition) in zip(values, f.branches, strict=True):
        inside = opened(condition, True, target.name)
        if inside is not None:
            branches.append((value, _all([*earlier, inside])))
        outside = opened(condition, False, target.name)
        if outside is None:
            return Cases(tuple(branches))
        earlier.append(outside)
    if default is not None:
        branches.append((default, _all(earlier)))
    return Cases(tuple(branches))


def _all(conditions: list[Formula]) -> Formula:
    return And(tuple(conditions)) if len(conditions) > 1 else conditions[0]


def _apart(f: Binder, target: Target) -> Binder:
    """The binder with a bound variable that the target does not use."""
    for bound in (f.low, f.high):
        if bound is not None:
            _refuse(bound, target, f"a bound of {f.variable}")
    names = free_names(target)
    if f.variable not in names:
        return f
    new = fresh(f.variable, frozenset((*names, *free_names(f.body))))
    return type(f)(substitute(f.body, {f.variable: Symbol(new)}), new, f.low, f.high)


def _sum(f: Sum, target: Target) -> Formula:
    clear = _apart(f, target)
    part = _RULES[type(clear.body)](clear.body, target)
    return ZERO if is_zero(part) else Sum(part, clear.variable, clear.low, clear.high)


def _product(f: Product, target: Target) -> Formula:
    """Each factor's derivative times all the other factors: no quotient, so zeros are harmless."""
    clear = _apart(f, target)
    part = _RULES[type(clear.body)](clear.body, target)
    if is_zero(part):
        return ZERO
    taken = frozenset((clear.variable, *free_names(clear.body), *free_names(target)))
    one = fresh(clear.variable, taken)
    other = Compare("!=", Symbol(clear.variable), Symbol(one))
    rest = Product(Cases(((clear.body, other),), ONE), clear.variable, clear.low, clear.high)
    moved = substitute(part, {clear.variable: Symbol(one)})
    return Sum(times(moved, rest, inner=0), one, clear.low, clear.high)


def _array(f: Array, target: Target) -> Formula:
    for length in f.shape:
        _refuse(length, target, "a shape")
    names = free_names(target)
    taken = {*names, *free_names(f.entry), *f.variables}
    variables, entry = [], f.entry
    for name in f.variables:
        new = fresh(name, frozenset(taken)) if name in names else name
        taken.add(new)
        variables.append(new)
        entry = entry if new == name else substitute(entry, {name: Symbol(new)})
    return Array(f.shape, tuple(variables), _RULES[type(entry)](entry, target))


def _table(f: Table, target: Target) -> Formula:
    return Table(f.size, tuple(_RULES[type(entry)](entry, target) for entry in f.entries))


_RULES: dict[type[Formula], Callable[[Any, Target], Formula]] = {
    Rational: _constant, Symbol: _symbol, Index: _index, Add: _add, Mul: _mul, Pow: _pow,
    Call: _call, Unknown: _unknown, Bracket: _bracket, Cases: _cases, Sum: _sum,
    Product: _product, Array: _array, Table: _table,
    Compare: _condition, And: _condition, Or: _condition, Not: _condition,
}  # fmt: skip
