"""An assignment from answers: every claim that is proved and has a formula becomes a question.

The keys are written out as text with their domains, so that grading needs no answer file. Prompts
are the words of the answer: a person reads them before students do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from symcnn.claims.answer import Answer, Box
from symcnn.claims.claim import Claim
from symcnn.claims.verdict import HoldsUnder, Proved
from symcnn.errors import AuthorError, ParseError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.assignments.assignment_file import assignment_text, read_assignment
from symcnn.grader.assignments.claim_question import Unsuited, question_of, with_examples

_GIVEN = re.compile(r"\\given\{\s*([^{}]*?)\s*\}")
_LONGEST_ID = 40


def new_assignment(
    wanted: Sequence[str], answers: Sequence[str | Path] = ()
) -> tuple[Assignment, tuple[str, ...]]:
    """An assignment from ``dl2/q4``, ``dl2`` or ``dl2/q4:jacobian``; and what is left out, and why.

    Raises AuthorError for a name that there is not, and where no claim can be asked.
    """
    from symcnn.resources import load_answer, select

    questions: list[Question] = []
    left_out: list[str] = []
    titles: list[str] = []
    directories = [Path(each) for each in answers]
    languages: set[str] = set()
    for name in wanted:
        asked, _, one = name.partition(":")
        for answer_id, path in select([asked], directories):
            answer = load_answer(path)
            titles.append(answer.problem.title)
            languages.add(answer.language)
            for each in _from_answer(answer_id, answer, one, questions):
                if isinstance(each, Question):
                    questions.append(each)
                else:
                    left_out.append(each)
    if not questions:
        told = "".join(f"\n  {each}" for each in left_out)
        raise AuthorError(f"no claim of {', '.join(wanted)} can be asked for:{told}")
    language = languages.pop() if len(languages) == 1 else "en"
    title = "; ".join(dict.fromkeys(titles))
    assignment = Assignment(title=title, questions=tuple(questions), language=language)
    return read_assignment(assignment_text(assignment), "the new assignment"), tuple(left_out)


def _from_answer(
    answer_id: str, answer: Answer, one: str, earlier: Sequence[Question]
) -> Iterator[Question | str]:
    """The questions of an answer, and for every other claim why it is none."""
    if one and one not in (names := [each.name for each in answer.claims]):
        near = get_close_matches(one, names, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else f"`symcnn show {answer_id}` lists them"
        raise AuthorError(f"{answer_id} has no claim {one!r}; {hint}")
    numbers = answer.problem.given
    prompts = _prompts(answer)
    taken = {(each.kind, each.key, each.given): each.id for each in earlier}
    ids = {each.id.casefold() for each in earlier}
    for claim in answer.claims:
        if one and claim.name != one:
            continue
        try:
            question = _asked(claim, numbers, answer.claims, prompts[claim.name])
            place = question.kind, question.key, question.given
            if place in taken:
                raise Unsuited(f"it has the key of {taken[place]}")
        except (Unsuited, AuthorError, ParseError) as error:
            yield f"{answer_id}:{claim.name}: {' '.join(str(error).split())}"
            continue
        question = replace(question, id=_free(question.id, ids))
        taken[place] = question.id
        ids.add(question.id.casefold())
        yield question


def _asked(
    claim: Claim, numbers: Mapping[str, int], claims: Sequence[Claim], prompt: str
) -> Question:
    """The question of a claim. Raises Unsuited or AuthorError where it makes none."""
    if claim.expect not in (Proved, HoldsUnder):
        raise Unsuited("it is not expected to hold")
    question = question_of(claim, numbers)
    question = replace(question, id=_simple(claim.name), prompt=prompt, points=Fraction(1))
    try:
        read_assignment(assignment_text(Assignment("A", (question,))), "its key")
    except AuthorError as error:
        raise Unsuited(str(error)) from error
    from symcnn.prover import check_claim

    kind = check_claim(claim, numbers).verdict.kind
    if kind not in ("proved", "holds_under"):
        raise Unsuited(f"it is {kind.replace('_', ' ')}")
    return with_examples(question, claim, numbers, claims)


def _simple(name: str) -> str:
    text = re.sub(r"[^A-Za-z0-9_.-]", "-", name)
    return (text if text[:1].isalpha() else f"q-{text}")[:_LONGEST_ID]


def _free(name: str, ids: set[str]) -> str:
    """The name, or with a number behind it where another question has it."""
    if name.casefold() not in ids:
        return name
    numbers = (f"{name[: _LONGEST_ID - 4]}-{count}" for count in range(2, 1000))
    return next(each for each in numbers if each.casefold() not in ids)


def _prompts(answer: Answer) -> dict[str, str]:
    """Words for each claim: the part of the question whose box it stands in, else its sentence."""
    numbers = answer.problem.given
    prompts = {each.name: _said(each.sentence, numbers) for each in answer.claims}
    statement = _said(answer.problem.statement, numbers)
    for part in answer.problem.parts:
        boxes = [each for each in part.solution if isinstance(each, Box) and each.claim is not None]
        for box in boxes:
            assert box.claim is not None
            asked = [statement, _said(part.question, numbers)]
            asked += [_said(box.text, numbers)] if len(boxes) > 1 else []
            prompts[box.claim.name] = "\n\n".join(each for each in asked if each)
    return prompts


def _said(text: str, numbers: Mapping[str, int]) -> str:
    """Prose with the numbers of the question in it, each paragraph on one line."""
    filled = _GIVEN.sub(lambda found: str(numbers.get(found.group(1), found.group(1))), text)
    paragraphs = re.split(r"\n\s*\n", filled)
    return "\n\n".join(" ".join(each.split()) for each in paragraphs if each.strip())
