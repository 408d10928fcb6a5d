"""The traps: definedness, vacuity, direction, contradictions, determinism."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import pytest

from symcnn.claims import HoldsUnder, Proved, Refuted, Undecided
from symcnn.errors import AuthorError
from symcnn.formula.plain import plain
from symcnn.formula.values import Undefined
from tests.prover.ask import equation, relation


@pytest.mark.parametrize(
    ("lhs", "rhs", "assumed"),
    [
        ("0/(K-K)", "0", ""),
        ("0/(K-K)", "1", "K: positive integer"),
        ("x/(y-y)", "x/(y-y)", ""),
        ("sqrt(-1-x^2)", "sqrt(-1-x^2)", "x: real"),
        ("log(-exp(x))", "log(-exp(x))", ""),
    ],
)
def test_what_has_no_value_anywhere_is_never_proved(lhs: str, rhs: str, assumed: str) -> None:
    verdict = equation(lhs, rhs, assumed)
    assert isinstance(verdict, Undecided)
    assert "no admissible point" in verdict.reason


def test_a_cancelled_divisor_is_printed() -> None:
    verdict = equation("x^2/x", "x")
    assert isinstance(verdict, Proved)
    assert verdict.domain is not None and plain(verdict.domain) == "x != 0"


def test_a_divisor_of_the_reference_is_not_printed() -> None:
    verdict = equation("x/(2*K)", "x/K/2")
    assert isinstance(verdict, Proved) and verdict.domain is None


def test_undefined_where_no_divisor_vanishes_is_a_witness() -> None:
    verdict = equation("sqrt(x)^2", "x")
    assert isinstance(verdict, Refuted)
    assert isinstance(verdict.witness.lhs, Undefined)
    assert isinstance(equation("sqrt(x)/sqrt(x)", "1"), Refuted)


def test_equality_is_directed_at_the_reference() -> None:
    assert isinstance(equation("x", "sqrt(x)^2"), Proved)
    assert isinstance(equation("sqrt(x)^2", "x"), Refuted)


def test_contradictory_assumptions_are_an_error() -> None:
    with pytest.raises(AuthorError, match="no x satisfies"):
        equation("x", "x", "x: positive real; x < 0")


def test_every_proof_carries_an_admissible_point() -> None:
    verdict = equation("(K+1)^2", "K^2 + 2*K + 1", "K: integer >= 2")
    assert isinstance(verdict, Proved)
    kinds = [each.obligation.kind for each in verdict.certificate.premises if each.obligation]
    assert "point" in kinds


def test_the_smallest_witness_comes_first() -> None:
    verdict = equation("(a+b)^2", "a^2 + b^2")
    assert isinstance(verdict, Refuted)
    assert dict(verdict.witness.values) == {"a": Fraction(1), "b": Fraction(1)}
    assert (verdict.witness.lhs, verdict.witness.rhs) == (4, 2)


def test_case_matters_and_foreign_names_may_cancel() -> None:
    assert isinstance(equation("K", "k"), Refuted)
    assert isinstance(equation("K*z/z", "K", "z: positive real"), Proved)


def test_superfluous_needs_are_proved() -> None:
    assert isinstance(equation("x + x", "2*x", "x: real", "x > 0"), Proved)


def test_needs_with_a_counterexample_outside() -> None:
    verdict = equation("sqrt(x^2)", "x", "x: real", "x >= 0")
    assert isinstance(verdict, HoldsUnder)
    assert verdict.counterexample is not None
    assert dict(verdict.counterexample.values)["x"] < 0  # type: ignore[operator]


def test_needs_that_are_not_enough_are_refuted() -> None:
    assert isinstance(equation("sqrt(x^2)", "x", "x: real", "x < 5"), Refuted)


@pytest.mark.parametrize(
    ("lhs", "rhs", "assumed", "expected"),
    [
        ("sqrt(x^2)", "x", "x: real", ["x >= 0"]),
        ("relu(a*x)", "a*relu(x)", "a, x: real", ["a >= 0"]),
        ("floor(n/2)", "n/2", "n: integer", ["2 divides n"]),
        ("floor((N-K)/S)", "(N-K)/S", "N, K, S: positive integer", ["S divides N - K"]),
        ("K^2*C", "K*C", "K, C: positive integer", ["K = 1"]),
    ],
)
def test_where_a_refuted_equation_would_hold(
    lhs: str, rhs: str, assumed: str, expected: list[str]
) -> None:
    verdict = equation(lhs, rhs, assumed)
    assert isinstance(verdict, Refuted)
    assert ["; ".join(map(plain, each)) for each in verdict.holds_when] == expected


def test_batch_normalisation_under_scaling() -> None:
    mean = "Sum(x[j], (j, 1, m))/m"
    plain_form = f"(x[k] - {mean})/sqrt(Sum((x[i] - {mean})^2, (i, 1, m))/m + eps)"
    scaled = plain_form.replace("x[", "alpha*x[")
    granted = "m: positive integer; x: indexed real; k: integer; "
    stated = equation(scaled, plain_form, granted + "alpha: nonzero real; eps: nonnegative real")
    assert isinstance(stated, Refuted)
    shown = ["; ".join(map(plain, each)) for each in stated.holds_when]
    assert shown == ["alpha > 0; eps = 0"]
    positive = granted + "alpha: positive real; eps: nonnegative real"
    assert isinstance(equation(scaled, plain_form, positive, "eps = 0"), HoldsUnder)
    negative = granted + "alpha: real; alpha < 0; eps: nonnegative real"
    assert isinstance(equation(scaled, "-" + plain_form, negative, "eps = 0"), HoldsUnder)
    assert isinstance(equation(scaled, plain_form, negative, "eps = 0"), Refuted)


@pytest.mark.parametrize(
    ("condition", "assumed", "kind"),
    [
        ("x^2 - 2*x*y + y^2 >= 0", "", Proved),
        ("x^2 - 3*x*y + y^2 >= 0", "", Refuted),
        ("K*C >= K", "K, C: positive integer", Proved),
        ("K*C > K", "K, C: positive integer", Refuted),
        ("x ~ 0.33", "x = 1/3", Proved),
        ("1/3 ~ 0.333", "", Proved),
        ("1/3 ~ 0.334", "", Refuted),
        ("S divides S*n", "S: positive integer; n: integer", Proved),
        ("S divides S*n + 1", "S: positive integer; n: integer", Refuted),
        ("exp(x) > 0", "", Proved),
        ("sigmoid(x) < 1", "", Proved),
        ("28*28*192 <= 150528", "", Proved),
    ],
)
def test_relations(condition: str, assumed: str, kind: type) -> None:
    assert isinstance(relation(condition, assumed), kind)


def test_verdicts_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.prover.ask import equation\n"
        "print(repr(equation('relu(a*x) + Sum(y[i], (i, 0, n))',"
        " 'a*relu(x) + Sum(y[i], (i, 0, n))',"
        " 'a, x: real')))\n"
        "print(repr(equation('Sum(x[i], (i, 1, n))^2',"
        " 'Sum(Sum(x[i]*x[j], (i, 1, n)), (j, 1, n))')))\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(seen) == 1
