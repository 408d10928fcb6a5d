"""A small class, marked by hand: what people see is made from it."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Criterion, Question
from symcnn.grader.marks import Graded, Grading, Mark, Remark, Total

TWO = Fraction(2)
QUESTIONS = (
    Question(
        "q1a", "formula", TWO, "Parameters of a convolution?", key="K^2*C_in*C_out + C_out",
        given="K, C_in, C_out: positive integer",
    ),
    Question("q2", "formula", TWO, "Twice x?", key="2*x", given="x: real"),
    Question(
        "q3", "manual", Fraction(3), "Why does the gradient arrive?",
        rubric=(Criterion("the identity", Fraction(3, 2)), Criterion("why", Fraction(3, 2))),
    ),
    Question("q4", "truth", Fraction(1), "True?", key="true", reason=Fraction(1, 2)),
)  # fmt: skip
ASSIGNMENT = Assignment("Homework 2", QUESTIONS, given="N: positive integer")
PERSIAN = replace(
    ASSIGNMENT,
    title="تمرین دوم: شبکه‌های پیچشی",
    language="fa",
    questions=(
        replace(QUESTIONS[0], prompt="یک لایهٔ پیچشی با هستهٔ K در K چند پارامتر دارد؟"),
        QUESTIONS[1],
        replace(
            QUESTIONS[2],
            prompt="چرا گرادیان به ورودی بلوک می‌رسد؟",
            rubric=(Criterion("همانی نام برده شده است.", Fraction(3, 2)),),
        ),
        QUESTIONS[3],
    ),
)


def mark(question: str, outcome: str, points: Fraction | None, answer: str, **more: str) -> Mark:
    """A mark as the program makes it, with its sentence."""
    of = ASSIGNMENT.question(question).points
    said = (Remark("verdict", "verdict", f"machine: {outcome}"),)
    return Mark(question, outcome, points, of, answer, remarks=said, **more)


def undecided(answer: str, question: str = "q2", **more: str) -> Mark:
    """An answer that was read and not decided."""
    return mark(question, "undecided", None, answer, read=more.pop("read", answer), **more)


def graded(student: str, *marks: Mark) -> Graded:
    """A student with marks for some questions."""
    given = sum((each.points for each in marks if each.points is not None), Fraction(0))
    of = sum((each.of for each in marks if each.points is not None), Fraction(0))
    opened = sum(each.open for each in marks)
    return Graded(student, marks, Total(given, given, of, ASSIGNMENT.full, opened))


def grading(*students: Graded, assignment: Assignment = ASSIGNMENT) -> Grading:
    """The class."""
    return Grading(assignment, students)


def sample(assignment: Assignment = ASSIGNMENT) -> Grading:
    """Five students with whatever can be open, and some hostile text."""
    zero, full = Fraction(0), TWO
    prose = "The identity path: d(x + f)/dx = 1 + f'"
    hostile = "<script>alert(1)</script> =cmd|'/c calc'!A1 \u202e\x1b[31m & \"K\""
    return grading(
        graded(
            "9811",
            mark("q1a", "unreadable", None, "K^2 C_in C_out +"),
            undecided("x + x"),
            mark("q3", "manual", None, prose),
            mark("q4", "manual", None, "true, because"),
        ),
        graded(
            "9812",
            mark("q1a", "unreadable", None, "K ^ ۲ C_in C_out  +"),
            undecided("3*x - x"),
            mark("q3", "manual", None, f"{prose} "),
            mark("q4", "wrong", zero, "false"),
        ),
        graded(
            "9813",
            mark("q1a", "unreadable", None, hostile),
            undecided("2*abs(x)"),
            mark("q3", "manual", None, prose),
            mark("q4", "missing", zero, ""),
        ),
        graded(
            "9814",
            mark("q1a", "right", full, "C_out*(K^2*C_in + 1)", read="C_out*(K^2*C_in + 1)"),
            mark("q2", "wrong", zero, "x^2", read="x^2"),
            mark("q3", "manual", None, "=1+1\nsecond line\n= third"),
            mark("q4", "manual", None, "true"),
        ),
        graded(
            "9815",
            mark("q1a", "wrong", zero, "K", read="K"),
            undecided("x + x"),
            mark("q3", "missing", zero, ""),
            mark("q4", "manual", None, "true,  because"),
        ),
        assignment=assignment,
    )
