"""The base of the one exact language: what a formula is, numbers, names and arithmetic.

A formula is kept as it was written: no constructor rewrites, sorts, cancels or evaluates anything.
What a node *means* is said in ``meaning.py`` only. This storey knows no SymPy, NumPy or text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def _setter(node: type[Formula], field: str) -> Callable[[Formula, object], None]:
    """What fills one field of a node under construction: nodes are made by the thousand."""
    fill: Callable[[Formula, object], None] = node.__dict__[field].__set__
    return fill


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
        exact = value if type(value) is Fraction else Fraction(value)
        if places < 0 or (exact.denominator != 1 and 10**places % exact.denominator):
            raise ValueError(f"{exact} has no {places} decimal places: use number({exact!r})")
        _set_value(self, exact)
        _set_places(self, places)

    def __repr__(self) -> str:
        if self.places:
            return f"Rational({self.value!r}, {self.places})"
        return f"Rational({self.value.numerator})"


_set_value, _set_places = _setter(Rational, "value"), _setter(Rational, "places")
_MINUS_ONE = Rational(-1)


class Symbol(Formula):
    """A name. What it may stand for is said by ``given``, never by the symbol."""

    __slots__ = ("name",)
    fields = __match_args__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        _set_name(self, name)


_set_name = _setter(Symbol, "name")


class _Nary(Formula):
    __slots__ = ("args",)
    fields = __match_args__ = ("args",)
    args: tuple[Formula, ...]

    def __init__(self, args: tuple[Formula, ...]) -> None:
        if len(args) < 2:
            raise ValueError(f"{type(self).__name__} joins at least two formulas")
        _set_args(self, args)

    def children(self) -> tuple[Formula, ...]:
        return self.args

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return type(self)(children)


_set_args = _setter(_Nary, "args")


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
        _set_base(self, base)
        _set_exponent(self, exponent)

    def children(self) -> tuple[Formula, ...]:
        return (self.base, self.exponent)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Pow(*children)


_set_base, _set_exponent = _setter(Pow, "base"), _setter(Pow, "exponent")


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
    if isinstance(term, Rational) and term.value.numerator >= 0:
        return _opposite(term)
    if isinstance(term, Mul):
        first = term.args[0]
        if isinstance(first, Rational):
            if first.value.numerator >= 0:
                return Mul((_opposite(first), *term.args[1:]))
            return Mul((_MINUS_ONE, term))
        return Mul((_MINUS_ONE, *term.args))
    return Mul((_MINUS_ONE, term))


def _opposite(literal: Rational) -> Rational:
    value: Any = object.__new__(Fraction)  # in lowest terms as it is
    value._numerator = -literal.value.numerator
    value._denominator = literal.value.denominator
    made = object.__new__(Rational)
    _set_value(made, value)
    _set_places(made, literal.places)
    return made


def add(terms: Iterable[Formula]) -> Formula:
    """The sum of any number of terms: none is 0, one is itself."""
    parts = tuple(terms)
    return Add(parts) if len(parts) > 1 else parts[0] if parts else Rational(0)


def mul(factors: Iterable[Formula]) -> Formula:
    """The product of any number of factors: none is 1, one is itself."""
    parts = tuple(factors)
    return Mul(parts) if len(parts) > 1 else parts[0] if parts else Rational(1)
