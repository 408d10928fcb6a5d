"""The ladder: rungs for "equal wherever both are defined", read from top to bottom.

Each rung is exact: it proves or says why it cannot. Refuting is not done here but by evaluation.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from symcnn.claims.certificate import Certificate
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Bracket, Cases, Condition
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import walk
from symcnn.prover.brackets import sums_premises
from symcnn.prover.domains import Facts
from symcnn.prover.identities import certified, over_symbols
from symcnn.prover.induction import induction
from symcnn.prover.piecewise import split_premises
from symcnn.prover.products import products
from symcnn.prover.proof import Notes, Proof, Question, leaf
from symcnn.prover.quotients import quotients
from symcnn.prover.rational import Stopped, ring_difference
from symcnn.prover.residues import residue_premises
from symcnn.prover.solved import solved
from symcnn.prover.supports import supports

# Their normal forms depend on which atoms are met first.
_ORDERED = ("floor", "ceil", "mod", "sqrt", "root", "exp", "log")

Rung = Callable[[Question, Notes], Proof | None]


def as_written(question: Question, notes: Notes) -> Proof | None:
    """Both sides are the same formula."""
    del notes
    if question.lhs != question.rhs:
        return None
    return Proof("as written", lambda: _as_written(question.goal))


def _as_written(goal: str) -> Certificate:
    return leaf("as written", goal, "equal text", goal)


def normal_form(question: Question, notes: Notes) -> Proof | None:
    """The difference is the zero polynomial over its atoms."""
    return _by_polynomial(question.lhs, question.rhs, question, notes)


def literal(question: Question, notes: Notes) -> Proof | None:
    """The same after literal sums, brackets and arithmetic are carried out."""
    if not any(_foldable(side, question.facts) for side in (question.lhs, question.rhs)):
        return None
    lhs, rhs = question.unrolled()
    if _scopes(lhs) == _scopes(question.lhs) and _scopes(rhs) == _scopes(question.rhs):
        return None
    found = _by_polynomial(lhs, rhs, question, notes)
    if found is None:
        return None
    return found.within("literal arithmetic", question, method="literal arithmetic")


def _foldable(side: Formula, facts: Facts) -> bool:
    """There is more than arithmetic in it, which the normal form does as well."""
    return not facts.look(side).heads.isdisjoint(("Sum", "Product", "Bracket", "Cases"))


def _scopes(side: Formula) -> int:
    """How many sums, products, brackets, cases and conditions there are."""
    kinds = (Binder, Bracket, Cases, Condition)
    return sum(isinstance(node, kinds) for node in walk(side))


def _by_polynomial(lhs: Formula, rhs: Formula, question: Question, notes: Notes) -> Proof | None:
    found = None if "flint" in sys.modules else over_symbols(lhs, rhs)
    if found is not None:
        return Proof("rational normal form", found)
    ordered = not question.facts.look(lhs).heads.isdisjoint(_ORDERED)
    for first, second in ((lhs, rhs), (rhs, lhs)) if ordered else ((lhs, rhs),):
        try:
            numerator, ring, _ = ring_difference(first, second, question.facts)
        except Stopped as stopped:
            notes.add("rational normal form", str(stopped))
            return None
        if not numerator:
            return Proof("rational normal form", partial(certified, lhs, rhs, ring))
    notes.add("rational normal form", "the numerator of the difference is not 0")
    return None


def brackets(question: Question, notes: Notes) -> Proof | None:
    """The difference vanishes term by term, over generic members and cell by cell."""
    lhs, rhs = question.unrolled()
    found = sums_premises(lhs, rhs, question.facts)
    if found is None:
        notes.add("brackets", "some region of the difference is not shown to be empty or 0")
        return None
    return Proof("brackets", lambda: Certificate("brackets", question.goal, found()))


def constants_outside(question: Question, notes: Notes) -> Proof | None:
    """The normal form after constants have left the sums and sums of powers are closed."""
    if all("Sum" not in question.facts.look(side).heads for side in (question.lhs, question.rhs)):
        return None
    lhs, rhs = question.outside()
    if lhs == question.lhs and rhs == question.rhs:
        return None
    found = _by_polynomial(lhs, rhs, question, notes)
    if found is None:
        return None
    return found.within("constants outside", question, method="sums with constants outside")


def pieces(question: Question, notes: Notes) -> Proof | None:
    """Equal in every part of the domain that the signs of some subterms tell apart."""
    lhs, rhs = question.outside()
    found = split_premises(Question(lhs, rhs, question.facts))
    if found is None:
        notes.add("signs", "nothing to split by, too many parts, or a part is not proved")
        return None
    return Proof("signs", lambda: Certificate("cases", question.goal, found()))


def residues(question: Question, notes: Notes) -> Proof | None:
    """The same for every residue of the integers under floors."""
    found = residue_premises(question)
    if found is None:
        notes.add("residues", "no literal divisors under floors, too many, or a residue differs")
        return None
    return Proof("residues", lambda: Certificate("residues", question.goal, found))


def granted(question: Question, notes: Notes) -> Proof | None:
    """The quick rungs once names that assumptions determine are replaced."""
    other = solved(question)
    found = None if other is None else climb(other, QUICK, notes)
    return None if found is None else found.within("solved", question)


def assumed(question: Question, notes: Notes) -> Proof | None:
    """Names that assumptions determine are replaced, and the other rungs are asked again."""
    other = solved(question)
    if other is None:
        return None
    found = climb(other, (*QUICK, *SLOW[:-1]), notes)
    return None if found is None else found.within("solved", question)


QUICK: tuple[Rung, ...] = (as_written, normal_form, literal)
PULLING: tuple[Rung, ...] = (constants_outside, granted)
SPLITTING: tuple[Rung, ...] = (residues, pieces)
SUMMING: tuple[Rung, ...] = (brackets, quotients, supports, products, induction, assumed)
SLOW: tuple[Rung, ...] = (constants_outside, *SPLITTING, *SUMMING)


def climb(question: Question, rungs: tuple[Rung, ...], notes: Notes) -> Proof | None:
    """The proof of the first rung that finds one.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> from symcnn.prover.domains import Facts
    >>> K = Symbol("K")
    >>> climb(Question(K + K, 2 * K, Facts(Given(), (K,))), QUICK, Notes()).method
    'rational normal form'
    """
    for rung in rungs:
        found = rung(question, notes)
        if found is not None:
            return found
    return None
