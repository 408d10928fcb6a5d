"""A class, and what marks it in place of the grader: it does what the text of an answer tells it.

An answer is right when it is the key. Other texts kill the process, hang, fill the memory or raise.
The server imports this module in tests, so it stands by itself.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import Mark, Remark
from symcnn.grader.run import Options, Run, run_grading
from symcnn.grader.submission import Response, Submission

ZERO = Fraction(0)
ASSIGNMENT = Assignment(
    "A", tuple(Question(f"q{n}", "formula", Fraction(n, 2), key=f"k{n}") for n in range(1, 5))
)


def student(number: int, *texts: str) -> Submission:
    """The submission of a student; answers that are not named are right, wrong or missing."""
    random = Random(number)
    answers = texts or tuple(random.choice([f"k{n}", "=x", ""]) for n in range(1, 5))
    return Submission(
        f"s{number:04d}",
        tuple(
            (f"q{n}", Response(text, f"s{number}.md, line {n}"))
            for n, text in enumerate(answers, 1)
            if text
        ),
        f"s{number}.md",
        f"Name {number}",
    )


CLASS = [student(n) for n in range(120)]


def standing_in(submissions: list[Submission], output: Path | None = None, **options: Any) -> Run:
    """A run with the stand-in as its marking; of the outputs, the gradebook alone."""
    options.setdefault("formats", ["csv"])
    assignment = options.pop("assignment", ASSIGNMENT)
    how = options.pop("how", Options())
    return run_grading(assignment, submissions, Standin, how, output=output, **options)


class Standin:
    """Marks by looking at the text."""

    def __init__(self, assignment: Assignment) -> None:
        if assignment.title == "unusable":
            raise AuthorError("q0: the key cannot be read")
        self.assignment = assignment

    def marks(self, submission: Submission, *, detail: bool = True) -> tuple[Mark, ...]:
        found: dict[str, Mark] = {}
        for each in self.assignment.questions:
            found[each.id] = _mark(each, submission.response(each.id), found, detail)
        return tuple(found.values())


def _mark(
    question: Question, response: Response | None, found: dict[str, Mark], detail: bool
) -> Mark:
    if response is None:
        return Mark(question.id, "missing", ZERO, question.points)
    text = response.text
    _obey(text)
    right = text == question.key
    used = [found[other] for _, other in question.uses]
    if used and text == f"own {used[0].answer}":
        right = True
    told = (Remark("verdict", "verdict", f"not {question.key}"),) if detail and not right else ()
    return Mark(
        question.id, "right" if right else "wrong", question.points if right else ZERO,
        question.points, text, response.place, text.upper(), told,
        "" if right else "slip", f"g{len(text)}",
    )  # fmt: skip


def _obey(text: str) -> None:
    word, _, rest = text.partition(" ")
    if word == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "exit":
        os._exit(3)
    elif word == "spin":
        while True:
            pass
    elif word == "sleep":
        time.sleep(float(rest))
    elif word == "fill":
        held = []
        while True:
            held.append(bytearray(1 << 24))
    elif word == "recurse":
        sys.setrecursionlimit(10**6)
        _obey_deeply(0)
    elif word == "raise":
        raise ValueError(rest)
    elif word == "print":
        print("m this is no line")


def _obey_deeply(depth: int) -> int:
    return _obey_deeply(depth + 1) + 1
