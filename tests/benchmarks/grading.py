"""Grading a class: the isolation of answers and its price, two processes, and peers.

The class is the generated one of the tests. Peers see the answers of its questions about costs and
sizes, rational formulas all of them, typed as students type; SymPy and Math-Verify get each answer
as plain text or LaTeX that they read. The same answers go to all within one run. What `ast.parse`
takes for the texts alone says how fast the machine is.
"""

from __future__ import annotations

import ast
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import cycle, islice
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any, NamedTuple

from symcnn.formula.latex import latex
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking import Marker
from symcnn.grader.running.batches import Item, item_of, marked_here, marker
from symcnn.grader.running.isolated import marked_isolated
from symcnn.grader.running.journal import digest_of
from symcnn.grader.submission import Response, Submission
from symcnn.reading import read, read_given
from tests.benchmarks.pairs import Pair
from tests.benchmarks.prover_cases import rational
from tests.grader.classroom import asked, assignment, class_of

STUDENTS = 1000  # with 30 answers each about costs and sizes
TYPED = 400  # students whose answers are cut into the class about costs and sizes
WHOLE = 60  # of the whole class, its sums, chains and hostile texts included
ANSWERS = 300  # that peers see
SEED = 7
BLANKS = 3  # less one, before each of these
SIGNS = re.compile(r"(?<![*^{(\\])[-+= ]|(?<!\*)\*(?!\*)")


class Answer(NamedTuple):
    """An answer as it was typed, whether it is right, and its question."""

    question: Question
    text: str
    right: bool


@lru_cache(maxsize=1)
def answers() -> tuple[Answer, ...]:
    """The right and wrong answers of the class to questions whose formulas are rational."""
    questions = {each.question.id: each.question for each in asked()}
    found = []
    for student in class_of(TYPED, SEED):
        labels = dict(zip(questions, student.labels, strict=True))
        for name, response in student.submission.responses:
            question, label = questions[name], labels[name]
            if question.kind == "formula" and label.kind in ("right", "wrong"):
                meant = (_meant(question.key, question), _meant(response.text, question))
                if all(map(rational, meant)):
                    found.append(Answer(question, response.text, label.kind == "right"))
    return tuple(found)


def _meant(text: str, question: Question) -> Any:
    return read(text, read_given(question.given)).formula


def costs() -> tuple[Assignment, list[Item]]:
    """Thirty questions about costs and sizes, and a class that answers them all."""
    known = {each.question.id: each.question for each in answers()}
    chosen = [
        Question(f"{n} {each.id}", "formula", Fraction(1), key=each.key, given=each.given)
        for n, each in enumerate(islice(cycle(known.values()), 30))
    ]
    texts = {name: cycle([e.text for e in answers() if e.question.id == name]) for name in known}
    met: Counter[tuple[str, str]] = Counter()
    sent = []
    for number in range(STUDENTS):
        replies = tuple(
            (q.id, Response(_another(q.id, next(texts[q.id.split()[1]]), met))) for q in chosen
        )
        sent.append(item_of(Submission(f"s{number:04d}", replies), str(number)))
    return Assignment("Costs", tuple(chosen)), sent


def _another(question: str, text: str, met: Counter[tuple[str, str]]) -> str:
    """The text with other blanks each time it comes: nobody can look up a verdict on it."""
    count = met[question, text]
    met[question, text] += 1
    for place in reversed([each.start() for each in SIGNS.finditer(text)]):
        count, blanks = divmod(count, BLANKS)
        text = text[:place] + " " * blanks + text[place:]
    return " " * count + text


def whole() -> tuple[Assignment, list[Item]]:
    """The whole class."""
    sent = [each.submission for each in class_of(WHOLE, SEED)]
    return assignment(), [item_of(each, each.student) for each in sent]


