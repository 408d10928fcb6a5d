"""A class of students with the truth about every answer, the same for the same seed.

``python -m tests.grader.classroom --count 1000`` marks the whole class and prints how many marks
are what they have to be; it exits with 1 on a wrong mark or a mistake that was not named. Keys,
wrong partners and the names of mistakes stand in ``data/classroom.toml``, written by hand.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from random import Random

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import OPEN, Mark
from symcnn.grader.submission import Response, Submission
from tests.grader.classroom_hostile import hostile, invalid
from tests.grader.classroom_spellings import rewritten, typed

QUESTIONS = Path(__file__).parent / "data" / "classroom.toml"
SHARES = (("right", 56), ("wrong", 32), ("missing", 5), ("invalid", 5), ("hostile", 2))


@dataclass(frozen=True)
class Asked:
    """A question with its partners; ``wrong`` has a text for each time, with the mistake's name."""

    question: Question
    rules: str
    right: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Label:
    """What an answer is: right, wrong, missing or open; ``mistake`` where the slip has a name.

    Two names with ``or`` between them are both true of it.
    """

    kind: str
    mistake: str = ""


@dataclass(frozen=True)
class Student:
    """A submission, and the truth about each of its answers in the order of the questions."""

    submission: Submission
    labels: tuple[Label, ...]


@lru_cache(maxsize=1)
def asked() -> tuple[Asked, ...]:
    """The questions with everything that is known about them."""
    found = []
    for each in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]:
        question = Question(
            id=each["id"],
            kind=each.get("kind", "formula"),
            points=Fraction(2),
            key=each["key"],
            given=each.get("given", ""),
            tolerance=each.get("tolerance", ""),
            options=tuple(each.get("options", {}).items()),
            start=each.get("start", ""),
        )
        wrong = tuple((name, text) for name, texts in each["wrong"].items() for text in texts)
        right = each["right"] if question.start else [question.key, *each["right"]]
        found.append(Asked(question, each.get("rules", ""), tuple(right), wrong))
    return tuple(found)


def assignment() -> Assignment:
    """The assignment that the class was given."""
    return Assignment("A class", tuple(each.question for each in asked()))


def student(seed: int, number: int) -> Student:
    """One student of the class."""
    responses, labels = [], []
    for each in asked():
        rng = Random(f"class {seed} {number} {each.question.id}")
        text, label = _answer(each, rng)
        labels.append(label)
        if label.kind != "missing":
            responses.append((each.question.id, Response(text, f"s{number}, {each.question.id}")))
    return Student(Submission(f"s{number:04d}", tuple(responses)), tuple(labels))


def class_of(count: int, seed: int = 7) -> Iterator[Student]:
    """The students number 0, 1, ..."""
    return (student(seed, number) for number in range(count))


def _answer(each: Asked, rng: Random) -> tuple[str, Label]:
    kind = rng.choices([name for name, _ in SHARES], [share for _, share in SHARES])[0]
    formula = each.question.kind == "formula"
    if kind == "right":
        if formula and rng.random() < 0.6:
            text = rewritten(each.question.key, each.question.given, each.rules, rng)
        else:
            text = rng.choice(each.right)
        return _typed(text, each, rng), Label("right")
    if kind == "wrong":
        mistake, text = rng.choice(each.wrong)
        if formula and "\\" not in text and rng.random() < 0.4:
            text = rewritten(text, each.question.given, each.rules, rng)
        return _typed(text, each, rng), Label("wrong", mistake)
    if kind == "missing":
        return "", Label("missing")
    return (invalid if kind == "invalid" else hostile)(rng), Label("open")


def _typed(text: str, each: Asked, rng: Random) -> str:
    return text if each.question.kind in ("truth", "choice", "chain") else typed(text, rng)


def judged(mark: Mark, label: Label) -> str:
    """What a mark is worth beside the truth: "as it is", "wrong mark", "not named", "left open"."""
    match label.kind:
        case "missing":
            return "as it is" if mark.outcome == "missing" and not mark.points else "wrong mark"
        case "open":
            return "as it is" if mark.open and mark.outcome in OPEN else "wrong mark"
        case "right":
            if mark.open:
                return "left open"
            return "as it is" if mark.points == mark.of else "wrong mark"
    if mark.open:
        return "left open"
    if mark.points:
        return "wrong mark"
    named = not label.mistake or mark.mistake in label.mistake.split(" or ")
    return "as it is" if named else "not named"


def main(arguments: Sequence[str] | None = None) -> int:
    """Marks the class and prints what came of it."""
    from symcnn.grader.marking import Marker

    parser = argparse.ArgumentParser(prog="python -m tests.grader.classroom")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=20, help="how many bad marks are printed")
    options = parser.parse_args(arguments)
    students = list(class_of(options.count, options.seed))
    marker = Marker(assignment())
    table: Counter[tuple[str, str]] = Counter()
    shown = 0
    spent = 0.0
    for each in students:
        start = time.process_time()
        marks = marker.marks(each.submission)
        spent += time.process_time() - start
        for mark, label in zip(marks, each.labels, strict=True):
            found = judged(mark, label)
            table[label.kind, found] += 1
            if found != "as it is" and shown < options.show:
                shown += 1
                _tell(each.submission.student, mark, label, found)
    _print(table, spent)
    bad = sum(count for (_, found), count in table.items() if found != "as it is")
    return 1 if bad else 0


def _tell(who: str, mark: Mark, label: Label, found: str) -> None:
    said = f"{label.kind} {label.mistake}".strip()
    named = f" {mark.mistake}" if mark.mistake else ""
    sys.stderr.write(
        f"{found}: {who} {mark.question} is {said}, marked {mark.outcome}{named}\n"
        f"    {mark.answer[:150]!r}\n"
    )


def _print(table: Counter[tuple[str, str]], spent: float) -> None:
    columns = ("as it is", "wrong mark", "not named", "left open")
    print(f"{'':10}" + "".join(f"{name:>12}" for name in columns))
    for kind in ("right", "wrong", "missing", "open"):
        print(f"{kind:10}" + "".join(f"{table[kind, name]:12}" for name in columns))
    answers = sum(table.values())
    rate = answers / max(spent, 1e-9)
    print(f"{answers} answers in {spent:.1f} s of processor time, {rate:.0f} a second")


if __name__ == "__main__":
    sys.exit(main())
