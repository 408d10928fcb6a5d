"""The meaning of every node against plain Fraction arithmetic, plain loops, and known constants."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from fractions import Fraction as Q
from itertools import product as pairs
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Table,
    Unknown,
    formula,
    negative,
    number,
    table,
)
from symcnn.formula.meaning import Budget, evaluate, holds
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Family,
    Polynomial,
    Undefined,
    Unevaluable,
)

x, y, i, j, k, n = map(Symbol, "xyijkn")
FALSE, TRUE = Compare("=", 0, 1), Compare("=", 0, 0)


def call(name: str, *args: Formula | int | Q) -> Call:
    return Call(name, tuple(map(formula, args)))


def x_at(*indices: Formula | int) -> Index:
    return Index("x", tuple(map(formula, indices)))


def family(*values: int, start: int = 0) -> Family:
    return Family({(start + at,): Q(value) for at, value in enumerate(values)})


def undefined(f: Formula, **point: Q) -> str:
    value = evaluate(f, point)
    assert isinstance(value, Undefined)
    return value.reason


# --- numbers -----------------------------------------------------------------------------------


def closed(pick: Random, depth: int) -> tuple[Formula, Q | None]:
    """A closed rational formula beside its value by Python's own arithmetic (None: undefined)."""
    if depth == 0 or pick.random() < 0.2:
        value = Q(pick.randint(-20, 20), pick.choice((1, 1, 2, 3, 12)))
        return number(value), value
    kind = pick.choice("+-*/^fcamr")
    (f, a), (g, b) = (closed(pick, depth - 1) for _ in range(2))
    exponent = pick.randint(-3, 3)
    built: dict[str, Callable[[], Formula]] = {
        "+": lambda: Add((f, g, f)), "-": lambda: f - g, "*": lambda: Mul((f, g, g)),
        "/": lambda: f / g, "^": lambda: Pow(f, Rational(exponent)),
        "f": lambda: call("floor", f), "c": lambda: call("ceil", f), "a": lambda: call("abs", f),
        "m": lambda: call("max", f, g), "r": lambda: call("mod", f, g),
    }  # fmt: skip
    if a is None or (b is None and kind in "+-*/mr"):
        return built[kind](), None
    if kind == "^":
        return built[kind](), a**exponent if a or exponent >= 0 else None
    one = {"f": lambda: Q(math.floor(a)), "c": lambda: Q(math.ceil(a)), "a": lambda: abs(a)}
    if kind in one:
        return built[kind](), one[kind]()
    assert b is not None
    two = {
        "+": lambda: a + b + a, "-": lambda: a - b, "*": lambda: a * b * b, "/": lambda: a / b,
        "m": lambda: max(a, b), "r": lambda: a % b,
    }  # fmt: skip
    return built[kind](), two[kind]() if b or kind not in "/r" else None


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_closed_rational_formulas_are_fraction_arithmetic(seed: int) -> None:
    f, expected = closed(Random(seed), 4)
    value = evaluate(f, {})
    if expected is None:
        assert isinstance(value, Undefined)
    else:
        assert type(value) is Q
        assert value == expected
        assert hash(value) == hash(expected)


@settings(max_examples=100, deadline=None)
@given(st.fractions(-50, 50, max_denominator=9), st.fractions(-50, 50, max_denominator=9))
def test_comparisons_are_those_of_fractions(a: Q, b: Q) -> None:
    truths = {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}
    for op, truth in truths.items():
        assert holds(Compare(op, a, b), {}) is truth
        assert holds(Not(Compare(op, a, b)), {}) is not truth


