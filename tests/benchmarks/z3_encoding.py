"""An equation as SMT-LIB text, in the encoding that suits z3 best: fractions multiplied out.

A floor is a fresh integer q with ``v*q <= u < v*q + v``; maxima and branches are if-then-else.
"""

from __future__ import annotations

from typing import Any

import z3

from symcnn.formula import (
    Add,
    And,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Mul,
    Not,
    Pow,
    Rational,
    Symbol,
)
from symcnn.formula.domains import Given
from symcnn.formula.traverse import free_names
from symcnn.reading import read, read_given
from tests.benchmarks.prover_cases import Case

RLIMIT = 3_000_000


class NotEncoded(Exception):
    """Nothing that this encoding knows."""


class _Encoding:
    """Terms over the names; a term is a fraction of two polynomials, the lower one positive."""

    def __init__(self, given: Given, names: tuple[str, ...]) -> None:
        self.context = z3.Context()
        self.facts: list[Any] = []
        self.fresh = 0
        self.names = {name: self._declared(given, name) for name in names}
        for relation in given.relations:
            self.facts.append(self.condition(relation))

    def _declared(self, given: Given, name: str) -> Any:
        domain = given.domain(name)
        assert domain is not None
        made = (z3.Int if domain.kind == "integer" else z3.Real)(name, self.context)
        for bound, is_open, above in (
            (domain.low, domain.low_open, True),
            (domain.high, domain.high_open, False),
        ):
            if bound is not None:
                end = self.term(bound)[0]
                lower, upper = (end, made) if above else (made, end)
                self.facts.append(lower < upper if is_open else lower <= upper)
        if domain.nonzero:
            self.facts.append(made != 0)
        return made

    def number(self, value: int) -> Any:
        return z3.IntVal(value, self.context)

    def whole(self, top: Any, bottom: Any, up: bool) -> Any:
        self.fresh += 1
        q = z3.Int(f"q{self.fresh}", self.context)
        if up:
            self.facts += [bottom * q - bottom < top, top <= bottom * q]
        else:
            self.facts += [bottom * q <= top, top < bottom * q + bottom]
        return q

    def term(self, formula: Formula) -> tuple[Any, Any]:
        one = self.number(1)
        match formula:
            case Rational(value=value):
                return self.number(value.numerator), self.number(value.denominator)
            case Symbol(name):
                return self.names[name], one
            case Add(terms):
                top, bottom = self.term(terms[0])
                for each in terms[1:]:
                    a, b = self.term(each)
                    top, bottom = top * b + a * bottom, bottom * b
                return top, bottom
            case Mul(factors):
                top, bottom = one, one
                for each in factors:
                    a, b = self.term(each)
                    top, bottom = top * a, bottom * b
                return top, bottom
            case Pow(base, Rational(value=value)) if value.denominator == 1:
                top, bottom = self.term(base)
                power = [one, one]
                for _ in range(abs(int(value))):
                    power = [power[0] * top, power[1] * bottom]
                return (power[0], power[1]) if value >= 0 else (power[1], power[0])
            case Bracket(condition):
                return z3.If(self.condition(condition), one, self.number(0)), one
            case Cases(branches, default) if default is not None:
                result = self.term(default)
                for branch, condition in reversed(branches):
                    result = self.either(self.condition(condition), self.term(branch), result)
                return result
            case Call(name, args):
                return self.call(name, [self.term(arg) for arg in args])
        raise NotEncoded(type(formula).__name__)

    def either(self, condition: Any, a: tuple[Any, Any], b: tuple[Any, Any]) -> tuple[Any, Any]:
        return z3.If(condition, a[0] * b[1], b[0] * a[1]), a[1] * b[1]

    def call(self, name: str, args: list[tuple[Any, Any]]) -> tuple[Any, Any]:
        one, zero = self.number(1), (self.number(0), self.number(1))
        first = args[0]
        if name in ("floor", "ceil"):
            return self.whole(*first, name == "ceil"), one
        if name == "mod":
            (a, b), (c, d) = args
            q = self.whole(a * d, b * c, False)
            return a * d - c * b * q, b * d
        if name == "sign":
            top = first[0]
            return z3.If(top > 0, one, z3.If(top < 0, -one, self.number(0))), one
        if name == "abs":
            return z3.If(first[0] < 0, -first[0], first[0]), first[1]
        if name == "relu":
            args, name = [first, zero], "max"
        if name in ("max", "min"):
            best = args[0]
            for each in args[1:]:
                less = best[0] * each[1] < each[0] * best[1]
                best = self.either(less if name == "max" else z3.Not(less), each, best)
            return best
        raise NotEncoded(name)

    def condition(self, condition: Formula) -> Any:
        match condition:
            case And(parts):
                return z3.And(*(self.condition(part) for part in parts))
            case Not(part):
                return z3.Not(self.condition(part))
            case Compare("divides", lhs, rhs):
                self.fresh += 1
                k = z3.Int(f"q{self.fresh}", self.context)
                return self.term(lhs)[0] * k == self.term(rhs)[0]
            case Compare(op, lhs, rhs):
                (a, b), (c, d) = self.term(lhs), self.term(rhs)
                left, right = a * d, c * b
                table = {
                    "=": left == right, "!=": left != right, "<": left < right,
                    "<=": left <= right, ">": left > right, ">=": left >= right,
                }  # fmt: skip
                return table[op]
        raise NotEncoded(type(condition).__name__)


def as_smt(answer: str, key: str, given: str) -> str:
    """SMT-LIB text that is unsatisfiable if and only if both are equal inside of ``given``."""
    granted = read_given(given or None)
    left, right = (read(text, granted).formula for text in (answer, key))
    names = dict.fromkeys(
        (*free_names(left), *free_names(right), *(name for name, _ in granted.domains))
    )
    encoding = _Encoding(granted, tuple(names))
    (a, b), (c, d) = encoding.term(left), encoding.term(right)
    solver = z3.Solver(ctx=encoding.context)
    solver.add(*encoding.facts, a * d != c * b)
    return str(solver.to_smt2())


def z3_says(text: str) -> bool | None:
    """Whether it is unsatisfiable; None where z3 gives up."""
    solver = z3.Solver()
    solver.set("rlimit", RLIMIT)
    solver.from_string(text)
    return {"unsat": True, "sat": False}.get(str(solver.check()))


def decided_by_z3(cases: list[Case]) -> list[tuple[Case, str]]:
    """The cases that the encoding knows and that z3 decides rightly, with their text."""
    found = []
    for case in cases:
        try:
            text = as_smt(case.answer, case.key, case.given)
        except NotEncoded:
            continue
        if z3_says(text) is case.right:
            found.append((case, text))
    return found
