"""dl2 Q2, part 1: the dilated convolution, and the closed form of the relative receptive field."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Cell,
    Derivation,
    Equation,
    Exhibit,
    Figure,
    Grid,
    Link,
    Part,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import And, Bracket, Call, Compare, Formula, Index, Sum, Symbol, formula, table
from symcnn.layers import Conv1d, Conv2d, IndexRelation, Padding
from symcnn.layers.receptive_field import ReceptiveField, jump, receptive_field_size

D, J, L, M, N, R, i, j, k, o = map(Symbol, "D J L M N R i j k o".split())
EACH = Symbol("l")
IMAGE = (
    "N, k, D: positive integer; D*(k - 1) < N; i, j: integer; "
    "K: indexed by 2 real support 0..k-1 x 0..k-1; I: indexed by 2 real support 0..N-1 x 0..N-1"
)
ONE_LAYER = "N, k, D, M: positive integer; D*(k - 1) < N; o: integer"
BEHIND = "l: positive integer; k, s, d, R, J: indexed positive integer; o: integer"
STACK = "L: nonnegative integer; k, s, d: indexed positive integer; o: integer; M: positive integer"
FIELD = "R, J, M: positive integer; o: integer"
CLOSED = "(1 + Sum((k[l] - 1)*d[l]*Prod(s[m], (m, 1, l - 1)), (l, 1, L + 1)))/M"

dilated = IndexRelation.gather(N, k, dilation=D)
spread = Conv1d(input_size=4, kernel_size=2, dilation=2)
thinned = Conv1d(input_size=4, kernel_size=2, stride=2)


def layer(number: Formula) -> IndexRelation:
    """A layer of the stack: kernel, stride and dilation are members of families."""
    kernel, stride, dilation = (Index(name, (number,)) for name in "ksd")
    return IndexRelation(
        inputs=N,
        outputs=N,
        kernel_size=kernel,
        stride=stride,
        dilation=dilation,
        padding=Padding(formula(0), formula(0)),
    )


def seen(field: ReceptiveField, window: IndexRelation) -> Formula:
    """From the first position behind a window's first tap to the last one behind its last tap."""
    last = window.place(o, window.kernel_size - 1)
    return field.last(last) - field.first(window.place(o, 0)) + 1


def moved(field: ReceptiveField, window: IndexRelation) -> Formula:
    """How far what is seen moves from one output to the next."""
    return field.first(window.place(o + 1, 0)) - field.first(window.place(o, 0))


def in_field(position: Formula) -> Formula:
    """1 where the field of output o, of side R and jump J, holds the position."""
    field = ReceptiveField(R, J, formula(0))
    ends = Compare("<=", field.first(o), position), Compare("<=", position, field.last(o))
    return Bracket(And(ends))


def read_by_one_output() -> Formula:
    """How many positions the taps of one dilated layer meet, those with an input or without."""
    return Sum(Sum(dilated.hit(i, o, j), "j", formula(0), k - 1), "i")


def met(dilations: tuple[int, ...]) -> Formula:
    """How many positions output 0 of layers with kernels of 3 taps and stride 1 really reads."""
    taps = [Symbol(f"j_{number + 1}") for number in range(len(dilations))]
    place: Formula = formula(0)
    for gap, tap in zip(dilations, taps, strict=True):
        place = IndexRelation.gather(N, 3, dilation=gap).place(place, tap)
    ways: Formula = Bracket(Compare("=", i, place))
    for tap in taps:
        ways = Sum(ways, tap.name, formula(0), formula(2))
    return Sum(Call("min", (formula(1), ways)), "i", formula(0), formula(2 * sum(dilations)))


# The stack of l - 1 layers by the symbols of the recursion, and of L layers by the closed form.
recursive = ReceptiveField(Index("R", (EACH - 1,)), Index("J", (EACH - 1,)), formula(0))
closed = ReceptiveField(receptive_field_size(L, dilation="d"), jump(L), formula(0))


