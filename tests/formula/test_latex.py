from fractions import Fraction

import pytest

from symcnn.formula import (
    Add,
    And,
    Array,
    Bracket,
    Call,
    Cases,
    Compare,
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
from symcnn.formula.latex import latex, latex_value
from symcnn.formula.latex_words import PERSIAN, Words, name_latex, words_latex
from symcnn.formula.nodes import FUNCTIONS
from symcnn.formula.values import ArrayValue, Ball, Family, Polynomial, Undefined

a, b, c, x, i, j, n, K, P, S, N = map(Symbol, "a b c x i j n K P S N".split())
stride, kernel = Symbol("stride"), Symbol("kernel")
INVERSE = Rational(-1)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (Call("floor", ((N + 2 * P - K) / S,)) + 1,
         r"\left\lfloor \frac{N + 2 P - K}{S} \right\rfloor + 1"),
        (Mul(tuple(map(Rational, (28, 28, 192)))), r"28 \cdot 28 \cdot 192"),
        (Mul((x, Rational(2))), r"x \cdot 2"),
        (Mul((Rational(2), Pow(Rational(3), n))), r"2 \cdot 3^{n}"),
        (Mul((Rational(2), number(Fraction(1, 2)))), r"2 \left(\frac{1}{2}\right)"),
        (a * Pow(b, INVERSE) * c, r"\frac{a}{b} c"),
        (a / b / c, r"\frac{a}{b c}"),
        ((a + b) / (a - b), r"\frac{a + b}{a - b}"),
        (number(Fraction(-5, 6)), r"-\frac{5}{6}"),
        (negative(Pow(x, INVERSE)), r"-\frac{1}{x}"),
        (Pow(x, INVERSE), r"x^{-1}"),
        (Mul((Pow(x, INVERSE), a)), r"x^{-1} a"),
        (negative(a + b), r"-\left(a + b\right)"),
        (a - (b - c), r"a - \left(b - c\right)"),
        (Add((Add((a, b)), c)), r"\left(a + b\right) + c"),
        (Add((negative(a), b)), "-a + b"),
        (Mul((a, negative(b))), r"a \left(-b\right)"),
        (Mul((a, Mul((b, c)))), r"a \left(b c\right)"),
        (Mul((INVERSE, Rational(3))), r"-1 \cdot 3"),
        (a + Rational(Fraction(-1, 2), 2), "a - 0.50"),
        ((a + b) ** 2, r"\left(a + b\right)^{2}"),
        ((-a) ** 2, r"\left(-a\right)^{2}"),
        (negative(a**2), "-a^{2}"),
        (x ** number(Fraction(1, 2)), "x^{1/2}"),
        (Pow(Symbol("x'"), Rational(2)), "{x'}^{2}"),
        (Pow(Index("x'", (i,)), Rational(2)), "{x'_{i}}^{2}"),
        (stride * kernel, r"\mathrm{stride} \, \mathrm{kernel}"),
        (Symbol("C_in") * Symbol("C_out"), r"C_{\mathrm{in}} C_{\mathrm{out}}"),
        (Call("sqrt", (Symbol("var") + Symbol("eps"),)), r"\sqrt{\mathrm{var} + \varepsilon}"),
        (Call("root", (x, Rational(3))), r"\sqrt[{3}]{x}"),
        (Call("exp", (Rational(1),)) ** x, r"\mathrm{e}^{x}"),
        (Call("exp", (negative(x),)), r"\exp\left(-x\right)"),
        (Call("log", (x, b)), r"\log_{b}\left(x\right)"),
        (Call("mod", (a, b)) + 1, r"\left(a \bmod b\right) + 1"),
        (Call("factorial", (n,)) / Call("factorial", (n - 1,)),
         r"\frac{n!}{\left(n - 1\right)!}"),
        (Call("binomial", (n, K)), r"\binom{n}{K}"),
        (Call("transpose", (Symbol("W"),)) * x, r"W^{\top} x"),
        (Call("transpose", (Symbol("W'"),)), r"{W'}^{\top}"),
        (Call("relu", (x,)), r"\operatorname{ReLU}\left(x\right)"),
        (Call("sigmoid", (x,)) ** 2, r"\left(\sigma\left(x\right)\right)^{2}"),
        (2 * Call("pi", ()), r"2 \pi"),
        (Unknown("phi", (x,), (1,)), r"\phi'\left(x\right)"),
        (Unknown("phi", (x,), (4,)), r"\phi^{(4)}\left(x\right)"),
        (Unknown("f", (x, a), (1, 0)), r"f^{(1,0)}\left(x, a\right)"),
        (Index("W", (i, j + 1)), "W_{i, j + 1}"),
        (Index("x_hat", (i,)), r"\hat{x}_{i}"),
        (Index("x_1", (i,)), r"x_{1}\left[i\right]"),
        (Index("dL_dx", (i,)), r"\frac{\partial L}{\partial x_{i}}"),
        (Symbol("dL_dx") ** 2, r"\left(\frac{\partial L}{\partial x}\right)^{2}"),
        (Symbol("dL_dx") * a, r"\frac{\partial L}{\partial x} a"),
        (Sum(Index("x", (i,)), "i", Rational(0), n - 1), r"\sum_{i=0}^{n - 1} x_{i}"),
        (Sum(a + i, "i"), r"\sum_{i} \left(a + i\right)"),
        (number(Fraction(1, 2)) * Sum(i, "i", a, b), r"\frac{1}{2} \sum_{i=a}^{b} i"),
        (Sum(i, "i", a, b) * 2, r"\left(\sum_{i=a}^{b} i\right) \cdot 2"),
        (Product(i, "i", Rational(1), n) ** 2, r"\left(\prod_{i=1}^{n} i\right)^{2}"),
        (x * Bracket(Compare("=", i, j)), r"x \, [\,i = j\,]"),
        (Cases(((a, Compare(">=", a, 0)),), -a),
         r"\begin{cases} a & \text{if } a \ge 0 \\ -a & \text{otherwise} \end{cases}"),
        (And((Compare("divides", a, b), Compare("!=", a, 0))), r"a \mid b \land a \ne 0"),
        (Not(Or((Compare("<", a, b), Compare("~", a, b)))),
         r"\lnot \left(a < b \lor a \approx b\right)"),
        (table([[a, b], [c, 1]]), r"\begin{bmatrix} a & b \\ c & 1 \end{bmatrix}"),
        (table([a, b]), r"\begin{bmatrix} a \\ b \end{bmatrix}"),
        (Array((n, K), ("i", "j"), i + j),
         r"\left[ i + j \right]_{0 \le i < n,\ 0 \le j < K}"),
    ],
)  # fmt: skip
def test_text(formula, text):
    assert latex(formula) == text


