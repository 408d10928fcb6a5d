"""Gradings made by hand: every outcome, hostile answers, both languages, an empty class."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.frozen import replace
from symcnn.grader.assignment import (
    Assignment,
    Convention,
    Criterion,
    Feedback,
    Milestone,
    Question,
)
from symcnn.grader.marks import Graded, Grading, Mark, Remark
from symcnn.grader.submission import Problem
from symcnn.grader.totals import total

F = Fraction
# Texts that no output for a student may hold below "solution".
KEYS = ("777*K^2*C_in", "Matrix([[888*w_1", "secret-option-key", "999/C_out", "the key's own words")
QUESTIONS = (
    Question(
        "q1a",
        "formula",
        F(2),
        "How many parameters does a convolution with one bias for each filter have?",
        key=KEYS[0],
        conventions=(Convention("MACs", "777*K^2*C_in/2", F(1, 2), "the key's own words"),),
        mistakes=(("bias-forgotten", F(1, 2)),),
    ),
    Question("q1b", "formula", F(2), "And how many FLOPs?", key=KEYS[0], conditional=F(1, 2)),
    Question("q2", "number", F(1), "What is it for N = 224?", key="777*K^2*C_in", tolerance="1%"),
    Question("q2b", "number", F(1), "Go on with it.", key=KEYS[0], uses=(("n", "q2"),)),
    Question("q3", "matrix", F(3), "Write the matrix A with y = A x.", key=KEYS[1], entries=True),
    Question(
        "q4",
        "chain",
        F(3),
        "Show line by line that the quotient is 1/C_out + 1/K^2.",
        start="A",
        key=KEYS[3],
        milestones=(Milestone(KEYS[3], F(1, 3)),),
    ),
    Question("q5", "truth", F(1), "True or false, with a reason?", key="true", reason=F(1, 2)),
    Question("q6", "choice", F(1), "Which are learned?", options=(("a", "scale"),), key=KEYS[2]),
    Question("q7", "formula", F(2), "Give it as a product.", key=KEYS[0], form="factored"),
    Question("q8", "manual", F(3), "Draw the graph.", rubric=(Criterion("both paths", F(3)),)),
    Question("q9", "formula", F(1), "The variance?", key=KEYS[0], bonus=True),
    Question("with", "statement", prompt="With whom did you talk?"),
)
ENGLISH = Assignment(
    "Deep learning, homework 2",
    QUESTIONS,
    given="K, S, N, H, W, C_in, C_out: positive integer; P: nonnegative integer",
    due="2026-11-30T23:59",
    feedback=Feedback("hint", "solution"),
)
PERSIAN = replace(ENGLISH, title="یادگیری ژرف، تمرین دوم: شبکه‌های پیچشی", language="fa")
HOSTILE = (
    "</script><script>alert(1)</script>]]>\"'`````|\n::set-output name=x::y\n%0A::error::z\n"
    "\x00\x1b[31m\u202edetrever\u2066 {{7*7}} (((7*7))) =cmd|' /C calc'!A0 "
    "\ufeff\x85\u2028 \ud800 &amp; <b>"
)


def right(question: str, of: Fraction, answer: str = "K^2*C_in*C_out + C_out") -> Mark:
    """A mark with full points."""
    said = (Remark("verdict", "verdict", "Equal to the key wherever the question asks."),)
    return Mark(question, "right", of, of, answer, "ali.md, line 3", answer, said)


def graded(student: str, marks: tuple[Mark, ...], name: str = "", **more: object) -> Graded:
    """A student with the total of these marks."""
    return Graded(student, marks, total(marks, ENGLISH), name, **more)  # type: ignore[arg-type]


def every_outcome() -> tuple[Mark, ...]:
    """Each outcome once, with remarks of every level."""
    return (
        Mark(
            "q1a",
            "wrong",
            F(1),
            F(2),
            "K^2*C_in*C_out",
            "ali.md, line 12",
            "K^2*C_in*C_out",
            (
                Remark("verdict", "verdict", "Not equal to what is asked."),
                Remark("where", "where", "It differs by a term that has C_out in it."),
                Remark("hint", "mistake", "The bias of each filter seems to be forgotten."),
                Remark("witness", "witness", "At K = 1, C_in = 1, C_out = 1 it is 1, not 2."),
                Remark("solution", "key", f"Right is {KEYS[0]}."),
            ),
            mistake="bias-forgotten",
        ),
        Mark(
            "q1b",
            "conditional",
            F(1),
            F(2),
            "2 H W K^2 C_in C_out",
            "ali.md, line 15",
            "2*H*W*K^2*C_in*C_out",
            (Remark("where", "condition", "It holds only if S divides N + 2*P - K."),),
        ),
        Mark("q2", "wrong", F(0), F(1), "113", "ali.md, line 18", "113"),
        Mark("q2b", "carried", F(1), F(1), "64*113^2", "ali.md, line 20", "64*113^2"),
        Mark(
            "q3",
            "partial",
            F(7, 3),
            F(3),
            r"\begin{bmatrix} w_1 & w_2 & 0 \\ 0 & w_1 & w_2 \end{bmatrix}",
            "ali.md, line 24",
            "Matrix([[w_1, w_2, 0], [0, w_1, w_2]])",
            (Remark("where", "entry", "Row 2, column 3 differs."),),
        ),
        Mark(
            "q4",
            "undecided",
            None,
            F(3),
            "(K^2 + C_out)/(K^2 C_out)\n= 1/C_out + 1/K^2",
            "ali.md, line 30",
            "(K^2 + C_out)/(K^2*C_out)\n= 1/C_out + 1/K^2",
            (Remark("readable", "line", "Line 2 was neither proved nor refuted."),),
        ),
        Mark("q5", "undecided", F(1, 2), F(1), "true", "ali.md, line 33", "true", by="Sara"),
        Mark("q6", "missing", F(0), F(1)),
        Mark("q7", "form", F(3, 2), F(2), "H*W*C_in*K^2", "ali.md, line 36", "H*W*C_in*K^2"),
        Mark("q8", "manual", None, F(3), "see page 2", "ali.md, line 40"),
        right("q9", F(1), "Sum((x[i] - mu)^2, (i, 1, m))/m"),
        Mark("with", "statement", F(0), F(0), "with Ali", "ali.md, line 50"),
    )


def hostile() -> tuple[Mark, ...]:
    """Answers that try to be more than text, and one that is far too long."""
    said = (
        Remark("readable", "read", f"I do not know the name «{HOSTILE}»."),
        Remark("solution", "key", f"Right is {KEYS[0]}."),
    )
    marks = [
        Mark(each.id, "unreadable", None, each.points, HOSTILE, "x\ny, line 3", "", said, group="g")
        for each in QUESTIONS[:4]
    ]
    marks += [
        Mark(each.id, "wrong", F(0), each.points, HOSTILE, HOSTILE, HOSTILE, said)
        for each in QUESTIONS[4:7]
    ]
    marks += [Mark("q6", "wrong", F(0), F(1), "K" * 100_000, "", "K" * 100_000)]
    marks += [Mark(each.id, "missing", F(0), each.points) for each in QUESTIONS[8:] if each.points]
    return (*marks, Mark("with", "statement", F(0), F(0), HOSTILE))


def all_right() -> tuple[Mark, ...]:
    """Nothing open, the bonus earned."""
    return (
        *(right(each.id, each.points) for each in QUESTIONS if each.kind != "statement"),
        Mark("with", "statement", F(0), F(0)),
    )


def nothing_marked() -> tuple[Mark, ...]:
    """Everything is open."""
    return tuple(Mark(each.id, "undecided", None, each.points, "K") for each in QUESTIONS[:-1])


def persian_marks() -> tuple[Mark, ...]:
    """The marks of every outcome, as a Persian assignment words them."""
    told = {
        "q1a": (
            Remark("verdict", "verdict", "با پاسخ درست برابر نیست."),
            Remark("where", "where", "تفاوت در جمله‌ای است که \u2066C_out\u2069 در آن است."),
            Remark("hint", "mistake", "گویا بایاس هر فیلتر فراموش شده است."),
            Remark("witness", "witness", "برای \u2066K = 1, C_in = 1\u2069 مقدار ۱ به‌جای ۲ است."),
            Remark("solution", "key", f"پاسخ درست \u2066{KEYS[0]}\u2069 است."),
        ),
        "q1b": (Remark("where", "condition", "تنها اگر \u2066S | N + 2*P - K\u2069."),),
        "q3": (Remark("where", "entry", "درایه‌ی سطر ۲ و ستون ۳ نادرست است."),),
        "q4": (Remark("readable", "line", "سطر ۲ نه اثبات شد و نه رد."),),
    }
    changed = []
    for mark in every_outcome():
        answer = (
            "برای این که گرادیان از راه \u2066y = x + F(x)\u2069 می‌گذرد"
            if mark.question == "q8"
            else mark.answer
        )
        changed.append(replace(mark, answer=answer, remarks=told.get(mark.question, ())))
    return tuple(changed)


IDS = (
    "0098",
    "98123456",
    "../../etc/passwd",
    "CON",
    "Ali",
    "ali",
    "=cmd|' /C calc'!A0",
    "نام\u202eبد",
)


def a_class(assignment: Assignment = ENGLISH, phase: str = "before") -> Grading:
    """Several students, some of them with ids that no file may be called by."""
    mixed = persian_marks() if assignment.language == "fa" else every_outcome()
    bundles = (mixed, all_right(), hostile(), nothing_marked(), mixed, all_right(), mixed, mixed)
    names = ("سارا کریمی", "Ali Rezaei", "</title><script>x</script>", "", "=1+1", "@b", "", "")
    problems = (Problem("ali.md, line 9", "there are two answers to q1a", "keep one of them"),)
    students = tuple(
        graded(each, marks, name, problems=problems if not place else (), source=f"in/{place}.md")
        for place, (each, marks, name) in enumerate(zip(IDS, bundles, names, strict=True))
    )
    return Grading(assignment, students, (Problem("b.zip", "it is damaged"),), phase)


def one(marks: tuple[Mark, ...] | None = None, phase: str = "before") -> Grading:
    """A class of one student."""
    return Grading(ENGLISH, (graded("9812", marks or every_outcome(), "Ali"),), (), phase)


EMPTY = Grading(ENGLISH, ())
