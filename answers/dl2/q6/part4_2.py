"""dl2 Q6, part 4.2: shrinking a network step by step, and one network that holds many."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Edge,
    Equation,
    Exhibit,
    Figure,
    Graph,
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
from symcnn.formula import Formula, Symbol
from symcnn.layers.counts import conv_macs
from symcnn.layers.search_space import elastic_subnets

LAYERS = "A, B, C, D, H, W, K: positive integer; D < C"
STEPS = "C, B, q: positive integer; B < C"
TAPS = "w, x: indexed real; p: integer; K: positive integer; m: nonnegative integer; 2*m < K"


def two_layers(width: Formula) -> Formula:
    """MACs of a convolution from A channels to ``width``, and of one from there to B."""
    size, kernel = (Symbol("H"), Symbol("W")), Symbol("K")
    into = conv_macs(size, Symbol("A"), width, kernel)
    return into + conv_macs(size, width, Symbol("B"), kernel)


@claim(expect=Proved, given=LAYERS)
def saved_by_fewer_channels() -> Statement:
    """With D channels instead of C between two layers, both layers become cheaper."""
    saved = two_layers(Symbol("C")) - two_layers(Symbol("D"))
    return Equation("H*W*K^2*(A + B)*(C - D)", saved)


@claim(expect=Refuted, given=LAYERS, corrected_by="saved_by_fewer_channels")
def saved_in_one_layer() -> Statement:
    """A near miss: the layer that reads the channels is forgotten."""
    saved = two_layers(Symbol("C")) - two_layers(Symbol("D"))
    return Equation("H*W*K^2*A*(C - D)", saved)


@claim(expect=Proved, given=STEPS)
def enough_steps() -> Statement:
    r"""Each step takes q channels away. After $\lceil (C - B)/q \rceil$ steps at most B are
    left."""
    return Relation("C - ceil((C - B)/q)*q <= B")


@claim(expect=Proved, given=STEPS)
def one_step_fewer() -> Statement:
    """One step fewer does not do."""
    return Relation("C - (ceil((C - B)/q) - 1)*q > B")


@claim(expect=Proved)
def greedy_may_miss() -> Statement:
    """Taking the smallest loss at each step need not end at the smallest: layer 1 alone loses least
    ($l_1$), but with either of the others more than those two do together ($l_{23}$)."""
    return Exhibit(
        (
            ("l_1", "1"), ("l_2", "2"), ("l_3", "2"),
            ("l_12", "6"), ("l_13", "6"), ("l_23", "4"),
        ),
        ("l_1 < min(l_2, l_3)", "l_23 < min(l_12, l_13)"),
    )  # fmt: skip


@claim(expect=Proved, given=TAPS)
def small_kernel_inside() -> Statement:
    """A kernel of $K - 2m$ taps is the middle of one of K taps: m taps at either end weigh 0."""
    return Equation(
        "Sum(Bracket(m <= u and u <= K - 1 - m)*w[u]*x[p + u], (u, 0, K - 1))",
        "Sum(w[u + m]*x[p + u + m], (u, 0, K - 1 - 2*m))",
    )


@claim(expect=Proved, given="B, C: positive integer; B <= C; w, x: indexed real")
def narrow_layer_inside() -> Statement:
    """A layer that reads B channels is one that reads C channels, the last of which weigh 0."""
    return Equation("Sum(Bracket(c < B)*w[c]*x[c], (c, 0, C - 1))", "Sum(w[c]*x[c], (c, 0, B - 1))")


@claim(expect=Proved, role="source", source=("dl2.q6.4.ofa",))
def networks_in_one() -> Statement:
    """Once-for-all: one network of 5 units with 2, 3 or 4 layers, 3 kernels and 3 widths a layer
    contains this many networks."""
    return Equation("21758655492572485851", elastic_subnets(5, (2, 3, 4), 9))


@claim(expect=Proved)
def about_so_many() -> Statement:
    r"""That is about $2.2 \cdot 10^{19}$."""
    return Relation("21758655492572485851/10^19 ~ 2.2")


@claim(expect=Proved)
def phases_open_the_space() -> Statement:
    """The phases of its training allow more and more: the largest network, then 3 kernels a layer,
    then 2 to 4 layers a unit, then 3 widths a layer."""
    depths = "(3^2 + 3^3 + 3^4)^5"
    return Relation(f"1 < 3^20 and 3^20 < {depths} and {depths} < (9^2 + 9^3 + 9^4)^5")


def phases_picture() -> Graph:
    """What may vary after each phase of the training, and the number of networks."""
    words = (
        ("K = 7, d = 4, t = 6", "1"),
        (r"K \in \{3, 5, 7\}", "3^{20}"),
        (r"d \in \{2, 3, 4\}", "(3^2 + 3^3 + 3^4)^5"),
        (r"t \in \{3, 4, 6\}", "(9^2 + 9^3 + 9^4)^5"),
    )
    boxes = tuple(
        Node(f"phase{k}", word, 0, 1.6 * k, width=4.6, colour=0)
        for k, (word, _) in enumerate(words)
    )
    numbers = tuple(
        Node(f"number{k}", number, 6.2, 1.6 * k, width=4.6) for k, (_, number) in enumerate(words)
    )
    return Graph(
        (*boxes, *numbers),
        (
            *(Edge(f"phase{k}", f"phase{k + 1}") for k in range(3)),
            *(Edge(f"phase{k}", f"number{k}", dashed=True, arrow=False) for k in range(4)),
        ),
    )


PART = Part(
    "4.2",
    "Explain the technique of progressive shrinking that is used in architecture search.",
    (
        Say(
            "shrink_two",
            r"Two techniques go by this description, and only the second by this name. NetAdapt "
            r"(Yang et al., 2018) makes one trained network smaller in steps. Progressive "
            r"shrinking (Cai et al., Once-for-All, 2020) trains one large network so that many "
            r"smaller ones in it work too.",
        ),
        Say(
            "shrink_netadapt",
            r"NetAdapt proposes, for each layer, to take so many channels away that the latency "
            r"falls by a set amount; it trains each proposal briefly, keeps the most accurate one, "
            r"and repeats until the budget is met. What fewer channels save is exact:",
        ),
        Show(saved_by_fewer_channels),
        Say(
            "shrink_steps",
            r"From C channels to a budget of at most B, q at a time, it takes "
            r"$\lceil (C - B)/q \rceil$ steps: from 64 to 40, 5 at a time, 5 steps. As each step "
            r"takes the best proposal of the moment, the result need not be the best of all; how "
            r"much is lost depends on the network and is found by measuring.",
        ),
        Say(
            "shrink_ofa",
            r"Once-for-all shares weights instead: small kernels are the middle of large ones, "
            r"narrow layers the first channels of wide ones, short units the first layers of long "
            r"ones. It trains the full network first, then lets the kernels vary, then the depth, "
            r"then the width, so that what is trained is not spoilt by what is added. (In the "
            r"paper small kernels also pass a small trained matrix.)",
        ),
        Figure(
            "shrink_phases",
            "What may vary from each phase on, kernel K, depth d of a unit, expansion t, and the "
            "number of networks.",
            phases_picture(),
        ),
        Box("shrink_count", "In the paper's space of 5 units:", networks_in_one),
        Say(
            "shrink_opinion",
            r"So one training serves many devices, and the search only has to choose. That the "
            r"networks chosen are as accurate as if each had been trained alone is a finding of "
            r"experiments, not of mathematics.",
        ),
    ),
)

CLAIMS = (
    saved_by_fewer_channels, saved_in_one_layer, enough_steps, one_step_fewer, greedy_may_miss,
    small_kernel_inside, narrow_layer_inside, networks_in_one, about_so_many,
    phases_open_the_space,
)  # fmt: skip
