"""The known traps, one by one: what would go wrong in a prover that is less careful."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.claims import Equation, Proved, Refuted, Undecided
from symcnn.errors import AuthorError, ParseError
from symcnn.formula.values import Ball, Undefined
from symcnn.prover import decide
from symcnn.prover.intervals import EVERYTHING
from symcnn.prover.samples import numbers
from symcnn.reading import read, read_given
from tests.prover.ask import equation, relation

# 1. Only exact procedures prove; what sampling does not tell apart is not equal.


def test_agreeing_at_every_point_that_is_tried_proves_nothing() -> None:
    """The product vanishes at every number that is tried first."""
    factors = "*".join(f"(x - ({value}))" for value in numbers("real", EVERYTHING, False))
    assert isinstance(equation(factors, "0"), Refuted)
    assert not isinstance(equation(f"sin(x)*{factors}", "0"), Proved)
    assert not isinstance(equation(f"floor(x)*{factors}", "0"), Proved)


def test_a_missing_tool_leaves_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("Bracket(K >= 2 and D >= 2)", "Bracket(K^2 + D < K^2*D)", "K, D: positive integer")
    assert isinstance(equation(*asked), Proved)
    monkeypatch.setitem(sys.modules, "z3", None)
    assert isinstance(equation(*asked), Undecided)


def test_cases_without_a_true_branch_are_given_up_at_once() -> None:
    key = "floor((n + 2*P - K)/S) + 1"
    sizes = "n, K, S: positive integer; P: nonnegative integer"
    assert isinstance(equation(f"Cases(({key}, 1 = 2))", key, sizes), Refuted)
    assert isinstance(equation("Cases((x, 1 = 2))", "x"), Refuted)


# 2. A witness is exact, or its enclosures are disjoint.

_E = "2.718281828459045235360287471352662497757247093699959574966967627724076630353547594571382"


def test_enclosures_that_are_disjoint_refute() -> None:
    found = equation("exp(1)", "2.71828182845904523536")
    assert isinstance(found, Refuted)
    assert isinstance(found.witness.lhs, Ball)
    assert found.witness.rhs < found.witness.lhs.low  # type: ignore[operator]


def test_enclosures_that_overlap_do_not() -> None:
    assert isinstance(equation("exp(1)", _E + "178525166427427466391932"), Undecided)


# 3. Equality is exact, directed, and about arrays of one shape.


@pytest.mark.parametrize(
    ("lhs", "rhs", "assumed", "kind"),
    [
        ("0.72", "18/25", "", Proved),
        ("0.7", "18/25", "", Refuted),
        ("x + 0.000000001", "x", "", Refuted),
        ("k", "K", "", Refuted),
        ("0/(K-K)", "0", "", Undecided),
        ("0", "0/(K-K)", "", Undecided),
        ("x/0", "0", "", Undecided),
        ("x/x", "1", "", Proved),
        ("1", "x/x", "", Proved),
        ("sqrt(x)^2", "x", "", Refuted),
        ("x", "sqrt(x)^2", "", Proved),
        ("transpose(A)", "A", "A: matrix 2 x 3", Refuted),
        ("transpose(transpose(A))", "A", "A: matrix 2 x 3", Proved),
    ],
)
def test_exactly_equal(lhs: str, rhs: str, assumed: str, kind: type) -> None:
    assert isinstance(equation(lhs, rhs, assumed), kind)


def test_a_difference_of_shape_has_its_own_message() -> None:
    found = equation("A", "B", "A: matrix 2 x 2; B: matrix 3 x 3")
    assert isinstance(found, Refuted)
    assert found.message == "the shapes differ: 2 x 2 and 3 x 3"


def test_a_witness_lies_inside_of_what_is_given() -> None:
    found = equation("abs(n)", "n + 2*Bracket(n < 0)", "n: integer; n >= -1; 3 divides n - 2")
    assert isinstance(found, Proved)
    wider = equation("abs(n)", "n + 2*Bracket(n < 0)", "n: integer; 3 divides n - 2")
    assert isinstance(wider, Refuted)
    assert dict(wider.witness.values) == {"n": Fraction(-4)}


# 6. The normal form decides rational formulas both ways, even where every sample agrees.


def test_a_difference_far_from_the_samples_is_found() -> None:
    product = "*".join(f"(n - ({value}))" for value in numbers("integer", EVERYTHING, False))
    assert isinstance(equation(f"{product} + n", "n", "n: integer"), Refuted)
    inside = equation("(n-1)*(n-2)*(n-3)", "0", "n: integer; n >= 1; n <= 3")
    assert not isinstance(inside, Refuted)


# 7. z3: quotients of integers are Euclidean there, and x/0 is anything.


@pytest.mark.parametrize(
    ("lhs", "rhs", "kind"),
    [
        ("floor(n/(-2))", "-ceil(n/2)", Proved),
        ("floor(n/(-2))", "-floor(n/2)", Refuted),
        ("mod(n, -3)", "n + 3*floor(-n/3)", Proved),
        ("mod(n, -3)", "mod(n, 3)", Refuted),
        ("mod(-n, 3)", "-mod(n, 3)", Refuted),
        ("n/0*0", "0", Undecided),
        ("max(n/0, n)", "n", Undecided),
    ],
)
def test_floors_go_down_and_nothing_is_divided_by_zero(lhs: str, rhs: str, kind: type) -> None:
    assert isinstance(equation(lhs, rhs, "n: integer"), kind)


def test_a_divisor_that_may_be_zero_is_not_forgotten() -> None:
    assert isinstance(relation("x*(1/x) > 0", "x: real"), Undecided)
    assert isinstance(relation("x*(1/x) > 0", "x: nonzero real"), Proved)


# 8. Nothing is forked, signalled or written; questions may be asked from many threads.


def test_threads_do_not_disturb_each_other() -> None:
    asked = [("(x+1)^2", "x^2+2*x+1", ""), ("exp(x)^2", "exp(x)", ""), ("relu(x)", "max(x,0)", "")]
    alone = [repr(equation(*each)) for each in asked]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda k: repr(equation(*asked[k % 3])), range(24)))
    assert found == alone * 8


@pytest.mark.parametrize("package", ["formula", "reading", "claims", "prover", "verifying"])
def test_no_process_signal_or_file(package: str) -> None:
    root = Path(__file__).parents[2] / "symcnn" / package
    words = ("import signal", "import subprocess", "os.fork", "write_text", "write_bytes")
    used = [
        f"{path.name}: {word}"
        for path in sorted(root.glob("*.py"))
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert used == []


# 9. Invalid is not wrong.


@pytest.mark.parametrize("text", ["x +", "f(", "x = = y", "\\frac{1}"])
def test_what_cannot_be_read_has_no_verdict(text: str) -> None:
    with pytest.raises(ParseError):
        read(text)


# 11. A sum that picks one member, names that other systems take, foreign names, no assumptions.


def test_a_member_between_the_members_has_no_value() -> None:
    """``Sum(w[j]*[i = 2*j], j)`` is 0 for odd i, where ``w[i/2]`` is nothing."""
    assumed = "w: indexed real; i: integer"
    picked = "Sum(w[j]*Bracket(i = 2*j), j)"
    found = equation("w[i/2]", picked, assumed)
    assert isinstance(found, Refuted)
    assert isinstance(found.witness.lhs, Undefined)
    assert not isinstance(equation(picked, "w[floor(i/2)]", assumed), Proved)
    even = equation(picked, "w[i/2]", assumed + "; 2 divides i")
    assert not isinstance(even, Refuted)


def test_every_letter_is_an_ordinary_name() -> None:
    names = "N, S, I, E, Q, C, O, pi_0, beta, gamma, zeta, lambda: real"
    assert isinstance(equation("N*S*I*E*Q*C*O", "O*C*Q*E*I*S*N", names), Proved)
    assert isinstance(equation("I^2", "-1", "I: real"), Refuted)
    assert isinstance(equation("E", "exp(1)", "E: real"), Refuted)
    assert isinstance(equation("S(1)", "1", "S: real"), Refuted)


def test_an_assumption_of_sympy_has_to_be_granted() -> None:
    import sympy

    from symcnn.claims.statements import resolve

    x = sympy.Symbol("x", positive=True)
    stated = Equation(sympy.sqrt(x**2), "x")
    with pytest.raises(AuthorError):
        resolve(stated, read_given("x: real"))
    granted = read_given("x: positive real")
    assert isinstance(decide(resolve(stated, granted), granted), Proved)


def test_a_name_that_the_key_lacks_may_cancel_but_not_stay() -> None:
    assert isinstance(equation("K + theta - theta", "K"), Proved)
    assert isinstance(equation("K + theta", "K"), Refuted)
    assert isinstance(equation("K + 0/(theta - theta)", "K"), Undecided)


def test_assumptions_without_a_point_are_an_error() -> None:
    for assumed in ("x: real; x > 1; x < 0", "x: real; x^2 < 0", "x, y: real; x < y; y < x"):
        with pytest.raises(AuthorError, match="contradict"):
            equation("x", "x", assumed)
