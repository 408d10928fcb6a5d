"""Foundations: the transposed convolution is the transpose, for every size, stride and group."""

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
from symcnn.formula import Array, Bracket, Compare, Formula, Index, Mul, Sum, Symbol, formula, mul
from symcnn.layers import Conv1d, Conv2d, ConvTranspose1d, Padding
from symcnn.layers.geometry import shifted

FITS = (
    "N, K, S, D: positive integer; P: nonnegative integer; D*(K - 1) < N + 2*P; "
    "w, x, y: indexed real"
)
FITS_2D = (
    "N_1, N_2, K_1, K_2, S_1, S_2, D_1, D_2, G, C, F: positive integer; "
    "P_1, P_2: nonnegative integer; D_1*(K_1 - 1) < N_1 + 2*P_1; D_2*(K_2 - 1) < N_2 + 2*P_2; "
    "w: real indexed by 4; x: real indexed by 3"
)
BACK = (
    "M, K, S, D: positive integer; P, a: nonnegative integer; P <= D*(K - 1); a < S; M >= 1; "
    "2*P < S*(M - 1) + D*(K - 1) + 1; w, x: indexed real"
)

conv = Conv1d.symbolic()
# It leads back: its input is the output of the convolution.
up = conv.transposed(input="y")
strided = Conv1d(input_size=conv.input_size, kernel_size=conv.kernel_size, stride=conv.stride)
short = ConvTranspose1d(
    input_size=strided.output_size(), kernel_size=conv.kernel_size, stride=conv.stride
)
image = Conv2d.symbolic(channels=True)
image_up = image.transposed()
M, K, S, P, D, a = map(Symbol, ("M", "K", "S", "P", "D", "a"))
scattered = ConvTranspose1d(
    input_size=M, kernel_size=K, stride=S, padding=P, dilation=D, output_padding=a
)
direct = Conv1d(
    input_size=S * (M - 1) + 1,
    kernel_size=K,
    padding=Padding(D * (K - 1) - P, D * (K - 1) - P + a),
    dilation=D,
)


def between(place: Formula) -> Formula:
    """The input with ``S - 1`` zeros between neighbours, at a place."""
    i = Symbol("i")
    there = Bracket(Compare("=", place, S * i))
    return Sum(Index("x", (i,)) * there, "i", formula(0), M - 1)


def inner(family: str, values: Array, size: Formula) -> Formula:
    """The inner product of a family of numbers with a vector of that size."""
    [name] = values.variables
    return Sum(Index(family, (Symbol(name),)) * values.entry, name, formula(0), shifted(size, -1))


@claim(expect=Proved, given=FITS)
def gather_entry() -> Statement:
    r"""What the convolution reads, differentiated: tap $j$ stands in row $o$ at column
    $S o + D j - P$."""
    return Equation(conv.matrix(), conv.input_jacobian())


@claim(expect=Proved, given=FITS)
def scatter_entry() -> Statement:
    r"""What the transposed convolution writes, differentiated: tap $j$ stands in column $o$ at row
    $S o + D j - P$."""
    return Equation(up.matrix(), up.input_jacobian())


@claim(expect=Proved, given=FITS)
def transpose() -> Statement:
    r"""The Jacobian of the transposed convolution is the transposed Jacobian of the convolution,
    its output padding being $(N + 2P - D(K-1) - 1) \bmod S$."""
    return Equation(up.input_jacobian(), conv.input_jacobian().T)


@claim(
    expect=Refuted,
    given="N, K, S: positive integer; K <= N; w, x: indexed real",
    corrected_by="transpose",
)
def transpose_without_output_padding() -> Statement:
    """A near miss: without output padding, which is right where the stride divides the span."""
    return Equation(short.matrix(), strided.matrix().T)


@claim(expect=Proved, given=FITS)
def adjoint() -> Statement:
    r"""The same without matrices: $\langle y, W x\rangle = \langle W^\top y, x\rangle$ for all
    $x$ and $y$."""
    return Equation(
        inner("x", up.output(), conv.size("input_size")),
        inner("y", conv.output(), conv.output_size()),
    )


