"""Derivatives against exact divided differences, against SymPy, and at points, with near-misses."""

from __future__ import annotations

from fractions import Fraction as Q

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import (
    Add,
    And,
    Array,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Not,
    Or,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    Unknown,
    formula,
    number,
    table,
)
from symcnn.formula.differentiate import differentiate
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Ball, Family, Polynomial, Undefined

x, y, a, b, i, j, k, n = map(Symbol, "xyabijkn")


def call(name: str, *args: Formula | int | Q) -> Call:
    return Call(name, tuple(map(formula, args)))


def at(name: str, *indices: Formula | int) -> Index:
    return Index(name, tuple(map(formula, indices)))


# --- rational formulas: the value is the limit of divided differences --------------------------


def slope(f: Formula, where: Q) -> Q:
    """The derivative of a polynomial of degree <= 8, from nine exact values (Lagrange)."""
    nodes = [where + Q(step) for step in range(-4, 5)]
    values = [evaluate(f, {"x": node, "y": Q(3, 2)}) for node in nodes]
    total = Q(0)
    for node, value in zip(nodes, values, strict=True):
        assert isinstance(value, Q)
        others = [other for other in nodes if other != node]
        below = Q(1)
        for other in others:
            below *= node - other
        above = Q(0)
        for left_out in others:
            term = Q(1)
            for other in others:
                term *= where - other if other != left_out else 1
            above += term
        total += value * above / below
    return total


