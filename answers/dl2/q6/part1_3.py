"""dl2 Q6, part 1.3: what a separable convolution costs, and what it gives up for that."""

from __future__ import annotations

from fractions import Fraction

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    Exhibit,
    HoldsUnder,
    Implies,
    Limit,
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
from symcnn.formula import And, Compare, Index, Rational, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.sizes import over

K, C_in, C_out = Symbol("K"), Symbol("C_in"), Symbol("C_out")
c, o, p, q, f = map(Symbol, ("c", "o", "p", "q", "f"))

# Z zeros on each side of the input; f operations in a multiply-accumulate, 1 or 2.
layer = SeparableConv2d(
    in_channels=C_in, out_channels=C_out, kernel_size=K,
    input_size=(Symbol("H"), Symbol("W")), padding=Symbol("Z"),
)  # fmt: skip
SIZES = "H, W, C_in, C_out, K: positive integer; Z: nonnegative integer; K <= H; K <= W"
CONVENTIONS = SIZES + "; f: integer in [1, 2]"
ANY_OUTPUT = "H', W', C_in, C_out, K: positive integer"
POSITIONS = (Symbol("H'"), Symbol("W'"))
AS_MACS = "f = 1; 2*Z = K - 1"
CHANNELS = "C_in, C_out, K: positive integer"
TIMES, SHARE = Rational(Fraction("7.6"), 1), Rational(Fraction("0.13"), 2)


@claim(
    expect=HoldsUnder, given=CONVENTIONS, needs=AS_MACS, role="source",
    source=("dl2.q6.1.3.flops.std",),
)  # fmt: skip
def cost_of_the_standard_layer() -> Statement:
    r"""The standard layer takes $H W C_{\mathrm{out}} C_{\mathrm{in}} K^2$ operations: as MACs ($f
    = 1$), and where $H \times W$ is the size of the output too, as the padding $Z = (K-1)/2$ makes
    it."""
    return Equation("H*W*C_out*C_in*K^2", f * layer.standard_macs())


@claim(
    expect=HoldsUnder, given=CONVENTIONS, needs=AS_MACS, role="source",
    source=("dl2.q6.1.3.flops.dw",),
)  # fmt: skip
def cost_of_the_depthwise_step() -> Statement:
    r"""The depthwise step takes $H W C_{\mathrm{in}} K^2$ operations, under the same two
    conventions: they are counted as MACs, and the output has the size of the input. The sentence
    stays the same once they are spoken."""
    return Equation("H*W*C_in*K^2", f * layer.depthwise_macs())


@claim(
    expect=HoldsUnder, given=CONVENTIONS, needs=AS_MACS, role="source",
    source=("dl2.q6.1.3.flops.pw",),
)  # fmt: skip
def cost_of_the_pointwise_step() -> Statement:
    r"""The pointwise step takes $H W C_{\mathrm{in}} C_{\mathrm{out}}$ operations, under the same
    two conventions."""
    return Equation("H*W*C_in*C_out", f * layer.pointwise_macs())


@claim(
    expect=HoldsUnder, given=CONVENTIONS, needs=AS_MACS, role="source",
    source=("dl2.q6.1.3.flops.sep",),
)  # fmt: skip
def cost_of_both_steps() -> Statement:
    r"""Both together take $H W C_{\mathrm{in}} (K^2 + C_{\mathrm{out}})$ operations, under the same
    conventions."""
    return Equation("H*W*C_in*(K^2 + C_out)", f * layer.macs())


@claim(expect=Proved, given=ANY_OUTPUT, role="source", source=("dl2.q6.1.3.ratio",))
def ratio_of_costs() -> Statement:
    """The ratio of the costs. It depends on no convention: positions and factors cancel."""
    return Derivation(
        layer.ratio(POSITIONS),
        (
            Link("C_in*(K^2 + C_out)/(C_out*C_in*K^2)", "cancel the output positions"),
            Link("(K^2 + C_out)/(K^2*C_out)", r"cancel $C_{\mathrm{in}}$"),
        ),
    )


@claim(expect=Proved, given=ANY_OUTPUT, role="source", source=("dl2.q6.1.3.question",))
def ratio_closed() -> Statement:
    r"""The separable layer costs $1/C_{\mathrm{out}} + 1/K^2$ of the standard one, for every input
    size, every stride and padding and any number of input channels."""
    return Equation("1/C_out + 1/K^2", layer.ratio(POSITIONS))


