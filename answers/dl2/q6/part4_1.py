"""dl2 Q6, part 4.1: the search space of an architecture as a graph, and what is searched in it."""

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
from symcnn.formula import Compare, Formula, Index, Mul, Symbol, table
from symcnn.formula.differentiate import differentiate
from symcnn.layers.search_space import Edge as Operations
from symcnn.layers.search_space import SearchSpace, architectures

# Three tensors: a operations lead from 0 to 1, b from 1 to 2, c straight from 0 to 2.
space = SearchSpace(
    nodes=3,
    edges=(
        Operations(0, 1, Symbol("a")),
        Operations(1, 2, Symbol("b")),
        Operations(0, 2, Symbol("c")),
    ),
)
NUMBERS = "a, b, c: nonnegative integer"
STAGES = "S: nonnegative integer; t: indexed positive integer"
LATENCY = "A, T, t: positive real; w: real; w < 0"


def reward(latency: Formula) -> Formula:
    """The objective of the first search: accuracy A, latency against its target T."""
    return Symbol("A") * (latency / Symbol("T")) ** Symbol("w")


@claim(expect=Proved, given=NUMBERS, role="source", source=("dl2.q6.4.nodes-edges",))
def acyclic_graph() -> Statement:
    """Tensors as nodes, operations as edges: a directed graph without cycles. With three tensors
    and a, b and c operations between them no path has three edges, so none returns."""
    return Equation(table(((0, 0, 0), (0, 0, 0), (0, 0, 0))), space.power(3))


@claim(
    expect=Proved,
    given="n, k: positive integer; s, e: nonnegative integer; A, B: indexed by 2 nonnegative "
    "integer",
)
def paths_lead_forward() -> Statement:
    """For any number n of tensors: if paths of k edges (B) lead at least k tensors on, those with
    one edge more (A) lead at least $k + 1$ on."""
    paths = "Sum(B[s, t]*Bracket(t >= s + k)*A[t, e]*Bracket(e >= t + 1), (t, 0, n - 1))"
    return Equation(f"Bracket(e >= s + k + 1)*{paths}", paths)


@claim(expect=Proved, given=NUMBERS)
def powers_count_paths() -> Statement:
    """The powers of the adjacency matrix count the paths from the first tensor to the last: one or
    two edges long."""
    matrix, first, last = space.adjacency(), table((1, 0, 0)), table((0, 0, 1))
    return Equation(space.paths(), Mul((first, matrix, last)) + Mul((first, matrix, matrix, last)))


@claim(
    expect=HoldsUnder, given="a, b, c: positive integer; d: integer in [0, 1]", needs="d = 0",
    role="source", source=("dl2.q6.4.paths",),
)  # fmt: skip
def paths_are_architectures() -> Statement:
    """Each path is an architecture, so there are as many of both: where every tensor is computed
    from one other ($d = 0$). Where two may be added ($d = 1$), $abc$ sums of two paths come on
    top."""
    return Equation(space.paths(), "a*b + c + d*a*b*c")


@claim(expect=Proved, given="S: nonnegative integer; c: indexed positive integer")
def one_more_stage() -> Statement:
    r"""Stage after stage with $c_s$ choices each: one more stage multiplies the number of
    architectures by its choices."""
    stages = Symbol("S")
    return Equation("Prod(c[s], (s, 0, S))", architectures(stages) * Index("c", (stages,)))


@claim(
    expect=Proved, given=STAGES, role="source",
    source=("dl2.q6.4.choices", "dl2.q6.4.question"),
)  # fmt: skip
def number_of_architectures() -> Statement:
    r"""S stages, each with two kernels, with or without a gate and with $t_s$ expansion factors:
    so many architectures are there."""
    return Equation("Prod(2*2*t[s], (s, 0, S - 1))", "4^S*Prod(t[s], (s, 0, S - 1))")


@claim(expect=Refuted, given=STAGES, corrected_by="number_of_architectures")
def choices_added() -> Statement:
    """A near miss: the choices of the stages added, not multiplied."""
    return Equation("Sum(2*2*t[s], (s, 0, S - 1))", "4^S*Prod(t[s], (s, 0, S - 1))")


@claim(expect=Proved)
def example_count() -> Statement:
    """Example: five stages with two kernels, with or without a gate, three expansion factors."""
    return Equation("248832", SearchSpace.chain((2 * 2 * 3,) * 5).paths())