def test_every_known_function_has_a_text():
    for name, (least, greatest) in FUNCTIONS.items():
        for count in (least, 3 if greatest is None else greatest):
            text = latex(Call(name, (a, b, c)[:count]))
            assert text.count("{") == text.count("}")
            assert text.count(r"\left") == text.count(r"\right")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x", "x"), ("alpha", r"\alpha"), ("Gamma", r"\Gamma"), ("Alpha", r"\mathrm{Alpha}"),
        ("x_1", "x_{1}"), ("x_1_2", "x_{1,2}"), ("C_in", r"C_{\mathrm{in}}"), ("mu_B", r"\mu_{B}"),
        ("x_hat", r"\hat{x}"), ("x_hat_i", r"\hat{x}_{i}"), ("x_1_bar", r"\bar{x_{1}}"),
        ("x''", "x''"), ("L_cal", r"\mathcal{L}"), ("x_1'", "x_{1}'"),
        ("dL_dx", r"\frac{\partial L}{\partial x}"),
        ("dL_dx_hat", r"\frac{\partial L}{\partial \hat{x}}"),
        ("dim_depth", r"\mathrm{dim}_{\mathrm{depth}}"),
        ("x1", r"\mathrm{x1}"), ("x__1", r"\mathrm{x\_\_1}"), ("x_", r"\mathrm{x\_}"),
    ],
)  # fmt: skip
def test_names(name, text):
    assert name_latex(name) == text


