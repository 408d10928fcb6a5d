"""One question of type formula, number or matrix, made ready: names, key, conventions, slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symcnn.claims.statements import Relation
from symcnn.errors import AuthorError, SymcnnError
from symcnn.formula.conditions import Condition, Not
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import free_names, substitute
from symcnn.grader.assignment import Assignment, Convention, Question
from symcnn.grader.marking.normal import names_of, normal
from symcnn.grader.marking.reading import Names
from symcnn.grader.marking.references import Reference, granted, read_key, read_tolerance
from symcnn.grader.marking.slips import Naming
from symcnn.grader.marking.words import Teller
from symcnn.prover import settle
from symcnn.prover.domains import Facts
from symcnn.verifying.checker import Checker
from symcnn.verifying.naming import joined

if TYPE_CHECKING:
    from symcnn.grader.marking.formulas import Formulas


class Asked:
    """What there is to know about a question before any answer is read.

    ``raw`` is the key as it is written, ``reference`` has the keys of other questions in place of
    the names that stand for their answers; ``sources`` are the judges of those questions.
    ``rational`` says that the key has a normal form, ``identity`` that it is a condition which is
    true everywhere, or nowhere.
    """

    reference: Reference
    sources: Mapping[str, Formulas]
    __slots__ = (
        "conventions", "facts", "identity", "names", "nonzero", "packing", "question", "rational",
        "raw", "reference", "slips", "sources", "tell", "tolerance", "values",
    )  # fmt: skip

    def __init__(
        self, assignment: Assignment, question: Question, judges: Mapping[str, Formulas]
    ) -> None:
        self.question = question
        self.tell = Teller(assignment.language)
        given = granted(assignment, question)
        self.tolerance = read_tolerance(question.tolerance)
        self.raw = read_key(question.key, given)
        self.sources = {name: _source(judges, used) for name, used in question.uses}
        self.values: dict[str, Formula] = {
            name: judge.asked.reference.formula for name, judge in self.sources.items()
        }
        self.reference = Reference(substitute(self.raw, self.values), given, self.tolerance)
        self.conventions: tuple[tuple[Convention, Reference], ...] = tuple(
            (each, self._reference(each.key, given)) for each in question.conventions
        )
        others = (self.raw, *(reference.formula for _, reference in self.conventions))
        naming = _naming(Checker(self.raw, given).naming, others, given)
        self.names = Names.of(naming, question.aliases)
        self.packing = names_of(naming)
        key = self.reference.formula
        self.rational = normal(key, self.packing) is not None
        self.facts = Facts(given, (key,))
        self.nonzero = frozenset(
            name for name, _ in naming.domains if self.facts.is_nonzero(Symbol(name))
        )
        self.slips = Naming(key, given, naming, question, self.tolerance, assignment.language)
        self.reference.checker.check(key)  # contradictory assumptions are told here
        self.identity = isinstance(key, Condition) and any(
            settle(Relation(each), given).kind == "proved" for each in (key, Not(key))
        )

    def _reference(self, key: str, given: Given) -> Reference:
        formula = substitute(read_key(key, given), self.values)
        return Reference(formula, given, self.tolerance)


def _source(judges: Mapping[str, Formulas], used: str) -> Formulas:
    judge = judges.get(used)
    if judge is None:
        raise AuthorError(
            f"it uses the answer to {used!r}: name an earlier question with a formula"
        )
    return judge


def _naming(naming: Given, others: tuple[Formula, ...], given: Given) -> Given:
    """The names of the key, of its conventions, and of the question."""
    more = dict.fromkeys(name for each in others for name in free_names(each))
    unsaid = tuple((name, Domain(declared=False)) for name in more if given.domain(name) is None)
    return joined(naming, Given(unsaid))


def ready(assignment: Assignment, question: Question, judges: Mapping[str, Formulas]) -> Asked:
    """The question made ready. Raises AuthorError that names it."""
    try:
        return Asked(assignment, question, judges)
    except SymcnnError as error:
        raise AuthorError(f"question {question.id!r}: {error}") from error
