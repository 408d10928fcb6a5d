from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import HealthCheck, example, given, settings

from symcnn.formula import Bracket, Cases, Compare, Pow, Rational, Sum, Symbol, table
from symcnn.formula.latex import latex
from symcnn.formula.latex_words import ENGLISH, PERSIAN, Words
from symcnn.formula.mathml import mathml

from .strategies import statements

SPACE = "{http://www.w3.org/1998/Math/MathML}"
a, b = Symbol("a"), Symbol("b")


def tags(text, tag):
    return [node.text for node in fromstring(text).iter(SPACE + tag)]


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(statements())
@example(table([Bracket(Compare("=", a, b))]))
def test_whatever_is_printed_becomes_well_formed_xml(formula):
    for words in (ENGLISH, PERSIAN):
        text = latex(formula, words)
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")
        root = fromstring(mathml(text))
        assert root.tag == SPACE + "math"
        assert not list(root.iter(SPACE + "merror"))


def test_display_puts_limits_below_and_above():
    text = latex(Sum(a, "i", Rational(0), b))
    assert "<munderover>" in mathml(text, display=True)
    assert "<munderover>" not in mathml(text)
    assert 'display="block"' in mathml(text, display=True)


def test_a_word_is_one_upright_identifier():
    text = mathml(latex(Symbol("stride") * Symbol("C_in")))
    assert tags(text, "mi") == ["stride", "C", "in"]
    assert text.count('mathvariant="normal"') == 2
    assert tags(mathml(r"\mathrm{e}^{x}"), "mi") == ["e", "x"]
    assert 'mathvariant="normal">e<' in mathml(r"\mathrm{e}^{x}")
    assert tags(mathml(r"\mathrm{a\_b}"), "mi") == ["a_b"]


def test_a_product_of_letters_is_not_joined():
    assert tags(mathml(latex(a * b)), "mi") == ["a", "b"]


@pytest.mark.parametrize(("mark", "shown"), [(",", ","), (" ", "\u2009")])
def test_thousands_stay_in_one_number(mark, shown):
    text = latex(Rational(120422400), Words(thousands=mark))
    assert tags(mathml(text), "mn") == [shown.join(("120", "422", "400"))]


def test_arguments_are_not_joined():
    assert tags(mathml(r"f\left(1, 200\right)"), "mn") == ["1", "200"]


def test_primes_under_powers():
    assert tags(mathml(latex(Pow(Symbol("x''"), Rational(2)))), "mo") == ["\u2033"]


def test_persian_words_and_matrices_survive():
    text = mathml(latex(Cases(((a, Compare(">", a, 0)),), b), PERSIAN))
    assert [word.replace("\xa0", " ").strip() for word in tags(text, "mtext")] == [
        "اگر",
        "در غیر این صورت",
    ]
    grid = mathml(latex(table([[a, b], [1, 2]])))
    assert grid.count("<mtr>") == 2
    assert grid.count("<mtd>") == 4
