"""The nodes of the one exact language: numbers, names, arithmetic, function calls.

A formula is kept as it was written: no constructor rewrites, sorts, cancels or evaluates anything.
What a node *means* is said in ``meaning.py`` only. This storey knows no SymPy, NumPy or text.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

Operand: TypeAlias = "Formula | int | Fraction"
_set = object.__setattr__


class Formula:
    """A frozen tree. Equal trees are equal values: ``a + b`` and ``b + a`` are different formulas.

    The Python operators build nodes and nothing else:

    >>> x, y = Symbol("x"), Symbol("y")
    >>> (x + y) / 2
    Mul((Add((Symbol('x'), Symbol('y'))), Pow(Rational(2), Rational(-1))))
    """

    __slots__ = ("_hash",)
    fields: ClassVar[tuple[str, ...]] = ()
    _hash: int

    def children(self) -> tuple[Formula, ...]:
        """The formulas directly below, in the order in which they are written."""
        return ()

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        """The same node over other children (as many as ``children()`` gives)."""
        return self

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: build a new formula instead")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._values()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or hash(self) != hash(other):
            return False
        return self._values() == other._values()

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            value = hash((type(self).__name__, *self._values()))
            _set(self, "_hash", value)
            return value

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"

    def __bool__(self) -> bool:
        raise TypeError("a formula has no truth value: ask symcnn.check or symcnn.verify")

    def __add__(self, other: Operand) -> Formula:
        return Add((*(self.args if isinstance(self, Add) else (self,)), formula(other)))

    def __radd__(self, other: Operand) -> Formula:
        return formula(other) + self

    def __neg__(self) -> Formula:
        return negative(self)

    def __sub__(self, other: Operand) -> Formula:
        return self + negative(formula(other))

    def __rsub__(self, other: Operand) -> Formula:
        return formula(other) - self

    def __mul__(self, other: Operand) -> Formula:
        return Mul((*(self.args if isinstance(self, Mul) else (self,)), formula(other)))

    def __rmul__(self, other: Operand) -> Formula:
        return formula(other) * self

    def __truediv__(self, other: Operand) -> Formula:
        return self * Pow(formula(other), Rational(-1))

    def __rtruediv__(self, other: Operand) -> Formula:
        return formula(other) / self

    def __pow__(self, other: Operand) -> Formula:
        return Pow(self, formula(other))


class Rational(Formula):
    """A literal as it was written: an integer, or a decimal with ``places`` digits after the point.

    The value is exact: ``0.72`` is 18/25. ``places`` is what the rounding relation looks at. A
    quotient of integers is not a literal but a ``Mul``; `number` builds whichever fits.
    """

    __slots__ = ("places", "value")
    fields = ("value", "places")
    value: Fraction
    places: int

    def __init__(self, value: int | Fraction, places: int = 0) -> None:
        exact = Fraction(value)
        if places < 0 or (exact.denominator != 1 and 10**places % exact.denominator):
            raise ValueError(f"{exact} has no {places} decimal places: use number({exact!r})")
        _set(self, "value", exact)
        _set(self, "places", places)

    def __repr__(self) -> str:
        if self.places:
            return f"Rational({self.value!r}, {self.places})"
        return f"Rational({self.value.numerator})"


class Symbol(Formula):
    """A name. What it may stand for is said by ``given``, never by the symbol."""

    __slots__ = ("name",)
    fields = __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        _set(self, "name", name)


class _Nary(Formula):
    __slots__ = ("args",)
    fields = __match_args__ = ("args",)
    args: tuple[Formula, ...]

    def __init__(self, args: tuple[Formula, ...]) -> None:
        if len(args) < 2:
            raise ValueError(f"{type(self).__name__} joins at least two formulas")
        _set(self, "args", args)

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return type(self)(children)


class Add(_Nary):
    """A sum of two or more terms; ``a - b`` is ``Add((a, negative(b)))``."""

    __slots__ = ()


class Mul(_Nary):
    """A product of two or more factors, in order; ``a/b`` is ``Mul((a, Pow(b, Rational(-1))))``.

    Factors that are arrays are multiplied as matrices, from left to right.
    """

    __slots__ = ()


class Pow(Formula):
    """``base ** exponent``."""

    __slots__ = ("base", "exponent")
    fields = __match_args__ = ("base", "exponent")
    base: Formula
    exponent: Formula

    def __init__(self, base: Formula, exponent: Formula) -> None:
        _set(self, "base", base)
        _set(self, "exponent", exponent)

    def children(self) -> tuple[Formula, ...]:
        return (self.base, self.exponent)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Pow(*children)


# Function -> (least, greatest) number of arguments; None: any number from the least on.
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "floor": (1, 1), "ceil": (1, 1), "mod": (2, 2), "abs": (1, 1), "sign": (1, 1),
    "max": (1, None), "min": (1, None), "sqrt": (1, 1), "root": (2, 2), "exp": (1, 1),
    "log": (1, 2), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1), "tanh": (1, 1), "sigmoid": (1, 1),
    "erf": (1, 1), "relu": (1, 1), "factorial": (1, 1), "binomial": (2, 2), "gcd": (2, 2),
    "pi": (0, 0), "infinity": (0, 0),
    "transpose": (1, 1), "kron": (2, 2), "hadamard": (2, 2), "det": (1, 1), "trace": (1, 1),
}  # fmt: skip


class Call(Formula):
    """A known function of `FUNCTIONS` applied to arguments. ``pi`` is the call with none."""

    __slots__ = ("args", "name")
    fields = __match_args__ = ("name", "args")
    name: str
    args: tuple[Formula, ...]

    def __init__(self, name: str, args: tuple[Formula, ...]) -> None:
        if name not in FUNCTIONS:
            raise ValueError(f"{name} is not a known function: an unknown one is an Unknown")
        least, greatest = FUNCTIONS[name]
        if len(args) < least or (greatest is not None and len(args) > greatest):
            raise ValueError(f"{name} takes {least} to {greatest} arguments, not {len(args)}")
        _set(self, "name", name)
        _set(self, "args", args)

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Call(self.name, children)


class Unknown(Formula):
    """An unspecified smooth function, or a derivative of it: ``orders[k]`` times in argument k."""

    __slots__ = ("args", "name", "orders")
    fields = __match_args__ = ("name", "args", "orders")
    name: str
    args: tuple[Formula, ...]
    orders: tuple[int, ...]

    def __init__(
        self, name: str, args: tuple[Formula, ...], orders: tuple[int, ...] | None = None
    ) -> None:
        _set(self, "name", name)
        _set(self, "args", args)
        _set(self, "orders", orders or (0,) * len(args))
        if len(self.orders) != len(args) or min(self.orders, default=0) < 0:
            raise ValueError(f"{name} needs one order of differentiation for each argument")

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Unknown(self.name, children, self.orders)


class Index(Formula):
    """A member of a family: ``x[i]``, ``W[o, c, j]``."""

    __slots__ = ("indices", "name")
    fields = __match_args__ = ("name", "indices")
    name: str
    indices: tuple[Formula, ...]

    def __init__(self, name: str, indices: tuple[Formula, ...]) -> None:
        _set(self, "name", name)
        _set(self, "indices", indices)

    def children(self) -> tuple[Formula, ...]:
        return self.indices

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Index(self.name, children)


def formula(value: Operand) -> Formula:
    """A Formula from a Formula, an int or a Fraction. Floats are refused: they are not exact."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return number(value)
    raise TypeError(f"{value!r} is no exact formula: write an int, a Fraction or a Formula")


