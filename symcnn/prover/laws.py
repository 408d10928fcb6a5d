"""Single steps of rewriting, each checked as an instance of a law that is written down here.

The normal form says what a subterm became; this file looks only at the two sides. What it does not
recognise is not confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, add, mul
from symcnn.formula.traverse import walk
from symcnn.prover.defaults import constant
from symcnn.prover.expansion import Expansion
from symcnn.prover.exponential_laws import exponential_law, logarithm_law
from symcnn.prover.exponential_units import identical_in_units
from symcnn.prover.granted_integers import Granted, Integers
from symcnn.prover.integer_laws import integer_parts


def lawful(name: str, lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``lhs = rhs`` is an instance of the law. ``granted`` lists what is known of
    terms: "integer", "positive", "nonnegative", "nonpositive".

    >>> from symcnn.formula.nodes import Symbol
    >>> n = Symbol("n")
    >>> lawful("integer parts", Call("floor", (n + 2,)), n + 2, {"integer": [n]})
    True
    >>> lawful("integer parts", Call("floor", (n / 2,)), n / 2, {"integer": [n]})
    False
    """
    law = LAWS.get(name)
    if name not in MORE and Expansion().identical(lhs, rhs):
        return True
    return law is not None and law(lhs, rhs, granted)


def _is(f: Formula, g: Formula) -> bool:
    return Expansion().identical(f, g)


