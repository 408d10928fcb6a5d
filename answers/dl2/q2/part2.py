"""dl2 Q2, part 2: which thresholds can be met, what that costs, and the cheapest network."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Equation,
    HoldsUnder,
    Implies,
    Limit,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import And, Bracket, Call, Compare, Formula, Symbol, formula, table
from symcnn.formula.differentiate import differentiate
from symcnn.layers import IndexRelation
from symcnn.layers.counts import conv_macs
from symcnn.layers.receptive_field import ReceptiveField
from symcnn.networks import Conv2d, Sequential

C_IN, C_OUT, J, L, M, N, Q, R, T, d, k, n, s = map(
    Symbol, "C_in C_out J L M N Q R T d k n s".split()
)
SIZES = "R, J, M: positive integer"
LAYER = "M, k, d, s, C_in, C_out: positive integer; d*(k - 1) < M"
ODD = "M, n, d, C_in, C_out: positive integer"
RAISED = (
    "R, R', J, J', N, N', d, d', s, s', k: positive integer; R <= R'; J <= J'; "
    "d <= d'; s <= s'; N' <= N; d'*(k - 1) < N'"
)
# Equal kernels; stride s and dilation d in the first layer, 1 in all others; no pixel left over.
CHEAPEST = "L, M, Q, k, s, d: positive integer; M = 1 + (k - 1)*d + s*(Q + (L - 1)*(k - 1) - 1)"

# What layer l of L has at least, if the last one has Q outputs a side.
SMALLEST = Q + (L - Symbol("l")) * (k - 1)


def conv(kernel: Formula, **numbers: Formula) -> Conv2d:
    """A layer of the network, without bias."""
    return Conv2d(C_IN, C_OUT, kernel, bias=False, **numbers)


def same() -> Conv2d:
    """A layer with kernels of 2 n + 1 taps and dilation d, whose padding keeps the size."""
    return conv(2 * n + 1, dilation=d, padding=d * n)


def left_over(size: Formula) -> Formula:
    """How many outputs a side there are, where their fields have this size and the jump J."""
    return Call("floor", ((M - size) / J,)) + 1


def primed(name: str) -> Symbol:
    """The number after dilations and strides have been raised."""
    return Symbol(f"{name}'")


def pair(first_dilation: int, kernel: int) -> Sequential:
    """Two layers with one channel and stride 1; only the first one is dilated."""
    return Sequential(
        Conv2d(1, 1, kernel, dilation=first_dilation, bias=False), Conv2d(1, 1, kernel, bias=False)
    )


@claim(expect=Proved, given=f"{SIZES}; k, d, s: positive integer")
def outputs_of_the_stack() -> Statement:
    r"""Layers with the field $R$ and the jump $J$ leave $\lfloor (M-R)/J \rfloor + 1$ outputs a
    side: where this holds before a layer, it holds behind it."""
    layer = IndexRelation.gather(left_over(R), k, stride=s, dilation=d)
    return Equation("floor((M - (R + (k - 1)*d*J))/(J*s)) + 1", layer.outputs)


@claim(expect=Refuted, given=f"{SIZES}; k, d, s: positive integer",
       corrected_by="outputs_of_the_stack")  # fmt: skip
def outputs_one_too_few() -> Statement:
    """A near miss: the first output is forgotten."""
    layer = IndexRelation.gather(left_over(R), k, stride=s, dilation=d)
    return Equation("floor((M - (R + (k - 1)*d*J))/(J*s))", layer.outputs)


@claim(expect=Proved, given=SIZES, role="source", source=("dl2.q2.feasible",))
def an_output_exists() -> Statement:
    r"""What can be met without padding: an output exists exactly where $R_L \le M$."""
    return Equation("Bracket(R <= M)", Bracket(Compare(">=", left_over(R), 1)))


@claim(expect=Proved, given="R, M: positive integer; T: positive real")
def thresholds_below_one() -> Statement:
    """Without padding only thresholds below 1 can be exceeded."""
    return Implies("R/M > T and R <= M", "T < 1")


@claim(
    expect=HoldsUnder, given="R, M: positive integer; T: positive real", needs="R != T*M",
    role="source", source=("dl2.q2.threshold",),
)  # fmt: skip
def threshold() -> Statement:
    r"""The condition $R_L \ge T M$ makes the relative receptive field larger than $T$. It does so
    where the threshold is not met exactly; the question asks for $R_L > T M$."""
    return Implies("R >= T*M", "R/M > T")


@claim(expect=Proved, given="M, n, d: positive integer")
def same_size() -> Statement:
    r"""A kernel of $2n + 1$ taps with padding $d n$ keeps the size $M$ for every dilation $d$."""
    return Equation(M, IndexRelation.gather(M, 2 * n + 1, dilation=d, padding=d * n).outputs)


@claim(expect=Proved, given="M, n, d: positive integer; T: positive real")
def threshold_above_one() -> Statement:
    r"""So with padding one layer exceeds every threshold $T$, also above 1, from $d = T M$ on."""
    return Implies("d >= T*M", "1 + 2*n*d > T*M")


@claim(
    expect=Refuted, given=ODD, role="source", source=("dl2.q2.flops-d",),
    corrected_by="cost_with_same_padding",
)  # fmt: skip
def cost_by_dilation() -> Statement:
    r"""The cost of a layer is of the order $d^2 k^2$: with padding that keeps the size, and
    $k = 2n + 1$."""
    return Equation("M^2*C_in*C_out*d^2*(2*n + 1)^2", same().macs((C_IN, M, M)))


@claim(expect=Proved, given=ODD)
def cost_with_same_padding() -> Statement:
    """With padding that keeps the size the cost does not depend on the dilation."""
    return Equation("M^2*C_in*C_out*(2*n + 1)^2", same().macs((C_IN, M, M)))


@claim(expect=Proved, given=ODD)
def not_of_that_order() -> Statement:
    r"""Divided by $d^2 k^2$ the cost tends to 0 as the dilation grows."""
    cost = same().macs((C_IN, M, M))
    return Limit(cost / (d**2 * (2 * n + 1) ** 2), "d", "infinity", 0)


@claim(
    expect=HoldsUnder, given=LAYER, needs="s divides M - d*(k - 1)", role="source",
    source=("dl2.q2.flops-s",),
)  # fmt: skip
def cost_by_stride() -> Statement:
    r"""The cost of a layer falls like $1/s^2$. It does so where the stride divides the number of
    outputs that stride 1 would leave."""
    cost = conv(k, dilation=d, stride=s).macs((C_IN, M, M))
    return Equation("(M - d*(k - 1))^2*C_in*C_out*k^2/s^2", cost)


@claim(expect=Proved, given=LAYER)
def rounding_of_the_stride() -> Statement:
    """Otherwise the stride leaves more than its share, but less than one output more."""
    outputs = IndexRelation.gather(M, k, stride=s, dilation=d).outputs
    share = (M - d * (k - 1)) / s
    return Relation(And((Compare("<=", share, outputs), Compare("<", outputs, share + 1))))


@claim(expect=Proved, given="M, s, t: positive integer")
def later_layers_shrink_too() -> Statement:
    r"""With padding that keeps the size at stride 1, strides $s$ and $t$ leave
    $\lceil M/(st) \rceil$ outputs: a stride thins out all layers behind it too."""
    return Equation("ceil(M/(s*t))", "ceil(ceil(M/s)/t)")


@claim(expect=Proved, given=RAISED, role="source", source=("dl2.q2.question.optimal",))
def raising_never_hurts() -> Statement:
    """The conditions for the optimum: raising dilations or strides (primes mark what is raised or
    follows from it) never lowers the field and the jump, and never raises the number of outputs of
    a layer, with which its cost falls."""
    before = ReceptiveField(R, J, formula(0))
    layer = IndexRelation.gather(N, k, stride=s, dilation=d)
    higher = ReceptiveField(primed("R"), primed("J"), formula(0))
    raised = IndexRelation.gather(primed("N"), k, stride=primed("s"), dilation=primed("d"))
    field, larger = before.behind(layer), higher.behind(raised)
    return Relation(
        And(
            (
                Compare("<=", field.size, larger.size),
                Compare("<=", field.jump, larger.jump),
                Compare("<=", raised.outputs, layer.outputs),
            )
        )
    )


@claim(expect=Proved, given="N, N', k, C_in, C_out: positive integer; N' <= N")
def fewer_outputs_fewer_macs() -> Statement:
    """Fewer outputs a side never cost more MACs."""
    cost, less = (conv_macs(size, C_IN, C_OUT, k) for size in (N, primed("N")))
    return Relation(Compare("<=", less, cost))


@claim(expect=Proved, given="Q, L, N, k, d, s, l: positive integer; d*(k - 1) < N; l <= L")
def smallest_maps() -> Statement:
    r"""What stops them: where layer $l$ of $L$ has at least $Q + (L-l)(k-1)$ outputs a side, the
    layer before has at least $k - 1$ more."""
    outputs = IndexRelation.gather(N, k, stride=s, dilation=d).outputs
    return Implies(Compare(">=", outputs, SMALLEST), "N >= Q + (L - l + 1)*(k - 1)")


@claim(expect=Proved, given=CHEAPEST)
def cheapest_first_map() -> Statement:
    r"""The smallest map behind the first layer, $Q + (L-1)(k-1)$ a side, is reached where its
    stride $s$ and dilation $d$ use up the input."""
    return Equation("Q + (L - 1)*(k - 1)", IndexRelation.gather(M, k, stride=s, dilation=d).outputs)


@claim(expect=Proved, given=CHEAPEST)
def field_of_the_cheapest() -> Statement:
    r"""These networks have the field $M - s(Q-1)$."""
    return Equation("M - s*(Q - 1)", "1 + (k - 1)*d + Sum((k - 1)*s, (l, 2, L))")


@claim(expect=Proved, given="J, Q, R, M: positive integer")
def resolution() -> Statement:
    r"""At least $Q \times Q$ outputs are left exactly where $R_L \le M - J_L(Q-1)$."""
    return Equation("Bracket(R <= M - J*(Q - 1))", Bracket(Compare(">=", left_over(R), Q)))


@claim(expect=Proved, given="M, s: positive integer; Q: integer >= 2; T: real in (0, 1)")
def stride_of_the_optimum() -> Statement:
    r"""With at least $Q \times Q$ outputs the threshold limits the stride of the cheapest."""
    return Equation("Bracket(M - s*(Q - 1) > T*M)", "Bracket(s < (1 - T)*M/(Q - 1))")


@claim(
    expect=Proved,
    given="R, J, M, C_in, C_out: positive integer; k: integer >= 2; lambda: real; "
    "T, d: positive real",
)
def multiplier_vanishes() -> Statement:
    r"""With padding that keeps the size, the Lagrange function's derivative by a dilation vanishes
    only where the multiplier $\lambda$ of the threshold does."""
    lagrange = M**2 * C_IN * C_OUT * k**2 - Symbol("lambda") * (R + (k - 1) * d * J - T * M)
    return Implies(Compare("=", differentiate(lagrange, d), 0), "lambda = 0")


@claim(expect=Proved)
def example_costs(k: int, M: int) -> Statement:
    """The example: fields and MACs of two layers, for three dilations of the first one."""
    half = (M // 2 - k + 1) // (k - 1)
    rows, true = [], []
    for gap in (1, half, (M - k) // (k - 1)):
        first, second = M - (k - 1) * gap, M - (k - 1) * (gap + 1)
        rows.append(f"[1 + {k - 1}*({gap} + 1), {k}^2*({first}^2 + {second}^2)]")
        shape = (1, M, M)
        true.append([pair(gap, k).receptive_field(shape).size, pair(gap, k).macs(shape)])
    return Equation(f"Matrix([{', '.join(rows)}])", table(true))


PART = Part(
    "2",
    r"The relative receptive field has to exceed a threshold $T$, at the lowest cost in FLOPs. "
    r"Which conditions hold for the best $d_l$ and $s_l$?",
    (
        Say(
            "outputs",
            r"An output exists where its whole field lies in the input. Layer by layer the number "
            r"of outputs a side is $\lfloor (M - R_L)/J_L \rfloor + 1$, and that is at least 1 "
            r"exactly where $R_L \le M$. So the question makes sense for $T < 1$, and it reads",
        ),
        Box(
            "problem",
            r"Minimise $\sum_l N_l^2 k_l^2 C_{l-1} C_l$ subject to $T M < R_L \le M$, where "
            r"$N_l$ is the number of outputs of layer $l$ a side and $C_l$ that of its channels.",
        ),
        Say(
            "above",
            r"With padding $d n$ a kernel of $2n + 1$ taps keeps the size. Then every $T$ can be "
            r"exceeded, but a field larger than the input holds nothing new: beyond $T = 1$ one "
            r"asks for zeros.",
        ),
        Show(same_size),
        Say(
            "cost",
            r"What does dilation cost? Each output takes $k^2 C_{in} C_{out}$ MACs, whatever $d$ "
            r"is. Without padding larger $d$ and $s$ leave fewer outputs. A cost of the order "
            r"$d^2 k^2$ arises only where the zeros of a stretched kernel are multiplied too.",
        ),
        Show(cost_with_same_padding),
        Say(
            "direction",
            r"So nothing has to be traded: both numbers enlarge the field and neither raises the "
            r"cost. With primes for the raised numbers:",
        ),
        Show(raising_never_hurts),
        Say(
            "bound",
            r"What ends this is the last output. A layer with $H$ outputs a side needs an input of "
            r"at least $H + k - 1$. So if $Q \times Q$ outputs are wanted and all kernels have $k$ "
            r"taps a side, layer $l$ has at least $Q + (L - l)(k - 1)$ outputs a side. All these "
            r"bounds are reached together: give all layers but the first dilation and stride 1, "
            r"and let the first one, with dilation $d$ and stride $s$, use up the input: "
            r"$M = 1 + (k-1) d + s (Q + (L-1)(k-1) - 1)$. The field is then",
        ),
        Show(field_of_the_cheapest),
        Box(
            "optimum",
            r"Without a demand on the resolution ($Q = 1$) these cheapest networks see everything, "
            r"$R_L = M$: the optimum lies on the boundary, and no $T < 1$ has any influence.",
        ),
        Say(
            "multiplier",
            r"The same shows with padding that keeps the size. The cost does not contain $d_l$, so "
            r"where the Lagrange function $\sum_l N_l^2 k_l^2 C_{l-1} C_l - \lambda (R_L - T M)$ "
            r"is stationary in $d_l$, with $k_l \ge 2$, its multiplier $\lambda$ is 0:",
        ),
        Show(multiplier_vanishes),
        Say(
            "resolution",
            r"The threshold matters once the output needs a resolution. At least $Q \times Q$ "
            r"outputs with $Q \ge 2$ limit the field to $M - J_L (Q - 1)$, and for the cheapest "
            r"networks the threshold then limits the stride of the first layer:",
        ),
        Box("inside", "With a resolution the threshold is exceeded where", stride_of_the_optimum),
        Say(
            "example_costs",
            r"Two layers with $k = \given{k}$, one channel and stride 1 on an input of side "
            r"$M = \given{M}$; each row gives the field and the MACs. The first layer has dilation "
            r"1, then one that leaves about half the resolution, then the largest one:",
        ),
        Show(example_costs),
    ),
)
CLAIMS = (
    outputs_of_the_stack, outputs_one_too_few, an_output_exists, thresholds_below_one, threshold,
    same_size, threshold_above_one, cost_by_dilation, cost_with_same_padding, not_of_that_order,
    cost_by_stride, rounding_of_the_stride, later_layers_shrink_too, raising_never_hurts,
    fewer_outputs_fewer_macs, smallest_maps, cheapest_first_map, field_of_the_cheapest,
    resolution, stride_of_the_optimum, multiplier_vanishes, example_costs,
)  # fmt: skip
