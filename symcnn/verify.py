"""Text in, result out: the one entry that REPL, shell and grader use.

The package imports this file at once, so everything that it needs is imported inside the function.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symcnn.formula.domains import Given
    from symcnn.formula.nodes import Formula
    from symcnn.result import Result


def verify(
    formula: Any, against: Any = None, given: str | Mapping[str, Any] | Given | None = None
) -> Result:
    """Whether ``formula`` equals ``against``; without it, whether the statement ``formula`` holds.

    Both are text, a Formula, a number, or SymPy. ``given`` says what the names stand for and what
    is granted: ``"K: positive integer; S divides N - K"``. The answer is proved, refuted or
    undecided. Raises ParseError for text that cannot be read, AuthorError where one formula stands
    alone and states nothing.

    >>> verify("(K + 1)^2", against="K^2 + 2*K + 1").kind
    'proved'
    >>> verify("(K + 1)^2 = K^2 + 1").kind
    'refuted'
    """
    from symcnn.claims.statements import Equation, Relation, as_formula, sides_of
    from symcnn.errors import AuthorError
    from symcnn.formula.conditions import Compare, Condition
    from symcnn.formula.domains import Given
    from symcnn.formula.traverse import free_names
    from symcnn.prover import decide
    from symcnn.reading import read_given
    from symcnn.result import Result

    granted = given if isinstance(given, Given) else read_given(given) if given else Given()
    left = as_formula(formula, granted)
    statement: Equation | Relation
    if against is not None:
        right = as_formula(against, granted)
        if isinstance(left, Condition) or isinstance(right, Condition):
            raise AuthorError(
                "an equation is not compared with another: give one formula on each side, or leave "
                "out the second (--against)"
            )
        statement = Equation(left, right)
    elif isinstance(left, Compare) and left.op == "=":
        statement = Equation(left.lhs, left.rhs)
    elif isinstance(left, Condition):
        statement = Relation(left)
    else:
        raise AuthorError(
            "one formula states nothing: write an equation a = b, or the right one with --against"
        )
    sides = sides_of(statement)
    names = tuple(dict.fromkeys(name for side in sides for name in free_names(side)))
    verdict = decide(statement, granted)
    return Result(verdict, statement, _completed(granted, names, sides), names)


def _completed(given: Given, names: tuple[str, ...], sides: tuple[Formula, ...]) -> Given:
    """``given`` with the domain that a name has when nobody says one, as it was decided."""
    from symcnn.formula.domains import Domain, Given
    from symcnn.formula.nodes import Index, Unknown
    from symcnn.formula.traverse import walk
    from symcnn.prover.domains import integer_names

    whole = integer_names(*sides, *given.relations)
    nodes = [node for side in sides for node in walk(side)]
    indices = {node.name: len(node.indices) for node in nodes if isinstance(node, Index)}
    functions = {node.name for node in nodes if isinstance(node, Unknown)}
    silent = [name for name in names if given.domain(name) is None]
    domains = tuple(
        (name, Domain("function", declared=False))
        if name in functions
        else (
            name,
            Domain(
                "integer" if name in whole else "real", indices=indices.get(name, 0), declared=False
            ),
        )
        for name in silent
    )
    return Given((*given.domains, *domains), given.relations)