@claim(expect=Proved, given=LATENCY)
def slower_is_worse() -> Statement:
    r"""The objective $A\,(t/T)^w$ with $w < 0$, for accuracy A and latency t, falls as t grows."""
    return Relation(Compare("<", differentiate(reward(Symbol("t")), Symbol("t")), 0))


@claim(expect=Proved, given=LATENCY)
def twice_as_slow() -> Statement:
    r"""Twice the latency costs the factor $2^w$, whatever the target T is."""
    return Equation("2^w*A*(t/T)^w", reward(2 * Symbol("t")))


@claim(expect=Proved)
def twice_as_slow_in_numbers() -> Statement:
    r"""With $w = -0.07$ that is 0.95: twice the latency has to buy about five percent accuracy."""
    return Relation("2^(-7/100) ~ 0.95")


@claim(expect=Proved, given="a_1, a_2, b_1, b_2: real")
def cheapest_path() -> Statement:
    """Cost adds up along a path, so the cheapest one is cheapest in each stage: two stages with two
    operations each."""
    return Equation(
        "min(a_1 + b_1, a_1 + b_2, a_2 + b_1, a_2 + b_2)", "min(a_1, a_2) + min(b_1, b_2)"
    )


@claim(expect=Proved)
def accuracy_does_not_add_up() -> Statement:
    """Accuracy need not: each change alone may help (72 and 71 against 70), both together may not
    (69)."""
    return Exhibit(
        (("p", "70"), ("p_1", "72"), ("p_2", "71"), ("p_12", "69")),
        ("p_1 > p", "p_2 > p", "p_12 < p"),
    )


def search_picture() -> Graph:
    """Four tensors in a row, the alternatives between them."""
    kinds = (r"3 \times 3", r"5 \times 5", r"5 \times 5,\ SE")
    nodes = tuple(Node(f"x{k}", f"x_{k}", 4.2 * k, 0, width=1.0, colour=0) for k in range(4))
    return Graph(
        nodes,
        tuple(
            Edge(f"x{k}", f"x{k + 1}", label=kind, bend=1.5 * (row - 1))
            for k in range(3)
            for row, kind in enumerate(kinds)
        ),
    )


PART = Part(
    "4.1",
    r"Describe the architecture search behind MobileNetV3: what is its search space, and how is it "
    r"modelled as a directed graph without cycles?",
    (
        Say(
            "nas_stages",
            r"The search went in two stages (Howard et al., Searching for MobileNetV3, 2019). The "
            r"first chose the blocks by reinforcement learning, as MnasNet did: for each stage the "
            r"kernel, a gate or none, the expansion factor. It weighed accuracy A and measured "
            r"latency t in one number, $A\,(t/T)^w$ with the target T. The second, NetAdapt, then "
            r"chose the number of channels layer by layer.",
        ),
        Show(twice_as_slow),
        Say(
            "nas_graph",
            r"As a graph, tensors are nodes and operations are edges; operations between the same "
            r"two tensors are alternatives. All edges lead forward, so there is no cycle. An "
            r"architecture in which each tensor is computed from one other is a path:",
        ),
        Figure(
            "nas_space",
            "A search space of three stages with three alternatives each: 27 paths.",
            search_picture(),
        ),
        Box(
            "nas_count",
            "One more stage multiplies the number of paths by its choices, so that it is the "
            "product of all:",
            one_more_stage,
        ),
        Say(
            "nas_example",
            r"With two kernels, a gate or none and three expansion factors a stage has 12 choices; "
            r"five stages give $12^5 = 248832$ architectures. Where several results may be added, "
            r"an architecture is not a path but a part of the graph, and there are more.",
        ),
        Say(
            "nas_search",
            r"The graph helps where a quantity adds up along its edges: the cheapest architecture "
            r"is a shortest path. Accuracy does not add up, so the best compromise has to be "
            r"sought by training and measuring. Reinforcement learning and evolution are ways to "
            r"do so; that either finds the best is not proved by anybody.",
        ),
    ),
)

CLAIMS = (
    acyclic_graph, paths_lead_forward, powers_count_paths, paths_are_architectures,
    one_more_stage, number_of_architectures, choices_added, example_count, slower_is_worse,
    twice_as_slow, twice_as_slow_in_numbers, cheapest_path, accuracy_does_not_add_up,
)  # fmt: skip