@pytest.mark.parametrize(
    ("f", "value"),
    [
        (Pow(Rational(0), Rational(0)), 1),
        (Pow(Q(0) + x, y), 1),
        (Pow(Rational(-2), Rational(-3)), Q(-1, 8)),
        (Pow(Rational(4), number(Q(-1, 2))), Q(1, 2)),
        (Pow(number(Q(8, 27)), number(Q(2, 3))), Q(4, 9)),
        (Pow(Rational(0), number(Q(1, 2))), 0),
        (call("sqrt", 0), 0),
        (call("sqrt", 10**40), 10**20),
        (call("root", Q(-8, 27), 3), Q(-2, 3)),
        (call("root", 7, 1), 7),
        (call("exp", 0), 1),
        (call("log", 1), 0),
        (call("log", Q(1, 8), 2), -3),
        (call("log", Q(9, 4), Q(2, 3)), -2),
        (call("log", 4, 8), Q(2, 3)),
        (call("cos", 0), 1),
        (call("tanh", 0), 0),
        (call("sign", Q(-1, 3)), -1),
        (call("min", 3, -1, 2), -1),
        (call("max", 5), 5),
        (call("gcd", 12, -18), 6),
        (call("gcd", 0, 0), 0),
        (call("factorial", 0), 1),
        (call("factorial", 10), 3628800),
        (call("binomial", 7, 3), 35),
        (call("binomial", 7, -1), 0),
        (call("floor", call("pi")), 3),
        (call("floor", negative(call("sqrt", 2))), -2),
        (call("ceil", call("exp", 1)), 3),
        (call("relu", negative(call("pi"))), 0),
        (call("sign", call("sqrt", 2) - call("sqrt", 3)), -1),
        (call("max", 4, call("pi")), 4),
        (Rational(0) * call("pi"), 0),
        (call("pi") ** 0, 1),
        (Rational(1) ** call("pi"), 1),
    ],
)
def test_exact_values(f: Formula, value: int | Q) -> None:
    assert evaluate(f, {"x": Q(0), "y": Q(0)}) == value


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (Rational(1) / (x - x), "division by zero"),
        (Pow(x - x, Rational(-1)) * 0, "division by zero"),
        (Pow(Rational(-1), number(Q(1, 3))), "no integer"),
        (Pow(x - x, number(Q(-1, 2))), "negative power"),
        (call("root", -4, 2), "even root"),
        (call("root", 4, 0), "degree"),
        (call("log", 0), "logarithm"),
        (call("log", 2, 1), "base"),
        (call("mod", 3, 0), "mod by zero"),
        (call("factorial", Q(1, 2)), "no integer"),
        (call("binomial", Q(1, 2), 1), "no integer"),
        (call("infinity"), "infinity"),
        (call("log", negative(call("pi"))), "logarithm"),
        (Bracket(Compare("=", 1 / (x - x), 1)), "division by zero"),
        (Bracket(Compare("divides", 2, call("sqrt", 2))), "divides"),
        (Cases(((x, Compare("=", 1 / (x - x), 1)), (x, TRUE))), "division by zero"),
        (Add((x, Compare("=", 1, 1))), "condition"),
        (Sum(x, "i", Rational(0), call("sqrt", 2)), "no integer"),
        (Sum(1 / i, "i", Rational(-1), Rational(1)), "division by zero"),
        (Product(1 / i, "i", Rational(0), Rational(2)), "division by zero"),
    ],
)
def test_undefined(f: Formula, words: str) -> None:
    assert words in undefined(f, x=Q(3))


@pytest.mark.parametrize(
    ("f", "digits"),
    [
        (call("pi"), "3.14159265358979323846"),
        (call("exp", 1), "2.71828182845904523536"),
        (call("sqrt", 2), "1.41421356237309504880"),
        (call("log", 2), "0.69314718055994530941"),
        (call("log", 3, 2), "1.58496250072115618145"),
        (call("sin", 1), "0.84147098480789650665"),
        (call("tanh", 1), "0.76159415595576488811"),
        (call("sigmoid", 1), "0.73105857863000487925"),
        (call("erf", 1), "0.84270079294971486934"),
        (Pow(Rational(2), call("sqrt", 2)), "2.66514414269022518865"),
        (call("root", -2, 3), "-1.25992104989487316476"),
        (Pow(number(Q(1, 2)), number(Q(-3, 2))), "2.82842712474619009760"),
    ],
)
def test_enclosures_hold_the_known_digits(f: Formula, digits: str) -> None:
    value = evaluate(f, {})
    assert isinstance(value, Ball)
    assert value.low < value.high
    unit = Q(1, 10**20)
    shown = Q(digits)
    assert shown - unit < value.low <= value.high < shown + unit


def test_enclosures_hold_the_exact_value_of_what_is_rational_in_the_end() -> None:
    for whole in range(2, 40):
        value = evaluate(call("sqrt", whole) ** 2 + call("root", whole, 3) ** 3, {})
        low, high = value if isinstance(value, Ball) else (value, value)
        assert isinstance(low, Q)
        assert low <= 2 * whole <= high
        assert not low <= 2 * whole + Q(1, 10**15) <= high


