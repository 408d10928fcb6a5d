"""dl2 Q6, 2.3: what the expansion factor t does to gradients and to the cost of a block."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Edge,
    Equation,
    Exhibit,
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
from symcnn.formula import Array, Compare, Formula, Index, Symbol, Unknown, table
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Operand
from symcnn.layers.initialisation import kaiming_variance
from symcnn.layers.inverted_residual import InvertedResidual
from symcnn.layers.sizes import over

C_in, C_out = Symbol("C_in"), Symbol("C_out")
C, H, K, N, W, a, b, c, h, k, m, o, p, r, s, t = map(Symbol, "CHKNWabchkmoprst")
SIZES = "C_in, C_out, H, K, W, t: positive integer"
FLAGS = (
    "C, N, t: positive integer; m, k: integer in [0, 1];"
    " Wf, Wp, alpha, beta, g, x: indexed by 2 real; D: indexed by 3 real"
)
CHANNELS = "p_1, p_2, f_1, f_2: real"
OFF = "C_in, n, t: positive integer; n = t*C_in"
PRINTED = "Sum(Wf[h, a]*Sum(D[h, p, b]*Sum(Wp[o, h]*g[o, p], (o, 0, C - 1)), (p, 0, N - 1)),"
TRUE = (
    "k*g[a, b] + Sum(Wf[h, a]*alpha[h, b]^m*Sum(D[h, p, b]*beta[h, p]^m*Sum(Wp[o, h]*g[o, p],"
    " (o, 0, C - 1)), (p, 0, N - 1)),"
)


def of_all_inputs(entry: str) -> str:
    """A gradient by its entry for channel a at position b, a sum over the hidden channels h."""
    return f"Array((C, N), (a, b), {entry} (h, 0, t*C - 1)))"


def block(expand_ratio: Operand = t, skip_unit_expansion: bool = False) -> InvertedResidual:
    """The block with sizes as symbols, and an expansion factor."""
    return InvertedResidual(
        in_channels=C_in,
        out_channels=C_out,
        expand_ratio=expand_ratio,
        kernel_size=K,
        input_size=(H, W),
        skip_unit_expansion=skip_unit_expansion,
    )


def macs(expand_ratio: Operand = t) -> Formula:
    """What the block costs on a map of H x W."""
    return block(expand_ratio).macs((H, W))


def loss_gradient() -> Array:
    """dL/dx of a block on N positions. D[h, p, r] is what the filter of channel h makes of position
    r at position p: any linear filter. g is dL/dq; alpha and beta are the slopes 0 and 1 of the
    ReLUs, used where m = 1; k = 1 adds the shortcut."""
    expanded = Index("alpha", (h, r)) ** m * over(
        Index("Wf", (h, c)) * Index("x", (c, r)), ("c", C)
    )
    filtered = Index("beta", (h, p)) ** m * over(Index("D", (h, p, r)) * expanded, ("r", N))
    output = k * Index("x", (o, p)) + over(Index("Wp", (o, h)) * filtered, ("h", t * C))
    loss = over(Index("g", (o, p)) * output, ("o", C), ("p", N))
    return Array((C, N), ("a", "b"), differentiate(loss, Index("x", (a, b))))


@claim(
    expect=Proved, given=SIZES + "; C_exp: positive integer; C_exp = t*C_in", role="source",
    source=("dl2.q6.2.3.cexp",),
)  # fmt: skip
def expanded_channels() -> Statement:
    r"""Expansion to $C_{exp} = t C_{in}$ channels, a $K \times K$ filter for each of them (3 or 5
    in practice), projection to $C_{out}$: these are the weights of the block."""
    return Equation("C_exp*C_in*1*1 + C_exp*K*K + C_out*C_exp*1*1", block().parameters())


@claim(
    expect=HoldsUnder, given=FLAGS, needs="m = 0; k = 0", role="source",
    source=("dl2.q6.2.3.grad",),
)  # fmt: skip
def gradient_through_the_block() -> Statement:
    r"""The gradient is $W_f^\top [g^* (W_p^\top \partial L/\partial q)]$. This is so where no
    activation stands between the layers ($m = 0$; with $m = 1$ their slopes $\alpha$ and $\beta$
    belong into it) and no shortcut adds its own term ($k = 0$): with both spoken the sentence stays
    the same."""
    return Equation(of_all_inputs(PRINTED), of_all_inputs(TRUE))


@claim(expect=Proved, given=FLAGS)
def gradient_from_the_rule() -> Statement:
    r"""With the slopes $\alpha$ and $\beta$ and the shortcut: the derivative of the loss by an
    input, from the rule of the block."""
    return Equation(of_all_inputs(TRUE), loss_gradient())


@claim(expect=Proved, given="x, u, v, w: real")
def gradient_with_activations() -> Statement:
    r"""With activations and shortcut, for one channel, one position and t = 1: each slope
    multiplies the way through the layers, and the shortcut adds 1."""
    inner = Unknown("phi", (Symbol("u") * Symbol("x"),))
    output = Symbol("x") + Symbol("w") * Unknown("psi", (Symbol("v") * inner,))
    return Equation("1 + u*phi'(u*x)*v*psi'(v*phi(u*x))*w", differentiate(output, Symbol("x")))


@claim(
    expect=Proved, given="C_in, C_out, t: positive integer; Wf, Wp: indexed by 2 real;"
    " D, x: indexed by 3 real", role="source", source=("dl2.q6.2.3.shapes",),
)  # fmt: skip
def shapes_of_the_matrices() -> Statement:
    r"""With $W_f$ of shape $t C_{in} \times C_{in}$ and $W_p$ of shape $C_{out} \times t C_{in}$
    the block is the product $W_p\, D\, W_f\, x$ at a pixel, without activations and with filters
    of one tap."""
    pixel = InvertedResidual(
        in_channels=C_in, out_channels=C_out, expand_ratio=t, kernel_size=1, input_size=1
    )
    return Equation(
        "Array((C_out, t*C_in), (o, h), Wp[o, h])"
        "*Array((t*C_in, t*C_in), (h, k), Bracket(h = k)*D[h, 0, 0])"
        "*Array((t*C_in, C_in), (h, c), Wf[h, c])*Array((C_in), (c), x[c, 0, 0])",
        Array((C_out,), ("o",), pixel.forward(o, 0, 0, lambda z: z)),
    )


@claim(
    expect=Refuted, given=CHANNELS, role="source", source=("dl2.q6.2.3.sv-range",),
    corrected_by="channels_may_cancel",
)  # fmt: skip
def singular_values_grow() -> Statement:
    r"""Larger t increases the singular values of $W_p W_f$, which keeps gradients from vanishing:
    with one channel in and out the only one is $|\sum_h p_h f_h|$, here from $t = 1$ to 2."""
    return Relation("abs(p_1*f_1 + p_2*f_2) >= abs(p_1*f_1)")


@claim(expect=Proved)
def channels_may_cancel() -> Statement:
    r"""There are weights, $W_p = (1, -1)$ and $W_f = (1, 1)^\top$, whose product is 0 with $t = 2$,
    though their first channel alone gives 1."""
    one, two = "Matrix([[1]])", "Matrix([[1, -1]])"
    return Exhibit(
        (("P_1", one), ("F_1", one), ("P_2", two), ("F_2", "Matrix([[1], [1]])")),
        ("P_1*F_1 = Matrix([[1]])", "P_2*F_2 = Matrix([[0]])"),
    )


@claim(
    expect=Refuted, given=CHANNELS, role="source", source=("dl2.q6.2.3.min-eig",),
    corrected_by="smallest_eigenvalue_falls_to_zero",
)  # fmt: skip
def smallest_eigenvalue_stays() -> Statement:
    r"""The smallest eigenvalue of $W_p W_f$ does not decrease with t: with one channel in and out
    it is $\sum_h p_h f_h$, here from $t = 1$ to 2."""
    return Relation("p_1*f_1 + p_2*f_2 >= p_1*f_1")


@claim(expect=Proved)
def smallest_eigenvalue_falls_to_zero() -> Statement:
    """Two channels: with t = 1 the product is the identity, with one more channel each it is 0."""
    one, two = "Matrix([[1, 0], [0, 1]])", "Matrix([[1, 0, -1, 0], [0, 1, 0, -1]])"
    back = "Matrix([[1, 0], [0, 1], [1, 0], [0, 1]])"
    return Exhibit(
        (("P_1", one), ("F_1", one), ("P_2", two), ("F_2", back)),
        ("P_1*F_1 = Matrix([[1, 0], [0, 1]])", "P_2*F_2 = Matrix([[0, 0], [0, 0]])"),
    )


@claim(expect=Proved, given="t: positive integer; f: indexed real")
def tied_weights_only_grow() -> Statement:
    r"""Where the projection is the transposed expansion, $p_h = f_h$, this eigenvalue does not
    decrease."""
    return Relation("Sum(f[h]^2, (h, 1, t)) + f[t + 1]^2 >= Sum(f[h]^2, (h, 1, t))")


@claim(expect=Proved, given="p_0, p_1, f_0, f_1: real")
def too_narrow_is_singular() -> Statement:
    """Fewer hidden channels than inputs: with one for two channels some gradient is always 0."""
    return Equation("0", "det(Matrix([[p_0], [p_1]])*Matrix([[f_0, f_1]]))")


@claim(expect=Proved, given="a, b: real")
def random_weights_add_up() -> Statement:
    """Two hidden channels with products of the sizes a and b and independent fair signs: the mean
    square of their sum is the sum of the squares."""
    return Equation("((a + b)^2 + (a - b)^2 + (-a + b)^2 + (-a - b)^2)/4", "a^2 + b^2")


@claim(expect=Proved, given="C_in, t: positive integer; u, v: nonnegative real")
def fixed_variance_grows_with_t() -> Statement:
    r"""With variances that do not depend on t the mean square of an entry is proportional to t."""
    return Equation("Sum(u*v, (h, 1, t*C_in))", "t*(C_in*u*v)")


@claim(expect=Proved, given="C_in, t: positive integer")
def fan_in_variance_does_not() -> Statement:
    """With the variances 1/fan-in of the usual initialisation it does not depend on t: the mean
    square of an entry."""
    project, expand = kaiming_variance(t * C_in, 1), kaiming_variance(C_in, 1)
    return Equation(over(project * expand, ("h", t * C_in)), 1 / C_in)


@claim(expect=Proved, given=OFF, role="source", source=("dl2.q6.2.3.relu-off",))
def all_channels_off() -> Statement:
    r"""Read as "all channels of a pixel are off": with independent fair signs the probability is
    $2^{-n}$ for $n = t C_{in}$ channels, and it falls when t grows by 1."""
    return Relation("2^(-(n + C_in)) < 2^(-n)")


@claim(
    expect=Refuted, given="b: real in (0, 1); C_in, t: positive integer", role="source",
    source=("dl2.q6.2.3.relu-off",), corrected_by="share_of_channels_off",
)  # fmt: skip
def share_of_channels_off_falls() -> Statement:
    """Read as "the share of channels that are off": it falls when t grows by 1. Each channel is off
    with probability b."""
    return Relation("Sum(b, (h, 1, (t + 1)*C_in))/((t + 1)*C_in) < Sum(b, (h, 1, t*C_in))/(t*C_in)")


@claim(expect=Proved, given="b: real in (0, 1); C_in, t: positive integer")
def share_of_channels_off() -> Statement:
    """The expected share of channels that are off is b, whatever t is."""
    return Equation("Sum(b, (h, 1, t*C_in))/(t*C_in)", "b")


@claim(
    expect=HoldsUnder,
    given="C_in, n, t: positive integer; n = t*C_in; r: integer in [0, 1]",
    needs="r = 0",
    role="source",
    source=("dl2.q6.2.3.t-small",),
)
def few_channels_are_off_together() -> Statement:
    r"""With too small a t the ReLU channels of a pixel are all zero, so that the gradient vanishes,
    more often than with t + 1. This needs independent signs ($r = 0$); where all channels share one
    sign ($r = 1$) the probability is $\tfrac12$ for both."""
    return Relation("r/2 + (1 - r)*2^(-n) > r/2 + (1 - r)*2^(-n - C_in)")


@claim(
    expect=Refuted, given=SIZES, role="source", source=("dl2.q6.2.3.flops",),
    corrected_by="cost_of_the_inverted_block",
)  # fmt: skip
def cost_as_printed() -> Statement:
    r"""The block costs $HW(C_{in} t + C_{in} t K^2 + C_{in} t C_{out})$."""
    return Equation("H*W*(C_in*t + C_in*t*K^2 + C_in*t*C_out)", macs())


@claim(expect=Proved, given=SIZES)
def cost_of_the_inverted_block() -> Statement:
    r"""The block costs $HW\, t C_{in} (C_{in} + K^2 + C_{out})$ MACs: each of the $t C_{in}$
    expanded channels reads all $C_{in}$ inputs."""
    return Equation("H*W*t*C_in*(C_in + K^2 + C_out)", macs())


@claim(expect=Proved, given=SIZES, role="source", source=("dl2.q6.2.3.linear-in-t",))
def cost_is_proportional() -> Statement:
    """All three terms of the cost grow linearly in t: it is t times the cost for t = 1."""
    return Equation(macs(), t * macs(1))


@claim(expect=Refuted, given=SIZES, corrected_by="cost_is_proportional")
def cost_without_expansion() -> Statement:
    """A near miss: the same, where the block for t = 1 has no expansion, as in MobileNetV2."""
    return Equation(macs(), t * block(1, skip_unit_expansion=True).macs((H, W)))


@claim(
    expect=Proved, given=SIZES + "; s: positive integer", role="source",
    source=("dl2.q6.2.3.t-large",),
)  # fmt: skip
def cost_rises() -> Statement:
    """Too large an expansion factor raises the cost: t + s costs more than t."""
    return Relation(Compare(">", macs(t + s), macs()))


@claim(expect=Proved, given="B, u: positive real")
def largest_factor_in_the_budget() -> Statement:
    r"""Of a budget B, at the cost u for each unit of t, the largest whole factor is
    $\lfloor B/u \rfloor$."""
    return Relation("floor(B/u)*u <= B and B < (floor(B/u) + 1)*u")


@claim(expect=Proved)
def example_of_cost() -> Statement:
    r"""24 channels, $3 \times 3$, $56 \times 56$ positions: MACs for t = 1, 3 and 6."""
    costs = [
        InvertedResidual(in_channels=24, out_channels=24, expand_ratio=each, input_size=56).macs()
        for each in (1, 3, 6)
    ]
    return Equation("Vector([4290048, 12870144, 25740288])", table(costs))


def there_and_back() -> Graph:
    """The three steps of the block, and the gradient on its way back through them."""
    widths = (r"C_{in}", r"t C_{in}", r"t C_{in}", r"C_{out}")
    steps = (("W_f", r"W_f^\top"), ("D", "g^*"), ("W_p", r"W_p^\top"))
    nodes = [
        Node(str(at), width, 3.4 * at, 0, width=1.4, colour=int(at in (0, 3)))
        for at, width in enumerate(widths)
    ]
    there = [Edge(str(at), str(at + 1), label=step) for at, (step, _) in enumerate(steps)]
    back = [
        Edge(str(at + 1), str(at), label=step, bend=-1.2, dashed=True)
        for at, (_, step) in enumerate(steps)
    ]
    return Graph(tuple(nodes), (*there, *back))


PART = Part(
    "2.3",
    "What does the expansion factor t do to gradients? Prove that a larger t lowers the risk that "
    "they vanish and raises the cost. How is t chosen?",
    (
        Say(
            "t_block",
            r"The block expands $C_{in}$ channels to $C_{exp} = t C_{in}$ by $W_f$, filters each "
            r"of them, and projects by $W_p$. Backwards every step is transposed; $g^*$ is the "
            r"transposed filter. In the formula $g$ is $\partial L/\partial q$, and $D_{h p r}$ is "
            r"what the filter of channel h makes of position r at position p.",
        ),
        Figure(
            "there_and_back",
            r"The channels of the block, and the way back of the gradient (dashed).",
            there_and_back(),
        ),
        Box(
            "t_gradient",
            r"Without activations ($m = 0$) and shortcut ($k = 0$), for channel $a$ at position "
            r"$b$: $W_f^\top [g^* (W_p^\top\, \partial L/\partial q)]$.",
            gradient_through_the_block,
        ),
        Say(
            "t_activations",
            r"In the real block the slopes of both activations stand between these factors, and "
            r"the shortcut adds $\partial L/\partial q$ itself. For one channel:",
        ),
        Show(gradient_with_activations),
        Say(
            "t_no_proof",
            r"The first half of the task cannot be proved as it is put: no inequality between the "
            r"singular values of $W_p W_f$ holds for all weights, since further channels may "
            r"cancel the ones that are there. With $W_p = (1, -1)$ and $W_f = (1, 1)^\top$ the "
            r"product is 0. What can be said depends on how the weights are chosen. Where their "
            r"signs are independent and fair, mean squares add up,",
        ),
        Show(random_weights_add_up),
        Say(
            "t_scaling",
            r"so at fixed variances an entry's mean square grows like t. But the usual "
            r"initialisation divides variances by the fan-in, and then it does not depend on t:",
        ),
        Show(fan_in_variance_does_not),
        Say(
            "t_rank",
            r"The rank of $W_p W_f$ is at most $\min(C_{in}, C_{out})$ for every t. A factor "
            r"below 1 lowers it further, and then some gradients are 0 whatever the weights are.",
        ),
        Say(
            "t_relu",
            r"With ReLU there is one true gain. If the signs of the channels are independent and "
            r"fair, all of them are off together with probability $2^{-t C_{in}}$: less often for "
            r"larger t. The share of channels that are off remains one half.",
        ),
        Show(all_channels_off),
        Box("t_cost", "The cost, which is proportional to t:", cost_of_the_inverted_block),
        Say(
            "t_choice",
            r"With 24 channels, $3 \times 3$ filters and $56 \times 56$ positions each unit of t "
            r"costs 4290048 MACs, so $t = 6$ costs 25740288. Of a budget B, with u for the cost of "
            r"a unit, the largest whole factor is $\lfloor B/u \rfloor$. Which factor trains best "
            r"is a matter of experiment: Sandler et al. (2018) settled on 6 for MobileNetV2 and "
            r"found factors between 5 and 10 much alike. Trying a few values on the device that "
            r"counts is sound advice, not a theorem.",
        ),
    ),
)
CLAIMS = (
    expanded_channels, gradient_through_the_block, gradient_from_the_rule,
    gradient_with_activations, shapes_of_the_matrices, singular_values_grow, channels_may_cancel,
    smallest_eigenvalue_stays, smallest_eigenvalue_falls_to_zero, tied_weights_only_grow,
    too_narrow_is_singular, random_weights_add_up, fixed_variance_grows_with_t,
    fan_in_variance_does_not, all_channels_off, share_of_channels_off_falls,
    share_of_channels_off, few_channels_are_off_together, cost_as_printed,
    cost_of_the_inverted_block, cost_is_proportional, cost_without_expansion, cost_rises,
    largest_factor_in_the_budget, example_of_cost,
)  # fmt: skip
