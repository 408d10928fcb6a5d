"""An assignment with compiled keys: it marks the same and holds the text of no key.

Keys are formulas as data, choices are places in a list. Prompts, rubrics, examples, and words of
the author that quote a key are left out; what is ``given`` stays, for students are told it. What is
read back is an ordinary `Assignment`.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.formula.plain import plain
from symcnn.grader.assignment import Assignment, Convention, Milestone, Question
from symcnn.grader.assignments.assignment_file import COMPILED
from symcnn.grader.marking.choices import verdict_of
from symcnn.grader.marking.references import granted, read_key
from symcnn.grader.ready.formula_data import as_data, from_data
from symcnn.grader.records import as_record, from_record

MAGIC = COMPILED + b" 1\n"
_FORMULAS = ("formula", "number", "matrix", "chain")
_MOST = 64_000_000  # bytes of a compiled assignment
_DAMAGED = "is no compiled assignment, or a damaged one: compile it again"
_BETWEEN = re.compile(r"[\s,;،؛]+")


def compiled(assignment: Assignment) -> bytes:
    """The assignment without the texts of its keys, the same bytes for the same assignment.

    Raises AuthorError for a key that cannot be used.

    >>> asked = Question("q1", "formula", key="K^2*C_in + C_in", given="cnn")
    >>> data = compiled(Assignment("Costs", (asked,)))
    >>> b"C_in + C_in" in zlib.decompress(data[len(MAGIC):]), loaded(data).question("q1").key
    (False, 'K^2*C_in + C_in')
    """
    quoted = tuple(_quotable(assignment))
    questions = tuple(_without_keys(each, quoted) for each in assignment.questions)
    record = {
        "assignment": as_record(replace(assignment, questions=questions)),
        "keys": [_keys(assignment, each) for each in assignment.questions],
    }
    text = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
    return MAGIC + zlib.compress(text.encode("ascii"), 9)


def loaded(data: bytes, name: str = "this") -> Assignment:
    """The assignment for the marker; ``name`` stands in messages.

    Raises AuthorError for what `compiled` has not made.
    """
    try:
        if not data.startswith(MAGIC):
            raise AuthorError(f"{name} {_DAMAGED}")
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(data[len(MAGIC) :], _MOST)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise AuthorError(f"{name} {_DAMAGED}")
        record = json.loads(text)
        assignment = from_record(record["assignment"], Assignment)
        pairs = zip(assignment.questions, record["keys"], strict=True)
        return replace(assignment, questions=tuple(_with_keys(*each) for each in pairs))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise AuthorError(f"{name} {_DAMAGED}") from error


def _without_keys(question: Question, quoted: tuple[str, ...]) -> Question:
    return replace(
        question,
        prompt="",
        key="",
        start="",
        conventions=tuple(
            Convention(_unquoted(each.name, quoted), "", each.credit, _unquoted(each.note, quoted))
            for each in question.conventions
        ),
        milestones=tuple(Milestone("", each.credit) for each in question.milestones),
        rubric=(),
        accept=(),
        reject=(),
    )


def _keys(assignment: Assignment, question: Question) -> Any:
    """The key, the start, the conventions and the milestones as data."""
    texts = (
        question.key,
        question.start,
        *(each.key for each in question.conventions),
        *(each.key for each in question.milestones),
    )
    if question.kind in _FORMULAS:
        return [_formula(assignment, question, each) if each else None for each in texts]
    if question.kind == "truth":
        said = verdict_of(question.key)
        if said is None:
            raise AuthorError(f"question {question.id!r}: the key is neither true nor false")
        return [int(said[0] == "true")]
    if question.kind == "choice":
        return _chosen(question)
    return []


def _formula(assignment: Assignment, question: Question, text: str) -> Any:
    given = granted(assignment, question)
    formula = read_key(text, given)
    if read_key(plain(formula), given) != formula:
        raise AuthorError(
            f"question {question.id!r}: {text!r} cannot be compiled: write it in plain notation"
        )
    return as_data(formula)


def _chosen(question: Question) -> list[int]:
    places = {name.casefold(): place for place, (name, _) in enumerate(question.options)}
    found = []
    for each in _BETWEEN.split(question.key.strip()):
        place = places.get(each.casefold())
        if place is None:
            raise AuthorError(f"question {question.id!r}: there is no option {each!r}")
        found.append(place)
    return found


def _with_keys(question: Question, keys: list[Any]) -> Question:
    if question.kind == "truth":
        return replace(question, key="true" if keys[0] else "false")
    if question.kind == "choice":
        return replace(question, key=", ".join(question.options[place][0] for place in keys))
    if question.kind not in _FORMULAS:
        return question
    key, start, *others = ("" if each is None else plain(from_data(each)) for each in keys)
    conventions, milestones = question.conventions, question.milestones
    split = len(conventions)
    return replace(
        question,
        key=key,
        start=start,
        conventions=tuple(
            replace(each, key=text) for each, text in zip(conventions, others[:split], strict=True)
        ),
        milestones=tuple(
            replace(each, key=text) for each, text in zip(milestones, others[split:], strict=True)
        ),
    )


def _quotable(assignment: Assignment) -> Iterator[str]:
    """The keys without blanks, where they are long enough to be known again in a sentence."""
    for question in assignment.questions:
        keys = [question.key, *(each.key for each in question.conventions)]
        keys += [each.key for each in question.milestones] + list(question.accept)
        for key in keys if question.kind in _FORMULAS else ():
            bare = "".join(key.split())
            if len(bare) > 2:
                yield bare


def _unquoted(words: str, quoted: tuple[str, ...]) -> str:
    """The words, or nothing where they quote a key."""
    bare = "".join(words.split())
    return "" if any(each in bare for each in quoted) else words
