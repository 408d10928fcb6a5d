"""Foundations: the Jacobian of a residual block, the paths of a stack, and what keeps gradients."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Equation,
    Exhibit,
    HoldsUnder,
    Limit,
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
from symcnn.formula import Add, Call, Cases, Compare, Mul, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.gradient_bounds import (
    branch_norm,
    plain_upper,
    residual_lower,
    residual_upper,
    scalar_factor,
)
from symcnn.layers.initialisation import PI, gradient_growth
from symcnn.layers.residual import ResidualBlock, identity, path_expansion, stack_jacobian

n, k, L = Symbol("n"), Symbol("k"), Symbol("L")
w, v, d, c, eps, z = (Symbol(name) for name in ("w", "v", "d", "c", "eps", "z"))
A, B, C = Symbol("A"), Symbol("B"), Symbol("C")

SIZES = "n, k: positive integer; w, v, x: indexed real; phi, psi: function"
MATRICES = "n: positive integer; A, B, C: matrix n x n"
NUMBERS = "v, w: real; d: real in [0,1]"

before = ResidualBlock(width=n, hidden=k)
after = ResidualBlock(width=n, hidden=k, after="psi")
plain = ResidualBlock(width=n, hidden=k, after="psi", skip=False)


@claim(expect=Proved, given=SIZES)
def jacobian() -> Statement:
    r"""A block $x + V\varphi(Wx)$ has the Jacobian $I + V D W$, where $D$ is diagonal with the
    entries $\varphi'(Wx)$."""
    return Equation(before.input_jacobian(), before.jacobian())


@claim(expect=Proved, given=SIZES)
def jacobian_with_activation_after() -> Statement:
    r"""An activation after the sum multiplies everything, the identity included, from the left."""
    return Equation(after.input_jacobian(), after.jacobian())


@claim(expect=Proved, given=SIZES)
def jacobian_without_shortcut() -> Statement:
    """Without the shortcut the identity is missing."""
    return Equation(plain.input_jacobian(), plain.jacobian())


@claim(expect=Refuted, given=SIZES, corrected_by="jacobian")
def factors_reversed() -> Statement:
    r"""A near miss: the factors in the other order, $I + W^\top D V^\top$."""
    outer, slopes, inner = before.factors()
    return Equation(Add((identity(n), Mul((inner.T, slopes, outer.T)))), before.jacobian())


@claim(expect=Refuted, given=SIZES, corrected_by="jacobian_with_activation_after")
def shortcut_untouched() -> Statement:
    """A near miss: the shortcut passes an activation after the sum untouched."""
    return Equation(before.input_jacobian(), after.input_jacobian())


@claim(expect=Proved, given=MATRICES)
def paths_of_three_blocks() -> Statement:
    """The Jacobian of three blocks is the sum over their eight paths."""
    return Equation(stack_jacobian((A, B, C), n), path_expansion((A, B, C), n))


@claim(expect=Refuted, given=MATRICES, corrected_by="paths_of_three_blocks")
def paths_in_the_order_of_the_input() -> Statement:
    """A near miss: the factors from the first block to the last."""
    return Equation(stack_jacobian((C, B, A), n), path_expansion((A, B, C), n))


@claim(expect=HoldsUnder, given=NUMBERS, needs="v >= 0; w >= 0")
def factor_at_least_one() -> Statement:
    r"""With weights that are not negative and $0 \le \varphi' \le 1$ no block shrinks a
    gradient (one entry)."""
    return Relation(Compare(">=", scalar_factor(v, w, d), 1))


@claim(expect=Proved)
def factor_may_vanish() -> Statement:
    """There are weights for which a block stops the gradient altogether."""
    found = scalar_factor(v, w, formula(1))
    return Exhibit((("v", formula(-2)), ("w", formula(1) / 2)), (Compare("=", found, 0),))


@claim(expect=Proved, given="c: real in [0,1]")
def lower_bound_is_attained() -> Statement:
    r"""A branch $-c x$ attains the lower bound $1 - c$ for one block."""
    return Equation(differentiate(z - c * z, z), residual_lower(1, c))


@claim(expect=Proved, given="c: nonnegative real")
def upper_bound_is_attained() -> Statement:
    r"""A branch $c x$ attains the upper bound $1 + c$."""
    return Equation(differentiate(z + c * z, z), residual_upper(1, c))


@claim(expect=Proved, given="L: positive integer; eps: real in (0,1)")
def plain_stack_vanishes() -> Statement:
    r"""Without shortcuts, norms of at most $1 - \varepsilon$ let the bound of the gradient tend
    to 0."""
    return Limit(plain_upper(L, 1 - eps), "L", Call("infinity", ()), 0)


