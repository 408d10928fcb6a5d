"""A claim as a question: its key as text, its domains, and examples that are decided beforehand.

Whether the claim holds is not asked here, and its words are not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import islice

from symcnn.claims.as_text import given_lines
from symcnn.claims.claim import Claim
from symcnn.claims.statements import Derivation, Equation
from symcnn.claims.verdict import Refuted
from symcnn.errors import AuthorError, ParseError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import Condition
from symcnn.formula.domains import Given
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.grader.assignment import Assignment, Milestone, Question
from symcnn.grader.assignments.written_out import written_out
from symcnn.grader.marking import Marker
from symcnn.grader.submission import Response, Submission
from symcnn.prover import settle
from symcnn.prover.assumptions import merged
from symcnn.reading import read, read_given
from symcnn.verifying.keys import from_claim

_LONGEST_KEY = 400
_LONGEST_EXAMPLE = 300
_MOST_EXAMPLES = 3


class Unsuited(Exception):
    """Why a claim makes no question."""


def question_of(claim: Claim, numbers: Mapping[str, int]) -> Question:
    """The question without words and points.

    Raises Unsuited or AuthorError for a claim without a key that students could type.
    """
    found = from_claim(claim, numbers)
    statement = claim.statement(numbers)
    [key, *_] = found.references
    given = merged(found.given, claim.needed())
    if isinstance(statement, Equation) and isinstance(key, Array):
        key = statement.lhs if isinstance(statement.lhs, Table) else _entries(key, given)
    if isinstance(statement, Derivation):
        *before, last = (statement.start, *(link.rhs for link in statement.links))
        lines = (*before, _entries(last, given))
        texts = [typed(each, given) for each in lines]
        between = [each for each in texts[1:-1] if each not in (texts[0], texts[-1])]
        credit = Fraction(1, len(between) + 1)
        question = Question(
            claim.name,
            "chain",
            key=texts[-1],
            start=texts[0],
            milestones=tuple(Milestone(each, credit) for each in between),
        )
    else:
        lines = (key,)
        question = Question(claim.name, _kind(key), key=typed(key, given))
    return replace(question, given=granted_text(given, lines))


def _entries(formula: Formula, given: Given) -> Formula:
    """A small array written out, where that is proved to be the same."""
    table = written_out(formula, given)
    if table is None or settle(Equation(table, formula), given).kind != "proved":
        return formula
    return table


def _kind(key: Formula) -> str:
    if isinstance(key, (Array, Table)):
        return "matrix"
    if isinstance(key, Condition):
        raise Unsuited("its right side is a condition")
    return "formula" if free_names(key) else "number"


def typed(formula: Formula, given: Given) -> str:
    """The formula as a student would type it. Raises Unsuited where it would not read back."""
    try:
        text = plain(formula)
        back = read(text, given).formula
    except (ParseError, ValueError) as error:
        raise Unsuited("its formula cannot be typed") from error
    if back != formula:
        raise Unsuited("its formula reads back as another one")
    if len(text) > _LONGEST_KEY:
        raise Unsuited(f"its formula has {len(text)} characters")
    return text


def granted_text(given: Given, formulas: Sequence[Formula]) -> str:
    """What is granted about the names of the formulas, and about names that these depend on.

    >>> from symcnn.formula.nodes import Symbol
    >>> granted_text(read_given("K, N, M: positive integer; K <= N"), (Symbol("K"),))
    'K, N: positive integer; K <= N'
    """
    names = {name for each in formulas for name in free_names(each)}
    relations: list[Formula] = []
    grown = True
    while grown:
        linked = [e for e in given.relations if e not in relations and names & {*free_names(e)}]
        bounds = {name for each in names for name in _bounds(given, each)}
        grown = bool(linked) or not bounds <= names
        relations += linked
        names |= bounds | {name for each in linked for name in free_names(each)}
    kept = Given(
        tuple(pair for pair in given.domains if pair[0] in names),
        tuple(each for each in given.relations if each in relations),
    )
    return "; ".join(given_lines(kept))


def _bounds(given: Given, name: str) -> set[str]:
    """The names that a domain speaks of."""
    domain = given.domain(name)
    if domain is None:
        return set()
    ends = [each for each in (domain.low, domain.high) if each is not None]
    ends += [end for span in domain.support or () for end in span]
    return {found for each in (*ends, *domain.shape) for found in free_names(each)}


def with_examples(
    question: Question, claim: Claim, numbers: Mapping[str, int], claims: Sequence[Claim]
) -> Question:
    """With an answer that is proved right, and wrong ones that are refuted, where there are any."""
    given = read_given(question.given)
    examples = _Examples(question)
    wrong = [e for e in claims if e.expect is Refuted and e.corrected_by == claim.name]
    reject = [text for each in wrong for text in _others(each, numbers, given)]
    return replace(
        question,
        accept=examples.kept(_others(claim, numbers, given, question.key), ("right",)),
        reject=examples.kept(reject, ("wrong", "partial", "conditional")),
    )


def _others(claim: Claim, numbers: Mapping[str, int], given: Given, last: str = "") -> list[str]:
    """What an equation puts on its left side, or a derivation from its first line to its last.

    ``last`` is another spelling of a derivation's last line.
    """
    try:
        statement = claim.statement(numbers)
        match statement:
            case Equation(lhs, _):
                return [text for text in [typed(lhs, given)] if len(text) <= _LONGEST_EXAMPLE]
            case Derivation(start, links):
                texts = [typed(each.rhs, given) for each in links]
                texts = [*texts[:-1], last or texts[-1]]
                pairs = zip(links, texts, strict=True)
                steps = [f"{link.relation} {text}" for link, text in pairs]
                return ["\n".join([typed(start, given), *steps])]
    except (Unsuited, AuthorError):
        return []
    return []


class _Examples:
    """Decides examples as marking does."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.marker = Marker(Assignment("", (question,)))

    def kept(self, texts: Sequence[str], outcomes: Sequence[str]) -> tuple[str, ...]:
        """The texts that come out so, the key itself aside."""
        found = dict.fromkeys(text for text in texts if text != self.question.key)
        wanted = (text for text in found if self._outcome(text) in outcomes)
        return tuple(islice(wanted, _MOST_EXAMPLES))

    def _outcome(self, text: str) -> str:
        answers = ((self.question.id, Response(text)),)
        [mark] = self.marker.marks(Submission("example", answers), detail=False)
        return "open" if mark.open else mark.outcome
