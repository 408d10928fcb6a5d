"""Identities of every class, each with a near miss beside it that is refuted."""

from __future__ import annotations

import pytest

from symcnn.claims import Proved, Refuted
from tests.prover.ask import equation

# (given, left, right, near miss of the left side)
RATIONAL = [
    ("", "(K+1)^2", "K^2 + 2*K + 1", "(K+1)^2 + 1"),
    ("", "(x^2 - 1)/(x - 1)", "x + 1", "(x^2 + 1)/(x - 1)"),
    ("", "1/x + 1/y", "(x + y)/(x*y)", "1/x - 1/y"),
    ("", "0.72*x", "18*x/25", "0.7*x"),
    ("", "x + 1e-9 - 1e-9", "x", "x + 1e-9"),
    ("n: integer", "2^(n+1)", "2*2^n", "2^(n+2)"),
    ("x: nonzero real; n: integer", "x^(n-1)*x", "x^n", "x^(n-1)"),
    ("n: nonnegative integer", "x^(n+1)", "x*x^n", "x^(n+2)"),
    ("C_in, C_out, K: positive integer", "1/C_out + 1/K^2",
     "(K^2*C_in + C_in*C_out)/(K^2*C_in*C_out)", "1/C_out + 1/K"),
]  # fmt: skip
ROUNDED = [
    ("H: integer", "floor((H-1)/2) + 1", "ceil(H/2)", "floor(H/2) + 1"),
    ("n: integer; a, b: positive integer", "floor(floor(n/a)/b)", "floor(n/(a*b))",
     "floor(ceil(n/a)/b)"),
    ("N, P, F: integer; S: positive integer", "floor((N+2*P-F)/S) + 1", "floor((N+2*P-F+S)/S)",
     "floor((N+P-F)/S) + 1"),
    ("n: integer; S: positive integer", "ceil(n/S)", "floor((n+S-1)/S)", "ceil((n+1)/S)"),
    ("q: integer; S: positive integer", "floor((S*q+S-1)/S)", "q", "floor((S*q+S)/S)"),
    ("N, S: positive integer; S divides N", "S*floor(N/S)", "N", "S*floor((N+1)/S)"),
    ("a, b: integer", "mod(a+b, b)", "mod(a, b)", "mod(a+1, b)"),
    ("x: integer", "floor(x) + floor(-x)", "0", "floor(x/2) + floor(-x/2)"),
    ("n: integer", "floor(n/2) + floor((n+1)/2)", "n", "floor(n/2) + floor((n+2)/2)"),
]  # fmt: skip
SIGNED = [
    ("", "sqrt(x^2)", "abs(x)", "sqrt(x^2 + 1)"),
    ("", "abs(2*x*y)", "2*abs(x)*abs(y)", "abs(x + y)"),
    ("", "relu(x) - relu(-x)", "x", "relu(x) + relu(-x)"),
    ("", "max(a, b) + min(a, b)", "a + b", "max(a, b) - min(a, b)"),
    ("a: positive real", "relu(a*x)", "a*relu(x)", "relu(x)"),
    ("", "sign(x)*abs(x)", "x", "sign(x)*x"),
    ("", "sign(x)^3", "sign(x)", "sign(x)^2"),
    ("", "Cases((x, x > 0), (a*x, x <= 0))", "max(x, 0) + a*min(x, 0)",
     "Cases((x, x > 0), (x, x <= 0))"),
    ("x, y: positive real", "sqrt(x/y)", "sqrt(x)/sqrt(y)", "sqrt(x)/y"),
    ("", "sqrt(12)", "2*sqrt(3)", "3*sqrt(2)"),
    ("", "sqrt(6)", "sqrt(2)*sqrt(3)", "sqrt(2) + sqrt(3)"),
    ("a, v: positive real", "(a*x - a*m)/sqrt(a^2*v)", "(x - m)/sqrt(v)", "(a*x - m)/sqrt(a^2*v)"),
    ("", "abs(x) - x", "2*relu(-x)", "abs(x) - x^2"),
]  # fmt: skip
EXPONENTIAL = [
    ("", "tanh(x)", "2*sigmoid(2*x) - 1", "2*sigmoid(x) - 1"),
    ("", "sigmoid(-x)", "1 - sigmoid(x)", "sigmoid(x) - 1"),
    ("", "exp(x + y)", "exp(x)*exp(y)", "exp(x) + exp(y)"),
    ("", "sigmoid(x)*(1 - sigmoid(x))", "exp(-x)/(1 + exp(-x))^2", "sigmoid(x)"),
    ("x, y: positive real", "log(x*y)", "log(x) + log(y)", "log(x + y)"),
    ("x: positive real", "exp(2*log(x))", "x^2", "exp(log(x))"),
    ("", "log(exp(x))", "x", "log(exp(2*x))"),
    ("", "exp(x/2)^2", "exp(x)", "exp(x/2)"),
]
SUMS = [
    ("", "Sum(x[i+1], (i, 0, n-1))", "Sum(x[i], (i, 1, n))", "Sum(x[i+1], (i, 0, n))"),
    ("n: nonnegative integer", "Sum(x[i], (i, 0, n))", "Sum(x[i], (i, 0, n-1)) + x[n]",
     "Sum(x[i], (i, 0, n+1))"),
    ("n: nonnegative integer", "Sum(x[i+1] - x[i], (i, 0, n-1))", "x[n] - x[0]",
     "Sum(x[i+1] - x[i], (i, 0, n))"),
    ("", "Sum(a*x[i] + b*y[i], (i, 1, n))", "a*Sum(x[i], (i, 1, n)) + b*Sum(y[j], (j, 1, n))",
     "Sum(a*x[i] + y[i], (i, 1, n))"),
    ("", "Sum(x[i], (i, 1, n))*Sum(y[i], (i, 1, m))", "Sum(Sum(x[i]*y[j], (i, 1, n)), (j, 1, m))",
     "Sum(x[i]*y[i], (i, 1, n))"),
    ("", "Sum(x[i], (i, 1, n))^2", "Sum(Sum(x[i]*x[j], (i, 1, n)), (j, 1, n))",
     "Sum(x[i]^2, (i, 1, n))"),
    ("n, a: integer", "Sum(Bracket(i = a)*x[i], (i, 0, n-1))", "Bracket(0 <= a and a < n)*x[a]",
     "Sum(Bracket(i = a)*x[i], (i, 0, n))"),
    ("", "Sum(x[i], (i, 0, n-1))", "Sum(x[n-1-i], (i, 0, n-1))", "Sum(x[n-i], (i, 0, n-1))"),
    ("", "Sum(Sum(x[i, j], (j, 0, i)), (i, 0, n))", "Sum(Sum(x[i, j], (i, j, n)), (j, 0, n))",
     "Sum(Sum(x[i, j], (j, 0, i-1)), (i, 0, n))"),
    ("n: positive integer", "Sum((x[i] - Sum(x[j], (j, 1, n))/n)^2, (i, 1, n))",
     "Sum(x[i]^2, (i, 1, n)) - Sum(x[i], (i, 1, n))^2/n", "Sum(x[i]^2, (i, 1, n))"),
    ("n: nonnegative integer", "Sum(i^2, (i, 1, n))", "n*(n+1)*(2*n+1)/6", "Sum(i^3, (i, 1, n))"),
    ("K: positive integer",
     "Sum(Sum(u[a]*v[b]*x[i+a, j+b], (a, 0, K-1)), (b, 0, K-1))",
     "Sum(u[a]*Sum(v[b]*x[i+a, j+b], (b, 0, K-1)), (a, 0, K-1))",
     "Sum(u[a]*Sum(v[a]*x[i+a, j+b], (b, 0, K-1)), (a, 0, K-1))"),
]  # fmt: skip
ARRAYS = [
    ("A, B: matrix n x n; n: positive integer", "transpose(A*B)", "transpose(B)*transpose(A)",
     "transpose(A)*transpose(B)"),
    ("A, B, C: matrix n x n; n: positive integer", "A*(B + C)", "A*B + A*C", "A*(B - C)"),
    ("A, B: matrix n x n; n: positive integer", "trace(A*B)", "trace(B*A)", "trace(A)*trace(B)"),
    ("", "Matrix([[a, b], [c, d]])*Vector([x, y])", "Vector([a*x + b*y, c*x + d*y])",
     "Matrix([[a, c], [b, d]])*Vector([x, y])"),
    ("", "det(Matrix([[a, b], [c, d]]))", "a*d - b*c", "a*d + b*c"),
]  # fmt: skip
ALL = RATIONAL + ROUNDED + SIGNED + EXPONENTIAL + SUMS + ARRAYS


