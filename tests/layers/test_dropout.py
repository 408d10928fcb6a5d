"""Dropout: moments by enumeration, the order of dropout and batch normalisation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symcnn.claims import Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.dropout import Dropout
from symcnn.layers.expectation import bernoulli_mean, moment_mean
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.layers.reals import judged
from tests.layers.values import at

p, mu, v = Symbol("p"), Symbol("mu"), Symbol("v")
layer = Dropout(p=p)
GIVEN = "p: real in [0,1); mu: real; v: nonnegative real"


def test_moments_are_proved() -> None:
    assert judged(layer.mean(mu), mu, GIVEN) == "proved"
    exact = layer.variance(mu, v)
    assert judged(exact, layer.training_variance(mu, v), GIVEN) == "proved"


def test_near_misses() -> None:
    exact = layer.variance(mu, v)
    assert judged(exact, v / (1 - p), GIVEN) == "refuted"
    assert judged(exact, v, GIVEN) == "refuted"
    assert judged(layer.mean(mu), (1 - p) * mu, GIVEN) == "refuted"
    centred = judged(exact, v / (1 - p), GIVEN, "mu = 0")
    assert centred == "holds_under"


def test_variance_by_listing_all_outcomes() -> None:
    rate, values = Fraction(1, 4), [Fraction(-1), Fraction(2), Fraction(5)]
    outcomes = [
        ((rate if mask == 0 else 1 - rate) / len(values), mask * x / (1 - rate))
        for mask, x in product((0, 1), values)
    ]
    mean = sum(chance * y for chance, y in outcomes)
    variance = sum(chance * (y - mean) ** 2 for chance, y in outcomes)
    centre = sum(values) / Fraction(len(values))
    spread = sum((x - centre) ** 2 for x in values) / Fraction(len(values))
    point = {"p": rate, "mu": centre, "v": spread}
    assert at(layer.mean(mu), **point) == mean
    assert at(layer.variance(mu, v), **point) == variance


def test_the_stored_variance_is_too_large() -> None:
    given = read_given("p: real in (0,1); mu: real; v: positive real")
    shift = layer.variance_shift(mu, v)
    assert isinstance(decide(Relation(Compare(">", shift, 1)), given), Proved)
    at_zero = read_given("p: real in [0,1); mu: real; v: positive real")
    assert isinstance(decide(Relation(Compare(">", shift, 1)), at_zero), Refuted)


def test_the_mask_and_relu_may_be_exchanged() -> None:
    x, mask = Symbol("x"), Symbol("mask")
    first = layer.forward(Call("relu", (x,)))
    then = Call("relu", (layer.forward(x),))
    given = "p: real in [0,1); x: real; mask: integer; mask >= 0; mask <= 1"
    assert judged(first, then, given) == "proved"
    gate = Call("sigmoid", (layer.forward(x),))
    assert judged(layer.forward(Call("sigmoid", (x,))), gate, given) == "refuted"
    assert judged(differentiate(layer.forward(x), x), layer.derivative(), given) == "proved"
    assert mask.name == layer.mask


def test_expectations_are_linear_and_say_what_is_missing() -> None:
    x = Symbol("x")
    cubic = x**3 - 2 * x + 5
    moments = [Symbol("a"), Symbol("b"), Symbol("c")]
    given = "a, b, c: real"
    found = moment_mean(cubic, "x", moments)
    assert judged(found, moments[2] - 2 * moments[0] + 5, given) == "proved"
    with pytest.raises(AuthorError, match="more than 2 moments"):
        moment_mean(cubic, "x", moments[:2])
    with pytest.raises(AuthorError, match="no polynomial"):
        moment_mean(Call("exp", (x,)), "x", moments)
    half = bernoulli_mean(Call("exp", (x,)), "x", formula(Fraction(1, 2)))
    assert judged(half, (Call("exp", (formula(1),)) + 1) / 2) == "proved"


@pytest.mark.parametrize("rate", [-1, 1, Fraction(3, 2)])
def test_impossible_rates(rate: Fraction) -> None:
    with pytest.raises(AuthorError, match=r"lies in \[0, 1\)"):
        Dropout(p=rate)