@claim(expect=Proved, given=IMAGE, role="source", source=("dl2.q2.definition",))
def definition() -> Statement:
    r"""The dilated operator $(K \star_D I)(i, j)$ is the layer with dilation $D$, for every image
    $I$ of $N \times N$ pixels and kernel $K$ of $k \times k$ taps. The kernel is not turned
    round."""
    conv = Conv2d(input_size=N, kernel_size=k, dilation=D, weight="K", input="I")
    return Equation("Sum(Sum(K[m, n]*I[i + D*m, j + D*n], n), m)", conv.forward(i, j))


@claim(expect=Proved, given="D: positive integer; i: integer; K, I: indexed real")
def as_a_kernel_with_zeros() -> Statement:
    r"""On one axis: the same as an ordinary convolution whose kernel has $K_m$ at place $D m$ and
    zeros between."""
    return Equation("Sum(K[m]*I[i + D*m], m)", "Sum(Sum(K[m]*Bracket(t = D*m), m)*I[i + t], t)")


@claim(expect=Refuted, given="D: positive integer; i: integer; K, I: indexed real",
       corrected_by="definition")  # fmt: skip
def kernel_turned_round() -> Statement:
    """A near miss: the operator of signal processing, with a minus sign."""
    return Equation("Sum(K[m]*I[i - D*m], m)", "Sum(K[m]*I[i + D*m], m)")


@claim(expect=Proved, role="source", source=("dl2.q2.stride-vs-dilation",))
def stride_is_another_thing() -> Statement:
    """Dilation and stride are different notions: for one kernel and one input, dilation 2 and
    stride 2 give different outputs of the same size."""
    objects = (("w", table([1, 1])), ("x", table([0, 1, 0, 0])))
    return Exhibit(objects, (Compare("!=", spread.output(), thinned.output()),))


@claim(expect=Proved, given=ONE_LAYER, role="source", source=("dl2.q2.lowcost",))
def larger_at_the_same_cost() -> Statement:
    r"""Dilation is a cheap way to a larger field of view: on each axis the kernel spans
    $D(k-1) + 1$ positions, and for every $D$ it reads $k$ of them. (A kernel of one tap has nothing
    to spread.)"""
    extent = dilated.place(o, k - 1) - dilated.place(o, 0) + 1
    return Equation("Vector([D*(k - 1) + 1, k])", table([extent, read_by_one_output()]))


@claim(expect=Proved, given=BEHIND, role="source", source=("dl2.q2.jump",))
def jump_recursion() -> Statement:
    r"""The recursion of the jump: behind one more layer what is seen moves by
    $J_{l-1} s_l$ from one output to the next."""
    return Equation("J[l-1]*s[l]", moved(recursive, layer(EACH)))


@claim(expect=Proved, given=BEHIND, role="source", source=("dl2.q2.rf-recursion",))
def field_recursion() -> Statement:
    r"""The recursion of the receptive field: one more layer adds $(k_l - 1) d_l J_{l-1}$. This is
    the extent, from the first position that is seen to the last, whatever lies between."""
    return Equation("R[l-1] + (k[l] - 1)*d[l]*J[l-1]", seen(recursive, layer(EACH)))


@claim(expect=Refuted, given=BEHIND, corrected_by="field_recursion")
def own_stride_counted() -> Statement:
    """A near miss: the layer's own stride counts for its own kernel."""
    return Equation("R[l-1] + (k[l] - 1)*d[l]*J[l-1]*s[l]", seen(recursive, layer(EACH)))


@claim(expect=Refuted, given=BEHIND, corrected_by="field_recursion")
def dilated_kernel_added() -> Statement:
    """A near miss: the dilated kernel adds as many positions as it spans."""
    return Equation("R[l-1] + ((k[l] - 1)*d[l] + 1)*J[l-1]", seen(recursive, layer(EACH)))


@claim(expect=Proved, given="d, k, s: indexed positive integer")
def base() -> Statement:
    """Without layers an output sees one position, and neighbours lie 1 apart."""
    start = ReceptiveField.of(())
    sizes = table([receptive_field_size(0, dilation="d"), jump(0)])
    return Equation(sizes, table([start.size, start.jump]))


