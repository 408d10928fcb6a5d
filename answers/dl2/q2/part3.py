"""dl2 Q2, part 3: how the best numbers depend on the number of layers."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    HoldsUnder,
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

EQUAL = "L: nonnegative integer; k: positive integer"


@claim(
    expect=HoldsUnder, given="R, J, F, N, k, d, C_in, C_out: positive integer", needs="k >= 2",
    role="source", source=("dl2.q2.L-dependence",),
)  # fmt: skip
def one_layer_more() -> Statement:
    r"""The optimum depends on $L$, since one layer more enlarges the field $R$ and raises the cost
    $F$. The field grows only if the layer has more than one tap a side; a $1 \times 1$ layer costs
    without seeing more."""
    return Relation("R < R + (k - 1)*d*J and F < F + N^2*C_in*C_out*k^2")


@claim(expect=Proved, given="L, M: positive integer; k: integer >= 2")
def dilation_left_over() -> Statement:
    r"""Without strides and for one output, $d_1 = \frac{M-1}{k-1} - (L-1)$ is what $L - 1$ layers
    without dilation leave over, for the field to be $M$."""
    return Equation("1 + (k - 1)*((M - 1)/(k - 1) - (L - 1)) + Sum(k - 1, (l, 2, L))", "M")


@claim(expect=Proved, given=EQUAL)
def least_cost() -> Statement:
    r"""The least number of outputs of all layers together, with maps of the sides
    $1, k, 2k - 1, \dots$ from the last layer to the first."""
    return Derivation(
        "Sum((1 + (l - 1)*(k - 1))^2, (l, 1, L))",
        (
            Link(
                "L + (k - 1)*L*(L - 1) + (k - 1)^2*L*(L - 1)*(2*L - 1)/6",
                "sums of numbers and of squares",
                induction="L",
            ),
        ),
    )


@claim(expect=Proved, given="L, k: positive integer")
def least_cost_grows() -> Statement:
    """It grows with every layer."""
    return Relation(
        "L + (k - 1)*L*(L - 1) + (k - 1)^2*L*(L - 1)*(2*L - 1)/6"
        " < L + 1 + (k - 1)*(L + 1)*L + (k - 1)^2*(L + 1)*L*(2*L + 1)/6"
    )


@claim(expect=Proved, given="L, M: positive integer; k: integer >= 2; T: positive real")
def layers_without_dilation() -> Statement:
    """Without dilation and stride the field exceeds the threshold only from a certain depth on."""
    return Equation("Bracket(1 + L*(k - 1) > T*M)", "Bracket(L > (T*M - 1)/(k - 1))")


@claim(expect=Refuted, given="L, M: positive integer; k: integer >= 2; T: positive real",
       corrected_by="layers_without_dilation")  # fmt: skip
def layers_by_whole_kernels() -> Statement:
    r"""A near miss: each layer taken to add $k$ positions."""
    return Equation("Bracket(1 + L*(k - 1) > T*M)", "Bracket(L > T*M/k)")


@claim(expect=Proved, given="L: nonnegative integer; k: integer >= 2")
def order_of_the_least_cost() -> Statement:
    r"""It grows like $\tfrac13 (k-1)^2 L^3$."""
    outputs = "L + (k - 1)*L*(L - 1) + (k - 1)^2*L*(L - 1)*(2*L - 1)/6"
    return Limit(f"({outputs})/L^3", "L", "infinity", "(k - 1)^2/3")


PART = Part(
    "3",
    r"Does the optimum depend on the number of layers $L$? Why?",
    (
        Say(
            "grows",
            r"One layer more adds $(k-1)\, d\, J_L$ to the field, and its own MACs to the cost. "
            r"The first is positive from two taps a side on, the second always.",
        ),
        Say(
            "yes",
            r"The optimum of part 2 depends on $L$, but not because field and cost would have to "
            r"be weighed against each other: one layer with enough dilation sees everything. With "
            r"$Q = 1$ and stride 1 the first layer gets the dilation that the others leave over:",
        ),
        Show(dilation_left_over),
        Say(
            "total",
            r"The maps then have the sides $1, k, 2k - 1, \dots$, counted from the last layer. "
            r"With equal channels the cost is $k^2 C^2$ times",
        ),
        Show(least_cost),
        Box(
            "depends",
            r"Yes: $d_1$ falls by 1 with every layer, and the least number of outputs that have to "
            r"be computed grows like $\tfrac13 (k-1)^2 L^3$. For field and cost alone the best "
            r"depth is $L = 1$; further layers are there for what they compute.",
        ),
        Say(
            "forced",
            r"Only where dilation and stride are fixed at 1 does the threshold ask for depth:",
        ),
        Show(layers_without_dilation),
    ),
)
CLAIMS = (
    one_layer_more, dilation_left_over, least_cost, least_cost_grows, order_of_the_least_cost,
    layers_without_dilation, layers_by_whole_kernels,
)  # fmt: skip