def _squares(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``|u|^2 = u^2``, ``sqrt(u)^2 = u``, ``root(u, n)^n = u``, ``(u^(1/n))^n = u``."""
    del granted
    match lhs:
        case Pow(Call("abs", (inner,)), Rational(value=value)) if value == 2:
            return _is(inner * inner, rhs)
        case Pow(Call("sqrt", (inner,)), Rational(value=value)) if value == 2:
            return _is(inner, rhs)
        case Pow(Call("root", (inner, Rational(value=degree))), Rational(value=value)):
            return value == degree and value > 0 and _is(inner, rhs)
        case Pow(Pow(inner, exponent), Rational(value=value)) if value > 1:
            return _is(exponent * value, Rational(1)) and _is(inner, rhs)
        case Pow(Call("exp", (inner,)), Rational(value=value)) if value > 1:
            match rhs:
                case Call("exp", (outer,)):
                    return _is(inner * value, outer)
    return False


def _absolutes(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``|u| = v`` where ``v^2 = u^2`` and v is not negative; relu, max and min by ``|u|``."""
    match lhs:
        case Call("abs", (u,)):
            return _magnitude(u * u, rhs, granted)
        case Call("relu", (u,)):
            return _magnitude(u * u, 2 * rhs - u, granted)
        case Call("max", (a, b)):
            return _magnitude((a - b) ** 2, 2 * rhs - a - b, granted)
        case Call("min", (a, b)):
            return _magnitude((a - b) ** 2, a + b - 2 * rhs, granted)
    return False


def _roots(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``sqrt(u) = v`` where ``v^2 = u`` and v is not negative; powers of roots."""
    match lhs:
        case Call("sqrt", (u,)):
            return _magnitude(u, rhs, granted)
        case Pow(u, exponent) if _is(2 * exponent, Rational(1)):
            return _magnitude(u, rhs, granted)
    return _squares(lhs, rhs, granted) or identical_in_units(lhs, rhs)


def _magnitude(square: Formula, v: Formula, granted: Granted) -> bool:
    """``v^2 = square``, and no term of v can be negative."""
    polynomial = Expansion()
    above, below = polynomial.quotient(v)
    slots = sorted({slot for terms in (above, below) for m in terms for slot, _ in m})
    relations: list[tuple[Formula, int, Formula]] = []
    safe: set[int] = set()
    below_zero: set[int] = set()
    for slot in slots:
        atom = polynomial.atom(slot)
        match atom:
            case Call("abs", (u,)):
                relations.append((atom, 2, u * u))
                safe.add(slot)
            case Call("sqrt", (u,)):
                relations.append((atom, 2, u))
                safe.add(slot)
            case Call("exp", _):
                safe.add(slot)
        terms = (*granted.get("positive", ()), *granted.get("nonnegative", ()))
        if any(Expansion().same(atom, each) for each in terms):
            safe.add(slot)
        if any(Expansion().same(atom, each) for each in granted.get("nonpositive", ())):
            below_zero.add(slot)
    for side in (above, below):
        for monomial, coefficient in side.items():
            odd = [slot for slot, power in monomial if power % 2 and slot not in safe]
            turned = -coefficient if len(odd) % 2 else coefficient
            if turned < 0 or not below_zero.issuperset(odd):
                return False
    return bool(below) and Expansion(tuple(relations)).identical(v * v, square)


def _powers(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``a^u`` as a product of powers of a, the exponents added: integers, a not 0 or they >= 0.

    Of a positive base they may be any numbers; ``a^(k/2) = v`` where ``v^2 = a^k`` and v >= 0.
    """
    if not isinstance(lhs, Pow):
        return False
    if identical_in_units(lhs, rhs) or _parity(lhs, rhs, granted):
        return True
    if _positive_base(lhs.base, granted) and _steps(lhs, rhs):
        return True
    power = constant(lhs.exponent)
    if power is not None and power.denominator == 2:
        return _magnitude(Pow(lhs.base, Rational(int(2 * power))), rhs, granted)
    whole = Integers(granted)
    parts = _factors(rhs, lhs.base, Rational(1))
    if parts is None:
        return False
    if _positive_base(lhs.base, granted):
        return _is(lhs.exponent, add(parts))
    if not all(whole.integral(part) for part in parts):
        return False
    if isinstance(lhs.base, Rational):
        lawful_base = lhs.base.value != 0
    else:
        lawful_base = any(_is(lhs.base, each) for each in granted.get("nonzero", ()))
    if not lawful_base and not all(map(whole.countable, parts)):
        return False
    return _is(lhs.exponent, add(parts))


def _steps(lhs: Pow, rhs: Formula) -> bool:
    """``a^(u + k) = a^k*a^u`` with a literal ``k >= 0``, ``a^k`` multiplied out; a is positive."""
    for node in dict.fromkeys(walk(rhs)):
        if isinstance(node, Pow) and constant(node.exponent) is None and _is(node.base, lhs.base):
            more = Expansion().exact(lhs.exponent - node.exponent, Rational(1))
            count = constant(more)
            if count is not None and count.denominator == 1 and 0 <= count <= 12:
                return _is(rhs, Pow(lhs.base, Rational(int(count))) * node)
    return False


def _parity(lhs: Pow, rhs: Formula, granted: Granted) -> bool:
    """``(-1)^(2*k) = 1`` and ``(-1)^(2*k + 1) = -1`` for integers k."""
    if constant(lhs.base) != -1:
        return False
    for rest, value in ((0, 1), (1, -1)):
        half = Expansion().exact(lhs.exponent - rest, Rational(2))
        if half is not None and Integers(granted).integral(half):
            return _is(rhs, Rational(value))
    return False


def _positive_base(base: Formula, granted: Granted) -> bool:
    if isinstance(base, Rational):
        return base.value > 0
    return any(_is(base, each) for each in granted.get("positive", ()))


def _factors(f: Formula, base: Formula, times: Formula) -> list[Formula] | None:
    """Exponents of the base in a product of its powers; None where anything else stands in it."""
    if f == base:
        return [times]
    match f:
        case Rational(value=value) if value == 1:
            return []
        case Mul(args):
            found: list[Formula] = []
            for arg in args:
                part = _factors(arg, base, times)
                if part is None:
                    return None
                found += part
            return found
        case Pow(inner, exponent):
            return _factors(inner, base, times * exponent)
    return None


def _divisible(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``number = divisor*quotient`` with a quotient that is made of integers."""
    if not isinstance(rhs, Mul):
        return False
    return Integers(granted).integral(mul(rhs.args[1:])) and _is(lhs, rhs)


def _shared(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """A product of positive numbers, granted positive terms, even powers and sizes of nonzero."""
    parts = rhs.args if isinstance(rhs, Mul) else (rhs,)
    if not all(_surely_positive(part, granted) for part in parts):
        return False
    sizes = tuple(
        (node, 2, node.args[0] ** 2)
        for node in dict.fromkeys((*walk(lhs), *walk(rhs)))
        if isinstance(node, Call) and node.name == "abs"
    )
    return Expansion(sizes).identical(lhs, rhs)


def _surely_positive(part: Formula, granted: Granted) -> bool:
    nonzero = granted.get("nonzero", ())
    if any(_is(part, each) for each in granted.get("positive", ())):
        return True
    match part:
        case Rational(value=value):
            return value > 0
        case Call("abs", (inner,)):
            return any(_is(inner, each) for each in nonzero)
        case Pow(base, Rational(value=value)) if value.denominator == 1:
            even = value % 2 == 0 and any(_is(base, each) for each in nonzero)
            return even or _surely_positive(base, granted)
        case Mul(args):
            return all(_surely_positive(arg, granted) for arg in args)
    return False


LAWS: Mapping[str, Callable[[Formula, Formula, Granted], bool]] = MappingProxyType(
    {
        "integer parts": integer_parts,
        "roots": _roots,
        "absolute values": _absolutes,
        "logarithms": logarithm_law,
        "powers": _powers,
        "exponentials": exponential_law,
        "divisibility": _divisible,
        "shared definedness": _shared,
    }
)
MORE = ("divisibility", "shared definedness")  # these say more than that both sides are equal
