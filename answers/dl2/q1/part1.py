"""Part 1: which numbers share a mean and a variance, in training and at test time."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Cell,
    Derivation,
    Equation,
    Figure,
    Grid,
    HoldsUnder,
    Limit,
    Link,
    Part,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Bracket, Compare, Formula, Index, Sum, Symbol, formula
from symcnn.layers.batch_norm import BatchNorm1d, BatchNorm2d

N, D, C, H, W = map(Symbol, ("N", "D", "C", "H", "W"))
n, d, c, h, w = map(Symbol, ("n", "d", "c", "h", "w"))
alpha, stored_mean, stored_variance = map(Symbol, ("alpha", "mu_P", "v_P"))

dense = BatchNorm1d(batch_size=N, num_features=D)
conv = BatchNorm2d(batch_size=N, num_features=C, height=H, width=W)
small = BatchNorm2d(batch_size=N, num_features=C, height=1, width=1)
# The source weighs the old value by alpha; the momentum of the layers weighs the batch.
tracking = BatchNorm1d(batch_size=N, num_features=D, momentum=1 - alpha)
plain = BatchNorm1d(batch_size=N, affine=False)

DENSE = "N, D: positive integer; x: indexed by 2 real; gamma, beta: indexed real; n, d: integer"
MAPS = (
    "N, C, H, W: positive integer; x: indexed by 4 real; gamma, beta: indexed real; "
    "n, c, h, w: integer"
)
EPSILON = "; epsilon: positive real"
STORED = "mu_P: real; v_P: nonnegative real; epsilon: positive real"

# One feature, its mean mu and its variance v.
ONE = "N: positive integer; x: indexed real; mu: real; mu = Sum(x[i], (i, 0, N - 1))/N"
TWO = "; v: nonnegative real; v = Sum((x[i] - mu)^2, (i, 0, N - 1))/N; epsilon: positive real"

MU = "Sum(x[n', d], (n', 0, N - 1))/N"
VARIANCE = f"Sum((x[n'', d] - {MU})^2, (n'', 0, N - 1))/N"
NORMALISED = f"(x[n, d] - {MU})/sqrt({VARIANCE} + epsilon)"
MU_C = "Sum(Sum(Sum(x[n', c, h', w'], (w', 0, W - 1)), (h', 0, H - 1)), (n', 0, N - 1))/(N*H*W)"
VARIANCE_C = (
    f"Sum(Sum(Sum((x[n'', c, h'', w''] - {MU_C})^2, (w'', 0, W - 1)), (h'', 0, H - 1)), "
    "(n'', 0, N - 1))/(N*H*W)"
)
NORMALISED_C = f"(x[n, c, h, w] - {MU_C})/sqrt({VARIANCE_C} + epsilon)"


@claim(expect=Proved, given=DENSE, role="source", source=("dl2.q1.1.fc.stats",))
def fully_connected_statistics() -> Statement:
    r"""Behind a fully connected layer each feature $d$ has one mean and one variance, over the
    $N$ samples of the batch."""
    return Equation(f"Vector([{MU}, {VARIANCE}])", [dense.mean((n, d)), dense.variance((n, d))])


@claim(expect=Proved, given=DENSE)
def variance_by_squares() -> Statement:
    """The variance is the mean of the squares less the square of the mean."""
    return Equation(f"Sum(x[n', d]^2, (n', 0, N - 1))/N - ({MU})^2", dense.variance((n, d)))


@claim(expect=Proved, given=DENSE + EPSILON, role="source", source=("dl2.q1.1.fc.normalise",))
def fully_connected_normalised() -> Statement:
    r"""The mean is subtracted, and the difference divided by the root of variance plus
    $\epsilon$."""
    return Equation(NORMALISED, dense.normalised((n, d)))


@claim(expect=Proved, given=DENSE + EPSILON, role="source", source=("dl2.q1.1.fc.affine",))
def fully_connected_scale_and_shift() -> Statement:
    r"""A learned scale $\gamma_d$ and a learned shift $\beta_d$ of the feature follow."""
    return Equation(f"gamma[d]*{NORMALISED} + beta[d]", dense.forward((n, d)))


@claim(expect=Proved, given=ONE + "; s: positive real")
def normalised_mean() -> Statement:
    r"""The normalised batch has the mean 0, whatever is divided by."""
    return Derivation(
        "Sum((x[i] - mu)/s, (i, 0, N - 1))/N",
        (
            Link("(Sum(x[i], (i, 0, N - 1))/N - mu)/s", "sum term by term"),
            Link("0", r"what stands in the numerator is $\mu - \mu$"),
        ),
    )


@claim(expect=Proved, given=ONE + TWO)
def normalised_variance() -> Statement:
    r"""Its variance is $v/(v + \epsilon)$, a little less than 1."""
    squares = "Sum(((x[i] - mu)/sqrt(v + epsilon))^2, (i, 0, N - 1))/N"
    return Equation(squares, "v/(v + epsilon)")


@claim(
    expect=Refuted, given="v: nonnegative real; epsilon: positive real",
    corrected_by="normalised_variance",
)  # fmt: skip
def normalised_variance_is_one() -> Statement:
    r"""A near miss: that is 1, as if there were no $\epsilon$."""
    return Equation("v/(v + epsilon)", 1)


@claim(expect=Proved, given=MAPS, role="source", source=("dl2.q1.1.conv.stats",))
def convolutional_statistics() -> Statement:
    """Behind a convolution each channel $c$ has one mean and one variance, over all samples and all
    positions."""
    at = (n, c, h, w)
    return Equation(f"Vector([{MU_C}, {VARIANCE_C}])", [conv.mean(at), conv.variance(at)])


@claim(expect=Proved, given=MAPS + EPSILON, role="source", source=("dl2.q1.1.conv.normalise",))
def convolutional_normalised() -> Statement:
    r"""Each number is normalised by the mean and the variance of its channel."""
    return Equation(NORMALISED_C, conv.normalised((n, c, h, w)))


@claim(expect=Proved, given=MAPS + EPSILON, role="source", source=("dl2.q1.1.conv.affine",))
def convolutional_scale_and_shift() -> Statement:
    r"""Each channel has one scale $\gamma_c$ and one shift $\beta_c$; that makes $C + C$ learned
    numbers."""
    return Equation(
        f"Vector([gamma[c]*{NORMALISED_C} + beta[c], C + C])",
        [conv.forward((n, c, h, w)), conv.parameters()],
    )


@claim(expect=Refuted, given=MAPS, corrected_by="convolutional_scale_and_shift")
def scale_for_each_position() -> Statement:
    """A near miss: a scale and a shift for each number of a map."""
    return Equation("2*C*H*W", conv.parameters())


@claim(
    expect=Proved,
    given="N, D, C, H, W: positive integer",
    role="source",
    source=("dl2.q1.1.question",),
)
def pools_and_parameters() -> Statement:
    r"""How many numbers share a mean, and how many are learned: $N$ and $2D$ behind a fully
    connected layer, $NHW$ and $2C$ behind a convolution."""
    return Equation(
        "Vector([N, D + D, H*W*N, C + C])",
        [dense.pool_size(), dense.parameters(), conv.pool_size(), conv.parameters()],
    )


@claim(expect=Proved, given=MAPS + EPSILON)
def maps_of_one_pixel() -> Statement:
    """On maps of one pixel the convolutional layer is the fully connected one."""
    features = BatchNorm1d(batch_size=N, num_features=C)

    def pixel(sample: Formula, channel: Formula) -> Formula:
        return Index("x", (sample, channel, formula(0), formula(0)))

    return Equation(small.forward((n, c, 0, 0)), features.forward((n, c), pixel))


@claim(expect=Proved, given=MAPS)
def channel_mean() -> Statement:
    """The mean of a channel is the mean, over its positions, of the means that a fully connected
    layer would take."""
    pixel = BatchNorm1d(batch_size=N).mean(0, lambda i: Index("x", (i, c, h, w)))
    rows = Sum(Sum(pixel, "w", formula(0), W - 1), "h", formula(0), H - 1)
    return Equation(rows / (H * W), conv.mean((n, c, h, w)))


@claim(
    expect=Proved,
    given=f"{DENSE}; mu_P: real; alpha: real in (0, 1)",
    role="source",
    source=("dl2.q1.1.ema.mean",),
)
def running_mean() -> Statement:
    r"""In training the stored mean is a moving average: $\alpha$ times the old one plus
    $1 - \alpha$ times the mean of the batch."""
    return Equation(f"alpha*mu_P + (1 - alpha)*{MU}", tracking.running_mean((n, d), stored_mean))


AVERAGE = "alpha^t*(r + (1 - alpha)*Sum(s[j]/alpha^j, (j, 1, t)))"


@claim(expect=Proved, given="alpha: real in (0, 1); r: real; s: indexed real; t: positive integer")
def running_mean_unrolled() -> Statement:
    r"""After $t$ batches with statistics $s_1, \dots, s_t$ the start $r$ weighs $\alpha^t$ and
    batch $j$ weighs $(1-\alpha)\alpha^{t-j}$: one more batch leads from $t - 1$ to $t$."""
    before = AVERAGE.replace("alpha^t", "alpha^(t - 1)").replace("1, t", "1, t - 1")
    return Equation(f"alpha*({before}) + (1 - alpha)*s[t]", AVERAGE)


@claim(
    expect=HoldsUnder,
    given="N: integer; N >= 2; u: integer in [0, 1]; v_P, v_B: nonnegative real; "
    "alpha: real in (0, 1)",
    needs="u = 0",
    role="source",
    source=("dl2.q1.1.ema.var",),
)
def running_variance() -> Statement:
    r"""The stored variance is the same moving average of the variance of the batch. So it is where
    the variance with divisor $N$ is stored ($u = 0$, ONNX). The original paper and PyTorch store
    the one with divisor $N - 1$ ($u = 1$)."""
    stored = tracking.moved(stored_variance, N / (N - Symbol("u")) * Symbol("v_B"))
    return Equation("alpha*v_P + (1 - alpha)*v_B", stored)


def expected_variance() -> Formula:
    """The mean of the squares less the square of the mean, in expectation."""
    squared, same = Symbol("mu") ** 2, Bracket(Compare("=", Symbol("i"), Symbol("k")))
    pairs = squared + same * Symbol("v")
    squares = Sum(Symbol("v") + squared, "i", formula(0), N - 1) / N
    return squares - Sum(Sum(pairs, "k", formula(0), N - 1), "i", formula(0), N - 1) / N**2


@claim(expect=Proved, given="N: positive integer; mu: real; v: nonnegative real")
def expected_batch_variance() -> Statement:
    r"""Of $N$ independent samples with variance $v$, the batch variance has the expectation
    $\frac{N-1}{N} v$."""
    return Equation(expected_variance(), "(N - 1)/N*v")


SEEN = "N: positive integer; v, r: nonnegative real; alpha: real in (0, 1)"


@claim(expect=Proved, given=SEEN)
def limit_of_the_running_variance() -> Statement:
    r"""Without the correction the stored variance tends, in expectation, to $\frac{N-1}{N} v$."""
    return Limit("alpha^t*r + (1 - alpha^t)*(N - 1)/N*v", "t", "infinity", "(N - 1)/N*v")


@claim(expect=Refuted, given=SEEN, corrected_by="limit_of_the_running_variance")
def limit_is_the_true_variance() -> Statement:
    """A near miss: it tends to $v$."""
    return Limit("alpha^t*r + (1 - alpha^t)*(N - 1)/N*v", "t", "infinity", "v")


@claim(expect=Proved, given=f"{STORED}; x: real", role="source", source=("dl2.q1.1.inference",))
def test_time() -> Statement:
    """At test time the stored numbers take the place of the statistics of the batch. What is left
    is a factor and a summand, which the layer before can take over."""
    factor = plain.folded_weight(0, formula(1), stored_variance)
    summand = plain.folded_bias(0, formula(0), stored_mean, stored_variance)
    return Equation("(x - mu_P)/sqrt(v_P + epsilon)", factor * Symbol("x") + summand)


@claim(expect=Proved, given=f"{STORED}; z, gamma, beta: real")
def test_time_derivation() -> Statement:
    """At test time the layer is a straight line."""
    affine = BatchNorm1d(batch_size=N)
    return Derivation(
        affine.frozen(0, Symbol("z"), stored_mean, stored_variance),
        (
            Link(
                "gamma/sqrt(v_P + epsilon)*z + (beta - gamma*mu_P/sqrt(v_P + epsilon))",
                "sort by $z$: no other sample occurs",
            ),
        ),
    )


@claim(expect=Proved)
def example_pool() -> Statement:
    """32 samples of 14 x 14 pixels: so many numbers share a mean behind the convolution."""
    layer = BatchNorm2d(batch_size=32, num_features=64, height=14, width=14)
    return Equation(6272, layer.pool_size())


@claim(expect=Proved)
def example_batch() -> Statement:
    """The batch 1, 1, 1, 1, 6 has the mean 2 and the variance 4."""
    return Equation("Vector([2, 4])", "Vector([(4*1 + 6)/5, (4*(1 - 2)^2 + (6 - 2)^2)/5])")


@claim(expect=Proved)
def example_stored() -> Statement:
    r"""With $\alpha = 0.9$ it takes the stored pair 0 and 1 to 0.2 and 1.3, or to 0.2 and 1.4 with
    the divisor $N - 1$."""
    return Equation(
        "Vector([0.2, 1.3, 1.4])",
        "Vector([0.9*0 + 0.1*2, 0.9*1 + 0.1*4, 0.9*1 + 0.1*(5/4*4)])",
    )


def pools(columns: int, kinds: int) -> tuple[tuple[Cell, ...], ...]:
    """Four samples; each run of columns has the colour of its statistics."""
    return tuple(
        tuple(Cell("", column * kinds // columns) for column in range(columns)) for _ in range(4)
    )


SAMPLES = ("0", "1", "2", "3")

PART = Part(
    "1",
    "Compare batch normalisation behind fully connected layers and behind convolutions, and in "
    "training and at test time.",
    (
        Say(
            "pool",
            r"A layer of normalisation is known once one knows which numbers share a mean and a "
            r"variance. Behind a fully connected layer these are the $N$ values of one feature. "
            r"Behind a convolution a kernel makes all the pixels of its map in the same way, so "
            r"all of them, in all samples, share the statistics of their channel.",
        ),
        Figure(
            "dense_pools",
            "Fully connected: a row for each sample, a column for each feature, a colour for each "
            "mean and variance.",
            Grid(pools(3, 3), SAMPLES, ("0", "1", "2"), ("d=0", "d=1", "d=2")),
        ),
        Figure(
            "conv_pools",
            r"Convolutional: two channels of four pixels $hw$; again a colour for each mean and "
            r"variance.",
            Grid(pools(8, 2), SAMPLES, ("00", "01", "10", "11") * 2, ("c=0", "c=1")),
        ),
        Say(
            "dense_rule",
            r"Fully connected, for each feature: $\mu_d = \frac1N \sum_n x_{nd}$ and "
            r"$\sigma_d^2 = \frac1N \sum_n (x_{nd} - \mu_d)^2$.",
        ),
        Say(
            "conv_rule",
            r"Convolutional, for each channel: $\mu_c = \frac1{NHW} \sum_{n,h,w} x_{nchw}$ and "
            r"$\sigma_c^2 = \frac1{NHW} \sum_{n,h,w} (x_{nchw} - \mu_c)^2$.",
        ),
        Say(
            "common_rule",
            r"What follows is the same: $\hat x = (x - \mu)/\sqrt{\sigma^2 + \epsilon}$ and "
            r"$y = \gamma \hat x + \beta$, with one $\gamma$ and one $\beta$ for each mean.",
        ),
        Box(
            "pools",
            "How many numbers share a mean, and how many are learned; fully connected, then "
            "convolutional:",
            pools_and_parameters,
        ),
        Say(
            "example_sizes",
            r"With 32 samples the mean of a feature is taken over 32 numbers. That of a channel "
            r"with $14 \times 14$ pixels is taken over many more and is far less noisy:",
        ),
        Show(example_pool),
        Say(
            "centred",
            r"The normalised numbers of a feature or a channel have the mean 0. Their variance is "
            r"a little less than 1 because of $\epsilon$:",
        ),
        Show(normalised_mean),
        Show(normalised_variance),
        Say(
            "stored_statistics",
            r"At test time an output may not depend on who else is in the batch. So in training a "
            r"moving average of mean and variance is kept, in which old batches fade away:",
        ),
        Show(running_mean_unrolled),
        Say(
            "unbiased",
            r"The variance of a batch is too small on average. Therefore most libraries store "
            r"$\frac{N}{N-1}$ times it, although they normalise with the smaller one.",
        ),
        Show(expected_batch_variance),
        Say(
            "example_batch",
            r"For example the batch 1, 1, 1, 1, 6 has the mean 2 and the variance 4; without "
            r"$\epsilon$ it becomes $-\tfrac12, -\tfrac12, -\tfrac12, -\tfrac12, 2$. Starting from "
            r"0 and 1, with $\alpha = 0.9$, the stored mean becomes 0.2 and the stored variance "
            r"1.3, or 1.4 with the correction.",
        ),
        Show(test_time_derivation),
        Box(
            "test",
            r"At test time the layer is a straight line with stored numbers, the same for both "
            r"kinds of layers; it can be folded into the layer before.",
        ),
    ),
)

CLAIMS = (
    fully_connected_statistics, variance_by_squares, fully_connected_normalised,
    fully_connected_scale_and_shift, normalised_mean, normalised_variance,
    normalised_variance_is_one, convolutional_statistics, convolutional_normalised,
    convolutional_scale_and_shift, scale_for_each_position, pools_and_parameters,
    maps_of_one_pixel, channel_mean, running_mean, running_mean_unrolled, running_variance,
    expected_batch_variance, limit_of_the_running_variance, limit_is_the_true_variance,
    test_time, test_time_derivation, example_pool, example_batch, example_stored,
)  # fmt: skip
