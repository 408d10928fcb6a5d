"""Array-valued formulas taken apart: their shape, and the formula of one entry.

A matrix symbol A becomes the family A[i, j], so products and transposes never commute by accident.
An equation between arrays becomes equations between sizes and one between entries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import Bracket, Compare, Condition
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    add,
    mul,
)
from symcnn.formula.traverse import free_names, fresh, substitute, walk
from symcnn.prover.array_parts import expanded, has_array
from symcnn.prover.domains import Facts, constant
from symcnn.prover.rational import Stopped, equal

Shape = tuple[Formula, ...]
WRITTEN_OUT = 20_000


class Misfit(Exception):
    """Sizes that do not fit, or cannot be shown to fit: the formula may have no value."""


class Arrays:
    """Shapes and entries under some facts.

    >>> from symcnn.formula.arrays import table
    >>> from symcnn.formula.domains import Given
    >>> reader = Arrays(Facts(Given()), ())
    >>> reader.shape(table([[1, 2]]) * table([[3], [4]]))
    (Rational(1), Rational(1))
    """

    __slots__ = ("_facts", "_shapes", "_taken")

    def __init__(self, facts: Facts, formulas: tuple[Formula, ...]) -> None:
        self._facts = facts
        self._shapes: dict[Formula, Shape | None] = {}
        names: set[str] = set(facts.domains)
        for top in formulas:
            for node in walk(top):
                names.update(free_names(node))
                if isinstance(node, Binder):
                    names.add(node.variable)
                if isinstance(node, Array):
                    names.update(node.variables)
        self._taken = names

    def fresh(self, name: str) -> str:
        """A name that nothing uses yet."""
        found = fresh(name, frozenset(self._taken))
        self._taken.add(found)
        return found

    def shape(self, f: Formula) -> Shape | None:
        """The sizes, or None for a number. Raises `Misfit`."""
        if f not in self._shapes:
            self._shapes[f] = self._shape(f)
        return self._shapes[f]

    def _shape(self, f: Formula) -> Shape | None:
        match f:
            case Array(shape, _, _):
                return shape
            case Table(lengths, _):
                return tuple(map(Rational, lengths))
            case Symbol(name):
                domain = self._facts.domains.get(name)
                return domain.shape if domain is not None and domain.kind == "matrix" else None
            case Add(args):
                shapes = [self.shape(arg) for arg in args]
                if shapes.count(None) == len(shapes):
                    return None
                for other in shapes[1:]:
                    self._fit(shapes[0], other)
                return shapes[0]
            case Mul(args):
                found: Shape | None = None
                for arg in args:
                    found = self._product_shape(found, self.shape(arg))
                return found
            case Pow(base, exponent):
                size = self.shape(base)
                if size is not None and (len(size) != 2 or _small_power(exponent) is None):
                    raise Misfit("a power of an array that is not a literal power of a matrix")
                return size
            case Call("transpose", (inner,)):
                size = self.shape(inner)
                return None if size is None else size[::-1]
            case Call("hadamard", (a, b)):
                self._fit(self.shape(a), self.shape(b))
                return self.shape(a)
            case Call("kron", (a, b)):
                left, right = self.shape(a), self.shape(b)
                if left is None or right is None or len(left) != len(right):
                    raise Misfit("a Kronecker product is between arrays of equal rank")
                return tuple(x * y for x, y in zip(left, right, strict=True))
        return None

    def _product_shape(self, a: Shape | None, b: Shape | None) -> Shape | None:
        if a is None or b is None:
            return a if b is None else b
        if len(a) > 2 or len(b) > 2 or not a or not b:
            raise Misfit("a product of arrays of more than two dimensions")
        self._fit(a[-1:], b[:1])
        return (*a[:-1], *b[1:]) or None

    def _fit(self, a: Shape | None, b: Shape | None) -> None:
        if a is None or b is None or len(a) != len(b):
            raise Misfit("arrays of different rank")
        for x, y in zip(a, b, strict=True):
            if x != y and equal(x, y, self._facts) is not True:
                raise Misfit("sizes that are not known to be equal")

    def entry(self, f: Formula, at: Shape) -> Formula:
        """The entry at these indices. Raises `Misfit`, and `Stopped` for what is not covered."""
        match f:
            case Array(_, variables, inner):
                values = dict(zip(variables, at, strict=True))
                return self.number(substitute(inner, values))
            case Table(size, entries):
                return self._table_entry(size, entries, at)
            case Symbol(name):
                return Index(name, at)
            case Add(args):
                return add(self.entry(arg, at) for arg in args)
            case Mul(args):
                return self._product_entry(args, at)
            case Pow(base, exponent):
                count = _small_power(exponent)
                if count is None:
                    raise Stopped("a power of a matrix")
                return self._product_entry((base,) * count, at)
            case Call("transpose", (inner,)):
                return self.entry(inner, at[::-1])
            case Call("hadamard", (a, b)):
                return mul((self.entry(a, at), self.entry(b, at)))
            case Call("kron", (a, b)):
                return self._kron_entry(a, b, at)
        raise Stopped(f"the entries of {type(f).__name__}")

    def _table_entry(
        self, size: tuple[int, ...], entries: tuple[Formula, ...], at: Shape
    ) -> Formula:
        places = [constant(index) for index in at]
        if all(place is not None for place in places):
            position = 0
            for length, place in zip(size, places, strict=True):
                step = int(place or 0)
                if not 0 <= step < length:
                    raise Misfit("an index outside of its array")
                position = position * length + step
            return self.number(entries[position])
        if len(entries) > 400:
            raise Stopped("a large table at a symbolic index")
        terms = []
        for position, value in enumerate(entries):
            factors: list[Formula] = [self.number(value)]
            rest = position
            for length, index in zip(reversed(size), reversed(at), strict=True):
                rest, here = divmod(rest, length)
                factors.append(Bracket(Compare("=", index, Rational(here))))
            terms.append(mul(factors))
        return add(terms)

    def _product_entry(self, args: tuple[Formula, ...], at: Shape) -> Formula:
        """Left to right; what has become a number joins the scalar factors."""
        factors: list[Formula] = []
        shape: Shape | None = None
        entry: Callable[[Shape], Formula] = self._no_entry
        for arg in args:
            size = self.shape(arg)
            if size is None:
                factors.append(self.number(arg))
            elif shape is None:
                shape, entry = size, partial(self.entry, arg)
            else:
                joined = partial(self._linked, entry, shape, arg)
                shape = (*shape[:-1], *size[1:])
                if shape:
                    entry = joined
                else:
                    factors.append(joined(()))
                    shape = None
        if shape is not None:
            factors.append(entry(at))
        return mul(factors)

    def _no_entry(self, at: Shape) -> Formula:
        raise Stopped("a number has no entries")

    def _linked(
        self, left: Callable[[Shape], Formula], shape: Shape, right: Formula, at: Shape
    ) -> Formula:
        """``sum_k left[.., k] * right[k, ..]``."""
        name = self.fresh("k")
        k = Symbol(name)
        split = len(shape) - 1
        body = mul((left((*at[:split], k)), self.entry(right, (k, *at[split:]))))
        return Sum(body, name, Rational(0), _less_one(shape[-1]))

    def _kron_entry(self, a: Formula, b: Formula, at: Shape) -> Formula:
        sizes = self.shape(b) or ()
        upper = tuple(Call("floor", (i / n,)) for i, n in zip(at, sizes, strict=True))
        lower = tuple(i - n * q for i, n, q in zip(at, sizes, upper, strict=True))
        return mul((self.entry(a, upper), self.entry(b, lower)))

    def number(self, f: Formula) -> Formula:
        """A number-valued formula in which no array is left. Raises as `entry` does."""
        if isinstance(f, Mul) and any(self.shape(arg) is not None for arg in f.args):
            return self._product_entry(f.args, ())
        match f:
            case Call("trace", (inner,)):
                shape = self.shape(inner)
                if shape is None or len(shape) != 2:
                    raise Misfit("a trace of what is no matrix")
                self._fit(shape[:1], shape[1:])
                k = self.fresh("k")
                body = self.entry(inner, (Symbol(k), Symbol(k)))
                return Sum(body, k, Rational(0), _less_one(shape[0]))
            case Call("det", (inner,)):
                return self._determinant(inner)
            case Index(name, _) if self._is_matrix(name):
                return f
            case Array() | Table():
                raise Misfit("an array where a number belongs")
        children = f.children()
        if not children:
            return f
        after = tuple(
            child if isinstance(child, Condition) and not has_array(child) else self.number(child)
            for child in children
        )
        same = all(old is new for old, new in zip(children, after, strict=True))
        return f if same else f.rebuild(after)

    def _is_matrix(self, name: str) -> bool:
        domain = self._facts.domains.get(name)
        return domain is not None and domain.kind == "matrix"

    def _determinant(self, inner: Formula) -> Formula:
        shape = self.shape(inner)
        sizes = [constant(size) for size in shape or ()]
        if len(sizes) != 2 or sizes[0] != sizes[1] or sizes[0] is None or sizes[0] > 6:
            raise Stopped("a determinant of a matrix that is large or of symbolic size")
        count = int(sizes[0])
        rows = [
            [self.entry(inner, (Rational(i), Rational(j))) for j in range(count)]
            for i in range(count)
        ]
        return expanded(rows)


def _small_power(exponent: Formula) -> int | None:
    value = constant(exponent)
    if value is None or value.denominator != 1 or not 1 <= value <= 16:
        return None
    return int(value)


def _less_one(size: Formula) -> Formula:
    value = constant(size)
    return size - 1 if value is None else Rational(value - 1)
