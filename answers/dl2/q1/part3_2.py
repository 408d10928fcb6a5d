"""Part 3, second half: a factor of the weights or of the inputs."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Equation,
    HoldsUnder,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Call, Compare, Formula, Index, Symbol, formula
from symcnn.layers import Conv1d
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.normalisation import Signal

m, i, alpha = Symbol("m"), Symbol("i"), Symbol("alpha")
z, f, o = Symbol("z"), Symbol("f"), Symbol("o")
stored_mean, stored_variance = Symbol("mu_P"), Symbol("v_P")
spread = Call("sqrt", (stored_variance + Symbol("epsilon"),))

norm = BatchNorm1d(batch_size=m)
exact = BatchNorm1d(batch_size=m, affine=False, eps=0)
conv = Conv1d(
    input_size=Symbol("N"), kernel_size=Symbol("K"), in_channels=Symbol("C"),
    out_channels=Symbol("F"),
)  # fmt: skip
channels = BatchNorm1d(batch_size=m, num_features=Symbol("F"))

BATCH = "m: positive integer; x: indexed real; i: integer; 0 <= i; i < m"
STORED = "mu_P: real; v_P: nonnegative real; epsilon: positive real"
CONV = (
    "N, K, C, F: positive integer; K <= N; f, o: integer; w, x: indexed real; "
    f"gamma, beta: indexed real; {STORED}"
)
# One number x of a batch with the mean mu and the standard deviation sigma.
NUMBERS = "x, mu, gamma, beta: real; sigma: positive real"
FACTOR = "; alpha: nonzero real"
KEPT = "; epsilon: nonnegative real"
SCALED = "(alpha*x - alpha*mu)/sqrt(alpha^2*sigma^2 + epsilon)"
ORIGINAL = "(x - mu)/sqrt(sigma^2 + epsilon)"


def scaled(place: Formula) -> Formula:
    """The input times alpha."""
    return alpha * norm.signal(place)


def at_test_time(value: Formula) -> Formula:
    """The output with stored statistics."""
    return norm.frozen(i, value, stored_mean, stored_variance)


def after_conv(**changed: Signal) -> Formula:
    """An output of the convolution and the layer with stored statistics behind it."""
    return channels.frozen((0, f), conv.forward(f, o, **changed), stored_mean, stored_variance)


def larger_weights(*place: Formula) -> Formula:
    """The kernel times alpha."""
    return alpha * conv.tap(*place)


def larger_inputs(*place: Formula) -> Formula:
    """The inputs times alpha."""
    return alpha * conv.signal(*place)


def moved() -> Formula:
    """What a factor adds to the output at test time."""
    return Index("gamma", (f,)) * (alpha - 1) * conv.forward(f, o) / spread


@claim(
    expect=Proved, given=f"{CONV}; alpha: real", role="source",
    source=("dl2.q1.3.question.weights", "dl2.q1.3.weights.scope"),
)  # fmt: skip
def weights_of_the_convolution() -> Statement:
    r"""At test time, multiplying the weights of the convolution by $\alpha$ changes the network: an
    output $y$ becomes $y + \gamma(\alpha - 1)x_{out}/\sqrt{v_P + \epsilon}$."""
    return Equation(after_conv(tap=larger_weights), after_conv() + moved())


@claim(
    expect=Proved, given=f"{CONV}; alpha: real", role="source",
    source=("dl2.q1.3.weights.scope",),
)  # fmt: skip
def all_weights_at_test_time() -> Statement:
    r"""At test time, multiplying scale and shift by $\alpha$ as well as the weights turns $y$ into
    $\alpha(y + \gamma(\alpha - 1)x_{out}/\sqrt{v_P + \epsilon})$."""
    outputs = conv.forward(f, o, tap=larger_weights)
    scale, shift = alpha * channels.scale((0, f)), alpha * channels.shift((0, f))
    return Equation(
        scale * (outputs - stored_mean) / spread + shift, alpha * (after_conv() + moved())
    )


@claim(
    expect=HoldsUnder, given=NUMBERS + FACTOR + KEPT, needs="alpha > 0; epsilon = 0",
    role="source", source=("dl2.q1.3.weights.scope",),
)  # fmt: skip
def all_weights_in_training() -> Statement:
    r"""With the statistics of the batch, multiplying weights, scale and shift by $\alpha$ turns $y$
    into $\alpha y$. This needs $\alpha > 0$ and no $\epsilon$."""
    return Equation(f"alpha*gamma*{SCALED} + alpha*beta", f"alpha*(gamma*{ORIGINAL} + beta)")


@claim(
    expect=Refuted, given="z, mu_P: real; sigma_P: positive real" + FACTOR, role="source",
    source=("dl2.q1.3.weights.premise",), corrected_by="batch_statistics_scale",
)  # fmt: skip
def stored_statistics_scale() -> Statement:
    r"""At inference the factor turns the statistics of the layer into $\alpha\mu_P$ and
    $|\alpha|\sigma_P$: normalising with these is what the layer does. But stored numbers are
    constants; only those of a batch follow the inputs."""
    return Equation(
        "(alpha*z - alpha*mu_P)/(abs(alpha)*sigma_P)",
        exact.frozen(0, alpha * z, stored_mean, Symbol("sigma_P") ** 2),
    )


@claim(expect=Proved, given=BATCH + FACTOR)
def batch_statistics_scale() -> Statement:
    r"""Mean and standard deviation of a batch do become $\alpha\mu$ and $|\alpha|\sigma$."""
    return Equation(
        [exact.mean(i, scaled), exact.deviation(i, scaled)],
        [alpha * exact.mean(i), Call("abs", (alpha,)) * exact.deviation(i)],
    )


@claim(expect=Proved, given=NUMBERS + FACTOR, role="source", source=("dl2.q1.3.weights.expr",))
def all_weights_rewritten() -> Statement:
    r"""With statistics $\alpha\mu$ and $|\alpha|\sigma$, and scale and shift times $\alpha$, the
    factor $\alpha$ and a sign can be pulled out. (For $\alpha = 0$ there is nothing to write.)"""
    return Equation(
        "alpha*gamma*(alpha*x - alpha*mu)/(abs(alpha)*sigma) + alpha*beta",
        "alpha*(gamma*sign(alpha)*(x - mu)/sigma + beta)",
    )


@claim(
    expect=HoldsUnder, given=NUMBERS + FACTOR, needs="alpha > 0", role="source",
    source=("dl2.q1.3.weights.alphay",),
)  # fmt: skip
def all_weights_give_alpha_y() -> Statement:
    r"""The rewritten output is $\alpha$ times the original one, which needs $\alpha > 0$."""
    return Equation(
        "alpha*(gamma*sign(alpha)*(x - mu)/sigma + beta)", "alpha*(gamma*(x - mu)/sigma + beta)"
    )


def activated(value: Formula | int) -> Formula:
    """The sigmoid for h = 0, ReLU for h = 1."""
    h, at = Symbol("h"), formula(value)
    return (1 - h) * Call("sigmoid", (at,)) + h * Call("relu", (at,))


@claim(
    expect=HoldsUnder, given="alpha: positive real; alpha != 1; h: integer in [0, 1]",
    needs="h = 0", role="source", source=("dl2.q1.3.weights.activation",),
)  # fmt: skip
def activation_breaks_the_factor() -> Statement:
    r"""Behind a nonlinear activation f nothing definite relates $f(\alpha y)$ to $f(y)$: no
    constant $c$ gives $f(\alpha y) = c f(y)$ for $y = 0$ and $y = 1$. So it is for the sigmoid
    ($h = 0$), not for ReLU ($h = 1$)."""
    first = activated(0) * activated(1)
    return Relation(Compare("!=", first, activated(alpha) * activated(0)))


@claim(expect=HoldsUnder, given="y: real" + FACTOR, needs="alpha > 0")
def relu_keeps_the_factor() -> Statement:
    r"""ReLU lets a positive factor pass: $f(\alpha y) = \alpha f(y)$."""
    return Equation("relu(alpha*y)", "alpha*relu(y)")


@claim(
    expect=Proved, given=f"{CONV}; alpha: real", role="source",
    source=("dl2.q1.3.question.inputs",),
)  # fmt: skip
def inputs_of_the_network() -> Statement:
    r"""At test time, multiplying all inputs by $\alpha$ changes the network, right at its first
    layer: $y$ becomes $y + \gamma(\alpha - 1)x_{out}/\sqrt{v_P + \epsilon}$."""
    return Equation(after_conv(signal=larger_inputs), after_conv() + moved())


@claim(
    expect=HoldsUnder, given=NUMBERS + FACTOR, needs="alpha > 0 or beta = 0", role="source",
    source=("dl2.q1.3.inputs.expr",),
)  # fmt: skip
def sign_before_the_shift() -> Statement:
    r"""For larger inputs, with statistics $\alpha\mu$ and $|\alpha|\sigma$, the sign of $\alpha$
    can be pulled out of the whole output, shift included."""
    return Equation(
        "gamma*(alpha*x - alpha*mu)/(abs(alpha)*sigma) + beta",
        "sign(alpha)*(gamma*(x - mu)/sigma + beta)",
    )


@claim(expect=Proved, given=NUMBERS + FACTOR)
def sign_behind_the_shift() -> Statement:
    r"""The sign stands before $\hat x$; the shift keeps its own."""
    return Equation(
        "gamma*(alpha*x - alpha*mu)/(abs(alpha)*sigma) + beta",
        "gamma*sign(alpha)*(x - mu)/sigma + beta",
    )


@claim(
    expect=Refuted, given=f"{STORED}; gamma, beta, z: real; alpha: positive real",
    role="source", source=("dl2.q1.3.inputs.conclusion",), corrected_by="inputs_of_the_network",
)  # fmt: skip
def positive_inputs_change_nothing() -> Statement:
    r"""For positive $\alpha$, multiplying the inputs at inference, and with them $x_{out} = z$,
    leaves the output as it was."""
    return Equation(at_test_time(alpha * z), at_test_time(z))


@claim(
    expect=HoldsUnder, given=NUMBERS + FACTOR + KEPT, needs="epsilon = 0", role="source",
    source=("dl2.q1.3.epsilon",),
)  # fmt: skip
def epsilon_dropped() -> Statement:
    r"""Both computations write $|\alpha|\sigma$ where the layer has the root of
    $\alpha^2\sigma^2 + \epsilon$: right only without $\epsilon$."""
    return Equation("(alpha*x - alpha*mu)/(abs(alpha)*sigma)", SCALED)


@claim(expect=Proved, given=NUMBERS + FACTOR + KEPT)
def epsilon_kept() -> Statement:
    r"""With $\epsilon$ a factor leaves its sign and one more factor, made of $\epsilon$ and
    $\sigma^2$."""
    return Equation(
        SCALED,
        "sign(alpha)*(abs(alpha)*sqrt(sigma^2 + epsilon)/sqrt(alpha^2*sigma^2 + epsilon))"
        f"*({ORIGINAL})",
    )


@claim(expect=Refuted, given=NUMBERS + FACTOR + KEPT, corrected_by="positive_and_exact")
def blind_to_a_factor() -> Statement:
    """Often said: with the statistics of the batch the layer is blind to a factor."""
    return Equation(SCALED, ORIGINAL)


@claim(
    expect=Refuted, given=NUMBERS + "; alpha: positive real" + KEPT,
    corrected_by="positive_and_exact",
)  # fmt: skip
def blind_to_a_positive_factor() -> Statement:
    r"""The same for a positive factor: $\epsilon$ still stands in the way."""
    return Equation(SCALED, ORIGINAL)


@claim(expect=HoldsUnder, given=NUMBERS + FACTOR + KEPT, needs="alpha > 0; epsilon = 0")
def positive_and_exact() -> Statement:
    r"""It is blind to a positive factor where $\epsilon$ is left out."""
    return Equation(SCALED, ORIGINAL)


@claim(expect=HoldsUnder, given=NUMBERS + FACTOR + KEPT, needs="alpha < 0; epsilon = 0")
def negative_and_exact() -> Statement:
    r"""Without $\epsilon$ a negative factor turns the sign of $\hat x$ round."""
    return Equation(SCALED, f"-{ORIGINAL}")


@claim(expect=Proved)
def example_doubled() -> Statement:
    r"""With $\mu_P = 2$, $v_P = 4$ and no $\epsilon$, $x_{out} = 3$ becomes 1/2, and twice as much
    becomes 2: neither the same nor the double."""
    before, after = (exact.frozen(0, formula(at), formula(2), formula(4)) for at in (3, 6))
    return Equation("Vector([1/2, 2])", [before, after])


PART = Part(
    "3.2",
    r"In the trained network, does multiplying the weights by $\alpha$ change what it computes at "
    r"test time? And multiplying all inputs by $\alpha$?",
    (
        Say(
            "factor_frozen",
            r"At test time only one thing counts: the statistics are constants. So $x_{out}$ "
            r"grows, and what is subtracted and divided by does not. Without a bias the "
            r"convolution cannot tell a factor of its weights from one of its inputs.",
        ),
        Box("factor", "Weights or inputs, the effect is the same:", inputs_of_the_network),
        Say(
            "example_factor",
            r"For example $\mu_P = 2$, $v_P = 4$, $\gamma = 1$, $\beta = 0$ and no $\epsilon$: "
            r"$x_{out} = 3$ gives $y = \tfrac12$, doubled weights or inputs give $y = 2$.",
        ),
        Say(
            "factor_training",
            r"With the statistics of the batch it would be different. There the numerator and the "
            r"root grow alike, and a sign is left; but $\epsilon$ does not grow:",
        ),
        Show(epsilon_kept),
        Say(
            "factor_summary",
            r"So the layer is blind to a factor only with the statistics of the batch, for "
            r"$\alpha > 0$ and without $\epsilon$. If scale and shift are multiplied too, "
            r"$\alpha y$ comes out under the same conditions, and the activation decides the rest: "
            r"ReLU passes a positive factor on, the sigmoid does not.",
        ),
    ),
)

CLAIMS = (
    weights_of_the_convolution, all_weights_at_test_time,
    all_weights_in_training, stored_statistics_scale, batch_statistics_scale,
    all_weights_rewritten, all_weights_give_alpha_y, activation_breaks_the_factor,
    relu_keeps_the_factor, inputs_of_the_network, sign_before_the_shift, sign_behind_the_shift,
    positive_inputs_change_nothing, epsilon_dropped, epsilon_kept, blind_to_a_factor,
    blind_to_a_positive_factor, positive_and_exact, negative_and_exact, example_doubled,
)  # fmt: skip
