"""Kaiming and Xavier: variances kept, near misses, moments by quadrature, PyTorch's numbers."""

from __future__ import annotations

from fractions import Fraction
from math import pi, sqrt

import pytest
from scipy import integrate, stats

from symcnn.errors import AuthorError
from symcnn.formula import Call, Symbol, formula
from symcnn.layers.initialisation import (
    PI,
    fans,
    forward_variance,
    gradient_growth,
    kaiming_variance,
    rectified_mean,
    rectified_second_moment,
    rectified_variance,
    squared_gain,
    uniform_bound,
    xavier_variance,
)
from tests.layers.reals import judged, real

n, m, v = Symbol("n"), Symbol("m"), Symbol("v")
GIVEN = "n, m: positive integer; v: positive real"


def test_kaiming_keeps_the_variance_through_relu() -> None:
    kept = forward_variance(n, kaiming_variance(n), rectified_second_moment(v))
    assert judged(kept, v, GIVEN) == "proved"
    as_if_linear = forward_variance(n, kaiming_variance(n, 1), rectified_second_moment(v))
    assert judged(as_if_linear, v, GIVEN) == "refuted"
    assert judged(as_if_linear, v / 2, GIVEN) == "proved"


def test_the_second_moment_counts_and_not_the_variance() -> None:
    with_variance = forward_variance(n, kaiming_variance(n), rectified_variance(v))
    assert judged(with_variance, v, GIVEN) == "refuted"
    assert judged(with_variance, v * (PI - 1) / PI, GIVEN) == "proved"


def test_xavier_is_between_both_directions() -> None:
    forward = forward_variance(n, xavier_variance(n, m), v)
    assert judged(forward, v, GIVEN) == "refuted"
    assert judged(forward, v, f"{GIVEN}; n = m") == "proved"
    backward = forward_variance(m, xavier_variance(n, m), v)
    assert judged(forward + backward, 2 * v, GIVEN) == "proved"


def test_moments_by_quadrature() -> None:
    deviation = 1.7
    density = stats.norm(0, deviation).pdf
    first, second = (integrate.quad(lambda z, k=k: z**k * density(z), 0, 40)[0] for k in (1, 2))
    variance = Fraction(17, 10) ** 2
    assert real(rectified_mean(variance)) == pytest.approx(first, rel=1e-9)
    assert real(rectified_second_moment(variance)) == pytest.approx(second, rel=1e-9)
    assert real(rectified_variance(variance)) == pytest.approx(second - first**2, rel=1e-9)


def test_gradient_growth() -> None:
    assert judged(gradient_growth(), PI / (PI - 1)) == "proved"
    assert real(gradient_growth()) == pytest.approx(pi / (pi - 1), rel=1e-12)
    assert judged(gradient_growth(normalised=False), formula(1)) == "proved"
    assert judged(gradient_growth(), 2 * PI / (PI - 1)) == "refuted"


def test_numbers_of_pytorch() -> None:
    fan_in, fan_out = (real(each) for each in fans(64, 128, 9))
    assert (fan_in, fan_out) == (576, 1152)
    assert [real(each) for each in fans(64, 128, 9, 2)] == [288, 576]
    assert real(squared_gain("leaky_relu", Fraction(1, 100))) == pytest.approx(2 / (1 + 1e-4))
    assert real(squared_gain("tanh")) == pytest.approx((5 / 3) ** 2)
    bound = uniform_bound(kaiming_variance(576))
    assert real(bound) == pytest.approx(sqrt(6 / 576))
    assert judged(bound, Call("sqrt", (formula(6) / 576,))) == "proved"
    assert real(uniform_bound(xavier_variance(10, 30))) == pytest.approx(sqrt(6 / 40))


def test_what_is_refused() -> None:
    with pytest.raises(AuthorError, match="no gain for 'gelu'"):
        squared_gain("gelu")
    with pytest.raises(AuthorError, match="3 does not divide 64"):
        fans(64, 128, 9, 3)
