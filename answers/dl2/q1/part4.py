"""Part 4: the noise of batch statistics in training, and that of dropout."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    HoldsUnder,
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
from symcnn.formula import (
    Bracket,
    Compare,
    Formula,
    Pow,
    Sum,
    Symbol,
    Unknown,
    formula,
    mul,
)
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d
from symcnn.layers.dropout import Dropout
from symcnn.layers.expectation import bernoulli_mean, moment_mean

m, i, j, v, p = map(Symbol, ("m", "i", "j", "v", "p"))
mu_4 = Symbol("mu_4")
norm = BatchNorm1d(batch_size=m, affine=False)
dropout = Dropout(p=p)

BATCH = "m: positive integer; x: indexed real"
EPSILON = "; epsilon: positive real"
PLACES = "; i, j: integer; 0 <= i; i < m; 0 <= j; j < m"
# Independent samples of mean 0, variance v and fourth moment mu_4, which is never below v^2.
SAMPLES = "m: positive integer; v: nonnegative real; mu_4: real; mu_4 >= v^2"

MU = "Sum(x[l], (l, 0, m - 1))/m"
VARIANCE = f"Sum((x[k] - {MU})^2, (k, 0, m - 1))/m"
SPREAD = f"sqrt({VARIANCE} + epsilon)"
HAT = f"(x[{{}}] - {MU})/{SPREAD}"


def same(*places: str) -> Formula:
    """1 where all places are one, else 0."""
    first = Symbol(places[0])
    return mul(
        [Bracket(Compare("=", first, Symbol(other))) for other in places[1:] if other != places[0]]
    )


def fourth(a: str, b: str, c: str, d: str) -> Formula:
    """E[x_a x_b x_c x_d]: pairs of equal places give v each, four equal ones mu_4."""
    pairs = same(a, b) * same(c, d) + same(a, c) * same(b, d)
    return v**2 * (pairs + same(a, d) * same(b, c)) + (mu_4 - 3 * v**2) * same(a, b, c, d)


def every(body: Formula, *variables: str) -> Formula:
    """The body summed over the batch, in each variable, and divided by its size each time."""
    for variable in variables:
        body = Sum(body, variable, formula(0), m - 1) / m
    return body


def mean_noise() -> Formula:
    """E[mu_B^2], where the mean of the samples is 0."""
    return every(v * same("a", "b"), "a", "b")


def variance_noise() -> Formula:
    """E[V^2] - E[V]^2 of the batch variance V, the mean of the squares less the squared mean."""
    squares = every(fourth("a", "a", "b", "b"), "a", "b")
    mixed = every(fourth("a", "a", "b", "c"), "a", "b", "c")
    four = (mu_4 - 3 * v**2) * same("a", "b", "c", "d")  # and three ways to pair off a, b, c, d
    means = 3 * mean_noise() ** 2 + every(four, "a", "b", "c", "d")
    return squares - 2 * mixed + means - (v - mean_noise()) ** 2


def moved(x: Formula) -> Formula:
    """What becomes of the output at x when one batch takes the place of another."""
    first, second = (norm.frozen(0, x, Symbol(f"mu_{k}"), Symbol(f"v_{k}")) for k in (1, 2))
    return first - second


def dropped_loss() -> Formula:
    """The expected squared loss of w*x against t behind dropout."""
    loss = (Symbol("w") * dropout.forward(Symbol("x")) - Symbol("t")) ** 2
    return bernoulli_mean(loss, dropout.mask, 1 - p)


@claim(expect=Proved, given=BATCH, role="source", source=("dl2.q1.4.stats",))
def batch_statistics() -> Statement:
    """In training the mean and the variance are those of the m samples of the batch; here the
    variance is compared with the mean of the squares less the square of the mean."""
    squares = every(norm.signal(j) ** 2, "j")
    return Equation(f"Vector([{MU}, {VARIANCE}])", [norm.mean(i), squares - norm.mean(i) ** 2])


@claim(expect=Proved, given=BATCH + PLACES)
def statistics_move() -> Statement:
    r"""Each input moves both: the mean by $1/m$, the variance by $2(x_j - \mu_B)/m$."""
    moved = [differentiate(each, norm.signal(j)) for each in (norm.mean(i), norm.variance(i))]
    return Equation([1 / m, 2 * (norm.signal(j) - norm.mean(j)) / m], moved)


@claim(
    expect=Proved, given="m: positive integer; d, x_i, x_j, mu: real; s: positive real"
)  # fmt: skip
def slope_derivation() -> Statement:
    """The slope of a normalised value, from the quotient rule to its closed form."""
    return Derivation(
        "(d - 1/m)/s - (x_i - mu)/(2*s^3)*(2*(x_j - mu)/m)",
        (
            Link(
                "1/s*(d - 1/m - (x_i - mu)/s*((x_j - mu)/s)/m)",
                "take 1/s out; two normalised values are left over",
            ),
        ),
    )


@claim(
    expect=Proved, given=BATCH + EPSILON + "; m >= 2", role="source",
    source=("dl2.q1.4.question",),
)  # fmt: skip
def slopes_hold_the_statistics() -> Statement:
    r"""The slopes of $\hat x_0$, by its own input and by another one, hold the mean and the
    variance of the batch. Those are random, so the gradients are noisy."""
    own = f"1/{SPREAD}*(1 - 1/m - ({HAT.format(0)})^2/m)"
    other = f"1/{SPREAD}*(-1/m - ({HAT.format(0)})*({HAT.format(1)})/m)"
    return Equation(
        f"Vector([{own}, {other}])", [norm.input_jacobian(0, 0), norm.input_jacobian(0, 1)]
    )


@claim(
    expect=Refuted, given=BATCH + EPSILON + "; m >= 2", role="source", source=("dl2.q1.4.dxhat",),
    corrected_by="slopes_hold_the_statistics",
)  # fmt: skip
def own_derivative_without_mean() -> Statement:
    r"""The slope of $\hat x_0$ by its own input is $1/\sqrt{\sigma_B^2 + \epsilon} - (x_0 -
    \mu_B)/(2 (\sigma_B^2 + \epsilon)^{3/2})$ times $\partial \sigma_B^2/\partial x_0$. No
    condition saves it: the mean moves in every batch, and the first term has to be
    $(1 - 1/m)/\sqrt{\sigma_B^2 + \epsilon}$."""
    through_variance = f"(x[0] - {MU})/(2*({VARIANCE} + epsilon)^(3/2))*(2*(x[0] - {MU})/m)"
    return Equation(f"1/{SPREAD} - {through_variance}", norm.input_jacobian(0, 0))


@claim(expect=Proved, given=SAMPLES)
def noise_of_the_mean() -> Statement:
    r"""The mean of m independent samples has the variance $v/m$."""
    return Equation(v / m, mean_noise())


@claim(expect=Proved, given=SAMPLES)
def noise_of_the_variance() -> Statement:
    r"""Their batch variance has a variance too, and that takes the fourth moment $\mu_4$."""
    return Equation("(m - 1)*((m - 1)*mu_4 - (m - 3)*v^2)/m^3", variance_noise())


@claim(
    expect=HoldsUnder, given=SAMPLES, needs="m >= 2; v > 0", role="source",
    source=("dl2.q1.4.noise",),
)  # fmt: skip
def statistics_are_noisy() -> Statement:
    r"""Mean and variance of a batch are random, so the gradients that contain them are noisy. For
    independent samples both variances are positive as soon as the samples vary and there are two
    of them; the variance of a single sample is 0 and never moves."""
    return Relation("v/m > 0 and (m - 1)*((m - 1)*mu_4 - (m - 3)*v^2)/m^3 > 0")


@claim(
    expect=Proved, given="N, m: positive integer; N >= 2; m <= N; v: nonnegative real"
)  # fmt: skip
def whole_data_has_no_noise() -> Statement:
    r"""Of N data, m are drawn without putting back: any two have the covariance $-v/(N-1)$. Their
    mean has the variance $\frac vm \frac{N-m}{N-1}$, which is 0 where they are all of the data."""
    N = Symbol("N")
    covariance = same("a", "b") * (v + v / (N - 1)) - v / (N - 1)
    return Equation("v/m*(N - m)/(N - 1)", every(covariance, "a", "b"))


@claim(
    expect=HoldsUnder,
    given="m_i: integer in [0, 1]; p: real in [0, 1); c: integer in [0, 1]; x_i: real; L: function",
    needs="c = 0",
    role="source",
    source=("dl2.q1.4.dropout-grad",),
)
def dropout_gradient() -> Statement:
    r"""Dropout multiplies the gradient by its mask: $\partial L/\partial x_i = m_i\, \partial
    L/\partial h_i$. So it is where the kept values pass as they are (c = 0); libraries divide them
    by $1 - p$ (c = 1), and then the gradient is divided too. The sentence stays the same once the
    convention is spoken."""
    output = Symbol("m_i") * Symbol("x_i") / (1 - p) ** Symbol("c")
    found = differentiate(Unknown("L", (output,)), Symbol("x_i"))
    return Equation("m_i*L'(m_i*x_i/(1 - p)^c)", found)


@claim(expect=Proved, given="mask: integer in [0, 1]; p: real in [0, 1); x: real; L: function")
def inverted_dropout_gradient() -> Statement:
    r"""In the inverted form the gradient passes the mask over $1 - p$."""
    output = dropout.forward(Symbol("x"))
    loss = Unknown("L", (output,))
    passed = dropout.derivative() * Unknown("L", (output,), (1,))
    return Equation(passed, differentiate(loss, Symbol("x")))


@claim(
    expect=HoldsUnder,
    given="x, y, a, mu_1, mu_2: real; v_1, v_2: nonnegative real; epsilon: positive real; "
    "mask: integer in [0, 1]; p: real in [0, 1)",
    needs="v_1 = v_2",
    role="source",
    source=("dl2.q1.4.additive",),
)
def additive_and_multiplicative() -> Statement:
    r"""Batch normalisation adds noise: between two batches the outputs at x and at y move by the
    same amount. Dropout multiplies: an input a times as large has a times the output. The first
    needs batches of one variance, since a random $1/\sigma_B$ multiplies as well."""
    x, y, a = map(Symbol, ("x", "y", "a"))
    return Equation([moved(x), dropout.forward(a * x)], [moved(y), a * dropout.forward(x)])


@claim(expect=Proved, given="w, x, t, s: real", role="source", source=("dl2.q1.4.regulariser",))
def noise_is_a_penalty() -> Statement:
    r"""A model of the regularising effect: a linear output $w x$, squared loss, and noise b of mean
    0 and variance s on the input. The expected loss is the loss without noise plus $s w^2$."""
    w, x, t, b, s = map(Symbol, ("w", "x", "t", "b", "s"))
    noisy = moment_mean((w * (x + b) - t) ** 2, "b", [0, s])
    return Equation("(w*x - t)^2 + s*w^2", noisy)


@claim(expect=Proved, given="w, x, t: real; p: real in [0, 1)")
def dropout_is_a_penalty() -> Statement:
    r"""Inverted dropout of the same input adds $\frac p{1-p} x^2 w^2$, a penalty that grows with
    the input."""
    return Equation("(w*x - t)^2 + p/(1 - p)*x^2*w^2", dropped_loss())


@claim(
    expect=Refuted, given="w, x, t: real; p: real in [0, 1)", corrected_by="dropout_is_a_penalty"
)
def dropout_as_additive_noise() -> Statement:
    """A near miss: the penalty of dropout does not depend on the input."""
    return Equation("(w*x - t)^2 + p/(1 - p)*w^2", dropped_loss())


@claim(expect=Proved)
def example_two_batches() -> Statement:
    r"""The sample 1 in the batches $(1, -1, 1, -1)$ and $(1, -3, 1, -3)$, without $\epsilon$: its
    normalised value is 1 both times, but the slope by its own input is 1/2 and 1/4."""
    small = BatchNorm1d(batch_size=4, eps=0, affine=False)

    def batch(mean: int, spread: int) -> list[Formula]:
        def signal(place: Formula) -> Formula:
            return mean + spread * Pow(formula(-1), place)

        return [small.normalised(0, signal), small.jacobian(0, 0, signal)]

    return Equation("Matrix([[1, 1/2], [1, 1/4]])", [batch(0, 1), batch(-1, 2)])


PART = Part(
    "4",
    "Show that batch normalisation makes gradients noisy in training, and compare this noise with "
    "that of dropout.",
    (
        Say(
            "company",
            r"In training a sample is normalised with the mean and the variance of its batch, so "
            r"its output and its gradient depend on the samples that happen to come along. Each of "
            r"the m inputs moves both numbers:",
        ),
        Show(statistics_move),
        Say(
            "by_quotient",
            r"Write s for $\sqrt{\sigma_B^2 + \epsilon}$, $\mu$ for $\mu_B$, and d for $[i = j]$. "
            r"The quotient rule gives the slope of $\hat x_i = (x_i - \mu)/s$ by $x_j$:",
        ),
        Show(slope_derivation),
        Box(
            "slope",
            r"$\partial \hat x_i/\partial x_j = ([i = j] - 1/m - \hat x_i \hat x_j/m)/"
            r"\sqrt{\sigma_B^2 + \epsilon}$, and every gradient through the layer holds the random "
            r"$\mu_B$ and $\sigma_B^2$.",
        ),
        Say(
            "noise_size",
            r"How random are they? For m independent samples with variance v and fourth central "
            r"moment $\mu_4$ the mean has the variance $v/m$, and $\sigma_B^2$ has the variance "
            r"$(m-1)((m-1)\mu_4 - (m-3)v^2)/m^3$: the noise falls like $1/m$, and a batch that is "
            r"the whole data has none.",
        ),
        Say(
            "two_batches",
            r"For instance the sample 1 in the batches $(1, -1, 1, -1)$ and $(1, -3, 1, -3)$, "
            r"without $\epsilon$: its normalised value is 1 both times, but the slope by its own "
            r"input is "
            r"$\tfrac11(1 - \tfrac14 - \tfrac14) = \tfrac12$ in the one and $\tfrac12(1 - "
            r"\tfrac14 - \tfrac14) = \tfrac14$ in the other.",
        ),
        Say(
            "mask",
            r"Dropout draws a mask $m_i$ for each unit. In the inverted form, which libraries use, "
            r"it divides what is kept by $1 - p$, and so is the gradient:",
        ),
        Show(inverted_dropout_gradient),
        Say(
            "penalties",
            r"Does noise regularise? A model in which it can be computed: output $w x$, target t, "
            r"squared loss. Noise that is added to x, of mean 0 and variance s, turns the expected "
            r"loss into $(w x - t)^2 + s w^2$. For dropout the two values of the mask give",
        ),
        Show(dropout_is_a_penalty),
        Say(
            "noise_opinion",
            r"Both act like a penalty on weights; that of dropout grows with the input and is set "
            r"by p, while nobody sets s, which follows from the batch size. Noise of batch "
            r"normalisation adds only as far as $\sigma_B$ is fixed; a random $1/\sigma_B$ "
            r"multiplies. For a network with a nonlinear loss this is a guide and no theorem. "
            r"Calling the one an implicit and the other an explicit regulariser is a choice of "
            r"words.",
        ),
    ),
)
CLAIMS = (
    batch_statistics, statistics_move, slope_derivation, slopes_hold_the_statistics,
    own_derivative_without_mean, noise_of_the_mean, noise_of_the_variance,
    statistics_are_noisy, whole_data_has_no_noise, dropout_gradient, inverted_dropout_gradient,
    additive_and_multiplicative, noise_is_a_penalty, dropout_is_a_penalty,
    dropout_as_additive_noise, example_two_batches,
)  # fmt: skip
