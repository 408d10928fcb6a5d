"""Part 6.2: variance, start, train and test, and cost of both residual blocks."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Equation,
    HoldsUnder,
    Limit,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import And, Call, Compare, Formula, Index, Sum, Symbol, Unknown, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.initialisation import rectified_mean
from symcnn.networks import BatchNorm2d, Conv2d, Module, ReLU, Residual, Sequential

m, x, v, a, b = map(Symbol, ("m", "x", "v", "a", "b"))
C, H, W = map(Symbol, ("C", "H", "W"))
norm = BatchNorm1d(batch_size=m)

BATCH = "m: positive integer; x, h: indexed real"
STORED = "x, mu_P, gamma, beta: real; v_P: nonnegative real; epsilon: positive real"

# The branches, layer by layer (n: normalisation, w: weights, a: activation).
DESIGNS = {
    "EfficientNet": "wnawnawn",  # MBConv, squeeze-and-excitation left out
    "ConvNeXt": "wnwaw",
    "transformer": "nw",  # pre-LN: attention, or the MLP, behind the normalisation
}


def place(design: str, layer: str) -> Formula:
    """Which layer of the branch is the first of its kind, counted from 1."""
    return formula(DESIGNS[design].index(layer) + 1)


def weights() -> Module:
    """A convolution that keeps channels and size."""
    return Conv2d(C, C, 3, padding=1, bias=False)


def pre_activation() -> Module:
    """Normalise, rectify, convolve, twice; then add."""
    half = (BatchNorm2d(C), ReLU(), weights())
    return Residual(Sequential(*half, BatchNorm2d(C), ReLU(), weights()))


def post_activation() -> Module:
    """Convolve, normalise, rectify, convolve, normalise; then add and rectify."""
    body = Sequential(weights(), BatchNorm2d(C), ReLU(), weights(), BatchNorm2d(C))
    return Sequential(Residual(body), ReLU())


def branch_signal(at: Formula) -> Formula:
    """The branch h of each sample."""
    return Index("h", (at,))


def merged(at: Formula) -> Formula:
    """The sum of shortcut x and branch h."""
    return norm.signal(at) + branch_signal(at)


def frozen(value: Formula) -> Formula:
    """Batch normalisation with its stored numbers."""
    return norm.frozen(0, value, Symbol("mu_P"), Symbol("v_P"))


def first_normalisation(design: str) -> Compare:
    """The first normalisation stands in front of the first weights."""
    return Compare("<", place(design, "n"), place(design, "w"))


@claim(expect=Proved, given=BATCH)
def variance_of_the_sum() -> Statement:
    """The variance of a sum over a batch: both variances and twice the covariance."""
    j = Symbol("j")
    h_mean = norm.mean(0, branch_signal)
    product = (norm.signal(j) - norm.mean(0)) * (branch_signal(j) - h_mean)
    covariance = Sum(product, "j", formula(0), m - 1) / m
    apart = norm.variance(0) + norm.variance(0, branch_signal)
    return Equation(apart + 2 * covariance, norm.variance(0, merged))


@claim(
    expect=Proved, given="v: positive real; gamma: real", role="source",
    source=("dl2.q1.6.post.consistency",),
)  # fmt: skip
def sum_is_not_normalised() -> Statement:
    r"""First reading, the original block: batch normalisation ends the branch and gives it the
    variance $\gamma^2$; the sum with an uncorrelated shortcut of variance v goes on without being
    normalised."""
    return Relation("v + gamma^2 != gamma^2")


@claim(
    expect=Proved, given="m: positive integer; s: indexed real; gamma, beta: real",
    role="source", source=("dl2.q1.6.post.consistency",),
)  # fmt: skip
def sum_is_normalised() -> Statement:
    r"""Second reading, batch normalisation behind the addition: each block's output is normalised,
    with the variance $\gamma^2$ whatever the sums s are."""
    behind = BatchNorm1d(batch_size=m, eps=0, input="s")
    return Equation("gamma^2", behind.variance(0, behind.forward))


@claim(
    expect=Refuted, given="v: positive real; gamma: real", role="source",
    source=("dl2.q1.6.post.consistency",), corrected_by="sum_is_not_normalised",
)  # fmt: skip
def both_at_once() -> Statement:
    r"""Third reading, both at once: the sum, of variance $v + \gamma^2$, is the normalised output
    of its block, of variance $\gamma^2$. The three descriptions are of two designs."""
    return Equation("v + gamma^2", "gamma^2")


@claim(
    expect=Proved, given="v: nonnegative real; c: positive real; L: nonnegative integer",
    role="source", source=("dl2.q1.6.post.overfit",),
)  # fmt: skip
def variance_grows_with_depth() -> Statement:
    """The sum that is not normalised grows: L uncorrelated branches of variance c each make the
    variance of the signal grow linearly."""
    return Equation("v + L*c", v + Sum(Symbol("c"), "l", formula(1), Symbol("L")))


@claim(expect=Proved, given="v: positive real; c: positive real")
def late_blocks_are_near_the_identity() -> Statement:
    """So the share of a block's branch in its output falls with its depth."""
    return Limit("c/(v + L*c)", "L", "infinity", 0)