@pytest.mark.parametrize(("assumed", "lhs", "rhs", "miss"), ALL, ids=[row[1] for row in ALL])
def test_identity_is_proved_and_its_near_miss_refuted(
    assumed: str, lhs: str, rhs: str, miss: str
) -> None:
    assert isinstance(equation(lhs, rhs, assumed), Proved)
    assert isinstance(equation(rhs, lhs, assumed), (Proved, Refuted)) or "/" in lhs
    assert isinstance(equation(miss, rhs, assumed), Refuted)


BOUND = [
    ("n: nonnegative integer", "Sum(x[2*i], (i, 0, n)) + Sum(x[2*i+1], (i, 0, n))",
     "Sum(x[i], (i, 0, 2*n+1))", "Sum(x[2*i], (i, 0, n)) + Sum(x[2*i-1], (i, 0, n))"),
    ("n: positive integer", "Sum(r^(n-1-i), (i, 0, n-1))", "Sum(r^i, (i, 0, n-1))",
     "Sum(r^(n-i), (i, 0, n-1))"),
    ("n: positive integer", "Sum(1/(i+1), (i, 0, n-1))", "Sum(1/i, (i, 1, n))",
     "Sum(1/(i+1), (i, 0, n))"),
    ("k: integer", "Sum(x[i]*Bracket(2 divides i - k), i)",
     "Sum(x[r-3]*Bracket(2 divides r - 3 - k), r)", "Sum(x[i]*Bracket(2 divides i - k - 1), i)"),
    ("n: positive integer", "Sum((1+n-i)*Bracket(1 <= i)*Bracket(i <= n), i)", "n*(n+1)/2",
     "Sum((n-i)*Bracket(1 <= i)*Bracket(i <= n), i)"),
    ("n: integer", "Sum(Bracket(0 <= i and i < n), i)", "max(n, 0)",
     "Sum(Bracket(0 <= i and i < n), i) + Bracket(n < 0)"),
]  # fmt: skip


@pytest.mark.parametrize(("assumed", "lhs", "rhs", "miss"), BOUND, ids=[row[1] for row in BOUND])
def test_bound_variables(assumed: str, lhs: str, rhs: str, miss: str) -> None:
    assert isinstance(equation(lhs, rhs, assumed), Proved)
    assert isinstance(equation(miss, rhs, assumed), Refuted)


def test_a_range_between_reals_is_not_counted_as_if_it_ended_at_integers() -> None:
    verdict = equation("Sum(Bracket(a <= i and i <= b), i)", "b - a + 1", "a, b: real; a <= b")
    assert isinstance(verdict, Refuted)
