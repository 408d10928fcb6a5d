"""The meaning of numbers, names, arithmetic, calls and family members, one short rule each.

A rule takes the node and the evaluation, which holds the rules of all nodes by their type: one
Python frame for each level of a formula, and no environment is copied on the way.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula import array_meaning as arrays
from symcnn.formula.arithmetic import integer, proper, ratio
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder
from symcnn.formula.condition_meaning import bracket_value
from symcnn.formula.conditions import Bracket, Cases
from symcnn.formula.evaluation import Evaluation, Rule, Work, number_at_work
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.values import ArrayValue, Family, Polynomial, Undefined


def _rational(f: Rational, at: Evaluation) -> Work:
    # without decimal places a literal is an integer
    return f.value if f.places and f.value.denominator != 1 else f.value.numerator


def _symbol(f: Symbol, at: Evaluation) -> Work:
    return at.symbols[f.name]


def _add(f: Add, at: Evaluation) -> Work:
    numerator, denominator = 0, 1
    others: list[Work] = []
    for term in f.args:
        value = at.values[type(term)](term, at)
        kind = type(value)
        if kind is int:
            numerator += value * denominator
        elif kind is Fraction:
            below = value.denominator
            if below == denominator:
                numerator += value.numerator
            else:
                numerator = numerator * below + value.numerator * denominator
                denominator *= below
                if denominator.bit_length() > at.bits:
                    at.admit(denominator.bit_length())
        elif kind is Undefined:
            return value
        else:
            others.append(value)
    exact = numerator if denominator == 1 else ratio(numerator, denominator, at)
    if not others:
        return exact
    total = others[0] if len(others) == len(f.args) else arrays.plus(exact, others[0], at)
    for value in others[1:]:
        total = arrays.plus(total, value, at)
    return total


def _mul(f: Mul, at: Evaluation) -> Work:
    undefined = None
    for factor in f.args:
        if type(factor) is Bracket:
            truth = bracket_value(factor, at)
            if truth == 0:
                return _nothing(f, at)
            if truth != 1:
                undefined = truth
    if undefined is not None:
        return _nothing(f, at) if _annulled(f, at) else undefined
    numerator, denominator, rest = 1, 1, None
    for factor in f.args:
        kind = type(factor)
        if kind is Bracket:
            continue
        value = at.values[kind](factor, at)
        kind = type(value)
        if kind is int:
            numerator *= value
        elif kind is Fraction:
            numerator *= value.numerator
            denominator *= value.denominator
            if denominator.bit_length() > at.bits:
                at.admit(denominator.bit_length())
        elif kind is Undefined:
            return _nothing(f, at) if _annulled(f, at) else value
        else:
            rest = value if rest is None else arrays.times(rest, value, at)
        if numerator.bit_length() > at.bits:
            at.admit(numerator.bit_length())
    exact = numerator if denominator == 1 else ratio(numerator, denominator, at)
    if rest is None:
        return exact
    return rest if exact == 1 else arrays.times(exact, rest, at)


def _annulled(f: Mul, at: Evaluation) -> bool:
    """Whether a false bracket stands somewhere in the product, also in a product inside it."""
    return any(
        _annulled(factor, at)
        if type(factor) is Mul
        else type(factor) is Bracket and bracket_value(factor, at) == 0
        for factor in f.args
    )


def _nothing(f: Mul, at: Evaluation) -> Work:
    """What a false bracket leaves of a product: 0, or the array of zeros."""
    shapes = [factor for factor in f.args if _may_be_array(factor, at)]
    product: Work = 0
    for k, factor in enumerate(shapes):
        value = at.values[type(factor)](factor, at)
        product = arrays.times(product, value, at) if k else value
    if isinstance(product, ArrayValue):
        return ArrayValue(product.shape, (0,) * len(product.entries))  # type: ignore[arg-type]
    return product if type(product) is Undefined else 0


def _may_be_array(f: Formula, at: Evaluation) -> bool:
    if isinstance(f, (Array, Table)):
        return True
    if isinstance(f, Symbol):
        return isinstance(at.symbols.get(f.name), ArrayValue)
    if isinstance(f, Call):
        return f.name not in ("det", "trace") and any(_may_be_array(x, at) for x in f.args)
    if isinstance(f, (Add, Mul, Pow, Binder, Cases)):
        return any(_may_be_array(child, at) for child in f.children())
    return False


def _pow(f: Pow, at: Evaluation) -> Work:
    base, exponent = f.base, f.exponent
    low = at.values[type(base)](base, at)
    high = at.values[type(exponent)](exponent, at)
    if type(high) is int and high == -1 and type(low) is int and low:
        return low if -2 < low < 2 else proper(1, low) if low > 0 else proper(-1, -low)
    return arrays.power(low, high, at)


def _call(f: Call, at: Evaluation) -> Work:
    values = []
    for argument in f.args:
        value = at.values[type(argument)](argument, at)
        if type(value) is Undefined:
            return value
        values.append(value)
    return arrays.call(f.name, values, at)


def _unknown(f: Unknown, at: Evaluation) -> Work:
    meant = at.point[f.name]
    if not isinstance(meant, Polynomial):
        return Undefined(f"{f.name} is no function here")
    total: Work = 0
    scale = 1
    coefficients = meant.coefficients
    for k, (argument, order) in enumerate(zip(f.args, f.orders, strict=True)):
        value = at.values[type(argument)](argument, at)
        total = arrays.plus(total, arrays.times(k + 1, value, at), at)
        at.spend(order)
        for _ in range(min(order, len(coefficients))):
            coefficients = tuple(n * c for n, c in enumerate(coefficients))[1:]
            scale *= k + 1
    if type(total) is Undefined or isinstance(total, ArrayValue):
        return total if type(total) is Undefined else Undefined(f"{f.name} of an array")
    value = 0
    for coefficient in reversed(coefficients):
        value = arrays.plus(arrays.times(value, total, at), coefficient * scale, at)
    return value


def _index(f: Index, at: Evaluation) -> Work:
    meant = at.point[f.name]
    place = []
    for index in f.indices:
        value = at.values[type(index)](index, at)
        if type(value) is Undefined:
            return value
        whole = integer(value)
        if whole is None:
            return Undefined(f"an index of {f.name} is no integer")
        place.append(whole)
    if isinstance(meant, Family):
        member = meant.members.get(tuple(place), meant.otherwise)
        return member.numerator if member.denominator == 1 else member
    if not isinstance(meant, ArrayValue):
        return Undefined(f"{f.name} has no members here")
    shape = meant.shape
    if len(shape) != len(place) or not all(0 <= k < n for k, n in zip(place, shape, strict=True)):
        return Undefined(f"{f.name} is {arrays.shape_text(meant)} and has no entry {place}")
    position = 0
    for k, length in zip(place, shape, strict=True):
        position = position * length + k
    return number_at_work(meant.entries[position], at.precision)


NUMBER_RULES: dict[type[Formula], Rule] = {
    Rational: _rational, Symbol: _symbol, Add: _add, Mul: _mul, Pow: _pow, Call: _call,
    Unknown: _unknown, Index: _index,
}  # fmt: skip
