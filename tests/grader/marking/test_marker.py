"""The marker as a value: pickled, in threads, without detail; groups; what it loads."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from symcnn.claims.statements import Equation
from symcnn.errors import AuthorError
from symcnn.grader.assignment import Convention, Feedback, Milestone, Question
from symcnn.grader.marking import Marker, graded
from symcnn.grader.marking.words import SENTENCES, Teller
from symcnn.grader.submission import Response, Submission
from symcnn.prover import settle
from symcnn.reading import read, read_given
from tests.grader.marking.asking import CNN, asked, mark, marker

HALF = Fraction(1, 2)
PARAMS = marker(asked("formula", "K^2*C_in*C_out + C_out", given=CNN))
WRONG = [
    "K^2*C_in*C_out", "C_out*C_in*K^2", "K*K*C_out*C_in + 0", "C_in*C_out*K^3/K", "K^2*C_in",
    "C_in*K^2*C_out/C_out", "K^2*C_in*C_out + 1", "1 + K^2 C_in C_out", "(K^2*C_in*C_out + 1)*2/2",
    "floor(K)*C_in", "floor(K/2)*C_in", "C_in*floor(K/2)", "K/C_in", "2*K/(C_in + C_in)", "-K", "0",
    "K - K", "K^2/(C_in + 1)", "2*K^2/(2*C_in + 2)", "0.5", "1/2", "2/4", "(K - C_in)/(C_in - K)",
    "-1", "(K^2 - 1)/(K + 1)", "K - 1",
]  # fmt: skip


def test_answers_of_one_group_are_proved_equal_and_rational_equal_ones_share_it() -> None:
    given = read_given(CNN)
    groups = {text: mark(PARAMS, text).group for text in WRONG}
    for a in WRONG:
        for b in WRONG:
            same = settle(Equation(read(a, given).formula, read(b, given).formula), given)
            if groups[a] == groups[b]:
                assert same.kind == "proved", (a, b)
            elif "floor" not in a + b:
                assert same.kind == "refuted", (a, b)
    assert groups["K/C_in"] == "K/C_in" and groups["(K^2 - 1)/(K + 1)"] == "K - 1"


def test_groups_of_what_cannot_be_read_are_texts() -> None:
    a, b = (mark(PARAMS, text).group for text in ("See  my notebook", "see my\nnotebook"))
    assert a == b
    assert mark(PARAMS, "K^2 +").group != mark(PARAMS, "k^2 +").group
    assert mark(PARAMS, "C_out*(K^2*C_in + 1)").group == "right"
    assert len(mark(PARAMS, "(" * 9_000).group) < 400


def test_pickled_it_is_the_same_marker() -> None:
    copy = pickle.loads(pickle.dumps(PARAMS))
    assert copy.assignment == PARAMS.assignment and copy is not PARAMS
    for text in WRONG[:5]:
        assert copy.mark("q", text) == PARAMS.mark("q", text)


MIXED = (
    asked("formula", "2*H*W*K^2*C_in", id="ops", given=CNN, conditional=HALF,
          mistakes=(("kernel-not-squared", HALF),), aliases=(("F", "K"),),
          conventions=(Convention("MACs", "H*W*K^2*C_in", HALF),)),
    asked("formula", "(K + 1)*(C_in + 1)", id="open", given=CNN, form="expanded", form_credit=HALF),
    asked("formula", "abs(x)", id="abs", given="x: real", conditional=HALF),
    asked("formula", "n*K + C_in", id="then", given=CNN, uses=(("n", "open"),)),
    asked("number", "18/25", id="share", tolerance="1%", unit=1000),
    asked("matrix", "Matrix([[K, S, 0], [0, K, S]])", id="band", given=CNN, entries=True),
    asked("chain", "K^2 + 2*K + 1", id="square", given=CNN, start="(K + 1)^2",
          milestones=(Milestone("K*(K + 1) + (K + 1)", HALF),)),
    asked("truth", "false", id="truth", reason=HALF),
    asked("choice", "a,c", id="choice", options=(("a", ""), ("b", ""), ("c", ""))),
)  # fmt: skip
ANSWERS = {
    "ops": ["2 H W F^2 C_in", "H W K K C_in", "2 H W K C_in", "H W", "$2HWK^2C_{in}$", "2 H W Q"],
    "open": ["K C_in + K + C_in + 1", "(K + 1)(C_in + 1)", "K*C_in", "K*۱/۲", "K ="],
    "abs": ["x", "-x", "sqrt(x^2)", "max(x, -x)", "x^2/x", "x + 1", "0/0"],
    "then": ["K^2*C_in + C_in", "n K + C_in", "K*(K*C_in) + C_in", "C_in", "K*K*C_in + K"],
    "share": ["0.72", "72%", "0.7", "18/25", "0.725", "720 m", "0.00072 K"],
    "band": ["[[K, S, 0], [0, K, S]]", "[K S 0; 0 0 0]", "[[S, K, 0], [0, S, K]]", "[0 0; 0 0]"],
    "square": ["(K+1)^2\n= K(K+1) + (K+1)\n= K^2+2K+1", "(K+1)^2\n= K(K+1) + K + 1\n= K^2 + 1",
               "K^2 + 2 K + 1", "(K+1)^2 =", "= K^2 + 2K + 1", "(K+1)^2\n= (K + 1)^2 + K - K"],
    "truth": ["false, since", "true", "maybe", "نادرست"],
    "choice": ["a, c", "c", "e", "الف، ج"],
}  # fmt: skip


def submissions() -> list[Submission]:
    """Every answer, the answers of a student from different places of the lists."""
    found = []
    for number in range(7):
        pairs = ((name, texts[number % len(texts)]) for name, texts in ANSWERS.items())
        responses = tuple((name, Response(text)) for name, text in pairs)
        found.append(Submission(f"s{number}", responses))
    return found


def test_many_threads_find_what_one_finds() -> None:
    alone = [marker(*MIXED).marks(each) for each in submissions()[:2]]
    shared = marker(*MIXED)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(shared.marks, submissions()[:2] * 3))
    assert together == alone * 3


def test_without_detail_outcomes_and_points_are_the_same() -> None:
    fresh, outcomes = marker(*MIXED), set()
    for each in submissions():
        less = fresh.marks(each, detail=False)
        whole = fresh.marks(each)
        assert [(m.question, m.outcome, m.points, m.of) for m in whole] == [
            (m.question, m.outcome, m.points, m.of) for m in less
        ]
        outcomes |= {m.outcome for m in whole}
    assert outcomes >= {"right", "wrong", "partial", "form", "conditional", "carried", "manual"}
    assert outcomes >= {"unreadable", "undecided"}


RIGHT = ["C_out*(K^2*C_in + 1)", r"$C_{out}\left(1 + C_{in}K^2\right)$", "K²×C_in×C_out + C_out"]


@pytest.mark.parametrize("level", ["readable", "verdict", "where"])
def test_what_is_right_at_once_says_all_but_how_it_was_read(level: str) -> None:
    key, levels = "K^2*C_in*C_out + C_out", Feedback(level, "solution")
    question = asked("formula", key, given=CNN, feedback=levels)
    careful = marker(question)
    judge = careful.judge("q")
    for text in RIGHT:
        mark, found = careful.mark("q", text), judge.find(text, {}, detail=True)
        told = tuple(each for each in found.remarks if each.kind != "read")
        assert (mark.outcome, mark.points, mark.group) == ("right", question.points, found.group)
        assert mark.answer == text and found.read
        if level == "readable":  # a reading beside wrong answers only would tell which are wrong
            assert (mark.read, mark.remarks) == (found.read, found.remarks)
        else:
            assert (mark.read, mark.remarks) == ("", told)


def test_a_right_answer_that_divides_by_what_may_be_0_says_where_it_has_no_value() -> None:
    ours = marker(asked("formula", "x", given="x: real"))
    assert ours.mark("q", "x").remarks != ours.mark("q", "x^2/x").remarks
    assert ours.mark("q", "x^2/x").read == "x^2/x" and not ours.mark("q", "x").read


def test_what_was_marked_before_does_not_matter() -> None:
    fresh = [Marker(PARAMS.assignment).mark("q", text) for text in WRONG[::6]]
    used = Marker(PARAMS.assignment)
    for text in reversed(WRONG):
        used.mark("q", text)
    assert [used.mark("q", text) for text in WRONG[::6]] == fresh


def test_marks_stand_in_the_order_of_the_assignment() -> None:
    questions = tuple(asked("number", str(n), id=f"q{n}") for n in range(1, 4))
    responses = (("q3", Response("3", "ali.md, line 9")), ("q1", Response("7")))
    marks = marker(*questions).marks(Submission("ali", responses))
    assert [(each.question, each.outcome) for each in marks] == [
        ("q1", "wrong"),
        ("q2", "missing"),
        ("q3", "right"),
    ]
    assert marks[2].place == "ali.md, line 9" and marks[2].answer == "3"


def test_the_first_of_two_answers_counts() -> None:
    responses = (("q", Response("K")), ("q", Response("K^2*C_in*C_out + C_out")))
    (found,) = PARAMS.marks(Submission("ali", responses))
    assert found.answer == "K"


def test_an_unclear_answer_is_open() -> None:
    for detail in (True, False):
        (found,) = PARAMS.marks(Submission("ali", unclear=("q",)), detail=detail)
        assert (found.outcome, found.points) == ("unreadable", None)


def test_graded_brings_everything_about_a_student() -> None:
    submission = Submission("7", (("q", Response("K")),), "a.md", "Ali")
    found = graded(PARAMS, submission, factor=Fraction(1, 2))
    assert (found.student, found.name, found.source) == ("7", "Ali", "a.md")
    assert found.factor == Fraction(1, 2) and found.total.points == 0
    assert graded(PARAMS, submission, name="Ali Karimi").name == "Ali Karimi"


def test_questions_that_are_not_there_and_ids_that_clash() -> None:
    with pytest.raises(AuthorError, match="no question 'z'"):
        PARAMS.mark("z", "K")
    with pytest.raises(AuthorError, match="two questions"):
        marker(asked("number", "1"), asked("number", "2"))


def test_every_sentence_has_two_languages_with_the_same_parts() -> None:
    from string import Formatter

    for code, (english, persian) in SENTENCES.items():
        parts = [
            {name for _, name, _, _ in Formatter().parse(each) if name}
            for each in (english, persian)
        ]
        assert parts[0] == parts[1], code
        assert persian and (persian != english or code == "rubric")
    assert Teller("fa").ltr("K^2") == "\u2066K^2\u2069"


def test_persian_remarks_keep_formulas_from_left_to_right() -> None:
    asking = PARAMS.assignment.questions[0]
    found = mark(marker(asking, language="fa"), "K^2*C_in*C_out")
    assert all("\u2066" in each.text for each in found.remarks if each.kind in ("read", "witness"))
    assert "درست" in mark(marker(asking, language="fa"), "C_out*(K^2*C_in + 1)").remarks[-1].text


def test_marking_loads_no_heavy_package() -> None:
    program = (
        "import sys; from fractions import Fraction as F\n"
        "from symcnn.grader.assignment import Assignment, Question\n"
        "from symcnn.grader.marking import Marker\n"
        "q = Question('q', 'formula', F(1), key='K^2*C_in', given='cnn')\n"
        "m = Marker(Assignment('A', (q,)))\n"
        "[m.mark('q', t) for t in ('K^2 C_in', 'K C_in', 'K +', 'z')]\n"
        "heavy = {'sympy', 'numpy', 'jinja2', 'rich', 'z3', 'yaml', 'dask'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_conventions_with_a_form_are_both_looked_at() -> None:
    macs = Convention("MACs", "K*(C_in + 1)", Fraction(1, 2))
    question = Question(
        "q", "formula", Fraction(4), key="2*K*(C_in + 1)", given=CNN, conventions=(macs,),
        form="expanded", form_credit=Fraction(1, 2),
    )  # fmt: skip
    found = marker(question)
    assert [(mark(found, text).outcome, mark(found, text).points) for text in (
        "2*K*C_in + 2*K", "2*K*(C_in + 1)", "K*C_in + K", "K*(C_in + 1)",
    )] == [("right", 4), ("form", 2), ("partial", 2), ("form", 1)]  # fmt: skip
