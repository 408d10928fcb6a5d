"""The numbers of a one-dimensional convolution, symbolic or concrete, and which are possible."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from symcnn.errors import AuthorError
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import (
    Add,
    Formula,
    Index,
    Operand,
    Rational,
    Symbol,
    add,
    formula,
    number,
)
from symcnn.formula.traverse import free_names


def literal(value: Formula) -> int | None:
    """The integer that a formula literally is, else None."""
    if isinstance(value, Rational) and value.value.denominator == 1:
        return value.value.numerator
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry1d(ABC):
    """Sizes are formulas or ints. ``first`` is the index of the first member of each family.

    With ``first=1`` a kernel of three taps is ``w[1], w[2], w[3]``, as in most textbooks; row and
    column positions of matrices count from 0 all the same. Raises AuthorError for an impossible
    geometry with concrete numbers.
    """

    input_size: Operand
    kernel_size: Operand
    stride: Operand = 1
    padding: Operand = 0
    dilation: Operand = 1
    weight: str = "w"
    input: str = "x"
    first: int = 0

    def __post_init__(self) -> None:
        for name, least in (
            ("input_size", 1), ("kernel_size", 1), ("stride", 1), ("padding", 0), ("dilation", 1),
        ):  # fmt: skip
            value = formula(getattr(self, name))
            object.__setattr__(self, name, value)
            found = None if free_names(value) else evaluate(value, {})
            if found is None or (isinstance(found, Fraction) and is_count(found, least)):
                continue
            raise AuthorError(
                f"{type(self).__name__}: {name} is {found}, but it is an integer of at least "
                f"{least}"
            )

    @classmethod
    def symbolic(cls, *, weight: str = "w", input: str = "x") -> Self:
        """Every number a symbol: N (input), K (kernel), S (stride), P (padding), D (dilation)."""
        return cls(
            input_size=Symbol("N"),
            kernel_size=Symbol("K"),
            stride=Symbol("S"),
            padding=Symbol("P"),
            dilation=Symbol("D"),
            weight=weight,
            input=input,
        )

    def size(self, name: str) -> Formula:
        """One of the five numbers as a Formula."""
        return formula(getattr(self, name))

    @abstractmethod
    def output_size(self) -> Formula:
        """How many outputs there are, as the layer's own rule says it."""

    def outputs(self) -> Formula:
        """`output_size`, as a literal where every number is one."""
        size = self.output_size()
        value = None if free_names(size) else evaluate(size, {})
        return number(value) if isinstance(value, Fraction) else size

    def concrete(self, name: str) -> int:
        """One of the five numbers, or ``outputs``, as an int. Raises AuthorError if symbolic."""
        found = literal(self.outputs() if name == "outputs" else self.size(name))
        if found is None:
            raise AuthorError(
                f"{type(self).__name__}: {name} is symbolic, but a table of entries needs a number"
            )
        return found

    def tap(self, position: Operand) -> Index:
        """The kernel's tap at a position that counts from 0."""
        return Index(self.weight, (self._shifted(position),))

    def signal(self, position: Operand) -> Index:
        """The input at a position that counts from 0; not restricted to the input's range."""
        return Index(self.input, (self._shifted(position),))

    def member(self, family: str, position: Operand) -> Formula:
        """A member of any other family, such as an upstream gradient, counted the same way."""
        return Index(family, (self._shifted(position),))

    def reversed_tap(self, position: Operand) -> Index:
        """The kernel read backwards: ``w[kernel_size - 1 - position]``."""
        last = shifted(self.size("kernel_size"), self.first - 1)
        return Index(self.weight, (last - position,))

    def taps(self, body: Formula, variable: str = "j") -> Sum:
        """``sum_{j=0}^{kernel_size-1} body``."""
        return Sum(body, variable, formula(0), shifted(self.size("kernel_size"), -1))

    def _shifted(self, position: Operand) -> Formula:
        return shifted(formula(position), self.first)


def is_count(number: Fraction, least: int) -> bool:
    """Is the number an integer that is at least ``least``?"""
    return number.denominator == 1 and number >= least


def shifted(place: Formula, amount: int) -> Formula:
    """``place + amount``, the amount joined to the literal that a sum may end in.

    >>> shifted(Symbol("o") - 1, 1)
    Symbol('o')
    """
    number = literal(place)
    if number is not None:
        return formula(number + amount)
    if isinstance(place, Add):
        last = literal(place.args[-1])
        if last is not None:
            return shifted(add(place.args[:-1]), last + amount)
    return place + amount if amount else place


def times(factor: Formula, other: Formula) -> Formula:
    """``factor * other``, written without a factor that is literally 1, or 0 where one is."""
    if literal(factor) == 1 or literal(other) == 0:
        return other
    return factor * other


def plus(left: Formula, right: Formula) -> Formula:
    """``left + right``, literals joined and without a term that is literally 0."""
    first = literal(left)
    return left + right if first is None else shifted(right, first)


def without(place: Formula, padding: Formula) -> Formula:
    """``place - padding``, a literal padding joined to the literal that the sum may end in."""
    number = literal(padding)
    return place - padding if number is None else shifted(place, -number)


def within(position: Formula, size: Formula) -> Formula:
    """The bracket ``[0 <= position < size]``."""
    return Bracket(And((Compare("<=", 0, position), Compare("<", position, size))))
