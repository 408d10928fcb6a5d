"""dl2 Q6, part 3.2: squeeze and excitation, mutual information, and the reduction r."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    Exhibit,
    Implies,
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
from symcnn.formula import Compare, Formula, Symbol
from symcnn.layers.squeeze_excitation import SqueezeExcitation

JOINT = "a, b, c, d: positive real; a + b + c + d = 1"
BLOCK = "({0})*min(max(w*({0}) + 3, 0), 6)/6"  # one channel, one place, W1 = 1, W2 = w
SAME = f"Bracket({BLOCK.format(1)} = {BLOCK.format(2)})"
ABOVE = "log(1 + q/p, 2)", "log(1 + p/q, 2)"

# X is 1 with probability p, else 2. Its entropy, that of SE(X), and what SE(X) leaves open of X:
OF_X = "-p*log(p, 2) - (1 - p)*log(1 - p, 2)"
OF_Y = f"-p*log(p + (1 - p)*{SAME}, 2) - (1 - p)*log(1 - p + p*{SAME}, 2)"
OPEN = f"p*log((p + (1 - p)*{SAME})/p, 2) + (1 - p)*log((1 - p + p*{SAME})/(1 - p), 2)"


def macs(reduction: str) -> Formula:
    """The multiply-accumulates of both layers."""
    block = SqueezeExcitation(channels=Symbol("C"), reduction=Symbol(reduction), input_size=1)
    return block.macs()


@claim(expect=Proved, given=JOINT, role="source", source=("dl2.q6.3.2.mi-def",))
def mutual_information() -> Statement:
    r"""$I(X;Y) = H(X) - H(X \mid Y)$: for two values each, with the joint probabilities a, b (first
    value of X) and c, d (second), it is the mean of $\log \frac{P(x, y)}{P(x)\,P(y)}$."""
    return Equation(
        "-(a + b)*log(a + b) - (c + d)*log(c + d)"
        " - (-a*log(a/(a + c)) - c*log(c/(a + c)) - b*log(b/(b + d)) - d*log(d/(b + d)))",
        "a*log(a/((a + b)*(a + c))) + b*log(b/((a + b)*(b + d)))"
        " + c*log(c/((c + d)*(a + c))) + d*log(d/((c + d)*(b + d)))",
    )


@claim(
    expect=Refuted, given="p: real in (0, 1); w: real", role="source",
    source=("dl2.q6.3.2.question",), corrected_by="information_kept",
)  # fmt: skip
def block_adds_information() -> Statement:
    r"""A block improves what is known of its input: $I(X; SE(X)) > I(X; X)$. Here X is 1 or 2, with
    probability p and $1 - p$; the block has one channel, weights 1 and w and the hard sigmoid."""
    return Relation(f"{OF_Y} > {OF_X}")


@claim(
    expect=Refuted, given="p: real in (0, 1); w: real; w = -1", role="source",
    source=("dl2.q6.3.2.se-mi",), corrected_by="nothing_is_kept",
)  # fmt: skip
def entropy_left_open_shrinks() -> Statement:
    r"""The block keeps $H(X)$ and lowers $H(X \mid Y)$, so $H(X) - H(X \mid SE(X))$ exceeds
    $H(X) - H(X \mid X)$, where $H(X \mid X) = 0$. With $w = -1$ it raises what it should lower."""
    return Relation(f"{OF_X} - ({OPEN}) > {OF_X} - 0")


@claim(expect=Proved, given="p: real in (0, 1); w: real")
def information_kept() -> Statement:
    r"""SE(X) is a function of X. So $I(X; SE(X)) = H(SE(X)) = H(X) - H(X \mid SE(X))$: what the
    output leaves open of the input is lost, and nothing is gained."""
    return Equation(f"{OF_X} - ({OPEN})", OF_Y)


@claim(expect=Proved, given="p: real in (0, 1); w: real; w = -1")
def nothing_is_kept() -> Statement:
    """For $w = -1$ the output does not depend on the input: no information is left."""
    return Equation(f"{OF_X} - ({OPEN})", "0")


@claim(expect=Proved)
def two_inputs_one_output() -> Statement:
    r"""This block has the output $\tfrac13$ for the input 1 as well as for 2."""
    return Exhibit((("w", "-1"),), (f"{BLOCK.format(1)} = 1/3", f"{BLOCK.format(2)} = 1/3"))


@claim(expect=Proved)
def also_with_the_sigmoid() -> Statement:
    r"""The sigmoid does the same: with weights 1 and $-\ln 2$ the inputs 1 and 3 meet at
    $\tfrac13$."""
    return Derivation(
        "1*sigmoid(-log(2)*relu(1))",
        (
            Link("1/(1 + 2)", r"$e^{\ln 2} = 2$"),
            Link("3/(1 + 2^3)", r"both are $\tfrac13$"),
            Link("3*sigmoid(-log(2)*relu(3))", r"$e^{3\ln 2} = 2^3$"),
        ),
    )


@claim(expect=Proved, given="p, q: positive real; n: nonnegative integer; t: indexed positive real")
def loss_of_merging() -> Statement:
    r"""Two inputs of probabilities p and q get the same output, n others ($t_k$) stay apart: the
    entropy falls by $p \log_2(1 + q/p) + q \log_2(1 + p/q)$."""
    others = "Sum(t[k]*log(t[k], 2), (k, 1, n))"
    return Equation(
        f"-p*log(p, 2) - q*log(q, 2) - {others} - (-(p + q)*log(p + q, 2) - {others})",
        f"p*{ABOVE[0]} + q*{ABOVE[1]}",
    )


@claim(expect=Proved, given="p, q: positive real")
def loss_is_positive() -> Statement:
    """That is a loss: the logarithms of numbers above 1 are positive, so the sum is."""
    return Implies(f"{ABOVE[0]} > 0 and {ABOVE[1]} > 0", f"p*{ABOVE[0]} + q*{ABOVE[1]} > 0")


@claim(expect=Proved)
def information_about_a_label() -> Statement:
    """A label that agrees with the input in four cases of five, both even: the input tells 0.278
    bit about it."""
    return Relation("2*2/5*log((2/5)/(1/4), 2) + 2*1/10*log((1/10)/(1/4), 2) ~ 0.278")


@claim(expect=Proved, given="n: positive integer; h: indexed real; y: real")
def networks_without_are_included() -> Statement:
    r"""What does grow is the set of functions: with $W_2 = 0$ every gate is $\tfrac12$, and weights
    twice as large give back any network without the block."""
    return Equation("sigmoid(Sum(0*h[k], (k, 0, n - 1)))*(2*y)", "y")


@claim(expect=Proved)
def block_is_not_linear() -> Statement:
    """And the set is larger: with weights 1 the block gives more for 2 than twice what it gives for
    1, as no linear layer does."""
    return Relation("2*sigmoid(2) > 2*(1*sigmoid(1))")


@claim(
    expect=Proved, given="C, r, q: positive integer; r divides C; q divides C; r < q",
    role="source", source=("dl2.q6.3.2.r-cost",),
)  # fmt: skip
def smaller_reduction_costs_more() -> Statement:
    """A smaller r costs more, a larger one (q) less: multiplications of both layers."""
    return Relation(Compare("<", macs("q"), macs("r")))


@claim(
    expect=Proved,
    given="a, b: positive integer; a <= b; W2: indexed by 2 real; h: indexed real; "
    "c: nonnegative integer",
)
def smaller_reduction_contains_larger() -> Statement:
    """Whatever a gate with a hidden values does, one with b does too: let the others weigh 0."""
    return Equation(
        "Sum(Bracket(k < a)*W2[c, k]*h[k], (k, 0, b - 1))", "Sum(W2[c, k]*h[k], (k, 0, a - 1))"
    )


PART = Part(
    "3.2",
    r"Does the mutual information of input and output show that squeeze-and-excitation improves "
    r"what a network represents? How does the reduction r weigh cost against accuracy?",
    (
        Say(
            "mi_meaning",
            r"$I(X;Y) = H(X) - H(X \mid Y)$ says how much of X is known once Y is. Of all Y, X "
            r"itself tells most: $I(X;X) = H(X)$. A block is a function, so its output tells "
            r"$I(X; SE(X)) = H(SE(X)) \le H(X)$. It cannot raise this number; it can only keep "
            r"or lose. (For any label T the data-processing inequality says likewise "
            r"$I(T; SE(X)) \le I(T; X)$; Cover and Thomas, Elements of Information Theory, "
            r"section 2.8.) What two inputs with one output cost, in bits:",
        ),
        Show(loss_of_merging),
        Say(
            "mi_example",
            r"It does happen: let one channel with one place hold 1 or 2, weights 1 and $-1$, and "
            r"the hard sigmoid of MobileNetV3. The gates are $\tfrac13$ and $\tfrac16$, and both "
            r"outputs are $\tfrac13$. Of one bit at $p = \tfrac12$ nothing is left, and nothing of "
            r"what X told about any label. The sigmoid does the same at other inputs:",
        ),
        Show(also_with_the_sigmoid),
        Box("mi_kept", "What the block keeps of X and what it loses:", information_kept),
        Say(
            "mi_capacity",
            r"So the proof that is asked for does not exist. What does grow is the set of "
            r"functions: gates of $\tfrac12$ give every network without the block, and others "
            r"depend on the whole map. Which of them training finds, and whether they classify "
            r"better, is a matter of experiments.",
        ),
        Say(
            "mi_reduction",
            r"The two layers cost $2C^2/r$ multiplications, so a smaller r costs more. It also "
            r"allows every gate that a larger r allows: capacity does not grow with r. That "
            r"accuracy falls with r is not a theorem; the paper on the block reports that it does "
            r"not change in one direction. Which r is worth its price is a judgement.",
        ),
    ),
)

CLAIMS = (
    mutual_information, block_adds_information, entropy_left_open_shrinks, information_kept,
    nothing_is_kept, two_inputs_one_output, also_with_the_sigmoid, loss_of_merging,
    loss_is_positive, information_about_a_label, networks_without_are_included,
    block_is_not_linear, smaller_reduction_costs_more, smaller_reduction_contains_larger,
)  # fmt: skip
