"""The grammar of given: domains, families, matrices, relations, mappings, refusals."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.formula import Compare, Not, Rational, Symbol
from symcnn.formula.domains import Domain, Given
from symcnn.reading import ParseError, read, read_given

DESIGN = (
    "K, C_in: positive integer; P: nonnegative integer; alpha != 0; S divides N+2*P-F;"
    " p: real in (0,1); m: integer >= 2; u: indexed real; X: indexed real support 0..9;"
    " n_k: indexed positive integer; A, B: matrix n x n"
)


def test_the_example_of_the_grammar() -> None:
    given = read_given(DESIGN)
    assert given.domain("K") == given.domain("C_in") == Domain("integer", Rational(1))
    assert given.domain("P") == Domain("integer", Rational(0))
    assert given.domain("p") == Domain("real", Rational(0), Rational(1), True, True)
    assert given.domain("m") == Domain("integer", Rational(2))
    assert given.domain("u") == Domain("real", indices=1)
    support = ((Rational(0), Rational(9)),)
    assert given.domain("X") == Domain("real", indices=1, support=support)
    assert given.domain("n") == Domain("integer", Rational(1), indices=1)
    assert given.domain("A") == Domain("matrix", shape=(Symbol("n"), Symbol("n")))
    assert given.relations == (
        Compare("!=", Symbol("alpha"), 0),
        read("S divides N + 2*P - F").formula,
    )


@pytest.mark.parametrize(
    ("phrase", "domain"),
    [
        ("real", Domain()),
        ("positive real", Domain(low=Rational(0), low_open=True)),
        ("negative integer", Domain("integer", high=Rational(-1))),
        ("nonzero real", Domain(nonzero=True)),
        ("integer >= 2 and <= 9", Domain("integer", Rational(2), Rational(9))),
        ("real > 0", Domain(low=Rational(0), low_open=True)),
        ("real in [0, infinity)", Domain(low=Rational(0), high_open=True)),
        ("integer in 0..9", Domain("integer", Rational(0), Rational(9))),
        ("integer in [0, K)", Domain("integer", Rational(0), Symbol("K"), high_open=True)),
        ("function", Domain("function")),
        ("vector 3", Domain("matrix", shape=(Rational(3),))),
        ("matrix 3x4", Domain("matrix", shape=(Rational(3), Rational(4)))),
        ("real matrix n x m", Domain("matrix", shape=(Symbol("n"), Symbol("m")))),
        ("indexed by 2 integer", Domain("integer", indices=2)),
        (
            "indexed real support 0..3 x 0..K-1",
            Domain(
                indices=2,
                support=((Rational(0), Rational(3)), (Rational(0), Symbol("K") - 1)),
            ),
        ),
    ],
)
def test_domains(phrase: str, domain: Domain) -> None:
    assert read_given(f"q: {phrase}").domain("q") == domain


def test_parity_is_a_relation() -> None:
    even = Compare("divides", 2, Symbol("n"))
    assert read_given("n: even integer").relations == (even,)
    assert read_given("n: odd integer").relations == (Not(even),)


def test_names_in_latex_and_line_ends() -> None:
    given = read_given("C_{in}, \\alpha: positive integer\nK: real\n")
    assert [name for name, _ in given.domains] == ["C_in", "alpha", "K"]


def test_mapping() -> None:
    given = read_given({"K": "positive integer", "N": 28, "q": Fraction(1, 2), "r": Domain()})
    assert given.domain("N") == Domain("integer", Rational(28), Rational(28))
    assert given.domain("K") == Domain("integer", Rational(1))
    assert given.domain("r") == Domain()
    assert read_given(given) is given
    assert read_given(None) == Given()


def test_the_usual_names() -> None:
    given = read_given("cnn; alpha != 0; K: integer >= 3")
    assert given.domain("C_in") == Domain("integer", Rational(1))
    assert given.domain("P") == Domain("integer", Rational(0))
    assert given.domain("epsilon") == Domain("real", Rational(0))
    assert given.domain("K") == Domain("integer", Rational(3))
    assert given.domain("sigma") is None
    assert read("eps", given).formula == Symbol("epsilon")


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("x: bananas", "given-domain", 3),
        ("K: real; x:", "given-domain", 11),
        ("a+b: real", "given-name", 0),
        ("K: real; L + ", "ends-early", 12),
        ("K: real; 3", "given-item", 9),
        ("p: real in (0, 1", "given-domain", 11),
        ("p: integer >= ", "given-domain", 10),
        ("A: matrix n", "given-domain", 9),
        ("n: integer; n_k: indexed real", "given-clash", 17),
        ("m: integer >= 2 +", "ends-early", 17),
        ("m: positive positive integer", "given-domain", 12),
    ],
)
def test_bad_text_is_refused_in_its_place(text: str, code: str, offset: int) -> None:
    with pytest.raises(ParseError) as caught:
        read_given(text)
    assert (caught.value.code, caught.value.offset) == (code, offset)
