"""The statement of a claim as lines of a display, with letters for what is long and repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from symcnn.claims.statements import (
    Derivation,
    Equation,
    Exhibit,
    Implies,
    Limit,
    Relation,
    Statement,
    sides_of,
)
from symcnn.formula.arrays import Table
from symcnn.formula.conditions import And, Compare
from symcnn.formula.latex import latex
from symcnn.formula.latex_words import Words, name_latex
from symcnn.formula.nodes import Formula, Mul, Pow
from symcnn.formula.plain import is_inverse
from symcnn.sheet.abbreviate import abbreviated
from symcnn.sheet.display import LINE, Line
from symcnn.sheet.prose import Paragraph
from symcnn.sheet.width import width

_SIGNS = {
    "=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge",
    "divides": r"\mid", "~": r"\approx",
}  # fmt: skip
_READABLE = 1.2 * LINE
_STACKED = 2
_LEAST = 5.0
_LEAST_FRACTION = 3.0


def shown_lines(
    statement: Statement,
    words: Words,
    reasons: Sequence[Paragraph] = (),
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a statement, and what the letters in it stand for (mostly nothing).

    Letters stand for what is repeated where a side would be far too long, and for fractions that
    are repeated inside two others. ``reasons[k]`` stands beside step k of a derivation.
    """

    def wide(each: Formula) -> float:
        return width(latex(each, words))

    def fits(formulas: Sequence[Formula]) -> bool:
        return all(wide(each) <= _READABLE for each in formulas)

    def readable(formulas: Sequence[Formula]) -> bool:
        return fits(formulas) and all(stacked(each) <= _STACKED for each in formulas)

    sides = sides_of(statement)
    if readable(sides):
        return statement_lines(statement, words, reasons), ()
    long = not fits(sides)

    def worth(each: Formula) -> float:
        return wide(each) if long or stacked(each) else 0.0

    short, letters = abbreviated(sides, worth, readable, _LEAST if long else _LEAST_FRACTION)
    return (
        statement_lines(with_formulas(statement, short), words, reasons),
        tuple(Line(name, "=", latex(meant, words)) for name, meant in letters),
    )


def stacked(formula: Formula) -> int:
    """How many fractions are written one inside the other; an array written out counts as one.

    >>> from symcnn.formula.nodes import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> stacked(x + y), stacked(x / y), stacked((x / y + 1) / y)
    (0, 1, 2)
    """
    children = formula.children()
    below = [_under(each) for each in children] if isinstance(formula, Mul) else []
    if any(each is not None for each in below):
        pairs = zip(below, children, strict=True)
        return 1 + max(stacked(each if under is None else under) for under, each in pairs)
    deepest = max(map(stacked, children), default=0)
    small = _under(formula) is not None or (isinstance(formula, Table) and deepest > 0)
    return deepest + small


def _under(formula: Formula) -> Formula | None:
    """What stands under the bar where the formula is ``1/x``."""
    return formula.base if isinstance(formula, Pow) and is_inverse(formula) else None


def statement_lines(
    statement: Statement, words: Words, reasons: Sequence[Paragraph] = ()
) -> tuple[Line, ...]:
    """The statement as lines of a display; ``reasons[k]`` stands beside step k of a derivation."""
    match statement:
        case Equation(lhs, rhs):
            return (Line(latex(lhs, words), "=", latex(rhs, words)),)
        case Relation(condition):
            return _condition(condition, words)
        case Implies(premise, conclusion):
            return (Line(latex(premise, words), r"\implies", latex(conclusion, words)),)
        case Exhibit(objects, relations):
            named = [Line(name_latex(name), "=", latex(side, words)) for name, side in objects]
            return (*named, *(line for each in relations for line in _condition(each, words)))
        case Limit(expression, variable, to, value):
            sign = rf"\lim_{{{name_latex(variable)} \to {latex(to, words)}}}"
            return (Line(f"{sign} {latex(expression, words)}", "=", latex(value, words)),)
        case Derivation(start, links):
            lines = [Line(latex(start, words))] if not links else []
            for position, link in enumerate(links):
                left = "" if position else latex(start, words)
                why = reasons[position] if position < len(reasons) else ()
                lines.append(Line(left, _SIGNS[link.relation], latex(link.rhs, words), why))
            return tuple(lines)
        case _:
            assert_never(statement)


def _condition(condition: Formula, words: Words) -> tuple[Line, ...]:
    match condition:
        case Compare(op, lhs, rhs):
            return (Line(latex(lhs, words), _SIGNS[op], latex(rhs, words)),)
        case And(args):
            return tuple(line for each in args for line in _condition(each, words))
        case _:
            return (Line(latex(condition, words)),)


def with_formulas(statement: Statement, formulas: Sequence[Formula]) -> Statement:
    """The statement over other formulas, as many as `sides_of` gives."""
    match statement:
        case Equation():
            return Equation(*formulas)
        case Relation():
            return Relation(*formulas)
        case Implies():
            return Implies(*formulas)
        case Exhibit(objects, _):
            named = tuple((name, side) for (name, _), side in zip(objects, formulas, strict=False))
            return Exhibit(named, tuple(formulas[len(objects) :]))
        case Limit(_, variable, _, _):
            return Limit(formulas[0], variable, formulas[1], formulas[2])
        case Derivation(_, links):
            changed = zip(links, formulas[1:], strict=True)
            return Derivation(formulas[0], tuple(replace(k, rhs=f) for k, f in changed))
        case _:
            assert_never(statement)
