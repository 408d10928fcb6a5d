"""Foundations: the fifteen relationships of convolution arithmetic, each counted from the windows.

The relationships are those of Dumoulin and Visin, "A guide to convolution arithmetic for deep
learning" (2016), with N for the size of the input, M for that of a transposed convolution's input.
"""

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
from symcnn.formula import Formula, Symbol
from symcnn.layers import IndexRelation

N, K, S, P, D, M, n, a = map(Symbol, ("N", "K", "S", "P", "D", "M", "n", "a"))
FITS = "N, K, S: positive integer; P: nonnegative integer; K <= N + 2*P"
DILATED = "N, K, S, D: positive integer; P: nonnegative integer; D*(K - 1) < N + 2*P"
BARE = "N, K, S: positive integer; K <= N"
BACK = "M, K, S: positive integer; P: nonnegative integer; P <= K - 1; 2*P < S*(M - 1) + K"
HALF = "N, M: positive integer; n: nonnegative integer"
EVEN = "N, M, n: positive integer"
RULE = "the rule of the layer: each input writes a window"
WINDOWS = "count the windows of the convolution that stands for it"


def windows(size: object, kernel: object, **numbers: object) -> Formula:
    """How many windows lie in the padded input, by definition."""
    return IndexRelation.gather(size, kernel, **numbers).positions()  # type: ignore[arg-type]


def back(size: object, kernel: object, **numbers: object) -> Formula:
    """How many positions a transposed convolution writes to."""
    return IndexRelation.scatter(size, kernel, **numbers).inputs  # type: ignore[arg-type]


def stretched(stride: Formula = S) -> Formula:
    """The size of an input of M entries with ``stride - 1`` zeros between neighbours."""
    return stride * (M - 1) + 1


@claim(expect=Proved, given=DILATED)
def output_size() -> Statement:
    """As many windows as the padded input holds: the output size for every stride, padding and
    dilation."""
    return Equation(
        "floor((N + 2*P - D*(K - 1) - 1)/S) + 1", windows(N, K, stride=S, padding=P, dilation=D)
    )


@claim(
    expect=Refuted,
    given="N, K, S, D: positive integer; P: nonnegative integer",
    corrected_by="output_size",
)
def output_size_of_any_kernel() -> Statement:
    """A near miss: the same without the premise that the kernel fits into the padded input."""
    return Equation(
        "floor((N + 2*P - D*(K - 1) - 1)/S) + 1", windows(N, K, stride=S, padding=P, dilation=D)
    )


@claim(expect=Proved, given=BARE)
def relationship_1() -> Statement:
    """No padding, stride 1."""
    return Equation("(N - K) + 1", windows(N, K))


@claim(expect=Refuted, given=BARE, corrected_by="relationship_1")
def relationship_1_without_the_first() -> Statement:
    """A near miss: the window's first place is forgotten."""
    return Equation("N - K", windows(N, K))


@claim(expect=Proved, given=FITS)
def relationship_2() -> Statement:
    """Padding, stride 1."""
    return Equation("(N - K) + 2*P + 1", windows(N, K, padding=P))


@claim(expect=Refuted, given=FITS, corrected_by="relationship_2")
def relationship_2_padded_once() -> Statement:
    """A near miss: padding counted at one end only."""
    return Equation("(N - K) + P + 1", windows(N, K, padding=P))


@claim(expect=Proved, given=HALF)
def relationship_3() -> Statement:
    r"""Half padding: for $K = 2n+1$, stride 1 and $P = \lfloor K/2 \rfloor$ the size stays."""
    return Equation("N", windows(N, 2 * n + 1, padding=n))


@claim(expect=Refuted, given=EVEN, corrected_by="relationship_3")
def relationship_3_even_kernel() -> Statement:
    r"""A near miss: the same for an even kernel, $K = 2n$ and $P = \lfloor K/2 \rfloor$."""
    return Equation("N", windows(N, 2 * n, padding=n))


@claim(expect=Proved, given="N, K: positive integer")
def relationship_4() -> Statement:
    """Full padding: $P = K - 1$ and stride 1."""
    return Equation("N + (K - 1)", windows(N, K, padding=K - 1))


@claim(expect=Refuted, given="N, K: positive integer", corrected_by="relationship_4")
def relationship_4_padded_by_the_kernel() -> Statement:
    """A near miss: full padding taken to be $P = K$."""
    return Equation("N + (K - 1)", windows(N, K, padding=K))


@claim(expect=Proved, given=BARE)
def relationship_5() -> Statement:
    """No padding, any stride."""
    return Equation("floor((N - K)/S) + 1", windows(N, K, stride=S))


@claim(expect=Refuted, given=BARE, corrected_by="relationship_5")
def relationship_5_unrounded() -> Statement:
    """A near miss: the quotient is not rounded down."""
    return Equation("(N - K)/S + 1", windows(N, K, stride=S))


@claim(expect=Proved, given=FITS)
def relationship_6() -> Statement:
    """Padding, any stride."""
    return Equation("floor((N + 2*P - K)/S) + 1", windows(N, K, stride=S, padding=P))