@claim(expect=Proved, given=STACK, role="source", source=("dl2.q2.rf-closed",))
def closed_form() -> Statement:
    r"""The closed form of the relative receptive field, by induction: where it holds for $L$
    layers it holds for $L + 1$. The stride of the last layer does not occur in it."""
    return Equation(CLOSED, seen(closed, layer(L + 1)) / M)


@claim(expect=Proved, given=STACK, role="source", source=("dl2.q2.question.rf",))
def relative_field() -> Statement:
    r"""The relative receptive field of $L + 1$ layers, from that of $L$: the step of the
    induction."""
    return Derivation(
        seen(closed, layer(L + 1)) / M,
        (
            Link(
                closed.behind(layer(L + 1)).size / M,
                r"the window of the last layer spans $d_{L+1}(k_{L+1} - 1) + 1$ positions",
            ),
            Link(CLOSED, "the sum grows by its last term"),
        ),
    )


@claim(expect=Proved, given=STACK)
def closed_jump() -> Statement:
    """The jump is the product of all strides, the last one included."""
    return Equation("Prod(s[m], (m, 1, L + 1))", moved(closed, layer(L + 1)))


@claim(expect=Proved, given=FIELD, role="source", source=("dl2.q2.relative",))
def relative_by_side() -> Statement:
    r"""The receptive field over the size of the input is $R/M$: read as the share of a side."""
    return Equation("R/M", Sum(in_field(i), "i") / M)


@claim(
    expect=Refuted, given="R, M: positive integer", role="source", source=("dl2.q2.relative",),
    corrected_by="share_of_the_area",
)  # fmt: skip
def relative_by_area() -> Statement:
    r"""The same, read as written, as the share of the $M \times M$ pixels: $R^2$ of $M^2$."""
    return Equation("R/M", R**2 / M**2)


@claim(
    expect=Refuted, given=ONE_LAYER, role="source", source=("dl2.q2.relative",),
    corrected_by="share_really_read",
)  # fmt: skip
def relative_by_pixels_read() -> Statement:
    """The same, read as the share of the positions that one layer really reads."""
    return Equation("(1 + (k - 1)*D)/M", read_by_one_output() / M)


@claim(expect=Proved, given=FIELD)
def share_of_the_area() -> Statement:
    """The share of the area is the square of the share of the side."""
    return Equation("(R/M)^2", Sum(Sum(in_field(i) * in_field(j), "j"), "i") / M**2)


@claim(expect=Proved, given=ONE_LAYER)
def share_really_read() -> Statement:
    r"""One layer reads $k$ positions of a side, whatever its dilation."""
    return Equation("k/M", read_by_one_output() / M)


@claim(expect=Proved)
def doubling_reads_everything() -> Statement:
    """Three layers of 3 taps with dilations 1, 2, 4: all 15 positions of the field are read."""
    return Equation("1 + 2*(1 + 2 + 4)", met((1, 2, 4)))


@claim(expect=Proved)
def equal_dilation_leaves_holes() -> Statement:
    """With dilations 2, 2, 2 the field has the side 13, but only every second position is read."""
    return Equation("(1 + 2*(2 + 2 + 2) + 1)/2", met((2, 2, 2)))


@claim(expect=Refuted, corrected_by="equal_dilation_leaves_holes")
def equal_dilation_reads_everything() -> Statement:
    """A near miss: the recursion taken to count what is read."""
    return Equation("1 + 2*(2 + 2 + 2)", met((2, 2, 2)))


@claim(expect=Proved)
def example_field(k: int, M: int) -> Statement:
    """The example: three layers with stride 1 and dilations 1, 2, 4."""
    stack = [IndexRelation.gather(M, k, dilation=gap) for gap in (1, 2, 4)]
    share = ReceptiveField.of(stack).size / M
    return Equation(f"(1 + ({k} - 1)*1 + ({k} - 1)*2 + ({k} - 1)*4)/{M}", share)


