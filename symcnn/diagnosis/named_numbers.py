"""Numbers of a worked key under names: ``(5*5*3 + 1)*256`` is ``(K^2*C_in + 1)*C_out``.

What a number counts is guessed from where it stands; mutations by name then reach it as well.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.diagnosis.counts import SQUARES
from symcnn.diagnosis.places import MINUS_ONE, ONE, TWO, factors, places
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.traverse import free_names

_LARGEST_KERNEL = 11
_WIDTHS = (2, 4, 8)  # bytes of a number
_PREFIXES = {base**power for base in (1000, 1024) for power in (1, 2, 3)}


class _Names:
    """Names for values, one for each role and value."""

    def __init__(self, top: Formula) -> None:
        self.values: dict[str, Fraction] = {}
        self._given: dict[tuple[str, Fraction], str] = {}
        self.outputs = _outputs(top)
        nodes = [node for node, _ in places(top)]
        self.kernel = any(isinstance(node, Pow) and _is_kernel(node) for node in nodes)
        self.inputs = bool(self.outputs)

    def of(self, role: str, value: Fraction) -> Formula:
        """The name of a value in a role: the role itself, numbered from the second value on."""
        name = self._given.get((role, value))
        if name is None:
            taken = sum(1 for other, _ in self._given if other == role)
            name = role if not taken else f"{role}_{taken + 1}"
            self._given[role, value] = name
            self.values[name] = value
        return Symbol(name)


def named_numbers(top: Formula) -> tuple[Formula, dict[str, Fraction]] | None:
    """A tidy formula without names under usual names, with their values; None where none fits.

    >>> number = (Rational(3) ** 2 * 16 + 1) * 32
    >>> named_numbers(number)[1]
    {'K': Fraction(3, 1), 'C_in': Fraction(16, 1), 'C_out': Fraction(32, 1)}
    """
    if isinstance(top, Rational) or free_names(top):
        return None
    names = _Names(top)
    found = _named(top, names)
    return (found, names.values) if names.values else None


def _is_kernel(power: Pow) -> bool:
    return (
        isinstance(power.base, Rational)
        and power.exponent in (TWO, Rational(3))
        and power.base.value % 2 == 1
        and 1 <= power.base.value <= _LARGEST_KERNEL
    )


def _outputs(top: Formula) -> frozenset[Formula]:
    """Literals that count outputs: a bias beside its weights, or a factor of ``weights + 1``."""
    found = set()
    for node, _ in places(top):
        if isinstance(node, Add):
            for term in node.args:
                others = [factors(other) for other in node.args if other is not term]
                if _is_count(term) and any(term in parts for parts in others):
                    found.add(term)
        elif any(isinstance(part, Add) and ONE in part.args for part in factors(node)):
            wide = [part for part in factors(node) if _is_count(part)]
            found.update(wide if len(wide) == 1 else ())
    return frozenset(found)


def _is_count(node: Formula) -> bool:
    return isinstance(node, Rational) and node.value.denominator == 1 and node.value > 2


def _named(node: Formula, names: _Names) -> Formula:
    match node:
        case Add(args) if ONE in args and any(_steps(each) for each in args):
            return add(_size(each, names) if _steps(each) else _named(each, names) for each in args)
        case Add(args):
            return add(
                names.of("C_out", each.value)
                if isinstance(each, Rational) and each in names.outputs
                else _named(each, names)
                for each in args
            )
        case Mul(args):
            return mul(_factors(args, names))
        case Call("floor" | "ceil" as rounding, (inner,)):
            return Call(rounding, (_span(inner, names),))
    return node


def _factors(args: tuple[Formula, ...], names: _Names) -> list[Formula]:
    channels = [part for part in args if _is_count(part) and part not in names.outputs]
    found: list[Formula] = []
    stored = any(map(_is_prefix, args))
    for part in args:
        match part:
            case Rational() if stored and part.value in _WIDTHS:
                found.append(part)
            case Pow(Rational() as base, exponent) if _is_kernel(part):
                found.append(names.of("K", base.value) ** 2)
                if exponent != TWO:
                    found.append(names.of("C", base.value))
            case Pow(Rational() as base, exponent) if exponent == TWO and base.value > 1:
                role = "H" if channels else "C"
                found.append(names.of(role, base.value) ** 2)
            case Rational() if part in names.outputs:
                found.append(names.of("C_out", part.value))
            case Rational() if not names.kernel and part.value in SQUARES and len(args) > 2:
                found.append(names.of("K", Fraction(SQUARES[int(part.value)])) ** 2)
            case Rational() if _is_count(part):
                role = "C_in" if names.inputs and len(channels) == 1 else "C"
                found.append(names.of(role, part.value))
            case _:
                found.append(_named(part, names))
    return found


def _is_prefix(part: Formula) -> bool:
    """A division by what K, M or G stand for.

    >>> [_is_prefix(Pow(Rational(each), MINUS_ONE)) for each in (1024, 1000**2, 1025)]
    [True, True, False]
    """
    match part:
        case Pow(Pow(Rational() as base, Rational() as power), exponent) if exponent == MINUS_ONE:
            small = power.value.denominator == 1 and 0 < power.value <= 30 and base.value <= 1024
            return small and base.value ** int(power.value) in _PREFIXES
        case Pow(Rational() as base, exponent) if exponent == MINUS_ONE:
            return base.value in _PREFIXES
        case Pow(Rational() as base, Rational() as power) if power.value.denominator == 1:
            small = -30 <= power.value < 0 and base.value <= 1024
            return small and base.value ** -int(power.value) in _PREFIXES
    return False


def _steps(node: Formula) -> bool:
    """The steps of a kernel over a map: ``(227 - 11)/4``, rounded or not."""
    inner = node.args[0] if isinstance(node, Call) and node.name in ("floor", "ceil") else node
    return any(isinstance(part, Add) for part in factors(inner)) and (
        inner is not node or any(isinstance(part, Pow) for part in factors(inner))
    )


def _size(node: Formula, names: _Names) -> Formula:
    if isinstance(node, Call):
        return Call(node.name, (_span(node.args[0], names),))
    return _span(node, names)


def _span(node: Formula, names: _Names) -> Formula:
    """The map with its padding, less the kernel, over the stride."""
    found: list[Formula] = []
    for part in factors(node):
        match part:
            case Add(args):
                found.append(add(_side(place, each, names) for place, each in enumerate(args)))
            case Pow(Rational() as base, exponent) if exponent == MINUS_ONE:
                found.append(Pow(names.of("S", base.value), MINUS_ONE))
            case Rational() if part.value > 0:
                found.append(names.of("H", part.value))
            case _:
                found.append(part)
    return mul(found)


def _side(place: int, term: Formula, names: _Names) -> Formula:
    match term:
        case Mul((Rational() as two, Rational() as padding)) if two == TWO:
            return Mul((TWO, names.of("P", padding.value)))
        case Pow(two, exponent) if place and two == exponent == TWO:
            return Mul((TWO, names.of("P", Fraction(2))))
        case Rational() if place == 0 and term.value > 0:
            return names.of("H", term.value)
        case Rational() if term.value < -1:
            return Mul((MINUS_ONE, names.of("K", -term.value)))
    return term
