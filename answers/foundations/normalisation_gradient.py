"""Foundations: the derivative of batch normalisation, and what it does to gradients."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Derivation,
    Equation,
    Link,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Bracket, Call, Compare, Formula, Index, Sum, Symbol, Unknown, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d

m, i, j, t = Symbol("m"), Symbol("i"), Symbol("j"), Symbol("t")
alpha, epsilon = Symbol("alpha"), Symbol("epsilon")

BATCH = "m: positive integer; x: indexed real; gamma, beta: real; epsilon: positive real"
OUTPUT = f"{BATCH}; i: integer; 0 <= i; i < m"
INPUT = f"{BATCH}; j: integer; 0 <= j; j < m"
BOTH = f"{OUTPUT}; j: integer; 0 <= j; j < m"
MEMBERS = "m: positive integer; z: indexed real; i: integer; 0 <= i; i < m"

norm = BatchNorm1d(batch_size=m)
exact = BatchNorm1d(batch_size=m, eps=0)  # epsilon left out


def scaled(place: Formula) -> Formula:
    """The input times alpha."""
    return alpha * norm.signal(place)


def every(body: Formula, variable: str = "j") -> Formula:
    """The sum over the batch."""
    return Sum(body, variable, formula(0), m - 1)


def slopes() -> Formula:
    """The derivative of the normalised value by the quotient rule, the moments' put in."""
    same, spread = Bracket(Compare("=", i, j)), norm.deviation(i)
    centred, other = norm.signal(i) - norm.mean(i), norm.signal(j) - norm.mean(i)
    through_variance = norm.scale(i) * centred / (2 * spread**3) * (2 * other / m)
    return norm.scale(i) * (same - 1 / m) / spread - through_variance


@claim(expect=Proved, given=BOTH)
def mean_derivative() -> Statement:
    r"""Every input moves the mean of its batch by $1/m$."""
    return Equation(differentiate(norm.mean(i), norm.signal(j)), 1 / m)


@claim(expect=Proved, given=BOTH)
def variance_derivative() -> Statement:
    r"""An input moves the variance by $2(x_j - \mu)/m$; that it moves the mean too cancels out."""
    found = differentiate(norm.variance(i), norm.signal(j))
    return Equation(found, 2 * (norm.signal(j) - norm.mean(j)) / m)


@claim(expect=Refuted, given=BOTH, corrected_by="variance_derivative")
def variance_derivative_uncentred() -> Statement:
    r"""A near miss: $2x_j/m$, without the mean."""
    found = differentiate(norm.variance(i), norm.signal(j))
    return Equation(found, 2 * norm.signal(j) / m)


@claim(expect=Proved, given="gamma, epsilon: positive real; u, mu, v: function")
def quotient_rule() -> Statement:
    r"""Numerator and denominator both move: for all differentiable $u$, $\mu$ and $v$."""
    u, mu, v = (Unknown(name, (t,)) for name in ("u", "mu", "v"))
    du, dmu, dv = (Unknown(name, (t,), (1,)) for name in ("u", "mu", "v"))
    gamma, spread = Symbol("gamma"), Call("sqrt", (v + epsilon,))
    value = gamma * (u - mu) / spread
    found = gamma * (du - dmu) / spread - gamma * (u - mu) / (2 * spread**3) * dv
    return Equation(differentiate(value, t), found)


@claim(expect=Proved, given=BOTH)
def jacobian_derivation() -> Statement:
    """From the quotient rule, with the derivatives of mean and variance, to the closed form."""
    reason = r"take $\gamma/\sigma$ out; what is left over are two normalised values"
    return Derivation(slopes(), (Link(norm.jacobian(i, j), reason),))


@claim(expect=Proved, given=BOTH)
def jacobian() -> Statement:
    r"""The derivative of output $i$ by input $j$, for every batch size."""
    return Equation(norm.input_jacobian(i, j), norm.jacobian(i, j))


@claim(
    expect=Refuted,
    given=BATCH,
    corrected_by="jacobian",
)
def jacobian_with_constant_variance() -> Statement:
    r"""A near miss: only the mean moves, so that the third term is missing (first output, first
    input)."""
    return Equation(norm.scale(0) / norm.deviation(0) * (1 - 1 / m), norm.jacobian(0, 0))


@claim(expect=Proved, given=OUTPUT)
def rows_sum_to_zero() -> Statement:
    """Moving all inputs together moves no output."""
    return Equation(every(norm.jacobian(i, j)), 0)


@claim(expect=Proved, given=f"{INPUT}; dL_dy: indexed real")
def input_gradient() -> Statement:
    r"""The gradient, with $u = \gamma\,\partial L/\partial y$: its mean and its part along
    $\hat x$ are taken away."""
    upstream = Index("dL_dy", (i,))
    return Equation(every(upstream * norm.jacobian(i, j), "i"), norm.input_gradient(j))