@claim(expect=Refuted, given=FITS, corrected_by="transpose")
def inverse() -> Statement:
    """A common belief: the transposed convolution undoes the convolution."""
    o, c = Symbol("o"), Symbol("c")
    value = Array((formula(conv.size("input_size")),), ("c",), Index("x", (c,)))
    gathered = Array((conv.output_size(),), ("o",), conv.forward(o))
    return Equation(Mul((up.matrix(), gathered)), value)


@claim(expect=Proved, given=FITS_2D)
def transpose_of_an_image() -> Statement:
    """In two dimensions, with any number of channels in any number of groups."""
    rows, columns = image.output_names(), image.input_names()
    jacobian = image.input_jacobian()
    turned = Array((*image.input_shape(), *image.output_shape()), (*columns, *rows), jacobian.entry)
    return Equation(image_up.input_jacobian(), turned)


@claim(
    expect=Refuted,
    given="N: positive integer; N >= 2; w: real indexed by 2",
    corrected_by="transpose_of_an_image",
)
def rotated_kernel() -> Statement:
    """A near miss: the transpose taken to hold the kernel rotated by half a turn."""
    small = Conv2d(input_size=Symbol("N"), kernel_size=2)
    taps, rows, columns = (tuple(map(Symbol, small.names(each))) for each in ("j", "o", "i"))
    hits = (
        axis.hit(i, o, j) for axis, i, o, j in zip(small.axes(), columns, rows, taps, strict=True)
    )
    entry = small.taps(mul((small.reversed_tap(*taps), *hits)))
    right = small.transposed_matrix()
    return Equation(Array(right.shape, right.variables, entry), right)


@claim(expect=Proved, given=BACK)
def as_a_convolution() -> Statement:
    """It is a convolution with stride 1 and the kernel read backwards, on the input with $S - 1$
    zeros between neighbours, padded by $D(K-1) - P$ and $a$ more at the end."""
    return Equation(direct.output(tap=direct.reversed_tap, signal=between), scattered.output())


@claim(
    expect=Refuted,
    given="M, K: positive integer; w, x: indexed real",
    corrected_by="as_a_convolution",
)
def as_a_convolution_not_reversed() -> Statement:
    """A near miss: the kernel is not read backwards."""
    up = ConvTranspose1d(input_size=M, kernel_size=K)
    return Equation(Conv1d(input_size=M, kernel_size=K, padding=K - 1).output(), up.output())


ONE_AXIS = Part(
    "1",
    "Show on one axis that the transposed convolution has the transposed matrix.",
    (
        Say(
            "relation",
            r"Both layers rest on one relation: window $o$ and position $i$ meet with tap $j$ "
            r"where $i = S o + D j - P$. The convolution reads along it, its transpose writes "
            r"along it. The positions at the end that no window reaches, "
            r"$(N + 2P - D(K-1) - 1) \bmod S$ of them, come back as output padding.",
        ),
        Box("matrix", "Differentiated with respect to their inputs:", transpose),
        Say("product", "The same as an equation between inner products:"),
        Show(adjoint),
    ),
)
IMAGES = Part(
    "2",
    "The same for images, with channels and groups.",
    (
        Say(
            "channels",
            r"Channels follow the same relation: with $G$ groups filter $f$ meets channel "
            r"$C \lfloor f/F \rfloor + a$. Nothing else changes.",
        ),
    ),
)
AS_CONVOLUTION = Part(
    "3",
    "Write the transposed convolution as a convolution with stride 1.",
    (
        Say(
            "zeros",
            r"Put $S - 1$ zeros between neighbours of the input and pad it by $D(K-1) - P$, with "
            r"$a$ more zeros at the end. Each output is then a window of it times the kernel, read "
            r"backwards.",
        ),
        Show(as_a_convolution),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="The transposed convolution",
        statement=(
            r"A convolution with a kernel of $K$ taps, stride $S$, padding $P$ and dilation $D$ "
            r"has the matrix $W$. What does the transposed convolution with the same numbers "
            r"compute?"
        ),
        notation=r"Sizes, numbers and kernels are arbitrary. Jacobians have a row for each output.",
        parts=(ONE_AXIS, IMAGES, AS_CONVOLUTION),
    ),
    claims=(
        gather_entry, scatter_entry, transpose, transpose_without_output_padding, adjoint, inverse,
        transpose_of_an_image, rotated_kernel, as_a_convolution, as_a_convolution_not_reversed,
    ),
)  # fmt: skip
