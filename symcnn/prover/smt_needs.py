"""What a formula needs in order to be defined, shown by z3 where nothing else shows it."""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Cases, Compare, Or
from symcnn.formula.nodes import Call, Formula
from symcnn.formula.plain import plain
from symcnn.prover.definedness import Need
from symcnn.prover.domains import Facts
from symcnn.prover.proof import leaf
from symcnn.prover.smt import negation, satisfiable
from symcnn.prover.smt_script import Untranslated

UNITS = 500_000
_SIGNS = {"nonzero": "!=", "nonnegative": ">=", "positive": ">"}


def shown_needs(
    needs: Iterable[tuple[Need, Facts]], reference: Formula | None = None
) -> tuple[Certificate, ...] | Need:
    """A proof for each need, wherever the reference is defined; or the first that is not shown.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> from symcnn.prover.definedness import needs_of
    >>> x = Symbol("x")
    >>> needs = needs_of(1 / (x**2 + x + 1), Facts(Given(), (x,)))
    >>> shown_needs(needs.items())[0].goal
    'x^2 + x + 1 != 0'
    """
    found = []
    for need, facts in needs:
        condition = _condition(need)
        certificate = None if condition is None else _shown(condition, need, facts, reference)
        if certificate is None:
            return need
        found.append(certificate)
    return tuple(found)


def _condition(need: Need) -> Formula | None:
    part = need.part
    if need.kind in _SIGNS:
        return Compare(_SIGNS[need.kind], part, 0)
    if need.kind == "integer":
        return Compare("=", part, Call("floor", (part,)))
    if isinstance(part, Cases):
        conditions = tuple(condition for _, condition in part.branches)
        return Or(conditions) if len(conditions) > 1 else conditions[0]
    return None


def _shown(
    condition: Formula, need: Need, facts: Facts, reference: Formula | None
) -> Certificate | None:
    """A bound variable may have the name of one in the reference, which then says nothing."""
    within = None if need.bound else reference
    try:
        text = negation(condition, facts, within)
    except Untranslated:
        return None
    if satisfiable(text, UNITS) != "unsat":
        return None
    return leaf("unsatisfiable negation", plain(condition), "smt-lib", text)