@claim(
    expect=HoldsUnder, given="x, g: real; F: function", needs="g = 0", role="source",
    source=("dl2.q1.6.pre.init-identity",),
)  # fmt: skip
def starts_as_the_identity() -> Statement:
    """At the start a pre-activation network is close to the identity, and only small residuals are
    learned. A block is the identity if the last scale g (or weight) of its branch starts at 0; with
    the usual initialisation it is not."""
    return Equation("x + g*F(x)", "x")


@claim(
    expect=Proved, given="x: real; F: function", role="source",
    source=("dl2.q1.6.pre.negative-info",),
)  # fmt: skip
def shortcut_keeps_negative_values() -> Statement:
    """Pre-activation passes negative values uncut: besides the branch the block hands on x itself,
    with slope 1, whatever its sign."""
    branch = Unknown("F", (x,))
    whole = x + branch
    slope = differentiate(whole, x) - Unknown("F", (x,), (1,))
    return Equation("Vector([x, 1])", [whole - branch, slope])


@claim(
    expect=Proved, given="x: real; a, b: nonnegative real; v: positive real; F: function",
    role="source", source=("dl2.q1.6.post.positive-bias",),
)  # fmt: skip
def relu_behind_the_sum() -> Statement:
    """A ReLU behind the sum loses negative information (all negative sums give the same) and
    shifts the output: it is never negative, and its mean is positive for a Gaussian sum of mean 0
    and variance v."""
    total = Call("relu", (x + Unknown("F", (x,)),))
    lost = Compare("=", Call("relu", (-a,)), Call("relu", (-b,)))
    mean = Compare(">", rectified_mean(v), 0)
    return Relation(And((Compare(">=", total, 0), mean, lost)))


@claim(
    expect=Refuted, given=STORED + "; delta: real", role="source",
    source=("dl2.q1.6.pre.bn-robust",), corrected_by="shift_comes_through",
)  # fmt: skip
def shift_is_absorbed() -> Statement:
    r"""Batch normalisation at the start of each block keeps its inputs stable at test time: a shift
    $\delta$ of the input distribution does not come through."""
    return Equation(frozen(x + Symbol("delta")), frozen(x))


@claim(expect=Proved, given=STORED + "; delta: real")
def shift_comes_through() -> Statement:
    r"""At test time the layer is affine: the shift comes through as $\gamma\delta/\sqrt{v_P +
    \epsilon}$."""
    spread = Call("sqrt", (Symbol("v_P") + Symbol("epsilon"),))
    moved = frozen(x) + Symbol("gamma") * Symbol("delta") / spread
    return Equation(moved, frozen(x + Symbol("delta")))


@claim(
    expect=Proved, given="C, H, W: positive integer", role="source",
    source=("dl2.q1.6.cost-same",),
)  # fmt: skip
def same_cost() -> Statement:
    r"""Both designs, with two $3 \times 3$ convolutions of C channels, have the same number of
    weights and take the same number of operations."""
    designs, shape = (pre_activation(), post_activation()), (C, H, W)
    counts = [[each.parameters(), each.cost(shape, "operations")] for each in designs]
    return Equation(counts[0], counts[1])


