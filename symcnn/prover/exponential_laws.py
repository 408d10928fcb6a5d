"""Steps with exponentials, sigmoid and tanh, checked as instances of their laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol, negative
from symcnn.formula.traverse import transform, walk
from symcnn.prover.expansion import Expansion, identical
from symcnn.prover.exponential_units import identical_in_units


def exponential_law(lhs: Formula, rhs: Formula, granted: Mapping[str, Sequence[Formula]]) -> bool:
    """Products of powers of exponentials on both sides, the exponents added up."""
    del granted
    mine, yours = _logarithm(lhs), _logarithm(rhs)
    if mine is not None and yours is not None and identical(mine, yours):
        return True
    if identical_in_units(lhs, rhs):
        return True
    match lhs:
        case Call("sigmoid", (u,)):
            return _quotient_of(rhs, Rational(1), Rational(1) + Call("exp", (negative(u),)))
        case Call("tanh", (u,)):
            e = Call("exp", (Rational(-2) * u,))
            return _quotient_of(rhs, Rational(1) - e, Rational(1) + e)
    return False


def _quotient_of(rhs: Formula, above: Formula, below: Formula) -> bool:
    """``rhs = above/below`` once every exponential is a power of one of them."""
    unit = _unit((rhs, above, below))
    if unit is None:
        return False
    powers = (_in_powers(each, unit) for each in (rhs, above, below))
    f, g, h = powers
    return f is not None and g is not None and h is not None and identical(f, g / h)


def _exps(f: Formula) -> list[Call]:
    found: list[Call] = []
    match f:
        case Add(args) | Mul(args):
            for arg in args:
                found += _exps(arg)
        case Pow(base, _):
            found = _exps(base)
        case Call("exp", _):
            found = [f]
    return found


def _unit(sides: tuple[Formula, ...]) -> Formula | None:
    """An argument of which the arguments of all exponentials are integer multiples."""
    every = [each.args[0] for side in sides for each in _exps(side)]
    for unit in every:
        if all(_multiple(each, unit) is not None for each in every):
            return unit
    return None


def _multiple(f: Formula, unit: Formula) -> int | None:
    for count in (1, -1, 2, -2, 3, -3, 4, -4):
        if identical(f, count * unit):
            return count
    return None


def _in_powers(f: Formula, unit: Formula) -> Formula | None:
    def changed(node: Formula) -> Formula:
        if isinstance(node, Call) and node.name == "exp":
            count = _multiple(node.args[0], unit)
            if count is not None:
                return Pow(Symbol("e'"), Rational(count))
        return node

    return transform(f, changed)


def _logarithm(f: Formula) -> Formula | None:
    """The exponent of a product of powers of exponentials."""
    match f:
        case Rational(value=value) if value == 1:
            return Rational(0)
        case Call("exp", (inner,)):
            return inner
        case Pow(base, Rational(value=value)) if value.denominator == 1:
            inside = _logarithm(base)
            return None if inside is None else value * inside
        case Mul(args):
            total: Formula = Rational(0)
            for arg in args:
                part = _logarithm(arg)
                if part is None:
                    return None
                total = total + part
            return total
    return None


def logarithm_law(lhs: Formula, rhs: Formula, granted: Mapping[str, Sequence[Formula]]) -> bool:
    """``log(u) = c*log(v) + ... + w`` with integers c, where ``u^2 = (v^c*...*exp(w))^2``.

    Where ``log(u)`` has a value u is positive, and so is the product: the squares are enough.
    """
    if not (isinstance(lhs, Call) and lhs.name == "log"):
        return False
    if len(lhs.args) == 2:
        u, base = lhs.args
        whole = Expansion().exact(rhs * Call("log", (base,)), Rational(1))
        return whole is not None and logarithm_law(Call("log", (u,)), whole, granted)
    [u] = lhs.args
    product: Formula = Rational(1)
    for term in rhs.args if isinstance(rhs, Add) else (rhs,):
        product = product * _raised(term)
    square = _logarithm(u)
    other = _logarithm(product)
    if square is not None and other is not None and identical(square, other):
        return True
    if identical_in_units(u * u, product * product):
        return True
    relations = tuple(
        (node, 2, node.args[0] ** 2 if node.name == "abs" else node.args[0])
        for node in dict.fromkeys(walk(product))
        if isinstance(node, Call) and node.name in ("abs", "sqrt")
    )
    return Expansion(relations).identical(u * u, product * product)


def _raised(term: Formula) -> Formula:
    """``v^c`` for ``c*log(v)``, ``exp(w)`` for any other term."""
    match term:
        case Call("log", (inner,)):
            return inner
        case Mul((Rational(value=value), Call("log", (inner,)))) if value.denominator == 1:
            return inner ** int(value)
    return Call("exp", (term,))
