"""dl2 Q6, part 3.1: squeeze and excitation, step by step."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
    Limit,
    Link,
    Node,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Compare, Symbol
from symcnn.layers.hard_activations import Hardsigmoid
from symcnn.layers.squeeze_excitation import SqueezeExcitation

block = SqueezeExcitation.symbolic()
c, i, j = Symbol("c"), Symbol("i"), Symbol("j")

SIZES = "C, r, H, W: positive integer"
AT = (
    f"{SIZES}; r divides C; x: indexed by 3 real; W1, W2: indexed by 2 real; "
    "c, i, j: nonnegative integer; c < C; i < H; j < W"
)
MEAN = "Sum(Sum(x[d, u, v], (v, 0, W - 1)), (u, 0, H - 1))/(H*W)"
HIDDEN = f"relu(Sum(W1[k, d]*({MEAN}), (d, 0, C - 1)))"
GATE = f"sigmoid(Sum(W2[c, k]*{HIDDEN}, (k, 0, C/r - 1)))"


@claim(expect=Proved, given=AT, role="source", source=("dl2.q6.3.1.squeeze",))
def squeeze_is_the_mean() -> Statement:
    r"""Squeeze: each channel becomes one number, the mean over its $H \times W$ places (here
    counted from 1)."""
    return Equation("1/(H*W)*Sum(Sum(x[c, u - 1, v - 1], (v, 1, W)), (u, 1, H))", block.squeeze(c))


@claim(
    expect=Proved,
    given="C, H, W: positive integer; x: indexed by 3 real; c: nonnegative integer; s: real; "
    "s = Sum(Sum(x[c, u, v], (v, 0, W - 1)), (u, 0, H - 1))/(H*W)",
)
def deviations_cancel() -> Statement:
    """The mean s of a channel is the number from which its values deviate by 0 in total."""
    return Equation("Sum(Sum(x[c, u, v] - s, (v, 0, W - 1)), (u, 0, H - 1))", "0")


@claim(expect=Proved, given=AT, role="source", source=("dl2.q6.3.1.excite",))
def gate_of_two_layers() -> Statement:
    r"""Excitation: the gates are $z = \sigma(W_2\,\delta(W_1 s))$ with $\delta$ for ReLU, without
    biases; here the entry of channel c, s written out as means."""
    return Equation(GATE, block.excitation(c))


@claim(expect=Refuted, given="s, w_1, w_2: real", corrected_by="gate_of_two_layers")
def activations_exchanged() -> Statement:
    """A near miss, for one channel: the sigmoid inside and ReLU outside."""
    return Equation("relu(w_2*sigmoid(w_1*s))", "sigmoid(w_2*relu(w_1*s))")


@claim(
    expect=HoldsUnder, given=SIZES, needs="r divides C", role="source",
    source=("dl2.q6.3.1.shapes",),
)  # fmt: skip
def shapes_of_the_gates() -> Statement:
    r"""$W_1$ has $C/r$ rows and C columns, $W_2$ C rows and $C/r$ columns. Rows come in whole
    numbers, so programs take the floor; the sentence stays the same once it is said that r divides
    C."""
    return Equation("Matrix([[C/r, C], [C, C/r]])", "Matrix([[floor(C/r), C], [C, floor(C/r)]])")


@claim(expect=Proved, given="t: real", role="source", source=("dl2.q6.3.1.sigmoid-range",))
def sigmoid_lies_in_the_unit_interval() -> Statement:
    r"""The sigmoid maps every number into $[0, 1]$."""
    return Relation("0 <= sigmoid(t) and sigmoid(t) <= 1")


@claim(expect=Proved, given="t: real")
def ends_are_not_attained() -> Statement:
    """More exactly, it attains neither end: no channel is ever switched off completely."""
    return Relation("0 < sigmoid(t) and sigmoid(t) < 1")


@claim(expect=Proved)
def ends_are_limits() -> Statement:
    """It comes as near to 1 as one likes."""
    return Limit("sigmoid(t)", "t", "infinity", 1)


@claim(expect=Proved, given="t: real; t <= -3")
def hard_sigmoid_switches_off() -> Statement:
    """The hard sigmoid of MobileNetV3 does switch channels off: it is 0 up to $-3$."""
    return Relation(Compare("=", Hardsigmoid().value(Symbol("t")), 0))


@claim(
    expect=Proved,
    given="C, n: positive integer; x: indexed by 2 real; z: indexed real",
    role="source",
    source=("dl2.q6.3.1.scale",),
)
def every_channel_by_its_gate() -> Statement:
    r"""Scaling: every value of channel i is multiplied by the same gate, $z_i U_i(p)$ at each of
    the n positions p. As matrices that is $\operatorname{diag}(z)\,U$."""
    return Equation(
        "Array((C, n), (i, p), z[i]*x[i, p])",
        "Array((C, C), (a, b), z[a]*Bracket(a = b))*Array((C, n), (i, p), x[i, p])",
    )


@claim(
    expect=Proved, given=AT, role="source",
    source=("dl2.q6.3.1.question", "dl2.q6.3.1.compose"),
)  # fmt: skip
def whole_block() -> Statement:
    r"""The block is $\tilde U = F_{scale}(U, F_{ex}(F_{sq}(U)))$: means, two layers, gates times
    the map. At every place of a map of shape $C \times H \times W$ it has one value:"""
    return Equation(f"{GATE}*x[c, i, j]", block.forward(c, i, j))


@claim(expect=Proved)
def example_gates() -> Statement:
    r"""The example step by step, as a vector of two channels."""
    return Derivation(
        "Vector([2*sigmoid(log(3)*relu(1*2 - 1*1)), 1*sigmoid(-log(3)*relu(1*2 - 1*1))])",
        (
            Link(
                "Vector([2*sigmoid(log(3)), sigmoid(-log(3))])", "the hidden value is $2 - 1 = 1$"
            ),
            Link("Vector([3/2, 1/4])", r"the gates are $\tfrac34$ and $\tfrac14$"),
        ),
    )


def block_picture() -> Graph:
    """The block: the map on the left, its gates on the right."""
    return Graph(
        (
            Node("in", r"C \times H \times W", 0, 0, width=2.6, colour=0),
            Node("mean", r"\tfrac{1}{HW} \sum", 3.8, 1.5, width=1.8, colour=2),
            Node("first", "W_1", 3.8, 3.0, width=1.8, colour=1),
            Node("relu", r"\delta", 3.8, 4.5, width=1.0, round=True),
            Node("second", "W_2", 3.8, 6.0, width=1.8, colour=1),
            Node("sigmoid", r"\sigma", 3.8, 7.5, width=1.0, round=True),
            Node("times", r"\times", 0, 9.0, width=0.7, round=True),
            Node("out", r"C \times H \times W", 0, 10.5, width=2.6, colour=0),
        ),
        (
            Edge("in", "mean"),
            Edge("mean", "first", label="s: C"),
            Edge("first", "relu", label="C/r"),
            Edge("relu", "second"),
            Edge("second", "sigmoid", label="C"),
            Edge("sigmoid", "times", label="z"),
            Edge("in", "times"),
            Edge("times", "out"),
        ),
    )


PART = Part(
    "3.1",
    r"Write down what a squeeze-and-excitation block does with a map U of shape "
    r"$C \times H \times W$.",
    (
        Figure(
            "se_block",
            "A squeeze-and-excitation block: two layers turn the means into one gate a channel.",
            block_picture(),
        ),
        Say(
            "se_squeeze",
            r"In formulas $x_{c,i,j}$ is the map U, and W1 and W2 are $W_1$ and $W_2$. Squeeze "
            r"keeps one number of each channel:",
        ),
        Show(squeeze_is_the_mean),
        Say(
            "se_excite",
            r"Excitation sends the C means through two small layers, with $C/r$ values between "
            r"them, and through a sigmoid: $z = \sigma(W_2\,\delta(W_1 s))$. Scaling multiplies "
            r"every channel by its gate, $\tilde U_c = z_c U_c$. Each gate depends on the means of "
            r"all channels, but not on the place.",
        ),
        Box("se_all", "All three steps together:", whole_block),
        Say(
            "se_example",
            r"Example: two channels with means 2 and 1, $r = 2$, $W_1 = (1, -1)$, "
            r"$W_2 = (\ln 3, -\ln 3)^\top$. The hidden value is 1, the gates are $\tfrac34$ and "
            r"$\tfrac14$, and the means become",
        ),
        Show(example_gates),
    ),
)

CLAIMS = (
    squeeze_is_the_mean, deviations_cancel, gate_of_two_layers, activations_exchanged,
    shapes_of_the_gates, sigmoid_lies_in_the_unit_interval, ends_are_not_attained,
    ends_are_limits, hard_sigmoid_switches_off, every_channel_by_its_gate, whole_block,
    example_gates,
)  # fmt: skip