@claim(expect=Proved, given="C, H, W: positive integer")
def cost_of_a_block() -> Statement:
    """The weights, and the operations of one block."""
    design = post_activation()
    found = [design.parameters(), design.cost((C, H, W), "operations")]
    return Equation("Vector([18*C^2 + 4*C, H*W*(36*C^2 + 7*C)])", found)


@claim(
    expect=Refuted, role="source", source=("dl2.q1.6.standard",), corrected_by="weights_come_first"
)
def standard_in_vision() -> Statement:
    """First reading, vision: in EfficientNet and ConvNeXt the normalisation stands in front of the
    first weights of the branch (the numbers say which layer is the first of its kind)."""
    return Relation(And(tuple(first_normalisation(each) for each in ("EfficientNet", "ConvNeXt"))))


@claim(expect=Proved, role="source", source=("dl2.q1.6.standard",))
def standard_in_transformers() -> Statement:
    """Second reading, language: in the pre-LN transformer it does."""
    return Relation(first_normalisation("transformer"))


@claim(expect=Proved)
def weights_come_first() -> Statement:
    """In EfficientNet and in ConvNeXt weights come first."""
    pairs = [(place(each, "w"), place(each, "n")) for each in ("EfficientNet", "ConvNeXt")]
    return Relation(And(tuple(Compare("<", *pair) for pair in pairs)))


PART = Part(
    "6.2",
    "Compare their variances, their start, their behaviour in training and at test time, and "
    "their cost.",
    (
        Say(
            "sums",
            r"Let a branch be uncorrelated with its shortcut. In the original block batch "
            r"normalisation ends the branch, so that the sum has the variance $v + \gamma^2$ and "
            r"is handed on as it is. With batch normalisation behind the addition it would be "
            r"normalised, and the shortcut changed. Both at once is impossible.",
        ),
        Say(
            "growth_of_sums",
            r"With pre-activation nothing normalises the sum either. Its variance grows with each "
            r"branch; what is normalised is the input of each branch:",
        ),
        Box("linear", r"The variance behind L branches of variance c:", variance_grows_with_depth),
        Show(late_blocks_are_near_the_identity),
        Say(
            "start",
            r"So at the usual initialisation late blocks are close to the identity and early ones "
            r"are not. All of them are if the last scale or weight of each branch starts at 0.",
        ),
        Say(
            "test_time",
            r"At test time both designs use stored numbers. Then batch normalisation is affine, "
            r"wherever it stands, and a shift of the inputs comes through:",
        ),
        Show(shift_comes_through),
        Say(
            "values",
            r"With pre-activation the shortcut hands on negative values as they are. A ReLU behind "
            r"the sum maps all negative sums to 0 and makes the mean positive.",
        ),
        Say(
            "cost",
            r"Per block both have two convolutions, two normalisations, two activations and one "
            r"addition (a pre-activation network has one more normalisation and activation at its "
            r"end). With $3 \times 3$ kernels, weights and operations are",
        ),
        Show(cost_of_a_block),
        Say(
            "design_opinion",
            r"What remains is observation or opinion: that pre-activation regularises (He et al., "
            r"2016, saw a slightly higher training and a lower test error), that sums which are "
            r"not normalised overfit, that training is more stable. Its name is used for several "
            r"things: a pre-LN transformer normalises first in each branch, EfficientNet and "
            r"ConvNeXt only behind their first weights; what they share is a sum with nothing "
            r"behind it.",
        ),
    ),
)
CLAIMS = (
    variance_of_the_sum, sum_is_not_normalised, sum_is_normalised, both_at_once,
    variance_grows_with_depth, late_blocks_are_near_the_identity, starts_as_the_identity,
    shortcut_keeps_negative_values, relu_behind_the_sum, shift_is_absorbed, shift_comes_through,
    same_cost, cost_of_a_block, standard_in_vision, standard_in_transformers, weights_come_first,
)  # fmt: skip
