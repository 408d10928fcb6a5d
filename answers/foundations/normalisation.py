"""Foundations: what batch normalisation keeps of shifts and scales, and how it is folded away."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Equation,
    HoldsUnder,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Bracket, Call, Compare, Formula, Index, Sum, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d

m, i, j, t = Symbol("m"), Symbol("i"), Symbol("j"), Symbol("t")
alpha, c, z, epsilon = Symbol("alpha"), Symbol("c"), Symbol("z"), Symbol("epsilon")
stored_mean, stored_variance = Symbol("mu_P"), Symbol("v_P")

BATCH = "m: positive integer; x: indexed real; gamma, beta: real; epsilon: positive real"
OUTPUT = f"{BATCH}; i: integer; 0 <= i; i < m"
STORED = "mu_P, gamma, beta: real; v_P: nonnegative real; epsilon: positive real"

norm = BatchNorm1d(batch_size=m)
exact = BatchNorm1d(batch_size=m, eps=0)  # epsilon left out
adapted = BatchNorm1d(batch_size=m, eps=alpha**2 * epsilon)
average = BatchNorm1d(batch_size=m, momentum=Symbol("rho"))


def scaled(place: Formula) -> Formula:
    """The input times alpha."""
    return alpha * norm.signal(place)


def raised(place: Formula) -> Formula:
    """The input plus c."""
    return norm.signal(place) + c


def every(body: Formula, variable: str = "j") -> Formula:
    """The sum over the batch."""
    return Sum(body, variable, formula(0), m - 1)


@claim(expect=Proved, given=f"{OUTPUT}; c: real")
def bias_cancels() -> Statement:
    """A constant added to the whole batch changes nothing, whatever epsilon is."""
    return Equation(norm.forward(i, raised), norm.forward(i))


@claim(
    expect=Refuted,
    given=f"{STORED}; z, c: real",
    corrected_by="bias_at_inference",
)
def bias_cancels_at_inference() -> Statement:
    """A near miss: with stored statistics it changes nothing either."""
    before = norm.frozen(0, z, stored_mean, stored_variance)
    return Equation(norm.frozen(0, z + c, stored_mean, stored_variance), before)


@claim(expect=Proved, given=f"{STORED}; z, c: real")
def bias_at_inference() -> Statement:
    r"""With stored statistics it adds $\gamma c/\sqrt{v_P + \epsilon}$."""
    spread = Call("sqrt", (stored_variance + epsilon,))
    before = norm.frozen(0, z, stored_mean, stored_variance)
    after = norm.frozen(0, z + c, stored_mean, stored_variance)
    return Equation(after, before + Symbol("gamma") * c / spread)


@claim(expect=Proved, given=f"{STORED}; z, c: real")
def bias_moves_into_the_stored_mean() -> Statement:
    """A bias may be deleted from a trained network if the stored mean is lowered by it."""
    lowered = norm.frozen(0, z, stored_mean - c, stored_variance)
    return Equation(lowered, norm.frozen(0, z + c, stored_mean, stored_variance))


@claim(expect=Proved, given=f"{OUTPUT}; alpha: nonzero real")
def scaling_law() -> Statement:
    r"""With $\alpha^2\epsilon$ in place of $\epsilon$, a factor $\alpha$ leaves its sign behind."""
    kept = norm.rescaled(i, Call("sign", (alpha,)) * norm.normalised(i))
    return Equation(adapted.forward(i, scaled), kept)


@claim(expect=Refuted, given=f"{BATCH}; alpha: positive real", corrected_by="scaling_law")
def scaling_with_the_same_epsilon() -> Statement:
    """A near miss: a positive factor leaves nothing behind, epsilon being what it was."""
    return Equation(norm.forward(0, scaled), norm.forward(0))


@claim(expect=Proved, given=f"{OUTPUT}; alpha: nonzero real")
def scaling_without_epsilon() -> Statement:
    """Without epsilon a factor leaves its sign behind, before the scale and the shift."""
    kept = exact.rescaled(i, Call("sign", (alpha,)) * exact.normalised(i))
    return Equation(exact.forward(i, scaled), kept)


@claim(expect=HoldsUnder, given=f"{BATCH}; alpha: nonzero real", needs="alpha > 0")
def positive_scaling() -> Statement:
    """Without epsilon a positive factor changes nothing."""
    return Equation(exact.forward(0, scaled), exact.forward(0))


@claim(
    expect=Refuted,
    given=f"{BATCH}; alpha: nonzero real",
    corrected_by="scaling_without_epsilon",
)
def sign_outside() -> Statement:
    r"""A near miss: the sign stands before the whole output, the shift included."""
    outside = Call("sign", (alpha,)) * exact.forward(0)
    return Equation(exact.forward(0, scaled), outside)


@claim(expect=Proved, given=BATCH)
def mean_becomes_zero() -> Statement:
    """The normalised batch has the mean 0."""
    return Equation(every(norm.normalised(j)) / m, 0)


@claim(expect=Proved, given=BATCH)
def second_moment() -> Statement:
    r"""Its second moment is $v/(v + \epsilon)$, a little less than 1."""
    variance = norm.variance(0)
    return Equation(every(norm.normalised(j) ** 2) / m, variance / (variance + epsilon))


@claim(expect=Refuted, given=BATCH, corrected_by="second_moment")
def second_moment_is_one() -> Statement:
    """A near miss: it is 1."""
    return Equation(every(norm.normalised(j) ** 2) / m, 1)


@claim(expect=Proved, given=f"{OUTPUT}; c: real")
def constant_batch() -> Statement:
    r"""A batch without variance is taken to the shift $\beta$, since $\epsilon$ is positive."""
    return Equation(norm.forward(i, lambda place: c), norm.shift(i))


CONV = f"{STORED}; K: positive integer; w, x: indexed real; b: real; o: integer"


def convolved(tap: Formula, bias: Formula) -> Formula:
    """One output of a convolution with K taps and a bias."""
    product = tap * Index("x", (Symbol("o") + Symbol("k"),))
    return Sum(product, "k", formula(0), Symbol("K") - 1) + bias


def folded_tap() -> Formula:
    """Tap k of the convolution that normalises as well."""
    return norm.folded_weight(0, Index("w", (Symbol("k"),)), stored_variance)


@claim(expect=Proved, given=CONV)
def folding() -> Statement:
    """At inference a convolution and the normalisation behind it are one convolution."""
    value = convolved(Index("w", (Symbol("k"),)), Symbol("b"))
    both = norm.frozen(0, value, stored_mean, stored_variance)
    bias = norm.folded_bias(0, Symbol("b"), stored_mean, stored_variance)
    return Equation(both, convolved(folded_tap(), bias))


@claim(expect=Proved, given=f"{STORED}; z, w, b: real")
def folding_by_slope_and_value() -> Statement:
    """The same taps and bias again: the slope in an input, and the value where inputs are 0."""
    pair = norm.frozen(0, Symbol("w") * z + Symbol("b"), stored_mean, stored_variance)
    bias = norm.frozen(0, Symbol("b"), stored_mean, stored_variance)
    weight = norm.folded_weight(0, Symbol("w"), stored_variance)
    found = norm.folded_bias(0, Symbol("b"), stored_mean, stored_variance)
    return Equation([differentiate(pair, z), bias], [weight, found])


@claim(expect=Refuted, given=CONV, corrected_by="folding")
def folding_without_the_mean() -> Statement:
    """A near miss: the bias is scaled and shifted, the stored mean forgotten."""
    value = convolved(Index("w", (Symbol("k"),)), Symbol("b"))
    both = norm.frozen(0, value, stored_mean, stored_variance)
    bias = norm.folded_bias(0, Symbol("b"), formula(0), stored_variance)
    return Equation(both, convolved(folded_tap(), bias))


def averaged(steps: Formula) -> Formula:
    """The moving average after that many batches, started at r."""
    return average.moving_average(steps, Symbol("r0"), lambda step: Index("s", (step,)))


AVERAGE = "rho, r0: real; rho > 0; rho < 1; s: indexed real"


@claim(expect=Proved, given=AVERAGE)
def average_at_the_start() -> Statement:
    """Before the first batch the closed form of the moving average is its first value."""
    return Equation(averaged(formula(0)), Symbol("r0"))


@claim(expect=Proved, given=f"{AVERAGE}; t: nonnegative integer")
def average_step() -> Statement:
    """One more batch takes the closed form to the closed form."""
    return Equation(average.moved(averaged(t), Index("s", (t + 1,))), averaged(t + 1))


@claim(expect=Refuted, given=f"{AVERAGE}; t: nonnegative integer", corrected_by="average_step")
def average_step_swapped() -> Statement:
    r"""A near miss: $\rho$ weighs the old value, as $\alpha$ does in many texts."""
    swapped = Symbol("rho") * averaged(t) + (1 - Symbol("rho")) * Index("s", (t + 1,))
    return Equation(swapped, averaged(t + 1))


SAMPLE = "m: positive integer; mu: real; v: nonnegative real"


def expected_variance() -> Formula:
    """The mean of the squares less the square of the mean, in expectation."""
    squared, i2 = Symbol("mu") ** 2, Symbol("k")
    pairs = squared + Bracket(Compare("=", i, i2)) * Symbol("v")
    squares = every(Symbol("v") + squared, "i") / m
    return squares - every(every(pairs, "k"), "i") / m**2


@claim(expect=Proved, given=SAMPLE)
def batch_variance_is_too_small() -> Statement:
    r"""Of independent samples with variance $v$ the batch variance has the expectation
    $\frac{m-1}{m} v$."""
    return Equation(expected_variance(), (m - 1) / m * Symbol("v"))


@claim(expect=Refuted, given=SAMPLE, corrected_by="batch_variance_is_too_small")
def batch_variance_is_unbiased() -> Statement:
    r"""A near miss: its expectation is $v$."""
    return Equation(expected_variance(), Symbol("v"))


INVARIANCE = Part(
    "1",
    "What becomes of a constant that is added to every input, in training and at inference?",
    (
        Say(
            "mean",
            r"In training the mean moves along with the inputs, so the difference $x_i - \mu$ and "
            r"the variance stay as they were. No scale or shift has to compensate anything.",
        ),
        Box("bias", "The constant is lost:", bias_cancels),
        Say(
            "stored",
            r"At inference $\mu_P$ is a stored number. The constant then shows in the output, "
            r"unless the stored mean is changed as well.",
        ),
        Show(bias_at_inference),
    ),
)
SCALING = Part(
    "2",
    r"And of a factor $\alpha \ne 0$?",
    (
        Say(
            "scale",
            r"The numerator grows by $\alpha$, the root of the variance by $|\alpha|$: a sign is "
            r"left. But $\epsilon$ does not grow, so that the law is exact only with "
            r"$\alpha^2 \epsilon$ in its place, or without it.",
        ),
        Box("scaling", r"For every $\alpha \ne 0$:", scaling_law),
        Say(
            "shift",
            r"The sign stands in front of $\hat x$; the shift $\beta$ keeps its own.",
        ),
    ),
)
MOMENTS = Part(
    "3",
    "Which mean and which variance does a normalised batch have?",
    (
        Show(mean_becomes_zero),
        Box("second", "The variance falls short of 1 because of epsilon:", second_moment),
        Say(
            "constant",
            r"A batch of equal values has no variance. Without $\epsilon$ that is a division by "
            r"zero; with it, every output is $\beta$.",
        ),
    ),
)
INFERENCE = Part(
    "4",
    "Fold the layer into the convolution in front of it, for inference.",
    (
        Say(
            "affine",
            r"With stored statistics the layer is affine, so the composition is a convolution "
            r"with taps $\gamma w/\sqrt{v_P + \epsilon}$ and the bias "
            r"$\beta + \gamma (b - \mu_P)/\sqrt{v_P + \epsilon}$.",
        ),
        Box("folding", "One layer does both:", folding),
    ),
)
AVERAGES = Part(
    "5",
    "What do the stored statistics converge to?",
    (
        Say(
            "average",
            r"With momentum $\rho$ the stored value is $(1-\rho)$ times the old one plus $\rho$ "
            r"times that of the batch: batch $r$ of $t$ has the weight $\rho(1-\rho)^{t-r}$.",
        ),
        Show(average_step),
        Say(
            "unbiased",
            r"For independent samples the variance of a batch is too small on average, by the "
            r"factor $(m-1)/m$. Therefore $\frac{m}{m-1}$ times it is stored.",
        ),
        Box("variance", "The expected batch variance:", batch_variance_is_too_small),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="The laws of batch normalisation",
        statement=(
            r"A feature with the values $x_0, \dots, x_{m-1}$ over a batch is normalised: "
            r"$y_i = \gamma (x_i - \mu)/\sqrt{v + \epsilon} + \beta$. In training $\mu$ and $v$ "
            r"are the mean and the variance of the batch; at inference they are the stored "
            r"numbers $\mu_P$ and $v_P$."
        ),
        notation=(
            r"The variance of a batch has the divisor $m$. $\epsilon$ is positive unless it is "
            r"left out. $\rho$ is the momentum: the weight of the newest batch."
        ),
        parts=(INVARIANCE, SCALING, MOMENTS, INFERENCE, AVERAGES),
    ),
    claims=(
        bias_cancels, bias_cancels_at_inference, bias_at_inference,
        bias_moves_into_the_stored_mean, scaling_law, scaling_with_the_same_epsilon,
        scaling_without_epsilon, positive_scaling, sign_outside, mean_becomes_zero, second_moment,
        second_moment_is_one, constant_batch, folding, folding_by_slope_and_value,
        folding_without_the_mean, average_at_the_start, average_step, average_step_swapped,
        batch_variance_is_too_small, batch_variance_is_unbiased,
    ),
)  # fmt: skip
