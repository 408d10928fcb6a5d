"""The second evaluator: what a formula in plain text is worth at a point, by plain loops.

Written from the table of meanings alone, so that symcnn's own evaluator has an opponent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from tests import oracle_arrays as arr
from tests import oracle_numbers as num
from tests.oracle_arrays import UNDEFINED, agree, undefined_somewhere
from tests.oracle_numbers import Approx, CannotEvaluate, NoValue, Number
from tests.oracle_parser import Tree, parse

Point = Mapping[str, Any]
_ZERO, _ONE = Fraction(0), Fraction(1)
_STEPS = 400_000


def evaluate_text(text: str, point: Point, steps: int = _STEPS, reach: int = 60) -> Any:
    """The value of a formula, or the truth of a condition, at a point.

    A point maps names to a Fraction (or int), a family ``{(0, 1): value, "else": value}``, a vector
    or matrix as nested lists, or the coefficients ``[c0, c1, ...]`` of the polynomial that an
    unknown function stands for (of several arguments: applied to ``1*a + 2*b + ...``).

    Sums over all integers are summed from -reach to reach, and must vanish in the outer quarters.

    Returns a Fraction, an `Approx`, nested lists (entries may be UNDEFINED), a bool, or UNDEFINED.
    Raises CannotEvaluate where the oracle does not know, Unreadable where the text is not plain.

    >>> evaluate_text("Sum(x[i]*Bracket(2 divides i), i)", {"x": {(0,): 5, (1,): 7, (2,): 1}})
    Fraction(6, 1)
    >>> evaluate_text("floor(-7/2) + 0^0", {}), evaluate_text("1/(K - K)", {"K": 3})
    (Fraction(-3, 1), UNDEFINED)
    >>> evaluate_text("Bracket(K > 5)/0", {"K": 3}), evaluate_text("sqrt(4) = 2", {})
    (Fraction(0, 1), True)
    """
    run = _Run(steps, reach)
    try:
        return run.value(parse(text), dict(point))
    except NoValue:
        return UNDEFINED
    except RecursionError as error:
        raise CannotEvaluate("nested too deeply") from error


def _binomial(n: int, k: int) -> Fraction:
    return Fraction(math.comb(n, k)) if 0 <= k <= n else _ZERO


def _factorial(n: int) -> Fraction:
    if n < 0:
        raise NoValue("the factorial of a negative number")
    if n > 500:
        raise CannotEvaluate("a number beyond the size limit")
    return Fraction(math.factorial(n))


def _mod(a: Number, b: Number) -> Number:
    quotient = num.floor(num.times(a, num.inverse(b)))
    return num.plus(a, num.times(-quotient, b))


def _extreme(direction: int, numbers: tuple[Number, ...]) -> Number:
    turned = [num.times(Fraction(direction), x) for x in numbers]
    best = turned[0]
    for x in turned[1:]:
        best = num.largest(best, x)
    return num.times(Fraction(direction), best)


_SCALAR: dict[str, Callable[..., Any]] = {
    "floor": num.floor,
    "ceil": lambda x: -num.floor(num.times(Fraction(-1), x)),
    "mod": _mod,
    "abs": num.absolute,
    "sign": lambda x: Fraction(num.sign(x)),
    "max": lambda *xs: _extreme(1, xs),
    "min": lambda *xs: _extreme(-1, xs),
    "sqrt": lambda x: num.nth_root(x, 2),
    "root": lambda x, n: num.nth_root(x, num.integer(n)),
    "exp": num.exponential,
    "log": lambda x, *b: num.logarithm_to(x, *b) if b else num.logarithm(x),
    "sin": num.sine,
    "cos": num.cosine,
    "tan": lambda x: num.times(num.sine(x), num.inverse(num.cosine(x))),
    "tanh": num.tanh,
    "sigmoid": num.sigmoid,
    "erf": num.erf,
    "relu": lambda x: num.largest(x, _ZERO),
    "factorial": lambda n: _factorial(num.integer(n)),
    "binomial": lambda n, k: _binomial(num.integer(n), num.integer(k)),
    "gcd": lambda a, b: Fraction(math.gcd(num.integer(a), num.integer(b))),
    "pi": num.circle,
}


# What does not simply take the numbers of its arguments.
_OWN = (
    *("Bracket", "Cases", "Sum", "Prod", "Vector", "Matrix", "Array", "infinity"),
    *("transpose", "kron", "hadamard", "det", "trace"),
)

_ARRAYS = ("Vector", "Matrix", "Array", "transpose", "kron", "hadamard")


def _scalar(value: Any) -> Number:
    if isinstance(value, Fraction | Approx):
        return value
    raise CannotEvaluate("a number is needed here, not an array or a condition")


class _Run:
    """One evaluation; it counts its steps, so that it ends."""

    def __init__(self, steps: int, reach: int) -> None:
        self.left = steps
        self.reach = reach

    def value(self, tree: Tree, point: dict[str, Any]) -> Any:
        self.left -= 1
        if self.left < 0:
            raise CannotEvaluate("too many steps")
        result = getattr(self, "_" + tree[0])(point, *tree[1:])
        if result is UNDEFINED:
            raise NoValue("a member without a value")
        return result

    def number(self, tree: Tree, point: dict[str, Any]) -> Number:
        return _scalar(self.value(tree, point))

    def whole(self, tree: Tree, point: dict[str, Any]) -> int:
        return num.integer(self.number(tree, point))

    def true(self, tree: Tree, point: dict[str, Any]) -> bool:
        value = self.value(tree, point)
        if not isinstance(value, bool):
            raise CannotEvaluate("a condition is needed here")
        return value

    def _number(self, point: dict[str, Any], value: Fraction, places: int) -> Any:
        return value

    def _name(self, point: dict[str, Any], name: str) -> Any:
        if name not in point:
            if name in ("pi", "infinity"):
                return self._call(point, name, [], None)
            raise CannotEvaluate(f"no value for {name}")
        value = point[name]
        if isinstance(value, dict):
            raise CannotEvaluate(f"{name} is a family")
        return _exact(value)

    def _index(self, point: dict[str, Any], name: str, indices: list[Tree]) -> Any:
        at = tuple(self.whole(index, point) for index in indices)
        if name not in point:
            raise CannotEvaluate(f"no value for {name}")
        value = point[name]
        if isinstance(value, dict):
            return _exact(value.get(at, value.get("else", 0)))
        for k in at:
            if not isinstance(value, list | tuple) or not 0 <= k < len(value):
                raise NoValue(f"{name} has no entry there")
            value = value[k]
        return _exact(value)

    def _neg(self, point: dict[str, Any], tree: Tree) -> Any:
        return arr.times(Fraction(-1), self.value(tree, point))

    def _add(self, point: dict[str, Any], terms: list[tuple[int, Tree]]) -> Any:
        total = None
        for s, term in terms:
            value = self.value(term, point)
            value = value if s > 0 else self._negated(value)
            total = value if total is None else arr.plus(total, value)
        return total

    def _negated(self, value: Any) -> Any:
        return arr.times(Fraction(-1), value if isinstance(value, list) else _scalar(value))

    def _mul(self, point: dict[str, Any], factors: list[tuple[str, Tree]]) -> Any:
        """A false bracket makes the product 0 before anything else is looked at."""
        brackets: list[Any] = []
        for op, factor in factors:
            if op == "*" and factor[0] == "call" and factor[1] == "Bracket":
                try:
                    brackets.append(self.true(factor[2][0], point))
                except NoValue:
                    brackets.append(UNDEFINED)
        if any(value is False for value in brackets):
            return self._zero(point, [factor for op, factor in factors if op == "*"])
        if any(value is UNDEFINED for value in brackets):
            raise NoValue("a bracket around a condition without a truth value")
        result: Any = None
        for op, factor in factors:
            if op == "/":
                value = self._pow(point, factor, ("number", Fraction(-1), 0))
            elif factor[0] == "call" and factor[1] == "Bracket":
                value = _ONE
            else:
                value = self.value(factor, point)
            result = value if result is None else arr.times(result, value)
        return result

    def _zero(self, point: dict[str, Any], factors: list[Tree]) -> Any:
        """What a false bracket makes of the other factors: 0, or zeros in the shape of arrays."""
        arrays = [factor for factor in factors if _may_be_array(factor, point)]
        if not arrays:
            return _ZERO
        return arr.zeros(self._mul(point, [("*", factor) for factor in arrays]))

    def _pow(self, point: dict[str, Any], base: Tree, exponent: Tree) -> Any:
        value, n = self.value(base, point), self.number(exponent, point)
        if isinstance(value, list):
            return arr.matrix_power(arr.square(value), num.integer(n))
        return num.power(_scalar(value), n)

    def _tuple(self, point: dict[str, Any], parts: list[Tree]) -> Any:
        raise CannotEvaluate("a tuple has no value of its own")

    def _list(self, point: dict[str, Any], parts: list[Tree]) -> Any:
        return [
            self._list(point, part[1]) if part[0] == "list" else self._entry(part, point)
            for part in parts
        ]

    def _entry(self, tree: Tree, point: dict[str, Any]) -> Any:
        try:
            return self.number(tree, point)
        except NoValue:
            return UNDEFINED

    def _compare(self, point: dict[str, Any], op: str, lhs: Tree, rhs: Tree) -> bool:
        left, right = self.value(lhs, point), self.value(rhs, point)
        if isinstance(left, list) or isinstance(right, list):
            if op not in ("=", "!="):
                raise CannotEvaluate("arrays are equal or not, nothing else")
            if undefined_somewhere(left) or undefined_somewhere(right):
                raise NoValue("an entry without a value")
            verdict = agree(left, right)
            if verdict is None:
                raise CannotEvaluate("overlapping enclosures")
            return verdict == (op == "=")
        if op == "divides":
            a, b = num.integer(left), num.integer(right)
            return b % a == 0 if a else b == 0
        if op == "~":
            return num.compare(self._error(left, right), _half_unit(rhs)) <= 0
        order = num.compare(left, right)
        table = {"=": order == 0, "!=": order != 0, "<": order < 0}
        return (table | {"<=": order <= 0, ">": order > 0, ">=": order >= 0})[op]

    def _error(self, left: Any, right: Any) -> Number:
        return num.absolute(arr.plus(left, self._negated(right)))

    def _and(self, point: dict[str, Any], parts: list[Tree]) -> bool:
        return self._first(parts, point, False)

    def _or(self, point: dict[str, Any], parts: list[Tree]) -> bool:
        return self._first(parts, point, True)

    def _first(self, parts: list[Tree], point: dict[str, Any], decisive: bool) -> bool:
        """One decisive part decides, wherever it stands; else a part without truth is none."""
        missing: NoValue | None = None
        for part in parts:
            try:
                if self.true(part, point) is decisive:
                    return decisive
            except NoValue as error:
                missing = error
        if missing is not None:
            raise missing
        return not decisive

    def _not(self, point: dict[str, Any], part: Tree) -> bool:
        return not self.true(part, point)

    def _call(
        self, point: dict[str, Any], name: str, args: list[Tree], orders: list[int] | None
    ) -> Any:
        if name in _OWN:
            return getattr(self, "_of_" + name.lower())(point, args)
        if name in _SCALAR and orders is None:
            return _SCALAR[name](*[self.number(arg, point) for arg in args])
        return self._unknown(point, name, [self.number(arg, point) for arg in args], orders)

    def _unknown(
        self, point: dict[str, Any], name: str, args: list[Number], orders: list[int] | None
    ) -> Number:
        if orders is None and name not in point:
            orders = [len(name) - len(name.rstrip("'"))]
            name = name.rstrip("'")
        if not isinstance(point.get(name), list | tuple):
            raise CannotEvaluate(f"no value for the function {name}")
        coefficients = [Fraction(c) for c in point[name]]
        at: Number = _ZERO
        scale = _ONE
        for k, arg in enumerate(args):
            at = num.plus(at, num.times(Fraction(k + 1), arg))
        for k, order in enumerate(orders or []):
            scale *= Fraction(k + 1) ** order
            for _ in range(order):
                coefficients = [n * c for n, c in enumerate(coefficients)][1:]
        total: Number = _ZERO
        for n, c in enumerate(coefficients):
            total = num.plus(total, num.times(c, num.power(at, Fraction(n))))
        return num.times(scale, total)

    def _of_infinity(self, point: dict[str, Any], args: list[Tree]) -> Any:
        raise CannotEvaluate("infinity is not a number")

    def _of_bracket(self, point: dict[str, Any], args: list[Tree]) -> Fraction:
        return Fraction(int(self.true(args[0], point)))

    def _of_cases(self, point: dict[str, Any], args: list[Tree]) -> Any:
        for arg in args:
            if arg[0] != "tuple":
                return self.value(arg, point)
            if self.true(arg[1][1], point):
                return self.value(arg[1][0], point)
        raise NoValue("no branch applies")

    def _of_sum(self, point: dict[str, Any], args: list[Tree]) -> Any:
        total: Any = None
        for value in self._values(args, point):
            total = value if total is None else arr.plus(total, value)
        return _ZERO if total is None else total

    def _of_prod(self, point: dict[str, Any], args: list[Tree]) -> Any:
        if args[1][0] == "name":
            raise CannotEvaluate("a product over all integers")
        total: Any = _ONE
        for value in self._values(args, point):
            total = arr.times(total, value)
        return total

    def _values(self, args: list[Tree], point: dict[str, Any]) -> Iterator[Any]:
        body, bounds = args
        if bounds[0] == "tuple" and bounds[1][2:]:
            name = bounds[1][0][1]
            low, high = (self.whole(bound, point) for bound in bounds[1][1:])
            for k in range(low, high + 1):
                yield self.value(body, {**point, name: Fraction(k)})
            return
        name = bounds[1][0][1] if bounds[0] == "tuple" else bounds[1]
        for k in range(-self.reach, self.reach + 1):
            value = self.value(body, {**point, name: Fraction(k)})
            if abs(k) > self.reach * 3 // 4 and value != 0:
                raise CannotEvaluate("a sum over all integers without a visible finite support")
            yield value

    def _of_vector(self, point: dict[str, Any], args: list[Tree]) -> Any:
        return self._list(point, args[0][1])

    _of_matrix = _of_vector

    def _of_array(self, point: dict[str, Any], args: list[Tree]) -> Any:
        if len(args) == 1:
            return self._list(point, args[0][1])
        shape, variables, entry = args
        lengths = [self.whole(part, point) for part in _parts(shape)]
        if min(lengths) < 0:
            raise NoValue("an array of negative size")
        names = [part[1] for part in _parts(variables)]
        entries = {
            at: self._entry(entry, {**point, **dict(zip(names, map(Fraction, at), strict=True))})
            for at in product(*map(range, lengths))
        }
        return _nested(entries, (), lengths)

    def _of_transpose(self, point: dict[str, Any], args: list[Tree]) -> Any:
        value = self.value(args[0], point)
        if len(arr.shape(value)) == 1:
            raise CannotEvaluate("the transpose of a vector, which is no row and no column")
        return arr.columns(value) if isinstance(value, list) else value

    def _of_kron(self, point: dict[str, Any], args: list[Tree]) -> Any:
        return arr.kron(*(self.value(arg, point) for arg in args))

    def _of_hadamard(self, point: dict[str, Any], args: list[Tree]) -> Any:
        left, right = (self.value(arg, point) for arg in args)
        if arr.shape(left) != arr.shape(right):
            raise NoValue("an entrywise product of different shapes")
        return arr.entrywise(num.times, left, right)

    def _of_det(self, point: dict[str, Any], args: list[Tree]) -> Any:
        return arr.det(arr.square(self.value(args[0], point)))

    def _of_trace(self, point: dict[str, Any], args: list[Tree]) -> Any:
        total: Any = _ZERO
        for k, row in enumerate(arr.square(self.value(args[0], point))):
            total = num.plus(total, row[k])
        return total


def _may_be_array(tree: Tree, point: Point) -> bool:
    kind = tree[0]
    if kind == "name":
        return isinstance(point.get(tree[1]), list | tuple)
    if kind == "call":
        return tree[1] in _ARRAYS or (tree[1] == "Sum" and _may_be_array(tree[2][0], point))
    if kind in ("add", "mul"):
        return any(_may_be_array(part, point) for _, part in tree[1])
    return kind in ("neg", "pow") and _may_be_array(tree[1], point)


def _exact(value: Any) -> Any:
    if type(value) is Fraction:
        return value
    if isinstance(value, list | tuple):
        return [_exact(entry) for entry in value]
    return value if value is UNDEFINED else Fraction(value)


def _parts(tree: Tree) -> list[Tree]:
    return tree[1] if tree[0] in ("tuple", "list") else [tree]


def _nested(entries: dict[tuple[int, ...], Any], at: tuple[int, ...], lengths: list[int]) -> Any:
    if len(at) == len(lengths):
        return entries[at]
    return [_nested(entries, (*at, k), lengths) for k in range(lengths[len(at)])]


def _half_unit(literal: Tree) -> Fraction:
    while literal[0] in ("neg", "mul"):
        literal = literal[1] if literal[0] == "neg" else literal[1][-1][1]
    if literal[0] != "number":
        raise CannotEvaluate("the rounding relation needs a literal on its right")
    return Fraction(1, 2 * 10 ** literal[2])
