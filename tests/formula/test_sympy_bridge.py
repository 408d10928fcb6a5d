import subprocess
import sys
from fractions import Fraction

import pytest
import sympy
from hypothesis import HealthCheck, assume, example, given, settings
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
    Table,
    Unknown,
    negative,
    number,
    table,
)
from symcnn.formula.domains import Domain, Given
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import FUNCTIONS
from symcnn.formula.plain import plain
from symcnn.formula.sympy_bridge import from_sympy, symbol_assumptions, to_sympy
from symcnn.formula.sympy_tables import CONSTANTS, MATRIX_CALLS, NUMBER_CALLS, ONE_WAY, WITHOUT

a, b, c, i, j, n, x, y = map(Symbol, "a b c i j n x y".split())
A, B = Symbol("A"), Symbol("B")
INTEGER, REAL = Domain("integer"), Domain()
SQUARE = Domain("matrix", shape=(Rational(2), Rational(2)))
MATRICES = Given((("A", SQUARE), ("B", SQUARE)))


@pytest.mark.parametrize(
    "formula",
    [
        Mul(tuple(map(Rational, (28, 28, 192)))),
        Add((b, a, Rational(0))),
        Mul((Rational(1), a, Rational(-2))),
        Add((a, Add((b, c)))),
        Mul((Mul((a, b)), c)),
        a / a,
        number(Fraction(5, 6)),
        negative(a + b),
        Pow(a, Rational(0)),
        Pow(Pow(a, Rational(2)), number(Fraction(1, 2))),
        Call("sqrt", (Rational(4),)),
        Call("sqrt", (a**2,)),
        Call("exp", (Rational(1),)),
        Call("floor", (Rational(7) / 2,)),
        Call("mod", (Rational(7), Rational(3))),
        Index("W", (i, i + 1)),
        Sum(Index("x", (i,)), "i", Rational(0), n - 1),
        Sum(Index("x", (i,)) * Bracket(Compare("<=", i, n)), "i"),
        Sum(Sum(i * j, "j", i, n), "i", Rational(1), n),
        Product(i, "i", Rational(1), n),
        Cases(((a, Compare(">", a, 0)), (b, Compare("=", a, 0))), c),
        Cases(((a, Compare(">", a, 0)),)),
        Bracket(And((Compare("<", a, b), Not(Compare("<=", a, c))))),
        Bracket(Or((Compare(">=", a, c), Compare("!=", a, b)))),
        Compare("=", a + b, b + a),
        Unknown("phi", (a + 1, b)),
        Unknown("phi", (x,), (2,)),
        Unknown("phi", (2 * x,), (1,)),
        Unknown("phi", (x, x), (1, 0)),
        Unknown("f", (x, y), (1, 2)),
        table([[a, 1], [0, b]]),
        table([a, 1, b]),
        Table((1, 2, 1), (a, b)),
        Array((n, Rational(3)), ("i", "j"), Index("w", (j - 2 * i,))),
        Array((n, n), ("i", "j"), Bracket(Compare("=", i, j))),
    ],
)
def test_there_and_back_as_written(formula):
    assert from_sympy(to_sympy(formula)) == formula


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_has_one_place(name):
    tables = [NUMBER_CALLS, MATRIX_CALLS, CONSTANTS, ONE_WAY, WITHOUT, ("sqrt",)]
    assert sum(name in table for table in tables) == 1


@pytest.mark.parametrize("name", sorted({**NUMBER_CALLS, **CONSTANTS, "sqrt": ""}))
def test_functions_of_numbers_are_a_bijection(name):
    least = 2 if name in ("max", "min") else FUNCTIONS[name][0]
    formula = Call(name, (a, b)[:least])
    assert from_sympy(to_sympy(formula)) == formula


@pytest.mark.parametrize("name", sorted(MATRIX_CALLS))
def test_functions_of_matrices_are_a_bijection(name):
    formula = Call(name, (A, B)[: FUNCTIONS[name][0]])
    assert from_sympy(to_sympy(formula, MATRICES)) == formula


def test_tables_name_classes_of_sympy_once():
    theirs = [*NUMBER_CALLS.values(), *MATRIX_CALLS.values(), *CONSTANTS.values()]
    assert len(theirs) == len(set(theirs))
    assert all(hasattr(sympy, name) for name in theirs)


