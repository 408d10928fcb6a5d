"""Decides the claims of an answer, named by its id: what `symcnn check` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from symcnn.claims.answer import Answer
from symcnn.claims.report import Report
from symcnn.errors import AuthorError


def check(
    answer: str | Answer,
    given: Mapping[str, int] | None = None,
    answers: Sequence[str | Path] = (),
) -> Report:
    """The findings of every claim of an answer, given by its id or as a value.

    ``given`` puts other numbers into the question; ``answers`` names more directories to search.
    Raises AuthorError for an unknown id, a malformed answer, or a number that the question lacks.

    >>> from symcnn.claims import Equation, Problem, Proved, claim
    >>> @claim(expect=Proved)
    ... def twice():
    ...     "Twice is a sum."
    ...     return Equation("2*K", "K + K")
    >>> check(Answer(Problem("Sums", "Add."), claims=(twice,))).as_expected
    True
    """
    from symcnn.prover import check_answer
    from symcnn.resources import load_answer, select

    if isinstance(answer, Answer):
        return check_answer("", answer, numbers(answer, given or {}))
    chosen = select([answer], [Path(each) for each in answers])
    if len(chosen) > 1:
        ids = ", ".join(answer_id for answer_id, _ in chosen)
        raise AuthorError(f"{answer} is a document; check one of its answers: {ids}")
    [(answer_id, path)] = chosen
    loaded = load_answer(path)
    return check_answer(answer_id, loaded, numbers(loaded, given or {}))


def numbers(answer: Answer, other: Mapping[str, int]) -> dict[str, int]:
    """The numbers of the question, some of them replaced. Raises AuthorError for unknown names."""
    own = answer.problem.given
    for name in other:
        if name not in own:
            known = f"it has {', '.join(own)}" if own else "it has no numbers"
            raise AuthorError(
                f"the question {answer.problem.title!r} has no number {name}: {known}"
            )
    return {**own, **other}
