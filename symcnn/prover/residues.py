"""Floors of quotients by literals: the variables are split by their residues.

With ``x = m*t + r`` for every residue r of every variable under such a floor, the floors become
polynomials; the equation holds when it does for all residues.
"""

from __future__ import annotations

from itertools import product
from math import lcm

from symcnn.claims.certificate import Certificate
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Call, Formula, Rational, Symbol
from symcnn.formula.traverse import free_names, fresh, substitute, walk
from symcnn.prover.constraints import fraction_of
from symcnn.prover.domains import Facts, constant
from symcnn.prover.identities import identity
from symcnn.prover.proof import Question

CASES = 150


def modulus_of(f: Formula) -> int:
    """A number that every literal divisor under a floor, ceil or mod divides; 1 for none."""
    found = 1
    for node in walk(f):
        if isinstance(node, Call) and node.name in ("floor", "ceil"):
            found = lcm(found, _divisors(node.args[0]))
        elif isinstance(node, Call) and node.name == "mod":
            value = constant(node.args[1])
            if value is not None and value.denominator == 1 and value:
                found = lcm(found, abs(int(value)))
    return found


def _divisors(f: Formula) -> int:
    found = 1
    for node in walk(f):
        value = constant(fraction_of(node)[1])
        if value is not None and value.denominator == 1 and value:
            found = lcm(found, abs(int(value)))
    return found


def nested_modulus(f: Formula, depth: int = 0) -> int:
    """As `modulus_of`, with the divisors of nested floors multiplied."""
    if depth > 6:
        return 1
    found = 1
    for node in walk(f):
        if isinstance(node, Call) and node.name in ("floor", "ceil", "mod"):
            inner = 1
            for arg in node.args:
                inner = lcm(inner, nested_modulus(arg, depth + 1))
            own = modulus_of(Call(node.name, node.args))
            found = lcm(found, own * inner)
    return found


def residue_premises(question: Question) -> tuple[Certificate, ...] | None:
    """Equal for all residues of the integers under floors by literals: an identity for each."""
    both = (question.lhs, question.rhs)
    names: dict[str, None] = {}
    modulus = 1
    for f in both:
        modulus = lcm(modulus, nested_modulus(f))
        for node in walk(f):
            if isinstance(node, Call) and node.name in ("floor", "ceil", "mod"):
                names.update(dict.fromkeys(free_names(node)))
    whole = [name for name in names if question.facts.integer(Symbol(name))]
    if modulus == 1 or not whole or modulus ** len(whole) > CASES:
        return None
    taken = frozenset(question.facts.domains).union(*(free_names(f) for f in both))
    fresh_names: list[str] = []
    for name in whole:
        fresh_names.append(fresh(f"{name}_part", taken.union(fresh_names)))
    domains = (
        *((n, d) for n, d in question.facts.domains.items() if n not in whole),
        *((n, Domain("integer")) for n in fresh_names),
    )
    facts = Facts(Given(domains))
    premises = []
    for residues in product(range(modulus), repeat=len(whole)):
        values: dict[str, Formula] = {
            name: Rational(modulus) * Symbol(new) + residue
            for name, new, residue in zip(whole, fresh_names, residues, strict=True)
        }
        lhs, rhs = (substitute(f, values) for f in both)
        found = identity(lhs, rhs, facts)
        if found is None:
            return None
        premises.append(found)
    return tuple(premises)
