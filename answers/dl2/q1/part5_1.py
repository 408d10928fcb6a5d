"""Part 5.1: batch normalisation next to dropout, in every order."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    HoldsUnder,
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
from symcnn.formula import Compare, Formula, Index, Sum, Symbol, formula
from symcnn.layers.activations import ReLU, Sigmoid
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.dropout import Dropout
from symcnn.layers.expectation import moment_mean
from symcnn.layers.initialisation import rectified_mean, rectified_variance

m, i, p, a, v, mu = map(Symbol, ("m", "i", "p", "a", "v", "mu"))
x, y, mask = map(Symbol, ("x", "y", "mask"))
bare = BatchNorm1d(batch_size=m, eps=0, affine=False)  # epsilon left out
dropout = Dropout(p=p)
relu, sigmoid = ReLU(), Sigmoid()

BATCH = "m: positive integer; x: indexed real"
UNIT = "mu: real; v: nonnegative real; p: real in [0, 1)"
STORED = "mu: real; v: positive real; p: real in [0, 1)"

stored = dropout.training_variance(mu, v)  # what training stores; the test brings v
shift = dropout.variance_shift(mu, v)


@claim(expect=Proved, given=BATCH, role="source", source=("dl2.q1.5.bn-unify",))
def variance_becomes_one() -> Statement:
    r"""Batch normalisation gives every input of a layer the variance 1 over the batch, whatever it
    was, as long as it is positive and $\epsilon$ is left out."""
    return Equation(1, bare.variance(0, bare.normalised))


@claim(
    expect=Proved, given=UNIT + "; m: positive integer", role="source",
    source=("dl2.q1.5.conflict",),
)  # fmt: skip
def batch_mean_becomes_noisier() -> Statement:
    """Random zeroes make the input of batch normalisation change more from batch to batch: behind
    dropout the mean of m independent inputs varies more than without."""
    return Relation(Compare(">=", stored / m, v / m))


@claim(
    expect=HoldsUnder, given=UNIT, needs="p > 0; v + mu^2 > 0", role="source",
    source=("dl2.q1.5.dropout-bn.variance",),
)  # fmt: skip
def variances_differ() -> Statement:
    """With dropout in front of batch normalisation, the variance in training is not the one at
    test time, provided that something is dropped and the input is not 0 throughout."""
    return Relation(Compare("!=", stored, v))


@claim(
    expect=Refuted, given=UNIT + "; c: integer in [0, 1]; p > 0; mu != 0", role="source",
    source=("dl2.q1.5.dropout-bn.mean",), corrected_by="mean_is_kept",
)  # fmt: skip
def means_differ() -> Statement:
    """With dropout in front of batch normalisation the mean differs as well, be it in the inverted
    form ($c = 0$) or where the test multiplies by $1 - p$ instead ($c = 1$). But the means agree:
    dropout is scaled for that very purpose."""
    return Relation("(1 - p)^c*((1 - p)*(mu/(1 - p)) + p*0) != (1 - p)^c*mu")


@claim(expect=Proved, given=UNIT)
def mean_is_kept() -> Statement:
    """Dropout keeps the mean."""
    return Equation(dropout.mean(mu), mu)


@claim(expect=Proved, given=UNIT)
def variance_behind_dropout() -> Statement:
    """The variance behind dropout, from the two values of the mask."""
    return Derivation(
        (1 - p) * ((v + mu**2) / (1 - p) ** 2) - mu**2,
        (Link(dropout.training_variance(mu, v), "one fraction"),),
    )


@claim(expect=Proved, given=UNIT)
def variance_by_enumeration() -> Statement:
    """The same from the layer's own rule, both values of the mask enumerated."""
    return Equation(stored, dropout.variance(mu, v))


@claim(expect=Refuted, given=UNIT, corrected_by="variance_by_enumeration")
def variance_without_the_mean() -> Statement:
    """A near miss: the mean of the input plays no part."""
    return Equation("v/(1 - p)", dropout.variance(mu, v))


@claim(
    expect=HoldsUnder, given=STORED, needs="p > 0", role="source",
    source=("dl2.q1.5.variance-shift",),
)  # fmt: skip
def stored_variance_does_not_fit() -> Statement:
    """Dropout works in training only, while batch normalisation keeps the variance of training:
    the ratio of the two variances is not 1, provided that something is dropped."""
    return Relation(Compare("!=", shift, 1))


@claim(expect=Proved, given=STORED)
def variance_at_test_time_behind_dropout() -> Statement:
    """At test time the output then has the variance 1 over that ratio."""
    value = bare.frozen(0, x, mu, stored)
    return Equation(moment_mean(value**2, "x", [mu, v + mu**2]), 1 / shift)


@claim(expect=Proved)
def ratio_half_dropped() -> Statement:
    """The ratio of the variances where half of the units behind a ReLU are dropped, $N(0, 1)$ in
    front of it."""
    half = Dropout(p=formula(1) / 2)
    ratio = half.variance_shift(rectified_mean(1), rectified_variance(1))
    return Equation("(2*pi - 1)/(pi - 1)", ratio)


@claim(expect=Proved)
def example_half_dropped() -> Statement:
    """That is about 2.47."""
    return Relation("(2*pi - 1)/(pi - 1) ~ 2.47")


@claim(
    expect=Proved, given=f"{BATCH}; i: integer; 0 <= i; i < m; a: positive real", role="source",
    source=("dl2.q1.5.reduces-dropout",),
)  # fmt: skip
def common_factor_is_removed() -> Statement:
    r"""Normalising weakens dropout: a factor a that a feature has in the whole batch is removed
    again ($\epsilon$ left out)."""
    return Equation(bare.forward(i, lambda place: a * bare.signal(place)), bare.forward(i))


