"""Decisions applied: whose answer each one reaches, what it outranks, and what is told about it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.formula.frozen import replace
from symcnn.grader.marks import Grading, Mark, Remark
from symcnn.grader.people.deciding import decided
from symcnn.grader.people.decisions import Decision, Decisions
from symcnn.grader.people.groups import open_groups
from symcnn.grader.people.queue import rendered_queue
from tests.grader.people.sample import PERSIAN, graded, grading, mark, sample, undecided

ONE, HALF = Fraction(1), Fraction(1, 2)


def group_of(class_: Grading, answer: str) -> str:
    return next(
        each.id
        for each in open_groups(class_)
        if answer in [member.mark.answer for member in each.members]
    )


def apply(class_: Grading, *decisions: Decision) -> Grading:
    numbered = tuple(replace(each, line=n) for n, each in enumerate(decisions, 1))
    return decided(class_, Decisions("decisions.yaml", numbered))


def points(class_: Grading, question: str) -> dict[str, Fraction | None]:
    found = {each.student: each.mark(question) for each in class_.students}
    return {name: None if each is None else each.points for name, each in found.items()}


def told(class_: Grading) -> list[str]:
    return [str(each) for each in class_.problems]


def mark_in(class_: Grading, student: str, question: str) -> Mark:
    found = next(each for each in class_.students if each.student == student).mark(question)
    assert found is not None
    return found


def test_a_decision_about_a_group_reaches_everybody_in_it_and_the_totals() -> None:
    class_ = sample()
    after = apply(
        class_, Decision("q2", ONE, group_of(class_, "x + x"), words="Half of it.", by="Sara")
    )
    assert points(after, "q2") == {"9811": 1, "9812": 1, "9813": None, "9814": 0, "9815": 1}
    own = mark_in(after, "9812", "q2")
    assert (own.by, own.outcome, own.open) == ("Sara", "undecided", False)
    assert [(each.level, each.kind, each.text) for each in own.remarks] == [
        ("verdict", "person", "Half of it.")
    ]
    assert told(after) == []
    before = class_.students[1].total
    total = after.students[1].total
    assert (total.points - before.points, total.open - before.open) == (1, -1)
    assert total.marked - before.marked == 2
    assert after.students[2] is class_.students[2]


def test_the_decision_of_a_student_beats_that_of_the_group() -> None:
    class_ = sample()
    group = group_of(class_, "x + x")
    after = apply(
        class_,
        Decision("q2", Fraction(2), student="9812", by="Ali"),
        Decision("q2", ONE, group, by="Sara"),
    )
    assert points(after, "q2")["9812"] == 2
    assert points(after, "q2")["9811"] == 1
    assert mark_in(after, "9812", "q2").by == "Ali"
    assert mark_in(after, "9812", "q2").remarks[0].text == "A person decided this mark."
    assert told(after) == []


def test_every_id_of_a_group_means_the_whole_group() -> None:
    class_ = sample()
    group = next(each for each in open_groups(class_) if each.question == "q2")
    for name in group.ids:
        after = apply(class_, Decision("q2", ONE, name, by="S"))
        assert list(points(after, "q2").values()) == [1, 1, None, 0, 1]
        assert told(after) == []


def test_different_points_for_answers_proved_equal_are_told_and_go_by_the_text() -> None:
    class_ = sample()
    alone = grading(graded("1", undecided("3*x - x")))
    after = apply(
        class_,
        Decision("q2", ONE, group_of(grading(graded("1", undecided("x + x"))), "x + x"), by="S"),
        Decision("q2", HALF, group_of(alone, "3*x - x"), by="S"),
    )
    assert list(points(after, "q2").values()) == [1, HALF, None, 0, 1]
    assert (
        "line 2: answers to q2 that are proved equal get different points (lines 1, 2)"
        in (told(after)[0])
    )


def test_a_decision_about_a_mark_of_the_program_holds_and_is_told() -> None:
    class_ = sample()
    after = apply(class_, Decision("q2", ONE, student="9814", words="Nearly.", by="Sara"))
    own = mark_in(after, "9814", "q2")
    assert (own.points, own.by, own.outcome) == (1, "Sara", "wrong")
    assert told(after) == [
        "decisions.yaml, line 1: q2 was marked by the program (wrong, 0 / 2); "
        "the decision of Sara stands: 1"
    ]


def test_problems_are_told_in_persian_too() -> None:
    after = apply(
        sample(PERSIAN),
        Decision("q2", ONE, student="9814", by="سارا"),
        Decision("q2", ONE, "gaaaaaaaa", by="سارا"),
        Decision("q2", ONE, student="981", by="سارا"),
    )
    found = told(after)
    assert "را برنامه نمره داده بود" in found[0]
    assert "هیچ پاسخی به" in found[1]
    assert "آیا منظور" in found[2]


def test_a_group_still_means_its_answers_when_the_program_has_learnt_to_mark_them() -> None:
    before = sample()
    group = group_of(before, "3*x - x")
    marks = (
        mark("q2", "right", Fraction(2), "x + x", read="x + x"),
        mark("q2", "wrong", Fraction(0), "x"),
    )
    after = apply(
        grading(graded("1", marks[0]), graded("2", marks[1])),
        Decision("q2", ONE, group, by="Sara"),
    )
    assert points(after, "q2") == {"1": 1, "2": 0}
    assert "was marked by the program (right, 2 / 2)" in told(after)[0]


def test_decisions_that_match_nothing_are_told() -> None:
    class_ = sample()
    after = apply(
        class_,
        Decision("q2", ONE, "gaaaaaaaa", by="S"),
        Decision("q1a", ONE, group_of(class_, "x + x"), by="S"),  # a group of another question
        Decision("q2", ONE, student="98111", by="S"),
        Decision("q2", ONE, student="nobody", by="S"),
    )
    assert after.students == class_.students
    found = told(after)
    assert "line 1: no answer to q2 belongs to the group gaaaaaaaa" in found[0]
    assert "line 2: no answer to q1a belongs" in found[1]
    assert "line 3: it is about a student who is not in this run; did you mean 9811?" in found[2]
    assert "line 4: it is about a student who is not in this run; delete it" in found[3]


def test_a_missing_answer_is_decided_for_its_student_only() -> None:
    class_ = sample()
    [name] = {
        each for s in class_.students for m in s.marks if m.outcome == "missing"
        for each in [group_of_missing(m)]
    } - {group_of_missing(mark_in(class_, "9815", "q3"))}  # fmt: skip
    after = apply(
        class_,
        Decision("q4", HALF, name, by="S"),
        Decision("q3", ONE, student="9815", words="On paper.", by="S"),
    )
    assert points(after, "q4")["9813"] == 0
    assert points(after, "q3")["9815"] == 1


def group_of_missing(missing: Mark) -> str:
    from symcnn.grader.people.groups import ids_of

    return ids_of(missing)[0]


def test_the_rubric_goes_on_to_be_told_and_what_is_outdated_is_not() -> None:
    said = (
        Remark("readable", "person", "A person marks this."),
        Remark("verdict", "person", "A person gives the rest."),
        Remark("solution", "person", "1.5: the identity"),
        Remark("readable", "note", "F was read as K."),
    )
    for read, left in (("", []), ("K", ["F was read as K."])):
        own = replace(mark("q3", "manual", None, "text"), remarks=said, read=read)
        after = apply(
            grading(graded("1", own)), Decision("q3", ONE, student="1", words="Well.", by="S")
        )
        told = [each.text for each in mark_in(after, "1", "q3").remarks]
        assert told == ["Well.", "1.5: the identity", *left]


def test_again_changes_nothing() -> None:
    class_ = sample()
    decisions = Decisions(
        "d",
        (
            Decision("q2", ONE, group_of(class_, "x + x"), by="S", line=1),
            Decision("q2", ONE, student="9814", by="S", line=2),
            Decision("q9", ONE, student="9814", by="S", line=3),
        ),
    )
    once = decided(class_, decisions)
    assert decided(once, decisions) == once
    assert decided(class_, Decisions("d")) is class_


def test_what_is_decided_leaves_the_queue() -> None:
    class_ = sample()
    decisions = [Decision(each.question, HALF, each.id, by="S") for each in open_groups(class_)]
    after = apply(class_, *decisions)
    assert after.open == 0
    assert "Nothing is open" in rendered_queue(after)["queue.html"]


def test_persian_words_where_there_are_none() -> None:
    class_ = sample(PERSIAN)
    after = apply(class_, Decision("q2", ONE, student="9811", by="S"))
    assert mark_in(after, "9811", "q2").remarks[0].text == "دربارهٔ این نمره یک نفر تصمیم گرفته است."


@pytest.mark.parametrize("level", ["verdict", "solution"])
def test_the_words_reach_the_student(level: str) -> None:
    after = apply(sample(), Decision("q2", ONE, student="9811", words="Well.", by="S"))
    assert "Well." in [each.text for each in mark_in(after, "9811", "q2").told(level)]
    assert mark_in(after, "9811", "q2").told("readable") == ()
