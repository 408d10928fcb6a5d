"""Formula -> plain text, in the form that ``reading`` reads back to an equal formula.

Order and nesting are as written, brackets as few as the reading allows. Nothing here evaluates.
"""

from __future__ import annotations

import re
from fractions import Fraction

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Condition, Not, Or
from symcnn.formula.decimals import decimal_text, enclosure_text, integer_text
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    Unknown,
)
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Family,
    PointValue,
    Polynomial,
    Undefined,
    Value,
)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")

# How tightly a text holds together; an operand below what its place asks for gets brackets.
_OR, _AND, _COMPARE, _ADD, _MUL, _POW, _ATOM = range(7)


def plain(formula: Formula) -> str:
    """The formula as plain text; ``read(plain(f)).formula == f``.

    Raises ValueError for a name that no reader could take for a name.

    >>> from symcnn.formula.nodes import Symbol
    >>> n, k, s = Symbol("n"), Symbol("k"), Symbol("s")
    >>> plain(Call("floor", ((n - 2 * k) / s,)) + 1)
    'floor((n - 2*k)/s) + 1'
    """
    return _write(formula)[0]


def checked_name(name: str) -> str:
    """The name itself; ValueError unless it is letters, digits, underscores and primes."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name: a letter, then letters, digits, _ and primes")
    return name


def _at(formula: Formula, level: int) -> str:
    text, own = _write(formula)
    return text if own >= level else f"({text})"


def _all(formulas: tuple[Formula, ...]) -> str:
    return ", ".join(_at(part, _ADD) for part in formulas)


def _write(formula: Formula) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    match formula:
        case Rational():
            text = decimal_text(formula.value, formula.places)
            return text, _ADD if formula.value.numerator < 0 else _ATOM
        case Symbol():
            return checked_name(formula.name), _ATOM
        case Add():
            return _sum(formula), _ADD
        case Mul():
            return _product(formula)
        case Pow():
            exponent = _at(formula.exponent, _POW)
            return f"{_at(formula.base, _ATOM)}^{exponent}", _POW
        case Condition():
            return _condition(formula)
        case _:
            return _atom(formula), _ATOM


def _sum(formula: Add) -> str:
    out = [_at(formula.args[0], _MUL) if _nests(formula.args[0]) else _write(formula.args[0])[0]]
    for term in formula.args[1:]:
        stripped = without_sign(term)
        out.append(f" + {_at(term, _MUL)}" if stripped is None else f" - {stripped}")
    return "".join(out)


def _nests(term: Formula) -> bool:
    return isinstance(term, (Add, Condition))


def without_sign(term: Formula) -> str | None:
    """What follows the minus sign of a term that begins with one, else None.

    ``-1`` before a literal or a nested product stays: ``-3`` and ``-(a*b)`` are read otherwise.
    """
    if isinstance(term, Rational):
        negative = term.value.numerator < 0
        return decimal_text(-term.value, term.places) if negative else None
    if not isinstance(term, Mul):
        return None
    first, second = term.args[0], term.args[1]
    if not isinstance(first, Rational) or first.value.numerator >= 0:
        return None
    if _is_minus_1(first) and not isinstance(second, (Rational, Mul)) and not is_inverse(second):
        head, rest = second, term.args[2:]
    else:
        head, rest = Rational(-first.value, first.places), term.args[1:]
    return _factors(head, rest)


def is_inverse(factor: Formula) -> bool:
    """Whether a factor after the first is written as a division."""
    return isinstance(factor, Pow) and _is_minus_1(factor.exponent)


def _is_minus_1(factor: Formula) -> bool:
    if not isinstance(factor, Rational) or factor.places:
        return False
    return factor.value.numerator == -1 and factor.value.denominator == 1


def _product(formula: Mul) -> tuple[str, int]:
    stripped = without_sign(formula)
    if stripped is not None:
        return f"-{stripped}", _ADD
    return _factors(formula.args[0], formula.args[1:]), _MUL


def _factors(head: Formula, rest: tuple[Formula, ...]) -> str:
    out = [_at(head, _POW)]
    for factor in rest:
        if isinstance(factor, Pow) and is_inverse(factor):
            out.append(f"/{_at(factor.base, _POW)}")
        else:
            out.append(f"*{_at(factor, _POW)}")
    return "".join(out)


def _condition(formula: Condition) -> tuple[str, int]:
    match formula:
        case Compare():
            sides = _at(formula.lhs, _ADD), _at(formula.rhs, _ADD)
            return f"{sides[0]} {formula.op} {sides[1]}", _COMPARE
        case And():
            return " and ".join(_at(part, _COMPARE) for part in formula.args), _AND
        case Or():
            return " or ".join(_at(part, _AND) for part in formula.args), _OR
        case Not():
            return f"not ({plain(formula.condition)})", _COMPARE
        case _:
            raise TypeError(f"{type(formula).__name__} has no plain text")


def _atom(formula: Formula) -> str:
    match formula:
        case Call(name, args):
            return f"{name}({_all(args)})" if args else name
        case Unknown():
            return f"{_applied(formula)}({_all(formula.args)})"
        case Index(name, indices):
            return f"{checked_name(name)}[{_all(indices)}]"
        case Binder(body, variable, low, high):
            head = "Sum" if isinstance(formula, Sum) else "Prod"
            checked_name(variable)
            if low is None or high is None:
                return f"{head}({_at(body, _ADD)}, {variable})"
            return f"{head}({_at(body, _ADD)}, ({variable}, {_all((low, high))}))"
        case Bracket(condition):
            return f"Bracket({plain(condition)})"
        case Cases(branches, default):
            parts = [f"({_at(value, _ADD)}, {plain(when)})" for value, when in branches]
            if default is not None:
                parts.append(_at(default, _ADD))
            return f"Cases({', '.join(parts)})"
        case Array(shape, variables, entry):
            names = _tuple([checked_name(name) for name in variables])
            sizes = _tuple([_at(size, _ADD) for size in shape])
            return f"Array({sizes}, {names}, {_at(entry, _ADD)})"
        case Table(size, entries):
            return _table(size, [_at(entry, _ADD) for entry in entries])
        case _:
            raise TypeError(f"{type(formula).__name__} has no plain text")


def _tuple(parts: list[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _applied(formula: Unknown) -> str:
    name, orders = checked_name(formula.name), formula.orders
    if not any(orders):
        return name
    if name.endswith("'"):
        raise ValueError(f"the prime in the name {name} would be read as a derivative")
    if len(orders) == 1:
        return name + "'" * orders[0]
    return f"diff({name}, {', '.join(map(str, orders))})"


def _table(size: tuple[int, ...], entries: list[str]) -> str:
    heads = {1: "Vector", 2: "Matrix"}
    return f"{heads.get(len(size), 'Tensor')}({_nested(size, entries)})"


def _nested(size: tuple[int, ...], entries: list[str]) -> str:
    if not size:
        return entries[0]
    step = len(entries) // size[0] if size[0] else 0
    rows = [_nested(size[1:], entries[k * step : (k + 1) * step]) for k in range(size[0])]
    return f"[{', '.join(rows)}]"


def plain_value(value: Value | PointValue | Undefined, name: str = "x") -> str:
    """A value as text; exact ones are read back. ``name`` is what members of a family are called.

    A ball shows only digits that are certain, or else its ends rounded outwards.

    >>> plain_value(Fraction(5, 6))
    '5/6'
    >>> plain_value(Ball(Fraction(14142135623, 10**10), Fraction(14142135624, 10**10)))
    '1.414213562...'
    >>> plain_value(Family({(2,): Fraction(-1), (0,): Fraction(1)}))
    'x[0] = 1, x[2] = -1, else 0'
    """
    match value:
        case Fraction():
            top, bottom = integer_text(value.numerator), integer_text(value.denominator)
            return top if value.denominator == 1 else f"{top}/{bottom}"
        case Ball(low, high):
            return plain_value(low) if low == high else enclosure_text(low, high)
        case ArrayValue(shape, entries):
            return _table(shape, [plain_value(entry) for entry in entries])
        case Family(members, otherwise):
            listed = [
                f"{name}[{', '.join(map(str, place))}] = {plain_value(members[place])}"
                for place in sorted(members)
            ]
            return ", ".join([*listed, f"else {plain_value(otherwise)}"])
        case Polynomial(coefficients):
            return plain_polynomial(coefficients)
        case Undefined(reason):
            return f"undefined ({reason})" if reason else "undefined"


def plain_polynomial(coefficients: tuple[Fraction, ...]) -> str:
    """``1 - 2*t + 3*t^2``: the polynomial in ``t`` with these coefficients, constant first."""
    out = ""
    for power, value in enumerate(coefficients):
        if value == 0:
            continue
        letter = "" if power == 0 else "t" if power == 1 else f"t^{power}"
        size = plain_value(abs(value))
        term = size if not letter else letter if abs(value) == 1 else f"{size}*{letter}"
        sign = "-" if value < 0 else "+"
        out += f" {sign} {term}" if out else term if value > 0 else f"-{term}"
    return out or "0"
