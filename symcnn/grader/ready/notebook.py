"""Marks inside notebooks: one answer in a test cell of nbgrader or otter-grader.

Points are returned, and what the student may be told is printed; nothing is ever written to stderr,
for nbgrader reads that as a failure. The assignment may be a compiled one, so that no key lies
beside the notebook. It may not know how either service calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment
from symcnn.grader.marking import Marker, graded
from symcnn.grader.marks import Graded
from symcnn.grader.submission import Response, Submission

_NOTHING: Mapping[str, object] = {}


def check(
    question: str,
    answer: object,
    assignment: Assignment | str | Path,
    *,
    earlier: Mapping[str, object] = _NOTHING,
    phase: str = "before",
    when_open: float | None = None,
) -> float | None:
    """The points of an answer; prints what the student may be told of it.

    ``answer`` is text, a number, or whatever prints as a formula. ``earlier`` are the answers that
    this one may build on. ``assignment`` is a value, or a file: YAML or compiled. An answer that a
    person has to mark gives ``when_open``. nbgrader counts a cell that ends in None as full points,
    so there it is 0.0, and the mark is raised by hand. Raises AuthorError for an unusable
    assignment and a question that there is not.

    >>> from fractions import Fraction
    >>> from symcnn.grader.assignment import Question
    >>> asked = Assignment("A", (Question("q1", "formula", Fraction(2), key="K^2"),))
    >>> check("q1", "K*K", asked)
    right, 2 of 2
    Answer: K*K
    - Right.
    2.0
    >>> check("q1", "K +", asked) is None
    not readable...
    True
    """
    from symcnn.grader.outputs.lines import explained
    from symcnn.grader.outputs.seen import seen

    asked = _about(opened(assignment), question)
    found = _graded(asked, question, answer, earlier)
    for each in seen(found, asked, phase):
        if each.question.id == question:
            print(explained(each, asked.language))
    return _points(found, question, when_open)


def earned(
    question: str,
    answer: object,
    assignment: Assignment | str | Path,
    *,
    earlier: Mapping[str, object] = _NOTHING,
) -> float:
    """The points alone, without a word; 0.0 where a person has to mark.

    >>> from fractions import Fraction
    >>> from symcnn.grader.assignment import Question
    >>> asked = Assignment("A", (Question("q1", "number", Fraction(2), key="28*28"),))
    >>> earned("q1", 784, asked), earned("q1", 783, asked)
    (2.0, 0.0)
    """
    asked = _about(opened(assignment), question)
    return _points(_graded(asked, question, answer, earlier), question, 0.0) or 0.0


def opened(assignment: Assignment | str | Path) -> Assignment:
    """The assignment of a value or a file. Raises AuthorError."""
    if isinstance(assignment, Assignment):
        return assignment
    from symcnn.grader.assignments.assignment_file import load_assignment

    return load_assignment(assignment)


def text_of(answer: object) -> str:
    """An answer as text.

    >>> text_of(True), text_of(0.5), text_of(None), text_of(["a", "c"])
    ('true', '0.5', '', 'a, c')
    """
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return str(answer).lower()
    if isinstance(answer, list | tuple | set | frozenset):
        parts = map(str, sorted(answer, key=str) if isinstance(answer, set | frozenset) else answer)
        return ", ".join(parts)
    return str(answer)


def _about(assignment: Assignment, question: str) -> Assignment:
    """The question with those that it builds on."""
    wanted = [assignment.question(question)]
    for each in wanted:
        for _, used in each.uses:
            source = assignment.question(used)
            if source not in wanted:
                wanted.append(source)
    return replace(
        assignment, questions=tuple(each for each in assignment.questions if each in wanted)
    )


def _graded(
    asked: Assignment, question: str, answer: object, earlier: Mapping[str, object]
) -> Graded:
    texts = {name: text_of(value) for name, value in {**earlier, question: answer}.items()}
    responses = tuple((name, Response(text)) for name, text in texts.items())
    return graded(Marker(asked), Submission("notebook", responses))


def _points(found: Graded, question: str, when_open: float | None) -> float | None:
    mark = found.mark(question)
    if mark is None or mark.points is None:
        return when_open
    return float(mark.points)
