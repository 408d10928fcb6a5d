"""The generated class: its labels are facts, and the same seed makes the same class."""

from __future__ import annotations

from collections import Counter

import pytest

from symcnn.formula.frozen import replace
from symcnn.grader.marking import Marker
from tests.corpus.load import Entry, Pair
from tests.corpus.points import points, value
from tests.grader.classroom import Asked, Label, asked, assignment, class_of, judged, student
from tests.oracles import CannotEvaluate, agree

EXACT = [each for each in asked() if each.question.kind in ("formula", "matrix")]


def _agreeing(each: Asked, text: str, mistake: str, count: int) -> list[bool]:
    """At which points the second evaluator gives the text the value of the key."""
    question = each.question
    entry = Entry("class", question.id, question.given, question.key, (), ())
    found = []
    for point in points(Pair(entry, text, mistake), count):
        try:
            expected, own = value(question.key, entry, point), value(text, entry, point)
        except CannotEvaluate:
            continue
        found.append(agree(expected, own) is not False)
    return found


def test_there_are_thirty_questions_of_every_kind_that_marks_itself() -> None:
    kinds = Counter(each.question.kind for each in asked())
    assert sum(kinds.values()) == 30
    assert set(kinds) == {"formula", "number", "matrix", "chain", "truth", "choice"}
    assert len({each.question.id for each in asked()}) == 30


@pytest.mark.parametrize("each", EXACT, ids=lambda each: each.question.id)
def test_the_second_evaluator_agrees_about_right_and_wrong(each: Asked) -> None:
    for text in each.right:
        same = _agreeing(each, text, "", 3)
        assert same and all(same), text
    for mistake, text in each.wrong:
        assert not all(_agreeing(each, text, mistake, 25)), (mistake, text)


def test_the_same_seed_makes_the_same_class_and_another_seed_another() -> None:
    assert list(class_of(3)) == list(class_of(3))
    assert student(7, 0) != student(8, 0)
    assert student(7, 2) == list(class_of(3))[2]


def test_the_class_is_varied() -> None:
    students = list(class_of(12))
    texts = {
        response.text
        for each in students
        for name, response in each.submission.responses
        if name == "params"
    }
    kinds = Counter(label.kind for each in students for label in each.labels)
    assert len(texts) > 8
    assert set(kinds) == {"right", "wrong", "missing", "open"}
    assert kinds["right"] > kinds["wrong"] > kinds["open"]
    for each in students:
        missing = sum(label.kind == "missing" for label in each.labels)
        assert len(each.submission.responses) == len(each.labels) - missing


HEAVY = (
    "receptive_field",
    "input_gradient",
    "weight_gradient",
    "batch_variance",
    "bn",
    "bn_scaled",
)
TOLD = ("params", "multiplications", "grouped", "kaiming", "memory", "saving", "matrix")


def _marker(names: set[str]) -> Marker:
    whole = assignment()
    return Marker(replace(whole, questions=tuple(q for q in whole.questions if q.id in names)))


def _strange(marker: Marker, count: int, *, detail: bool) -> list[str]:
    """What is not as it has to be, of the first students."""
    found = []
    names = [each.question.id for each in asked()]
    for each in class_of(count):
        labels = dict(zip(names, each.labels, strict=True))
        for mark in marker.marks(each.submission, detail=detail):
            label = labels[mark.question]
            told = judged(mark, label if detail else Label(label.kind))
            if told != "as it is":
                found.append(f"{told}: {mark.question} {label} {mark.outcome} {mark.answer[:80]!r}")
    return found


def test_no_mark_of_a_class_is_wrong() -> None:
    light = {each.question.id for each in asked()} - {*HEAVY}
    assert _strange(_marker(light), 12, detail=False) == []
    assert _strange(_marker({*HEAVY}), 2, detail=False) == []


def test_every_planted_mistake_is_named() -> None:
    assert _strange(_marker({*TOLD}), 16, detail=True) == []


@pytest.mark.slow
def test_every_text_by_hand_is_marked_and_named() -> None:
    marker = Marker(assignment())
    for each in asked():
        texts = [(Label("right"), text) for text in each.right]
        texts += [(Label("wrong", mistake), text) for mistake, text in each.wrong]
        for label, text in texts:
            assert judged(marker.mark(each.question.id, text), label) == "as it is", (label, text)


@pytest.mark.slow
def test_the_same_of_more_students_and_all_questions() -> None:
    assert _strange(Marker(assignment()), 40, detail=True) == []
