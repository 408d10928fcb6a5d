"""What a claim asserts: equations, relations, implications, exhibits, limits, derivations.

A side is given as text (read exactly as a student's would be), as a Formula, as a number, or as a
SymPy expression; `resolve` turns every side into a Formula once. How a statement is decided is not
known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen, replace
from symcnn.formula.nodes import Formula, formula

Side: TypeAlias = Any  # text, Formula, int, Fraction, or a SymPy expression; see `as_formula`


@frozen
class Equation:
    """``lhs = rhs`` wherever the reference ``rhs`` is defined; arrays by shape and entries."""

    lhs: Side
    rhs: Side


@frozen
class Relation:
    """One condition: ``Relation("x ~ 0.0182")``, ``Relation("H*W*C <= D")``."""

    condition: Side


@frozen
class Implies:
    """Wherever the premise holds, the conclusion does."""

    premise: Side
    conclusion: Side


@frozen
class Exhibit:
    """Explicit objects for names, and the relations that they satisfy.

    It proves "there is"; a relation that a claim "for all" denies makes it a refutation of that.
    """

    objects: tuple[tuple[str, Side], ...]
    relations: tuple[Side, ...]


@frozen
class Limit:
    """``expression`` tends to ``value`` as ``variable`` tends to ``to``."""

    expression: Side
    variable: str
    to: Side
    value: Side


@frozen
class Link:
    """One step of a derivation: the line before stands in ``relation`` to ``rhs``.

    ``induction`` names the variable when the link is shown by induction on it.
    """

    rhs: Side
    reason: str
    relation: str = "="
    induction: str = ""


@frozen
class Derivation:
    """A chain that starts at ``start``; each link is proved on its own."""

    start: Side
    links: tuple[Link, ...]


Statement: TypeAlias = Equation | Relation | Implies | Exhibit | Limit | Derivation
_PROSE = {"reason", "relation", "induction", "variable"}


def as_formula(side: Side, given: Given) -> Formula:
    """The Formula of one side. Raises ParseError for text, AuthorError for anything unreadable.

    >>> as_formula(Fraction(1, 2), Given())
    Mul((Rational(1), Pow(Rational(2), Rational(-1))))
    """
    if isinstance(side, (Formula, int, Fraction)):
        return formula(side)
    if isinstance(side, str):
        from symcnn.reading import read

        return read(side, given).formula
    if isinstance(side, (list, tuple)):
        from symcnn.formula.arrays import table

        return table(side)
    if type(side).__module__.split(".")[0] != "sympy":
        raise AuthorError(
            f"{side!r} is no side of a statement: write text, a Formula, a number or SymPy"
        )
    from symcnn.formula.sympy_bridge import from_sympy

    return from_sympy(side, given=given)


def resolve(statement: Statement, given: Given) -> Statement:
    """The statement with every side as a Formula."""
    if not isinstance(statement, (Equation, Relation, Implies, Exhibit, Limit, Derivation)):
        raise AuthorError(f"{statement!r} is no statement: return an Equation, Relation, ...")
    changed: dict[str, Any] = {}
    for name in statement.__match_args__:
        value = getattr(statement, name)
        if name == "objects":
            pairs = value.items() if isinstance(value, Mapping) else value
            changed["objects"] = tuple((name, as_formula(side, given)) for name, side in pairs)
        elif name == "relations":
            changed["relations"] = tuple(as_formula(side, given) for side in value)
        elif name == "links":
            changed["links"] = tuple(
                replace(link, rhs=as_formula(link.rhs, given)) for link in value
            )
        elif name not in _PROSE:
            changed[name] = as_formula(value, given)
    done = replace(statement, **changed)
    _require_conditions(done)
    return done


def _require_conditions(statement: Statement) -> None:
    match statement:
        case Relation(condition):
            sides: tuple[Side, ...] = (condition,)
        case Implies(premise, conclusion):
            sides = (premise, conclusion)
        case Exhibit(_, relations):
            sides = relations
        case _:
            return
    for side in sides:
        if not isinstance(side, Condition):
            raise AuthorError(f"{side!r} is no condition: write one with = < <= divides ~ and or")


def equation_of(condition: Formula) -> Equation:
    """The Equation that a text ``a = b`` asserts. Raises AuthorError for any other formula."""
    match condition:
        case Compare("=", lhs, rhs):
            return Equation(lhs, rhs)
    raise AuthorError("an equation has one = between two formulas")


def sides_of(statement: Statement) -> tuple[Side, ...]:
    """Every side that a statement holds, in the order of writing.

    >>> sides_of(Equation("a", "b"))
    ('a', 'b')
    """
    match statement:
        case Equation(lhs, rhs):
            return (lhs, rhs)
        case Relation(condition):
            return (condition,)
        case Implies(premise, conclusion):
            return (premise, conclusion)
        case Exhibit(objects, relations):
            return (*(side for _, side in objects), *relations)
        case Limit(expression, _, to, value):
            return (expression, to, value)
        case Derivation(start, links):
            return (start, *(link.rhs for link in links))
    assert_never(statement)