def test_close_numbers_are_told_apart_by_narrower_balls() -> None:
    below = number(Q("3.141592653589793238462643383279502884197"))
    assert holds(Compare("<", below, call("pi")), {}) is True
    assert holds(Compare("<", below + number(Q(1, 10**39)), call("pi")), {}) is False
    tower = Pow(Rational(10), Rational(-100))
    assert holds(Compare("=", call("exp", tower), Rational(1) + tower), {}) is False
    with pytest.raises(Unevaluable):
        holds(Compare("=", call("sqrt", 2) ** 2, 2), {})
    with pytest.raises(Unevaluable):
        evaluate(call("floor", call("sqrt", 2) ** 2), {})
    with pytest.raises(Unevaluable):
        evaluate(1 / (call("sqrt", 8) - 2 * call("sqrt", 2)), {})


# --- conditions, brackets, cases ---------------------------------------------------------------

TRUTHS: list[tuple[Formula, bool | None]] = [
    (TRUE, True), (FALSE, False), (Compare("=", 1 / (x - x), 1), None),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), list(pairs(TRUTHS, TRUTHS)))
def test_three_valued_logic(a: tuple[Formula, bool | None], b: tuple[Formula, bool | None]) -> None:
    def known(c: Formula) -> bool | None:
        truth = holds(c, {"x": Q(1)})
        return None if isinstance(truth, Undefined) else truth

    values = (a[1], b[1])
    both = False if False in values else None if None in values else True
    either = True if True in values else None if None in values else False
    assert known(And((a[0], b[0]))) is both
    assert known(Or((a[0], b[0]))) is either
    product = evaluate(Bracket(a[0]) * Bracket(b[0]), {"x": Q(1)})
    assert (None if isinstance(product, Undefined) else bool(product)) is both


def test_a_false_bracket_annuls_at_every_place() -> None:
    bad = Pow(x - x, Rational(-1))
    false, true = Bracket(FALSE), Bracket(TRUE)
    for f in (false * bad, bad * false, Mul((bad, Mul((x, false)))), Mul((Mul((false, x)), bad))):
        assert evaluate(f, {"x": Q(2)}) == 0
    assert undefined(true * bad, x=Q(2)) == "division by zero"
    assert undefined(Rational(0) * bad, x=Q(2)) == "division by zero"
    assert undefined(false + bad, x=Q(2)) == "division by zero"
    zeros = evaluate(false * table([[1, 2], [3, 4]]) * table([[1], [1]]), {})
    assert zeros == ArrayValue((2, 1), (Q(0), Q(0)))


def test_cases_are_lazy_and_in_order() -> None:
    f = Cases(((Rational(1), Compare("<", x, 0)), (Rational(2), Compare("<", x, 5))), 1 / (x - 9))
    assert [evaluate(f, {"x": Q(at)}) for at in (-1, 0, 5)] == [1, 2, Q(-1, 4)]
    assert undefined(f, x=Q(9)) == "division by zero"
    assert undefined(Cases(((x, FALSE),)), x=Q(1)) == "no case applies"


def test_the_rounding_relation_is_half_a_unit_of_the_last_digit() -> None:
    written = Rational(Q("0.0182"), 4)
    for value, truth in (
        ("0.01815", True),
        ("0.01825", True),
        ("0.018251", False),
        ("0.018149", False),
    ):
        assert holds(Compare("~", number(Q(value)), written), {}) is truth
    assert holds(Compare("~", number(Q("0.18")), Rational(Q("0.2"), 1)), {}) is True
    assert holds(Compare("~", number(Q("0.18")), Rational(Q("0.20"), 2)), {}) is False
    assert holds(Compare("~", call("pi"), Rational(Q("3.1416"), 4)), {}) is True
    assert isinstance(holds(Compare("~", 1, x), {"x": Q(1)}), Undefined)


def test_a_number_is_no_condition() -> None:
    assert isinstance(holds(x, {"x": Q(1)}), Undefined)


# --- sums and products -------------------------------------------------------------------------


def test_nested_sums_are_loops() -> None:
    f = Sum(Sum(i * x_at(j - i), "j", i, 2 * i), "i", Rational(1), n)
    members = family(5, -1, 4, 2)
    expected = sum(
        a * (members.members.get((b - a,), 0)) for a in range(1, 5) for b in range(a, 2 * a + 1)
    )
    assert evaluate(f, {"n": Q(4), "x": members}) == expected
    assert evaluate(f, {"n": Q(4), "x": members}) != evaluate(f, {"n": Q(3), "x": members})


