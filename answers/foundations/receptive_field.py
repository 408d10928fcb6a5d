"""Foundations: the closed form of the receptive field, by induction on the number of layers."""

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
from symcnn.formula import Index, Symbol
from symcnn.layers import IndexRelation, Padding
from symcnn.layers.receptive_field import ReceptiveField, jump, receptive_field_size

STACK = (
    "L: nonnegative integer; k, s, d: indexed positive integer; p: indexed nonnegative integer; "
    "A, o: integer; n: positive integer"
)
L, A, o, n = map(Symbol, ("L", "A", "o", "n"))


def next_layer() -> IndexRelation:
    """Layer L + 1: its kernel, stride, dilation and padding are members of families."""
    kernel, stride, dilation, padding = (Index(name, (L + 1,)) for name in ("k", "s", "d", "p"))
    return IndexRelation(
        inputs=n,
        outputs=n,
        kernel_size=kernel,
        stride=stride,
        dilation=dilation,
        padding=Padding(padding, padding),
    )


def below() -> ReceptiveField:
    """The field of the first L layers, as the closed form has it, from A on."""
    return ReceptiveField(receptive_field_size(L, dilation="d"), jump(L), A)


@claim(expect=Proved, given=STACK)
def base() -> Statement:
    """Without layers an output sees itself alone."""
    return Equation(receptive_field_size(0, dilation="d"), ReceptiveField.of(()).size)


@claim(expect=Proved, given=STACK)
def step() -> Statement:
    """If the closed form holds for $L$ layers, it does for $L + 1$: from the first position that
    the window's first tap sees to the last one that its last tap sees."""
    layer = next_layer()
    taps = layer.kernel_size - 1
    seen = below().last(layer.place(o, taps)) - below().first(layer.place(o, 0)) + 1
    return Derivation(
        seen,
        (
            Link(below().behind(layer).size, "the window of the last layer spans $d(k-1)+1$"),
            Link(receptive_field_size(L + 1, dilation="d"), "the sum grows by its last term"),
        ),
    )


@claim(expect=Proved, given=STACK)
def step_of_the_jump() -> Statement:
    """The next output sees what lies one product of all strides further on."""
    layer = next_layer()
    moved = below().first(layer.place(o + 1, 0)) - below().first(layer.place(o, 0))
    return Equation(moved, jump(L + 1))


@claim(expect=Proved, given=STACK)
def without_dilation() -> Statement:
    """Without dilation, for any number of layers, read from the other end: a layer in front takes
    the size $r$ to $s_1 (r - 1) + k_1$."""
    return Equation(
        "s[1]*(1 + Sum((k[l+1] - 1)*Prod(s[m+1], (m, 1, l - 1)), (l, 1, L)) - 1) + k[1]",
        receptive_field_size(L + 1),
    )


@claim(expect=Refuted, given=STACK, corrected_by="step")
def own_stride_counted() -> Statement:
    """A near miss: the product runs up to the layer itself."""
    return Equation(
        "1 + Sum(d[l]*(k[l] - 1)*Prod(s[m], (m, 1, l)), (l, 1, L + 1))",
        below().behind(next_layer()).size,
    )


@claim(expect=Refuted, given=STACK, corrected_by="step")
def whole_kernels_added() -> Statement:
    """A near miss: each layer adds its whole kernel."""
    return Equation(
        "1 + Sum(d[l]*k[l]*Prod(s[m], (m, 1, l - 1)), (l, 1, L + 1))",
        below().behind(next_layer()).size,
    )


@claim(expect=Refuted, given=STACK, corrected_by="step")
def dilation_times_the_kernel() -> Statement:
    """A near miss: a dilated kernel taken to span $d k$ positions."""
    return Equation(
        "1 + Sum((d[l]*k[l] - 1)*Prod(s[m], (m, 1, l - 1)), (l, 1, L + 1))",
        below().behind(next_layer()).size,
    )