def test_matrices_stay_products():
    for formula in (A * B, A + B, Mul((Rational(2), A)), Index("A", (Rational(0), Rational(1)))):
        assert from_sympy(to_sympy(formula, MATRICES)) == formula
    explicit = Mul((table([[a, b], [1, 0]]), table([[x], [y]])))
    assert from_sympy(to_sympy(explicit)) == explicit


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (sympy.KroneckerDelta(sympy.Symbol("i"), sympy.Symbol("j")), "Bracket(i = j)"),
        (1 / sympy.sqrt(sympy.Symbol("v")), "1/sqrt(v)"),
        (sympy.Symbol("x") / 3, "1/3*x"),
        (-sympy.oo, "-infinity"),
        (sympy.Identity(sympy.Symbol("n")), "Array((n, n), (i, j), Bracket(i = j))"),
        (sympy.MatrixSymbol("A", 2, 2) ** 3, "A*A*A"),
        (sympy.SparseMatrix(2, 2, {(0, 1): sympy.Symbol("w")}), "Matrix([[0, w], [0, 0]])"),
        (sympy.Matrix([1, 2]), "Matrix([[1], [2]])"),
        (sympy.Eq(sympy.Symbol("x"), 1), "x = 1"),
        (sympy.Ge(sympy.Symbol("x"), 1), "x >= 1"),
        (sympy.true, "0 = 0"),
        (sympy.E, "exp(1)"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_what_sympy_offers(expr, text):
    text = text.replace("1/sqrt", "sqrt").replace("sqrt(v)", "sqrt(v)^(-1)")
    assert plain(from_sympy(expr)) == text


def test_the_chain_rule_of_sympy_is_read():
    f, t = sympy.Function("f"), sympy.Symbol("t")
    assert from_sympy(f(2 * t).diff(t)) == Mul(
        (Rational(2), Unknown("f", (2 * Symbol("t"),), (1,)))
    )


@pytest.mark.parametrize(
    ("expr", "head"),
    [
        (sympy.Heaviside(sympy.Symbol("x")), "Heaviside"),
        (sympy.Float("0.5"), "Float"),
        (sympy.Symbol("x") * 0.5, "Float"),
        (sympy.I, "ImaginaryUnit"),
        (sympy.zoo, "ComplexInfinity"),
        (sympy.nan, "NaN"),
        (sympy.gamma(sympy.Symbol("x")), "gamma"),
        (sympy.Integral(sympy.Symbol("x"), sympy.Symbol("x")), "Integral"),
        (sympy.Derivative(sympy.Symbol("x") ** 2, sympy.Symbol("x")), "Derivative"),
        (sympy.KroneckerDelta(sympy.Symbol("i"), sympy.Symbol("j"), (0, 3)), "KroneckerDelta"),
        (sympy.MatrixSymbol("A", 2, 2).inv(), "Inverse"),
        (sympy.Tuple(1, 2), "Tuple"),
    ],
)
def test_an_unknown_head_is_named(expr, head):
    with pytest.raises(AuthorError, match=head):
        from_sympy(expr)


@pytest.mark.parametrize("side", ["x + 1", 0.5, None, [1], True])
def test_only_sympy_and_exact_numbers_are_read(side):
    with pytest.raises(AuthorError):
        from_sympy(side)


@pytest.mark.parametrize(
    "formula",
    [
        Call("gcd", (a, b)),
        table([a, b]) * table([1, 2]),
        table([[a, b]]) * table([[1, 2]]),
        Array((n,), ("i",), i),
        Call("root", (a, n)),
        Compare("~", a, b),
        Bracket(Compare("<", Bracket(Compare("<", a, b)), c)),
    ],
)
def test_what_sympy_cannot_say(formula):
    with pytest.raises(AuthorError):
        to_sympy(formula)


def test_names_must_be_names():
    with pytest.raises(AuthorError, match="no name"):
        from_sympy(sympy.Symbol("x_{1}"))
    with pytest.raises(AuthorError, match="commute"):
        from_sympy(sympy.Symbol("x", commutative=False))
    with pytest.raises(AuthorError, match="two symbols"):
        from_sympy(sympy.Symbol("x") + sympy.Symbol("x", positive=True))


def test_conditions_between_constants_are_decided_by_the_meaning():
    two = Rational(2)
    assert to_sympy(Bracket(Compare("=", two, 2))) == 1
    assert to_sympy(Bracket(Not(Compare("=", two, 2)))) == 0
    assert to_sympy(Cases(((a, Compare("<", Call("sqrt", (two,)), 1)),), b)) == sympy.Symbol("b")
    with pytest.raises(AuthorError, match="undefined"):
        to_sympy(Bracket(Compare("=", Pow(Rational(0), Rational(-1)), 1)))


def test_a_bound_variable_never_captures():
    outer, inner = sympy.Symbol("i"), sympy.Symbol("i", integer=True)
    read = from_sympy(sympy.Sum(inner * outer, (inner, 1, 2)))
    assert evaluate(read, {"i": Fraction(5)}) == 15


def test_assumptions_must_be_given():
    positive = sympy.Symbol("K", positive=True, integer=True)
    natural = Given((("K", Domain("integer", low=Rational(1))),))
    assert from_sympy(1 + positive, given=natural) == 1 + Symbol("K")
    assert from_sympy(positive + 1) == from_sympy(sympy.Symbol("K") + 1)
    for too_little in (
        Given((("K", INTEGER),)),
        Given((("K", Domain("integer", low=Rational(0))),)),
        Given((("K", Domain("real", low=Rational(1))),)),
        Given(),
    ):
        with pytest.raises(AuthorError, match="K is assumed to be"):
            from_sympy(positive + 1, given=too_little)


@pytest.mark.parametrize(
    ("facts", "domain", "relations"),
    [
        ({"positive": True}, Domain(low=Rational(0), low_open=True), ()),
        ({"positive": True}, REAL, (Compare(">", x, 0),)),
        ({"positive": True}, REAL, (Compare("<", 0, x),)),
        ({"positive": True}, INTEGER, (Compare(">", x, Fraction(-1, 2)), Compare("!=", x, 0))),
        ({"nonnegative": True}, REAL, (Compare(">=", x, 0),)),
        ({"nonnegative": True}, INTEGER, (Compare(">", x, -1),)),
        ({"negative": True}, Domain(high=Rational(-2)), ()),
        ({"nonzero": True, "real": True}, Domain(nonzero=True), ()),
        ({"nonzero": True}, REAL, (Compare("!=", 0, x),)),
        ({"real": True}, REAL, ()),
        ({"integer": True, "nonpositive": True}, INTEGER, (Compare("<", x, 1),)),
    ],
)
def test_justified_assumptions(facts, domain, relations):
    symbol = sympy.Symbol("x", **facts)
    said = Given((("x", domain),), relations)
    assert from_sympy(symbol, given=said) == x
    assert to_sympy(x, said).assumptions0.items() >= {**facts}.items()
    with pytest.raises(AuthorError):
        from_sympy(sympy.Symbol("x", prime=True), given=said)


def test_near_misses_of_assumptions():
    for facts, relation in (
        ({"positive": True}, Compare(">=", x, 0)),
        ({"nonnegative": True}, Compare(">", x, -1)),
        ({"nonzero": True}, Compare("!=", x, 1)),
        ({"positive": True}, Compare(">", x, y)),
        ({"integer": True}, Compare(">", x, 1)),
    ):
        with pytest.raises(AuthorError, match="assumed"):
            from_sympy(sympy.Symbol("x", **facts), given=Given((("x", REAL),), (relation,)))


def test_contradicting_domains_are_said():
    impossible = Given((("x", REAL),), (Compare(">", x, 0), Compare("<", x, 0)))
    with pytest.raises(AuthorError, match="contradicts"):
        from_sympy(sympy.Symbol("x"), given=impossible)
    with pytest.raises(AuthorError, match="contradicts"):
        to_sympy(x, impossible)


def test_bound_variables_are_integers():
    k = sympy.Symbol("k", integer=True)
    assert from_sympy(sympy.Sum(k, (k, 0, 3)), given=Given()) == Sum(
        Symbol("k"), "k", Rational(0), Rational(3)
    )
    even = sympy.Symbol("k", even=True)
    with pytest.raises(AuthorError, match="even"):
        from_sympy(sympy.Sum(even, (even, 0, 3)), given=Given())
    positive = sympy.Symbol("k", positive=True, integer=True)
    from_sympy(sympy.Sum(positive, (positive, 1, 3)), given=Given())
    with pytest.raises(AuthorError, match="positive"):
        from_sympy(sympy.Sum(positive, (positive, 0, 3)), given=Given())


def test_symbol_assumptions_by_name():
    expr = sympy.Symbol("b", integer=True) + sympy.IndexedBase("a", real=True)[0]
    found = symbol_assumptions(expr)
    assert list(found) == ["a", "b"]
    assert found["b"]["integer"]
    assert "integer" not in found["a"]


class Expressions:
    """Small formulas of numbers whose exact value SymPy can find too."""

    def __init__(self, draw):
        self.draw = draw

    def pick(self, *choices):
        return self.draw(st.sampled_from(choices))

    def build(self, depth: int) -> Formula:
        if depth == 0:
            return self.pick(x, y, Rational(2), Rational(-3), number(Fraction(1, 2)), Symbol("i"))
        kind = self.pick("add", "mul", "div", "pow", "call", "two", "bracket", "cases", "sum")
        first, second = self.build(depth - 1), self.build(depth - 1)
        when = Compare(self.pick("=", "!=", "<", "<=", ">", ">="), second, self.build(depth - 1))
        if kind == "add":
            return Add((first, second))
        if kind in ("mul", "div"):
            return Mul((first, second if kind == "mul" else Pow(second, Rational(-1))))
        if kind == "pow":
            return Pow(first, self.pick(Rational(2), Rational(-1), Rational(0)))
        if kind == "call":
            return Call(self.pick("floor", "ceil", "abs", "sign", "relu"), (first,))
        if kind == "two":
            return Call(self.pick("mod", "max", "min"), (first, second))
        if kind == "bracket":
            return Bracket(self.pick(when, Not(when)))
        if kind == "cases":
            return Cases(((first, when),), second)
        return Sum(first, "i", Rational(0), Rational(2))


def rational(value):
    return sympy.Rational(value.numerator, value.denominator)


def value_of(expr, point):
    """SymPy's value, from the leaves upwards; its own ``subs`` may run for ever in a Piecewise."""
    if isinstance(expr, sympy.Symbol):
        return point[expr.name]
    if isinstance(expr, sympy.Piecewise):
        chosen = (pair.expr for pair in expr.args if value_of(pair.cond, point) == sympy.true)
        return value_of(next(chosen), point)
    if isinstance(expr, sympy.Sum):
        *inner, (variable, low, high) = expr.limits
        body = expr.func(expr.function, *inner) if inner else expr.function
        ends = (int(value_of(end, point)) for end in (low, high))
        terms = (
            value_of(body, {**point, variable.name: sympy.Integer(k)})
            for k in range(next(ends), next(ends) + 1)
        )
        return sympy.Add(*terms)
    args = [value_of(arg, point) for arg in expr.args]
    if any(arg in (sympy.nan, sympy.zoo) for arg in args):
        return sympy.nan
    if isinstance(expr, sympy.Mod) and args[1] == 0:
        return sympy.nan
    return expr.func(*args) if args else expr


@st.composite
def expressions(draw):
    return Expressions(draw).build(draw(st.integers(1, 2)))


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    expressions(), st.fractions(-4, 4, max_denominator=3), st.fractions(-4, 4, max_denominator=2)
)
@example(Call("root", (x, Rational(3))), Fraction(-8), Fraction(0))
@example(Call("mod", (x, y)), Fraction(-7, 2), Fraction(-2))
@example(Bracket(Compare("divides", x, y)), Fraction(0), Fraction(0))
@example(Bracket(Compare("divides", x, y)), Fraction(3), Fraction(-6))
@example(Bracket(Compare("~", x, Rational(Fraction(33, 100), 2))), Fraction(1, 3), Fraction(0))
@example(Call("factorial", (Rational(4),)) * Call("binomial", (Rational(5), Rational(2))), 1, 1)
def test_sympy_computes_what_the_meaning_says(formula, p, q):
    point = {"x": Fraction(p), "y": Fraction(q), "i": Fraction(1)}
    value = evaluate(formula, point)
    assume(isinstance(value, Fraction))
    try:
        written = to_sympy(formula)
    except AuthorError as refusal:
        assert "inside the condition" in str(refusal) or "between constants" in str(refusal)
        return
    theirs = value_of(written, {name: rational(worth) for name, worth in point.items()})
    assert theirs in (rational(value), sympy.nan)
    back = evaluate(from_sympy(to_sympy(formula)), point)
    assert back == value


def test_sympy_is_loaded_only_when_called():
    code = (
        "import sys, symcnn.formula.sympy_bridge, symcnn.formula.latex, symcnn.formula.mathml\n"
        "print([name for name in ('sympy', 'latex2mathml') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=None
    )
    assert shown.stdout.strip() == "[]"