def dilation_picture() -> Grid:
    """The taps of a 3 x 3 kernel with dilation 1, 2 and 3 around one middle."""

    def cell(row: int, column: int) -> Cell:
        gap = max(abs(row), abs(column))
        if {abs(row), abs(column)} <= {0, gap}:
            return Cell(str(gap), gap - 1) if gap else Cell(r"\ast")
        return Cell()

    around = range(-3, 4)
    return Grid(
        cells=tuple(tuple(cell(row, column) for column in around) for row in around),
    )


def growth_picture(dilations: tuple[int, ...]) -> Grid:
    """What the middle output of layers with 3 taps and stride 1 reads, a row for each layer."""
    reach = sum(dilations)
    rows, reads = [], {0}
    for number, gap in reversed(list(enumerate((0, *dilations)))):
        rows.append(
            tuple(Cell("", number) if at in reads else Cell() for at in range(-reach, reach + 1))
        )
        reads = {at + gap * tap for at in reads for tap in (-1, 0, 1)}
    names = (*(str(number) for number in range(len(dilations), 0, -1)), "x")
    return Grid(cells=tuple(rows), rows=names)


PART = Part(
    "1",
    r"Derive a general formula for the relative receptive field $R_L/M$ in terms of $k_l$, $d_l$ "
    r"and $s_l$.",
    (
        Say(
            "gaps",
            r"Tap $(m, n)$ of a dilated kernel reads the pixel $D m$ rows and $D n$ columns "
            r"further on. With $D = 1$ it is the ordinary convolution.",
        ),
        Figure(
            "dilation",
            r"The nine taps of a $3 \times 3$ kernel with dilation 1, 2 and 3 around one middle "
            r"($\ast$, read by all three). Their number stays, what they span grows.",
            dilation_picture(),
        ),
        Box(
            "cheap",
            "What one axis of the kernel spans, and how much of it is read:",
            larger_at_the_same_cost,
        ),
        Say(
            "recursion",
            r"Now stack layers. Suppose that position $q$ behind $l - 1$ layers sees $R_{l-1}$ "
            r"positions of the input, from $J_{l-1} q$ on. Output $o$ of layer $l$ reads the "
            r"positions from $s_l o$ to $s_l o + d_l(k_l - 1)$. So it sees the input from "
            r"$J_{l-1} s_l o$ to $J_{l-1}(s_l o + d_l(k_l - 1)) + R_{l-1} - 1$:",
        ),
        Show(field_recursion),
        Show(jump_recursion),
        Say(
            "induction",
            r"Without layers $R_0 = J_0 = 1$. Hence $J_l$ is the product of the first $l$ strides, "
            r"and the step from $L$ layers to $L + 1$ gives the closed form:",
        ),
        Show(relative_field),
        Box(
            "relative",
            r"The relative receptive field is $\frac{R_L}{M} = \frac1M \bigl(1 + \sum_{l=1}^L "
            r"(k_l - 1)\, d_l \prod_{m<l} s_m\bigr)$.",
        ),
        Say(
            "example_field",
            r"Three layers with $k = \given{k}$, stride 1 and dilations 1, 2, 4 on an input of "
            r"side $M = \given{M}$:",
        ),
        Show(example_field),
        Figure(
            "growth",
            r"What one output of layer 3 reads in the layers below and in the input $x$, with "
            r"kernels of 3 taps and dilations 1, 2, 4. Every position of the field is reached.",
            growth_picture((1, 2, 4)),
        ),
        Figure(
            "holes",
            r"The same with dilations 2, 2, 2: the field spans 13 positions, and 7 of them are "
            r"read. $R_L$ is an extent, not a count.",
            growth_picture((2, 2, 2)),
        ),
    ),
)
CLAIMS = (
    definition, as_a_kernel_with_zeros, kernel_turned_round, stride_is_another_thing,
    larger_at_the_same_cost, jump_recursion, field_recursion, own_stride_counted,
    dilated_kernel_added, base, closed_form, relative_field, closed_jump, relative_by_side,
    relative_by_area, relative_by_pixels_read, share_of_the_area, share_really_read,
    doubling_reads_everything, equal_dilation_leaves_holes, equal_dilation_reads_everything,
    example_field,
)  # fmt: skip
