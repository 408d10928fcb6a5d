"""Formula -> SymPy, unevaluated wherever SymPy allows. The module comes as an argument."""

from __future__ import annotations

from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.sympy_assumptions import assumed, assumptions_of
from symcnn.formula.sympy_tables import CONSTANTS, MATRIX_CALLS, NUMBER_CALLS, RELATIONS
from symcnn.formula.traverse import free_names, fresh
from symcnn.formula.values import Undefined, Unevaluable


class SympyWriter:
    """``scope`` holds the bound variables around the node that is being written."""

    def __init__(self, sympy: Any, given: Given, scope: dict[str, Any] | None = None) -> None:
        self.sympy = sympy
        self.given = given
        self.scope = scope or {}

    def write(self, formula: Formula) -> Any:
        """The SymPy form; AuthorError for what SymPy cannot say."""
        sympy = self.sympy
        match formula:
            case Rational():
                return sympy.Rational(formula.value.numerator, formula.value.denominator)
            case Symbol(name):
                return self.scope[name] if name in self.scope else self.free(name)
            case Add(args):
                return self.joined(args, sympy.Add, sympy.MatAdd)
            case Mul(args):
                return self.joined(args, sympy.Mul, sympy.MatMul)
            case Pow(base, exponent):
                return sympy.Pow(self.write(base), self.write(exponent), evaluate=False)
            case Call(name, args):
                return self.call(name, args)
            case Unknown():
                return self.unknown(formula)
            case Index(name, indices):
                return self.member(name, [self.write(index) for index in indices])
            case Binder():
                return self.binder(formula)
            case Bracket(condition):
                return sympy.Piecewise((1, self.condition(condition)), (0, True), evaluate=False)
            case Cases(branches, default):
                pairs = [(self.write(value), self.condition(when)) for value, when in branches]
                last = [] if default is None else [(self.write(default), True)]
                return sympy.Piecewise(*pairs, *last, evaluate=False)
            case Compare(op, lhs, rhs):
                if free_names(formula):
                    return self.comparison(op, lhs, rhs)
                return sympy.true if self.decided(formula) else sympy.false
            case And(args):
                return self.logic(sympy.And, args)
            case Or(args):
                return self.logic(sympy.Or, args)
            case Not(condition):
                return self.logic(sympy.Not, (condition,))
            case Table(size, entries):
                cells = [self.write(entry) for entry in entries]
                if len(size) == 2:
                    return sympy.ImmutableDenseMatrix(*size, cells)
                return sympy.ImmutableDenseNDimArray(cells, size)
            case Array():
                return self.array(formula)
            case _:
                raise AuthorError(f"{type(formula).__name__} cannot be written in SymPy")

    def free(self, name: str) -> Any:
        """A free name, with the assumptions that its domain justifies."""
        domain = self.given.domain(name)
        if domain is not None and domain.kind == "matrix" and domain.shape:
            if len(domain.shape) != 2:
                raise AuthorError(f"{name}: SymPy's matrices have two dimensions")
            return self.sympy.MatrixSymbol(name, *map(self.write, domain.shape))
        return assumed(self.sympy, name, assumptions_of(name, self.given))

    def member(self, name: str, indices: list[Any]) -> Any:
        domain = self.given.domain(name)
        if domain is not None and domain.kind == "matrix":
            return self.free(name)[tuple(indices)]
        label = assumed(self.sympy, name, assumptions_of(name, self.given))
        return self.sympy.Indexed(self.sympy.IndexedBase(label), *indices)

    def is_matrix(self, value: Any) -> bool:
        return bool(getattr(value, "is_Matrix", False))

    def joined(self, args: tuple[Formula, ...], scalar: Any, matrix: Any) -> Any:
        parts = [self.write(arg) for arg in args]
        if any(isinstance(part, self.sympy.NDimArray) for part in parts):
            raise AuthorError(
                "SymPy cannot keep sums or products of vectors unevaluated: write a vector as a"
                " matrix with one column"
            )
        if not any(map(self.is_matrix, parts)):
            return scalar(*parts, evaluate=False)
        try:
            return matrix(*parts)
        except (TypeError, ValueError) as error:
            raise AuthorError(f"the shapes of the matrices do not fit: {error}") from error

    def call(self, name: str, args: tuple[Formula, ...]) -> Any:
        sympy, parts = self.sympy, [self.write(arg) for arg in args]
        if name in CONSTANTS:
            return getattr(sympy, CONSTANTS[name])
        if name == "sqrt":
            return sympy.Pow(parts[0], sympy.Rational(1, 2), evaluate=False)
        if name == "log" and len(parts) == 2:
            above, below = (sympy.log(part, evaluate=False) for part in parts)
            return sympy.Mul(above, sympy.Pow(below, -1, evaluate=False), evaluate=False)
        if name in NUMBER_CALLS:
            if len(parts) == 1 and name in ("max", "min"):
                return parts[0]
            return getattr(sympy, NUMBER_CALLS[name])(*parts, evaluate=False)
        if name in MATRIX_CALLS:
            return getattr(sympy, MATRIX_CALLS[name])(*parts)
        if name == "relu":
            return sympy.Max(0, parts[0], evaluate=False)
        if name == "sigmoid":
            return 1 / (1 + sympy.exp(-parts[0]))
        if name == "root":
            return self.root(parts[0], args[1])
        raise AuthorError(f"{name} has no unevaluated form in SymPy")

    def root(self, under: Any, degree: Formula) -> Any:
        """SymPy's own root of a negative number is complex; ours with an odd degree is real."""
        sympy = self.sympy
        if not isinstance(degree, Rational) or degree.value.denominator != 1 or degree.value < 1:
            raise AuthorError("a root goes to SymPy only with a positive integer as its degree")
        power = sympy.Rational(1, degree.value.numerator)
        if degree.value.numerator % 2 == 0:
            return sympy.Pow(under, power, evaluate=False)
        size = sympy.Pow(sympy.Abs(under, evaluate=False), power, evaluate=False)
        return sympy.Mul(sympy.sign(under, evaluate=False), size, evaluate=False)

    def condition(self, formula: Formula) -> Any:
        """SymPy rewrites cases within a condition even when unevaluated, and not always rightly."""
        found = self.write(formula)
        if found.has(self.sympy.Piecewise):
            raise AuthorError("SymPy has no cases or brackets inside the condition of another one")
        return found

    def decided(self, formula: Formula) -> bool:
        """A condition between constants: kept unevaluated, SymPy would take some for false."""
        from symcnn.formula.meaning import holds

        try:
            answer = holds(formula, {})
        except Unevaluable as error:
            raise AuthorError(f"a condition between constants stays open: {error}") from error
        if isinstance(answer, Undefined):
            raise AuthorError(f"a condition between constants is undefined: {answer.reason}")
        return answer

    def logic(self, head: Any, conditions: tuple[Formula, ...]) -> Any:
        parts = [self.write(condition) for condition in conditions]
        if any(isinstance(part, type(self.sympy.true) | type(self.sympy.false)) for part in parts):
            return head(*parts)
        return head(*parts, evaluate=False)

    def comparison(self, op: str, lhs: Formula, rhs: Formula) -> Any:
        sympy, left, right = self.sympy, self.write(lhs), self.write(rhs)
        if op in RELATIONS:
            return getattr(sympy, RELATIONS[op])(left, right, evaluate=False)
        if op == "divides":
            literal = left.is_Integer and left != 0
            divisor = left if literal else sympy.Max(1, sympy.Abs(left))
            rest = sympy.Eq(sympy.Mod(right, divisor, evaluate=False), 0, evaluate=False)
            if literal:
                return rest
            zeros = sympy.Eq(right, 0, evaluate=False), sympy.Ne(left, 0, evaluate=False)
            return sympy.And(rest, sympy.Or(*zeros, evaluate=False), evaluate=False)
        if not isinstance(rhs, Rational):
            raise AuthorError("the rounding relation ~ has a literal on its right")
        half = sympy.Rational(1, 2 * 10**rhs.places)
        return sympy.LessThan(sympy.Abs(left - right), half, evaluate=False)

    def unknown(self, formula: Unknown) -> Any:
        """The applied function; derivatives at anything but plain symbols go through Subs."""
        sympy, args = self.sympy, [self.write(arg) for arg in formula.args]
        function = sympy.Function(formula.name)
        if not any(formula.orders):
            return function(*args)
        taken = frozenset(str(symbol) for arg in args for symbol in arg.free_symbols)
        places = [fresh(f"u_{k + 1}", taken) for k in range(len(args))]
        if all(isinstance(arg, sympy.Symbol) for arg in args) and len(set(args)) == len(args):
            slots = args
        else:
            slots = [sympy.Symbol(place) for place in places]
        counts = [(slot, n) for slot, n in zip(slots, formula.orders, strict=True) if n]
        derivative = sympy.Derivative(function(*slots), *counts)
        return derivative if slots is args else sympy.Subs(derivative, slots, args)

    def inside(self, names: tuple[str, ...]) -> tuple[list[Any], SympyWriter]:
        """Bound variables, which are integers, and a writer within their scope."""
        symbols = [self.sympy.Symbol(name, integer=True) for name in names]
        scope = {**self.scope, **dict(zip(names, symbols, strict=True))}
        return symbols, SympyWriter(self.sympy, self.given, scope)

    def binder(self, formula: Binder) -> Any:
        sympy = self.sympy
        (variable,), inner = self.inside((formula.variable,))
        low = -sympy.oo if formula.low is None else self.write(formula.low)
        high = sympy.oo if formula.high is None else self.write(formula.high)
        node = sympy.Sum if isinstance(formula, Sum) else sympy.Product
        return node(inner.write(formula.body), (variable, low, high))

    def array(self, formula: Array) -> Any:
        if len(formula.shape) != 2:
            raise AuthorError("SymPy's matrices by rule have two dimensions")
        variables, inner = self.inside(formula.variables)
        rule = self.sympy.Lambda(tuple(variables), inner.write(formula.entry))
        return self.sympy.FunctionMatrix(*map(self.write, formula.shape), rule)
