"""Obligations computed again from their text alone, by another route than the ladder's.

An obligation that cannot be read, or that this route does not reach, is not replayed; nothing here
proves anything new, and nothing is true because it was said.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate, Obligation
from symcnn.errors import ParseError
from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.domains import Domain, Given
from symcnn.formula.meaning import holds
from symcnn.formula.nodes import Formula, Index, Pow, Rational, Symbol
from symcnn.formula.polynomials import TooLarge
from symcnn.formula.values import Unevaluable
from symcnn.prover.approaching import tends
from symcnn.prover.domains import Facts
from symcnn.prover.expansion import Expansion, TooLong
from symcnn.prover.laws import lawful
from symcnn.prover.smt import negation, satisfiable
from symcnn.prover.smt_script import Untranslated
from symcnn.prover.written import written
from symcnn.prover.written_points import items

Z3_RLIMIT = 20_000_000
# Steps that the solver may look at where no law is recognised: signs, floors and roots.
SIGNED = ("absolute values", "integer parts", "roots")
_SIGNS = {"positive": ">", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}


def replayed(obligation: Obligation) -> bool:
    """The obligation, computed again, holds. False for texts that say nothing computable.

    >>> replayed(Obligation("polynomial identity", "(x + 1)^2 = x^2 + 2*x + 1 over x"))
    True
    >>> replayed(Obligation("enumeration", "3 < 2"))
    False
    """
    try:
        match obligation.kind:
            case "polynomial identity":
                return _identity(obligation.text)
            case "law":
                return _law(obligation.text)
            case "enumeration":
                return holds(_condition(obligation.text), {}) is True
            case "equal text":
                return _equal(obligation.text)
            case "limit":
                return _limit(obligation.text)
            case "smt-lib":
                return unsatisfiable(obligation.text)
    except (ParseError, TooLong, TooLarge, Unevaluable, Untranslated, ValueError, KeyError):
        return False
    return False


def leaves(certificate: Certificate) -> list[Certificate]:
    """Every node that rests on an obligation, or on nothing at all, in the order of the tree."""
    found = [certificate] if certificate.obligation or not certificate.premises else []
    for premise in certificate.premises:
        found += leaves(premise)
    return found


def _condition(text: str) -> Formula:
    found = written(text)
    if not isinstance(found, Condition):
        raise ValueError(text)
    return found


def _identity(text: str) -> bool:
    """``lhs = rhs over atom; ... modulo atom^degree = value; ...``."""
    body, _, tail = text.rpartition(" over ")
    _, _, modulo = tail.partition(" modulo ")
    equation = _condition(body)
    if not isinstance(equation, Compare) or equation.op != "=":
        return False
    relations = []
    for part in modulo.split("; ") if modulo else ():
        relation = _condition(part)
        match relation:
            case Compare("=", Pow(atom, Rational(value=degree)), value) if degree > 1:
                relations.append((atom, int(degree), value))
            case _:
                return False
    return Expansion(tuple(relations)).identical(equation.lhs, equation.rhs)


def _law(text: str) -> bool:
    """``name: lhs = rhs`` and, after `` with ``, what is granted: ``sort term; term``."""
    name, _, rest = text.partition(": ")
    body, _, tail = rest.partition(" with ")
    equation = _condition(body)
    if not isinstance(equation, Compare) or equation.op != "=":
        return False
    granted = _granted(tail)
    if lawful(name, equation.lhs, equation.rhs, granted):
        return True
    return name in SIGNED and _by_solver(equation, granted)


def _granted(text: str) -> dict[str, list[Formula]]:
    """``sort term; term, sort term``."""
    granted: dict[str, list[Formula]] = {}
    for part in items(text):
        sort, _, terms = part.partition(" ")
        granted[sort] = [written(term) for term in terms.split("; ")]
    return granted


def _limit(text: str) -> bool:
    """``f -> value as name -> place`` and, after `` with ``, what is granted."""
    body, _, tail = text.partition(" with ")
    head, _, place = body.rpartition(" as ")
    name, _, to = place.partition(" -> ")
    f, _, value = head.partition(" -> ")
    return tends(written(f), name, written(to), written(value), _granted(tail))


def _by_solver(equation: Compare, granted: dict[str, list[Formula]]) -> bool:
    """z3 finds no point at which what is granted holds and both sides differ."""
    whole: dict[str, Domain] = {}
    relations: list[Formula] = []
    for sort, terms in granted.items():
        for term in terms:
            if sort != "integer":
                relations.append(Compare(_SIGNS[sort], term, Rational(0)))
            elif isinstance(term, Symbol):
                whole[term.name] = Domain("integer")
            elif isinstance(term, Index):
                whole[term.name] = Domain("integer", indices=len(term.indices))
    facts = Facts(Given(tuple(whole.items()), tuple(relations)), (equation,))
    return unsatisfiable(negation(equation, facts))


def _equal(text: str) -> bool:
    """Both sides are one formula; a condition stands for its own assumption."""
    found = _condition(text)
    return isinstance(found, Compare) and found.op == "=" and found.lhs == found.rhs


def unsatisfiable(text: str) -> bool:
    """z3 finds no model of the assertions, in a context of its own and within a fixed effort."""
    return "(assert" in text and satisfiable(text, Z3_RLIMIT) == "unsat"
