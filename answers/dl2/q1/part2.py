"""Part 2: inputs of another distribution meet stored statistics."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    HoldsUnder,
    Implies,
    Link,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Formula, Symbol
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.expectation import moment_mean

x, stored_mean, stored_variance = Symbol("x"), Symbol("mu_P"), Symbol("v_P")
plain = BatchNorm1d(batch_size=Symbol("N"), affine=False)
TEST = "mu_t, mu_P: real; v_t, v_P: positive real; epsilon: nonnegative real"


def expected(body: Formula) -> Formula:
    """The mean of a formula in x, where x has the mean mu_t and the variance v_t."""
    return moment_mean(body, "x", [Symbol("mu_t"), Symbol("v_t") + Symbol("mu_t") ** 2])


normalised = plain.frozen(0, x, stored_mean, stored_variance)


@claim(
    expect=Proved,
    given="p, q, r_0, r_1: real in [0, 1]",
    role="source",
    source=("dl2.q1.2.definition",),
)
def only_the_inputs_change() -> Statement:
    r"""Covariate shift in its smallest form: $x$ is 1 with probability $p$ in training and $q$ at
    test time, and the label is 1 with probability $r_x$ both times. The share of labels 1 moves
    although no conditional probability does."""
    return Equation(
        "(q*r_1 + (1 - q)*r_0) - (p*r_1 + (1 - p)*r_0)",
        "(q - p)*(r_1 - r_0)",
    )


MEAN = "(mu_t - mu_P)/sqrt(v_P + epsilon)"
SQUARE = "(v_t + (mu_t - mu_P)^2)/(v_P + epsilon)"


@claim(expect=Proved, given=TEST)
def moments_at_test_time() -> Statement:
    r"""The mean of $\hat x$ and of its square, by the linearity of the expectation."""
    return Equation(f"Vector([{MEAN}, {SQUARE}])", [expected(normalised), expected(normalised**2)])


@claim(expect=Proved, given=TEST)
def variance_at_test_time() -> Statement:
    r"""Mean of the square less square of the mean: inputs with the variance $v_t$ leave the layer
    with this variance."""
    return Derivation(
        f"{SQUARE} - ({MEAN})^2",
        (Link("v_t/(v_P + epsilon)", "the means drop out"),),
    )


@claim(expect=Refuted, given=TEST, corrected_by="variance_at_test_time")
def variance_stays_one() -> Statement:
    r"""A near miss: the variance of $\hat x$ is 1, whatever comes in."""
    return Equation("v_t/(v_P + epsilon)", 1)


@claim(
    expect=HoldsUnder,
    given="mu_t, mu_P, s_t, s_P: real; v_t, v_P: positive real; epsilon: nonnegative real",
    needs="s_t = s_P; epsilon = 0",
    role="source",
    source=("dl2.q1.2.bn-mismatch",),
)
def stored_statistics_no_longer_fit() -> Statement:
    r"""Where the inputs of a layer are distributed differently at test time, in their mean, their
    variance or their shape $s$ (any further number, such as the skewness), the stored statistics do
    not give mean 0 and variance 1 any more. So it is where the shape stays and $\epsilon$ is left
    out: a shift of the shape alone is invisible to the layer."""
    return Implies(
        "mu_t != mu_P or v_t != v_P or s_t != s_P",
        "(mu_t - mu_P)/sqrt(v_P + epsilon) != 0 or v_t/(v_P + epsilon) != 1",
    )


# Four values with their probabilities: for t = 0 those of three fair coins, for t = 1/8 only two.
LAW = (("-3", "1/8 + t"), ("-1", "3/8 - 3*t"), ("1", "3/8 + 3*t"), ("3", "1/8 - t"))


def moment(power: int) -> str:
    """The mean of a power, by enumeration."""
    return " + ".join(f"({share})*({value})^{power}" for value, share in LAW)


@claim(expect=Proved, given="t: real")
def invisible_shift() -> Statement:
    r"""The values $-3$, $-1$, $1$, $3$ with the probabilities $\tfrac18 + t$, $\tfrac38 - 3t$,
    $\tfrac38 + 3t$, $\tfrac18 - t$ have the mean 0 and the variance 3 for every $t$, though
    the distribution is another one for each $t$."""
    return Equation(
        f"Vector([{moment(0)}, {moment(1)}, {moment(2)}, {moment(3)}])",
        "Vector([1, 0, 3, -48*t])",
    )


SHIFT = "gamma*(mu_t - mu_P)/sqrt(v_P + epsilon)"
GAIN = "sqrt(v_t + epsilon)/sqrt(v_P + epsilon)"


@claim(expect=Proved, given=TEST + "; gamma, beta, z: real")
def shift_and_gain() -> Statement:
    r"""Compared with a layer that knows the statistics $\mu_t$ and $v_t$ of the test inputs, the
    layer with stored ones has a gain and a shift."""
    layer = BatchNorm1d(batch_size=Symbol("N"))
    return Equation(
        f"{GAIN}*(gamma*(z - mu_t)/sqrt(v_t + epsilon)) + {SHIFT} + beta",
        layer.frozen(0, Symbol("z"), stored_mean, stored_variance),
    )


@claim(expect=Refuted, given=TEST + "; z: real", corrected_by="shift_and_gain")
def shift_without_gain() -> Statement:
    """A near miss: another variance leaves no trace, only another mean does."""
    return Equation(
        "(z - mu_t)/sqrt(v_t + epsilon) + (mu_t - mu_P)/sqrt(v_P + epsilon)",
        plain.frozen(0, Symbol("z"), stored_mean, stored_variance),
    )


@claim(expect=Proved)
def example_darker() -> Statement:
    r"""Stored are the mean 1/2 and the variance 1/16; pictures half as bright have 1/4 and 1/64.
    Without $\epsilon$ they come out with the mean $-1$ and the variance 1/4."""
    return Equation("Vector([-1, 1/4])", "Vector([(1/4 - 1/2)/sqrt(1/16), (1/64)/(1/16)])")


@claim(expect=Proved)
def example_relu() -> Statement:
    r"""If they are normally distributed, $\hat x$ is positive with probability
    $\tfrac12(1 - \operatorname{erf}(\sqrt 2))$, about 2.3 % instead of 50 %."""
    return Relation("(1 - erf(sqrt(2)))/2 ~ 0.0228")


PART = Part(
    "2",
    "What is covariate shift, and why does it make batch normalisation unreliable on test data?",
    (
        Say(
            "shift_definition",
            r"Covariate shift: the distribution of the inputs changes between training and test, "
            r"the probability of an output for a given input does not. Then everything that was "
            r"averaged over training inputs is off, the stored statistics among it. With $\mu_t$ "
            r"and $v_t$ for mean and variance of the test inputs, $\hat x$ has the mean "
            r"$(\mu_t - \mu_P)/\sqrt{v_P + \epsilon}$, which should be 0, and this "
            r"variance, which should be 1:",
        ),
        Show(variance_at_test_time),
        Box(
            "compare",
            r"So the output is what it should be, but with a gain and a shift:",
            shift_and_gain,
        ),
        Say(
            "shift_example",
            r"Stored are the mean $\tfrac12$ and the variance $\tfrac1{16}$; the test pictures are "
            r"half as bright. Then $\hat x$ has the mean $-1$ and the variance $\tfrac14$. If it "
            r"is normally distributed, a ReLU behind it (with $\gamma = 1$, $\beta = 0$) lets "
            r"2.3 % of the values pass instead of half of them:",
        ),
        Show(example_relu),
        Say(
            "shift_blind",
            r"Not every shift does this. The layer only sees two moments: a distribution of "
            r"another shape with the same mean and variance passes as if nothing had happened.",
        ),
        Say(
            "shift_opinion",
            r"How many points of accuracy a shift costs is a matter of experiment, not of proof: "
            r"the later layers decide what they make of a gain and a shift.",
        ),
    ),
)

CLAIMS = (
    only_the_inputs_change, moments_at_test_time, variance_at_test_time, variance_stays_one,
    stored_statistics_no_longer_fit, invisible_shift, shift_and_gain, shift_without_gain,
    example_darker, example_relu,
)  # fmt: skip
