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
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.values import ArrayValue, Ball, Family, Polynomial, Undefined

a, b, c, x, y, i, n = map(Symbol, "a b c x y i n".split())
INVERSE = Rational(-1)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (Rational(Fraction(1, 2), 2), "0.50"),
        (Rational(Fraction(-1, 20), 2), "-0.05"),
        (Rational(-3), "-3"),
        (a + b + c, "a + b + c"),
        (Add((a, Add((b, c)))), "a + (b + c)"),
        (Add((Add((a, b)), c)), "(a + b) + c"),
        (a - b, "a - b"),
        (a - (b + c), "a - (b + c)"),
        (a - 3 * x, "a - 3*x"),
        (Add((a, Rational(-3))), "a - 3"),
        (Add((negative(a), b)), "-a + b"),
        (number(Fraction(5, 6)), "5/6"),
        (number(Fraction(-5, 6)), "-5/6"),
        (a / b / c, "a/b/c"),
        (a / (b * c), "a/(b*c)"),
        (a / (b + c), "a/(b + c)"),
        (a / Rational(-2), "a/(-2)"),
        (a / b**2, "a/b^2"),
        (a * Pow(b, INVERSE) * c, "a/b*c"),
        (Mul((Pow(a, INVERSE), b)), "a^(-1)*b"),
        (Pow(a, INVERSE), "a^(-1)"),
        (negative(Pow(a, INVERSE)), "-1/a"),
        (Mul((a, Mul((b, c)))), "a*(b*c)"),
        (Mul((Mul((a, b)), c)), "(a*b)*c"),
        (Mul((a, Rational(-3))), "a*(-3)"),
        (Mul((INVERSE, Rational(3))), "-1*3"),
        (Mul((INVERSE, Mul((a, b)))), "-1*(a*b)"),
        (negative(Mul((Rational(-3), x))), "-1*(-3*x)"),
        (negative(a + b), "-(a + b)"),
        (negative(a**2), "-a^2"),
        (negative(a) ** 2, "(-a)^2"),
        (Pow(Rational(-2), n), "(-2)^n"),
        (Pow(Pow(a, b), c), "(a^b)^c"),
        (Pow(a, Pow(b, c)), "a^b^c"),
        (Pow(a, negative(b)), "a^(-b)"),
        (Pow(a, number(Fraction(1, 2))), "a^(1/2)"),
        (Call("exp", (Rational(1),)), "exp(1)"),
        (Call("max", (a, b + 1)), "max(a, b + 1)"),
        (2 * Call("pi", ()), "2*pi"),
        (Unknown("phi", (x,)), "phi(x)"),
        (Unknown("phi", (x,), (2,)), "phi''(x)"),
        (Unknown("phi", (x, y), (1, 0)), "diff(phi, 1, 0)(x, y)"),
        (Index("W", (i, i + 1)), "W[i, i + 1]"),
        (Sum(Index("x", (i,)), "i", Rational(0), n - 1), "Sum(x[i], (i, 0, n - 1))"),
        (Sum(a + i, "i") * 2, "Sum(a + i, i)*2"),
        (Product(i, "i", Rational(1), n), "Prod(i, (i, 1, n))"),
        (Bracket(Compare("=", i, 2 * n)) * x, "Bracket(i = 2*n)*x"),
        (Cases(((a, Compare(">", a, 0)),), -a), "Cases((a, a > 0), -a)"),
        (Cases(((a, Compare(">", a, 0)), (b, Compare("=", a, 0)))),
         "Cases((a, a > 0), (b, a = 0))"),
        (Compare("divides", a, b + 1), "a divides b + 1"),
        (Compare("~", x, Rational(Fraction(182, 10**4), 4)), "x ~ 0.0182"),
        (table([[a, b], [c, 1]]), "Matrix([[a, b], [c, 1]])"),
        (table([a, -1]), "Vector([a, -1])"),
        (Table((1, 1, 2), (a, b)), "Tensor([[[a, b]]])"),
        (Array((n, n), ("i", "j"), i), "Array((n, n), (i, j), i)"),
        (Array((n,), ("i",), i), "Array((n,), (i,), i)"),
    ],
)  # fmt: skip
def test_text(formula, text):
    assert plain(formula) == text


