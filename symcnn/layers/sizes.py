"""Sizes as formulas: checked where they are numbers, folded where they are closed, written tidily.

Nothing here knows a layer. A size is an int or a Formula; a symbolic one is taken on trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import index
from typing import SupportsIndex, TypeAlias, TypeGuard

from symcnn.errors import AuthorError
from symcnn.formula.binders import Sum
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import (
    Formula,
    Mul,
    Operand,
    Pow,
    Rational,
    Symbol,
    add,
    formula,
    mul,
    number,
)
from symcnn.formula.traverse import bound_variables, free_names, substitute, walk
from symcnn.layers.geometry import shifted
from symcnn.layers.per_axis import spread

Pair: TypeAlias = "tuple[Operand, Operand]"
Formulas: TypeAlias = "tuple[Formula, Formula]"


def known(value: Operand) -> int | None:
    """The integer that a closed formula is worth, else None.

    >>> known(formula(7) * 2), known(formula(1) / 2)
    (14, None)
    """
    exact = exactly(formula(value))
    return exact.numerator if exact is not None and exact.denominator == 1 else None


def exactly(value: Formula) -> Fraction | None:
    """The exact number that a closed formula is worth, else None."""
    if isinstance(value, Rational):
        return value.value
    found = None if free_names(value) else evaluate(value, {})
    return found if isinstance(found, Fraction) else None


def folded(value: Formula) -> Formula:
    """The literal where the formula is closed and exact, else the formula as it is."""
    exact = exactly(value)
    return value if exact is None else number(exact)


def exact_formula(owner: str, name: str, value: object) -> Formula:
    """The number as a Formula, from one, a Fraction, or any kind of exact integer.

    Raises AuthorError for anything else: a float, a text, a list, a SymPy symbol.

    >>> exact_formula("Conv2d", "stride", 2.0)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv2d: stride is 2.0 (float), but it is an int, a Fraction or a \
Formula
    """
    if isinstance(value, Formula):
        return value
    if isinstance(value, Fraction):
        return formula(value)
    if _is_integer(value):
        return formula(index(value))
    raise AuthorError(
        f"{owner}: {name} is {value!r} ({type(value).__name__}), but it is an int, a Fraction or a "
        "Formula"
    )


def _is_integer(value: object) -> TypeGuard[SupportsIndex]:
    """An int, or an integer of NumPy or SymPy; a SymPy symbol only looks like one."""
    if isinstance(value, bool):
        return False
    try:
        index(value)  # type: ignore[arg-type]
    except TypeError:
        return False
    return True


def count(owner: str, name: str, value: Operand, least: int = 1) -> Formula:
    """The size as a Formula. Raises AuthorError where it is a number, but no integer >= least.

    >>> count("Conv2d", "stride", 0)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv2d: stride is 0, but it is an integer of at least 1
    """
    size = exact_formula(owner, name, value)
    exact = exactly(size)
    if exact is not None and (exact.denominator != 1 or exact < least):
        raise AuthorError(f"{owner}: {name} is {exact}, but it is an integer of at least {least}")
    return size


def counts(owner: str, name: str, value: Operand | Pair, least: int = 1) -> Formulas:
    """Two sizes, of height and width; one size stands for both. Raises AuthorError as `count`."""
    first, second = spread(owner, name, value, 2)
    return count(owner, name, first, least), count(owner, name, second, least)


def quotient(owner: str, rule: str, dividend: Operand, divisor: Operand) -> Formula:
    """``dividend/divisor``, a literal where both are. ``rule`` says what has to divide what.

    Raises AuthorError where both are numbers and the division leaves a remainder.

    >>> quotient("Conv2d", "groups divides in_channels", 6, 4)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv2d: groups divides in_channels, but 4 does not divide 6
    """
    above, below = formula(dividend), formula(divisor)
    if known(below) == 1:
        return above
    if above == below:
        return formula(1)
    whole, part = known(above), known(below)
    if whole is None or part is None:
        return above / below
    if whole % part:
        raise AuthorError(f"{owner}: {rule}, but {part} does not divide {whole}")
    return formula(whole // part)


def product(*factors: Operand) -> Formula:
    """The product as written, without factors that are literally 1; 0 where one literally is 0.

    >>> product(28, 28, 1, 192).args
    (Rational(28), Rational(28), Rational(192))
    """
    parts: list[Formula] = []
    for factor in map(formula, factors):
        if factor == Rational(0):
            return factor
        if factor != Rational(1):
            parts += factor.args if isinstance(factor, Mul) else (factor,)
    return mul(parts)


def total(terms: Iterable[Formula]) -> Formula:
    """The sum as written, without terms that are literally 0."""
    return add(term for term in terms if term != Rational(0))


def area(sides: Formulas) -> Formula:
    """Height times width, ``K^2`` where both are the same symbol.

    >>> from symcnn.formula import Symbol
    >>> area((Symbol("K"), Symbol("K")))
    Pow(Symbol('K'), Rational(2))
    """
    height, width = sides
    if height == width and known(height) is None:
        return Pow(height, Rational(2))
    return product(height, width)


def over(body: Formula, *ranges: tuple[str, Formula]) -> Formula:
    """The nested sum of ``body``, each variable from 0 to its size - 1, the first one outermost."""
    for variable, size in reversed(ranges):
        body = Sum(body, variable, formula(0), less_one(size))
    return body


def apart(build: Callable[..., Formula], *at: Operand) -> Formula:
    """``build(*at)`` for places that may hold names which ``build`` binds: those give way.

    >>> from symcnn.formula import Index, Symbol
    >>> from symcnn.formula.plain import plain
    >>> row = lambda i: over(Index("A", (i, Symbol("j"))), ("j", Symbol("n")))
    >>> plain(row(Symbol("j"))), plain(apart(row, Symbol("j")))
    ('Sum(A[j, j], (j, 0, n - 1))', 'Sum(A[j, j_1], (j_1, 0, n - 1))')
    """
    places = tuple(map(formula, at))
    names = {name for place in places for name in free_names(place)}
    direct = build(*places)
    if not any(name in names for node in walk(direct) for name in bound_variables(node)):
        return direct
    slots = {f"place {number}": place for number, place in enumerate(places)}
    return substitute(build(*map(Symbol, slots)), slots)


def less_one(size: Formula) -> Formula:
    """``size - 1``, a literal where the size is a number, and joined to one that it ends in."""
    whole = known(size)
    return shifted(size, -1) if whole is None else formula(whole - 1)
