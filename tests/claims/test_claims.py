"""Claims, statements and answers: what an author may write, and what the message says if not."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy

from symcnn.claims import (
    Answer,
    Box,
    Certificate,
    Derivation,
    Equation,
    Exhibit,
    HoldsUnder,
    Implies,
    Link,
    Part,
    Problem,
    Proved,
    Refuted,
    Relation,
    Show,
    Undecided,
    Witness,
    claim,
)
from symcnn.claims.statements import as_formula, resolve
from symcnn.errors import AuthorError
from symcnn.formula import Compare, Index, Symbol, number
from symcnn.formula.domains import Given
from symcnn.reading import read_given


@claim(expect=Proved, given="K: positive integer")
def square() -> Equation:
    """The square
    of a sum."""
    return Equation("(K+1)^2", "K^2 + 2*K + 1")


@claim(expect=Proved)
def cost(K: int, C_out: int) -> Equation:
    """It asks for numbers of the question by name."""
    return Equation(K * C_out, 150)


def test_name_and_docstring_are_the_claim() -> None:
    assert (square.name, square.sentence) == ("square", "The square\nof a sum.")
    assert square.statement() == Equation((Symbol("K") + 1) ** 2, read("K^2 + 2*K + 1"))


def read(text: str) -> Any:
    return as_formula(text, Given())


def test_numbers_of_the_question_reach_the_claim() -> None:
    assert cost.statement({"K": 3, "C_out": 50}) == Equation(number(150), number(150))
    with pytest.raises(AuthorError, match="claim cost: the problem gives no number for C_out"):
        cost.statement({"K": 3})
    k_is_five, n_is_two = Compare("=", Symbol("K"), 5), Compare("=", Symbol("n"), 2)
    assert cost.granted({"K": 5, "n": 2}).relations == (k_is_five, n_is_two)
    assert square.granted({"K": 5, "n": 2}).relations == (n_is_two,)  # K: positive integer


def test_a_side_may_be_text_number_formula_table_or_sympy() -> None:
    given = read_given("w: indexed real")
    assert as_formula("w_1", given) == Index("w", (number(1),))
    assert as_formula(Fraction(1, 2), given) == number(Fraction(1, 2))
    assert as_formula([[1, 2]], given) == as_formula("Matrix([[1, 2]])", given)
    assert as_formula(sympy.IndexedBase("w")[1] + 2, given) is not None
    for wrong in (0.5, None, {1}):
        with pytest.raises(AuthorError, match=r"no side of a statement|exact"):
            as_formula(wrong, given)


def test_resolving_reads_every_side() -> None:
    x = Symbol("x")
    assert resolve(Implies("x = 1", "x^2 = 1"), Given()) == Implies(
        Compare("=", x, 1), Compare("=", x**2, 1)
    )
    shown = resolve(Exhibit((("x", 2),), ("x > 1",)), Given())
    assert shown == Exhibit((("x", number(2)),), (Compare(">", x, 1),))
    chain = resolve(Derivation("x", (Link("x + 0", "add nothing"),)), Given())
    assert chain == Derivation(x, (Link(x + 0, "add nothing"),))
    with pytest.raises(AuthorError, match="no condition"):
        resolve(Relation("x + 1"), Given())
    with pytest.raises(AuthorError, match="no statement"):
        resolve("x = x", Given())  # type: ignore[arg-type]


def test_errors_name_file_and_claim() -> None:
    @claim(expect=Proved)
    def broken() -> Equation:
        """Its text cannot be read."""
        return Equation("2*(K", "K")

    with pytest.raises(AuthorError, match=r"test_claims\.py: claim broken: 2\*\(K\n.*bracket"):
        broken.statement()


def undocumented() -> Equation:
    return Equation("x", "x")


def documented() -> Equation:
    """x is x."""
    return Equation("x", "x")


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (undocumented, {"expect": Proved}, "docstring"),
        (documented, {"expect": Proved, "needs": "x > 0"}, "expect=HoldsUnder"),
        (documented, {"expect": HoldsUnder}, "needs="),
        (documented, {"expect": Proved, "role": "source"}, "source="),
        (documented, {"expect": bool}, "expect is"),
    ],
)
def test_malformed_claims(
    function: Callable[[], Equation], arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(AuthorError, match=message):
        claim(**arguments)(function)


def test_malformed_answers() -> None:
    problem = Problem(title="t", statement="s")
    with pytest.raises(AuthorError, match="stands twice"):
        Answer(problem, (square, square))
    with pytest.raises(AuthorError, match="no claim"):
        Answer(problem, (documented,))  # type: ignore[arg-type]
    for block in (Show(square), Box("b", "so", square)):
        shown = Problem(title="t", statement="s", parts=(Part("1", "q", (block,)),))
        with pytest.raises(AuthorError, match="missing in claims"):
            Answer(shown, ())
    lost = claim(expect=Refuted, corrected_by="nowhere")(documented)
    with pytest.raises(AuthorError, match="nowhere"):
        Answer(problem, (lost,))


LEAF = Certificate("as written", "x = x")


@pytest.mark.parametrize(
    "verdict",
    [Proved("m", LEAF), HoldsUnder((), "m", LEAF), Refuted(Witness(())), Undecided("why")],
    ids=lambda verdict: verdict.kind,
)
def test_verdicts_are_no_booleans(verdict: Any) -> None:
    with pytest.raises(TypeError, match=verdict.kind):
        bool(verdict)
    assert pickle.loads(pickle.dumps(verdict)) == verdict