@claim(expect=Refuted, given=FITS, corrected_by="relationship_6")
def relationship_6_one_too_far() -> Statement:
    """A near miss: the 1 is added before the division."""
    return Equation("floor((N + 2*P - K + 1)/S)", windows(N, K, stride=S, padding=P))


@claim(expect=Proved, given=BARE)
def relationship_7() -> Statement:
    """Pooling: the windows are those of a convolution without padding."""
    return Equation("floor((N - K)/S) + 1", windows(N, K, stride=S))


@claim(expect=Refuted, given=BARE, corrected_by="relationship_7")
def relationship_7_rounded_up() -> Statement:
    """A near miss: rounded up, as in the ceil mode of libraries, which reads beyond the input."""
    return Equation("ceil((N - K)/S) + 1", windows(N, K, stride=S))


@claim(expect=Proved, given="M, K: positive integer")
def relationship_8() -> Statement:
    """The transpose of no padding and stride 1: a convolution with padding $K - 1$."""
    return Derivation(
        "M + (K - 1)", (Link(back(M, K), RULE), Link(windows(M, K, padding=K - 1), WINDOWS))
    )


@claim(expect=Refuted, given="M, K: positive integer", corrected_by="relationship_8")
def relationship_8_padded_by_the_kernel() -> Statement:
    """A near miss: padding $K$."""
    return Equation("M + (K - 1)", windows(M, K, padding=K))


@claim(
    expect=Proved,
    given="M, K: positive integer; P: nonnegative integer; P <= K - 1; 2*P < M + K - 1",
)
def relationship_9() -> Statement:
    """The transpose of padding $P$ and stride 1: a convolution with padding $K - P - 1$."""
    return Derivation(
        "M + (K - 1) - 2*P",
        (Link(back(M, K, padding=P), RULE), Link(windows(M, K, padding=K - P - 1), WINDOWS)),
    )


@claim(
    expect=Refuted,
    given="M, K: positive integer; P: nonnegative integer; P <= K - 1; 2*P < M + K - 1",
    corrected_by="relationship_9",
)
def relationship_9_same_padding() -> Statement:
    """A near miss: the padding of the convolution is used for its transpose as well."""
    return Equation("M + (K - 1) - 2*P", windows(M, K, padding=P))


@claim(expect=Proved, given=HALF)
def relationship_10() -> Statement:
    """The transpose of half padding: half padding, and the size stays."""
    return Derivation(
        "M",
        (
            Link(back(M, 2 * n + 1, padding=n), RULE),
            Link(windows(M, 2 * n + 1, padding=n), WINDOWS),
        ),
    )


@claim(expect=Refuted, given=EVEN, corrected_by="relationship_10")
def relationship_10_even_kernel() -> Statement:
    """A near miss: the same for an even kernel."""
    return Equation("M", back(M, 2 * n, padding=n))


@claim(expect=Proved, given="M, K: positive integer; K <= M")
def relationship_11() -> Statement:
    """The transpose of full padding: no padding."""
    return Derivation(
        "M - (K - 1)", (Link(back(M, K, padding=K - 1), RULE), Link(windows(M, K), WINDOWS))
    )


@claim(expect=Refuted, given="M, K: positive integer; K <= M", corrected_by="relationship_11")
def relationship_11_one_less() -> Statement:
    """A near miss: the whole kernel is taken away."""
    return Equation("M - K", windows(M, K))


@claim(expect=Proved, given="M, K, S: positive integer; M >= 1")
def relationship_12() -> Statement:
    """The transpose of stride $S$ without padding: $S - 1$ zeros between neighbours, and padding
    $K - 1$."""
    return Derivation(
        "S*(M - 1) + K",
        (Link(back(M, K, stride=S), RULE), Link(windows(stretched(), K, padding=K - 1), WINDOWS)),
    )


@claim(expect=Refuted, given="M, K, S: positive integer", corrected_by="relationship_12")
def relationship_12_as_many_zeros() -> Statement:
    """A near miss: $S$ zeros between neighbours."""
    return Equation("S*(M - 1) + K", windows(stretched(S + 1), K, padding=K - 1))


@claim(expect=Proved, given=BACK)
def relationship_13() -> Statement:
    """The transpose of stride $S$ and padding $P$, where the stride divides the span."""
    return Derivation(
        "S*(M - 1) + K - 2*P",
        (
            Link(back(M, K, stride=S, padding=P), RULE),
            Link(windows(stretched(), K, padding=K - P - 1), WINDOWS),
        ),
    )


@claim(expect=Refuted, given=BACK, corrected_by="relationship_13")
def relationship_13_strided() -> Statement:
    """A near miss: the stride is kept in the convolution that stands for it."""
    return Equation("S*(M - 1) + K - 2*P", windows(M, K, stride=S, padding=K - P - 1))