def test_a_bound_variable_shadows_and_is_restored() -> None:
    f = i + Sum(i, "i", Rational(1), i) + i
    assert evaluate(f, {"i": Q(3)}) == 3 + 6 + 3
    broken = Bracket(FALSE) * Sum(1 / i, "i", Rational(0), Rational(1)) + i
    assert evaluate(broken, {"i": Q(3)}) == 3
    g = Mul((Sum(1 / i, "i", Rational(0), Rational(1)), Mul((Bracket(FALSE), x)))) + i
    assert evaluate(g, {"i": Q(3), "x": Q(1)}) == 3


def between(low: Formula | int, middle: Formula, high: Formula | int) -> Bracket:
    return Bracket(And((Compare("<=", low, middle), Compare("<", middle, high))))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (between(0, i, n) * i, 10),
        (i * between(0, 2 * i + 1, n), 0 + 1),
        (Bracket(Compare("=", 3 * i, n)) * 7, 0),
        (Bracket(Compare("=", 3 * i, n + 1)) * 7, 7),
        (Bracket(Compare("=", i, 2)) / i, Q(1, 2)),
        (Bracket(And((Compare(">=", i, 0), Not(Compare(">", i, 3))))), 4),
        (Bracket(Or((Compare("=", i, 0), Compare("=", i, 9)))), 2),
        (x_at(i), 6),
        (x_at(n - i) * i, 1 * 5 + 2 * 4 + 3 * 3),
        (x_at(2 * i), 1 + 3),
        (x_at(i) ** 2, 14),
        (x_at(i) + between(0, i, 2), 8),
        (call("abs", x_at(i)) * call("exp", 0), 6),
        (Cases(((Rational(5), Compare("=", i, 2)),), Rational(0)), 5),
        (Sum(x_at(j) * x_at(i + j), "j"), 36),
        (x_at(i) * Sum(x_at(j) * Index("w", (i - j,)), "j"), 1 * 1 + 2 * 3 + 3 * 5),
        (Sum(x_at(i - j), "j", Rational(0), Rational(1)), 12),
        (Mul((Pow(i, Rational(-1)), Mul((between(1, i, 3), Rational(2))))), 3),
        (Bracket(And((Compare("<=", i**2, 0), between(-2, i, 2).condition))), 1),
        (Bracket(Compare("<=", call("abs", i), 5)) * Bracket(FALSE) * between(0, i, 2), 0),
        (Bracket(And((Compare(">=", i, 0), Compare("<=", i, call("sqrt", 10))))), 4),
    ],
)
def test_sums_over_all_integers(body: Formula, expected: int | Q) -> None:
    point = {"n": Q(5), "x": family(1, 2, 3), "w": family(1, 1)}
    found = evaluate(Sum(body, "i"), point)
    wide = evaluate(Sum(body, "i", Rational(-40), Rational(40)), point)
    assert found == wide
    assert found == expected


@pytest.mark.parametrize(
    "body",
    [
        Rational(1),
        i,
        Bracket(Compare(">=", i, 0)),
        Bracket(Compare("divides", 3, i)),
        Bracket(Compare("!=", i, 0)),
        between(0, i, 3) + 1,
        Bracket(Or((Compare("=", i, 0), Compare(">", i, 9)))),
        x_at(i) / i,  # at i = 0 the summand is no number
        x_at(i) * x_at(i / 2),
        Index("ones", (i,)),
        Cases(((x_at(i), Compare("divides", 2, i)),)),
    ],
)
def test_sums_without_visible_finite_support_are_not_guessed(body: Formula) -> None:
    point = {"x": family(0, 2, 3), "ones": Family({}, Q(1))}
    with pytest.raises(Unevaluable):
        evaluate(Sum(body, "i"), point)


def test_half_infinite_and_infinite_ranges() -> None:
    infinity = call("infinity")
    point = {"x": family(1, 2, 3, start=-1)}
    assert evaluate(Sum(x_at(i), "i", Rational(0), infinity), point) == 5
    assert evaluate(Sum(x_at(i), "i", negative(infinity), Rational(-1)), point) == 1
    with pytest.raises(Unevaluable):
        evaluate(Sum(i, "i", Rational(0), infinity), point)
    with pytest.raises(Unevaluable):
        evaluate(Product(Cases(((i, FALSE),), Rational(1)), "i"), point)


