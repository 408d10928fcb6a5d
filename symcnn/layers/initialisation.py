"""Kaiming and Xavier initialisation, and the variances that they keep (or do not).

Weights are independent, of mean 0, and independent of what they multiply. The moments of rectified
Gaussian inputs are declared, with their source; everything else follows by linearity.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.sizes import count, exactly, product, quotient

PI = Call("pi", ())
GAINS = {
    "linear": Fraction(1), "sigmoid": Fraction(1), "relu": Fraction(2), "tanh": Fraction(25, 9),
}  # fmt: skip


def fans(
    in_channels: Operand, out_channels: Operand, taps: Operand = 1, groups: Operand = 1
) -> tuple[Formula, Formula]:
    """``(taps*in/groups, taps*out/groups)``: products a value adds up, forward and backward.

    ``taps`` is the number of positions of the kernel, 1 for a linear layer. PyTorch reads both off
    the weight's shape, so that its fan_out does not divide by the groups.

    >>> from symcnn.formula.plain import plain
    >>> [plain(fan) for fan in fans(64, 128, 9)]
    ['64*9', '128*9']
    """
    each = count("fans", "groups", groups)
    found = []
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        size = count("fans", name, channels)
        part = quotient("fans", f"groups divides {name}", size, each)
        found.append(product(part, count("fans", "taps", taps)))
    return found[0], found[1]


def squared_gain(nonlinearity: str = "relu", slope: Operand = 0) -> Formula:
    """The square of ``torch.nn.init.calculate_gain``: 2 for ReLU, ``2/(1 + slope^2)`` for leaky.

    It is 1/E[f'^2] where f' is known half of the time; 25/9 for tanh is a convention. Raises
    AuthorError for another name.

    >>> squared_gain("relu")
    Rational(2)
    """
    if nonlinearity == "leaky_relu":
        return 2 / (1 + formula(slope) ** 2)
    if nonlinearity not in GAINS:
        names = ", ".join([*GAINS, "leaky_relu"])
        raise AuthorError(f"no gain for {nonlinearity!r}: one of {names}")
    return formula(GAINS[nonlinearity])


def kaiming_variance(fan: Operand, squared: Operand = 2) -> Formula:
    """``gain^2 / fan``, the variance of a weight.

    Source: He et al., "Delving Deep into Rectifiers" (2015).

    >>> from symcnn.formula.plain import plain
    >>> plain(kaiming_variance(576))
    '2/576'
    """
    return formula(squared) / fan


def xavier_variance(fan_in: Operand, fan_out: Operand, squared: Operand = 1) -> Formula:
    """``2*gain^2 / (fan_in + fan_out)``.

    Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks" (2010).
    """
    twice = formula(2) if exactly(formula(squared)) == 1 else 2 * formula(squared)
    return twice / (formula(fan_in) + fan_out)


def uniform_bound(variance: Operand) -> Formula:
    """``sqrt(3*variance)``: the uniform distribution on [-b, b] has the variance ``b^2/3``.

    >>> from symcnn.formula.plain import plain
    >>> plain(uniform_bound(xavier_variance(10, 30)))
    'sqrt(3*(2/(10 + 30)))'
    """
    return Call("sqrt", (3 * formula(variance),))


def forward_variance(fan_in: Operand, weight_variance: Operand, second_moment: Operand) -> Formula:
    """``Var[y] = fan_in * Var[w] * E[x^2]`` for ``y = sum w*x``: products of independent factors.

    The second moment of the input counts, not its variance: the weights have mean 0.

    >>> from symcnn.formula.meaning import evaluate
    >>> kept = forward_variance(576, kaiming_variance(576), rectified_second_moment(5))
    >>> str(evaluate(kept, {}))
    '5'
    """
    return fan_in * formula(weight_variance) * second_moment


def rectified_second_moment(variance: Operand) -> Formula:
    """``E[relu(z)^2] = variance/2`` for every symmetric z: half of the square survives."""
    return formula(variance) / 2


def rectified_mean(variance: Operand) -> Formula:
    """``E[relu(z)] = sqrt(variance/(2*pi))`` for a Gaussian z of mean 0."""
    return Call("sqrt", (formula(variance) / (2 * PI),))


def rectified_variance(variance: Operand) -> Formula:
    """``E[relu(z)^2] - E[relu(z)]^2 = variance*(pi - 1)/(2*pi)`` for a Gaussian z of mean 0."""
    return rectified_second_moment(variance) - rectified_mean(variance) ** 2


def gradient_growth(normalised: bool = True) -> Formula:
    """Squared gradient norm before a block over that behind it: linear, BatchNorm, ReLU.

    With weights of variance 2/fan the transposed weights and the ReLU's mask together keep the
    squared norm. Batch normalisation divides by the variance over the batch of ``sum w*relu(z)``,
    ``fan * 2/fan * Var[relu(z)]`` with z of variance 1, and so multiplies by ``pi/(pi - 1)``.
    Without it the ratio is 1. Source: Yang et al., "A Mean Field Theory of Batch Normalization"
    (2019); large fans and batches.

    >>> from symcnn.formula.meaning import evaluate
    >>> round(float(evaluate(gradient_growth(), {}).low), 4)
    1.4669
    """
    kept = 2 * rectified_second_moment(1)
    return kept / (2 * rectified_variance(1)) if normalised else kept
