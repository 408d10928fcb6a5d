"""A rung: members at an exact quotient, under a bracket that says that it is exact.

Where d is not 0, ``[d divides e]*g[e/d]`` is ``Sum([e = d*i]*g[i], i)``: at most one integer i
satisfies the equation, and one does exactly where d divides e. A divisor that a binder varies is
left alone. The bracket calculus goes on from there.
"""

from __future__ import annotations

from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Formula, Index, Mul, Symbol
from symcnn.formula.traverse import bound_variables, free_names, fresh, transform, walk
from symcnn.prover.domains import Facts
from symcnn.prover.expansion import TooLong, identical
from symcnn.prover.proof import Notes, Proof, Question
from symcnn.prover.rewritten_sums import by_brackets


def quotients(question: Question, notes: Notes) -> Proof | None:
    """The bracket rung after exact quotients have become indices of sums."""
    facts = question.facts
    sides = question.unrolled()
    after = (with_indices(sides[0], facts), with_indices(sides[1], facts))
    reason = "with an index for each quotient the sums still differ"
    return by_brackets("quotients", question, sides, after, notes, reason)


def with_indices(f: Formula, facts: Facts) -> Formula:
    """The formula with a sum over a new index in place of each exact quotient.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Rational
    >>> from symcnn.formula.plain import plain
    >>> S, m = Symbol("S"), Symbol("m")
    >>> whole = (("S", Domain("integer", Rational(1))), ("m", Domain("integer")))
    >>> exact = Bracket(Compare("divides", S, m)) * Index("g", (m / S,))
    >>> plain(with_indices(exact, Facts(Given(whole))))
    'Sum(Bracket(m = S*q)*g[q], q)'
    """
    bound = frozenset(name for node in walk(f) for name in bound_variables(node))
    taken = {*free_names(f), *bound, *facts.domains}

    def change(node: Formula) -> Formula:
        if not isinstance(node, Mul):
            return node
        for position, arg in enumerate(node.args):
            match arg:
                case Bracket(Compare("divides", divisor, number)):
                    if bound.intersection(free_names(divisor)) or not facts.is_nonzero(divisor):
                        continue
                    index = fresh("q", frozenset(taken))
                    changed = _indexed(node, position, divisor, number, index)
                    if changed is not None:
                        taken.add(index)
                        return changed
        return node

    return transform(f, change)


def _indexed(
    node: Mul, position: int, divisor: Formula, number: Formula, index: str
) -> Formula | None:
    """The product with the index for ``number/divisor``; None where it is not written in it."""
    others = [arg for k, arg in enumerate(node.args) if k != position]
    if any(bound_variables(each) for arg in others for each in walk(arg)):
        return None

    def put(inner: Formula) -> Formula:
        if not isinstance(inner, Index):
            return inner
        return Index(inner.name, tuple(map(quotient, inner.indices)))

    def quotient(argument: Formula) -> Formula:
        try:
            exact = argument != number and identical(argument * divisor, number)
        except TooLong:
            return argument
        return Symbol(index) if exact else argument

    after = [transform(arg, put) for arg in others]
    if after == others:
        return None
    equation = Bracket(Compare("=", number, divisor * Symbol(index)))
    return Sum(Mul((equation, *after)), index)
