"""dl2 Q5: the derivative through two layers, without and with a skip connection."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Derivation,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
    Limit,
    Link,
    Node,
    Part,
    Problem,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Add, Formula, Index, Mul, Symbol, Unknown
from symcnn.formula.differentiate import differentiate
from symcnn.layers.residual import ResidualBlock, diagonal, identity

# n numbers a layer, x = a^l, u = W^{l+1}, v = W^{l+2}; d_1, d_2 are slopes of the activation.
n, r = Symbol("n"), Symbol("r")
plain_block = ResidualBlock(width=n, hidden=n, inner="u", outer="v", after="phi", skip=False)
skip_block = ResidualBlock(width=n, hidden=n, inner="u", outer="v", after="phi")
VECTORS = "n: positive integer; u, v, x: indexed real"
SLOPES = "n: positive integer; u, v, d_1, d_2: indexed real"
SCALARS = "u, v, x: real"
BOUNDED = "eps: real in (0, 1); u, v: real; u < 1 - eps; v < 1 - eps; p: real in [0, 1]"


def slopes(family: str) -> Formula:
    """The diagonal matrix of a layer's slopes."""
    return diagonal(n, Index(family, (r,)))


def weights() -> tuple[Formula, Formula]:
    """The two weight matrices, the later one first."""
    v, _, u = plain_block.factors()
    return v, u


def scalar(skip: bool) -> Formula:
    """The activation two layers later, for one number a layer."""
    x, u, v = Symbol("x"), Symbol("u"), Symbol("v")
    later = v * Unknown("phi", (u * x,))
    return Unknown("phi", (x + later if skip else later,))


@claim(expect=Proved, given=VECTORS, role="source", source=("dl2.q5.question.plain",))
def plain_jacobian() -> Statement:
    r"""Without the skip, $\partial a^{l+2}/\partial a^l$ is $D_2 W^{l+2} D_1 W^{l+1}$ for layers of
    any width, $D_i$ being the diagonal matrix of the slopes $\varphi'(z^{l+i})$."""
    return Equation(plain_block.jacobian(), plain_block.input_jacobian())


@claim(expect=Proved, given=SCALARS)
def plain_derivation() -> Statement:
    """Without the skip, for one number a layer."""
    return Derivation(
        differentiate(scalar(skip=False), Symbol("x")),
        (Link("v*u*phi'(u*x)*phi'(v*phi(u*x))", "sort the factors: weights first"),),
    )


@claim(expect=HoldsUnder, given=SLOPES, needs="n = 1", role="source", source=("dl2.q5.plain",))
def plain_as_printed() -> Statement:
    r"""Without the skip the derivative is $w^{l+2} w^{l+1} \varphi'(z^{l+1}) \varphi'(z^{l+2})$, in
    this order: right for numbers, wrong for matrices."""
    v, u = weights()
    first, second = slopes("d_1"), slopes("d_2")
    return Equation(Mul((v, u, first, second)), Mul((second, v, first, u)))


@claim(expect=Proved, given=SCALARS, role="source", source=("dl2.q5.direction",))
def direction_intended() -> Statement:
    r"""Read as intended, $\partial a^{l+2}/\partial a^l$ is the product of weights and slopes."""
    derivative = differentiate(scalar(skip=False), Symbol("x"))
    return Equation("v*u*phi'(u*x)*phi'(v*phi(u*x))", derivative)


@claim(
    expect=Refuted, given=SCALARS, role="source", source=("dl2.q5.direction",),
    corrected_by="direction_intended",
)  # fmt: skip
def direction_as_typeset() -> Statement:
    r"""Read as typeset, $\partial a^l/\partial a^{l+2}$, the derivative of the inverse, is that
    product."""
    derivative = differentiate(scalar(skip=False), Symbol("x"))
    return Equation("v*u*phi'(u*x)*phi'(v*phi(u*x))", 1 / derivative)


@claim(
    expect=HoldsUnder,
    given="eps: real in (0, 1); w: real; w < 1 - eps; p: real in [0, 1]; L: nonnegative integer",
    needs="w >= eps - 1",
    role="source",
    source=("dl2.q5.plain-vanish",),
)
def plain_product_vanishes() -> Statement:
    r"""With $W^i < 1 - \varepsilon$ and slopes between 0 and 1 the product over L layers vanishes
    at least as fast as $(1-\varepsilon)^L$. This needs $|W^i| \le 1 - \varepsilon$."""
    return Relation("abs(w*p)^L <= (1 - eps)^L")


@claim(expect=Proved, given="eps: real in (0, 1)")
def bound_tends_to_zero() -> Statement:
    r"""The bound $(1-\varepsilon)^L$ tends to 0 as the number of layers grows."""
    return Limit("(1 - eps)^L", "L", "infinity", 0)


