"""dl2 Q6, 2.2: what depthwise filters and linear bottlenecks keep, and what they lose."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Cell,
    Equation,
    Exhibit,
    Figure,
    Grid,
    HoldsUnder,
    Implies,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Compare, table
from symcnn.layers import Conv1d

# A filter (1, d) on two positions of a circle; an expansion (f_0, f_1) of one channel c, and a
# projection (1, p) of the two expanded channels.
STAGES = "d, x_0, x_1, f_0, f_1, p, c: real"
two_pixels = Conv1d(input_size=2, kernel_size=3, padding=1)


def nothing_vanishes() -> Statement:
    """What is not 0 stays so through the filter, and through expansion and projection."""
    return Implies(
        "x_0 + d*x_1 = 0 and x_1 + d*x_0 = 0 and f_0*c + p*(f_1*c) = 0",
        "x_0 = 0 and x_1 = 0 and c = 0",
    )


@claim(
    expect=HoldsUnder, given=STAGES, needs="1 + d != 0; 1 - d != 0; f_0 + p*f_1 != 0",
    role="source", source=("dl2.q6.2.2.question",),
)  # fmt: skip
def both_preserve_information() -> Statement:
    """The filter $(1, d)$ on two positions preserves spatial information and the projection
    $(1, p)$ that of channels: only zeros give zeros. This needs a filter whose Fourier transform,
    $1 + d$ and $1 - d$, has no zero, and a projection that is one-to-one on what the expansion
    makes."""
    return nothing_vanishes()


@claim(
    expect=Refuted, given=STAGES + "; d != 0; p != 0; f_0 != 0; f_1 != 0", role="source",
    source=("dl2.q6.2.2.conclusion",), corrected_by="both_preserve_information",
)  # fmt: skip
def both_always_preserve_information() -> Statement:
    """That the filter preserves spatial information and the projection that of channels is correct
    without any condition on the weights, save that none is 0."""
    return nothing_vanishes()


@claim(
    expect=HoldsUnder, given="m: real; a: positive real", needs="m = 0", role="source",
    source=("dl2.q6.2.2.relu-zeros",),
)  # fmt: skip
def relu_sets_half_to_zero() -> Statement:
    """ReLU after a layer sets at least half of the values to 0, and different ones become equal:
    $m + a$ and $m - a$ are equally likely. This needs $m = 0$, values symmetric about 0; every such
    distribution is a mixture of pairs like this."""
    share = "(Bracket(relu(m + a) = 0) + Bracket(relu(m - a) = 0))/2"
    return Relation(f"{share} >= 1/2 and relu(m - a) = relu(m - 2*a)")


@claim(expect=Proved)
def relu_far_from_zero() -> Statement:
    """Gaussian values whose mean is three standard deviations above 0: ReLU zeroes 0.135 %."""
    return Relation("(1 - erf(3/sqrt(2)))/2 ~ 0.00135")


@claim(
    expect=Refuted, given="p_0, p_1, h_0, h_1, k_0, k_1: real; p_0 != 0; p_1 != 0", role="source",
    source=("dl2.q6.2.2.linear-lossless",), corrected_by="every_projection_forgets",
)  # fmt: skip
def compression_without_loss() -> Statement:
    """A linear bottleneck compresses channels without removing information: two pixels h and k
    with equal projections (here from two channels to one) are equal."""
    return Implies("p_0*h_0 + p_1*h_1 = p_0*k_0 + p_1*k_1", "h_0 = k_0 and h_1 = k_1")


@claim(expect=Proved, given="p_00, p_01, p_02, p_10, p_11, p_12: real")
def every_projection_forgets() -> Statement:
    """Whatever its weights, a projection from three channels to two sends a whole line of pixels
    to 0: the cross product of its rows."""
    return Equation(
        "Matrix([[p_00, p_01, p_02], [p_10, p_11, p_12]])*Vector([p_01*p_12 - p_02*p_11,"
        " p_02*p_10 - p_00*p_12, p_00*p_11 - p_01*p_10])",
        table([0, 0]),
    )


@claim(expect=Proved, given="p_0, p_1, f_0, f_1, c: real; p_0*f_0 + p_1*f_1 != 0")
def lossless_on_the_image() -> Statement:
    """What was expanded from one channel can be projected to one channel and recovered."""
    return Equation("(p_0*(f_0*c) + p_1*(f_1*c))/(p_0*f_0 + p_1*f_1)", "c")


@claim(
    expect=Refuted, given="d_0, d_1, x_0, x_1, y_0, y_1: real; d_0 != 0; d_1 != 0", role="source",
    source=("dl2.q6.2.2.dw-intact",), corrected_by="alternation_is_averaged_away",
)  # fmt: skip
def filter_leaves_channels_intact() -> Statement:
    """A depthwise filter leaves the spatial structure of its channel intact: maps x and y (two
    positions on a circle) with equal filtered maps are equal."""
    return Implies(
        "d_0*x_0 + d_1*x_1 = d_0*y_0 + d_1*y_1 and d_0*x_1 + d_1*x_0 = d_0*y_1 + d_1*y_0",
        "x_0 = y_0 and x_1 = y_1",
    )


@claim(expect=Proved, given="p: integer")
def alternation_is_averaged_away() -> Statement:
    r"""The filter $(\tfrac12, \tfrac12)$ makes 0 of the alternating signal 1, $-1$, 1, ... at
    every position."""
    return Equation("1/2*(-1)^p + 1/2*(-1)^(p + 1)", "0")


@claim(expect=Proved)
def average_of_two_pixels() -> Statement:
    """Nor does padding help: the mean of three neighbours, zeros outside, makes 0 of a map of the
    two pixels 1 and $-1$."""
    return Exhibit(
        (("w", "Vector([1/3, 1/3, 1/3])"), ("x", "Vector([1, -1])")),
        (Compare("=", two_pixels.output(), table([0, 0])),),
    )


def averaged_signal() -> Grid:
    """The alternating signal above what the mean of two neighbours leaves of it."""
    signal = [Cell(f"{(-1) ** p}", p % 2) for p in range(7)]
    means = [*(Cell("0", 2) for _ in range(6)), Cell()]
    return Grid((tuple(signal), tuple(means)), rows=("x_p", "y_p"))


PART = Part(
    "2.2",
    "Is it right that depthwise convolutions preserve spatial information, while linear "
    "bottlenecks preserve the information of the channels?",
    (
        Say(
            "keep_meaning",
            r"Information is preserved where different inputs give different outputs. Filters and "
            r"projections are linear, so the question is whether anything but 0 gives 0.",
        ),
        Say(
            "keep_filters",
            r"A depthwise filter does not mix channels, but that is no reason for it to keep what "
            r"is in one. Averaging loses the alternating signal entirely:",
        ),
        Figure(
            "averaged_signal",
            r"$y_p = \tfrac12 x_p + \tfrac12 x_{p+1}$: each mean of two neighbours of the "
            r"alternating signal is 0.",
            averaged_signal(),
        ),
        Show(alternation_is_averaged_away),
        Say(
            "keep_filters_when",
            r"On a circle of positions, at stride 1, a filter keeps everything exactly where its "
            r"Fourier transform has no zero: each frequency is multiplied by its value there. A "
            r"stride of 2 hands on a quarter of the numbers and cannot keep everything.",
        ),
        Say(
            "keep_channels",
            r"A projection to fewer channels always loses something: by the rank-nullity theorem "
            r"its kernel has at least $t C_{in} - C_{out}$ dimensions. For three channels and two:",
        ),
        Show(every_projection_forgets),
        Say(
            "keep_image",
            r"Nothing is lost where what was expanded fills no more dimensions than remain. "
            r"Without activations in between that takes $C_{out} \ge C_{in}$ and a projection that "
            r"is one-to-one on the image of the expansion. That, and not the absence of an "
            r"activation alone, is what a linear bottleneck is good for:",
        ),
        Show(lossless_on_the_image),
        Say(
            "keep_relu",
            r"An activation at the end would lose more. ReLU zeroes half of all values that are "
            r"symmetric about 0; only where the mean is large does it zero few, 0.135 % at three "
            r"standard deviations.",
        ),
        Box(
            "keep_answer",
            r"So the sentence is right under conditions only: a filter $(1, d)$ with "
            r"$d \ne \pm 1$ and a projection that is one-to-one on the image.",
            both_preserve_information,
        ),
    ),
)
CLAIMS = (
    both_preserve_information, both_always_preserve_information, relu_sets_half_to_zero,
    relu_far_from_zero, compression_without_loss, every_projection_forgets,
    lossless_on_the_image, filter_leaves_channels_intact, alternation_is_averaged_away,
    average_of_two_pixels,
)  # fmt: skip
