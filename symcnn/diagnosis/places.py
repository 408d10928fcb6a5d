"""The structure that mutations work on: places in a formula, factors and terms, and tidy views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import TypeAlias

from symcnn.formula.binders import Binder, Sum
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.traverse import transform

Put: TypeAlias = Callable[[Formula], Formula]
Test: TypeAlias = Callable[[Formula], bool]
Make: TypeAlias = Callable[[Formula], Formula]
ZERO, ONE, TWO, MINUS_ONE = Rational(0), Rational(1), Rational(2), Rational(-1)
HALF = Mul((ONE, Pow(TWO, MINUS_ONE)))
MOST_TERMS = 24


def places(top: Formula, *, limits: bool = True) -> Iterator[tuple[Formula, Put]]:
    """Every node, with what puts another in its place; limits of sums only where they are asked.

    >>> K = Symbol("K")
    >>> [put(Symbol("F")) for node, put in places(K + 1) if node == K]
    [Add((Symbol('F'), Rational(1)))]
    """
    yield top, lambda new: new
    children = top.children()
    for position, child in enumerate(children):
        if position and not limits and isinstance(top, Binder):
            break

        def put(new: Formula, at: int = position) -> Formula:
            return top.rebuild((*children[:at], new, *children[at + 1 :]))

        for node, inner in places(child, limits=limits):
            yield node, lambda new, outer=put, inner=inner: outer(inner(new))  # type: ignore[misc]


def sums(top: Formula) -> Iterator[tuple[Add, Put]]:
    """Every sum of terms."""
    for node, put in places(top):
        if isinstance(node, Add):
            yield node, put


def products(top: Formula) -> Iterator[tuple[Mul, Put]]:
    """Every product of factors."""
    for node, put in places(top):
        if isinstance(node, Mul):
            yield node, put


def without(parts: tuple[Formula, ...], position: int) -> tuple[Formula, ...]:
    """All of them but one."""
    return (*parts[:position], *parts[position + 1 :])


def less_a_term(top: Formula, test: Test) -> Iterator[Formula]:
    """One term left out, for each that passes; then all of them at once."""
    found = 0
    for node, put in sums(top):
        for position, term in enumerate(node.args):
            if test(term):
                found += 1
                yield put(add(without(node.args, position)))
    if found > 1:
        yield transform(top, lambda node: _kept(node, test))


def _kept(node: Formula, test: Test) -> Formula:
    if not isinstance(node, Add):
        return node
    return add(term for term in node.args if not test(term))


def less_a_factor(top: Formula, test: Test) -> Iterator[Formula]:
    """One factor left out, for each that passes."""
    for node, put in products(top):
        for position, factor in enumerate(node.args):
            if test(factor):
                yield put(mul(without(node.args, position)))


def swapped(top: Formula, test: Test, make: Make) -> Iterator[Formula]:
    """What passes made into something else, everywhere at once; then place by place."""
    chosen = [(node, put) for node, put in places(top) if test(node)]
    if len(chosen) > 1:
        yield everywhere(top, test, make)
    for node, put in chosen:
        yield put(make(node))


def everywhere(top: Formula, test: Test, make: Make) -> Formula:
    """What passes made into something else, in all places."""
    return transform(top, lambda node: make(node) if test(node) else node)


def factors(node: Formula) -> tuple[Formula, ...]:
    """The factors of a product; anything else is its own."""
    return node.args if isinstance(node, Mul) else (node,)


def terms(node: Formula) -> tuple[Formula, ...]:
    """The terms of a sum; anything else is its own."""
    return node.args if isinstance(node, Add) else (node,)


def literal(node: Formula) -> Fraction | None:
    """The value of a literal, or of a quotient of two."""
    match node:
        case Rational():
            return node.value
        case Pow(Rational() as base, Rational() as exponent) if base.value:
            if exponent.value.denominator == 1 and abs(exponent.value) <= 64:
                return Fraction(base.value ** int(exponent.value))
        case Mul(args):
            value = Fraction(1)
            for arg in args:
                part = literal(arg)
                if part is None:
                    return None
                value *= part
            return value
    return None


def mentions(node: Formula, test: Test) -> bool:
    """Whether something in it passes."""
    return any(test(each) for each, _ in places(node))


def tidy(top: Formula, *, ordered: bool = False) -> Formula:
    """The same with flat sums and products, ``K*K`` as a square, and roots as roots.

    Factors keep their order where they are ``ordered``, as matrices are.

    >>> K, C = Symbol("K"), Symbol("C")
    >>> tidy(K * (K * C))
    Mul((Pow(Symbol('K'), Rational(2)), Symbol('C')))
    """
    return transform(top, partial(_tidied, ordered=ordered))


def _tidied(node: Formula, *, ordered: bool) -> Formula:
    match node:
        case Add(args):
            return add(part for arg in args for part in _apart(arg))
        case Mul(args):
            flat = [part for arg in args for part in factors(arg) if part != ONE]
            return mul(flat if ordered else _gathered(flat))
        case Pow(base, exponent) if literal(exponent) == Fraction(1, 2):
            return Call("sqrt", (base,))
        case Pow(base, exponent) if literal(exponent) == Fraction(-1, 2):
            return Pow(Call("sqrt", (base,)), MINUS_ONE)
        case Pow(base, exponent) if exponent == ONE:
            return base
    return node


def _apart(node: Formula) -> tuple[Formula, ...]:
    """The terms of a sum in a sum; ``K - 1`` stays together."""
    if isinstance(node, Add) and (len(node.args) > 2 or node.args[-1] != MINUS_ONE):
        return node.args
    return (node,)


def _gathered(parts: list[Formula]) -> list[Formula]:
    """Equal names and literals as one power, where the first of them stands."""
    counts: dict[Formula, int] = {}
    powers = [_power(part) for part in parts]
    for base, count in powers:
        counts[base] = counts.get(base, 0) + count
    found = []
    for part, (base, count) in zip(parts, powers, strict=True):
        if not count:
            found.append(part)
        elif counts[base]:
            found.append(base if counts[base] == 1 else Pow(base, Rational(counts[base])))
            counts[base] = 0
    return found


def _power(part: Formula) -> tuple[Formula, int]:
    """A name or a literal and its exponent; 0 where the part is neither."""
    match part:
        case Symbol() | Index() | Rational():
            return part, 1
        case Pow((Symbol() | Index() | Rational()) as base, Rational() as exponent):
            if exponent.value.denominator == 1 and exponent.value > 0:
                return base, int(exponent.value)
    return part, 0


def expanded(top: Formula) -> Formula | None:
    """The terms of a tidy formula multiplied out; None where there is nothing to do, or too much.

    >>> K, C = Symbol("K"), Symbol("C")
    >>> expanded((K + 1) * C)
    Add((Mul((Symbol('K'), Symbol('C'))), Symbol('C')))
    """
    inner = transform(top, _body_expanded)
    found = _terms_of(inner)
    if found is None or len(found) < 2 or (isinstance(top, Add) and len(found) == len(top.args)):
        return None if inner is top else inner
    return tidy(add(found))


def _body_expanded(node: Formula) -> Formula:
    if isinstance(node, Sum):
        body = _terms_of(node.body)
        if body is not None and len(body) > len(terms(node.body)):
            return Sum(tidy(add(body)), node.variable, node.low, node.high)
    return node


def _terms_of(node: Formula) -> list[Formula] | None:
    match node:
        case Add(args):
            parts = [_terms_of(arg) for arg in args]
            if any(part is None for part in parts):
                return None
            every = [term for part in parts for term in part or ()]
            return every if len(every) <= MOST_TERMS else None
        case Mul(args):
            return _multiplied([_terms_of(arg) for arg in args])
        case Pow(Add() as base, Rational() as exponent) if exponent == TWO:
            return _multiplied([_terms_of(base)] * 2)
    return [node]


def _multiplied(parts: list[list[Formula] | None]) -> list[Formula] | None:
    found: list[Formula] = [ONE]
    for part in parts:
        if part is None or len(found) * len(part) > MOST_TERMS:
            return None
        found = [
            each if term == ONE else term if each == ONE else each * term
            for each in found
            for term in part
        ]
    return found


def several(found: Iterator[Formula], most: int) -> Iterator[Formula]:
    """No more than so many: a key with hundreds of terms has hundreds of ways to lose one."""
    return islice(found, most)