@claim(expect=Refuted, given="w: real; eps: real in (0,1); w < 1 - eps")
def one_sided_bound() -> Statement:
    r"""A near miss: $w < 1 - \varepsilon$, without the absolute value, is enough for that."""
    return Relation(Compare("<", Call("abs", (w,)), 1))


@claim(expect=Proved, given="eps: real in (0,1)")
def branch_is_below_one() -> Statement:
    r"""Two weights of at most $1 - \varepsilon$ make a branch of norm below 1."""
    return Relation(Compare("<", branch_norm(1 - eps, 1 - eps), 1))


@claim(expect=Proved, given="L: positive integer; c: real in (0,1)")
def residual_stack_may_vanish() -> Statement:
    r"""With branches of norm $c < 1$ the lower bound of the gradient tends to 0 all the same."""
    return Limit(residual_lower(L, c), "L", Call("infinity", ()), 0)


@claim(expect=Proved, given="x, beta: real")
def relu_stops_the_shortcut() -> Statement:
    r"""A ReLU after the sum lets the gradient of $x + \beta$ through only where it is positive."""
    x = Symbol("x")
    merged = x + Symbol("beta")
    passed = Cases(((formula(1), Compare(">", merged, 0)),), formula(0))
    return Equation(differentiate(Call("relu", (merged,)), x), passed)


@claim(expect=Proved)
def normalised_stack_explodes() -> Statement:
    r"""Linear layers, batch normalisation and ReLU at He's initialisation: each block multiplies
    the squared gradient by $\pi/(\pi - 1)$ on its way back."""
    return Equation(gradient_growth(), PI / (PI - 1))


@claim(expect=Refuted, corrected_by="normalised_stack_explodes")
def normalised_stack_is_stable() -> Statement:
    """A near miss: as without the normalisation, the factor is 1."""
    return Equation(gradient_growth(), gradient_growth(normalised=False))


BLOCK = Part(
    "1",
    r"Derive the Jacobian of $y = x + V\varphi(Wx)$ for vectors.",
    (
        Say(
            "entry",
            r"Differentiate entry by entry: $\partial y_a/\partial x_c = [a = c] + \sum_h v_{ah} "
            r"\varphi'((Wx)_h)\, w_{hc}$. That is a product of matrices, and it stays one: "
            r"multiplied out it is large, and nothing is gained.",
        ),
        Box("jacobian", r"With $D = \mathrm{diag}\,\varphi'(Wx)$:", jacobian),
        Say(
            "after",
            r"Where an activation $\psi$ follows the sum, its slopes multiply the shortcut as "
            r"well; where they are 0, nothing comes back.",
        ),
        Show(relu_stops_the_shortcut),
    ),
)
STACK = Part(
    "2",
    "Which paths does a gradient take through several blocks?",
    (
        Say(
            "paths",
            r"The factors $I + A_\ell$ are multiplied, the last block standing leftmost. Each "
            r"block offers its branch or its shortcut, so $L$ blocks have $2^L$ paths.",
        ),
        Box("paths", "For three blocks:", paths_of_three_blocks),
    ),
)
BOUNDS = Part(
    "3",
    r"What does a bound such as $|W| \le 1 - \varepsilon$ give?",
    (
        Say(
            "plain",
            r"Without shortcuts norms multiply: with slopes of at most 1 the gradient is at most "
            r"$(1-\varepsilon)^L$ times what it was.",
        ),
        Show(plain_stack_vanishes),
        Say(
            "signs",
            r"With shortcuts every factor lies between $1 - c$ and $1 + c$, where $c$ bounds the "
            r"branch. Only where the signs agree is it at least 1:",
        ),
        Show(factor_at_least_one),
        Box("both", "Both bounds are attained; the lower one tends to 0:",
            residual_stack_may_vanish),
    ),
)  # fmt: skip

ANSWER = Answer(
    problem=Problem(
        title="Residual blocks and their gradients",
        statement=(
            r"A residual block adds its input to what a branch makes of it. How do gradients pass "
            r"through one block, and through many?"
        ),
        notation=(
            r"A Jacobian has one row for each output. $\varphi$ and $\psi$ are differentiable "
            r"functions of one number, applied to each entry. $A$, $B$, $C$ are the Jacobians of "
            r"the branches of the first, second and third block."
        ),
        parts=(BLOCK, STACK, BOUNDS),
    ),
    claims=(
        jacobian, jacobian_with_activation_after, jacobian_without_shortcut, factors_reversed,
        shortcut_untouched, paths_of_three_blocks, paths_in_the_order_of_the_input,
        factor_at_least_one, factor_may_vanish, lower_bound_is_attained, upper_bound_is_attained,
        plain_stack_vanishes, one_sided_bound, branch_is_below_one, residual_stack_may_vanish,
        relu_stops_the_shortcut, normalised_stack_explodes, normalised_stack_is_stable,
    ),
)  # fmt: skip