def clock() -> float:
    """The CPU seconds of this process and of those that it has waited for."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    )


def _isolated(
    asked_for: Assignment, items: list[Item], *, detail: bool, jobs: int = 1
) -> Callable[[], list[bytes]]:
    def run() -> list[bytes]:
        lines = marked_isolated(marker, asked_for, items, detail=detail, jobs=jobs)
        return sorted(lines, key=digest_of)

    return run


def _here(asked_for: Assignment, items: list[Item], *, detail: bool) -> Callable[[], list[bytes]]:
    def run() -> list[bytes]:
        lines = marked_here(marker, asked_for, items, detail=detail)
        return sorted(lines, key=digest_of)

    return run


def _ours(cases: list[Answer]) -> Callable[[], list[bool]]:
    names = {each.question.id: each.question for each in cases}
    ready = Marker(Assignment("Costs", tuple(names.values())))
    met: Counter[tuple[str, str]] = Counter()

    def run() -> list[bool]:
        texts = [_another(each.question.id, each.text, met) for each in cases]
        marks = [
            ready.mark(each.question.id, text, detail=False)
            for each, text in zip(cases, texts, strict=True)
        ]
        return [mark.outcome == "right" for mark in marks]

    return run


def _by_sympy(cases: list[Answer]) -> Callable[[], list[bool]]:
    import sympy
    from sympy.core.cache import clear_cache

    texts = []
    for each in cases:
        sides = (_meant(each.question.key, each.question), _meant(each.text, each.question))
        named = {name: sympy.Symbol(name) for side in sides for name in free_names(side)}
        texts.append((*(plain(side).replace("^", "**") for side in sides), named))
    keys = [sympy.sympify(key, locals=named) for key, _, named in texts]

    def run() -> list[bool]:
        said = []
        for key, (_, text, named) in zip(keys, texts, strict=True):
            clear_cache()
            said.append(sympy.simplify(sympy.sympify(text, locals=named) - key) == 0)
        return said

    return run


def _by_math_verify(cases: list[Answer]) -> Callable[[], list[bool]]:
    import math_verify
    from sympy.core.cache import clear_cache

    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    texts = [
        tuple(f"${latex(_meant(side, each.question))}$" for side in (each.question.key, each.text))
        for each in cases
    ]
    keys = [math_verify.parse(key) for key, _ in texts]

    def run() -> list[bool]:
        clear_cache()
        return [
            math_verify.verify(key, math_verify.parse(text))
            for key, (_, text) in zip(keys, texts, strict=True)
        ]

    return run


def _by_ast(items: list[Item]) -> Callable[[], int]:
    """Parses each of the answers as an expression of Python, in plain notation: no verdicts."""
    known = {each.text.replace(" ", ""): each for each in answers()}
    found = [known[text.replace(" ", "")] for each in items for _, text, _ in each.responses]
    texts = [plain(_meant(each.text, each.question)).replace("^", "**") for each in found]

    def run() -> int:
        return sum(isinstance(ast.parse(text, mode="eval"), ast.Expression) for text in texts)

    return run


def pairs() -> Iterator[Pair]:
    """Peers, and the price of isolation; by CPU time, of children too."""
    some = list(answers()[:ANSWERS])
    expected = [each.right for each in some]
    yield Pair(
        f"grading {ANSWERS} answers", _ours(some), _by_sympy(some), "sympify + simplify",
        lambda ours, theirs: ours == theirs == expected, rounds=1,
    )  # fmt: skip
    said = _by_math_verify(some)()
    known = [each for each, right in zip(some, said, strict=True) if right is each.right]
    yield Pair(
        f"grading {len(known)} answers", _ours(known), _by_math_verify(known),
        f"math-verify, which takes {len(some) - len(known)} more for what they are not",
        lambda ours, theirs: ours == theirs, rounds=1,
    )  # fmt: skip
    same = lambda ours, theirs: ours == theirs  # noqa: E731
    class_, items = costs()
    for detail in (False, True):
        name = f"isolated, {30 * len(items)} answers" + (", words" if detail else "")
        yield Pair(
            name, _isolated(class_, items, detail=detail), _by_ast(items), "ast.parse, no verdicts",
            lambda ours, theirs: 30 * len(ours) == theirs, rounds=3,
        )  # fmt: skip
        yield Pair(
            name, _isolated(class_, items, detail=detail), _here(class_, items, detail=detail),
            "the same in one process", same, rounds=3,
        )  # fmt: skip
    everything, all_sent = whole()
    yield Pair(
        f"isolated, {len(all_sent)} whole submissions",
        _isolated(everything, all_sent, detail=False),
        _here(everything, all_sent, detail=False), "the same in one process", same, rounds=3,
    )  # fmt: skip


def pairs_by_the_wall() -> Iterator[Pair]:
    """Two processes against one: by the clock on the wall, so it tells of an idle machine alone."""
    class_, items = costs()
    for detail in (False, True):
        yield Pair(
            f"two jobs, {30 * len(items)} answers" + (", words" if detail else ""),
            _isolated(class_, items, detail=detail, jobs=2),
            _isolated(class_, items, detail=detail),
            "one job",
            lambda ours, theirs: ours == theirs,
            rounds=5,
        )


wall = perf_counter
