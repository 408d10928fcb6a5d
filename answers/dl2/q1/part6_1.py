"""Part 6.1: the gradient through residual blocks of both designs."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
    Limit,
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
from symcnn.formula import Call, Formula, Symbol, Unknown
from symcnn.formula.differentiate import differentiate
from symcnn.layers.residual import ResidualBlock, path_expansion, stack_jacobian

n, k, x = map(Symbol, ("n", "k", "x"))
WIDE = "n, k: positive integer; w, v, x: indexed real; phi, psi: function"
FUNCTIONS = "x: real; F, G, phi: function"
STACK = "L: positive integer; delta, f: real"

pre = ResidualBlock(width=n, hidden=k)
post = ResidualBlock(width=n, hidden=k, after="psi")


def branch(name: str, value: Formula) -> Formula:
    """The branch of a block of one number, at a value."""
    return Unknown(name, (value,))


def through(names: tuple[str, ...], after: str = "") -> Formula:
    """x behind blocks whose branches have these names; ``after`` acts on each sum."""
    value: Formula = x
    for name in names:
        value = value + branch(name, value)
        value = Unknown(after, (value,)) if after else value
    return value


@claim(expect=Proved, given=WIDE)
def pre_activation_jacobian() -> Statement:
    r"""Pre-activation: a block $x + V\varphi(Wx)$ of any width has the Jacobian $I + V D W$, with
    the slopes $\varphi'(Wx)$ on the diagonal of D."""
    return Equation(pre.jacobian(), pre.input_jacobian())


@claim(expect=Proved, given=WIDE)
def post_activation_jacobian() -> Statement:
    r"""Post-activation: behind the sum stands one more activation $\psi$, and its slopes stand to
    the left of everything, the identity included."""
    return Equation(post.jacobian(), post.input_jacobian())


@claim(expect=Refuted, given=WIDE, corrected_by="post_activation_jacobian")
def post_activation_spares_the_identity() -> Statement:
    r"""A near miss: the activation behind the sum leaves the identity alone."""
    return Equation(pre.jacobian(), post.input_jacobian())


@claim(expect=Proved, given="n: positive integer; A, B: matrix n x n")
def two_pre_activation_blocks() -> Statement:
    """Two blocks whose branches have the Jacobians A and B: four paths, one of them free of
    weights."""
    branches = (Symbol("A"), Symbol("B"))
    return Equation(stack_jacobian(branches, n), path_expansion(branches, n))


@claim(expect=Proved, given=FUNCTIONS, role="source", source=("dl2.q1.6.question",))
def both_gradients() -> Statement:
    r"""The derivative through two blocks of one number with the branches F and G, without an
    activation behind the sums and with one ($\varphi$)."""
    first, second = "x + F(x)", "phi(x + F(x))"
    plain = f"(1 + G'({first}))*(1 + F'(x))"
    cut = f"phi'({second} + G({second}))*(1 + G'({second}))*phi'({first})*(1 + F'(x))"
    found = [differentiate(through(("F", "G"), after), x) for after in ("", "phi")]
    return Equation(f"Vector([{plain}, {cut}])", found)


@claim(
    expect=HoldsUnder, given=STACK, needs="f >= 0", role="source",
    source=("dl2.q1.6.pre.identity-gradient",),
)  # fmt: skip
def gradient_is_not_attenuated() -> Statement:
    r"""With pre-activation the gradient $\delta$ reaches a layer L blocks further down without
    being attenuated. Each block multiplies it by 1 plus the slope f of its branch, so this needs
    slopes that are not negative; a branch of slope -1 stops it."""
    return Relation("abs(delta*(1 + f)^L) >= abs(delta)")


@claim(
    expect=Refuted, given="L: positive integer; f: real in [-1, 1]; B: real; B >= 2",
    role="source", source=("dl2.q1.6.pre.no-vanish-explode",), corrected_by="gradient_explodes",
)  # fmt: skip
def gradient_stays_within_bounds() -> Statement:
    r"""This keeps gradients from vanishing and from exploding: through L blocks of slope f the
    factor stays between $1/B$ and B for a bound B that does not depend on the depth. The
    counterexample breaks one bound; that every bound is broken is said by the limits, 0 for
    $f < 0$ and infinity for $f > 0$."""
    return Relation("1/B <= (1 + f)^L and (1 + f)^L <= B")


@claim(expect=Proved, given="c: positive real")
def gradient_explodes() -> Statement:
    """Branches of slope c > 0 let the gradient grow without bound."""
    return Limit("(1 + c)^L", "L", "infinity", "infinity")


@claim(expect=Proved, given="c: real in (0, 1)")
def gradient_vanishes() -> Statement:
    """Branches of slope -c let it vanish."""
    return Limit("(1 - c)^L", "L", "infinity", 0)


