"""dl2 Q6, 2.1: the inverted residual block beside the bottleneck block of ResNet."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
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
from symcnn.formula import (
    And,
    Call,
    Compare,
    Formula,
    Index,
    Symbol,
    Table,
    Unknown,
    table,
)
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Operand
from symcnn.layers.inverted_residual import InvertedResidual, bottleneck_parameters
from symcnn.layers.sizes import over

C, C_1, C_2, H, K, M, W, t = map(Symbol, ("C", "C_1", "C_2", "H", "K", "M", "W", "t"))
COUNTS = "C, K, t: positive integer"
WIDE = "C: positive integer; 4 divides C"
TWO = "C_1, C_2: positive integer; 4 divides C_1"
inverted = InvertedResidual(
    in_channels=C, out_channels=C, expand_ratio=t, kernel_size=K, input_size=(H, W)
)
PIXEL = "M: positive integer; x: real; w, y: indexed real; psi: function"


def merged() -> Formula:
    """A channel of a pixel after the sum: its input x, and M hidden values y with weights w."""
    k = Symbol("k")
    return Symbol("x") + over(Index("w", (k,)) * Index("y", (k,)), ("k", M))


def both_derivatives(by: Symbol | Index) -> Table:
    """The output's derivative without an activation after the sum, and with psi after it."""
    ends = (merged(), Unknown("psi", (merged(),)))
    return table([differentiate(end, by) for end in ends])


def six_times(channels: Operand) -> InvertedResidual:
    """MobileNetV2's block: six times as wide inside, 3x3 filters."""
    return InvertedResidual(
        in_channels=channels, out_channels=channels, expand_ratio=6, input_size=(H, W)
    )


@claim(expect=Proved, given=WIDE, role="source", source=("dl2.q6.2.1.resnet-bottleneck",))
def bottleneck_with_3x3() -> Statement:
    r"""ResNet's bottleneck: $1 \times 1$ down to a quarter of the channels, $3 \times 3$ among
    these, $1 \times 1$ back."""
    return Equation("C*C/4*1*1 + C/4*C/4*3*3 + C/4*C*1*1", bottleneck_parameters(C))


@claim(
    expect=Refuted, given=WIDE, role="source", source=("dl2.q6.2.1.resnet-bottleneck",),
    corrected_by="bottleneck_with_3x3",
)  # fmt: skip
def bottleneck_with_2x1() -> Statement:
    r"""The same with the printed size of the layer in the middle, $2 \times 1$."""
    return Equation("C*C/4*1*1 + C/4*C/4*2*1 + C/4*C*1*1", bottleneck_parameters(C))


@claim(expect=Proved, given="N: positive integer; P: nonnegative integer")
def two_taps_change_the_size() -> Statement:
    """A layer with two taps and the same padding on both sides never keeps the size of its input,
    so no shortcut could be added to it."""
    return Relation("N + 2*P - 2 + 1 != N")


@claim(expect=Proved, given=COUNTS, role="source", source=("dl2.q6.2.1.inverted",))
def widths_inverted() -> Statement:
    r"""MobileNetV2's block: $1 \times 1$ from $C$ to $t C$ channels, one $K \times K$ filter for
    each of these, $1 \times 1$ back to $C$."""
    return Equation("C*(t*C)*1*1 + (t*C)*1*K*K + (t*C)*C*1*1", inverted.parameters())


@claim(expect=Refuted, given=COUNTS, corrected_by="widths_inverted")
def widths_with_dense_filters() -> Statement:
    r"""A near miss: the middle layer as an ordinary convolution."""
    return Equation("C*(t*C)*1*1 + (t*C)*(t*C)*K*K + (t*C)*C*1*1", inverted.parameters())


@claim(
    expect=Proved, given=COUNTS + "; 4 divides C", role="source",
    source=("dl2.q6.2.1.skip-narrow",),
)  # fmt: skip
def shortcut_at_the_narrow_ends() -> Statement:
    """The shortcut of MobileNetV2 joins the narrowest widths of its block, that of ResNet the
    widest of its own."""
    ends, wide = inverted.widths(), (C, C / 4, C / 4, C)
    return Relation(
        And(
            (
                Compare("=", ends[0], Call("min", ends)),
                Compare("=", wide[0], Call("max", wide)),
            )
        )
    )


@claim(expect=Proved, given="C, H, W, t: positive integer")
def shortcut_carries_less() -> Statement:
    """What a narrow shortcut carries is the t-th part of what a wide one would carry: that saves
    memory, and cannot keep more information."""
    return Equation("(H*W*C)/(H*W*(t*C))", 1 / t)


@claim(expect=Proved, given=PIXEL)
def shortcut_is_untouched() -> Statement:
    r"""Along the shortcut MobileNetV2 passes the gradient on as it is; ResNet multiplies it by the
    slope of the activation after the sum."""
    return Equation(
        "Vector([1, psi'(x + Sum(w[h]*y[h], (h, 0, M - 1)))])",
        both_derivatives(Symbol("x")),
    )


@claim(
    expect=HoldsUnder, given=TWO, needs="C_1 = 6*C_2; C_2 >= 3", role="source",
    source=("dl2.q6.2.1.params-compare",),
)  # fmt: skip
def resnet_has_more_parameters() -> Statement:
    r"""A ResNet block of $C_1$ channels has more parameters than a MobileNetV2 block of $C_2$
    channels with t = 6, and so more operations a pixel. This needs blocks of the same
    greatest width, $C_1 = 6 C_2$, and at least three narrow channels."""
    ours = six_times(C_2).parameters()
    return Relation(Compare(">", bottleneck_parameters(C_1), ours))