@claim(
    expect=Refuted, given="x: indexed real; b: indexed positive real",
    corrected_by="common_factor_is_removed",
)  # fmt: skip
def own_factors_are_removed() -> Statement:
    """A near miss: factors of the single samples, as dropout draws them, are removed as well (a
    batch of three)."""
    three = BatchNorm1d(batch_size=3, eps=0, affine=False)

    def masked(place: Formula) -> Formula:
        return Index("b", (place,)) * three.signal(place)

    return Equation(three.forward(0, masked), three.forward(0))


@claim(
    expect=HoldsUnder, given="mu: real; v: positive real; p: real in (0, 1); b: nonnegative "
    "integer", needs="b = 0", role="source", source=("dl2.q1.5.order.recommended",),
)  # fmt: skip
def best_order_avoids_the_shift() -> Statement:
    r"""Layer, batch normalisation, activation, dropout: in this order the two do not disturb each
    other, so the variances of training and test agree. That is right if no normalisation follows
    (b = 0); each of the b that do meets the ratio again."""
    return Equation(1, shift ** Symbol("b"))


@claim(expect=Proved, given=STORED + "; n: positive integer; w: indexed real")
def next_layer_hands_it_on() -> Statement:
    """A linear layer of n independent units behind the dropout hands the ratio on unchanged."""
    k = Symbol("k")
    weights = [
        Sum(Index("w", (k,)) ** 2 * each, "k", formula(0), Symbol("n") - 1) for each in (stored, v)
    ]
    return Equation(weights[0], shift * weights[1])


@claim(
    expect=Refuted, given="y: nonzero real; mask: integer in [0, 1]", role="source",
    source=("dl2.q1.5.order.bn-drop-act",), corrected_by="relu_and_mask_commute",
)  # fmt: skip
def dropout_before_relu_differs() -> Statement:
    """Between batch normalisation and the activation, dropout changes which units are active,
    unlike dropout behind it. Not so for the ReLU of which the section speaks: there both orders are
    one function, and no condition makes them two."""
    return Relation(Compare("!=", relu.value(mask * y), mask * relu.value(y)))


@claim(
    expect=Proved, given="y: real; mask: nonnegative real", role="source",
    source=("dl2.q1.5.order.raw-features",),
)  # fmt: skip
def relu_and_mask_commute() -> Statement:
    """Dropping raw features or processed ones is the same in front of and behind a ReLU, the
    factor of the inverted form included."""
    return Equation(relu.value(mask * y), mask * relu.value(y))


@claim(expect=Proved, given="y: real")
def sigmoid_wakes_dropped_units() -> Statement:
    """Of a sigmoid it is another story: a unit that is dropped before it puts out 1/2."""
    return Equation(sigmoid.value(0 * y), formula(1) / 2)


PART = Part(
    "5.1",
    "Is it generally useful to put batch normalisation and dropout one behind the other? Why?",
    (
        Say(
            "placing",
            r"Everything depends on which of them comes first. Let an input have the mean $\mu$ "
            r"and the variance v, and let dropout set it to 0 with probability p and divide it by "
            r"$1 - p$ otherwise. Its mean stays $\mu$. Its variance does not:",
        ),
        Show(variance_behind_dropout),
        Box(
            "shift",
            r"Behind dropout, batch normalisation stores a variance that is $\Delta = "
            r"\frac{v + p\mu^2}{(1 - p) v} \ge \frac1{1-p}$ times the one at test time, where "
            r"its output therefore has the variance $1/\Delta$ instead of 1. Dropout in front of "
            r"batch normalisation is to be avoided.",
        ),
        Say("half", "Half of the units behind a ReLU dropped, $N(0, 1)$ before it: $\\Delta$ is"),
        Show(example_half_dropped),
        Say(
            "behind",
            r"With dropout last (layer, batch normalisation, activation, dropout) the next layer "
            r"hands $\Delta$ on, and a normalisation behind that one meets it again. The order "
            r"avoids the shift only where no normalisation follows, as in the last layers of a "
            r"network.",
        ),
        Say(
            "between",
            r"Between batch normalisation and a ReLU, dropout does the very same as behind the "
            r"ReLU. Arguments about raw and processed features have nothing to hold on to:",
        ),
        Show(relu_and_mask_commute),
        Say(
            "weaker",
            r"Does normalisation undo dropout? Only a factor that a feature has in the whole batch "
            r"is removed. The masks of single samples are not.",
        ),
        Say(
            "experience",
            r"The rest is experience and no theorem: that networks with batch normalisation "
            r"(ResNet, EfficientNet) do well without dropout or with some in their last layer, "
            r"that very wide ones (Wide ResNet) gain from both. In general the pair is not useful; "
            r"where both are wanted, dropout comes last.",
        ),
    ),
)
CLAIMS = (
    variance_becomes_one, batch_mean_becomes_noisier, variances_differ, means_differ,
    mean_is_kept, variance_behind_dropout, variance_by_enumeration, variance_without_the_mean,
    stored_variance_does_not_fit, variance_at_test_time_behind_dropout, ratio_half_dropped,
    example_half_dropped,
    common_factor_is_removed, own_factors_are_removed, best_order_avoids_the_shift,
    next_layer_hands_it_on, dropout_before_relu_differs, relu_and_mask_commute,
    sigmoid_wakes_dropped_units,
)  # fmt: skip
