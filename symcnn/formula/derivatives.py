"""The rule of differentiation for powers and for every known function, given inner derivatives."""

from __future__ import annotations

from collections.abc import Callable

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import And, Bracket, Cases, Compare
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Mul,
    Pow,
    Rational,
    add,
    mul,
    negative,
)

ZERO, ONE, TWO = Rational(0), Rational(1), Rational(2)


def is_zero(f: Formula) -> bool:
    """Whether the formula is the literal 0."""
    return isinstance(f, Rational) and f.value == 0


def times(*factors: Formula, inner: int) -> Formula:
    """The product as written, without factor number ``inner`` where a rule made it a 1."""
    part = factors[inner]
    if isinstance(part, Rational) and part.value == 1:
        return mul((*factors[:inner], *factors[inner + 1 :]))
    return mul(factors)


def is_array(f: Formula) -> bool:
    """Whether the formula shows that it may be an array; a bare name is taken for a number."""
    if isinstance(f, (Array, Table)):
        return True
    if isinstance(f, Call):
        return f.name not in ("det", "trace") and any(is_array(part) for part in f.args)
    if isinstance(f, (Add, Mul, Pow, Binder, Cases)):
        return any(is_array(part) for part in f.children())
    return False


def power_derivative(f: Pow, below: Formula, above: Formula) -> Formula:
    """``(u^v)' = v*u^(v-1)*u' + u^v*log(u)*v'``."""
    base, exponent = f.base, f.exponent
    terms: list[Formula] = []
    if not is_zero(below):
        terms.append(_base_term(base, exponent, below))
    if not is_zero(above):
        terms.append(times(f, Call("log", (base,)), above, inner=2))
    return add(term for term in terms if not is_zero(term))


def _base_term(base: Formula, exponent: Formula, below: Formula) -> Formula:
    if not isinstance(exponent, Rational):
        lowered = Pow(base, Add((exponent, Rational(-1))))
        return times(exponent, lowered, below, inner=2)
    if exponent.value == 0:
        return ZERO
    if exponent.value == 1:
        return below
    if exponent.value == 2:
        return times(exponent, base, below, inner=2)
    lowered = Pow(base, Rational(exponent.value - 1, exponent.places))
    return times(exponent, lowered, below, inner=2)


def array_derivative(f: Call, parts: list[Formula]) -> Formula | None:
    """The derivative of the functions of arrays, all linear in each argument; else None.

    A determinant is linear in each row.
    """
    if f.name in ("transpose", "trace"):
        return Call(f.name, (parts[0],))
    if f.name in ("kron", "hadamard"):
        (a, b), (da, db) = f.args, parts
        terms = [Call(f.name, pair) for pair, part in (((da, b), da), ((a, db), db))
                 if not is_zero(part)]  # fmt: skip
        return add(terms)
    if f.name != "det":
        return None
    table, part = f.args[0], parts[0]
    if not isinstance(table, Table) or not isinstance(part, Table) or len(table.size) != 2:
        raise AuthorError("no derivative of the determinant: write the matrix entry by entry")
    width = table.size[1]
    rows = range(0, len(table.entries), width) if width else range(0)
    return add(
        Call("det", (Table(table.size, (*table.entries[:k], *part.entries[k : k + width],
                                        *table.entries[k + width :])),))
        for k in rows
    )  # fmt: skip


def call_derivative(f: Call, parts: list[Formula]) -> Formula:
    """The derivative of a function of numbers from the derivatives of its arguments."""
    name, args = f.name, f.args
    if name in ("max", "min"):
        return _extreme(f, parts)
    if name == "mod":
        return _mod(f, parts)
    if name == "log" and len(args) == 2:
        return _log_to_base(f, parts)
    if name == "root" and is_zero(parts[1]):
        below = Mul((args[1], Pow(f, Add((args[1], Rational(-1))))))
        return times(parts[0], _over(below), inner=0)
    if name in _STEPS:
        return Cases(((ZERO, _STEPS[name](args[0])),))
    if name not in _OUTER:
        raise AuthorError(f"{name} has no derivative in an argument that varies")
    outer = _OUTER[name](args[0], f)
    return times(*outer, parts[0], inner=len(outer))


def _call(name: str, *args: Formula) -> Formula:
    return Call(name, args)


def _over(f: Formula) -> Formula:
    return Pow(f, Rational(-1))


def _one_minus(f: Formula) -> Formula:
    return Add((ONE, negative(f)))


# The factors of the outer derivative, from the argument u and the call f(u) itself.
_OUTER: dict[str, Callable[[Formula, Formula], tuple[Formula, ...]]] = {
    "exp": lambda u, f: (f,),
    "log": lambda u, f: (_over(u),),
    "sqrt": lambda u, f: (_over(Mul((TWO, f))),),
    "sin": lambda u, f: (_call("cos", u),),
    "cos": lambda u, f: (Rational(-1), _call("sin", u)),
    "tan": lambda u, f: (Add((ONE, Pow(f, TWO))),),
    "tanh": lambda u, f: (_one_minus(Pow(f, TWO)),),
    "sigmoid": lambda u, f: (f, _one_minus(f)),
    "erf": lambda u, f: (
        TWO,
        _over(_call("sqrt", _call("pi"))),
        _call("exp", negative(Pow(u, TWO))),
    ),
    "abs": lambda u, f: (u, _over(f)),
    "relu": lambda u, f: (Bracket(Compare(">", u, ZERO)),),
}


def _no_integer(u: Formula) -> Formula:
    return Compare("!=", u, _call("floor", u))


# Functions that are constant between their jumps, and where they do not jump.
_STEPS: dict[str, Callable[[Formula], Formula]] = {
    "floor": _no_integer,
    "ceil": _no_integer,
    "sign": lambda u: Compare("!=", u, ZERO),
}


def _extreme(f: Call, parts: list[Formula]) -> Formula:
    """The derivative of the argument that is strictly the greatest (least)."""
    if len(f.args) == 1:
        return parts[0]
    op = ">" if f.name == "max" else "<"
    branches = []
    for k, (argument, part) in enumerate(zip(f.args, parts, strict=True)):
        wins = tuple(Compare(op, argument, other) for n, other in enumerate(f.args) if n != k)
        branches.append((part, And(wins) if len(wins) > 1 else wins[0]))
    return Cases(tuple(branches))


def _mod(f: Call, parts: list[Formula]) -> Formula:
    """``mod(a, b) = a - b*floor(a/b)``, away from the integers of ``a/b``."""
    a, b = f.args
    quotient = Mul((a, _over(b)))
    terms = [] if is_zero(parts[0]) else [parts[0]]
    if not is_zero(parts[1]):
        terms.append(negative(times(_call("floor", quotient), parts[1], inner=1)))
    return Cases(((add(terms), _no_integer(quotient)),))


def _log_to_base(f: Call, parts: list[Formula]) -> Formula:
    """``log(u, b) = log(u)/log(b)``, by the rule for quotients."""
    u, b = f.args
    log_b = _call("log", b)
    terms = []
    if not is_zero(parts[0]):
        terms.append(times(_over(u), _over(log_b), parts[0], inner=2))
    if not is_zero(parts[1]):
        below = (Rational(-1), _call("log", u), Pow(log_b, Rational(-2)), _over(b))
        terms.append(times(*below, parts[1], inner=4))
    return add(terms)
