"""Packed fractions against plain Fractions, and what they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol
from symcnn.formula.values import Undefined
from symcnn.prover.packed import Divisors, Outside, fraction, minus, packing, proper, raised, times
from symcnn.prover.packed_values import Monomials, value_at

NAMES = ("a", "b", "c")
PACKING = packing(NAMES)

leaves = st.one_of(
    st.sampled_from([Symbol(name) for name in NAMES]),
    st.integers(-4, 4).map(Rational),
    st.sampled_from([Rational(Fraction(1, 2), 1), Rational(Fraction(-3, 4), 2)]),
)


def joined(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    power = st.builds(Pow, inner, st.integers(-2, 3).map(Rational))
    return st.one_of(several.map(Add), several.map(Mul), power)


formulas = st.recursive(leaves, joined, max_leaves=10)
points = st.tuples(*(st.fractions(-5, 5, max_denominator=4) for _ in NAMES))


@given(formulas, points)
def test_the_fraction_has_the_value_of_the_formula(f: Formula, point: tuple[Fraction, ...]) -> None:
    divisors = Divisors()
    try:
        above, below = fraction(f, PACKING, divisors)
    except Outside:
        return
    expected = evaluate(f, dict(zip(NAMES, point, strict=True)))
    if all(value_at(each, point) for each in divisors):
        bottom = 1 if below is None else value_at(below, point)
        assert expected == Fraction(value_at(above, point)) / bottom
    else:
        assert isinstance(expected, Undefined)


@given(formulas, formulas)
def test_no_coefficient_is_0_so_equal_polynomials_are_equal_dicts(f: Formula, g: Formula) -> None:
    try:
        (a, _), (b, _) = (fraction(each, PACKING, Divisors()) for each in (f, g))
        product, difference = times(a, b), minus(times(a, b), times(b, a))
    except Outside:
        return
    assert all({**a, **b, **product}.values())
    assert difference == {}


@pytest.mark.parametrize(
    "f",
    [
        Symbol("unheard"),
        Call("floor", (Symbol("a"),)),
        Pow(Symbol("a"), Symbol("b")),
        Pow(Symbol("a"), Rational(Fraction(1, 2), 1)),
        1 / (Symbol("a") - Symbol("a")),
        Pow(Symbol("a"), Rational(10**9)),
        Pow(Pow(Pow(Symbol("a"), Rational(99)), Rational(99)), Rational(99)),
        Pow(Rational(9), Rational(10**6)),
        Pow(Symbol("a") + Symbol("b") + Symbol("c"), Rational(60)),
    ],
)
def test_what_is_not_rational_or_too_large_is_refused(f: Formula) -> None:
    with pytest.raises(Outside):
        fraction(f, PACKING, Divisors())


def test_many_sums_multiplied_are_refused_before_they_are_built() -> None:
    a, b, c = map(Symbol, NAMES)
    factors = tuple(Pow(a, Rational(n)) + Pow(b, Rational(n)) + c for n in range(1, 30))
    with pytest.raises(Outside):
        fraction(Mul(factors), PACKING, Divisors())


powers = st.dictionaries(
    st.tuples(*(st.integers(-3, 3) for _ in NAMES)), st.integers(-4, 4).filter(bool), max_size=4
)


@given(powers, powers.filter(bool), points.filter(all), st.integers(0, 4))
def test_negative_exponents_stand_for_divisions(
    a: dict[tuple[int, ...], int], b: dict[tuple[int, ...], int],
    point: tuple[Fraction, ...], spare: int,
) -> None:  # fmt: skip
    def packed(each: dict[tuple[int, ...], int]) -> dict[int, int]:
        codes = [PACKING[name] for name in NAMES]
        return {
            sum(e * code for e, code in zip(key, codes, strict=True)): n for key, n in each.items()
        }

    def meant(each: dict[tuple[int, ...], int]) -> Fraction:
        total = Fraction(0)
        for key, factor in each.items():
            term = Fraction(factor)
            for value, exponent in zip(point, key, strict=True):
                term *= value**exponent
            total += term
        return total

    at = Monomials(point, spare)
    assert at.sum(packed(a)) == meant(a) * at.factor and at.factor != 0
    assert value_at(times(packed(a), packed(b)), point) == meant(a) * meant(b)
    top, bottom = proper(packed(a), packed(b), PACKING)
    assert bottom is not None
    assert value_at(top, point) * meant(b) == meant(a) * value_at(bottom, point)
    for key in (*top, *bottom):
        assert (key + PACKING.bias) & PACKING.bias == PACKING.bias


def test_a_negative_exponent_of_0_has_no_value() -> None:
    with pytest.raises(ZeroDivisionError):
        value_at({-PACKING["a"]: 1}, (0, 1, 1))
    assert value_at({-PACKING["a"]: 1}, (2, 0, 0)) == Fraction(1, 2)


def test_a_power_of_what_has_negative_exponents_is_bounded_without_them() -> None:
    a, b = PACKING["a"], PACKING["b"]
    above, below = proper({4_000 * (a - b): 1}, None, PACKING)
    assert (above, below) == ({4_000 * a: 1}, {4_000 * b: 1})
    with pytest.raises(Outside):
        raised(above, 2)
