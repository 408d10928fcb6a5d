"""Statements, domains and verdicts as lines of plain text, as the shell and the REPL show them."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from symcnn.claims.statements import (
    Derivation,
    Equation,
    Exhibit,
    Implies,
    Limit,
    Relation,
    Statement,
)
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Verdict, Witness
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Rational
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.values import Family, PointValue, Polynomial


def statement_lines(statement: Statement) -> list[str]:
    """The statement as it is decided: one line, or one a link or relation.

    >>> from symcnn.formula.nodes import Symbol
    >>> statement_lines(Equation(Symbol("K") + 1, Symbol("N")))
    ['K + 1 = N']
    """
    match statement:
        case Equation(lhs, rhs):
            return [f"{plain(lhs)} = {plain(rhs)}"]
        case Relation(condition):
            return [plain(condition)]
        case Implies(premise, conclusion):
            return [f"if {plain(premise)} then {plain(conclusion)}"]
        case Exhibit(objects, relations):
            shown = [f"{name} := {plain(value)}" for name, value in objects]
            return [*shown, *(plain(relation) for relation in relations)]
        case Limit(expression, variable, to, value):
            return [f"{plain(expression)} -> {plain(value)} as {variable} -> {plain(to)}"]
        case Derivation(start, links):
            lines = [plain(start)]
            for link in links:
                how = f", by induction on {link.induction}" if link.induction else ""
                lines.append(f"  {link.relation} {plain(link.rhs)}    ({link.reason}{how})")
            return lines
    assert_never(statement)


def domain_text(domain: Domain) -> str:
    """A domain in the words in which it may be given.

    >>> domain_text(Domain("integer", low=Rational(1)))
    'positive integer'
    """
    kind = domain.kind
    if kind == "matrix" and domain.shape:
        shape = {1: "vector", 2: "matrix"}.get(len(domain.shape), "array")
        kind = f"{shape} " + " x ".join(plain(size) for size in domain.shape)
    words, bounds = [kind], ""
    low, high = domain.low, domain.high
    if low is not None and high is not None:
        left = "(" if domain.low_open else "["
        right = ")" if domain.high_open else "]"
        bounds = f" in {left}{plain(low)}, {plain(high)}{right}"
    elif low is not None:
        bounds = _one_sided(words, low, open_end=domain.low_open, integer=domain.kind == "integer")
    elif high is not None:
        bounds = f" {'<' if domain.high_open else '<='} {plain(high)}"
    if domain.nonzero:
        words.insert(0, "nonzero")
    if domain.indices:
        words.insert(0, "indexed" if domain.indices == 1 else f"indexed by {domain.indices}")
    text = " ".join(words) + bounds
    if domain.support is not None:
        spans = " x ".join(f"{plain(first)}..{plain(last)}" for first, last in domain.support)
        text += f" support {spans}"
    return text


def _one_sided(words: list[str], low: Formula, *, open_end: bool, integer: bool) -> str:
    zero, one = low == Rational(0), low == Rational(1)
    if (zero and open_end) or (one and integer and not open_end):
        words.insert(0, "positive")
    elif zero:
        words.insert(0, "nonnegative")
    else:
        return f" {'>' if open_end else '>='} {plain(low)}"
    return ""


def given_lines(given: Given, names: tuple[str, ...] | None = None) -> list[str]:
    """``names: domain`` for the names (None: all that have one), then the relations.

    >>> whole = Domain("integer")
    >>> given_lines(Given((("K", whole), ("x", Domain()), ("N", whole))))
    ['K, N: integer', 'x: real']
    """
    wanted = [name for name, _ in given.domains] if names is None else names
    alike: dict[str, list[str]] = {}
    for name in wanted:
        domain = given.domain(name)
        if domain is not None:
            alike.setdefault(domain_text(domain), []).append(name)
    lines = [f"{', '.join(each)}: {domain}" for domain, each in alike.items()]
    return [*lines, *(plain(relation) for relation in given.relations)]


def conditions_text(conditions: tuple[Formula, ...]) -> str:
    """Conditions that hold together, with ``;`` between them."""
    return "; ".join(plain(condition) for condition in conditions)


def witness_text(witness: Witness) -> str:
    """The point, and what both sides are worth there."""
    point = ", ".join(_place(name, value) for name, value in witness.values)
    text = f"at {point}" if point else ""
    if witness.lhs is not None and witness.rhs is not None:
        sides = f"left {plain_value(witness.lhs)}, right {plain_value(witness.rhs)}"
        text = f"{text}: {sides}" if text else sides
    return text


def _place(name: str, value: PointValue) -> str:
    """One name at a point; neighbours of equal worth in a family are said together.

    >>> _place("w", Family({(0,): Fraction(1), (1,): Fraction(1), (4,): Fraction(2)}))
    'w[0..1] = 1, w[4] = 2, w = 0 elsewhere'
    """
    match value:
        case Polynomial():
            return f"{name}(t) = {plain_value(value)}"
        case Family(members, otherwise):
            runs: list[tuple[tuple[int, ...], int, Fraction]] = []
            for place in sorted(members):
                worth = members[place]
                if runs and ((*runs[-1][0][:-1], runs[-1][1] + 1), runs[-1][2]) == (place, worth):
                    runs[-1] = (runs[-1][0], place[-1], worth)
                else:
                    runs.append((place, place[-1], worth))
            said = [f"{name}[{_run(first, last)}] = {plain_value(x)}" for first, last, x in runs]
            return ", ".join([*said, f"{name} = {plain_value(otherwise)} elsewhere"])
        case _:
            return f"{name} = {plain_value(value)}"


def _run(first: tuple[int, ...], last: int) -> str:
    end = str(last) if first[-1] == last else f"{first[-1]}..{last}"
    return ", ".join([*map(str, first[:-1]), end])


def verdict_lines(verdict: Verdict) -> list[str]:
    """The kind first, then the evidence."""
    match verdict:
        case Proved(method, _, domain):
            lines = [f"proved by {method}"]
            return lines if domain is None else [*lines, f"where {plain(domain)}"]
        case HoldsUnder(assumptions, method, _, counterexample, domain):
            lines = [f"holds under {conditions_text(assumptions)}, by {method}"]
            if domain is not None:
                lines.append(f"where {plain(domain)}")
            if counterexample is None:
                return [*lines, "the assumptions are sufficient; no counterexample outside them"]
            return [*lines, f"false without them {witness_text(counterexample)}"]
        case Refuted(witness, holds_when, message, link):
            head = "refuted" if link is None else f"refuted in step {link + 1}"
            lines = [" ".join((head, witness_text(witness))).rstrip()]
            lines += [message] if message else []
            return [*lines, *(f"holds when {conditions_text(each)}" for each in holds_when)]
        case Undecided(reason, tried, would_help):
            lines = [f"undecided: {reason}"]
            lines += [f"tried: {', '.join(tried)}"] if tried else []
            return [*lines, f"would help: {would_help}"] if would_help else lines
    assert_never(verdict)