@st.composite
def polynomial(draw: st.DrawFn, degree: int = 6) -> Formula:
    if degree == 0 or draw(st.integers(0, 3)) == 0:
        leaf = draw(st.sampled_from([x, x, y, Rational(2), number(Q(-2, 3)), Rational(0)]))
        return leaf if degree else y
    kind = draw(st.sampled_from(["+", "*", "^", "-"]))
    if kind == "^":
        return Pow(draw(polynomial(degree // 3)), Rational(draw(st.integers(0, 3))))
    if kind == "*":
        return Mul((draw(polynomial(degree // 2)), draw(polynomial(degree // 2))))
    left, right = draw(polynomial(degree)), draw(polynomial(degree // 2))
    return left + right if kind == "+" else left - right


@settings(max_examples=120, deadline=None)
@given(polynomial(), st.fractions(-4, 4, max_denominator=3))
def test_polynomials_against_exact_differences(f: Formula, where: Q) -> None:
    assert evaluate(differentiate(f, x), {"x": where, "y": Q(3, 2)}) == slope(f, where)


def test_the_slope_tells_a_wrong_derivative() -> None:
    assert slope(x**3, Q(2)) == 12
    assert evaluate(3 * x**2 + 1, {"x": Q(2)}) != slope(x**3, Q(2))


# --- the known functions, against SymPy --------------------------------------------------------

X, Y = sympy.symbols("x y", real=True)
PAIRS: list[tuple[Formula, sympy.Expr]] = [
    (1 / x, 1 / X),
    ((x + y) / (x**2 + 1), (X + Y) / (X**2 + 1)),
    (Pow(x, y), X**Y),
    (Pow(y, x), Y**X),
    (Pow(x, x * y), X ** (X * Y)),
    (Pow(x, number(Q(3, 2))), X ** sympy.Rational(3, 2)),
    (Pow(x, Rational(Q("1.5"), 1)), X ** sympy.Rational(3, 2)),
    (call("sqrt", x**2 + y), sympy.sqrt(X**2 + Y)),
    (call("root", x, 5), X ** sympy.Rational(1, 5)),
    (call("exp", x * y) * x, sympy.exp(X * Y) * X),
    (call("log", x * y), sympy.log(X * Y)),
    (call("log", x, y + 1), sympy.log(X, Y + 1)),
    (call("log", y, x + 1), sympy.log(Y) / sympy.log(X + 1)),
    (call("sin", x**2), sympy.sin(X**2)),
    (call("cos", x * y), sympy.cos(X * Y)),
    (call("tan", x / 3), sympy.tan(X / 3)),
    (call("tanh", x * y), sympy.tanh(X * Y)),
    (call("sigmoid", x * y), 1 / (1 + sympy.exp(-X * Y))),
    (call("erf", x**2), sympy.erf(X**2)),
    (call("abs", x - 5 * y), sympy.Abs(X - 5 * Y)),
]


def middle(value: object) -> Q:
    if isinstance(value, Ball):
        assert value.high - value.low < Q(1, 10**15)
        return (value.low + value.high) / 2
    assert isinstance(value, Q)
    return value


@pytest.mark.parametrize(("f", "expression"), PAIRS)
def test_known_functions_against_sympy(f: Formula, expression: sympy.Expr) -> None:
    for where, other in ((Q(7, 5), Q(3, 4)), (Q(1, 3), Q(5, 2))):
        numbers = {X: sympy.Rational(str(where)), Y: sympy.Rational(str(other))}
        expected = Q(str(sympy.N(sympy.diff(expression, X).subs(numbers), 30)))
        found = middle(evaluate(differentiate(f, x), {"x": where, "y": other}))
        assert abs(found - expected) < Q(1, 10**18)
        assert abs(found + Q(1, 10**15) - expected) > Q(1, 10**18)


# --- jumps and bends ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "bend", "nearby"),
    [
        (call("abs", x - 1), 1, {2: 1, 0: -1}),
        (call("floor", x), 1, {Q(1, 2): 0}),
        (call("ceil", x), 1, {Q(1, 2): 0}),
        (call("sign", x), 0, {2: 0, -2: 0}),
        (call("max", x, 2 * x, 3), Q(3, 2), {1: 0, 2: 2, -1: 0}),
        (call("max", x**2, 2 * x), 2, {1: 2, 5: 10, -1: -2}),
        (call("min", x, 4), 4, {3: 1, 5: 0}),
        (call("mod", x, 3), 3, {4: 1}),
        (call("mod", 7, x), 7, {2: -3, 3: -2}),
        (Cases(((x**2, Compare(">=", x, 0)),), Rational(0)), 0, {2: 4, -2: 0}),
        (
            Cases(((x, Compare("<=", x, 1)), (x**2, Compare("<", x, 3))), 9 * x),
            3,
            {0: 1, 2: 4, 4: 9},
        ),
        (Cases(((x, Compare("=", x, 1)),), x**2), 1, {2: 4}),
        (Cases(((x, And((Compare(">", x, 0), Compare("<", x, 2)))),), -x), 2, {1: 1, 3: -1}),
        (Cases(((x, Or((Compare("<", x, 0), Not(Compare("<=", x, 2))))),), -x), 2, {1: -1, 3: 1}),
        (Cases(((x, Compare("!=", x, 1)),), x**2), 1, {2: 1}),
    ],
)
def test_undefined_at_bends_and_right_beside_them(
    f: Formula, bend: int | Q, nearby: dict[int | Q, int]
) -> None:
    derivative = differentiate(f, x)
    assert isinstance(evaluate(derivative, {"x": Q(bend)}), Undefined)
    for where, value in nearby.items():
        assert evaluate(derivative, {"x": Q(where)}) == value


def test_relu_has_the_declared_convention() -> None:
    derivative = differentiate(call("relu", 3 * x), x)
    assert [evaluate(derivative, {"x": Q(at)}) for at in (-1, 0, 2)] == [0, 0, 3]
    assert isinstance(evaluate(differentiate(call("max", 0, x), x), {"x": Q(0)}), Undefined)


def test_cases_that_the_target_does_not_decide_keep_their_conditions() -> None:
    f = Cases(((x**2, Compare(">=", y, 0)),), 5 * x)
    derivative = differentiate(f, x)
    assert derivative == Cases(((2 * x, Compare(">=", y, 0)),), Rational(5))
    assert differentiate(f, a) == Rational(0)


# --- families, sums, products ------------------------------------------------------------------

POINT = {
    "c": Family({(m,): Q(m + 2) for m in range(4)}),
    "x": Family({(m,): Q(3 * m - 4) for m in range(4)}),
    "W": Family({(m, p): Q(m - 2 * p + 1) for m in range(3) for p in range(3)}),
    "n": Q(3),
    "y": Q(2),
}


def test_a_member_by_a_member_is_a_bracket() -> None:
    assert differentiate(at("x", i), at("x", a)) == Bracket(Compare("=", i, a))
    expected = Bracket(And((Compare("=", i, a), Compare("=", j, b))))
    assert differentiate(at("X", i, j), at("X", a, b)) == expected
    assert differentiate(at("z", i), at("x", a)) == Rational(0)
    assert differentiate(at("x", i), x) == Rational(0)


@pytest.mark.parametrize("low_high", [(), (Rational(0), n)])
def test_a_linear_form_has_its_coefficients_as_slopes(low_high: tuple[Formula, ...]) -> None:
    f = Sum(at("c", i) * at("x", i), "i", *low_high)
    for m in range(4):
        value = evaluate(differentiate(f, at("x", a)), {**POINT, "a": Q(m)})
        assert value == m + 2
        assert value != m + 3
    beyond = evaluate(differentiate(f, at("x", a)), {**POINT, "a": Q(7)})
    assert beyond == 0


def test_the_bound_variable_of_a_sum_is_not_the_targets() -> None:
    f = Sum(at("c", i) * at("x", i), "i", Rational(0), n) * at("x", i)
    value = evaluate(differentiate(f, at("x", i)), {**POINT, "i": Q(2)})
    total = sum((m + 2) * (3 * m - 4) for m in range(4))
    assert value == (2 + 2) * 2 + total
    assert differentiate(Sum(x, "x", Rational(0), Rational(3)), x) == Rational(0)


def test_a_quadratic_form() -> None:
    f = Sum(Sum(at("x", i) * at("W", i, j) * at("x", j), "j"), "i")
    vector = [Q(3 * m - 4) for m in range(4)]

    def entry(m: int, p: int) -> Q:
        return Q(m - 2 * p + 1) if max(m, p) < 3 else Q(0)

    for m in range(4):
        expected = sum((entry(m, p) + entry(p, m)) * vector[p] for p in range(4))
        value = evaluate(differentiate(f, at("x", a)), {**POINT, "a": Q(m)})
        assert value == expected
    by_weight = differentiate(f, at("W", a, b))
    assert evaluate(by_weight, {**POINT, "a": Q(1), "b": Q(2)}) == vector[1] * vector[2]
    assert evaluate(by_weight, {**POINT, "a": Q(1), "b": Q(2)}) != vector[1] * vector[1]


def test_a_convolution_by_its_kernel_and_its_input() -> None:
    out = Sum(at("w", k) * at("x", 2 * i + k), "k", Rational(0), Rational(2))
    point = {**POINT, "w": Family({(m,): Q(m + 5) for m in range(3)}), "i": Q(1)}
    for m in range(5):
        by_kernel = evaluate(differentiate(out, at("w", a)), {**point, "a": Q(m)})
        assert by_kernel == (3 * (2 + m) - 4 if m < 2 else 0)
        by_input = evaluate(differentiate(out, at("x", a)), {**point, "a": Q(m)})
        assert by_input == (m - 2 + 5 if 0 <= m - 2 <= 2 else 0)


def test_products_with_zero_factors() -> None:
    f = Product(x - i, "i", Rational(0), n)
    expression = sympy.prod([X - m for m in range(4)])
    for where in (Q(0), Q(1), Q(5), Q(1, 2)):
        expected = sympy.diff(expression, X).subs(
            X, sympy.Rational(where.numerator, where.denominator)
        )
        assert evaluate(differentiate(f, x), {"x": where, "n": Q(3)}) == Q(str(expected))
    g = Product(at("x", i), "i", Rational(0), n)
    values = Family({(0,): Q(2), (1,): Q(0), (2,): Q(5), (3,): Q(7)})
    slopes = [
        evaluate(differentiate(g, at("x", i)), {"x": values, "n": Q(3), "i": Q(m)})
        for m in range(4)
    ]
    assert slopes == [0, 70, 0, 0]


def test_the_chain_rule_for_unknown_functions() -> None:
    f = Unknown("phi", (x**2, y))
    expected = Unknown("phi", (x**2, y), (1, 0)) * (2 * x)
    assert differentiate(f, x) == Mul((Unknown("phi", (x**2, y), (1, 0)), 2 * x)) == expected
    point = {"phi": Polynomial((Q(1), Q(0), Q(2), Q(1))), "x": Q(3), "y": Q(1)}
    t = Q(9 + 2)
    assert evaluate(differentiate(f, x), point) == (4 * t + 3 * t**2) * 6
    second = differentiate(differentiate(Unknown("phi", (x,)), x), x)
    assert second == Unknown("phi", (x,), (2,))


# --- arrays ------------------------------------------------------------------------------------


def test_arrays_entry_by_entry() -> None:
    jacobian = differentiate(Array((n,), ("i",), Sum(at("W", i, j) * at("x", j), "j")), at("x", i))
    value = evaluate(jacobian, {**POINT, "i": Q(1)})
    assert value == ArrayValue((3,), (Q(-1), Q(0), Q(1)))
    written = differentiate(table([[x, 1], [x * y, x**3]]), x)
    assert evaluate(written, {"x": Q(2), "y": Q(7)}) == ArrayValue(
        (2, 2), (Q(1), Q(0), Q(7), Q(12))
    )


def test_matrix_products_keep_their_order() -> None:
    left, right = table([[x, 1], [0, 2]]), table([[1, x], [x, 3]])
    point = {"x": Q(5)}
    whole = evaluate(differentiate(left * right, x), point)
    # [[x, 1], [0, 2]] [[1, x], [x, 3]] = [[2x, x^2 + 3], [2x, 6]]
    assert whole == ArrayValue((2, 2), (Q(2), Q(10), Q(2), Q(0)))
    assert evaluate(differentiate(call("trace", left * right), x), point) == 2
    assert evaluate(differentiate(call("transpose", right), x), point) == ArrayValue(
        (2, 2), (Q(0), Q(1), Q(1), Q(0))
    )
    both = evaluate(differentiate(call("hadamard", left, right), x), point)
    assert both == ArrayValue((2, 2), (Q(1), Q(1), Q(0), Q(0)))
    assert evaluate(differentiate(call("det", right), x), point) == -10
    singular = table([[x, x], [x, x]])
    assert evaluate(differentiate(call("det", singular), x), point) == 0
    kron = evaluate(differentiate(call("kron", table([x, 1]), table([x, 2])), x), point)
    assert kron == ArrayValue((4,), (Q(10), Q(2), Q(1), Q(0)))


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "target"),
    [
        (x * Bracket(Compare(">", x, 0)), x),
        (Bracket(Compare(">", at("x", i), 0)), at("x", a)),
        (Sum(i, "i", Rational(0), x), x),
        (Array((x,), ("i",), i), x),
        (at("w", x), x),
        (at("x", at("x", i)), at("x", a)),
        (call("factorial", x), x),
        (call("binomial", x, 2), x),
        (call("gcd", x, 2), x),
        (call("root", 2, x), x),
        (Pow(table([[x, 1], [1, 1]]), Rational(2)), x),
        (call("relu", table([x, 1])), x),
        (call("det", table([[x, 1], [1, 1]]) * table([[1, 0], [0, 1]])), x),
        (Compare("=", x, 1), x),
        (Cases(((x, Compare(">", call("floor", x), 0)),), Rational(0)), x),
        (Cases(((x, Compare("divides", 2, x)),), Rational(0)), x),
        (at("x", i), at("x", a, b)),
    ],
)
def test_no_rule_is_an_author_error(f: Formula, target: Symbol | Index) -> None:
    with pytest.raises(AuthorError):
        differentiate(f, target)


def test_only_names_are_targets() -> None:
    with pytest.raises(AuthorError):
        differentiate(x, Rational(1))  # type: ignore[arg-type]


def test_nothing_else_is_rewritten() -> None:
    assert differentiate(Add((x, y, x)), x) == Add((Rational(1), Rational(1)))
    assert differentiate(x * x, x) == Add((x, x))
    assert differentiate(Pow(x, Rational(1)), x) == Rational(1)
    assert differentiate(Pow(x, Rational(0)), x) == Rational(0)
    assert differentiate(call("factorial", n) * x, x) == call("factorial", n)


def test_deep_nesting() -> None:
    deep: Formula = x
    for _ in range(300):
        deep = 1 + call("tanh", 0) + deep * 1
    assert evaluate(differentiate(deep, x), {"x": Q(2)}) == 1
    for _ in range(2000):
        deep = Add((deep, Rational(1)))
    with pytest.raises(AuthorError, match="deep"):
        differentiate(deep, x)
