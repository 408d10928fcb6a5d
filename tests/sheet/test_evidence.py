"""Witnesses in words: families, arrays, functions, what is undefined."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.claims import Equation, Finding, Witness
from symcnn.formula import Compare, Symbol
from symcnn.formula.domains import Given
from symcnn.formula.frozen import replace
from symcnn.formula.values import ArrayValue, Ball, Family, Polynomial, Undefined, Value
from symcnn.sheet.evidence import alternatives, compared, witness_sentence
from symcnn.sheet.language import read_language
from tests.sheet import sample

LANGUAGES = {
    code: read_language(code, (Path(__file__).resolve().parents[2] / "templates",))
    for code in ("en", "fa")
}
EN = LANGUAGES["en"]
FINDING: Finding = sample.report().finding("inverse")
ONE, HALF, ZERO = Fraction(1), Fraction(1, 2), Fraction(0)


def sentence(witness: Witness) -> str:
    return witness_sentence(witness, FINDING, EN)


def test_numbers_and_both_sides() -> None:
    assert sentence(Witness((("K", HALF),), ONE, ZERO)) == (
        r"$K = \frac{1}{2}$: the left side is $1$, the right side $0$"
    )


def test_numbers_of_the_question_that_the_statement_lacks_are_left_out() -> None:
    said = Equation(Symbol("k"), Symbol("k") + 1)
    given = Given((), (Compare("=", Symbol("k"), 3), Compare("=", Symbol("M"), 33)))
    finding = replace(FINDING, statement=said, given=given, needs=Given())
    three = (("k", Fraction(3)), ("M", Fraction(33)))
    assert witness_sentence(Witness(three, ZERO, ONE), finding, EN) == (
        "$k = 3$: the left side is $0$, the right side $1$"
    )


def test_members_of_a_family_that_differ_from_the_rest() -> None:
    family = Family({(1,): ONE, (2,): ZERO, (3,): HALF})
    assert sentence(Witness((("w", family),))) == (
        r"$w_{1} = 1$, $w_{3} = \frac{1}{2}$ (all other $w_{i}$ equal to $0$): "
        "the relation fails there"
    )
    assert "all $w_{i}$ equal to $0$" in sentence(Witness((("w", Family({})),)))


def test_a_long_run_of_equal_members_is_one_range() -> None:
    family = Family({(k,): ONE for k in range(-5, 12)})
    assert r"$w_{i} = 1\ (-5 \le i \le 11)$" in sentence(Witness((("w", family),)))


def test_the_first_entry_that_differs_is_named() -> None:
    left = ArrayValue((2, 2), (ONE, ZERO, HALF, ONE))
    right = ArrayValue((2, 2), (ONE, ZERO, ZERO, ZERO))
    assert compared(left, right, EN) == (
        r"in row 2, column 1 the left side is $\frac{1}{2}$, the right side $0$"
    )


def test_enclosures_that_meet_do_not_differ() -> None:
    left = ArrayValue((2,), (Ball(ZERO, ONE), Ball(ZERO, HALF)))
    right = ArrayValue((2,), (Ball(HALF, ONE), ONE))
    assert "in entry $2$" in compared(left, right, EN)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (ArrayValue((2,), (ONE, ONE)), ArrayValue((1,), (ONE,)), "the sizes differ: $2$"),
        (ArrayValue((1,), (ONE,)), ONE, "one side is an array"),
        (Undefined("1/0"), ONE, "the left side is undefined"),
    ],
)
def test_what_is_more_than_a_different_number(
    left: Value | Undefined, right: Value | Undefined, said: str
) -> None:
    assert said in compared(left, right, EN)


def test_of_sizes_that_differ_only_the_numbers_are_shown() -> None:
    point = (("K", ONE), ("w", Family({(0,): ONE})))
    text = sentence(Witness(point, ArrayValue((2,), (ONE, ONE)), ArrayValue((1,), (ONE,))))
    assert text.startswith("$K = 1$: the sizes differ")
    assert "w" not in text.replace("two", "")


def test_functions_are_polynomials() -> None:
    assert "$f(t) = 1 + 2 t$" in sentence(Witness((("f", Polynomial((ONE, Fraction(2)))),)))


def test_sets_of_conditions_are_alternatives() -> None:
    a, b = Symbol("a"), Symbol("b")
    text = alternatives(((Compare(">", a, 0), Compare("=", b, 0)), (Compare("=", a, 1),)), EN)
    assert text == "$a > 0$ and $b = 0$, or if $a = 1$"


@pytest.mark.parametrize("code", ["en", "fa"])
def test_no_english_stands_in_persian(code: str) -> None:
    words = witness_sentence(FINDING.verdict.witness, FINDING, LANGUAGES[code])  # type: ignore[union-attr]
    outside = "".join(words.split("$")[::2])
    assert any("a" <= sign <= "z" for sign in outside) == (code == "en")