def test_different_names_look_different():
    names = (
        "x x1 x_1 x_11 x_1_1 x__1 x_ X x' x_1' x_hat hat_x hat x_hat_1 x_1_hat phi varphi dx d_x "
        "dL_dx dL_dx_1 dL_dx' alpha_1 alpha1 in C_in Cin C_i_n"
    ).split()
    assert len({name_latex(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["", r"x\input", "x}", "x y", "x^2", "$", "1x", "é", "x%", "x\n"])
def test_nothing_but_names_reaches_latex(name):
    for formula in (Symbol(name), Index(name, (i,)), Unknown(name, (i,)), Sum(a, name)):
        with pytest.raises(ValueError, match="no name"):
            latex(formula)


def test_words_of_another_language():
    formula = Cases(((a, Compare(">", a, 0)),), b)
    assert latex(formula, PERSIAN) == (
        r"\begin{cases} a & \text{اگر } a > 0 \\ b & \text{در غیر این صورت} \end{cases}"
    )
    with pytest.raises(ValueError, match="only letters"):
        latex(formula, Words(if_word=r"if} \input{x"))
    with pytest.raises(ValueError, match="thousands"):
        latex(Rational(1000), Words(thousands="$"))
    assert words_latex("در غیر این صورت") == r"\text{در غیر این صورت}"


def test_thousands():
    words = Words(thousands=",")
    assert latex(Rational(120422400), words) == "120{,}422{,}400"
    assert latex(a + Rational(-1000), words) == "a - 1{,}000"
    assert latex(Rational(Fraction(12345678, 10**4), 4), words) == "1{,}234.5678"
    assert latex(Rational(999), words) == "999"
    assert latex(Rational(1000), Words(thousands=" ")) == r"1\,000"


def test_large_tables_are_elided():
    big = Table((100, 50), tuple(map(Rational, range(5000))))
    text = latex(big, Words(max_rows=4, max_columns=4))
    assert text == (
        r"\begin{bmatrix} 0 & 1 & \cdots & 49 \\ 50 & 51 & \cdots & 99 \\"
        r" \vdots & \vdots & \ddots & \vdots \\ 4950 & 4951 & \cdots & 4999 \end{bmatrix}"
    )
    assert latex(big).count(r"\\") == 15
    whole = Table((4, 4), tuple(map(Rational, range(16))))
    assert "dots" not in latex(whole, Words(max_rows=4, max_columns=4))
    tall = Table((100,), tuple(map(Rational, range(100))))
    column = latex(tall, Words(max_rows=3))
    assert column == r"\begin{bmatrix} 0 \\ \vdots \\ 99 \end{bmatrix}"
    row = latex(tall, Words(max_columns=3, vectors_as_rows=True))
    assert row == r"\begin{bmatrix} 0 & \cdots & 99 \end{bmatrix}"


def test_tensors_are_columns_of_matrices():
    cube = Table((2, 2, 1), (a, b, c, x))
    first, second = latex(table([[a], [b]])), latex(table([[c], [x]]))
    assert latex(Pow(Table((), (a + b,)), c)) == r"\left(a + b\right)^{c}"
    assert latex(cube) == rf"\begin{{bmatrix}} {first} \\ {second} \end{{bmatrix}}"


def test_a_cell_never_begins_with_an_optional_argument():
    same = Bracket(Compare("=", i, j))
    assert r"\\ {[\,i = j\,]} &" in latex(table([[1, 2], [same, same]]))
    assert r"\begin{bmatrix} {[\,i = j\,]} \end" in latex(table([same]))
    assert r"\begin{cases} {[\,i = j\,]} &" in latex(Cases(((same, Compare("<", i, j)),), same))
    assert r"\\ {[\,i = j\,]} & \text{otherwise}" in latex(Cases(((a, Compare("<", i, j)),), same))


def test_values():
    one, half = Fraction(1), Fraction(1, 2)
    assert latex_value(Fraction(-5, 6)) == r"-\frac{5}{6}"
    assert latex_value(Fraction(10**6), Words(thousands=",")) == "1{,}000{,}000"
    root = Ball(Fraction("1.41421356237"), Fraction("1.41421356238"))
    assert latex_value(root) == r"1.414213562\ldots"
    tiny = Ball(Fraction("1.23456789012e-30"), Fraction("1.23456789013e-30"))
    assert latex_value(tiny) == r"1.234567890\ldots \cdot 10^{-30}"
    assert latex_value(Ball(-one, one)) == r"\left[-1.00,\ 1.00\right]"
    matrix = ArrayValue((1, 2), (one, half))
    assert latex_value(matrix) == r"\begin{bmatrix} 1 & \frac{1}{2} \end{bmatrix}"
    family = Family({(2,): -one, (0,): one})
    assert latex_value(family) == r"x_{0} = 1,\ x_{2} = -1,\ 0\ \text{otherwise}"
    assert latex_value(Polynomial((-one, half, one))) == r"-1 + \frac{1}{2} t + t^{2}"
    assert latex_value(Undefined("why"), PERSIAN) == r"\text{تعریف‌نشده}"