@claim(expect=Refuted, given=f"{BATCH}; dL_dy: indexed real", corrected_by="input_gradient")
def gradient_entry_by_entry() -> Statement:
    r"""A near miss: $\gamma\,\partial L/\partial y_j / \sigma$, as if samples did not meet."""
    alone = norm.scale(0) * Index("dL_dy", (formula(0),)) / norm.deviation(0)
    return Equation(alone, norm.input_gradient(0))


@claim(expect=Proved, given=f"{BATCH}; dL_dy: indexed real")
def gradient_sums_to_zero() -> Statement:
    """Over a batch the gradients with respect to the inputs sum to zero: what a bias before the
    normalisation would receive."""
    return Equation(every(norm.input_gradient(j)), 0)


@claim(expect=Proved, given=f"{MEMBERS}; gamma: real; sigma: positive real")
def along_the_output() -> Statement:
    r"""For any $z$ in place of $\hat x$: the row applied to $z$ itself leaves
    $z_i(1 - \overline{z^2}) - \bar z$, which is 0 once the moments are 0 and 1."""
    member = Index("z", (j,))
    here, slope = Index("z", (i,)), Symbol("gamma") / Symbol("sigma")
    inner = Bracket(Compare("=", i, j)) - 1 / m - here * member / m
    left = slope * (here * (1 - every(member**2) / m) - every(member) / m)
    return Equation(every(member * slope * inner), left)


@claim(expect=Proved, given=f"{BOTH}; alpha: nonzero real")
def jacobian_of_scaled_input() -> Statement:
    r"""Without epsilon, gradients shrink by $|\alpha|$ where inputs (or weights) grow by it."""
    size = Call("abs", (alpha,))
    return Equation(exact.jacobian(i, j, scaled), exact.jacobian(i, j) / size)


MOMENTS = Part(
    "1",
    "How do the mean and the variance of a batch depend on one input?",
    (
        Say(
            "moments",
            r"Input $j$ has the weight $1/m$ in the mean. In the variance it moves its own "
            r"difference from the mean, and, through the mean, all others; the latter add up to "
            r"nothing, because differences from a mean sum to 0.",
        ),
        Show(variance_derivative),
    ),
)
JACOBIAN = Part(
    "2",
    r"Derive $\partial y_i/\partial x_j$ for a batch of any size $m$.",
    (
        Say(
            "quotient",
            r"Numerator and denominator both depend on the input. With $\sigma = "
            r"\sqrt{v + \epsilon}$ the quotient rule gives two terms:",
        ),
        Show(quotient_rule),
        Say("insert", "Put in the derivatives of part 1:"),
        Show(jacobian_derivation),
        Box("jacobian", r"So the layer has the Jacobian", jacobian),
    ),
)
GRADIENT = Part(
    "3",
    "What does a gradient lose on its way back through the layer?",
    (
        Say(
            "projection",
            r"Two directions: the one in which all inputs move together, and, up to $\epsilon$, "
            r"that of $\hat x$ itself. The layer cannot see a shift or a change of size.",
        ),
        Box("gradient", r"With $u = \gamma\,\partial L/\partial y$:", input_gradient),
        Say(
            "bias",
            r"In particular the gradients of a batch sum to 0, so that a bias in front of the "
            r"layer is never trained.",
        ),
        Say(
            "size",
            r"And since $y$ does not change when weights in front of the layer grow by "
            r"$\alpha > 0$ (without $\epsilon$), their gradient shrinks by it.",
        ),
        Show(jacobian_of_scaled_input),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="The derivative of batch normalisation",
        statement=(
            r"A feature with the values $x_0, \dots, x_{m-1}$ over a batch is normalised: "
            r"$y_i = \gamma (x_i - \mu)/\sqrt{v + \epsilon} + \beta$, where $\mu$ and $v$ are "
            r"the mean and the variance of the batch. How does each output depend on each input?"
        ),
        notation=(
            r"The variance has the divisor $m$; $\hat x_i = (x_i - \mu)/\sigma$ with "
            r"$\sigma = \sqrt{v + \epsilon}$. In layer normalisation the entries of one sample "
            r"take the place of the batch, and the scale depends on $i$; all else is the same."
        ),
        parts=(MOMENTS, JACOBIAN, GRADIENT),
    ),
    claims=(
        mean_derivative, variance_derivative, variance_derivative_uncentred, quotient_rule,
        jacobian_derivation, jacobian, jacobian_with_constant_variance, rows_sum_to_zero,
        input_gradient, gradient_entry_by_entry, gradient_sums_to_zero, along_the_output,
        jacobian_of_scaled_input,
    ),
)  # fmt: skip