def test_conditions_bind_not_and_or():
    p, q, r = (Compare("<", name, 1) for name in (a, b, c))
    assert plain(Or((And((p, q)), r))) == "a < 1 and b < 1 or c < 1"
    assert plain(And((Or((p, q)), r))) == "(a < 1 or b < 1) and c < 1"
    assert plain(Not(And((p, q)))) == "not (a < 1 and b < 1)"
    assert plain(And((And((p, q)), r))) == "(a < 1 and b < 1) and c < 1"


def test_different_nestings_have_different_texts():
    nestings = [
        a - b - c, a - (b - c), a - (b + c), Add((a - b, negative(c))), a / b * c, a / (b * c),
        a * (b / c), -a * b, negative(a * b), negative(a) * b, Mul((INVERSE, a * b)),
        Mul((a, negative(b))), Pow(a * b, c), a * Pow(b, c), negative(a**2), Pow(-a, Rational(2)),
    ]  # fmt: skip
    texts = {plain(formula) for formula in nestings}
    assert len(texts) == len(set(nestings))


@pytest.mark.parametrize("name", ["", "x y", "x)", "x+1", "1x", "_x", "x'y", "ß"])
def test_a_text_that_is_no_name_is_refused(name):
    with pytest.raises(ValueError, match="no name"):
        plain(Symbol(name))
    with pytest.raises(ValueError, match="no name"):
        plain(Sum(a, name))


def test_a_primed_function_is_not_confused_with_a_derivative():
    with pytest.raises(ValueError, match="derivative"):
        plain(Unknown("f'", (x,), (1,)))


def test_very_long_integers_are_printed():
    assert plain(Rational(10**9000 + 7)) == "1" + "0" * 8999 + "7"
    assert plain(Rational(10**4000)) == "1" + "0" * 4000
    assert plain(Rational(10**3999)) == "1" + "0" * 3999


def ball(low, high):
    return plain_value(Ball(Fraction(low), Fraction(high)))


def test_balls_show_certain_digits_only():
    assert ball("1.41421356237", "1.41421356238") == "1.414213562..."
    assert ball("-1.41421356238", "-1.41421356237") == "-1.414213562..."
    assert ball("1.4142131", "1.4142139") == "1.414213..."
    assert ball("1.9999999999999999", "2.0000000000000001") == "[1.999999999999, 2.000000000001]"
    assert ball("0.5", "0.5") == "1/2"
    assert ball("-0.001", "0.002") == "[-0.00100, 0.00200]"
    assert ball("0.33", "0.34").startswith("[0.33")
    assert ball("1.23456789012e-30", "1.23456789013e-30") == "1.234567890...*10^(-30)"
    assert ball("1234567890123.25", "1234567890123.28") == "1234567890123.2..."
    assert ball("1234567890123.2", "1234567890123.5") == "[1234567890123.200, 1234567890123.500]"


@pytest.mark.parametrize("width", [Fraction(1, 10**k) for k in range(0, 30, 3)])
@pytest.mark.parametrize("low", ["0.1", "-7.3", "2", "99999.5", "1e-9", "-0.000001"])
def test_what_a_ball_shows_is_true(low, width):
    low = Fraction(low)
    text = plain_value(Ball(low, low + width))
    if text.startswith("["):
        shown_low, shown_high = (Fraction(end) for end in text[1:-1].split(", "))
        assert shown_low <= low
        assert low + width <= shown_high
    else:
        digits, _, power = text.partition("...")
        scale = Fraction(10) ** int(power[5:-1]) if power else 1
        last = Fraction(1, 10 ** len(digits.partition(".")[2]))
        sign = -1 if low < 0 else 1
        for end in (low, low + width):
            assert 0 <= sign * (end / scale - Fraction(digits)) <= last


def test_other_values():
    one, half = Fraction(1), Fraction(1, 2)
    assert plain_value(Fraction(-5, 6)) == "-5/6"
    assert plain_value(ArrayValue((2, 2), (one, half, half, one))) == "Matrix([[1, 1/2], [1/2, 1]])"
    family = Family({(2, 0): -one, (0, 1): one})
    assert plain_value(family, "W") == "W[0, 1] = 1, W[2, 0] = -1, else 0"
    assert plain_value(Polynomial((one, -half, Fraction(0), one))) == "1 - 1/2*t + t^3"
    assert plain_value(Polynomial(())) == "0"
    assert plain_value(Undefined("division by zero")) == "undefined (division by zero)"
