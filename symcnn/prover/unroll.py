"""What can be computed at once: sums of literal length, brackets of literals, literal arithmetic.

The result means the same at every point where the formula is defined, and is defined there.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.binders import Binder, Product
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Condition, Not, Or
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, add, mul, number
from symcnn.formula.traverse import substitute
from symcnn.prover.domains import constant

LENGTH = 200
NODES = 100_000


class Unroller:
    """One pass with a budget; a sum that is too long stays as it is."""

    __slots__ = ("left",)

    def __init__(self, nodes: int = NODES) -> None:
        self.left = nodes

    def run(self, node: Formula) -> Formula:
        """The formula with everything computed that literals determine."""
        children = node.children()
        self.left -= 1
        if not children or self.left < 0:
            return node
        if isinstance(node, Binder):
            return self._binder(node)
        if isinstance(node, Mul):
            return self._product(node)
        after = tuple(map(self.run, children))
        same = all(old is new for old, new in zip(children, after, strict=True))
        built = node if same else node.rebuild(after)
        return self._fold(built)

    def _binder(self, node: Binder) -> Formula:
        if node.low is None or node.high is None:
            return type(node)(self.run(node.body), node.variable)
        low, high = self.run(node.low), self.run(node.high)
        first, last = constant(low), constant(high)
        literal = first is not None and last is not None
        if literal and first.denominator == last.denominator == 1:  # type: ignore[union-attr]
            start, stop = int(first or 0), int(last or 0)
            if stop - start < LENGTH:
                terms = [
                    self.run(substitute(node.body, {node.variable: Rational(k)}))
                    for k in range(start, stop + 1)
                ]
                if isinstance(node, Product):
                    return mul(terms)
                return add(term for term in terms if term != Rational(0))
        return type(node)(self.run(node.body), node.variable, low, high)

    def _product(self, node: Mul) -> Formula:
        factors: list[Formula] = []
        for arg in node.args:
            if isinstance(arg, Bracket):
                truth = truth_of(arg.condition, self)
                if truth is False:
                    return Rational(0)
                if truth is True:
                    continue
            after = self.run(arg)
            if isinstance(after, Bracket) and truth_of(after.condition, self) is False:
                return Rational(0)
            factors.append(after)
        return mul(factors)

    def _fold(self, node: Formula) -> Formula:
        if isinstance(node, Bracket):
            truth = truth_of(node.condition, self)
            return node if truth is None else Rational(int(truth))
        if isinstance(node, Call) and node.name in ("floor", "ceil", "abs", "sign", "relu"):
            value = constant(node.args[0])
            return node if value is None else _unary(node.name, value)
        if isinstance(node, Call) and node.name in ("max", "min"):
            values = [constant(arg) for arg in node.args]
            known = [value for value in values if value is not None]
            if len(known) == len(values):
                return number(max(known) if node.name == "max" else min(known))
        if isinstance(node, Index):
            values = [constant(index) for index in node.indices]
            if all(value is not None and value.denominator == 1 for value in values):
                return Index(node.name, tuple(Rational(value or 0) for value in values))
        if isinstance(node, Cases):
            return self._cases(node)
        if isinstance(node, Pow) and constant(node) is not None:
            return number(constant(node) or Fraction(0))
        if isinstance(node, Add):
            return _folded_sum(node)
        return node

    def _cases(self, node: Cases) -> Formula:
        kept: list[tuple[Formula, Formula]] = []
        for value, condition in node.branches:
            truth = truth_of(condition, self)
            if truth is True:
                return Cases(tuple(kept), value) if kept else value
            if truth is None:
                kept.append((value, condition))
        if not kept and node.default is not None:
            return node.default
        return Cases(tuple(kept), node.default) if kept else node


def _folded_sum(node: Add) -> Formula:
    kept: list[Formula] = []
    total = Fraction(0)
    for arg in node.args:
        value = constant(arg)
        if value is None:
            kept.append(arg)
        else:
            total += value
    if total or not kept:
        kept.append(number(total))
    return add(kept)


def _unary(name: str, value: Fraction) -> Formula:
    match name:
        case "floor":
            return Rational(value // 1)
        case "ceil":
            return Rational(-(-value // 1))
        case "sign":
            return Rational((value > 0) - (value < 0))
        case "relu":
            return number(max(value, Fraction(0)))
    return number(abs(value))


def truth_of(condition: Formula, unroller: Unroller) -> bool | None:
    """Whether a condition between literals holds; None where names or undefined sides remain."""
    match condition:
        case Compare(op, lhs, rhs):
            a, b = constant(unroller.run(lhs)), constant(unroller.run(rhs))
            return None if a is None or b is None else _compared(op, a, b)
        case Not(inner):
            found = truth_of(inner, unroller)
            return None if found is None else not found
        case And(args) | Or(args):
            seen = [truth_of(arg, unroller) for arg in args]
            decisive = isinstance(condition, Or)
            if decisive in seen:
                return decisive
            return None if None in seen else not decisive
    return None


def _compared(op: str, a: Fraction, b: Fraction) -> bool | None:
    match op:
        case "=":
            return a == b
        case "!=":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
        case "divides" if a.denominator == b.denominator == 1:
            return b == 0 if a == 0 else (b / a).denominator == 1
    return None


def unroll(node: Formula) -> Formula:
    """The formula with literal sums, brackets and arithmetic carried out.

    >>> from symcnn.formula.binders import Sum
    >>> from symcnn.formula.nodes import Symbol
    >>> unroll(Sum(Index("x", (Symbol("i"),)), "i", Rational(0), Rational(1)))
    Add((Index('x', (Rational(0),)), Index('x', (Rational(1),))))
    """
    if isinstance(node, Condition):
        return node
    return Unroller().run(node)
