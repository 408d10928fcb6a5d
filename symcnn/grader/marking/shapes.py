"""What a formula looks like, up to the order of terms and factors: sameness as it is written.

Equality cannot tell whether a derivation went anywhere, for all its lines are equal. Two formulas
have one shape when they differ only in the order and the brackets of sums and products, in factors
1 and terms 0, in ``K*K`` for ``K^2``, in ``a/b/c`` for ``a/(b*c)``, and in bound names. Numbers are
not multiplied out, like terms are not collected, factors are not cancelled. Nothing here decides
equality.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.traverse import bound_variables, scoped_child

Shape: TypeAlias = tuple[object, ...]
Factors: TypeAlias = Counter[tuple[Shape, bool]]  # whether it stands above the bar

_ONE: Shape = ("number", 1)
_MINUS: Shape = ("number", -1)


def shape(formula: Formula) -> Shape:
    """A value that is equal for formulas of one shape.

    >>> K, C = Symbol("K"), Symbol("C")
    >>> shape(K * (C + 1) * K) == shape((1 + C) * K**2), shape(K * C + K) == shape(K * (C + 1))
    (True, False)
    """
    return _shape(formula, {}, 0)


def _shape(node: Formula, bound: Mapping[str, int], depth: int) -> Shape:
    if isinstance(node, (Mul, Pow, Rational)):
        return _product(_factors(node, bound, depth))
    if isinstance(node, Add):
        terms: Counter[Shape] = Counter()
        _collect(node, bound, depth, terms)
        terms.pop(("number", 0), None)
        if len(terms) == 1 and set(terms.values()) == {1}:
            return next(iter(terms))
        return ("sum", frozenset(terms.items()))
    if isinstance(node, Symbol):
        return ("bound", bound[node.name]) if node.name in bound else ("name", node.name)
    return _other(node, bound, depth)


def _collect(node: Formula, bound: Mapping[str, int], depth: int, terms: Counter[Shape]) -> None:
    for each in node.children():
        if isinstance(each, Add):
            _collect(each, bound, depth, terms)
        else:
            terms[_shape(each, bound, depth)] += 1


def _product(factors: Factors) -> Shape:
    """The shape of a product; nothing is cancelled, for that is a step."""
    left = {part: power for part, power in factors.items() if power and part[0] != _ONE}
    signs = left.pop((_MINUS, True), 0) + left.pop((_MINUS, False), 0)
    if signs % 2:
        left[_MINUS, True] = 1
    if not left:
        return _ONE
    if len(left) == 1:
        [((base, above), power)] = left.items()
        if above and power == 1:
            return base
    return ("product", frozenset(left.items()))


def _factors(node: Formula, bound: Mapping[str, int], depth: int) -> Factors:
    """Every factor, above or below the bar, with its power; the sign is a factor of its own."""
    found: Factors = Counter()
    if isinstance(node, Mul):
        for each in node.args:
            _add(found, _factors(each, bound, depth), 1)
        return found
    if isinstance(node, Pow):
        power = node.exponent
        if isinstance(power, Rational) and power.value.denominator == 1:
            _add(found, _factors(node.base, bound, depth), int(power.value))
            return found
        inner = _shape(node.base, bound, depth), _shape(power, bound, depth)
        return Counter({(("power", *inner), True): 1})
    if isinstance(node, Rational):
        value = node.value
        if value < 0:
            found[_MINUS, True] = 1
        found[("number", abs(value.numerator)), True] += 1
        if value.denominator != 1:
            found[("number", value.denominator), False] += 1
        return found
    whole = _shape(node, bound, depth)
    if whole[0] == "product":
        return Counter(dict(whole[1]))  # type: ignore[call-overload]
    return Counter({(whole, True): 1})


def _add(found: Factors, more: Factors, times: int) -> None:
    for (base, above), power in more.items():
        found[base, above == (times > 0)] += power * abs(times)


def _other(node: Formula, bound: Mapping[str, int], depth: int) -> Shape:
    names = bound_variables(node)
    inner = {**bound, **{name: depth + k for k, name in enumerate(names)}} if names else bound
    scoped = scoped_child(node)
    parts: list[object] = [type(node).__name__, len(names)]
    if isinstance(node, (Index, Unknown, Call)):
        parts.append(node.name)
    if isinstance(node, Unknown):
        parts.append(node.orders)
    if isinstance(node, Compare):
        parts.append(node.op)
    children = node.children()
    for position, child in enumerate(children):
        inside = position == scoped
        parts.append(
            _shape(child, inner if inside else bound, depth + len(names) if inside else depth)
        )
    return tuple(parts)
