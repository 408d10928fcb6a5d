"""A rung: members of a family with support carry the bracket of their support.

Outside of its support a member is 0, and so is the product with a false bracket; inside the bracket
is 1. The bracket calculus then sees where sums may end.
"""

from __future__ import annotations

from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Formula, Index, Mul
from symcnn.formula.traverse import bound_variables, free_names, transform, walk
from symcnn.prover.domains import Facts
from symcnn.prover.proof import Notes, Proof, Question
from symcnn.prover.rewritten_sums import by_brackets


def supports(question: Question, notes: Notes) -> Proof | None:
    """The bracket rung after every member has got the bracket of its support."""
    facts = question.facts
    if not any(domain.support for domain in facts.domains.values()):
        return None
    sides = (question.lhs, question.rhs)
    if any(_captured(side, facts) for side in sides):
        notes.add("supports", "a bound variable has the name of an end of a support")
        return None
    after = (within_supports(sides[0], facts), within_supports(sides[1], facts))
    reason = "with the brackets of all supports the sums still differ"
    return by_brackets("supports", question, sides, after, notes, reason)


def within_supports(f: Formula, facts: Facts) -> Formula:
    """The formula with ``x[e]*[low <= e]*[e <= high]`` for every member ``x[e]``.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Rational, Symbol
    >>> x = Domain("real", indices=1, support=((Rational(0), Rational(3)),))
    >>> from symcnn.formula.plain import plain
    >>> plain(within_supports(Index("x", (Symbol("k"),)), Facts(Given((("x", x),)))))
    'x[k]*Bracket(0 <= k)*Bracket(k <= 3)'
    """

    def change(node: Formula) -> Formula:
        if not isinstance(node, Index):
            return node
        support = _support(node, facts)
        brackets: list[Formula] = []
        for place, (low, high) in zip(node.indices, support, strict=False):
            brackets += [Bracket(Compare("<=", low, place)), Bracket(Compare("<=", place, high))]
        return Mul((node, *brackets)) if brackets else node

    return transform(f, change)


def _support(node: Index, facts: Facts) -> tuple[tuple[Formula, Formula], ...]:
    domain = facts.domains.get(node.name)
    return () if domain is None else domain.support or ()


def _captured(f: Formula, facts: Facts) -> bool:
    """A variable that is bound somewhere stands in the ends of a support."""
    bound = {name for node in walk(f) for name in bound_variables(node)}
    return any(
        name in bound
        for node in walk(f)
        if isinstance(node, Index)
        for ends in _support(node, facts)
        for end in ends
        for name in free_names(end)
    )