@claim(
    expect=Proved, given="x: real; F: function", role="source", source=("dl2.q1.6.post.altered",)
)
def sum_is_cut() -> Statement:
    """With post-activation the ReLU behind the sum alters the shortcut: where the sum is not
    positive it stops the gradient, the identity's part as well."""
    merged = Call("relu", (x + branch("F", x),))
    return Equation("Cases((1 + F'(x), x + F(x) > 0), 0)", differentiate(merged, x))


@claim(expect=Proved, role="source", source=("dl2.q1.6.pre.1000-layers",))
def thousand_blocks() -> Statement:
    """A model of 1000 blocks whose branches start at slope 0: without an activation behind the sums
    the gradient comes through as it is; an activation that halves it in each block leaves
    nothing."""
    return Relation("(1 + 0)^1000 = 1 and (1/2*(1 + 0))^1000 < 1/10^300")


@claim(expect=Proved)
def thousand_larger_branches() -> Statement:
    """But branches of slope 1/10 let it explode, without any activation behind the sums."""
    return Relation("(1 + 1/10)^1000 > 10^41")


def column(at: float, layers: tuple[str, ...], side: float) -> tuple[list[Node], list[Edge]]:
    """A block from top to bottom; + stands for the sum. The shortcut runs on one side."""
    colours = {"W": 0, r"\mathrm{BN}": 2, r"\mathrm{ReLU}": 1}
    keys = [f"{at}_{number}" for number in range(len(layers))]
    nodes, edges = [], []
    for number, (key, layer) in enumerate(zip(keys, layers, strict=True)):
        small = layer not in colours
        nodes.append(
            Node(
                key, layer, at, 1.35 * number, width=0.8 if small else 1.8,
                colour=colours.get(layer), round=small,
            )
        )  # fmt: skip
        edges += [Edge(keys[number - 1], key)] if number else []
    joint = keys[layers.index("+")]
    return nodes, [*edges, Edge(keys[0], joint, label="I", bend=side)]


def both_blocks() -> Graph:
    """Post-activation on the left, pre-activation on the right."""
    bn, relu = r"\mathrm{BN}", r"\mathrm{ReLU}"
    post_layers = ("x", "W", bn, relu, "W", bn, "+", relu, "y")
    pre_layers = ("x", bn, relu, "W", bn, relu, "W", "+", "y")
    left_nodes, left_edges = column(0.0, post_layers, -1.7)
    right_nodes, right_edges = column(4.5, pre_layers, 1.7)
    return Graph((*left_nodes, *right_nodes), (*left_edges, *right_edges))


PART = Part(
    "6.1",
    "Compare the two residual blocks, post-activation and pre-activation (W is a dense or a "
    "convolutional layer): how does the gradient flow, and how deep may the network be?",
    (
        Say(
            "one_block",
            r"With pre-activation a block computes $x + F(x)$, with post-activation $\psi(x + "
            r"F(x))$. If A is the Jacobian of the branch F and D the diagonal matrix of the slopes "
            r"of $\psi$, the Jacobian of the block is",
        ),
        Box("jacobians", r"$I + A$ (pre-activation) and $D (I + A)$ (post-activation)."),
        Figure(
            "blocks",
            r"On the left post-activation, with a ReLU behind the sum; on the right "
            r"pre-activation, with nothing behind it.",
            both_blocks(),
        ),
        Say(
            "stacked",
            r"Two pre-activation blocks, whose branches have the Jacobians A and B, have "
            r"$(I + B)(I + A) = I + A + B + BA$: one term for each path.",
        ),
        Say(
            "free_path",
            r"One path, I, meets nothing at all, in a stack of any depth. In a post-activation "
            r"stack every path meets each D. For a ReLU its entries are 0 where the sum is not "
            r"positive, and then the shortcut is cut:",
        ),
        Show(sum_is_cut),
        Say(
            "sum_of_paths",
            r"But the gradient is the sum over all paths, and the others may cancel the free one "
            r"or outweigh it. For blocks of one number and slope f:",
        ),
        Show(gradient_is_not_attenuated),
        Say(
            "signs_needed",
            r"This needs $f \ge 0$. For $f = c > 0$ the gradient explodes, for $f = -c$ it "
            r"vanishes:",
        ),
        Show(gradient_explodes),
        Show(gradient_vanishes),
        Say(
            "depth_opinion",
            r"So the identity guarantees a path and not the size of the gradient; that is kept by "
            r"small branches, of slope about 1 over the number of blocks. That pre-activation "
            r"trains networks of 1000 layers well, and that post-activation learns more slowly "
            r"there or needs tricks, has been observed: on CIFAR-10 a ResNet of 1001 layers has "
            r"4.92 % test error with pre-activation and 7.61 % without (He et al., 2016).",
        ),
    ),
)
CLAIMS = (
    pre_activation_jacobian, post_activation_jacobian, post_activation_spares_the_identity,
    two_pre_activation_blocks, both_gradients, gradient_is_not_attenuated,
    gradient_stays_within_bounds, gradient_explodes, gradient_vanishes, sum_is_cut,
    thousand_blocks, thousand_larger_branches,
)  # fmt: skip
