"""Answers that are a calculation, ``5*5*3 = 25*3 = 75``: the last side is the answer.

It is marked where all its sides are worth the same. Nothing here knows points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symcnn.claims.statements import Equation, Relation
from symcnn.errors import AuthorError
from symcnn.formula.conditions import And, Compare
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Index, Symbol
from symcnn.formula.traverse import free_names
from symcnn.grader.marking.reading import Answer, Names
from symcnn.prover import settle

MOST = 12  # sides


def calculated(answer: Answer, names: Names) -> Answer:
    """The answer with the last side as its formula and all sides as its steps.

    A name before the first sign that nobody declared and nothing uses names the answer.

    >>> from symcnn.reading import read
    >>> found = calculated(Answer((read("y = 5*5*3 = 75").formula,)), Names(Given(), {}))
    >>> found.formulas, len(found.steps), found.named
    ((Rational(75),), 2, 'y')
    """
    if len(answer.formulas) != 1:
        return answer
    sides = _sides(answer.formulas[0])
    named = answer.named
    if len(sides) > 2 and not named:
        match sides[0]:
            case Symbol(name) | Index(name, _):
                used = any(name in free_names(each) for each in sides[1:])
                if names.naming.domain(name) is None and not used:
                    named, sides = name, sides[1:]
    if not 2 <= len(sides) <= MOST:
        return answer
    return answer._replace(formulas=(sides[-1],), named=named, steps=sides)


def _sides(formula: Formula) -> tuple[Formula, ...]:
    """The sides of a chain of equalities, nothing where the formula is none."""
    links = formula.args if isinstance(formula, And) else (formula,)
    sides: list[Formula] = []
    for each in links:
        if not isinstance(each, Compare) or each.op not in ("=", "~"):
            return ()
        if sides and sides[-1] != each.lhs:
            return ()
        sides += [each.rhs] if sides else [each.lhs, each.rhs]
    return tuple(sides)


def broken(sides: tuple[Formula, ...], given: Given) -> Iterator[tuple[Formula, Formula]]:
    """Neighbours that are not equal, not even as rounded numbers.

    >>> from symcnn.reading import read
    >>> sides = tuple(read(each).formula for each in ("2/3", "0.67", "0.7", "0.8"))
    >>> [right for _, right in broken(sides, Given())]
    [Rational(Fraction(4, 5), 1)]
    """
    for left, right in pairwise(sides):
        try:
            if settle(Equation(left, right), given).kind != "refuted":
                continue
            if settle(Relation(Compare("~", left, right)), given).kind == "proved":
                continue
        except AuthorError:
            continue
        yield left, right