@claim(expect=Proved, given=WIDE)
def resnet_has_fewer_at_equal_ends() -> Statement:
    r"""With the same number of channels outside, the ResNet block is the smaller one:
    $\tfrac{17}{16} C^2$ against $12 C^2 + 54 C$."""
    return Relation(Compare("<", bottleneck_parameters(C), six_times(C).parameters()))


@claim(expect=Proved, given="C, H, W: positive integer")
def operations_follow_parameters() -> Statement:
    """At stride 1 each weight is used once a pixel, so operations compare as parameters do."""
    block = six_times(C)
    return Equation(block.macs((H, W)), H * W * block.parameters())


@claim(
    expect=Proved, given=PIXEL + "; h: integer in [0, M - 1]",
    role="source", source=("dl2.q6.2.1.linear-bottleneck",),
)  # fmt: skip
def projection_is_linear() -> Statement:
    r"""MobileNetV2 ends without an activation, ResNet with one: the last $1 \times 1$ layer hands
    the hidden value $y_h$ on with its weight $w_h$ alone, or with that and a slope of $\psi$."""
    return Equation(
        "Vector([w[h], psi'(x + Sum(w[k]*y[k], (k, 0, M - 1)))*w[h]])",
        both_derivatives(Index("y", (Symbol("h"),))),
    )


@claim(expect=Proved)
def example_of_counts() -> Statement:
    """24 channels with t = 6; ResNet at the same greatest width 144, and at the same ends."""
    return Equation(
        "Vector([8208, 22032, 612])",
        table([six_times(24).parameters(), bottleneck_parameters(144), bottleneck_parameters(24)]),
    )


def two_blocks() -> Graph:
    """ResNet's bottleneck on the left, the inverted residual on the right; boxes as wide as they
    have channels."""
    left, right = 0.0, 7.4
    return Graph(
        (
            Node("a", "C", left, 0, width=4.0, colour=0),
            Node("b", r"1 \times 1:\ C/4", left, 1.5, width=2.6, colour=1),
            Node("c", r"3 \times 3:\ C/4", left, 3.0, width=2.6, colour=1),
            Node("d", r"1 \times 1:\ C", left, 4.5, width=4.0, colour=0),
            Node("e", "+", left, 5.9, width=0.6, round=True),
            Node("f", r"\psi", left, 7.2, width=4.0, colour=2),
            Node("g", "C", right, 0, width=2.6, colour=1),
            Node("h", r"1 \times 1,\ \varphi:\ t C", right, 1.5, width=4.0, colour=0),
            Node("i", r"K \times K,\ \varphi:\ t C", right, 3.0, width=4.0, colour=0),
            Node("j", r"1 \times 1:\ C", right, 4.5, width=2.6, colour=1),
            Node("k", "+", right, 5.9, width=0.6, round=True),
            Node("l", "C", right, 7.2, width=2.6, colour=1),
        ),
        (
            Edge("a", "b"),
            Edge("b", "c", label=r"\varphi"),
            Edge("c", "d", label=r"\varphi"),
            Edge("d", "e"),
            Edge("a", "e", bend=2.6),
            Edge("e", "f"),
            Edge("g", "h"),
            Edge("h", "i"),
            Edge("i", "j"),
            Edge("j", "k"),
            Edge("g", "k", bend=2.6),
            Edge("k", "l"),
        ),
    )


PART = Part(
    "2.1",
    "Explain the inverted residual block of MobileNetV2 by comparing it with the block of ResNet.",
    (
        Figure(
            "two_blocks",
            r"Left, ResNet: wide, narrow, wide, and an activation $\psi$ after the sum. Right, "
            r"MobileNetV2: narrow, wide, narrow; each of the $t C$ channels in the middle has a "
            r"filter of its own, and nothing follows the sum. $\varphi$ is the inner activation.",
            two_blocks(),
        ),
        Say(
            "block_of_resnet",
            r"ResNet's bottleneck makes the expensive $3 \times 3$ layer cheap by working on a "
            r"quarter of the channels. Its shortcut joins the wide ends. For C channels outside "
            r"it has $\tfrac{17}{16} C^2$ weights:",
        ),
        Show(bottleneck_with_3x3),
        Say(
            "block_of_mobilenet",
            r"MobileNetV2 turns this inside out. A $1 \times 1$ layer expands C channels to "
            r"$t C$; depthwise filters make the spatial layer cheap at that width; a $1 \times 1$ "
            r"layer projects back. The shortcut joins the narrow ends, where stride 1 and equal "
            r"channels allow it.",
        ),
        Box("block_weights", r"The weights of the inverted block:", widths_inverted),
        Say(
            "block_shortcut",
            r"After the sum ResNet applies an activation, MobileNetV2 none. So the gradient along "
            r"a chain of inverted blocks meets a path on which nothing multiplies it:",
        ),
        Show(shortcut_is_untouched),
        Say(
            "block_compare",
            r"Which block is smaller depends on what is held equal. At the same greatest width "
            r"144 ResNet's has 22032 weights and the inverted one (24 channels, $t = 6$) 8208. At "
            r"the same 24 channels outside ResNet's has 612. At stride 1 operations compare as "
            r"weights do.",
        ),
        Say(
            "block_opinion",
            r"That narrow shortcuts let a network keep more information is an opinion, and a "
            r"count speaks against it: they carry C numbers a pixel where wide ones would carry "
            r"$t C$. What they save is memory.",
        ),
    ),
)
CLAIMS = (
    bottleneck_with_3x3, bottleneck_with_2x1, two_taps_change_the_size, widths_inverted,
    widths_with_dense_filters, shortcut_at_the_narrow_ends, shortcut_carries_less,
    shortcut_is_untouched, resnet_has_more_parameters, resnet_has_fewer_at_equal_ends,
    operations_follow_parameters, projection_is_linear, example_of_counts,
)  # fmt: skip