@claim(expect=Refuted, given=ANY_OUTPUT, corrected_by="ratio_closed")
def ratio_of_the_input() -> Statement:
    """A near miss: input channels in the place of output channels."""
    return Equation("1/C_in + 1/K^2", layer.ratio(POSITIONS))


@claim(expect=Proved, role="source", source=("dl2.q6.1.3.example",))
def example_with_fifty_outputs() -> Statement:
    r"""Read as $K = 3$ and $C_{\mathrm{out}} = 50$, the separable layer has 1/7.6, about 13 %, of
    the operations."""
    small = SeparableConv2d(in_channels=1, out_channels=50, kernel_size=3, input_size=3)
    part = small.closed_ratio()
    return Relation(And((Compare("~", 1 / part, TIMES), Compare("~", part, SHARE))))


@claim(
    expect=Refuted, given="C_out: positive integer", role="source",
    source=("dl2.q6.1.3.example",), corrected_by="fifty_taps_never_do",
)  # fmt: skip
def example_with_fifty_taps() -> Statement:
    """Read as printed, with $K = 50$, the layer has 1/7.6 of the operations."""
    return Relation("1/(1/C_out + 1/50^2) ~ 7.6")


@claim(expect=Proved, given="C_out: positive integer")
def fifty_taps_never_do() -> Statement:
    """With $K = 50$ no number of output channels gives 1/7.6."""
    return Relation("not (1/(1/C_out + 1/50^2) ~ 7.6)")


@claim(expect=Proved, given="K, C_out: positive integer", role="source",
       source=("dl2.q6.1.3.limit",))  # fmt: skip
def limit_of_many_outputs() -> Statement:
    r"""With many more outputs than taps, $C_{\mathrm{out}} \gg K^2$, the ratio tends to $1/K^2$."""
    return Limit(layer.closed_ratio(), "C_out", "infinity", "1/K^2")


@claim(expect=Proved)
def limit_for_three() -> Statement:
    """For $K = 3$ that is about 11 %."""
    return Relation("1/3^2 ~ 0.11")


@claim(
    expect=HoldsUnder,
    given="K, C_out: positive integer",
    needs="K >= 2; C_out >= 2",
    role="source",
    source=("dl2.q6.1.3.reduction",),
)
def cost_is_reduced() -> Statement:
    """The cost is reduced: the ratio is below 1. With one tap or one output channel it is not."""
    return Relation(Compare("<", layer.closed_ratio(), 1))


@claim(expect=Proved, given="K: integer >= 3; C_out: integer >= 9")
def reduction_from_three_on() -> Statement:
    """The saving is significant for the usual sizes: from $K = 3$ and nine outputs on, at most 2/9
    of the cost are left."""
    return Relation(Compare("<=", layer.closed_ratio(), formula(2) / 9))


@claim(expect=Proved, given=CHANNELS, role="source", source=("dl2.q6.1.3.params.std",))
def weights_of_the_standard_layer() -> Statement:
    r"""The standard layer has $C_{\mathrm{out}} C_{\mathrm{in}} K^2$ weights: one for each output,
    input and tap."""
    ranges = (("o", C_out), ("c", C_in), ("u", K), ("v", K))
    return Equation("C_out*C_in*K^2", over(formula(1), *ranges))


@claim(expect=Proved, given=CHANNELS, role="source", source=("dl2.q6.1.3.params.sep",))
def weights_of_the_separable_layer() -> Statement:
    r"""The separable layer has $C_{\mathrm{in}} K^2 + C_{\mathrm{in}} C_{\mathrm{out}}$ weights:
    one for each channel and tap, and one for each output and input."""
    depthwise = over(formula(1), ("c", C_in), ("u", K), ("v", K))
    pointwise = over(formula(1), ("o", C_out), ("c", C_in))
    return Equation("C_in*K^2 + C_in*C_out", depthwise + pointwise)


@claim(expect=Proved, given=CHANNELS)
def weights_in_the_same_ratio() -> Statement:
    """Weights shrink by the same factor as operations."""
    return Equation(layer.parameters() / layer.standard_parameters(), layer.closed_ratio())


