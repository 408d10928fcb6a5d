"""SymPy -> Formula. Each class that is understood is listed; everything else is an AuthorError."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Product, Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.domains import Given
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
    negative,
    number,
)
from symcnn.formula.sympy_assumptions import justified, refuse_unjustified
from symcnn.formula.sympy_tables import CONSTANTS, MATRIX_CALLS, NUMBER_CALLS, RELATIONS
from symcnn.formula.traverse import fresh, substitute

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")
_LARGEST_POWER = 64
_REFUSED = {
    "Float": "a float is not exact: write sympy.Rational, or text",
    "Heaviside": "Heaviside leaves its value at 0 open: write a Piecewise",
    "Derivative": "only derivatives of unknown functions are kept: let SymPy carry it out first",
    "Inverse": "the language has no inverse of a matrix: multiply the equation out",
    "ImaginaryUnit": "the language is about real numbers",
}


class SympyReader:
    """``given`` None: assumptions are not looked at. ``names`` grows by the bound variables."""

    def __init__(self, sympy: Any, given: Given | None, names: dict[Any, str]) -> None:
        self.sympy = sympy
        self.given = given
        self.names = names
        self.heads: dict[Any, str] = {
            getattr(sympy, theirs): ours
            for table in (NUMBER_CALLS, MATRIX_CALLS)
            for ours, theirs in table.items()
        }
        self.relations = {getattr(sympy, theirs): ours for ours, theirs in RELATIONS.items()}

    def read(self, expr: Any) -> Formula:
        """The formula; AuthorError naming the head that has no place in the language."""
        sympy = self.sympy
        head = expr.func if isinstance(expr, sympy.Basic) else type(expr)
        if isinstance(expr, sympy.Rational):
            return number(Fraction(int(expr.p), int(expr.q)))
        if head in self.relations:
            return Compare(self.relations[head], self.read(expr.lhs), self.read(expr.rhs))
        if head in self.heads:
            return self.call(self.heads[head], self.all(expr.args))
        if isinstance(expr, sympy.MatrixBase):
            return Table(tuple(map(int, expr.shape)), self.all(expr.flat()))
        if isinstance(expr, sympy.NDimArray):
            places = itertools.product(*map(range, expr.shape))
            return Table(tuple(map(int, expr.shape)), self.all(expr[place] for place in places))
        if isinstance(expr, sympy.core.function.AppliedUndef):
            return self.unknown(expr)
        for kind, method in (
            (sympy.Symbol, self.symbol),
            (sympy.MatrixSymbol, self.symbol),
            (sympy.IndexedBase, self.symbol),
            (sympy.Indexed, self.member),
            (sympy.matrices.expressions.matexpr.MatrixElement, self.element),
            (sympy.Add, lambda e: Add(self.all(e.args))),
            (sympy.MatAdd, lambda e: Add(self.all(e.args))),
            (sympy.Mul, self.product),
            (sympy.MatMul, self.product),
            (sympy.Pow, self.power),
            (sympy.MatPow, self.matrix_power),
            (sympy.Piecewise, self.cases),
            (sympy.KroneckerDelta, self.delta),
            (sympy.Sum, self.binder),
            (sympy.Product, self.binder),
            (sympy.Derivative, self.derivative),
            (sympy.Subs, self.substituted),
            (sympy.And, lambda e: And(self.all(e.args))),
            (sympy.Or, lambda e: Or(self.all(e.args))),
            (sympy.Not, lambda e: Not(self.read(e.args[0]))),
            (sympy.FunctionMatrix, self.by_rule),
            (sympy.Identity, self.constant_matrix),
            (sympy.ZeroMatrix, self.constant_matrix),
            (sympy.OneMatrix, self.constant_matrix),
        ):
            if head is kind or (kind is sympy.Symbol and isinstance(expr, kind)):
                return method(expr)
        return self.atom(expr, head)

    def all(self, exprs: Any) -> tuple[Formula, ...]:
        return tuple(self.read(expr) for expr in exprs)

    def atom(self, expr: Any, head: Any) -> Formula:
        sympy = self.sympy
        if expr == sympy.E:
            return Call("exp", (Rational(1),))
        if expr == -sympy.oo:
            return negative(Call("infinity", ()))
        if expr in (sympy.true, sympy.false):
            return Compare("=", 0, 0 if expr == sympy.true else 1)
        for ours, theirs in CONSTANTS.items():
            if expr == getattr(sympy, theirs):
                return Call(ours, ())
        hint = _REFUSED.get(head.__name__, "it has no counterpart in the language")
        raise AuthorError(f"SymPy's {head.__name__} cannot be read: {hint}")

    def name(self, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise AuthorError(f"{name!r} is no name: a letter, then letters, digits, _ and primes")
        return name

    def symbol(self, expr: Any) -> Formula:
        return Symbol(self.name(self.names.get(expr, expr.name)))

    def member(self, expr: Any) -> Formula:
        return Index(self.name(str(expr.base.label)), self.all(expr.indices))

    def element(self, expr: Any) -> Formula:
        if not isinstance(expr.parent, self.sympy.MatrixSymbol):
            raise AuthorError(
                f"an entry of {expr.parent} cannot be read: let SymPy carry it out first"
            )
        return Index(self.name(expr.parent.name), self.all(expr.args[1:]))

    def call(self, name: str, args: tuple[Formula, ...]) -> Formula:
        if name in ("kron", "hadamard"):
            joined = args[0]
            for arg in args[1:]:
                joined = Call(name, (joined, arg))
            return joined
        return Call(name, args)

    def product(self, expr: Any) -> Formula:
        factors: list[Formula] = []
        for arg in expr.args:
            factor = self.read(arg)
            is_literal = isinstance(arg, self.sympy.Rational) and isinstance(factor, Mul)
            factors.extend(factor.args if is_literal and isinstance(factor, Mul) else (factor,))
        return Mul(tuple(factors))

    def power(self, expr: Any) -> Formula:
        base, exponent = self.read(expr.base), expr.exp
        half = self.sympy.Rational(1, 2)
        if exponent == half:
            return Call("sqrt", (base,))
        if exponent == -half:
            return Pow(Call("sqrt", (base,)), Rational(-1))
        return Pow(base, self.read(exponent))

    def matrix_power(self, expr: Any) -> Formula:
        count = expr.exp
        if not count.is_Integer or not 2 <= int(count) <= _LARGEST_POWER:
            raise AuthorError(f"the power {count} of a matrix cannot be written as a product")
        return Mul((self.read(expr.base),) * int(count))

    def cases(self, expr: Any) -> Formula:
        pairs = [(pair.expr, pair.cond) for pair in expr.args]
        if len(pairs) == 2 and pairs[0][0] == 1 and pairs[1] == (0, self.sympy.true):
            return Bracket(self.read(pairs[0][1]))
        branches: list[tuple[Formula, Formula]] = []
        for value, when in pairs:
            if when == self.sympy.true:
                return Cases(tuple(branches), self.read(value)) if branches else self.read(value)
            branches.append((self.read(value), self.read(when)))
        return Cases(tuple(branches))

    def delta(self, expr: Any) -> Formula:
        if len(expr.args) != 2:
            raise AuthorError("SymPy's KroneckerDelta with a range cannot be read: leave it out")
        return Bracket(Compare("=", *self.all(expr.args)))

    def unknown(self, expr: Any, orders: tuple[int, ...] | None = None) -> Formula:
        extra = {word for word, value in expr.func._kwargs.items() if value is not None}
        if self.given is not None and not extra <= {"real", "commutative"}:
            raise AuthorError(f"SymPy's function {expr.func.__name__} carries assumptions")
        return Unknown(self.name(expr.func.__name__), self.all(expr.args), orders)

    def derivative(self, expr: Any) -> Formula:
        inner = expr.expr
        if not isinstance(inner, self.sympy.core.function.AppliedUndef):
            return self.atom(expr, self.sympy.Derivative)
        orders = [0] * len(inner.args)
        for variable, count in expr.variable_count:
            places = [k for k, arg in enumerate(inner.args) if variable in arg.free_symbols]
            if len(places) != 1 or inner.args[places[0]] != variable or not count.is_Integer:
                return self.atom(expr, self.sympy.Derivative)
            orders[places[0]] += int(count)
        return self.unknown(inner, tuple(orders))

    def substituted(self, expr: Any) -> Formula:
        names = [self.bind(variable, {"real": True}) for variable in expr.variables]
        inner = self.read(expr.expr)
        return substitute(inner, dict(zip(names, self.all(expr.point), strict=True)))

    def bind(self, variable: Any, known: dict[str, bool]) -> str:
        """A name for a bound variable that no other symbol of the expression has."""
        if self.given is not None:
            refuse_unjustified(self.sympy, variable, known)
        if variable not in self.names:
            taken = frozenset(self.names.values())
            self.names[variable] = fresh(self.name(variable.name), taken)
        return self.names[variable]

    def binder(self, expr: Any) -> Formula:
        """Of several ranges SymPy's first is the innermost."""
        node = Sum if expr.func is self.sympy.Sum else Product
        ranges: list[tuple[str, Formula | None, Formula | None]] = []
        for limit in expr.limits:
            if len(limit) != 3:
                raise AuthorError(f"SymPy's {expr.func.__name__} without limits cannot be read")
            variable, low, high = limit
            known = {"integer": True}
            if low.is_Integer and low >= 0:
                known["positive" if low > 0 else "nonnegative"] = True
            name = self.bind(variable, known)
            if low == -self.sympy.oo and high == self.sympy.oo:
                ranges.append((name, None, None))
            else:
                ranges.append((name, self.read(low), self.read(high)))
        body = self.summand(expr.function) if node is Sum else self.read(expr.function)
        for name, first, last in ranges:
            body = node(body, name, first, last)
        return body

    def summand(self, expr: Any) -> Formula:
        """SymPy moves factors of a sum into a Piecewise; ``x if c else 0`` is ``x*[c]``."""
        body = self.read(expr)
        match body:
            case Cases(((value, when),), Rational() as default) if default.value == 0:
                factors = value.args if isinstance(value, Mul) else (value,)
                return Mul((*factors, Bracket(when)))
            case _:
                return body

    def by_rule(self, expr: Any) -> Formula:
        rule = expr.lamda
        known = {"integer": True, "nonnegative": True}
        names = tuple(self.bind(variable, known) for variable in rule.variables)
        return Array(self.all(expr.shape), names, self.read(rule.expr))

    def constant_matrix(self, expr: Any) -> Formula:
        one = Bracket(Compare("=", Symbol("i"), Symbol("j")))
        entry = {"Identity": one, "ZeroMatrix": Rational(0), "OneMatrix": Rational(1)}
        return Array(self.all(expr.shape), ("i", "j"), entry[expr.func.__name__])

    def check(self, symbol: Any) -> None:
        """AuthorError for assumptions of a free symbol that ``given`` does not imply."""
        if self.given is not None:
            refuse_unjustified(self.sympy, symbol, justified(symbol.name, self.given))
