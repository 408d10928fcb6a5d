"""Assumptions: which facts of a SymPy symbol are justified by what is given about its name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.formula.traverse import free_names

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!=", "=": "="}
# The order in which an unjustified fact is reported: the strongest word first.
_SPOKEN = (
    "prime", "composite", "even", "odd", "integer", "rational", "irrational", "positive",
    "negative", "nonnegative", "nonpositive", "zero", "nonzero", "real",
)  # fmt: skip
_UNDECLARED = Domain(declared=False)


def assumptions_of(name: str, given: Given) -> dict[str, bool]:
    """What SymPy may assume of a declared name: integer or real, sign, nonzero. {} if undeclared.

    >>> assumptions_of("K", Given((("K", Domain("integer", low=Rational(1))),)))
    {'integer': True, 'positive': True}
    """
    domain = given.domain(name)
    return {} if domain is None or domain.kind == "matrix" else _facts(name, domain, given)


def justified(name: str, given: Given) -> dict[str, bool]:
    """The same, where a name about which nothing was said is real."""
    return _facts(name, given.domain(name) or _UNDECLARED, given)


def _facts(name: str, domain: Domain, given: Given) -> dict[str, bool]:
    if domain.kind not in ("integer", "real"):
        return {}
    whole = domain.kind == "integer"
    lows = [(_constant(domain.low), domain.low_open)]
    highs = [(_constant(domain.high), domain.high_open)]
    nonzero = domain.nonzero
    for relation in given.relations:
        op, value = _simple(relation, name)
        if op in (">", ">=", "="):
            lows.append((value, op == ">"))
        if op in ("<", "<=", "="):
            highs.append((value, op == "<"))
        nonzero = nonzero or (op == "!=" and value == 0)
    facts = {"integer" if whole else "real": True}
    for word, at_most, ends, sign in (
        ("positive", "nonnegative", lows, 1),
        ("negative", "nonpositive", highs, -1),
    ):
        sizes = [_inner(sign * end, is_open, whole) for end, is_open in ends if end is not None]
        if any(end > 0 or (end == 0 and is_open) for end, is_open in sizes):
            facts[word] = True
        elif any(end == 0 for end, _ in sizes):
            facts[at_most] = True
    if nonzero:
        facts["nonzero"] = True
    return facts


def _inner(end: Fraction, is_open: bool, whole: bool) -> tuple[Fraction, bool]:
    """The lower end of the integers, where there are only integers."""
    if not whole:
        return end, is_open
    return Fraction(math.floor(end) + 1 if is_open else math.ceil(end)), False


def _constant(bound: Formula | None) -> Fraction | None:
    if isinstance(bound, Rational):
        return bound.value
    if bound is None or free_names(bound):
        return None
    from symcnn.formula.meaning import evaluate

    value = evaluate(bound, {})
    return value if isinstance(value, Fraction) else None


def _simple(relation: Formula, name: str) -> tuple[str, Fraction | None]:
    """``name op constant``, read from either side; ("", None) for any other relation."""
    if isinstance(relation, Compare) and relation.op in _MIRROR:
        for op, mine, other in (
            (relation.op, relation.lhs, relation.rhs),
            (_MIRROR[relation.op], relation.rhs, relation.lhs),
        ):
            if mine == Symbol(name) and not free_names(other):
                return op, _constant(other)
    return "", None


def facts_of(symbol: Any) -> dict[str, bool]:
    """Everything that SymPy takes for granted about a symbol, closed under its own rules."""
    facts: Mapping[str, bool] = symbol.assumptions0
    return {word: facts[word] for word in sorted(facts) if word != "commutative"}


def assumed(sympy: Any, name: str, facts: Mapping[str, bool]) -> Any:
    """The symbol with these assumptions; AuthorError when they contradict each other."""
    try:
        return sympy.Symbol(name, **facts)
    except sympy.core.facts.InconsistentAssumptions as error:
        raise AuthorError(f"{name}: what is given contradicts itself") from error


def refuse_unjustified(sympy: Any, symbol: Any, known: Mapping[str, bool]) -> None:
    """AuthorError when the symbol assumes more than ``known`` implies."""
    facts, allowed = facts_of(symbol), facts_of(assumed(sympy, symbol.name, known))
    missing = [word for word, value in facts.items() if allowed.get(word) != value]
    if missing:
        spoken = [word for word in _SPOKEN if word in missing and facts[word]]
        word = spoken[0] if spoken else missing[0]
        raise AuthorError(
            f"SymPy's symbol {symbol.name} is assumed to be {'' if facts[word] else 'not '}{word},"
            " which is not given: say so in given, or make the symbol without the assumption"
        )
