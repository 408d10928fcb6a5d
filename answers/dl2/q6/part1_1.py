"""dl2 Q6, part 1.1: the depthwise separable convolution beside the standard one."""

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
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import And, Compare, Formula, Index, Sum, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers import Conv2d
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.unfolding import Unfolding

N, K, c, o, p, q = map(Symbol, ("N", "K", "c", "o", "p", "q"))
C_in, C_out = Symbol("C_in"), Symbol("C_out")

# As the source counts: channels and taps from 1, windows from 0.
standard = Conv2d(
    input_size=N, kernel_size=K, in_channels=C_in, out_channels=C_out,
    weight="W", input="X", first=1,
)  # fmt: skip
grouped = Conv2d(
    input_size=N, kernel_size=K, in_channels=C_in, out_channels=C_in, groups=C_in,
    weight="D", input="X", first=1,
)  # fmt: skip
pointwise = Conv2d(
    input_size=N, kernel_size=1, in_channels=C_in, out_channels=C_out,
    weight="P", input="Z", first=1,
)  # fmt: skip
one_channel = Conv2d(input_size=N, kernel_size=K)
separable = SeparableConv2d.symbolic()
kernels = Unfolding(out_channels=C_out, in_channels=C_in, kernel_size=K)

SIZES = "C_in, C_out, K, N: positive integer; K <= N"
WINDOW = "p, q: nonnegative integer; p <= N - K; q <= N - K"
PIXEL = (
    "C_in, C_out, K: positive integer; o, c, a, b, p, q: nonnegative integer; c < C_in; a < K; "
    "b < K; x: indexed by 3 real"
)
FACTORS = "P: indexed by 2 real; D: indexed by 3 real"
COUNTS = "C_in, C_out, K, H', W': positive integer"
POSITIONS = (Symbol("H'"), Symbol("W'"))
JOINED = (
    "Sum(Sum(Sum(P[o,c]*D[c,u,v]*x[c,p + u,q + v], (v, 0, K - 1)), (u, 0, K - 1)), "
    "(c, 0, C_in - 1))"
)
BY_TAPS = (
    "Sum(Sum(Sum(P[o,c]*D[c,u,v]*x[c,p + u,q + v], (c, 0, C_in - 1)), (v, 0, K - 1)), "
    "(u, 0, K - 1))"
)
LAYERS = (
    "C_in, C_out, K: positive integer; o, p, q: nonnegative integer; x: indexed by 3 real; "
    f"{FACTORS}"
)


def at_pixel(output: Formula) -> Formula:
    """How much the pixel under tap (a, b) of channel c counts in an output at (p, q)."""
    return differentiate(output, Index("x", (c, p + Symbol("a"), q + Symbol("b"))))


@claim(
    expect=Proved,
    given=f"{SIZES}; {WINDOW}; i: integer in [1, C_out]; W: indexed by 4 real; "
    "X: indexed by 3 real",
    role="source",
    source=("dl2.q6.1.1.std",),
)
def standard_formula() -> Statement:
    """The standard convolution: output $i$ sums over all input channels and all taps."""
    return Equation(
        "Sum(Sum(Sum(W[i,j,u,v]*X[j,p + u,q + v], (v, 1, K)), (u, 1, K)), (j, 1, C_in))",
        standard.forward(Symbol("i") - 1, p, q),
    )


@claim(
    expect=Proved,
    given=f"{PIXEL}; W: indexed by 4 real",
    role="source",
    source=("dl2.q6.1.1.std-mix",),
)
def every_weight_its_own() -> Statement:
    """The standard layer mixes channels and filters space at once: in every output, each pixel of
    the window in each channel has a weight of its own."""
    return Equation("W[o,c,a,b]", at_pixel(separable.standard(o, p, q)))


@claim(
    expect=Proved,
    given=f"{SIZES}; {WINDOW}; o: nonnegative integer; o < C_out; W: indexed by 4 real; "
    "x: indexed by 3 real",
    role="source",
    source=("dl2.q6.1.1.std-kernels",),
)
def filter_of_kernels() -> Statement:
    r"""A filter of the standard layer consists of $C_{\mathrm{in}}$ kernels of size $K \times K$:
    its output is the sum of $C_{\mathrm{in}}$ convolutions of one channel each."""
    alone = one_channel.forward(
        p,
        q,
        tap=lambda u, v: Index("W", (o, c, u, v)),
        signal=lambda row, column: Index("x", (c, row, column)),
    )
    return Equation(Sum(alone, "c", formula(0), C_in - 1), separable.standard(o, p, q))


@claim(
    expect=Proved,
    given=f"{SIZES}; {WINDOW}; D: indexed by 4 real; X: indexed by 3 real; j: integer in [1, C_in]",
    role="source",
    source=("dl2.q6.1.1.dw",),
)
def depthwise_formula() -> Statement:
    r"""The depthwise step is the convolution with $C_{\mathrm{in}}$ groups: channel $j$ meets its
    own kernel and no other channel."""
    return Equation(
        "Sum(Sum(D[j,1,u,v]*X[j,p + u,q + v], (v, 1, K)), (u, 1, K))",
        grouped.forward(Symbol("j") - 1, p, q),
    )


@claim(expect=Proved, given=f"{PIXEL}; {FACTORS}; o < C_in")
def depthwise_keeps_channels_apart() -> Statement:
    """After the depthwise step, channel $o$ depends on no other channel than $o$."""
    return Equation("D[c,a,b]*Bracket(o = c)", at_pixel(separable.depthwise(o, p, q)))