def number(value: int | Fraction) -> Formula:
    """The formula that one would write for an exact number.

    >>> number(Fraction(5, 6))
    Mul((Rational(5), Pow(Rational(6), Rational(-1))))
    """
    exact = Fraction(value)
    if exact.denominator == 1:
        return Rational(exact)
    return Mul((Rational(exact.numerator), Pow(Rational(exact.denominator), Rational(-1))))


def negative(term: Formula) -> Formula:
    """``-term`` as written: the sign goes into a leading literal, else becomes a factor -1."""
    if isinstance(term, Rational) and term.value >= 0:
        return Rational(-term.value, term.places)
    if isinstance(term, Mul):
        first = term.args[0]
        if isinstance(first, Rational):
            if first.value >= 0:
                return Mul((Rational(-first.value, first.places), *term.args[1:]))
            return Mul((Rational(-1), term))
        return Mul((Rational(-1), *term.args))
    return Mul((Rational(-1), term))


def add(terms: Iterable[Formula]) -> Formula:
    """The sum of any number of terms: none is 0, one is itself."""
    parts = tuple(terms)
    return Add(parts) if len(parts) > 1 else parts[0] if parts else Rational(0)


def mul(factors: Iterable[Formula]) -> Formula:
    """The product of any number of factors: none is 1, one is itself."""
    parts = tuple(factors)
    return Mul(parts) if len(parts) > 1 else parts[0] if parts else Rational(1)
