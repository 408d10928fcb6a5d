"""How large the constants of a formula can get, before anyone computes them.

Upper bounds in bits, in integers, from the leaves up, without evaluating anything. It looks only at
what is written; a name may still be large, and whoever computes has budgets for that.
"""

from __future__ import annotations

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.reading.limits import MAX_BITS, MAX_EXPONENT_BITS, MAX_TERMS
from symcnn.reading.messages import failure


class _TooLarge(Exception):
    pass


def varies(formula: Formula) -> bool:
    """Whether the formula surely depends on a name, as far as a glance shows."""
    if isinstance(formula, (Add, Mul)):
        return any(isinstance(part, (Symbol, Index)) for part in formula.args)
    return isinstance(formula, (Symbol, Index))


def check_sizes(formula: Formula, text: str) -> None:
    """ParseError when a constant part of the formula is too large to be written down.

    ``((9^9)^9999)^9999``, ``factorial(factorial(20))`` and a sum of 10^12 terms are.
    """
    try:
        _bits(formula, 1)
    except _TooLarge:
        raise failure("too-large", text, 0) from None


def _bits(node: Formula, terms: int) -> int | None:
    """An upper bound for the bits of a constant, None for what depends on a name."""
    if isinstance(node, Rational):
        return max(1, node.value.numerator.bit_length() + node.value.denominator.bit_length() - 1)
    if isinstance(node, Pow):
        return _power(node, terms)
    if isinstance(node, Binder):
        return _range(node, terms)
    sizes = [_bits(child, terms) for child in node.children()]
    known = [size for size in sizes if size is not None]
    if not known or len(known) < len(sizes):
        return None
    if isinstance(node, Call):
        return _call(node.name, known)
    if isinstance(node, Mul):
        return _checked(sum(known))
    if isinstance(node, Add):
        return _checked(sum(known) if len(known) < 8 else max(known) * 8 + len(known))
    return None if isinstance(node, Array) else max(known)


def _checked(bits: int) -> int:
    if bits > MAX_BITS:
        raise _TooLarge
    return bits


def _power(node: Pow, terms: int) -> int | None:
    base, exponent = _bits(node.base, terms), _bits(node.exponent, terms)
    if exponent is None:
        return None
    if isinstance(node.exponent, Rational):
        value = abs(node.exponent.value)
        times = value.numerator // value.denominator + 1 if value.denominator > 1 else int(value)
    else:
        if exponent > MAX_EXPONENT_BITS and base != 1:
            raise _TooLarge
        times = 1 << min(exponent, MAX_EXPONENT_BITS)
    if base == 1:
        return 1
    if times.bit_length() > MAX_EXPONENT_BITS + 1:
        raise _TooLarge
    return None if base is None else _checked(base * max(times, 1))


def _call(name: str, known: list[int]) -> int:
    if name == "factorial":
        if known[0] > 17:
            raise _TooLarge
        return _checked(known[0] << known[0])
    if name == "binomial":
        if known[0] > 20:
            raise _TooLarge
        return _checked(1 << known[0])
    if name == "exp":
        if known[0] > MAX_EXPONENT_BITS:
            raise _TooLarge
        return _checked(2 << known[0])
    return max(known, default=4) + 4


def _range(node: Binder, terms: int) -> int | None:
    low, high = node.low, node.high
    count = 1
    if low is not None and high is not None:
        for end in (low, high):
            _bits(end, terms)
        first, last = _integer(low), _integer(high)
        if first is not None and last is not None:
            count = max(last - first + 1, 1)
        elif last is None and (size := _bits(high, terms)) is not None and size > 20:
            raise _TooLarge
    if terms * count > MAX_TERMS:
        raise _TooLarge
    body = _bits(node.body, terms * count)
    return None if body is None else _checked(body + count.bit_length())


def _integer(node: Formula) -> int | None:
    """The value of a small closed integer expression, for the ends of ranges."""
    if isinstance(node, Rational):
        return node.value.numerator // node.value.denominator
    if isinstance(node, (Add, Mul)):
        parts = [_integer(part) for part in node.args]
        if any(part is None for part in parts):
            return None
        values = [part for part in parts if part is not None]
        total = 0 if isinstance(node, Add) else 1
        for value in values:
            total = total + value if isinstance(node, Add) else total * value
        return total
    if isinstance(node, Pow):
        base, exponent = _integer(node.base), _integer(node.exponent)
        if base is not None and exponent is not None and 0 <= exponent <= 100:
            return int(base**exponent)
    return None