@claim(
    expect=Proved,
    given="C_in, C_out, N: positive integer; p, q: nonnegative integer; p < N; q < N; "
    "P: indexed by 4 real; Z: indexed by 3 real; i: integer in [1, C_out]",
    role="source",
    source=("dl2.q6.1.1.pw",),
)
def pointwise_formula() -> Statement:
    r"""The pointwise step is a $1 \times 1$ convolution: it mixes the channels at one position."""
    return Equation(
        "Sum(P[i,j,1,1]*Z[j,p + 1,q + 1], (j, 1, C_in))",
        pointwise.forward(Symbol("i") - 1, p, q),
    )


@claim(
    expect=Proved,
    given=LAYERS,
    role="source",
    source=("dl2.q6.1.1.compose", "dl2.q6.1.1.question"),
)
def two_steps_are_one() -> Statement:
    """Both steps together are a standard convolution with the kernel $P_{oc} D_{c u v}$."""
    return Equation(JOINED, separable.forward(o, p, q))


@claim(
    expect=Refuted,
    given=f"u, v: nonnegative integer; {FACTORS}",
    corrected_by="two_steps_are_one",
)
def kernel_of_the_output() -> Statement:
    """A near miss: the spatial kernel belongs to the output channel (output 0, input 1)."""
    return Equation("P[0,1]*D[0,u,v]", separable.kernel(0, 1, Symbol("u"), Symbol("v")))


@claim(
    expect=Proved, given=LAYERS
)  # fmt: skip
def separable_derivation() -> Statement:
    """From the two steps to one convolution."""
    return Derivation(
        separable.forward(o, p, q),
        (
            Link(JOINED, "the mixing weight moves under the inner sums"),
            Link(BY_TAPS, "the sums may be swapped: each tap holds one matrix of channels"),
        ),
    )


@claim(
    expect=HoldsUnder,
    given=COUNTS,
    needs="K >= 2; C_out >= 2",
    role="source",
    source=("dl2.q6.1.1.fewer",),
)
def fewer_operations_and_parameters() -> Statement:
    """Splitting the layer saves operations and parameters. With one tap or one output channel it
    does not: there is nothing to split. How much it saves is the subject of part 1.3."""
    return Relation(
        And(
            (
                Compare("<", separable.macs(POSITIONS), separable.standard_macs(POSITIONS)),
                Compare("<", separable.parameters(), separable.standard_parameters()),
            )
        )
    )


@claim(
    expect=HoldsUnder,
    given="C_in, C_out, K: positive integer",
    needs="K >= 2; C_out >= 2",
    role="source",
    source=("dl2.q6.1.1.similar",),
)
def standard_layer_is_richer() -> Statement:
    r"""The standard layer has the wider choice of functions: its kernels have more free numbers
    than the separable ones. (Each channel's share of a separable kernel is a matrix of rank 1, with
    $K^2 + C_{\mathrm{out}} - 1$ free numbers.)"""
    narrow, wide = kernels.dimensions()
    return Relation(Compare("<", narrow, wide))


def two_layers() -> Graph:
    """Three channels: every kernel of a standard layer, and the two steps of a separable one."""
    rows = (0.0, 1.3, 2.6)
    columns = (("x", 0.0, None), ("y", 4.0, 0), ("i", 7.5, None), ("z", 11.0, 1), ("w", 14.5, 2))
    names = {"x": "x", "y": "y", "i": "x", "z": "z", "w": "y"}
    nodes = [
        Node(f"{key}{row}", f"{names[key]}_{row}", x, y, width=1.0, colour=colour)
        for key, x, colour in columns
        for row, y in enumerate(rows)
    ]
    every = [(row, other) for row in range(3) for other in range(3)]
    edges = [Edge(f"x{a}", f"y{b}") for a, b in every]
    edges += [Edge(f"i{a}", f"z{a}", label=r"K \times K") for a in range(3)]
    edges += [Edge(f"z{a}", f"w{b}", dashed=True) for a, b in every]
    return Graph(tuple(nodes), tuple(edges))


PART = Part(
    "1.1",
    "Explain the depthwise separable convolution mathematically, in comparison with the standard "
    "one.",
    (
        Say(
            "standard_layer",
            r"A standard convolution does two things in one step. Its output $o$ at position "
            r"$(p, q)$ adds up $W_{o c u v}\, x_{c, p+u, q+v}$ over all channels $c$ and all taps "
            r"$(u, v)$: it filters space and mixes channels, with a kernel of $K \times K$ numbers "
            r"for every pair of an input and an output channel.",
        ),
        Say(
            "separable_layer",
            r"The separable layer does one after the other. Depthwise: each channel is filtered "
            r"by one kernel $D_c$ of its own. Pointwise: at each position a matrix $P$ mixes the "
            r"filtered channels.",
        ),
        Figure(
            "two_layers",
            r"Left: in a standard layer each arrow is a kernel of $K \times K$ weights. Right: in "
            r"a separable layer only the three solid arrows are; each dashed arrow is one number.",
            two_layers(),
        ),
        Show(separable_derivation),
        Box(
            "factored_kernel",
            r"A depthwise separable convolution is a standard convolution whose kernel is a "
            r"product: $W_{o c u v} = P_{o c}\, D_{c u v}$.",
        ),
        Say(
            "what_is_opinion",
            r"So each separable layer is a standard layer, and not the other way round. That the "
            r"smaller choice often performs alike is an observation about trained networks, not a "
            r"theorem.",
        ),
    ),
)

CLAIMS = (
    standard_formula, every_weight_its_own, filter_of_kernels, depthwise_formula,
    depthwise_keeps_channels_apart, pointwise_formula, two_steps_are_one, kernel_of_the_output,
    separable_derivation, fewer_operations_and_parameters, standard_layer_is_richer,
)  # fmt: skip