@claim(
    expect=Proved,
    given="C_in, C_out, K: positive integer; o, c, a, b, p, q: nonnegative integer; c < C_in; "
    "a < K; b < K; P: indexed by 2 real; D, x: indexed by 3 real",
    role="source",
    source=("dl2.q6.1.3.shared",),
)
def one_spatial_kernel_a_channel() -> Statement:
    """All outputs share one spatial kernel for each input channel and only scale it: the pixel
    under tap $(a, b)$ of channel $c$ counts $P_{oc} D_{cab}$ in output $o$."""
    bare = SeparableConv2d.symbolic()
    pixel = Index("x", (c, p + Symbol("a"), q + Symbol("b")))
    return Equation("P[o,c]*D[c,a,b]", differentiate(bare.forward(o, p, q), pixel))


@claim(
    expect=Proved,
    given="P, D: indexed real",
    role="source",
    source=("dl2.q6.1.3.expressivity", "dl2.q6.1.3.entangled"),
)
def some_kernels_need_several_layers() -> Statement:
    """The separable layer represents less. One input channel, two outputs, two taps: no single
    separable layer lets the first output read the first pixel alone and the second output the
    second one, a kernel whose share has rank 2."""
    return Relation("not (P[0]*D[0] = 1 and P[0]*D[1] = 0 and P[1]*D[0] = 0 and P[1]*D[1] = 1)")


@claim(
    expect=Proved,
    given="C_out: positive integer; o, c, u, v: nonnegative integer; o < C_out; "
    "W: indexed by 4 real",
)
def a_branch_for_each_output() -> Statement:
    r"""$C_{\mathrm{out}}$ separable layers side by side always suffice: branch $k$ writes output
    $k$ alone, with the kernels of that output."""
    return Equation("Sum(Bracket(o = k)*W[k,c,u,v], (k, 0, C_out - 1))", "W[o,c,u,v]")


@claim(
    expect=Proved,
    given="K: positive integer; o, c, u, v: nonnegative integer; u < K; v < K; "
    "W: indexed by 4 real",
)
def a_branch_for_each_tap() -> Statement:
    """So do $K^2$ of them: the branch of tap $(s, t)$ shifts the image and mixes its channels with
    the weights of that tap."""
    return Equation(
        "Sum(Sum(W[o,c,s,t]*Bracket(s = u and t = v), (t, 0, K - 1)), (s, 0, K - 1))",
        "W[o,c,u,v]",
    )


@claim(
    expect=HoldsUnder,
    given="c, d: nonnegative integer; u, w, f, g: indexed real",
    needs="d = c",
    role="source",
    source=("dl2.q6.1.3.lowrank",),
)
def separable_is_of_low_rank() -> Statement:
    """A separable kernel is of low rank: for two outputs with mixing weights $u$ and $w$, and two
    taps with depthwise weights $f$ and $g$, the minors vanish, so the rank is at most 1. This is
    said of the matrix of one input channel ($d = c$), and stays the same sentence once that is
    spoken. In the unfolding with all channels side by side the rank need not be low."""
    return Equation("u[c]*f[c]*w[d]*g[d]", "u[d]*g[d]*w[c]*f[c]")


@claim(expect=Proved, given="P: matrix 2 x 2; B: matrix 2 x 4")
def unfolding_of_full_rank() -> Statement:
    """Two outputs, two channels with the kernels $(1, 2)$ and $(1, -1)$: the unfolding $P B$ of
    this separable kernel has full rank 2, its two blocks have rank 1."""
    return Exhibit(
        (
            ("P", "Matrix([[1, 1], [1, -1]])"),
            ("B", "Matrix([[1, 2, 0, 0], [0, 0, 1, -1]])"),
        ),
        (
            "P*B = Matrix([[1, 2, 1, -1], [1, 2, -1, 1]])",
            "det(Matrix([[1, 2], [1, 2]])) = 0",
            "det(Matrix([[1, -1], [-1, 1]])) = 0",
            "det(Matrix([[1, 1], [1, -1]])) != 0",
        ),
    )