@claim(expect=Proved, given=VECTORS, role="source", source=("dl2.q5.question.skip",))
def skip_jacobian() -> Statement:
    r"""With the skip, $\partial a^{l+2}/\partial a^l$ is $D_2 (I + W^{l+2} D_1 W^{l+1})$ for layers
    of any width."""
    return Equation(skip_block.jacobian(), skip_block.input_jacobian())


@claim(expect=Proved, given=SCALARS)
def skip_derivation() -> Statement:
    """With the skip, for one number a layer."""
    return Derivation(
        differentiate(scalar(skip=True), Symbol("x")),
        (
            Link("(1 + v*u*phi'(u*x))*phi'(x + v*phi(u*x))", "sort the factors"),
            Link(
                "phi'(x + v*phi(u*x)) + v*u*phi'(u*x)*phi'(x + v*phi(u*x))",
                "one term for each path",
            ),
        ),
    )


@claim(expect=HoldsUnder, given=SLOPES, needs="n = 1", role="source", source=("dl2.q5.skip",))
def skip_as_printed() -> Statement:
    r"""With the skip the derivative is $[1 + w^{l+2} w^{l+1} \varphi'(z^{l+1})]
    \varphi'(a^l + z^{l+2})$, in this order: right for numbers, wrong for matrices."""
    v, u = weights()
    first, second = slopes("d_1"), slopes("d_2")
    printed = Add((identity(n), Mul((v, u, first))))
    true = Add((identity(n), Mul((v, first, u))))
    return Equation(Mul((printed, second)), Mul((second, true)))


@claim(expect=Proved, given=SCALARS, role="source", source=("dl2.q5.path",))
def path_without_weights() -> Statement:
    r"""Besides the path through both weights the gradient has a path that only meets the slope of
    the last activation."""
    derivative = differentiate(scalar(skip=True), Symbol("x"))
    return Equation("phi'(x + v*phi(u*x)) + v*u*phi'(u*x)*phi'(x + v*phi(u*x))", derivative)


@claim(
    expect=HoldsUnder, given=BOUNDED, needs="u >= 0; v >= 0", role="source",
    source=("dl2.q5.question.vanish",),
)  # fmt: skip
def factor_is_at_least_one() -> Statement:
    r"""With weights below $1 - \varepsilon$ the skip keeps the factor of a block at least 1. This
    needs weights that are not negative."""
    return Relation("1 + v*u*p >= 1")


@claim(
    expect=HoldsUnder,
    given=BOUNDED + "; q: real in [0, 1]; L: nonnegative integer",
    needs="u >= 0; v >= 0; q = 1",
    role="source",
    source=("dl2.q5.novanish",),
)
def product_does_not_vanish() -> Statement:
    r"""Through L such blocks the gradient does not shrink, so it does not tend to 0. This needs
    weights that are not negative and an activation of slope 1 after the sum."""
    return Relation("(q*(1 + v*u*p))^L >= 1")


@claim(expect=Proved, given=BOUNDED + "; u >= eps - 1; v >= eps - 1")
def what_two_sided_bounds_give() -> Statement:
    r"""Weights of size at most $1 - \varepsilon$ and any sign only give the bound
    $\varepsilon(2-\varepsilon)$, which is below 1: then the product may vanish after all."""
    return Relation("1 + v*u*p >= eps*(2 - eps)")


@claim(expect=Proved)
def weights_that_stop_the_gradient() -> Statement:
    r"""Weights $-2$ and $\tfrac12$ with slope 1: the two paths cancel."""
    return Equation("1 + (-2)*(1/2)*1", "0")


@claim(
    expect=Proved, given="u, v: real in [0, 1]; y, z: real", role="source",
    source=("dl2.q5.activation-care",),
)  # fmt: skip
def activation_still_matters() -> Statement:
    r"""The slope of the last activation multiplies everything: with the sigmoid and weights between
    0 and 1 the factor of a block is at most $\tfrac5{16}$ in spite of the skip."""
    slope = "sigmoid({0})*(1 - sigmoid({0}))"
    factor = f"{slope.format('z')}*(1 + v*u*{slope.format('y')})"
    return Relation(f"{factor} <= 5/16")


@claim(expect=Proved)
def example_plain() -> Statement:
    r"""Ten pairs of layers with weights $\tfrac12$ and slopes 1, without skips."""
    return Relation("(1/4)^10 ~ 0.00000095")


@claim(expect=Proved)
def example_skip() -> Statement:
    r"""The same ten pairs with skips."""
    return Relation("(1 + 1/4)^10 ~ 9.31")