# --- arrays, families, unknown functions -------------------------------------------------------


def test_matrix_products_and_shapes() -> None:
    a, b = table([[1, 2], [3, 4]]), table([[0, 1], [1, 0]])
    v, w = table([5, 7]), table([1, -1])
    assert evaluate(a * b, {}) == ArrayValue((2, 2), (Q(2), Q(1), Q(4), Q(3)))
    assert evaluate(b * a, {}) != evaluate(a * b, {})
    assert evaluate(a * v, {}) == ArrayValue((2,), (Q(19), Q(43)))
    assert evaluate(v * a, {}) == ArrayValue((2,), (Q(26), Q(38)))
    assert evaluate(v * w, {}) == -2
    assert evaluate(2 * a + b - a, {}) == ArrayValue((2, 2), (Q(1), Q(3), Q(4), Q(4)))
    assert evaluate(a**3, {}) == evaluate(a * a * a, {})
    assert evaluate(a**0, {}) == evaluate(a * a**-1, {}) == evaluate(b * b, {})
    for f in (a + v, a + 1, a * table([1, 2, 3]), call("floor", a), a**x, call("det", v)):
        assert isinstance(evaluate(f, {"x": Q(1, 2)}), Undefined)
    assert "2 x 2" in undefined(a * table([1, 2, 3])) and "a 3 array" in undefined(
        a * table([1, 2, 3])
    )
    assert undefined(table([[1, 2], [2, 4]]) ** -1) == "the inverse of a singular matrix"


def leibniz(rows: list[list[Q]]) -> Q:
    if not rows:
        return Q(1)
    minors = ([row[:c] + row[c + 1 :] for row in rows[1:]] for c in range(len(rows)))
    return sum(((-1) ** c * rows[0][c] * leibniz(m) for c, m in enumerate(minors)), Q(0))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda m: st.lists(
            st.lists(st.integers(-3, 3), min_size=m, max_size=m), min_size=m, max_size=m
        )
    )
)
def test_det_trace_transpose(rows: list[list[int]]) -> None:
    exact = [[Q(value) for value in row] for row in rows]
    a = table(rows)
    assert evaluate(call("det", a), {}) == leibniz(exact)
    assert evaluate(call("det", call("transpose", a)), {}) == leibniz(exact)
    assert evaluate(call("trace", a), {}) == sum(row[at] for at, row in enumerate(exact))
    root = evaluate(call("det", call("sqrt", 2) * a), {})
    low, high = root if isinstance(root, Ball) else (root, root)
    assert isinstance(low, Q)
    assert high - low < Q(1, 10**15)
    square = leibniz(exact) ** 2 * 2 ** len(rows)
    assert abs(low * high - square) < Q(1, 10**10)


def test_kron_and_hadamard() -> None:
    a, b = table([[1, 2]]), table([[1, 0], [0, 3]])
    assert evaluate(call("kron", a, b), {}) == evaluate(table([[1, 0, 2, 0], [0, 3, 0, 6]]), {})
    assert evaluate(call("hadamard", b, b), {}) == evaluate(table([[1, 0], [0, 9]]), {})
    assert isinstance(evaluate(call("hadamard", a, b), {}), Undefined)
    assert isinstance(evaluate(call("transpose", table([1, 2])), {}), Undefined)


def test_arrays_by_rule_keep_undefined_entries() -> None:
    value = evaluate(Array((n,), ("i",), 1 / i), {"n": Q(3)})
    assert isinstance(value, ArrayValue)
    assert isinstance(value.entries[0], Undefined)
    assert value.entries[1:] == (Q(1), Q(1, 2))
    assert isinstance(evaluate(Array((n,), ("i",), i), {"n": Q(1, 2)}), Undefined)
    assert evaluate(Array((n,), ("i",), i), {"n": Q(0)}) == ArrayValue((0,), ())


