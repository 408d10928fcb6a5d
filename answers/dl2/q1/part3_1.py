"""Part 3, first half: a bias before the layer."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
    Link,
    Node,
    Part,
    Proved,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Call, Cases, Compare, Formula, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.normalisation import Signal

m, i, t, b, z = Symbol("m"), Symbol("i"), Symbol("t"), Symbol("b"), Symbol("z")
stored_mean, stored_variance = Symbol("mu_P"), Symbol("v_P")
norm = BatchNorm1d(batch_size=m)
bare = BatchNorm1d(batch_size=m, affine=False)

BATCH = "m: positive integer; x: indexed real; i: integer; 0 <= i; i < m"
LEARNED = "gamma, beta: real"
STORED = "mu_P: real; v_P: nonnegative real; epsilon: positive real"


def biased(place: Formula) -> Formula:
    """The input plus b."""
    return norm.signal(place) + b


def at_test_time(value: Formula) -> Formula:
    """The output with stored statistics."""
    return norm.frozen(i, value, stored_mean, stored_variance)


def in_mode(signal: Signal) -> Formula:
    """The output in training (t = 1) and at test time."""
    training = Compare("=", t, formula(1))
    return Cases(((norm.forward(i, signal), training),), at_test_time(signal(i)))


@claim(
    expect=HoldsUnder,
    given=f"{BATCH}; {LEARNED}; {STORED}; b: real; t: integer in [0, 1]",
    needs="t = 1",
    role="source",
    source=("dl2.q1.3.bias",),
)
def bias_may_be_deleted() -> Statement:
    """Deleting the bias $b$ before the layer changes nothing. So it is with the statistics of the
    batch ($t = 1$); with stored ones ($t = 0$) the output changes."""
    return Equation(in_mode(biased), in_mode(norm.signal))


@claim(
    expect=HoldsUnder,
    given=f"{STORED}; {LEARNED}; z, b, mu_new: real",
    needs="mu_new = mu_P - b",
    role="source",
    source=("dl2.q1.3.question.bias",),
)
def network_without_bias() -> Statement:
    r"""A trained network computes the same without its bias, its stored mean being
    $\mu_{new}$. So it is where the stored mean is lowered by $b$."""
    after = norm.frozen(0, z, Symbol("mu_new"), stored_variance)
    return Equation(after, at_test_time(z + b))


@claim(expect=Proved, given=f"{STORED}; {LEARNED}; z, b: real")
def bias_deleted_at_test_time() -> Statement:
    r"""With stored statistics that stay, deleting $b$ takes off
    $\gamma b/\sqrt{v_P + \epsilon}$."""
    spread = Call("sqrt", (stored_variance + Symbol("epsilon"),))
    lost = Symbol("gamma") * b / spread
    return Equation(at_test_time(z), at_test_time(z + b) - lost)


@claim(
    expect=HoldsUnder,
    given=f"{STORED}; {LEARNED}; z, b, gamma_new, beta_new: real",
    needs="gamma_new = gamma; beta_new = beta + gamma*b/sqrt(v_P + epsilon)",
    role="source",
    source=("dl2.q1.3.bias-reason",),
)
def scale_and_shift_compensate() -> Statement:
    r"""The reason given: other scales and shifts make up for the missing bias. At test time this
    shift does."""
    return Equation("gamma_new*(z - mu_P)/sqrt(v_P + epsilon) + beta_new", at_test_time(z + b))


@claim(expect=Proved, given=f"{BATCH}; epsilon: positive real; b: real")
def bias_cancels_without_scale_and_shift() -> Statement:
    r"""In training nothing has to be made up for: the bias cancels without any scale and shift,
    whatever $\epsilon$ is."""
    return Equation(bare.normalised(i, biased), bare.normalised(i))


@claim(expect=Proved, given=f"{BATCH}; {LEARNED}; epsilon: positive real; b: real")
def bias_has_no_gradient() -> Statement:
    """In training no output depends on $b$, so $b$ never learns anything."""
    return Equation(differentiate(norm.forward(i, biased), b), 0)


@claim(expect=Proved, given=f"{BATCH}; b: real")
def bias_derivation() -> Statement:
    """What the layer subtracts grows with the bias."""
    mean = "Sum(x[j], (j, 0, m - 1))/m"
    return Derivation(
        biased(i) - norm.mean(i, biased),
        (
            Link(f"x[i] + b - ({mean} + b)", "the mean of $m$ equal numbers $b$ is $b$"),
            Link(f"x[i] - {mean}", "$b$ cancels; the variance is made of such differences"),
        ),
    )


def block() -> Graph:
    """The block of the question, and where its numbers come from."""
    return Graph(
        (
            Node("in", "x_{in}", 0, 0, width=1.2, round=True),
            Node("conv", "w, b", 2.6, 0, colour=0),
            Node("norm", r"\gamma \hat x + \beta", 6.2, 0, width=2.6, colour=1),
            Node("act", "f", 9.4, 0, width=1.4, colour=2),
            Node("batch", r"\mu_B, \sigma_B^2", 4.6, 2.0, colour=3),
            Node("stored", r"\mu_P, v_P", 7.8, 2.0, colour=3),
        ),
        (
            Edge("in", "conv"),
            Edge("conv", "norm", label="x_{out}"),
            Edge("norm", "act", label="y"),
            Edge("batch", "norm"),
            Edge("stored", "norm", dashed=True),
        ),
    )


PART = Part(
    "3.1",
    r"A network is made of blocks: convolution, batch normalisation, activation. Does it harm the "
    r"network to delete the bias $b$ of the convolution, and why?",
    (
        Figure(
            "block",
            r"The block. In training mean and variance come from the batch ($\mu_B, \sigma_B^2$); "
            r"at test time they are stored (dashed) and do not follow the inputs.",
            block(),
        ),
        Say(
            "bias",
            r"In training the bias is part of every number of its channel and hence of the mean, "
            r"which is subtracted:",
        ),
        Show(bias_derivation),
        Say(
            "bias_reason",
            r"Scale and shift have no part in this; $\beta$ only gives back the freedom to move "
            r"the output. No output depends on $b$, so its gradient is 0. At test time the stored "
            r"mean stays: whoever deletes a trained bias has to lower it by $b$.",
        ),
        Box(
            "bias",
            "In training nothing is lost. At test time, with the stored mean as it was:",
            bias_deleted_at_test_time,
        ),
    ),
)

CLAIMS = (
    bias_may_be_deleted, network_without_bias, bias_deleted_at_test_time,
    scale_and_shift_compensate, bias_cancels_without_scale_and_shift, bias_has_no_gradient,
    bias_derivation,
)  # fmt: skip
