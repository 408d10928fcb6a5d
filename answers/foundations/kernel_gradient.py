"""Foundations: both gradients of a convolution are convolutions of the upstream gradient."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Equation,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Array, Symbol
from symcnn.layers import Conv1d, Conv2d, IndexRelation

FITS = (
    "N, K, S, D: positive integer; P: nonnegative integer; D*(K - 1) < N + 2*P; "
    "w, x, dL_do: indexed real"
)
STRIDED = "N, K, S: positive integer; K <= N; w, x, dL_do: indexed real"
FITS_2D = (
    "N_1, N_2, K_1, K_2, S_1, S_2, D_1, D_2, G, C, F: positive integer; "
    "P_1, P_2: nonnegative integer; D_1*(K_1 - 1) < N_1 + 2*P_1; D_2*(K_2 - 1) < N_2 + 2*P_2; "
    "w: real indexed by 4; x, dL_do: real indexed by 3"
)

conv = Conv1d.symbolic()
image = Conv2d.symbolic(channels=True)
# The input, read by the upstream gradient as a kernel: stride and dilation change places.
by_upstream = Conv1d(
    input_size=conv.input_size,
    kernel_size=conv.output_size(),
    stride=conv.dilation,
    padding=conv.padding,
    dilation=conv.stride,
    weight="dL_do",
)
# For near misses: without padding and dilation.
strided = Conv1d(input_size=conv.input_size, kernel_size=conv.kernel_size, stride=conv.stride)
not_exchanged = Conv1d(
    input_size=conv.input_size,
    kernel_size=strided.output_size(),
    stride=conv.stride,
    weight="dL_do",
)
whole = Conv1d(
    input_size=conv.input_size,
    kernel_size=strided.output_size(),
    dilation=conv.stride,
    weight="dL_do",
)
image_by_upstream = Conv2d(
    input_size=image.input_size,
    kernel_size=image.output_size(),
    stride=image.dilation,
    padding=image.padding,
    dilation=image.stride,
    weight="dL_do",
)


@claim(expect=Proved, given=FITS)
def kernel_gradient() -> Statement:
    r"""$\partial L/\partial w$ is the input convolved with $\partial L/\partial o$, stride and
    dilation exchanged: its first $K$ entries."""
    entry = by_upstream.forward(Symbol("u"))
    return Equation(Array(conv.weight_shape(), ("u",), entry), conv.kernel_gradient())


@claim(expect=Refuted, given=STRIDED, corrected_by="kernel_gradient")
def kernel_gradient_not_exchanged() -> Statement:
    """A near miss: the stride stays where it is."""
    entry = not_exchanged.forward(Symbol("u"))
    return Equation(Array(conv.weight_shape(), ("u",), entry), strided.kernel_gradient())


@claim(expect=Refuted, given=STRIDED, corrected_by="kernel_gradient")
def kernel_gradient_reversed() -> Statement:
    """A near miss: the kernel gradient read backwards, as if the layer reversed its kernel."""
    last = conv.size("kernel_size") - 1
    entry = whole.forward(last - Symbol("u"))
    return Equation(Array(conv.weight_shape(), ("u",), entry), strided.kernel_gradient())


@claim(
    expect=Proved,
    given="N, K, S, D, M: positive integer; P: nonnegative integer; S*(M - 1) < N + 2*P",
)
def entries_too_many() -> Statement:
    r"""With $M$ outputs, $r = N + 2P - D(K-1) - 1 - S(M-1)$ positions at the end are not reached,
    and that convolution has $\lfloor r/D \rfloor$ entries more than the kernel: hence the
    cropping."""
    counted = IndexRelation.gather(
        Symbol("N"), Symbol("M"), stride=Symbol("D"), padding=Symbol("P"), dilation=Symbol("S")
    )
    more = "floor((N + 2*P - D*(K - 1) - 1 - S*(M - 1))/D)"
    return Equation(f"K + {more}", counted.positions())


@claim(expect=Refuted, given=STRIDED, corrected_by="kernel_gradient")
def kernel_gradient_uncropped() -> Statement:
    """A near miss: all entries of that convolution. It holds where the stride divides the span."""
    return Equation(whole.output(), strided.kernel_gradient())


@claim(expect=Proved, given=FITS_2D)
def kernel_gradient_of_an_image() -> Statement:
    """In two dimensions, with channels and groups: one such convolution for each pair of
    channels that meet."""
    e, d, u, v = map(Symbol, ("e", "d", "u_1", "u_2"))
    channel = image.channels().channel(e, d)
    entry = image_by_upstream.forward(
        u,
        v,
        tap=lambda *o: image.member("dL_do", e, *o),
        signal=lambda *place: image.signal(channel, *place),
    )
    gradient = image.kernel_gradient()
    return Equation(Array(gradient.shape, gradient.variables, entry), gradient)


@claim(expect=Proved, given=FITS)
def input_gradient() -> Statement:
    r"""$\partial L/\partial x$ is the transposed convolution of $\partial L/\partial o$ with the
    same numbers."""
    back = conv.transposed(input="dL_do")
    return Equation(back.output(), conv.input_gradient())


@claim(expect=Proved, given=FITS_2D)
def input_gradient_of_an_image() -> Statement:
    """In two dimensions, with channels and groups."""
    back = image.transposed(input="dL_do")
    return Equation(back.output(), image.input_gradient())


@claim(expect=Refuted, given=FITS, corrected_by="input_gradient")
def input_gradient_by_the_same_layer() -> Statement:
    """A near miss: the convolution itself, applied to the upstream gradient."""
    again = Conv1d(
        input_size=conv.output_size(),
        kernel_size=conv.kernel_size,
        stride=conv.stride,
        padding=conv.padding,
        dilation=conv.dilation,
        input="dL_do",
    )
    entry = again.forward(Symbol("i"))
    return Equation(Array(conv.input_shape(), ("i",), entry), conv.input_gradient())


KERNEL = Part(
    "1",
    r"Write $\partial L/\partial w$ as a convolution.",
    (
        Say(
            "kernel",
            r"Output $o$ holds $w_j$ times the input at $S o + D j - P$, so $\partial L/\partial "
            r"w_j$ adds up the upstream entries times the input at these places. Read as a "
            r"function of $j$ this is a convolution whose stride is $D$ and whose dilation is $S$.",
        ),
        Show(kernel_gradient),
        Box("crop", "It has too many entries where the stride does not divide the span:",
            entries_too_many),
    ),
)  # fmt: skip
INPUT = Part(
    "2",
    r"Write $\partial L/\partial x$ as a convolution.",
    (
        Say(
            "input",
            r"The chain rule multiplies by the transposed matrix, which is the matrix of the "
            r"transposed convolution.",
        ),
        Show(input_gradient),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="The gradients of a convolution",
        statement=(
            r"The output $o$ of a convolution with kernel $w$, stride $S$, padding $P$ and "
            r"dilation $D$ feeds a loss $L$. Write both gradients with the help of "
            r"$\partial L/\partial o$."
        ),
        notation=r"Sizes and numbers are arbitrary.",
        parts=(KERNEL, INPUT),
    ),
    claims=(
        kernel_gradient, kernel_gradient_not_exchanged, kernel_gradient_reversed, entries_too_many,
        kernel_gradient_uncropped, kernel_gradient_of_an_image, input_gradient,
        input_gradient_of_an_image, input_gradient_by_the_same_layer,
    ),
)  # fmt: skip