@claim(expect=Refuted, given="k_1, k_2, s_1, s_2, n: positive integer", corrected_by="step")
def order_does_not_matter() -> Statement:
    """A common belief: layers may change places."""
    first, second = (
        IndexRelation.gather(n + 99, Symbol(f"k_{each}"), stride=Symbol(f"s_{each}"))
        for each in (1, 2)
    )
    return Equation(
        ReceptiveField.of((second, first)).size, ReceptiveField.of((first, second)).size
    )


@claim(expect=Proved, given="L: nonnegative integer; K: positive integer")
def equal_layers() -> Statement:
    """With stride 1 everywhere, $L$ equal layers see $1 + L(K-1)$ positions."""
    return Derivation(
        "1 + Sum((K - 1)*Prod(1, (m, 1, l - 1)), (l, 1, L))",
        (Link("1 + L*(K - 1)", "every layer adds $K - 1$", induction="L"),),
    )


@claim(expect=Proved, given="L: nonnegative integer; S: positive integer")
def equal_strides() -> Statement:
    """With equal strides the product is a power."""
    return Equation("S^L", "Prod(S, (m, 1, L))")


@claim(expect=Proved, given="L: nonnegative integer; K: positive integer; S: integer >= 2")
def geometric() -> Statement:
    """With equal kernels and strides the field grows geometrically."""
    return Derivation(
        "1 + Sum((K - 1)*S^(l - 1), (l, 1, L))",
        (Link("1 + (K - 1)*(S^L - 1)/(S - 1)", "a geometric sum", induction="L"),),
    )


@claim(expect=Proved, given="L: nonnegative integer; K: positive integer")
def doubling_dilation() -> Statement:
    """With stride 1 and dilations $1, 2, 4, \\dots$ it grows as fast as with stride 2."""
    return Derivation(
        "1 + Sum(2^(l - 1)*(K - 1), (l, 1, L))",
        (Link("1 + (K - 1)*(2^L - 1)", "a geometric sum", induction="L"),),
    )


@claim(
    expect=Refuted,
    given="L: nonnegative integer; K: positive integer",
    corrected_by="doubling_dilation",
)
def doubling_dilation_one_layer_more() -> Statement:
    """A near miss: one doubling too many."""
    return Equation("1 + (K - 1)*2^L", "1 + Sum(2^(l - 1)*(K - 1), (l, 1, L))")


CLOSED_FORM = Part(
    "1",
    r"Show that an output of $L$ layers sees "
    r"$r_L = 1 + \sum_{l=1}^{L} d_l (k_l - 1) \prod_{m<l} s_m$ positions of the input.",
    (
        Say(
            "induction",
            r"Induction on $L$. Without layers it sees one position. Suppose that position $q$ "
            r"behind $L$ layers sees the $r_L$ positions from $J q + A$ on, with "
            r"$J = \prod_{m \le L} s_m$. Output $o$ of the next layer meets the positions from "
            r"$s o - p$ to $s o - p + d(k - 1)$.",
        ),
        Show(step),
        Box("jump", "Neighbouring outputs lie one jump apart:", step_of_the_jump),
    ),
)
SPECIAL = Part(
    "2",
    "What follows for equal layers, and for dilations that double?",
    (
        Show(equal_layers),
        Show(geometric),
        Box("doubling", "With stride 1 and doubling dilation:", doubling_dilation),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="Receptive fields",
        statement=(
            r"Layer $l$ of a stack has a kernel of $k_l$ taps, stride $s_l$, dilation $d_l$ and "
            r"padding $p_l$; layer 1 reads the input."
        ),
        notation=r"Positions on padding are counted. An empty product is 1.",
        parts=(CLOSED_FORM, SPECIAL),
    ),
    claims=(
        base, step, step_of_the_jump, without_dilation, own_stride_counted, whole_kernels_added,
        dilation_times_the_kernel, order_does_not_matter, equal_layers, equal_strides, geometric,
        doubling_dilation, doubling_dilation_one_layer_more,
    ),
)  # fmt: skip
