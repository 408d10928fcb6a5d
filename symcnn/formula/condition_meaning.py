"""The meaning of conditions, brackets and cases: three answers, true, false and Undefined."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula import array_meaning as arrays
from symcnn.formula.arithmetic import integer
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.evaluation import Evaluation, Rule, Work
from symcnn.formula.nodes import Formula, Rational
from symcnn.formula.values import ArrayValue, Undefined


def truth_of(condition: Formula, at: Evaluation) -> bool | Undefined:
    """Whether a condition holds."""
    truth: bool | Undefined = at.truths.get(type(condition), no_truth)(condition, at)
    return truth


def bracket_value(f: Bracket, at: Evaluation) -> Work:
    condition = f.condition
    truth = at.truths.get(type(condition), no_truth)(condition, at)
    return int(truth) if isinstance(truth, bool) else truth


def _cases(f: Cases, at: Evaluation) -> Work:
    for value, condition in f.branches:
        truth = at.truths.get(type(condition), no_truth)(condition, at)
        if truth is True:
            return at.values[type(value)](value, at)
        if truth is not False:
            return truth
    if f.default is None:
        return Undefined("no case applies")
    return at.values[type(f.default)](f.default, at)


def no_truth(f: Formula, at: Evaluation) -> Work:
    return Undefined("a number where a condition is needed")


def _compare(f: Compare, at: Evaluation) -> bool | Undefined:
    lhs, rhs = f.lhs, f.rhs
    a = at.values[type(lhs)](lhs, at)
    b = at.values[type(rhs)](rhs, at)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    if f.op == "divides":
        divisor, number = integer(a), integer(b)
        if divisor is None or number is None:
            return Undefined("divides is between integers")
        return number % divisor == 0 if divisor else number == 0
    if f.op == "~":
        if not isinstance(rhs, Rational):
            return Undefined("the right side of ~ is a number as it is written, like 0.33")
        if isinstance(a, ArrayValue):
            return Undefined("~ is between numbers")
        off = arrays.call("abs", [arrays.plus(a, -b, at)], at)
        return arrays.compare("<=", off, Fraction(1, 2 * 10**rhs.places), at)
    return arrays.compare(f.op, a, b, at)


def _and(f: And, at: Evaluation) -> bool | Undefined:
    return _first(False, f.args, at)


def _or(f: Or, at: Evaluation) -> bool | Undefined:
    return _first(True, f.args, at)


def _first(wanted: bool, parts: tuple[Formula, ...], at: Evaluation) -> bool | Undefined:
    """``wanted`` if any part is that, whatever the others are; else Undefined if any part is."""
    undefined: Undefined | None = None
    for part in parts:
        truth: bool | Undefined = at.truths.get(type(part), no_truth)(part, at)
        if truth is wanted:
            return wanted
        if not isinstance(truth, bool):
            undefined = undefined or truth
    return not wanted if undefined is None else undefined


def _not(f: Not, at: Evaluation) -> bool | Undefined:
    truth = truth_of(f.condition, at)
    return truth if isinstance(truth, Undefined) else not truth


def _no_value(f: Formula, at: Evaluation) -> Work:
    return Undefined("a condition where a number is needed")


TRUTH_RULES: dict[type[Formula], Rule] = {Compare: _compare, And: _and, Or: _or, Not: _not}
CONDITION_RULES: dict[type[Formula], Rule] = {
    Bracket: bracket_value, Cases: _cases,
    Compare: _no_value, And: _no_value, Or: _no_value, Not: _no_value,
}  # fmt: skip
