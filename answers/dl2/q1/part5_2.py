"""Part 5.2: batch normalisation in front of an activation, and behind it."""

from __future__ import annotations

from fractions import Fraction

from symcnn.claims import (
    Box,
    Equation,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import And, Call, Compare, Formula, Rational, Sum, Symbol, formula
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.expectation import moment_mean
from symcnn.layers.initialisation import (
    PI,
    gradient_growth,
    rectified_mean,
    rectified_second_moment,
    rectified_variance,
)

m, j, a, x, epsilon = map(Symbol, ("m", "j", "a", "x", "epsilon"))
norm = BatchNorm1d(batch_size=m, affine=False)
exact = BatchNorm1d(batch_size=m, eps=0)  # epsilon left out
bare = BatchNorm1d(batch_size=m, eps=0, affine=False)

BATCH = "m: positive integer; x: indexed real"
AFFINE = f"{BATCH}; gamma, beta: real"
MOMENTS = "r_1, r_2, r_3: real; r_2 > r_1^2"
# Klambauer et al., "Self-Normalizing Neural Networks" (2017); E[exp(k z); z < 0] for k = 1 and 2.
SCALE, LEVEL = "1.050700987", "1.673263242"
TAIL_1, TAIL_2 = "exp(1/2)*(1 - erf(1/sqrt(2)))/2", "exp(2)*(1 - erf(sqrt(2)))/2"


def every(body: Formula) -> Formula:
    """The mean over the batch."""
    return Sum(body, "j", formula(0), m - 1) / m


def rounded(text: str) -> Rational:
    """A decimal with the places it is written with."""
    return Rational(Fraction(text), len(text.partition(".")[2]))


def skewness(moments: tuple[Formula, Formula, Formula]) -> Formula:
    """The third central moment over the variance to the power 3/2."""
    first, second, third = moments
    return (third - 3 * first * second + 2 * first**3) / (second - first**2) ** (formula(3) / 2)


def rectified() -> tuple[Formula, Formula, Formula]:
    """The first three moments of relu(z) for a Gaussian z of mean 0 and variance 1."""
    return rectified_mean(1), rectified_second_moment(1), Call("sqrt", (2 / PI,))


@claim(expect=Proved, given=AFFINE, role="source", source=("dl2.q1.5.order.why-bn-first",))
def variance_before_the_activation() -> Statement:
    r"""Straight behind a layer, batch normalisation sets the variance that the activation gets to
    $\gamma^2$."""
    return Equation("gamma^2", exact.variance(0, exact.forward))


@claim(
    expect=Proved, given=BATCH + "; epsilon: positive real", role="source",
    source=("dl2.q1.5.order.relu-after-bn",),
)  # fmt: skip
def relu_leaves_the_statistics() -> Statement:
    r"""First reading: a ReLU behind batch normalisation does not affect what that has done. Its
    values have the mean 0 and the variance $\sigma_B^2/(\sigma_B^2 + \epsilon)$ as before."""
    variance = norm.variance(0)
    found = [every(norm.normalised(j)), every(norm.normalised(j) ** 2)]
    return Equation([formula(0), variance / (variance + epsilon)], found)


@claim(
    expect=Refuted, role="source", source=("dl2.q1.5.order.relu-after-bn",),
    corrected_by="rectified_moments",
)  # fmt: skip
def next_layer_gets_normalised_values() -> Statement:
    """Second reading: behind the ReLU the values are still normalised, with mean 0 and variance 1
    ($N(0, 1)$ in front of it)."""
    return Equation("Vector([0, 1])", [rectified_mean(1), rectified_variance(1)])


@claim(expect=Proved)
def rectified_moments() -> Statement:
    """Behind the ReLU a Gaussian has the mean 0.399 and the variance 0.341."""
    first = Compare("~", rectified_mean(1), rounded("0.399"))
    return Relation(And((first, Compare("~", rectified_variance(1), rounded("0.341")))))


@claim(expect=Proved, role="source", source=("dl2.q1.5.order.relu-skew",))
def relu_is_skewed() -> Statement:
    """The output of a ReLU is skewed ($N(0, 1)$ in front of it)."""
    return Relation(Compare("!=", skewness(rectified()), 0))


@claim(expect=Proved)
def skewness_of_relu() -> Statement:
    """The skewness is about 1.64."""
    return Relation(Compare("~", skewness(rectified()), rounded("1.64")))


@claim(
    expect=Refuted, role="source", source=("dl2.q1.5.order.act-bn-corrects",),
    corrected_by="skewness_is_kept",
)  # fmt: skip
def normalisation_removes_skewness() -> Statement:
    """Batch normalisation behind the ReLU repairs the skewed distribution: its third moment
    becomes 0 like that of a Gaussian."""
    return Equation(0, skewness(rectified()))


@claim(expect=Proved, given=MOMENTS)
def skewness_is_kept() -> Statement:
    """It is affine: of any distribution the third moment behind it is the skewness before."""
    first, second, third = moments = Symbol("r_1"), Symbol("r_2"), Symbol("r_3")
    value = bare.frozen(0, Symbol("r"), first, second - first**2)
    return Equation(moment_mean(value**3, "r", [first, second, third]), skewness(moments))


@claim(
    expect=Proved,
    given="x, mu_P, beta: real; v_P: nonnegative real; epsilon: positive real; gamma: nonzero real",
    role="source",
    source=("dl2.q1.5.order.act-bn-harm",),
)
def normalisation_can_be_undone() -> Statement:
    r"""Does it harm the information? With stored statistics and $\gamma \ne 0$ it can be undone, so
    nothing is lost."""
    mean, variance = Symbol("mu_P"), Symbol("v_P")
    value = BatchNorm1d(batch_size=m).frozen(0, x, mean, variance)
    spread = Call("sqrt", (variance + epsilon,))
    return Equation((value - Symbol("beta")) * spread / Symbol("gamma") + mean, x)


@claim(
    expect=Refuted, given="L: positive integer", role="source", source=("dl2.q1.5.order.grad",),
    corrected_by="gradients_grow",
)  # fmt: skip
def gradients_do_not_explode() -> Statement:
    r"""Batch normalisation before the activation prevents exploding gradients: through L blocks of
    linear layer, batch normalisation and ReLU, at He's initialisation, the expected square of the
    gradient does not grow."""
    return Relation(Compare("<=", gradient_growth() ** Symbol("L"), 1))


@claim(expect=Proved)
def gradients_grow() -> Statement:
    r"""It grows by $\pi/(\pi - 1)$ in each block; without the normalisation the factor is 1."""
    return Equation("Vector([pi/(pi - 1), 1])", [gradient_growth(), gradient_growth(False)])


@claim(expect=Proved)
def example_fifty_blocks() -> Statement:
    """Through fifty blocks that is more than a hundred million."""
    return Relation("(pi/(pi - 1))^50 > 10^8")


@claim(expect=Proved, given=f"{BATCH}; a: positive real")
def larger_weights_smaller_gradients() -> Statement:
    r"""What is true: where inputs or weights in front of the layer are a times as large, the root
    of the variance is, by which its slopes are divided ($\epsilon$ left out)."""
    larger = bare.deviation(0, lambda place: a * bare.signal(place))
    return Equation(larger, a * bare.deviation(0))


@claim(expect=Proved, role="source", source=("dl2.q1.5.order.selu",))
def selu_normalises_itself() -> Statement:
    """Activation first may do for SELU: it keeps the mean 0 and the second moment 1 of $N(0, 1)$,
    so that batch normalisation behind it has next to nothing to do."""
    first = f"{SCALE}*(1/sqrt(2*pi) + {LEVEL}*({TAIL_1} - 1/2))"
    second = f"{SCALE}^2*(1/2 + {LEVEL}^2*({TAIL_2} - 2*{TAIL_1} + 1/2))"
    return Relation(f"{first} ~ 0.0000 and {second} ~ 1.0000")


PART = Part(
    "5.2",
    "Does batch normalisation belong in front of the activation or behind it?",
    (
        Say(
            "in_front",
            r"In front of it, the activation gets values of variance $\gamma^2$, but what it hands "
            r"on is neither centred nor of that variance. Behind a ReLU, with $N(0, 1)$ in front:",
        ),
        Show(rectified_moments),
        Say(
            "skew",
            r"These values are skewed. Batch normalisation behind the activation sets mean and "
            r"variance once more, but it is affine and keeps the shape: the skewness of 1.64 "
            r"stays. It does not lose anything either; with stored statistics and $\gamma \ne 0$ "
            r"it can be undone.",
        ),
        Box(
            "order",
            r"In front: normalised values for the activation. Behind: normalised values for the "
            r"next layer, of the old skewness. Neither order prevents gradients from exploding.",
        ),
        Say(
            "growth",
            r"For at He's initialisation a deep stack of linear layer, batch normalisation and "
            r"ReLU multiplies the expected square of the gradient by $\pi/(\pi - 1)$ in each "
            r"block, and without the normalisation by 1 (Yang et al., 2019). Through fifty blocks:",
        ),
        Show(example_fifty_blocks),
        Say(
            "scale",
            r"What is true is less: weights in front of the layer that are a times as large leave "
            r"its output as it was, and their gradients are divided by a.",
        ),
        Say(
            "order_opinion",
            r"That ResNet has the normalisation in front is a fact about its layers. Which order "
            r"gives the better accuracy, also with Swish or in GANs, is a question of experiment. "
            r"SELU keeps the mean 0 and the variance 1 of $N(0, 1)$ by itself, so that at "
            r"initialisation little is left to do behind it.",
        ),
    ),
)
CLAIMS = (
    variance_before_the_activation, relu_leaves_the_statistics, next_layer_gets_normalised_values,
    rectified_moments, relu_is_skewed, skewness_of_relu, normalisation_removes_skewness,
    skewness_is_kept, normalisation_can_be_undone, gradients_do_not_explode, gradients_grow,
    example_fifty_blocks, larger_weights_smaller_gradients, selu_normalises_itself,
)  # fmt: skip