def test_array_equality_is_of_shapes_and_entries() -> None:
    rule = Array((Rational(2), Rational(2)), ("i", "j"), 2 * i + j)
    same, other = table([[0, 1], [2, 3]]), table([[0, 1], [2, 4]])
    assert holds(Compare("=", rule, same), {}) is True
    assert holds(Compare("=", rule, other), {}) is False
    assert holds(Compare("!=", rule, other), {}) is True
    assert holds(Compare("=", same, Table((4,), same.entries)), {}) is False
    assert isinstance(holds(Compare("<", same, other), {}), Undefined)
    hole = Array((Rational(2),), ("i",), i / i)
    assert isinstance(holds(Compare("=", hole, table([1, 1])), {}), Undefined)
    assert holds(Compare("=", hole, table([1, 2])), {}) is False


def test_members_of_families_and_matrices() -> None:
    matrix = ArrayValue((2, 3), tuple(map(Q, range(6))))
    a = Index("A", (i, j))
    assert evaluate(a, {"A": matrix, "i": Q(1), "j": Q(2)}) == 5
    assert "no entry [2, 0]" in undefined(a, A=matrix, i=Q(2), j=Q(0))  # type: ignore[arg-type]
    assert evaluate(Symbol("A") * table([1, 1, 1]), {"A": matrix}) == ArrayValue(
        (2,), (Q(3), Q(12))
    )
    assert isinstance(evaluate(x_at(i), {"x": family(1), "i": Q(1, 2)}), Undefined)
    assert evaluate(x_at(9), {"x": Family({}, Q(4))}) == 4
    assert isinstance(evaluate(x, {"x": family(1)}), Undefined)
    assert isinstance(evaluate(x_at(1), {"x": Q(1)}), Undefined)


def test_unknown_functions_are_polynomials_and_their_derivatives() -> None:
    point = {"phi": Polynomial((Q(1), Q(2), Q(3), Q(4))), "x": Q(1, 2), "y": Q(5)}
    t = Q(1, 2) + 2 * Q(5)
    assert evaluate(Unknown("phi", (x, y)), point) == 1 + 2 * t + 3 * t**2 + 4 * t**3
    assert evaluate(Unknown("phi", (x, y), (1, 0)), point) == 2 + 6 * t + 12 * t**2
    assert evaluate(Unknown("phi", (x, y), (1, 2)), point) == 4 * 24
    assert evaluate(Unknown("phi", (x, y), (2, 2)), point) == 0


# --- budget, depth, names, threads -------------------------------------------------------------


def test_budgets_end_before_the_work_is_done() -> None:
    for f in (
        Pow(Rational(10), Pow(Rational(10), Rational(10))),
        call("factorial", 10**9),
        call("binomial", 10**9, 5 * 10**8),
        Sum(i, "i", Rational(1), Rational(10**12)),
        Array((Rational(10**6), Rational(10**6)), ("i", "j"), i),
        Product(Pow(Rational(2), Rational(10**4)), "i", Rational(1), Rational(100)),
        call("exp", 10**12),
        Sum(Sum(i * j, "j", Rational(1), Rational(1000)), "i", Rational(1), Rational(1000)),
    ):
        with pytest.raises(Unevaluable):
            evaluate(f, {})
    assert evaluate(Sum(i, "i", Rational(1), n), {"n": Q(100)}, budget=Budget(steps=100)) == 5050
    with pytest.raises(Unevaluable):
        evaluate(Sum(i, "i", Rational(1), n), {"n": Q(101)}, budget=Budget(steps=100))
    assert evaluate(Pow(Rational(1), Pow(Rational(10), Rational(30))), {}) == 1


def test_deep_nesting() -> None:
    deep: Formula = x
    for _ in range(200):
        deep = Call("abs", (1 + deep * 1,))
    assert evaluate(deep, {"x": Q(1)}) == 201
    for _ in range(2000):
        deep = Add((deep, Rational(1)))
    with pytest.raises(Unevaluable):
        evaluate(deep, {"x": Q(1)})


def test_a_name_that_the_point_lacks_is_the_callers_bug() -> None:
    for f in (x, x_at(1), Unknown("x", (Rational(1),))):
        with pytest.raises(KeyError, match="x"):
            evaluate(f, {})


def test_the_precision_of_arb_is_restored_in_many_threads() -> None:
    flint = pytest.importorskip("flint")
    before = flint.ctx.prec
    expected = evaluate(call("exp", number(Q(1, 3))), {})
    found: list[object] = []

    def work() -> None:
        for _ in range(50):
            found.append(evaluate(call("exp", number(Q(1, 3))), {}))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 200
    assert flint.ctx.prec == before
