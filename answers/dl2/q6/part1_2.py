"""dl2 Q6, part 1.2: the convolution as a sum of rank-one terms, and what is separable in it."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Cell,
    Derivation,
    Equation,
    Exhibit,
    Figure,
    Grid,
    HoldsUnder,
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
from symcnn.formula import Formula, Index, Symbol
from symcnn.layers import Conv2d
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.sizes import over

C_in, K, R = Symbol("C_in"), Symbol("K"), Symbol("R")
o, c, r, a, b, p, q = map(Symbol, ("o", "c", "r", "a", "b", "p", "q"))

# Height, width, input channel, output channel, all counted from 1, as in the source.
image = Conv2d(
    input_size=Symbol("N"), kernel_size=(Symbol("k_H"), Symbol("k_W")),
    in_channels=C_in, out_channels=Symbol("C_out"), first=1,
)  # fmt: skip
separable = SeparableConv2d.symbolic()

COLUMN = "(c*k_H + u)*k_W + v"
TAPS = "k_H, k_W: positive integer; c, u, v: nonnegative integer; u < k_H; v < k_W"
TERMS = (
    "C_in, K, R: positive integer; o, p, q: nonnegative integer; s: indexed real; "
    "u: indexed by 2 real; v: indexed by 4 real; x: indexed by 3 real"
)
# The example: two outputs, two weights each. Singular values 3*sqrt(5) and sqrt(5).
MATRIX = "Matrix([[3, 0], [4, 5]])"
DISTANCE = "(3 - a*c)^2 + (0 - a*d)^2 + (4 - b*c)^2 + (5 - b*d)^2"


def windowed(kernel: Formula) -> Formula:
    """The convolution at (p, q) with a kernel given for channel c and tap (a, b)."""
    seen = Index("x", (c, p + a, q + b))
    return over(kernel * seen, ("c", C_in), ("a", K), ("b", K))


def term() -> Formula:
    """The kernel of the r-th term: sigma_r, the r-th column of U, the r-th row of V."""
    return Index("s", (r,)) * Index("u", (o, r)) * Index("v", (r, c, a, b))


def terms_at_once() -> Formula:
    """The convolution with the sum of all terms as its kernel."""
    return windowed(over(term(), ("r", R)))


def one_by_one() -> Formula:
    """The sum of the convolutions with one term each."""
    return over(windowed(term()), ("r", R))


def in_two_layers() -> Formula:
    """R convolutions with the rows of V, then their mixture with the columns of U."""
    first = windowed(Index("s", (r,)) * Index("v", (r, c, a, b)))
    return over(Index("u", (o, r)) * first, ("r", R))


@claim(
    expect=Proved,
    given="C_in, C_out, k_H, k_W, N: positive integer; k_H <= N; k_W <= N; j: integer in "
    "[1, C_out]; x, y: positive integer; x <= N - k_H + 1; y <= N - k_W + 1; "
    "K: indexed by 4 real; I: indexed by 3 real",
    role="source",
    source=("dl2.q6.1.2.conv-formula",),
)
def with_channels_last() -> Statement:
    r"""The convolution with a kernel of shape $k_H \times k_W \times C_{\mathrm{in}} \times
    C_{\mathrm{out}}$."""
    return Equation(
        "Sum(Sum(Sum(K[h,w,i,j]*I[x + h - 1,y + w - 1,i], (w, 1, k_W)), (h, 1, k_H)), "
        "(i, 1, C_in))",
        image.forward(
            Symbol("j") - 1,
            Symbol("x") - 1,
            Symbol("y") - 1,
            tap=lambda f, channel, u, v: image.member("K", u, v, channel, f),
            signal=lambda channel, u, v: image.member("I", u, v, channel),
        ),
    )


@claim(
    expect=Proved,
    given=f"{TAPS}; C_in: positive integer; c < C_in",
    role="source",
    source=("dl2.q6.1.2.unfold",),
)
def unfolding_has_room() -> Statement:
    r"""The kernel unfolds to a matrix $\tilde K$ with a row for each output and $k_H k_W
    C_{\mathrm{in}}$ columns: the weight of channel $c$ at tap $(u, v)$ goes to column $m = (c k_H +
    u) k_W + v$. That column exists, and $m$ tells $v$, $u$ and $c$: no two weights share one."""
    return Relation(
        f"{COLUMN} < k_H*k_W*C_in and mod({COLUMN}, k_W) = v"
        f" and mod(floor(({COLUMN})/k_W), k_H) = u and floor(floor(({COLUMN})/k_W)/k_H) = c"
    )


@claim(
    expect=Proved,
    given="m, n, R: positive integer; U, V: indexed by 2 real; s: indexed real",
    role="source",
    source=("dl2.q6.1.2.svd",),
)
def svd_is_a_sum() -> Statement:
    r"""The product $U \Sigma V^\top$ of a singular value decomposition is the sum $\sum_r \sigma_r
    u_r v_r^\top$ of matrices of rank one ($s$ holds the $\sigma_r$)."""
    return Equation(
        "Array((m, R), (i, r), U[i,r])*Array((R, R), (r, t), s[r]*Bracket(r = t))"
        "*transpose(Array((n, R), (j, r), V[j,r]))",
        "Array((m, n), (i, j), Sum(s[r]*U[i,r]*V[j,r], (r, 0, R - 1)))",
    )


@claim(expect=Proved, given="U, V: matrix 2 x 2; s_1, s_2: real")
def svd_of_the_example() -> Statement:
    r"""The example has the singular values $3\sqrt5$ and $\sqrt5$: both outer factors are
    orthogonal."""
    return Exhibit(
        (
            ("U", "1/sqrt(10)*Matrix([[1, -3], [3, 1]])"),
            ("V", "1/sqrt(2)*Matrix([[1, -1], [1, 1]])"),
            ("s_1", "3*sqrt(5)"),
            ("s_2", "sqrt(5)"),
        ),
        (
            "transpose(U)*U = Matrix([[1, 0], [0, 1]])",
            "transpose(V)*V = Matrix([[1, 0], [0, 1]])",
            f"U*Matrix([[s_1, 0], [0, s_2]])*transpose(V) = {MATRIX}",
            "s_1 > s_2",
        ),
    )


@claim(expect=Proved, given=TERMS, role="source", source=("dl2.q6.1.2.sum",))
def sum_of_convolutions() -> Statement:
    """With all terms kept, the convolution equals the sum of the $R$ convolutions with one rank-one
    kernel each. It is an approximation only once terms are left out."""
    return Equation(one_by_one(), terms_at_once())


@claim(
    expect=Refuted,
    given="R: positive integer; i, j: nonnegative integer; U, V: indexed by 2 real; "
    "s: indexed real",
    corrected_by="svd_is_a_sum",
)
def last_term_dropped() -> Statement:
    """A near miss: equality when the last term is left out."""
    return Equation(
        "Sum(s[r]*U[i,r]*V[j,r], (r, 0, R - 2))", "Sum(s[r]*U[i,r]*V[j,r], (r, 0, R - 1))"
    )


@claim(expect=Proved, given=TERMS, role="source", source=("dl2.q6.1.2.question",))
def two_layers_of_terms() -> Statement:
    r"""As a sum of rank-one terms the convolution is two layers: $K \times K$ kernels $\sigma_r
    v_r$ to $R$ maps, then a $1 \times 1$ mixture with the $u_r$."""
    return Equation(in_two_layers(), terms_at_once())


@claim(expect=Proved, given=TERMS)
def terms_derivation() -> Statement:
    """From one convolution to two layers."""
    return Derivation(
        terms_at_once(),
        (
            Link(one_by_one(), "the convolution is linear in its kernel"),
            Link(in_two_layers(), r"$u_r$ does not depend on channel and tap"),
        ),
    )


@claim(
    expect=HoldsUnder,
    given="a: indexed real; b: indexed by 2 real; m: integer in [0, 1]",
    needs="m = 0",
    role="source",
    source=("dl2.q6.1.2.rank-one-tensor",),
)
def terms_have_rank_one() -> Statement:
    r"""Each term $a_o b_{ck}$ has rank one: its $2 \times 2$ minors vanish. So it is for the
    matrix, where channel $c$ and tap $k$ are one index and change together ($m = 0$). In a tensor
    of rank one the channel alone may be exchanged ($m = 1$), which needs a $b$ of rank one as
    well."""
    return Equation(
        "a[1]*b[1,1]*a[2]*b[2,2]",
        "Cases((a[1]*b[2,2]*a[2]*b[1,1], m = 0), a[1]*b[2,1]*a[2]*b[1,2])",
    )


@claim(
    expect=HoldsUnder,
    given="R: positive integer; u, w, f, g: indexed real",
    needs="R = 1",
    role="source",
    source=("dl2.q6.1.2.link",),
)
def sum_is_separable() -> Statement:
    """The decomposition splits the kernel into space and mixture, as a separable convolution does:
    for two outputs, with mixing weights $u_r$ and $w_r$, and two taps of one channel, with entries
    $f_r$ and $g_r$ of $v_r$, the minor vanishes. So it does for one term; two terms are two
    separable layers, and not one."""
    return Equation(
        "Sum(u[r]*f[r], (r, 0, R - 1))*Sum(w[r]*g[r], (r, 0, R - 1))",
        "Sum(u[r]*g[r], (r, 0, R - 1))*Sum(w[r]*f[r], (r, 0, R - 1))",
    )


@claim(
    expect=Proved,
    given="C_in, K: positive integer; o, p, q: nonnegative integer; u: indexed real; "
    "D, x: indexed by 3 real",
)
def one_term_is_separable() -> Statement:
    """One term is a separable convolution: $D = v$, and each channel has the mixing weight
    $u_o$."""
    mixed = over(Index("u", (o,)) * separable.depthwise(c, p, q), ("c", C_in))
    return Equation(windowed(Index("u", (o,)) * Index("D", (c, a, b))), mixed)


@claim(
    expect=Proved,
    given="W: indexed by 4 real; o, e, c, u, v, s, t: nonnegative integer",
)
def rank_one_shares_are_separable() -> Statement:
    """The exact condition, one direction: if the minors of each channel's share of the kernel
    vanish, $W_{ocuv} = P_{oc} D_{cuv}$ with $P_{oc} = W_{ocst}/W_{ecst}$ and $D_{cuv} = W_{ecuv}$,
    where $W_{ecst}$ is a weight that is not 0. (A channel without one is not read at all.)"""
    return Implies(
        "W[o,c,u,v]*W[e,c,s,t] = W[o,c,s,t]*W[e,c,u,v] and W[e,c,s,t] != 0",
        "W[o,c,u,v] = W[o,c,s,t]/W[e,c,s,t]*W[e,c,u,v]",
    )


@claim(
    expect=Proved,
    given="P: indexed by 2 real; o, e, c, u, v, s, t: nonnegative integer; D: indexed by 3 real",
)
def separable_shares_have_rank_one() -> Statement:
    """The other direction: the minors of a separable kernel vanish in each channel."""
    first, second = (separable.kernel(*map(Symbol, names)) for names in ("ocuv", "ecst"))
    return Equation("P[o,c]*D[c,s,t]*P[e,c]*D[c,u,v]", first * second)


@claim(
    expect=Proved,
    given="a, b, c, d: real",
    role="source",
    source=("dl2.q6.1.2.difference",),
)
def no_separable_kernel_is_nearer() -> Statement:
    r"""The decomposition serves to approximate: a kernel of one channel whose rows are $(3, 0)$ and
    $(4, 5)$ lies at a squared distance of at least $\sigma_2^2 = 5$ from every separable one."""
    return Relation(f"{DISTANCE} >= 5")


@claim(expect=Proved, given="a, b, c, d: real")
def first_term_is_nearest() -> Statement:
    r"""Its first term $\sigma_1 u_1 v_1^\top$, with the rows $(\tfrac32, \tfrac32)$ and $(\tfrac92,
    \tfrac92)$, attains that distance."""
    return Exhibit(
        (("a", "1"), ("b", "3"), ("c", "3/2"), ("d", "3/2")),
        (
            "3*sqrt(5)/(sqrt(10)*sqrt(2))*Matrix([[1, 1], [3, 3]]) = "
            "Matrix([[a*c, a*d], [b*c, b*d]])",
            f"{DISTANCE} = 5",
        ),
    )


def unfolding_picture() -> Grid:
    """The unfolding for two channels and 2 x 2 taps: one block of columns a channel."""
    taps = [f"{u}, {v}" for u in range(2) for v in range(2)]
    return Grid(
        cells=tuple(
            tuple(Cell("", channel) for channel in range(2) for _ in taps) for _ in range(3)
        ),
        rows=("y_0", "y_1", "y_2"),
        columns=tuple(tap for _ in range(2) for tap in taps),
        legend=("c = 0", "c = 1"),
    )


PART = Part(
    "1.2",
    "Write the standard convolution as a sum of rank-one tensors by a singular value "
    "decomposition, and explain what this has to do with the depthwise separable convolution.",
    (
        Say(
            "unfold",
            r"Unfold the kernel: row $o$ of the matrix $\tilde K$ holds all weights of output "
            r"$o$, channel after channel. It has $C_{\mathrm{out}}$ rows and $K^2 "
            r"C_{\mathrm{in}}$ columns.",
        ),
        Figure(
            "unfolding",
            r"The unfolding for three outputs, two channels and $2 \times 2$ taps "
            r"$(u, v)$. One colour is the share of one input channel.",
            unfolding_picture(),
        ),
        Say(
            "decompose",
            r"Every matrix has a decomposition $\tilde K = \sum_{r} \sigma_r u_r v_r^\top$ with "
            r"$R = \mathrm{rank}\, \tilde K$ terms. The vector $u_r$ has an entry for each output; "
            r"$v_r$, folded back, is a kernel $v_{r c a b}$ for all input channels.",
        ),
        Show(terms_derivation),
        Box(
            "sum_of_terms",
            r"With all terms kept, a standard convolution is $K \times K$ kernels $\sigma_r v_r$ "
            r"to $R$ maps, followed by a $1 \times 1$ convolution with $u_1, \dots, u_R$.",
        ),
        Say(
            "what_is_separable",
            r"That separates outputs from everything else, but not channels from space: each "
            r"$v_r$ still mixes all channels. A single term is a depthwise separable layer; a sum "
            r"of several is not. The matrices that decide are the coloured ones: a kernel is "
            r"depthwise separable exactly if the share of each input channel has rank at most 1.",
        ),
        Show(rank_one_shares_are_separable),
        Say(
            "example_of_rank",
            r"Example: one input channel, two outputs with the weights $(3, 0)$ and $(4, 5)$ at "
            r"two taps. The singular values are $3\sqrt5$ and $\sqrt5$, so the rank is 2 and the "
            r"kernel is not separable. The nearest separable one keeps the first term, "
            r"$\tfrac32 (1, 1)$ and $\tfrac92 (1, 1)$; the squared error is $\sigma_2^2 = 5$, one "
            r"tenth of the sum of all squared weights.",
        ),
        Show(no_separable_kernel_is_nearer),
    ),
)

CLAIMS = (
    with_channels_last, unfolding_has_room, svd_is_a_sum,
    svd_of_the_example, sum_of_convolutions, last_term_dropped, two_layers_of_terms,
    terms_derivation, terms_have_rank_one, sum_is_separable, one_term_is_separable,
    rank_one_shares_are_separable, separable_shares_have_rank_one,
    no_separable_kernel_is_nearer, first_term_is_nearest,
)  # fmt: skip
