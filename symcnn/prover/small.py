"""Identities of small polynomials in symbols, without FLINT: loading it takes longer than a proof.

The answer is that of the rational normal form, so the certificate is the same; whoever has FLINT
loaded already need not ask here.
"""

from __future__ import annotations

from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol
from symcnn.formula.polynomials import TooLarge, polynomial
from symcnn.formula.traverse import free_names, walk

_NODES = 120
_POWER = 8


def small_identity(lhs: Formula, rhs: Formula) -> tuple[Formula, ...] | None:
    """The symbols over which both sides are the same polynomial; None where this does not show it.

    >>> K = Symbol("K")
    >>> small_identity((K + 1) ** 2, K**2 + 2 * K + 1)
    (Symbol('K'),)
    >>> small_identity((K + 1) ** 2, K**2 + 1)
    """
    if not (_is_small(lhs) and _is_small(rhs)):
        return None
    try:
        same = polynomial(lhs) == polynomial(rhs)
    except TooLarge:
        return None
    names = dict.fromkeys((*free_names(lhs), *free_names(rhs)))
    return tuple(Symbol(name) for name in names) if same else None


def _is_small(side: Formula) -> bool:
    for count, node in enumerate(walk(side)):
        if count > _NODES:
            return False
        match node:
            case Symbol() | Rational() | Add() | Mul():
                continue
            case Pow(Rational(value=base), Rational(value=power)):
                if not base or power.denominator != 1 or abs(power) > _POWER:
                    return False
            case Pow(_, Rational(value=power)):
                if power.denominator != 1 or not 0 <= power <= _POWER:
                    return False
            case _:
                return False
    return True