@claim(
    expect=Proved, given="r, K, C_out: positive integer", role="source",
    source=("dl2.q6.1.3.stack",),
)  # fmt: skip
def several_branches_may_be_cheaper() -> Statement:
    r"""Several separable layers can do the work at lower cost: $r$ of them side by side are cheaper
    than the standard layer as long as $r < K^2 C_{\mathrm{out}}/(K^2 + C_{\mathrm{out}})$."""
    return Implies("r < K^2*C_out/(K^2 + C_out)", "r*(1/C_out + 1/K^2) < 1")


@claim(expect=Proved)
def seven_branches() -> Statement:
    r"""For $K = 3$ and $C_{\mathrm{out}} = 50$: seven branches are cheaper, eight are not."""
    return Relation("7*(1/50 + 1/9) < 1 and 1 < 8*(1/50 + 1/9)")


@claim(expect=Proved)
def share_of_the_first_term() -> Statement:
    r"""How far a kernel factorises can be measured, as $\sigma_1^2/(\sigma_1^2 + \sigma_2^2 +
    \dots)$ for each channel: in the example of part 1.2 the first term has nine tenths of the
    whole."""
    return Equation("9/10", "(3*sqrt(5))^2/(3^2 + 0^2 + 4^2 + 5^2)")


PART = Part(
    "1.3",
    r"By which factor does a separable convolution reduce the operations of a standard one, for "
    r"an input of $H \times W$, $C_{\mathrm{in}}$ and $C_{\mathrm{out}}$ channels and $K \times "
    r"K$ taps? Is there a conflict between capacity and cost?",
    (
        Say(
            "count",
            r"Count MACs at output positions, $H' \times W'$ of them. The standard layer takes "
            r"$H' W' C_{\mathrm{out}} C_{\mathrm{in}} K^2$, the depthwise step $H' W' "
            r"C_{\mathrm{in}} K^2$, the pointwise step $H' W' C_{\mathrm{in}} C_{\mathrm{out}}$. "
            r"With padding $(K-1)/2$ and stride 1 the output has the size of the input; whoever "
            r"counts additions too doubles all three.",
        ),
        Show(ratio_of_costs),
        Box("ratio", "Hence the ratio of the costs, and of the weights, is", ratio_closed),
        Say(
            "example_ratio",
            r"For $K = 3$ and $C_{\mathrm{out}} = 50$ it is $\tfrac1{50} + \tfrac19 = "
            r"\tfrac{59}{450}$, about 13 %, a factor of 7.6. However many outputs there are, it "
            r"never falls below $\tfrac1{K^2}$: the pointwise step remains.",
        ),
        Say(
            "capacity",
            r"Cost and capacity do conflict. For each input channel a standard layer is free to "
            r"choose a matrix of $C_{\mathrm{out}} \times K^2$ weights; a separable layer is held "
            r"to matrices of rank 1. What has a higher rank takes several layers:",
        ),
        Show(some_kernels_need_several_layers),
        Say(
            "branches",
            r"A share of rank $r$ is the sum of $r$ separable branches, and $\min(K^2, "
            r"C_{\mathrm{out}})$ branches always suffice. For $K = 3$ and $C_{\mathrm{out}} = 50$ "
            r"seven of them are still cheaper than the standard layer.",
        ),
        Say(
            "observation",
            r"How much accuracy a network loses by all this is an observation, not a consequence: "
            r"MobileNet and Xception are said to lose little. Nor does a separable layer "
            r"approximate a given standard one: it is trained by itself.",
        ),
    ),
)

CLAIMS = (
    cost_of_the_standard_layer, cost_of_the_depthwise_step, cost_of_the_pointwise_step,
    cost_of_both_steps, ratio_of_costs, ratio_closed, ratio_of_the_input,
    example_with_fifty_outputs, example_with_fifty_taps, fifty_taps_never_do,
    limit_of_many_outputs, limit_for_three, cost_is_reduced, reduction_from_three_on,
    weights_of_the_standard_layer, weights_of_the_separable_layer, weights_in_the_same_ratio,
    one_spatial_kernel_a_channel, some_kernels_need_several_layers, a_branch_for_each_output,
    a_branch_for_each_tap, separable_is_of_low_rank, unfolding_of_full_rank,
    several_branches_may_be_cheaper, seven_branches, share_of_the_first_term,
)  # fmt: skip
