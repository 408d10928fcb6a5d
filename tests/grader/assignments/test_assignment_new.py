"""Assignments from answers: only what is proved, with keys that stand by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment
from symcnn.grader.assignments.assignment_file import assignment_text, read_assignment
from symcnn.grader.assignments.new_assignment import new_assignment
from symcnn.verifying.checker import Checker
from symcnn.verifying.steps import verify_steps

ANSWER = '''
from symcnn.claims import *

SIZES = "N, K, M: positive integer; K <= N"


@claim(expect=Proved, given=SIZES)
def count():
    """It takes $K(N - K + 1)$ multiplications."""
    return Equation("K*(N - K + 1)", "K*(N + 1) - K^2")


@claim(expect=Refuted, given=SIZES, corrected_by="count")
def one_too_few():
    """It takes $K(N - K)$."""
    return Equation("K*(N - K)", "K*(N + 1) - K^2")


@claim(expect=Proved, given=SIZES)
def count_again():
    """The same."""
    return Equation("K*N - K*K + K", "K*(N + 1) - K^2")


@claim(expect=HoldsUnder, given="a: real", needs="a >= 0")
def root():
    """The root of the square."""
    return Equation("sqrt(a^2)", "a")


@claim(expect=Proved, given="a, b: real")
def square():
    """The square, step by step."""
    twice, out = Link("(a + b)*(a + b)", "twice"), Link("a^2 + 2*a*b + b^2", "out")
    return Derivation("(a + b)^2", (twice, out))


@claim(expect=Proved)
def example(N: int, K: int):
    """The number."""
    return Equation(f"{K}*({N} - {K} + 1)", K * (N - K + 1))


@claim(expect=Proved, given="w: indexed real")
def matrix():
    """As a matrix."""
    band = "Array((2, 2), (i, j), w[j - i]*Bracket(i <= j))"
    return Equation("Matrix([[w[0], w[1]], [0, w[0]]])", band)


@claim(expect=Proved, given="x: real")
def bound():
    """Never negative."""
    return Relation("0 <= x^2")


@claim(expect=Proved, given="a: real")
def wrongly_expected():
    """Not so."""
    return Equation("a^2", "a")


ANSWER = Answer(
    problem=Problem(
        title="Counting",
        statement="A kernel of $K$ taps slides over $N$ numbers.",
        given={"N": 10, "K": 4},
        parts=(Part("1", "How many for $N = \\\\given{N}$?", (Box("b", "So many:", example),)),),
    ),
    claims=(
        count, one_too_few, count_again, root, square, example, matrix, bound, wrongly_expected,
    ),
)
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = tmp_path_factory.mktemp("answers")
    (answers / "mine").mkdir()
    (answers / "mine" / "q1.py").write_text(ANSWER, encoding="utf-8")
    return answers


@pytest.fixture(scope="module")
def made(folder: Path) -> tuple[Assignment, tuple[str, ...]]:
    return new_assignment(["mine/q1"], [folder])


def test_claims_become_questions_with_keys_as_text(
    made: tuple[Assignment, tuple[str, ...]],
) -> None:
    assignment, _ = made
    found = {each.id: each for each in assignment.questions}
    assert {name: each.kind for name, each in found.items()} == {
        "count": "formula",
        "root": "formula",
        "square": "chain",
        "example": "number",
        "matrix": "matrix",
    }
    assert found["count"].key == "K*(N + 1) - K^2"
    assert found["count"].given == "N, K: positive integer; K <= N"
    assert found["count"].prompt == "It takes $K(N - K + 1)$ multiplications."
    assert found["root"].given == "a: real; a >= 0"
    assert found["matrix"].key == "Matrix([[w[0], w[1]], [0, w[0]]])"
    assert (found["square"].start, found["square"].key) == ("(a + b)^2", "a^2 + 2*a*b + b^2")
    assert [stone.key for stone in found["square"].milestones] == ["(a + b)*(a + b)"]
    assert found["example"].prompt == (
        "A kernel of $K$ taps slides over $N$ numbers.\n\nHow many for $N = 10$?"
    )


def test_examples_come_from_the_claims_and_are_decided(
    made: tuple[Assignment, tuple[str, ...]],
) -> None:
    assignment, _ = made
    count, square = assignment.question("count"), assignment.question("square")
    assert (count.accept, count.reject) == (("K*(N - K + 1)",), ("K*(N - K)",))
    checker = Checker(count.key, count.given)
    assert [checker.check(text).kind for text in (*count.accept, *count.reject)] == [
        "proved", "refuted",
    ]  # fmt: skip
    [chain] = square.accept
    assert verify_steps(chain, square.start, square.key, square.given).kind == "proved"


def test_what_is_left_out_is_told(made: tuple[Assignment, tuple[str, ...]]) -> None:
    assert made[1] == (
        "mine/q1:one_too_few: it is not expected to hold",
        "mine/q1:count_again: it has the key of count",
        "mine/q1:bound: an equation has one = between two formulas",
        "mine/q1:wrongly_expected: it is refuted",
    )


def test_it_stands_by_itself(made: tuple[Assignment, tuple[str, ...]]) -> None:
    text = assignment_text(made[0])
    assert read_assignment(text) == made[0]
    assert "mine/q1" not in text


def test_one_claim_and_names_that_there_are_not(folder: Path) -> None:
    assignment, left_out = new_assignment(["mine/q1:root", "mine/q1:count"], [folder])
    assert [each.id for each in assignment.questions] == ["root", "count"]
    assert left_out == ()
    with pytest.raises(AuthorError, match="mine/q1 has no claim 'roots'; did you mean root"):
        new_assignment(["mine/q1:roots"], [folder])
    with pytest.raises(AuthorError, match="no claim of mine/q1:bound can be asked for"):
        new_assignment(["mine/q1:bound"], [folder])
    with pytest.raises(AuthorError, match="there is no answer"):
        new_assignment(["mine/q9"], [folder])


def test_a_shipped_claim_makes_an_assignment() -> None:
    assignment, _ = new_assignment(["dl2/q4:jacobian"])
    question = assignment.question("jacobian")
    assert question.kind == "matrix"
    assert question.key.startswith("Matrix([[w[2], w[3], 0, 0], ")
    assert len(question.reject) == 1