def two_paths() -> Graph:
    """The block with its skip; the path on the right meets no weights."""
    return Graph(
        (
            Node("in", "a^{l}", 0, 0, width=1.1, round=True),
            Node("first", "W^{l+1}", 0, 1.7, colour=0),
            Node("inner", r"\varphi", 0, 3.2, colour=1),
            Node("second", "W^{l+2}", 0, 4.7, colour=0),
            Node("sum", "+", 0, 6.1, width=0.6, round=True),
            Node("outer", r"\varphi", 0, 7.5, colour=1),
            Node("out", "a^{l+2}", 0, 9.1, width=1.1, round=True),
        ),
        (
            Edge("in", "first"),
            Edge("first", "inner", label="z^{l+1}"),
            Edge("inner", "second", label="a^{l+1}"),
            Edge("second", "sum", label="z^{l+2}"),
            Edge("in", "sum", label="I", bend=2.8),
            Edge("sum", "outer"),
            Edge("outer", "out"),
        ),
    )


WITHOUT = Part(
    "1",
    r"Leave the skip connection out and compute $\partial a^{l+2}/\partial a^l$.",
    (
        Say(
            "chain",
            r"The forward rule is $a^{l+2} = \varphi(W^{l+2} \varphi(W^{l+1} a^l))$. Each layer "
            r"multiplies the derivative by its weights and by the slope of its activation, the "
            r"later layer on the left.",
        ),
        Show(plain_derivation),
        Box(
            "plain",
            r"For layers of any width, with $D_i$ for the slopes: "
            r"$\partial a^{l+2}/\partial a^l = D_2 W^{l+2} D_1 W^{l+1}$.",
        ),
    ),
)
WITH = Part(
    "2",
    r"Put the skip connection from $a^l$ to the input of the last activation back and compute "
    r"the same derivative. What does it help?",
    (
        Figure(
            "paths",
            r"Two paths lead from $a^l$ to $a^{l+2}$; the one on the right meets no weights.",
            two_paths(),
        ),
        Show(skip_derivation),
        Box(
            "skip",
            r"For layers of any width: "
            r"$\partial a^{l+2}/\partial a^l = D_2 (I + W^{l+2} D_1 W^{l+1})$.",
        ),
        Say(
            "helps",
            r"The identity is added before the last slope is applied. So a part of the gradient "
            r"arrives whatever the two weight matrices are.",
        ),
    ),
)
VANISHING = Part(
    "3",
    r"Assume $W^i < 1 - \varepsilon$. How does the skip connection prevent the gradient from "
    r"vanishing?",
    (
        Say(
            "plain",
            r"Without skips the product of many factors of size at most $1 - \varepsilon$ tends to "
            r"0. For matrices the assumption has to bound a norm, and for numbers the size: "
            r"$w = -3$ is below $1 - \varepsilon$ too.",
        ),
        Box("vanish", r"With a skip, a block has the factor", factor_is_at_least_one),
        Say(
            "limits",
            r"So under weights that are not negative, and with slope 1 after the sum, nothing "
            r"vanishes. Neither condition can be dropped: weights of mixed signs may cancel the "
            r"identity, and a sigmoid after the sum shrinks every block's factor below "
            r"$\tfrac5{16}$.",
        ),
        Say(
            "example",
            r"Ten pairs of layers with weights $\tfrac12$ and slopes 1: without skips the gradient "
            r"is multiplied by $(\tfrac14)^{10}$, about one millionth; with skips by "
            r"$(\tfrac54)^{10}$, about 9.3.",
        ),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="Vanishing gradients and skip connections",
        points=15,
        statement=(
            r"Two layers follow each other: $z^{l+1} = W^{l+1} a^l$, $a^{l+1} = \varphi(z^{l+1})$, "
            r"$z^{l+2} = W^{l+2} a^{l+1}$. A skip connection adds $a^l$ to $z^{l+2}$ before the "
            r"second activation, so $a^{l+2} = \varphi(a^l + z^{l+2})$. There are no biases."
        ),
        notation=(
            r"In formulas $x$ is $a^l$, $u$ is $W^{l+1}$, $v$ is $W^{l+2}$; $\varphi$ is any "
            r"differentiable activation, $p$ and $q$ are its slopes. Jacobians have one row for "
            r"each output."
        ),
        parts=(WITHOUT, WITH, VANISHING),
    ),
    claims=(
        plain_jacobian, plain_derivation, plain_as_printed, direction_intended,
        direction_as_typeset, plain_product_vanishes, bound_tends_to_zero,
        skip_jacobian, skip_derivation, skip_as_printed, path_without_weights,
        factor_is_at_least_one, product_does_not_vanish, what_two_sided_bounds_give,
        weights_that_stop_the_gradient, activation_still_matters, example_plain, example_skip,
    ),
)  # fmt: skip