@claim(expect=Proved, given=f"{BACK}; a: nonnegative integer; a < S")
def relationship_14() -> Statement:
    """The transpose of any stride and padding: $a$ more zeros at the end of the input."""
    ends = (K - P - 1, K - P - 1 + a)
    return Derivation(
        "S*(M - 1) + a + K - 2*P",
        (
            Link(back(M, K, stride=S, padding=P, output_padding=a), RULE),
            Link(windows(stretched(), K, padding=ends), WINDOWS),
        ),
    )


@claim(
    expect=Refuted,
    given=f"{BACK}; a: nonnegative integer; a < S",
    corrected_by="relationship_14",
)
def relationship_14_at_both_ends() -> Statement:
    """A near miss: $a$ zeros at both ends."""
    return Equation("S*(M - 1) + a + K - 2*P", windows(stretched(), K, padding=K - P - 1 + a))


@claim(expect=Proved, given=FITS)
def there_and_back() -> Statement:
    r"""With $a = (N + 2P - K) \bmod S$ the transposed convolution of the output has the size of
    the input."""
    layer = IndexRelation.gather(N, K, stride=S, padding=P)
    extra = layer.left_over()
    return Equation(back(layer.outputs, K, stride=S, padding=P, output_padding=extra), N)


@claim(expect=Refuted, given=FITS, corrected_by="there_and_back")
def there_and_back_without_a() -> Statement:
    """A near miss: without $a$. It holds where the stride divides the span."""
    layer = IndexRelation.gather(N, K, stride=S, padding=P)
    return Equation(back(layer.outputs, K, stride=S, padding=P), N)


@claim(expect=Proved, given=DILATED)
def relationship_15() -> Statement:
    """Dilation $D$: a kernel with $D - 1$ gaps between neighbouring taps."""
    return Equation(
        "floor((N + 2*P - K - (K - 1)*(D - 1))/S) + 1",
        windows(N, K, stride=S, padding=P, dilation=D),
    )


@claim(expect=Refuted, given=DILATED, corrected_by="relationship_15")
def relationship_15_dilated_kernel() -> Statement:
    """A near miss: the kernel is taken to span $D K$ places."""
    return Equation("floor((N + 2*P - D*K)/S) + 1", windows(N, K, stride=S, padding=P, dilation=D))


COUNTING = Part(
    "1",
    "How many outputs has a convolution?",
    (
        Say(
            "windows",
            r"Window $o$ meets position $S o + D j - P$ of the input with tap $j$. It counts where "
            r"its first tap lies at $-P$ or later and its last one at $N - 1 + P$ or earlier. The "
            r"number of outputs is the number of such $o$.",
        ),
        Show(output_size),
        Box("dilated", "A kernel with gaps, written as in the guide:", relationship_15),
    ),
)
DIRECT = Part(
    "2",
    "Which sizes follow for a convolution without dilation, and for pooling?",
    (
        Say("direct", "Each relationship counts the windows of one special case."),
        Show(relationship_1),
        Show(relationship_2),
        Show(relationship_3),
        Show(relationship_4),
        Show(relationship_5),
        Show(relationship_7),
        Box("strided", "With padding and stride:", relationship_6),
    ),
)
TRANSPOSED = Part(
    "3",
    "Which sizes follow for a transposed convolution, and which convolution stands for it?",
    (
        Say(
            "scattered",
            r"A transposed convolution writes from $M$ inputs to $S(M-1) + K - 2P$ positions. The "
            r"convolution that stands for it has stride 1, padding $K - P - 1$ and an input with "
            r"$S - 1$ zeros between neighbours: it has as many windows.",
        ),
        Show(relationship_8),
        Show(relationship_9),
        Show(relationship_10),
        Show(relationship_11),
        Show(relationship_12),
        Show(relationship_13),
        Show(relationship_14),
        Box(
            "round_trip",
            r"With $a = (N + 2P - K) \bmod S$ it leads back to the size of the input:",
            there_and_back,
        ),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="Convolution arithmetic",
        statement=(
            r"A convolution with a kernel of $K$ taps, stride $S$, padding $P$ and dilation $D$ is "
            r"applied to an input with $N$ entries, a transposed one to an input with $M$ entries. "
            r"Prove the fifteen relationships of Dumoulin and Visin's guide."
        ),
        notation=r"The numbers are those of one axis; axes do not interact.",
        parts=(COUNTING, DIRECT, TRANSPOSED),
    ),
    claims=(
        output_size, output_size_of_any_kernel, relationship_1,
        relationship_1_without_the_first, relationship_2, relationship_2_padded_once,
        relationship_3, relationship_3_even_kernel, relationship_4,
        relationship_4_padded_by_the_kernel, relationship_5, relationship_5_unrounded,
        relationship_6, relationship_6_one_too_far, relationship_7,
        relationship_7_rounded_up, relationship_8, relationship_8_padded_by_the_kernel,
        relationship_9, relationship_9_same_padding, relationship_10,
        relationship_10_even_kernel, relationship_11, relationship_11_one_less,
        relationship_12, relationship_12_as_many_zeros, relationship_13,
        relationship_13_strided, relationship_14, relationship_14_at_both_ends,
        there_and_back, there_and_back_without_a, relationship_15,
        relationship_15_dilated_kernel,
    ),
)  # fmt: skip
